"""What the bar above a lesson is told: how far each artifact and the talk are, and that it stays so."""

from __future__ import annotations

from pathlib import Path

from curriculum import open_lesson
from curriculum.course.fixtures import load_exemplar, write_files
from curriculum.notebook.outline import outline


def told(folder: Path) -> dict[str, object]:
    found = outline("welcome", folder)._repr_json_()
    assert isinstance(found, dict)
    return found


def test_an_artifact_is_begun_checked_and_signed(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    assert told(folder) == {"artifacts": {"ask": "open"}, "talk": "open", "home": False}
    write_files({"ask": {"ask": "Please decide."}}, lesson._files.answers)
    assert told(folder)["artifacts"] == {"ask": "begun"}
    lesson.check("ask")
    assert told(folder)["artifacts"] == {"ask": "checked"}
    write_files(load_exemplar(lesson._case, "later_standup"), lesson._files.answers)
    assert told(folder)["artifacts"] == {"ask": "checked"}, "nobody has signed this version off"
    lesson.check("ask")
    assert told(folder) == {"artifacts": {"ask": "signed"}, "talk": "ended", "home": False}


def test_what_was_signed_off_and_is_spoiled_afterwards_is_not_done(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    right = load_exemplar(lesson._case, "later_standup")
    write_files(right, lesson._files.answers)
    lesson.check("ask")
    assert told(folder)["artifacts"] == {"ask": "signed"}
    (lesson._files.answers / "ask.yaml").write_text("ask: something\n", encoding="utf-8")
    assert told(folder)["artifacts"] == {"ask": "checked"}
    write_files(right, lesson._files.answers)
    assert told(folder)["artifacts"] == {"ask": "signed"}
