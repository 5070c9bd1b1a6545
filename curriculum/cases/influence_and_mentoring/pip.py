"""Pip's page: eight fields, four of them wrong, each for a reason of its own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Columns, frozen_columns
from curriculum.cases.influence_and_mentoring.draw import AREAS, BELIEF, SLIP, Draw
from curriculum.cases.influence_and_mentoring.entries import ACTIONS, PIP_FIELDS

AREA_NAMES = {1: "whom", 2: "how counted", 3: "money", 4: "test"}

_SAYS: Mapping[str, tuple[str, str]] = {
    # field: wrong, sound
    "group": (
        "The third of {segment} with the highest risk, all of them.",
        "Those of {segment} of whom more paid with the action than with nothing, as far as the campaign can tell.",
    ),
    "channel": (
        "Mail, bill page and start screen on the same day, so that nobody is missed.",
        "One channel at first: the one whose team has the days for it.",
    ),
    "outcome": (
        "Kept is whoever is active on day 30.",
        "Kept is whoever still pays on day 120. Paused is not paying.",
    ),
    "control": (
        "{stay} of 100 who got it are still there, so it kept {stay} of 100.",
        "Counted beside the arm that got nothing, in the same people, with its interval.",
    ),
    "value": (
        "Each one kept is worth {price} € a month.",
        "Each one kept is worth what finance says is left of a month, for the months that finance expects.",
    ),
    "cost": (
        "The action costs {cost} € for each one whom it keeps; the others cost nothing.",
        "The cost of everybody who takes it, also of those who would have paid anyway.",
    ),
    "size": (
        "All {size} of {segment} are in it, since more people say more.",
        "Two arms by lot, as large as the difference asks for, and no larger.",
    ),
    "read_out": (
        "We read it after two weeks, while everybody still remembers.",
        "We read it on day 120, and look at opt-outs every day before.",
    ),
}
_ROOT: Mapping[str, Mapping[str, str]] = {
    "group": {
        SLIP: "I had filtered for whom it helped. Then I sorted by risk for a look, and copied the wrong rows.",
        BELIEF: "Whoever is closest to leaving needs us most. That is what keeping people means, isn't it?",
        "": "I only know the risk of people. I never learned how one sees whom something helps.",
    },
    "channel": {
        SLIP: "One of the three was to stay. I forgot to delete the two others from an older page.",
        BELIEF: "Three chances to be seen are better than one. People forget.",
        "": "Nobody ever showed me what a channel costs the team that owns it. I thought one switches it on.",
    },
    "outcome": {
        SLIP: "I meant day 120. The column beside it slipped into the formula.",
        BELIEF: "Active is what matters. Whoever is active after a month stays, that is known.",
        "": "I did not know that somebody who has paused counts as active. What is the difference?",
    },
    "control": {
        SLIP: "The control stood in my draft. I cut a line too much when I made it fit on a page.",
        BELIEF: "They got it and they stayed. What else should have kept them?",
        "": "What is the arm with nothing for? In my studies everybody got something.",
    },
    "value": {
        SLIP: "I wanted what is left of it. I took the first number of that row and did not look again.",
        BELIEF: "The price is what we get. What is left is something for bookkeepers.",
        "": "I have never seen how one gets from a price to what is left of it.",
    },
    "cost": {
        SLIP: "The sheet has both lines. I linked the wrong one.",
        BELIEF: "Those who would have stayed anyway do not count, since nothing happens with them.",
        "": "I thought that a cost belongs to a success. I do not know how else one would count it.",
    },
    "size": {
        SLIP: "Two arms were there. The number in the first line is from the page before.",
        BELIEF: "The more people, the surer. One cannot have too many in a test.",
        "": "I do not know how one works out how many are enough.",
    },
    "read_out": {
        SLIP: "I wrote two weeks for the first look at opt-outs, and pasted it into the wrong line.",
        BELIEF: "If it works, one sees it at once. Later so much else gets mixed in.",
        "": "How does one know how long to wait? I took what the last test took.",
    },
}


def root_text(field: str, root: str) -> str:
    """How a mistake arose, in Pip's words."""
    return _ROOT[field][root if root in (SLIP, BELIEF) else ""]


def pip_page(shape: Draw, segment: str, stay: float) -> Columns:
    """Pip's page as a table: what each field says, and how much of its sum rests on it."""
    words = {
        "segment": segment, "stay": f"{100 * stay:.0f}", "price": f"{shape.price:.2f}",
        "cost": f"{shape.costs[shape.action]:.2f}", "size": f"{shape.size:,}",
    }  # fmt: skip
    rows = [
        (PIP_FIELDS[field].label, AREA_NAMES[area], _SAYS[field][0 if field in shape.flawed else 1].format(**words),
         shape.rests[field])
        for area, fields in AREAS.items() for field in fields
    ]  # fmt: skip
    field, area, says, rests = (np.array(column) for column in zip(*rows, strict=True))
    return frozen_columns(field=field, area=area, says=says, rests_eur=rests)


def action_words(shape: Draw) -> str:
    """The best action in words, in small letters."""
    label = ACTIONS[shape.action].label
    return label[0].lower() + label[1:]
