"""Hunts before a lesson, after it and a month later: other worlds, once each, evened out, told only with reason."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from math import comb
from pathlib import Path

import numpy as np
import pytest

from curriculum import open_lesson
from curriculum.course.fixtures import NearMiss, load_exemplar, write_files
from curriculum.course.parallel_hunts import MOMENTS, hunt_form, size, worlds_for
from curriculum.learner import hunts
from curriculum.learner.advice import advise
from curriculum.learner.progress import Progress
from curriculum.notebook.lesson import Lesson
from curriculum.pages.gain import HuntResult, LessonHunts, gain, gain_page
from curriculum.support.exact import gain_interval
from curriculum.widgets.hunt import HuntWidget

SLUG = "recommendation_scoping"


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lesson:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / ".curriculum").mkdir()
    folder = tmp_path / "beginner" / SLUG
    folder.mkdir(parents=True)
    return open_lesson(SLUG, folder)


def progress(lesson: Lesson) -> Progress:
    assert lesson._progress is not None
    return lesson._progress


def give(widget: HuntWidget, right: int) -> None:
    """Tick so many that are true and the rest that are not, and hand it in."""
    form = hunt_form(SLUG, widget_world(widget))
    wrong = [id for id in form.draft.options if id not in form.planted]
    for id in [*sorted(form.planted)[:right], *wrong[: len(form.planted) - right]]:
        widget.operate({"op": "tick", "statement": id, "on": True})
    widget.operate({"op": "hand_in"})


def widget_world(widget: HuntWidget) -> int:
    return next(world for world in range(64) if hunt_form(SLUG, world).draft.options == widget._options)


def write_and_check(lesson: Lesson) -> None:
    write_files(load_exemplar(lesson._case, "shoppers_first"), lesson._files.answers)
    lesson.check("prd")


def test_worlds_differ_and_are_never_ones_own() -> None:
    for own in range(64):
        worlds = worlds_for(SLUG, own)
        assert tuple(worlds) == MOMENTS
        assert len({own, *worlds.values()}) == 4
    assert len({worlds_for(SLUG, own)["before"] for own in range(64)}) > 30


@pytest.mark.slow
def test_before_is_told_only_beside_after(lesson: Lesson) -> None:
    before = lesson.hunt_before()
    assert "earns a third" in lesson.did_it_help().text
    give(before, 1)
    assert before.view["handed"]
    said = lesson.hunt_before().text
    assert said.startswith("Handed in on ")
    assert "1" not in said.split(". ", 1)[1], "no answer and no count before the lesson is over"
    assert hunts.lesson_hunts(progress(lesson)) == ()
    write_and_check(lesson)
    give(lesson.did_it_help(), 4)
    (found,) = hunts.lesson_hunts(progress(lesson))
    assert [(one.moment, one.found, one.of) for one in found.results.values()] == [("before", 1, 4), ("after", 4, 4)]
    told = lesson.did_it_help()
    assert "a last hunt here shows what has stayed" in told.text


def test_it_counts_once_and_takes_as_many_ticks_as_there_are_flaws(lesson: Lesson) -> None:
    widget = lesson.hunt_before()
    ids = list(widget._options)
    for id in ids[:5]:
        widget.operate({"op": "tick", "statement": id, "on": True})
    assert (widget.view["ticked"], "Take one back" in widget.view["notice"]) == (4, True)
    widget.operate({"op": "tick", "statement": ids[0], "on": False})
    widget.operate({"op": "hand_in"})
    assert not widget.view["handed"], "three are not four"
    widget.operate({"op": "tick", "statement": ids[4], "on": True})
    widget.operate({"op": "hand_in"})
    widget.operate({"op": "tick", "statement": ids[4], "on": False})
    assert progress(lesson).hunts()[0].ticked == tuple(ids[1:5])
    progress(lesson).hand_in(SLUG, "before", 0, ("another",))
    assert [one.ticked for one in progress(lesson).hunts()] == [tuple(ids[1:5])]


def test_who_has_begun_is_not_asked_what_they_saw_before(lesson: Lesson) -> None:
    write_and_check(lesson)
    assert "before the lesson" in lesson.hunt_before().text
    assert not isinstance(lesson.hunt_before(), HuntWidget)


@pytest.mark.slow
def test_the_last_hunt_waits_for_a_month(lesson: Lesson) -> None:
    write_and_check(lesson)
    give(lesson.did_it_help(), 2)
    assert hunts.due(progress(lesson)) == ()
    assert hunts.due(progress(lesson), dt.datetime.now(dt.UTC) + dt.timedelta(days=31)) == (SLUG,)
    workspace = lesson._files.workspace
    assert workspace is not None
    long_ago = (dt.datetime.now(dt.UTC) - dt.timedelta(days=31)).isoformat()
    with sqlite3.connect(progress(lesson).path) as db:
        db.execute("update hunts set at = ?", (long_ago,))
    first = advise(workspace)[0]
    assert (first.what, first.lesson) == ("due", SLUG)
    give(lesson.did_it_help(), 3)
    assert "due" not in [one.what for one in advise(workspace)]
    assert [one.moment for one in progress(lesson).hunts()] == ["after", "later"]
    assert hunts.due(progress(lesson)) == ()


def test_an_interval_is_exact_and_covers() -> None:
    """Over all outcomes, weighted by their chance, the true gain lies inside in at least 95 of 100 cases."""
    for n, m in ((3, 3), (4, 4), (7, 6)):
        bounds = {(x, y): gain_interval(x, n, y, m) for x in range(n + 1) for y in range(m + 1)}
        for p, q in itertools.product((0.05, 0.3, 0.5, 0.62, 0.9), repeat=2):
            covered = sum(
                comb(n, x) * p**x * (1 - p) ** (n - x) * comb(m, y) * q**y * (1 - q) ** (m - y)
                for (x, y), (low, high) in bounds.items()
                if low <= q - p <= high
            )
            assert covered >= 0.95, (n, m, p, q)
    low, high = gain_interval(1, 4, 3, 4)
    assert np.allclose((-high, -low), gain_interval(3, 4, 1, 4)), "a loss is a gain seen from the other side"
    with pytest.raises(ValueError, match="are no counts"):
        gain_interval(5, 4, 1, 4)


def test_a_small_change_is_not_told_from_chance_and_a_large_one_is() -> None:
    def lessons(before: int, after: int, easier: float = 0.0) -> list[LessonHunts]:
        results = (HuntResult("before", before, 4, 0.7), HuntResult("after", after, 4, 0.7 + easier))
        return [LessonHunts("One", {one.moment: one for one in results})]

    assert "cannot be told from chance yet" in gain_page(lessons(2, 3)).text
    found = gain(lessons(0, 4))
    assert found is not None
    assert found.told_from_chance
    assert "of ten flaws, 10.0 more than before" in found.sentence
    evened = gain(lessons(0, 4, easier=0.3))
    assert evened is not None
    assert not evened.told_from_chance, "much of it is the easier world"
    assert gain([LessonHunts("One", {"after": HuntResult("after", 4, 4, 0.7)})]) is None


def test_an_error_that_is_smaller_is_found_by_fewer() -> None:
    patch = [{"op": "replace", "path": "/a/0", "value": 98}]
    base = {
        "id": "x",
        "from": "y",
        "artifact": "prd",
        "fails": ["c"],
        "flaw": "Something is off.",
        "tempting": "Near enough.",
    }
    assert size(NearMiss.model_validate({**base, "patch": patch}), {"a": [100]}) == pytest.approx(0.02)
    words = [{"op": "replace", "path": "/a", "value": "TBD"}]
    assert size(NearMiss.model_validate({**base, "patch": words}), {"a": "x"}) == 1.0
    shares = [hunt_form(SLUG, world).found_by_readers for world in range(12)]
    assert 0.4 < min(shares) < max(shares) < 1.0, "worlds differ, and nobody finds all by guessing"
