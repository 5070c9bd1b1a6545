"""Does the verdict on last autumn's alarm follow from rows that decide, and does the loop learn from it? (A22, O.7)"""

from __future__ import annotations

from curriculum.artifacts.review import Review
from curriculum.artifacts.trigger import Trigger
from curriculum.cases import Case
from curriculum.cases.feedback_loops.alarm import ACTIONS, CHANGES, IDLE, NOT_SHOWN, ROW_OF
from curriculum.roleplay.engine import State
from graders.common import incomplete, named, near, stated, uncited
from graders.feedback_loops.base import rubric
from graders.rubric import Objections, met, objection

OFF = 1.0
"""Points of percent by which what is read may be off."""
MOST_ROWS = 3
MOST_BESIDE = 1
"""Facts beside the point that do no harm."""
SAID_BY = 2
"""Facts that bear on a verdict, from so many people."""


@rubric.criterion(
    points=1, voice="kwame", skill="write_specs", gate=True,
    hints=(
        "Could somebody who was not there say what came out?",
        "The cause, the rows, what they do not show, what is done, what the loop learns, and a sentence to Sunniva.",
    ),
    met="Cause, rows, limits, action and lesson stand there.",
)  # fmt: skip
def review_is_complete(review: Review, case: Case) -> Objections:
    """Cause, rows, what they do not show, action, change, what was said and the sentence are filled."""
    yield from incomplete(
        review, case, "model_off", "cause", "evidence", "not_shown", "action", "change", "facts", "words"
    )


@rubric.criterion(
    points=7, voice="bettina", skill="measure_success",
    hints=(
        "By how many percent was that week off what is usual?",
        "That week divided by usual, less one. The model's, and that of what is fit here; a blank stays blank.",
    ),
    rests_on=("review.model_off",),
    expected="that week beside usual, in percent of usual, for the model and for what is fit here",
)  # fmt: skip
def week_recomputes(review: Review, case: Case) -> Objections:
    """How far that week was off is right, for the model and for what is fit to compare with."""
    truth = case.truth
    if not near(review.model_off, truth.model_off, absolute=OFF):
        said = f"The model's swaps were not off by {stated(review.model_off)} %."
        yield objection("model_off", said, "", {"look at": "alarm"})
    beside, recorded = truth.beside_off, truth.shape.fit in ROW_OF
    # Beside the past a 0 says that usual is usual, which is odd and no mistake.
    if beside is None and review.beside_off is not None and (recorded or abs(review.beside_off) > OFF):
        why = "of what is fit here, nothing was recorded" if recorded else "nothing that is fit stands beside it here"
        yield objection("beside_off", f"{stated(review.beside_off)} %: {why}.", "a blank")
    if beside is not None and not near(review.beside_off, beside, absolute=OFF):
        said = f"What is fit to compare with was not off by {stated(review.beside_off)} %."
        yield objection("beside_off", said, "", {"look at": "alarm"})
    return met("That week is read right.")


@rubric.criterion(
    points=9, voice="kwame", skill="find_causes",
    hints=(
        "What did the fit comparison do in that week, and was it there at all?",
        "If it moved along, it was not the model; by half, it was both; if it is missing, what else could tell?",
        "Here: {{ entries.causes[truth.shape.cause].label | lower }}.",
    ),
    rests_on=("week_recomputes", "review.cause"),
    expected="the verdict that the rows of that week carry, by the comparison that is fit here",
)  # fmt: skip
def verdict_fits(review: Review, case: Case) -> Objections:
    """The verdict is what the rows carry, and “cannot be told” where they carry none."""
    if review.cause != case.truth.shape.cause:
        said = f"“{named(case, 'causes', review.cause)}” is not what the rows of that week carry."
        yield objection("cause", said, "", {"look at": "alarm"})
    return met(f"“{named(case, 'causes', review.cause)}” is what the rows carry.")


@rubric.criterion(
    points=6, voice="bettina", skill="find_causes",
    hints=(
        "Which rows would look different if it had been something else?",
        "The row of the fit comparison, and one that rules something out. What merely moved along decides nothing.",
    ),
    rests_on=("verdict_fits", "review.evidence"),
    expected="two or three rows that would look different under another verdict",
)  # fmt: skip
def evidence_decides(review: Review, case: Case) -> Objections:
    """The rows that are named decide between this verdict and others."""
    needed, further = case.truth.deciding
    rows = set(review.evidence)
    if len(rows) > MOST_ROWS:
        yield objection("evidence", f"{len(rows)} rows are named: which of them decide?")
    if missing := needed - rows:
        yield objection(
            "evidence", f"{len(missing)} of the rows that decide {'is' if len(missing) == 1 else 'are'} not named."
        )
    elif idle := [row for row in review.evidence if row in IDLE]:
        yield objection("evidence", f"“{named(case, 'alarm_rows', idle[0])}” looks the same, whatever it was.")
    elif further and not (rows - needed) & further:
        yield objection("evidence", "One row alone decides nothing: another one rules out what it could have been.")
    return met("The rows decide.")


@rubric.criterion(
    points=2, voice="ottilie", skill="listen_and_synthesise",
    hints=(
        "What would somebody wrongly read out of it?",
        "That it was the model does not say why. That it was the screen does not say that the model is worse.",
    ),
    rests_on=("verdict_fits", "review.not_shown"),
    expected="what remains open under this verdict",
)  # fmt: skip
def limit_of_the_evidence(review: Review, case: Case) -> Objections:
    """It says what the rows do not show under this verdict."""
    if review.not_shown not in NOT_SHOWN[case.truth.shape.cause]:
        said = f"“{named(case, 'not_shown', review.not_shown)}” is not what remains open here."
        yield objection("not_shown", said)
    return met("What remains open is said.")


@rubric.criterion(
    points=3, voice="sunniva", skill="lead_incidents",
    hints=(
        "What follows from this verdict, and for whom?",
        "The model is touched if it was the model. Nothing is touched while nobody can tell.",
    ),
    rests_on=("verdict_fits", "review.action"),
    expected="what mends this cause and touches nothing else",
)  # fmt: skip
def action_fits(review: Review, case: Case) -> Objections:
    """What is done mends what it came from, and leaves the rest as it is."""
    if review.action not in ACTIONS[case.truth.shape.cause]:
        said = f"“{named(case, 'review_actions', review.action)}” does not follow from this verdict."
        yield objection("action", said)
    return met("What is done follows from the verdict.")


@rubric.criterion(
    points=3, voice="sunniva", skill="keep_decisions",
    hints=(
        "What would the trigger need, so that the next such week is told sooner?",
        "Say what the loop learns, and see that the trigger does not say the opposite.",
    ),
    rests_on=("verdict_fits", "review.change", "trigger.outages", "trigger.verdicts"),
    expected="a change that helps with the next such week and that the trigger does not contradict",
)  # fmt: skip
def change_closes_the_loop(review: Review, trigger: Trigger, case: Case) -> Objections:
    """The loop learns something from this verdict, and the trigger says the same."""
    if review.change not in CHANGES[case.truth.shape.cause]:
        said = f"“{named(case, 'trigger_changes', review.change)}” does not help with the next such week."
        yield objection("change", said)
    if review.change == "mask_days" and trigger.outages != "masked":
        yield objection("change", "Such days shall not count, and in the trigger they stay in.")
    if review.cause not in trigger.verdicts:
        said = f"The trigger knows no verdict “{named(case, 'causes', review.cause).lower()}”."
        yield objection("change", said)
    return met("The loop learns, and the trigger agrees.")


@rubric.criterion(
    points=3, voice="ijeoma", skill="listen_and_synthesise",
    hints=(
        "Who said something that bears on this week?",
        "Two people at least. How the comparison came about, which releases moved anything, which days were lost.",
    ),
    rests_on=("verdict_fits", "review.facts"),
    expected="what two people told you that bears on this verdict",
)  # fmt: skip
def cites_what_was_said(review: Review, case: Case, conversation: State) -> Objections:
    """The verdict names what two people said that bears on it, and nothing that nobody said."""
    yield from uncited(review, conversation, case)
    bears = [case.facts[name] for name in review.facts
             if name in case.facts and case.truth.shape.cause in case.facts[name].supports]  # fmt: skip
    if len({fact.held_by for fact in bears}) < SAID_BY:
        yield objection("facts", f"{len(bears)} of what is named bears on this verdict, from too few people.")
    beside = [name for name in review.facts if name in case.facts and case.facts[name] not in bears]
    if len(beside) > MOST_BESIDE:
        yield objection("facts", f"{len(beside)} of what is named bears on nothing here.")
    return met("What people said stands beside the rows.")


@rubric.criterion(
    points=2, voice="sunniva", skill="communicate_harm",
    hints=(
        "Does your sentence say the same as your verdict?",
        "Read it once more as Sunniva would: what does she take it to have been?",
    ),
    rests_on=("verdict_fits", "review.words", "review.tells"),
    expected="in the sentence to Sunniva, the cause of the verdict",
)  # fmt: skip
def she_hears_the_verdict(review: Review, case: Case) -> Objections:
    """What Sunniva is told that it was is what the verdict says."""
    if review.tells != review.cause:
        told, said = (named(case, "causes", name).lower() for name in (review.tells, review.cause))
        yield objection("tells", f"Sunniva hears “{told}”, and the verdict is “{said}”.")
    return met("Sunniva hears the verdict itself.")
