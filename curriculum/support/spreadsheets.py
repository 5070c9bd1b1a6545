"""What spreadsheets do to the cells of a CSV file, and how they are kept from it."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula, in the full width of East Asian keyboards too."""
_UNSEEN = " \u00a0\u00ad\ufeff\u2060\t\r\n" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows as text (OWASP, CSV injection): whatever of it is not seen comes off first."""
    seen = cell.lstrip(_UNSEEN)
    return f"'{cell}" if seen[:1] in _FORMULA or (cell[:1] in "\t\r\n" and cell) else cell
