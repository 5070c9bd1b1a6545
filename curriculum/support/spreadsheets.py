"""What spreadsheets do to the cells of a CSV file, and how they are kept from it."""

from __future__ import annotations

import re

_FORMULA = "=+@\uff1d\uff0b\uff0d\uff20-"
"""What begins a formula, in the full width of East Asian keyboards too."""
_UNSEEN = " \u00a0\u00ad\ufeff\u2060\t" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_BEGINS = rf"(?:\A(?=[{_UNSEEN}\r\n]*[{_FORMULA}])|(?<=[;\r\n])(?=[{_UNSEEN}]*[{_FORMULA}]))"
"""Where a formula begins. A spreadsheet that is set to semicolons takes no notice of quotes behind the first comma, so
there a cell begins anew at each semicolon and each line."""
_TO_GUARD = re.compile(rf"{_BEGINS}|\A(?=[\t\r\n])")
_GUARD = re.compile(rf"(?:\A|(?<=[;\r\n]))'(?=[{_UNSEEN}]*[{_FORMULA}])|\A'(?=[{_UNSEEN}\r\n]*[{_FORMULA}]|[\t\r\n])")


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows as text (OWASP, CSV injection): whatever of it is not seen comes off first."""
    return _TO_GUARD.sub("'", cell)


def unguarded(cell: str) -> str:
    """The cell as it was before it was guarded."""
    return _GUARD.sub("", cell)
