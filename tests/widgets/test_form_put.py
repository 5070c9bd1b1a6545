"""Rows and values that code puts into a form's file: shown at once, undone with one click, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.artifacts.rows import Misfits
from curriculum.support.files import FileRefused
from curriculum.widgets.base import ContentUnreadable
from curriculum.widgets.form import Form
from tests.helpers.form_trial import Metric, Page
from tests.helpers.scoping_trial import scoping_case

ROWS = pd.DataFrame({"name": ["conversion", "latency_p95"], "target": [3.5, 120]})


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return Form(scoping_case(), Page, tmp_path / "answers" / "page.yaml", known=lambda: frozenset({"cold_start"}))


def saved(form: Form) -> Page:
    return read_artifact(form.path, Page).artifact


def do(form: Form, op: str, path: str = "", **fields: Any) -> None:
    form._handle_custom_msg({"op": op, "path": path.split("/"), **fields}, [])


def test_rows_are_saved_shown_and_undone(form: Form) -> None:
    do(form, "set", "problem", value="Empty rows")
    assert form.put("metrics", ROWS) == "Metrics: 2 rows written."
    assert saved(form).metrics == (Metric(name="conversion", target=3.5), Metric(name="latency_p95", target=120))
    assert [item["target"] for item in form.view["data"]["metrics"]] == [3.5, 120.0]
    assert saved(form).problem == "Empty rows"
    do(form, "undo")
    assert saved(form).metrics == () and saved(form).problem == "Empty rows"


def test_rows_keep_their_keys_so_that_typing_goes_on_where_it_was(form: Form) -> None:
    form.put("metrics", ROWS)
    keys = [item["#"] for item in form.view["data"]["metrics"]]
    form.put("metrics", ROWS.assign(target=[1, 2]))
    assert [item["#"] for item in form.view["data"]["metrics"]] == keys
    form.put("metrics[2]", {"window": 3})
    form.put("metrics[2].target", 9)
    assert saved(form).metrics[1] == Metric(name="latency_p95", target=9, window=3)
    assert [item["#"] for item in form.view["data"]["metrics"]] == keys


def test_an_undo_does_not_take_back_what_was_typed_since(form: Form) -> None:
    form.put("metrics", ROWS)
    other = Form(form.case, Page, form.path)
    other.put("metrics[1].window", 30)
    do(form, "undo")
    assert "has been changed since" in form.view["notice"]
    assert saved(form).metrics[0].window == 30


def test_nothing_is_written_where_one_cell_does_not_fit(form: Form) -> None:
    do(form, "set", "problem", value="Empty rows")
    before = form.path.read_bytes()
    with pytest.raises(Misfits, match="row 2"):
        form.put("metrics", ROWS.assign(target=[1, "x"]))
    assert form.path.read_bytes() == before and form.view["undo"]["count"] == 1


def test_facts_that_nobody_told_cannot_be_put(form: Form) -> None:
    with pytest.raises(Misfits, match="reasons_help"):
        form.put("metrics", [{"evidence": ["reasons_help"]}])
    form.put("metrics", [{"evidence": ["cold_start"]}])
    assert saved(form).metrics[0].evidence == ("cold_start",)


def test_a_broken_file_stays_as_it_is(form: Form) -> None:
    write_artifact(form.path, Page(problem="x"))
    form.path.write_text("problem: [")
    with pytest.raises(ContentUnreadable):
        form.put("metrics", ROWS)
    assert form.path.read_text() == "problem: ["


def test_a_full_disk_is_told_and_leaves_nothing_waiting(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    do(form, "set", "problem", value="Empty rows")

    def full(content: Any) -> None:
        raise FileRefused("The disk is full.")

    with monkeypatch.context() as patched, pytest.raises(FileRefused, match="full"):
        patched.setattr(form, "store", full)
        form.put("metrics", ROWS)
    do(form, "save")
    assert saved(form) == Page(problem="Empty rows")
    assert form.view["undo"]["count"] == 1 and form.view["saved"]["error"] == ""
