"""A model on columns that are bands, trained with scikit-learn: equal rows are counted once, so it takes no time.

It stands where something is tried out. What a lesson grades is counted by `curriculum.support.logistic`, which finds
the same probabilities without scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def trained_probability(learned: np.ndarray, ones: np.ndarray, asked: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """The probability of a 1 for each row that is asked about, by a logistic regression on other rows.

    `learned` (rows, bands) and `asked` (other rows, bands) number the value of each row in each band from 0; −1 is
    what is not there yet. `ones` says which of the learned rows are a 1, `sizes` how many values each band has. Where
    all learned rows are equal, that is what is foretold. Imports scikit-learn.
    """
    from sklearn.linear_model import LogisticRegression

    cells, cell = np.unique(_cells(learned, sizes), return_inverse=True)
    ups = np.bincount(cell, ones, minlength=len(cells))
    downs = np.bincount(cell, minlength=len(cells)) - ups
    weights, label = np.concatenate([ups, downs]), np.repeat([1, 0], len(cells))
    used = weights > 0
    if len(set(label[used].tolist())) < 2:
        return np.full(len(asked), float(ups.sum() > 0))
    design = _columns(cells, sizes)
    model = LogisticRegression(tol=1e-7, max_iter=2000)
    model.fit(np.concatenate([design, design])[used], label[used], weights[used])
    kinds, kind = np.unique(_cells(asked, sizes), return_inverse=True)
    found: np.ndarray = model.predict_proba(_columns(kinds, sizes))[:, 1][kind]
    return found


def area_under_curve(likely: np.ndarray, ones: np.ndarray) -> float:
    """The AUC of probabilities; nan where all rows are equal. Imports scikit-learn."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(ones, likely)) if 0 < ones.sum() < len(ones) else float("nan")


def _cells(codes: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """A number for each row: rows that are the same in all bands have the same."""
    cell = np.zeros(len(codes), np.int64)
    for place, size in enumerate(sizes):
        cell = cell * (size + 1) + codes[:, place] + 1
    return cell


def _columns(cells: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """A column of 0 and 1 for each value of each band (cells, sum of sizes); zeros where nothing stands in a band."""
    parts, rest = [], cells
    for size in reversed(sizes):
        rest, code = np.divmod(rest, size + 1)
        parts.append(code[:, None] == np.arange(1, size + 1))
    return np.concatenate(parts[::-1], axis=1).astype(float)
