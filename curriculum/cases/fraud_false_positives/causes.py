"""What could be behind the incident: statements, what follows from what, and measures against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from curriculum.cases.base import Entry, by_id, random
from curriculum.cases.fraud_false_positives.shape import MARKET, SCREEN, SLUG, UPSTREAM, Shape
from curriculum.cases.fraud_false_positives.story import CHAINS, DETECTION, MECHANISMS

PROBLEM = "problem"


@dataclass(frozen=True)
class Claim(Entry):
    """A statement about why payments are stopped. Whether it is true is for the evidence to say."""

    branch: str = ""
    """The cause that it speaks of, or blank for a statement that explains nothing in any world."""
    person: bool = False
    """Whether it explains by a person or a team's character, where a process would be needed."""


@dataclass(frozen=True)
class Measure(Entry):
    """Something that could be done so that it does not come back."""

    branch: str = ""
    prevents: frozenset[str] = frozenset()
    """The claims that would not be true any more."""
    detects: bool = False
    """Whether it would tell within hours that its branch is at work again."""

    def may_be_changed_by(self, shape: Shape) -> tuple[str, ...]:
        """Who can change a way of working, or put up an alarm; nobody for what belongs to no branch."""
        return shape.may_change("", self.branch if self.prevents or not self.branch else DETECTION)


FUNCTIONS: Mapping[str, str] = {UPSTREAM: "data platform", MARKET: "machine learning", SCREEN: "design"}
"""The function that each true cause belongs to."""


def claims(market: str, seed: int) -> Mapping[str, Claim]:
    """Every statement that a why may make, in this world's order; `market` is the new market's name."""
    entries = (
        Claim("old_accounts_look_new", "Web customers of many years are scored as if their account were new",
              branch=UPSTREAM),
        Claim("default_is_zero", "The account feed fills a missing account age with 0 instead of leaving it empty",
              branch=UPSTREAM),
        Claim("input_reads_zero", "The model's input turns an empty account age into 0, and the feed leaves it empty",
              branch=UPSTREAM),
        Claim("readers_untold", "The new default went out and those who read the feed were not told", branch=UPSTREAM),
        Claim("tried_on_full_records", "Its readers tried the new version on records in which nothing was missing",
              branch=UPSTREAM),
        Claim("announced_as_format", "Its readers were told of a new format; the default stood in an annex",
              branch=UPSTREAM),
        Claim("feed_without_contract", "No list says who reads the feed, and no contract what an empty field means",
              branch=UPSTREAM),
        Claim("tests_lack_gaps", "Changes of the feed are tested on a fixed set of records without any gap",
              branch=UPSTREAM),
        Claim("defaults_are_minor", "A changed default counts as minor, and minor changes need nobody's consent",
              branch=UPSTREAM),
        Claim("engineer_forgot", "The feed's engineer did not think of the model's team", branch=UPSTREAM, person=True),
        Claim("market_scored_high", f"Good payments from {market} get high fraud scores", branch=MARKET),
        Claim("market_never_evaluated", f"The model was never evaluated on payments from {market}", branch=MARKET),
        Claim("evaluated_on_invited", f"The model was evaluated on invited test customers of {market}, who are unlike "
              "those who came", branch=MARKET),
        Claim("evaluated_in_total", f"The evaluation counted {market} together with all countries, where it vanished",
              branch=MARKET),
        Claim("launch_skips_models", "A market launch has no step that asks whether the models are ready for it",
              branch=MARKET),
        Claim("sample_unsaid", "The launch checklist asks for an evaluation and does not say on whose payments",
              branch=MARKET),
        Claim("no_rule_by_country", "Models are judged by one number for all; no rule asks for each country",
              branch=MARKET),
        Claim("ml_too_optimistic", "The ML team is too sure of its model", branch=MARKET, person=True),
        Claim("wrong_presses", "Customers press “Not me” about payments of their own", branch=SCREEN),
        Claim("buttons_swapped", "The new screen swapped the buttons and made “Not me” the prominent one",
              branch=SCREEN),
        Claim("own_payment_untested", "The new screen was never tested with people whose payment was their own",
              branch=SCREEN),
        Claim("report_came_later", "A test had shown the wrong presses, and its report came after the release",
              branch=SCREEN),
        Claim("tested_with_mouse", "The new screen was tried at desks with a mouse, and never on a phone",
              branch=SCREEN),
        Claim("release_skips_presses", "The release check for screens asks for crashes, not for what people press",
              branch=SCREEN),
        Claim("tests_block_nothing", "A screen may be released before the report of its test is there", branch=SCREEN),
        Claim("device_unsaid", "The test plan for screens does not say on which devices people try them",
              branch=SCREEN),
        Claim("customers_careless", "Customers do not read what they press", branch=SCREEN, person=True),
        Claim("lasted_unseen", "It went on for days before anybody acted across teams", branch=DETECTION),
        Claim("panel_needs_labels", "The false-positive panel counts final labels only, so recent weeks look good",
              branch=DETECTION),
        Claim("alarm_heard_by_one", "An alarm on granted appeals did ring, and support alone heard it",
              branch=DETECTION),
        Claim("no_fast_measure", "No fast measure of wrongly stopped payments has an owner and an alarm",
              branch=DETECTION),
        Claim("nobody_calls_teams", "No rule says who calls the teams together when an alarm rings", branch=DETECTION),
        Claim("sale_amounts", "The spring sale raised amounts, and the model mistrusts high amounts"),
        Claim("behaviour_drifted", "Customers behave differently from those that the model was trained on"),
        Claim("model_14_worse", "Model 14 decides worse than model 13"),
    )  # fmt: skip
    order = random(SLUG, seed, "claims").permutation(len(entries))
    return by_id(*(entries[place] for place in order))


EDGES = frozenset({
    (PROBLEM, "old_accounts_look_new"),
    *(("old_accounts_look_new", mechanism) for mechanism in MECHANISMS),
    (PROBLEM, "market_scored_high"),
    (PROBLEM, "wrong_presses"),
    ("wrong_presses", "buttons_swapped"),
    ("wrong_presses", "customers_careless"),
    (PROBLEM, "lasted_unseen"),
    # A wrong step follows from the way of working behind it; so does what it led to.
    *((above, below) for branch, above in
      (*((UPSTREAM, mechanism) for mechanism in MECHANISMS), (MARKET, "market_scored_high"),
       (SCREEN, "buttons_swapped"), (DETECTION, "lasted_unseen"))
      for chain in CHAINS[branch].values() for below in (chain.step, chain.root)),
    *((chain.step, chain.root) for chains in CHAINS.values() for chain in chains.values()),
    *((chain.step, "engineer_forgot") for chain in CHAINS[UPSTREAM].values()),
    *((chain.step, "ml_too_optimistic") for chain in CHAINS[MARKET].values()),
})  # fmt: skip
"""What would follow from what, as (effect, cause), whether or not it is true here: read each as “because”, and
backwards as “therefore”."""

DISTRACTORS = frozenset({"sale_amounts", "behaviour_drifted", "model_14_worse"})
"""Statements that go together with the incident in time and did not cause it, in any world."""


def _both(branch: str, name: str) -> frozenset[str]:
    chain = CHAINS[branch][name]
    return frozenset({chain.step, chain.root})


def measures(seed: int) -> Mapping[str, Measure]:
    """What could be done so that it does not come back, in this world's order."""
    ages, stops = "an alarm on ages that are empty or 0", "an alarm on stops by country"
    presses = "an alarm on “Not me” taken back"
    entries = (
        Measure("feed_contract", f"A contract with the feed's readers, who are told of each change; {ages}",
                branch=UPSTREAM, prevents=_both(UPSTREAM, "untold"), detects=True),
        Measure("gaps_in_tests", f"Records with gaps among the feed's tests, which every change must pass; {ages}",
                branch=UPSTREAM, prevents=_both(UPSTREAM, "full_records"), detects=True),
        Measure("default_consent", f"A changed default goes out when each reader has signed for it; {ages}",
                branch=UPSTREAM, prevents=_both(UPSTREAM, "as_format"), detects=True),
        Measure("launch_gate", f"A launch waits until the models' owner has signed that they are ready; {stops}",
                branch=MARKET, prevents=_both(MARKET, "never"), detects=True),
        Measure("sample_named", f"The checklist names whose payments a model is evaluated on: those to come; {stops}",
                branch=MARKET, prevents=_both(MARKET, "invited"), detects=True),
        Measure("country_rule", f"An evaluation is passed when it is passed in each country; {stops}",
                branch=MARKET, prevents=_both(MARKET, "in_total"), detects=True),
        Measure("own_payment_test", f"A release asks what people press about payments of their own; {presses}",
                branch=SCREEN, prevents=_both(SCREEN, "not_own"), detects=True),
        Measure("report_gate", f"No screen goes out before the report of its test is signed; {presses}",
                branch=SCREEN, prevents=_both(SCREEN, "late_report"), detects=True),
        Measure("phone_test", f"The test plan names the phones on which a screen is tried; {presses}",
                branch=SCREEN, prevents=_both(SCREEN, "mouse"), detects=True),
        Measure("proxy_owner", "Granted appeals get an owner outside support, and an alarm", branch=DETECTION,
                prevents=_both(DETECTION, "no_owner"), detects=True),
        Measure("call_duty", "A rota says who calls the teams within an hour of an alarm, tried out each month",
                branch=DETECTION, prevents=_both(DETECTION, "no_call"), detects=True),
        Measure("default_alarm", "An alarm on the share of account ages that are empty or 0", branch=UPSTREAM,
                detects=True),
        Measure("country_alarm", "An alarm on the share of stopped payments by country, new ones included",
                branch=MARKET, detects=True),
        Measure("press_alarm", "An alarm on “Not me” pressed and taken back, by app version", branch=SCREEN,
                detects=True),
        Measure("reminder", "A reminder to all engineers to announce their changes"),
        Measure("retrain", "Retrain the model on the payments of the last two weeks"),
        Measure("amount_cap", "Lower the model's weight on amounts during sales"),
        Measure("course", "A course on careful releases for the teams involved"),
    )  # fmt: skip
    order = random(SLUG, seed, "measures").permutation(len(entries))
    return by_id(*(entries[place] for place in order))


@dataclass(frozen=True)
class ScreenChange(Entry):
    """A proposal for the alert screen, with what the accessibility review measured."""

    step: str = ""
    contrast: float = 0.0
    """Of the words on the buttons against their background, to 1."""
    target: int = 0
    """The smaller side of the smallest button, in CSS pixels."""
    words: bool = True
    """Whether the difference is told in words and not by colour alone."""
    keeps_question: bool = True


MIN_CONTRAST, MIN_TARGET = 4.5, 24
"""WCAG 2.2, criteria 1.4.3 (contrast of text) and 2.5.8 (target size, level AA)."""


def screen_changes(unfit: str) -> Mapping[str, ScreenChange]:
    """The proposals; `unfit` names the one that would fit but for one thing that the review measured."""
    found = by_id(
        ScreenChange("old_screen", "Bring back the screen of 5.1", step="confirm", contrast=7.0, target=48),
        ScreenChange("yes_first", "“Yes, it was me” first and filled, “Not me” beside it and outlined", step="confirm",
                     contrast=5.2, target=48),
        ScreenChange("ask_twice", "“Not me” asks once more, with the shop's name, before the payment is stopped",
                     step="confirm", contrast=5.8, target=44),
        ScreenChange("colours_only", "Two buttons without words, one green and one red", step="confirm", contrast=3.1,
                     target=48, words=False),
        ScreenChange("tiny_link", "“Not me” becomes a small grey link under the button", step="confirm", contrast=2.9,
                     target=16),
        ScreenChange("longer_code", "More time to type the code", step="code", contrast=7.0, target=48),
        ScreenChange("no_question", "Do not ask any more; stop the payment at once", step="confirm", contrast=7.0,
                     target=48, keeps_question=False),
    )  # fmt: skip
    worse = replace(found[unfit], target=20) if unfit == "ask_twice" else replace(found[unfit], contrast=3.6)
    changes = [worse if change.id == unfit else change for change in found.values()]
    return by_id(*(replace(change, note=_measured(change)) for change in changes))


def _measured(change: ScreenChange) -> str:
    return (
        f"Step: {change.step}. Contrast {change.contrast:g} to 1, smallest target {change.target} px, "
        f"{'told in words' if change.words else 'told by colour alone'}."
    )
