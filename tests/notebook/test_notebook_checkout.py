"""The pictures and sums of the checkout say what the world is, and agree with what the review counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from curriculum.cases import load_case
from curriculum.cases.cart_abandonment.draw import GROUP, NOBODY, SCORE
from curriculum.cases.cart_abandonment.quarter import Offer, Plan
from curriculum.notebook.desks import checkout
from curriculum.notebook.desks.checkout import changed, crowds, early_price, offer_month, quarter, refusals, speed
from tests.helpers.worlds import over_worlds

SLUG, SEEDS = "cart_abandonment", range(12)


def case(seed: int = 0) -> Any:
    return load_case(SLUG, seed)


@over_worlds(SEEDS)
def test_crowds_are_those_that_the_review_counts(seed: int) -> None:
    counts = checkout.where_they_end(case(seed).tables)
    lost = case(seed).truth.lost
    assert {step: int(counts.loc[step].iloc[2]) for step in counts.index} == {step: lost[step] for step in counts.index}
    assert counts["machines"].loc[["account form", "address form", "payment"]].eq(0).all()


@over_worlds(SEEDS)
def test_titles_say_what_the_world_is(seed: int) -> None:
    one = case(seed)
    draw, tables = one.truth.draw, one.tables
    assert one.truth.bank in refusals(tables).finding
    early = early_price(tables).finding
    assert ("more of 100 order" in early) == draw.price_recovers
    assert ("nobody can tell" in speed(tables).finding) == (not draw.sped_up)
    money = {"margin": draw.margin, "voucher": draw.voucher}
    unseen = changed(tables, "uplift", one.truth.unseen_part, **money).finding
    group = changed(tables, "group", **money).finding
    assert ("decile" in unseen.lower()) == (draw.responds == SCORE)
    assert ("no group stands out" in changed(tables, "group").finding.lower()) == (draw.responds != GROUP)
    assert "three riskiest" in changed(tables, "risk").finding
    if draw.responds == NOBODY:
        assert "nobody" in unseen and "Nobody" in group
    if draw.responds == GROUP:
        assert "delivery brought more" in group


@over_worlds(SEEDS)
def test_the_part_that_was_learned_looks_better(seed: int) -> None:
    one = case(seed)
    seen, unseen = (checkout.arms(one.tables, "uplift", part).change for part in (
        one.truth.draw.learned_part, one.truth.unseen_part))  # fmt: skip
    assert seen[-1] > unseen[-1] + 5


@over_worlds(SEEDS)
def test_sums_agree_with_the_review(seed: int) -> None:
    one = case(seed)
    truth = one.truth
    money = {"margin": truth.draw.margin, "voucher": truth.draw.voucher, "people": truth.draw.offered}
    scored = Offer("uplift", (8, 10))
    mine = offer_month(one.tables, "uplift", [8, 9, 10], truth.unseen_part, reached=truth.draw.coverage,
                       run=truth.draw.model_month, **money)  # fmt: skip
    assert float(mine["number"].iloc[-1]) == pytest.approx(truth.shown.offer_month(scored), rel=0.02, abs=150)
    grouped = Offer("group", group=truth.draw.reacts)
    mine = offer_month(one.tables, "group", [truth.draw.reacts], **money)
    assert float(mine["number"].iloc[-1]) == pytest.approx(truth.shown.offer_month(grouped), rel=0.02, abs=150)
    plan = Plan(("price", "pay"))
    until = {"pay": truth.draw.repair_week}
    months = {step: truth.shown.month[step] for step in plan.steps}
    weeks = {"web_week": truth.draw.web_week, "ml_week": truth.draw.ml_week}
    table = quarter(one.tables, months, until=until, **weeks)
    assert float(table.iloc[-1, -1]) == pytest.approx(truth.shown.net(plan), abs=5)


@pytest.mark.slow
def test_everybody_can_read_a_picture() -> None:
    tables = case().tables
    for picture in (crowds(tables), refusals(tables), early_price(tables), changed(tables, "risk"), speed(tables)):
        shown = picture._repr_html_()
        assert 'class="themed"' in shown and "The same in words" in shown
        assert picture.finding[0].isupper() and picture.finding.endswith(".")
        assert picture.finding in repr(picture) and picture.words in repr(picture)
        assert "nan" not in picture.words


def test_mistakes_are_told_in_a_sentence() -> None:
    tables = case().tables
    with pytest.raises(ValueError, match="Sort by"):
        changed(tables, "uplift")
    with pytest.raises(ValueError, match="There is no 11"):
        offer_month(tables, "risk", [11], margin=20, voucher=4, people=100)
    with pytest.raises(ValueError, match="There is no step 'paint'"):
        quarter(tables, {"paint": 1.0}, web_week=0, ml_week=0)


def test_nothing_is_earned_before_finance_has_said_anything() -> None:
    table = offer_month(case().tables, "risk", [8, 9, 10], margin=0.0, voucher=0.0, people=0)
    assert np.asarray(table["number"]).tolist()[:5] == [0, 0, 0, 0, 0]
