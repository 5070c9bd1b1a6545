"""A report as it is kept: what was decided about a submission, apart from what its rubric says of every one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.reading import Problem
from curriculum.cohort.result import pack, unpack
from graders.report import ArtifactReport, Finding, Held, Report, Status, UnreadText, plain_rows
from graders.rubric import Feedback, Objection, Rubric

_PARTS = 8
"""So many values are kept of an artifact."""

_SHA256 = 3
"""Which of them is the hash of its file."""

_BEFORE_PLACES = 7
"""So many values had a finding of the first version of reports, which knew one objection and no place."""

Words = Mapping[str, Any]
"""What a rubric says of every submission: {artifacts: {kind: [title, maximum]}, criteria: {id: {...}}}."""


def words_of(rubric: Rubric) -> dict[str, Any]:
    """The words and weights of a rubric, kept once per version of it."""
    return {
        "artifacts": {kind: [model.title, rubric.points(kind)] for kind, model in rubric.artifacts.items()},
        "criteria": {
            criterion.id: {
                "sentence": criterion.sentence,
                "voice": criterion.voice,
                "skill": criterion.skill,
                "points": criterion.points,
                "gate": criterion.gate,
                "hints": len(criterion.hints),
            }
            for criterion in rubric.criteria.values()
        },
    }


def pack_report(report: Report) -> bytes:
    """A report without the words of its rubric."""
    return pack(
        [
            report.slug,
            report.seed,
            report.case_version,
            report.rubric_sha256,
            report.case_sha256,
            report.notes,
            [
                [
                    artifact.kind,
                    artifact.status.value,
                    artifact.points,
                    artifact.submission_sha256,
                    [vars(problem) for problem in artifact.problems],
                    [_finding(finding) for finding in artifact.findings],
                    [[text.place, text.title, text.words] for text in artifact.unread],
                    artifact.held.as_json() if artifact.held else None,
                ]
                for artifact in report.artifacts
            ],
        ]
    )


def restore_report(packed: bytes, words: Words) -> Report:
    """The report as it was, given the words of the rubric that it names."""
    slug, seed, case_version, rubric_sha256, case_sha256, notes, artifacts = unpack(packed)
    return Report(
        slug=slug,
        seed=seed,
        case_version=case_version,
        rubric_sha256=rubric_sha256,
        case_sha256=case_sha256,
        notes=tuple(notes),
        artifacts=tuple(_artifact(artifact, words) for artifact in artifacts),
    )


def held_in(packed: bytes | None) -> dict[str, Held]:
    """What of a packed report is held for a person, by the hash of its file, without restoring all of it."""
    return {
        artifact[_SHA256]: _held(artifact[-1])
        for artifact in _artifacts(packed)
        if len(artifact) == _PARTS and artifact[-1]
    }


def hashes_in(packed: bytes | None) -> frozenset[str]:
    """The hashes of the files that a packed report is about."""
    return frozenset(artifact[_SHA256] for artifact in _artifacts(packed))


def _artifacts(packed: bytes | None) -> list[list[Any]]:
    found: list[list[Any]] = unpack(packed)[-1] if packed else []
    return found


def _held(stored: dict[str, Any]) -> Held:
    return Held(**{**stored, "places": tuple(stored["places"])})


def _finding(finding: Finding) -> list[Any]:
    objections = [[one.place, one.found, one.expected, plain_rows(one.evidence)] for one in finding.objections]
    return [
        finding.criterion,
        finding.passed,
        finding.status.value,
        finding.finding,
        finding.feedback.value,
        plain_rows(finding.evidence),
        objections,
        finding.waits_for,
    ]


def _restored(stored: list[Any], words: Words) -> Finding:
    if len(stored) == _BEFORE_PLACES:
        id, passed, status, found, expected, feedback, evidence = stored
        objections, waits_for = [] if passed else [["", found, expected, evidence]], ""
    else:
        id, passed, status, found, feedback, evidence, objections, waits_for = stored
    return Finding(
        criterion=id,
        passed=passed,
        status=Status(status),
        finding=found,
        feedback=Feedback(feedback),
        evidence=tuple(evidence),
        objections=tuple(Objection(place, said, expected, tuple(rows)) for place, said, expected, rows in objections),
        waits_for=waits_for,
        **words["criteria"][id],
    )


def _artifact(stored: list[Any], words: Words) -> ArtifactReport:
    # The first version of reports knew nothing of readers.
    kind, status, points, sha256, problems, findings, unread, held = [*stored, [], None][:_PARTS]
    title, maximum = words["artifacts"][kind]
    return ArtifactReport(
        kind=kind,
        title=title,
        status=Status(status),
        points=points,
        maximum=maximum,
        findings=tuple(_restored(finding, words) for finding in findings),
        problems=tuple(Problem(**problem) for problem in problems),
        submission_sha256=sha256,
        unread=tuple(UnreadText(*text) for text in unread),
        held=_held(held) if held else None,
    )
