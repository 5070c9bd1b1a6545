"""What a learner says back to one person: claims that are picked, a limit's number and firmness, one sentence."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Long, Part, Pick, Ref, Sentence
from curriculum.cases.claims import Firmness

MOST_CLAIMS = 4
"""So many claims can be said back at once."""


class SayingBack(Part):
    """What you heard from one person, as you say it back."""

    claims: Annotated[tuple[Annotated[Ref, Pick("claims")], ...], Field(max_length=MOST_CLAIMS)] = Field(
        (), title="What you heard", description="At most four: only what this person told you."
    )
    number: Amount = Field(None, title="The number of the limit", description="As you were told it.")
    firmness: Firmness = Field(
        "",
        title="How firm is the limit?",
        json_schema_extra={"labels": {"must": "A must", "wish": "A wish", "not_said": "Not said"}},
    )
    sentence: Annotated[Line, Sentence(), Long(3)] = Field(
        "", title="In one sentence", description="As you would say it to this person, by name."
    )


def parts_of(model: type[Artifact]) -> tuple[str, ...]:
    """The fields of an artifact that are said back, each named by the id of the person to whom."""
    return tuple(
        name
        for name, info in model.model_fields.items()
        if isinstance(info.annotation, type) and issubclass(info.annotation, SayingBack)
    )
