"""Criteria on the typed claims of a STAR answer: do they exist, match their source and hang together?"""

from __future__ import annotations

from curriculum.artifacts.star import Figure, Star
from curriculum.cases import Case
from curriculum.cases.interviews.questions import load_questions
from curriculum.practice.interview import claims
from curriculum.practice.interview.work import has_document
from curriculum.roleplay.engine import State
from curriculum.support.dates import full_day
from curriculum.words.prose import word_count
from graders.common import listed, missing, placeholders, unheard_facts
from graders.interview_basics.copies import doubtful
from graders.interview_basics.rubric import rubric
from graders.interview_basics.sources import EXACT, equal, public_numbers, strangers, true_value
from graders.rubric import Verdict, met, unmet


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=(
        "Go through the form once more: which boxes are still blank?",
        "The question, the source of the story, all four parts, your role, the measure with its unit, the numbers "
        "before and after, the change, its direction and the decision are needed.",
    ),
)  # fmt: skip
def star_is_complete(star: Star, case: Case) -> Verdict:
    """Every part is told and every claim is filled in, in your own words."""
    needed: dict[str, object] = {
        "the question": star.question, "where the story comes from": star.origin, **star.parts(),
        "your role": star.role, "what was measured": star.measure, "the unit": star.unit,
        "the number before": star.baseline.value, "its last day": star.baseline.on,
        "the number after": star.result_figure.value, "the last day after": star.result_figure.on,
        "the change": star.change, "better or worse": star.direction,
        "the decision": star.decision.what, "who decided": star.decision.by, "when it was decided": star.decision.on,
    }  # fmt: skip
    if star.origin in ("practice", "course"):
        needed |= {
            "the source of the number before": star.baseline.fact,
            "the source of the number after": star.result_figure.fact,
            "where the decision is written": star.decision.document,
        }
    if blank := missing(needed):
        return unmet(f"Still blank: {listed(blank)}.", "every part and every claim filled in")
    if stand_ins := placeholders(star):
        place, text = stand_ins[0]
        return unmet(f"The field {place} holds a stand-in: “{text[:80]}”.", "your own words in every field")
    if thin := claims.thin_claims(star):
        return unmet(f"Too little is said, or said twice, in {listed(thin)}.", "a few words of their own in each field")
    if unknown := strangers(star, case):
        return unmet(f"Nobody here knows {listed([named.id for named in unknown])}.", "entries picked from the lists")
    return met("Every part is told and every claim is filled in.")


@rubric.criterion(
    points=1, voice="jonas", skill="tell_the_story", gate=True,
    hints=(
        "Did you change anything under “From your lessons”?",
        "What stands there is copied from your finished lessons and computed again. Let the course fill it in anew.",
    ),
)  # fmt: skip
def lessons_are_as_you_left_them(star: Star) -> Verdict:
    """What the story brings from other lessons is what stands there."""
    if not star.copied:
        if star.origin == "course":
            return unmet("The story is said to come from the course, and nothing from a lesson is with it.",
                         "copies of the artifacts that it stands on")  # fmt: skip
        return met("The story brings nothing from other lessons.")
    if doubt := doubtful(star.copied):
        return unmet(*doubt)
    return met(f"All {len(star.copied)} copies from your lessons read and compute as they did there.")


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story",
    hints=(
        "Read the question aloud, then your first sentence. Is that an answer to it?",
        "The bank says for each question which lessons give material. Choose a question that your story can carry.",
    ),
)  # fmt: skip
def story_fits_the_question(star: Star, case: Case) -> Verdict:
    """The story is one that can answer the question."""
    question = next((found for found in load_questions() if found.id == star.question), None)
    if question is None:
        return unmet("No question of the bank is chosen.", "a question from the list")
    if star.origin == "practice" and case.slug not in question.material:
        fitting = [found.question for found in load_questions() if case.slug in found.material]
        return unmet(
            f"The project file holds no material for “{question.question}”",
            "a question about a trade-off, two camps, conflicting evidence or a feature that was cut",
            {"questions that fit": len(fitting), "one of them": fitting[0]},
        )
    lessons = sorted({copied.lesson for copied in star.copied if copied.lesson})
    if star.origin == "course" and not set(lessons) & set(question.material):
        return unmet(
            f"Your story stands on {listed(lessons)}; “{question.question}” asks for something else.",
            f"a question with material in {listed(lessons)}",
        )
    return met("The story can answer the question.")


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Compare each number with the sentence that you picked beside it.",
        "The number, the last day that was counted and the unit all stand in the sentence. Copy them as they are.",
        "Every number in a story from the project or the course has its source beside it; without one it is invented.",
    ),
)  # fmt: skip
def figures_match_their_source(star: Star, case: Case) -> Verdict:
    """Each number is the one that its source states, with the same unit and the same last day."""
    if star.origin not in ("practice", "course"):
        return met("A personal story: its numbers are taken as you state them.")
    public = public_numbers(case) if star.origin == "practice" else frozenset()
    stated = [
        ("before", star.baseline.value, star.baseline.fact),
        ("after", star.result_figure.value, star.result_figure.fact),
    ]
    stated += [(other.what or "a further number", other.value, other.fact) for other in star.numbers]
    for what, value, fact in stated:
        true = true_value(star, case, fact) if fact else None
        row = {"what": what[:60], "stated": value, "source": fact or "none", "stands there": true}
        if not fact and value in public:
            continue
        if true is None:
            shown = f"{value:g}" if value is not None else "no number"
            place = f"“{fact}” holds no number" if fact else "no source is given"
            return unmet(f"For {what[:60]} you state {shown}, and {place}.", "a source that states the number", row)
        if not equal(value, true):
            shown = f"{value:g}" if value is not None else "no number"
            return unmet(f"For {what[:60]} you state {shown}; {fact} says {true:g}.", f"{true:g}", row)
    if star.origin == "practice":
        return _dates_and_units(star, case)
    return met("Every number is the one that stands in your own work.")


def _dates_and_units(star: Star, case: Case) -> Verdict:
    for what, figure in (("before", star.baseline), ("after", star.result_figure)):
        measured = case.truth.measured.get(figure.fact)
        if measured and figure.on != measured.on:
            shown = full_day(figure.on) if figure.on else "no day"
            return unmet(
                f"The number {what} was counted until {full_day(measured.on)}; you state {shown}.",
                full_day(measured.on), {"source": figure.fact, "last day": f"{measured.on:%Y-%m-%d}"},
            )  # fmt: skip
        unit = case.truth.units.get(figure.fact, "")
        if unit and unit != star.unit:
            true, said = case.registry.label("units", unit), case.registry.label("units", star.unit)
            return unmet(f"You give the unit “{said}”.", f"“{true}”, as in {figure.fact}")
    return met("Numbers, last days and unit are those of their sources.")


@rubric.criterion(
    points=1, voice="jonas", skill="listen_and_synthesise",
    hints=(
        "Who told you that? Look at what you know from the calls.",
        "Call the colleague who holds the fact and ask for it, or cite a fact that you have heard.",
    ),
)  # fmt: skip
def facts_were_told(star: Star, conversation: State, case: Case) -> Verdict:
    """Every fact of the project that you cite was told to you by a colleague."""
    if star.origin != "practice":
        return met("Your story does not stand on the calls.")
    if unheard := unheard_facts(star, conversation, case):
        holders = sorted({case.registry.label("people", case.facts[id].held_by or "") for id in unheard})
        return unmet(
            f"Nobody has told you {listed(unheard)} yet.",
            f"a call to {listed(holders)}, or facts that you have heard",
            *(
                {"fact": id, "who knows it": case.registry.label("people", case.facts[id].held_by or "")}
                for id in unheard
            ),
        )
    return met("Colleagues told you every fact that you cite.")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=(
        "Say the number before and the number after in one breath. Is it the same thing that was counted?",
        "Take both from the same measure: orders with orders, or searches left with searches left.",
    ),
)  # fmt: skip
def same_measure_before_and_after(star: Star, case: Case) -> Verdict:
    """Before and after count the same thing, from two different sources."""
    before, after = star.baseline.fact, star.result_figure.fact
    if star.origin == "personal" or star.origin == "":
        return met("One unit for both; in a personal story that is taken as stated.")
    if before == after:
        return unmet(f"Before and after cite the same source, {before or 'none'}.", "two sources, one for each")
    if star.origin == "course":
        return met(f"Before comes from {before}, after from {after}.")
    measures = {fact: case.truth.measured[fact].measure for fact in (before, after) if fact in case.truth.measured}
    rows = [
        {"source": fact, "what it counts": measures.get(fact, "none of the two measures")} for fact in (before, after)
    ]
    if len(measures) < 2 or len(set(measures.values())) > 1:
        return unmet(f"Before cites {before}, after cites {after}; they do not count the same.",
                     "two figures of one measure", *rows)  # fmt: skip
    return met("Both figures are of the same measure.", *rows)


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Did anybody really do that, in real use, or was it promised?",
        "A comparison on old data, eight people in a lab and the week of a promotion are not what the release brought.",
        "Use a figure counted over whole weeks, before the work for the one and after the release for the other.",
    ),
)  # fmt: skip
def result_is_measured(star: Star, case: Case) -> Verdict:
    """The numbers before and after were measured in normal use; neither is a forecast, a target or a lucky week."""
    if star.origin == "course":
        place = star.result_figure.fact.split(".")
        if len(place) > 2 and place[1] in ("outcome", "facts"):
            return met(f"The number after comes from what happened: {star.result_figure.fact}.")
        return unmet(f"The number after, {star.result_figure.fact or 'without a source'}, is what you planned.",
                     "a number from the outcome of the lesson, or a fact that you were told")  # fmt: skip
    if star.origin != "practice":
        return met("A personal story: its numbers are taken as you state them.")
    wrong = {
        "forecast": "a forecast from old searches", "lucky_week": "one week, with a promotion running",
        "small_sample": "eight people in a lab", "baseline": "the number before", "result": "the number after",
    }  # fmt: skip
    for figure, expected in ((star.result_figure, "result"), (star.baseline, "baseline")):
        measured = case.truth.measured.get(figure.fact)
        words = {"result": "after", "baseline": "before"}[expected]
        if measured is None:
            return unmet(f"The number {words} cites {figure.fact or 'nothing'}, which is no figure of a measure.",
                         "a figure that was counted in normal use")  # fmt: skip
        if measured.kind != expected:
            return unmet(
                f"As the number {words} you cite {figure.fact}: {wrong[measured.kind]}.",
                "four whole weeks of normal use",
                {"source": figure.fact, "what it is": wrong[measured.kind], "days counted": measured.days},
            )
    return met("Both numbers were counted over whole weeks of normal use.")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=("Redo the sum on paper.", "Change is after minus before; percent is that, divided by before, times 100."),
)  # fmt: skip
def sums_hold(star: Star) -> Verdict:
    """The change, and the percentage if you give one, follow from before and after."""
    if star.baseline.value is None or star.result_figure.value is None or star.change is None:
        return unmet("Before, after or the change is blank.", "all three, so that the sum can be checked")
    if wrong := claims.wrong_sums(star):
        return unmet(f"You state a {wrong[0].span} of {wrong[0].found}.", wrong[0].expected,
                     *({"what": m.span, "stated": m.found, "recomputed": m.expected} for m in wrong))  # fmt: skip
    return met(f"{star.baseline.value:g} to {star.result_figure.value:g} is a change of {star.change:g}.")


@rubric.criterion(
    points=1, voice="jonas", skill="translate_constraints",
    hints=(
        "Is more of this measure good or bad?",
        "For orders, more is better. For searches that people leave, fewer is better. Say it the same way in the text.",
    ),
)  # fmt: skip
def direction_is_right(star: Star, case: Case) -> Verdict:
    """Better or worse is the right way round, in the claims and in the text."""
    if turned := claims.turned_round(star):
        return unmet(f"In “{turned[0].span}” you say {turned[0].found}.", turned[0].expected)
    before, after = star.baseline.value, star.result_figure.value
    if before is None or after is None or not star.direction:
        return unmet("Before, after or the direction is blank.", "all three")
    if (before == after) != (star.direction == "no_change"):
        return unmet(f"{before:g} to {after:g} is told as “{star.direction}”.", "a direction that fits the numbers")
    measured = case.truth.measured.get(star.result_figure.fact) if star.origin == "practice" else None
    if measured and before != after:
        better = case.truth.better[measured.measure]
        right = "better" if (after > before) == (better == "higher") else "worse"
        if star.direction != right:
            return unmet(f"{before:g} to {after:g} is told as {star.direction}; {better} is better here.", right)
    return met(f"{before:g} to {after:g} is told the right way round.")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=("Over how many days was it counted?", "The sentence that you cite says it: four weeks are 28 days."),
)  # fmt: skip
def windows_are_stated(star: Star, case: Case) -> Verdict:
    """For both numbers you say over how many days they were counted."""
    for what, figure in (("before", star.baseline), ("after", star.result_figure)):
        if not figure.days or figure.days <= 0:
            return unmet(f"No number of days is given for the number {what}.", "the days that were counted")
        if wrong := _wrong_window(star, figure, case):
            return unmet(f"The number {what} is said to cover {figure.days:g} days.", f"{wrong} days",
                         {"source": figure.fact, "days counted": wrong})  # fmt: skip
    return met(f"Counted over {star.baseline.days:g} days before and {star.result_figure.days:g} days after.")


def _wrong_window(star: Star, figure: Figure, case: Case) -> int | None:
    measured = case.truth.measured.get(figure.fact) if star.origin == "practice" else None
    if measured is None or measured.days == 0 or abs((figure.days or 0) - measured.days) < EXACT:
        return None
    days: int = measured.days
    return days


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story",
    hints=(
        "Put your dates on a line. Does each cause come before its effect?",
        "Before, then your actions, then the number after. "
        "What you did after the last counted day did not bring it about.",
    ),
)  # fmt: skip
def steps_are_in_order(star: Star) -> Verdict:
    """What was counted before comes first, then your actions and the decision, then what was counted after."""
    if star.baseline.on is None or star.result_figure.on is None:
        return unmet("The last day before or after is blank.", "both days")
    if wrong := claims.out_of_order(star):
        return unmet(f"{wrong[0].span[:1].upper()}{wrong[0].span[1:]} is dated {wrong[0].found}.", wrong[0].expected,
                     *({"step": m.span, "dated": m.found, "expected": m.expected} for m in wrong[:6]))  # fmt: skip
    return met(f"From {full_day(star.baseline.on)} to {full_day(star.result_figure.on)}, every step in its order.")


@rubric.criterion(
    points=2, voice="ruth", skill="tell_the_story",
    hints=(
        "What did you do that would not have happened without you?",
        "Look into the project log: which documents did you write yourself?",
        "Name three different actions, each with the document that you wrote and its day in the log.",
    ),
)  # fmt: skip
def three_actions_are_yours(star: Star, case: Case) -> Verdict:
    """At least three different actions are named, each shown by a document of your own."""
    told = [action for action in star.actions if action.what]
    texts = {" ".join(action.what.casefold().split()) for action in told}
    if len(texts) < 3:
        return unmet(f"You name {len(texts)} different {'action' if len(texts) == 1 else 'actions'}.", "at least three")
    if star.origin == "personal":
        return met(f"You name {len(texts)} different actions.")
    for number, action in enumerate(told, start=1):
        if star.origin == "course" and not has_document(star.copied, action.document):
            return unmet(f"Action {number} cites {action.document or 'no document'}, which is not in your work.",
                         "an artifact of a lesson that you finished")  # fmt: skip
        if star.origin != "practice":
            continue
        logged = case.truth.log.get(action.document)
        if logged is None:
            return unmet(f"Action {number} cites {action.document or 'no document'}.", "a document of the project log")
        row = {"document": logged.title, "day": f"{logged.on:%Y-%m-%d}", "written by": logged.by}
        if logged.by != "you":
            author = case.registry.label("people", logged.by)
            return unmet(
                f"Action {number} is shown by a document that {author} wrote.", "a document that you wrote", row
            )
        if action.on != logged.on:
            shown = full_day(action.on) if action.on else "no day"
            return unmet(f"Action {number} is dated {shown}.", f"{full_day(logged.on)}, as in the project log", row)
    if star.origin == "practice" and len({action.document for action in told}) < 3:
        return unmet("Your actions are shown by fewer than three documents.", "three different documents")
    return met(f"You name {len(texts)} different actions, and your own documents show them.")


@rubric.criterion(
    points=1, voice="mei", skill="translate_constraints",
    hints=(
        "Who wanted something that somebody else could not give?",
        "Name two functions whose wishes were in each other's way, and what each wanted in its own terms.",
    ),
)  # fmt: skip
def two_functions_are_in_conflict(star: Star, case: Case) -> Verdict:
    """Two functions are named whose interests were in conflict, each with what it wanted."""
    wanted = {item.function: item.wanted for item in star.interests if item.function and word_count(item.wanted) >= 3}
    if len(wanted) < 2:
        are = "function is" if len(wanted) == 1 else "functions are"
        return unmet(f"{len(wanted)} {are} named with what it wanted.",
                     "two, each with its interest in a few words")  # fmt: skip
    if len({" ".join(text.casefold().split()) for text in wanted.values()}) < 2:
        return unmet("All functions are said to have wanted the same.", "an interest of its own for each")
    if star.origin == "practice" and not any(pair <= wanted.keys() for pair in case.truth.conflicts):
        names = [case.registry.label("functions", id) for id in wanted]
        return unmet(f"{listed(names)} agreed with each other in this project.",
                     "two functions whose wishes were in each other's way")  # fmt: skip
    return met(f"{listed([case.registry.label('functions', id) for id in wanted])} wanted different things.")


@rubric.criterion(
    points=2, voice="mei", skill="weigh_trade_offs",
    hints=(
        "Who paid for it?",
        "A colleague can tell you what was given up, as a number. Ask what the choice cost.",
        "Name what was given up, with the number, the unit and who told you.",
    ),
)  # fmt: skip
def cost_is_named(star: Star, case: Case) -> Verdict:
    """You say what was given up, and in a story from the project with its number."""
    cost = star.cost
    if word_count(cost.what) < 3:
        return unmet("No cost is named.", "what was given up, and who paid")
    if cost.value is not None and not cost.unit:
        return unmet(f"The cost of {cost.value:g} has no unit.", "the number with its unit")
    if star.origin == "course" and cost.fact and not equal(cost.value, true_value(star, case, cost.fact)):
        return unmet(f"The cost cites {cost.fact}, where another number stands.", "the number that stands there")
    if star.origin != "practice":
        return met(f"You say what was given up: {cost.what[:120]}.")
    if cost.fact not in case.truth.costs:
        return unmet(f"As the cost you cite {cost.fact or 'nothing'}.", "a fact that says what was given up")
    true, unit = case.facts[cost.fact].value, case.truth.units[cost.fact]
    row = {"fact": cost.fact, "stated": cost.value, "true": true, "unit": case.registry.label("units", unit)}
    if not equal(cost.value, true) or cost.unit != unit:
        shown = f"{cost.value:g}" if cost.value is not None else "no number"
        return unmet(f"The cost is stated as {shown} {case.registry.label('units', cost.unit)}.",
                     f"{true:g} {case.registry.label('units', unit)}", row)  # fmt: skip
    return met(f"You say what was given up: {true:g} {case.registry.label('units', unit)}.", row)


@rubric.criterion(
    points=1, voice="ruth", skill="decision_rights", gate=True,
    hints=(
        "Whose decision was it really?",
        "Making a decision possible is worth telling. Taking it was somebody else's job; "
        "the decision record says whose.",
    ),
)  # fmt: skip
def decision_is_by_its_owner(star: Star, case: Case) -> Verdict:
    """The decision is told as the decision of the one who took it, with its day and where it is written."""
    decision = star.decision
    if star.origin == "course" and not has_document(star.copied, decision.document):
        return unmet(f"The decision cites {decision.document or 'no document'}, which is not in your work.",
                     "an artifact of a lesson that you finished")  # fmt: skip
    if star.origin != "practice":
        return met("The decision has an owner.") if decision.by else unmet("Nobody decided.", "who decided")
    log, approver = case.truth.log["decision_record"], case.registry.label("people", case.truth.approver)
    row = {"document": log.title, "day": f"{log.on:%Y-%m-%d}", "decided by": approver}
    if decision.by != case.truth.approver:
        return unmet(f"As the one who decided you name {case.registry.label('deciders', decision.by) or 'nobody'}.",
                     "the person who signed the decision record", row)  # fmt: skip
    if decision.document != "decision_record" or decision.on != log.on:
        shown = full_day(decision.on) if decision.on else "no day"
        place = case.registry.label("documents", decision.document) or "no document"
        return unmet(f"The decision is dated {shown} and said to be written in “{place}”.",
                     f"{full_day(log.on)}, in the decision record", row)  # fmt: skip
    return met(f"{approver} decided, on {full_day(log.on)}, and it is written down.", row)
