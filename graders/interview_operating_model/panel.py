"""Criteria on the panel: whom first, promises that hold together, what is given up, and who bears it."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.artifacts.panel_answers import PanelAnswer, PanelAnswers
from curriculum.artifacts.process_answer import ProcessAnswer
from curriculum.cases import Case
from curriculum.cases.interview_operating_model.draw import ASKERS, Asker
from curriculum.cases.interview_operating_model.offers import AXIS, BETTER, NEVER
from curriculum.cases.interview_operating_model.reference import taken_back, totals
from curriculum.roleplay.engine import State
from graders.common import blank_at, listed, near, placed, says_nothing, stated, unknown_ids
from graders.interview_operating_model.base import label, making_hours, meeting_hours, rubric
from graders.rubric import NotYet, Objections, met, objection

COMPLETE, COMES_TO = "panel_is_complete", "numbers_come_to_that"
_AXIS_WORDS: Mapping[str, str] = {
    "days": "days of an item",
    "research": "days with users",
    "hours": "hours of meetings",
}


def made(answers: PanelAnswers) -> dict[Asker, str]:
    """What each of the three is promised."""
    given = {answer.who: answer.promise for answer in answers.answers}
    return {who: given[who] for who in ASKERS if given.get(who)}


def bearers(answers: PanelAnswers, case: Case) -> dict[str, str]:
    """By promise, the function that does the work for it: the one that is named, where it can."""
    found: dict[str, str] = {}
    for answer in answers.answers:
        offer = case.truth.offers[answer.promise]
        found.setdefault(offer.id, answer.bearer if answer.bearer in offer.bearers else offer.bearer)
    return found


def comes_to(answers: PanelAnswers, process: ProcessAnswer, case: Case) -> dict[str, float]:
    """By axis, the number that all promises lead to, and for meetings the phases too."""
    sums = totals(case.truth.offers, made(answers))
    start = {**case.truth.today, "hours": meeting_hours(process, case)}
    return {axis: start[axis] + sums[axis] for axis in start}


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=("Has each of the three one answer?", "Three answers with all their parts, whom first, and why."),
    met="Each of the three has one answer.",
)  # fmt: skip
def panel_is_complete(panel_answers: PanelAnswers, case: Case) -> Objections:
    """Each of the three is answered once, with every part."""
    for name in PanelAnswer.model_fields:
        yield from blank_at(panel_answers, f"answers[].{name}")
    for name in ("first", "ground"):
        yield from blank_at(panel_answers, name)
    yield from says_nothing(panel_answers, case)
    for named in unknown_ids(panel_answers, case):
        yield objection(named.place, f"{named.id[:40]} is on none of the lists.", "entries picked from the lists")
    asked = [answer.who for answer in panel_answers.answers]
    if sorted(asked) != sorted(ASKERS):
        yield objection(
            "answers", f"{len(asked)} answers, for {len(set(asked))} people.", "one answer for each of the three"
        )


@rubric.criterion(
    points=3, voice="ruth", skill="weigh_trade_offs",
    hints=(
        "Whose wish cannot move, however loud the others are?",
        "Somebody in the house knows it. Begin with what is fixed; the other two can be talked about.",
        "Ask Oskar, and cite what he tells you.",
    ),
    rests_on=(COMPLETE,),
)  # fmt: skip
def what_is_fixed_comes_first(panel_answers: PanelAnswers, conversation: State | None, case: Case) -> Objections:
    """You answer first whoever asks for what cannot move, and cite who told you that it cannot."""
    if conversation is None:
        raise NotYet("house", "It compares with what people of the house know, and you have not spoken with them yet.")
    if panel_answers.ground != "fixed":
        said = f"You cite {label(case, 'facts', panel_answers.ground)}."
        yield objection("ground", said, "something that says which wish cannot move")
    elif not conversation.knows("fixed"):
        who = case.registry.label("people", case.facts["fixed"].held_by or "")
        yield objection("ground", "Nobody told you that.", "something that you were told", {"who could tell you": who})
    if panel_answers.first != case.truth.shape.fixed:
        said = f"You begin with {label(case, 'askers', panel_answers.first)}."
        yield objection("first", said, "the one whose wish cannot move")
    return met(f"You begin with {case.registry.label('askers', panel_answers.first)}, whose wish is fixed.")


@rubric.criterion(
    points=4, voice="jonas", skill="weigh_trade_offs",
    hints=(
        "Each promise changes all three numbers. Did you add them up?",
        "Today's number, plus what each of your promises changes in it; for meetings what your phases change, too. "
        "A promise that is made twice counts once.",
        "The cell under “What do three promises come to?” adds them; put your three in.",
    ),
    rests_on=(COMPLETE, "process_is_complete"),
)  # fmt: skip
def numbers_come_to_that(panel_answers: PanelAnswers, process_answer: ProcessAnswer, case: Case) -> Objections:
    """For each of the three you say what their number comes to, with all promises and with your process answer."""
    true = comes_to(panel_answers, process_answer, case)
    for place, answer in placed("answers", panel_answers.answers):
        axis = AXIS.get(answer.who)  # type: ignore[call-overload]
        if axis and not near(answer.comes_to, true[axis], absolute=0.05):
            row = {"who": case.registry.label("askers", answer.who), "you say": stated(answer.comes_to)}
            said = f"You say that it comes to {stated(answer.comes_to)} {_AXIS_WORDS[axis]}."
            yield objection(f"{place}.comes_to", said, "today's number with everything that you promise", row)
    return met("Each number is today's with all that you promise.")


@rubric.criterion(
    points=1, voice="mei", skill="translate_constraints",
    hints=("Does it move the number that this person asked for?", "Look into the column of whoever asks."),
    rests_on=(COMES_TO,),
)  # fmt: skip
def each_promise_answers_its_wish(panel_answers: PanelAnswers, case: Case) -> Objections:
    """Each is promised something that moves the number they asked for, the right way."""
    for place, answer in placed("answers", panel_answers.answers):
        offer = case.truth.offers[answer.promise]
        if not offer.helps(answer.who):
            said = f"{label(case, 'askers', answer.who)} is promised {label(case, 'promises', answer.promise)}."
            yield objection(f"{place}.promise", said, "something that moves the number that was asked for")
    return met("Each promise answers the wish of whoever gets it.")


@rubric.criterion(
    points=3, voice="ruth", skill="weigh_trade_offs",
    hints=(
        "What happens when Jonas and Ruth compare what they were promised?",
        "No promise may take away half or more of what another one gives, and nobody may be worse off than today.",
    ),
    rests_on=(COMES_TO, "each_promise_answers_its_wish"),
)  # fmt: skip
def no_two_promises_are_opposite(panel_answers: PanelAnswers, process_answer: ProcessAnswer, case: Case) -> Objections:
    """No promise takes back what another one gives, and nobody is worse off than today."""
    for who, other in taken_back(case.truth.offers, made(panel_answers)):
        said = f"{label(case, 'promises', other)} takes back much of what {label(case, 'askers', who)} is promised."
        yield objection("answers", said, "promises that can all be kept")
    true, today = comes_to(panel_answers, process_answer, case), case.truth.today
    for who, axis in AXIS.items():
        if (true[axis] - today[axis]) * BETTER[axis] <= 0:
            said = f"{label(case, 'askers', who)} has {stated(today[axis])} today and gets {stated(true[axis])}."
            yield objection("answers", said, "a step for each of the three, however small")
    return met("The three promises can be kept together.")


@rubric.criterion(
    points=3, voice="jonas", skill="weigh_trade_offs",
    hints=("Is the number that cannot move reached?", "The fixed wish in full; the others in part."),
    rests_on=(COMES_TO, "what_is_fixed_comes_first"),
)  # fmt: skip
def what_is_fixed_is_met(panel_answers: PanelAnswers, process_answer: ProcessAnswer, case: Case) -> Objections:
    """What cannot move is met in full."""
    axis = AXIS[case.truth.shape.fixed]
    reached, wanted = comes_to(panel_answers, process_answer, case)[axis], case.truth.wanted[axis]
    if (reached - wanted) * BETTER[axis] < 0:
        said = f"It comes to {stated(reached)} {_AXIS_WORDS[axis]}."
        yield objection("answers", said, "what cannot move, in full")
    return met(f"{stated(reached)} {_AXIS_WORDS[axis]} are reached, and {stated(wanted)} are fixed.")


@rubric.criterion(
    points=3, voice="mei", skill="weigh_trade_offs",
    hints=(
        "What will not be there any more because of this promise?",
        "What is given up belongs to this promise, and it is nothing on which your process rests.",
    ),
    rests_on=(COMPLETE, "each_promise_answers_its_wish"),
)  # fmt: skip
def what_is_given_up_can_be(panel_answers: PanelAnswers, case: Case) -> Objections:
    """You name what is given up for each promise, and it is nothing that your process answer needs."""
    for place, answer in placed("answers", panel_answers.answers):
        offer = case.truth.offers[answer.promise]
        if answer.given_up != offer.loses:
            said = f"For {label(case, 'promises', offer.id)} you give up {label(case, 'losses', answer.given_up)}."
            yield objection(f"{place}.given_up", said, "what is no longer there because of this promise")
        elif offer.loses in NEVER:
            said = f"{label(case, 'losses', offer.loses)} is given up."
            yield objection(f"{place}.promise", said, "nothing on which your phases rest")
    return met("What is given up is named, and the phases do not rest on it.")


@rubric.criterion(
    points=4, voice="mei", skill="scope_together",
    hints=(
        "Who does the work for it, and do they have the hours?",
        "Add the hours of your promises to those of your artifacts, for each function, against what it has.",
        "Yuki knows which function has no hours at all.",
    ),
    rests_on=(COMES_TO, "each_promise_answers_its_wish", "makers_can_make_it"),
)  # fmt: skip
def whoever_bears_it_can(panel_answers: PanelAnswers, process_answer: ProcessAnswer, case: Case) -> Objections:
    """You name who bears each promise, and with the artifacts of your process they have the hours for it."""
    truth = case.truth
    for place, answer in placed("answers", panel_answers.answers):
        offer = truth.offers[answer.promise]
        if answer.bearer not in offer.bearers:
            said = f"{label(case, 'functions', answer.bearer)} is to bear {label(case, 'promises', offer.id)}."
            yield objection(f"{place}.bearer", said, "a function that can do the work for it")
    borne_by = bearers(panel_answers, case)
    over = []
    for function in truth.week.free:
        hours = making_hours(process_answer, function, case)
        borne = sum(truth.offers[id].costs for id, bearer in borne_by.items() if bearer == function)
        if borne and hours + borne > truth.free(function):
            over.append(case.registry.label("functions", function))
    if over:
        yield objection(
            "answers", f"{listed(over)} would have more to do than hours.", "no more than each function has"
        )
    return met("Whoever bears a promise has the hours for it.")
