"""Criteria on the numbers of a story: do they match their source, do they compare, and do the sums hold?"""

from __future__ import annotations

from curriculum.artifacts.star import Figure, Star
from curriculum.cases import Case
from curriculum.cases.interviews.units import are_alike, are_equal
from curriculum.practice.interview import claims
from curriculum.support.dates import full_day
from graders.interviews.copies import OUTCOME, cited
from graders.interviews.life import of_ones_life
from graders.interviews.sources import EXACT, is_open, last_day, true_unit, true_value
from graders.parts import part
from graders.rubric import NotYet, Objection, Objections, met, objection

FIGURES = "figures_match_their_source"
"""What most questions about numbers rest on."""


def mismatch(wrong: claims.Mismatch) -> Objection:
    """A sum that does not hold, with its place."""
    row = {"what": wrong.span, "stated": wrong.found}
    return objection(wrong.place, f"You state a {wrong.span} of {wrong.found}.", wrong.expected, row)


@part(
    points=5, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Compare each number with the sentence that you picked beside it.",
        "The number, the last day that was counted and the unit all stand in the sentence. Copy them as they are.",
        "Every number in a story from the project or the course has its source beside it; without one it is invented.",
    ),
    rests_on=("facts_were_told", "star.origin", "star.baseline", "star.result_figure"),
    only_believed=of_ones_life("The numbers of your own life stand nowhere here."),
)  # fmt: skip
def figures_match_their_source(star: Star, case: Case) -> Objections:
    """Each number is the one that its source states, in the same unit or one that means the same, and with the same
    last day."""
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
        if not fact and star.origin == "practice" and is_open(case, value):
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
        if unit and not are_alike(unit, star.unit):
            said = f"You give the unit “{case.registry.label('units', star.unit)}”."
            yield objection("unit", said, f"the unit of {figure.fact}")
    return None


def _dates(star: Star, case: Case) -> Objections:
    figures = (("baseline", "before", star.baseline), ("result_figure", "after", star.result_figure))
    for place, what, figure in figures:
        measured = case.truth.measured.get(figure.fact)
        if measured and figure.on != measured.on:
            shown = full_day(figure.on) if figure.on else "no day"
            said = f"For the number {what} you state {shown} as the last day that was counted."
            yield objection(f"{place}.on", said, "the last day that its source names", {"source": figure.fact})
    return None


@part(
    points=4, voice="jonas", skill="measure_success",
    hints=(
        "Say the number before and the number after in one breath. Is it the same thing that was counted?",
        "The one who tells you a number likes it. Who else knows how it was counted, and what do they say?",
        "Take both from one measure, and cite the colleague who says that it was counted in one way throughout. Of "
        "the three measures, {{ truth.tellable | length }} compare; tell no gain in the other one beside it.",
    ),
    rests_on=(FIGURES,),
    only_believed=of_ones_life("Whether both numbers count the same among the same people, only you know."),
)  # fmt: skip
def same_measure_before_and_after(star: Star, case: Case) -> Objections:
    """Before and after count one thing in one way, from two sources; somebody else than their teller says so."""
    before, after = star.baseline.fact, star.result_figure.fact
    if before == after:
        said = f"Before and after cite the same source, {before}."
        yield objection("result_figure.fact", said, "two sources, one for each")
        return None
    if star.origin == "course":
        yield from _one_measure(star, before, after)
        return met(f"Before comes from {before}, after from {after}.")
    found = {fact: case.truth.measured[fact].measure for fact in (before, after) if fact in case.truth.measured}
    rows = [
        {"source": fact, "what it counts": found.get(fact, "none of the three measures")} for fact in (before, after)
    ]
    if len(found) < 2 or len(set(found.values())) > 1:
        said = f"Before cites {before}, after cites {after}; they do not count the same."
        yield objection("result_figure.fact", said, "two figures of one measure", *rows)
        return None
    yield from _counted_alike(star, case, found[after])
    yield from _boast(star, case)
    return met("Both figures are of one measure, counted in one way.", *rows)


def _boast(star: Star, case: Case) -> Objections:
    """A second gain among the further numbers: before and after of the measure that was counted in two ways."""
    recounted = case.truth.measures[case.truth.recounted]
    places = {other.fact: f"numbers[{number}].fact" for number, other in enumerate(star.numbers, start=1)}
    if {recounted.before, recounted.after} <= places.keys():
        who = case.registry.label("people", case.facts[recounted.counting].held_by or "")
        said = f"Your further numbers set {recounted.before} beside {recounted.after}."
        rule = f"no second gain that does not compare; how these two were counted, {who} knows"
        yield objection(places[recounted.after], said, rule)


def _counted_alike(star: Star, case: Case, measure: str) -> Objections:
    counting = case.truth.measures[measure].counting
    if star.counted != counting:
        said = f"That both were counted alike, {star.counted or 'nobody'} is said to know."
        yield objection("counted", said, "the colleague who knows how this measure was counted")
    elif measure not in case.truth.tellable:
        said = f"{star.counted} says that before and after were counted in two ways."
        yield objection("counted", said, "a measure that was counted in one way throughout")
    return None


def _one_measure(star: Star, before: str, after: str) -> Objections:
    """What in two places of other lessons cannot be one measure: another lesson, another unit, another number."""
    first, second = cited(star.copied, before), cited(star.copied, after)
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
    elif first.artifact == second.artifact and not _of_one_number(first.name, second.name):
        counts = [one.words if one.artifact == OUTCOME else one.name for one in (first, second)]
        said = f"Before counts “{counts[0]}”, after “{counts[1]}”."
        yield objection("result_figure.fact", said, "two figures that count one thing among the same people", *rows)
    elif first.artifact != second.artifact and not first.unit:
        said = f"Neither {first.name} nor {second.name} says in which unit it is counted."
        rule = "two figures in one unit that their sources name; without it nobody can hold one against the other"
        yield objection("result_figure.fact", said, rule, *rows)
    return None


def _of_one_number(one: str, other: str) -> bool:
    """Whether two ids of one lesson are one number in two situations: `reached` and `reached_before`, `left_before` and
    `left_after`."""
    short, long = sorted((one, other), key=len)
    stems = {name.removesuffix("_before").removesuffix("_after") for name in (one, other)}
    return long == short or long.startswith(f"{short}_") or len(stems) == 1


@part(
    points=3, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Did anybody really do that, in real use, or was it promised?",
        "A comparison on old data, eight people in a lab and the week of a promotion are not what the release brought.",
        "Use a figure counted over whole weeks, before the work for the one and after the release for the other.",
    ),
    rests_on=(FIGURES,),
    only_believed=of_ones_life("Whether somebody counted it in normal use, only you know."),
)  # fmt: skip
def result_is_measured(star: Star, case: Case) -> Objections:
    """The numbers before and after were measured in normal use; neither is a forecast, a target or a lucky week."""
    if star.origin == "course":
        place = star.result_figure.fact.split(".")
        if len(place) <= 2 or place[1] not in ("outcome", "facts"):
            said = f"The number after, {star.result_figure.fact}, is what you planned."
            rule = "a number from the outcome of the lesson, or a fact that you were told"
            yield objection("result_figure.fact", said, rule)
        return met(f"The number after comes from what happened: {star.result_figure.fact}.")
    figures = (
        ("result_figure", "after", star.result_figure, "result"), ("baseline", "before", star.baseline, "baseline"),
    )  # fmt: skip
    for at, words, figure, expected in figures:
        measured = case.truth.measured.get(figure.fact)
        if measured is None:
            said = f"The number {words} cites {figure.fact or 'nothing'}, which is no figure of a measure."
            yield objection(f"{at}.fact", said, "a figure that was counted in normal use")
        elif measured.kind != expected:
            said = f"As the number {words} you cite {figure.fact}: {case.truth.kinds[measured.kind]}."
            row = {"source": figure.fact, "what it is": case.truth.kinds[measured.kind], "days counted": measured.days}
            yield objection(f"{at}.fact", said, "four whole weeks of normal use", row)
    return met("Both numbers were counted over whole weeks of normal use.")


@part(
    points=2, voice="jonas", skill="measure_success",
    hints=("Redo the sum on paper.", "Change is after minus before; percent is that, divided by before, times 100."),
    rests_on=(FIGURES, "star.baseline.value", "star.result_figure.value", "star.change"),
)  # fmt: skip
def sums_hold(star: Star) -> Objections:
    """The change, and the percentage if you give one, follow from before and after."""
    yield from (mismatch(wrong) for wrong in claims.wrong_sums(star))
    return met(f"{star.baseline.value:g} to {star.result_figure.value:g} is a change of {star.change:g}.")


@part(
    points=3, voice="jonas", skill="translate_constraints",
    hints=(
        "Is more of this measure good or bad? And did it rise or fall?",
        "For orders, more is better. For searches that people leave or repeat, fewer is better. A result that got "
        "worse is a result, too; say it the same way in the text.",
    ),
    rests_on=(FIGURES, "star.baseline.value", "star.result_figure.value", "star.direction"),
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
        better = case.truth.measures[measured.measure].better
        if star.direction != ("better" if (after > before) == (better == "higher") else "worse"):
            said = f"{before:g} to {after:g} is told as {star.direction}; {better} is better here."
            yield objection("direction", said, "what it means for the people who use it")
    return met(f"{before:g} to {after:g} is told the right way round.")


@part(
    points=1, voice="jonas", skill="measure_success",
    hints=("Over how many days was it counted?", "The sentence that you cite says it: four weeks are 28 days."),
    rests_on=(FIGURES, "star.baseline", "star.result_figure"),
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
    months = claims.whole_months(star.baseline), claims.whole_months(star.result_figure)
    if before > 0 and after > 0 and abs(before - after) >= EXACT and (not months[0] or months[0] != months[1]):
        said = f"You count {before:g} days before and {after:g} days after."
        yield objection("result_figure.days", said, "windows of one length; a long one and a short one do not compare")
    return met(f"Counted over {before:g} days before and {after:g} days after.")


def _wrong_window(star: Star, figure: Figure, case: Case) -> bool:
    """Whether a stated number of days is not that of the source."""
    measured = case.truth.measured.get(figure.fact) if star.origin == "practice" else None
    return bool(measured and measured.days and abs((figure.days or 0) - measured.days) >= EXACT)


@part(
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
    if star.baseline.on is None or star.result_figure.on is None:
        raise NotYet("star.baseline.on", "A day is blank.")
    return met(f"From {full_day(star.baseline.on)} to {full_day(star.result_figure.on)}, every step in its order.")


PARTS = (
    figures_match_their_source,
    same_measure_before_and_after,
    result_is_measured,
    sums_hold,
    direction_is_right,
    windows_are_stated,
    steps_are_in_order,
)
