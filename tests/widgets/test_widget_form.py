"""The form widget without a browser: its spec, its operations, its file, its faults."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
from importlib import import_module
from inspect import isclass
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum import artifacts
from curriculum.artifacts.ask import Ask
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.board import Board
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.widgets.form import Form
from curriculum.widgets.form_data import Keys, keyed, plain
from curriculum.widgets.form_spec import field_at, form_spec, kinds
from tests.helpers.form_trial import Check, Contract, Metric, Page
from tests.helpers.scoping_trial import scoping_case

CASE = scoping_case()


def do(form: Form, op: str, path: str = "", **fields: Any) -> None:
    form._handle_custom_msg({"op": op, "path": path.split("/"), **fields}, [])


def saved(form: Form) -> Page:
    return read_artifact(form.path, Page).artifact


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return Form(CASE, Page, tmp_path / "answers" / "page.yaml", known=lambda: frozenset({"cold_start"}))


@pytest.fixture
def filled(form: Form) -> Form:
    """A form with two metrics, "#a" and "#b"."""
    for key, name in (("#a", "conversion"), ("#b", "latency_p95")):
        do(form, "add", "metrics", key=key)
        do(form, "set", f"metrics/{key}/name", value=name)
    return form


def test_each_type_of_field_gets_its_control() -> None:
    fields = {field["name"]: field for field in form_spec(Page)["fields"]}
    assert {name: field["type"] for name, field in fields.items()} == {
        "problem": "long",
        "owner": "pick",
        "launch": "date",
        "urgent": "flag",
        "approved": "choice",
        "level": "choice",
        "metrics": "groups",
        "contract": "group",
        "scope": "picks",
        "states": "choices",
        "questions": "list",
    }
    assert fields["problem"]["label"] == "Problem" and fields["problem"]["help"] == "Whose, and how often."
    assert fields["level"]["style"] == "select" and fields["approved"]["style"] == "segments"
    assert fields["metrics"]["noun"] == "metric" and fields["metrics"]["most"] == 6
    metric = {field["name"]: field for field in fields["metrics"]["fields"]}
    assert metric["role"]["options"][0] == {"value": "user", "label": "User or business"}
    assert {metric[name]["type"] for name in ("target", "window", "checks")} == {"number", "integer", "groups"}


def test_groups_are_sections_of_their_own_and_plain_fields_stand_together() -> None:
    sections = form_spec(Page)["sections"]
    assert [section["fields"] for section in sections] == [
        ["problem", "owner", "launch", "urgent", "approved", "level"],
        ["metrics"],
        ["contract"],
        ["scope", "states", "questions"],
    ]
    assert sections[1]["title"] == "Metrics" and sections[0]["title"] == "Problem, owner, launch …"


@pytest.mark.parametrize("model", [Ask, Board, Page])
def test_any_model_makes_a_plain_json_form(model: type[Any], tmp_path: Path) -> None:
    form = Form(CASE, model, tmp_path / f"{model.kind}.yaml")
    assert json.loads(json.dumps(form.view)) == form.view
    assert form.view["spec"]["title"] == model.title
    assert not form.path.exists()


def artifact_kinds() -> list[type[Artifact]]:
    """Every artifact model of the course."""
    modules = [import_module(f"{artifacts.__name__}.{found.name}") for found in iter_modules(artifacts.__path__)]
    models = {model for module in modules for model in vars(module).values() if isclass(model)}
    return sorted((m for m in models if issubclass(m, Artifact) and hasattr(m, "kind")), key=lambda m: m.kind)


@pytest.mark.parametrize("model", artifact_kinds(), ids=lambda model: model.kind)
def test_every_artifact_of_the_course_can_be_asked_for(model: type[Artifact]) -> None:
    spec = form_spec(model)
    assert json.loads(json.dumps(spec)) == spec
    shown = [name for section in spec["sections"] for name in section["fields"]]
    assert shown == [field["name"] for field in spec["fields"]] and shown


def test_nested_fields_are_found_by_path() -> None:
    fields = form_spec(Page)["fields"]
    assert field_at(fields, ["metrics", "#a", "checks", "#b", "by"])["kind"] == "people"
    assert kinds(fields) == ["people", "metrics", "facts", "cards"]
    with pytest.raises(KeyError):
        field_at(fields, ["metrics", "#a", "nothing"])


def test_facts_that_nobody_told_are_not_even_sent(form: Form) -> None:
    assert [option["id"] for option in form.view["options"]["facts"]] == ["launch_date", "cold_start"]
    assert "consent switch" not in json.dumps(form.view["options"]["facts"])


def test_every_kind_of_value_is_saved_with_its_type(filled: Form) -> None:
    do(filled, "set", "problem", value="Empty rows\nfor new visitors")
    do(filled, "set", "launch", value="2026-05-18")
    do(filled, "set", "urgent", value=True)
    do(filled, "set", "approved", value=False)
    do(filled, "set", "level", value="two markets")
    do(filled, "set", "metrics/#b/target", value=" 180 ")
    do(filled, "set", "metrics/#b/window", value="14")
    do(filled, "pick", "metrics/#b/evidence", id="cold_start", on=True)
    do(filled, "add", "metrics/#b/checks", key="#c")
    do(filled, "set", "metrics/#b/checks/#c/by", value="wei")
    do(filled, "set", "contract/timeout", value="0.35")
    do(filled, "pick", "states", id="empty", on=True)
    do(filled, "set", "questions", value=["Who pays?", "", "When?"])
    assert saved(filled) == Page(
        problem="Empty rows\nfor new visitors",
        launch=dt.date(2026, 5, 18),
        urgent=True,
        approved=False,
        level="two markets",
        metrics=(
            Metric(name="conversion"),
            Metric(name="latency_p95", target=180, window=14, evidence=("cold_start",), checks=(Check(by="wei"),)),
        ),
        contract=Contract(timeout=0.35),
        states=("empty",),
        questions=("Who pays?", "When?"),
    )


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            "metrics/#a/target",
            "3,4",
            "Found '3,4' (text); expected a number with a point and without a unit, here 3.4.",
        ),
        ("metrics/#a/target", "nan", "Found 'nan' (text); expected a finite number."),
        ("metrics/#a/target", "1e13", "Found 10000000000000.0 (a number); expected at most 1e+12."),
        ("metrics/#a/window", "2.5", "Found 2.5 (a number); expected a whole number."),
        ("metrics/#a/window", "-1", "Found -1 (a number); expected at least 0."),
        ("launch", "tomorrow", "Found 'tomorrow' (text); expected a date, written like 2026-05-18."),
    ],
)
def test_a_value_that_is_not_valid_stays_visible_and_out_of_the_file(
    filled: Form, path: str, value: str, sentence: str
) -> None:
    before = filled.path.read_bytes()
    do(filled, "set", path, value=value)
    assert filled.path.read_bytes() == before
    assert filled.view["drafts"] == {path: {"value": value, "error": sentence}}
    assert filled.view["notice"] == "One answer is not saved: see what is said beside the field."
    do(filled, "set", "problem", value="Something else is saved meanwhile")
    assert saved(filled).problem == "Something else is saved meanwhile"
    assert filled.view["drafts"].keys() == {path}
    do(filled, "set", path, value="2026-05-18" if path == "launch" else "7")
    assert filled.view["drafts"] == {} and filled.view["notice"] == ""


def test_a_text_that_is_too_long_is_told_with_its_limit(form: Form) -> None:
    do(form, "set", "problem", value="x" * 20_001)
    assert form.view["drafts"]["problem"]["error"].endswith("expected at most 20000 characters.")
    assert not form.path.exists()


def test_a_text_that_is_longer_than_meant_is_saved_all_the_same(form: Form) -> None:
    do(form, "set", "problem", value="long " * 1_000)
    assert not form.view["drafts"]
    assert len(saved(form).problem) == 4_999
    field = next(field for field in form.view["spec"]["fields"] if field["name"] == "problem")
    assert field["most"] == 4_000  # what the field says it is meant for


def test_removing_an_item_forgets_what_was_not_valid_in_it(filled: Form) -> None:
    do(filled, "set", "metrics/#a/target", value="lots")
    do(filled, "remove", "metrics", key="#a")
    assert filled.view["drafts"] == {} and filled.view["notice"] == ""
    assert [metric.name for metric in saved(filled).metrics] == ["latency_p95"]


def test_items_move_and_keep_their_keys(filled: Form) -> None:
    do(filled, "shift", "metrics", key="#b", by=-1)
    assert [item["#"] for item in filled.view["data"]["metrics"]] == ["#b", "#a"]
    assert [metric.name for metric in saved(filled).metrics] == ["latency_p95", "conversion"]
    do(filled, "shift", "metrics", key="#b", by=-1)
    assert [item["#"] for item in filled.view["data"]["metrics"]] == ["#b", "#a"]


def test_undo_takes_everything_back_in_order(filled: Form) -> None:
    before = filled.path.read_bytes()
    do(filled, "set", "problem", value="A")
    do(filled, "set", "problem", value="A sentence, typed with a pause")
    do(filled, "pick", "scope", id="ranking", on=True)
    do(filled, "shift", "metrics", key="#a", by=1)
    do(filled, "set", "metrics/#a/target", value="3")
    do(filled, "remove", "metrics", key="#a")
    assert filled.view["undo"]["words"] == "Metric 2 removed."
    for _ in range(5):
        do(filled, "undo")
    assert filled.path.read_bytes() == before


def test_undoing_a_removal_brings_back_what_was_in_it(filled: Form) -> None:
    do(filled, "add", "metrics/#a/checks", key="#c")
    do(filled, "set", "metrics/#a/checks/#c/what", value="Sample size")
    before = filled.view["data"]
    do(filled, "remove", "metrics", key="#a")
    do(filled, "undo")
    assert filled.view["data"] == before


def test_at_most_so_many_items(filled: Form) -> None:
    for _ in range(5):
        do(filled, "add", "metrics")
    assert len(saved(filled).metrics) == 6
    assert filled.view["notice"] == "Metrics: there can be at most 6."


def test_an_operation_finds_its_item_although_another_tab_moved_it(filled: Form) -> None:
    other = Form(CASE, Page, filled.path)
    first = other.view["data"]["metrics"][0]["#"]
    do(other, "remove", "metrics", key=first)
    do(other, "add", "metrics")
    do(filled, "set", "metrics/#b/target", value="180")
    assert [(metric.name, metric.target) for metric in saved(filled).metrics] == [
        ("latency_p95", 180),
        ("", None),
    ]


def test_an_operation_on_an_item_that_is_gone_is_told(filled: Form) -> None:
    do(filled, "remove", "metrics", key="#a")
    before = filled.path.read_bytes()
    do(filled, "set", "metrics/#a/target", value="180")
    assert "not there any more" in filled.view["notice"]
    assert filled.path.read_bytes() == before


def test_two_writers_lose_nothing(form: Form) -> None:
    other = Form(CASE, Page, form.path)
    do(form, "set", "problem", value="Empty rows")
    do(other, "set", "owner", value="wei")
    do(form, "pick", "scope", id="ranking", on=True)
    do(other, "pick", "scope", id="consent", on=True)
    assert saved(form) == Page(problem="Empty rows", owner="wei", scope=("ranking", "consent"))


def test_ids_that_are_not_offered_cannot_be_picked(form: Form) -> None:
    for path, id in (("owner", "nobody"), ("owner", ["maya"]), ("owner", 7)):
        do(form, "set", path, value=id)
    do(form, "pick", "scope", id="made_up", on=True)
    assert form.view["notice"] == "Scope: that is not one of the choices."
    assert not form.path.exists()


def test_ids_in_the_file_that_the_case_does_not_have_are_told_and_can_be_replaced(form: Form) -> None:
    write_artifact(form.path, Page(owner="nemo", metrics=(Metric(evidence=("consent_clause",)),), scope=("ranking",)))
    do(form, "reread")
    assert form.view["strangers"] == {
        "people": {"nemo": "not known in this case"},
        "facts": {"consent_clause": "nobody has told you this yet"},
    }
    key = form.view["data"]["metrics"][0]["#"]
    do(form, "set", "owner", value="maya")
    do(form, "pick", f"metrics/{key}/evidence", id="consent_clause", on=False)
    assert form.view["strangers"] == {}
    do(form, "undo")
    assert saved(form).metrics[0].evidence == ("consent_clause",)


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "set"},
        {"op": "set", "path": "problem", "value": "a"},
        {"op": "set", "path": [], "value": "a"},
        {"op": "set", "path": ["nothing"], "value": "a"},
        {"op": "set", "path": ["problem", "deeper"], "value": "a"},
        {"op": "set", "path": ["metrics"], "value": []},
        {"op": "set", "path": ["metrics", "name"], "value": "a"},
        {"op": "set", "path": ["scope"], "value": ["ranking"]},
        {"op": "set", "path": [1, 2], "value": "a"},
        {"op": "pick", "path": ["problem"], "id": "a", "on": True},
        {"op": "pick", "path": ["states"], "id": "unheard of", "on": True},
        {"op": "pick", "path": ["states"], "id": ["empty"], "on": True},
        {"op": "add", "path": ["scope"]},
        {"op": "remove", "path": ["metrics"], "key": "#zzz"},
        {"op": "shift", "path": ["metrics"], "key": "#a", "by": 40},
        {"op": "add", "path": ["metrics"], "item": {"name": {"deep": 1}}},
        {"op": "add", "path": ["metrics"], "item": 7},
        {"op": "explode", "path": ["problem"]},
    ],
)
def test_operations_that_do_not_fit_change_nothing(filled: Form, operation: dict[str, Any]) -> None:
    before = filled.path.read_bytes()
    filled._handle_custom_msg(operation, [])
    assert filled.path.read_bytes() == before
    assert filled.view["notice"].endswith(".")


def test_a_broken_file_is_told_and_left_as_it_is(form: Form) -> None:
    form.path.parent.mkdir()
    broken = "problem: Empty rows\nlaunch: tomorrow\n"
    form.path.write_text(broken)
    do(form, "set", "problem", value="Mine")
    (sentence,) = form.view["trouble"]
    assert "page.yaml, line 2" in sentence and "expected a date" in sentence
    assert form.path.read_text() == broken
    assert sentence in form.as_text()


def test_a_full_disk_is_told_and_nothing_typed_is_lost(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    do(form, "set", "problem", value="First")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        do(form, "set", "problem", value="Second")
        do(form, "add", "metrics", key="#a")
        do(form, "set", "metrics/#a/target", value="3")
        assert "the disk is full" in form.view["saved"]["error"]
        assert form.view["data"]["problem"] == "Second"
        assert form.view["data"]["metrics"][0]["target"] == 3
        assert saved(form).problem == "First"
    do(form, "save")
    assert form.view["saved"]["error"] == ""
    assert saved(form) == Page(problem="Second", metrics=(Metric(target=3),))


def test_progress_and_words_count_what_the_learner_wrote(form: Form) -> None:
    assert form.view["begun"] == [] and form.view["words"] == 0
    do(form, "set", "problem", value="Empty rows for new visitors")
    do(form, "set", "owner", value="maya")
    do(form, "set", "questions", value=["Who pays?"])
    assert form.view["begun"] == ["problem", "owner", "questions"]
    assert form.view["words"] == 7, "picked ids are no words of one's own"


def test_text_and_html_show_the_page_and_run_nothing(form: Form) -> None:
    do(form, "set", "problem", value="<script>alert(1)</script>")
    do(form, "set", "launch", value="soon")
    data, _ = form._repr_mimebundle_()
    assert "One-page requirements" in data["text/plain"]
    assert "Not saved: Found 'soon' (text); expected a date" in data["text/plain"]
    assert "<script" not in data["text/html"]


def test_keys_stay_with_their_items_when_the_file_changes_elsewhere() -> None:
    keys = Keys()
    old = keyed({"rows": [{"a": 1}, {"a": 2}, {"a": 3}]}, {}, keys)
    names = [row["#"] for row in old["rows"]]
    new = keyed({"rows": [{"a": 3}, {"a": 1}, {"a": 9}, {"a": 4}]}, old, keys)
    assert [row["#"] for row in new["rows"]][:3] == [names[2], names[0], names[1]]
    assert new["rows"][3]["#"] not in names
    assert plain(new) == {"rows": [{"a": 3}, {"a": 1}, {"a": 9}, {"a": 4}]}


TEXT = st.text(max_size=40)


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(value=TEXT | st.integers() | st.floats() | st.none() | st.lists(TEXT, max_size=3) | st.booleans())
def test_whatever_a_page_sends_the_file_stays_readable(value: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "page.yaml"
    form = Form(CASE, Page, path)
    do(form, "add", "metrics", key="#a")
    for place in ("problem", "owner", "launch", "urgent", "approved", "level", "questions", "contract/timeout"):
        do(form, "set", place, value=value)
    do(form, "set", "metrics/#a/window", value=value)
    assert read_artifact(path, Page).artifact.model_dump(mode="json") == plain(form.view["data"])
