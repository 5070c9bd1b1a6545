"""The release policy: when a release is stopped, by which clause, and who may let one through for how long (A25)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from curriculum.artifacts.base import Artifact, Day, Line, Notation, Part, Pick, Ref, Sentence

Expression = Annotated[str, StringConstraints(max_length=800, strip_whitespace=True), Notation()]
"""A rule in CEL, such as `nurses < 15 || physicians < 15`."""


class PolicyRule(Part):
    """A condition that stops a release."""

    name: Annotated[Line, Notation(), Field(title="Short name", description="Such as `old_card`; waivers name it.")] = (
        ""
    )
    stop_when: Annotated[
        Expression,
        Field(
            title="Stop when",
            description="A comparison of columns of the table releases: == != < <= > >=, joined by && (and), || (or), "
            "! (not). Text stands in quotes.",
        ),
    ] = ""
    clause: Annotated[Ref, Pick("clauses"), Field(title="Because of the clause")] = ""
    reason: Annotated[Line, Sentence(), Field(title="What the release team reads")] = ""


class PolicyWaiver(Part):
    """A release that may pass although a rule stops it."""

    release: Annotated[Ref, Pick("releases"), Field(title="Release")] = ""
    rule: Annotated[Line, Notation(), Field(title="Short name of the rule")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who answers for it")] = ""
    reason: Annotated[Line, Sentence(), Field(title="Why")] = ""
    until: Annotated[Day, Field(title="Until when")] = None


class ReleasePolicy(Artifact):
    """Rules that a gate runs on every release."""

    kind: ClassVar[str] = "release_policy"
    title: ClassVar[str] = "Release policy"

    rules: Annotated[tuple[PolicyRule, ...], Field(title="Rules", max_length=40)] = ()
    waivers: Annotated[tuple[PolicyWaiver, ...], Field(title="Waivers", max_length=20)] = ()
    a_pass_means: Annotated[
        Literal["", "evidence", "law", "safety"],
        Field(
            title="What it means when the gate lets a release pass",
            json_schema_extra={
                "labels": {
                    "evidence": "The evidence is there, and it is current",
                    "law": "The law is kept",
                    "safety": "The product is safe",
                }
            },
        ),
    ] = ""
