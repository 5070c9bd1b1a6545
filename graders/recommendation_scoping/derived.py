"""What nobody types in this lesson: the dots that people have spent stand on the board already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case


def votes_cast(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    """The rows of the table `votes`."""
    votes = case.columns["votes"]
    rows = zip(votes["voter"].tolist(), votes["card"].tolist(), votes["dots"].tolist(), strict=True)
    return {"cast": [{"voter": voter, "card": card, "dots": dots} for voter, card, dots in rows]}
