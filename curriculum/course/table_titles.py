"""What a lesson's tables and columns are called for people, with units; read from its tables.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property, lru_cache

from pydantic import BaseModel, ConfigDict

from curriculum.course.catalog import lesson_folder


class TableTitles(BaseModel):
    """Titles of tables and columns; what has none is called by its own name with spaces for underscores."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ids: tuple[str, ...] = ()
    """Columns of whole numbers that name things, so that 100001 is not read as a quantity."""
    tables: Mapping[str, str] = {}
    columns: Mapping[str, Mapping[str, str]] = {}
    """By table: titles of its columns, with the unit in brackets."""
    made: Mapping[str, str] = {}
    """Titles of columns that cells of the notebook make."""
    words: Mapping[str, str] = {}
    """What people read for an id that stands in a cell or over a column: `new_payee` is shown as “new payee”. A `#`
    stands for a number: with `"r_#" = "Release #"`, `r_07` is shown as “Release 7”."""

    def table(self, name: str) -> str:
        """The title of a table."""
        return self.tables.get(name) or in_words(name)

    def column(self, name: str, table: str = "") -> str:
        """The title of a column, of one table or wherever a column of this name means the same."""
        return (
            self.columns.get(table, {}).get(name) or self._anywhere.get(name) or self.words.get(name) or in_words(name)
        )

    def said(self, text: str) -> str:
        """A text with words for the ids that it consists of: one, or several with commas between them."""
        return ", ".join(map(self._word, text.split(", "))) if self.words else text

    def _word(self, id: str) -> str:
        family, number = numbered(id)
        return self.words.get(id) or self.words.get(family, id).replace("#", number)

    def knows(self, name: str) -> bool:
        """Whether a column of this name has a title."""
        return name in self._anywhere

    @cached_property
    def _anywhere(self) -> Mapping[str, str]:
        said: dict[str, set[str]] = {}
        for titles in self.columns.values():
            for name, title in titles.items():
                said.setdefault(name, set()).add(title)
        return {**{name: min(titles) for name, titles in said.items() if len(titles) == 1}, **self.made}


def numbered(id: str) -> tuple[str, str]:
    """The family of a numbered id, and its number: `r_07` is `r_#` and 7; both blank for any other."""
    found = re.fullmatch(r"([a-z_]+_)0*(\d+)", id)
    return (f"{found[1]}#", found[2]) if found else ("", "")


def in_words(name: str) -> str:
    """A name from code as a title: `needs_cards` becomes “Needs cards”."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def read_titles(text: str) -> TableTitles:
    """The titles that a tables.toml holds; raises ValueError where it is broken."""
    return TableTitles.model_validate(tomllib.loads(text))


@lru_cache(maxsize=64)
def load_titles(slug: str) -> TableTitles:
    """The titles of a lesson's tables, blank where it has no tables.toml or is in no catalogue.

    Raises ValueError where that file is broken.
    """
    try:
        return read_titles((lesson_folder(slug) / "source" / "tables.toml").read_text(encoding="utf-8"))
    except (FileNotFoundError, LookupError):
        return TableTitles()
