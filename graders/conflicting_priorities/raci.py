"""Does each deliverable have one owner with authority, somebody who does it, and nobody too much? (A04)"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.phased_plan import PhasedPlan
from curriculum.artifacts.raci import Raci, RaciRow
from curriculum.cases import Case
from curriculum.cases.conflicting_priorities.deliverables import (
    DRIFT,
    LATE_WORDS,
    MODEL,
    MOST_CONSULTED,
    Work,
    rows_for,
    weeks_until_launch,
)
from graders.common import blank_at, incomplete, listed, named, placed
from graders.conflicting_priorities.base import rubric
from graders.rubric import Objection, Objections, objection


def _with(row: RaciRow, *letters: str) -> list[str]:
    """Who has one of these letters in a row; A/R counts as both."""
    return [one.person for one in row.assignments if set(one.code.split("/")) & set(letters)]


def _names(case: Case, people: list[str]) -> str:
    return listed([named(case, "people", person).split()[0] for person in people]) if people else "nobody"


def _work(case: Case, id: str) -> Work | None:
    found: Work | None = case.truth.work.get(id)
    return found


def _label(case: Case, row: RaciRow) -> str:
    return named(case, "deliverables", row.deliverable)


@rubric.criterion(
    points=1, voice="odalys", skill="decision_rights", gate=True,
    hints=(
        "Is there a row for whatever your plan promises, and a letter for whoever has a part in it?",
        "At least six rows, each deliverable once, and each person once in a row.",
    ),
    met="Each row has its deliverable and its people, once each.",
)  # fmt: skip
def raci_is_complete(raci: Raci, case: Case) -> Objections:
    """There are at least six rows, each with a deliverable that occurs once and people who occur once."""
    yield from incomplete(raci, case, "rows", "rows[].deliverable", "rows[].assignments")
    yield from blank_at(raci, "rows[].assignments[].person")
    yield from blank_at(raci, "rows[].assignments[].code")
    seen: set[str] = set()
    for place, row in placed("rows", raci.rows):
        people = [one.person for one in row.assignments]
        if row.deliverable in seen:
            yield objection(f"{place}.deliverable", f"“{_label(case, row)}” has two rows.", "one row for each")
        if len(set(people)) < len(people):
            yield objection(f"{place}.assignments", f"“{_label(case, row)}” names somebody twice.", "one letter each")
        seen.add(row.deliverable)
    if len(seen) < 6:
        yield objection("rows", f"There are {len(seen)} rows.", "six rows or more")


@rubric.criterion(
    points=2, voice="odalys", skill="decision_rights", gate=True,
    hints=(
        "Whom would Henrike call when a row goes wrong?",
        "Exactly one A in each row. Two who answer are nobody who answers.",
    ),
    rests_on=("raci_is_complete",),
    met="In each row exactly one person answers for it.",
)  # fmt: skip
def one_a_a_row(raci: Raci, case: Case) -> Objections:
    """In each row, exactly one person is accountable."""
    for place, row in placed("rows", raci.rows):
        if len(people := _with(row, "A")) != 1:
            said = f"“{_label(case, row)}”: {_names(case, people)} answer{'s' if len(people) < 2 else ''} for it."
            yield objection(f"{place}.assignments", said, "exactly one A")


@rubric.criterion(
    points=1, voice="tomasz", skill="decision_rights",
    hints=(
        "Who will sit down and do it?",
        "At least one R in each row, and only people who can do such work.",
        "Look at who can do it in the table of work.",
    ),
    rests_on=("raci_is_complete",),
    met="In each row somebody does the work who can do it.",
    expected="at least one R, and only people who can do this work",
)  # fmt: skip
def somebody_does_it(raci: Raci, case: Case) -> Objections:
    """In each row somebody does the work, and whoever does it can."""
    for place, row in placed("rows", raci.rows):
        doers, work = _with(row, "R"), _work(case, row.deliverable)
        cannot = [person for person in doers if work and person not in work.can_do]
        if not doers:
            yield objection(f"{place}.assignments", f"“{_label(case, row)}”: nobody does it.")
        elif cannot:
            row_of = {"deliverable": _label(case, row), "R": _names(case, cannot), "look at": "`work`"}
            said = f"“{_label(case, row)}” is to be done by {_names(case, cannot)}."
            yield objection(f"{place}.assignments", said, "", row_of)


@rubric.criterion(
    points=3, voice="odalys", skill="decision_rights",
    hints=(
        "May whoever answers for a row decide about it?",
        "Look up each A in the table of who may decide. Having announced a thing is no authority over it.",
        "{% for id, work in truth.work.items() %}{{ entries.deliverables[id].label }}: "
        "{{ people[work.may_decide[0]].label }}. {% endfor %}",
    ),
    rests_on=("one_a_a_row",),
    met="Each A may decide about what they answer for.",
    expected="somebody who may decide about it",
)  # fmt: skip
def a_has_authority(raci: Raci, case: Case) -> Objections:
    """Whoever is accountable for a deliverable may decide about it."""
    for place, row in placed("rows", raci.rows):
        work = _work(case, row.deliverable)
        wrong = [person for person in _with(row, "A") if work and person not in work.may_decide]
        if wrong:
            evidence = {"deliverable": _label(case, row), "A": _names(case, wrong), "look at": "`authority`"}
            said = f"“{_label(case, row)}”: {_names(case, wrong)} may not decide about it."
            yield objection(f"{place}.assignments", said, "", evidence)


def _owned(raci: Raci, case: Case, id: str) -> Iterator[Objection]:
    """What keeps one deliverable from having an owner and somebody who does it."""
    row, label = raci.row(id), named(case, "deliverables", id)
    if not row.assignments:
        yield objection("rows", f"There is no row for this: {label.lower()}.", "a row with an A and an R")
        return
    for letter, words in (("A", "answers for it"), ("R", "does it")):
        if not _with(row, letter):
            place = f"rows[{[each.deliverable for each in raci.rows].index(id) + 1}].assignments"
            yield objection(place, f"“{label}”: nobody {words}.", "a row with an A and an R")


@rubric.criterion(
    points=2, voice="tomasz", skill="measure_success",
    hints=(
        "Who notices when the promise is kept less and less, and what happens then?",
        "It is work, week by week, and no row of the launch plan has it. Add it.",
    ),
    rests_on=("raci_is_complete",),
    met="Somebody looks every week, and somebody answers for it.",
)  # fmt: skip
def drift_has_an_owner(raci: Raci, case: Case) -> Objections:
    """There is a row for the weekly look at what was kept, with somebody who does it and somebody who answers."""
    yield from _owned(raci, case, DRIFT)


@rubric.criterion(
    points=2, voice="ruta", skill="communicate_harm",
    hints=(
        "Who answers when a time was wrong?",
        "Ruta told you that nobody owns the answer. Add the row.",
    ),
    rests_on=("raci_is_complete",),
    met="What is said when a time is wrong has an owner, and somebody who writes it.",
)  # fmt: skip
def wrong_time_has_an_owner(raci: Raci, case: Case) -> Objections:
    """There is a row for what is said when a time is wrong, with somebody who does it and somebody who answers."""
    yield from _owned(raci, case, LATE_WORDS)


@rubric.criterion(
    points=1, voice="stellan", skill="decision_rights",
    hints=(
        "Whose working day does each deliverable change, and were they asked?",
        "The table of work says whose day changes. They are consulted at least; and nobody asks five people.",
    ),
    rests_on=("raci_is_complete",),
    met="Whoever bears a thing is asked about it, and nowhere are more than four asked.",
)  # fmt: skip
def bearers_consulted(raci: Raci, case: Case) -> Objections:
    """Whoever's day a deliverable changes is consulted or takes part in it, and at most four people are consulted."""
    for place, row in placed("rows", raci.rows):
        work, asked = _work(case, row.deliverable), _with(row, "C")
        if work and work.changes_the_day_of not in _with(row, "R", "A", "C"):
            said = f"“{_label(case, row)}” changes the day of somebody whom nobody asks."
            yield objection(f"{place}.assignments", said, "C at least for whoever's day it changes",
                            {"deliverable": _label(case, row), "look at": "`work`"})  # fmt: skip
        if len(asked) > MOST_CONSULTED:
            said = f"“{_label(case, row)}”: {len(asked)} people are consulted."
            yield objection(f"{place}.assignments", said, f"at most {MOST_CONSULTED}")


@rubric.criterion(
    points=3, voice="imani", skill="scope_together",
    hints=(
        "How many weeks do your letters take from each person until the launch?",
        "Add up the weeks of each R; those who do a thing together share it evenly. The model comes after the launch.",
        "Where two people can do a thing, one of them may have no weeks left for it.",
    ),
    rests_on=("somebody_does_it", "date_is_met"),
    met="Everybody who does something has the weeks for it.",
)  # fmt: skip
def load_fits(raci: Raci, case: Case) -> Objections:
    """Nobody does more until the launch than they have weeks for."""
    doers = {row.deliverable: _with(row, "R") for row in raci.rows if row.deliverable != MODEL}
    for person, weeks in weeks_until_launch(case.truth.work, doers).items():
        free = case.truth.capacity.get(person, 0.0)
        if weeks > free + 1e-9:
            row = {"person": named(case, "people", person), "weeks of R": f"{weeks:g}", "look at": "`capacity`"}
            place = next(p for p, each in placed("rows", raci.rows) if person in _with(each, "R"))
            said = f"{named(case, 'people', person)} is to do {weeks:g} weeks of work until the launch, and has fewer."
            yield objection(f"{place}.assignments", said, "no more weeks than each person has free", row)


@rubric.criterion(
    points=1, voice="imani", skill="decision_rights",
    hints=(
        "Who cannot begin before somebody else is done, and do they hear of it in time to say something?",
        "Whoever does a thing that waits for another one is consulted there, or takes part; to be informed is too "
        "late.",
    ),
    rests_on=("somebody_does_it",),
    met="Nobody is only informed of what they wait for.",
)  # fmt: skip
def blocked_is_not_only_informed(raci: Raci, case: Case) -> Objections:
    """Whoever has to wait for a deliverable has a say in it, and is not merely informed of it."""
    there = {row.deliverable: (place, row) for place, row in placed("rows", raci.rows)}
    for _, row in placed("rows", raci.rows):
        work = _work(case, row.deliverable)
        if work is None or work.waits_for not in there:
            continue
        place, blocker = there[work.waits_for]
        left_out = [person for person in _with(row, "R") if person not in _with(blocker, "R", "A", "C")]
        if left_out:
            said = f"{_names(case, left_out)} waits for “{_label(case, blocker)}” and has no say in it."
            yield objection(f"{place}.assignments", said, "C at least for whoever does what waits for it",
                            {"waits for it": _label(case, row), "look at": "`work`"})  # fmt: skip


@rubric.criterion(
    points=2, voice="odalys", skill="scope_together",
    hints=(
        "Does your page list what your plan promises, and nothing that it does not?",
        "A second time at dispatch, a log and a model are rows where the plan has them, and only there.",
        "Seven rows come with every plan, and two of them stand in no launch plan: what is looked at each week, and "
        "what is said when a time is wrong.",
    ),
    rests_on=("raci_is_complete", "phased_plan.first.mechanism", "phased_plan.second.log"),
    met="What the plan promises has a row, and every row is needed.",
)  # fmt: skip
def rows_follow_the_plan(raci: Raci, case: Case, phased_plan: PhasedPlan) -> Objections:
    """The rows are what the plan needs: none is missing, and none is work that it does not take."""
    need = {*rows_for(phased_plan.first.mechanism, phased_plan.second.log)} - {DRIFT, LATE_WORDS}
    if phased_plan.first.study == "long":
        need |= {"long_study"}
    have = {row.deliverable for row in raci.rows}
    for id in sorted(need - have):
        said = f"The plan needs this, and no row has it: {named(case, 'deliverables', id).lower()}."
        yield objection("rows", said, "a row for whatever the plan promises")
    for place, row in placed("rows", raci.rows):
        if row.deliverable not in need | {DRIFT, LATE_WORDS}:
            said = f"“{_label(case, row)}” is nothing that this plan takes."
            yield objection(f"{place}.deliverable", said, "rows for what the plan promises")
