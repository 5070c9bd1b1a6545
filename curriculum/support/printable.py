"""Text that others wrote, fit to be shown: no character in it that a terminal obeys or that turns words around."""

from __future__ import annotations

_HARMLESS = "\n\u00a0\u200c\u200d"
"""The last two join and part letters of Persian and Indic words, and the parts of a picture."""


class _Seen(dict[int, str]):
    """By code of a character: itself, or a space where nobody sees it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        seen = char if char.isprintable() or char in _HARMLESS else " "
        if code < 0x2100:  # nearly all that is not printable; the rest is not worth keeping
            self[code] = seen
        return seen


_SEEN = _Seen()


def printable(text: str) -> str:
    """Text without control characters, which could repaint a terminal, and without marks that reverse what is read."""
    return text if text.isprintable() else text.translate(_SEEN)
