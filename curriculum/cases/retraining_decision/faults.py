"""How large the faults are that a rollout of `retraining_decision` should stop, as parts of what is usual.

Design choices: each is large enough to be seen within the days until the freeze, on the traffic of every world.
"""

from __future__ import annotations

GROUP_FALLS = (0.17, 0.25)
"""From and to: how much less one group of customers orders."""
DAY_FALLS = (0.28, 0.40)
"""How much less everybody orders on one day of the week."""
RETURNS_RISE = (0.32, 0.44)
"""How much more comes back."""
