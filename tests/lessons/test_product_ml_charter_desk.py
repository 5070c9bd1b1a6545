"""The desk of `product_ml_charter`: it runs on what was typed, knows nothing else, and says what it draws."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from curriculum.artifacts.roadmap import Roadmap
from curriculum.authoring.lesson_text import lesson_cells
from curriculum.authoring.subject import load_subject
from curriculum.cases import load_case
from curriculum.cases.product_ml_charter.draw import PADS, PROMISED
from curriculum.notebook.desks import plan_years
from tests.helpers.worlds import over_worlds

SLUG = "product_ml_charter"
SOME = (0, 4, 7, 9)


def desk(seed: int, roadmap: dict[str, Any] | None = None) -> Any:
    """What the desk asks of a lesson, with a roadmap in its form."""
    written = Roadmap.model_validate(roadmap or {})
    return SimpleNamespace(seed=seed, tables=load_case(SLUG, seed).tables, written=lambda kind: written)


def of_an_exemplar(seed: int) -> dict[str, Any]:
    files = load_subject(SLUG).fixtures(seed).exemplars
    return dict(next(iter(files.values()))["roadmap"])


@over_worlds(SOME)
def test_cells_of_the_text_find_what_the_rubric_asks(seed: int) -> None:
    truth = load_case(SLUG, seed).truth
    cells = {cell.id: cell.source for cell in lesson_cells(load_subject(SLUG)) if cell.code}
    names: dict[str, Any] = {"lesson": desk(seed), "print": lambda text: said.append(text)}
    said: list[str] = []
    exec(cells["real_work"].replace("left_out = [41]", "left_out = []"), names)
    ratios = names["sums"]["real"] / names["sums"]["planned"]
    assert {name: pytest.approx(ratios[name], abs=0.01) for name in ratios.index} == dict(truth.assumed.ratios)
    lab = cells["stall"].replace("limit = 9.0", f"limit = {truth.shape.limit}")
    exec(lab.replace("mix = 75", f"mix = {truth.shape.mix}"), names)
    exec(lab, names)
    assert f"{100 * truth.assumed.stall:.0f} of 100" in said[0]
    assert f"{100 * truth.lab_stall:.0f} of 100" in said[1]
    exec(cells["early"].replace("line = 40", f"line = {truth.shape.line}"), names)
    shares = (names["levels"] < truth.shape.line).groupby(names["old"]["stalled"]).mean()
    for check, found in truth.assumed.finds.items():
        assert shares.loc[True, f"level_at_{100 * check:.0f}"] == pytest.approx(found)
        assert shares.loc[False, f"level_at_{100 * check:.0f}"] == pytest.approx(truth.assumed.alarms[check])


@over_worlds(SOME)
def test_a_right_roadmap_holds_in_the_hundred_years_and_the_picture_says_the_same(seed: int) -> None:
    roadmap = of_an_exemplar(seed)
    filled = desk(seed, roadmap)
    table, picture = plan_years.cards(filled), plan_years.picture(filled)
    kept = {name: int(share) for name, share in zip(table["Card"], table["Kept (of 100 years)"], strict=True) if share}
    assert len(kept) == sum(each["lane"] == "promise" for each in roadmap["laid"])
    assert min(kept.values(), default=100) >= 65, kept
    if kept:
        assert f"holds in {min(kept.values())} of 100 years" in picture.finding
    bet = any(each["card"] == PADS and each["lane"] == "bet" for each in roadmap["laid"])
    assert ("The bet is ended in" in picture.words) is bet
    gone = len(PROMISED) - len(kept)
    assert picture.words.count("is withdrawn for") == gone
    full = plan_years.full(filled).set_index("Kind of work")["On your weeks (of 100)"]
    truth = load_case(SLUG, seed).truth
    assert full.max() == pytest.approx(100 * truth.load(truth.tight), abs=2)


def test_the_desk_draws_both_pictures() -> None:
    filled = desk(0, of_an_exemplar(0))
    assert "<svg" in plan_years.picture(filled).svg
    assert "<svg" in plan_years.curve(filled.tables).svg


def test_dearer_withdrawals_cost_what_was_typed_and_unknown_ones_are_told() -> None:
    laid = [{"card": "instant", "lane": "promise", "step": "m6"}]
    filled = desk(0, {"laid": laid})
    cheap, dear = (plan_years.picture(filled, {"lines": price}).words for price in (10, 1000))
    assert "withdrawn for 10 thousand" in cheap
    assert "withdrawn for 1,000 thousand" in dear
    assert "Nobody was promised “pads”" in plan_years.cards(filled, {"pads": 3})
    assert "Nobody was promised “match”" in plan_years.cards(filled, {}, {"match": 3})
    on_paper, as_told = (plan_years.picture(filled, {}, later).finding for later in ({}, {"instant": 500}))
    assert on_paper != as_told, "it is moved by a month"


def test_what_matching_spares_counts_once_somebody_has_typed_it() -> None:
    case, laid = load_case(SLUG, 0), [{"card": "match", "lane": "work", "step": "m6"}]
    table = dict(zip(case.columns["cards"]["card"], case.columns["cards"]["margin_keur_a_month"], strict=True))
    assert case.truth.match_margin == table["match"] + case.truth.shape.fee

    def finding(*assumptions: dict[str, Any]) -> str:
        return plan_years.picture(desk(0, {"laid": laid, "assumptions": [*assumptions]})).finding

    blank, by_table = finding(), finding({"quantity": "match_margin", "value": int(table["match"])})
    assert blank == by_table != finding({"quantity": "match_margin", "value": case.truth.match_margin})


def test_nothing_runs_before_a_card_has_a_month() -> None:
    assert str(plan_years.cards(desk(0))) == str(plan_years.picture(desk(0))) == plan_years.EMPTY


def test_what_nobody_typed_is_planned_work_and_a_bet_that_never_stalls() -> None:
    laid = [{"card": PADS, "lane": "bet", "step": "m12"}]
    full = plan_years.full(desk(0, {"laid": laid}))
    assert (full["Planned (of 100)"] == full["On your weeks (of 100)"]).all()
    assert "ended in 0 of 100 years" in plan_years.picture(desk(0, {"laid": laid})).words
