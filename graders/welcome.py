"""The rubric of `welcome`: is the ask one that can be answered?"""

from __future__ import annotations

from curriculum.artifacts.ask import Ask
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from curriculum.support.dates import full_day
from graders.common import SENTENCE_WORDS, incomplete, near, sentence_count, word_count
from graders.rubric import Objections, Rubric, met, objection

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
    met="All five fields are filled.",
)
def ask_is_complete(ask: Ask, case: Case) -> Objections:
    """All five fields are filled with real content."""
    yield from incomplete(ask, case, "decider", "ask", "by", "evidence", "number")


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="decision_rights",
    hints=("Who owns the calendar?", "Noor told you who fixes the calendar; it is not Noor."),
    rests_on=("ask.decider",),
)
def ask_goes_to_the_decider(ask: Ask, case: Case) -> Objections:
    """The ask goes to the person who can say yes."""
    name = case.registry.label("people", ask.decider) or ask.decider[:40]
    if ask.decider != "tomas":
        yield objection("decider", f"It goes to {name}.", "the person who decides the pod's calendar")
    return met(f"It goes to {name}, who decides the calendar.")


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=("Can Tomás answer it with yes or no?", "One sentence, at most 35 words, nothing after it."),
    rests_on=("ask.ask",),
)
def ask_is_one_sentence(ask: Ask) -> Objections:
    """The ask is one sentence of at most 35 words."""
    words, sentences = word_count(ask.ask), sentence_count(ask.ask)
    found = f"Your ask has {words} words in {sentences} {'sentence' if sentences == 1 else 'sentences'}."
    if sentences != 1 or not 4 <= words <= SENTENCE_WORDS:
        yield objection("ask", found, f"one sentence of 4 to {SENTENCE_WORDS} words")
    return met(found)


@rubric.criterion(
    points=2,
    voice="noor",
    skill="domain_literacy",
    hints=(
        "Which number tells you that the dashboard is fresh on most mornings?",
        "On half of all mornings the job takes longer than the average. Noor has a better number.",
        "Ask Noor for the time that holds on nine mornings of ten, and cite that fact with its minutes: "
        "{{ facts.refresh_ready.value }}.",
    ),
    rests_on=("ask.evidence",),
)
def evidence_decides_the_ask(ask: Ask, case: Case, conversation: State) -> Objections:
    """The fact supports the ask, Noor told it to you, and its number is stated as she told it."""
    fact = case.facts.get(ask.evidence)
    wanted = "the fact that says when the numbers are there on most mornings, from your talk with Noor"
    if fact is None or not conversation.knows(fact.id):
        yield objection("evidence", f"You cite {ask.evidence[:40]}, which nobody has told you yet.", wanted)
    elif not fact.supports & {"move_standup"}:
        yield objection("evidence", f"You cite “{fact.label}”", wanted)
    elif fact.value is not None and not near(ask.number, fact.value, absolute=0.5):
        said = "no number" if ask.number is None else f"{ask.number:g}"
        row = {"fact": fact.id, "stated": said, "unit": fact.unit}
        yield objection("number", f"You state {said}; that is not what Noor said.", "the number as she told it", row)
    return met("That is what Noor told you.", {"fact": ask.evidence, "stated": ask.number})


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    hints=(
        "When is it too late?",
        "Noor knows on which day the calendar is fixed; ask for a decision before it.",
    ),
    rests_on=("ask.by",),
)
def date_is_in_time(ask: Ask, case: Case) -> Objections:
    """The decision is asked for no later than the day on which the calendar is fixed."""
    last, first = case.truth.board_prints, case.columns["mornings"]["day"][-1].astype(object)
    if ask.by and not first < ask.by <= last:
        said = f"You ask for a decision by {full_day(ask.by)}."
        yield objection("by", said, "a day after today, and before the calendar is fixed")
    return met(f"{full_day(ask.by)} is in time." if ask.by else "")
