"""The glossary of a month: words with one definition each, its value, who is hurt, what hangs on it (A07)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Part, Pick, Ref

CARRIED = Derived("carried over from the definition that you picked")


class Term(Part):
    """A word in one of its meanings, with this month's value."""

    definition: Annotated[
        Ref, Pick("definitions"), Field(title="What the word means here", description="One meaning, of what and when.")
    ] = ""
    counts: Annotated[Line, CARRIED, Field(title="What is counted")] = ""
    of: Annotated[Line, CARRIED, Field(title="Of what")] = ""
    when: Annotated[Line, CARRIED, Field(title="For whom and when")] = ""
    value: Annotated[
        Amount, Field(title="Its value", description="As the tables give it, in the unit of the definition.")
    ] = None
    hurt: Annotated[
        Ref,
        Pick("crowds"),
        Field(title="Who is worse off when it rises", description="Nobody, where it is good when it rises."),
    ] = ""
    decision: Annotated[Ref, Pick("decisions"), Field(title="Which open decision hangs on it")] = ""


class Glossary(Artifact):
    """The words that matter this month, each with one meaning and its value."""

    kind: ClassVar[str] = "glossary"
    title: ClassVar[str] = "Glossary"
    genre: ClassVar[str] = "words"

    terms: Annotated[
        tuple[Term, ...],
        Field(
            title="Terms",
            description="Six or more. Each sense in which you pass a sentence on, and one of each word that collides.",
            max_length=12,
        ),
    ] = ()
