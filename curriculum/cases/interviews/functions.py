"""The functions that stories name, as they are picked."""

from __future__ import annotations

from curriculum.cases.base import Entry, by_id

FUNCTIONS = by_id(
    Entry("product", "Product"),
    Entry("design", "Design"),
    Entry("data", "Data science"),
    Entry("ml", "ML engineering"),
    Entry("engineering", "Engineering"),
    Entry("support", "Customer support"),
    Entry("risk", "Risk, legal or compliance"),
    Entry("sales", "Sales or marketing"),
    Entry("operations", "Operations"),
)
