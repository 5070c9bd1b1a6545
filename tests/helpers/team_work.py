"""What the folders of a course's team hold after a session: each seat's ZIP unpacked, written, noted, signed."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from curriculum.artifacts import yaml_text
from curriculum.artifacts.reading import read_artifact, write_artifact
from curriculum.authoring.subject import load_subject
from curriculum.cohort.course import Course
from curriculum.cohort.teams import deal_of
from curriculum.team.deal import codes_of
from curriculum.team.noted import Note, Noted
from curriculum.team.outcome import team_rubric
from curriculum.team.sign_off import Signature, Word, sign


def hand_in(
    course: Course,
    lesson: str,
    team: tuple[str, ...],
    seats: Mapping[str, Path],
    *,
    silent: str = "",
    left: str = "",
) -> None:
    """Put a team's work into `submitted`; `seats` are the ZIP files that were dealt, by learner."""
    deal, subject = deal_of(course, lesson, team), load_subject(lesson)
    case, plan = deal.table.case, deal.table.plan
    for name in team:
        if name != left:
            with zipfile.ZipFile(seats[name]) as packed:
                packed.extractall(course.submitted(name, lesson).parent)
    lead = course.submitted(team[0], lesson) / "answers"
    for kind, data in next(iter(subject.fixtures(deal.table.variant).exemplars.values())).items():
        if kind in subject.rubric.artifacts:
            (lead / f"{kind}.yaml").write_text(yaml_text.dump(data), "utf-8")
    said = [seat for seat in deal.table.seats[1:] if seat.name != silent]
    codes = [code for seat in said for code in codes_of(deal.key(seat.name), case, plan, seat).values()]
    write_artifact(lead / "noted.yaml", Noted(notes=tuple(Note(code=code, minute=5.0) for code in codes)))
    rubric = team_rubric(lesson, plan.not_asked)
    hashes = {kind: read_artifact(lead / f"{kind}.yaml", model).sha256 for kind, model in rubric.artifacts.items()}
    for seat in deal.table.seats:
        for kind, sha256 in hashes.items() if seat.name != left else ():
            asked = [one for one in subject.rubric.of(kind) if one.voice in seat.people]
            words = tuple(Word(criterion=one.id, says="holds") for one in asked)
            made = Signature(document=kind, sha256=sha256, deal=deal.table.deal, seat=seat.name, words=words)
            sign(course.submitted(seat.name, lesson) / "answers", made, deal.key(seat.name))
