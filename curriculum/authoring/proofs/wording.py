"""Proofs about the texts: accessible headings, pictures and links, one sentence a line, pages for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from curriculum.authoring.lesson_text import lesson_cells, marked_lines, render_lesson
from curriculum.authoring.proofs.registry import Against, for_the_lesson
from curriculum.authoring.subject import Subject

BLOCKS = ("Task", "Hint", "Key point", "Caution", "Debrief")
"""What a blockquote can be; it says so in bold at its beginning."""

CODE_LINES = 6
"""The longest code cell that learners see."""

_EMPTY_LINKS = {"here", "click here", "this", "this page", "link", "this link", "more", "read more", "see here"}
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)]*)\)")
_TWO_SENTENCES = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bDr)(?<!\bMs)(?<!\bMr)(?<!\bNo)(?<!^\d)[.!?][”\"')*_]*\s+[“\"'(*_]*[A-ZÀ-Ý]"
)
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]")


@for_the_lesson
def headings_are_in_order(subject: Subject, seeds: Sequence[int]) -> Against:
    """The notebook begins with its one title, and no level of headings is left out."""
    headings = [heading for _, heading in marked_lines(_without_front(render_lesson(subject))) if heading]
    if not headings or headings[0] != (1, subject.entry.title):
        yield "lesson.md", f"it must begin with the heading `# {subject.entry.title}`, as in catalog.toml"
    if sum(depth == 1 for depth, _ in headings) > 1:
        yield "lesson.md", "it has more than one heading of the first level"
    for (before, _), (depth, words) in pairwise(headings):
        if depth > before + 1:
            yield f"heading {words!r}", f"it jumps from level {before} to level {depth}"
    for words in {words for _, words in headings if [w for _, w in headings].count(words) > 1}:
        yield f"heading {words!r}", "it is used twice"


@for_the_lesson
def text_is_accessible(subject: Subject, seeds: Sequence[int]) -> Against:
    """Pictures have text alternatives, links say where they lead, blocks say in words what they are."""
    for number, line in _prose(subject.text("lesson.md")):
        place = f"lesson.md, line {number}"
        for alt, target in _IMAGE.findall(line):
            if len(alt.split()) < 3:
                yield place, f"the picture {target} needs its content in words between the square brackets"
            if target.startswith("http"):
                yield place, f"the picture {target} lies on another computer; the course runs without network"
        if re.search(r"<img(?![^>]*\balt=\"[^\"]+\")", line):
            yield place, "an <img> needs an alt text"
        for words, target in _LINK.findall(line):
            if words.strip("*_`").lower() in _EMPTY_LINKS or words == target:
                yield place, f"the link text {words!r} does not say where it leads"
        if re.search(r"(?<![(<\"`])https?://", line):
            yield place, "a bare address is read out letter by letter; give the link a text"
        if _EMOJI.search(line):
            yield place, "pictograms are not read the same everywhere; say it in words"
    previous = ""
    for number, line in _prose(subject.text("lesson.md")):
        if line.startswith(">") and not previous.startswith(">"):
            begun = re.match(r">\s*\*\*(.+?)\*\*", line)
            if not begun or begun.group(1).rstrip(".:") not in BLOCKS:
                yield f"lesson.md, line {number}", f"a block begins with one of {', '.join(BLOCKS)} in bold"
        previous = line


@for_the_lesson
def sentences_have_lines_of_their_own(subject: Subject, seeds: Sequence[int]) -> Against:
    """In lesson.md each sentence stands on a line of its own, so that changes can be reviewed."""
    for number, line in _prose(subject.text("lesson.md")):
        text = re.sub(r"`[^`]*`|“[^”]*”|\{\{.*?\}\}|^>?\s*\*\*[^*]+\*\*|^\s*(?:[-*]|\d+\.)\s", "", line)
        if not line.lstrip().startswith(("|", "#", "<")) and _TWO_SENTENCES.search(text):
            yield f"lesson.md, line {number}", "there are two sentences on this line"


@for_the_lesson
def code_is_short(subject: Subject, seeds: Sequence[int]) -> Against:
    """Code cells have at most six lines and need no scrolling."""
    for cell in lesson_cells(subject):
        lines = cell.source.splitlines() if cell.code else ["text"]
        if not 1 <= len(lines) <= CODE_LINES:
            yield cell.id, f"it has {len(lines)} lines; learners read 1 to {CODE_LINES}"
        if any(len(line) > 100 for line in lines):
            yield cell.id, "a line is longer than 100 characters"


@for_the_lesson
def pages_for_people_are_there(subject: Subject, seeds: Sequence[int]) -> Against:
    """README.md introduces the lesson; design.md and instructor.md say what authors and instructors need."""
    entry = subject.entry
    pages = {"README.md": entry.folder / "README.md"}
    pages |= {f"source/{name}": subject.source / name for name in ("design.md", "instructor.md")}
    texts = {name: path.read_text(encoding="utf-8") for name, path in pages.items() if path.is_file()}
    for name in pages.keys() - texts.keys():
        yield name, "it is missing"
    readme = texts.get("README.md", "")
    people = subject.case(seeds[0]).people
    cast = subject.script.cast if subject.script else people
    wanted = [f"# {entry.title}", entry.role, *(people[id].label for id in cast if id in people)]
    for words in wanted if readme else ():
        if words.lower() not in readme.lower():
            yield "README.md", f"it does not say {words!r}"
    if readme and not all(re.search(rf"\b{minutes}\b", readme) for minutes in entry.minutes):
        yield "README.md", f"it does not say that the lesson takes {entry.minutes[0]} to {entry.minutes[1]} minutes"
    sections = {
        "source/design.md": ("goal", "misconception", "out of scope"),
        "source/instructor.md": ("timing", "debrief"),
    }
    for name, needed in sections.items():
        headings = [heading[1].lower() for _, heading in marked_lines(texts.get(name, "")) if heading]
        for word in needed if name in texts else ():
            if not any(word in heading for heading in headings):
                yield name, f"no heading speaks of {word!r}"


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines of lesson.md that are prose, with their numbers: no front matter, code or comments."""
    fence, comment = "", False
    front = text.count("\n", 0, len(text) - len(_without_front(text)))
    for number, line in enumerate(text.splitlines(), start=1):
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark.group(1)
            continue
        comment = comment or "{#" in line
        if number > front and not fence and not comment:
            yield number, line
        comment = comment and "#}" not in line


def _without_front(text: str) -> str:
    found = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    return text[found.end() :] if found else text
