"""The rubric of `fraud_false_positives`: one module an artifact, the fallback and the message apart."""

from graders.fraud_false_positives import fallback, five_whys, incident, message, plan, sync_exit
from graders.fraud_false_positives.base import rubric

__all__ = ["fallback", "five_whys", "incident", "message", "plan", "rubric", "sync_exit"]
