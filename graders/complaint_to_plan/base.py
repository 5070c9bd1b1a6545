"""The rubric of `complaint_to_plan` and what its criteria share."""

from __future__ import annotations

from curriculum.artifacts.analytical_task import AnalyticalTask
from curriculum.artifacts.implementation_plan import ImplementationPlan
from curriculum.artifacts.rfc0 import Rfc0
from curriculum.cases import Case
from curriculum.cases.complaint_to_plan.tasks import MODEL, RULE, SEGMENTS, UNKNOWN, WIDE, Task, in_order
from curriculum.cases.complaint_to_plan.truth import Truth
from curriculum.roleplay.engine import State
from graders.common import heard
from graders.rubric import NotYet, Objections, Rubric, objection

rubric = Rubric(
    "complaint_to_plan",
    {"analytical_task": AnalyticalTask, "rfc0": Rfc0, "implementation_plan": ImplementationPlan},
    conversations=("two_scenes",),
)

CHOSEN = tuple(f"analytical_task.{name}" for name in ("way", "moment", "label", "partners"))
"""What has to be picked before a task can be run."""
KNOWN = ("known_at_the_moment", "nothing_overwritten_later", *CHOSEN)
"""A task that reads what is there at its hour."""
SOUND = (*KNOWN, "names_do_not_travel", "blank_is_not_absent", "label_error_is_counted")
"""A task whose numbers can be counted at all: what it brings, and for whom, is asked of no other."""
SEGMENT_NAMES = {"own": "own depots", "partners": "partners"}


def truth_of(case: Case) -> Truth:
    """What is so in this world."""
    truth = case.truth
    assert isinstance(truth, Truth)
    return truth


def known_choices(written: AnalyticalTask, case: Case) -> AnalyticalTask:
    """The task, once what it picks is known here; raises NotYet for an id that nobody knows."""
    for name in ("way", "moment", "label", "partners"):
        kind = {"partners": "treatments"}.get(name, f"{name}s")
        if getattr(written, name) not in case.registry.entries(kind):
            raise NotYet(f"analytical_task.{name}", "what decides, when, by which label and for whom")
    return written


def task_of(written: AnalyticalTask, case: Case) -> Task:
    """The task as it can be run. Raises NotYet where it reads nothing and should, or names what nobody knows."""
    known_choices(written, case)
    if written.way == WIDE:
        return Task(WIDE, written.moment, written.label, partners=written.partners)
    columns = in_order(frozenset(written.columns))
    if not columns:
        raise NotYet("analytical_task.columns", "the columns that the task reads")
    if written.way == RULE:
        return Task(RULE, written.moment, written.label, columns, written.blank_scan or UNKNOWN,
                    partners=written.partners)  # fmt: skip
    if written.threshold is None:
        raise NotYet("analytical_task.threshold", "the probability from which on somebody is warned")
    threshold = round(min(max(written.threshold, 0.0), 100.0) / 100, 4)
    return Task(MODEL, written.moment, written.label, columns, written.blank_scan or UNKNOWN, threshold,
                written.partners)  # fmt: skip


def not_heard(place: str, case: Case, conversation: State, *facts: str) -> Objections:
    """An objection to each fact that nobody told, with who could have: never what it says."""
    for fact in facts:
        if not heard(case, fact, conversation):
            who = case.registry.label("people", case.facts[fact].held_by or "")
            row = {"who could tell you": who}
            yield objection(place, "Nobody told you what this rests on.", "what the person who knows it told you", row)


__all__ = [
    "CHOSEN", "KNOWN", "SEGMENTS", "SEGMENT_NAMES", "SOUND", "known_choices", "not_heard", "rubric", "task_of",
    "truth_of",
]  # fmt: skip
