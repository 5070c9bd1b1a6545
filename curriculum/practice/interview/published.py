"""Answers that are in print already: samples, and the anchors of the self-review."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from curriculum.artifacts import yaml_text
from curriculum.practice.interview.calibration import ANCHORS
from curriculum.words.copies import Reference


@cache
def published() -> tuple[Reference, ...]:
    """The samples that are in print, and the anchor answers of the self-review."""
    folder = Path(__file__).parent
    rows = yaml_text.parse((folder / "published.yaml").read_text(encoding="utf-8")).data
    anchors = [row for file in ANCHORS.values() for row in yaml_text.parse((folder / file).read_text("utf-8")).data]
    known = [Reference(row["id"], row["where"], row["text"]) for row in rows]
    known += [Reference(row["id"], "an answer from a self-review of the course", row["text"]) for row in anchors]
    return tuple(known)
