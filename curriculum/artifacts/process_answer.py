"""How one would organise the work: phases, each with an artifact, who makes it, what it prevents, and how it ends."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Long, Part, Pick, Ref, Sentence, Words

After = Literal["", "at_once", "1", "2", "3"]


class WorkPhase(Part):
    """One phase: an artifact against one thing that goes wrong."""

    failure: Annotated[Ref, Pick("failures"), Field(title="What it prevents")] = ""
    days: Annotated[
        Amount,
        Field(
            title="What that cost in half a year [days]", description="From the board, without what nobody could help."
        ),
    ] = None
    remedy: Annotated[Ref, Pick("remedies"), Field(title="The artifact")] = ""
    maker: Annotated[Ref, Pick("functions"), Field(title="Who makes it")] = ""
    after: Annotated[
        After,
        Field(
            title="When it begins",
            json_schema_extra={
                "labels": {
                    "at_once": "at once",
                    "1": "once phase 1 has ended",
                    "2": "once phase 2 has ended",
                    "3": "once phase 3 has ended",
                }
            },
        ),
    ] = ""
    ended: Annotated[Ref, Pick("exits"), Field(title="When it has ended")] = ""
    accepts: Annotated[
        Ref, Pick("functions"), Field(title="Who may say no to that", description="Not the one who makes it.")
    ] = ""
    sign: Annotated[Ref, Pick("signs"), Field(title="First sign that it does not work")] = ""
    meeting: Annotated[Amount, Field(title="New meetings for it [hours a week]", description="0 for none.")] = None


class ProcessAnswer(Artifact):
    """The answer to “How would you organise this work here?”, as it is said, and what it rests on."""

    kind: ClassVar[str] = "process_answer"
    title: ClassVar[str] = "Process answer"
    genre: ClassVar[str] = "exercise"

    phases: Annotated[
        tuple[WorkPhase, ...],
        Field(title="Two to four phases", max_length=6, json_schema_extra={"section": "The phases"}),
    ] = ()
    dropped: Annotated[
        tuple[Annotated[Ref, Pick("meetings")], ...],
        Field(
            title="Meetings that end for it",
            description="Leave it blank where none does.",
            max_length=5,
            json_schema_extra={"section": "The whole of it"},
        ),
    ] = ()
    weeks: Annotated[Amount, Field(title="Weeks until the last phase stands")] = None
    said: Annotated[
        Words,
        Sentence(),
        Field(
            title="Your answer, as you say it", description="100 to 250 words: what goes wrong here, and what first."
        ),
        Long(7),
    ] = ""
