"""What the documents of `complaint_to_plan` may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from curriculum.cases.base import Entry, by_id
from curriculum.cases.complaint_to_plan.draw import EIGHT, FOUR, MISSORT, NOON, OVERLOAD, ROAD, TOUR

NOTHING_CAME, NOTHING = "nothing_came", "nothing"
TOPICS = by_id(
    Entry(NOTHING_CAME, "Announced for today, and nothing came"),
    Entry("late_evening", "It came, and late in the evening"),
    Entry("app_hour", "The hour in the app kept changing"),
    Entry("neighbour", "Left with a neighbour or in the hallway"),
    Entry("damaged", "The parcel was damaged"),
    Entry("doorbell", "Nobody rang, and a card was in the box"),
    Entry("driver", "The driver was rude"),
)

CAUSE_ENTRIES = by_id(
    Entry(OVERLOAD, "More parcels than the drivers can bring on that day"),
    Entry(TOUR, "A tour that is longer than the day"),
    Entry(MISSORT, "The parcel lies in the wrong cage and is not loaded"),
    Entry(ROAD, "The road is slow"),
)

UNITS = by_id(
    Entry("parcel_day", "One announced parcel on one day"),
    Entry("customer", "One customer, over all parcels"),
    Entry("route_day", "One tour on one day"),
    Entry("depot_day", "One depot on one day"),
    Entry("ticket", "One complaint"),
)

WAY_ENTRIES = by_id(
    Entry("model", "A model that is trained on the export", "9,000 € for two months."),
    Entry("rule", "A rule: whoever’s parcel was scanned as left behind is warned", "1,500 € for two months."),
    Entry("wide", "A wide promise for everybody: “today or tomorrow”", "1,500 € for two months."),
)

MOMENT_ENTRIES = by_id(
    Entry(FOUR, "At four in the morning"), Entry(EIGHT, "At eight in the morning"), Entry(NOON, "At noon"),
)  # fmt: skip

LABEL_ENTRIES = by_id(
    Entry("scan", "No scan “delivered” by 22:00"),
    Entry("gps", "The GPS says that the van was not at the door", "A blank GPS counts as delivered."),
    Entry("complaint", "A complaint within 14 days"),
)

HORIZONS = by_id(
    Entry("same_evening", "By 22:00 of the same day"),
    Entry("next_morning", "By noon of the next day"),
    Entry("fourteen_days", "Within 14 days"),
)

ACTIONS = by_id(
    Entry("warn", "Those at risk are told: “It will probably not come today”"),
    Entry("wide_promise", "Everybody is told: “It comes today or tomorrow”"),
    Entry("new_hour", "Those at risk are given a new hour"),
    Entry("voucher", "Those at risk get a voucher"),
    Entry("rank_drivers", "Drivers with many parcels at risk are called"),
)

COLUMNS = by_id(
    Entry("load", "Load of the depot: volume by what the drivers can bring"),
    Entry("forecast", "Forecast of the weather"),
    Entry("run_by", "Whether a partner delivers"),
    Entry("stops", "Stops of the tour, by what fits into a day"),
    Entry("route", "Number of the route"),
    Entry("load_scan", "Scan at loading"),
    Entry("behind_noon", "Whether the tour is behind at noon"),
    Entry("status", "Status of the parcel"),
)

SPLITS = by_id(
    Entry("random_quarter", "A random quarter of all rows is held back"),
    Entry("last_four_weeks", "Weeks 9 to 12 are held back"),
    Entry("other_depots", "Two own depots are held back"),
)

MEASURES = by_id(
    Entry("net_eur", "€ spared less € of wrong messages"),
    Entry("auc", "AUC"),
    Entry("accuracy", "Share of all parcels that are foretold right"),
    Entry("fewer_tickets", "Fewer complaints"),
)

BASELINES = by_id(
    Entry(NOTHING, "Nobody is told anything, as today"),
    Entry("rule", "The rule at eight, for everybody: left behind at loading"),
    Entry("oskars_model", "Oskar’s model, as he showed it"),
)

TREATMENT_ENTRIES = by_id(
    Entry("together", "As everybody else"),
    Entry("wide", "“Today or tomorrow” for all of them"),
    Entry("left_out", "Left out for now"),
)


@dataclass(frozen=True)
class Question(Entry):
    """A question that a spike may answer."""

    can_be_no: bool = True
    """Whether a number decides it."""


QUESTIONS = by_id(
    Question("columns_there", "Is each column that is read there for 95 of 100 parcels, in both segments?"),
    Question("label_true", "Does the label agree with the telephone for 95 of 100 parcels, in both segments?"),
    Question("run_in_time", "Is 95 of 100 runs over within 80 % of the time that it has?"),
    Question("beats_baseline", "Does it bring more than the baseline, on the rows that are held back?"),
    Question("data_good", "Is the data good enough?", can_be_no=False),
    Question("can_help", "Can a model help here?", can_be_no=False),
    Question("happier", "Will customers be happier?", can_be_no=False),
)  # fmt: skip

SEGMENT_ENTRIES = by_id(
    Entry("own", "Own depots"), Entry("partners", "Partners’ depots"), Entry("all", "All together"),
)  # fmt: skip

FEEDS = by_id(
    Entry("volumes", "Announced volume and free drivers"),
    Entry("weather", "Weather"),
    Entry("tours", "Tours, with their stops and numbers"),
    Entry("loading", "Scans at loading"),
    Entry("vans", "Where the vans are"),
    Entry("tracking", "Status of parcels"),
    Entry("partners_feed", "The partners’ parcels"),
)
FEED_OF: Mapping[str, str] = MappingProxyType(
    {
        "load": "volumes", "forecast": "weather", "stops": "tours", "route": "tours", "load_scan": "loading",
        "behind_noon": "vans", "status": "tracking",
    }
)  # fmt: skip
"""By column: the feed that it comes with. Who delivers is known from the booking."""
PARTNERS_FEED = "partners_feed"

FALLBACKS = by_id(
    Entry("wide", "Everybody gets “today or tomorrow”"),
    Entry("day_only", "The app takes the hour away and says: “We will tell you by noon”"),
    Entry("silent", "The app goes on saying “today”"),
    Entry("yesterday", "Yesterday’s list is used"),
    Entry("warn_all", "Everybody is warned"),
)
SAYS_LESS = ("wide", "day_only")
"""Fallbacks that promise less than the app does today, and read nothing that may be missing. In each world one of them
is possible where there is no run."""

WRONG, UNWARNED, BLANK, AUC = "wrong_warnings", "unwarned_misses", "blank_inputs", "auc"
WATCHES = by_id(
    Entry(WRONG, "Of 100 who were told something, those whose parcel came all the same"),
    Entry(UNWARNED, "Of 100 whose parcel did not come, those whom nobody told"),
    Entry(BLANK, "Of 100 parcels, those for which a column is blank when it is read"),
    Entry("ticket_count", "Complaints a week"),
    Entry(AUC, "AUC of last week"),
)


@dataclass(frozen=True)
class Reason(Entry):
    """What people are told when they ask why. True where a column has one of these values."""

    column: str = ""
    codes: tuple[int, ...] = ()


NOT_KNOWN = "not_known_yet"
REASONS = by_id(
    Reason("too_much", "There is more than the drivers can bring today", column="load", codes=(3, 4)),
    Reason("long_tour", "The tour is longer than the day", column="stops", codes=(2, 3)),
    Reason("not_loaded", "The parcel was not loaded", column="load_scan", codes=(1,)),
    Reason("slow_road", "The van is behind since this morning", column="behind_noon", codes=(1,)),
    Reason("weather", "The weather is bad today", column="forecast", codes=(1, 2)),
    Reason(NOT_KNOWN, "We do not know it for single parcels here, so all are told the same"),
    Reason("computer", "Our system has worked it out"),
)

TESTS = by_id(
    Entry("more_runs", "Thirty runs at this hour are measured"),
    Entry("left_out_by_lot", "One parcel in ten is left out by lot, and both groups are compared"),
    Entry("opened", "It is counted who has opened the message before leaving home"),
    Entry("monthly_reasons", "Depots note why a parcel stays behind, and the shares are read each month"),
    Entry("ask_owner", "The person who knows is asked"),
)


@dataclass(frozen=True)
class Assumption(Entry):
    """Something on which the plan rests."""

    known_by: tuple[str, ...] = ()
    """Facts that tell it; blank where nobody here can know it yet."""
    told_by: tuple[str, ...] = ()
    """Tests that would tell."""


ASSUMPTIONS = by_id(
    Assumption("costs_hold", "A miss and a wrong warning cost what people say",
               known_by=("cost_of_miss", "wrong_warning"), told_by=("ask_owner",)),
    Assumption("label_at_partners", "We know what the label misses at the partners",
               known_by=("what_drivers_press",), told_by=("ask_owner",)),
    Assumption("scans_at_partners", "We know how many of the partners’ vans can scan",
               known_by=("van_scanners",), told_by=("ask_owner",)),
    Assumption("columns_live", "We know what a row says at our hour",
               known_by=("status_overwritten", "top_feature"), told_by=("ask_owner",)),
    Assumption("names_change", "We know when route numbers are dealt anew",
               known_by=("routes_renumbered",), told_by=("ask_owner",)),
    Assumption("feed_comes", "We know how often the partners’ feed is late",
               known_by=("partner_feed_unowned",), told_by=("ask_owner",)),
    Assumption("wide_helps", "“Today or tomorrow” spares a part of what a miss costs",
               known_by=("wide_promise_test",), told_by=("ask_owner",)),
    Assumption("run_in_time", "A run at our hour is over in time",
               known_by=("run_budget",), told_by=("more_runs",)),
    Assumption("works_at_partners", "A warning spares as much where a partner delivers",
               told_by=("left_out_by_lot",)),
    Assumption("is_read", "People read the message before they change their day", told_by=("opened",)),
    Assumption("cause_stays", "Parcels stay behind for the same reasons in winter",
               told_by=("monthly_reasons",)),
)  # fmt: skip
"""Whether a run is in time, nobody knows at the hour at which too few were measured."""
RUN_IN_TIME, FEED_COMES, ASK = "run_in_time", "feed_comes", "ask_owner"
