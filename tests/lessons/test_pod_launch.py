"""The world of `pod_launch`: what must hold on every seed. The generic proofs are in test_proofs.py."""

from __future__ import annotations

import numpy as np
import pytest

from curriculum.cases import VARIANTS, load_case


@pytest.mark.parametrize("seed", range(VARIANTS))
def test_truth_can_be_recomputed_from_what_learners_see(seed: int) -> None:
    case = load_case("pod_launch", seed)
    minutes = np.sort(case.columns["waits"]["minutes"])
    assert case.truth.typical == minutes[len(minutes) // 2]
    assert case.truth.days_over == np.sum(minutes > 30)


@pytest.mark.parametrize("seed", range(VARIANTS))
def test_the_average_is_clearly_another_number(seed: int) -> None:
    case = load_case("pod_launch", seed)
    average = case.facts["average_wait"].value
    assert average is not None
    assert abs(average - case.truth.typical) > 5
