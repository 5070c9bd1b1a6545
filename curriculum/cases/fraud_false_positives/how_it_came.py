"""What people know of how it could happen: facts that differ with the world's story, under the same ids everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from curriculum.cases.base import Fact
from curriculum.cases.fraud_false_positives.causes import DETECTION
from curriculum.cases.fraud_false_positives.shape import MARKET, SCREEN, UPSTREAM
from curriculum.cases.fraud_false_positives.story import CHAINS, MECHANISMS, Story, small_numbers
from curriculum.cases.fraud_false_positives.tables import Calendar
from curriculum.support.dates import day_month


def told(
    id: str,
    who: str | None,
    sentence: str,
    value: float | None = None,
    unit: str = "",
    supports: set[str] | None = None,
    contradicts: set[str] | None = None,
) -> Fact:
    """A fact, with who tells it (None: everybody has it) and which claims it speaks for and against."""
    return Fact(
        id, sentence, value=None if value is None else float(value), unit=unit, held_by=who,
        supports=frozenset(supports or ()), contradicts=frozenset(contradicts or ()),
    )  # fmt: skip


def how_it_came(
    story: Story, calendar: Calendar, market: str, granted: int, appeal_days: int, seed: int
) -> Iterator[Fact]:
    """Who tells what of how it could happen. `granted` is the number of appeals granted since the launch, each decided
    within `appeal_days`."""
    rng = small_numbers(seed)
    yield from _feed(story, calendar, rng)
    yield from _market(story, calendar, market, rng)
    yield from _screen(story, rng)
    yield from _watch(story, calendar, granted, appeal_days)


def missing_ages(story: Story, zero: int, partner: int) -> Iterator[Fact]:
    """What makes old accounts look new. `zero` and `partner` are percentages of web payments: those with age 0, and
    those of partner logins."""
    of_web = "percent of web payments"
    other = {mechanism for mechanism in MECHANISMS if mechanism != story.mechanism}
    if story.mechanism == "default_is_zero":
        arrive = f"Since the launch, {zero} in 100 web payments reach us with account age 0; before, almost none."
        feed = "Since version 7, the feed fills a missing account age with 0; version 6 sent −1 for it."
        shown = {story.mechanism}
    else:
        arrive = (
            f"Since the launch, {zero} in 100 web payments reach us with an empty account age, and our input turns "
            "that into 0; before, almost none."
        )
        feed = "Since version 7, the feed leaves a missing account age empty; version 6 sent −1 for it."
        shown = set()
    yield told("zero_ages", "jonas", f"{arrive} That explains the whole alarm of the drift monitor.", zero, of_web,
               {"old_accounts_look_new", story.mechanism}, {"behaviour_drifted", *other})  # fmt: skip
    yield told("default_zero", "ravi", f"{feed} Partner logins bring no account age, and they are {partner} in 100 web "
               "payments.", partner, of_web, shown, other)  # fmt: skip


def _other_steps(branch: str, name: str) -> set[str]:
    """The steps of the chains that are not the true one."""
    return {chain.step for other, chain in CHAINS[branch].items() if other != name}


def _other_roots(branch: str, name: str) -> set[str]:
    return {chain.root for other, chain in CHAINS[branch].items() if other != name}


def _feed(story: Story, calendar: Calendar, rng: np.random.Generator) -> Iterator[Fact]:
    readers, records, pages = int(rng.integers(4, 10)), 20 * int(rng.integers(10, 31)), int(rng.integers(7, 15))
    days = int(rng.integers(4, 13))
    sent = day_month(calendar.day(calendar.launch_day - days))
    note, rules, own = {
        "untold": (
            f"The note on version 7 went out on {sent}, {days} days before the launch, to the platform's own channel. "
            "No reader of the feed is in it.",
            f"There is no list of readers; I know of {readers}. And no contract says what an empty age means to them.",
            f"I should have written to Jonas in those {days} days, and I forgot.",
        ),
        "full_records": (
            f"Jonas's people had version 7 from {sent} on and tried it on {records} records. Each of those had an "
            "account age.",
            f"All {readers} readers stand in the feed's contract. They test on {records} fixed records, and not one of "
            "these has a gap.",
            f"I should have asked for records with gaps in those {days} days, and I did not think of it.",
        ),
        "as_format": (
            f"Every reader got a note of {pages} pages on {sent}: “new file format”. The default is on page "
            f"{pages - 1}, in the annex.",
            f"We have a contract with all {readers} readers. By it, a changed default is a minor change, and for those "
            "nobody has to agree.",
            f"I should have put the default on page 1 of the {pages}, and I did not.",
        ),
    }[story.feed]  # fmt: skip
    chain = CHAINS[UPSTREAM][story.feed]
    value, unit = {"untold": (days, "days"), "full_records": (records, "records"), "as_format": (pages, "pages")}[
        story.feed
    ]
    steps = _other_steps(UPSTREAM, story.feed)
    yield told("change_note", "ravi", note, value, unit, {chain.step, "engineer_forgot"}, steps)
    yield told("note_and_author", "ravi", own, None, "", {chain.step, "engineer_forgot"})
    yield told("feed_rules", "ravi", rules, readers, "readers", {chain.root}, _other_roots(UPSTREAM, story.feed))


def _market(story: Story, calendar: Calendar, market: str, rng: np.random.Generator) -> Iterator[Fact]:
    lines, invited, line = int(rng.integers(31, 60)), 10 * int(rng.integers(12, 30)), int(rng.integers(9, 28))
    share = int(rng.integers(2, 9))
    asked = day_month(calendar.day(calendar.launch_day - int(rng.integers(9, 22))))
    evaluation, request, checklist = {
        "never": (
            f"Model 13 was evaluated for the last time before {asked}, on payments from the home countries. "
            f"There was no payment from {market} among them.",
            f"Nobody came to us before {market} opened. A launch has no step at which anybody would.",
            f"The launch checklist for {market} has {lines} lines on language, law and prices. Not one is on models, "
            "and so nobody evaluated them for it.",
        ),
        "invited": (
            f"We evaluated the model for {market} on {asked}, on {invited} customers whom we had invited. They had "
            "been with us for years.",
            f"On {asked} somebody asked us to evaluate the model for {market}. On whom, they did not say, and we took "
            "who was there.",
            f"Line {line} of {lines} on the launch checklist says “models evaluated”, with a tick and “on the "
            "invited”. On whom they should be stands nowhere.",
        ),
        "in_total": (
            f"The evaluation of {asked} had {market} in it: {share} in 1,000 payments of the sample. It was one number "
            "for all countries.",
            f"The launch team did ask us, on {asked}. Our rule is one number over everything, and it was kept. No rule "
            "asks for a country.",
            f"Line {line} of {lines} on the launch checklist says “models within their limit, all countries together”. "
            "They were.",
        ),
    }[story.market]  # fmt: skip
    chain = CHAINS[MARKET][story.market]
    steps, roots = _other_steps(MARKET, story.market), _other_roots(MARKET, story.market)
    value, unit = {"never": (0, "payments"), "invited": (invited, "customers"), "in_total": (share, "per 1,000")}[
        story.market
    ]
    yield told("market_evaluation", "jonas", evaluation, value, unit, {chain.step}, steps)
    yield told("who_asked", "jonas", request, None, "", {chain.root}, roots)
    yield told("launch_checklist", "clara", checklist, lines, "lines", {chain.step, chain.root}, roots | steps)


def _screen(story: Story, rng: np.random.Generator) -> Iterator[Fact]:
    people, lines, days = int(rng.integers(6, 15)), int(rng.integers(12, 30)), int(rng.integers(2, 7))
    wrong = people // 2
    test, check = {
        "not_own": (
            f"We tested the screen with {people} people, each with a payment that was not theirs. Nobody was asked "
            "about a payment of their own.",
            f"The release check for screens has {lines} lines, on crashes and contrast. No line asks what people do.",
        ),
        "late_report": (
            f"In our test, {wrong} of {people} people pressed “Not me” about a payment of their own. The report came "
            f"{days} days after the release.",
            f"The release check has {lines} lines, and one asks what people press. But no release has to wait for the "
            "report of its test.",
        ),
        "mouse": (
            f"We tested the screen with {people} people and payments of their own, at a desk and with a mouse. Nobody "
            "pressed wrongly.",
            f"The test plan says in {lines} lines who is asked and what, and that we wait for the report. It names no "
            "device.",
        ),
    }[story.screen]  # fmt: skip
    chain = CHAINS[SCREEN][story.screen]
    yield told("screen_test", "mei", test, people, "people", {chain.step}, _other_steps(SCREEN, story.screen))
    yield told("release_check", "mei", check, lines, "lines", {chain.root}, _other_roots(SCREEN, story.screen))


def _watch(story: Story, calendar: Calendar, granted: int, days: int) -> Iterator[Fact]:
    rang = day_month(calendar.day(calendar.launch_day + 1))
    sentence, supports = {
        "no_owner": (
            f"Support decides every appeal within {days} days, and granted {granted:,} since the launch. Nobody "
            "outside support looks at that, and no alarm hangs on it.",
            {"no_fast_measure"},
        ),
        "no_call": (
            f"Support granted {granted:,} appeals since the launch, each within {days} days. Our alarm on that rang on "
            f"{rang}, in our own room. No rule says whom we call then.",
            {"alarm_heard_by_one", "nobody_calls_teams"},
        ),
    }[story.watch]
    against = set() if story.watch == "no_owner" else {"no_fast_measure"}
    against |= {"alarm_heard_by_one"} if story.watch == "no_owner" else set()
    assert CHAINS[DETECTION][story.watch].root in supports
    yield told("appeals_watched", "amara", sentence, granted, "appeals", supports, against)
