"""The models of one world, what their service sends, and the screens that are drawn: entries that differ by seed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import by_id
from curriculum.cases.recommendation_scoping.draw import HISTORY, Draw
from curriculum.cases.recommendation_scoping.truth import Event, Model, Reply, Wireframe
from curriculum.support.dates import full_day


def make_models(draw: Draw, kept_days: int, rng: np.random.Generator) -> Mapping[str, Model]:
    """Three ways to choose suggestions. A light model learns from earlier visits, which are there for `kept_days`."""
    device = ("device",) if draw.sends_device else ()
    answers = ("personal", *(("message",) if draw.says_why_blank else ()))
    too_far = draw.unfit.get("light") == HISTORY
    learns = kept_days + 30 * int(rng.integers(1, 4)) if too_far else kept_days - 15 * int(rng.integers(0, 2))
    return by_id(
        Model(
            "rules", "Bought-together rules", "Counts which items are bought together; the list is made every night.",
            card="rules_model", needs=device, returns=(*answers, "reason"), score="share",
        ),
        Model(
            "light", "Light model", "A small trained model: what this visitor looked at before, and the item on the "
            "page.", card="light_model", needs=("visitor_id", *device), returns=answers, score="rank",
            learns_from=learns,
        ),
        Model(
            "deep", "Deep model", "A deep learning model that reads the whole visit up to this click.",
            card="deep_model", needs=("viewed_items", *device), returns=answers,
            score="rank", learns_from=14,
        ),
    )  # fmt: skip


def make_replies(draw: Draw) -> Mapping[str, Reply]:
    """What the service of this world sends: with flags, or with values and codes alone."""
    says = draw.says_why_blank
    sentence = ", with a sentence for the shopper" if says else ", with no words"
    if draw.soft_replies:
        good = Reply("flag_fits", "The flag “fits”", "The model has answered and is sure.", "normal")
        bad = (
            Reply("flag_nothing", "The flag “nothing fits”", f"The model ran and found no item{sentence}.", "empty",
                  says),
            Reply("flag_unsure", "The flag “unsure”", "The confidence is below the bound of the contract.",
                  "low_confidence"),
            Reply("flag_down", "The flag “down”", f"The service is there and the model is not{sentence}.", "error",
                  says),
            Reply("flag_stand_in", "The flag “stand-in”", "Something else has answered for the model.", "fallback"),
        )  # fmt: skip
    else:
        good = Reply("full_list", "Six items", "The model has answered and is sure.", "normal")
        bad = (
            Reply("empty_list", "An empty list", f"The model ran and found no item{sentence}.", "empty", says),
            Reply("low_value", "A low confidence", "The number is below the bound of the contract.", "low_confidence"),
            Reply("code_503", "Code 503", f"The model is not there{sentence}.", "error", says),
            Reply("source_fallback", "The source “fallback”", "Something else has answered for the model.", "fallback"),
        )  # fmt: skip
    return by_id(
        *bad,
        good,
        Reply("code_429", "Code 429", "Too many requests at once; the page asks again by itself."),
    )


_WIREFRAMES = (
    Wireframe("row_bare", "Row, plain", "Six items.", "normal", ("items",)),
    Wireframe("row_notice", "Row with notice", "Six items; a notice that they rest on this visitor's browsing.",
              "normal", ("items", "personal")),
    Wireframe("row_why", "Row with reason", "Six items, and a line why these.", "normal", ("items", "reason")),
    Wireframe("row_notice_why", "Row with notice and reason", "Six items, the notice, and a line why these.", "normal",
              ("items", "personal", "reason")),
    Wireframe("skeleton", "Grey shapes", "Six grey shapes hold the place, so that nothing jumps.", "loading", ()),
    Wireframe("empty_sentence", "Empty, with the service's sentence", "One sentence and a link.", "empty",
              ("message",)),
    Wireframe("empty_folded", "Empty, with the row's own words", "“Nothing goes with this one yet.”", "empty",
              ("items",)),
    Wireframe("unsure_plain", "Unsure, softer heading", "“You may also look at”, without a claim.", "low_confidence",
              ("items", "confidence")),
    Wireframe("unsure_notice", "Unsure, softer heading and notice", "“You may also look at”, and the notice.",
              "low_confidence", ("items", "confidence", "personal")),
    Wireframe("error_sentence", "Error, with the service's sentence", "One sentence, no code, no blame.", "error",
              ("message",)),
    Wireframe("error_words", "Error, with the row's own words", "“We cannot show suggestions just now.”", "error", ()),
    Wireframe("fallback_bestsellers", "Bestsellers of the category", "“Popular in this category”: bestsellers instead.",
              "fallback", ("items", "source")),
    Wireframe("fallback_picks", "Today's hand-picked strip", "“Picked by our team”: the strip that is there today.",
              "fallback", ("items", "source")),
)  # fmt: skip
"""Screens of the row by state, with what of an answer each shows."""

WIREFRAMES = by_id(*_WIREFRAMES)


def make_events(kickoff: dt.date, sees: dt.date, catalogue: dt.date, rng: np.random.Generator) -> Mapping[str, Event]:
    """Days that can bring a card back. Some lie before the board has seen the result of the launch, when nobody knows
    more than today; which ones differs from world to world."""
    known = (
        ("load_test", "The next load test of a full shop"),
        ("hiring_round", "The next hiring round"),
        ("store_rebuild", "The rebuild of the visit's store"),
        ("layout_review", "Inês's review of the layouts"),
        ("privacy_review", "Samir's review of what is kept"),
        ("autumn_planning", "The planning for autumn"),
    )
    late = set(rng.permutation(len(known))[: len(known) // 2].tolist())
    events = []
    for index, (id, label) in enumerate(known):
        day = sees + dt.timedelta(days=int(rng.integers(3, 50)))
        if index not in late:
            day = kickoff + dt.timedelta(days=int(rng.integers(20, (sees - kickoff).days - 3)))
        events.append(Event(id, f"{label}, {full_day(day)}", on=day))
    events.append(Event("catalogue", f"The autumn catalogue, {full_day(catalogue)}", on=catalogue))
    return by_id(*events)
