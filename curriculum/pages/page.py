"""What a lesson shows as a page: brief, documents, story, flaws, course map; with plain words for terminals."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.document import markdown
from curriculum.artifacts.outline import Block, Group, Items, Said, Table, outline
from curriculum.cases import Case
from curriculum.cases.base import Registry, row_count
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.course.table_titles import load_titles
from curriculum.pages.standing import Advice, ObjectiveShown, Standing, next_open, standing_in_words, still_open
from curriculum.support.looks import SHARED_STYLE
from curriculum.support.printable import printable

if TYPE_CHECKING:
    from curriculum.course.flaws import FlawScore
    from curriculum.pages.skills import Skills

_HERE = Path(__file__).parent

_NUMBER = re.compile(r"[-+\u2212]?[\d,.]+ ?%?")
SENTENCE = 40
"""From so many characters on, a cell of a document's table is a sentence."""


@dataclass(frozen=True)
class Page:
    """Markdown that a notebook shows as a page and a terminal as it is."""

    text: str
    html: str = ""
    """A designed page for notebooks, where there is one; everything in it is escaped."""

    def __post_init__(self) -> None:
        """Whoever wrote what stands in it, it repaints no terminal and reads as it is written."""
        object.__setattr__(self, "text", printable(self.text))
        object.__setattr__(self, "html", printable(self.html))

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        bundle = {"text/markdown": self.text, "text/plain": self.text}
        return {**bundle, "text/html": self.html} if self.html else bundle


def brief(case: Case) -> Page:
    """The memo, the people, what everybody knows, and the data."""
    shared = [fact for fact in case.facts.values() if fact.held_by is None]
    titles = load_titles(case.slug)
    rows = {name: row_count(table) for name, table in case.columns.items()}
    lines = [case.brief.strip(), "", "**Who is who**", "", "| Person | Role | Protects |", "| --- | --- | --- |"]
    lines += [f"| {person.label} | {person.role} | {person.cares_about} |" for person in case.people.values()]
    if shared:
        lines += ["", "**What everybody knows** (you can cite these)", ""]
        lines += [f"- `{fact.id}`: {fact.label}" for fact in shared]
    if case.columns:
        lines += ["", "**The data** (also as files in the folder `data`; `lesson.tables` lists the columns)", ""]
        lines += [f"- {titles.table(name)}: `lesson.tables.{name}`, {rows[name]:,} rows" for name in case.columns]
    return Page("\n".join(lines), designed("brief.html", case=case, shared=shared, rows=rows, titles=titles))


def document(artifact: Artifact, registry: Registry, lead: str = "", foot: str = "") -> Page:
    """An artifact as one page, with a line above and a line below it (both may hold `code` and *stress*)."""
    sheet = designed(
        "document.html",
        title=artifact.title,
        bands=_bands(outline(artifact, registry)),
        lead=lead,
        foot=foot,
    )
    lines = [f"*{lead}*\n\n" if lead else "", markdown(artifact, registry), f"\n---\n{foot}" if foot else ""]
    return Page("".join(lines), sheet)


def flaws_found(score: FlawScore, *, overlooked: bool = False) -> Page:
    """What a learner ticked against what was planted; what is still hidden is counted and not told, unless it may be
    told as well (`overlooked`)."""
    planted, hidden = len(score.found) + len(score.overlooked), len(score.overlooked)
    headline = f"You found {len(score.found)} of {planted}"
    measures = f"Recall {score.recall:.0%}. Precision {score.precision:.0%}: so much of what you ticked is true."
    verdicts = [
        *({"word": "Found", "tone": "good", "flaw": miss.flaw, "why": miss.tempting} for miss in score.found),
        *({"word": "Not in this draft", "tone": "warn", "flaw": no.label, "why": ""} for no in score.not_there),
    ]
    if overlooked:
        verdicts += [
            {"word": "Overlooked", "tone": "warn", "flaw": miss.flaw, "why": miss.tempting} for miss in score.overlooked
        ]
        hidden = 0
    look = "Check what you ticked against the draft first." if score.not_there else "Look again, or come back later."
    foot = f"{hidden} still hidden. {look}" if hidden else ""
    lines = [f"**{headline}.** {measures}"]
    lines += [f"- **{v['word']}.** {v['flaw']}{' *Why it tempts:* ' * bool(v['why'])}{v['why']}" for v in verdicts]
    lines += [f"- {foot}"] if foot else []
    sheet = designed("flaws.html", headline=headline, measures=measures, verdicts=verdicts, foot=foot)
    return Page("\n".join(lines), sheet)


def caution(sentence: str) -> Page:
    """Something to be careful about, set off from the rest."""
    return Page(f"> **Caution** {html.escape(sentence, quote=False)}", designed("caution.html", sentence=sentence))


def course_map(
    here: str,
    standings: Mapping[str, Mapping[str, Standing]],
    note: str = "",
    review: str = "",
    skills: Skills | None = None,
) -> Page:
    """Every lesson in its order, how far the learner is, and a link; `here` is the open lesson, `note` a sentence
    where the standings could not be read, `review` one on what waits in the spaced review, `skills` what was shown."""
    from curriculum.pages.skills import skills_band

    rows = [_row(entry, here, standings.get(entry.slug, {})) for entry in load_catalog().lessons]
    lines = ["| Lesson | You are | You leave behind | Minutes | Your standing |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {row['title'] + ' (you are here)' if row['here'] else '[{title}]({link})'.format(**row)} "
        f"| {row['role']} | {row['leaves']} | {row['minutes']} | {row['standing']} |"
        for row in rows
    ]
    levels = [(level, list(lessons)) for level, lessons in groupby(rows, key=lambda row: row["level"])]
    told = f"{skills.summary} `lesson.skills()` shows them with their evidence." if skills else ""
    lines += [part for sentence in (note, review, told) if sentence for part in ("", sentence)]
    band = skills_band(skills) if skills else None
    return Page("\n".join(lines), designed("map.html", levels=levels, note=note, review=_inline(review), band=band))


def what_next(
    here: str,
    standings: Mapping[str, Mapping[str, Standing]],
    advice: tuple[Advice, ...] = (),
    shown: tuple[ObjectiveShown, ...] = (),
) -> Page:
    """The end of a lesson: what was shown of its objectives, what is left behind, what is still open, the next lesson,
    and what is recommended, with why."""
    open_here = {entry.slug: titles for entry, titles in still_open(standings)}.get(here, {})
    follows = next_open(standings, here)
    row = _row(follows, here, standings.get(follows.slug, {})) if follows else None
    left = list(_left_behind(here, standings.get(here, {})))
    shown = shown if any(one.met for one in shown) else ()
    lines = [f"- {'Shown' if one.whole else f'{one.met} of {one.of} so far'}: {one.text}" for one in shown]
    lines = ["**What your work has shown**", "", *lines, ""] if lines else []
    lines += [f"- {title}: {words}" for title, words in left] + [""] * bool(left)
    lines += (
        [f"Still open here: {', '.join(open_here.values())}."]
        if open_here
        else ["Everything here that can be checked is right."]
    )
    lines += ["", "**Next:** [{title}]({link}). You are {role}. {minutes} minutes.".format(**row)] if row else []
    lines += ["", "**What would help you most**", "", *(f"- {one}" for one in advice)] if advice else []
    sheet = designed("next.html", shown=shown, left=left, open_here=open_here, lesson=row, advice=_places(advice, here))
    return Page("\n".join(lines), sheet)


def _left_behind(here: str, standing: Mapping[str, Standing]) -> Iterator[tuple[str, str]]:
    """The artifacts of a lesson that were checked: title, and the best points of each."""
    from graders import load_rubric

    for kind, model in load_rubric(here).artifacts.items():
        if kind in standing:
            best = standing[kind]
            yield model.title, f"{best.points:g} of {best.maximum:g} points"


def go_on(
    last: LessonEntry | None, standings: Mapping[str, Mapping[str, Standing]], advice: tuple[Advice, ...]
) -> Page:
    """Where the learner goes on, as a link from the page of the course: in the lesson where they were `last`, or in the
    next one where everything there is signed off; and what is recommended."""
    unfinished = {entry.slug for entry, _ in still_open(standings)}
    if last is not None and last.slug in unfinished:
        lead, entry = "Continue where you were", last
    else:
        begun = last is not None or any(standings.values())
        entry = next_open(standings, last.slug if last else "") or last or load_catalog().lessons[0]
        lead = (
            "Begin here"
            if not begun
            else "Next"
            if unfinished
            else "All that can be checked is right. You were last here"
        )
    row = _row(entry, "", standings.get(entry.slug, {}))
    lines = ["**{0}:** [{title}]({link}). {minutes} minutes in all.".format(lead, **row)]
    lines += ["", "**What would help you most**", "", *(f"- {one}" for one in advice)] if advice else []
    return Page("\n".join(lines), designed("go_on.html", lesson=row, advice=_places(advice), lead=lead))


def _places(advice: tuple[Advice, ...], here: str = "") -> list[dict[str, str]]:
    """Each piece of advice with where it goes: a section of this page, or another notebook, seen from this one.

    JupyterLab makes links of them where there is such a place (`links.js`); everywhere else they are words.
    """
    up = "../../" if here else ""
    return [
        {"do": one.do, "why": one.why}
        | (
            {"goes": one.section, "opens": ""}
            if one.lesson in ("", here)
            else {"goes": "", "opens": up + _path(one.lesson)}
        )
        for one in advice
    ]


def _path(slug: str) -> str:
    """A lesson's notebook, seen from the folder of the course."""
    return f"{load_catalog().lesson(slug).level}/{slug}/{slug}.ipynb"


def with_article(role: str) -> str:
    """A role as it is said after "you are": "a product manager", "new in the pod"."""
    if role.startswith(("new ", "head ")):
        return role
    return f"an {role}" if role[:1] in "aeiou" else f"a {role}"


def _bands(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """The parts of a page with a line between them: what has a heading of its own stands alone."""
    parts = groupby(enumerate(blocks), key=lambda each: -1 if isinstance(each[1], Said) else each[0])
    return [tuple(block for _, block in part) for _, part in parts]


def _form_of(block: Block) -> str:
    return {Said: "said", Table: "table", Items: "items", Group: "group"}[type(block)]


def _numeric(table: Table) -> list[bool]:
    """Which columns hold nothing but numbers."""
    columns = zip(*table.rows, strict=True)
    return [any(column) and all(_NUMBER.fullmatch(cell) for cell in column if cell) for column in columns]


def _is_wide(table: Table) -> bool:
    """Whether there is more in it than columns of a narrow page can hold without a break after each word."""
    wordy = any(len(cell) > SENTENCE for row in table.rows for cell in row)
    return len(table.columns) > (2 if wordy else 4)


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
        "link": f"{'../../' if here else ''}{_path(entry.slug)}",
        "standing": standing_in_words(entry.slug, standing),
        "share": round(100 * sum(s.points for s in standing.values()) / maximum),
    }


def memo(markdown: str) -> str:
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


def designed(name: str, **values: Any) -> str:
    """A page from its template, with the style sheet that it needs; every value in it is escaped."""
    return f"{style_sheet()}{_templates().get_template(name).render(**values)}"


def style_sheet() -> str:
    """The style sheet that designed pages begin with."""
    return f"<style>{_css()}</style>"


def together(*pages: str) -> str:
    """Designed pages one after the other, with their style sheet once."""
    sheet = style_sheet()
    return sheet + "".join(page.replace(sheet, "") for page in pages)


def compile_pages() -> None:
    """Compile all templates now, for processes that are forked from this one."""
    _css()
    for name in _templates().list_templates():
        _templates().get_template(name)


@cache
def _css() -> str:
    paths = (SHARED_STYLE, _HERE / "pages.css", _HERE / "skills.css", _HERE / "team.css")
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@cache
def _templates() -> jinja2.Environment:
    from markupsafe import Markup

    loader = jinja2.FileSystemLoader(_HERE / "templates")
    templates = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    templates.filters["memo"] = lambda text: Markup(memo(text))
    templates.filters["inline"] = lambda text: Markup(_inline(text))
    templates.filters["form"] = _form_of
    templates.filters["wide"] = _is_wide
    templates.filters["numeric"] = _numeric
    templates.filters["groupby_form"] = lambda blocks: [(form, list(run)) for form, run in groupby(blocks, _form_of)]
    return templates
