"""The release policy: when a release is stopped, by which clause, and who may let one through for how long (A25)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from curriculum.artifacts.base import Amount, Artifact, Day, Derived, Line, Notation, Part, Pick, Ref

Expression = Annotated[str, StringConstraints(max_length=800, strip_whitespace=True), Notation()]
"""A rule in CEL, such as `nurses < 15 || physicians < 15`."""


class PolicyRule(Part):
    """A condition that stops a release."""

    stop_when: Annotated[
        Expression,
        Field(
            title="Stop when",
            description="A comparison of columns of the table releases: == != < <= > >=, joined by && (and), || (or), "
            "! (not). Text stands in quotes.",
        ),
    ] = ""
    clause: Annotated[Ref, Pick("clauses"), Field(title="Because of the clause")] = ""
    name: Annotated[Line, Notation(), Derived("the clause's short name"), Field(title="Short name")] = ""
    reason: Annotated[Line, Derived("what the clause demands"), Field(title="What the release team reads")] = ""


class PolicyWaiver(Part):
    """A request that is granted: a release may pass although a rule stops it."""

    request: Annotated[Ref, Pick("requests"), Field(title="Request that is granted")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who answers for it")] = ""
    extent: Annotated[
        Amount,
        Field(
            title="By how much it falls short",
            description="In the unit of the rule: participants that are missing, or days too many.",
        ),
    ] = None
    until: Annotated[Day, Field(title="Until when")] = None
    release: Annotated[Ref, Pick("releases"), Derived("the request's release"), Field(title="Release")] = ""
    rule: Annotated[Line, Notation(), Derived("the rule that the request is about"), Field(title="Rule")] = ""
    reason: Annotated[Line, Derived("carried over from the request"), Field(title="Why")] = ""


class ReleasePolicy(Artifact):
    """Rules that a gate runs on every release."""

    kind: ClassVar[str] = "release_policy"
    title: ClassVar[str] = "Release policy"
    genre: ClassVar[str] = "rule"

    rules: Annotated[tuple[PolicyRule, ...], Field(title="Rules", max_length=40)] = ()
    waivers: Annotated[tuple[PolicyWaiver, ...], Field(title="Waivers", max_length=20)] = ()
