"""The RFC: what is proposed, what speaks against it, who reviews it, what became of comments, what reopens it (A14)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Part, Pick, Ref, Sentence


class Drawback(Part):
    """Something that speaks against what is proposed, with its number."""

    what: Annotated[Ref, Pick("drawbacks"), Field(title="Drawback")] = ""
    value: Annotated[Amount, Field(title="So many")] = None


class AnsweredComment(Part):
    """A comment and what it changed."""

    noun: ClassVar[str] = "comment"
    comment: Annotated[Ref, Pick("comments"), Field(title="Comment")] = ""
    answer: Annotated[Ref, Pick("answers"), Field(title="Answer")] = ""


class Rfc(Artifact):
    """A proposal that others can object to before it is decided."""

    kind: ClassVar[str] = "rfc"
    title: ClassVar[str] = "RFC"
    genre: ClassVar[str] = "specification"

    option: Annotated[Ref, Pick("options"), Field(title="Proposed")] = ""
    why: Annotated[Line, Sentence(), Field(title="Why", description="One sentence with the number that decides.")] = ""
    drawbacks: Annotated[
        tuple[Drawback, ...], Field(title="What speaks against it", description="Two or more.", max_length=12)
    ] = ()
    reviewers: Annotated[tuple[Annotated[Ref, Pick("people")], ...], Field(title="Reviewers", max_length=20)] = ()
    comment_days: Annotated[Amount, Field(title="Open for comments, working days")] = None
    comments: Annotated[tuple[AnsweredComment, ...], Field(title="Comments and answers", max_length=12)] = ()
    reopen_on: Annotated[Ref, Pick("reopen_on"), Field(title="Opened again when")] = ""
    reopen_at: Annotated[Amount, Field(title="… at")] = None
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(
            title="What it rests on",
            description="Three to six facts that decide something here, of three people or more.",
            max_length=30,
        ),
    ] = ()
