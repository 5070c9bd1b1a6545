"""What happens when it rings: a review by one person with days for it, a verdict, and no alarm while it lasts. (A22)"""

from __future__ import annotations

from curriculum.artifacts.trigger import Trigger
from curriculum.cases import Case
from curriculum.cases.feedback_loops.draw import CANNOT_TELL, DAYS_A_REVIEW, LOGGING, MODEL, SCREEN, SEGMENTS
from curriculum.cases.feedback_loops.entries import MAY
from curriculum.cases.feedback_loops.telemetry import UNSEEN
from curriculum.roleplay.engine import State
from graders.common import listed, named, stated, unheard
from graders.feedback_loops.base import rubric
from graders.rubric import Objections, met, objection

VERDICTS = (MODEL, SCREEN, LOGGING, CANNOT_TELL)
LONGEST_REVIEW = 14
SHORTEST_COOLDOWN = 7


@rubric.criterion(
    points=2, voice="ottilie", skill="decision_rights", gate=True,
    hints=(
        "If it rings because of a button, what does a model learn that is trained again at once?",
        "A person looks first, and what is done follows from the verdict.",
    ),
    rests_on=("trigger.action",),
    expected="a review by a person, before anything is done to the model",
)  # fmt: skip
def reviews_not_retrains(trigger: Trigger, case: Case) -> Objections:
    """An alarm calls for a review; nothing is done to the model by itself."""
    if trigger.action != "review":
        yield objection("action", f"“{named(case, 'alarm_actions', trigger.action)}”: nobody has looked yet.")
    return met("Somebody looks before anything is done.")


@rubric.criterion(
    points=1, voice="kwame", skill="keep_decisions",
    hints=(
        "Which answers may a review give?",
        "The model, the screen, lost events, and that it cannot be told: without these, every alarm ends as a button.",
    ),
    rests_on=("trigger.verdicts",),
    expected="the model, the screen, lost events, and “cannot be told” among the verdicts",
)  # fmt: skip
def verdicts_close_the_loop(trigger: Trigger, case: Case) -> Objections:
    """Every review can end in a verdict that the loop learns from, “cannot be told” among them."""
    if missing := [named(case, "causes", name) for name in VERDICTS if name not in trigger.verdicts]:
        said = f"These verdicts cannot be written down: {listed([name.lower() for name in missing])}."
        yield objection("verdicts", said)
    return met("Verdicts can be written down, “cannot be told” among them.")


@rubric.criterion(
    points=3, voice="rafael", skill="decision_rights",
    hints=(
        "Who may review the model, and has days for it this quarter?",
        "Reviews a quarter, as Rafael said, times the days that one takes: whose free days are enough?",
        "It is {{ entries.people[truth.shape.reviewer].label }}.",
    ),
    rests_on=("trigger.owner", "trigger.days_to_review"),
    expected=f"one person who may review and has the days, and a verdict within {LONGEST_REVIEW} days",
)  # fmt: skip
def one_owner_and_days(trigger: Trigger, case: Case, conversation: State) -> Objections:
    """One person reviews who may and has the days for it, within two weeks."""
    yield from unheard(case, conversation, "capacity", "owner", "It rests on how many reviews a quarter may bring")
    owner, truth = trigger.owner, case.truth
    label = named(case, "people", owner)
    if owner not in MAY["review_model"]:
        yield objection("owner", f"{label} may not review the model.", "", {"look at": "who_can"})
    elif truth.free_days[owner] < truth.shape.capacity * DAYS_A_REVIEW:
        row = {"person": label, "free days": truth.free_days[owner]}
        yield objection("owner", f"{label} has {truth.free_days[owner]} free days for a quarter of reviews.", "", row)
    days = trigger.days_to_review or 0.0
    if not 1 <= days <= LONGEST_REVIEW:
        yield objection("days_to_review", f"A verdict within {stated(trigger.days_to_review)} days.")
    return met(f"{label} reviews, within {stated(days)} days.")


@rubric.criterion(
    points=2, voice="ijeoma", skill="measure_success",
    hints=(
        "Would you see a fault that meets new members alone?",
        "New members make a sixth of all suggestions. Read every segment by itself.",
    ),
    rests_on=("trigger.segments", "trigger.split"),
    expected="all three segments, each by itself",
)  # fmt: skip
def segments_seen(trigger: Trigger, case: Case) -> Objections:
    """Every segment is watched, and by itself."""
    if missing := [named(case, "segments", name).lower() for name in SEGMENTS if name not in trigger.segments]:
        yield objection("segments", f"Nobody watches {listed(missing)}.")
    if trigger.split != "each":
        yield objection("split", "All in one sum: what goes wrong for few of them is lost in it.")
    return met("Every segment is read by itself.")


@rubric.criterion(
    points=1, voice="kwame", skill="keep_decisions",
    hints=(
        "When may it ring again for the same segment?",
        f"Not before there is a verdict, and not later than after the {UNSEEN} days that a problem lasts.",
    ),
    rests_on=("trigger.cooldown", "trigger.days_to_review"),
    expected=f"at least a week and as long as a review takes, and at most {UNSEEN} days",
)  # fmt: skip
def cooldown_fits(trigger: Trigger, case: Case) -> Objections:
    """It does not ring twice for one review, and is awake again before the next problem."""
    cooldown = trigger.cooldown or 0.0
    if not max(SHORTEST_COOLDOWN, trigger.days_to_review or 0.0) <= cooldown <= UNSEEN:
        yield objection("cooldown", f"After it has rung, it is silent for {stated(trigger.cooldown)} days.")
    return met(f"After it has rung, it is silent for {stated(cooldown)} days.")
