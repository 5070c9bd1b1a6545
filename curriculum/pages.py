"""What a lesson shows as a page: the brief, documents, the course map; with plain words for terminals."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2

from curriculum.cases import Case
from curriculum.catalog import LessonEntry, load_catalog
from curriculum.learner.progress import Standing

_HERE = Path(__file__).parent
_STYLES = _HERE / "widgets" / "static"


@dataclass(frozen=True)
class Page:
    """Markdown that a notebook shows as a page and a terminal as it is."""

    text: str
    html: str = ""
    """A designed page for notebooks, where there is one; everything in it is escaped."""

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        bundle = {"text/markdown": self.text, "text/plain": self.text}
        return {**bundle, "text/html": self.html} if self.html else bundle


def brief(case: Case) -> Page:
    """The memo, the people, what everybody knows, and the data."""
    shared = [fact for fact in case.facts.values() if fact.held_by is None]
    rows = {name: len(next(iter(table.values()))) for name, table in case.columns.items()}
    lines = [case.brief.strip(), "", "**Who is who**", "", "| Person | Role | Protects |", "| --- | --- | --- |"]
    lines += [f"| {person.label} | {person.role} | {person.cares_about} |" for person in case.people.values()]
    if shared:
        lines += ["", "**What everybody knows** (you can cite these)", ""]
        lines += [f"- `{fact.id}`: {fact.label}" for fact in shared]
    if case.columns:
        lines += ["", "**The data** (also as files in the folder `data`)", ""]
        lines += [
            f"- `lesson.tables.{name}`: {rows[name]:,} rows with {', '.join(table)}"
            for name, table in case.columns.items()
        ]
    designed = _render("brief.html", case=case, memo=_memo(case.brief), shared=shared, rows=rows)
    return Page("\n".join(lines), designed)


def course_map(here: str, standings: Mapping[str, Mapping[str, Standing]]) -> Page:
    """Every lesson in its order, how far the learner is, and a link; `here` is the open lesson."""
    rows = [_row(entry, here, standings.get(entry.slug, {})) for entry in load_catalog().lessons]
    lines = ["| Lesson | You are | You leave behind | Minutes | Your standing |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {row['title'] + ' (you are here)' if row['here'] else '[{title}]({link})'.format(**row)} "
        f"| {row['role']} | {row['leaves']} | {row['minutes']} | {row['standing']} |"
        for row in rows
    ]
    levels = [(level, list(lessons)) for level, lessons in groupby(rows, key=lambda row: row["level"])]
    return Page("\n".join(lines), _render("map.html", levels=levels))


def standing_in_words(standing: Mapping[str, Standing]) -> str:
    """How far a learner is in a lesson: not begun, or the best points of the artifacts checked so far."""
    if not standing:
        return "not begun"
    points, maximum = sum(s.points for s in standing.values()), sum(s.maximum for s in standing.values())
    return f"{points:g} of {maximum:g} points in {', '.join(sorted(standing))}"


def with_article(role: str) -> str:
    """A role as it is said after "you are": "a product manager", "new in the pod"."""
    if role.startswith(("new ", "head ")):
        return role
    return f"an {role}" if role[:1] in "aeiou" else f"a {role}"


def _row(entry: LessonEntry, here: str, standing: Mapping[str, Standing]) -> dict[str, Any]:
    from graders import load_rubric

    rubric = load_rubric(entry.slug)
    maximum = sum(rubric.points(kind) for kind in rubric.artifacts)
    return {
        "title": entry.title,
        "level": entry.level,
        "role": with_article(entry.role),
        "leaves": entry.leaves,
        "minutes": f"{entry.minutes[0]}–{entry.minutes[1]}",
        "here": entry.slug == here,
        "link": f"../../{entry.level}/{entry.slug}/{entry.slug}.ipynb",
        "standing": standing_in_words(standing),
        "share": round(100 * sum(s.points for s in standing.values()) / maximum),
    }


def _memo(markdown: str) -> str:
    """The memo as HTML: paragraphs, lists, bold and italic words; everything else is shown as it is."""
    blocks = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        lines = [_inline(line) for line in block.split("\n")]
        if all(line.startswith("- ") for line in lines):
            blocks.append("<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>")
        else:
            blocks.append(f"<p>{' '.join(lines)}</p>")
    return "".join(blocks)


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<em>\1</em>", text)
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", text)


def _render(name: str, **values: Any) -> str:
    if "memo" in values:
        from markupsafe import Markup

        values["memo"] = Markup(values["memo"])
    return f"<style>{_css()}</style>{_templates().get_template(name).render(**values)}"


@cache
def _css() -> str:
    return "\n".join((_STYLES / f"{name}.css").read_text(encoding="utf-8") for name in ("shared", "pages"))


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(_HERE / "page_templates")
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
