"""What each person can tell, in the words in which they say it; numbers are filled from the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Fact, by_id
from curriculum.cases.listen_and_ask.cast import ASKING, POSITIONS, TOPICS, owner_of, topic_of
from curriculum.cases.listen_and_ask.draw import Draw, dealt
from curriculum.cases.listen_and_ask.february import first_name

LOUD = ("hard_loud", "shout")
"""Ways of saying a date that sound as if it could not move; one of the two can."""

WHYS: Mapping[str, tuple[tuple[str, str, tuple[int, int], str], ...]] = {
    "arrivals": (
        ("The forecast knows yesterday's arrivals only, so on {n} mornings of thirty it is wrong before the first "
         "train leaves.", "The forecast rests on yesterday's arrivals", (7, 15), "mornings of thirty"),
        ("When a line is rerouted, the forecast learns it a day late. Last month that happened {n} times.",
         "The forecast learns a day late that a line was rerouted", (3, 12), "times last month"),
    ),
    "events": (
        ("Of 100 people who choose a train, {n} never pay, and I cannot see on which screen they leave.",
         "Nobody can see on which screen people give up", (21, 48), "of 100 people"),
        ("Since the screens were redrawn, {n} of them count nothing, so I draw the next ones blind.",
         "Some of the redrawn screens count nothing", (5, 14), "screens"),
    ),
    "refunds": (
        ("We look every case up in three lists, by hand. A passenger waits {n} days for an answer.",
         "Passengers wait for days, since every case is looked up by hand", (8, 19), "days"),
        ("Two of my people say two things about the same train. Of 100 refusals we take {n} back.",
         "People are told different things about the same train", (11, 29), "of 100 refusals"),
    ),
    "warehouse": (
        ("We have paid for two warehouses since January, and {n} figures in them do not agree.",
         "Old and new warehouse are both paid for, and their figures do not agree", (14, 39), "figures"),
        ("The auditors could not follow {n} figures to their source last year, and they asked me, not the warehouse.",
         "The auditors could not follow figures to their source", (5, 13), "figures"),
    ),
}  # fmt: skip
"""By topic: two reasons, of which one is this world's: the sentence, its words in a list, its range, its unit."""

EVENTS = {
    "arrivals": "the summer timetable",
    "events": "the field study",
    "refunds": "the authority's review",
    "warehouse": "the end of the old contract",
}
"""By topic: what its date hangs on."""

HARD = {
    "arrivals": "If it is missed, the timetable is printed without us. To print it again costs {n} euros, once.",
    "events": "If it is missed, the people and rooms of the study are paid for nothing: {n} euros, once.",
    "refunds": "If it is missed, the authority finds the old way in place and fines us: {n} euros, once.",
    "warehouse": "If it is missed, the contract renews itself, with a minimum of {n} euros, once.",
}
SOFT = {
    "arrivals": "If it comes later, it comes later: the timetable is printed without our figures anyway. It costs what "
    "waiting costs, {n} euros a week, and nothing besides.",
    "events": "If it comes later, it comes later: nobody has been invited to the study yet. We lose what we lose now, "
    "{n} euros a week, and nothing besides.",
    "refunds": "If it comes later, it comes later: the review looks at last year. We go on paying {n} euros a "
    "week, and nothing besides.",
    "warehouse": "If it comes later, it comes later: they bill us week by week, {n} euros each, and nothing besides.",
}
"""By topic: what a missed date does, where it cannot move and where it can."""

QUIET = {
    "arrivals": ("If the arrivals of the last {n} hours were there each morning, that would do.", (12, 37), "hours",
                 "Arrivals that are there each morning would do"),
    "events": ("To be honest, {n} events would tell me what I need to know.", (4, 10), "events",
               "A handful of events would do"),
    "refunds": ("My people can go on deciding. One list with {n} columns, in place of three lists, would do.", (6, 15),
                "columns", "One list in place of many would do; people go on deciding"),
    "warehouse": ("The auditors read {n} reports. If those come from the new warehouse, the rest can stay.", (3, 10),
                  "reports", "The reports that auditors read would do"),
}  # fmt: skip
"""By topic: what would do: the sentence, its range, its unit, its words in a list."""

TAILS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("arrivals", "events"): (
        "I would also have to know who was looking for which train.",
        "What I need with them is whether the train that people chose was late.",
    ),
    ("arrivals", "refunds"): (
        "Arrivals as they really were, train by train.",
        "What all of them lack is when each train really came in.",
    ),
    ("arrivals", "warehouse"): (
        "They lie in the old warehouse, a night too late.",
        "Some of them begin with the arrivals of the night.",
    ),
    ("events", "refunds"): (
        "The refund form is among these screens.",
        "What was typed into the refund form would have to be in it.",
    ),
    ("events", "warehouse"): (
        "They would have to be counted where the sales are counted.",
        "One of them counts what people did on the purchase screens.",
    ),
    ("refunds", "warehouse"): (
        "What was paid out lies in the old warehouse, and that column is the one that I miss.",
        "One of them lists the refunds that were paid out.",
    ),
}
"""By pair of topics: what each adds, from which one can guess that both begin with the same work."""


@dataclass(frozen=True)
class Told:
    """Numbers of this world that people say and nothing else depends on."""

    why: Mapping[str, int]
    """By topic: which of its two reasons is this world's."""
    why_number: Mapping[str, int]
    quiet_number: Mapping[str, int]
    weeks_of_one: int
    """Up to how many weeks of one person's work Joaquim decides since 1 March."""
    reading: int
    """Hours before a meeting at which what is sent is read, or minutes of silence at its beginning."""


def make_told(seed: int, decides: bool, reads_before: bool, rng: np.random.Generator) -> Told:
    """What people say beside what the plan depends on."""
    why = {topic: dealt(seed, f"why/{topic}", (0, 1)) for topic in TOPICS}
    return Told(
        why=why,
        why_number={topic: int(rng.integers(*WHYS[topic][why[topic]][2])) for topic in TOPICS},
        quiet_number={topic: int(rng.integers(*QUIET[topic][1])) for topic in TOPICS},
        weeks_of_one=int(rng.integers(13, 19)) if decides else int(rng.integers(4, 11)),
        reading=int(rng.integers(26, 47)) if reads_before else int(rng.integers(6, 13)),
    )


def make_facts(shape: Draw, told: Told, reads_before: bool) -> Mapping[str, Fact]:
    """Everything that can be cited, with who tells it; facts of the brief have nobody."""
    facts: list[Fact] = []
    for person in ASKING:
        facts += _of_one(topic_of(person), shape, told)
    for topic in TOPICS:
        name, days = first_name(owner_of(topic)), shape.work.days[topic]
        words = f"What {name} needs for {TOPICS[topic].label[:1].lower()}{TOPICS[topic].label[1:]}: {days:g} days."
        facts.append(Fact(f"{topic}_days", words, value=days, unit="days", held_by="tilde"))
    first, second = (first_name(owner_of(topic)) for topic in shape.work.pair)
    shared = shape.work.shared
    facts.append(
        Fact(
            "pair_shared", f"{first}'s and {second}'s begin with the same piece of work. I build it once, so whichever "
            f"comes second takes {shared:g} days less.", value=shared, unit="days", held_by="tilde",
        )
    )  # fmt: skip
    weeks, reading = told.weeks_of_one, told.reading
    facts.append(
        Fact(
            "joaquim_right", f"Since 1 March I decide about one person's work for up to {weeks} weeks. Beyond that it "
            "is Greta.", value=float(weeks), unit="weeks", held_by="joaquim",
        )
    )  # fmt: skip
    words = (
        f"Greta and I read what is there {reading} hours before a meeting, and nothing that comes later."
        if reads_before
        else f"Neither Greta nor I read anything before a meeting. Begin with {reading} minutes of silence."
    )
    unit = "hours" if reads_before else "minutes"
    facts.append(Fact("joaquim_reads", words, value=float(reading), unit=unit, held_by="joaquim"))
    return by_id(*facts)


def _of_one(topic: str, shape: Draw, told: Told) -> list[Fact]:
    """What one person says of what they ask for: openly, and when they trust that they were heard."""
    who, week, firm = owner_of(topic), shape.due_said[topic], shape.firmness[topic]
    why, _, _, unit = WHYS[topic][told.why[topic]]
    need, _, need_unit, _ = QUIET[topic]
    tail = f" {TAILS[pair][pair.index(topic)]}" if topic in (pair := (shape.work.pair[0], shape.work.pair[1])) else ""
    hard, late = shape.work.once[topic], shape.work.late[topic]
    date = (
        f"Week {week}, because of {EVENTS[topic]}. Not a day later."
        if firm in LOUD
        else f"Week {week} would be good, because of {EVENTS[topic]}, if it can be done."
    )
    cost = (
        Fact(f"{topic}_firm", HARD[topic].format(n=f"{1000 * hard:,.0f}"), value=1000 * hard, unit="euros", held_by=who)
        if hard
        else Fact(f"{topic}_firm", SOFT[topic].format(n=f"{1000 * late:,.0f}"), value=1000 * late, unit="euros a week",
                  held_by=who)
    )  # fmt: skip
    n, quiet = told.why_number[topic], told.quiet_number[topic]
    asked = shape.asked.days[topic]
    return [
        Fact(
            f"{topic}_want", f"{first_name(who)} asks for {POSITIONS[topic]}: {asked:g} days.", value=asked,
            unit="days",
        ),
        Fact(f"{topic}_why", why.format(n=n), value=float(n), unit=unit, held_by=who),
        Fact(f"{topic}_date", date, value=float(week), unit="week", held_by=who),
        cost,
        Fact(f"{topic}_quiet", f"{need.format(n=quiet)}{tail}", value=float(quiet), unit=need_unit, held_by=who),
    ]  # fmt: skip
