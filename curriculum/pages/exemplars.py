"""How somebody else solved it, as artifacts and pages, and from when on a learner sees it."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import completed_one
from curriculum.cases import Case, load_case
from curriculum.course.fixtures import Files, load_exemplar, variants
from curriculum.course.flaws import flawed_draft
from curriculum.course.lesson_plan import load_plan
from curriculum.course.places import FOR_LEARNERS
from curriculum.pages.page import Page, document, together
from graders import load_rubric
from graders.rubric import Rubric

OPENS_AT = 1 / 3
"""From this share of an artifact's points on, in a checked version, its exemplar opens."""

ONE_OF_SEVERAL = "One of several good answers."


def solved(rubric: Rubric, case: Case, files: Files, kind: str) -> Artifact:
    """One artifact of somebody else's answers, with what nobody types."""
    others = {name: model.model_validate(files.get(name, {})) for name, model in rubric.artifacts.items()}
    return completed_one(others[kind], rubric.derives.get(kind), case, others)[0]


def exemplar(rubric: Rubric, case: Case, kind: str, variant: str) -> Page:
    """One exemplar as a page, the others behind buttons; raises LookupError where there is none of this name."""
    names = variants(case.slug)
    if variant not in names:
        raise LookupError(f"There is no exemplar {variant!r}; there are {', '.join(names)}.")
    solutions = {name: solved(rubric, case, load_exemplar(case, name), kind) for name in names}
    shown = solutions.pop(variant)
    others = {name: other for name, other in solutions.items() if other != shown}
    calls = ", ".join(f"`lesson.exemplar({kind!r}, {name!r})`" for name in others)
    text = document(shown, case.registry, foot=f"{ONE_OF_SEVERAL} Another one: {calls}" if others else "").text
    pages = [
        document(each, case.registry, foot=ONE_OF_SEVERAL if others else "").html for each in (shown, *others.values())
    ]
    return Page(text, together(pages[0], *map(_another, pages[1:])))


def _another(page: str) -> str:
    """A page behind a button; it opens without a kernel, and in a notebook that was printed or sent."""
    return f'<details class="course another"><summary><span>Another good answer</span></summary>{page}</details>'


def closed(what: str, title: str, best: float | None, *, in_course: bool) -> str:
    """Why an exemplar, or a draft made from one, is not shown yet, in a sentence; blank where it may be seen.

    `what` begins the sentence ("The exemplar"), `title` is that of the learner's own artifact.

    `best` is the share of the points that the best checked version has earned, None where none was checked.
    """
    if in_course:
        return f"{what} of the {title} comes with the feedback of your course, where your instructor gives it."
    if FOR_LEARNERS:
        return f"{what} of the {title} is not in the edition for learners: in a course it comes with the feedback."
    if best is None:
        return f"{what} opens after your own attempt: write your {title} and check it."
    if best < OPENS_AT - 1e-9:
        return (
            f"{what} opens once a checked version of your {title} earns a third of its points. Your best one "
            f"has {best:.0%} of them so far. The review has hints: a button under each thing to change."
        )
    return ""


@lru_cache(maxsize=64)
def exemplars_html(slug: str, seed: int) -> dict[str, tuple[str, ...]]:
    """Every artifact of a lesson as its exemplars have it in one world: self-contained HTML, by kind."""
    rubric, case = load_rubric(slug), load_case(slug, seed)
    solutions = [load_exemplar(case, variant) for variant in variants(slug)]
    return {
        kind: tuple(
            document(solved(rubric, case, files, kind), case.registry, foot=ONE_OF_SEVERAL).html for files in solutions
        )
        for kind in rubric.artifacts
    }


@lru_cache(maxsize=64)
def flaws_html(slug: str, seed: int, tried: frozenset[str]) -> str:
    """The colleague's draft of one world with the statements and, folded, which of them are true: self-contained HTML;
    blank where there is none, or where its kind is none of those that were tried."""
    plan = load_plan(slug).flaws
    if plan is None or plan.artifact not in tried:
        return ""
    rubric, case = load_rubric(slug), load_case(slug, seed)
    draft = flawed_draft(case, plan)
    sheet = document(solved(rubric, case, draft.files, plan.artifact), case.registry).html
    statements = "".join(f"<li>{escape(entry.label)}</li>" for entry in draft.options.values())
    true = "".join(f"<li>{escape(miss.flaw)} {escape(miss.tempting)}</li>" for miss in draft.planted)
    author = escape(case.registry.label("people", plan.author))
    return (
        f"<details><summary>A draft by {author}, with {len(draft.planted)} flaws to find</summary>{sheet}"
        f"<p>{len(draft.planted)} of these are true of it. Which ones?</p><ul>{statements}</ul>"
        f"<details><summary>These are true, and this is why they tempt</summary><ul>{true}</ul></details></details>"
    )
