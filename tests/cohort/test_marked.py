"""What instructors send to learners through nbgrader: text, whatever a learner wrote into it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from curriculum.cohort.marked import inert

HOSTILE = [
    "<script>alert(9)</script>",
    "<img src=x onerror=alert(8)>",
    "</div><svg/onload=alert(2)>",
    "<!-- --><b>bold</b>",
    "[c](javascript:alert(7))",
    "[c]\n\n[c]: javascript:alert(7)",
    "[c][d]\n\n[d]: javascript:alert(7)",
    "![p](http://127.0.0.1:9100/track.png)",
    "$\\href{javascript:alert(6)}{x}$",
    "$$\\href{javascript:alert(6)}{x}$$",
    "\\(\\href{javascript:alert(6)}{x}\\)",
    "\\begin{align}\\href{javascript:alert(6)}{x}\\end{align}",
    "\\<script>alert(1)</script>",
    "`<img src=x onerror=alert(8)>`",
    "\\`<img src=x onerror=alert(8)>`",
    "&lt;script&gt;",
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(text: str) -> Tags:
    """The comment as nbgrader's feedback shows it: with nbconvert's own Markdown."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    render: Any = markdown2html_mistune
    tags = Tags()
    tags.feed(render(text))
    return tags


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_learners_is_live(text: str) -> None:
    tags = shown(inert(text))
    assert set(tags.found) <= {"p", "br", "a"}
    assert all(link.startswith("http://127.0.0.1:9100/") for link in tags.links), "a bare address, to be read"
    assert not re.search(r"\\[A-Za-z(\[]", tags.text), "no command of a formula"


@pytest.mark.parametrize(
    "text", ["p95 < 300 ms and a > b", "five [5] of 12 (see below)", "1 * 2 and 3 & 4", "It costs 40 € a day."]
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert inert(text) == text
    assert shown(text).text.strip() == text
