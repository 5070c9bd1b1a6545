"""Proofs by grading: right answers pass, each near-miss fails for its own reason, and nothing hostile passes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from curriculum.authoring.hostile import Scatterer, Stuffer, filled, has_ids, shuffled
from curriculum.authoring.judging import judged
from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.course.fixtures import Files, NearMiss
from curriculum.course.flaws import draft_artifact, flawed_draft
from graders.grade import grade_folder
from graders.report import Report, Status

COINCIDENCES = 0.05
"""Share of other learners' answers that may happen to be right: small worlds share numbers now and then."""


WORLDS_KEPT = 8
"""Of so many worlds the reports on near-misses are kept for the next proof; the check goes through five at a time."""


def graded(subject: Subject, case: Case, files: Files) -> Report:
    """The report on a folder of answers. JSON is YAML too, and quick to write."""
    with tempfile.TemporaryDirectory(prefix="answers-") as name:
        answers = Path(name)
        for stem, data in files.items():
            (answers / f"{stem}.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return grade_folder(subject.rubric, case, answers)


def near_miss_reports(subject: Subject, seed: int) -> list[tuple[NearMiss, Report]]:
    """The report on each near-miss of a world, made once however many proofs ask."""
    kept: dict[int, list[tuple[NearMiss, Report]]] = subject.__dict__.setdefault("near_miss_reports", {})
    if seed not in kept:
        case, fixtures = subject.case(seed), subject.fixtures(seed)
        while len(kept) >= WORLDS_KEPT:
            kept.pop(next(iter(kept)))
        kept[seed] = [(miss, judged(subject, case, fixtures.near_miss_files(miss))) for miss in fixtures.near_misses]
    return kept[seed]


def failed(report: Report) -> set[str]:
    return {finding.criterion for artifact in report.artifacts for finding in artifact.failed()}


def is_full(report: Report) -> bool:
    return report.points >= report.maximum - 1e-9


def _unsound(report: Report) -> Against:
    """What may never be in a report: broken checks and files that cannot be read."""
    for artifact in report.artifacts:
        for finding in artifact.broken():
            yield finding.criterion, finding.finding
        for problem in artifact.problems:
            yield artifact.kind, str(problem)


@for_each_world
def untouched_is_not_attempted(subject: Subject, seed: int) -> Against:
    """A learner who has written nothing gets 0 points and the status not_attempted."""
    untouched: tuple[Files, ...] = (
        {},
        {kind: {} for kind in subject.rubric.artifacts},
        dict.fromkeys(subject.rubric.artifacts),
    )
    for files in untouched:
        for artifact in graded(subject, subject.case(seed), files).artifacts:
            if artifact.points or artifact.status is not Status.NOT_ATTEMPTED:
                yield artifact.kind, f"untouched, it has the status {artifact.status} and {artifact.points:g} points"


@for_each_world
def exemplars_earn_full_marks(subject: Subject, seed: int) -> Against:
    """Every exemplar, of which there are at least two, earns full marks."""
    case, fixtures = subject.case(seed), subject.fixtures(seed)
    if len(fixtures.exemplars) < 2:
        yield "exemplars", f"there are {len(fixtures.exemplars)}; two that differ in structure are needed"
    for variant, files in fixtures.exemplars.items():
        if absent := sorted({*subject.rubric.artifacts, *subject.rubric.conversations} - files.keys()):
            yield variant, f"the files {', '.join(absent)} are missing"
        report = graded(subject, case, files)
        yield from _unsound(report)
        for artifact in report.artifacts:
            for finding in (*artifact.failed(), *artifact.open()):
                yield (
                    f"{variant}/{artifact.kind}",
                    f"{finding.criterion}: {finding.finding} (expected {finding.expected})",
                )
        for note in report.notes:
            yield variant, note


@for_each_world
def near_misses_fail_as_named(subject: Subject, seed: int) -> Against:
    """Each near-miss fails exactly the criteria that it names, and is told what was found and expected."""
    for miss, report in near_miss_reports(subject, seed):
        yield from ((f"{miss.id}/{place}", sentence) for place, sentence in _unsound(report))
        fell = failed(report)
        if fell != set(miss.fails):
            unexpected, absent = sorted(fell - set(miss.fails)), sorted(set(miss.fails) - fell)
            words = [f"fails {', '.join(unexpected)}, which it does not name"] if unexpected else []
            words += [f"does not fail {', '.join(absent)}"] if absent else []
            yield miss.id, "; ".join(words)
        for artifact in report.artifacts:
            for finding in artifact.failed():
                if not all(one.found.strip() and one.expected.strip() for one in finding.objections):
                    yield miss.id, f"{finding.criterion} does not say what was found and what was expected"
            for finding in artifact.open():
                if finding.waits_for not in miss.fails:
                    yield miss.id, f"{finding.criterion} is open and waits for nothing that it names: {finding.finding}"
        if is_full(report):
            yield miss.id, "it earns full marks"


@for_each_world
def hostile_answers_fail(subject: Subject, seed: int) -> Against:
    """Neither keywords in every field nor shuffled ids earn full marks for any artifact."""
    case, rubric = subject.case(seed), subject.rubric
    words = [criterion.sentence for criterion in rubric.criteria.values()]
    words += [hint for criterion in rubric.criteria.values() for hint in criterion.hints]
    words += [f"{term.term}: {term.meaning}" for term in subject.plan.glossary]
    stuffer = Stuffer(case, " ".join(words))
    stuffed = {kind: filled(model, stuffer) for kind, model in rubric.artifacts.items()}
    exemplar = next(iter(subject.fixtures(seed).exemplars.values()))
    mixed = {
        name: shuffled(rubric.artifacts[name], data, case) if name in rubric.artifacts else data
        for name, data in exemplar.items()
    }
    for how, files in (("stuffed with keywords", stuffed), ("with shuffled ids", mixed)):
        report = graded(subject, case, files)
        yield from _unsound(report)
        for artifact in report.artifacts:
            meant = how == "stuffed with keywords" or has_ids(rubric.artifacts[artifact.kind])
            if meant and artifact.points >= artifact.maximum - 1e-9:
                yield artifact.kind, f"{how}, it earns full marks"


@for_each_world
def anything_gets_a_verdict(subject: Subject, seed: int) -> Against:
    """Whatever the schema allows is judged: no criterion raises, and every report is valid JSON."""
    case, random = subject.case(seed), Random(seed)
    submissions: list[Files] = [
        {kind: filled(model, Scatterer(case, random)) for kind, model in subject.rubric.artifacts.items()}
        for _ in range(3)
    ]
    for files in subject.fixtures(seed).exemplars.values():
        submissions += [{name: data} for name, data in files.items()]
        submissions.append({name: data for name, data in files.items() if name in subject.rubric.artifacts})
    for files in submissions:
        report = graded(subject, case, files)
        yield from _unsound(report)
        json.dumps(report.as_json(), allow_nan=False)
        for artifact in report.artifacts:
            if not 0 <= artifact.points <= artifact.maximum:
                yield artifact.kind, f"it gets {artifact.points} of {artifact.maximum} points"


@for_the_lesson
def other_worlds_answers_fail(subject: Subject, seeds: Sequence[int]) -> Against:
    """An answer that was right for another learner fails."""
    right: list[str] = []
    pairs = [(seed, seeds[(index + 1) % len(seeds)]) for index, seed in enumerate(seeds)]
    tried = 0
    for mine, theirs in pairs if len(seeds) > 1 else ():
        for variant, files in subject.fixtures(theirs).exemplars.items():
            tried += 1
            if is_full(graded(subject, subject.case(mine), files)):
                right.append(f"{variant} of seed {theirs} for seed {mine}")
    if len(right) > max(1, COINCIDENCES * tried):
        yield "exemplars", f"{len(right)} of {tried} answers fit another world as well, such as {right[0]}"


@for_each_world
def planted_flaws_are_there(subject: Subject, seed: int) -> Against:
    """The draft of the find-the-flaws exercise has exactly the flaws that are planted."""
    plan = subject.plan.flaws
    if plan is None:
        return
    case, rubric = subject.case(seed), subject.rubric
    if plan.artifact not in rubric.artifacts or plan.author not in case.people:
        yield "flaws", f"there is no artifact {plan.artifact} or no person {plan.author}"
        return
    for miss, report in near_miss_reports(subject, seed):
        opened = {finding.criterion for artifact in report.artifacts for finding in artifact.open()}
        if (miss.artifact, miss.variant) == (plan.artifact, plan.variant) and (untold := opened - {*miss.opens}):
            yield miss.id, f"beside it {min(untold)} cannot be asked; name it under `opens`"
    draft = flawed_draft(case, plan, subject.fixtures(seed))
    draft_artifact(draft, rubric.artifacts[plan.artifact])
    planted = {criterion for miss in draft.planted for criterion in miss.fails}
    report = graded(subject, case, draft.files)
    yield from _unsound(report)
    if (fell := failed(report)) != planted:
        names = ", ".join(miss.id for miss in draft.planted)
        yield "flaws", f"with {names} planted, {', '.join(sorted(fell ^ planted))} fails or passes against the plan"
    if len(draft.options) != plan.options:
        yield "flaws", f"{plan.options} statements are planned and there are {len(draft.options)} fair ones"
    if len(draft.options) == len(draft.planted):
        yield "flaws", "every statement is true of the draft, so there is nothing to decide"
