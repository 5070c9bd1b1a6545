"""What has run in this kernel: a page that comes to a kernel at work asks, and takes what stands."""

from __future__ import annotations

from collections.abc import Sequence

from IPython.core.getipython import get_ipython

from curriculum.notebook.outline import AsJson


def ran(sources: Sequence[str]) -> AsJson:
    """For each of these cells' sources, whether just this has run here, in any page."""
    history = getattr(get_ipython(), "history_manager", None)
    done = {source.strip() for source in history.input_hist_raw} if history else set()
    return AsJson([source.strip() in done for source in sources])
