"""The three people who ask, in every interview lesson."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Person, by_id

PANEL: Mapping[str, Person] = by_id(
    Person("ruth", "Ruth Amsel", function="sponsor", hue=250, role="hiring manager, leads the panel",
           cares_about="a story that she can retell in her own words tomorrow"),
    Person("jonas", "Jonas Lindqvist", function="ml", hue=110, role="ML engineer on the panel",
           cares_about="figures that still hold when he asks where they come from"),
    Person("mei", "Mei Tan", function="design", hue=350, role="design lead on the panel",
           cares_about="whether the other side of a conflict would recognise itself"),
)  # fmt: skip
