"""The pod charter: what is so, for whom, and the number that shows it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Pick, Ref, Sentence


class PodCharter(Artifact):
    """One line that somebody can act on. Replace the fields by those of your artifact; each has a blank default."""

    kind: ClassVar[str] = "pod_charter"
    title: ClassVar[str] = "Pod charter"

    reader: Annotated[Ref, Pick("people"), Field(title="Who should read it")] = ""
    claim: Annotated[Line, Sentence(), Field(title="What is so, in one sentence")] = ""
    evidence: Annotated[Ref, Pick("facts"), Field(title="The fact that shows it")] = ""
    number: Annotated[Amount, Field(title="Its number", description="As you were told it, without the unit.")] = None
