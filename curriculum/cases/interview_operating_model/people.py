"""Who is in `interview_operating_model`: four people of the house, and the panel with its three wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from curriculum.cases.base import Person, by_id
from curriculum.cases.interviews.panel import PANEL

OF_THE_HOUSE = ("ines", "anders", "yuki", "oskar")
SPEAKS_FOR: Mapping[str, str] = {"product": "ines", "ml": "anders", "design": "yuki", "risk": "oskar"}

ASKING: Mapping[str, Person] = by_id(
    replace(PANEL["jonas"], cares_about="days from an idea to its release"),
    replace(PANEL["mei"], cares_about="days with users before anything is built"),
    replace(PANEL["ruth"], function="product", role="product director, leads the panel",
            cares_about="hours that are not spent in meetings"),
)  # fmt: skip

PEOPLE: Mapping[str, Person] = by_id(
    Person("ines", "Ines Carvalho", function="product", hue=30, role="product manager at Tidewell",
           cares_about="items that do not stand still"),
    Person("anders", "Anders Holm", function="ml", hue=150, role="ML engineer at Tidewell",
           cares_about="nights in which nobody is called"),
    Person("yuki", "Yuki Mori", function="design", hue=320, role="product designer at Tidewell",
           cares_about="screens for the days on which the model is wrong"),
    Person("oskar", "Oskar Brandt", function="risk", hue=220, role="head of risk and quality at Tidewell",
           cares_about="a no that is heard before it is expensive"),
    *ASKING.values(),
)  # fmt: skip
