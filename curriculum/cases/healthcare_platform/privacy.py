"""Why patients' data may be used: two purposes, each with its own basis, as the data protection officer sees it.

That training and care are separate purposes is marked uncertain in clauses.toml; the officer's findings are those of
this case and no general statement of law. What carries the improvement of the model differs from company to company:
whom patients were asked by, what they were told, and what an ethics board has approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curriculum.cases.base import Columns, Entry, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.wards import SLUG

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

_ALWAYS = {
    ("care", "care_task"): "",
    ("care", "weighed_interest"): "the hospital acts on its task, not on an interest of its own",
    ("care", "consent"): "whoever withdraws it would lose the alerts that keep them safe, so it is not free",
    ("care", "care_provision"): "",
    ("care", "research"): "alerts on the ward are care and no study",
    ("care", "explicit_consent"): "an unconscious patient cannot give it, and needs the alerts most",
    ("improvement", "care_task"): "the next version does nothing for this patient's care",
    ("improvement", "care_provision"): "training is not the provision of care",
}
_NOT_WEIGHED = "nobody has weighed it: our notice says that data serve care alone"
_NOT_ASKED = "patients were never asked; the form is of next year"
_NO_BOARD = "no ethics board has seen the protocol"
_NOT_EXPLICIT = "what patients signed does not name health data"


@dataclass(frozen=True)
class Memo:
    """The officer's findings in one world: by purpose and ground why it is not accepted, blank where it is."""

    findings: Mapping[tuple[str, str], str]

    def objection(self, purpose: str, ground: str) -> str | None:
        """Why a basis or condition does not hold for a purpose; blank where it does, None where unknown."""
        return self.findings.get((purpose, ground))

    def accepted(self, purpose: str, grounds: Mapping[str, Entry]) -> str:
        """The ground that is accepted for a purpose."""
        return next(ground for ground in grounds if self.findings.get((purpose, ground)) == "")


def make_memo(seed: int) -> tuple[Memo, Mapping[str, Columns]]:
    """For the improvement one basis and one condition hold; which, differs. And the table `privacy_memo`."""
    rng = random(SLUG, seed, "privacy")
    by_interest, by_research = bool(rng.random() < 0.5), bool(rng.random() < 0.5)
    findings = {
        **_ALWAYS,
        ("improvement", "weighed_interest"): "" if by_interest else _NOT_WEIGHED,
        ("improvement", "consent"): _NOT_ASKED if by_interest else "",
        ("improvement", "research"): "" if by_research else _NO_BOARD,
        ("improvement", "explicit_consent"): _NOT_EXPLICIT if by_research else "",
    }
    labels = {**BASES, **CONDITIONS}
    return Memo(findings), {
        "privacy_memo": frozen_columns(
            purpose=np.array([purpose for purpose, _ in findings]),
            ground=np.array([ground for _, ground in findings]),
            in_words=np.array([labels[ground].label for _, ground in findings]),
            accepted=np.array([not words for words in findings.values()]),
            because=np.array(list(findings.values())),
        )
    }
