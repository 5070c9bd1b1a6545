"""The rubric of `healthcare_platform`: a module or two for each artifact, and what they share in `base`."""

from graders.healthcare_platform import (  # each import registers its criteria
    decision_choice,
    decision_log,
    design_handoff,
    dual_track,
    integration_review,
    release_claims,
    release_manifest,
    release_policy,
    what_was_heard,
)
from graders.healthcare_platform.base import rubric

__all__ = [
    "decision_choice",
    "decision_log",
    "design_handoff",
    "dual_track",
    "integration_review",
    "release_claims",
    "release_manifest",
    "release_policy",
    "rubric",
    "what_was_heard",
]
