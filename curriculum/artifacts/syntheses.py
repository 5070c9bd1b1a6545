"""One-sentence syntheses: what four people want and why, within which limit, said back to each of them (A08)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact
from curriculum.artifacts.saying_back import SayingBack


class HeardFrom(SayingBack):
    """What you heard from one person who named a week."""

    number: Annotated[
        Amount, Field(title="The week that belongs to the date", description="Its number, as you were told it.")
    ] = None


class Syntheses(Artifact):
    """What each of the four has said, in your words, before you say anything of your own."""

    kind: ClassVar[str] = "syntheses"
    title: ClassVar[str] = "Syntheses"

    bertil: Annotated[HeardFrom, Field(title="Bertil Aas")] = HeardFrom()
    leilani: Annotated[HeardFrom, Field(title="Leilani Kahale")] = HeardFrom()
    fadi: Annotated[HeardFrom, Field(title="Fadi Benali")] = HeardFrom()
    greta: Annotated[HeardFrom, Field(title="Greta Lindholm")] = HeardFrom()
