"""The pod charter: what the pod is for, by which levers, where it stops, who decides what, when it ends (A27)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part, Pick, Ref
from curriculum.cases.base import Registry


class Lever(Part):
    """Something that shall stop losses."""

    lever: Annotated[Ref, Pick("levers"), Field(title="Lever")] = ""
    share_pct: Annotated[
        Amount,
        Field(
            title="Stops alone, of 100 euros of loss",
            description="Once it is whole, where customers may be moved; to one euro.",
        ),
    ] = None


class Decision(Part):
    """Who decides something, and up to which amount."""

    decision: Annotated[Ref, Pick("decision_types"), Field(title="Decision")] = ""
    decider: Annotated[Ref, Pick("deciders"), Field(title="Decides")] = ""
    limit_eur: Annotated[Amount, Field(title="Up to (euros)", description="For holding and recalling.")] = None


class PersonsTime(Part):
    """How much of somebody's week goes to the pod."""

    noun: ClassVar[str] = "person"
    person: Annotated[Ref, Pick("people"), Field(title="Who")] = ""
    percent: Annotated[Amount, Field(title="Gives (% of the week)", description="0: nothing.")] = None


class TeamPromise(Part):
    """What another team answers within which days."""

    team: Annotated[Ref, Pick("teams"), Field(title="Team")] = ""
    days: Annotated[Amount, Field(title="Answers within (days)")] = None


class PodCharter(Artifact):
    """What a pod of several functions has agreed on."""

    kind: ClassVar[str] = "pod_charter"
    title: ClassVar[str] = "Pod charter"

    loss_kind: Annotated[
        Ref, Pick("loss_kinds"), Field(title="Loss means", json_schema_extra={"section": "Mission"})
    ] = ""
    denominator: Annotated[Ref, Pick("denominators"), Field(title="It is counted")] = ""
    largest_case: Annotated[Ref, Pick("case_ways"), Field(title="The largest case is")] = ""
    first_week: Annotated[Amount, Field(title="Baseline from week", description="Week of the tables.")] = None
    last_week: Annotated[Amount, Field(title="Baseline to week")] = None
    baseline_bps: Annotated[Amount, Field(title="Baseline (euros of 10,000 paid out)")] = None
    target_pct: Annotated[Amount, Field(title="Less by (%)")] = None
    by_week: Annotated[Amount, Field(title="At the end of week", description="Of the pod: 1 to 26.")] = None
    levers: Annotated[
        tuple[Lever, ...],
        Field(title="Levers, in the order in which they come", max_length=5, json_schema_extra={"section": "Levers"}),
    ] = ()
    movable_pct: Annotated[Amount, Field(title="May be checked or held, of 100 euros paid out")] = None
    stops_per_1000: Annotated[
        Amount, Field(title="Good payments stopped with all of them, of 1,000", description="With today’s.")
    ] = None
    guardrail: Annotated[
        Ref, Pick("guardrails"), Field(title="The brake watches", json_schema_extra={"section": "Brake"})
    ] = ""
    guardrail_limit: Annotated[Amount, Field(title="We stop at")] = None
    guardrail_weeks: Annotated[Amount, Field(title="In so many weeks running")] = None
    who_stops: Annotated[Ref, Pick("deciders"), Field(title="Who stops us")] = ""
    rights: Annotated[
        tuple[Decision, ...],
        Field(title="Decisions", max_length=6, json_schema_extra={"section": "Who decides, who gives time"}),
    ] = ()
    allocation: Annotated[tuple[PersonsTime, ...], Field(title="Time", max_length=8)] = ()
    oncall_first: Annotated[Ref, Pick("people"), Field(title="On call")] = ""
    oncall_second: Annotated[Ref, Pick("people"), Field(title="On call if the first is away")] = ""
    interfaces: Annotated[
        tuple[TeamPromise, ...],
        Field(title="What other teams promise", max_length=3, json_schema_extra={"section": "Neighbours and end"}),
    ] = ()
    review_week: Annotated[Amount, Field(title="First review at the end of week")] = None
    dissolve_if: Annotated[Ref, Pick("ends"), Field(title="The pod ends if")] = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The levers in order, each once."""
        return tuple(dict.fromkeys(one.lever for one in self.levers if one.lever))

    def percent_of(self, person: str) -> float:
        """What somebody gives, in percent; 0 where they are not named."""
        return sum(one.percent or 0.0 for one in self.allocation if one.person == person)

    def decides(self, decision: str) -> Decision | None:
        """The first right to a decision; None where nobody has it."""
        return next((one for one in self.rights if one.decision == decision), None)

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Weeks the wrong way round, and shares beyond all of it."""
        if self.first_week is not None and self.last_week is not None and self.first_week > self.last_week:
            yield "last_week", "It lies before the first week."
        for name in ("target_pct", "movable_pct"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 100:
                yield name, "Of 100, it lies between 0 and 100."
