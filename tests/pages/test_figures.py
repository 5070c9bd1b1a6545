"""Figures in the house style: colours that everybody can tell apart, readable in both themes, quick, safe as HTML."""

from __future__ import annotations

import re
import time
from itertools import combinations
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from curriculum.pages.figures import SERIES, STYLE, dark, drawn, figure_html, in_words, themed_svg
from curriculum.support.colours import DEFICIENCIES, distance, for_the_dark
from curriculum.support.design_tokens import contrast
from curriculum.support.looks import palette

GROUNDS = palette()["ground"]


def a_figure() -> Figure:
    figure = Figure(figsize=(8, 3))
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.plot(range(12), [i * i % 7 for i in range(12)], marker="o", label="all shops")
    axes.set(xlabel="week", ylabel="orders for 100 visits", title="Orders by week")
    return figure


def test_the_style_holds_the_colours_that_have_partners() -> None:
    with matplotlib.rc_context(fname=STYLE):
        cycle = [f"#{each['color'].lstrip('#')}" for each in matplotlib.rcParams["axes.prop_cycle"]]
        ink = {matplotlib.rcParams[name].lstrip("#") for name in ("text.color", "axes.titlecolor")}
    assert cycle == list(SERIES)
    assert ink == {palette()["ink"][0].lstrip("#")}


@pytest.mark.parametrize("deficiency", ["", *DEFICIENCIES])
def test_the_colours_stay_apart_for_everybody_in_both_themes(deficiency: str) -> None:
    for theme in (SERIES.keys(), SERIES.values()):
        assert min(distance(one, other, deficiency) for one, other in combinations(theme, 2)) >= 13


def test_the_colours_and_words_stand_out_from_their_ground() -> None:
    for light, partner in SERIES.items():
        assert contrast(light, GROUNDS[0]) >= 3 and contrast(partner, GROUNDS[1]) >= 3
    for name in ("ink", "soft"):
        assert all(contrast(colour, ground) >= 4.5 for colour, ground in zip(palette()[name], GROUNDS, strict=True))


@pytest.mark.parametrize("colour", ["#000000", "#1f77b4", "#ff0000", "#006400", "#d62728", "#0072b2", "#e69f00"])
def test_any_colour_of_a_learner_is_readable_in_the_dark(colour: str) -> None:
    assert contrast(dark(colour), GROUNDS[1]) >= 3
    assert for_the_dark("#ffffff") < "#40", "white becomes dark"


def test_the_svg_holds_both_themes_and_its_words_as_text() -> None:
    svg = themed_svg(a_figure())
    tree = ElementTree.fromstring(svg)
    texts = {"".join(text.itertext()).strip() for text in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Orders by week", "week", "orders for 100 visits"} <= texts
    assert "@media (prefers-color-scheme: dark)" in svg and "DejaVu Sans, sans" not in svg
    rules = dict(re.findall(r"--c([0-9a-f]{6}):(#[0-9a-f]{6})", svg))
    used = set(re.findall(r"var\(--c([0-9a-f]{6}),", svg))
    assert used == set(rules), "every colour has a partner"
    assert svg == themed_svg(a_figure()), "the same figure gives the same bytes"


def test_a_figure_is_drawn_without_touching_those_of_a_notebook() -> None:
    before = dict(matplotlib.rcParams)
    svg = drawn(lambda figure: figure.subplots().bar(["a", "b"], [1, 2]), 4, 2)
    assert svg.startswith("<svg") and "#4a3fd1" in svg
    assert dict(matplotlib.rcParams) == before


def test_a_figure_says_what_it_shows() -> None:
    said = "Figure. Orders by week; across: week; up: orders for 100 visits; shown: all shops"
    assert in_words(a_figure()) == said
    assert 'alt="&lt;b&gt;&quot;"' in figure_html("<svg></svg>", '<b>"')


def test_a_figure_is_shown_in_time() -> None:
    figure, seconds = a_figure(), []
    for _ in range(5):
        start = time.process_time()
        themed_svg(figure)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.15


def test_words_over_data_have_a_rim_of_ground_but_white_ones_have_none() -> None:
    figure = a_figure()
    (axes,) = figure.axes
    axes.text(3, 2, "a release")
    axes.text(5, 2, "on a bar", color="white")
    axes.legend()
    tree = ElementTree.fromstring(themed_svg(figure))
    named = [group for group in tree.iter("{http://www.w3.org/2000/svg}g") if group.get("id", "").startswith("over-")]
    assert ["".join(group.itertext()).strip() for group in named] == ["a release", "all shops"]
    rim = next(
        style.text or "" for style in tree.iter("{http://www.w3.org/2000/svg}style") if "stroke" in str(style.text)
    )
    assert "g[id^=over-data] text{" in rim and "stroke:var(--cffffff,#ffffff)" in rim, "the rim is dark in the dark"


@pytest.mark.parametrize("words", ["good payments stopped, of 1,000", "good payments\nstopped, of 1,000"])
def test_a_label_is_no_longer_than_its_axis(words: str) -> None:
    seen: list[Figure] = []

    def draw(figure: Figure) -> None:
        upper, lower = figure.subplots(2, 1)
        upper.set_ylabel(words)
        lower.set_ylabel("orders")
        seen.append(figure)

    drawn(draw, 6, 3)
    label, other = (axes.yaxis.label for axes in seen[0].axes)
    assert label.get_window_extent().height <= seen[0].axes[0].bbox.height + 2
    assert other.get_fontsize() == 10 and other.get_text() == "orders", "what fits stays as it is"


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_a_short_label_that_fits_nowhere_is_made_small_and_the_figure_drawn() -> None:
    seen: list[Figure] = []

    def draw(figure: Figure) -> None:
        for axes in figure.subplots(5, 1):
            axes.set_ylabel("€ k")
        seen.append(figure)

    drawn(draw, 6, 1)
    assert {axes.yaxis.label.get_fontsize() for axes in seen[0].axes} == {8.0}
