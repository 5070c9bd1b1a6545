"""What names learners, and what learners write, is nobody else's on a shared computer."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from curriculum.learner.workspace import prepare
from curriculum.support.files import write_whole


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_private_file_is_private_also_where_one_was_open_before(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    write_whole(path, "a")
    assert mode(path) == 0o644
    write_whole(path, "b", private=True)
    assert mode(path) == 0o600 and path.read_text() == "b"


def test_a_new_workspace_is_its_owners_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    prepare(tmp_path / "new")
    assert mode(tmp_path / "new") == 0o700
    (tmp_path / "shared").mkdir(mode=0o755)
    prepare(tmp_path / "shared")
    assert mode(tmp_path / "shared") == 0o755
