"""The one-page brief: what is done in which order, for whom a voucher, what it brings, what is not known (A12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Long, Part, Pick, Ref, Sentence, Words
from curriculum.cases.base import Registry


class Step(Part):
    """Something that is done this quarter."""

    action: Annotated[Ref, Pick("actions"), Field(title="What is done")] = ""
    month_eur: Annotated[
        Amount,
        Field(title="Brings in four weeks (€)", description="Once it works. Of a voucher: as in the part on vouchers."),
    ] = None
    done_week: Annotated[
        Amount, Derived("worked out from the order and the weeks of work"), Field(title="Works after week")
    ] = None


class Voucher(Part):
    """Whether anybody is offered a voucher, and for whom that was worked out."""

    decision: Annotated[
        Literal["", "offer", "leave"],
        Field(title="This quarter", description="offer: as below; leave: nobody, and below stands why not."),
    ] = ""
    target: Annotated[Ref, Pick("targets"), Field(title="Whom one has to find")] = ""
    sorted_by: Annotated[
        Literal["", "risk", "uplift", "group"],
        Field(title="Found by", description="risk or uplift: deciles of that score; group: one of the groups."),
    ] = ""
    part: Annotated[
        Literal["", "A", "B", "both"],
        Field(title="Read in part", description="Of the spring test. Risk and groups: both."),
    ] = ""
    first_decile: Annotated[Amount, Field(title="From decile", description="10 is the highest score.")] = None
    last_decile: Annotated[Amount, Field(title="To decile")] = None
    group: Annotated[Ref, Pick("voucher_groups"), Field(title="The group", description="Where a group is named.")] = ""
    coverage_percent: Annotated[
        Amount,
        Field(
            title="A score reaches, of 100 carts",
            description="Those for which it has what it reads. A group needs none: there it may stay blank.",
        ),
    ] = None
    net_month: Annotated[
        Amount,
        Field(
            title="Brings in four weeks (€)",
            description="All of these who are reached; margin less vouchers, offers and what a score costs to run.",
        ),
    ] = None
    control_percent: Annotated[
        Amount, Field(title="Left out by lot, of 100", description="To compare with. Only if you offer.")
    ] = None
    budget_month: Annotated[
        Amount, Field(title="Budget for four weeks (€)", description="Vouchers and offers. Only if you offer.")
    ] = None
    wait_ms: Annotated[
        Amount, Field(title="The cart waits for it at most (ms)", description="Only if you offer.")
    ] = None  # fmt: skip


class Assumption(Part):
    """Something on which the plan rests."""

    assumption: Annotated[Ref, Pick("assumptions"), Field(title="The plan rests on")] = ""
    state: Annotated[Literal["", "known", "unknown"], Field(title="That is")] = ""
    fact: Annotated[Ref, Pick("facts"), Field(title="Known: who told you")] = ""
    test: Annotated[Ref, Pick("tests"), Field(title="Unknown: what will tell")] = ""


class NotDone(Part):
    """Something that the plan leaves out on purpose."""

    noun: ClassVar[str] = "action"
    action: Annotated[Ref, Pick("actions"), Field(title="Not this quarter")] = ""
    back_when: Annotated[Ref, Pick("returns_when"), Field(title="It comes back")] = ""


class Brief(Artifact):
    """One page that says what is done, what it brings, and what it rests on."""

    kind: ClassVar[str] = "brief"
    title: ClassVar[str] = "One-page brief"

    problem: Annotated[str, Derived("carried over from your problem statement"), Field(title="Problem")] = ""
    steps: Annotated[
        tuple[Step, ...],
        Field(title="What is done, in this order", description="Web work does one after the other.", max_length=6),
    ] = ()
    voucher: Annotated[Voucher, Field(title="Vouchers")] = Voucher()
    net_quarter: Annotated[
        Amount,
        Field(
            title="The plan brings this quarter (€)",
            description="What the steps bring once they work, less what their weeks would earn elsewhere.",
        ),
    ] = None
    assumptions: Annotated[
        tuple[Assumption, ...], Field(title="Assumptions", description="Three or four that matter.", max_length=6)
    ] = ()
    not_done: Annotated[
        tuple[NotDone, ...],
        Field(title="Not done", description="Two at least, with what brings them back.", max_length=5),
    ] = ()
    guardrail: Annotated[
        Ref,
        Pick("measures"),
        Field(
            title="What must not get worse",
            description="It would show the plan's harm.",
            json_schema_extra={"section": "Harm and reasons"},
        ),
    ] = ""
    why: Annotated[
        Words, Sentence(), Field(title="Why this order", description="For Gwen, who wanted a model."), Long(3)
    ] = ""
    against: Annotated[
        Words, Sentence(), Field(title="What speaks against it", description="The best reason you know."), Long(2)
    ] = ""

    @property
    def actions(self) -> tuple[str, ...]:
        """Ids of what is done, in its order."""
        return tuple(step.action for step in self.steps if step.action)

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A step twice; done and not done; deciles out of order or of range; shares beyond 100."""
        named: set[str] = set()
        for number, step in enumerate(self.steps, start=1):
            if step.action and step.action in named:
                yield f"steps[{number}].action", "This step is in the list already."
            named.add(step.action)
        for number, left in enumerate(self.not_done, start=1):
            if left.action and left.action in named:
                yield f"not_done[{number}].action", "The plan does it."
        first, last = self.voucher.first_decile, self.voucher.last_decile
        for name, decile in (("first_decile", first), ("last_decile", last)):
            if decile is not None and decile not in range(1, 11):
                yield f"voucher.{name}", "Deciles are numbered from 1 to 10."
        if first is not None and last is not None and last < first:
            yield "voucher.last_decile", "It comes before the first."
        for name in ("coverage_percent", "control_percent"):
            share = getattr(self.voucher, name)
            if share is not None and not 0 <= share <= 100:
                yield f"voucher.{name}", "It is counted of 100."
