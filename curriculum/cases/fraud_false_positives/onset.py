"""When a count changed its level: one way for the notebook, the record and the review."""

from __future__ import annotations

import numpy as np


def change_place(counts: np.ndarray) -> int:
    """The place in a series from which it has another level: where two flat lines, before and after, fit best.

    `counts` holds one number for each of equally long times, in order; at least a few on both sides are needed.
    """
    values = np.asarray(counts, dtype=float)
    edge = max(2, len(values) // 40)
    misfit = [
        ((values[:at] - values[:at].mean()) ** 2).sum() + ((values[at:] - values[at:].mean()) ** 2).sum()
        for at in range(edge, len(values) - edge)
    ]
    return edge + int(np.argmin(misfit))
