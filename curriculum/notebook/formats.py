"""How a notebook shows tables and figures once a lesson is open: in the course's style, in both themes.

A DataFrame stays a DataFrame and a figure a figure; only what IPython displays of them changes. Neither pandas nor
matplotlib is imported here: IPython is told the names of their classes, and matplotlib the place of its style.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from curriculum.course.table_titles import load_titles

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Where the class says that it lives has moved between pandas 2 and 3.
_TABLES = (
    ("pandas", "DataFrame"), ("pandas", "Series"), ("pandas.core.frame", "DataFrame"), ("pandas.core.series", "Series"),
)  # fmt: skip
_NUMBERS = ("int64", "int32", "float64", "float32", "bool", "bool_")
"""What numpy calls single numbers; it would show them with these names around them."""


def use_house_style(slug: str) -> None:
    """Show tables with the titles of this lesson, and figures in the house style; outside IPython nothing happens."""
    if "IPython" not in sys.modules:
        return
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return
    formats = shell.display_formatter.formatters

    def as_html(table: Any) -> str:
        from curriculum.pages.tables import table_html

        return table_html(table, load_titles(slug))

    def as_text(table: Any, printer: Any, cycle: bool) -> None:
        from curriculum.pages.tables import table_text

        printer.text(table_text(table, load_titles(slug)))

    def number_as_text(value: Any, printer: Any, cycle: bool) -> None:
        from curriculum.pages.reporting import number

        printer.text(number(value.item()))

    plain, numpy = formats["text/plain"], sys.modules.get("numpy")
    for name in _NUMBERS:
        plain.for_type_by_name("numpy", name, number_as_text)
        if (kind := getattr(numpy, name, None)) in plain.type_printers:  # IPython's own, once numpy is there
            plain.for_type(kind, number_as_text)
    for module, name in _TABLES:
        formats["text/html"].for_type_by_name(module, name, as_html)
        formats["text/plain"].for_type_by_name(module, name, as_text)
    # Not for Figure itself: IPython forgets those when it sets its own formats up.
    formats["text/html"].for_type_by_name("matplotlib.figure", "FigureBase", _figure)
    _style_figures()


def _figure(figure: Figure) -> str | None:
    """A figure as HTML; None leaves it to the PNG that IPython makes anyway."""
    from curriculum.pages.figures import MOST_BYTES, dots_html, figure_html, in_words, themed_svg

    if not getattr(figure, "axes", None) or not hasattr(figure, "savefig"):
        return None
    svg = themed_svg(figure)
    return figure_html(svg, in_words(figure)) if len(svg) <= MOST_BYTES else dots_html(figure, in_words(figure))


def _style_figures() -> None:
    """Tell matplotlib the house style: by its environment variable, or at once where it is imported already."""
    from curriculum.pages.figures import STYLE

    if os.environ.get("MATPLOTLIBRC", str(STYLE)) != str(STYLE):
        return  # somebody has a style of their own
    os.environ["MATPLOTLIBRC"] = str(STYLE)
    if "matplotlib" in sys.modules:
        import matplotlib

        matplotlib.rc_file(STYLE, use_default_template=False)
