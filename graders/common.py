"""The validators that every artifact shares (G1 to G6 of the grading doctrine)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from curriculum.artifacts.base import Artifact, Part, Pick, Prose, pick_of
from curriculum.artifacts.places import expand, is_blank, value_at, words_at
from curriculum.cases import Case
from curriculum.cases.base import Entry
from curriculum.roleplay.engine import State
from curriculum.words.prose import quoted
from curriculum.words.shells import Beside, is_stand_in, shell
from graders.rubric import Objection, Objections, objection

T = TypeVar("T")

MONEY_TOLERANCE = 0.02
"""Relative tolerance for money and volume (G4)."""
RATE_TOLERANCE = 0.005
"""Absolute tolerance for rates: half a percentage point (G4)."""
PERCENTILE_TOLERANCE = 0.05
"""Relative tolerance for percentiles and derived ratios (G4)."""

PAGE_WORDS = 600
"""One page (G6)."""
SENTENCE_WORDS = 35
"""One sentence (G6)."""

LONG_LIST = 4
"""In a list of so many entries, one text for all of them says nothing about any."""

LONGEST_NAME = 80
"""Characters of an entry's words, or of an unknown id, that an objection shows."""

OWN_WORDS = "your own words in every field"
"""What is expected where a text says nothing."""


@dataclass(frozen=True)
class Named:
    """An id that a learner picked, with its place and the kind of thing it should be."""

    place: str
    kind: str
    id: str


def named_ids(part: Part, place: str = "") -> Iterator[Named]:
    """Every non-blank id in an artifact or a part of it, as its fields' `Pick` markers declare."""
    for name, pick in _picks(type(part)):
        value = getattr(part, name)
        if pick or isinstance(value, Part | tuple):
            yield from _walk(value, pick, f"{place}.{name}" if place else name)


@cache
def _picks(model: type[Part]) -> tuple[tuple[str, Pick | None], ...]:
    return tuple((name, pick_of(info)) for name, info in model.model_fields.items())


def _walk(value: Any, pick: Pick | None, place: str) -> Iterator[Named]:
    if isinstance(value, Part):
        yield from named_ids(value, place)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, pick, f"{place}[{index + 1}]")
    elif pick and isinstance(value, str) and value:
        yield Named(place, pick.kind, value)


def unknown_ids(artifact: Artifact, case: Case) -> list[Named]:
    """Ids that the case's registry does not have (G2)."""
    registry = case.registry
    return [named for named in named_ids(artifact) if named.id not in registry.entries(named.kind)]


def names(text: str, entry: Entry) -> bool:
    """Whether a sentence names what was picked beside it, by one of the names that people have for it."""
    told = text.casefold()
    return any(name in told for name in (*entry.called, entry.label.casefold()))


def shells(artifact: Artifact, case: Case) -> list[tuple[str, str, str]]:
    """Texts that say nothing (G1): their place, the text, and the reason as a sentence for the learner.

    Letters and stand-ins; copies of the field's own title and help, of the brief, and of another field's text.
    """
    found = []
    told: list[Prose] = []
    alike = _same_everywhere(artifact)
    for prose in artifact.prose:
        beside = [
            Beside("the name of this field", prose.title),
            Beside("the help of this field", prose.help, passage=True),
        ]
        beside += [] if prose.caption else [Beside("the brief", case.brief, passage=True)]
        # Entries of one list may say the same of different things.
        beside += [Beside(f"the field {other.place}", other.text) for other in told if other.field != prose.field]
        reason = shell(prose.text, wants_sentence=prose.sentence, beside=beside)
        if reason or prose.field in alike:
            reason = reason or "Every entry of the list says the same."
            found.append((prose.place, prose.text, reason))
        told.append(prose)
    found += [(name.place, name.text, "It is a stand-in.") for name in artifact.notations if is_stand_in(name.text)]
    return found


def _same_everywhere(artifact: Artifact) -> set[str]:
    """Fields of long lists in which all entries have the same text."""
    texts: dict[str, list[str]] = {}
    for prose in artifact.prose:
        if not prose.caption:
            texts.setdefault(prose.field, []).append(" ".join(prose.text.casefold().split()))
    return {field for field, said in texts.items() if len(said) >= LONG_LIST and len(set(said)) == 1}


def says_nothing(artifact: Artifact, case: Case) -> Iterator[Objection]:
    """An objection to each text that says nothing (G1)."""
    for place, text, reason in shells(artifact, case):
        said = f"“{words_at(type(artifact), place)}” says nothing yet: “{quoted(text, 60)}”. {reason}"
        yield objection(place, said, OWN_WORDS)


def incomplete(artifact: Artifact, case: Case, *places: str) -> Objections:
    """What keeps an artifact from being judged at all: blank places (patterns such as `panels[].before`; a list
    that has no entry is blank itself), texts that say nothing, and ids that nobody here knows (G1, G2)."""
    model = type(artifact)
    for pattern in places:
        yield from blank_at(artifact, pattern)
    yield from says_nothing(artifact, case)
    for named in unknown_ids(artifact, case):
        said = f"“{words_at(model, named.place)}” names {named.id[:40]}, which nobody here knows."
        yield objection(named.place, said, "names picked from the lists")


def blank_at(artifact: Artifact, pattern: str) -> Objections:
    """The blank ones among the places that a pattern stands for."""
    for place in expand(artifact, pattern):
        if is_blank(value_at(artifact, place)):
            said = f"“{words_at(type(artifact), place)}” is blank."
            yield objection(place, said, "every part filled, however briefly")


def uncited(artifact: Artifact, conversation: State | None, case: Case) -> Objections:
    """Facts that an artifact cites although nobody told them to this learner, each with who could have."""
    heard = conversation.facts if conversation else frozenset()
    for named in named_ids(artifact):
        fact = case.facts.get(named.id) if named.kind == "facts" else None
        if fact and fact.held_by and fact.id not in heard:
            who = case.registry.label("people", fact.held_by)
            said = f"“{words_at(type(artifact), named.place)}” cites a fact that nobody told you."
            row = {"who could tell you": who}
            yield objection(named.place, said, "only what you heard yourself, or what everybody knows", row)


def heard(case: Case, fact: str, conversation: State) -> bool:
    """Whether a fact was told to the learner or is known to everybody."""
    return fact in case.facts and (case.facts[fact].held_by is None or conversation.knows(fact))


def unheard(case: Case, conversation: State, fact: str, place: str, what: str) -> Iterator[Objection]:
    """An objection where something rests on what only one person can say, and nobody was asked."""
    if not heard(case, fact, conversation):
        who = case.registry.label("people", case.facts[fact].held_by or "")
        said = f"{what}, and nobody told you: no table has it."
        yield objection(place, said, "what the one told you who knows it", {"who could tell you": who})


def placed(name: str, entries: Iterable[T]) -> Iterator[tuple[str, T]]:
    """The entries of a list, each with its place, such as `panels[2]`."""
    return ((f"{name}[{number}]", entry) for number, entry in enumerate(entries, start=1))


def named(case: Case, kind: str, id: str) -> str:
    """The words for an id, or "nothing" where nothing was picked; what nobody knows is shown as it was typed, cut."""
    return case.registry.label(kind, id)[:LONGEST_NAME] if id else "nothing"


def stated(value: float | None) -> str:
    """A number as people write it, or what stands there instead."""
    return "nothing" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def word_count(*texts: str) -> int:
    """Words as people count them: runs of letters and digits with inner apostrophes, dots and hyphens."""
    return sum(len(re.findall(r"\w+(?:[.,:’'\-/]\w+)*", text)) for text in texts)


def sentence_count(text: str) -> int:
    """Sentences by their terminal stops; a text without any is one."""
    return max(1, len(_stops(text))) if text.strip() else 0


def question_count(text: str) -> int:
    """Sentences that end in a question mark."""
    return sum("?" in stop for stop in _stops(text))


_TITLES = frozenset({"mr", "mrs", "ms", "mx", "dr", "prof", "st"})
_BEFORE_NUMBERS = frozenset({"no", "nos", "nr", "w", "wk", "wks", "ca", "approx", "p", "pp", "fig", "sec", "para"})
_ANYWHERE = frozenset({"e.g", "i.e", "eg", "ie", "vs", "cf", "incl", "resp"})
_MONTHS = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)


def _stops(text: str) -> list[str]:
    """The marks that end a sentence; a dot behind "Ms", "no" before a number or a day before its month ends none."""
    told = text.strip()
    marks = re.finditer(r"[.!?…]+(?=\s+[\"'“(]?[A-ZÀ-Ý0-9]|\s*$)", told)
    return [mark.group() for mark in marks if mark.group() != "." or not _shortens(told, mark.start(), mark.end())]


def _shortens(text: str, start: int, end: int) -> bool:
    """Whether a dot belongs to the word before it and something follows."""
    before = re.search(r"[\w.]+$", text[:start])
    after = text[end:].lstrip().casefold()
    if not before or not after:
        return False
    word = before.group().casefold()
    if word.isdigit():
        return len(word) <= 2 and bool(_MONTHS.match(after))
    return (
        word in _TITLES
        or word in _ANYWHERE
        or (after[0].isdigit() and (word in _BEFORE_NUMBERS or bool(_MONTHS.fullmatch(word))))
    )


def near(stated: float | None, true: float, *, relative: float = 0.0, absolute: float = 0.0) -> bool:
    """Whether a stated number agrees with a recomputed one within the larger of the tolerances (G4)."""
    if stated is None or not math.isfinite(stated):
        return False
    return abs(stated - true) <= max(absolute, relative * abs(true)) + 1e-12


def listed(items: list[str] | tuple[str, ...], most: int = 4) -> str:
    """Words joined as in a sentence: "a, b and c", cut after `most` with the number of the rest."""
    shown = list(items[:most])
    rest = len(items) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "none"
