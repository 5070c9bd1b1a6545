"""The mock interview: what is asked next follows from what was just said; every answer gets a line of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.artifacts.mock_interview import MockInterview, Session, Turn
from curriculum.artifacts.pressure import Pressure
from curriculum.artifacts.star import Star
from curriculum.cases.interviews.questions import Question, load_questions, question
from curriculum.practice.interview.answers import Answer, Heard
from curriculum.practice.interview.listening import (
    ASKS_BACK,
    LISTED,
    SAID,
    WORDS_A_SECOND,
    figures_said,
    is_shown,
    listen,
    weakest,
)
from curriculum.words.prose import word_count

FOLLOW_UPS = 2
"""How many follow-ups come before the pressure question."""
GIVES_UP = 2
"""After so many answers in a row that say nothing, or nothing new, the interviewer ends it."""
SECONDS_AFTER, SECONDS_CLOSING = 45, 60
"""The time for a follow-up, and for the last question."""

OPENING, AGAIN, BANK, PRESSURE, CLOSING = "opening", "again", "bank", "pressure", "closing"
_OWN = (OPENING, AGAIN, BANK, PRESSURE, CLOSING)
"""What is asked whatever was said; everything else had to be asked for."""
MORE = "too_short"
"""The interviewer waits for more of the story."""
_STORY = (OPENING, AGAIN, MORE)
_NOTHING = ("shell", "other_question", "unwritten", "repeated", ASKS_BACK)


@dataclass(frozen=True)
class Asked:
    """A question of the interviewer, what it is about, and the seconds that it has."""

    text: str
    about: str
    limit: int


@dataclass(frozen=True)
class Panel:
    """What the interviewer knows beforehand: the claims, and who is called how."""

    star: Star
    names: Mapping[str, str]
    """People of the case by function, as they are called."""
    pressure: Pressure | None = None
    """The answers to pressure on its numbers, where the lesson asks for them."""


def next_question(session: Session, panel: Panel) -> Asked | None:
    """What the interviewer says now; None where the interview is over.

    The opening question of the bank; what the answer leaves open, at most twice; then pressure on a claim of the
    answers, and the closing question. A thing is asked about once. Raises LookupError for an unknown question.
    """
    chosen = question(session.question)
    turns = session.turns
    if not turns:
        return Asked(chosen.question, OPENING, 60 * chosen.minutes)
    if _said_nothing(session, panel) >= GIVES_UP or turns[-1].about == CLOSING:
        return None
    about = {turn.about for turn in turns}
    heard = listen(answer_of(session, len(turns) - 1, panel))
    if heard and heard[0].id == ASKS_BACK and not _was_repeated(session):
        last = turns[-1]
        return Asked(heard[0].asks, AGAIN if last.about == OPENING else last.about, last.limit)
    nothing = heard and heard[0].id in ("shell", "other_question") and heard[0].asks
    if turns[-1].about in (OPENING, AGAIN) and nothing and AGAIN not in about:
        return Asked(heard[0].asks, AGAIN, 60 * chosen.minutes)
    followed = len({turn.asked for turn in turns if turn.about not in (OPENING, AGAIN)})
    if followed < FOLLOW_UPS and not about & {PRESSURE, CLOSING}:
        asked = _follow_up(chosen, session, panel, about)
        if asked is not None:
            return asked
    if PRESSURE not in about:
        lead = f"{_INTERRUPTS} " if any(one.id == "too_long" for one in heard) else ""
        return Asked(f"{lead}{weakest(_best(session, panel))}", PRESSURE, SECONDS_AFTER)
    return Asked("What do you want to ask us?", CLOSING, SECONDS_CLOSING)


def _was_repeated(session: Session) -> bool:
    """Whether the last question was the one before it once more."""
    return len(session.turns) > 1 and session.turns[-1].asked.endswith(session.turns[-2].asked)


def _follow_up(chosen: Question, session: Session, panel: Panel, about: set[str]) -> Asked | None:
    """What the answers leave open, else a question of the bank that is not answered yet; None where there is none."""
    interrupted = False
    for position in reversed(range(len(session.turns))):
        for heard in listen(answer_of(session, position, panel)):
            if heard.id == "too_long":
                interrupted = interrupted or (position == len(session.turns) - 1 and "too_long" not in about)
            elif heard.asks and heard.id not in about and (heard.id == "repeated" or heard.id not in _NOTHING):
                lead = f"{_INTERRUPTS} " if interrupted else ""
                left = _left(answer_of(session, position, panel)) if heard.id == MORE else SECONDS_AFTER
                return Asked(f"{lead}{heard.asks}", heard.id, left)
    already = {turn.asked for turn in session.turns}
    known = _settled(session, panel) | about
    for number, text in enumerate(chosen.follow_ups):
        topic = chosen.asks_for[number] if number < len(chosen.asks_for) else ""
        if topic not in known and not any(asked.endswith(text) for asked in already):
            return Asked(f"{_INTERRUPTS} {text}" if interrupted else text, BANK, SECONDS_AFTER)
    return None


def _left(answer: Answer) -> int:
    """The seconds that are left for a story that stopped early."""
    spent = answer.seconds or round(word_count(answer.said) / WORDS_A_SECOND)
    return max(SECONDS_AFTER, answer.limit - spent)


def _settled(session: Session, panel: Panel) -> set[str]:
    """What nobody needs to ask any more: it was said, or a story was told in which it is not missing."""
    answers = [answer_of(session, n, panel) for n in range(len(session.turns))]
    each = [{one.id for one in listen(answer)} for answer in answers]
    said = {topic for topic in ("range", "flip") if any(f"{topic}_said" in heard for heard in each)}
    nothing = {*_NOTHING, "no_more"}
    told = [heard for answer, heard in zip(answers, each, strict=True) if answer.opens and not heard & nothing]
    return said | ({topic for topic in LISTED if told and any(topic not in heard for heard in told)})


_INTERRUPTS = "Let me stop you there."


def answer_of(session: Session, position: int, panel: Panel) -> Answer:
    """One answer of an interview with what it is held against."""
    turn = session.turns[position]
    chosen = question(session.question)
    opens, begun = turn.about in _STORY, begun_at(session, position)
    parts = [one for one in session.turns[:position] if one.about in _STORY] if begun else []
    clocks = [one.seconds for one in (*parts, turn)]
    return Answer(
        said=f"{begun}\n{turn.said}" if begun else turn.said,
        begun=f"{begun}\n" if begun else "",
        seconds=sum(clocks) if all(clocks) else 0 if begun else turn.seconds,
        limit=60 * chosen.minutes if opens else turn.limit or SECONDS_AFTER,
        question=chosen,
        asked=chosen.question if opens else turn.asked,
        star=panel.star,
        names=panel.names,
        pressure=panel.pressure,
        earlier=tuple(before.said for before in session.turns[:position]),
        opens=opens,
        asks_us=turn.about == CLOSING,
    )


def begun_at(session: Session, position: int) -> str:
    """What was told of the story before the interviewer waited for more; blank where she did not wait."""
    if session.turns[position].about != MORE:
        return ""
    told = [one for one in session.turns[:position] if one.about in _STORY and not set(one.heard) & set(_NOTHING)]
    return "\n".join(one.said for one in told if one.said.strip())


def told_at(session: Session, position: int) -> str:
    """The story as far as it was told up to an answer."""
    begun, said = begun_at(session, position), session.turns[position].said
    return f"{begun}\n{said}" if begun else said


def _said_nothing(session: Session, panel: Panel) -> int:
    """How many of the last answers, in a row, say nothing or nothing new."""
    count = 0
    for position in reversed(range(len(session.turns))):
        heard = listen(answer_of(session, position, panel))
        if not heard or heard[0].id not in ("shell", "repeated"):
            break
        count += 1
    return count


def _best(session: Session, panel: Panel) -> Answer:
    """The answer that claims most: the one on which pressure is worth the time."""
    answers = [answer_of(session, position, panel) for position in range(len(session.turns))]
    return max(answers, key=lambda answer: (figures_said(answer), word_count(answer.said)))


def answered(session: Session, panel: Panel, said: str, seconds: int) -> Session:
    """The interview after an answer to what was asked; unchanged where it was over."""
    asked = next_question(session, panel)
    if asked is None:
        return session
    turn = Turn(asked=asked.text, about=asked.about, said=said, seconds=max(0, min(seconds, 36_000)), limit=asked.limit)
    later = session.model_copy(update={"turns": (*session.turns, turn)})
    position = len(later.turns) - 1
    heard = tuple(one.id for one in listen(answer_of(later, position, panel)))
    later = later.model_copy(update={"turns": (*session.turns, turn.model_copy(update={"heard": heard}))})
    return later.model_copy(update={"finished": next_question(later, panel) is None})


def of_each(session: Session, panel: Panel) -> list[str]:
    """One line for each answer: what was heard in it, or its length."""
    return [_line(session, position, panel) for position in range(len(session.turns))]


def _line(session: Session, position: int, panel: Panel) -> str:
    answer = answer_of(session, position, panel)
    heard = listen(answer)
    if heard:
        good = [one for one in heard if one.id in ("honest", *SAID)]
        return " ".join(one.debrief for one in [*[one for one in heard if one not in good][:2], *good])
    time = f"{answer.seconds} of {answer.limit} seconds" if answer.seconds else f"{word_count(answer.said)} words"
    return f"{'Everything that I listen for was in it' if answer.opens else 'Answered'}: {time}."


def debrief(session: Session, panel: Panel) -> list[str]:
    """Three lines at the end: what carried, what was asked for, what to try next time."""
    if not session.turns:
        return []
    told = [listen(answer_of(session, n, panel)) for n in range(len(session.turns))]
    if all(heard and heard[0].id in _NOTHING for heard in told):
        again = any(turn.about == AGAIN for turn in session.turns)
        return [
            "Nothing of your story was heard, so nothing carried.",
            "The question itself had to be asked again." if again else "Nothing could be asked about it.",
            "Next time: say one sentence of each of the four parts, then write down its gist.",
        ]
    first = _telling([[heard.id for heard in each] for each in told], session)
    carried = _carried({heard.id for heard in told[first]}, told_at(session, first))
    asked = [
        turn.asked
        for before, turn in zip((None, *session.turns), session.turns, strict=False)
        if turn.about not in _OWN and not (before and turn.asked.endswith(before.asked))
    ]
    honest = any(heard.id == "honest" for heard in (one for each in told for one in each))
    return [
        f"What carried: {', '.join(_NAMES[id] for id in carried)}."
        if carried
        else "Nothing that I listen for was in your first answer.",
        f"What had to be asked for: {' '.join(f'“{text}”' for text in asked)}"
        if asked
        else "Nothing had to be asked for.",
        _advice(told[first], honest),
    ]


def _telling(heard: Sequence[Sequence[str]], session: Session) -> int:
    """The position of the last answer that tells the story, or more of it, and is no earlier one once more."""
    story = [n for n, turn in enumerate(session.turns) if turn.about in _STORY]
    skipped = ("repeated", "shell", "unwritten", "no_more", ASKS_BACK)
    told = [n for n in story if not set(heard[n]) & set(skipped)]
    return told[-1] if told else next((n for n in reversed(story) if "repeated" not in heard[n]), story[0])


def _carried(missing: set[str], said: str) -> tuple[str, ...]:
    """What was there in an answer: neither missing nor a thing that it had no occasion for; `missing` holds, besides
    what was missed, the ids of what was heard as good."""
    if missing & set(_NOTHING):
        return ()
    kept = tuple(id for id in LISTED if id not in missing and is_shown(id, said, missing))
    return (*kept, *(id for id in SAID if id in missing))


def _advice(heard: tuple[Heard, ...], honest: bool) -> str:
    if heard and heard[0].id in _NOTHING:
        return "Next time: answer the question that was asked before anything else."
    missed = [one for one in heard if one.asks]
    if missed:
        first = missed[0]
        return f"Next time: {_TRY.get(first.id, 'say it in the first answer.')}"
    return "Next time: the same story in half the time." if not honest else "Next time: find out what you did not know."


_TRY = {
    "too_long": "cut the situation, and stop after the cost.",
    "too_short": "say what you did, step by step.",
    "number": "say the number after, the one before, and over which time, in one breath.",
    "baseline": "say what it was before in the same breath as what it became.",
    "we": "begin two sentences with “I”, each with a thing that would not have happened without you.",
    "other_side": "name the two functions, and what each was protecting.",
    "cost": "name the price before you are asked for it.",
    "range": "say both ends of the range before you are asked.",
    "flip": "say at which number you would have chosen otherwise.",
    "stranger": "say only numbers whose source you can name.",
}


_NAMES = {**LISTED, **SAID}


@dataclass(frozen=True)
class Attempt:
    """One interview in the list of all of them."""

    number: int
    on: str
    question: str
    seconds: int
    """Of the first answer that told something; 0 where no clock ran."""
    limit: int
    words: int
    there: tuple[str, ...]
    """What was there in that answer, in words."""
    absent: tuple[str, ...]
    said: str
    """That answer."""


def attempts(content: MockInterview) -> list[Attempt]:
    """Every interview that was begun and answered, as it was heard then, the last one first."""
    known = {one.id for one in load_questions()}
    found = []
    for number, session in enumerate(content.sessions, start=1):
        if not session.turns or session.question not in known:
            continue
        position = _telling([turn.heard for turn in session.turns], session)
        turn, told = session.turns[position], told_at(session, position)
        heard = set(turn.heard)
        there = _carried(heard, told)
        asked_of = {id for id, missed in (("range_said", "range"), ("flip_said", "flip")) if missed in heard}
        absent = tuple(id for id in (*LISTED, *SAID) if id not in there and (id in LISTED or id in asked_of))
        found.append(
            Attempt(
                number,
                session.on.isoformat() if session.on else "",
                question(session.question).question,
                turn.seconds,
                60 * question(session.question).minutes,
                word_count(told),
                tuple(_NAMES[id] for id in there),
                tuple(_NAMES[id] for id in absent),
                told,
            )
        )
    return found[::-1]
