"""What can be said of the four who ask: their own claims, what is said of them and nobody's, views and plans.

The ids are dealt anew in each world, so that a list of ids that was right elsewhere says something else here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.cases.base import by_id
from curriculum.cases.claims import Claim
from curriculum.cases.listen_and_ask.cast import ASKING, POSITIONS, topic_of
from curriculum.cases.listen_and_ask.draw import Draw
from curriculum.cases.listen_and_ask.facts import EVENTS, LOUD, QUIET, WHYS, Told
from curriculum.cases.listen_and_ask.february import first_name

NOBODYS = (
    Claim("gossip_bertil", "Passenger care wants the data to check on the forecast's team", kind="gossip"),
    Claim("gossip_leilani", "The forecast does not need any screens", kind="gossip"),
    Claim("gossip_fadi", "Leaving the old warehouse is bookkeeping", kind="gossip"),
    Claim("gossip_greta", "Counting events on screens is decoration", kind="gossip"),
    Claim("plan_quarters", "Each of the four could have Tilde for a quarter of the time", kind="plan"),
    Claim("plan_filed", "Whoever has asked first could be served first", kind="plan"),
    Claim("plan_contractor", "A contractor could take this one", kind="plan"),
    Claim("view_exaggerates", "That date is exaggerated", kind="view"),
    Claim("view_reasonable", "That is the most reasonable of the four asks", kind="view"),
)


@dataclass(frozen=True)
class Claims:
    """The claims of a world, and which id is which."""

    entries: Mapping[str, Claim]
    own: Mapping[tuple[str, str], str]
    """By person and kind: the id of the claim that is theirs."""
    foreign: Mapping[str, str]
    """By what nobody's claim is called here: its id; `unsaid_bertil` is a reason that Bertil has not given."""


def make_claims(shape: Draw, told: Told, rng: np.random.Generator) -> Claims:
    """The list from which a learner picks, in an order that says nothing."""
    own: dict[tuple[str, str], Claim] = {}
    foreign = {claim.id: claim for claim in NOBODYS}
    for person in ASKING:
        topic = topic_of(person)
        name, which, firm = first_name(person), told.why[topic], shape.firmness[topic]
        own[person, "want"] = Claim("", f"{name} wants {POSITIONS[topic]}", owner=person, kind="want")
        own[person, "why"] = Claim("", WHYS[topic][which][1], owner=person, kind="why", fact=f"{topic}_why")
        own[person, "limit"] = Claim(
            "", f"There is a date: {EVENTS[topic]}", owner=person, kind="limit", fact=f"{topic}_date",
            number=float(shape.due_said[topic]), firmness="must" if shape.work.once[topic] else "wish",
            sounds="must" if firm in LOUD else "wish", firm_by=f"{topic}_firm",
        )  # fmt: skip
        own[person, "quiet"] = Claim("", QUIET[topic][3], owner=person, kind="quiet", fact=f"{topic}_quiet")
        foreign[f"unsaid_{person}"] = Claim("", WHYS[topic][1 - which][1], kind="gossip")
    everything: list[tuple[object, Claim]] = [*own.items(), *foreign.items()]
    order = rng.permutation(len(everything))
    ids = {everything[int(place)][0]: f"claim_{number:02d}" for number, place in enumerate(order, start=1)}
    named = [replace(everything[int(place)][1], id=ids[everything[int(place)][0]]) for place in order]
    return Claims(
        entries=by_id(*named),
        own={key: ids[key] for key in own},
        foreign={key: ids[key] for key in foreign},
    )
