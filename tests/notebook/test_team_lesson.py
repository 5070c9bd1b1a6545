"""A table as its seats work at it in notebooks: nothing of others is shown, codes become facts, words are sealed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from IPython.utils.capture import capture_output

from curriculum import open_lesson, open_seat
from curriculum.artifacts import yaml_text
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.course.lesson_plan import load_plan
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.team_lesson import TeamLesson
from curriculum.team.deal import Deal, codes_of, make_deal, sayable
from curriculum.team.gathering import gather
from curriculum.team.handing import seat_file
from curriculum.team.sign_off import read_sign_off
from tests.helpers.at_table import NAMES

SLUG = "recommendation_scoping"
PLAYED = [entry.slug for entry in load_catalog().lessons if load_plan(entry.slug).team]


def unpack(deal: Deal, root: Path) -> dict[str, Path]:
    """The folder of each seat, as it was dealt."""
    for seat in deal.table.seats:
        with zipfile.ZipFile(io.BytesIO(seat_file(deal, seat))) as packed:
            packed.extractall(root / seat.name)
    return {seat.name: root / seat.name / deal.table.lesson for seat in deal.table.seats}


def shown(thing: Any) -> str:
    """Everything that something shows in a notebook, in one line."""
    if thing is None:
        return ""
    view = str(getattr(thing, "view", ""))
    html = thing.as_html() if hasattr(thing, "as_html") else getattr(thing, "html", "")
    return " ".join(f"{thing!r} {html} {view}".split()).casefold()


def sentences(deal: Deal, seat: str) -> set[str]:
    table = deal.table
    ids = sayable(table.case, table.plan, table.seat(seat))
    return {" ".join(table.case.facts[id].label.split()).casefold() for id in ids if id in table.case.facts}


@pytest.mark.parametrize("slug", PLAYED)
@pytest.mark.slow
def test_no_page_shows_what_another_seat_knows(slug: str, tmp_path: Path) -> None:
    deal = make_deal(slug, NAMES[:4], 11, secret=bytes(32))
    folders = unpack(deal, tmp_path)
    lesson = open_lesson(slug, folders["ada"])
    assert isinstance(lesson, TeamLesson)
    pages = [lesson, lesson.brief(), lesson.talk(), lesson.find_flaws(), lesson.hunt_before(), lesson.did_it_help()]
    pages += [lesson.what_happened_next(), lesson.story()]
    for kind in lesson._rubric.artifacts:
        with capture_output() as printed:
            pages += [lesson.guide(kind), lesson.form(kind), lesson.hint(kind), lesson.exemplar(kind)]
            lesson.check(kind)
            pages.append(lesson.document(kind))
        pages.append(printed.stdout)
        assert lesson.points(kind) == 0.0
    told = " ".join(map(shown, pages))
    others = set.union(*(sentences(deal, name) for name in NAMES[1:4])) - sentences(deal, "ada")
    assert not [one for one in others if one in told]
    for name in NAMES[1:4]:
        seat = open_seat(folders[name])
        told = " ".join(map(shown, (seat, seat.card(), seat.brief(), seat.first_choice())))
        mine = sentences(deal, name)
        assert all(one in told for one in mine)
        theirs = set.union(*(sentences(deal, one) for one in NAMES[:4] if one != name)) - mine
        assert not [one for one in theirs if one in told]


def test_a_session_from_the_cards_to_the_debrief(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folders, case = unpack(deal, tmp_path), deal.table.case
    lesson = open_lesson(SLUG, folders["ada"])
    assert isinstance(lesson, TeamLesson)
    notes = lesson.talk()
    own = {one["id"] for one in notes.view["own"]}
    assert own == {id for id in sayable(case, deal.table.plan, deal.table.lead) if id in case.facts}

    with pytest.raises(LessonError, match="Nobody at this table"):
        lesson.heard("AAAAA")
    with pytest.raises(LessonError, match="has 5 letters"):
        lesson.heard("AAA")
    for name in ("ben", "cho"):
        for id, code in codes_of(deal.key(name), case, deal.table.plan, deal.table.seat(name)).items():
            assert case.facts[id].label in repr(lesson.heard(code.lower()))
    with pytest.raises(LessonError, match="noted already"):
        lesson.heard(code)

    files = load_exemplar(case, variants(SLUG)[0])
    for kind in lesson._rubric.artifacts:
        (folders["ada"] / "answers" / f"{kind}.yaml").write_text(yaml_text.dump(files[kind]), "utf-8")
    with capture_output() as printed:
        lesson.check()
    assert "handed_round" in printed.stdout
    assert "come with the review" in repr(lesson.points("prd"))
    went_round = (folders["ada"] / "handed_round" / f"{SLUG}-round.zip").read_bytes()

    for name, folder in folders.items():
        seat = open_seat(folder)
        form = seat.first_choice()
        form.operate({"op": "set", "path": ["choice"], "value": f"What {name} would do."})
        if name == "ben":
            assert seat.sign("prd").view["state"] == "nothing"
        if name != "ada":
            (folder / "went-round.zip").write_bytes(went_round)
        for kind in lesson._rubric.artifacts:
            with capture_output():
                widget = seat.sign(kind)
            for question in widget.view["questions"]:
                widget.operate({"op": "say", "id": question["id"], "says": "holds"})
            assert not widget.view["signed"]
            assert "Signed 20" in widget.operate({"op": "sign"})
            assert widget.view["signed"]
        assert len(read_sign_off(folder / "answers").signatures) == len(lesson._rubric.artifacts)
        assert "handed_in" in repr(seat.hand_in())
    outcome = gather(deal, [next((folder / "handed_in").glob("*.zip")) for folder in folders.values()])
    assert outcome.report.points == outcome.report.maximum
    assert outcome.first_choices == {name: f"What {name} would do." for name in folders}
    assert not outcome.notes


def test_a_document_that_changes_while_it_is_read_is_not_signed(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folders = unpack(deal, tmp_path)
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: One text.\n", "utf-8")
    with capture_output():
        widget = open_seat(folders["ada"]).sign("prd")
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: Another text.\n", "utf-8")
    widget.operate({"op": "sign"})
    assert widget.view["state"] == "changed"
    assert not read_sign_off(folders["ada"] / "answers").signatures


def test_somebody_who_is_absent_lays_their_facts_on_the_table(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folders, table = unpack(deal, tmp_path), deal.table
    lesson = open_lesson(SLUG, folders["ada"])
    assert isinstance(lesson, TeamLesson)
    theirs = {id for id in sayable(table.case, table.plan, table.seat("cho")) if id in table.case.facts}
    before = {one["id"] for one in lesson.talk().view["released"]}
    assert not before & theirs
    lesson.absent("cho")
    assert {one["id"] for one in lesson.talk().view["released"]} == theirs
    with pytest.raises(LessonError, match="no such seat"):
        lesson.absent("ada")


def test_a_folder_of_no_seat_says_what_to_open(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="belongs to no seat"):
        open_seat(tmp_path)
    deal = make_deal(SLUG, NAMES[:3], 11)
    folder = unpack(deal, tmp_path)["ben"]
    (folder / "seat.json").write_text("{}", "utf-8")
    with pytest.raises(LessonError, match="damaged"):
        open_seat(folder)
    (folder / "team.json").write_text("[", "utf-8")
    with pytest.raises(LessonError, match="damaged"):
        open_lesson(SLUG, folder)
