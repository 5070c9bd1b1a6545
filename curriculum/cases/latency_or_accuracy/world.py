"""Draws one world of `latency_or_accuracy`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from curriculum.cases.base import Case, Fact
from curriculum.cases.latency_or_accuracy import tables
from curriculum.cases.latency_or_accuracy.choosing import within_limit
from curriculum.cases.latency_or_accuracy.draw import BEACON, CLEAN, CRAWLER, SEGMENTS, SLUG, WEEKS, Draw, draw
from curriculum.cases.latency_or_accuracy.entries import MORE
from curriculum.cases.latency_or_accuracy.facts import TODAY, WAITS, make_facts
from curriculum.cases.latency_or_accuracy.people import PEOPLE
from curriculum.cases.latency_or_accuracy.truth import Truth
from curriculum.support.dates import full_day
from curriculum.support.worlds import kept_for_worlds

VERSION = 1
COMPANY = "Brackenfold"


@kept_for_worlds(maxsize=128)
def _truth(seed: int) -> Truth:
    return Truth(seed, draw(seed))


def simulate(seed: int) -> Case:
    """Eight weeks before the peak at Brackenfold. Equal seeds give equal bytes."""
    shape = draw(seed)
    facts = make_facts(seed, shape)
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company=COMPANY,
        brief=_brief(facts),
        people=PEOPLE,
        facts=facts,
        columns={
            "traffic": tables.traffic(seed, shape),
            "shadow": tables.shadow(seed, shape),
            "past_tests": tables.past_tests(seed, shape),
            "candidates": tables.candidates(seed, shape),
        },
        truth=_truth(seed),
        more=MORE,
        circumstances=_circumstances(shape),
    )


def _circumstances(shape: Draw) -> Mapping[str, int]:
    """What conditions in the conversation may ask of this world."""
    waits = WAITS[shape.kind]
    return MappingProxyType(
        {
            "beacon": int(shape.trouble == BEACON),
            "crawler": int(shape.trouble == CRAWLER),
            "clean": int(shape.trouble == CLEAN),
            "fades": int(shape.fade_days > 0),
            "phone_waits": int(waits in ("phone", "both")),
            "desktop_waits": int(waits in ("desktop", "both")),
            "freeze_soon": int(shape.freeze_week <= 5),
            "consent_small": int(shape.consent <= 15),
            "limit_tight": int(not within_limit(shape, SEGMENTS)),
            "past_split_bad": int(shape.trouble != CLEAN),
        }
    )


def _brief(facts: Mapping[str, Fact]) -> str:
    return (
        "**From:** Viktor Hale, trading director · **To:** you · **Subject:** One answer before the peak\n\n"
        f"Today is {full_day(TODAY)}. In {WEEKS} weeks the shop freezes for the peak. Dagny has a complex model for "
        "the block “Goes well with it”, and her lists are better. Osei says that it makes the page slow, and that the "
        "light model of today is good enough. Both have numbers, and the numbers are not about the same thing. Test "
        "it, tell me what to show to whom, and what to build next.\n\n"
        f"- {facts['page_limit'].label} Whoever breaks that takes it back the same evening.\n"
        f"- {facts['light_p95'].label}\n"
        f"- {facts['step_worth'].label}\n"
        "- Effects are said in % of the orders that the light model brings in the same weeks.\n"
        "- A test begins today, runs once, and takes whole weeks. Phones and desktop can show different models.\n"
        "- The complex model's machines are paid for the traffic that they serve, and for nothing else.\n"
        "- Nobody slows the shop on purpose without asking me.\n"
    )
