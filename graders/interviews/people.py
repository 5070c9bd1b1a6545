"""Criteria on the people of a story: what was the teller's, who wanted what, who paid, and who decided."""

from __future__ import annotations

from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.cases.interviews.units import are_equal
from curriculum.practice.interview import claims
from curriculum.practice.interview.work import has_document
from curriculum.roleplay.engine import State
from curriculum.support.dates import full_day
from curriculum.words.prose import word_count
from graders.common import listed
from graders.interviews.life import of_ones_life
from graders.interviews.sources import lesson_of, true_unit, true_value
from graders.parts import part
from graders.rubric import NotYet, Objections, OnlyBelieved, met, objection


@part(
    points=2, voice="ruth", skill="tell_the_story",
    hints=(
        "What did you do that would not have happened without you?",
        "Look into the project log: which documents did you write yourself?",
        "Name three different actions, each with the document that you wrote and its day in the log.",
    ),
    rests_on=("star.origin",),
)  # fmt: skip
def three_actions_are_yours(star: Star, case: Case) -> Objections:
    """At least three different actions are named, each shown by a document of your own."""
    told = [(f"actions[{number}]", action) for number, action in enumerate(star.actions, start=1) if action.what]
    count = claims.different_actions(star)
    if count < 3:
        said = f"You name {count} different {'action' if count == 1 else 'actions'}."
        yield objection("actions", said, "at least three")
        return None
    if star.origin == "personal":
        raise OnlyBelieved(f"You name {count} different actions. That they were yours, only you know.")
    for number, (place, action) in enumerate(told, start=1):
        if star.origin == "course" and not has_document(star.copied, action.document):
            said = f"Action {number} cites {action.document or 'no document'}, which is not in your work."
            yield objection(f"{place}.document", said, "an artifact of a lesson that you finished")
        elif star.origin == "course" and (other := _another_lesson(star, action.document)):
            said = (
                f"Action {number} comes from {other}, and the number after from {lesson_of(star.result_figure.fact)}."
            )
            yield objection(f"{place}.document", said, "actions of the lesson whose result you tell")
        if star.origin != "practice":
            continue
        logged = case.truth.log.get(action.document)
        if logged is None:
            said = f"Action {number} cites {action.document or 'no document'}."
            yield objection(f"{place}.document", said, "a document of the project log")
        elif logged.by != "you":
            author = case.registry.label("people", logged.by)
            said = f"Action {number} is shown by a document that {author} wrote."
            yield objection(f"{place}.document", said, "a document that you wrote", {"document": logged.title})
        elif action.on != logged.on:
            said = f"Action {number} is dated {full_day(action.on) if action.on else 'no day'}."
            yield objection(
                f"{place}.on", said, "the day of its document in the project log", {"document": logged.title}
            )
    if len({action.document for _, action in told}) < 3:
        said = "Your actions are shown by fewer than three documents."
        yield objection("actions", said, "three different documents")
    return met(f"You name {count} different actions, and your own documents show them.")


def _another_lesson(star: Star, document: str) -> str:
    """The lesson of a cited artifact where the number after comes from another one; blank where it does not."""
    mine, result = lesson_of(document), lesson_of(star.result_figure.fact)
    return mine if result and mine != result else ""


@part(
    points=2, voice="mei", skill="translate_constraints",
    hints=(
        "Who wanted something that somebody else could not give?",
        "Add up in the table of the kick-off: today's search and one wish, or two of them, against the limit. Which "
        "two could not be had together?",
    ),
)  # fmt: skip
def two_functions_are_in_conflict(star: Star, case: Case) -> Objections:
    """Two functions are named whose interests were in conflict, each with what it wanted."""
    wanted = {item.function: item.wanted for item in star.interests if item.function and word_count(item.wanted) >= 3}
    names = [case.registry.label("functions", id) for id in wanted]
    if len(wanted) < 2:
        are = "function is" if len(wanted) == 1 else "functions are"
        said = f"{len(wanted)} {are} named with what it wanted."
        yield objection("interests", said, "two, each with its interest in a few words")
    elif len({" ".join(text.casefold().split()) for text in wanted.values()}) < 2:
        said = "All functions are said to have wanted the same."
        yield objection("interests", said, "an interest of its own for each")
    elif star.origin == "practice" and not {case.truth.won, case.truth.lost} <= wanted.keys():
        said = f"What {listed(names)} wanted could be had together."
        yield objection("interests", said, "the two functions whose wishes could not be had together")
    elif star.origin == "personal":
        raise OnlyBelieved(f"{listed(names)} are not here to ask.")
    return met(f"{listed(names)} wanted different things.")


@part(
    points=3, voice="mei", skill="weigh_trade_offs",
    hints=(
        "Who paid for it?",
        "Ask the side that did not get its wish what it gave up, as a number. What somebody gained is no cost.",
        "Name what was given up, with the number, the unit and who told you.",
    ),
    rests_on=("facts_were_told", "star.origin"),
)  # fmt: skip
def cost_is_named(star: Star, case: Case) -> Objections:
    """You say what was given up, and in a story from the project with its number."""
    cost = star.cost
    if word_count(cost.what) < 3:
        yield objection("cost.what", "No cost is named.", "what was given up, and who paid")
    if cost.value is not None and not cost.unit:
        yield objection("cost.unit", f"The cost of {cost.value:g} has no unit.", "the number with its unit")
    if star.origin == "course" and cost.value is not None and not cost.fact:
        said = f"The cost of {cost.value:g} has no source."
        yield objection("cost.fact", said, "the place in your own work where the number stands, or the cost in words")
    if star.origin == "course" and cost.fact and not _is_stated(star, case):
        said = f"The cost cites {cost.fact}, where another number stands."
        yield objection("cost.value", said, "the number that stands there")
    if star.origin == "personal" and word_count(cost.what) >= 3:
        raise OnlyBelieved("Who paid is not here to ask.")
    if star.origin != "practice":
        return met(f"You say what was given up: {cost.what[:120]}.")
    if cost.fact != case.truth.cost:
        said = f"As the cost you cite {cost.fact or 'nothing'}; nobody gave that up."
        yield objection("cost.fact", said, "a fact that says what was given up")
        return None
    unit = case.registry.label("units", cost.unit)
    if not _is_stated(star, case):
        shown = f"{cost.value:g}" if cost.value is not None else "no number"
        row = {"fact": cost.fact, "stated": cost.value, "unit": unit}
        yield objection("cost.value", f"The cost is stated as {shown} {unit}.", "number and unit as you were told", row)
    return met(f"You say what was given up: {cost.value or 0:g} {unit}.")


def _is_stated(star: Star, case: Case) -> bool:
    """Whether the stated cost is the number of its source, in that unit or in one that means the same."""
    cost, true = star.cost, true_value(star, case, star.cost.fact)
    unit = true_unit(star, case, cost.fact) or cost.unit
    return cost.value is not None and true is not None and are_equal(cost.value, cost.unit, true, unit)


@part(
    points=2, voice="ruth", skill="decision_rights", gate=True,
    hints=(
        "Whose decision was it really? Who could tell you?",
        "Making a decision possible is worth telling. Taking it was somebody else's job; "
        "Adaeze knows whose, and in which of the documents it stands.",
    ),
    rests_on=("star.origin", "star.decision.by"),
    only_believed=of_ones_life("Who decided is not here to ask."),
)  # fmt: skip
def decision_is_by_its_owner(star: Star, conversation: State | None, case: Case) -> Objections:
    """The decision is told as the decision of the one who took it, with its day and where it is written, as somebody
    told you."""
    decision = star.decision
    if star.origin == "course":
        if not has_document(star.copied, decision.document):
            said = f"The decision cites {decision.document or 'no document'}, which is not in your work."
            yield objection("decision.document", said, "an artifact of a lesson that you finished")
        elif other := _another_lesson(star, decision.document):
            said = f"The decision comes from {other}, and the number after from {lesson_of(star.result_figure.fact)}."
            yield objection("decision.document", said, "a decision of the lesson whose result you tell")
        return met("The decision has an owner.")
    if conversation is None or not conversation.knows("who_decided"):
        raise NotYet("catching_up", "Nobody has told you yet who decided.")
    log, approver = case.truth.log[case.truth.written_in], case.registry.label("people", case.truth.approver)
    if decision.by != case.truth.approver:
        said = f"As the one who decided you name {case.registry.label('deciders', decision.by) or decision.by[:40]}."
        yield objection("decision.by", said, "the person who decided, as you were told")
    elif decision.document != case.truth.written_in or decision.on != log.on:
        shown = full_day(decision.on) if decision.on else "no day"
        place = case.registry.label("documents", decision.document) or "no document"
        said = f"The decision is dated {shown} and said to be written in “{place}”."
        at = "decision.document" if decision.document != case.truth.written_in else "decision.on"
        yield objection(at, said, "the document in which it stands, and its day in the project log")
    return met(f"{approver} decided, on {full_day(log.on)}, and it is written down.")


PARTS = (
    three_actions_are_yours,
    two_functions_are_in_conflict,
    cost_is_named,
    decision_is_by_its_owner,
)
