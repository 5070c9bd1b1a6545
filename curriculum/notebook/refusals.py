"""What a notebook says instead of a traceback."""

from __future__ import annotations


class LessonError(Exception):
    """Something that was asked of a lesson cannot be done; the message says what to do instead."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback: the sentence."""
        return [str(self)]
