"""Figures in the house style: one SVG that is light in a light theme and dark in a dark one.

The SVG stands in an `img`, where a page's style does not reach it, but the `color-scheme` of the `img` does: a media
query inside the SVG gives every colour its partner for the dark.
"""

from __future__ import annotations

import base64
import io
import re
import textwrap
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.support.colours import for_the_dark
from curriculum.support.looks import palette, themed_variables

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("course.mplstyle")
"""The house style, as a file that matplotlib reads."""

SERIES = {"#4a3fd1": "#b3a8ff", "#e0660a": "#f08a3c", "#06403a": "#8ff0d8", "#a64f9a": "#c2588f"}
"""The colours of the style's cycle, and what each is in the dark; all at least 13 apart for everybody."""

MOST_BYTES = 600_000
"""A figure with more in it (tens of thousands of points) is shown as dots, with its lightness turned round."""

_COLOUR = re.compile(r'(?<=[:" ])(#[0-9a-fA-F]{6})(?=[;"])')
_FONT = re.compile(r"(font: [^'\"]*?px )'DejaVu Sans'[^;\"]*")
_HEAD = re.compile(r"<svg [^>]*>", re.DOTALL)
_OVER_DATA = "over-data"
"""How the ids of words begin that may lie on what is drawn: they get a rim in the colour of the ground."""

_RIM = (
    f"<style>g[id^={_OVER_DATA}] text{{paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round;"
    "stroke-opacity:.85}</style>"
)
SMALLEST = 8.0
"""Of letters, in points."""

FONTS = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"


def drawn(draw: Callable[[Figure], None], width: float, height: float) -> str:
    """A figure of so many inches as a themed SVG, drawn without touching a notebook's own figures."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    with matplotlib.rc_context(fname=STYLE):
        figure = Figure(figsize=(width, height), layout=(engine := ConstrainedLayoutEngine()), dpi=72)
        FigureCanvasSVG(figure)
        draw(figure)
        engine.execute(figure)
        while _fit_upright_labels(figure):
            engine.execute(figure)
        # Everything has its place; with an engine matplotlib would draw it all once more to find out.
        with matplotlib.rc_context({"figure.constrained_layout.use": False}):
            figure.set_layout_engine(None)
        return themed_svg(figure, tight=False)


def themed_svg(figure: Figure, tight: bool = True) -> str:
    """A matplotlib figure as SVG in both themes; `tight` cuts it to what is drawn, as notebooks do."""
    import matplotlib

    _mark_words_over_data(figure)
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "course"}):
        figure.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight" if tight else None
        )
    text = buffer.getvalue()
    text = _FONT.sub(lambda found: found.group(1) + FONTS, text[text.index("<svg") :])
    text = _HEAD.sub(lambda head: head.group() + _RIM, text, count=1)
    colours = {colour.lower() for colour in _COLOUR.findall(text)}
    rules = "".join(f"--c{colour[1:]}:{dark(colour)};" for colour in sorted(colours))
    style = f"<style>@media (prefers-color-scheme: dark){{:root{{{rules}}}}}</style>"
    text = _COLOUR.sub(lambda found: _variable(found.group(1).lower()), text)
    return _HEAD.sub(lambda head: head.group() + style, text, count=1)


def _fit_upright_labels(figure: Figure) -> bool:
    """Put a label that is longer than its upright axis on two lines, or in smaller letters where it stands on
    several already; whether there was one."""
    fitted = False
    for axes in figure.axes:
        label, words = axes.yaxis.label, axes.get_ylabel()
        part = axes.bbox.height / max(1.0, label.get_window_extent().height)
        letters = float(label.get_fontsize())
        if part >= 1 or " " not in words or letters <= SMALLEST:
            continue
        halves = textwrap.fill(words, max(len(words) // 2 + 3, *map(len, words.split())))
        if "\n" in words or "\n" not in halves:
            label.set_fontsize(max(SMALLEST, 0.98 * letters * part))
        else:
            axes.set_ylabel(halves)
        fitted = True
    return fitted


def _mark_words_over_data(figure: Figure) -> None:
    """Give words inside axes the id that rims them, but not those that are white on what is drawn."""
    from matplotlib.colors import to_hex

    legends = [*figure.legends, *(legend for axes in figure.axes if (legend := axes.get_legend()))]
    words = [*(text for axes in figure.axes for text in axes.texts), *(t for each in legends for t in each.get_texts())]
    for number, text in enumerate(words):
        if to_hex(text.get_color()) != "#ffffff":
            text.set_gid(f"{_OVER_DATA}-{number}")


def _variable(colour: str) -> str:
    return f"var(--c{colour[1:]},{colour})"


@cache
def dark(colour: str) -> str:
    """The partner of a colour in the dark theme: the one of the palette, else the same hue turned light."""
    return {**dict(palette().values()), **SERIES}.get(colour) or for_the_dark(colour)


def figure_html(svg: str, alt: str) -> str:
    """The themed SVG as HTML, a picture that is light where nothing says otherwise."""
    data = base64.b64encode(svg.encode()).decode()
    return _framed(f'<img class="themed" src="data:image/svg+xml;base64,{data}" alt="{escape(alt, quote=True)}">')


def dots_html(figure: Figure, alt: str) -> str:
    """The figure as PNG, for one that is too large as SVG."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=150, bbox_inches="tight")
    data = base64.b64encode(buffer.getvalue()).decode()
    width = round(figure.get_figwidth() * 96)
    return _framed(
        f'<img class="turned" src="data:image/png;base64,{data}" alt="{escape(alt, quote=True)}" width="{width}">'
    )


def _framed(img: str) -> str:
    frame = 'class="course-figure" role="group" tabindex="0" aria-label="Figure"'
    return f"<style>{figure_css()}</style><div {frame}>{img}</div>"


@cache
def figure_css() -> str:
    """The style of a figure on a page."""
    css = STYLE.with_name("figures.css").read_text(encoding="utf-8")
    return themed_variables(".course-figure", "ground", "line", "accent") + css


def in_words(figure: Figure) -> str:
    """What a figure shows as far as its own words say it: titles, axes, the names of what is drawn."""
    parts = []
    for axes in figure.axes:
        title = next((t for where in ("left", "center", "right") if (t := axes.get_title(loc=where))), "")
        named = [
            f"{name}: {label}" for name, label in (("across", axes.get_xlabel()), ("up", axes.get_ylabel())) if label
        ]
        drawn = [text for text in axes.get_legend_handles_labels()[1] if not text.startswith("_")]
        said = [*([title] if title else []), *named, *([f"shown: {', '.join(drawn)}"] if drawn else [])]
        parts += ["; ".join(said)] if said else []
    return "Figure. " + ". ".join(" ".join(part.split()) for part in parts) if parts else "Figure"
