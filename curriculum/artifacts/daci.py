"""The DACI of one decision: who drives, who approves, who contributes what, who is informed, and by when (A05)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Artifact, Day, Derived, Line, Part, Pick, Ref, Sentence


class Contributor(Part):
    """Somebody whose knowledge the decision needs, and what of it."""

    person: Annotated[Ref, Pick("people"), Field(title="Who")] = ""
    evidence: Annotated[Ref, Pick("facts"), Field(title="Brings", description="A fact that they told you.")] = ""


class Daci(Artifact):
    """One decision, and everybody's part in it."""

    kind: ClassVar[str] = "daci"
    title: ClassVar[str] = "DACI"
    genre: ClassVar[str] = "record"

    driver: Annotated[
        Ref,
        Pick("people"),
        Derived("carried over from the memo"),
        Field(title="Driver", json_schema_extra={"section": "The question, and who answers it"}),
    ] = ""
    question: Annotated[
        Line, Sentence(), Field(title="The question", description="One sentence that can be answered by one option.")
    ] = ""
    options: Annotated[
        tuple[Annotated[Ref, Pick("options")], ...], Field(title="Options that are open", max_length=10)
    ] = ()
    approver: Annotated[Ref, Pick("people"), Field(title="Approver", description="The one who may.")] = ""
    contributors: Annotated[tuple[Contributor, ...], Field(title="Contributors", max_length=20)] = ()
    informed: Annotated[
        tuple[Annotated[Ref, Pick("people")], ...], Field(title="Informed afterwards", max_length=20)
    ] = ()
    due: Annotated[Day, Field(title="Decided by")] = None
