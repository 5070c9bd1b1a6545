"""Reviews without a browser: order, words, evidence, hints, every status, as text and as HTML."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from curriculum.pages.reporting import number, report_html, report_text, review
from curriculum.support.printable import printable
from curriculum.widgets.review import Review
from graders.grade import grade_folder
from graders.report import ArtifactReport, Held, UnreadText
from graders.rubric import Objections, Rubric, objection
from tests.helpers.trial_review import BROKEN, EVIL, RIGHT, RUBRIC, WEAK, Note, report, with_a_broken_check
from tests.helpers.trial_talk import CASE


def test_a_review_is_plain_json_with_the_essential_first(tmp_path: Path) -> None:
    shown = review(report(tmp_path, WEAK), CASE)
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    assert [finding["id"] for finding in shown["findings"]] == [
        "the_timeout_leaves_room",
        "the_ask_is_a_question",
        "the_reach_is_true",
        "the_consent_is_named",
    ]
    assert shown["findings"][0]["kind_words"] == "Essential" and shown["findings"][0]["who"]["name"] == "Wei Zhang"
    assert shown["findings"][0]["evidence"]["columns"] == ["variant", "p95 ms", "requests"]
    assert shown["findings"][0]["evidence"]["rows"][1] == ["deep", "640.5", "17,950"]


def test_an_open_gate_says_how_many_points_count_at_most(tmp_path: Path) -> None:
    text = "ask: May we remind those with consent?\nteams: 1240\n"
    shown = review(report(tmp_path, text), CASE)
    assert (shown["points"], shown["headline"]) == ("5", "2 of 3 people sign off.")
    assert "at most 5 of 10 points count" in shown["advice"]


def test_a_check_that_fails_itself_is_nobodys_request_for_changes(tmp_path: Path) -> None:
    shown = review(with_a_broken_check(tmp_path, RIGHT), CASE)
    assert [finding["id"] for finding in shown["broken"]] == ["the_check_that_fails"]
    assert shown["findings"] == [] and shown["points"] == "13"
    words = {sign_off["id"]: sign_off["words"] for sign_off in shown["sign_offs"]}
    assert words == {"wei": "signs off", "aisha": "signs off", "maya": "could not check everything"}


def test_a_file_that_cannot_be_read_names_places(tmp_path: Path) -> None:
    shown = review(report(tmp_path, BROKEN), CASE)
    assert [problem["place"] for problem in shown["problems"]] == ["line 1, ask", "line 2, timeout", "line 3, colour"]
    assert "Mend these places in answers/note.yaml" in shown["advice"]


def test_who_has_not_begun_is_told_how_and_what_will_be_asked(tmp_path: Path) -> None:
    widget = Review(report(tmp_path, None), CASE, RUBRIC)
    assert "answers/note.yaml" in widget.view["advice"] and widget.view["headline"] == "Nothing is written yet."
    assert [asked["who"]["id"] for asked in widget.view["asked"]] == ["wei", "maya", "aisha", "maya", "aisha"]
    assert Review(report(tmp_path, WEAK), CASE, RUBRIC).view["asked"] == []


def test_hints_open_in_order_are_told_and_stay_open(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    reviewed = report(tmp_path, WEAK)
    widget = Review(reviewed, CASE, RUBRIC, on_hint=lambda *args: told.append(args))
    assert all(finding["shown_hints"] == [] for finding in widget.view["findings"])
    for shown in (0, 0, 1, 2, 3, "x"):  # the second 0 is a click that came twice
        widget._handle_custom_msg({"op": "hint", "criterion": "the_timeout_leaves_room", "shown": shown}, [])
    widget._handle_custom_msg({"op": "hint", "criterion": "nothing", "shown": 0}, [])
    assert told == [("the_timeout_leaves_room", number) for number in (1, 2, 3)]
    assert widget.view["findings"][0]["shown_hints"][2] == "It must be above 640 ms."
    again = Review(reviewed, CASE, RUBRIC, opened={"the_timeout_leaves_room": 2})
    assert len(again.view["findings"][0]["shown_hints"]) == 2


def test_the_text_says_everything_within_100_columns(tmp_path: Path) -> None:
    text = report_text(report(tmp_path, WEAK), CASE)
    assert max(map(len, text.splitlines())) <= 100
    for words in (
        "1 of 10 points",
        "Nobody signs off yet.",
        "Wei Zhang, ML engineer         asks for changes (0 of 1)",
        "1. Essential · Wei Zhang, ML engineer · 4 points",
        "Found:    The timeout is 300 ms; the deep variant needs more.",
        "deep      640.5    17,950",
        "1 thing is right:",
    ):
        assert words in text


def test_a_whole_report_adds_the_total(tmp_path: Path) -> None:
    report(tmp_path, RIGHT)
    whole = grade_folder(RUBRIC, CASE, tmp_path)
    assert report_text(whole, CASE).endswith("Together: 10 of 10 points")
    assert "Everybody signs off." in report_html(whole, CASE)


def test_wide_rows_are_wrapped_and_many_are_cut_and_said_so(tmp_path: Path) -> None:
    rubric = Rubric("trial", artifacts={"note": Note})

    @rubric.criterion(points=1, voice="nobody_known", skill="ask", hints=())
    def rows(note: Note) -> Objections:
        """Many rows decide."""
        yield objection("ask", "Fifty.", "none", *({f"column {i}": "x" * 60 for i in range(6)} for _ in range(50)))

    reviewed = report(tmp_path, WEAK, rubric)
    text = report_text(reviewed, CASE)
    assert max(map(len, text.splitlines())) <= 100 and "and 10 more" in text and "nobody_known" in text
    assert "…" not in text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "3"),
        (18400, "18,400"),
        (np.int64(7), "7"),
        (0.12345, "0.1235"),
        (12.0, "12"),
        (1234.56, "1234.6"),
        (1e9, "1,000,000,000"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (True, "yes"),
        (None, ""),
    ],
)
def test_numbers_read_well(value: object, words: str) -> None:
    from graders.report import plain

    assert number(plain(value)) == words


def test_text_of_a_learner_can_neither_repaint_a_terminal_nor_run(tmp_path: Path) -> None:
    reviewed = report(tmp_path, EVIL)
    assert "\x1b" not in report_text(reviewed, CASE)
    assert "<img" not in report_html(reviewed, CASE) and "&lt;img" in report_html(reviewed, CASE)
    assert printable("a\x1b[2Jb\x9bc\u202ed") == "a [2Jb c d"


def test_a_review_shows_itself_without_a_front_end(tmp_path: Path) -> None:
    data, _ = Review(report(tmp_path, WEAK), CASE, RUBRIC)._repr_mimebundle_()
    assert data["text/plain"].startswith("Launch note") and data["text/html"].startswith("<p><strong>Launch note")
    assert "<h1" not in data["text/html"]


def with_readers(folder: Path, text: str, held: Held | None = None) -> ArtifactReport:
    """A right answer with two texts that nobody has read."""
    texts = (UnreadText("ask", "Ask", 6), UnreadText("reasons[1].why", "Why", 14))
    return replace(report(folder, text), unread=texts, held=held)


def test_nobody_signs_off_words_that_nobody_read(tmp_path: Path) -> None:
    shown = report_text(with_readers(tmp_path, RIGHT), CASE)
    assert "Signed off on what can be checked; 2 texts unread." in shown
    assert "Everybody signs off" not in shown
    assert "Nobody has read: Ask, Why." in shown
    assert "Nobody has read: Ask, Why." in report_html(with_readers(tmp_path, RIGHT), CASE)


def test_what_is_held_is_shown_with_both_passages_and_escaped(tmp_path: Path) -> None:
    held = Held("note", "A person looks.", "May <b>we</b> remind?", "May we remind?", "the example one")
    reviewed = with_readers(tmp_path, RIGHT, held)
    text, page = report_text(reviewed, CASE), report_html(reviewed, CASE)
    assert "This waits for a person" in text
    assert "May <b>we</b> remind?" in text
    assert "May &lt;b&gt;we&lt;/b&gt; remind?" in page
    assert (reviewed.points, reviewed.maximum) == (10, 10), "no points are lost"
