"""Who is in `interview_basics`: four former colleagues and a panel of three; and what the three sides wanted."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Person, by_id
from curriculum.cases.interview_basics.draw import Draw, Side
from curriculum.cases.interviews.panel import PANEL
from curriculum.cases.interviews.project import Wish

COLLEAGUES = ("ines", "bram", "yuki", "adaeze")

PEOPLE: Mapping[str, Person] = by_id(
    Person("ines", "Inês Carvalho", function="data", hue=300, role="data scientist at Larkspur Books",
           cares_about="a model that understands what people mean"),
    Person("bram", "Bram de Wit", function="ml", hue=150, role="ML engineer at Larkspur Books",
           cares_about="a search that answers in time, also at night"),
    Person("yuki", "Yuki Tanabe", function="design", hue=30, role="designer at Larkspur Books",
           cares_about="people who do not give up waiting"),
    Person("adaeze", "Adaeze Obi", function="product", hue=200, role="head of product at Larkspur Books",
           cares_about="decisions that stay decided"),
    *PANEL.values(),
)  # fmt: skip


WISHES: Mapping[Side, Wish] = {
    "data": Wish(
        "ines", "data science", "a big model", "it finds more of what readers mean",
        "orders on long searches, which the big model had brought", "long_searches",
    ),
    "design": Wish(
        "yuki", "design", "covers beside every title", "many readers choose by looking",
        "covers, by which some readers choose their books", "covers",
    ),
    "ml": Wish(
        "bram", "ML engineering", "the old limit for every answer", "its team has to keep it at night",
        "days of engineers, which a new index had been promised", "engineer_days",
    ),
}  # fmt: skip

_DECISIONS: Mapping[tuple[Side, Side], str] = {
    ("data", "ml"): "the big model, and a higher limit for answers",
    ("design", "ml"): "covers beside every title, and a higher limit for answers",
    ("data", "design"): "the big model, without covers",
    ("ml", "data"): "the small model, within the old limit",
    ("ml", "design"): "no covers, within the old limit",
    ("design", "data"): "covers beside every title, with the small model",
}


def decided(shape: Draw) -> str:
    """What was decided, in the middle of a sentence."""
    return _DECISIONS[shape.won, shape.lost]
