"""The rubric of `welcome`: is the ask one that can be answered?"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.ask import Ask
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from curriculum.support.dates import full_day
from curriculum.words.quantities import says, says_time
from graders.common import SENTENCE_WORDS, incomplete, names, near, sentence_count, word_count
from graders.rubric import NotYet, Objections, Rubric, met, objection

rubric = Rubric("welcome", {"ask": Ask}, conversations=("first_talk",))

NINE = 9 * 60
"""Minutes after midnight from which this pod counts."""


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="run_meetings",
    gate=True,
    hints=(
        "Read your form once more: is every field filled?",
        "Who decides, what moves and to when, the ask, the date, the fact and its number: all are needed.",
    ),
    met="All fields are filled.",
)
def ask_is_complete(ask: Ask, case: Case) -> Objections:
    """All fields are filled with real content."""
    yield from incomplete(ask, case, "decider", "moves", "moves_to", "ask", "by", "evidence", "number")


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
    points=1,
    voice="tomas",
    skill="run_meetings",
    gate=True,
    hints=(
        "Could Tomás say what changes on Monday if he said yes?",
        "Say in the sentence what moves, and the time to which it moves, as you picked and typed them above.",
    ),
    rests_on=("ask.ask", "ask.moves", "ask.moves_to"),
    met="The sentence says what moves, and to when.",
)
def ask_says_what_moves(ask: Ask, case: Case) -> Objections:
    """The sentence says what moves, and to what time."""
    thing = case.registry.entries("movable").get(ask.moves)
    if thing is None or ask.moves_to is None:
        raise NotYet("ask.moves", "It needs something that can move, and a time.")
    if thing.id == "refresh":
        said = "The nightly refresh waits for the warehouse; it is in nobody's calendar."
        yield objection("moves", said, "something that the person who decides can move")
    if not names(ask.ask, thing):
        said = f"Your sentence does not name what moves: {thing.label.lower()}."
        yield objection("ask", said, "the thing that moves, by its name")
    if not _says(ask.ask, ask.moves_to):
        said = f"Your sentence does not say {ask.moves_to:%H:%M}."
        yield objection("ask", said, "the time to which it moves, as you typed it")


def _says(text: str, time: dt.time) -> bool:
    """Whether a text says a time of day: "09:35", "9.35", "35 minutes after nine"."""
    return bool(says_time(text, time) or says(text, _minutes(time), "minute"))


def _minutes(time: dt.time) -> int:
    """Minutes after nine."""
    return 60 * time.hour + time.minute - NINE


@rubric.criterion(
    points=1,
    voice="noor",
    skill="domain_literacy",
    hints=(
        "Which number tells you that the dashboard is fresh on most mornings?",
        "The average lies before the stand-up, and the numbers were late all the same. Noor has a better number.",
        "Ask Noor for the time that holds on nine mornings of ten, and cite that fact with its minutes: "
        "{{ facts.refresh_ready.value }}.",
    ),
    rests_on=("ask.evidence",),
)
def evidence_decides_the_ask(ask: Ask, case: Case, conversation: State) -> Objections:
    """The fact supports the ask, Noor told it to you, its number is stated as she told it, and the time fits it."""
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
    elif fact.value is not None and ask.moves_to and _minutes(ask.moves_to) < fact.value:
        said = f"You ask for {ask.moves_to:%H:%M}; by then it is not there on nine mornings of ten."
        yield objection("moves_to", said, "a time at which the number that you cite is over")
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
    if ask.by and not case.truth.today < ask.by <= case.truth.board_prints:
        said = f"You ask for a decision by {full_day(ask.by)}."
        yield objection("by", said, "a day after today, and before the calendar is fixed")
    return met(f"{full_day(ask.by)} is in time." if ask.by else "")
