"""The pipeline of `pod_in_flight` as a workflow file for GitHub Actions: the same gates, in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curriculum.artifacts.pipeline import Pipeline
from curriculum.cases.pod_in_flight import builds, entries
from curriculum.notebook.desks.spoken import Spoken
from curriculum.support.files import write_whole

if TYPE_CHECKING:
    from curriculum.notebook.lesson import Lesson

FILE = "nightly.yml"
FLAGS = {builds.NULLS: "--nulls-at-most", builds.SKEW: "--skew-at-most", builds.LEAK: "--gap-at-most",
         builds.METRIC: "--change-at-least", builds.SLICE: "--worst-slice-at-least",
         builds.LOAD: "--p95-at-most"}  # fmt: skip
HEAD = """name: nightly build
on:
  schedule:
    - cron: "0 2 * * *"
jobs:
  gates:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
"""


def actions(lesson: Lesson) -> Spoken:
    """Write the pipeline of the form as a workflow and show it; a real one needs the pod's own gate commands."""
    pipeline = lesson.written("pipeline")
    assert isinstance(pipeline, Pipeline)
    if not any(step.gate for step in pipeline.gates):
        return Spoken("Write at least one gate first.")
    text = workflow(pipeline)
    write_whole(lesson._files.document(FILE), text)
    return Spoken(f"# documents/{FILE}\n{text}")


def workflow(pipeline: Pipeline) -> str:
    """The workflow: machines' gates as steps, approval as an environment that asks people, then the way out."""
    lines, approved = [HEAD], False
    for step in pipeline.gates:
        if step.gate in FLAGS and step.limit is not None:
            lines.append(
                f"      - name: {step.gate}\n        run: pod gate {step.gate} {FLAGS[step.gate]} {step.limit:g}\n"
            )
        elif step.gate == builds.SIGNATURE:
            lines.append(_step(step.gate, f"pod gate {step.gate} --verify"))
        approved = approved or step.gate == builds.APPROVAL
    people = [entries.APPROVERS[name].label for name in (pipeline.data_approver, pipeline.engineering_approver)
              if name in entries.APPROVERS]  # fmt: skip
    lines.append("  out:\n    needs: gates\n    runs-on: ubuntu-latest\n")
    if approved:
        lines.append(f"    environment: production  # asks {' and '.join(people) or 'nobody yet'}\n")
    lines.append("    steps:\n" + _step("release", f"pod release {_way_out(pipeline)}"))
    if pipeline.rollback:
        lines.append(
            f"      - name: rollback\n        if: failure()\n        run: pod rollback {' '.join(pipeline.rollback)}\n"
        )
    return "".join(lines)


def _step(name: str, command: str, when: str = "") -> str:
    return f"      - name: {name}\n{when}        run: {command}\n"


def _way_out(pipeline: Pipeline) -> str:
    parts = [f"--{pipeline.strategy.replace('_', '-')}"] if pipeline.strategy else []
    if pipeline.share is not None:
        parts.append(f"--share {pipeline.share:g}")
    if pipeline.days is not None:
        parts.append(f"--days {pipeline.days:g}")
    return " ".join(parts)
