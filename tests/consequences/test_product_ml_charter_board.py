"""A roadmap of `product_ml_charter` becomes a board, whatever is left blank in it."""

from __future__ import annotations

from curriculum.artifacts.lanes import Laid
from curriculum.artifacts.roadmap import Assumption, Roadmap
from curriculum.cases.product_ml_charter import simulate
from curriculum.cases.product_ml_charter.truth import Truth
from curriculum.cases.product_ml_charter.year import Board, run
from curriculum.consequences.product_ml_charter_board import assumed_by, board_of


def roadmap(**changed: object) -> Roadmap:
    laid = (
        Laid(card="pads", lane="bet", step="m7"),
        Laid(card="posts", lane="promise", step="m11"),
        Laid(card="instant", lane="promise", step="m5"),
        Laid(card="lines", lane="out"),
        Laid(card="match", lane="work", step=""),
    )
    return Roadmap.model_validate({"laid": laid, "stop_share": 45, **changed})


def test_work_goes_in_the_order_of_its_months() -> None:
    assert board_of(roadmap()) == Board(("instant", "pads", "posts"), {"posts": 11, "instant": 5}, 0.45)
    after = board_of(roadmap(bet_after="posts"))
    assert after.order == ("instant", "posts", "pads"), "the bet comes behind the card that it names"
    assert board_of(roadmap(bet_after="lines")) == board_of(roadmap()), "a card that nobody works on says nothing"


def test_a_bet_without_a_share_has_no_end_and_a_share_without_a_bet_ends_nothing() -> None:
    assert board_of(roadmap(stop_share=None)).check is None
    assert board_of(roadmap(stop_share=60)).check == 0.7
    assert board_of(roadmap(laid=(Laid(card="posts", lane="promise", step="m10"),))).check is None


def test_an_empty_roadmap_is_a_board_and_runs() -> None:
    truth = simulate(0).truth
    assert isinstance(truth, Truth)
    assert board_of(Roadmap()) == Board((), {}, None)
    assert run(0, [board_of(Roadmap())], truth.assumed).worth() < 0


def test_a_learner_who_typed_nothing_believes_the_plan() -> None:
    truth = simulate(0).truth
    assert isinstance(truth, Truth)
    blank = assumed_by(Roadmap(), truth.assumed)
    assert set(blank.ratios.values()) == {1.0} and blank.stall == 0
    typed = (Assumption(quantity="ratio_app", value=1.5), Assumption(quantity="stall", value=250))
    told = assumed_by(Roadmap(assumptions=typed), truth.assumed)
    assert told.ratios["app"] == 1.5 and told.stall == 1
    assert blank.margin == truth.assumed.margin
    dearer = assumed_by(Roadmap(assumptions=(Assumption(quantity="match_margin", value=99),)), truth.assumed)
    assert dearer.margin == {**truth.assumed.margin, "match": 99}
