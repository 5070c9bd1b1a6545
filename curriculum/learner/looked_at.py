"""Held work that a person has looked at: written down by the learner, and lapsed once the words are others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.looked_at import Look, LookedAt
from curriculum.artifacts.reading import Unreadable, read_artifact, write_artifact
from graders.grade import Submission
from graders.report import Report


def words_id(artifact: Artifact) -> str:
    """Names the words of an artifact; other words have another id."""
    words = "\n".join(prose.text for prose in artifact.prose)
    return f"{artifact.kind}_{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def prepare(path: Path, artifact: Artifact) -> None:
    """Put a blank line for these words into the record, where there is none yet. Raises Unreadable and FileRefused."""
    id = words_id(artifact)
    kept = tuple(look for look in _looks(path) if look.text == id or not look.text.startswith(f"{artifact.kind}_"))
    if not any(look.text == id for look in kept):
        write_artifact(path, LookedAt(looks=(*kept, Look(text=id))))


def told(artifacts: Mapping[str, Artifact], path: Path) -> dict[str, str]:
    """By kind, who looked at the words that stand there now, in a sentence that says whose word that is. A record
    that cannot be read says nothing."""
    try:
        looks = {look.text: look for look in _looks(path) if look.is_done()}
    except Unreadable:
        return {}
    found = {kind: looks.get(words_id(artifact)) for kind, artifact in artifacts.items()}
    return {
        kind: f"{artifacts[kind].title}: {look.who} looked at it on {look.on}, as the learner says: “{look.said}”"
        for kind, look in found.items()
        if look
    }


def released(report: Report, submission: Submission, path: Path) -> Report:
    """The report without the holds that a person has looked at; its notes say who."""
    if not any(artifact.held for artifact in report.artifacts):
        return report
    looked = told(submission.artifacts, path)
    free = [looked[artifact.kind] for artifact in report.artifacts if artifact.held and artifact.kind in looked]
    return replace(
        report,
        artifacts=tuple(
            replace(artifact, held=None) if artifact.kind in looked else artifact for artifact in report.artifacts
        ),
        notes=(*report.notes, *free),
    )


def _looks(path: Path) -> tuple[Look, ...]:
    try:
        return read_artifact(path, LookedAt).artifact.looks
    except FileNotFoundError:
        return ()
