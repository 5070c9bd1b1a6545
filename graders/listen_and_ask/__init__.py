"""The rubric of `listen_and_ask`: is it as it was, is it what they said, and can one person decide it?"""

from __future__ import annotations

# The modules add their criteria to the rubric when they are imported.
from graders.listen_and_ask import minutes, page, page_numbers, plans, syntheses  # noqa: F401
from graders.listen_and_ask.register import rubric

__all__ = ["rubric"]
