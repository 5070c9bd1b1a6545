"""The pipeline of `pod_in_flight` as a workflow file for GitHub Actions: the same gates, in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from curriculum.artifacts.pipeline import Pipeline
from curriculum.cases import load_case
from curriculum.cases.pod_in_flight import builds, entries
from curriculum.cases.pod_in_flight.draw import SLUG
from curriculum.consequences.flight_nights import gates_of, steps_of
from curriculum.notebook.desks.spoken import Spoken
from curriculum.practice import gates
from curriculum.support.files import write_whole

if TYPE_CHECKING:
    from curriculum.notebook.lesson import Lesson

FILE = "nightly.yml"


def actions(lesson: Lesson) -> Spoken:
    """Write the pipeline of the form as a workflow and show it; a real one needs the pod's own commands."""
    pipeline = lesson.written("pipeline")
    assert isinstance(pipeline, Pipeline)
    table = load_case(SLUG, lesson.seed).columns["gates"]
    minutes = dict(zip(builds.MACHINES, np.asarray(table["machine_minutes"]).tolist(), strict=True))
    steps = gates_of(steps_of(pipeline), minutes)
    if not steps:
        return Spoken("Write at least one gate first; those with a limit need it.")
    asked = (pipeline.data_approver, pipeline.engineering_approver)
    people = [entries.APPROVERS[name].label for name in asked if name in entries.APPROVERS]
    text = gates.actions("nightly", steps, people, [_out(pipeline)], [f"pod rollback {' '.join(pipeline.rollback)}"])
    place = lesson._files.document(FILE)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, text)
    return Spoken(f"Written to documents/{FILE}:\n\n{text}")


def _out(pipeline: Pipeline) -> str:
    parts = ["pod release", f"--{pipeline.strategy.replace('_', '-')}" if pipeline.strategy else ""]
    parts += [f"--share {pipeline.share:g}" if pipeline.share is not None else ""]
    parts += [f"--days {pipeline.days:g}" if pipeline.days is not None else ""]
    return " ".join(part for part in parts if part)
