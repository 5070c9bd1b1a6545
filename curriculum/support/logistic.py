"""Logistic regression on counted cells by Newton's method: as scikit-learn's, without importing it.

Where all features are bands, thousands of rows are a few hundred different cells, and a fit takes milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STEPS = 30
CERTAIN = 30.0
"""The intercept where all rows are equal: as good as certain."""
SETTLED = 1e-9
"""A step of Newton's method that changes no weight by more than this is the last."""


@dataclass(frozen=True)
class Fit:
    """Weights of a logistic regression."""

    intercept: float
    weights: np.ndarray
    """One a column."""

    def probability(self, design: np.ndarray) -> np.ndarray:
        """The probability of a 1 for each row of a design matrix (rows, columns)."""
        return sigmoid(self.intercept + design @ self.weights)


def sigmoid(values: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-x)), without overflow."""
    found: np.ndarray = 0.5 * (1.0 + np.tanh(0.5 * values))
    return found


def fitted(design: np.ndarray, ones: np.ndarray, counts: np.ndarray, penalty: float = 1.0) -> Fit:
    """The fit that scikit-learn's `LogisticRegression(C=1 / penalty)` finds on the same rows.

    `design` has a row for each cell (cells, columns), `ones` says how many of its rows are 1, `counts` how many it has.
    The weights are held back by half of `penalty` times their squares, the intercept is not.
    """
    held = np.concatenate([[0.0], np.full(design.shape[1], penalty)])
    wide = np.column_stack([np.ones(len(design)), design])
    theta = np.zeros(wide.shape[1])
    share = float(ones.sum()) / max(1.0, float(counts.sum()))
    if not 0 < share < 1:  # all rows are equal, and no weight is as good as infinite ones
        return Fit(CERTAIN if share else -CERTAIN, theta[1:])
    theta[0] = np.log(share / (1 - share))
    for _ in range(STEPS):
        likely = sigmoid(wide @ theta)
        gradient = wide.T @ (counts * likely - ones) + held * theta
        curvature = (wide.T * (counts * likely * (1 - likely))) @ wide + np.diag(held)
        step = np.linalg.solve(curvature, gradient)
        theta = theta - step
        if np.abs(step).max() < SETTLED:
            break
    return Fit(float(theta[0]), theta[1:])


def auc(scores: np.ndarray, ones: np.ndarray, counts: np.ndarray) -> float:
    """The share of pairs of a 1 and a 0 in which the 1 has the higher score, ties counted half; nan without pairs.

    All three have an entry a cell.
    """
    order = np.argsort(scores, kind="stable")
    _, group = np.unique(scores[order], return_inverse=True)
    up, down = np.bincount(group, ones[order]), np.bincount(group, (counts - ones)[order])
    pairs = float(up.sum() * down.sum())
    if not pairs:
        return float("nan")
    below = np.cumsum(down) - down
    return float((up * (below + down / 2)).sum() / pairs)
