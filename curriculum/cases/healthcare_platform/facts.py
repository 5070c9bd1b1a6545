"""What the people of the case know, each fact with what it speaks for and against."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Fact, by_id
from curriculum.cases.healthcare_platform.authorisations import HELD, INVESTIGATION, RELEASED, TODAY, Authorisations
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.leeway import Leeway, leeway_facts
from curriculum.cases.healthcare_platform.measures import MAX_INTERRUPTIONS, Measures
from curriculum.cases.healthcare_platform.shape import Shape
from curriculum.cases.healthcare_platform.wards import MAX_INAPPROPRIATE
from curriculum.support.dates import day_month, full_day


def make_facts(
    measures: Measures, calendar: Calendar, shape: Shape, authorisations: Authorisations, leeway: Leeway
) -> Mapping[str, Fact]:
    """All facts. Claims are the proposals of agreement.py; numbers are those of the tables, rounded as people talk."""
    general = round(measures.sensitivity("sequence", "general"))
    monitored = round(measures.sensitivity("sequence", "step_down"))
    pooled = round(measures.sensitivity("sequence", "all_adult") - measures.sensitivity("trees", "all_adult"))
    reasons = round(measures.true_reasons("sequence", "general"))
    tiered_harm = round(measures.inappropriate("tiered", "all_adult"))
    tiered_overrides = round(measures.override_rate("tiered", "all_adult"))
    popup_general = round(measures.inappropriate("popup", "general"))
    popup_monitored = round(measures.inappropriate("popup", "step_down"))
    last = calendar.last_release_day
    today = measures.interruptions(*TODAY)
    beds = measures.clinic.wards["step_down"].beds
    ways = {"trees_all_adult": ("trees", "all_adult"), "sequence_step_down": ("sequence", "step_down")}
    enough = frozenset(id for id, way in ways.items() if measures.caught(*way) >= measures.target_caught)
    general_screen = "popup" if popup_general <= MAX_INAPPROPRIATE else "tiered"
    monitored_screen = "popup" if popup_monitored <= MAX_INAPPROPRIATE else "tiered"
    reasons_enough = measures.true_reasons("sequence", "step_down") >= 60
    return by_id(
        Fact("budget", f"The budget is {measures.budget:g} thousand euros, models and wards together, and it is fixed.",
             value=measures.budget, unit="thousand euros"),
        Fact("device_class", "Our notified body has certified the platform as a medical device of class IIb."),
        Fact("release_due", f"The pilot release has to be out by {full_day(last)}."),
        Fact("monitors_needed", f"Where no monitor hangs at the bed, the sequence model catches {general} % of the "
             f"deteriorations; where one does, it catches {monitored} %.", value=float(general), unit="percent",
             held_by="sanna", supports=frozenset({"trees_all_adult", "sequence_step_down"})),
        Fact("reasons_afterwards", "The sequence model's reasons are worked out afterwards; on general wards "
                                   "they were "
             f"the true ones in {reasons} % of the audited alerts.", value=float(reasons), unit="percent",
             held_by="sanna", supports=frozenset({"trees_all_adult"})),
        Fact("pooled_gain", f"Over the whole validation set the sequence model catches {pooled} points more than the "
             f"trees.", value=float(pooled), unit="points", held_by="sanna",
             contradicts=frozenset({"trees_all_adult"})),
        Fact("interruptions_bearable", f"A ward can answer {MAX_INTERRUPTIONS:g} interruptions a shift, and on the "
             f"medical wards there are {today:.1f} today; after that people stop looking.",
             value=MAX_INTERRUPTIONS, unit="a shift", held_by="ngozi",
             supports=frozenset(way.screen for way in shape.right)),
        Fact("overrides_often_right", f"People override {tiered_overrides} % of the alerts in the tiered list, "
                                      "and only "
             f"{tiered_harm} % of all alerts are overridden wrongly: a high override rate is no sign of bad nursing.",
             value=float(tiered_harm), unit="percent", held_by="ngozi", supports=frozenset({"tiered"})),
        Fact("physician_at_hand", f"On the step-down unit, {beds} beds, a physician looks at the curves with every "
             "alert, so reasons that are true in 60 % of the cases are enough there.", value=60.0, unit="percent",
             held_by="ngozi",
             supports=frozenset({"sequence_step_down"} if reasons_enough else ())
             | ({"popup"} if monitored_screen == "popup" else frozenset()),
             contradicts=frozenset() if reasons_enough else frozenset({"sequence_step_down"})),
        Fact("popup_fatigue", f"On the general wards {popup_general} % of the pop-ups were clicked away although they "
             f"were right.", value=float(popup_general), unit="percent", held_by="mateo",
             supports=frozenset({general_screen})),
        Fact("popups_get_through", f"On the step-down unit {popup_monitored} % of the pop-ups were clicked away "
             f"although they were right.", value=float(popup_monitored), unit="percent", held_by="mateo",
             supports=frozenset({monitored_screen})),
        Fact("plan_covers_retraining", "The authorised change plan covers retraining on the same signals. A new "
             "architecture, a new signal, another screen or a wider use is outside. The trees of this release are "
             f"{_standing(authorisations, 'trees', 'all_adult')}.",
             held_by="anouk", supports=frozenset({"trees_all_adult"})),
        Fact("sequence_submission", "The sequence model has a submission of its own, which is part of its price: it "
             f"is {_standing(authorisations, 'sequence', 'step_down')}.",
             held_by="anouk", supports=frozenset({"sequence_step_down"})),
        Fact("target_caught", f"Below {measures.target_caught:g} deteriorations caught a month the hospitals' boards "
             f"will not renew.", value=measures.target_caught, unit="a month", held_by="walter",
             supports=enough, contradicts=frozenset(ways) - enough),
        Fact("wards_can_wait", f"The contract fixes the day of the pilot, {day_month(last)}. It does not say on how "
             "many wards.",
             held_by="walter", supports=frozenset({"sequence_step_down"})),
        *leeway_facts(leeway, calendar),
    )  # fmt: skip


_SAID = {RELEASED: "authorised", INVESTIGATION: "approved as an investigation", HELD: "not authorised yet"}


def _standing(authorisations: Authorisations, model: str, use: str) -> str:
    """What authorities have said to a model, region by region, in words."""
    eu, us = (_SAID[authorisations.way(region, model, use)] for region in ("eu", "us"))
    return f"{eu} in the EU and {us} in the United States"
