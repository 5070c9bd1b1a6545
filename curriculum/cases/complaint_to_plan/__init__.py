"""The world of `complaint_to_plan`: a parcel service that announces a day, and parcels that stay behind.

Which hour pays depends on why they stay behind, which label is true on whose scanners fail, and what a column says
depends on when it is read; no person knows all three.
"""

from curriculum.cases.complaint_to_plan.world import simulate

__all__ = ["simulate"]
