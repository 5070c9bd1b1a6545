"""What every case is: a small company's data, what each person in it knows, and what is true."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

VARIANTS = 64
"""How many worlds a case has; learners are dealt one of them."""


@dataclass(frozen=True)
class Entry:
    """One thing that an artifact may name by its id: a metric, a card, a model, a clause …"""

    id: str
    label: str
    note: str = ""
    called: tuple[str, ...] = field(default=(), kw_only=True)
    """What people call it in a sentence, in small letters, where a sentence is read against what was picked."""


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Person(Entry):
    """A stakeholder. `label` is the full name; `role` is the title that people read."""

    function: str = ""
    """Short id of the function: product, design, ml, data, data_platform, privacy, support, sponsor …"""
    role: str = ""
    hue: int = 260
    """Colour of the avatar, in degrees on the colour wheel."""
    cares_about: str = ""
    """What this person protects, in one sentence in plain words; shown with their sign-off."""

    @property
    def first_name(self) -> str:
        """How colleagues call them."""
        return self.label.split()[0]

    @property
    def initials(self) -> str:
        words = self.label.split()
        return (words[0][0] + words[-1][0]).upper()


@dataclass(frozen=True)
class Surfaces:
    """When and how a fact comes out by itself, if nobody asked for it."""

    on: dt.date
    how: str
    """What is seen then: the rest of a sentence that begins with "it came out that"."""


@dataclass(frozen=True)
class Fact(Entry):
    """Something true that one person knows and an artifact can cite. `label` is the sentence itself."""

    value: float | None = None
    unit: str = ""
    held_by: str | None = None
    """Id of the person who tells it in the role-play; None: it stands in the brief, everybody has it."""
    supports: frozenset[str] = frozenset()
    """Ids of the claims that this fact supports."""
    contradicts: frozenset[str] = frozenset()
    """Ids of the claims that this fact contradicts."""
    surfaces: Surfaces | None = field(default=None, repr=False)
    """How it comes out when it was never asked for; None where nothing comes of it."""


Columns = Mapping[str, "np.ndarray"]
"""A table as equally long arrays, one per column."""


class ListedColumns(Mapping[str, "np.ndarray"]):
    """A table of Python's own values; the read-only array of a column is made when somebody first asks for it.

    So a small world opens where numpy is not there. Raises ValueError where lengths differ.
    """

    def __init__(self, **listed: Sequence[int | float | str | dt.date]):
        lengths = {name: len(values) for name, values in listed.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"columns differ in length: {lengths}")
        self.listed = MappingProxyType({name: tuple(values) for name, values in listed.items()})
        self._arrays: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        values = self.listed[name]
        if name not in self._arrays:
            import numpy as np

            days = isinstance(values[0], dt.date) if values else False
            self._arrays[name] = np.array(values, dtype="datetime64[D]" if days else None)
            self._arrays[name].setflags(write=False)
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)


def listed(columns: Columns) -> Mapping[str, Sequence[Any]]:
    """A table's columns as Python's own values, without numpy where the table was made without it."""
    return columns.listed if isinstance(columns, ListedColumns) else {n: v.tolist() for n, v in columns.items()}


def row_count(columns: Columns) -> int:
    """How many rows a table has; 0 where it has no column."""
    if isinstance(columns, ListedColumns):
        return len(next(iter(columns.listed.values()), ()))
    return len(next(iter(columns.values()), ()))


class Tables(Mapping[str, "pd.DataFrame"]):
    """The case's tables as DataFrames, made when they are first asked for; Tab lists them in a notebook."""

    def __init__(self, columns: Mapping[str, Columns]):
        self._columns = columns
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._columns:
            raise KeyError(f"There is no table {name!r}; there are {', '.join(self._columns)}.")
        if name not in self._frames:
            import pandas as pd

            frame = pd.DataFrame({key: values.copy() for key, values in self._columns[name].items()})
            frame.attrs = {"table": name, "rows": len(frame)}  # what shows a frame titles it by this
            self._frames[name] = frame
        return self._frames[name].copy()

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._columns]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        lines = [
            f"  {name}: {row_count(columns)} rows of {', '.join(columns)}" for name, columns in self._columns.items()
        ]
        return "\n".join(["Tables of this case:", *lines])


@dataclass(frozen=True)
class Registry:
    """Everything that artifacts may name, by kind: people, metrics, facts and whatever the case adds."""

    kinds: Mapping[str, Mapping[str, Entry]]

    def entries(self, kind: str) -> Mapping[str, Entry]:
        """The entries of one kind by id; a kind that this case does not have is empty."""
        return self.kinds.get(kind, MappingProxyType({}))

    def typed(self, kind: str, type_: type[E]) -> dict[str, E]:
        """The entries of one kind that are of this type, by id."""
        return {id: entry for id, entry in self.entries(kind).items() if isinstance(entry, type_)}

    def find(self, kind: str, id: str, type_: type[E]) -> E | None:
        """An entry of this type; None where the case has none."""
        entry = self.entries(kind).get(id)
        return entry if isinstance(entry, type_) else None

    def label(self, kind: str, id: str) -> str:
        """The words for an id, or the id itself where it is unknown."""
        entry = self.entries(kind).get(id)
        return entry.label if entry else id


@dataclass(frozen=True, eq=False)
class Case:
    """One simulated world. Equal slug, version and seed give equal bytes, in every process."""

    slug: str
    version: int
    """Raised whenever the same seed gives another world; a grade names it."""
    seed: int
    company: str
    brief: str
    """The memo that opens the lesson, in Markdown."""
    people: Mapping[str, Person]
    facts: Mapping[str, Fact]
    columns: Mapping[str, Columns]
    """The data that learners see, as read-only arrays by table and column."""
    truth: Any = field(repr=False)
    """What is so by construction. Only rubrics, fixtures and the consequence may read it."""
    more: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    """Further kinds for the registry: metrics, cards, models …"""
    circumstances: Mapping[str, int] = field(default_factory=dict)
    """What conditions in the conversation may ask of this world, as `world('market_is_new')`; 0 is false. So which
    question is the right one may differ over worlds."""

    @property
    def tables(self) -> Tables:
        return Tables(self.columns)

    @property
    def registry(self) -> Registry:
        return Registry({"people": self.people, "facts": self.facts, **self.more})

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that learners see, as hex digits."""
        digest = hashlib.sha256(f"{self.slug} {self.version} {self.seed} {self.company} {self.brief}".encode())
        for name, table in self.columns.items():
            for column in table:
                digest.update(f"{name}.{column}".encode())
                if isinstance(table, ListedColumns):
                    digest.update(repr(table.listed[column]).encode())
                else:
                    values = table[column]
                    digest.update(repr(values.tolist()).encode() if values.dtype == object else values.tobytes())
        for kind, entries in self.registry.kinds.items():
            for entry in entries.values():
                digest.update(f"{kind} {_stable(entry)}".encode())
        for name, value in sorted(self.circumstances.items()):
            digest.update(f"{name}={int(value)}".encode())
        return digest.hexdigest()


def _stable(entry: Entry) -> str:
    """An entry as learners see it while they work; how a fact comes out afterwards is not part of it."""
    seen = {key: value for key, value in vars(entry).items() if key != "surfaces"}
    parts = {key: sorted(value) if isinstance(value, frozenset) else value for key, value in seen.items()}
    return repr(sorted(parts.items()))


def by_id(*entries: E) -> Mapping[str, E]:
    """A read-only mapping from id to entry, in the order given; raises ValueError on a repeated id."""
    mapping = {entry.id: entry for entry in entries}
    if len(mapping) != len(entries):
        raise ValueError(f"an id is repeated in {[entry.id for entry in entries]}")
    return MappingProxyType(mapping)


def surfacing(facts: Mapping[str, Fact], surfaces: Mapping[str, Surfaces]) -> Mapping[str, Fact]:
    """The facts with how each comes out when nobody asks; raises KeyError for a fact that is not there or public."""
    if lost := [id for id in surfaces if facts[id].held_by is None]:
        raise KeyError(f"everybody knows {lost[0]}, so it cannot come out")
    return by_id(*(replace(fact, surfaces=surfaces.get(fact.id)) for fact in facts.values()))


def frozen_columns(**columns: np.ndarray) -> Columns:
    """A table from equally long arrays, each made read-only; raises ValueError where lengths differ."""
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns differ in length: {lengths}")
    for values in columns.values():
        values.setflags(write=False)
    return MappingProxyType(columns)


def random(slug: str, seed: int, stream: str = "") -> np.random.Generator:
    """The generator of one case, seed and stream; equal arguments give equal numbers on every machine."""
    import numpy as np

    key = hashlib.sha256(f"{slug}/{seed}/{stream}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(key[:16], "big")))


@dataclass(frozen=True)
class Card(Entry):
    """A need on a scoping board. `label` is the need, `note` what users get from it."""

    team: str = ""
    """Id of the person who raised it."""
    effort: Mapping[str, float] = field(default_factory=dict)
    """Engineer-days by role id."""
    needs: tuple[str, ...] = ()
    """Ids of the cards without which this one cannot work."""
    mandatory: str = ""
    """Why it must be done whatever the votes say; blank where it need not."""


@dataclass(frozen=True)
class DatedCard(Card):
    """A card of which somebody has said when it comes."""

    due: str = ""
    """Id of the step that was said; blank where nothing was."""


@dataclass(frozen=True)
class Lane(Entry):
    """Where cards lie together, such as work that is promised, or what waits. `note` says what lies there."""

    timed: bool = False
    """Whether its cards have a step in time."""
    most: int = 0
    """How many cards it takes; 0 where any."""


@dataclass(frozen=True)
class Role(Entry):
    """A kind of work and how much of it the team has until the launch."""

    capacity: float = 0.0
    """Engineer-days."""
