"""Criteria on the typed claims of a STAR answer: do they exist, match their source and hang together?"""

from __future__ import annotations

from collections.abc import Callable

from curriculum.artifacts.places import words_at
from curriculum.artifacts.star import Figure, Star
from curriculum.cases import Case
from curriculum.cases.interviews.questions import load_questions
from curriculum.cases.interviews.units import are_equal, in_one_measure
from curriculum.practice.interview import claims
from curriculum.practice.interview.work import has_document
from curriculum.roleplay.engine import State
from curriculum.support.dates import full_day
from curriculum.words.prose import word_count
from graders.common import blank_at, listed, says_nothing, uncited
from graders.interview_basics.copies import OUTCOME, cited, doubtful
from graders.interview_basics.rubric import rubric
from graders.interview_basics.sources import (
    EXACT,
    last_day,
    public_numbers,
    strangers,
    true_unit,
    true_value,
)
from graders.rubric import NotYet, Objection, Objections, OnlyBelieved, met, objection


def of_ones_life(reason: str) -> Callable[[Star], str]:
    """Why a question can only be believed, asked of a story of one's own life; blank for the others."""
    return lambda star: reason if star.origin == "personal" else ""


def mismatch(wrong: claims.Mismatch) -> Objection:
    """A sum that does not hold, with its place."""
    row = {"what": wrong.span, "stated": wrong.found}
    return objection(wrong.place, f"You state a {wrong.span} of {wrong.found}.", wrong.expected, row)


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=(
        "Go through the form once more: which boxes are still blank?",
        "The question, the source of the story, all four parts, your role, the measure with its unit, the numbers "
        "before and after, the change, its direction and the decision are needed.",
    ),
    met="Every part is told and every typed claim is filled in.",
)  # fmt: skip
def star_is_complete(star: Star, case: Case) -> Objections:
    """Every part is told and every typed claim is filled in, in your own words."""
    needed = [
        "question", "origin", "situation", "task", "action", "result", "role", "measure", "unit", "baseline.value",
        "baseline.on", "result_figure.value", "result_figure.on", "change", "direction", "decision.what",
        "decision.by", "decision.on",
    ]  # fmt: skip
    if star.origin in ("practice", "course"):
        needed += ["baseline.fact", "result_figure.fact", "decision.document"]
    for place in needed:
        yield from blank_at(star, place)
    yield from says_nothing(star, case)
    for place, why in claims.thin_claims(star).items():
        said = f"“{words_at(Star, place)}” {why}."
        yield objection(
            place, said, "a few words of their own in each field, at least two for a role and three elsewhere"
        )
    for named in strangers(star, case):
        said = f"“{words_at(Star, named.place)}” names {named.id[:40]}, which nobody here knows."
        yield objection(named.place, said, "entries picked from the lists")


@rubric.criterion(
    points=1, voice="jonas", skill="tell_the_story", gate=True,
    hints=(
        "Did you change anything under “From your lessons”?",
        "What stands there is copied from your finished lessons and computed again. Let the course fill it in anew.",
    ),
)  # fmt: skip
def lessons_are_as_you_left_them(star: Star) -> Objections:
    """What the story brings from other lessons is what stands there."""
    if not star.copied:
        if star.origin == "course":
            said = "The story is said to come from the course, and nothing from a lesson is with it."
            yield objection("copied", said, "copies of the artifacts that it stands on")
        return met("The story brings nothing from other lessons.")
    if doubt := doubtful(star.copied):
        yield objection("copied", *doubt)
    return met(f"All {len(star.copied)} copies from your lessons read and compute as they did there.")


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story",
    hints=(
        "Read the question aloud, then your first sentence. Is that an answer to it?",
        "The bank says for each question which lessons give material. Choose a question that your story can carry.",
    ),
    rests_on=("star.question", "star.origin"),
    met="The story can answer the question.",
    only_believed=of_ones_life("Whether your story answers the question, those can say who hear it."),
)  # fmt: skip
def story_fits_the_question(star: Star, case: Case) -> Objections:
    """The story is one that can answer the question."""
    question = next((found for found in load_questions() if found.id == star.question), None)
    if question is None:
        yield objection("question", "No question of the bank is chosen.", "a question from the list")
        return None
    if star.origin == "practice" and case.slug not in question.material:
        said = f"The project file holds no material for “{question.question}”"
        rule = "a question about a trade-off, two camps, conflicting evidence or a feature that was cut"
        fitting = sum(case.slug in found.material for found in load_questions())
        yield objection("question", said, rule, {"questions that fit": fitting})
    lessons = sorted({copied.lesson for copied in star.copied if copied.lesson})
    if star.origin == "course" and not set(lessons) & set(question.material):
        said = f"Your story stands on {listed(lessons)}; “{question.question}” asks for something else."
        yield objection("question", said, f"a question with material in {listed(lessons)}")


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Compare each number with the sentence that you picked beside it.",
        "The number, the last day that was counted and the unit all stand in the sentence. Copy them as they are.",
        "Every number in a story from the project or the course has its source beside it; without one it is invented.",
    ),
    rests_on=("star.origin", "star.baseline", "star.result_figure"),
    only_believed=of_ones_life("The numbers of your own life stand nowhere here."),
)  # fmt: skip
def figures_match_their_source(star: Star, case: Case) -> Objections:
    """Each number is the one that its source states, with the same unit and the same last day."""
    public = public_numbers(case) if star.origin == "practice" else frozenset()
    stated = [
        ("baseline", "before", star.baseline.value, star.baseline.fact),
        ("result_figure", "after", star.result_figure.value, star.result_figure.fact),
    ]
    stated += [
        (f"numbers[{number}]", other.what or "a further number", other.value, other.fact)
        for number, other in enumerate(star.numbers, start=1)
    ]
    for place, what, value, fact in stated:
        true = true_value(star, case, fact) if fact else None
        row = {"what": what[:60], "stated": value, "source": fact or "none"}
        if not fact and value in public:
            continue
        shown = f"{value:g}" if value is not None else "no number"
        if true is None:
            source = f"“{fact}” holds no number" if fact else "no source is given"
            said = f"For {what[:60]} you state {shown}, and {source}."
            yield objection(f"{place}.fact", said, "a source that states the number", row)
        elif value is None or not _is_stated(star, case, place, value, fact, true):
            said = f"For {what[:60]} you state {shown}; that is not what {fact} says."
            yield objection(f"{place}.value", said, "the number as its source states it", row)
    yield from _units(star, case)
    if star.origin == "practice":
        yield from _dates(star, case)
        return met("Numbers, last days and unit are those of their sources.")
    return met("Every number is the one that stands in your own work.")


def _is_stated(star: Star, case: Case, place: str, value: float, fact: str, true: float) -> bool:
    """Whether a stated number is that of its source; further numbers say their unit in words."""
    unit = true_unit(star, case, fact) or star.unit
    stated_in = star.unit if place in ("baseline", "result_figure") else unit
    return are_equal(value, stated_in, true, unit)


def _units(star: Star, case: Case) -> Objections:
    """Units that are another kind of thing than what the source counts."""
    for figure in (star.baseline, star.result_figure):
        unit = true_unit(star, case, figure.fact) if figure.fact else ""
        if unit and in_one_measure(1.0, unit)[1] != in_one_measure(1.0, star.unit)[1]:
            said = f"You give the unit “{case.registry.label('units', star.unit)}”."
            yield objection("unit", said, f"the unit of {figure.fact}")


def _dates(star: Star, case: Case) -> Objections:
    figures = (("baseline", "before", star.baseline), ("result_figure", "after", star.result_figure))
    for place, what, figure in figures:
        measured = case.truth.measured.get(figure.fact)
        if measured and figure.on != measured.on:
            shown = full_day(figure.on) if figure.on else "no day"
            said = f"For the number {what} you state {shown} as the last day that was counted."
            yield objection(f"{place}.on", said, "the last day that its source names", {"source": figure.fact})


@rubric.criterion(
    points=1, voice="jonas", skill="listen_and_synthesise",
    hints=(
        "Who told you that? Look at what you know from the calls.",
        "Call the colleague who holds the fact and ask for it, or cite a fact that you have heard.",
    ),
    rests_on=("star.origin",),
    only_believed=of_ones_life("Who told you, nobody here can ask."),
)  # fmt: skip
def facts_were_told(star: Star, conversation: State, case: Case) -> Objections:
    """Every fact of the project that you cite was told to you by a colleague."""
    if star.origin != "practice":
        return met("Your story does not stand on the calls.")
    yield from uncited(star, conversation, case)
    return met("Colleagues told you every fact that you cite.")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=(
        "Say the number before and the number after in one breath. Is it the same thing that was counted?",
        "Take both from the same measure: orders with orders, or searches left with searches left.",
    ),
    rests_on=("star.origin",),
    only_believed=of_ones_life("Whether both numbers count the same among the same people, only you know."),
)  # fmt: skip
def same_measure_before_and_after(star: Star, case: Case) -> Objections:
    """Before and after count the same thing, from two different sources."""
    before, after = star.baseline.fact, star.result_figure.fact
    if not before or not after:
        raise NotYet("star.baseline.fact", "Before and after have no source yet.")
    if before == after:
        said = f"Before and after cite the same source, {before}."
        yield objection("result_figure.fact", said, "two sources, one for each")
        return None
    if star.origin == "course":
        yield from _one_measure(star, before, after)
        return met(f"Before comes from {before}, after from {after}.")
    measures = {fact: case.truth.measured[fact].measure for fact in (before, after) if fact in case.truth.measured}
    rows = [
        {"source": fact, "what it counts": measures.get(fact, "none of the two measures")} for fact in (before, after)
    ]
    if len(measures) < 2 or len(set(measures.values())) > 1:
        said = f"Before cites {before}, after cites {after}; they do not count the same."
        yield objection("result_figure.fact", said, "two figures of one measure", *rows)
    return met("Both figures are of the same measure.", *rows)


def _one_measure(star: Star, before: str, after: str) -> Objections:
    """What in two places of other lessons cannot be one measure: another lesson, another unit, another number."""
    places = [cited(star.copied, before), cited(star.copied, after)]
    first, second = places
    if first is None or second is None:
        return None
    rows = [{"source": f"{one.lesson}.{one.name}", "what it counts": one.words} for one in (first, second)]
    if first.lesson != second.lesson:
        said = f"Before comes from {first.lesson}, after from {second.lesson}."
        yield objection("result_figure.fact", said, "two figures of one lesson; a gain lies within one story", *rows)
    elif first.unit != second.unit:
        units = [one.unit or "another unit" for one in (first, second)]
        said = f"Before is in {units[0]}, after in {units[1]}."
        yield objection("result_figure.fact", said, "two figures in one unit", *rows)
    elif first.artifact == second.artifact == OUTCOME and not _of_one_number(first.name, second.name):
        said = f"Before counts “{first.words}”, after “{second.words}”."
        yield objection("result_figure.fact", said, "two figures that count one thing among the same people", *rows)
    return None


def _of_one_number(one: str, other: str) -> bool:
    """Whether two ids of an outcome are one number in two situations: `reached` and `reached_before`."""
    short, long = sorted((one, other), key=len)
    return long == short or long.startswith(f"{short}_")


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Did anybody really do that, in real use, or was it promised?",
        "A comparison on old data, eight people in a lab and the week of a promotion are not what the release brought.",
        "Use a figure counted over whole weeks, before the work for the one and after the release for the other.",
    ),
    rests_on=("star.origin",),
    only_believed=of_ones_life("Whether somebody counted it in normal use, only you know."),
)  # fmt: skip
def result_is_measured(star: Star, case: Case) -> Objections:
    """The numbers before and after were measured in normal use; neither is a forecast, a target or a lucky week."""
    needed = {"course": [star.result_figure.fact], "practice": [star.result_figure.fact, star.baseline.fact]}
    if not all(needed.get(star.origin, [])):
        raise NotYet("star.baseline.fact", "A number has no source yet.")
    if star.origin == "course":
        place = star.result_figure.fact.split(".")
        if len(place) <= 2 or place[1] not in ("outcome", "facts"):
            said = f"The number after, {star.result_figure.fact}, is what you planned."
            rule = "a number from the outcome of the lesson, or a fact that you were told"
            yield objection("result_figure.fact", said, rule)
        return met(f"The number after comes from what happened: {star.result_figure.fact}.")
    wrong = {
        "forecast": "a forecast from old searches", "lucky_week": "one week, with a promotion running",
        "small_sample": "eight people in a lab", "baseline": "the number before", "result": "the number after",
    }  # fmt: skip
    figures = (
        ("result_figure", "after", star.result_figure, "result"), ("baseline", "before", star.baseline, "baseline"),
    )  # fmt: skip
    for at, words, figure, expected in figures:
        measured = case.truth.measured.get(figure.fact)
        if measured is None:
            said = f"The number {words} cites {figure.fact or 'nothing'}, which is no figure of a measure."
            yield objection(f"{at}.fact", said, "a figure that was counted in normal use")
        elif measured.kind != expected:
            said = f"As the number {words} you cite {figure.fact}: {wrong[measured.kind]}."
            row = {"source": figure.fact, "what it is": wrong[measured.kind], "days counted": measured.days}
            yield objection(f"{at}.fact", said, "four whole weeks of normal use", row)
    return met("Both numbers were counted over whole weeks of normal use.")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=("Redo the sum on paper.", "Change is after minus before; percent is that, divided by before, times 100."),
    rests_on=("star.baseline.value", "star.result_figure.value", "star.change"),
)  # fmt: skip
def sums_hold(star: Star) -> Objections:
    """The change, and the percentage if you give one, follow from before and after."""
    yield from (mismatch(wrong) for wrong in claims.wrong_sums(star))
    return met(f"{star.baseline.value:g} to {star.result_figure.value:g} is a change of {star.change:g}.")


@rubric.criterion(
    points=1, voice="jonas", skill="translate_constraints",
    hints=(
        "Is more of this measure good or bad?",
        "For orders, more is better. For searches that people leave, fewer is better. Say it the same way in the text.",
    ),
    rests_on=("star.baseline.value", "star.result_figure.value", "star.direction"),
)  # fmt: skip
def direction_is_right(star: Star, case: Case) -> Objections:
    """Better or worse is the right way round, in the claims and in the text."""
    for turned in claims.turned_round(star):
        yield objection(turned.place, f"In “{turned.span}” you say {turned.found}.", turned.expected)
    before, after = star.baseline.value, star.result_figure.value
    if before is None or after is None:
        raise NotYet("star.baseline.value", "Before or after is blank.")
    if (before == after) != (star.direction == "no_change"):
        said = f"{before:g} to {after:g} is told as “{star.direction}”."
        yield objection("direction", said, "a direction that fits the numbers")
        return None
    measured = case.truth.measured.get(star.result_figure.fact) if star.origin == "practice" else None
    if measured and before != after:
        better = case.truth.better[measured.measure]
        if star.direction != ("better" if (after > before) == (better == "higher") else "worse"):
            said = f"{before:g} to {after:g} is told as {star.direction}; {better} is better here."
            yield objection("direction", said, "what it means for the people who use it")
    return met(f"{before:g} to {after:g} is told the right way round.")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=("Over how many days was it counted?", "The sentence that you cite says it: four weeks are 28 days."),
    rests_on=("star.baseline", "star.result_figure"),
)  # fmt: skip
def windows_are_stated(star: Star, case: Case) -> Objections:
    """For both numbers you say over how many days they were counted, and the days are as many."""
    figures = (("baseline", "before", star.baseline), ("result_figure", "after", star.result_figure))
    for place, what, figure in figures:
        if not figure.days or figure.days <= 0:
            said = f"No number of days is given for the number {what}."
            yield objection(f"{place}.days", said, "the days that were counted")
        elif _wrong_window(star, figure, case):
            said = f"The number {what} is said to cover {figure.days:g} days."
            yield objection(f"{place}.days", said, "the days that its source names", {"source": figure.fact})
    before, after = star.baseline.days or 0, star.result_figure.days or 0
    if before > 0 and after > 0 and abs(before - after) >= EXACT:
        said = f"You count {before:g} days before and {after:g} days after."
        yield objection("result_figure.days", said, "windows of one length; a long one and a short one do not compare")
    return met(f"Counted over {before:g} days before and {after:g} days after.")


def _wrong_window(star: Star, figure: Figure, case: Case) -> bool:
    """Whether a stated number of days is not that of the source."""
    measured = case.truth.measured.get(figure.fact) if star.origin == "practice" else None
    return bool(measured and measured.days and abs((figure.days or 0) - measured.days) >= EXACT)


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story",
    hints=(
        "Put your dates on a line. Does each cause come before its effect?",
        "Before, then your actions, then the number after. "
        "What you did after the last counted day did not bring it about.",
    ),
    rests_on=("star.baseline.on", "star.result_figure.on"),
)  # fmt: skip
def steps_are_in_order(star: Star, case: Case) -> Objections:
    """What was counted before comes first, then your actions and the decision, then what was counted after; and all of
    it is over."""
    for wrong in [*claims.out_of_order(star), *claims.not_yet_over(star, last_day(star, case))]:
        said = f"{wrong.span[:1].upper()}{wrong.span[1:]} is dated {wrong.found}."
        row = {"step": wrong.span, "dated": wrong.found}
        yield objection(wrong.place, said, wrong.expected, row)
    assert star.baseline.on and star.result_figure.on
    return met(f"From {full_day(star.baseline.on)} to {full_day(star.result_figure.on)}, every step in its order.")


@rubric.criterion(
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
    texts = claims.different_actions(star)
    if texts < 3:
        said = f"You name {texts} different {'action' if texts == 1 else 'actions'}."
        yield objection("actions", said, "at least three")
        return None
    if star.origin == "personal":
        raise OnlyBelieved(f"You name {texts} different actions. That they were yours, only you know.")
    for number, (place, action) in enumerate(told, start=1):
        if star.origin == "course" and not has_document(star.copied, action.document):
            said = f"Action {number} cites {action.document or 'no document'}, which is not in your work."
            yield objection(f"{place}.document", said, "an artifact of a lesson that you finished")
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
    if star.origin == "practice" and len({action.document for _, action in told}) < 3:
        said = "Your actions are shown by fewer than three documents."
        yield objection("actions", said, "three different documents")
    return met(f"You name {texts} different actions, and your own documents show them.")


@rubric.criterion(
    points=1, voice="mei", skill="translate_constraints",
    hints=(
        "Who wanted something that somebody else could not give?",
        "Name two functions whose wishes were in each other's way, and what each wanted in its own terms.",
    ),
)  # fmt: skip
def two_functions_are_in_conflict(star: Star, case: Case) -> Objections:
    """Two functions are named whose interests were in conflict, each with what it wanted."""
    wanted = {item.function: item.wanted for item in star.interests if item.function and word_count(item.wanted) >= 3}
    if len(wanted) < 2:
        are = "function is" if len(wanted) == 1 else "functions are"
        said = f"{len(wanted)} {are} named with what it wanted."
        yield objection("interests", said, "two, each with its interest in a few words")
    elif len({" ".join(text.casefold().split()) for text in wanted.values()}) < 2:
        said = "All functions are said to have wanted the same."
        yield objection("interests", said, "an interest of its own for each")
    elif star.origin == "practice" and not any(pair <= wanted.keys() for pair in case.truth.conflicts):
        names = [case.registry.label("functions", id) for id in wanted]
        said = f"{listed(names)} agreed with each other in this project."
        yield objection("interests", said, "two functions whose wishes were in each other's way")
    elif star.origin == "personal":
        raise OnlyBelieved(f"{listed([case.registry.label('functions', id) for id in wanted])} are not here to ask.")
    return met(f"{listed([case.registry.label('functions', id) for id in wanted])} wanted different things.")


@rubric.criterion(
    points=2, voice="mei", skill="weigh_trade_offs",
    hints=(
        "Who paid for it?",
        "A colleague can tell you what was given up, as a number. Ask what the choice cost.",
        "Name what was given up, with the number, the unit and who told you.",
    ),
    rests_on=("star.origin",),
)  # fmt: skip
def cost_is_named(star: Star, case: Case) -> Objections:
    """You say what was given up, and in a story from the project with its number."""
    cost = star.cost
    if word_count(cost.what) < 3:
        yield objection("cost.what", "No cost is named.", "what was given up, and who paid")
    if cost.value is not None and not cost.unit:
        yield objection("cost.unit", f"The cost of {cost.value:g} has no unit.", "the number with its unit")
    if star.origin == "course" and cost.fact and not _is_cost(star, case):
        said = f"The cost cites {cost.fact}, where another number stands."
        yield objection("cost.value", said, "the number that stands there")
    if star.origin == "personal" and word_count(cost.what) >= 3:
        raise OnlyBelieved("Who paid is not here to ask.")
    if star.origin != "practice":
        return met(f"You say what was given up: {cost.what[:120]}.")
    if cost.fact not in case.truth.costs:
        said = f"As the cost you cite {cost.fact or 'nothing'}."
        yield objection("cost.fact", said, "a fact that says what was given up")
        return None
    unit = case.registry.label("units", cost.unit)
    if not _is_cost(star, case):
        shown = f"{cost.value:g}" if cost.value is not None else "no number"
        row = {"fact": cost.fact, "stated": cost.value, "unit": unit}
        yield objection("cost.value", f"The cost is stated as {shown} {unit}.", "number and unit as you were told", row)
    return met(f"You say what was given up: {cost.value or 0:g} {unit}.")


def _is_cost(star: Star, case: Case) -> bool:
    """Whether the stated cost is the number of its source, in that unit or in one that means the same."""
    cost, true = star.cost, true_value(star, case, star.cost.fact)
    unit = true_unit(star, case, cost.fact) or cost.unit
    return cost.value is not None and true is not None and are_equal(cost.value, cost.unit, true, unit)


@rubric.criterion(
    points=1, voice="ruth", skill="decision_rights", gate=True,
    hints=(
        "Whose decision was it really?",
        "Making a decision possible is worth telling. Taking it was somebody else's job; "
        "the decision record says whose.",
    ),
    rests_on=("star.origin", "star.decision.by"),
    only_believed=of_ones_life("Who decided is not here to ask."),
)  # fmt: skip
def decision_is_by_its_owner(star: Star, case: Case) -> Objections:
    """The decision is told as the decision of the one who took it, with its day and where it is written."""
    decision = star.decision
    if star.origin == "course" and not has_document(star.copied, decision.document):
        said = f"The decision cites {decision.document or 'no document'}, which is not in your work."
        yield objection("decision.document", said, "an artifact of a lesson that you finished")
    if star.origin != "practice":
        return met("The decision has an owner.")
    log, approver = case.truth.log["decision_record"], case.registry.label("people", case.truth.approver)
    if decision.by != case.truth.approver:
        said = f"As the one who decided you name {case.registry.label('deciders', decision.by) or decision.by[:40]}."
        yield objection("decision.by", said, "the person who signed the decision record")
    elif decision.document != "decision_record" or decision.on != log.on:
        shown = full_day(decision.on) if decision.on else "no day"
        place = case.registry.label("documents", decision.document) or "no document"
        said = f"The decision is dated {shown} and said to be written in “{place}”."
        at = "decision.document" if decision.document != "decision_record" else "decision.on"
        yield objection(at, said, "the document that records it, and its day in the project log")
    return met(f"{approver} decided, on {full_day(log.on)}, and it is written down.")
