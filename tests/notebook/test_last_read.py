"""Answers are read once, until a file of theirs is another one."""

from __future__ import annotations

from pathlib import Path

from curriculum.notebook.last_read import LastRead
from curriculum.support.files import write_whole
from graders.grade import Submission


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    read: list[str] = []

    def reading() -> Submission:
        read.append((tmp_path / "prd.yaml").read_text() if (tmp_path / "prd.yaml").exists() else "")
        return Submission({})

    last = LastRead(tmp_path, reading)
    assert last() is last() and read == [""]
    write_whole(tmp_path / "prd.yaml", "one: 1")
    assert last() is last() and read == ["", "one: 1"]
    write_whole(tmp_path / "prd.yaml", "two: 2")  # as long as before
    last()
    assert read[-1] == "two: 2"
    (tmp_path / "prd.yaml").unlink()
    last()
    assert read == ["", "one: 1", "two: 2", ""]


def test_a_folder_that_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    assert LastRead(tmp_path / "none", lambda: Submission({}))().artifacts == {}
