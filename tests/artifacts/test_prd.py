"""The PRD says by itself what cannot be so, whatever is right: percentiles, goals, limits and steps out of order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curriculum.artifacts.prd import Prd
from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar
from curriculum.widgets.form import Form

CASE = load_case("recommendation_scoping", 2)


def doubts(**fields: Any) -> list[str]:
    return [place for place, _ in Prd.model_validate(fields).doubts(CASE.registry)]


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"contract": {"p50_ms": 40, "p95_ms": 120, "p99_ms": 110}}, ["contract.p99_ms"]),
        ({"contract": {"p50_ms": 140, "p99_ms": 110}}, ["contract.p99_ms"]),
        ({"contract": {"p50_ms": 40, "p95_ms": 120, "p99_ms": 120}}, []),
        ({"goals": [{"metric": "conversion", "baseline": 2.4, "target": 2.3}]}, ["goals[1].target"]),
        ({"goals": [{"metric": "search_on", "baseline": 20, "target": 22}]}, ["goals[1].target"]),
        ({"goals": [{"metric": "search_on", "baseline": 20, "target": 18}]}, []),
        ({"goals": [{"metric": "unheard_of", "baseline": 20, "target": 2}]}, []),
        ({"guardrails": [{"metric": "conversion", "baseline": 2.4, "limit": 2.5}]}, ["guardrails[1].limit"]),
        ({"guardrails": [{"metric": "ticket_rate", "baseline": 2.4, "limit": 2.5}]}, []),
        (
            {"rollout": [{"starts": "2027-06-02", "share": 50}, {"starts": "2027-06-01", "share": 5}]},
            ["rollout[2].starts", "rollout[2].share"],
        ),
        ({"rollout": [{"starts": "2027-06-02"}, {"share": 5}]}, []),
    ],
)
def test_what_cannot_be_so_is_told_by_its_place(fields: dict[str, Any], places: list[str]) -> None:
    assert doubts(**fields) == places


@pytest.mark.parametrize("variant", ["orders_first", "shoppers_first"])
def test_a_right_page_raises_no_doubt(variant: str) -> None:
    assert doubts(**load_exemplar(CASE, variant)["prd"]) == []


def test_the_form_says_it_at_once_beside_the_field_and_saves_it_all_the_same(tmp_path: Path) -> None:
    form = Form(CASE, Prd, tmp_path / "prd.yaml")
    for name, value in (("p95_ms", "120"), ("p99_ms", "90")):
        form._handle_custom_msg({"op": "set", "path": ["contract", name], "value": value}, [])
    assert list(form.view["doubts"]) == ["contract/p99_ms"]
    assert "p99_ms: 90" in (tmp_path / "prd.yaml").read_text()
    assert "Look again" in form.as_text()
