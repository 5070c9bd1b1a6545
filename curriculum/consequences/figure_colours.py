"""The colours of the figures of what happened next: the learner's own, what it is compared with, and remarks."""

from __future__ import annotations

PURPLE, ORANGE, GREY = "#4a3fd1", "#b3500a", "#6b6880"
