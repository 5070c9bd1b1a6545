"""A table as its seats work at it in notebooks: nothing of others is shown, codes become facts, words are sealed."""

from __future__ import annotations

import io
import json
import zipfile
from html import escape
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from curriculum import open_lesson, open_seat
from curriculum.artifacts import yaml_text
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.course.lesson_plan import load_plan
from curriculum.learner.places import last_lesson
from curriculum.notebook.outline import note_place
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.team_lesson import TeamLesson
from curriculum.notebook.twins import twin
from curriculum.team.deal import Deal, codes_of, make_deal, sayable
from curriculum.team.gathering import gather
from curriculum.team.handing import seat_file
from curriculum.team.sign_off import read_sign_off
from curriculum.widgets.signing import Signing
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
    with pytest.raises(LessonError, match="has 5 letters or digits, and “3P4E” has 4"):
        lesson.heard("3p4-e")
    with pytest.raises(LessonError, match="O, 0 stands in none"):
        lesson.heard("3PO0T")
    mine = codes_of(deal.key("ada"), case, deal.table.plan, deal.table.lead)
    with pytest.raises(LessonError, match="on your own card"):
        lesson.heard(mine[next(iter(own))])
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
            nothing = seat.sign("prd")
            assert nothing.view["state"] == "none" and "ada sends a ZIP file round" in nothing.view["sentence"]
        if name != "ada":
            (folder / "went-round.zip").write_bytes(went_round)
        for kind in lesson._rubric.artifacts:
            widget = seat.sign(kind)
            for question in widget.view["questions"]:
                widget.operate({"op": "say", "says": {question["id"]: "holds"}})
            assert not widget.view["signed"]
            assert "Signed 20" in widget.operate({"op": "sign"})
            assert widget.view["signed"]
        assert len(read_sign_off(folder / "answers").signatures) == len(lesson._rubric.artifacts)
        assert "handed_in" in repr(seat.hand_in()) and "Still open" not in repr(seat.hand_in())
    outcome = gather(deal, [next((folder / "handed_in").glob("*.zip")) for folder in folders.values()])
    assert outcome.report.points == outcome.report.maximum
    assert outcome.first_choices == {name: f"What {name} would do." for name in folders}
    assert not outcome.notes


def test_a_document_that_changes_while_it_is_read_is_shown_anew_before_it_is_signed(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folders = unpack(deal, tmp_path)
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: One text.\n", "utf-8")
    widget = open_seat(folders["ada"]).sign("prd")
    asked = widget.view["questions"][0]["id"]
    assert "One text." in widget.view["page"]
    widget.operate({"op": "say", "says": {asked: "holds"}})
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: Another text.\n", "utf-8")
    widget.operate({"op": "sign"})
    assert widget.view["state"] == "changed" and not widget.view["page"]
    assert not read_sign_off(folders["ada"] / "answers").signatures
    widget.operate({"op": "renew"})
    assert "Another text." in widget.view["page"] and widget.view["said"] == 0, "what was said was of another text"
    assert not widget.operate({"op": "say", "says": {asked: "does_not"}})
    assert "Signed 20" in widget.operate({"op": "sign"})
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: A third text.\n", "utf-8")
    assert "older text" in open_seat(folders["ada"]).sign("prd").view["sentence"]


def test_a_file_that_comes_while_the_page_is_open_is_shown_and_one_without_the_document_is_told(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folders = unpack(deal, tmp_path)
    prd, board = (open_seat(folders["ben"]).sign(kind) for kind in ("prd", "board"))
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: One text.\n", "utf-8")
    assert "Scoping board" not in repr(open_seat(folders["ada"]).hand_round())
    sent = (folders["ada"] / "handed_round" / f"{SLUG}-round.zip").read_bytes()
    (folders["ben"] / "the documents.zip").write_bytes(sent)
    for widget in (prd, board):
        widget.operate({"op": "reread"})
    assert prd.view["state"] == "ask" and "One text." in prd.view["page"]
    assert board.view["state"] == "none" and "not in the file that went round" in board.view["sentence"]
    other = unpack(make_deal(SLUG, NAMES[:3], 11), tmp_path / "other")["ada"]
    (other / "answers" / "prd.yaml").write_text("problem: Not yours.\n", "utf-8")
    open_seat(other).hand_round()
    (folders["ben"] / "wrong.zip").write_bytes((other / "handed_round" / f"{SLUG}-round.zip").read_bytes())
    prd.operate({"op": "reread"})
    assert "wrong.zip belongs to another table" in prd.view["sentence"], "not: there is no document"


def test_nobody_signs_without_having_said_anything(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folder = unpack(deal, tmp_path)["ada"]
    assert "You write in recommendation_scoping.ipynb" in open_seat(folder).sign("prd").view["sentence"]
    (folder / "answers" / "prd.yaml").write_text("problem: One text.\n", "utf-8")
    widget = open_seat(folder).sign("prd")
    assert "Say of one question at least" in widget.operate({"op": "sign"})
    assert not read_sign_off(folder / "answers").signatures


def test_a_page_of_an_older_text_signs_nothing_in_a_new_kernel(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folder = unpack(deal, tmp_path)["ada"]
    (folder / "answers" / "prd.yaml").write_text("problem: One text.\n", "utf-8")
    page = open_seat(folder).sign("prd")
    asked = page.view["questions"][0]["id"]
    sign = {"op": "sign", "sha256": page.view["sha256"], "says": {asked: "holds", "stranger": "holds", "x": []}}
    (folder / "answers" / "prd.yaml").write_text("problem: Another text.\n", "utf-8")
    again = twin(*page.home["make"])
    assert isinstance(again, Signing)
    assert "has changed since" in again.operate(sign)
    assert not read_sign_off(folder / "answers").signatures and again.view["said"] == 0
    assert "Signed 20" in again.operate({**sign, "sha256": again.view["sha256"]})
    signed = read_sign_off(folder / "answers").on("prd")
    assert signed is not None and [word.criterion for word in signed.words] == [asked]


def test_handing_in_says_what_is_still_open(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folders = unpack(deal, tmp_path)
    assert "No documents are here yet" in repr(open_seat(folders["ben"]).hand_in())
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: One text.\n", "utf-8")
    seat = open_seat(folders["ada"])
    told = repr(seat.hand_in())
    assert "Not written: Kick-off page, Scoping board." in told
    assert "Not signed: One-page PRD." in told
    assert "what you would have done" in told
    widget = seat.sign("prd")
    widget.operate({"op": "say", "says": {widget.view["questions"][0]["id"]: "holds"}})
    widget.operate({"op": "sign"})
    assert f"{len(widget.view['questions']) - 1} of {len(widget.view['questions'])} questions left open" in repr(
        seat.hand_in()
    )
    (folders["ada"] / "answers" / "prd.yaml").write_text("problem: Another text.\n", "utf-8")
    assert "Signed on an older text, so it is void: One-page PRD." in repr(seat.hand_in())


@pytest.mark.parametrize("slug", PLAYED)
@pytest.mark.slow
def test_every_cell_of_the_writers_notebook_runs(slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = make_deal(slug, NAMES[:4], 11, secret=bytes(32))
    folder = unpack(deal, tmp_path)["ada"]
    monkeypatch.chdir(folder)
    shell = InteractiveShell()
    for name in (f"{slug}.ipynb", "seat.ipynb"):
        for cell in json.loads((folder / name).read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                with capture_output() as printed:
                    done = shell.run_cell("".join(cell["source"]))
                assert done.success, f"{name}, {cell['id']}: {printed.stdout[-2000:]}"


def test_what_the_lesson_says_of_itself_is_said_of_a_team(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    lesson = open_lesson(SLUG, unpack(deal, tmp_path)["ada"])
    shown = lesson._repr_mimebundle_()["text/markdown"]
    assert "ada writes" in shown and "ben, cho" in shown and "seat.ipynb" in shown
    with capture_output() as printed:
        lesson.check()
    assert "Nothing is written yet" in printed.stdout


def test_a_new_deal_in_the_same_folder_counts_at_once(tmp_path: Path) -> None:
    first, second = (make_deal(SLUG, NAMES[:3], 11) for _ in range(2))
    folder = unpack(first, tmp_path)["ada"]
    open_lesson(SLUG, folder)
    unpack(second, tmp_path)
    codes = codes_of(second.key("ben"), second.table.case, second.table.plan, second.table.seat("ben"))
    lesson = open_lesson(SLUG, folder)
    assert isinstance(lesson, TeamLesson)
    assert "Noted" in repr(lesson.heard(next(iter(codes.values()))))


def test_the_course_does_not_open_with_ones_own_lesson_in_place_of_the_teams(tmp_path: Path) -> None:
    (tmp_path / ".curriculum").mkdir()
    folder = unpack(make_deal(SLUG, NAMES[:3], 11), tmp_path)["ada"]
    note_place(SLUG, folder)
    assert last_lesson(tmp_path) is None
    note_place(SLUG, tmp_path / "beginner" / SLUG)
    assert getattr(last_lesson(tmp_path), "slug", "") == SLUG


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_a_page_whose_kernel_is_gone_gets_its_widgets_back(name: str, tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folders = unpack(deal, tmp_path)
    seat = open_seat(folders[name])
    widgets = [seat.first_choice(), seat.sign("prd")]
    widgets += [open_lesson(SLUG, folders["ada"]).talk()] if name == "ada" else []
    for widget in widgets:
        again = twin(*widget.home["make"])
        assert type(again).__name__ == type(widget).__name__
        assert again.view == widget.view and again.home == widget.home
    names = [widget.home["name"].split("/")[1] for widget in widgets]
    assert names == ["first_choice", "prd", "noted"][: len(widgets)], "under these a browser keeps what is not answered"


def _asked_to_sign(at: Path) -> tuple[Path, Path]:
    """Ada's folder, and in it the document that she is asked to sign."""
    folder = unpack(make_deal(SLUG, NAMES[:3], 11), at)["ada"]
    document = folder / "answers" / "prd.yaml"
    document.write_text("problem: One text.\n", "utf-8")
    return folder, document


def test_what_is_said_and_not_signed_is_there_in_a_new_kernel(tmp_path: Path) -> None:
    folder, _ = _asked_to_sign(tmp_path)
    page = open_seat(folder).sign("prd")
    first, second = (one["id"] for one in page.view["questions"][:2])
    page.operate({"op": "say", "sha256": page.view["sha256"], "says": {first: "holds", second: "does_not"}})
    assert "is kept until you sign" in page.view["sentence"]
    again = open_seat(folder).sign("prd")
    assert {one["id"]: one["says"] for one in again.view["questions"] if one["says"]} == {
        first: "holds",
        second: "does_not",
    }
    assert not again.view["signed"] and not read_sign_off(folder / "answers").signatures, "it is no signature"
    assert "does_not" not in str(handed_in_files(folder)), "and goes to nobody"
    again.operate({"op": "sign"})
    assert not (folder / "answers" / ".unsigned").exists()
    again.operate({"op": "say", "says": {second: ""}})
    taken_back = open_seat(folder).sign("prd")
    assert "earlier signature stands" in taken_back.view["sentence"] and taken_back.view["said"] == 1


def test_what_was_said_of_an_older_text_and_not_signed_is_asked_for_again(tmp_path: Path) -> None:
    folder, document = _asked_to_sign(tmp_path)
    page = open_seat(folder).sign("prd")
    asked = page.view["questions"][0]["id"]
    say = {"op": "say", "sha256": page.view["sha256"], "says": {asked: "holds"}}
    page.operate(say)
    document.write_text("problem: Another text.\n", "utf-8")
    again = open_seat(folder).sign("prd")
    assert again.view["said"] == 0 and "changed since you said what holds" in again.view["sentence"]
    again.operate(say)
    assert again.view["said"] == 0, "a page that shows the older text says nothing of the new one"
    for damaged in ("signatures: {}\n", "[", "signatures: [{document: prd, sha256: x, words: [{criterion: y}]}]\n"):
        (folder / "answers" / ".unsigned" / "prd.yaml").write_text(damaged, "utf-8")
        assert open_seat(folder).sign("prd").view["said"] == 0


def handed_in_files(folder: Path) -> dict[str, bytes]:
    """What is in the file that a seat hands in, by name."""
    open_seat(folder).hand_in()
    with zipfile.ZipFile(next((folder / "handed_in").glob("*.zip"))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_whoever_stands_in_for_somebody_absent_gets_a_card_and_the_writer_sees_nothing_of_it(tmp_path: Path) -> None:
    deal = make_deal(SLUG, NAMES[:3], 11)
    folders, table = unpack(deal, tmp_path), deal.table
    lesson = open_lesson(SLUG, folders["ada"])
    assert isinstance(lesson, TeamLesson)
    theirs = {id for id in sayable(table.case, table.plan, table.seat("cho")) if id in table.case.facts}
    told = lesson.absent("cho")
    assert "stand_in/cho.html" in repr(told)
    labels = sentences(deal, "cho")
    assert labels and not [one for one in labels if one in shown(told) + shown(lesson.talk())], "nobody has asked yet"
    page = (folders["ada"] / "stand_in" / "cho.html").read_text("utf-8")
    assert all(escape(table.case.facts[id].label, quote=False) in page.replace("&#39;", "'") for id in theirs)
    others = set.union(*(sentences(deal, name) for name in ("ada", "ben"))) - labels
    assert not [one for one in others if one in page.casefold()]
    assert deal.key("cho").hex() not in page
    own = codes_of(deal.key("cho"), table.case, table.plan, table.seat("cho"))
    assert not [code for code in own.values() if code in page], "with it, nobody says it in the name of cho"
    code, id = next((code, id) for code, id in table.stand_in.items() if id in theirs)
    assert code in page and table.case.facts[id].label in repr(lesson.heard(code))
    said = lesson.talk().view["said"]
    assert [(one["id"], one["stood_in"]) for one in said] == [(id, True)]
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
