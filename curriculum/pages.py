"""What a lesson shows as a page: the brief, documents, the course map; Markdown with the words for terminals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases import Case
from curriculum.catalog import load_catalog
from curriculum.learner.progress import Standing
from curriculum.lesson_plan import LessonPlan


@dataclass(frozen=True)
class Page:
    """Markdown that a notebook shows as a page and a terminal as it is."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": self.text, "text/plain": self.text}


def brief(case: Case) -> Page:
    """The memo, the people and what everybody knows."""
    lines = [
        case.brief.strip(),
        "",
        "**Who is who**",
        "",
        "| Person | Role | Protects |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {person.label} | {person.role} | {person.cares_about} |" for person in case.people.values()]
    shared = [fact for fact in case.facts.values() if fact.held_by is None]
    if shared:
        lines += ["", "**What everybody knows** (you can cite these)", ""]
        lines += [f"- `{fact.id}`: {fact.label}" for fact in shared]
    if case.columns:
        lines += ["", "**The data** (also as files in the folder `data`)", ""]
        lines += [
            f"- `lesson.tables.{name}`: {len(next(iter(table.values()))):,} rows with {', '.join(table)}"
            for name, table in case.columns.items()
        ]
    return Page("\n".join(lines))


def course_map(here: str, standings: Mapping[str, Mapping[str, Standing]], depth: str = "../..") -> Page:
    """Every lesson in its order, how far the learner is, and a link; `here` is the open lesson."""
    lines = [
        "| Lesson | You are | You leave behind | Minutes | Your standing |",
        "| --- | --- | --- | --- | --- |",
    ]
    for entry in load_catalog().lessons:
        link = f"[{entry.title}]({depth}/{entry.level}/{entry.slug}/{entry.slug}.ipynb)"
        name = f"**{entry.title}** (you are here)" if entry.slug == here else link
        minutes = f"{entry.minutes[0]}–{entry.minutes[1]}"
        standing = standing_in_words(standings.get(entry.slug, {}))
        lines.append(f"| {name} | {entry.role} | {entry.leaves} | {minutes} | {standing} |")
    return Page("\n".join(lines))


def standing_in_words(standing: Mapping[str, Standing]) -> str:
    """How far a learner is in a lesson: not begun, or the best points of the artifacts checked so far."""
    if not standing:
        return "not begun"
    points, maximum = sum(s.points for s in standing.values()), sum(s.maximum for s in standing.values())
    return f"{points:g} of {maximum:g} points in {', '.join(sorted(standing))}"


def key_points(plan: LessonPlan) -> Page:
    """What to take away."""
    return Page("\n".join(f"- {point}" for point in plan.key_points))
