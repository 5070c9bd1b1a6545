"""The world of `speak_the_language`: six people speak in percent, and each percent has another crowd under it.

Which of four repairs brings most people back differs from world to world; never is it the one about which most people
write, nor the one whose owner says the largest percentage. Of five words three mean different things to their two
speakers, and the sentence from which support has to plan comes as a rate, as a ratio, or as a share of alerts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from curriculum.cases.base import Case, Entry, by_id, random, surfacing
from curriculum.cases.definitions import definition_table
from curriculum.cases.speak_the_language import entries
from curriculum.cases.speak_the_language.cast import PEOPLE
from curriculum.cases.speak_the_language.draw import SLUG, SPEAKERS, Draw, dealt, draw
from curriculum.cases.speak_the_language.facts import make_facts
from curriculum.cases.speak_the_language.surfaces import make_surfaces
from curriculum.cases.speak_the_language.tables import make_tables
from curriculum.cases.speak_the_language.truth import AGENT_MINUTES, Truth, make_truth
from curriculum.support.dates import full_day

VERSION = 1
COMPANY = "Tallybrook"


def simulate(seed: int) -> Case:
    """A month of card payments for small web shops. Equal seeds give equal bytes."""
    shape = draw(seed)
    tables = make_tables(shape, random(SLUG, seed, "tables"))
    definitions = entries.make_definitions(shape.slow_device)
    truth = make_truth(shape, tables, definitions)
    callers = int(random(SLUG, seed, "callers").integers(6, 10))
    facts = surfacing(make_facts(shape, truth, tables, callers), make_surfaces(shape, truth))
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(truth, facts),
        people=PEOPLE,
        facts=facts,
        columns={**tables, "definitions": definition_table(definitions)},
        truth=truth,
        more={
            "definitions": definitions,
            "counts": entries.COUNTS,
            "segments": entries.SEGMENTS,
            "windows": entries.WINDOWS,
            "crowds": entries.CROWDS,
            "decisions": entries.DECISIONS,
            "repairs": entries.REPAIRS,
            "experiences": entries.EXPERIENCES,
            "deeds": entries.DEEDS,
            "complaints": entries.COMPLAINTS,
            "statements": _statements(truth),
        },
        circumstances=_circumstances(seed, shape, truth),
    )


def _statements(truth: Truth) -> Mapping[str, Entry]:
    """What can be passed on, by the fact in which it is said; the label says who and about what, and no more."""
    about = {
        "new_threshold": "Disa, on the new threshold", "final_recall": "Emeka, on frauds that are final",
        "disa_latency": "Disa, on latency", "lina_latency": "Lina, on latency",
        "emeka_accuracy": "Emeka, on accuracy", "odile_accuracy": "Odile, on accuracy",
        "card_step": "Paloma, on conversion", "order_rate": "Odile, on conversion",
        "hamza_false_positive": "Hamza, on false positives",
    }  # fmt: skip
    return by_id(*(Entry(id, about[id]) for id in truth.statements))


def _circumstances(seed: int, shape: Draw, truth: Truth) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    told = shape.senses["false positive", "disa"]
    return MappingProxyType(
        {
            "told_as_rate": int(told == "fp_of_good"),
            "told_as_ratio": int(told == "fp_per_fraud"),
            "told_as_share": int(told == "fp_of_alerts"),
            **{f"{word.replace(' ', '_')}_collides": int(word in shape.collide) for word in SPEAKERS},
            "inputs_only": int(shape.inputs_only),
            "card_callers": int(shape.card_callers),
            "odile_blames_paloma": int(dealt(seed, "blame", (True, False))),
        }
    )


def _brief(truth: Truth, facts: Mapping[str, Entry]) -> str:
    caught = facts["more_frauds"].label.rpartition("instead of ")[2].rstrip(".")
    return (
        f"**{COMPANY}** takes card payments for small web shops. Today is {full_day(truth.today)}. On "
        f"{full_day(truth.go_live)} a lower threshold goes live: it stops more payments, and so catches "
        f"{truth.caught_after:,.0f} frauds a day instead of {caught}. It will stop more good payments, too; how many, "
        f"Disa says in her own way.\n\n"
        f"Two things have to be settled by tonight. **How many more agents** does Hamza need in support from that day "
        f"on? An agent answers for {AGENT_MINUTES} minutes a day. And **which one repair** gets Lina's free week, from "
        f"{full_day(truth.go_live)}: a list of known buyers, the card form, a lighter page, or retraining the fraud "
        f"model? It works from {full_day(truth.repair_works)}. Odile decides, and asks you for one page that all six "
        f"read in the same way.\n\n"
        f"Everybody here speaks in percent. The tables hold February, and everybody at a desk knows something that no "
        f"table has. You have an hour with them."
    )
