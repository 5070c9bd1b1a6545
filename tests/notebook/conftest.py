"""What tests of notebooks share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The learner's folder of `welcome` in a workspace of its own."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".curriculum").mkdir()
    place = tmp_path / "beginner" / "welcome"
    place.mkdir(parents=True)
    return place
