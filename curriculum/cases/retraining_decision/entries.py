"""What the four documents of `retraining_decision` may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.cases.base import Entry, by_id
from curriculum.cases.retraining_decision.draw import AT_ONCE, FEATURES, KEEP, REFRESH
from curriculum.cases.retraining_decision.money import (
    COVERED,
    FAILS,
    GAIN,
    HOURS_WORK,
    HOURS_WRONG,
    ONE_PERCENT,
    SLOPE,
)

OPTION_ENTRIES = by_id(
    Entry(KEEP, "Keep v7, and say what would change that", "Nothing of the score is released before the sale."),
    Entry(REFRESH, "Refresh v7 on new weeks, new features later", "The same features, trained on later weeks."),
    Entry(FEATURES, "New features behind a flag, for one in ten first"),
    Entry(AT_ONCE, "New features for everybody at once"),
)

QUANTITIES = by_id(
    Entry(ONE_PERCENT, "What one percent more orders brings in 26 weeks (€)"),
    Entry(GAIN, "What the new features gain (0.01 AUC)"),
    Entry(COVERED, "Sessions for which they gain it (of 100)"),
    Entry(SLOPE, "Percent more orders for 0.01 AUC"),
    Entry(FAILS, "Changes with features that fail (of 100)"),
    Entry(HOURS_WRONG, "Hours that a failed one costs, as if everybody had it"),
    Entry(HOURS_WORK, "Hours of work"),
)

FITS, PRECOMPUTED, PRICED, WISH = "fits", "precomputed", "priced", "wish"
LIMIT_WAYS = by_id(
    Entry(FITS, "The new features keep the limit in the evening as they are"),
    Entry(PRECOMPUTED, "They keep it once they are computed before, and that work is counted"),
    Entry(PRICED, "They break it, and the net is so large that it pays"),
    Entry(WISH, "The limit is a wish, and is looked at later"),
)

KIT_PAGE = "kit_page"
RELEASES = by_id(
    Entry(KIT_PAGE, "The kit page on v7"),
    Entry(REFRESH, "The refreshed v7"),
    Entry(FEATURES, "The score with the new features"),
)
RELEASE_OF: Mapping[str, str] = {KEEP: KIT_PAGE, REFRESH: REFRESH, FEATURES: FEATURES, AT_ONCE: FEATURES}


@dataclass(frozen=True)
class SignalEntry(Entry):
    """Something that a gate can look at. `note` says how it is read."""

    behaviour: bool = False
    """Whether it is what people do, which no mirrored traffic shows."""


def _falls(id: str, label: str) -> SignalEntry:
    return SignalEntry(id, label, "Percent below those who have the old version.", behaviour=True)


def _rises(id: str, label: str) -> SignalEntry:
    return SignalEntry(id, label, "Percent above those who have the old version.", behaviour=True)


def _differs(id: str, label: str) -> SignalEntry:
    return SignalEntry(id, label, "Percent more or fewer than with the old scores.")


SIGNALS = by_id(
    SignalEntry("errors", "Errors, of 100 requests"),
    SignalEntry("missing", "Requests without their features, of 100"),
    SignalEntry("latency_mean", "Mean time of a request (ms)"),
    SignalEntry("latency_p95", "95th percentile of the time in the evening (ms)"),
    _falls("conversion", "Orders a session, everybody"),
    _falls("conversion_guests", "Orders a session, guests"),
    _falls("conversion_app", "Orders a session, in the app"),
    _falls("conversion_outlet", "Orders a session, outlet"),
    _falls("conversion_abroad", "Orders a session, abroad"),
    _differs("stock_orders", "Pieces that the stock orders of the night ask for"),
    _differs("ad_bids", "Bids that the ad job of the night sends"),
    _differs("returns_forecast", "Parcels that the returns forecast of the night expects"),
    _rises("support_contacts", "Contacts with support, per order"),
    _rises("size_changes", "Sizes changed after the order"),
    _rises("quick_cancels", "Orders cancelled within a day"),
    _rises("returns_30d", "Returns, counted 30 days after the order"),
)

HOURS = {"six_hours": 6, "day": 24, "week": 168}
WINDOWS = by_id(Entry("six_hours", "Six hours"), Entry("day", "A day"), Entry("week", "A week"))

MODEL, MODEL_AND_FEATURES, NOTHING = "model", "model_and_features", "nothing"
GO_BACK = by_id(
    Entry(MODEL, "The model"),
    Entry(MODEL_AND_FEATURES, "The model and the table of features that it reads"),
    Entry(NOTHING, "Nothing: what is wrong is mended on the spot"),
)

DRAWBACKS = by_id(
    Entry("fails", "Of 100 changes of this kind, so many fail"),
    Entry("hours_unseen", "So many hours until a failed one is seen"),
    Entry("work_hours", "So many hours of work"),
    Entry("run_cost", "So many € a month to run"),
    Entry("not_covered", "For so many of 100 sessions nothing changes"),
    Entry("ages_on", "So many € that v7 loses in 26 weeks"),
    Entry("no_features", "So many 0.01 AUC of the new features that do not come"),
    Entry("no_refresh", "So many 0.01 AUC of a refresh that do not come"),
    Entry("kit_waits", "So many € of the kit page that wait"),
)

COMMENTS = by_id(
    Entry("evening", "Owen: In the evening the new features are slower than v7. What about the limit?"),
    Entry("job", "Gita: My job runs at four. When do I hear of it?"),
    Entry("page", "Lucía: Does the kit page get what it reads?"),
)
ANSWERS = by_id(
    Entry("precomputed", "They are computed before the evening, and the hours are in the plan"),
    Entry("measured", "Measured in the traces: they stay below the limit"),
    Entry("not_touched", "The new features do not go out, so the evening stays as it is"),
    Entry("told_before", "You are told in time before any customer has it, and a gate watches your job"),
    Entry("told_after", "You are told as soon as it is live"),
    Entry("page_gets_it", "It gets it with what we decide"),
    Entry("page_waits", "It does not, and waits: its € are counted as lost"),
    Entry("noted", "Noted, thank you"),
    Entry("outvoted", "The others see it differently"),
)

SLOPE_TEST, AUC_TRIGGER, UNSEEN, ASKED = "slope_test", "auc_trigger", "unseen", "asked"
REOPEN_ON = by_id(
    Entry(SLOPE_TEST, "A test shows that 0.01 AUC brings more, or fewer, percent of orders than …"),
    Entry(AUC_TRIGGER, "The weekly AUC has fallen by … times 0.001"),
    Entry(UNSEEN, "A failed change goes unseen for more hours than …"),
    Entry(ASKED, "So many people have asked for it again: …"),
)
