"""The audit and the ward: an inspector walks the trace, and a month of alerts goes by under the log's decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.cases import Case
from curriculum.cases.base import frozen_columns
from curriculum.cases.healthcare_platform import Truth
from curriculum.cases.healthcare_platform.agreement import agreed
from curriculum.cases.healthcare_platform.measures import MAX_INTERRUPTIONS, TOPICS, USES, Measures
from curriculum.cases.healthcare_platform.wards import MAX_RESPONSE, WARDS
from curriculum.consequences.late import Late, came_out_late
from curriculum.consequences.outcome import Better, Change, Comparison, Goal, Outcome, Result, counts_compared
from curriculum.practice.gate import trace
from curriculum.roleplay.engine import State

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TODAY = ("trees", "medical", "popup")
"""What runs before the decisions: the tree model on the medical wards, with pop-ups."""

MONTH = 31
"""Days after the release until which the run goes."""

ANSWERED, LOST = "#0072B2", "#E69F00"
"""Okabe and Ito's blue and orange."""


@dataclass(frozen=True)
class WardMonth:
    """One type of ward in one month."""

    ward: str
    alerts: float
    """A shift."""
    interruptions: float
    """A shift."""
    overridden: float
    """Percent of alerts."""
    wrongly: float
    """Percent of alerts overridden although they were right."""
    caught: float
    """Deteriorations with an alert."""
    answered: float
    """Deteriorations with an alert to which somebody came in time."""


@dataclass(frozen=True)
class Run:
    """The audit and the month."""

    walks: list[trace.Thread]
    found: list[str]
    """What the inspector found, a sentence each."""
    months: list[WardMonth]
    today: list[WardMonth]
    halts: list[str]
    """Wards on which the clinical safety board ended it."""
    money: list[str]
    """What the sponsor says to the bill and to the number of patients."""
    price: list[str]
    """What the way that was not taken would have done."""

    @property
    def reached(self) -> float:
        return sum(month.answered for month in self.months)

    @property
    def reached_before(self) -> float:
        return sum(month.answered for month in self.today)

    @property
    def busiest(self) -> float:
        """Interruptions a shift on the busiest ward."""
        return max((month.interruptions for month in self.months), default=0.0)


def consequence(case: Case, artifacts: Mapping[str, Artifact], conversation: State | None) -> Outcome | None:
    """The audit and the month; None while the log does not decide on model, wards and alerts."""
    log, manifest = artifacts.get("decision_log"), artifacts.get("release_manifest")
    if not isinstance(log, DecisionLog):
        return None
    truth: Truth = case.truth
    model, use, screen = (log.chosen(topic) for topic in TOPICS)
    if model not in truth.models or use not in USES or screen not in ("popup", "tiered", "inbox"):
        return None
    manifest = manifest if isinstance(manifest, ReleaseManifest) else None
    walks = trace.threads(case, manifest)
    found = _audit(case, log, manifest, conversation, trace.gaps(walks))
    stopped = {ward: truth.measures.ward_shortfalls(model, ward) for ward in USES[use].wards}
    months = [_month(truth.measures, model, screen, ward) for ward, why in stopped.items() if not why]
    today = [_month(truth.measures, TODAY[0], TODAY[2], ward) for ward in USES[TODAY[1]].wards]
    halts = [f"The clinical safety board switches the alerts off: {why[0]}." for why in stopped.values() if why]
    money = _money(truth.measures, model, use, months)
    run = Run(walks, found, months, today, halts, money, _price(truth.measures, model, use, months))
    return _outcome(case, run, _unasked(case, conversation, model, use, screen, months))


def _price(measures: Measures, model: str, use: str, months: list[WardMonth]) -> list[str]:
    """What the way that was not taken would have done."""
    wards = USES[use].wards
    if model == "trees" and "step_down" in wards:
        here = sum(month.answered for month in months if month.ward == "step_down")
        there = _month(measures, "sequence", "popup", "step_down").answered
        return [
            f"What it costs: on the step-down units {here:.0f} are reached; the sequence model would have "
            f"reached {there:.0f}."
        ]
    left_out = [ward for ward in WARDS if ward not in wards]
    if model == "sequence" and left_out:
        there = sum(_month(measures, "trees", "tiered", ward).answered for ward in left_out)
        return [f"What it costs: on the other wards nobody is warned; the trees would have reached {there:.0f} there."]
    return []


def _money(measures: Measures, model: str, use: str, months: list[WardMonth]) -> list[str]:
    """What the sponsor says to the bill and to the number of patients."""
    events = []
    over = measures.cost(model, use) - measures.budget
    if over > 0:
        events.append(f"The money is gone {over:g} thousand euros too early; the sponsor pays for no further sprint.")
    caught = sum(month.caught for month in months)
    if caught < measures.target_caught:
        events.append(
            f"{caught:.0f} patients caught a month are fewer than {measures.target_caught:g}; the boards do not renew."
        )
    return events


def _month(measures: Measures, model: str, screen: str, ward: str) -> WardMonth:
    """A month on one ward. What interrupts beyond what nurses can answer is answered by nobody, and who comes later
    than the board accepts comes too late."""
    handling = measures.clinic.handling[screen, ward]
    alerts = measures.alerts_a_shift(model, ward)
    interruptions = alerts * measures.screens[screen].interrupts
    wrongly = handling.inappropriate / handling.alerts
    bearable = min(1.0, MAX_INTERRUPTIONS / interruptions) if interruptions else 1.0
    caught = measures.ward_caught(model, ward)
    in_time = float(np.mean(handling.minutes <= MAX_RESPONSE))
    return WardMonth(
        ward=ward,
        alerts=alerts,
        interruptions=interruptions,
        overridden=100 * handling.overridden / handling.alerts,
        wrongly=100 * wrongly,
        caught=caught,
        answered=caught * (1 - wrongly) * bearable * in_time,
    )


def _audit(
    case: Case, log: DecisionLog, manifest: ReleaseManifest | None, conversation: State | None, gaps: list[str]
) -> list[str]:
    """What the inspector finds: broken threads, documents of another release, signatures that do not hold."""
    if manifest is None:
        return ["There is no manifest: the inspector cannot begin to walk."]
    truth: Truth = case.truth
    found = [f"Trace: {gap}" for gap in gaps]
    for row in manifest.parts:
        file, signature = truth.folder.files.get(row.file), truth.folder.signatures.get(row.signature)
        right = truth.folder.right_file(row.part, manifest.model, manifest.screen)
        if file is None or right is None or file.id != right.id:
            found.append(
                f"Stale: {file.path if file else 'nothing'} stands as {row.part.replace('_', ' ')} and is of "
                "another release."
            )
        elif row.sha256 != file.sha256:
            found.append(f"Changed: {file.path} no longer has the fingerprint of the manifest.")
        elif signature is None or signature.file != file.id or signature.meaning != "approved":
            found.append(f"Unsigned: nobody approved {file.path}.")
        elif signature.person == file.author:
            found.append(
                f"Signed by the wrong person: {case.registry.label('people', signature.person)} wrote {file.path}."
            )
        elif signature.sha256 != file.sha256:
            found.append(f"Signed before it changed: {file.path}.")
    for record in log.records:
        for person in record.sign_offs if record.chosen else ():
            if conversation is None or not agreed(conversation, person, record.topic, record.chosen):
                who = case.registry.label("people", person) or "somebody"
                found.append(f"Asked by the inspector, {who} does not remember agreeing to record {record.number}.")
    return found


def _last_day(case: Case) -> dt.date:
    truth: Truth = case.truth
    return truth.calendar.last_release_day + dt.timedelta(days=MONTH)


def _unasked(
    case: Case, conversation: State | None, model: str, use: str, screen: str, months: list[WardMonth]
) -> tuple[Late, ...]:
    """What nobody had asked in the review and the log had not dealt with anyway."""
    no_matter = {
        "reasons_afterwards": model != "sequence",
        "physician_at_hand": model != "sequence",
        "sequence_submission": model == "sequence",
        "pooled_gain": model == "sequence",
        "overrides_often_right": screen != "tiered",
        "popup_fatigue": screen != "popup" or use == "step_down",
        "interruptions_bearable": all(month.interruptions <= MAX_INTERRUPTIONS for month in months),
        "target_caught": sum(month.caught for month in months) >= case.truth.measures.target_caught,
        "wards_can_wait": use != "all_adult",
    }
    return came_out_late(case, conversation, _last_day(case), {fact for fact, so in no_matter.items() if so})


def _compared(case: Case, run: Run) -> tuple[str, Comparison]:
    """Patients reached in the month against the month before, which both leave to chance; and how that is said."""
    counted = counts_compared("patients reached in time a month", [run.reached], [run.reached_before])
    if counted.shows is Change.UNCLEAR:
        said = (
            f"{run.reached:.0f} patients a month are reached in time and {run.reached_before:.0f} were before: a "
            f"difference that one month cannot tell from chance"
        )
    else:
        way = "more" if counted.shows is Change.MORE else "fewer"
        said = f"{run.reached:.0f} patients a month are reached in time, {way} than the {run.reached_before:.0f} before"
    return said, replace(counted, says=said, claims=counted.shows)


def _results(case: Case, run: Run) -> Mapping[str, Result]:
    whole, caught = sum(walk.whole for walk in run.walks), sum(month.caught for month in run.months)
    return {
        "reached": Result(float(round(run.reached)), "patients reached in time a month", Better.MORE),
        "reached_before": Result(float(round(run.reached_before)), "patients reached in time a month before"),
        "caught": Result(float(round(caught)), "deteriorations with an alert a month", Better.MORE),
        "findings": Result(float(len(run.found)), "findings of the audit", Better.LESS),
        "threads_whole": Result(float(whole), "threads that the inspector could walk to the end", Better.MORE),
        "threads": Result(float(len(run.walks)), "threads that the inspector walked"),
        "interruptions": Result(
            round(run.busiest, 1), "alerts that interrupt a shift on the busiest ward", Better.LESS
        ),
        "objections": Result(
            float(len(run.halts) + len(run.money)), "objections of the safety board and the sponsor", Better.LESS
        ),
    }


def _outcome(case: Case, run: Run, late: tuple[Late, ...]) -> Outcome:
    truth: Truth = case.truth
    results = _results(case, run)
    found, months = run.found, run.months
    findings = f"{len(found)} findings" if len(found) != 1 else "one finding"
    said, compared = _compared(case, run)
    headline = f"{said}; the audit ends with {findings}"
    whole, caught = results["threads_whole"].value, results["caught"].value
    sentences = [
        f"The inspector walked {len(run.walks)} threads from a clause to a result and back; {whole:.0f} held.",
        *run.halts,
        *run.money,
        *run.price,
        *found[:6],
        *([f"And {len(found) - 6} findings more."] if len(found) > 6 else []),
        f"The alerts catch {caught:.0f} deteriorations a month; to {run.reached:.0f} of them somebody came in time.",
        f"On the busiest ward {run.busiest:.1f} alerts interrupt a shift; {MAX_INTERRUPTIONS:g} can be answered."
        + ("" if run.busiest <= MAX_INTERRUPTIONS else " The rest is clicked away unread."),
        *(
            f"{truth.measures.clinic.wards[m.ward].label}: {m.overridden:.0f} % of the alerts are overridden, "
            f"{m.wrongly:.0f} % wrongly."
            for m in months
        ),
    ]
    return Outcome(
        headline=f"{headline}.",
        sentences=tuple(sentences),
        table=frozen_columns(
            ward=np.array([month.ward for month in months]),
            alerts_a_shift=np.array([round(month.alerts, 2) for month in months]),
            interruptions_a_shift=np.array([round(month.interruptions, 2) for month in months]),
            overridden_percent=np.array([round(month.overridden, 1) for month in months]),
            wrongly_overridden_percent=np.array([round(month.wrongly, 1) for month in months]),
            caught_a_month=np.array([round(month.caught, 1) for month in months]),
            reached_a_month=np.array([round(month.answered, 1) for month in months]),
        ),
        results=results,
        goals=(
            Goal("The audit ends without a finding", not found),
            Goal("More patients are reached in time than before", compared.shows is Change.MORE),
            Goal("No ward has more interruptions than it can answer", run.busiest <= MAX_INTERRUPTIONS),
            Goal("Neither the safety board nor the sponsor ends it", not (run.halts or run.money)),
        ),
        alt=_alt(case, run, headline),
        draw=lambda figure: _draw(figure, case, run),
        compared=(compared,),
        late=late,
        until=_last_day(case),
    )  # fmt: skip


def _alt(case: Case, run: Run, headline: str) -> str:
    labels, walks, months, today = case.truth.measures.clinic.wards, run.walks, run.months, run.today
    now = "; ".join(f"{labels[m.ward].label} {m.answered:.0f} of {m.caught:.0f}" for m in months) or "no alerts"
    before = "; ".join(f"{labels[m.ward].label} {m.answered:.0f} of {m.caught:.0f}" for m in today)
    whole = sum(walk.whole for walk in walks)
    return (
        f"Left, the trace as a graph: {whole} of {len(walks)} threads run from clause to result. Right, bars of "
        "patients "
        f"reached in time among those caught, a month. Today: {before}. With your decisions: {now}. {headline}."
    )


def _draw(figure: Figure, case: Case, run: Run) -> None:
    walks, months, today, findings = run.walks, run.months, run.today, len(run.found)
    left, right = figure.subplots(1, 2, width_ratios=[3, 2])
    left.set_title(
        f"The audit: {sum(w.whole for w in walks)} of {len(walks)} threads hold, {findings} findings",
        fontsize=9,
        loc="left",
    )
    trace.draw(left, walks)
    by_ward = {"today": {m.ward: m for m in today}, "your log": {m.ward: m for m in months}}
    labels = case.truth.measures.clinic.wards
    position, ticks, names = 0.0, [], []
    for ward in reversed(WARDS):
        for who in ("your log", "today"):
            month = by_ward[who].get(ward)
            reached, lost = (month.answered, month.caught - month.answered) if month else (0.0, 0.0)
            right.barh(position, reached, color=ANSWERED, height=0.8)
            right.barh(position, lost, left=reached, color=LOST, height=0.8, hatch="//", edgecolor="white")
            right.text(
                reached + lost + 3, position, f"{reached:.0f}" if month else "no alerts", va="center", fontsize=7
            )
            ticks.append(position)
            names.append(f"{labels[ward].label.removesuffix(' ward').removesuffix(' unit')}, {who}")
            position += 1
        position += 0.6
    right.set_yticks(ticks, names, fontsize=7)
    right.set_xlabel("patients caught a month (hatched: not reached in time)", fontsize=7)
    right.tick_params(axis="x", labelsize=7)
    right.margins(x=0.15)
    right.spines[["top", "right"]].set_visible(False)
    right.set_title(
        f"The ward: {run.reached:.0f} reached a month, {run.reached_before:.0f} before", fontsize=9, loc="left"
    )
