"""The steering meeting of February: who says what about four matters, line by line, and what that makes of each.

Each line is a move with a hidden tag; the words are drawn from `meeting.py`. What is so follows from who says it: a
matter is decided when the person with the right says yes, and not when everybody nods.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from curriculum.cases.base import Columns, frozen_columns, random
from curriculum.cases.listen_and_ask.cast import ASKING, MATTERS, PEOPLE
from curriculum.cases.listen_and_ask.draw import SLUG, dealt
from curriculum.cases.listen_and_ask.meeting import MATTERS as WORDS
from curriculum.cases.listen_and_ask.meeting import MOVES
from curriculum.cases.listen_and_ask.truth import DECIDED, POSTPONED, Dissent, Matter
from curriculum.support.dates import day_month

CLAIMS = {"contractor": ("bertil",), "oncall": ("greta",)}
"""Who says in the talks that a matter was decided, and so cannot have taken it on himself to bring it on."""
PRESENT = ("bertil", "leilani", "fadi", "greta", "tilde", "joaquim")


@dataclass(frozen=True)
class February:
    """The meeting, and what is true of it."""

    transcript: Columns
    matters: Mapping[str, Matter]
    dissent: Dissent
    facilitator: str
    note_taker: str


@dataclass
class _Pen:
    """Writes lines down, never twice the same words."""

    rng: np.random.Generator
    lines: list[tuple[int, str, str]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    minute: float = 0.0

    def say(self, who: str, move: str, **holes: str) -> int:
        """Write down one move and give the number of its line."""
        ways = [MOVES[move][int(number)] for number in self.rng.permutation(len(MOVES[move]))]
        texts = [way.format(**holes) for way in ways]
        text = next((text for text in texts if text not in self.said), texts[0])
        self.said.add(text)
        self.minute += float(self.rng.uniform(0.3, 1.6))
        self.lines.append((int(self.minute), first_name(who), text))
        return len(self.lines)


def first_name(person: str) -> str:
    """As people are called in the room."""
    return PEOPLE[person].first_name


def meet(
    seed: int, status: Mapping[str, str], holders: Mapping[str, str], week: int, days: Sequence[dt.date]
) -> February:
    """The meeting in which these matters end so, given who has the right to decide each.

    `week` is when a contractor would be done, `days` are those on which something may be brought on.
    """
    rng = random(SLUG, seed, "february")
    pen, matters = _Pen(rng), dict[str, Matter]()
    undecided = next(matter for matter, one in status.items() if one not in (DECIDED, POSTPONED))
    dissenter = dealt(seed, "dissenter", ASKING)
    facilitator = _one(rng, PRESENT, {holders[undecided], dissenter})
    note_taker = _one(rng, PRESENT, {facilitator})
    against = [matter for matter in MATTERS if holders[matter] != dissenter]
    dissent_on = against[int(rng.integers(0, len(against)))]
    order = [tuple(MATTERS)[int(number)] for number in rng.permutation(len(MATTERS))]
    decoy_on = next(matter for matter in order if matter != dissent_on)
    chatter = set(rng.choice(len(order), 2, replace=False).tolist())
    dissent: Dissent | None = None
    pen.say(facilitator, "open", note_taker=first_name(note_taker))
    for number, matter in enumerate(order):
        words = _words(matter, week)
        holder = holders[matter]
        apart = {dissenter} if matter == dissent_on else set[str]()
        raises = _one(rng, PRESENT, {holder, facilitator} | apart)
        pen.say(raises, "raise", **words)
        pen.say(_one(rng, PRESENT, {holder, raises, "tilde"} | apart), "detail", **words)
        if matter == dissent_on:
            line = pen.say(dissenter, "object", **words)
            pen.say(_one(rng, PRESENT, {holder, dissenter, facilitator}), "talk_over", **words)
            pen.say(dissenter, "drop", **words)
            dissent = Dissent(dissenter, matter, line)
        elif matter == decoy_on:
            doubts = _one(rng, PRESENT, {holder, facilitator, raises})
            pen.say(doubts, "doubt", **words)
            pen.say(_one(rng, PRESENT, {holder, doubts, facilitator, "tilde"}), "answer", **words)
            pen.say(doubts, "withdraw", **words)
        pen.say(facilitator, "ask_all", **words)
        matters[matter] = _ended(pen, status[matter], holder, (facilitator, note_taker), apart, words, days)
        if number in chatter:
            pen.say(_one(rng, PRESENT, {facilitator}), "small_talk")
    pen.say(facilitator, "close")
    pen.say(_one(rng, PRESENT, {facilitator}), "leave")
    assert dissent is not None
    minutes, who, texts = zip(*pen.lines, strict=True)
    transcript = frozen_columns(
        line=np.arange(1, len(pen.lines) + 1), minute=np.array(minutes), who=np.array(who), text=np.array(texts)
    )
    return February(transcript, {matter: matters[matter] for matter in MATTERS}, dissent, facilitator, note_taker)


def _ended(
    pen: _Pen,
    status: str,
    holder: str,
    roles: tuple[str, str],
    against: set[str],
    words: dict[str, str],
    days: Sequence[dt.date],
) -> Matter:
    """The end of one matter: decided by who may, put off by who may, or called settled by somebody else."""
    rng = pen.rng
    facilitator, note_taker = roles
    apart = {*roles} | against
    if status == DECIDED:
        line = pen.say(holder, "decide", **words)
        writes = note_taker if note_taker != holder else None
        pen.say(writes or _one(rng, PRESENT, {holder} | apart), "noted" if writes else "nod", **words)
        return Matter(status, holder, frozenset({line}))
    if status == POSTPONED:
        brings = _one(rng, PRESENT, {holder, *CLAIMS.get(words["matter"], ())} | apart)
        day = days[int(rng.integers(0, len(days)))]
        holes = {**words, "brings_on": first_name(brings), "day": day_month(day)}
        lines = {pen.say(holder, "not_today", **holes), pen.say(brings, "take_it", **holes)}
        if note_taker not in (holder, brings):
            pen.say(note_taker, "noted", **words)
        return Matter(status, holder, frozenset(lines), brings_on=brings, day=day)
    believer = _one(rng, PRESENT, {holder} | apart)
    lines = {pen.say(believer, "settled", **words)}
    nodding = _one(rng, PRESENT, {holder, believer, facilitator} | against)
    lines |= {pen.say(nodding, "nod", **words)}
    lines |= {pen.say(_one(rng, PRESENT, {holder, believer, facilitator, nodding} | against), "nod", **words)}
    pen.say(facilitator, "next", **words)
    return Matter(status, holder, frozenset(lines), believer=believer)


def _one(rng: np.random.Generator, people: Sequence[str], without: set[str]) -> str:
    rest = [person for person in people if person not in without]
    return rest[int(rng.integers(0, len(rest)))]


def _words(matter: str, week: int) -> dict[str, str]:
    words = {key: text.format(week=week) if "{week}" in text else text for key, text in WORDS[matter].items()}
    words["matter"] = matter
    return {**words, **{key.capitalize(): words[key][0].upper() + words[key][1:] for key in ("thing", "done", "doubt")}}
