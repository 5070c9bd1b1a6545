"""The desk of `pod_launch`: what it reckons agrees with tables and truth, and reasons are sealed before the round."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from curriculum.artifacts.backlog import Backlog
from curriculum.artifacts.pod_charter import PodCharter
from curriculum.artifacts.premortem import Premortem
from curriculum.cases import load_case
from curriculum.cases.pod_launch.draw import STAGES
from curriculum.notebook.desks import flow, flow_pictures, pod_pictures
from curriculum.notebook.desks.pictures import Picture
from curriculum.notebook.desks.spoken import Spoken

SLUG = "pod_launch"
REASON = {"cause": "moves_on", "functions": ["risk", "data_science"], "words": "They took the other way by May."}


@dataclass
class Open:
    """As much of a lesson as the desk reads and writes."""

    seed: int
    documents: dict[str, Any] = field(default_factory=dict)
    taken: tuple[str, ...] = ()

    @property
    def tables(self) -> Any:
        return load_case(SLUG, self.seed).tables

    def written(self, kind: str) -> Any:
        models = {"backlog": Backlog, "pod_charter": PodCharter, "premortem": Premortem}
        return models[kind].model_validate(self.documents.get(kind, {}))

    def put(self, kind: str, place: str, value: Any) -> None:
        self.documents.setdefault(kind, {})[place] = value

    def _read(self) -> Any:
        return SimpleNamespace(conversation=SimpleNamespace(taken=self.taken))


def planned(seed: int) -> Open:
    """A lesson in whose forms the plan of the truth stands."""
    truth = load_case(SLUG, seed).truth
    levers = truth.ordered[:2]
    backlog = {f"limit_{stage}": limit for stage, limit in zip(STAGES, truth.limits, strict=True)}
    backlog |= {"policies": truth.policies, "laid": [{"card": one, "lane": "now"} for one in truth.order(levers)]}
    charter = {"movable_pct": truth.shape.movable}
    charter["levers"] = [{"lever": name, "share_pct": truth.share[name]} for name in levers]
    return Open(seed, {"backlog": backlog, "pod_charter": charter})


@pytest.mark.parametrize("seed", [1, 6])
def test_what_is_reckoned_agrees_with_the_world(seed: int) -> None:
    lesson, truth = planned(seed), load_case(SLUG, seed).truth
    row = flow.loss(lesson, truth.first, truth.mature).loc["net, less what came back"]
    assert row["largest case apart" if truth.big_case else "largest case counted in"] == pytest.approx(
        truth.baseline_bps, abs=1e-3
    )
    shares = {name: truth.share[name] for name in truth.shape.strong}
    together = flow.levers(lesson, movable=truth.shape.movable, **shares)["together so far (%)"].iloc[-1]
    assert together == pytest.approx(100 * truth.best_pair, abs=0.06)
    said = flow.recalled(lesson, waits=truth.shape.recall_wait)
    assert float(said.split()[0]) == pytest.approx(truth.share["recall"], abs=1.5)
    by_week = flow.reach(lesson)["in three of four (%)"]
    assert by_week.is_monotonic_increasing
    cards = flow.reach(lesson)["of 5 cards, done"]
    assert cards.is_monotonic_increasing and cards.loc[13] >= 4 and cards.loc[26] == 5
    held = [policy for policy in truth.policies if policy == "label_day"]
    assert held or by_week.loc[26] <= 100 * truth.best_pair + 0.1


@pytest.mark.parametrize("seed", [1, 6])
def test_the_narrow_stage_is_the_busiest_and_the_right_policies_finish_more(seed: int) -> None:
    lesson, truth = planned(seed), load_case(SLUG, seed).truth
    table = flow.stages(lesson)
    label = flow_pictures.NAMES[STAGES.index(truth.shape.narrow)]
    assert table["person-days with work (%)"].drop("Release").idxmax() == label
    with_them = flow.replay(lesson)["cards finished"].loc["all of them"]
    without = flow.replay(lesson, dict.fromkeys(STAGES, 30), [])["cards finished"].loc["all of them"]
    assert with_them > 1.2 * without
    promise = flow.replay(lesson)["days for 85 of 100"].loc["all of them"]
    assert f"within {promise:.0f} days" in flow_pictures.flow_picture(lesson).finding


def test_what_cannot_be_run_is_said_in_a_sentence() -> None:
    lesson, blank = planned(1), Open(1)
    for said in (
        flow.loss(lesson, 9, 3), flow.levers(lesson, shout=9), flow.levers(lesson, check=120), flow.levers(lesson),
        flow.replay(blank), flow.replay(lesson, [1, 2], []), flow.replay(lesson, None, ["hurry"]), flow.reach(blank),
        flow.replay(lesson, None, ["label_day", "build_pairs", "review_daily"]), flow_pictures.flow_picture(blank),
    ):  # fmt: skip
        assert isinstance(said, Spoken)


def test_reasons_are_sealed_until_the_round_and_not_after_it() -> None:
    lesson = Open(1, {"premortem": {"alone": [REASON]}}, ("when_stop", "pens_first"))
    assert "So far 1 of your reasons is whole" in flow.seal(lesson) and "sealed" not in lesson.documents["premortem"]
    lesson.documents["premortem"]["alone"] = [REASON] * 3
    assert "3 reasons, after 2 things" in flow.seal(lesson)
    sealed = lesson.written("premortem").sealed
    assert sealed.said == 2 and [one.cause for one in sealed.reasons] == ["moves_on"] * 3
    lesson.documents["premortem"]["alone"] = [REASON | {"cause": "same_day"}] * 3
    for opener in sorted(flow.ROUND):
        lesson.taken = ("when_stop", "pens_first", opener)
        assert "has begun, and 3 reasons" in flow.seal(lesson)
        assert lesson.written("premortem").sealed == sealed


def test_pictures_say_what_the_tables_hold() -> None:
    lesson, tables = planned(1), load_case(SLUG, 1).tables
    shown = [pod_pictures.loss(tables), pod_pictures.stopped(tables), pod_pictures.second(tables),
             pod_pictures.moved(tables), pod_pictures.watch(tables), flow_pictures.past(lesson),
             flow_pictures.flow_picture(lesson)]  # fmt: skip
    assert all(isinstance(one, Picture) and one.words for one in shown)
    assert f"{tables['weekly']['good_stopped_per_1000'].mean():.2f} were stopped" in shown[1].finding
    case = (tables["losses"]["amount_eur"] - tables["losses"]["recovered_eur"]).max()
    assert f"{case / 1000:,.0f} thousand euros" in shown[0].words
    assert shown[4].words.count("on average") == len(tables["watch"].columns) - 1
    assert "<svg" in shown[5].svg
