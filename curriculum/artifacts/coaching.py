"""Comments on a colleague's page: few, the heaviest first, each by how the mistake arose, and honest praise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Part, Pick, Ref, Sentence
from curriculum.cases.base import Registry

MOST = 3


class Comment(Part):
    """One comment."""

    place: Annotated[Ref, Pick("pip_fields"), Field(title="On")] = ""
    kind: Annotated[Ref, Pick("comment_kinds"), Field(title="How")] = ""
    evidence: Annotated[Ref, Pick("rows"), Field(title="The row to look at")] = ""
    number: Annotated[
        Amount,
        Field(title="The number that it shows", description="What Pip should find there, to be checked against."),
    ] = None
    next: Annotated[Ref, Pick("nexts"), Field(title="What happens next")] = ""
    words: Annotated[Line, Sentence(), Field(title="As you say it")] = ""


class Coaching(Artifact):
    """What somebody can carry who asked for comments."""

    kind: ClassVar[str] = "coaching"
    title: ClassVar[str] = "Comments on a page"

    comments: Annotated[
        tuple[Comment, ...],
        Field(title="Comments", description="Two or three, the heaviest first.", max_length=10),
    ] = ()
    praise_place: Annotated[
        Ref, Pick("pip_fields"), Field(title="What is good", json_schema_extra={"section": "Around them"})
    ] = ""
    praise_why: Annotated[
        Line, Sentence(), Field(title="Why it is good", description="So that it can be done again.")
    ] = ""
    parked: Annotated[
        Ref, Pick("pip_fields"), Field(title="Left for later", description="Wrong as well, and not said today.")
    ] = ""
    next_look: Annotated[Amount, Field(title="We look again in working days")] = None

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """More than somebody can carry at once."""
        if len(self.comments) > MOST:
            yield f"comments[{MOST + 1}].place", "Nobody carries more than three at once."
