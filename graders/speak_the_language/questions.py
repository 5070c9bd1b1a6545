"""Is a complaint a question that a number answers: what, of what, for whom, when? (A07: the reverse direction)"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.artifacts.translations import Question, Translations
from curriculum.cases import Case
from curriculum.cases.definitions import EVERYBODY, Count, NotCounted, Population, Window, by_population, ratio
from curriculum.cases.speak_the_language.entries import HANDFUL, SEGMENTS
from curriculum.roleplay.engine import State
from graders.common import placed, stated
from graders.rubric import Objections, met, objection
from graders.speak_the_language.base import agrees, complaint, rubric

NEARLY = 0.9
"""A segment whose rate is this near to the worst is as good an answer."""
ALIKE = 0.88
"""Where even the least affected group is this near to the worst, they differ by chance: what is asked of everybody is
asked rightly. Of 100 who saw an error, so many give up on every device; all else differs by far more."""
WHOLE_WEEKS = ("last_week", "february")


@rubric.criterion(
    points=2, voice="paloma", skill="translate_constraints",
    hints=(
        "What happened to whoever complains, and to whom could it have happened?",
        "Count those to whom it happened, of all to whom it could have happened; tickets count those who write.",
        "{% for it in entries.complaints.values() %}{{ it.label }} {% for pair in it.asks | sort %}"
        "{{ entries.counts[pair[0]].label }} of {{ entries.counts[pair[1]].label | lower }}"
        "{{ '. ' if loop.last else ', or ' }}{% endfor %}{% endfor %}",
    ),
    rests_on=(
        "translations.questions[2]", "translations.questions[].numerator", "translations.questions[].denominator",
    ),
    met="Each question counts what happened, of all to whom it could have happened.",
)  # fmt: skip
def question_has_its_parts(translations: Translations, case: Case) -> Objections:
    """Each question counts those to whom it happened, of those to whom it could have happened."""
    for place, one in placed("questions", translations.questions):
        found = complaint(case, one.complaint)
        if found is None or (one.numerator, one.denominator) in found.asks:
            continue
        above, below = (case.registry.label("counts", id) for id in (one.numerator, one.denominator))
        part = "denominator" if any(one.numerator == counted for counted, _ in found.asks) else "numerator"
        said = f"To {found.label} you count: {above}, of {below[:1].lower()}{below[1:]}."
        yield objection(f"{place}.{part}", said, "those to whom it happened, of all to whom it could have happened")


@rubric.criterion(
    points=1, voice="hamza", skill="listen_and_synthesise",
    hints=(
        "What did people do a minute before they telephoned?",
        "Ask Hamza who calls, and make a question of what he tells you.",
    ),
    rests_on=("translations.questions[].complaint",),
    met="What Hamza's callers say is among your questions.",
)  # fmt: skip
def callers_get_a_question(translations: Translations, case: Case, conversation: State) -> Objections:
    """What those who telephone complain about, as Hamza told you, is among the questions."""
    if not conversation.knows("callers"):
        yield objection(
            "questions", "Hamza did not tell you who calls.", "questions about what you were told in support"
        )
    elif case.truth.callers not in {one.complaint for one in translations.questions}:
        yield objection("questions", "None of your questions is about what they call about.",
                        "a question for those of whom Hamza told you")  # fmt: skip


@rubric.criterion(
    points=1, voice="emeka", skill="translate_constraints",
    hints=(
        "Is everything known of these days, and are all weekdays in them?",
        "One day may be a Sunday. Whole weeks; and for missed frauds the weeks that are final.",
    ),
    rests_on=("translations.questions[2]", "translations.questions[].window"),
    met="Every question is about whole weeks of which everything is known.",
)  # fmt: skip
def window_is_final(translations: Translations, case: Case) -> Objections:
    """Each question is about whole weeks of which everything is known."""
    for place, one in placed("questions", translations.questions):
        found = complaint(case, one.complaint)
        if found is None or not one.window:
            continue
        final = any(above.startswith("final") for above, _ in found.asks)
        if one.window not in (("final_weeks",) if final else WHOLE_WEEKS):
            when = case.registry.label("windows", one.window)
            said = f"You ask about these days: {when}."
            yield objection(f"{place}.window", said, "whole weeks, of which everything is known")


@rubric.criterion(
    points=3, voice="lina", skill="translate_constraints",
    hints=(
        "Is it the same for everybody?",
        "Group the table by device or by customer, and divide in each group. Leave out groups with a handful of cases.",
        "Visits leave on: {{ entries.segments[truth.slow_device].label | lower }}. Errors come on: "
        "{{ entries.segments[truth.card_device].label | lower }}. For the rest, group the table in the same way.",
    ),
    rests_on=("question_has_its_parts", "window_is_final", "translations.questions[].segment"),
)  # fmt: skip
def segment_is_the_worst(translations: Translations, case: Case) -> Objections:
    """Each question is about those to whom it happens most often, unless they are a handful or all groups are alike."""
    for place, one in placed("questions", translations.questions):
        rates = rates_by_segment(one, case)
        if not rates:
            continue
        less = complaint(case, one.complaint)
        turned = less is not None and one.numerator in less.worse_if_less
        worst = min(rates.values()) if turned else max(rates.values())
        mine = rates.get(one.segment)
        near = mine is not None and (mine <= 1.05 * worst if turned else mine >= NEARLY * worst)
        if not near and not (one.segment == EVERYBODY.id and alike(rates)):
            who = case.registry.label("segments", one.segment)
            said = f"You ask about: {who[:1].lower()}{who[1:]}."
            yield objection(f"{place}.segment", said, "those to whom it happens most often, and who are more "
                                                      "than a handful",
                            {"grouped by": "device" if "phone" in rates else "customer"})  # fmt: skip
    return met("Each question is about those to whom it happens most often.")


@rubric.criterion(
    points=6, voice="emeka", skill="translate_constraints",
    hints=(
        "What does your own question give on the tables?",
        "Take the rows of the window and of the group, add both columns up, divide, times 100.",
    ),
    rests_on=("translations.questions[3]", "question_has_its_parts", "translations.questions[].value"),
)  # fmt: skip
def question_value_recomputes(translations: Translations, case: Case) -> Objections:
    """The value of each question is what its four parts give on the tables."""
    for place, one in placed("questions", translations.questions):
        true = _value(one, case)
        if true is not None and not agrees(one.value, true):
            yield objection(
                f"{place}.value", f"You state {stated(one.value)} of 100.", "what the four parts give on the tables",
                {"counted": case.registry.label("counts", one.numerator), "of": case.registry.label("counts",
                 one.denominator), "for whom": case.registry.label("segments", one.segment), "stated":
                 stated(one.value)},
            )  # fmt: skip
        elif true is None:
            said = "The table in which that is counted has no such group, or no such days."
            yield objection(f"{place}.segment", said, "a group and days that the table has")
    return met("The values of the questions recompute.")


def rates_by_segment(one: Question, case: Case) -> Mapping[str, float]:
    """By segment with more than a handful of cases: so many of 100, by what the question counts of what and when."""
    parts = _parts(one, case)
    return {} if parts is None else by_population(parts[0], parts[1], case.columns, parts[2], SEGMENTS, HANDFUL)


def alike(rates: Mapping[str, float]) -> bool:
    """Whether the groups differ by no more than chance; of a single group nobody can say so."""
    return len(rates) > 1 and min(rates.values()) >= ALIKE * max(rates.values())


def _value(one: Question, case: Case) -> float | None:
    """What the parts of a question give; None where they give nothing."""
    parts, segment = _parts(one, case), case.registry.entries("segments").get(one.segment)
    if parts is None or not isinstance(segment, Population):
        return None
    try:
        return ratio(parts[0], parts[1], case.columns, parts[2], segment)
    except NotCounted:
        return None


def _parts(one: Question, case: Case) -> tuple[Count, Count, Window] | None:
    counts, windows = case.registry.entries("counts"), case.registry.entries("windows")
    above, below, window = counts.get(one.numerator), counts.get(one.denominator), windows.get(one.window)
    if isinstance(above, Count) and isinstance(below, Count) and isinstance(window, Window):
        return above, below, window
    return None
