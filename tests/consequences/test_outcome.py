"""Runs forward as data: directions, intervals, limits, and what comes out late."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest

from curriculum.authoring.judging import submission_of
from curriculum.authoring.subject import load_subject
from curriculum.cases import load_case
from curriculum.cases.base import Surfaces, surfacing
from curriculum.consequences import Better, Change, Outcome, Result
from curriculum.consequences.late import came_out_late
from curriculum.consequences.outcome import counts_compared, rates_compared, signed
from curriculum.notebook.showing import Run
from curriculum.roleplay import engine
from curriculum.roleplay.script import load_script

WITH_A_RUN = ["recommendation_scoping", "fraud_false_positives", "healthcare_platform"]


def forward(slug: str, variant: str, *, talked: bool = True, seed: int = 1) -> Outcome:
    subject = load_subject(slug)
    case, files = subject.case(seed), subject.fixtures(seed).exemplars[variant]
    submission = submission_of(subject, case, files)
    outcome = subject.forward(case, submission.artifacts, submission.conversation if talked else None)
    assert outcome is not None
    return outcome


def test_a_number_is_worse_on_its_bad_side_alone() -> None:
    more, less, neither = (Result(5.0, "things", better) for better in (Better.MORE, Better.LESS, Better.NEITHER))
    assert replace(more, value=4.0).worse_than(more) and not replace(more, value=6.0).worse_than(more)
    assert replace(less, value=6.0).worse_than(less) and not replace(less, value=4.0).worse_than(less)
    assert not replace(neither, value=6.0).worse_than(neither) and not replace(neither, value=4.0).worse_than(neither)
    assert more.keeps(5.0) and more.keeps(4.0) and not more.keeps(6.0)


def test_the_interval_of_shares_holds_the_truth_in_about_95_of_100_cases() -> None:
    import numpy as np

    rng, inside = np.random.default_rng(5), 0
    for _ in range(400):
        test, control = rng.binomial(2_000, 0.055, 4), rng.binomial(2_000, 0.05, 4)
        tried = [2_000.0] * 4
        found = rates_compared("orders", (test.tolist(), tried), (control.tolist(), tried))
        inside += found.low <= 10.0 <= found.high
    assert 0.91 <= inside / 400 <= 0.98


def test_the_interval_of_counts_holds_the_truth_in_about_95_of_100_cases() -> None:
    import numpy as np

    rng, inside = np.random.default_rng(6), 0
    for _ in range(400):
        found = counts_compared("stops", rng.poisson(30, 7).tolist(), rng.poisson(40, 7).tolist())
        inside += found.low <= -70.0 <= found.high
    assert 0.91 <= inside / 400 <= 0.98


def test_without_a_control_nothing_can_be_told() -> None:
    found = rates_compared("orders", ([3.0], [100.0]), ([], []))
    assert found.shows is Change.UNCLEAR and math.isinf(found.low)


def test_sums_of_large_amounts_are_less_sure_than_counts() -> None:
    counted, summed = (counts_compared("euros", [900.0], [700.0], size) for size in (1.0, 500.0))
    assert counted.shows is Change.MORE and summed.shows is Change.UNCLEAR


def test_changes_are_written_with_a_true_minus() -> None:
    assert (signed(-1250.4, 0), signed(2.25)) == ("−1,250", "+2.2")


def test_what_was_told_does_not_come_out_late() -> None:
    case = load_case("welcome", 0)
    on = dt.date(2026, 6, 8)
    late = {"room_plan": Surfaces(on, "the calendar had been printed"), "refresh_ready": Surfaces(on, "it was late")}
    case = replace(case, facts=surfacing(case.facts, late))
    script = load_script("welcome").in_world(case)
    talk = engine.replay(script, ["ask_when_ready"]).state
    assert [found.fact for found in came_out_late(case, None, on)] == ["refresh_ready", "room_plan"]
    assert [found.sentence for found in came_out_late(case, talk, on)] == [
        "On 8 June it came out that the calendar had been printed. Noor had known, and nobody had asked."
    ]
    assert came_out_late(case, talk, on - dt.timedelta(days=1)) == ()
    assert came_out_late(case, talk, on, spared={"room_plan"}) == ()


def test_what_everybody_knows_cannot_come_out() -> None:
    case = load_case("welcome", 0)
    with pytest.raises(KeyError, match="everybody knows standup_time"):
        surfacing(case.facts, {"standup_time": Surfaces(dt.date(2026, 6, 8), "it begins early")})


def test_how_facts_come_out_is_no_part_of_what_learners_see() -> None:
    case = load_case("recommendation_scoping", 2)
    bare = replace(case, facts={fact.id: replace(fact, surfaces=None) for fact in case.facts.values()})
    assert case.fingerprint == bare.fingerprint
    assert "Surfaces" not in repr(list(case.facts.values()))


@pytest.mark.slow
@pytest.mark.parametrize("slug", WITH_A_RUN)
def test_silence_has_its_price_on_the_page(slug: str) -> None:
    variant = next(iter(load_subject(slug).fixtures(1).exemplars))
    with_talk, silent = forward(slug, variant), forward(slug, variant, talked=False)
    assert len(silent.late) > len(with_talk.late)
    words = repr(Run(silent))
    assert all(late.sentence in words for late in silent.late)
    assert "What came out late" in Run(silent)._repr_html_()
    assert "was asked" not in " ".join(silent.sentences)


@pytest.mark.slow
@pytest.mark.parametrize("slug", WITH_A_RUN)
def test_goals_are_shown_as_held_or_not(slug: str) -> None:
    subject = load_subject(slug)
    fixtures = subject.fixtures(1)
    harmful = [miss for miss in fixtures.near_misses if miss.hurts]
    submissions = [submission_of(subject, subject.case(1), fixtures.near_miss_files(miss)) for miss in harmful]
    outcomes = [subject.forward(subject.case(1), each.artifacts, each.conversation) for each in submissions]
    outcome = next(outcome for outcome in outcomes if outcome and not outcome.ends_well)
    assert "Did not hold: " in repr(Run(outcome)) and "Held: " in repr(Run(outcome))
    assert 'class="broken"' in Run(outcome)._repr_html_()


def test_a_row_without_its_log_leaves_nobody_able_to_tell() -> None:
    subject = load_subject("recommendation_scoping")
    case, files = subject.case(1), subject.fixtures(1).exemplars["orders_first"]
    submission = submission_of(subject, case, files)
    board = submission.artifacts["board"]
    kept = tuple(place for place in board.placements if place.card != "exposure_log")  # type: ignore[attr-defined]
    artifacts = {**submission.artifacts, "board": board.model_copy(update={"placements": kept})}
    outcome = subject.forward(case, artifacts, submission.conversation)
    assert outcome is not None and "nobody can tell what it did to orders" in outcome.headline
    assert outcome.compared[0].claims is Change.UNCLEAR
