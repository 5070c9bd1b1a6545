"""The %%artifact cell: the same file as the forms, and nothing written that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from curriculum import open_lesson
from curriculum.artifacts.ask import Ask
from curriculum.notebook.artifact_cell import save_cell


def test_a_cell_writes_the_file_of_the_form(tmp_path: Path) -> None:
    page = save_cell({"ask": Ask}, tmp_path, "ask", "decider: tomas\nnumber: 41\n")
    assert (tmp_path / "ask.yaml").read_text() == "decider: tomas\nnumber: 41\n"
    assert "answers/ask.yaml" in page.text


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        ("ask", "decider: [", "line 2"),
        ("ask", "decider: tomas\nnumber: many\n", "line 2, field number"),
        ("ask", "deciders: tomas\n", "deciders"),
        ("prd", "decider: tomas\n", "there are ask"),
        ("", "decider: tomas\n", "there are ask"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_and_the_file_stays(
    tmp_path: Path, line: str, cell: str, words: str
) -> None:
    (tmp_path / "ask.yaml").write_text("decider: noor\n")
    assert words in save_cell({"ask": Ask}, tmp_path, line, cell).text
    assert (tmp_path / "ask.yaml").read_text() == "decider: noor\n"


def test_opening_a_lesson_in_a_notebook_offers_the_cell(tmp_path: Path) -> None:
    shell = InteractiveShell.instance()
    try:
        open_lesson("welcome", tmp_path / "welcome")
        shell.run_cell_magic("artifact", "ask", "decider: noor\n")
        assert (tmp_path / "welcome" / "answers" / "ask.yaml").read_text() == "decider: noor\n"
    finally:
        InteractiveShell.clear_instance()
