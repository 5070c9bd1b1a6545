"""How somebody else solved it, as artifacts and pages, and from when on a learner sees it."""

from __future__ import annotations

from functools import lru_cache

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import completed_one
from curriculum.cases import Case, load_case
from curriculum.course.fixtures import Files, load_exemplar, variants
from curriculum.pages.page import Page, document
from graders import load_rubric
from graders.rubric import Rubric

OPENS_AT = 1 / 3
"""From this share of an artifact's points on, in a checked version, its exemplar opens."""


def solved(rubric: Rubric, case: Case, files: Files, kind: str) -> Artifact:
    """One artifact of somebody else's answers, with what nobody types."""
    others = {name: model.model_validate(files.get(name, {})) for name, model in rubric.artifacts.items()}
    return completed_one(others[kind], rubric.derives.get(kind), case, others)[0]


def exemplar(rubric: Rubric, case: Case, kind: str, variant: str) -> Page:
    """One exemplar as a page, with how to see the others; raises LookupError where there is none of this name."""
    names = variants(case.slug)
    if variant not in names:
        raise LookupError(f"There is no exemplar {variant!r}; there are {', '.join(names)}.")
    artifact = solved(rubric, case, load_exemplar(case, variant), kind)
    others = ", ".join(f"`lesson.exemplar({kind!r}, {name!r})`" for name in names if name != variant)
    foot = f"One of several good answers. Another one: {others}" if others else ""
    return document(artifact, case.registry, foot=foot)


def closed(what: str, title: str, best: float | None, *, in_course: bool) -> str:
    """Why an exemplar, or a draft made from one, is not shown yet, in a sentence; blank where it may be seen.

    `what` begins the sentence ("The exemplar"), `title` is that of the learner's own artifact.

    `best` is the share of the points that the best checked version has earned, None where none was checked.
    """
    if in_course:
        return f"{what} of the {title} comes with the feedback of your course."
    if best is None:
        return f"{what} opens after your own attempt: write your {title} and check it."
    if best < OPENS_AT - 1e-9:
        return (
            f"{what} opens once a checked version of your {title} earns a third of its points. Your best one "
            f"has {best:.0%} so far. A hint may help: `lesson.hint(...)`."
        )
    return ""


@lru_cache(maxsize=64)
def exemplars_html(slug: str, seed: int) -> dict[str, str]:
    """Every artifact of a lesson as its first exemplar has it in one world: self-contained HTML by kind."""
    rubric, case = load_rubric(slug), load_case(slug, seed)
    files = load_exemplar(case, variants(slug)[0])
    return {
        kind: document(solved(rubric, case, files, kind), case.registry, foot="One of several good answers.").html
        for kind in rubric.artifacts
    }
