"""Two people, two kernels, or a form and an editor write in one file at once: nothing is lost, and both are told."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.artifacts.board import Board
from curriculum.artifacts.debriefs import Debriefs
from curriculum.artifacts.lanes import LanesDocument
from curriculum.artifacts.merging import alike
from curriculum.artifacts.raci import Raci
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.course.debriefs import Debrief
from curriculum.widgets.board import BoardWidget
from curriculum.widgets.debrief import DebriefWidget
from curriculum.widgets.file_widget import FileWidget
from curriculum.widgets.form import Form
from curriculum.widgets.grid import Grid
from curriculum.widgets.lanes import Lanes
from tests.helpers.form_trial import Metric, Page
from tests.helpers.lanes_trial import Roadmap, lanes_case
from tests.helpers.scoping_trial import raci_case, scoping_case

CASE = scoping_case()
ADA, BO = "ada", "bo"
"""Two browsers."""


def do(widget: FileWidget[Any], op: str, writer: str = ADA, **fields: Any) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    widget.send = lambda content, buffers=None: answers.append(content)  # type: ignore[method-assign]
    if "path" in fields:
        fields["path"] = fields["path"].split("/")
    widget._handle_custom_msg({"op": op, "writer": writer, **fields}, [])
    return answers


def put(form: Form, path: str, value: Any, *begun: Any, writer: str = ADA) -> list[dict[str, Any]]:
    return do(form, "set", writer, path=path, value=value, **{"from": list(begun)})


def saved(form: Form) -> Page:
    return read_artifact(form.path, Page).artifact


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return Form(CASE, Page, tmp_path / "answers" / "page.yaml")


@pytest.fixture
def other(form: Form) -> Form:
    """The same file in another kernel."""
    return Form(CASE, Page, form.path)


def aside(widget: FileWidget[Any]) -> list[tuple[str, str, str]]:
    return [(one["label"], one["words"], one["by"]) for one in widget.view["aside"]]


def test_the_second_of_two_sees_both_and_overwrites_nothing(form: Form, other: Form) -> None:
    put(form, "problem", "theirs", "")
    (answer,) = put(other, "problem", "mine", "", writer=BO)
    assert saved(form).problem == "theirs" and other.view["data"]["problem"] == "theirs"
    assert aside(other) == [("Problem", "mine", BO)]
    assert answer["aside"] == other.view["aside"][0]["id"]
    assert "Both versions are kept" in answer["say"]


def test_both_outlive_the_kernel_and_never_enter_the_artifact(form: Form) -> None:
    put(form, "problem", "theirs", "")
    put(form, "problem", "mine", "", writer=BO)
    again = Form(CASE, Page, form.path)
    assert aside(again) == [("Problem", "mine", BO)] and again.view["data"]["problem"] == "theirs"
    assert "mine" not in form.path.read_text()
    assert [path.name for path in form.path.parent.glob("*.yaml")] == ["page.yaml"], "what grading reads"


@pytest.mark.parametrize(
    ("take", "stands"), [("mine", "mine"), ("theirs", "theirs"), ("both", "theirs\n\nmine")], ids=str
)
def test_one_of_them_decides(form: Form, take: str, stands: str) -> None:
    put(form, "problem", "theirs", "")
    put(form, "problem", "mine", "", writer=BO)
    (one,) = form.view["aside"]
    do(form, "settle", BO, id=one["id"], take=take, **{"from": one["from"]})
    assert saved(form).problem == stands and form.view["aside"] == []
    assert not (form.path.parent / ".aside").exists()
    do(form, "undo", BO)
    assert saved(form).problem == "theirs"


def test_who_decides_on_what_was_changed_again_overwrites_nothing(form: Form, other: Form) -> None:
    put(form, "problem", "theirs", "")
    put(form, "problem", "mine", "", writer=BO)
    (one,) = form.view["aside"]
    put(other, "problem", "theirs, longer", "theirs")
    do(form, "settle", BO, id=one["id"], take="mine", **{"from": one["from"]})
    assert saved(form).problem == "theirs, longer" and aside(form) == [("Problem", "mine", BO)]
    do(form, "settle", BO, id=one["id"], take="mine", **{"from": form.view["aside"][0]["from"]})
    assert saved(form).problem == "mine" and aside(form) == []


def test_a_version_is_decided_once(form: Form) -> None:
    put(form, "problem", "theirs", "")
    put(form, "problem", "mine", "", writer=BO)
    (one,) = form.view["aside"]
    for _ in range(2):
        do(form, "settle", BO, id=one["id"], take="theirs")
    assert "decided already" in form.view["notice"]


def test_who_writes_on_has_one_version_and_not_many(form: Form) -> None:
    put(form, "problem", "theirs", "")
    put(form, "problem", "mi", "", writer=BO)
    put(form, "problem", "mine", "", "mi", writer=BO)
    assert aside(form) == [("Problem", "mine", BO)]
    do(form, "reword", BO, id=form.view["aside"][0]["id"], value="mine, and more")
    put(form, "problem", "hers", "", writer="cy")
    assert aside(form) == [("Problem", "mine, and more", BO), ("Problem", "hers", "cy")]


def test_a_version_that_the_file_has_by_now_is_no_second_one(form: Form) -> None:
    put(form, "problem", "theirs", "")
    put(form, "problem", "mine", "", writer=BO)
    put(form, "problem", "mine ", "theirs")
    assert aside(form) == []


QUICK: Sequence[tuple[str, Sequence[Any]]] = (
    ("problem", ["E", "Em", "Empty ", "Empty", "Empty\r\nrows\r\n", "", "Empty"]),
    ("launch", ["2026-05-18", "", "2026-05-19"]),
    ("contract/timeout", ["1", " 180 ", "3.50", "1e2", "", 7]),
    ("questions", [["Who pays?", ""], ["Who pays?"], [], ["Who? ", "When?"]]),
    ("approved", [True, None, False]),
    ("level", ["one market", "", "two markets"]),
)


@pytest.mark.parametrize(("path", "values"), QUICK, ids=[path for path, _ in QUICK])
@pytest.mark.parametrize("seen", [True, False], ids=["answered", "in flight"])
def test_who_writes_alone_never_meets_herself(form: Form, path: str, values: Sequence[Any], seen: bool) -> None:
    """A page says what it was shown, or what it sent since and no answer has come yet."""

    def shown() -> Any:
        data = form.view["data"]
        for step in path.split("/"):
            data = data[step]
        return data

    begun = [shown()]
    for value in values:
        put(form, path, value, *begun)
        assert form.view["aside"] == [] and form.view["drafts"] == {}
        begun = [shown()] if seen else [*begun, value]
    write_artifact(form.path, saved(form))  # written anew by hand
    put(form, path, values[0], *begun)
    do(form, "undo")
    put(form, path, values[-1], shown())
    assert form.view["aside"] == [] and form.view["notice"] == ""


def test_other_fields_that_an_editor_changed_between_saves_are_no_matter(form: Form) -> None:
    put(form, "problem", "Empty rows", "")
    form.path.write_text(form.path.read_text() + "# a note\nlaunch: 2026-05-18\n")
    put(form, "problem", "Empty rows, twice", "Empty rows")
    assert str(saved(form).launch) == "2026-05-18" and saved(form).problem == "Empty rows, twice"
    assert form.view["aside"] == []


def test_a_field_that_an_editor_changed_while_somebody_typed_is_left(form: Form) -> None:
    put(form, "problem", "old", "")
    form.path.write_text("problem: >\n  from the\n  editor\n")
    put(form, "problem", "from the form", "old")
    assert saved(form).problem == "from the editor" and aside(form) == [("Problem", "from the form", ADA)]
    do(form, "undo")  # the step before is not hers alone any more
    assert saved(form).problem == "from the editor" and "left as it is" in form.view["notice"]


def test_a_file_that_was_taken_away_has_nothing_to_lose(form: Form) -> None:
    put(form, "problem", "old", "")
    form.path.unlink()
    put(form, "problem", "new", "old")
    assert saved(form).problem == "new" and form.view["aside"] == []


def test_a_look_reads_the_file_only_when_it_is_another_one(form: Form, other: Form) -> None:
    put(form, "problem", "Empty rows", "")
    do(other, "glance")
    assert other.view["data"]["problem"] == "Empty rows"
    before = other.view
    do(other, "glance")
    assert other.view is before


def test_words_in_an_item_that_somebody_removed_are_kept_to_copy(form: Form) -> None:
    do(form, "add", path="metrics", key="#a")
    do(form, "add", path="metrics/#a/checks", key="#c")
    do(form, "remove", path="metrics", key="#a", writer=BO)
    put(form, "metrics/#a/checks/#c/what", "Sample size", "")
    (one,) = form.view["aside"]
    assert (one["gone"], one["words"], one["label"]) == (True, "Sample size", "What to look at")
    do(form, "settle", id=one["id"], take="mine")
    assert aside(form) and "not there any more" in form.view["notice"]
    do(form, "settle", id=one["id"], take="theirs")
    assert aside(form) == []


def test_an_item_in_which_somebody_wrote_meanwhile_is_not_removed(form: Form, other: Form) -> None:
    do(form, "add", path="metrics", key="#a")
    do(other, "reread")
    seen = {**Metric().model_dump(mode="json"), "#": "#a"}
    key = other.view["data"]["metrics"][0]["#"]
    put(other, f"metrics/{key}/target", "3", None, writer=BO)
    do(form, "remove", path="metrics", key="#a", **{"from": [seen]})
    assert saved(form).metrics == (Metric(target=3),)
    assert form.view["notice"].startswith("Metrics 1 was changed elsewhere")
    do(form, "undo")  # nor by taking back that it was added
    assert saved(form).metrics == (Metric(target=3),)
    do(form, "remove", path="metrics", key="#a", **{"from": [seen, {**seen, "target": " 3 "}]})
    assert saved(form).metrics == ()


def test_versions_stay_with_their_item(form: Form, other: Form) -> None:
    for key, name in (("#a", "conversion"), ("#b", "latency_p95")):
        do(form, "add", path="metrics", key=key)
        put(form, f"metrics/{key}/name", name, "")
    put(form, "metrics/#b/target", "180", None)
    put(form, "metrics/#b/target", "200", None, writer=BO)
    do(form, "shift", path="metrics", key="#b", by=-1)
    do(other, "reread")
    (one,) = other.view["aside"]
    assert one["label"] == "Metrics 1, Target" and one["path"].startswith("metrics/#")
    do(other, "settle", BO, id=one["id"], take="mine", **{"from": one["from"]})
    assert [(metric.name, metric.target) for metric in saved(form).metrics] == [
        ("latency_p95", 200),
        ("conversion", None),
    ]


def test_undo_takes_back_ones_own_step_and_nobody_elses(form: Form) -> None:
    put(form, "problem", "Ada's", "")
    put(form, "owner", "wei", "", writer=BO)
    assert form.view["undo"]["of"][ADA] == {"count": 1, "words": "Problem changed."}
    do(form, "undo", ADA)
    assert saved(form) == Page(owner="wei")
    do(form, "undo", ADA)
    assert saved(form) == Page(owner="wei")
    do(form, "undo", BO)
    assert saved(form) == Page()


def test_undo_leaves_what_somebody_else_has_put_there_since(form: Form) -> None:
    put(form, "problem", "Ada's", "")
    put(form, "problem", "Bo's", "Ada's", writer=BO)
    (answer,) = do(form, "undo", ADA)
    assert (
        saved(form).problem == "Bo's"
        and answer["say"] == "Problem has been changed elsewhere since; it is left as it is."
    )
    do(form, "undo", BO)
    assert saved(form).problem == "Ada's"


def test_what_code_wrote_anybody_takes_back(form: Form) -> None:
    form.put("problem", "from a cell")
    do(form, "undo", BO)
    assert saved(form).problem == ""


def test_an_answer_says_which_page_it_is_for(form: Form) -> None:
    (answer,) = do(form, "set", path="problem", value="a", n=3, tab="page1.x")
    assert answer["answer"] == 3 and answer["tab"] == "page1.x"


def test_a_full_disk_loses_neither(form: Form, other: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        put(form, "problem", "mine", "", writer=BO)
        assert form.view["data"]["problem"] == "mine" and "the disk is full" in form.view["saved"]["error"]
    put(other, "problem", "theirs", "")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        do(form, "save")
        assert "the disk is full" in form.view["saved"]["error"]
    do(form, "save")
    assert saved(form).problem == "theirs" and aside(form) == [("Problem", "mine", BO)]
    assert form.view["saved"]["error"] == "" and aside(Form(CASE, Page, form.path)) == aside(form)


def test_a_shelf_that_cannot_be_read_stops_nobody(form: Form) -> None:
    put(form, "problem", "theirs", "")
    put(form, "problem", "mine", "", writer=BO)
    (shelf,) = (form.path.parent / ".aside").iterdir()
    for broken in ("", "[]]", '[{"label": 3}]', '{"a": 1}', "\x00"):
        shelf.write_text(broken)
        assert aside(Form(CASE, Page, form.path)) == []


TEXT = st.text(alphabet="ab \n", max_size=4)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from([0, 1]), TEXT, st.booleans()), max_size=6))
def test_whatever_two_kernels_write_in_whatever_order_every_word_is_somewhere(
    steps: list[tuple[int, str, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each looks at the file now and then; nobody decides anything."""
    path = tmp_path_factory.mktemp("two") / "page.yaml"
    forms = [Form(CASE, Page, path) for _ in range(2)]
    seen = ["", ""]
    for which, text, looks in steps:
        form = forms[which]
        if looks:
            do(form, "glance")
            seen[which] = form.view["data"]["problem"]
        stood = read_artifact(path, Page).artifact.problem if path.exists() else ""
        put(form, "problem", text, seen[which], writer=str(which))
        there = [form.view["data"]["problem"], *(words for _, words, _ in aside(form))]
        assert not text.strip() or any(alike(text, each) for each in there)
        assert not stood or alike(stood, seen[which]) or any(alike(stood, each) for each in there)
        seen[which] = form.view["data"]["problem"]


# Where a value is replaced elsewhere


def board(path: Path) -> BoardWidget:
    return BoardWidget(CASE, path)


def of_board(path: Path) -> Callable[[], Board]:
    return lambda: read_artifact(path, Board).artifact


def test_a_card_that_two_people_place_stays_where_the_first_put_it(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "board.yaml"
    first, second = board(path), board(path)
    do(first, "move", id="ranking", column="must", index=0, **{"from": [""]})
    do(second, "move", BO, id="ranking", column="deferred", index=0, **{"from": [""]})
    assert of_board(path)().placements[0].column == "must"
    assert aside(second) == [("Personal ranking on the home page", "Deferred", BO)]
    do(second, "settle", BO, id=second.view["aside"][0]["id"], take="mine", **{"from": second.view["aside"][0]["from"]})
    assert of_board(path)().placements[0].column == "deferred" and aside(second) == []
    do(second, "detail", BO, id="ranking", field="reason", value="Too dear", **{"from": [""]})
    do(first, "detail", id="ranking", field="reason", value="No history", **{"from": [""]})
    assert of_board(path)().placements[0].reason == "Too dear"
    assert [words for _, words, _ in aside(first)] == ["No history"]
    do(first, "vote", id="ranking", voter="wei", change=1)
    do(second, "vote", BO, id="ranking", voter="wei", change=1)
    assert sum(vote.dots for vote in of_board(path)().votes) == 2, "dots of both count"


def test_a_lane_and_a_step_that_two_people_choose(tmp_path: Path) -> None:
    path, case = tmp_path / "answers" / "roadmap.yaml", lanes_case()
    first, second = (Lanes(case, Roadmap, path) for _ in range(2))
    card = next(iter(case.registry.entries("cards")))
    lanes = [*case.registry.entries("lanes")]
    do(first, "move", id=card, column=lanes[0], index=0, **{"from": [None]})
    do(second, "move", BO, id=card, column=lanes[1], index=0, **{"from": [None]})
    document: LanesDocument = read_artifact(path, Roadmap).artifact
    assert document.places[card].lane == lanes[0] and len(aside(second)) == 1
    do(first, "undo", ADA)
    assert read_artifact(path, Roadmap).artifact.laid == ()


def test_a_cell_of_the_grid_and_a_row_that_somebody_filled(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "raci.yaml"
    first, second = Grid(raci_case(), path), Grid(raci_case(), path)
    row = first.view["offered"][0]["id"]
    do(first, "add", row=row)
    do(first, "code", row=row, column="wei", code="A", **{"from": [""]})
    do(second, "code", BO, row=row, column="wei", code="R", **{"from": [""]})
    assert read_artifact(path, Raci).artifact.code(row, "wei") == "A" and len(aside(second)) == 1
    do(second, "remove", BO, row=row, **{"from": [{}]})
    assert read_artifact(path, Raci).artifact.code(row, "wei") == "A"
    do(second, "remove", BO, row=row, **{"from": [{"wei": "A"}]})
    assert read_artifact(path, Raci).artifact.rows == ()


def test_what_two_people_think_in_one_place(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "debriefs.yaml"
    first, second = (DebriefWidget([Debrief("one", "What now?", 1)], "one", path) for _ in range(2))
    do(first, "write", debrief="one", value="This", **{"from": [""]})
    do(second, "write", BO, debrief="one", value="That", **{"from": [""]})
    assert read_artifact(path, Debriefs).artifact.of("one").text == "This"
    assert aside(second) == [("What now?", "That", BO)] and second.view["aside"][0]["path"] == "text-one"
