"""What a release is held against: an earlier commit, from which nothing may be taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.artifacts.reading import Unreadable, parse_artifact
from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.practice.gate import git
from curriculum.practice.gate.release import AUTHORISATIONS, LOG, POLICY, SIGNATURES
from curriculum.support.files import FileRefused


class NotATable(ValueError):
    """A text is no CSV; the message says why."""


@dataclass(frozen=True)
class Base:
    """The files of an earlier commit that decide what may let a release pass."""

    commit: str
    name: str
    """As the verdict calls it: a branch, or what the commit is."""
    signatures: tuple[Mapping[str, str], ...] = ()
    log: tuple[Mapping[str, str], ...] = ()
    authorisations: tuple[Mapping[str, str], ...] = ()
    policy: ReleasePolicy | None = None
    """The rules that were in force there; None where there were none yet."""


def read_base(repository: git.Repository, name: str = "") -> Base:
    """Read the base: the commit that `name` says, or the one that brought the folder.

    Raises FileRefused with one sentence where there is no such commit, or what it holds cannot be read.
    """
    commit = git.resolve(repository, name) if name else git.first(repository)
    if not commit:
        missing = f"There is no commit {name[:80]!r} in this repository" if name else "The folder is in no commit yet"
        raise FileRefused(f"{missing}; fetch the branch that the release is to go into, or name another one.")
    blobs = git.committed(repository, commit)

    def text(path: str) -> str:
        return git.text_of(repository, blobs[path], path) if path in blobs else ""

    try:
        signatures, log, papers = (rows_of(text(path)) for path in (SIGNATURES, LOG, AUTHORISATIONS))
        policy = parse_artifact(text(POLICY), ReleasePolicy, POLICY).artifact if POLICY in blobs else None
    except NotATable as error:
        raise FileRefused(f"A table of the base {commit[:10]} cannot be read: {error}.") from None
    except Unreadable as error:
        raise FileRefused(f"In the base {commit[:10]}: {error.problems[0]}") from None
    return Base(commit, name or "the commit that brought this folder", signatures, log, papers, policy)


def rows_of(text: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a CSV text, missing cells blank; raises NotATable."""
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise NotATable(f"{error!s:.80}") from None
    return tuple({str(name): value if isinstance(value, str) else "" for name, value in row.items()} for row in rows)


def lost_row(now: tuple[Mapping[str, str], ...], before: tuple[Mapping[str, str], ...]) -> int | None:
    """The position, from 1, of the first row of `before` that is no longer in its place; None where all are."""
    for position, row in enumerate(before, start=1):
        if position > len(now) or now[position - 1] != row:
            return position
    return None
