"""The portfolio: one page with a learner's artifacts, sign-offs and stories, to take along."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from curriculum.artifacts.document import markdown, shown
from curriculum.artifacts.looked_at import LookedAt
from curriculum.cases import Case, load_case
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.learner.checking import check
from curriculum.learner.debriefs import LookedBack, looked_back
from curriculum.learner.looked_at import told
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.learner.skills import skills_of
from curriculum.learner.variant import VariantUnknown, read_stated
from curriculum.pages.page import SENTENCE, with_article
from curriculum.pages.skills import Skills, evidence_table
from curriculum.pages.story import story_of
from curriculum.support.files import write_whole
from graders import load_rubric
from graders.grade import Submission, read_submission
from graders.report import ArtifactReport, Report, Status


@dataclass(frozen=True)
class Piece:
    """One artifact with its review."""

    title: str
    text: str
    """The artifact as Markdown."""
    points: float
    maximum: int
    sign_offs: tuple[str, ...]
    label: str = ""
    """What has to stand beside it, since nothing in it can be checked; blank for the rest."""


@dataclass(frozen=True)
class HeldBack:
    """A piece that stays out until somebody has looked at it."""

    title: str
    reason: str


@dataclass(frozen=True)
class Chapter:
    """What a learner has made in one lesson."""

    lesson: str
    role: str
    company: str
    pieces: tuple[Piece, ...]
    story: str
    """The STAR story as Markdown; blank where the lesson has none, and where nothing that was done is found right."""
    held_back: tuple[HeldBack, ...] = ()
    looked_back: tuple[LookedBack, ...] = ()
    """What was written under the questions that look back."""


def chapters(workspace: Path) -> Iterator[Chapter]:
    """The lessons in which something was written that can be read, in the order of the course."""
    for entry in load_catalog().lessons:
        answers = workspace / entry.level / entry.slug / "answers"
        if answers.is_dir() and (chapter := _chapter(entry, answers)):
            yield chapter


def _chapter(entry: LessonEntry, answers: Path) -> Chapter | None:
    try:
        stated = read_stated(answers, entry.slug)
        rubric, case = load_rubric(entry.slug), load_case(entry.slug, stated.variant if stated else 0)
    except (LookupError, VariantUnknown):
        return None
    submission = read_submission(rubric, case, answers)
    back = looked_back(entry.slug, answers)
    if not submission.artifacts and not back:
        return None
    report = check(rubric, case, submission, answers)
    pieces = tuple(_pieces(report, submission, case, told(submission.artifacts, answers / f"{LookedAt.kind}.yaml")))
    held_back = tuple(
        HeldBack(artifact.title, artifact.held.sentence) for artifact in report.artifacts if artifact.held is not None
    )
    # A story is told in words of the artifacts, so it waits with them.
    tale = None if held_back or not submission.artifacts else story_of(case, submission, report)
    story = f"# The story\n\n{tale.markdown}" if tale and tale.action else ""
    return Chapter(entry.title, with_article(entry.role), case.company, pieces, story, held_back, back)


def _pieces(report: Report, submission: Submission, case: Case, looked: Mapping[str, str]) -> Iterator[Piece]:
    for kind, artifact in submission.artifacts.items():
        reviewed = report.of(kind)
        if reviewed.held is not None:
            continue
        yield Piece(
            artifact.title,
            _without_title(markdown(artifact, case.registry)),
            reviewed.points,
            reviewed.maximum,
            (*_sign_offs(reviewed, case), *([shown(looked[kind])] if kind in looked else [])),
            reviewed.label,
        )


def _sign_offs(reviewed: ArtifactReport, case: Case) -> Iterator[str]:
    if reviewed.status is not Status.GRADED or reviewed.label:
        return  # nobody here knows anything of what can only be believed
    for sign_off in reviewed.sign_offs:
        person = case.people.get(sign_off.voice)
        name = f"{person.label}, {person.role}" if person else sign_off.voice
        asks = f"asks for changes ({sign_off.met} of {sign_off.of} met)"
        yield f"{name}: {'signs off' if sign_off.signed else asks}"


@dataclass(frozen=True)
class Written:
    """A portfolio that was written, and what it holds."""

    page: Path
    text: Path
    lessons: int
    """The lessons of the pieces that it shows."""
    pieces: int
    held_back: int
    """What it names and does not show, since a person has to look first."""
    lost: str
    """Why it shows no skills, where the record of the checks cannot be read; blank where it can."""

    @property
    def contents(self) -> str:
        """What it holds, in words, such as "2 artifacts of 1 lesson; 1 more waits until a person has looked"."""
        held = self.held_back
        waits = f"; {held} more {'waits' if held == 1 else 'wait'} until a person has looked" if held else ""
        return f"{_counted(self.pieces, 'artifact')} of {_counted(self.lessons, 'lesson')}{waits}"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def write_portfolio(workspace: Path, folder: Path, name: str = "") -> Written | None:
    """Write portfolio.html and portfolio.md of a workspace into a folder; None where there is no artifact yet.

    Raises FileRefused where they cannot be written.
    """
    found = list(chapters(workspace)) if workspace.is_dir() else []
    if not found:
        return None
    skills, lost = None, ""
    try:
        skills = skills_of(Progress(workspace))
    except ProgressLost as error:  # the work is worth showing without it
        lost = str(error)
    page, text = folder / "portfolio.html", folder / "portfolio.md"
    write_whole(page, as_page(found, name, skills))
    write_whole(text, as_markdown(found, name, skills))
    showing = [chapter for chapter in found if chapter.pieces]
    held_back = sum(len(chapter.held_back) for chapter in found)
    pieces = sum(len(chapter.pieces) for chapter in showing)
    return Written(page, text, len(showing), pieces, held_back, lost)


def as_markdown(found: list[Chapter], name: str = "", skills: Skills | None = None) -> str:
    """The portfolio as Markdown, to be pasted into a wiki; `skills` stand at its end, as far as they are shown."""
    lines = [f"# Portfolio{f' of {name}' if name else ''}", ""]
    lines += ["Work in simulated companies. The numbers are those of their data, and the reviews are theirs.", ""]
    for chapter in found:
        lines += [f"## {chapter.lesson}", "", f"As {chapter.role} at {chapter.company}.", ""]
        for piece in chapter.pieces:
            lines += [f"### {piece.title}", "", f"*{_standing(piece)}*", ""]
            lines += [*(f"- {sign_off}" for sign_off in piece.sign_offs), "", _deeper(piece.text, 3), ""]
        for held in chapter.held_back:
            lines += [f"### {held.title}", "", f"*Not shown yet.* {held.reason} {_LOOKED_AT}", ""]
        if chapter.story:
            lines += [_deeper(chapter.story, 3), ""]
        if chapter.looked_back:
            lines += ["### Looking back", ""]
        for back in chapter.looked_back:
            quoted = [f"> {line}" if line else ">" for line in shown(back.text).splitlines()]
            lines += [f"*{back.question}*", "", *quoted, ""]
    lines += _skills(skills) if skills else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


_LOOKED_AT = "It comes back when its words are others, or when it is written down who looked at both passages."


def _skills(skills: Skills) -> Iterator[str]:
    """What was shown, skill by skill; what was not is nobody's business but the learner's."""
    shown = [record for record in skills.records if record.shown]
    if not shown:
        return
    yield from ("## Skills", "", "Each line is a question of a review that this work answered, as last checked.", "")
    for record in shown:
        yield from (f"### {record.label}", "", *evidence_table(record.shown), "")


def _standing(piece: Piece) -> str:
    """The points of a piece; of one that nobody could check, that instead."""
    return piece.label or f"{piece.points:g} of {piece.maximum} points."


def as_page(found: list[Chapter], name: str = "", skills: Skills | None = None) -> str:
    """The portfolio as one HTML page that needs nothing else: no script, no network, everything escaped."""
    title = html.escape(f"Portfolio of {name}" if name else "Portfolio")
    body = to_html(as_markdown(found, name, skills))
    return (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style></head>\n<body><main>\n{body}\n</main></body></html>\n"
    )


def to_html(text: str) -> str:
    """The Markdown that artifacts are written in, as HTML; whatever it does not know is shown as text."""
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        blocks += _block(block.split("\n"))
    return "\n".join(blocks)


def _block(lines: list[str]) -> Iterator[str]:
    if heading := re.match(r"(#{1,6}) (.*)", lines[0]):
        level = len(heading[1])
        yield f"<h{level}>{_inline(heading[2])}</h{level}>"
        if lines[1:]:
            yield from _block(lines[1:])
    elif len(lines) > 1 and lines[0].startswith("|") and re.fullmatch(r"[|\s:-]+", lines[1]):
        yield _table(lines)
    elif all(line.startswith(">") for line in lines):
        yield f"<blockquote>{'<br>'.join(_inline(line[1:].strip()) for line in lines)}</blockquote>"
    elif all(re.match(r"\s*[-*] |\s{2,}\S", line) for line in lines):
        items = "".join(f"<li>{_inline(re.sub(r'^[-*] +', '', line.strip()))}</li>" for line in lines)
        yield f"<ul>{items}</ul>"
    else:
        yield f"<p>{' '.join(_inline(line) for line in lines)}</p>"


def _table(lines: list[str]) -> str:
    def cells(line: str) -> list[str]:
        inner = re.split(r"(?<!\\)\|", line.strip().strip("|"))
        return [_inline(cell.strip().replace(chr(92) + "|", "|")) for cell in inner]

    def row(line: str) -> str:
        if not many:
            return "".join(f"<td>{cell}</td>" for cell in cells(line))
        named = zip_longest(names, cells(line), fillvalue="")
        return "".join(f'<td data-column="{html.escape(name, quote=True)}">{cell}</td>' for name, cell in named)

    columns = cells(lines[0])
    wordy = any(len(cell) > SENTENCE for line in lines[2:] for cell in cells(line))
    many = len(columns) > (2 if wordy else 4)
    names = [html.unescape(re.sub(r"<[^>]+>", "", column)) for column in columns]
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    rows = "".join(f"<tr>{row(line)}</tr>" for line in lines[2:])
    kind = ' class="many"' if many else ""
    table = f"<table{kind}><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide" role="region" tabindex="0" aria-label="Table">{table}</div>'


def _inline(text: str) -> str:
    text = html.escape(html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+.!|<>~-])", r"\1", text)), quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])", r"<em>\1</em>", text)


def _without_title(text: str) -> str:
    return re.sub(r"\A# .*\n+", "", text)


def _deeper(text: str, by: int) -> str:
    """Markdown with its headings further down, so that the page has one outline."""
    return re.sub(r"^(#{1,6}) ", lambda found: f"{'#' * min(6, len(found[1]) + by - 1)} ", text, flags=re.MULTILINE)


_STYLE = """
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1a24; --line: #dddbe8; --accent: #4a3fd1; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #100f15; --ink: #f1f0f6; --line: #3a3848; --accent: #b3a8ff; }
}
body { margin: 0; background: var(--ground); color: var(--ink); }
body { font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; }
h2 { margin-top: 3rem; padding-top: 1rem; border-top: 2px solid var(--accent); }
h3 { margin-top: 2rem; } h4, h5, h6 { margin: 1.2rem 0 .3rem; font-size: 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .35rem .5rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
blockquote { margin: .5rem 0; padding: .2rem 0 .2rem 1rem; border-left: 3px solid var(--line); }
p, li { overflow-wrap: anywhere; }
td { overflow-wrap: break-word; }
/* A table with many columns takes what the window has beside the text. */
.wide { margin-inline-end: calc(-1 * clamp(0px, (100vw - 46rem) / 2 - 2rem, 24rem)); overflow-x: auto; }
.wide table { width: auto; min-width: min(100%, 43.5rem); }
 .wide:focus-visible { outline: 2px solid var(--accent); }
@media screen and (width <= 46rem) {
  .many, .many :is(tbody, tr) { display: block; }
  .many thead, .many td:empty { display: none; }
  .many td { display: grid; grid-template-columns: minmax(6rem, 35%) minmax(0, 1fr); gap: .75rem; border-block-end: 0; }
  .many td { overflow-wrap: anywhere; }
  .many td::before { content: attr(data-column); font-weight: 600; }
  .many tr { margin-bottom: 1rem; border-bottom: 1px solid var(--line); }
}
@media print {
  :root { color-scheme: light; }
  main { max-width: none; padding: 0; }
  .wide { margin: 0; overflow: visible; }
  h2 { break-before: page; }
  h2:first-of-type { break-before: auto; }
  table, blockquote { break-inside: avoid; }
}
"""
