"""The decision after a test: what is shown to whom, at which load, what is built next, what opens it again (A17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Line, Long, Pick, Ref, Sentence
from curriculum.cases.base import Registry


class Decision(Artifact):
    """A decision by a rule that stood before the data."""

    kind: ClassVar[str] = "decision"
    title: ClassVar[str] = "Decision"

    phone: Annotated[
        Ref, Pick("variants"), Field(title="Phones get", json_schema_extra={"section": "What is launched"})
    ] = ""
    desktop: Annotated[Ref, Pick("variants"), Field(title="Desktop gets")] = ""
    p95_ms: Annotated[
        Amount,
        Field(title="The page's p95 then, in the busiest hour (ms)", description="From the shadow, at that load."),
    ] = None
    effect_phone: Annotated[
        Amount, Field(title="Effect on phones at that load (%)", description="0 where light stays.")
    ] = None
    effect_desktop: Annotated[Amount, Field(title="Effect on desktop at that load (%)")] = None
    basis: Annotated[Ref, Pick("bases"), Field(title="These effects are")] = ""
    rule: Annotated[Ref, Pick("rule_says"), Field(title="This is")] = ""
    against: Annotated[
        Ref, Pick("facts"), Field(title="… because", description="Only where it is other than the rule says.")
    ] = ""
    after_phone: Annotated[
        Amount,
        Field(
            title="Effect on phones once the model is fast (%)",
            description="Projected. Blank if unknown.",
            json_schema_extra={"section": "What comes next"},
        ),
    ] = None
    after_desktop: Annotated[Amount, Field(title="The same on desktop (%)")] = None
    next_step: Annotated[Ref, Pick("next_steps"), Field(title="What comes next")] = ""
    next_owner: Annotated[Ref, Pick("people"), Field(title="Who does it")] = ""
    next_week: Annotated[Amount, Field(title="… by week", description="Counted from today, the day of the plan.")] = (
        None
    )
    reopen_measure: Annotated[
        Ref,
        Pick("reopeners"),
        Field(title="It is opened again by", json_schema_extra={"section": "What opens it again"}),
    ] = ""
    reopen_number: Annotated[Amount, Field(title="… when it crosses")] = None
    reopen_week: Annotated[Amount, Field(title="… looked at in week")] = None
    evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...],
        Field(
            title="What it rests on",
            description="One to six facts.",
            max_length=30,
            json_schema_extra={"section": "Why"},
        ),
    ] = ()
    to_the_other_camp: Annotated[
        Line,
        Sentence(),
        Long(3),
        Field(title="To those who wanted it otherwise", description="What they get, and when."),
    ] = ""

    @property
    def served(self) -> tuple[str, ...]:
        """The devices that get the complex model."""
        return tuple(name for name in ("phone", "desktop") if getattr(self, name) == "complex")

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """An effect where nothing changes, a reason where the rule is followed."""
        for name in ("phone", "desktop"):
            if getattr(self, name) == "light" and getattr(self, f"effect_{name}") not in (None, 0, 0.0):
                yield f"effect_{name}", "Light stays here, so there is no effect."
        if self.rule == "followed" and self.against:
            yield "against", "A reason is needed only where it is other than the rule says."
