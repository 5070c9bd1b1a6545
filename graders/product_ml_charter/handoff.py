"""How work goes over so that little comes back, and what may be said of it before it is measured. (A06)"""

from __future__ import annotations

from curriculum.artifacts.charter import Charter
from curriculum.artifacts.handoff import Handoff
from curriculum.cases import Case
from graders.common import incomplete, named, near, placed, stated
from graders.product_ml_charter.base import rubric
from graders.rubric import Objections, met, objection

COVERS, SAVING = 0.8, 0.15
MOST_DAYS, TIMES = 30.0, 3.0


@rubric.criterion(
    points=1, voice="maud", skill="write_specs", gate=True,
    hints=("Could the next handover be done by it?", "Checks with who accepts them, the pager, and when it goes back."),
    met="The next handover can be done by it.",
)  # fmt: skip
def handoff_complete(handoff: Handoff, case: Case) -> Objections:
    """Every part of the handoff is filled."""
    yield from incomplete(
        handoff, case, "checks", "checks[].reason", "checks[].accepted_by", "checks[].days", "pager", "pager_weeks",
        "back_measure", "back_above", "saving",
    )  # fmt: skip


@rubric.criterion(
    points=3, voice="tomasz", skill="hand_over",
    hints=(
        "On which reasons did most weeks go?",
        "Add the weeks of `returns` by reason; the number of times is another order.",
        "Most went on “{{ truth.says.first_return }}”.",
    ),
    rests_on=("handoff_complete",),
    expected="checks against at least four fifths of the weeks that the four worst reasons cost",
)  # fmt: skip
def checks_hit_returns(handoff: Handoff, case: Case) -> Objections:
    """Checks stand against the reasons on which most weeks went."""
    truth = case.truth
    covered, most = truth.covered(each.reason for each in handoff.checks), truth.covered(truth.top_returns)
    if covered < COVERS * most:
        row = {"weeks covered": round(covered, 1), "look at": "returns"}
        yield objection("checks", f"The checks stand against {covered:.0f} weeks of last year.", "", row)
    return met(f"The checks stand against {covered:.0f} weeks of last year.")


@rubric.criterion(
    points=2, voice="tomasz", skill="hand_over",
    hints=(
        "Who finds it out first if this goes wrong?",
        "Whoever sent it back before can say whether it is right; `returns` has them.",
    ),
    rests_on=("handoff_complete",),
    expected="for each check whoever sent it back for that reason, within thirty working days",
)  # fmt: skip
def receiver_accepts(handoff: Handoff, case: Case) -> Objections:
    """A check is accepted by whoever sent work back for that reason."""
    for place, each in placed("checks", handoff.checks):
        receiver = case.truth.shape.sent_back_by.get(each.reason)
        if receiver is not None and each.accepted_by != receiver:
            row = {"reason": named(case, "reasons", each.reason), "look at": "returns"}
            said = f"{named(case, 'people', each.accepted_by)} never sent anything back for that."
            yield objection(f"{place}.accepted_by", said, "", row)
        elif not 0 < (each.days or 0.0) <= MOST_DAYS:
            yield objection(f"{place}.days", f"{stated(each.days)} working days are no time for a check.")
    return met("Those accept it who would send it back.")


@rubric.criterion(
    points=2, voice="tomasz", skill="hand_over",
    hints=(
        "Who has the weeks, and how many are asked for?",
        "The brief says for how long at least; `on_call` says who can.",
        "{{ entries.people[truth.pager].label }} has the weeks.",
    ),
    rests_on=("handoff_complete",),
    expected="somebody with weeks enough, for at least as long as the brief says",
)  # fmt: skip
def pager_staffed(handoff: Handoff, case: Case) -> Objections:
    """The pager is carried by somebody who has the weeks, for as long as it takes."""
    weeks, free = handoff.pager_weeks or 0.0, case.truth.shape.on_call.get(handoff.pager, 0)
    label = named(case, "people", handoff.pager)
    if weeks < case.truth.shape.pager_weeks:
        yield objection("pager_weeks", f"It is carried for {stated(weeks)} weeks, and more are asked for.")
    elif weeks > free:
        row = {"weeks": stated(weeks), "look at": "on_call"}
        yield objection("pager", f"{label} does not have {stated(weeks)} weeks.", "", row)
    return met(f"{label} has {stated(weeks)} weeks.")


@rubric.criterion(
    points=1, voice="ilse", skill="measure_success",
    hints=(
        "At which number does it go back, and is it a number of the charter?",
        "A measure for which the charter has a target, and a value beyond that target, within three times it.",
    ),
    rests_on=("handoff_complete", "charter.targets"),
    expected="a measure of the charter, beyond its target and within three times it",
)  # fmt: skip
def back_by_number(handoff: Handoff, charter: Charter, case: Case) -> Objections:
    """It goes back by a measure of the charter, at a value beyond its target."""
    limits = [each.limit for each in charter.targets if each.measure == handoff.back_measure and each.limit]
    label = named(case, "measures", handoff.back_measure)
    if not limits:
        yield objection("back_measure", f"“{label}” has no target in the charter.")
    elif not limits[0] <= (handoff.back_above or 0.0) <= TIMES * limits[0]:
        row = {"target": stated(limits[0]), "goes back above": stated(handoff.back_above)}
        yield objection("back_above", f"“{label}”: the target and what sends it back do not fit.", "", row)
    return met(f"It goes back when “{label}” is above {stated(handoff.back_above)}.")


@rubric.criterion(
    points=5, voice="ilse", skill="measure_success",
    hints=(
        "How many weeks did these reasons cost, and how many of 100 returns does a check stop?",
        "Weeks of the reasons that you check against, times what the brief says. It is projected: no ratio is lower "
        "for it.",
    ),
    rests_on=("handoff_complete",),
    expected="the weeks of the reasons that are checked, times what a check stops, within 15 of 100",
)  # fmt: skip
def saving_not_counted(handoff: Handoff, case: Case) -> Objections:
    """What the checks should save follows from the weeks of their reasons and from what a check stops."""
    should = case.truth.saves(each.reason for each in handoff.checks)
    if not near(handoff.saving, should, relative=SAVING):
        row = {"stated": stated(handoff.saving), "look at": "returns, and the brief"}
        yield objection(
            "saving", f"A saving of {stated(handoff.saving)} weeks does not follow from what is checked.", "", row
        )
    return met(f"{stated(handoff.saving)} weeks are projected.")
