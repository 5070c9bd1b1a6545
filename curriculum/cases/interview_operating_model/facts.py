"""What the four people of the house know: what they mean by a code, whose no counts, and what no table shows."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.cases.base import Fact, by_id
from curriculum.cases.interview_operating_model.board import MEETINGS, Standing
from curriculum.cases.interview_operating_model.draw import SAY_NO, Draw
from curriculum.cases.interview_operating_model.people import SPEAKS_FOR
from curriculum.cases.interview_operating_model.ways import CODES
from curriculum.cases.interviews.functions import FUNCTIONS

ENTERS: Mapping[str, str] = {
    "waiting": "anders", "scope": "ines", "again": "yuki", "numbers": "ines", "stopped": "oskar", "repair": "anders",
}  # fmt: skip
"""By code, who enters it and knows what is behind it."""

_MEANING: Mapping[tuple[str, str], str] = {
    ("waiting", "cannot_be_built"): "somebody has begun, and then it turns out that the data for it do not exist",
    ("waiting", "no_owner"): "two of us have each thought that the other one was on it",
    ("scope", "reopened"): "something that was decided has been brought up and decided once more",
    ("scope", "cannot_be_built"): "what was ordered cannot be built, and we order something smaller",
    ("again", "happy_path"): "the model says something odd or nothing at all, and there is no screen for that",
    ("again", "two_meanings"): "we had understood “due for service” in one way and the engineers in another",
    ("numbers", "two_meanings"): "two reports count a “failure” in two ways, and each is right in its own",
    (
        "numbers",
        "read_afterwards",
    ): "the numbers are all there, and only now people ask which of them was meant to count",
    ("stopped", "late_rule"): "I read the item for the first time, and find a rule that it breaks",
    ("stopped", "reopened"): "somebody has taken back the decision that it may go out",
    ("repair", "no_way_back"): "everybody sees that it is bad, and nobody knows who takes it back and at which number",
    ("repair", "silent_break"): "it had been broken for days when a customer rang and told us",
}

_FIXED: Mapping[str, str] = {
    "jonas": "the days that Jonas names. They stand in a customer's contract from spring on",
    "mei": "the days of research that Mei names. Our insurer counts them from spring on",
    "ruth": "the hours that Ruth names. They stand in the agreement with the staff council",
}


def facts_of(shape: Draw, standing: Standing) -> Mapping[str, Fact]:
    """The facts of one world."""
    facts = [
        Fact(
            f"means_{code}",
            f"When I enter “{CODES[code][0]}”, {_MEANING[code, shape.means[code]]}.",
            held_by=who,
            supports=frozenset({shape.means[code]}),
        )
        for code, who in ENTERS.items()
    ]
    for function in SAY_NO:
        counts = function in shape.no_counts
        name = FUNCTIONS[function].label if function != "risk" else "Risk"
        words = (
            f"When {name} says no, the item stays where it is. It is a rule of the house."
            if counts
            else f"{name} can say no. It is written down, and the item goes on all the same."
        )
        facts.append(Fact(f"no_{function}", words, held_by=SPEAKS_FOR[function]))
    odd = f"{standing.item(standing.odd)} stood for {standing.days[standing.odd]} days"
    away = FUNCTIONS[shape.away].label
    believed = (shape.blown_up, shape.order[2], shape.order[4 if shape.blown_up != shape.order[4] else 5])
    facts += [
        Fact(
            "odd_item",
            f"{odd} because its sensor lay in a port on strike. No way of working would have helped; leave it out.",
            held_by="ines",
        ),
        Fact(
            "quiet_catch",
            f"Do not touch {MEETINGS[shape.catches].label}. Nothing is decided there, and every month somebody notices "
            f"in it that an item must not be begun. That stands in no minutes.",
            held_by="anders",
        ),
        Fact(
            "away",
            f"{away} has no free hours, whatever the table says. All of them are promised to the new depot.",
            held_by="yuki",
        ),
        Fact(
            "fixed",
            f"Of what the three on the panel ask for, one thing cannot move: {_FIXED[shape.fixed]}. "
            f"The other two are wishes, however they sound.",
            held_by="oskar",
        ),
        *(
            Fact(f"belief_{who}", f"What costs us most is “{CODES[code][0]}”. Everybody here feels it.", held_by=who)
            for who, code in zip(("ines", "anders", "yuki"), believed, strict=True)
        ),
    ]
    return by_id(*facts)
