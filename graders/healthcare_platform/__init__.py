"""The rubric of `healthcare_platform`: one module an artifact, and what they share in `base`."""

from graders.healthcare_platform import (  # each import registers its criteria
    decision_log,
    design_handoff,
    dual_track,
    integration_review,
    release_manifest,
    release_policy,
)
from graders.healthcare_platform.base import rubric

__all__ = [
    "decision_log",
    "design_handoff",
    "dual_track",
    "integration_review",
    "release_manifest",
    "release_policy",
    "rubric",
]
