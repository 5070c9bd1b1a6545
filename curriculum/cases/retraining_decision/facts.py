"""What each person of `retraining_decision` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Fact, Surfaces, by_id, surfacing
from curriculum.cases.retraining_decision.calendar import SALE, TODAY, build_starts
from curriculum.cases.retraining_decision.draw import FEATURES, KEEP, OPTIONS, REFRESH, Draw
from curriculum.cases.retraining_decision.tables import JOB
from curriculum.cases.retraining_decision.truth import Truth

READS = {
    "v7": "The page reads rank and reason, and v7 gives both. In my test it stood on v7. Nadia's slide said v8 because "
    "the next version is called that.",
    "refreshed": "The page reads rank and reason, and a rank that knows the things of the last weeks. On v7 as it is, "
    "half of the kits in my test held something that is sold out. A refresh mends that.",
    "new": "The page reads rank and a field “goes with”, and that field comes with the new features. v7 leaves it "
    "empty, and so does a refresh.",
}
JOB_NAMES = {"stock_orders": "the stock orders", "ad_bids": "the ad bids", "returns_forecast": "the returns forecast"}


def make_facts(shape: Draw, truth: Truth, shown: float) -> Mapping[str, Fact]:
    """The facts of one world by id; `shown` is the gain in 0.01 AUC that everybody quotes."""
    features = truth.inputs[FEATURES]
    gain, refresh = round(features.gain, 2), round(truth.inputs[REFRESH].gain, 2)
    job = JOB_NAMES[shape.reader]
    points = f"{shape.season} {'point' if shape.season == 1 else 'points'}"
    on = frozenset
    every, new, old = on(OPTIONS), on({FEATURES}), on({KEEP, REFRESH})
    facts = by_id(
        Fact("auc_two", f"Data science shows +{shown / 100:.3f} AUC for the new features.",
             value=round(shown / 100, 3), unit="AUC"),
        Fact("sale_date", f"The autumn sale begins on {SALE:%-d %B}.", value=float((SALE - TODAY).days), unit="days"),
        Fact("time_split", f"On later weeks, which the model had not seen, the new features gain {gain / 100:.4f} AUC "
             f"for sessions that have them. The {shown / 100:.3f} is the random split.",
             value=round(gain / 100, 4), unit="AUC", held_by="ilse", supports=new),
        Fact("covered_only", f"{features.covered:.0f} of 100 sessions have the new features. For the others nothing "
             "changes.", value=round(features.covered), unit="of 100 sessions", held_by="ilse", supports=new),
        Fact("refresh_gain", f"A plain refresh, the same features on later weeks, gains {refresh / 100:.4f} AUC for "
             "everybody.", value=round(refresh / 100, 4), unit="AUC", held_by="ilse", supports=old),
        Fact("season_in_it", "The seven launches without a control went out before a season. About "
             f"{points} of what they show is season.", value=float(shape.season), unit="percent",
             held_by="ilse", supports=every),
        Fact("feature_failures", f"Of 100 changes that brought new features, {features.fails:.0f} failed; of 100 "
             f"refreshes, {truth.fails_refresh:.0f}.", value=round(features.fails), unit="of 100 changes",
             held_by="owen", supports=every),
        Fact("hours_unseen", f"When one of them failed, {truth.unseen:.0f} hours went by before anybody saw it. No "
             "alarm rang, because none is there.", value=round(truth.unseen), unit="hours", held_by="owen",
             supports=every),
        Fact("evening_p95", f"In the evening, 95 of 100 answers have to come within {shape.limit} milliseconds. Above "
             "that the page gives up and shows nothing. That is no wish.", value=float(shape.limit),
             unit="milliseconds", held_by="owen", supports=new),
        Fact("precompute", f"To compute the new features before the evening takes {shape.precompute_hours} hours of "
             "work; then they cost no time when somebody waits.", value=float(shape.precompute_hours), unit="hours",
             held_by="owen", supports=new),
        Fact("reads_at_four", f"Something reads raw scores at four in the morning: {JOB[shape.reader]}. It is {job} "
             "of Gita Rao, and nobody ever told me of it.", value=4.0, unit="o'clock", held_by="owen",
             supports=every),
        Fact("kit_value", f"The kit page brings {shape.kit:,} € before the sale ends, if it gets what it reads.",
             value=float(shape.kit), unit="€", held_by="nadia", supports=every),
        Fact("freeze_week", f"Between the first day on which a new score can be served and the freeze lie "
             f"{shape.days_free} days. After that nothing moves until the sale is over.",
             value=float(shape.days_free), unit="days", held_by="nadia", supports=every),
        Fact("kit_reads", READS[shape.kit_needs], held_by="lucia", supports=every),
        Fact("empty_state", f"With an empty row, {shape.empty} of 20 people in my test left the page.",
             value=float(shape.empty), unit="of 20 people", held_by="lucia", supports=every),
        Fact("raw_threshold", f"My job takes the raw score. If scores move by more than {shape.moves} percent, up or "
             "down, it does the wrong thing and says nothing.", value=float(shape.moves), unit="percent",
             held_by="gita", supports=every),
        Fact("ten_days", f"I need {shape.notice} days to set my job to new scores, before the first customer has "
             "them.", value=float(shape.notice), unit="days", held_by="gita", supports=every),
        Fact("job_loss", f"One wrong night of {job} costs {shape.job_loss:,} €.", value=float(shape.job_loss),
             unit="€", held_by="gita", supports=every),
        Fact("his_limit", f"Up to {truth.approver_limit:,.0f} € at risk Nadia decides, and I do not want to see it. "
             "Above that it is mine.", value=truth.approver_limit, unit="€", held_by="viktor", supports=every),
    )  # fmt: skip
    return surfacing(facts, _surfaces(shape, truth))


def _surfaces(shape: Draw, truth: Truth) -> Mapping[str, Surfaces]:
    live = build_starts(shape.builds_in) + dt.timedelta(weeks=4)

    def after(days: int, how: str) -> Surfaces:
        return Surfaces(live + dt.timedelta(days=days), how)

    return {
        "evening_p95": after(2, f"the page gives up above {shape.limit} milliseconds"),
        "raw_threshold": after(4, f"a job of the night goes wrong when scores move by more than {shape.moves} percent"),
        "ten_days": after(1, f"a job of the night needs {shape.notice} days before scores may change"),
        "kit_reads": after(9, "the page reads " + {"v7": "only what v7 gives already", "refreshed": "scores that know "
                           "the last weeks", "new": "a field that only the new features fill"}[shape.kit_needs]),
        "hours_unseen": after(12, f"failed changes had gone unseen for {truth.unseen:.0f} hours before"),
        "his_limit": after(-20, f"Nadia may decide up to {truth.approver_limit:,.0f} € at risk, and not above"),
        "covered_only": after(30, f"{truth.inputs[FEATURES].covered:.0f} of 100 sessions have the new features"),
    }  # fmt: skip
