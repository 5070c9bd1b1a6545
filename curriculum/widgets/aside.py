"""What somebody wrote where somebody else had written meanwhile: kept beside the answers until a person decides."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from curriculum.artifacts.merging import alike, loses
from curriculum.support.files import FileRefused, read_text, write_whole

FOLDER = ".aside"
"""In the folder of the answers, so that who takes the answers away takes these along; nothing that grades reads it."""

MOST = 100
"""So many versions of one file are kept; after that the browser keeps what is not decided."""

_LIMIT = 8 * 1024 * 1024


def _as_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Replaced:
    """What an operation would write over."""

    label: str
    """The place, as people call it."""
    stands: Any
    """What the file has there now, as plain data."""
    wanted: Any
    words: str
    """What is wanted, as people read it."""
    usual: Callable[[Any], Any] = _as_is
    """Brings a value into the form in which it is stored."""
    gone: bool = False
    """Whether the place is not there any more."""
    refusal: str = ""
    """What is said where nothing of the author's own needs keeping, such as a removal."""

    def loses(self, begun: Iterable[Any]) -> bool:
        """Whether something would be lost that an author who began from these values never saw."""
        return self.gone or loses(self.stands, begun, self.wanted, self.usual)

    @property
    def is_done(self) -> bool:
        """Whether the file says already what is wanted."""
        return not self.gone and alike(self.usual(self.stands), self.usual(self.wanted))


class Met(Exception):
    """An operation met what somebody else has written meanwhile."""

    def __init__(self, operation: dict[str, Any], replaced: Replaced):
        super().__init__(replaced.label)
        self.operation, self.replaced = operation, replaced


class Aside(BaseModel):
    """One version that is not in the file, with the operation that would write it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(default_factory=lambda: secrets.token_hex(6), max_length=40)
    by: str = Field(default="", max_length=40)
    """The browser in which it was written."""
    at: str = Field(default_factory=lambda: dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), max_length=40)
    label: str = Field(max_length=400)
    words: str
    operation: dict[str, Any]
    gone: bool = False


_ASIDES = TypeAdapter(tuple[Aside, ...])


class Shelf:
    """The versions that are kept for one file. Who writes holds the lock of the file's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path.parent / FOLDER / f"{path.stem}.json"
        self.late = False
        """Whether there is something that could not be written yet."""
        self._late: tuple[Aside, ...] = ()

    def read(self) -> tuple[Aside, ...]:
        """What is kept; what cannot be read counts as nothing."""
        if self.late:
            return self._late
        with suppress(FileNotFoundError, FileRefused, ValidationError):
            return _ASIDES.validate_json(read_text(self.path, self.path.parent, _LIMIT))
        return ()

    def write(self, asides: Iterable[Aside]) -> None:
        """Keep these and no others; raises FileRefused where that cannot be written, and has them all the same."""
        self._late, self.late = tuple(asides), True
        if len(self._late) > MOST:
            raise FileRefused(f"More than {MOST} versions wait to be decided; decide on some of them first.")
        if self._late:
            kept = json.dumps(_ASIDES.dump_python(self._late, mode="json"), ensure_ascii=False, indent=1)
            write_whole(self.path, f"{kept}\n")
        else:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
                self.path.parent.rmdir()
        self.late = False


def joined(kept: Iterable[Aside], new: Aside, begun: Iterable[Any]) -> tuple[Aside, ...]:
    """The versions with a new one: in place of the one that its author went on from, and only once."""
    begun = list(begun)
    rest = []
    for one in kept:
        same_place = one.label == new.label and one.gone == new.gone
        mine = one.operation.get("value")
        if same_place and one.by == new.by and mine is not None and any(alike(mine, each) for each in begun):
            new = new.model_copy(update={"id": one.id})
        elif same_place and one.words == new.words:
            new = new.model_copy(update={"id": one.id, "by": one.by, "at": one.at})
        else:
            rest.append(one)
    return (*rest, new)
