"""In which order versions of a lesson's answers came about: a chain of hashes beside them, which tells no answer."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from enum import StrEnum
from itertools import islice
from pathlib import Path

from curriculum.learner.variant import VariantUnknown, stated_membership
from curriculum.support.files import FileRefused, read_text, write_whole

NAME = "order.json"
"""Beside the notebook: {"order": [hash, …]}. Each hash rests on the one before it and on the answers at that moment, so
whoever does not have a version cannot continue it."""

MOST = 5_000
"""Versions that are noted."""

MAX_BYTES = 200_000
"""Bytes of the file that are read."""

_MOST_FILES = 200
_MOST_BYTES = 512 * 1024
_HASH = re.compile(r"[0-9a-f]{16}")

Order = tuple[str, ...]


class Relation(StrEnum):
    """How one version of somebody's work stands to another."""

    CONTINUES = "continues"
    IS_CONTINUED = "is continued"
    SAME = "same"
    PARTED = "parted"
    """Both go on in different ways: two people have worked on it, or one in two places."""
    UNKNOWN = "unknown"
    """What was there before says nothing of its order."""


def relation(one: Order, other: Order) -> Relation:
    """How `one` stands to `other`, which was there before."""
    if not other:
        return Relation.UNKNOWN
    if one == other:
        return Relation.SAME
    if one[: len(other)] == other:
        return Relation.CONTINUES
    if one and other[: len(one)] == one:
        return Relation.IS_CONTINUED
    return Relation.PARTED


def note_version(folder: Path, answers: Path) -> None:
    """Note what the answers are now, where the lesson was handed out to one learner as a file. Never fails: work goes
    on without it."""
    with suppress(VariantUnknown, FileRefused, OSError):
        member = stated_membership(folder)
        if member is None or not member.learner or not answers.is_dir():
            return
        known = order_in(folder)
        content = _content(answers)
        if len(known) >= MOST or (known and known[-1] == _next(known[:-1], content)):
            return
        write_whole(folder / NAME, json.dumps({"order": [*known, _next(known, content)]}) + "\n")


def order_in(folder: Path) -> Order:
    """What a folder says about its order; nothing where it says nothing that can be read."""
    try:
        return parse_order(read_text(folder / NAME, folder, limit=MAX_BYTES))
    except (FileNotFoundError, FileRefused):
        return ()


def parse_order(text: str | bytes) -> Order:
    """The chain in the text of such a file; empty for anything else."""
    try:
        found = json.loads(text)["order"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()
    if not isinstance(found, list) or len(found) > MOST:
        return ()
    return tuple(found) if all(isinstance(one, str) and _HASH.fullmatch(one) for one in found) else ()


def _next(known: Order, content: bytes) -> str:
    return hashlib.sha256((known[-1] if known else "").encode() + content).hexdigest()[:16]


def _content(answers: Path) -> bytes:
    digest = hashlib.sha256()
    for path in islice(sorted(answers.glob("*.yaml")), _MOST_FILES):
        with suppress(OSError):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as stream:
                    digest.update(path.name.encode() + b"\0" + hashlib.sha256(stream.read(_MOST_BYTES)).digest())
    return digest.digest()
