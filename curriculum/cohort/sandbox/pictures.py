"""Pictures of figures as notebooks show them, cut to what is drawn, and drawn once instead of twice."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

ROOM = 3.0
"""Inches around a figure in which labels that stick out of it are looked for."""


def png(figure: Figure) -> bytes | None:
    """What matplotlib's `bbox_inches="tight"` gives: the figure, whatever sticks out of it, and a narrow margin; where
    nothing is drawn around axes, it is a little closer.

    matplotlib draws a figure once to find out how far it reaches, and once more. Here it is drawn once, with room
    around it, and the room is cut away. None for a figure with nothing in it.
    """
    import matplotlib as mpl
    import numpy as np
    from matplotlib.transforms import Bbox
    from PIL import Image

    if not figure.axes and not figure.lines:
        return None
    if figure.legends or figure.subfigs:  # their place depends on the room
        return _printed(figure, "png", "tight")
    dpi = figure.dpi
    width, height = figure.get_size_inches()
    whole = Bbox([[-ROOM, -ROOM], [width + ROOM, height + ROOM]])
    pixels = np.frombuffer(_printed(figure, "rgba", whole), np.uint32)
    pixels = pixels.reshape(-1, int(whole.width * dpi))
    ink = pixels != pixels[0, 0]
    down, across = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    margin = round(mpl.rcParams["savefig.pad_inches"] * dpi)
    if not down.size or min(down[0], across[0], *np.subtract(pixels.shape, (down[-1] + 1, across[-1] + 1))) < margin:
        return _printed(figure, "png", "tight")
    cut = pixels[down[0] - margin : down[-1] + margin + 1, across[0] - margin : across[-1] + margin + 1]
    picture = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(cut).view(np.uint8).reshape(*cut.shape, 4)).save(
        picture, "png", compress_level=1, dpi=(dpi, dpi)
    )
    return picture.getvalue()


def _printed(figure: Figure, form: str, bounds: Bbox | Literal["tight"]) -> bytes:
    buffer = io.BytesIO()
    figure.canvas.print_figure(
        buffer, format=form, dpi=figure.dpi, bbox_inches=bounds,
        facecolor=figure.get_facecolor(), edgecolor=figure.get_edgecolor(),
    )  # fmt: skip
    return buffer.getvalue()
