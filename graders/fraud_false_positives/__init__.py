"""The rubric of `fraud_false_positives`: one module an artifact, the dashboard, the fallback and the message apart."""

import graders.fraud_false_positives.dashboard
import graders.fraud_false_positives.fallback
import graders.fraud_false_positives.five_whys
import graders.fraud_false_positives.incident
import graders.fraud_false_positives.message
import graders.fraud_false_positives.plan
import graders.fraud_false_positives.sync_exit
import graders.fraud_false_positives.what_was_heard  # noqa: F401
from graders.fraud_false_positives.base import rubric

__all__ = ["rubric"]
