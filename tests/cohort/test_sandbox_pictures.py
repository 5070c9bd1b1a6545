"""Pictures of figures in executed notebooks: what matplotlib's own tight ones show, drawn once."""

from __future__ import annotations

import io
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from curriculum.cohort.sandbox.pictures import ROOM, png

CLOSE = 3
"""Pixels; where a figure is cut, matplotlib counts parts of one."""


def sticking_out(figure: Figure) -> None:
    figure.subplots().barh(["longer than the room left of the bars", "short"], [1, 2])


def beside(figure: Figure) -> None:
    axes = figure.subplots()
    axes.plot([1, 2, 1], label="the third quarter")
    axes.legend(bbox_to_anchor=(1.5, 1.2))
    axes.set_title("Orders")


def far_out(figure: Figure) -> None:
    figure.subplots().text(0, 0, "word " * 120)


def named(figure: Figure) -> None:
    figure.subplots().plot([1, 2], label="line")
    figure.legend(loc="upper right")


def made(draw: Callable[[Figure], None], **settings: object) -> Figure:
    figure = Figure(figsize=(6.37, 3.33), **settings)
    FigureCanvasAgg(figure)
    draw(figure)
    return figure


def tight(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", bbox_inches="tight", dpi=figure.dpi, facecolor=figure.get_facecolor())
    return buffer.getvalue()


def pixels(picture: bytes | None) -> np.ndarray:
    assert picture is not None
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=float)


@pytest.mark.parametrize("draw", [sticking_out, beside, far_out, named])
@pytest.mark.parametrize("dpi", [72, 93])
def test_nothing_is_cut_off_and_the_margin_is_narrow(draw: Callable[[Figure], None], dpi: int) -> None:
    ours, usual = pixels(png(made(draw, dpi=dpi))), pixels(tight(made(draw, dpi=dpi)))
    assert np.abs(np.subtract(ours.shape, usual.shape)).max() <= CLOSE
    inked = [np.abs(picture - picture[0, 0]).sum() for picture in (ours, usual)]
    assert inked[0] == pytest.approx(inked[1], rel=0.02), "as much is drawn"
    assert ours.shape[1] > dpi * 6.37 or draw is named, "the figures of this test do stick out"


def test_a_figure_is_drawn_once() -> None:
    class Counted(Artist):
        times = 0

        def draw(self, renderer: RendererBase) -> None:
            self.times += 1

    figure = made(sticking_out)
    figure.add_artist(counted := Counted(), clip=False)
    png(figure)
    assert counted.times == 1


def test_a_figure_with_nothing_in_it_is_no_picture() -> None:
    assert png(made(lambda figure: None)) is None


def test_a_ground_that_is_seen_through_stays_so() -> None:
    picture = png(made(sticking_out, facecolor="none"))
    assert picture is not None
    assert Image.open(io.BytesIO(picture)).getpixel((0, 0)) == (255, 255, 255, 0)


def test_what_is_too_far_out_for_the_room_is_there_as_well() -> None:
    picture = pixels(png(made(far_out, dpi=72)))
    assert picture.shape[1] > 72 * (6.37 + 2 * ROOM) + mpl.rcParams["savefig.pad_inches"]
