"""The learner's own reading of their texts: what waits, what is read, and that new words are unread again."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum import open_lesson
from curriculum.artifacts.ask import Ask
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.artifacts.self_review import QUESTIONS, ReadText, SelfReview
from curriculum.artifacts.star import Star
from curriculum.cases import load_case
from curriculum.learner.self_review import prepare, read_ids, with_texts
from curriculum.pages.page import Page
from curriculum.widgets.form import Form
from curriculum.words.unread import by_artifact, unread

ASK = Ask(ask="Will you move the stand-up to ten?", decider="tomas")
STAR = Star(task="I had to find a day on which both could come.", actions=({"what": "Asked both"},))


def test_prose_is_unread_until_its_three_questions_are_answered(tmp_path: Path) -> None:
    path = tmp_path / "self_review.yaml"
    texts = unread({"ask": ASK, "star": STAR})
    assert by_artifact(texts) == {
        "ask": {"ask": ASK.ask}, "star": {"task": STAR.task, "actions[1].what": "Asked both"}
    }  # fmt: skip
    prepare(path, texts)
    review = read_artifact(path, SelfReview).artifact
    assert [entry.text for entry in review.readings] == [text.id for text in texts]
    assert read_ids(path) == frozenset()
    done = ReadText(text=texts[0].id, understood="yes", particular="partly", answers="not_yet")
    write_artifact(path, SelfReview(readings=(done, *review.readings[1:])))
    assert read_ids(path) == {texts[0].id}
    assert len(unread({"ask": ASK, "star": STAR}, read_ids(path))) == 2


def test_words_that_were_written_anew_are_unread_again_and_other_readings_stay(tmp_path: Path) -> None:
    path = tmp_path / "self_review.yaml"
    answered = [
        ReadText(text=text.id, understood="yes", particular="yes", answers="yes")
        for text in unread({"ask": ASK, "star": STAR})
    ]
    write_artifact(path, SelfReview(readings=tuple(answered)))
    later = Ask(ask="Will you move the stand-up to eleven?")
    prepare(path, unread({"ask": later}))
    kept = read_artifact(path, SelfReview).artifact.readings
    assert [entry.text for entry in kept] == [*(one.text for one in answered[1:]), unread({"ask": later})[0].id]
    assert len(unread({"ask": later, "star": STAR}, read_ids(path))) == 1


def test_the_notebook_shows_the_texts_with_the_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lesson = open_lesson("welcome", tmp_path)
    assert isinstance(lesson.read_yourself("ask"), Page)
    write_artifact(tmp_path / "answers" / "ask.yaml", ASK)
    form = lesson.read_yourself("ask")
    assert isinstance(form, Form)
    [shown] = form.view["options"]["texts"]
    assert (shown["label"], shown["note"]) == (ASK.ask, "Your ask, in one sentence")
    assert all(question in str(form.view["spec"]) for question in QUESTIONS)


def test_texts_are_entries_of_the_case_for_the_form_alone() -> None:
    case = load_case("welcome", 1)
    texts = unread({"ask": ASK})
    assert with_texts(case, texts).registry.label("texts", texts[0].id) == ASK.ask
    assert not case.registry.entries("texts")
