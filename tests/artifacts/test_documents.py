"""Artifacts as documents: Markdown for wikis, CSV that no spreadsheet runs, starters that read back blank."""

from __future__ import annotations

import csv
import io
import re

import pytest

from curriculum.artifacts.base import derived_of
from curriculum.artifacts.board import Board, Merge, Placement, Vote
from curriculum.artifacts.design_handoff import DesignHandoff
from curriculum.artifacts.document import backlog_csv, markdown
from curriculum.artifacts.exports import exports
from curriculum.artifacts.raci import Assignment, Raci, RaciRow
from curriculum.artifacts.reading import parse_artifact
from curriculum.artifacts.starter import starter
from curriculum.cases.base import Card, Entry, Registry, by_id
from curriculum.cases.healthcare_platform.kinds import DesignToken
from curriculum.course.catalog import load_catalog
from curriculum.support.spreadsheets import guarded, unguarded
from graders import load_rubric

REGISTRY = Registry(
    {
        "cards": by_id(
            Card("fast", "=HYPERLINK(1)", "Rows | show", effort={"ml": 3.5, "design": 2}),
            Card("why", "Say why"),
        )
    }
)
BOARD = Board(
    placements=(
        Placement(card="fast", column="must", reason="a | b"),
        Placement(card="why", column="deferred", reason="+1", revisit="Q3"),
        Placement(card="gone", column="nice"),
    ),
    votes=(Vote(voter="mo", card="fast", dots=2),),
    merges=(Merge(keep="fast", drop="why"),),
)


def test_markdown_uses_labels_and_escapes_table_bars() -> None:
    text = markdown(BOARD, REGISTRY)
    assert "# Scoping board" in text
    assert "| =HYPERLINK(1) | must | a \\| b |" in text
    assert "gone" in text, "an unknown id is shown as it is"


def test_the_backlog_is_quoted_and_no_cell_is_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(backlog_csv(BOARD, REGISTRY))))
    assert [row["Summary"] for row in rows] == ["'=HYPERLINK(1)", "Say why"]
    assert rows[0]["Original Estimate (days)"] == "5.5"
    assert rows[1]["Priority"] == "Lowest"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\u200b", "\ufeff", "\u202e", "\u00a0 \u2060"])
def test_formula_starts_are_guarded_behind_what_nobody_sees(before: str, sign: str) -> None:
    again = "'" if before in "\r\n" and before else ""
    assert guarded(f"{before}{sign}1+1") == f"'{before}{again}{sign}1+1"


@pytest.mark.parametrize("between", [";", "; ", ";\u202e", "\n", "\r\n", ";\t"])
def test_a_formula_in_the_middle_of_a_cell_is_guarded_where_a_cell_may_begin_anew(between: str) -> None:
    """A spreadsheet that expects semicolons reads `"a","b;=1+1"` as `a,"b` and a formula."""
    cell = f"well{between}=cmd|' /C calc'!A0"
    assert not re.search(r"[;\r\n][\s\u202e]*=", guarded(cell))
    assert unguarded(guarded(cell)) == cell


def test_a_raci_is_a_spreadsheet_and_tokens_that_do_not_resolve_are_not_written() -> None:
    registry = Registry(
        {"people": by_id(Entry("mo", "=Maya"), Entry("wz", "Wei")), "deliverables": by_id(Entry("d", "Do"))}
    )
    row = RaciRow(deliverable="d", assignments=(Assignment(person="mo", code="A"), Assignment(person="wz", code="R")))
    written = exports(Raci(rows=(row,)), registry)["raci.csv"]
    assert list(csv.reader(io.StringIO(written))) == [["Deliverable", "'=Maya", "Wei"], ["Do", "A", "R"]]
    tokens = (
        DesignToken("color.ink", "color.ink", value="#101820"),
        DesignToken("text", "text", value="{color.ink}"),
    )
    for these, written in ((tokens, True), (tokens[1:], False), ((), False)):
        files = exports(DesignHandoff(), Registry({"tokens": by_id(*these)}))
        assert ("tokens.json" in files) is written
    assert '"$value": "{color.ink}"' in exports(DesignHandoff(), Registry({"tokens": by_id(*tokens)}))["tokens.json"]


MODELS = [model for entry in load_catalog().lessons for model in load_rubric(entry.slug).artifacts.values()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.kind)
def test_a_starter_reads_back_blank_and_names_every_field_that_is_typed(model) -> None:
    text = starter(model)
    assert parse_artifact(text, model, "starter.yaml").artifact.is_blank()
    typed = {name for name, info in model.model_fields.items() if derived_of(info) is None}
    assert {name for name in model.model_fields if f"\n{name}:" in text} == typed
