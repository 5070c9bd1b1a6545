"""A story of a learner's own life, complete and consistent, and not a word of it known to anybody here."""

from __future__ import annotations

from typing import Any

PERSONAL: dict[str, Any] = {
    "question": "cut_a_loved_feature",
    "origin": "personal",
    "situation": (
        "In our choir, the young singers wanted to sing from tablets, and the older ones wanted paper. I "
        "ran the library."
    ),
    "task": "I had to find something before the summer concert that nobody would refuse.",
    "action": (
        "First I sat beside one of each group for an evening and wrote down what made them turn the "
        "wrong page. Then I proposed a trial with the tenors only, who are patient people, and I asked "
        "both groups beforehand what they would count. They agreed on late entries. I printed large "
        "paper for those who wanted it and set up the tablets for the rest, and I stood at the side with "
        "a list and counted in each rehearsal. At the end I brought the list to our conductor, together "
        "with what each choice would cost us in money and in evenings, and he decided."
    ),
    "result": (
        "Late entries went from 31 in a rehearsal to 19, counted over five weeks before and five weeks "
        "after. We kept both, which costs me an evening a month at the copier. I would ask the conductor "
        "first what he counts."
    ),
    "role": "Librarian of the choir",
    "interests": [
        {"function": "design", "wanted": "Light music that turns by itself"},
        {"function": "operations", "wanted": "Paper that never runs out of battery"},
    ],
    "actions": [
        {"what": "Watched one singer of each group", "on": "2025-02-03"},
        {"what": "Proposed a trial with the tenors", "on": "2025-02-17"},
        {"what": "Counted late entries in each rehearsal", "on": "2025-03-03"},
    ],
    "measure": "Late entries in one rehearsal",
    "unit": "things",
    "baseline": {"value": 31, "on": "2025-01-31", "days": 35},
    "result_figure": {"value": 19, "on": "2025-04-11", "days": 35},
    "change": -12,
    "direction": "better",
    "decision": {"what": "Keep paper and tablets", "by": "somebody_else", "on": "2025-03-10"},
    "cost": {"what": "An evening a month at the copier, which I pay"},
    "would_change": "I would ask the conductor before the trial what he counts himself.",
}
