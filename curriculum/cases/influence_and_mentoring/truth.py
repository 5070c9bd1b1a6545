"""What is so in one world: the rule that earns most, what it brings, who can help, what weighs on Pip's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from curriculum.cases.base import Columns
from curriculum.cases.influence_and_mentoring.allies import Ally
from curriculum.cases.influence_and_mentoring.campaign import Campaign
from curriculum.cases.influence_and_mentoring.draw import AREAS, CELLS, DISCOUNT, GAP, SEGMENTS, Draw
from curriculum.cases.influence_and_mentoring.entries import ROWS_FOR
from curriculum.cases.influence_and_mentoring.facts import days_until
from curriculum.cases.influence_and_mentoring.people import ALLIES
from curriculum.cases.influence_and_mentoring.rules import Reading, chosen, read, reads_score
from curriculum.support.worlds import kept_for_worlds

EARNS = 0.85
"""Share of what the best known rule earns that counts as as good."""
HARMED, FEW = -0.01, 0.015
"""A group is driven away below this true difference; a smaller share of everybody is no group."""


@dataclass(frozen=True)
class Plan:
    """A rule with an action, and what the campaign's rows say of it."""

    rule: str
    action: str
    reading: Reading
    model: str
    net: float


@dataclass(frozen=True, eq=False)
class Truth:
    """What holds in one world by construction."""

    shape: Draw
    campaign: Campaign
    columns: Columns
    allies: Mapping[str, Ally]
    opt_outs: int
    leave: float
    """Of 100 of the segment who got nothing, how many did not pay on day 120."""

    # What the shape says, under short names.
    @property
    def action(self) -> str:
        return self.shape.action

    @property
    def kind(self) -> str:
        return self.shape.kind

    @property
    def segment(self) -> str:
        return self.shape.segment

    @property
    def segment_label(self) -> str:
        return SEGMENTS[self.shape.segment]

    @property
    def size(self) -> int:
        return self.shape.size

    @property
    def margin(self) -> float:
        return self.shape.margin

    @property
    def price(self) -> float:
        return self.shape.price

    @property
    def months(self) -> int:
        return self.shape.months

    @property
    def costs(self) -> Mapping[str, float]:
        return self.shape.costs

    @property
    def score_cost(self) -> int:
        return self.shape.score_cost

    @property
    def score_half(self) -> int:
        return self.shape.score_half

    @property
    def honest_half(self) -> int:
        """The wave that the scores have not seen."""
        return 3 - self.shape.score_half

    @property
    def roots(self) -> Mapping[int, str]:
        return MappingProxyType(dict(enumerate(self.shape.roots, start=1)))

    @property
    def flawed(self) -> Mapping[int, str]:
        return MappingProxyType(dict(enumerate(self.shape.flawed, start=1)))

    @cached_property
    def heaviest(self) -> tuple[str, ...]:
        """The three wrong fields of Pip's page on which most rests, heaviest first."""
        return tuple(sorted(self.shape.flawed, key=lambda field: -self.shape.rests[field])[:3])

    @cached_property
    def parked(self) -> str:
        return next(field for field in self.shape.flawed if field not in self.heaviest)

    @cached_property
    def sound(self) -> tuple[str, ...]:
        """The four fields that are right."""
        return tuple(field for pair in AREAS.values() for field in pair if field not in self.shape.flawed)

    def root_of(self, field: str) -> str:
        """How the mistake in a field arose; blank where there is none."""
        return dict(zip(self.shape.flawed, self.shape.roots, strict=True)).get(field, "")

    def rows_for(self, field: str) -> tuple[str, ...]:
        """The rows that show what is wrong with a field of Pip's page."""
        return ROWS_FOR[field]

    def test_cost(self, plan: Plan) -> float:
        """€ of the action in one arm of the test that a plan needs."""
        reading = plan.reading
        return reading.arm * self.costs[plan.action] * (reading.stay if plan.action == DISCOUNT else 1.0)

    def expected(self, ally: str, plan: Plan) -> float:
        """Where an ally's own number would stand with a plan."""
        return plan.reading.cost / plan.reading.kept if ally == "noa" else self.allies[ally].expected

    def others_than(self, reader: str) -> tuple[Ally, ...]:
        """The two allies who are not asked where `reader` is, first who has more to give."""
        left = (ally for id, ally in self.allies.items() if id != reader)
        return tuple(sorted(left, key=lambda ally: (-ally.limit_eur, ally.id)))

    def shows(self, field: str) -> float:
        """The number by which one sees what is wrong with a field of Pip's page."""
        if field == "group":
            return self.riskiest.reading.uplift
        if field in ("outcome", "read_out"):
            return self.everybody.reading.uplift
        numbers = {
            "channel": float(sum(ally.days_needed for ally in self.allies.values())),
            "control": 100 - self.leave,
            "value": self.margin,
            "cost": self.best.reading.cost / self.best.reading.kept,
            "size": self.best.reading.arm,
        }
        return numbers[field]

    @cached_property
    def rule_words(self) -> str:
        """Whom the best rule takes, in words."""
        if self.kind == CELLS:
            said = (
                f"risk {risk} with {many} profile{'s' if many == 'many' else ''}" for risk, many in self.shape.cells
            )
            return "those of " + ", and those of ".join(said)
        if self.kind == GAP:
            return f"those who last started {'less than' if self.shape.below else 'at least'} {self.shape.cut} days ago"
        return (
            f"those whose score for it lies above {self.best_rule.rsplit(' ', 1)[1]}, on the wave that it has not seen"
        )

    @cached_property
    def able(self) -> tuple[str, ...]:
        return tuple(id for id in ALLIES if self.allies[id].can)

    @property
    def frozen_in(self) -> int:
        """Days from today, weekends among them, after which nothing on the bill changes."""
        return days_until(self.allies["ruben"].days_real)

    @property
    def ally(self) -> str:
        return self.able[0]

    @property
    def ally_too(self) -> str:
        """Another one who could as well; blank where nobody else can."""
        return self.able[1] if len(self.able) > 1 else ""

    def read(self, rule: str, action: str, half: int = 0) -> Reading:
        """A rule read from the rows that are shown."""
        return _read(self, rule, action, half)

    def plan(self, rule: str, action: str = "") -> Plan:
        """A rule as somebody would propose it who reads the rows as they have to be read."""
        action = action or self.action
        uses = reads_score(rule)
        reading = self.read(rule, action, self.honest_half if uses else 0)
        net = reading.net(self.margin, self.months, self.score_cost if uses else 0.0)
        return Plan(rule, action, reading, "score" if uses else "none", net)

    def earns(self, rule: str, action: str, people: Campaign) -> float:
        """€ that a rule really brings with these people: by what holds, without luck, without the cost of a score."""
        takes = _chosen(rule, people)
        effect, untouched = people.effect[action][takes], people.untouched[takes]
        cost = self.costs[action] * ((untouched + effect).sum() if action == DISCOUNT else takes.sum())
        each = effect.sum() * self.margin * self.months - cost
        return float(self.size * each / len(takes))

    def net(self, rule: str, action: str, people: Campaign) -> float:
        """The same with the cost of the score where the rule reads one."""
        return self.earns(rule, action, people) - (self.score_cost if reads_score(rule) else 0.0)

    def driven_away(self, rule: str, action: str, people: Campaign) -> tuple[int, ...]:
        """The cells of which those contacted really pay less often than untouched."""
        takes = _chosen(rule, people)
        found = []
        for cell in range(6):
            rows = takes & (people.cell == cell)
            if rows.mean() > FEW and people.effect[action][rows].mean() < HARMED:
                found.append(cell)
        return tuple(found)

    # Rules as somebody could find them.
    @cached_property
    def group_rule(self) -> str:
        """The rule in the columns of people for those whom the action helps; blank where only a score sees them."""
        if self.kind == CELLS:
            return " || ".join(f"(risk == '{risk}' && profiles == '{many}')" for risk, many in self.shape.cells)
        if self.kind == GAP:
            return f"gap_days {'<' if self.shape.below else '>='} {self.shape.cut}"
        return ""

    def _score_rules(self) -> list[str]:
        return [f"score_{self.action} > {cut:.2f}" for cut in np.arange(0.0, 0.13, 0.01)]

    def _best_of(self, rules: list[str]) -> str:
        return max(rules, key=lambda rule: self.net(rule, self.action, self.campaign))

    @cached_property
    def best_rule(self) -> str:
        return self.group_rule or self._best_of(self._score_rules())

    @cached_property
    def other_rule(self) -> str:
        """Another rule of another shape that is as good, or nearly."""
        if self.kind == CELLS:
            (a, one), (b, two) = self.shape.cells
            return (
                f"gap_days <= 29 && ((risk == '{a}' && profiles == '{one}') || (risk == '{b}' && profiles == '{two}'))"
            )
        if self.kind == GAP:
            cut = self.shape.cut
            return f"gap_days < {cut} && gap_days >= 0" if self.shape.below else f"!(gap_days < {cut})"
        above = float(self.best_rule.rsplit(" ", 1)[1])
        return f"score_{self.action} >= {above + 0.01:.2f}"

    @cached_property
    def best(self) -> Plan:
        return self.plan(self.best_rule)

    @cached_property
    def other(self) -> Plan:
        return self.plan(self.other_rule)

    @cached_property
    def best_net(self) -> float:
        """What the best known rule really brings, €."""
        return self.net(self.best_rule, self.action, self.campaign)

    @cached_property
    def riskiest(self) -> Plan:
        """The riskiest third with the best action: what most people would do first."""
        return self.plan("risk == 'high'")

    @cached_property
    def risky_plan(self) -> Plan:
        """The same for a proposal that reads a score where the best one does; another third where it would be right."""
        right = self.kind == CELLS and all(risk == "high" for risk, _ in self.shape.cells)
        rule = f"risk == '{'low' if right else 'high'}'"
        return self.plan(f"{rule} && score_{self.action} > -9.0" if self.shape.uses_score else rule)

    @cached_property
    def waking_plan(self) -> Plan:
        """Those whom the best rule leaves alone."""
        return self.plan(f"!({self.best_rule})")

    def harms(self, plan: Plan) -> bool:
        """Whether a plan drives away a group of those whom it contacts."""
        return bool(self.driven_away(plan.rule, plan.action, self.campaign))

    @cached_property
    def unable(self) -> Ally:
        """The first ally who cannot."""
        return next(ally for ally in self.allies.values() if not ally.can)

    @cached_property
    def everybody(self) -> Plan:
        return self.plan("gap_days >= 0")


@kept_for_worlds(maxsize=256)
def _read(truth: Truth, rule: str, action: str, half: int) -> Reading:
    """Many criteria ask the same rule, which takes a hundredth of a second over forty thousand rows."""
    return read(rule, action, truth.columns, truth.size, truth.costs[action], half)


@kept_for_worlds(maxsize=64)
def _chosen(rule: str, people: Campaign) -> np.ndarray:
    return chosen(rule, people.columns)
