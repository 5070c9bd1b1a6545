"""The RACI: who does each deliverable, who answers for it, who is asked and who is told (A04)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Artifact, Part, Pick, Ref

Code = Literal["", "R", "A", "A/R", "C", "I"]
CODES: dict[str, str] = {
    "R": "Responsible",
    "A": "Accountable",
    "A/R": "Accountable and responsible",
    "C": "Consulted",
    "I": "Informed",
}


class Assignment(Part):
    """What one person is to one deliverable."""

    person: Annotated[Ref, Pick("people"), Field(title="Who")] = ""
    code: Annotated[Code, Field(title="Part", json_schema_extra={"labels": dict(CODES)})] = ""


class RaciRow(Part):
    """One deliverable and everybody who has a part in it."""

    noun: ClassVar[str] = "deliverable"
    deliverable: Annotated[Ref, Pick("deliverables"), Field(title="Deliverable")] = ""
    assignments: Annotated[tuple[Assignment, ...], Field(title="Who has which part", max_length=30)] = ()


class Raci(Artifact):
    """Deliverables by people, with one letter in each cell: responsible, accountable, consulted or informed."""

    kind: ClassVar[str] = "raci"
    title: ClassVar[str] = "RACI"

    rows: Annotated[tuple[RaciRow, ...], Field(title="Deliverables", max_length=60)] = ()

    def row(self, deliverable: str) -> RaciRow:
        """The first row of a deliverable; a blank one where it has none."""
        found = (row for row in self.rows if row.deliverable == deliverable)
        return next(found, RaciRow(deliverable=deliverable))

    def code(self, deliverable: str, person: str) -> str:
        """The letter in one cell; blank where there is none."""
        return next((each.code for each in self.row(deliverable).assignments if each.person == person), "")

    def people_with(self, deliverable: str, letter: Literal["R", "A", "C", "I"]) -> tuple[str, ...]:
        """Ids of the people who have this letter in a row; A/R counts as both."""
        row = self.row(deliverable)
        return tuple(each.person for each in row.assignments if letter in each.code.split("/"))
