"""The world of `product_ml_charter`: three dates promised outside, curves in the lab, one year of people.

Plans hold what was booked, curves answer for the receipts they were drawn on, and one customer can wait.
"""

from curriculum.cases.product_ml_charter.world import simulate

__all__ = ["simulate"]
