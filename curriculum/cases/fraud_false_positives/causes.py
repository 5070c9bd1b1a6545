"""What could be behind the incident: statements, what follows from what, and measures against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.base import Entry, by_id
from curriculum.cases.fraud_false_positives.payments import MARKET, SCREEN, UPSTREAM

PROBLEM = "problem"
DETECTION = "detection"
"""The branch that says why the incident lasted so long; it stops no payment of its own."""


@dataclass(frozen=True)
class Claim(Entry):
    """A statement about why payments are stopped. Whether it is true is for the evidence to say."""

    branch: str = ""
    """The true cause that it belongs to, or blank for a statement that is not true."""
    person: bool = False
    """Whether it explains by a person or a team's character, where a process would be needed."""


@dataclass(frozen=True)
class Measure(Entry):
    """Something that could be done so that it does not come back."""

    branch: str = ""
    prevents: bool = False
    detects: bool = False


FUNCTIONS: Mapping[str, str] = {UPSTREAM: "data platform", MARKET: "machine learning", SCREEN: "design"}
"""The function that each true cause belongs to."""

FIXERS: Mapping[str, tuple[str, ...]] = {UPSTREAM: ("ravi",), MARKET: ("jonas", "samir"), SCREEN: ("mei",)}
"""Who can act against each true cause."""


def claims(market: str) -> Mapping[str, Claim]:
    """Every statement that a why may make; `market` is the new market's name."""
    return by_id(
        Claim("old_accounts_look_new", "Web customers of many years are scored as if their account were new",
              branch=UPSTREAM),
        Claim("default_is_zero", "The account feed fills a missing account age with 0 instead of leaving it empty",
              branch=UPSTREAM),
        Claim("changed_untold", "The default was changed and nobody who reads the feed was asked or told",
              branch=UPSTREAM),
        Claim("feed_without_contract", "The feed has no contract: no list of its readers, no test of what empty means",
              branch=UPSTREAM),
        Claim("engineer_forgot", "The engineer forgot to write to the model's team", branch=UPSTREAM, person=True),
        Claim("market_scored_high", f"Good payments from {market} get high fraud scores", branch=MARKET),
        Claim("market_never_evaluated", f"The model was never evaluated on payments from {market}", branch=MARKET),
        Claim("launch_skips_models", "A market launch has no step that asks whether the models are ready for it",
              branch=MARKET),
        Claim("ml_too_optimistic", "The ML team is too sure of its model", branch=MARKET, person=True),
        Claim("wrong_presses", "Customers press “Not me” about payments of their own", branch=SCREEN),
        Claim("buttons_swapped", "The new screen swapped the buttons and made “Not me” the prominent one",
              branch=SCREEN),
        Claim("own_payment_untested", "The new screen was never tested with people whose payment was their own",
              branch=SCREEN),
        Claim("release_skips_presses", "The release check for screens asks for crashes, not for wrong presses",
              branch=SCREEN),
        Claim("customers_careless", "Customers do not read what they press", person=True),
        Claim("lasted_unseen", "It went on for days before anybody acted across teams", branch=DETECTION),
        Claim("panel_needs_labels", "The false-positive panel counts final labels only, so recent weeks look good",
              branch=DETECTION),
        Claim("no_fast_measure", "No fast measure of wrongly stopped payments has an owner and an alarm",
              branch=DETECTION),
        Claim("sale_amounts", "The spring sale raised amounts, and the model mistrusts high amounts"),
        Claim("behaviour_drifted", "Customers behave differently from those that the model was trained on"),
        Claim("model_14_worse", "Model 14 decides worse than model 13"),
    )  # fmt: skip


EDGES = frozenset({
    (PROBLEM, "old_accounts_look_new"),
    ("old_accounts_look_new", "default_is_zero"),
    ("default_is_zero", "changed_untold"),
    ("default_is_zero", "feed_without_contract"),
    ("changed_untold", "feed_without_contract"),
    ("changed_untold", "engineer_forgot"),
    (PROBLEM, "market_scored_high"),
    ("market_scored_high", "market_never_evaluated"),
    ("market_never_evaluated", "launch_skips_models"),
    ("market_never_evaluated", "ml_too_optimistic"),
    (PROBLEM, "wrong_presses"),
    ("wrong_presses", "buttons_swapped"),
    ("wrong_presses", "customers_careless"),
    ("buttons_swapped", "own_payment_untested"),
    ("buttons_swapped", "release_skips_presses"),
    ("own_payment_untested", "release_skips_presses"),
    (PROBLEM, "lasted_unseen"),
    ("lasted_unseen", "panel_needs_labels"),
    ("panel_needs_labels", "no_fast_measure"),
})  # fmt: skip
"""What follows from what, as (effect, cause): read each as “because”, and backwards as “therefore”."""

DISTRACTORS = frozenset({"sale_amounts", "behaviour_drifted", "model_14_worse"})
"""Statements that go together with the incident in time and did not cause it."""

MEASURES = by_id(
    Measure("feed_contract", "A contract for the account feed, tested at each change: readers, and what empty means",
            branch=UPSTREAM, prevents=True),
    Measure("default_alarm", "An alarm on the share of account ages that are empty or 0", branch=UPSTREAM,
            detects=True),
    Measure("launch_gate", "A line in the launch checklist: each model is evaluated on the market, its owner signs",
            branch=MARKET, prevents=True),
    Measure("country_alarm", "An alarm on the share of stopped payments by country, new ones included",
            branch=MARKET, detects=True),
    Measure("own_payment_test", "A usability test of the path “it was me” before each release of the alert screen",
            branch=SCREEN, prevents=True),
    Measure("press_alarm", "An alarm on “Not me” pressed and taken back, by app version", branch=SCREEN,
            detects=True),
    Measure("maturity_line", "Every panel says from which day its labels are final, and hides what is not",
            branch=DETECTION, prevents=True),
    Measure("proxy_owner", "The appeals measure gets an owner and an alarm", branch=DETECTION, detects=True),
    Measure("reminder", "A reminder to all engineers to announce their changes"),
    Measure("retrain", "Retrain the model on the payments of the last two weeks"),
    Measure("amount_cap", "Lower the model's weight on amounts during sales"),
    Measure("course", "A course on careful releases for the teams involved"),
)  # fmt: skip


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


def screen_changes() -> Mapping[str, ScreenChange]:
    rows = (
        ("old_screen", "Bring back the screen of 5.1", "confirm", 7.0, 48, True, True),
        ("yes_first", "“Yes, it was me” first and filled, “Not me” beside it and outlined", "confirm", 5.2, 48, True,
         True),
        ("ask_twice", "“Not me” asks once more, with the shop's name, before the payment is stopped", "confirm", 5.8,
         44, True, True),
        ("colours_only", "Two buttons without words, one green and one red", "confirm", 3.1, 48, False, True),
        ("tiny_link", "“Not me” becomes a small grey link under the button", "confirm", 2.9, 16, True, True),
        ("longer_code", "More time to type the code", "code", 7.0, 48, True, True),
        ("no_question", "Do not ask any more; stop the payment at once", "confirm", 7.0, 48, True, False),
    )  # fmt: skip
    return by_id(
        *(
            ScreenChange(
                id, label, step=step, contrast=contrast, target=target, words=words, keeps_question=keeps,
                note=f"Step: {step}. Contrast {contrast:g} to 1, smallest target {target} px, "
                f"{'told in words' if words else 'told by colour alone'}.",
            )
            for id, label, step, contrast, target, words, keeps in rows
        )
    )  # fmt: skip
