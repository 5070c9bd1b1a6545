"""What the alert screen is made of: the model's response, the states, real samples, the brand's colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, Entry, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.kinds import ApiField, Build, Colour, Model, Sample, Screen
from curriculum.cases.healthcare_platform.looks import Looks, make_looks
from curriculum.cases.healthcare_platform.wards import SLUG
from curriculum.support.dates import full_day

STATES = by_id(
    Entry("loading", "Loading", "nothing has arrived yet; the last list stays"),
    Entry("quiet", "Quiet", "no alert; says since when"),
    Entry("alert", "Alert", "a patient may be getting worse"),
    Entry("low_confidence", "Low confidence", "the model is not sure"),
    Entry("stale_data", "Old vital signs", "the signs are too old to judge"),
    Entry("unavailable", "Unavailable", "no score; use the paper score"),
)

FIELDS = by_id(
    ApiField("risk", "risk, 0 to 1", type="number"),
    ApiField("confidence", "confidence, 0 to 1", type="number"),
    ApiField("reasons", "reasons, the signs that drove the score", type="text"),
    ApiField("segment", "segment, the stretch of the curve that drove the score", type="text"),
    ApiField("patient", "patient, name and bed", type="text"),
    ApiField("vitals_age_min", "vitals_age_min, age of the newest vital sign in minutes", type="number"),
    ApiField("scored_at", "scored_at, time of the score", type="time"),
    ApiField("model_version", "model_version", type="text"),
)

MODEL_FIELDS = {
    "score": ("risk", "patient", "vitals_age_min", "scored_at", "model_version"),
    "trees": ("risk", "confidence", "reasons", "patient", "vitals_age_min", "scored_at", "model_version"),
    "sequence": ("risk", "confidence", "segment", "patient", "vitals_age_min", "scored_at", "model_version"),
}
"""What each model's response holds."""

KNOWN_IN_AN_OUTAGE = ("patient", "scored_at", "model_version")
"""What a screen still knows when no response came: who lies there, and when which model last gave a score. A risk shown
then is an old one that looks new."""

_MAY_BE_ASKED = {
    "alert": ("vitals_age_min", "scored_at", "risk"),
    "low_confidence": ("confidence", "vitals_age_min", "risk"),
    "stale_data": ("vitals_age_min", "scored_at"),
    "unavailable": ("scored_at", "model_version"),
}
"""By state: fields of which requirements ask for one or two; the reasons stand in each alert besides."""
_ASKED_BY = {"alert": "req_in_time", "low_confidence": "req_unsure", "stale_data": "req_old_signs",
             "unavailable": "req_outage"}  # fmt: skip

REASONS = {"trees": "reasons", "sequence": "segment"}
"""The field with which each model says why."""


@dataclass(frozen=True)
class Limits:
    """Where the screen changes its state."""

    alert_at: float
    """Risk from which it is an alert."""
    sure_from: float
    """Confidence below which the score is shown as uncertain."""
    old_after_min: float
    """Minutes after which vital signs are too old."""
    give_up_ms: float
    """Milliseconds after which the screen says that there is no score."""

    def state_of(self, risk: float, confidence: float, vitals_age_min: float, latency_ms: float) -> str:
        """The state that a response puts the screen into: the first that applies, from the outage down."""
        if latency_ms > self.give_up_ms:
            return "unavailable"
        if vitals_age_min > self.old_after_min:
            return "stale_data"
        if confidence < self.sure_from:
            return "low_confidence"
        return "alert" if risk >= self.alert_at else "quiet"


@dataclass(frozen=True)
class ScreenWorld:
    """Everything about the screen that artifacts name."""

    limits: Limits
    fields: Mapping[str, ApiField]
    samples: Mapping[str, Sample]
    colours: Mapping[str, Colour]
    looks: Looks
    must_show: Mapping[str, tuple[str, ...]]
    """By state: the fields that requirements ask for, without the model's reasons."""
    line: Mapping[str, int]
    """By model: characters that fit into the line with the name and the reasons."""
    builds: Mapping[str, Build]

    def asked_for(self, state: str, model: str) -> tuple[str, ...]:
        """The fields that a state has to show with a model; blank for a state that is not designed here."""
        reasons = (REASONS[model],) if state == "alert" and model in REASONS else ()
        return (*reasons, *self.must_show.get(state, ()))

    def state_of(self, sample: Sample) -> str:
        return self.limits.state_of(sample.risk, sample.confidence, sample.vitals_age_min, sample.latency_ms)


def make_screens(
    seed: int, calendar: Calendar, models: Mapping[str, Model], screens: Mapping[str, Screen]
) -> tuple[ScreenWorld, Mapping[str, Columns]]:
    """The screen of one seed and its tables: api_fields, screen_limits, samples, colours, builds."""
    rng = random(SLUG, seed, "screens")
    limits = Limits(
        alert_at=round(0.30 + 0.05 * int(rng.integers(0, 4)), 2),
        sure_from=round(0.55 + 0.05 * int(rng.integers(0, 4)), 2),
        old_after_min=float(rng.choice([45, 60, 75])),
        give_up_ms=float(rng.choice([1500, 1600, 1800])),
    )
    p99 = {"reasons": int(rng.integers(58, 74)), "segment": int(rng.integers(40, 52)),
           "patient": int(rng.integers(34, 44)), "model_version": 12}  # fmt: skip
    fields = by_id(
        *(
            ApiField(field.id, field.label, type=field.type, p99_characters=p99.get(field.id, 5))
            for field in FIELDS.values()
        )
    )
    samples = _make_samples(rng, limits, p99["reasons"])
    colours = _make_colours(rng)
    must_show = {
        state: _turned(choices, seed)[: int(rng.integers(1, max(2, len(choices))))]
        for state, choices in _MAY_BE_ASKED.items()
    }
    line = {model: p99["patient"] + p99[field] + int(rng.integers(1, 4)) for model, field in REASONS.items()}
    looks, look_tables = make_looks(seed, colours)
    builds = _make_builds(random(SLUG, seed, "builds"), calendar, models, screens)
    tables = {
        **look_tables,
        "must_show": _must_show_columns(must_show),
        "line": frozen_columns(model=np.array(list(line)), characters=np.array(list(line.values()))),
        "api_fields": frozen_columns(
            field=np.array(list(fields)),
            type=np.array([field.type for field in fields.values()]),
            p99_characters=np.array([field.p99_characters for field in fields.values()]),
            **{name: np.array([field in MODEL_FIELDS[name] for field in fields]) for name in MODEL_FIELDS},
        ),
        "screen_limits": frozen_columns(
            state=np.array(["unavailable", "stale_data", "low_confidence", "alert", "quiet"]),
            when=np.array(
                [
                    f"latency_ms > {limits.give_up_ms:g}",
                    f"vitals_age_min > {limits.old_after_min:g}",
                    f"confidence < {limits.sure_from:g}",
                    f"risk >= {limits.alert_at:g}",
                    "otherwise",
                ]
            ),
        ),
        "samples": frozen_columns(
            sample=np.array(list(samples)),
            **{
                name: np.array([getattr(sample, name) for sample in samples.values()])
                for name in ("risk", "confidence", "vitals_age_min", "latency_ms", "characters", "wrong")
            },
        ),
        "colours": frozen_columns(
            colour=np.array(list(colours)),
            name=np.array([colour.label for colour in colours.values()]),
            value=np.array([colour.value for colour in colours.values()]),
        ),
        "builds": frozen_columns(
            build=np.array(list(builds)),
            what=np.array([build.label for build in builds.values()]),
            made_on=np.array([build.made_on for build in builds.values()], dtype="datetime64[D]"),
            model=np.array([build.model for build in builds.values()]),
            screen=np.array([build.screen for build in builds.values()]),
            integrated=np.array([build.integrated for build in builds.values()]),
        ),
    }
    return ScreenWorld(limits, fields, samples, colours, looks, must_show, line, builds), tables


def _turned(choices: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """The same choices, each in its turn the first."""
    first = turn % len(choices)
    return choices[first:] + choices[:first]


def _must_show_columns(must_show: Mapping[str, tuple[str, ...]]) -> Columns:
    rows = [("req_reasons", "alert", "reasons or segment, as the model gives them")]
    rows += [(_ASKED_BY[state], state, field) for state, fields in must_show.items() for field in fields]
    return frozen_columns(
        **{name: np.array([row[place] for row in rows]) for place, name in enumerate(("requirement", "state", "field"))}
    )


def _make_samples(rng: np.random.Generator, limits: Limits, longest: int) -> Mapping[str, Sample]:
    """Eight responses from the shadow run; some are wrong, slow, old, unsure, or longer than one would like."""
    of_longest = str(rng.choice(["alert", "low_confidence", "stale_data"]))

    def above() -> float:
        return round(float(rng.uniform(limits.alert_at + 0.08, limits.alert_at + 0.3)), 2)

    def below() -> float:
        return round(float(rng.uniform(0.03, limits.alert_at - 0.08)), 2)

    def sure() -> float:
        return round(float(rng.uniform(limits.sure_from + 0.05, 0.97)), 2)

    def fresh() -> float:
        return float(rng.integers(3, 25))

    def quick() -> float:
        return float(rng.integers(150, 700))

    def text() -> int:
        return int(rng.integers(18, 34))

    unsure = round(float(rng.uniform(0.2, limits.sure_from - 0.08)), 2)
    rows = [
        ("caught early", above(), sure(), fresh(), quick(), text(), False),
        ("false alarm", above(), sure(), fresh(), quick(), text(), True),
        ("missed", below(), sure(), fresh(), quick(), 0, True),
        ("calm", below(), sure(), fresh(), quick(), 0, False),
        ("unsure", above(), unsure, fresh(), quick(), text(), False),
        ("old signs", above(), sure(), limits.old_after_min + float(rng.integers(5, 90)), quick(), text(), False),
        ("slow", above(), sure(), fresh(), limits.give_up_ms + float(rng.integers(200, 3000)), text(), False),
        (
            "longest text",
            above(),
            unsure - 0.03 if of_longest == "low_confidence" else sure(),
            limits.old_after_min + float(rng.integers(5, 90)) if of_longest == "stale_data" else fresh(),
            quick(),
            longest,
            False,
        ),
    ]
    samples = []
    for number, index in enumerate(rng.permutation(len(rows)), start=1):
        _, risk, confidence, age, latency, characters, wrong = rows[int(index)]
        samples.append(
            Sample(f"s{number}", f"s{number}: risk {risk:g}, confidence {confidence:.2f}", risk=risk,
                   confidence=round(confidence, 2), vitals_age_min=age, latency_ms=latency, characters=characters,
                   wrong=wrong)
        )  # fmt: skip
    return by_id(*samples)


def _make_colours(rng: np.random.Generator) -> Mapping[str, Colour]:
    """The brand's colours; white on amber is the pair that looks right and cannot be read."""

    def near(base: int, spread: int = 6) -> str:
        parts = [(base >> shift) & 255 for shift in (16, 8, 0)]
        return "#" + "".join(f"{max(0, min(255, part + int(rng.integers(-spread, spread + 1)))):02x}" for part in parts)

    return by_id(
        Colour("ink", "ink, for text", value=near(0x17202A)),
        Colour("paper", "paper, the background", value="#ffffff"),
        Colour("alarm", "alarm, for alerts", value=near(0xA81F1F)),
        Colour("amber", "amber, for warnings", value=near(0xF0A818)),
        Colour("calm", "calm, for quiet states", value=near(0xDDEBF0, 4)),
        Colour("mist", "mist, for small print", value=near(0x9AA6AE)),
        Colour("sea", "sea, for what is out of order", value=near(0x1D6FA5, 5)),
    )


def _make_builds(
    rng: np.random.Generator, calendar: Calendar, models: Mapping[str, Model], screens: Mapping[str, Screen]
) -> Mapping[str, Build]:
    """For each model with each screen the build of this week and one of last autumn, a drawing and a notebook, in an
    order that tells nothing."""
    rows: list[tuple[str, dt.date, bool, str, str]] = []
    for model in ("trees", "sequence"):
        for screen in ("tiered", "popup"):
            name = models[model].label.rsplit(" ", 1)[0].lower()
            words = f"The {name} behind the {screens[screen].label.rsplit(' ', 1)[0].lower()}, on the test ward"
            rows.append((words, calendar.before(int(rng.integers(1, 7))), True, model, screen))
            rows.append((words, calendar.before(int(rng.integers(100, 130))), True, model, screen))
    rows.append(("Clickable drawing of the next screen", calendar.before(0), False, "", "tiered"))
    rows.append(("Notebook with the sequence model's curves", calendar.before(0), False, "sequence", ""))
    found = []
    for number, index in enumerate(rng.permutation(len(rows)), start=1):
        words, day, integrated, model, screen = rows[int(index)]
        label = f"v{number}: {words}, {full_day(day)}"
        found.append(Build(f"v{number}", label, made_on=day, integrated=integrated, screen=screen, model=model))
    return by_id(*found)
