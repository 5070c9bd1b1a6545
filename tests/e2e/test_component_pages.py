"""Pages in bare Chromium: readable for everybody in both themes and at two widths, and showing markup as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as BrowserPage

from curriculum.artifacts.prd import Prd
from curriculum.cases import Case, load_case
from curriculum.consequences import run
from curriculum.course.fixtures import load_exemplar, load_fixtures
from curriculum.course.flaws import flawed_draft, score
from curriculum.course.lesson_plan import load_plan
from curriculum.learner.progress import Progress
from curriculum.learner.skills import skills_of
from curriculum.notebook.showing import Run
from curriculum.pages import page as pages
from curriculum.pages.exemplars import exemplar
from curriculum.pages.gain import HuntResult, LessonHunts, gain_page
from curriculum.pages.skills import skill_page
from curriculum.pages.story import star_card
from curriculum.pages.sureness import Said, curve
from graders import load_rubric
from graders.grade import Submission
from tests.helpers.checked_work import check_near_miss

pytestmark = pytest.mark.browser

SLUG = "recommendation_scoping"
SHELL = """<!doctype html><html lang="en"><head><title>Pages</title><style>
body {{ margin: 0; background: #fff; color: #111; font-family: system-ui, sans-serif; }}
body[data-jp-theme-light="false"] {{ background: #111; color: #eee; }}
</style></head><body data-jp-theme-light="{light}"><main>{html}</main></body></html>"""

STICKS_OUT = """() => [...document.querySelectorAll(".wide:has(.stacks), .stacks td")]
  .filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent.trim().slice(0, 80))"""
"""What is wider than its place in tables of sentences, which stack on a narrow page."""


def shown(case: Case, workspace: Path) -> dict[str, str]:
    """Every page of a lesson that has all of them, as HTML."""
    solved = load_exemplar(case, "shoppers_first")
    artifacts = {kind: model.model_validate(solved[kind]) for kind, model in load_rubric(SLUG).artifacts.items()}
    outcome = run(case, artifacts, None)
    card = star_card(case, Submission(artifacts))
    plan = load_plan(SLUG).flaws
    assert outcome is not None and card is not None and plan is not None
    draft = flawed_draft(case, plan, load_fixtures(case))
    check_near_miss(workspace, SLUG, "twenty_each", "agenda")
    skills = skills_of(Progress(workspace))
    said = [Said("2026-11-26", SLUG, "prd", 1 + n % 5, float(n % 7), 6) for n in range(20)]
    hunted = [LessonHunts("One", {moment: HuntResult(moment, 2, 4, 0.7) for moment in ("before", "after")})]
    return {
        "brief": pages.brief(case).html,
        "exemplar": exemplar(load_rubric(SLUG), case, "prd", "orders_first").html,
        "document": pages.document(artifacts["prd"], case.registry, lead="A draft.", foot="Another: `this`").html,
        "agenda": pages.document(artifacts["agenda"], case.registry).html,
        "outcome": Run(outcome)._repr_html_(),
        "story": card.html,
        "flaws": pages.flaws_found(score(draft, tuple(list(draft.options)[:4]))).html,
        "map": pages.course_map(SLUG, {}, note="The record is damaged.", skills=skills).html,
        "gain": gain_page(hunted).html,
        "sureness": curve(said).html,
        "skills": skill_page(skills).html.replace("<details>", "<details open>"),
        "caution": pages.caution("The file cannot be read.").html,
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_and_nothing_sticks_out(page: BrowserPage, theme: str, tmp_path: Path) -> None:
    for name, html in shown(load_case(SLUG, 5), tmp_path).items():
        page.set_content(SHELL.format(light=str(theme == "light").lower(), html=html))
        rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
        found = Axe().run(page, options=rules).response["violations"]
        assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == [], (name, theme)
        for width in (1400, 420):
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{name} is {over} pixels too wide at {width}"
            assert page.evaluate(STICKS_OUT) == [], f"{name} at {width}"


def test_columns_of_numbers_stand_at_the_right_and_rows_of_sentences_below_one_another(page: BrowserPage) -> None:
    case = load_case(SLUG, 5)
    prd = Prd.model_validate(load_exemplar(case, "shoppers_first")["prd"])
    page.set_content(SHELL.format(light="true", html=pages.document(prd, case.registry).html))
    aligned = "all => all.map(cell => getComputedStyle(cell).textAlign)"
    goals = page.get_by_role("group", name="Goals", exact=True)
    assert set(goals.locator("[data-column=Baseline]").evaluate_all(aligned)) == {"end"}
    assert set(goals.locator("[data-column=Metric]").evaluate_all(aligned)) == {"start"}
    page.set_viewport_size({"width": 420, "height": 900})
    cells = page.get_by_role("group", name="Risks", exact=True).locator("td").all()
    tops = [box["y"] for cell in cells[:3] if (box := cell.bounding_box())]
    assert tops == sorted(set(tops)), "each cell below the one before"


def test_markup_in_a_learners_text_is_shown_as_text(page: BrowserPage) -> None:
    nasty = "<img src=x onerror=\"document.title='run'\"> {{ 7*7 }} ![x](http://example.org/x.png)"
    page.set_content(pages.document(Prd(problem=nasty), load_case(SLUG, 5).registry, foot=nasty).html)
    assert page.locator("img").count() == 0
    assert page.title() != "run"
    assert nasty in page.locator("dd").first.inner_text()


def test_another_good_answer_opens_with_a_button_and_nobody_types_code(page: BrowserPage) -> None:
    case = load_case(SLUG, 5)
    html = exemplar(load_rubric(SLUG), case, "prd", "orders_first").html
    page.set_content(SHELL.format(light="true", html=html))
    first, other = page.locator(".course.document").all()
    assert "lesson.exemplar" not in page.locator("main").inner_text()
    assert first.is_visible() and not other.is_visible()
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert other.is_visible()
    assert first.inner_text() != other.inner_text()
    own = pages.document(Prd.model_validate(load_exemplar(case, "shoppers_first")["prd"]), case.registry).html
    page.set_content(SHELL.format(light="true", html=own))
    problem = page.locator("dd").first.inner_text()
    page.set_content(SHELL.format(light="true", html=html.replace("<details", "<details open")))
    assert problem in page.locator(".another").inner_text()
