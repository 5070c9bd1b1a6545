"""Who is in `interview_tradeoffs`: four former colleagues, the panel, and what the three sides wanted."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Person, by_id
from curriculum.cases.interview_tradeoffs.draw import Draw, Ground, Side, Variant
from curriculum.cases.interviews.panel import PANEL
from curriculum.cases.interviews.project import Wish

COLLEAGUES = ("radek", "farida", "hedda", "samuel")

PEOPLE: Mapping[str, Person] = by_id(
    Person("radek", "Radek Novotny", function="data", hue=290, role="data scientist at Causeway Travel",
           cares_about="a ranker that knows which journey people would take"),
    Person("farida", "Farida Haidari", function="ml", hue=140, role="ML engineer at Causeway Travel",
           cares_about="an answer within the limit that she signed for"),
    Person("hedda", "Hedda Nygaard", function="support", hue=20, role="head of support at Causeway Travel",
           cares_about="travellers who see the same journeys as the person on the phone with them"),
    Person("samuel", "Samuel Osei", function="product", hue=210, role="head of product at Causeway Travel",
           cares_about="a decision that would be taken again with the same numbers"),
    *PANEL.values(),
)  # fmt: skip

WISHES: Mapping[Side, Wish] = {
    "data": Wish(
        "radek", "data science", "the deep ranker wherever it can run", "it knows which journey people would take",
        "bookings that the deep ranker had brought in the test", "bookings_forgone",
    ),
    "ml": Wish(
        "farida", "ML engineering", "every answer within the limit and no new servers", "its team is called at night",
        "days of engineers, promised to the move to the new data centre", "engineer_days",
    ),
    "support": Wish(
        "hedda", "customer support", "one order of journeys on every device", "callers and agents compare screens",
        "one order of journeys, for which callers now ring", "two_orders",
    ),
}  # fmt: skip

_DECIDED: Mapping[tuple[Variant, Ground], str] = {
    (
        "quick",
        "limit",
    ): "the quick ranker on every device, trained anew, the deep one once it keeps the limit",
    ("quick", "money"): "the quick ranker on every device, trained anew, and no new servers for the deep one",
    ("desktop", "limit"): "the deep ranker on desktops only, and the quick one on phones",
    ("deep", "money"): "the deep ranker on every device, with new servers that keep the limit",
}


def decided(shape: Draw) -> str:
    """What was decided, in the middle of a sentence."""
    return _DECIDED[shape.chosen, shape.ground]
