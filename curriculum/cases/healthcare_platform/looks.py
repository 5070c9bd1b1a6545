"""What a state of the alert screen can wear and advise: token pairs whose names say little, and agreed advice.

Names of tokens lead to colours over aliases, and what looks different by name may be the same colour in the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.kinds import Advice, Colour, DesignToken, Look
from curriculum.cases.healthcare_platform.wards import SLUG
from curriculum.support.design_tokens import contrast, resolve

MIN_CONTRAST = 4.5
"""Text against its background, as WCAG 2 asks at level AA."""

DESIGNED = ("alert", "low_confidence", "stale_data", "unavailable")
"""States that are designed in this handoff; loading and quiet stay as they are."""

_PAIRS = (
    ("paper", "alarm"), ("ink", "amber"), ("paper", "sea"), ("paper", "ink"),  # can be read, and are not taken
    ("ink", "calm"), ("ink", "paper"),  # taken by quiet and loading
    ("paper", "amber"), ("mist", "paper"), ("ink", "alarm"),  # cannot be read
    ("paper", "alarm"), ("ink", "calm"),  # the same as others, under another name
)  # fmt: skip
_NAMES = ("banner", "card", "chip", "badge", "strip", "panel", "note", "tile", "tag", "sheet", "ribbon")
_TONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")

ADVICE = by_id(
    Advice("look", "Look at the patient now."),
    Advice("call", "Call the physician on duty."),
    Advice("second", "Ask a colleague for a second look."),
    Advice("measure", "Measure the vital signs again."),
    Advice("sensor", "Check whether the sensor sits well."),
    Advice("paper", "Use the paper score."),
    Advice("round", "Go by every half hour until the score is back."),
    Advice("central", "Watch the central monitor until the score is back."),
    Advice("sepsis", "The patient has sepsis.", unsafe="it is a diagnosis, and the model makes none"),
    Advice("treat", "Start antibiotics within the hour.", unsafe="it orders a treatment, and physicians do that"),
    Advice("calm", "All patients are well.", unsafe="nobody can know that from here"),
    Advice("ignore", "Nothing needs to be done.", unsafe="it tells people not to look"),
)
"""What a screen could say."""
_AGREED = {
    "alert": ("look", "call", "second"),
    "low_confidence": ("second", "measure", "look"),
    "stale_data": ("measure", "sensor", "look"),
    "unavailable": ("paper", "round", "central"),
}
_WHEN = {
    "alert": "An alert is there", "low_confidence": "The model is not sure", "stale_data": "The signs are too old",
    "unavailable": "There is no score",
}  # fmt: skip
_DO = {
    "look": "whoever is nearest goes to the bed first", "call": "the physician on duty is called first",
    "second": "a second person looks before anything is done", "measure": "all vital signs are taken again",
    "sensor": "the sensor is checked before anything is measured",
    "paper": "the ward goes back to the score on paper", "round": "somebody goes by every half hour",
    "central": "one person stays at the central monitor",
}  # fmt: skip


@dataclass(frozen=True)
class Looks:
    """The token file, the looks made of it, and what the wards have agreed to do."""

    tokens: tuple[DesignToken, ...]
    looks: Mapping[str, Look]
    taken: Mapping[str, str]
    """By state that stays as it is: its look."""
    agreed: Mapping[str, str]
    """By state: the advice that says what the wards do in it."""
    alarm: str
    """The colour that is kept for alerts."""

    def colours(self, look: str) -> tuple[str, str]:
        """Text and background of a look, aliases followed."""
        values, pair = resolve(self.tokens).values, self.looks[look]
        return values[pair.text], values[pair.background]

    def readable(self, look: str) -> bool:
        return contrast(*self.colours(look)) >= MIN_CONTRAST

    def right(self, turn: int = 0) -> Mapping[str, str]:
        """One right look for each state that is designed; `turn` gives another."""
        free = [look for look in self.looks if self.readable(look) and look not in self.taken.values()]
        alarm = [look for look in free if self.colours(look)[1] == self.alarm]
        used = {self.colours(look)[1] for look in self.taken.values()} | {self.alarm}
        rest: dict[str, str] = {}
        for look in free:
            background = self.colours(look)[1]
            if background not in used:
                used.add(background)
                rest[background] = look
        others = [*rest.values()]
        others = others[turn % len(others) :] + others[: turn % len(others)]
        return dict(zip(DESIGNED, [alarm[turn % len(alarm)], *others], strict=False))


def make_looks(seed: int, colours: Mapping[str, Colour]) -> tuple[Looks, Mapping[str, Columns]]:
    """The looks of one seed and its tables: tokens, looks, states_ready, ward_rules."""
    rng = random(SLUG, seed, "looks")
    tones = [str(tone) for tone in rng.permutation(_TONES)]
    names = [str(name) for name in rng.permutation(_NAMES)]
    tokens = [_token(f"color.{colour.id}", colour.value) for colour in colours.values()]
    looks: list[Look] = []
    for (text, background), name, tone in zip(_PAIRS, names, tones, strict=True):
        tokens += [*_aliases(rng, f"{name}.text", f"text.{tone}", text)]
        tokens += [*_aliases(rng, f"{name}.background", f"tone.{tone}", background)]
        looks.append(Look(name, name.capitalize(), text=f"{name}.text", background=f"{name}.background"))
    shown = by_id(*sorted(looks, key=lambda look: look.id))
    agreed = {state: str(rng.choice(choices)) for state, choices in _AGREED.items()}
    taken = {"quiet": names[4], "loading": names[5]}
    found = Looks(tuple(sorted(tokens, key=lambda token: token.name)), shown, taken, agreed, colours["alarm"].value)
    return found, {
        "tokens": frozen_columns(
            token=np.array([token.name for token in found.tokens]), value=np.array([t.value for t in found.tokens])
        ),
        "looks": frozen_columns(
            look=np.array(list(shown)),
            text=np.array([look.text for look in shown.values()]),
            background=np.array([look.background for look in shown.values()]),
        ),
        "states_ready": frozen_columns(
            state=np.array(list(taken)),
            look=np.array(list(taken.values())),
            says=np.array(["No alerts since the time below.", "Looking for new alerts. The last list stays below."]),
        ),
        "ward_rules": frozen_columns(
            state=np.array(list(agreed)),
            when=np.array([_WHEN[state] for state in agreed]),
            wards_do=np.array([_DO[advice] for advice in agreed.values()]),
        ),
    }


def _aliases(rng: np.random.Generator, name: str, between: str, colour: str) -> Iterator[DesignToken]:
    """A name that leads to a colour, in some cases over a second name."""
    if rng.random() < 0.5:
        yield _token(name, f"{{{between}}}")
        yield _token(between, f"{{color.{colour}}}")
    else:
        yield _token(name, f"{{color.{colour}}}")


def _token(name: str, value: str) -> DesignToken:
    return DesignToken(name.replace(".", "_"), name, value=value)
