"""The rubric of `welcome`: is the ask one that can be answered?"""

from __future__ import annotations

from curriculum.artifacts.ask import Ask
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from curriculum.support.dates import full_day
from graders.common import (
    SENTENCE_WORDS,
    listed,
    missing,
    near,
    placeholders,
    sentence_count,
    unknown_ids,
    word_count,
)
from graders.rubric import Rubric, Verdict, met, unmet

rubric = Rubric("welcome", {"ask": Ask}, conversations=("first_talk",))


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    gate=True,
    hints=(
        "Read your form once more: is every field filled?",
        "Who decides, the ask, the date, the fact and its number: all five are needed.",
    ),
)
def ask_is_complete(ask: Ask, case: Case) -> Verdict:
    """All five fields are filled with real content."""
    fields = {"who decides": ask.decider, "the ask": ask.ask, "the date": ask.by, "the fact": ask.evidence,
              "its number": ask.number}  # fmt: skip
    blank, stand_ins, strangers = missing(fields), placeholders(ask), unknown_ids(ask, case)
    if blank:
        return unmet(f"Still blank: {listed(blank)}.", "all five fields filled")
    if stand_ins:
        place, text = stand_ins[0]
        return unmet(f"The field {place} holds a stand-in: “{text}”.", "your own words in every field")
    if strangers:
        return unmet(f"Nobody here knows {listed([named.id for named in strangers])}.", "names picked from the lists")
    return met("All five fields are filled.")


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="decision_rights",
    hints=("Who owns the calendar?", "Noor told you who fixes the calendar; it is not Noor."),
)
def ask_goes_to_the_decider(ask: Ask, case: Case) -> Verdict:
    """The ask goes to the person who can say yes."""
    name = case.registry.label("people", ask.decider) or "nobody"
    if ask.decider == "tomas":
        return met(f"It goes to {name}, who decides the calendar.")
    return unmet(f"It goes to {name}.", "the person who decides the pod's calendar")


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=("Can Tomás answer it with yes or no?", "One sentence, at most 35 words, nothing after it."),
)
def ask_is_one_sentence(ask: Ask) -> Verdict:
    """The ask is one sentence of at most 35 words."""
    words, sentences = word_count(ask.ask), sentence_count(ask.ask)
    found = f"Your ask has {words} words in {sentences} {'sentence' if sentences == 1 else 'sentences'}."
    if sentences == 1 and 4 <= words <= SENTENCE_WORDS:
        return met(found)
    return unmet(found, f"one sentence of 4 to {SENTENCE_WORDS} words")


@rubric.criterion(
    points=2,
    voice="noor",
    skill="domain_literacy",
    hints=(
        "Which number tells you that the dashboard is fresh on most mornings?",
        "On half of all mornings the job takes longer than the average. Noor has a better number.",
        "Ask Noor for the time that holds on nine mornings of ten, and cite that fact with its minutes.",
    ),
)
def evidence_decides_the_ask(ask: Ask, case: Case, conversation: State) -> Verdict:
    """The fact supports the ask, Noor told it to you, and its number is stated as she told it."""
    fact = case.facts.get(ask.evidence)
    if fact is None or not fact.supports & {"move_standup"}:
        words = f"“{fact.label}”" if fact else "nothing"
        return unmet(f"You cite {words}.", "the fact that says when the numbers are there on most mornings")
    if not conversation.knows(fact.id):
        return unmet(f"You cite {fact.id}, which nobody has told you yet.", "a fact from your talk with Noor")
    assert fact.value is not None
    row = {"fact": fact.id, "true": fact.value, "stated": ask.number, "unit": fact.unit}
    if not near(ask.number, fact.value, absolute=0.5):
        return unmet(f"You state {ask.number:g}; Noor said {fact.value:g} {fact.unit}.", f"{fact.value:g}", row)
    return met(f"{fact.value:g} {fact.unit}: that is what Noor told you.", row)


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=(
        "When is it too late?",
        "Noor knows on which day the calendar is fixed; ask for a decision before it.",
    ),
)
def date_is_in_time(ask: Ask, case: Case) -> Verdict:
    """The decision is asked for no later than the day on which the calendar is fixed."""
    if ask.by is None:
        return unmet("No date is given.", "the day by which you need the answer")
    last, first = case.truth.board_prints, case.columns["mornings"]["day"][-1].astype(object)
    asked = full_day(ask.by)
    row = {"asked for": asked, "calendar fixed on": full_day(last)}
    if first < ask.by <= last:
        return met(f"{asked} is in time.", row)
    return unmet(f"You ask for a decision by {asked}.", "a day after today and before it is too late", row)
