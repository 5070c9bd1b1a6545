"""What people said who have looked at documents that were held: it stands as long as the document is the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from curriculum.cohort.own_tables import attempts, marks
from curriculum.cohort.result import held_sentence
from curriculum.cohort.stored import hashes_in
from graders.report import Report

LOOKED = "looked at"
"""The role of such a mark in the log: 1 is fine, 0 is not."""


@dataclass(frozen=True)
class Look:
    """What one person said of one document."""

    title: str
    document: str
    """The hash of its file."""
    fine: bool
    comment: str
    """For the learner."""

    def __str__(self) -> str:
        stands = "it stands" if self.fine else "it does not stand as it is"
        return f"{self.title}: a person has looked at it, and {stands}. {self.comment}".strip()


Looks = Mapping[tuple[str, str], Collection[Look]]
"""By learner and lesson, of documents that are as they were when somebody looked."""


def read_looks(db: sa.Connection, lessons: Iterable[str] | None = None) -> Looks:
    """What was said last of every document that is still handed in as it was; of all lessons where none are given."""
    m = marks.c
    query = sa.select(m.student, m.lesson, m.criterion, m.submission_sha256, m.after, m.comment)
    query = query.where(m.role == LOOKED, *([] if lessons is None else [m.lesson.in_(list(lessons))])).order_by(m.id)
    found: dict[tuple[str, str], dict[str, Look]] = {}
    for student, lesson, title, document, value, comment in db.execute(query):
        found.setdefault((student, lesson), {})[document] = Look(title, document, bool(value), comment)
    standing: dict[tuple[str, str], Collection[Look]] = {}
    for (student, lesson), said in found.items():
        there = hashes_in(packed_report(db, student, lesson))
        if known := [look for document, look in said.items() if document in there]:
            standing[student, lesson] = known
    return standing


def packed_report(db: sa.Connection, student: str, lesson: str) -> bytes | None:
    """The report of the attempt that counts, as it is stored; None where there is none."""
    a = attempts.c
    found: bytes | None = db.execute(
        sa.select(a.report).where(a.current, a.student == student, a.lesson == lesson)
    ).scalar()
    return found


def said_after(sentence: str, looks: Iterable[Look]) -> str:
    """The sentence beside an attempt, once people have looked."""
    for look in looks:
        sentence = sentence.replace(held_sentence(look.title), str(look))
    return sentence


def report_after(report: Report, looks: Iterable[Look]) -> Report:
    """The report once people have looked: what is fine waits for nobody, and what is not says so."""
    said = {look.document: look for look in looks}
    artifacts = []
    for artifact in report.artifacts:
        look = said.get(artifact.submission_sha256)
        held = artifact.held if look is None or artifact.held is None else None
        if look is not None and artifact.held is not None and not look.fine:
            held = replace(artifact.held, sentence=str(look), looked_at=True)
        artifacts.append(replace(artifact, held=held))
    return replace(report, artifacts=tuple(artifacts))
