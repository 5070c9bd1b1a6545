"""Logistic regression on counted cells, held to scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest

from curriculum.support.logistic import auc, fitted, sigmoid


def cells(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Forty cells of two bands with their ones and counts."""
    rng = np.random.default_rng(seed)
    first, second = np.divmod(np.arange(40), 8)
    design = np.concatenate(
        [(first[:, None] == np.arange(5)), (second[:, None] == np.arange(8))], axis=1
    ).astype(float)  # fmt: skip
    counts = rng.integers(0, 60, 40).astype(float)
    ones = rng.binomial(counts.astype(int), sigmoid(0.7 * first - 2.0)).astype(float)
    return design, ones, counts


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("penalty", [1.0, 20.0])
def test_newton_finds_what_scikit_learn_finds(seed: int, penalty: float) -> None:
    from sklearn.linear_model import LogisticRegression

    design, ones, counts = cells(seed)
    ours = fitted(design, ones, counts, penalty).probability(design)
    label, weights = np.repeat([1, 0], 40), np.concatenate([ones, counts - ones])
    used = weights > 0
    theirs = LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=5000).fit(
        np.concatenate([design, design])[used], label[used], weights[used]
    )
    assert np.abs(ours - theirs.predict_proba(design)[:, 1]).max() < 0.001


def test_the_area_is_that_of_the_rows() -> None:
    from sklearn.metrics import roc_auc_score

    _, ones, counts = cells(5)
    scores = np.round(np.random.default_rng(1).random(40), 1)
    rows = np.repeat(scores, counts.astype(int))
    label = np.concatenate(
        [np.repeat([1, 0], [int(one), int(all_ - one)]) for one, all_ in zip(ones, counts, strict=True)]
    )
    assert auc(scores, ones, counts) == pytest.approx(roc_auc_score(label, rows))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_without_both_kinds_there_is_no_area_and_still_a_fit(share: float) -> None:
    design, _, counts = cells(2)
    assert np.isnan(auc(np.arange(40.0), share * counts, counts))
    assert np.abs(fitted(design, share * counts, counts).probability(design) - share).max() < 0.2
