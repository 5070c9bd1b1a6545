"""A deal: which people of a case each seat plays, and the secret from which keys and codes are made.

Everybody at the table may know a `Table`. Only whoever deals knows the `Deal`, and each seat its own key. A fact is
said aloud with its code, which is worked out from the seat's key (HMAC-SHA-256, RFC 2104); the table holds a slow hash
of each (PBKDF2, RFC 8018), so a noted code tells that somebody who holds the fact has said it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from curriculum.cases import VARIANTS, Case, load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.course.team_plan import TeamPlan
from curriculum.support.files import FileRefused, read_text, write_whole

TABLE = "team.json"
"""Beside the notebook: what everybody at the table may know."""
SEAT = "seat.json"
"""Beside the notebook: which seat this is, and its key. It goes to nobody else."""
DEALER = "dealer.json"
"""The whole deal, with the secret; it stays with whoever dealt."""

LETTERS = "ACDEFGHJKLMNPQRTUVWXY3479"
CODE_LENGTH = 5
"""So long is a code: short enough to be said aloud, of letters that are not mistaken for each other."""
_ROUNDS = 2_000
"""Of the slow hash of a code: about a millisecond."""
MOST_NAMED = 40
"""Characters of a seat's name."""

M = TypeVar("M", bound=BaseModel)

Name = Annotated[str, Field(min_length=1, max_length=MOST_NAMED, pattern=r"^[\w][\w .@+-]*$")]
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{16,128}$")]


class DealError(Exception):
    """A deal cannot be made or read; the message is one sentence."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Seat(_Strict):
    """One learner at the table and the people that they play."""

    name: Name
    people: Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(min_length=1, max_length=12)]


class Table(_Strict):
    """What everybody at the table may know. The first seat writes the documents."""

    deal: Hex
    lesson: Annotated[str, Field(max_length=80)]
    variant: Annotated[int, Field(ge=0, lt=VARIANTS)]
    case_version: Annotated[int, Field(ge=1, le=10_000)]
    seats: Annotated[tuple[Seat, ...], Field(min_length=2, max_length=12)]
    codes: Annotated[tuple[Hex, ...], Field(max_length=400)]
    """Slow hashes of all codes, sorted, so that their order tells nothing."""

    @property
    def lead(self) -> Seat:
        return self.seats[0]

    def seat(self, name: str) -> Seat:
        """The seat of this name; raises DealError where there is none."""
        for seat in self.seats:
            if seat.name == name:
                return seat
        raise DealError(f"There is no seat {name!r} at this table; there are {', '.join(s.name for s in self.seats)}.")

    def seat_of(self, person: str | None) -> Seat | None:
        """Who plays a person of the case; None for somebody whom nobody plays."""
        return next((seat for seat in self.seats if person in seat.people), None)

    @property
    def case(self) -> Case:
        return load_case(self.lesson, self.variant)

    @property
    def plan(self) -> TeamPlan:
        return team_plan(self.lesson)

    @cached_property
    def stand_in(self) -> Mapping[str, str]:
        """What the codes stand for that a colleague says who stands in for somebody absent: an id by code."""
        return {
            code: id
            for seat in self.seats[1:]
            for id, code in codes_of(stand_in_key(self, seat), self.case, self.plan, seat).items()
        }

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(self.codes)

    def meaning(self, code: str) -> str | None:
        """Id of the fact or action whose code this is; None where it is nobody's."""
        plain = normal(code)
        if len(plain) != CODE_LENGTH:
            return None
        slow = _slow(self.deal, plain)
        said = (id for seat in self.seats for id in sayable(self.case, self.plan, seat))
        return next((id for id in said if _hashed(slow, id) in self._codes), None)


class Deal(_Strict):
    """A table with the secret from which its keys are made."""

    table: Table
    secret: Hex

    def key(self, seat: str) -> bytes:
        """The key of a seat."""
        return _hmac(bytes.fromhex(self.secret), f"key/{self.table.deal}/{seat}")

    def meanings(self) -> dict[str, str]:
        """What every code of this deal stands for, for whoever has the keys: an id by code."""
        table = self.table
        return {
            code: id
            for seat in table.seats
            for id, code in codes_of(self.key(seat.name), table.case, table.plan, seat).items()
        }


class Place(_Strict):
    """Which seat a folder belongs to, and its key."""

    deal: Hex
    seat: Name
    key: Hex


def team_plan(slug: str) -> TeamPlan:
    """How a lesson is played by a team; raises DealError with a sentence where it is not meant for one."""
    load_catalog().lesson(slug)
    plan = load_plan(slug).team
    if plan is None:
        can = [entry.slug for entry in load_catalog().lessons if load_plan(entry.slug).team]
        raise DealError(f"{slug} is not meant for a team; these lessons are: {', '.join(can)}.")
    return plan


def make_deal(
    slug: str,
    names: tuple[str, ...],
    variant: int | None = None,
    secret: bytes | None = None,
    *,
    for_judging: bool = False,
) -> Deal:
    """Deal a lesson to these learners, the first of whom writes.

    `variant` 0 to 63, at random where it is None; the same `secret`, names and variant give the same deal. The hashes
    of its codes take some milliseconds; they are for seats, and whoever judges does without (`for_judging`). Raises
    DealError with one sentence where the lesson has no seats for so many or the names are not different.
    """
    plan = team_plan(slug)
    names = tuple(unicodedata.normalize("NFKC", name.strip()) for name in names)
    if len(names) not in plan.sizes:
        raise DealError(f"{len(names)} people are named; {slug} has seats for {_listed(plan.sizes)} people.")
    if len({file_stem(name).casefold() for name in names}) < len(names):
        raise DealError("Two seats have the same name, or nearly; give each learner a name of their own.")
    secret = secrets.token_bytes(32) if secret is None else secret
    variant = secrets.randbelow(VARIANTS) if variant is None else variant
    case = load_case(slug, variant)
    try:
        seats = tuple(
            Seat(name=name, people=people) for name, people in zip(names, plan.seats_for(len(names)), strict=True)
        )
    except ValidationError:
        raise DealError(
            f"A name has letters, digits, spaces and . @ + - in it and at most {MOST_NAMED} characters; found "
            f"{', '.join(repr(name[:50]) for name in names)}."
        ) from None
    id = hashlib.sha256(secret + json.dumps([slug, variant, names]).encode()).hexdigest()[:32]
    bare = Table(deal=id, lesson=slug, variant=variant, case_version=case.version, seats=seats, codes=())
    deal = Deal(table=bare, secret=secret.hex())
    if for_judging:
        return deal
    codes = sorted(_hashed(_slow(id, code), said) for code, said in deal.meanings().items())
    return Deal(table=bare.model_copy(update={"codes": tuple(codes)}), secret=secret.hex())


def file_stem(name: str) -> str:
    """The name of a seat as its files bear it."""
    return name.replace(" ", "_")


def sayable(case: Case, plan: TeamPlan, seat: Seat) -> tuple[str, ...]:
    """Ids of what a seat can say: the facts that its people hold, and what they can do or agree to."""
    facts = [fact.id for fact in case.facts.values() if fact.held_by in seat.people]
    return (*facts, *(deed.action for deed in plan.deeds if deed.by in seat.people))


def codes_of(key: bytes, case: Case, plan: TeamPlan, seat: Seat) -> Mapping[str, str]:
    """The code of everything that a seat can say, by id."""
    return {id: _code(_hmac(key, f"said/{id}")) for id in sayable(case, plan, seat)}


def stand_in_key(table: Table, seat: Seat) -> bytes:
    """From what the codes of a stand-in are made. It is no secret: that a code is theirs is told in the debrief."""
    return _hmac(bytes.fromhex(table.deal), f"stand in/{seat.name}")


def normal(code: str) -> str:
    """A code as people type it, in the one way that counts: `k7qf-x` is `K7QFX`."""
    return "".join(letter for letter in code[:40].upper() if letter.isalnum())


def _slow(deal: str, code: str) -> bytes:
    """So that nobody tries all codes in a minute."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), deal.encode(), _ROUNDS, 16)


def _hashed(slow: bytes, id: str) -> str:
    """A code and what it stands for, as the table holds it."""
    return hashlib.sha256(slow + id.encode()).hexdigest()[:32]


def _code(digest: bytes) -> str:
    number, letters = int.from_bytes(digest, "big"), []
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def _hmac(key: bytes, message: str) -> bytes:
    return hmac.new(key, message.encode(), "sha256").digest()


def _listed(sizes: list[int]) -> str:
    *first, last = map(str, sizes)
    return f"{', '.join(first)} or {last}" if first else last


# Files


def read_table(folder: Path) -> Table | None:
    """The table that a lesson's folder belongs to; None where there is none. Raises DealError."""
    return _read(folder / TABLE, Table)


def read_place(folder: Path) -> Place | None:
    """Which seat a folder belongs to; None where it does not say. Raises DealError."""
    return _read(folder / SEAT, Place)


def read_deal(path: Path) -> Deal:
    """A whole deal, as whoever dealt keeps it. Raises DealError with one sentence."""
    found = _read(path, Deal)
    if found is None:
        raise DealError(f"{path} is not there; it is the file {DEALER} in the folder into which you dealt.")
    return found


def write_deal(path: Path, deal: Deal) -> None:
    """Keep a deal where nobody else can read it; raises FileRefused."""
    write_whole(path, deal.model_dump_json(indent=1) + "\n", private=True)


def _read(path: Path, model: type[M]) -> M | None:
    try:
        return model.model_validate_json(read_text(path, path.parent))
    except FileNotFoundError:
        return None
    except FileRefused as error:
        raise DealError(str(error)) from None
    except ValidationError:
        raise DealError(f"{path.name} is damaged; unpack the file that you were dealt once more.") from None
