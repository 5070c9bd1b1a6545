"""Alarms over daily series: a rule that compares with something, the days on which it rings, and what it found."""

from curriculum.practice.alarms.judged import Judged, Trouble, judged
from curriculum.practice.alarms.rule import BOTH, FALLS, RISES, Rule, rings
from curriculum.practice.alarms.series import Series, beside, beside_past, usual_ratio

__all__ = [
    "BOTH", "FALLS", "RISES", "Judged", "Rule", "Series", "Trouble", "beside", "beside_past", "judged", "rings",
    "usual_ratio",
]  # fmt: skip
