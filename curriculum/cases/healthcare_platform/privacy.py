"""Why patients' data may be used: two purposes, each with its own basis, as the data protection officer sees it.

That training and care are separate purposes is marked uncertain in clauses.toml; the officer's findings are those of
this case and no general statement of law.
"""

from __future__ import annotations

import numpy as np

from curriculum.cases.base import Columns, Entry, by_id, frozen_columns

PURPOSES = by_id(
    Entry("care", "Care: alerts for the patients on the ward"),
    Entry("improvement", "Improvement: training the next version of the model"),
)

BASES = by_id(
    Entry("care_task", "Art. 6: the hospital's task of care"),
    Entry("weighed_interest", "Art. 6: legitimate interest, weighed against the patients'"),
    Entry("consent", "Art. 6: consent"),
)

CONDITIONS = by_id(
    Entry("care_provision", "Art. 9(2): provision of care"),
    Entry("research", "Art. 9(2): research with safeguards"),
    Entry("explicit_consent", "Art. 9(2): explicit consent"),
)

_FINDINGS = {
    ("care", "care_task"): "",
    ("care", "weighed_interest"): "the hospital acts on its task, not on an interest of its own",
    ("care", "consent"): "whoever withdraws it would lose the alerts that keep them safe, so it is not free",
    ("care", "care_provision"): "",
    ("care", "research"): "alerts on the ward are care and no study",
    ("care", "explicit_consent"): "an unconscious patient cannot give it, and needs the alerts most",
    ("improvement", "care_task"): "the next version does nothing for this patient's care",
    ("improvement", "weighed_interest"): "",
    ("improvement", "consent"): "",
    ("improvement", "care_provision"): "training is not the provision of care",
    ("improvement", "research"): "",
    ("improvement", "explicit_consent"): "",
}


def objection(purpose: str, ground: str) -> str | None:
    """Why the officer does not accept a basis or condition for a purpose; blank where he does, None where unknown."""
    return _FINDINGS.get((purpose, ground))


def privacy_columns() -> Columns:
    """The officer's memo as a table."""
    labels = {**BASES, **CONDITIONS}
    return frozen_columns(
        purpose=np.array([purpose for purpose, _ in _FINDINGS]),
        ground=np.array([ground for _, ground in _FINDINGS]),
        in_words=np.array([labels[ground].label for _, ground in _FINDINGS]),
        accepted=np.array([not words for words in _FINDINGS.values()]),
        because=np.array(list(_FINDINGS.values())),
    )
