"""Who sits together in a lesson: a CSV file of teams and learners, in which the first of each team writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from curriculum.cohort.spreadsheet import read_table, table_bytes

Team = tuple[str, ...]


class TeamsError(Exception):
    """A file of teams cannot be used; the message is one sentence."""


def read_teams(path: Path) -> tuple[Team, ...]:
    """The teams of a file with the columns `team` and `learner`, as spreadsheets save it; none where there is no file.

    Raises TeamsError with line, found and expected.
    """
    try:
        data = table_bytes(path)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise TeamsError(f"{path} cannot be read ({(error.strerror or 'refused').lower()}); check the name.") from None
    header, rows = read_table(data)
    names = [name.strip().lower() for name in header]
    if not {"team", "learner"} <= set(names):
        found = ", ".join(header)[:120] or "none"
        raise TeamsError(f"{path.name}, line 1: found the columns {found}; expected `team` and `learner`.")
    found_teams: dict[str, list[str]] = {}
    seated: set[str] = set()
    try:
        for row in rows:
            cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
            if not any(cells.values()):
                continue
            if not cells.get("team") or not cells.get("learner"):
                raise TeamsError(
                    f"{path.name}, line {rows.line_num}: found a blank cell; expected a team and a learner."
                )
            if cells["learner"] in seated:
                raise TeamsError(
                    f"{path.name}, line {rows.line_num}: {cells['learner']} sits in two teams; take them out of one."
                )
            seated.add(cells["learner"])
            found_teams.setdefault(cells["team"], []).append(cells["learner"])
    except csv.Error as error:
        raise TeamsError(f"{path.name}, line {rows.line_num}: {error}; save it as CSV again.") from None
    return tuple(map(tuple, found_teams.values()))


def read_column(path: Path, column: str) -> dict[str, str]:
    """What a table says of each learner in one column, by their id; raises TeamsError where there is no such column."""
    try:
        header, rows = read_table(table_bytes(path))
    except OSError as error:
        raise TeamsError(f"{path} cannot be read ({(error.strerror or 'refused').lower()}); check the name.") from None
    names = [name.strip().lower() for name in header]
    who = next((name for name in ("id", "learner") if name in names), "")
    if not who or column.strip().lower() not in names:
        raise TeamsError(f"{path.name}, line 1: found {', '.join(header)[:120]}; expected `id` and {column!r}.")
    try:
        each = [dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in rows]
    except csv.Error as error:
        raise TeamsError(f"{path.name}, line {rows.line_num}: {error}; save it as CSV again.") from None
    return {cells[who]: cells.get(column.strip().lower(), "") for cells in each if cells.get(who)}


def as_csv(teams: Sequence[Sequence[str]]) -> str:
    """Teams as such a file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["team", "learner"])
    writer.writerows((number, learner) for number, team in enumerate(teams, 1) for learner in team)
    return text.getvalue()
