"""What each person of `pod_in_flight` knows, as they say it, and how it comes out when nobody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from curriculum.cases.base import Fact, Surfaces, by_id, random, surfacing
from curriculum.cases.pod_in_flight import entries, log
from curriculum.cases.pod_in_flight.draw import FEATURE_SETS, SLUG, TODAY, Draw
from curriculum.cases.pod_in_flight.truth import Truth

NEEDED = ("untouched", "calls_now", "load_factor", "serving_features", "protected", "floor")
"""Without one of these, nobody can say who the champion is."""


def make_facts(shape: Draw, truth: Truth) -> Mapping[str, Fact]:
    """The facts of one world by id."""
    rng = random(SLUG, truth.seed, "facts")
    halves, points = int(rng.integers(11, 19)), int(rng.integers(18, 29))
    lost, under = int(rng.integers(35, 95)), int(rng.integers(20, 61)) * 1000
    board = _board_top(truth)
    served = [entries.FEATURE_SETS[name].label.lower() for name in FEATURE_SETS if name != shape.missing]
    one, two = (entries.SLICES[name].label.lower() for name in shape.protected)
    data, engineering = (
        entries.APPROVERS[truth.deputies[side]].label.split(",")[0] for side in ("data", "engineering")
    )
    in_pilot = int(truth.in_pilot.sum())
    opened, untouched = (entries.SPLITS[name].label.lower() for name in (shape.opened_half, shape.untouched))
    mean = round(truth.score(*log.FUNCTIONS), 1)
    facts = by_id(
        Fact("board_top", f"The run at the top of the board catches {board} of 100 frauds more than the model that is "
             "live.", value=float(board), unit="of 100 frauds"),
        Fact("survey_mean", f"The survey says {mean} of 5.", value=mean, unit="of 5"),
        Fact("untouched", f"We looked at {opened} {shape.opened} times, and picked by what we saw. "
             f"{untouched.capitalize()} nobody has opened.", value=float(shape.opened), unit="times",
             held_by="arjun"),
        Fact("random_halves", f"Where payments were split by lot, {halves} rings lie in both halves. That alone is "
             f"worth about {points} points, and none of them is real.", value=float(halves), unit="rings",
             held_by="arjun"),
        Fact("calls_now", f"We make {shape.calls} calls for every thousand payments. Two of us have left. Five is what "
             "it was in autumn.", value=float(shape.calls), unit="calls for each 1,000 payments",
             held_by="esi"),
        Fact("labels_late", f"Until I know what a payment was, {shape.late} days go by. Before that, silence means "
             "nothing.", value=float(shape.late), unit="days",
             held_by="esi"),
        Fact("load_factor", f"Under load it takes {shape.factor:g} times as long as on the bench. That was the "
             "third that I ran, and it is always the same.", value=shape.factor, unit="times",
             held_by="beatriz"),
        Fact("serving_features", f"Serving runs {served[0]}, {served[1]} and {served[2]}. What reads anything else "
             "gets blanks.",
             held_by="beatriz"),
        Fact("rollback_left", f"The last rollback forgot the {entries.PARTS[shape.left].label.lower()}. For "
             f"{lost} minutes the old model ran on the new one's leftovers.", value=float(lost), unit="minutes",
             held_by="beatriz"),
        Fact("protected", f"Two contracts name a floor: one for {one}, one for {two}. The other slices have none.",
             value=2.0, unit="contracts", held_by="rhona"),
        Fact("floor", f"In a slice with a contract we may catch {shape.floor:g} of 100 frauds less than today, and not "
             "one more.", value=shape.floor, unit="of 100 frauds", held_by="rhona"),
        Fact("asked_late", f"I hear of a release {shape.asked_late} hours before it goes out. Then I need a day, and "
             "it looks as if I were the delay.", value=float(shape.asked_late), unit="hours", held_by="conrad"),
        Fact("deputies", f"{data} may stand in on the data side and {engineering} on the engineering side, while less "
             f"than {under:,} euros a week are at stake. Nightly builds are below that.", value=float(under),
             unit="euros a week", held_by="conrad"),
        Fact("pilot_squads", f"{truth.says['pilot']} had the joint reviews, the other two squads did not: {in_pilot} "
             f"of {log.ITEMS} items.", value=float(in_pilot), unit="items",
             held_by="tove"),
        Fact("not_written", f"{shape.not_written} of us four in design said something else to me than they had "
             "written. With four people, everybody knows whose handwriting a number has.",
             value=float(shape.not_written),
             unit="of 4 people",
             held_by="tove"),
    )  # fmt: skip
    return surfacing(facts, _surfaces(shape, truth, facts))


def _board_top(truth: Truth) -> int:
    """Points by which the best number of the board lies above that of the live model."""
    table = truth.tables["runs"]
    values = dict(zip(table["run"].tolist(), table["caught_at_5"].tolist(), strict=True))
    return round(max(value for value in values.values() if value == value) - values["today"])


def _surfaces(shape: Draw, truth: Truth, facts: Mapping[str, Fact]) -> Mapping[str, Surfaces]:
    def after(days: int, how: str) -> Surfaces:
        return Surfaces(TODAY + dt.timedelta(days=days), how)

    opened = entries.SPLITS[shape.opened_half].label.lower()
    return {
        "untouched": after(48, f"{opened} had been looked at {shape.opened} times before anybody chose by them"),
        "calls_now": after(9, f"analysts make {shape.calls} calls for every thousand payments, and not five"),
        "load_factor": after(12, f"under load a score takes {shape.factor:g} times as long as on the bench"),
        "serving_features": after(14, f"serving does not run one feature set: {truth.says['missing']}"),
        "protected": after(37, f"contracts name a floor for {truth.says['protected']}"),
        "rollback_left": after(26, f"a rollback that forgets the {truth.says['left']} leaves half of a release behind"),
        "labels_late": after(20, f"a payment has its label only after {shape.late} days"),
        "asked_late": after(30, f"the signature had been asked for {shape.asked_late} hours before each release"),
        "pilot_squads": after(60, f"only {truth.says['pilot']} had had the joint reviews"),
        "not_written": after(70, f"{shape.not_written} of four designers had not written what they thought"),
    }  # fmt: skip
