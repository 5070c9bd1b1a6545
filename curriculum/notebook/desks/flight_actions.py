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
from curriculum.support.files import FileRefused, write_whole

if TYPE_CHECKING:
    from curriculum.notebook.lesson import Lesson

FILE = "nightly.yml"


def actions(lesson: Lesson) -> Spoken:
    """Write the pipeline of the form as a workflow and show it; a real one needs the pod's own commands."""
    pipeline = lesson.written("pipeline")
    assert isinstance(pipeline, Pipeline)
    table = load_case(SLUG, lesson.seed).columns["gates"]
    minutes = dict(zip(builds.MACHINES, np.asarray(table["machine_minutes"]).tolist(), strict=True))
    steps = steps_of(pipeline)
    machines = gates_of(steps, minutes)
    if not machines:
        return Spoken("Write at least one gate first; those with a limit need it.")
    names = [name for name, _ in steps]
    before = steps[: names.index(builds.APPROVAL)] if builds.APPROVAL in names else ()
    text = gates.actions(
        "nightly", machines, _approvals(pipeline) if builds.APPROVAL in names else (), [_out(pipeline)],
        [" ".join(["pod rollback", *(name for name in pipeline.rollback if name in entries.PARTS)])],
        len(gates_of(before, minutes)),
    )  # fmt: skip
    place = lesson._files.document(FILE)
    try:
        write_whole(place, text)
    except FileRefused as error:
        return Spoken(str(error))
    return Spoken(f"Written to documents/{FILE}:\n\n{text}")


def _approvals(pipeline: Pipeline) -> list[gates.Approval]:
    """Both sides, each with whoever approves and whoever stands in, as far as the form has them."""
    sides = {"data": (pipeline.data_approver, pipeline.data_deputy),
             "engineering": (pipeline.engineering_approver, pipeline.engineering_deputy)}  # fmt: skip
    known = entries.APPROVERS
    return [gates.Approval(side, tuple(known[name].label for name in dict.fromkeys(people) if name in known))
            for side, people in sides.items()]  # fmt: skip


def _out(pipeline: Pipeline) -> str:
    """The command of the release; what the lists do not have has no place in a command."""
    parts = ["pod release"]
    parts += [f"--{pipeline.strategy.replace('_', '-')}"] if pipeline.strategy in entries.STRATEGIES else []
    parts += [f"--share {pipeline.share:g}"] if pipeline.share is not None else []
    parts += [f"--days {pipeline.days:g}"] if pipeline.days is not None else []
    return " ".join(parts)
