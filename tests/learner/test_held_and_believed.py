"""What nobody could check and what waits for a person: said everywhere, signed by nobody, in the portfolio or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum import open_lesson
from curriculum.artifacts.looked_at import LookedAt
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.artifacts.star import Star
from curriculum.cases import load_case
from curriculum.cohort.judging import _beside
from curriculum.course.fixtures import load_exemplar, write_files
from curriculum.learner.checking import check_folder
from curriculum.learner.portfolio import as_markdown, chapters
from curriculum.learner.variant import write_stated
from curriculum.pages.reporting import report_html, report_text, review
from curriculum.widgets.form_data import KEY
from graders import load_rubric
from tests.helpers.stories import PERSONAL

SLUG = "interview_basics"
CASE = load_case(SLUG, 3)
LABEL = "Complete; nothing here could be checked."


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "beginner" / SLUG / "answers"
    folder.mkdir(parents=True)
    write_stated(folder, CASE)
    return folder


def told(workspace: Path) -> str:
    return as_markdown(list(chapters(workspace)))


def test_a_personal_story_carries_its_label_in_report_portfolio_and_cohort(tmp_path: Path, answers: Path) -> None:
    write_artifact(answers / "star.yaml", Star.model_validate(PERSONAL))
    report = check_folder(load_rubric(SLUG), CASE, answers)
    star = report.of("star")
    assert star.label == LABEL
    assert report.as_json()["artifacts"][0]["label"] == LABEL
    assert not any(sign_off.signed for sign_off in star.sign_offs)
    shown = review(star, CASE)
    assert shown["headline"].startswith(LABEL)
    assert all(who["words"] == "knows nothing of it, and signs nothing" for who in shown["sign_offs"])
    for text in (report_text(report, CASE), report_html(report, CASE)):
        assert LABEL in text
        assert "Everybody signs off" not in text
    assert list(_beside(report)) == [f"STAR answer: {LABEL}"]
    portfolio = told(tmp_path)
    assert f"*{LABEL}*" in portfolio
    assert "signs off" not in portfolio
    assert "points" not in portfolio


def test_what_is_missing_in_a_personal_story_keeps_it_from_being_complete(answers: Path) -> None:
    write_artifact(answers / "star.yaml", Star.model_validate({**PERSONAL, "change": -21}))
    star = check_folder(load_rubric(SLUG), CASE, answers).of("star")
    assert star.label == "Not complete yet; nothing here can be checked."


def test_a_held_story_is_signed_by_nobody_and_stays_out_until_somebody_has_looked(
    tmp_path: Path, answers: Path
) -> None:
    write_files(load_exemplar(CASE, "in_prose"), answers)
    star = check_folder(load_rubric(SLUG), CASE, answers).of("star")
    assert star.held is not None
    assert star.points == star.maximum
    assert not any(sign_off.signed for sign_off in star.sign_offs)
    assert review(star, CASE)["headline"].startswith("This waits for a person")
    assert "### STAR answer\n\n*Not shown yet.*" in told(tmp_path)
    assert "Product manager of search" not in told(tmp_path)

    lesson = open_lesson(SLUG, answers.parent)
    form = lesson.looked_at("star")
    key = form.view["data"]["looks"][0][KEY]
    for field, value in (("who", "Amina, my mentor"), ("on", "2026-05-03"), ("said", "You told it after the example")):
        form._handle_custom_msg({"op": "set", "path": ["looks", key, field], "value": value}, [])
    assert read_artifact(answers / "looked_at.yaml", LookedAt).artifact.looks[0].is_done()
    report = check_folder(load_rubric(SLUG), CASE, answers)
    assert report.of("star").held is None
    assert any("Amina, my mentor looked at it on 2026-05-03, as the learner says" in note for note in report.notes)
    assert "Product manager of search" in told(tmp_path)
    assert "Amina, my mentor looked at it" in told(tmp_path)

    data = load_exemplar(CASE, "in_prose")["star"] | {"task": "Both camps had to agree, and I led neither of them."}
    write_artifact(answers / "star.yaml", Star.model_validate(data))
    assert check_folder(load_rubric(SLUG), CASE, answers).of("star").held is not None


def test_what_reads_like_nothing_that_one_says_is_held_too(answers: Path) -> None:
    data = {**PERSONAL, "action": "We worked hard and it went well. " * 30}
    write_artifact(answers / "star.yaml", Star.model_validate(data))
    report = check_folder(load_rubric(SLUG), CASE, answers)
    assert report.of("star").held is not None
    assert "held for a person" in " ".join(_beside(report))
    assert "Yours:" in report_text(report, CASE)
