"""What is written when looking back: kept with the lesson, shown in the portfolio and before the next lesson."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curriculum import open_lesson
from curriculum.artifacts.debriefs import MOST_WRITTEN, Debriefs
from curriculum.artifacts.reading import read_artifact
from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.debriefs import debriefs_in, load_debriefs
from curriculum.course.fixtures import load_exemplar, write_files
from curriculum.learner.debriefs import earlier, looked_back
from curriculum.learner.portfolio import as_markdown, as_page, chapters
from curriculum.learner.variant import write_stated
from curriculum.notebook.refusals import LessonError

HOSTILE = "<img src=x onerror=alert(1)>\n\n# A heading\n![](http://x)"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".curriculum").mkdir()
    for entry in load_catalog().lessons:
        (tmp_path / entry.level / entry.slug).mkdir(parents=True)
    return tmp_path


def folder(workspace: Path, slug: str) -> Path:
    return workspace / load_catalog().lesson(slug).level / slug


def write(workspace: Path, slug: str, id: str, text: str) -> Any:
    widget = open_lesson(slug, folder(workspace, slug)).debrief(id)
    widget._handle_custom_msg({"op": "write", "debrief": id, "value": text}, [])
    return widget


def test_debriefs_are_named_by_the_cell_before_them() -> None:
    text = "```{code-cell} python\n:name: talk\nx\n```\n> **Debrief** One?\n> And why?\n\n> **Debrief** Two?\n"
    assert [(one.id, one.question, one.line) for one in debriefs_in(text)] == [
        ("talk", "One? And why?", 6), ("talk_2", "Two?", 8),
    ]  # fmt: skip
    assert "next" in {one.id for one in load_debriefs("recommendation_scoping")}


def test_what_is_written_is_kept_with_the_lesson_and_nowhere_else(workspace: Path) -> None:
    widget = write(workspace, "welcome", "exemplar", "  Mine names the day.  ")
    place = folder(workspace, "welcome") / "answers" / "debriefs.yaml"
    kept = read_artifact(place, Debriefs).artifact
    assert [(one.debrief, one.text) for one in kept.written] == [("exemplar", "Mine names the day.")]
    assert widget.view["saved"]["exists"] and "Mine names the day." in widget.as_text()
    write(workspace, "welcome", "exemplar", "   ")
    assert read_artifact(place, Debriefs).artifact.written == ()
    report = open_lesson("welcome", folder(workspace, "welcome"))._report()
    assert [one.status.value for one in report.artifacts] == ["not_attempted"]


def test_it_is_limited_and_never_run(workspace: Path) -> None:
    widget = write(workspace, "welcome", "exemplar", HOSTILE + "x" * 9_000)
    assert len(widget.view["texts"]["exemplar"]) == MOST_WRITTEN
    assert "<img" not in widget.as_html()
    before = (folder(workspace, "welcome") / "answers" / "debriefs.yaml").read_bytes()
    for operation in ({"op": "write", "debrief": "none", "value": "x"}, {"op": "write", "debrief": "exemplar"}):
        widget._handle_custom_msg(operation, [])
    assert (folder(workspace, "welcome") / "answers" / "debriefs.yaml").read_bytes() == before
    with pytest.raises(LessonError, match="no question 'nothing'"):
        open_lesson("welcome", folder(workspace, "welcome")).debrief("nothing")


def test_two_places_to_write_share_one_file(workspace: Path) -> None:
    write(workspace, "recommendation_scoping", "talk", "Asked openly.")
    second = write(workspace, "recommendation_scoping", "next", "The lookup.")
    second._handle_custom_msg({"op": "write", "debrief": "talk", "value": "Asked openly, and listened."}, [])
    texts = looked_back("recommendation_scoping", folder(workspace, "recommendation_scoping") / "answers")
    assert [(one.id, one.text) for one in texts] == [("talk", "Asked openly, and listened."), ("next", "The lookup.")]


def test_the_portfolio_shows_it_escaped(workspace: Path) -> None:
    answers, case = folder(workspace, "welcome") / "answers", load_case("welcome", 5)
    write_stated(answers, case)
    write_files(load_exemplar(case, "later_standup"), answers)
    write(workspace, "welcome", "exemplar", HOSTILE)
    found = list(chapters(workspace))
    assert "### Looking back\n\n*Where does yours differ, and is there a reason for it?*\n\n> &lt;img" in as_markdown(
        found
    )
    page = as_page(found)
    assert "<img" not in page and "<h1># A" not in page and page.count("<h1>") == 1
    assert "<blockquote>&lt;img" in page


def test_the_portfolio_shows_it_without_an_artifact_too(workspace: Path) -> None:
    write(workspace, "welcome", "exemplar", "I have only read so far.")
    (chapter,) = chapters(workspace)
    assert (chapter.pieces, chapter.story) == ((), "")
    assert "> I have only read so far." in as_markdown([chapter])


def test_it_is_shown_before_the_next_lesson_of_the_same_skill(workspace: Path) -> None:
    recall = open_lesson("fraud_false_positives", folder(workspace, "fraud_false_positives")).recall
    assert earlier("fraud_false_positives", workspace) is None and recall().view["earlier"] is None
    write(workspace, "recommendation_scoping", "next", "The lookup <b>came</b> late.")
    found = earlier("fraud_false_positives", workspace)
    assert found and found.lesson == load_catalog().lesson("recommendation_scoping").title
    assert set(found.skills) <= {skill.label for skill in load_catalog().skills} and found.skills
    shown = recall()
    assert shown.view["earlier"]["texts"][0]["text"] == "The lookup <b>came</b> late."
    assert "The lookup &lt;b&gt;came&lt;/b&gt; late." in shown.as_html()
    assert "What you wrote after" in shown.as_text()
    # Its own lesson does not show it, and a file that cannot be read is as none.
    assert earlier("recommendation_scoping", workspace) is None
    (folder(workspace, "recommendation_scoping") / "answers" / "debriefs.yaml").write_text("written: [\n")
    assert earlier("fraud_false_positives", workspace) is None
