"""The review widget: who signs off, what to change and why, evidence, and hints one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from curriculum.cases import Case
from curriculum.course.templates import render
from curriculum.pages.reporting import person, review, review_html, review_text, titled
from curriculum.widgets.base import CourseWidget, Operation
from graders.report import ArtifactReport, Status
from graders.rubric import Rubric

HintsOf = Callable[[str], Sequence[str]]
"""All hints of a criterion by its id, from a nudge to nearly the answer."""

OnHint = Callable[[str, int], None]
"""Told which criterion's how many-th hint was opened, counted from 1."""


class Review(CourseWidget, assets="review found"):
    """One artifact's review as cards. Operation: hint (the next hint of a criterion).

    `hints` gives a criterion's hints; by default the rubric's own, filled from the case. `opened` says how many
    were opened before, and `on_hint` is told of each further one.
    """

    def __init__(
        self,
        report: ArtifactReport,
        case: Case,
        rubric: Rubric,
        hints: HintsOf | None = None,
        on_hint: OnHint | None = None,
        opened: Mapping[str, int] | None = None,
    ):
        super().__init__()
        self._case, self._rubric = case, rubric
        self._hints_of = hints or self._hints_in_rubric
        self._on_hint = on_hint
        self._opened = dict(opened or {})
        self._static = {**review(report, case), "lesson": case.slug, "asked": self._asked(report)}
        self._refresh()

    def _hints_in_rubric(self, criterion: str) -> Sequence[str]:
        known = self._rubric.criteria.get(criterion)
        return [titled(render(hint, self._case), self._case) for hint in known.hints] if known else []

    def _asked(self, report: ArtifactReport) -> list[dict[str, Any]]:
        """What the reviewers will ask, for somebody who has not begun."""
        if report.status is not Status.NOT_ATTEMPTED:
            return []
        return [
            {"sentence": criterion.sentence, "who": person(self._case, criterion.voice), "gate": criterion.gate}
            for criterion in self._rubric.of(report.kind)
        ]

    def _refresh(self) -> None:
        findings = [
            {**finding, "shown_hints": list(self._hints_of(finding["id"]))[: self._opened.get(finding["id"], 0)]}
            for finding in self._static["findings"]
        ]
        self.view = {**self._static, "findings": findings}

    def operate(self, operation: Operation) -> str:
        criterion = operation.get("criterion")
        finding = next((one for one in self.view["findings"] if one["id"] == criterion), None)
        # `shown` is how many the page had when it asked, so that a repeated click opens no second hint.
        if operation["op"] != "hint" or finding is None or operation.get("shown") != len(finding["shown_hints"]):
            return ""
        hints = list(self._hints_of(finding["id"]))
        position = len(finding["shown_hints"]) + 1
        if position > len(hints):
            return ""
        self._opened[finding["id"]] = position
        self._refresh()
        if self._on_hint:
            self._on_hint(finding["id"], position)
        return f"Hint {position} of {len(hints)}: {hints[position - 1]}"

    def as_text(self) -> str:
        return review_text(self.view)

    def as_html(self) -> str:
        return review_html(self.view)
