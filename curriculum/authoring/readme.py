"""The table of lessons in the course's README, written from the catalogue."""

from __future__ import annotations

from curriculum.course.catalog import load_catalog
from curriculum.course.places import COURSE
from curriculum.support.files import write_whole

BEGIN, END = "<!-- course map -->", "<!-- /course map -->"
README = COURSE / "README.md"


def write_map() -> None:
    """Put the newest table of lessons into README.md; raises FileRefused where it cannot be saved."""
    text = README.read_text(encoding="utf-8")
    fresh = with_map(text)
    if fresh != text:
        write_whole(README, fresh)


def with_map(text: str) -> str:
    """A README's text with the table of lessons between its two markers; raises ValueError where they are missing."""
    before, found, rest = text.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValueError(f"README.md must have the lines {BEGIN} and {END}, between which the table of lessons goes.")
    return f"{before}{BEGIN}\n{lesson_table()}\n{END}{after}"


def lesson_table() -> str:
    """The lessons in their order: level, title with a link, role, what is left behind, minutes."""
    lines = ["| Level | Lesson | You are | You leave behind | Minutes |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {entry.level} | [{entry.title}]({entry.level}/{entry.slug}/README.md) | {entry.role} | {entry.leaves} "
        f"| {entry.minutes[0]}–{entry.minutes[1]} |"
        for entry in load_catalog().lessons
    ]
    return "\n".join(lines)
