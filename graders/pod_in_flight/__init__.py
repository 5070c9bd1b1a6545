"""The rubric of `pod_in_flight`: the champion measured anew, the pipeline run on unseen nights, waits recomputed."""

import graders.pod_in_flight.clears
import graders.pod_in_flight.gates
import graders.pod_in_flight.out_and_back
import graders.pod_in_flight.record
import graders.pod_in_flight.retro
import graders.pod_in_flight.tries  # noqa: F401
from graders.pod_in_flight.base import rubric

__all__ = ["rubric"]
