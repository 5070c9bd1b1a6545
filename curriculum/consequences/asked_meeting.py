"""A meeting that is asked to decide: where its minutes go, given the notes, the syntheses and the page that it has.

A good page takes 29 minutes: reading or questions, each of the four heard, the plans, the decision. Whatever the page
or the notes leave out is said aloud and takes its time. How long each takes is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from curriculum.artifacts.minutes import Minutes
from curriculum.artifacts.one_pager import OnePager
from curriculum.artifacts.syntheses import Syntheses
from curriculum.cases import Case
from curriculum.cases.claims import Claim
from curriculum.cases.listen_and_ask.cast import ASKING, TOPICS, topic_of
from curriculum.cases.listen_and_ask.plans import Plan, near_enough
from curriculum.cases.listen_and_ask.truth import DECIDED

READING, HEARING, PLANS, DECISION = 8, 3, 6, 3
WHY, LIMIT, FOREIGN = 4, 3, 5
DISCUSS, WRONG_DECIDER, SECOND_ASK, NO_STATUS_QUO, UNCOSTED = 18, 10, 6, 4, 3
UNREAD, UNDECIDED, DISSENT, SURPRISE, NO_PLAN = 8, 9, 6, 5, 10
TOO_LONG = 15
"""Minutes after Joaquim has left in which whoever speaks can still bring the others to nod."""


@dataclass(frozen=True)
class Part:
    """Some minutes of the meeting."""

    what: str
    """A word or two, for the ribbon."""
    minutes: int
    who: str = ""
    """Id of the person who takes them; blank: all of them."""
    lost: bool = False
    """Whether the page or the notes could have spared them."""
    why: str = ""
    """What they went on, as the rest of "minutes went on …"."""


@dataclass(frozen=True)
class Meeting:
    """The meeting as it went."""

    parts: tuple[Part, ...]
    ends: Literal["decided", "later", "last"]
    spoke_last: str
    """Id of the one of the four who took most of the minutes that were lost."""
    surprised: tuple[str, ...]
    """Who learned in the meeting that they have to wait."""

    @property
    def minutes(self) -> int:
        """How long it took."""
        return sum(part.minutes for part in self.parts)

    @property
    def lost(self) -> int:
        """Minutes that the page or the notes could have spared."""
        return sum(part.minutes for part in self.parts if part.lost)


def held(case: Case, minutes: Minutes, syntheses: Syntheses, page: OnePager) -> Meeting:
    """The meeting with what everybody has before them."""
    parts = [Part("reading", READING)]
    if not _read(case, page):
        parts.append(Part("unread", UNREAD, lost=True, why="telling what nobody had had time to read"))
    for person in ASKING:
        parts += _heard(case, syntheses, person)
    parts += _february(case, minutes)
    parts += _asked(case, page)
    parts.append(Part("the plans", PLANS))
    parts += _plans(case, page)
    surprised = _surprised(case, page)
    for person in surprised:
        name = case.people[person].first_name
        parts.append(
            Part(f"{name} has to wait", SURPRISE, person, True, f"{name}, who learned there that it comes late")
        )
    parts.append(Part("decision", DECISION))
    took, over = sum(part.minutes for part in parts), case.truth.leaves_after
    ends: Literal["decided", "later", "last"] = (
        "decided" if took <= over else "later" if took <= over + TOO_LONG else "last"
    )
    lost = {person: sum(part.minutes for part in parts if part.lost and part.who == person) for person in ASKING}
    return Meeting(tuple(parts), ends, max(ASKING, key=lambda person: lost[person]), tuple(surprised))


def _read(case: Case, page: OnePager) -> bool:
    """Whether people know the page when the talking begins."""
    truth = case.truth
    if page.reading == "before":
        return bool(truth.reads_before) and page.sent_hours is not None and page.sent_hours >= truth.reading
    least = 5 if truth.reads_before else truth.reading
    return page.reading == "silent" and page.silent_minutes is not None and page.silent_minutes >= least


def _heard(case: Case, syntheses: Syntheses, person: str) -> list[Part]:
    """One of the four: a few minutes where they find themselves on paper, more where they do not."""
    truth, said, name = case.truth, getattr(syntheses, person), case.people[person].first_name
    topic, known = topic_of(person), case.registry.typed("claims", Claim)
    parts = [Part(name, HEARING, person)]
    if truth.claims[person, "why"] not in said.claims:
        parts.append(Part(f"{name}: why", WHY, person, True, f"{name}, who said once more what it is for"))
    firm = "must" if topic in truth.hard else "wish"
    if (
        truth.claims[person, "limit"] not in said.claims
        or said.number != truth.due_said[topic]
        or said.firmness != firm
    ):
        parts.append(Part(f"{name}: until when", LIMIT, person, True, f"{name}’s date"))
    foreign = [id for id in said.claims if id in known and known[id].owner != person]
    if foreign:
        why = f"what {name} was said to have said, and had not"
        parts.append(Part(f"{name}: not said", FOREIGN * len(foreign), person, True, why))
    return parts


def _february(case: Case, minutes: Minutes) -> list[Part]:
    truth, parts = case.truth, list[Part]()
    for id, matter in truth.matters.items():
        if getattr(minutes, id).status == DECIDED and matter.status != DECIDED:
            words = case.registry.label("matters", id)
            why = f"whether “{words}” had been decided in February"
            parts.append(Part("February", UNDECIDED, lost=True, why=why))
    dissent = truth.dissent
    if not any((one.who, one.matter) == (dissent.who, dissent.matter) for one in minutes.dissent):
        name = case.people[dissent.who].first_name
        parts.append(
            Part(f"{name}: against", DISSENT, dissent.who, True, f"what {name} had not got to say in February")
        )
    return parts


def _asked(case: Case, page: OnePager) -> list[Part]:
    parts = list[Part]()
    if page.ask != "decide":
        parts.append(Part("discussion", DISCUSS, lost=True, why="a discussion, since nobody was asked to decide"))
    if page.wording.count("?") > 1:
        parts.append(Part("other asks", SECOND_ASK, lost=True, why="the other questions on the page"))
    if page.decider != case.truth.decider:
        parts.append(Part("who decides", WRONG_DECIDER, lost=True, why="who may decide it at all"))
    return parts


def _plans(case: Case, page: OnePager) -> list[Part]:
    parts, uncosted = list[Part](), 0
    if page.as_filed_cost is None:
        why = "what happens if nothing is decided"
        parts.append(Part("and if nothing?", NO_STATUS_QUO, lost=True, why=why))
    for option in page.options:
        plan = Plan(option.order, option.contractor)
        true = case.truth.cost_of(plan) if plan.has_each_once(TOPICS) else None
        uncosted += option.cost is None or true is None or not near_enough(option.cost, true)
    if uncosted:
        why = "what a plan costs, since the page did not say it right"
        parts.append(Part("costs", UNCOSTED * uncosted, lost=True, why=why))
    if not page.options or page.recommended is None:
        parts.append(Part("no plan", NO_PLAN, lost=True, why="finding a plan, since none was recommended"))
    return parts


def recommended(page: OnePager) -> Plan | None:
    """The plan that the page recommends, if it has each piece once."""
    if (found := page.recommended_option) is None:
        return None
    plan = Plan(found[1].order, found[1].contractor)
    return plan if plan.has_each_once(TOPICS) else None


def _surprised(case: Case, page: OnePager) -> list[str]:
    """Who has to wait by the plan that is recommended, and has not heard it before the meeting."""
    plan = recommended(page)
    if plan is None:
        return []
    told = {one.who for one in page.told_before if one.day is not None and one.day < case.truth.meeting}
    return [who for who in case.truth.late_in(plan) if who not in told]
