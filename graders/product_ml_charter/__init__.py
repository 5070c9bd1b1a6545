"""The rubric of `product_ml_charter`: the year run on the roadmap, charter and handoff held against it."""

import graders.product_ml_charter.charter
import graders.product_ml_charter.handoff
import graders.product_ml_charter.numbers
import graders.product_ml_charter.promised
import graders.product_ml_charter.risk
import graders.product_ml_charter.the_bet
import graders.product_ml_charter.year  # noqa: F401
from graders.product_ml_charter.base import rubric

__all__ = ["rubric"]
