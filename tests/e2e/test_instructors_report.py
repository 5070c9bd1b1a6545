"""The instructors' report in a real browser: nothing for axe to find, and no sideways scrolling on a phone."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from curriculum.cohort.course import Course
from curriculum.cohort.grading import grade_course
from curriculum.cohort.report.analysis import analyse
from curriculum.cohort.report.page import page
from curriculum.cohort.simulate import write_submission
from tests.cohort.conftest import course, template  # noqa: F401


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_accessible(course: Course, browser: Browser, scheme: Literal["light", "dark"]) -> None:  # noqa: F811
    write_submission(course, "ada", "welcome", "later_standup")
    write_submission(course, "bela", "welcome", "later_standup/two_asks")
    grade_course(course, workers=1)
    path = course.root / "report.html"
    report = analyse(course, course.lessons, dt.datetime(2026, 11, 2, tzinfo=dt.UTC))
    path.write_text(page(report, dt.UTC), encoding="utf-8")
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": 390, "height": 800})
    opened = context.new_page()
    opened.goto(path.as_uri())
    found = Axe().run(opened)
    assert [violation["id"] for violation in found.response["violations"]] == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
