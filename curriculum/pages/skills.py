"""What a learner has shown, skill by skill: the record, and the page with its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from curriculum.pages.page import Page, designed
from curriculum.support.dates import full_day


@dataclass(frozen=True)
class Evidence:
    """One question of a review that was answered by a learner's work, met or not."""

    lesson: str
    """Slug."""
    lesson_title: str
    artifact: str
    """Kind."""
    artifact_title: str
    criterion: str
    sentence: str
    met: bool
    """At its last check."""
    times: int
    """Checked versions in which it was met."""
    times_not: int
    """Checked versions in which it was not."""
    first_met: dt.date | None
    last: dt.date
    """Day of the last check that could ask it."""
    hints: int
    """How many hints to it were opened."""

    @property
    def often(self) -> str:
        """In how many of the checked versions it was met."""
        versions = self.times + self.times_not
        return f"{self.times} of {versions} version{'s' if versions != 1 else ''}"


@dataclass(frozen=True)
class SkillRecord:
    """What a learner has shown of one skill."""

    id: str
    label: str
    evidence: tuple[Evidence, ...]
    questions: int
    """How many questions the course has about it."""
    lessons: tuple[str, ...]
    """Titles of all lessons that ask about it."""

    @property
    def shown(self) -> tuple[Evidence, ...]:
        """What was met when it was last checked."""
        return tuple(one for one in self.evidence if one.met)

    @property
    def not_shown(self) -> tuple[Evidence, ...]:
        """What was asked and not met when it was last checked."""
        return tuple(one for one in self.evidence if not one.met)

    @property
    def standing(self) -> str:
        """How much of it is shown, in counts."""
        if not self.evidence:
            return f"not asked yet, {_questions(self.questions)} in {_listed(self.lessons)}"
        later = self.questions - len(self.evidence)
        return f"{len(self.shown)} of {len(self.evidence)} shown" + (f", {later} not asked yet" if later else "")

    @property
    def places(self) -> str:
        """The lessons in which it was shown."""
        return _listed(tuple(dict.fromkeys(one.lesson_title for one in self.shown))) or "nowhere yet"


@dataclass(frozen=True)
class Skills:
    """All skills of the course, as far as a learner has shown them."""

    records: tuple[SkillRecord, ...]
    uncounted: int = 0
    """Checks that an older version of the course kept without what was met."""

    @property
    def summary(self) -> str:
        """One sentence."""
        begun = sum(bool(record.shown) for record in self.records)
        if not any(record.evidence for record in self.records):
            return "Nothing is checked yet, so there is nothing to show."
        if not begun:
            return "Nothing that was asked so far was met when it was last checked."
        return f"Work of yours has shown {begun} of {len(self.records)} skills in at least one place."

    @property
    def note(self) -> str:
        """What the page cannot count, blank where there is nothing of the kind."""
        if not self.uncounted:
            return ""
        some = "1 earlier check" if self.uncounted == 1 else f"{self.uncounted} earlier checks"
        return f"{some} kept only what was missing. Check those artifacts again, and what they meet counts here, too."


HOW = (
    "Each square is a question that a review asks: full where your work met it when it was last checked, empty where "
    "it did not. A dot is a question that has not been put to your work yet."
)


def skill_page(skills: Skills) -> Page:
    """Every skill with its evidence; as text, what was asked so far."""
    lines = [f"**Your skills.** {skills.summary}", *([skills.note] if skills.note else [])]
    for record in skills.records:
        if record.evidence:
            lines += ["", f"**{record.label}**: {record.standing}", "", *evidence_table(record.evidence)]
    waiting = [record for record in skills.records if not record.evidence]
    lines += ["", "**Not asked yet**", "", *(f"- {record.label} ({_listed(record.lessons)})" for record in waiting)]
    return Page("\n".join(lines if waiting else lines[:-3]), designed("skills.html", **_values(skills)))


def skills_band(skills: Skills) -> dict[str, Any]:
    """What the course map needs of the skills."""
    return _values(skills)


def evidence_table(evidence: Sequence[Evidence]) -> list[str]:
    """Evidence as lines of a Markdown table."""
    rows = [
        f"| {one.lesson_title} | {one.artifact_title} | {one.sentence} | {one.often}{_hinted(one)} | {_met_on(one)} |"
        for one in evidence
    ]
    return ["| Lesson | Artifact | What was asked | Met in | First met |", "| --- | --- | --- | --- | --- |", *rows]


def _values(skills: Skills) -> dict[str, Any]:
    asked = [record for record in skills.records if record.evidence]
    return {
        "skills": skills,
        "asked": [
            (record, [(one, _met_on(one), _hinted(one)) for one in (*record.not_shown, *record.shown)])
            for record in asked
        ],
        "waiting": [record for record in skills.records if not record.evidence],
        "how": HOW,
    }


def _met_on(one: Evidence) -> str:
    return full_day(one.first_met) if one.first_met else "not yet"


def _hinted(one: Evidence) -> str:
    return f", {one.hints} hint{'s' if one.hints > 1 else ''} opened" if one.hints else ""


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def _listed(titles: tuple[str, ...]) -> str:
    return ", ".join(f"“{title}”" for title in titles)
