"""Which stories show which competencies: a criterion that was truly passed for each, and the gaps."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Artifact, Part, Pick, Ref
from curriculum.artifacts.star import Copied


class ShownBy(Part):
    """One competency with what shows it."""

    noun: ClassVar[str] = "competency"
    competency: Annotated[Ref, Pick("competencies"), Field(title="Competency")] = ""
    criterion: Annotated[
        Ref, Pick("shown"), Field(title="What shows it", description="Something that is passed now.")
    ] = ""


class Gap(Part):
    """One competency that nothing shows yet."""

    competency: Annotated[Ref, Pick("competencies"), Field(title="Competency")] = ""
    lesson: Annotated[Ref, Pick("lessons"), Field(title="The lesson that would fill it")] = ""


class StoryBank(Artifact):
    """Five stories for ten competencies. A story is a lesson."""

    kind: ClassVar[str] = "story_bank"
    title: ClassVar[str] = "Story bank"
    genre: ClassVar[str] = "exercise"

    origin: Annotated[
        Literal["", "practice", "course"],
        Field(
            title="Whose work it is",
            json_schema_extra={
                "section": "Whose work",
                "labels": {"practice": "The work folder that comes with this", "course": "My own lessons"},
            },
        ),
    ] = ""
    shown: Annotated[
        tuple[ShownBy, ...],
        Field(
            title="What your stories show",
            description="Each competency once, from at most five lessons.",
            max_length=12,
            json_schema_extra={"section": "Stories"},
        ),
    ] = ()
    gaps: Annotated[
        tuple[Gap, ...], Field(title="What nothing shows yet", max_length=12, json_schema_extra={"section": "Gaps"})
    ] = ()
    copied: Annotated[
        tuple[Copied, ...],
        Field(
            title="From your lessons",
            description="Filled in by the course; leave it as it is.",
            max_length=40,
            json_schema_extra={"hidden": True},
        ),
    ] = ()
