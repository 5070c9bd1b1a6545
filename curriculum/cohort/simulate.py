"""Synthetic cohorts: exemplars, near-misses and empty folders mixed at random, with the scores they must get."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from curriculum.artifacts import yaml_text
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.roster import Learner
from curriculum.course.fixtures import Files, Fixtures, load_fixtures
from curriculum.support.console import OnProgress
from curriculum.support.worlds import forget_worlds, kept_for_worlds
from graders import load_rubric
from graders.grade import grade_folder
from graders.rubric import GATE_CAP

UNTOUCHED = "untouched"
"""Handed in with nothing written."""

_SHARE_UNTOUCHED, _SHARE_EXEMPLARS = 0.08, 0.42

_FIRST = ("Ada", "Bela", "Chidi", "Dana", "Eun", "Femi", "Goro", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Mira")
_LAST = ("Abebe", "Brandt", "Costa", "Diaz", "Eriksen", "Farah", "Garcia", "Haddad", "Ito", "Jansen", "Kaya")


@dataclass(frozen=True)
class Known:
    """What a synthetic submission is, and what it must score."""

    student: str
    lesson: str
    made_from: str
    """`untouched`, or the name of an exemplar, or "exemplar/near-miss"."""
    points: float
    fails: tuple[str, ...]
    """The criteria that it fails."""


def synthetic_learners(number: int) -> tuple[Learner, ...]:
    """So many invented learners."""
    width = len(str(number))
    return tuple(
        Learner(
            id=f"learner{index:0{width}}",
            first_name=_FIRST[index % len(_FIRST)],
            last_name=_LAST[index // len(_FIRST) % len(_LAST)],
            email=f"learner{index:0{width}}@example.org",
            lms_id=str(100_000 + index),
            sis_id=f"S{index:0{width}}",
        )
        for index in range(1, number + 1)
    )


def synthetic_course(
    course: Course, number: int, seed: int, *, share: float = 1.0, on_progress: OnProgress | None = None
) -> list[Known]:
    """Make a whole course of invented learners, release its lessons and hand in; what each submission must
    score is returned, and kept in .cohort/known.jsonl."""
    from curriculum.cohort.releasing import release_lesson
    from curriculum.cohort.staging import create_course

    create_course(course, synthetic_learners(number), {})
    for lesson in course.lessons:
        release_lesson(course, lesson)
    known = simulate(course, course.lessons, seed, share=share, on_progress=on_progress)
    write_known(course.private / "known.jsonl", known)
    return known


def simulate(
    course: Course,
    lessons: tuple[str, ...],
    seed: int,
    *,
    share: float = 1.0,
    on_progress: OnProgress | None = None,
) -> list[Known]:
    """Put a submission of every learner of the course into `submitted`, and return what each must score.

    `share` of the learners hand in, drawn at random per lesson. The same seed makes the same cohort. Raises
    CourseError where a lesson was handed in already, so that no real work is ever written over.
    """
    chance = random.Random(seed)
    known = []
    for at, lesson in enumerate(lessons):
        notebook = (course.release(lesson) / f"{lesson}.ipynb").read_bytes()
        for number, learner in enumerate(course.roster, at * len(course.roster) + 1):
            if on_progress:
                on_progress(number, len(course.roster) * len(lessons))
            if chance.random() >= share:
                continue
            folder = course.submitted(learner.id, lesson)
            if folder.exists():
                raise CourseError(f"{folder} is there already; simulate in a course of its own.")
            variant = course.variant(learner.id, lesson)
            made_from = _drawn(chance, lesson, variant)
            _write(folder, lesson, course.id, notebook, *_texts(lesson, variant, made_from), seed=chance.random())
            points, fails = expected_points(lesson, variant, made_from)
            known.append(Known(learner.id, lesson, made_from, points, fails))
        forget_worlds()
    return known


def write_submission(course: Course, student: str, lesson: str, made_from: str) -> Known:
    """Put one submission into `submitted`, in place of what is there; for tests and demonstrations."""
    folder = course.submitted(student, lesson)
    shutil.rmtree(folder, ignore_errors=True)
    variant = course.variant(student, lesson)
    notebook = (course.release(lesson) / f"{lesson}.ipynb").read_bytes()
    _write(folder, lesson, course.id, notebook, *_texts(lesson, variant, made_from), seed=0.5)
    return Known(student, lesson, made_from, *expected_points(lesson, variant, made_from))


def kinds_of_submission(lesson: str, variant: int) -> list[str]:
    """Everything that a synthetic submission of a lesson can be made from in one world."""
    exemplars, near_misses = _sources(lesson, variant)
    return [UNTOUCHED, *exemplars, *(one for one in near_misses if not _leaves_open(lesson, variant, one))]


@lru_cache(maxsize=100_000)
def expected_points(lesson: str, variant: int, made_from: str) -> tuple[float, tuple[str, ...]]:
    """The points that follow from the fixtures alone, without judging: all but what a near-miss fails. It holds for
    near-misses beside which every question can be asked; only such are handed in."""
    rubric = load_rubric(lesson)
    everything = tuple(rubric.criteria)
    if made_from == UNTOUCHED:
        return 0.0, everything
    fails: tuple[str, ...] = ()
    if "/" in made_from:
        near_misses = _fixtures(lesson, variant).near_misses
        fails = next(miss.fails for miss in near_misses if f"{miss.variant}/{miss.id}" == made_from)
    points = 0.0
    for kind in rubric.artifacts:
        criteria = rubric.of(kind)
        mine = float(sum(criterion.points for criterion in criteria if criterion.id not in fails))
        if any(criterion.gate and criterion.id in fails for criterion in criteria):
            mine = min(mine, GATE_CAP * rubric.points(kind))
        points += mine
    return points, fails


def write_known(path: Path, known: list[Known]) -> None:
    """Keep what a synthetic cohort must score, as JSON lines."""
    path.write_text("".join(json.dumps(vars(one)) + "\n" for one in known), encoding="utf-8")


def _drawn(chance: random.Random, lesson: str, variant: int) -> str:
    exemplars, near_misses = _sources(lesson, variant)
    place = chance.random()
    if place < _SHARE_UNTOUCHED:
        return UNTOUCHED
    if place < _SHARE_UNTOUCHED + _SHARE_EXEMPLARS:
        return chance.choice(exemplars)
    known = (one for one in chance.sample(near_misses, len(near_misses)) if not _leaves_open(lesson, variant, one))
    return next(known, exemplars[0])


@kept_for_worlds(maxsize=4096)
def _leaves_open(lesson: str, variant: int, made_from: str) -> bool:
    """Whether something cannot be asked beside a mistake, so that its points do not follow from what it fails."""
    texts, case = _texts(lesson, variant, made_from)
    with tempfile.TemporaryDirectory(prefix="curriculum-") as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return any(artifact.open() for artifact in grade_folder(load_rubric(lesson), case, Path(folder)).artifacts)


@kept_for_worlds(maxsize=VARIANTS)
def _fixtures(lesson: str, variant: int) -> Fixtures:
    return load_fixtures(load_case(lesson, variant))


@kept_for_worlds(maxsize=VARIANTS)
def _sources(lesson: str, variant: int) -> tuple[list[str], list[str]]:
    fixtures = _fixtures(lesson, variant)  # not every near-miss is sayable in every world
    return list(fixtures.exemplars), [f"{miss.variant}/{miss.id}" for miss in fixtures.near_misses]


@kept_for_worlds(maxsize=4096)
def _texts(lesson: str, variant: int, made_from: str) -> tuple[Mapping[str, str], Case]:
    """The answers of a submission as the texts of their files, by file name."""
    case = load_case(lesson, variant)
    stated = {"lesson": lesson, "variant": variant, "case_version": case.version}
    files: Files = {}
    if made_from != UNTOUCHED:
        fixtures = _fixtures(lesson, variant)
        if "/" in made_from:
            near_miss = next(m for m in fixtures.near_misses if f"{m.variant}/{m.id}" == made_from)
            files = fixtures.near_miss_files(near_miss)
        else:
            files = fixtures.exemplars[made_from]
    texts = {f"{name}.yaml": yaml_text.dump(data) for name, data in {"case": stated, **files}.items()}
    return texts, case


def _write(
    folder: Path, lesson: str, cohort: str, notebook: bytes, texts: Mapping[str, str], case: Case, *, seed: float
) -> None:
    (folder / "answers").mkdir(parents=True)
    (folder / f"{lesson}.ipynb").write_bytes(notebook)
    (folder / "cohort.json").write_text(json.dumps({"cohort": cohort}) + "\n", encoding="utf-8")
    moment = dt.datetime(2026, 9, 1, tzinfo=dt.UTC) + dt.timedelta(days=7 * seed)
    (folder / "timestamp.txt").write_text(f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")
    for name, text in texts.items():
        (folder / "answers" / name).write_text(text, encoding="utf-8")
