"""The trade-off in money: inputs with their ranges, what each option is worth, where the choice turns (A15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part, Pick, Ref
from curriculum.cases.base import Registry


class Input(Part):
    """One input as low, base and high."""

    quantity: Annotated[Ref, Pick("quantities"), Field(title="Input")] = ""
    low: Annotated[Amount, Field(title="Low")] = None
    base: Annotated[Amount, Field(title="Base")] = None
    high: Annotated[Amount, Field(title="High")] = None


class TradeOff(Artifact):
    """What the new features, a refresh and the old model are worth in the same unit, and how sure that is."""

    kind: ClassVar[str] = "trade_off"
    title: ClassVar[str] = "Trade-off in money"

    inputs: Annotated[
        tuple[Input, ...],
        Field(title="Inputs of the new features behind the flag", max_length=20),
    ] = ()
    limit: Annotated[
        Ref,
        Pick("limit_ways"),
        Field(title="The limit in the evening", json_schema_extra={"section": "What each option is worth"}),
    ] = ""
    net_keep: Annotated[Amount, Field(title="Net of keeping v7 (€)", description="Over 26 weeks, base inputs.")] = None
    net_refresh: Annotated[Amount, Field(title="Net of a refresh (€)")] = None
    net_features: Annotated[Amount, Field(title="Net of the new features behind the flag (€)")] = None
    ageing: Annotated[
        Amount,
        Field(
            title="What v7 loses by itself in the next 26 weeks (€)",
            description="If nobody trains it again. 0 where it does not fall.",
        ),
    ] = None
    break_even: Annotated[
        Amount,
        Field(
            title="Break-even: the new features are worth as much as keeping v7 at … percent for 0.01 AUC",
            description="The other inputs as in the base case.",
        ),
    ] = None
    most_sensitive: Annotated[
        Ref,
        Pick("quantities"),
        Field(title="The net of the new features moves most with", description="From its low to its high value."),
    ] = ""
    risk_refresh: Annotated[Amount, Field(title="At risk with a refresh (€)")] = None
    risk_features: Annotated[Amount, Field(title="At risk with the new features (€)")] = None

    def input(self, quantity: str) -> Input:
        """The first row of a quantity; a blank one where it has none."""
        found = (row for row in self.inputs if row.quantity == quantity)
        return next(found, Input(quantity=quantity))

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A range whose ends are exchanged, and a share beyond 100."""
        for number, row in enumerate(self.inputs, start=1):
            if row.low is not None and row.high is not None and row.low > row.high:
                yield f"inputs[{number}].low", "This is more than what stands under high."
            elif row.low is not None and row.base is not None and row.low > row.base:
                yield f"inputs[{number}].base", "This is less than what stands under low."
