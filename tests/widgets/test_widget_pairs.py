"""Pairs of answers: one click on a sentence says which answer is stronger and which sentence decides it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.contrast import Contrast
from curriculum.artifacts.reading import read_artifact
from curriculum.cases import load_case
from curriculum.widgets.pairs import PairsWidget
from graders import load_rubric
from graders.grade import Submission, grade

CASE = load_case("interview_basics", 4)


def widget(folder: Path) -> PairsWidget:
    return PairsWidget(CASE, folder / "contrast.yaml")


def click(shown: PairsWidget, **operation: Any) -> None:
    shown._handle_custom_msg(operation, [])


def saved(folder: Path) -> Contrast:
    return read_artifact(folder / "contrast.yaml", Contrast).artifact


def test_the_right_sentences_earn_all_points(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    for id, pair in reversed(CASE.truth.pairs.items()):
        click(shown, op="mark", pair=id, span=pair.spans[0])
    report = grade(load_rubric("interview_basics"), CASE, Submission({"contrast": saved(tmp_path)})).of("contrast")
    assert report.points == report.maximum
    assert [one.pair for one in saved(tmp_path).preferences] == list(CASE.truth.pairs)
    assert shown.view["judged"] == 7
    assert shown.as_text().count("this decides it") == 7


def test_another_sentence_replaces_the_first_and_a_second_click_takes_it_back(tmp_path: Path) -> None:
    shown = widget(tmp_path)
    id, pair = next(iter(CASE.truth.pairs.items()))
    click(shown, op="mark", pair=id, span=f"{id}_a1")
    assert saved(tmp_path).preferences[0].stronger == "b"
    click(shown, op="mark", pair=id, span=f"{id}_b2")
    assert [(one.stronger, one.span) for one in saved(tmp_path).preferences] == [("a", f"{id}_b2")]
    click(shown, op="clear", pair=id)
    assert saved(tmp_path).preferences == ()
    assert pair.contrast.question in shown.as_html()


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "mark"},
        {"op": "mark", "pair": "nobody", "span": "x"},
        {"op": "mark", "pair": next(iter(CASE.truth.pairs)), "span": "nobody_a1"},
        {"op": "mark", "pair": next(iter(CASE.truth.pairs)), "span": 5},
        {"op": "mark", "pair": ["x"], "span": "x"},
        {"op": "dance", "pair": next(iter(CASE.truth.pairs))},
    ],
)
def test_what_does_not_fit_changes_nothing_and_is_said(tmp_path: Path, operation: dict[str, Any]) -> None:
    shown = widget(tmp_path)
    click(shown, **operation)
    assert shown.view["notice"]
    assert not (tmp_path / "contrast.yaml").exists()


def test_a_file_that_cannot_be_read_is_told_and_left(tmp_path: Path) -> None:
    (tmp_path / "contrast.yaml").write_text("- no\n")
    shown = widget(tmp_path)
    assert shown.view["trouble"]
    click(shown, op="clear", pair=next(iter(CASE.truth.pairs)))
    assert (tmp_path / "contrast.yaml").read_text() == "- no\n"
