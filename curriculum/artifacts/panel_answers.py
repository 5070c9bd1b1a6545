"""Answers to three people whose wishes conflict: whom first, what each is promised, and who bears it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Long, Part, Pick, Ref, Sentence


class PanelAnswer(Part):
    """What one of the three is told."""

    who: Annotated[Ref, Pick("askers"), Field(title="Who asks")] = ""
    promise: Annotated[Ref, Pick("promises"), Field(title="What you promise")] = ""
    comes_to: Annotated[
        Amount,
        Field(
            title="What their number then is",
            description="From today's number, with all your promises; for meetings, with your phases as well.",
        ),
    ] = None
    given_up: Annotated[Ref, Pick("losses"), Field(title="What is given up for it")] = ""
    bearer: Annotated[Ref, Pick("functions"), Field(title="Who bears it")] = ""
    told: Annotated[Line, Sentence(), Field(title="What you say to those who bear it"), Long(2)] = ""


class PanelAnswers(Artifact):
    """The three answers, and which of them comes first."""

    kind: ClassVar[str] = "panel_answers"
    title: ClassVar[str] = "Three who ask in turn"
    genre: ClassVar[str] = "exercise"

    first: Annotated[
        Ref, Pick("askers"), Field(title="Whom you answer first", json_schema_extra={"section": "Whom first"})
    ] = ""
    ground: Annotated[
        Ref, Pick("facts"), Field(title="On what that rests", description="Something that you were told.")
    ] = ""
    answers: Annotated[
        tuple[PanelAnswer, ...],
        Field(title="One answer for each", max_length=6, json_schema_extra={"section": "Your three answers"}),
    ] = ()
