"""Pip's next page, a month later: what each comment did to a field, by how the mistake had arisen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from curriculum.artifacts.coaching import MOST, Coaching
from curriculum.cases import Case
from curriculum.cases.influence_and_mentoring.draw import AREAS, BELIEF, BLANK, SLIP
from curriculum.cases.influence_and_mentoring.entries import PIP_FIELDS, ROWS_FOR

KEPT, REWORDED, PATCHED, WRONG_REPAIR, RETURNS, LATER, UNSAID, SPOILT, ASTRAY = (
    "kept", "reworded", "patched", "wrong_repair", "returns", "later", "unsaid", "spoilt", "astray"
)  # fmt: skip
STATES: Mapping[tuple[str, str], str] = MappingProxyType({
    (SLIP, "point"): KEPT, (SLIP, "ask"): KEPT, (SLIP, "explain"): KEPT,
    (BELIEF, "point"): REWORDED, (BELIEF, "ask"): KEPT, (BELIEF, "explain"): RETURNS,
    (BLANK, "point"): PATCHED, (BLANK, "ask"): WRONG_REPAIR, (BLANK, "explain"): KEPT,
})  # fmt: skip
"""By how a mistake arose and by the kind of comment: what stands on the next page."""
SAYS = MappingProxyType({
    KEPT: "“{field}” is right on the next page as well.",
    REWORDED: "“{field}” is worded anew, and says the same.",
    PATCHED: "“{field}” was mended on this page, and is wrong on the next.",
    WRONG_REPAIR: "“{field}” was repaired in a way that does not hold: nobody had shown how it is done.",
    RETURNS: "“{field}” was right on this page, and the old belief is back on the next.",
    LATER: "“{field}” waits, as you had said, and is still wrong.",
    UNSAID: "“{field}” was not spoken of, and is still wrong.",
    SPOILT: "“{field}” had been right; after the comment it is not.",
    ASTRAY: "“{field}” was counted from the row that you had named, which says something else.",
})  # fmt: skip


@dataclass(frozen=True)
class Later:
    """The page a month later."""

    names: tuple[str, ...]
    before: tuple[bool, ...]
    """By field: whether it was right."""
    after: tuple[bool, ...]
    sentences: tuple[str, ...]

    @property
    def wrong(self) -> int:
        """Fields that are wrong on the next page."""
        return sum(not right for right in self.after)


def next_page(case: Case, coaching: Coaching) -> Later:
    """What Pip's next page is like after these comments; of more than three, only the first three are heard."""
    flawed = set(case.truth.shape.flawed)
    comments = {each.place: each for each in reversed(coaching.comments[:MOST])}
    fields = [field for pair in AREAS.values() for field in pair]
    before, after, said = [], [], []
    for field in fields:
        comment, root = comments.get(field), case.truth.root_of(field)
        state = ""
        if field not in flawed:
            state = SPOILT if comment else ""
        elif comment is None:
            state = LATER if field == coaching.parked else UNSAID
        elif comment.next in ("i_rewrite", "somebody_else"):
            state = PATCHED
        elif comment.evidence not in ROWS_FOR[field]:
            state = ASTRAY
        else:
            state = STATES.get((root, comment.kind), PATCHED)
        before.append(field not in flawed)
        after.append(state in ("", KEPT))
        if state:
            said.append(SAYS[state].format(field=PIP_FIELDS[field].label))
    if coaching.praise_place in flawed:
        said.append(f"“{PIP_FIELDS[coaching.praise_place].label}” had been praised, and now stands in every draft.")
        after[fields.index(coaching.praise_place)] = False
    return Later(tuple(PIP_FIELDS[field].label for field in fields), tuple(before), tuple(after), tuple(said))
