"""The learner's finds in somebody else's draft: which of the statements are true of it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Artifact, Pick, Ref


class Flaws(Artifact):
    """The statements that the learner ticked."""

    kind: ClassVar[str] = "flaws"
    title: ClassVar[str] = "Flaws in the draft"

    found: Annotated[
        tuple[Annotated[Ref, Pick("flaws")], ...],
        Field(title="What is wrong with this draft?", description="Tick what you can show.", max_length=20),
    ] = ()
