"""An invented class with known abilities, for the report: judged results without files, in any number."""

from __future__ import annotations

import random
from collections.abc import Iterator

import sqlalchemy as sa

from curriculum.cohort import gradebook, saving
from curriculum.cohort.course import Course
from curriculum.cohort.records import Records
from curriculum.cohort.result import ArtifactScore, Result, SubmissionStatus, pack
from curriculum.roleplay.engine import available, begin, choose, ending
from curriculum.roleplay.script import Script, load_script
from graders import load_rubric
from graders.rubric import GATE_CAP

_WORDS = [f"{one}{other}" for one in ("board", "data", "risk", "user", "metric", "plan", "team", "cost", "page", "note")
          for other in ("", "line", "work", "mark", "side", "like", "room", "time", "book", "load")]  # fmt: skip


def results(course: Course, lesson: str, seed: int) -> Iterator[Result]:
    """One result for most learners of the roster: the able ones meet more, one in forty cannot be read, and
    one in twenty hands nothing in."""
    rubric = load_rubric(lesson)
    chance = random.Random(f"{seed}/{lesson}")
    try:
        script = load_script(lesson)
    except FileNotFoundError:
        script = None
    hardness = {criterion: chance.uniform(-1.8, 0.8) for criterion in rubric.criteria}
    maximum = sum(rubric.points(kind) for kind in rubric.artifacts)
    for learner in course.roster:
        drawn = chance.random()
        ability = random.Random(learner.id).gauss(0, 1)
        if drawn < 0.05:
            continue
        if drawn < 0.075:
            yield Result(
                learner.id, lesson, SubmissionStatus.INVALID, f"{next(iter(rubric.artifacts))}.yaml, line 3: no YAML.",
                seed=1, maximum=maximum, submission_sha256=f"{learner.id}/{lesson}",
            )  # fmt: skip
            continue
        met = {name: chance.gauss(ability, 0.8) > hardness[name] for name in rubric.criteria}
        artifacts = []
        for kind in rubric.artifacts:
            criteria = rubric.of(kind)
            points = float(sum(criterion.points for criterion in criteria if met[criterion.id]))
            gates_met = all(met[criterion.id] for criterion in criteria if criterion.gate)
            most = rubric.points(kind) * (1.0 if gates_met else GATE_CAP)
            artifacts.append(ArtifactScore(kind, "graded", min(points, most), rubric.points(kind)))
        prose = {kind: {"text": " ".join(chance.choices(_WORDS, k=60))} for kind in rubric.artifacts}
        yield Result(
            learner.id,
            lesson,
            SubmissionStatus.GRADED,
            "",
            seed=1,
            points=sum(artifact.points for artifact in artifacts),
            maximum=maximum,
            submitted_at="2026-09-01T10:00:00+00:00" if chance.random() < 0.9 else "2026-09-03T10:00:00+00:00",
            artifacts=tuple(artifacts),
            verdicts=dict(met),
            choices=_walk(script, chance) if script else (),
            prose=pack(prose),
            submission_sha256=f"{learner.id}/{lesson}",
        )


def fill(course: Course, lesson: str, seed: int = 1) -> int:
    """Put such results of a released lesson into the course's database; returns how many."""
    engine = gradebook.open_engine(course)
    try:
        records = Records(engine)
        records.create()
        judged = list(results(course, lesson, seed))
        run = records.begin_run({})
        with engine.begin() as db:
            records.save(db, run, judged)
            saving.save(db, gradebook.lesson_rows(db, course, lesson), judged, set())
        with engine.begin() as db:
            db.execute(sa.text("update submitted_assignment set timestamp = '2026-09-01 10:00:00'"))
        return len(judged)
    finally:
        engine.dispose()


def _walk(script: Script, chance: random.Random) -> tuple[str, ...]:
    state = begin(script)
    while ending(script, state) is None and (open_ones := available(script, state)):
        state = choose(script, state, chance.choice(open_ones).id)
    return state.taken
