"""What a cell displays besides its result."""

from __future__ import annotations

shown: list[object] = []
"""What was displayed since the page last looked, in its order."""


def display(*objects: object) -> None:
    """Show these under the cell that runs."""
    shown.extend(objects)
