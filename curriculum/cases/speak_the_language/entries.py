"""What the artifacts of `speak_the_language` may name: what is counted, of what, when, who is hurt, who can act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from curriculum.cases.base import Entry, by_id
from curriculum.cases.definitions import EVERYBODY, Count, Definition, Population, Window
from curriculum.cases.speak_the_language.draw import SENSES
from curriculum.cases.speak_the_language.tables import FINAL_FIRST, FINAL_LAST, FIRST, INPUTS_FIRST, LAST, dt

_WEEK = dt.timedelta(days=6)

WINDOWS = by_id(
    Window("last_day", "Sunday, 28 February", first=LAST, last=LAST),
    Window("last_week", "22 to 28 February", first=LAST - _WEEK, last=LAST),
    Window("february", "February, four weeks", first=FIRST, last=LAST),
    Window("final_weeks", "30 November to 27 December, final", first=FINAL_FIRST, last=FINAL_LAST),
)
_FIRST_OF_JANUARY = Window("first_week", "4 to 10 January", first=INPUTS_FIRST, last=INPUTS_FIRST + _WEEK)

SEGMENTS = by_id(
    EVERYBODY,
    Population("desktop", "People at a desktop", column="device", value="desktop"),
    Population("phone", "People with a phone", column="device", value="phone"),
    Population("older_phone", "People with an older phone", column="device", value="older_phone"),
    Population("known", "Known customers", column="customer", value="known"),
    Population("new", "New customers", column="customer", value="new"),
    Population("abroad", "Customers abroad", column="customer", value="abroad"),
    Population("company", "Company cards", column="customer", value="company"),
)

COUNTS = by_id(
    Count("visits", "Visits", table="checkout", plus=("visits",)),
    Count("left_before_ready", "Visits that leave before the page stands", table="checkout",
          plus=("left_before_ready",)),
    Count("over_4s", "Visits that wait longer than four seconds", table="checkout", plus=("over_4s",)),
    Count("reached_card", "Visits that reach the card step", table="checkout", plus=("reached_card",)),
    Count("card_errors", "Visits that see an error at the card step", table="checkout", plus=("card_errors",)),
    Count("gave_up", "Visits that give up after an error", table="checkout", plus=("gave_up_after_error",)),
    Count("paid_after_error", "Visits that pay in spite of an error", table="checkout", plus=("card_errors",),
          minus=("gave_up_after_error",)),
    Count("left_at_card", "Visits that reach the card step and do not pay", table="checkout",
          plus=("reached_card",), minus=("submitted",)),
    Count("no_order", "Visits that do not pay", table="checkout", plus=("visits",), minus=("submitted",)),
    Count("submitted", "Visits that pay", table="checkout", plus=("submitted",)),
    Count("payments", "Payments", table="payments", plus=("payments",)),
    Count("good_payments", "Good payments", table="payments", plus=("payments",),
          minus=("stopped_fraud", "fraud_disputed_so_far")),
    Count("stopped_good", "Good payments that are stopped", table="payments", plus=("stopped_good",)),
    Count("stopped_fraud", "Frauds that are caught", table="payments", plus=("stopped_fraud",)),
    Count("alerts", "Alerts: payments that are stopped", table="payments", plus=("stopped_good", "stopped_fraud")),
    Count("frauds_seen", "Frauds seen so far", table="payments", plus=("stopped_fraud", "fraud_disputed_so_far")),
    Count("disputed", "Frauds disputed so far", table="payments", plus=("fraud_disputed_so_far",)),
    Count("final_payments", "Payments in the final weeks", table="final_weeks", plus=("payments",)),
    Count("final_caught", "Frauds caught in the final weeks", table="final_weeks", plus=("fraud_caught",)),
    Count("final_missed", "Frauds missed in the final weeks", table="final_weeks", plus=("fraud_missed",)),
    Count("final_frauds", "All frauds of the final weeks", table="final_weeks", plus=("fraud_caught", "fraud_missed")),
    Count("tickets_stopped", "Tickets about stopped payments", table="tickets", plus=("tickets",),
          where=(("topic", "stopped"),)),
    Count("tickets_card", "Tickets about the card step", table="tickets", plus=("tickets",),
          where=(("topic", "card"),)),
    Count("tickets_slow", "Tickets about slow pages", table="tickets", plus=("tickets",), where=(("topic", "slow"),)),
    Count("tickets_fraud", "Tickets about fraud", table="tickets", plus=("tickets",), where=(("topic", "fraud"),)),
)  # fmt: skip
"""What a question can count, and what it can count it of."""

_RIGHT = Count("final_right", "Verdicts that were right", table="final_weeks", plus=("payments", "fraud_caught"),
               minus=("alerts", "fraud_missed"))  # fmt: skip
_GOOD = Count("final_good", "Payments that were good", table="final_weeks", plus=("payments",),
              minus=("fraud_caught", "fraud_missed"))  # fmt: skip


@dataclass(frozen=True)
class Meaning(Definition):
    """A definition with what follows from it by what it counts."""

    crowd: str = ""
    """Id of the people behind it: those of whom it tells when something goes wrong."""
    hurts: frozenset[str] = frozenset()
    """Ids of crowds that are worse off when it rises."""
    decides: frozenset[str] = frozenset()
    """Ids of open decisions that hang on it."""


def make_definitions(slow_device: str) -> Mapping[str, Meaning]:
    """The seventeen definitions of this world; waits are read on the device on which the page is slow."""
    february, last_week, final = WINDOWS["february"], WINDOWS["last_week"], WINDOWS["final_weeks"]
    device = SEGMENTS[slow_device]
    of_100, points = "per 100", "percentage points"

    def reading(id: str, label: str, column: str, table: str) -> Count:
        return Count(id, label, table=table, plus=(column,), adds_up=False)

    index = reading("stability_index", "Stability index of the inputs", "stability_index", "inputs")
    abroad = reading("share_abroad", "Payments from abroad, per 100", "share_abroad", "inputs")
    right = reading("alerts_right", "Alerts that are right, per 100", "alerts_right", "inputs")
    stops = {"crowd": "stopped_good", "hurts": frozenset({"stopped_good", "all_alerts"}),
             "decides": frozenset({"roster", "stops"})}  # fmt: skip
    nobody = frozenset({"nobody"})
    waits = frozenset({"slowest", "waits_long", "left_before_ready"})

    def share(id: str, label: str, above: str, below: str, window: Window, **more: object) -> Meaning:
        parts = {"numerator": COUNTS[above], "denominator": COUNTS[below], "window": window, "unit": of_100}
        return Meaning(id, label, **{**parts, **more})  # type: ignore[arg-type]

    found = (
        share("fp_of_good", "False positives, of 100 good payments", "stopped_good", "good_payments", february,
              **stops),
        share("fp_per_fraud", "False positives, for each fraud caught", "stopped_good", "stopped_fraud", february,
              times=1.0, unit="for each fraud caught", **stops),
        share("fp_of_alerts", "False positives, of 100 alerts", "stopped_good", "alerts", february, **stops),
        share("conv_visit", "Conversion, of 100 visits", "submitted", "visits", february, crowd="no_order",
              hurts=nobody, decides=frozenset({"card_form", "light_page"})),
        share("conv_step", "Conversion, of 100 at the card step", "submitted", "reached_card", february,
              crowd="left_at_card", hurts=nobody, decides=frozenset({"card_form"})),
        share("conv_after_error", "Conversion, of 100 who saw an error", "paid_after_error", "card_errors", february,
              crowd="gave_up", hurts=nobody, decides=frozenset({"card_form"})),
        Meaning("lat_server", "Latency of the server, 95 of 100 answers", window=last_week, population=device,
                numerator=reading("server_p95", "Milliseconds until the server has answered, 95 of 100",
                                  "server_p95_ms", "pages"),
                times=1.0, unit="ms", crowd="slowest", hurts=waits, decides=frozenset({"light_page"})),
        Meaning("lat_browser", "Latency until the page stands, 95 of 100 loads", window=last_week, population=device,
                numerator=reading("browser_p95", "Milliseconds until the page stands, 95 of 100",
                                  "browser_p95_ms", "pages"),
                times=1.0, unit="ms", crowd="slowest", hurts=waits, decides=frozenset({"light_page"})),
        share("lat_over_4s", "Latency, of 100 visits those over four seconds", "over_4s", "visits", february,
              crowd="waits_long", hurts=waits, decides=frozenset({"light_page"})),
        Meaning("drift_inputs", "Drift of the inputs: the stability index", numerator=index, window=last_week,
                times=1.0, unit="index", crowd="nobody", hurts=nobody, decides=frozenset({"retrain"})),
        Meaning("drift_abroad", "Drift of who pays: points more from abroad since January", numerator=abroad,
                window=last_week, against=_FIRST_OF_JANUARY, times=1.0, unit=points, crowd="nobody", hurts=nobody,
                decides=frozenset({"retrain"})),
        Meaning("drift_target", "Drift of the target: points of right alerts gained or lost since January",
                numerator=right, window=last_week, against=_FIRST_OF_JANUARY, times=1.0, unit=points,
                crowd="wrongly_judged", hurts=nobody, decides=frozenset({"retrain", "stops"})),
        share("acc_all", "Accuracy, of 100 payments the right verdicts", "final_payments", "final_payments", final,
              numerator=_RIGHT, crowd="wrongly_judged", hurts=nobody, decides=frozenset({"retrain", "stops"})),
        share("acc_alerts", "Accuracy, of 100 alerts the right ones", "stopped_fraud", "alerts", february,
              crowd="stopped_good", hurts=nobody, decides=frozenset({"retrain", "stops", "roster"})),
        share("acc_frauds", "Accuracy, of 100 frauds the caught ones: recall, final", "final_caught", "final_frauds",
              final, crowd="frauds_missed", hurts=nobody, decides=frozenset({"retrain"})),
        share("recall_february", "Recall, of 100 frauds seen so far in February", "stopped_fraud", "frauds_seen",
              february, crowd="frauds_missed", hurts=nobody, decides=frozenset({"retrain"})),
        share("nothing_stopped", "Right verdicts if nothing at all were stopped", "final_payments", "final_payments",
              final, numerator=_GOOD, crowd="frauds_missed", hurts=nobody, decides=frozenset({"retrain", "stops"})),
    )  # fmt: skip
    words = {sense: word for word, senses in SENSES.items() for sense in senses}
    words |= {"recall_february": "accuracy", "nothing_stopped": "accuracy"}
    return by_id(*(_with_word(one, words[one.id]) for one in found))


def _with_word(meaning: Meaning, word: str) -> Meaning:
    return replace(meaning, word=word)


UNRIPE = "recall_february"
BESIDE = "nothing_stopped"
"""What accuracy of all payments has to stand beside."""

CROWDS = by_id(
    Entry("stopped_good", "Good customers whose payment is stopped"),
    Entry("all_alerts", "Everybody whose payment is stopped"),
    Entry("frauds_missed", "Customers whose fraud passes unnoticed"),
    Entry("wrongly_judged", "Customers about whom the model is wrong, either way"),
    Entry("left_before_ready", "Visitors who leave before the page stands"),
    Entry("waits_long", "Visitors who wait longer than four seconds"),
    Entry("slowest", "The slowest visit in twenty, where the page is slow"),
    Entry("card_errors", "Visitors who see an error at the card step"),
    Entry("gave_up", "Visitors who give up after an error"),
    Entry("left_at_card", "Visitors who reach the card step and do not pay"),
    Entry("no_order", "Visitors who do not pay"),
    Entry("everybody", "All visitors"),
    Entry("nobody", "Nobody by itself"),
)

DECISIONS = by_id(
    Entry("roster", "How many more agents from 8 March"),
    Entry("stops", "The free week for the list of known buyers"),
    Entry("card_form", "The free week for the card form"),
    Entry("light_page", "The free week for a lighter page"),
    Entry("retrain", "The free week for retraining"),
)


@dataclass(frozen=True)
class Repair(Entry):
    """What fits into the free week; `helps` are the crowds for whom it is something."""

    helps: frozenset[str] = frozenset()


_REFUSED = frozenset({"stopped_good", "all_alerts", "wrongly_judged"})
REPAIRS = by_id(
    Repair(
        "stops",
        "List of known buyers",
        "Lets buyers through whom the shops know; fewer good payments are stopped.",
        helps=_REFUSED,
    ),
    Repair(
        "card_form",
        "Card form",
        "Says what is wrong, and keeps what was typed.",
        helps=frozenset({"card_errors", "gave_up", "left_at_card", "no_order"}),
    ),
    Repair(
        "light_page",
        "Lighter page",
        "Half the scripts, so that the page stands sooner.",
        helps=frozenset({"left_before_ready", "waits_long", "slowest", "no_order"}),
    ),
    Repair(
        "retrain",
        "Retraining",
        "The fraud model learns from the frauds of autumn and winter.",
        helps=_REFUSED | {"frauds_missed"},
    ),
    Entry("not_yet", "None yet: a number is missing that somebody can still give"),
)


@dataclass(frozen=True)
class Experience(Entry):
    """What people notice; `crowds` are those who notice it."""

    crowds: frozenset[str] = frozenset()


EXPERIENCES = by_id(
    Experience("refused", "Their payment is refused, and nothing was wrong with it", crowds=_REFUSED),
    Experience("money_gone", "Money is gone that they did not spend", crowds=frozenset({"frauds_missed"})),
    Experience("either", "A good payment is refused, or a stranger's goes through",
               crowds=frozenset({"wrongly_judged"})),
    Experience("form_says_no", "The card form says no, and they give up",
               crowds=frozenset({"gave_up", "card_errors", "left_at_card"})),
    Experience("nothing_bought", "They leave without what they came for",
               crowds=frozenset({"no_order", "left_at_card"})),
    Experience("blank_page", "The page stays blank while they wait",
               crowds=frozenset({"left_before_ready", "waits_long", "slowest"})),
    Experience("nothing", "Nothing that they could tell us", crowds=frozenset({"nobody", "everybody"})),
)  # fmt: skip


@dataclass(frozen=True)
class Deed(Entry):
    """Something that one person may do because of a message."""

    by: str = ""
    """Id of the person who may do it."""
    helps: frozenset[str] = frozenset()
    """Ids of the crowds for whom it is something; empty: for every crowd."""


_CHECKOUT = frozenset({"gave_up", "card_errors", "left_at_card", "no_order", "waits_long", "slowest",
                       "left_before_ready"})  # fmt: skip
DEEDS = by_id(
    Deed("staff_support", "Plan agents for those who will write", by="hamza",
         helps=frozenset({"stopped_good", "frauds_missed", "wrongly_judged", "gave_up"})),
    Deed("brief_agents", "Give agents the words for those who call", by="hamza"),
    Deed("spend_the_week", "Weigh these people when the free week is given away", by="odile"),
    Deed("tell_the_shops", "Tell the shops what their buyers meet", by="odile"),
    Deed("start_the_repair", "Prepare the repair of the free week, which helps these people", by="lina"),
    # A fraud that passes is found on a statement, up to two months later: nobody can count those day by day.
    Deed("watch_these_people", "Count these people every day from 8 March", by="emeka",
         helps=_REFUSED | _CHECKOUT),
    Deed("soften_the_threshold", "Set the threshold back if these people become too many", by="disa",
         helps=_REFUSED),
    Deed("try_with_five", "Sit beside five of these people and watch", by="paloma", helps=_CHECKOUT),
)  # fmt: skip
"""None of them can be done by the person who said the number and nobody else."""


@dataclass(frozen=True)
class Complaint(Entry):
    """What people write to support. `label` is what they say."""

    side: str = ""
    """Whose question it becomes: ml, design or product."""
    topic: str = ""
    asks: frozenset[tuple[str, str]] = frozenset()
    """What may be counted of what, as ids of counts."""
    worse_if_less: frozenset[str] = frozenset()
    """Counts of which fewer is worse."""


COMPLAINTS = by_id(
    Complaint("stopped", "“Your bank thing refused me, and my card is fine.”", side="ml", topic="stopped",
              asks=frozenset({("stopped_good", "payments"), ("stopped_good", "good_payments")})),
    Complaint("fraud", "“Somebody bought shoes with my card, and you let it happen.”", side="ml", topic="fraud",
              asks=frozenset({("final_missed", "final_payments"), ("final_missed", "final_frauds")})),
    Complaint("card", "“It says that my number is wrong. It is not.”", side="design", topic="card",
              asks=frozenset({("card_errors", "reached_card"), ("gave_up", "reached_card"),
                              ("gave_up", "card_errors")})),
    Complaint("slow", "“I tap, and the page stays white.”", side="product", topic="slow",
              asks=frozenset({("left_before_ready", "visits"), ("over_4s", "visits")})),
    Complaint("shop", "“People come to my shop, and fewer and fewer pay.” (a shop owner)", side="product", topic="shop",
              asks=frozenset({("no_order", "visits"), ("submitted", "visits")}),
              worse_if_less=frozenset({"submitted"})),
)  # fmt: skip

HANDFUL = 0.05
"""A segment with fewer than this share of all cases is a handful, however high its rate."""

SIDES = {"disa": "ml", "emeka": "ml", "paloma": "design", "odile": "product", "lina": "product", "hamza": "support"}
"""By person: the side of the house."""
