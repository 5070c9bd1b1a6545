"""A team at a table, played without a notebook: who says what, who signs what, and what comes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from curriculum.artifacts import yaml_text
from curriculum.artifacts.reading import write_artifact
from curriculum.authoring.judging import state_of
from curriculum.authoring.subject import load_subject
from curriculum.course.fixtures import Files
from curriculum.team.deal import Deal, codes_of, make_deal, sayable
from curriculum.team.gathering import gathered
from curriculum.team.noted import Note, Noted
from curriculum.team.outcome import Outcome, team_rubric
from curriculum.team.sign_off import Says, Signature, SignOff, Word, sealed

NAMES = ("ada", "ben", "cho", "dan", "eva", "fay")
Judge = Callable[[str], Says]
"""What a seat says of a question, by the criterion's id."""


def everything_holds(_: str) -> Says:
    return "holds"


@dataclass
class AtTable:
    """One session: the writing seat's files, what each seat says, and how each signs."""

    slug: str
    seed: int
    root: Path
    size: int = 4
    exemplar: str = ""
    files: Files | None = None
    silent: Collection[str] = ()
    """Names of seats that say nothing."""
    left: Collection[str] = ()
    """Names of seats that hand in nothing."""
    says: Callable[[str], bool] = lambda _: True
    """Of a fact or an action, whether whoever holds it says it."""
    judges: dict[str, Judge] = field(default_factory=dict)
    """By seat; others sign that everything holds."""
    extra: tuple[Note, ...] = ()
    """Notes that stand there besides."""
    absent: tuple[str, ...] = ()
    """People whose seat is marked as absent; a colleague stands in and says what `asked` allows."""
    asked: Callable[[str], bool] = lambda _: False
    """Of what an absent person knows, whether somebody asks the stand-in."""

    @cached_property
    def deal(self) -> Deal:
        return make_deal(self.slug, NAMES[: self.size], self.seed, secret=bytes(range(32)))

    def answers(self, name: str) -> Path:
        return self.root / name / "answers"

    def play(self) -> Outcome:
        """Write, say, sign, and bring together."""
        self.write()
        deal = self.deal
        for seat in deal.table.seats:
            self.sign(seat.name)
        folders = {seat.name: self.answers(seat.name) for seat in deal.table.seats if seat.name not in self.left}
        return gathered(deal, folders)

    def write(self) -> None:
        """The writing seat's documents and notes."""
        subject, deal = load_subject(self.slug), self.deal
        case, table = deal.table.case, deal.table
        fixtures = subject.fixtures(self.seed)
        files = self.files or fixtures.exemplars[self.exemplar or next(iter(fixtures.exemplars))]
        lead = self.answers(table.lead.name)
        lead.mkdir(parents=True, exist_ok=True)
        for kind in subject.rubric.artifacts:
            if kind in files:
                (lead / f"{kind}.yaml").write_text(yaml_text.dump(files[kind]), "utf-8")
        talk = state_of(subject, case, files)
        minutes = dict(talk.done) if talk else {}
        actions = {deed.action for deed in table.plan.deeds}
        spent = subject.script.minutes - talk.minutes if subject.script and talk else 0
        notes = [
            Note(code=code, minute=float(minutes.get(id, spent)))
            for seat in table.seats
            if seat.name not in self.silent
            for id, code in codes_of(deal.key(seat.name), case, table.plan, seat).items()
            if (id in minutes if id in actions else seat != table.lead and self.says(id))
        ]
        notes += [
            Note(code=code, minute=float(minutes.get(id, spent)))
            for code, id in table.stand_in.items()
            if id in case.facts and case.facts[id].held_by in self.absent and self.asked(id)
        ]
        write_artifact(lead / "noted.yaml", Noted(notes=(*notes, *self.extra), absent=self.absent))

    def sign(self, name: str) -> None:
        """One seat's word on every document, as it lies there."""
        deal, key = self.deal, self.deal.key(name)
        rubric = team_rubric(self.slug, deal.table.plan.not_asked)
        judge = self.judges.get(name, everything_holds)
        people = deal.table.seat(name).people
        signatures = []
        for kind in rubric.artifacts:
            text = (self.answers(deal.table.lead.name) / f"{kind}.yaml").read_bytes()
            words = tuple(Word(criterion=one.id, says=judge(one.id)) for one in rubric.of(kind) if one.voice in people)
            signature = Signature(
                document=kind, sha256=hashlib.sha256(text).hexdigest(), deal=deal.table.deal, seat=name, words=words
            )
            signatures.append(sealed(signature, key))
        write_artifact(self.answers(name) / "sign_off.yaml", SignOff(signatures=tuple(signatures)))

    def held_by(self, name: str) -> set[str]:
        """The private facts of a seat."""
        table = self.deal.table
        return {id for id in sayable(table.case, table.plan, table.seat(name)) if id in table.case.facts}
