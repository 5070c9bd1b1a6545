"""What people at Tallybrook know, in the words in which they say it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Columns, Fact, by_id
from curriculum.cases.speak_the_language.draw import Draw
from curriculum.cases.speak_the_language.truth import AGENT_MINUTES, STATEMENTS, Truth
from curriculum.support.dates import full_day

DEVICE_WORDS = {"desktop": "desktop", "phone": "phone", "older_phone": "older phone"}
_UNITS = {
    "fp_of_good": "of 100 good payments", "fp_per_fraud": "for each fraud caught", "fp_of_alerts": "of 100 alerts",
    "conv_visit": "of 100 visits", "conv_step": "of 100 at the card step", "conv_after_error": "of 100 after an error",
    "lat_server": "ms", "lat_browser": "ms", "lat_over_4s": "of 100 visits",
    "drift_inputs": "index", "drift_abroad": "percentage points", "drift_target": "percentage points",
    "acc_all": "of 100 payments", "acc_alerts": "of 100 alerts", "acc_frauds": "of 100 frauds",
}  # fmt: skip


def make_facts(draw: Draw, truth: Truth, tables: Mapping[str, Columns], callers: int) -> Mapping[str, Fact]:
    """Everything that can be cited, with who tells it; facts of the brief have nobody.

    `callers`: of ten who telephone about one thing, so many use the device on which it is worst.
    """
    rates = draw.rates
    device, where = (DEVICE_WORDS[one] for one in (draw.slow_device, draw.card_device))
    right = tables["inputs"]["alerts_right"]
    then, now = float(right[0]), float(right[-1])
    writes = {topic: f"{100 * share:.3g}" for topic, share in rates.writes.items()}
    caught = float(np.asarray(tables["payments"]["stopped_fraud"]).sum()) / 28

    retraining = frozenset({"repair:retrain"})

    def sense(fact: str) -> Fact:
        word, speaker = STATEMENTS.get(fact, ("drift", fact.partition("_")[0]))
        id = draw.senses[word, speaker]
        value = round(truth.values[id], 0 if _UNITS[id] == "ms" else 2)
        said = _said(id, value, device)
        return Fact(fact, said, value=abs(value), unit=_UNITS[id], held_by=speaker)

    return by_id(
        # Stands in the brief: everybody has it.
        Fact("go_live", f"The lower threshold goes live on {full_day(truth.go_live)}."),
        Fact("more_frauds", f"From then on it catches {truth.caught_after:,.0f} frauds a day instead of {caught:,.0f}.",
             value=truth.caught_after, unit="frauds a day"),
        Fact("one_week", f"Lina has one free week from {full_day(truth.go_live)}; one repair fits into it, and works "
             f"from {full_day(truth.repair_works)}.", value=1.0, unit="repair"),
        Fact("agent_day", f"An agent answers for {AGENT_MINUTES} minutes a day.", value=float(AGENT_MINUTES),
             unit="minutes a day"),
        # Disa: fraud caught.
        Fact("new_threshold", _threshold(truth, draw.senses["false positive", "disa"]), value=truth.threshold_to,
             unit=_UNITS[draw.senses["false positive", "disa"]], held_by="disa",
             supports=frozenset({"roster", "repair:stops"})),
        Fact("stops_week", f"Of 100 good payments that we stop, the list of known buyers would let "
             f"{rates.returned['stops']} through.", value=float(rates.returned["stops"]), unit="of 100 good payments "
             "that are stopped", held_by="disa", supports=frozenset({"repair:stops"})),
        sense("disa_latency"),
        # Emeka: final numbers.
        Fact("final_recall", f"In the weeks that are final, we caught {truth.values['acc_frauds']:.1f} of 100 frauds. "
             f"February looks better only because most of its frauds are not disputed yet.",
             value=round(truth.values["acc_frauds"], 1), unit="of 100 frauds", held_by="emeka",
             supports=frozenset({"repair:retrain"})),
        sense("emeka_drift"),
        Fact("drift_kind", _drift(draw, then, now), value=now, unit="of 100 alerts", held_by="emeka",
             supports=frozenset() if draw.inputs_only else retraining,
             contradicts=retraining if draw.inputs_only else frozenset()),
        Fact("retrain_week", f"In the back-test, a week of retraining catches {rates.returned['retrain']} of 100 "
                             f"frauds that the new threshold lets pass.", value=float(rates.returned["retrain"]),
             unit="of 100 missed frauds", held_by="emeka", supports=frozenset({"repair:retrain"})),
        sense("emeka_accuracy"),
        # Paloma: the first try works.
        sense("card_step"),
        Fact("bank_part", f"Of 100 people who give up after an error, {rates.bank} were refused by one bank. No form "
             f"of ours mends that.", value=float(rates.bank), unit="of 100 who give up", held_by="paloma",
             supports=frozenset({"repair:card_form"})),
        Fact("card_week", f"Of 100 people whom the form itself loses, a week on it brings back "
             f"{rates.returned['card_form']}.", value=float(rates.returned["card_form"]), unit="of 100 whom the form "
             "loses", held_by="paloma", supports=frozenset({"repair:card_form"})),
        # Lina: no wasted week.
        Fact("page_week", f"Of 100 people who leave before the page stands, a week on it keeps "
             f"{rates.returned['light_page']}.", value=float(rates.returned["light_page"]), unit="of 100 who leave",
             held_by="lina", supports=frozenset({"repair:light_page"})),
        sense("lina_latency"),
        sense("lina_drift"),
        # Hamza: agents go home.
        Fact("silent_leavers", f"Of 100 good customers whom we stop, {writes['stopped']} write to us. Of 100 who give "
             f"up at the card it is {writes['card']}, of 100 who leave a slow page {writes['slow']}.",
             value=truth.writes, unit="of 100 good customers stopped", held_by="hamza", supports=frozenset({"roster"})),
        Fact("callers", f"Of ten who call about {'the card form' if draw.card_callers else 'the white page'}, "
                        f"{callers} "
             f"have {'a' if (where if draw.card_callers else device) != 'older phone' else 'an'} "
             f"{where if draw.card_callers else device}.", value=float(callers), unit="of ten callers",
             held_by="hamza", supports=frozenset({"repair:card_form" if draw.card_callers else "repair:light_page"})),
        sense("hamza_false_positive"),
        # Odile: paid orders.
        sense("order_rate"),
        Fact("house_rate", f"In this house, one fraud that passes counts as {rates.house} lost payments.",
             value=float(rates.house), unit="lost payments", held_by="odile", supports=frozenset({"repair:retrain"})),
        sense("odile_accuracy"),
    )  # fmt: skip


def _threshold(truth: Truth, sense: str) -> str:
    """The sentence from which support has to plan, in Disa's sense."""
    now, then = truth.threshold_from, truth.threshold_to
    if sense == "fp_of_good":
        return f"From the 8th we stop {then:.2f} of 100 good payments. In February it was {now:.2f}."
    if sense == "fp_per_fraud":
        return f"From the 8th it is {then:.2f} false alarms for each fraud that we catch. In February it was {now:.2f}."
    return f"From the 8th, of 100 alerts {then:.2f} are false. In February it was {now:.2f}."


def _drift(draw: Draw, then: float, now: float) -> str:
    if draw.inputs_only:
        return (
            f"Other payments, that is all. Of 100 alerts, {then:.1f} were right in January and {now:.1f} are now, "
            f"which is chance."
        )
    return f"More often wrong: of 100 alerts, {then:.1f} were right in January and {now:.1f} are now."


def _said(sense: str, value: float, device: str) -> str:
    """What somebody means by a word, with this month's number."""
    on = f"on {'an' if device[0] == 'o' else 'a'} {device}"
    return {
        "fp_of_good": f"A false positive? Of 100 good payments, the ones that we stop: {value:.2f} in February.",
        "fp_per_fraud": f"A false positive? For each fraud that we catch, the good payments that we stop: "
        f"{value:.2f} in "
        f"February.",
        "fp_of_alerts": f"A false positive? Of 100 alerts, the ones that are good payments: {value:.2f} in February.",
        "conv_visit": f"Conversion? Of 100 visits, those that pay: {value:.2f} in February.",
        "conv_step": f"Conversion? Of 100 people who reach the card step, those who pay: {value:.2f} in February.",
        "conv_after_error": f"Conversion? Of 100 people who see a card error, those who pay all the same: "
        f"{value:.2f} in "
        f"February.",
        "lat_server": f"Latency? The server’s answer: last week, 95 of 100 came within {value:.0f} ms {on}.",
        "lat_browser": f"Latency? Until the page stands in the browser: last week, 95 of 100 did within {value:.0f} ms "
        f"{on}.",
        "lat_over_4s": f"Latency? Of 100 visits, those that wait longer than four seconds: {value:.2f} in February.",
        "drift_inputs": f"Drift? The stability index of what goes in: {value:.2f} last week.",
        "drift_abroad": f"Drift? Who pays: {value:.2f} more of 100 payments come from abroad than in early January.",
        "drift_target": f"Drift? Whether the verdicts still hold: of 100 alerts, {abs(value):.2f} "
        f"{'fewer' if value < 0 else 'more'} are right than in early January.",
        "acc_all": f"Accuracy? Of 100 payments, the right verdicts: {value:.2f} in the final weeks.",
        "acc_alerts": f"Accuracy? Of 100 alerts, the ones that were fraud: {value:.2f} in February.",
        "acc_frauds": f"Accuracy? Of 100 frauds, the ones that we caught: {value:.2f} in the final weeks.",
    }[sense]
