"""Do the numbers of the roadmap follow from what was booked, and from the field? (A06, O.2, O.3)"""

from __future__ import annotations

from curriculum.artifacts.roadmap import Assumption, Roadmap
from curriculum.cases import Case
from curriculum.cases.product_ml_charter.draw import FUNCTION_NAMES, NAMES, PADS
from curriculum.cases.product_ml_charter.entries import OUT, month_of
from curriculum.consequences.product_ml_charter_board import ratio_quantities
from curriculum.roleplay.engine import State
from graders.common import named, near, placed, stated, uncited, unheard
from graders.product_ml_charter.base import rubric
from graders.rubric import Objections, met, objection

RATIO, STALL, MIX, MARGIN = 0.08, 5.0, 1.0, 1.0
_PAST, _FIELD = ("code_41",), ("pads_mix",)
TOLD = {"ratio_ml": _PAST, "ratio_app": _PAST, "ratio_design": _PAST, "stall": ("pads_mix", "stall_claimed"),
        "mix": _FIELD, "match_margin": ("match_fee",)}  # fmt: skip


def _of(roadmap: Roadmap, quantity: str) -> tuple[str, Assumption] | None:
    """The first line for a quantity, with its place."""
    return next((each for each in placed("assumptions", roadmap.assumptions) if each[1].quantity == quantity), None)


@rubric.criterion(
    points=9, voice="tomasz", skill="measure_success",
    hints=(
        "What was booked for the deliveries of a function, on every code, over what was planned for them?",
        "Add the bookings of all codes by delivery; Tomasz knows what lies on code 41.",
        "Late is {{ truth.says.late }}: {{ truth.assumed.ratios[truth.shape.late] | round(2) }} times the plan.",
    ),
    rests_on=("board_complete",),
    expected="all bookings of a function over all of its planned work, within 8 of 100",
)  # fmt: skip
def ratios_recompute(roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """What work really takes follows from all that was booked for earlier deliveries."""
    what = "It rests on what lies on the codes"
    yield from unheard(case, conversation, "code_41", "assumptions", what)
    for quantity, name in ratio_quantities().items():
        line = _of(roadmap, quantity)
        if line and not near(line[1].value, case.truth.assumed.ratios[name], relative=RATIO):
            row = {"kind of work": FUNCTION_NAMES[name], "stated": stated(line[1].value), "look at": "bookings"}
            said = f"{FUNCTION_NAMES[name]} at {stated(line[1].value)} times the plan is not what was booked."
            yield objection(f"{line[0]}.value", said, "", row)
    return met("Real over planned work follows from all bookings.")


@rubric.criterion(
    points=9, voice="ilse", skill="measure_success",
    hints=(
        "In how many of the futures does the curve stop above the limit, with the pads that customers send?",
        "Weigh the two columns of `curve_draws` by the field's mix, and count those above the limit that Ilse names.",
        "With {{ truth.shape.mix }} of 100 from the two printers it is {{ (100 * truth.assumed.stall) | round | int }} "
        "of 100.",
    ),
    rests_on=("board_complete",),
    expected="the share of futures above the limit with the mix of the field, within 5 of 100",
)  # fmt: skip
def stall_recomputes(roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """How often the bet stalls is counted with the pads that customers send; it is why the bet is there or not."""
    yield from unheard(case, conversation, "pads_mix", "assumptions", "It rests on which pads customers send")
    yield from unheard(case, conversation, "stall_claimed", "assumptions", "It rests on when pads can be sold")
    line = _of(roadmap, "stall")
    if line and not near(line[1].value, 100 * case.truth.assumed.stall, absolute=STALL):
        row = {"stated": stated(line[1].value), "look at": "curve_draws"}
        yield objection(f"{line[0]}.value", f"{stated(line[1].value)} of 100 is not what the futures say.", "", row)
    return met("The futures say so, with the pads of the field.")


@rubric.criterion(
    points=4, voice="dita", skill="listen_and_synthesise",
    hints=(
        "Whose pads lie on the labellers' desks?",
        "Dita knows how many of those that customers send come from the two printers.",
        "It is {{ truth.shape.mix }} of 100.",
    ),
    rests_on=("board_complete",),
    expected="what was told of the field, with the one who told it named by the fact",
)  # fmt: skip
def mix_was_told(roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """The mix is that of the field, as it was told, and each number names what it rests on if somebody told it."""
    yield from uncited(roadmap, conversation, case)
    line = _of(roadmap, "mix")
    if line and not near(line[1].value, case.truth.shape.mix, absolute=MIX):
        said = f"{stated(line[1].value)} of 100 is not what the field sends."
        yield objection(f"{line[0]}.value", said, "", {"ask": "who sorts what customers send"})
    for place, each in placed("assumptions", roadmap.assumptions):
        if each.source and each.source not in TOLD.get(each.quantity, ()):
            label = named(case, "quantities", each.quantity)
            yield objection(f"{place}.source", f"“{label}” does not follow from {each.source}.")
    if line and not line[1].source:
        yield objection(f"{line[0]}.source", "No table has the mix of the field, and nobody is named who told it.")
    return met("The mix is that of the field, and rests on what was told.")


@rubric.criterion(
    points=4, voice="henrik", skill="listen_and_synthesise",
    hints=(
        "What does matching spare us that no customer pays?",
        "The table of cards has what customers pay; Henrik knows what finance no longer pays with it. Both count.",
        "It is {{ truth.match_margin }} thousand € a month.",
    ),
    rests_on=("board_complete",),
    expected="the margin of the table, and on top of it what finance said that matching spares",
)  # fmt: skip
def matching_is_worth_its_fee(roadmap: Roadmap, case: Case, conversation: State) -> Objections:
    """What matching brings a month holds what it spares finance, as it was told, and not only what customers pay."""
    yield from unheard(case, conversation, "match_fee", "assumptions", "It rests on what matching spares finance")
    line = _of(roadmap, "match_margin")
    if line and not near(line[1].value, case.truth.match_margin, absolute=MARGIN):
        row = {"stated (€ thousand a month)": stated(line[1].value), "look at": "cards", "ask": "who keeps the books"}
        said = f"{stated(line[1].value)} thousand € a month is not what matching brings and spares."
        yield objection(f"{line[0]}.value", said, "", row)
    return met("It holds what customers pay, and what is spared.")


@rubric.criterion(
    points=3, voice="tomasz", skill="domain_literacy",
    hints=(
        "Real work of all five cards over eleven months of what people can give: which is largest?",
        "Planned work times the ratio, over the capacity. On planned weeks another one may look fullest.",
        "It is {{ truth.says.tight }}.",
    ),
    rests_on=("ratios_recompute", "roadmap.fullest"),
    expected="the kind of work that is fullest on real weeks",
)  # fmt: skip
def fullest_function_named(roadmap: Roadmap, case: Case) -> Objections:
    """The kind of work that is over-full most, with all five cards and on real weeks, is named."""
    if roadmap.fullest != case.truth.tight:
        said = f"With all five cards, {named(case, 'roles', roadmap.fullest)} is not what is over-full most."
        yield objection("fullest", said, "", {"look at": "work, capacity, and your own ratios"})
    return met(f"{named(case, 'roles', roadmap.fullest)} is over-full most.")


@rubric.criterion(
    points=1, voice="ilse", skill="keep_decisions",
    hints=(
        "Which card stands on a capability that is in no line, and which line belongs to no card?",
        "One line for each card that is worked on, with its own capability; none for a card that is left out.",
    ),
    rests_on=("board_complete",),
    expected="each card that is worked on with its own capability, and no line for another",
)  # fmt: skip
def links_both_ways(roadmap: Roadmap, case: Case) -> Objections:
    """Each card that is worked on stands on its capability, and each capability has its card."""
    on = [card for card, place in roadmap.places.items() if place.lane != OUT]
    linked = [link.card for link in roadmap.links]
    for card in on:
        if card not in linked:
            yield objection("links", f"“{named(case, 'cards', card)}” stands on nothing.")
    for place, link in placed("links", roadmap.links):
        if link.card not in on:
            yield objection(f"{place}.card", f"“{named(case, 'cards', link.card)}” is not worked on.")
        elif link.capability != f"can_{link.card}":
            yield objection(f"{place}.capability", f"“{named(case, 'cards', link.card)}” stands on another capability.")
        elif linked.count(link.card) > 1:
            yield objection(f"{place}.card", f"“{named(case, 'cards', link.card)}” is linked twice.")
    return met("Cards and capabilities belong together, both ways.")


@rubric.criterion(
    points=3, voice="tomasz", skill="plan_releases",
    hints=(
        "How many months do ML engineering and the app need at least, once the capability stands?",
        "Real work over 70 of 100 parts of what a function gives in a month, rounded up; the month in which it stands "
        "counts. Data science needs its months before, by the same rule; of the bet, what is left after its look.",
        "{% for card in ('instant', 'posts', 'lines', 'match', 'pads') %}{{ card }}: {{ truth.science_months(card) }} "
        "and then {{ truth.lead_months(card) }}{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("ratios_recompute", "links_both_ways"),
    expected="a capability that can stand by its month, the bet's after its look, and months enough before the card",
)  # fmt: skip
def capability_before_milestone(roadmap: Roadmap, case: Case) -> Objections:
    """Each capability stands late enough to be possible, and early enough for engineering to follow."""
    truth = case.truth
    for place, link in placed("links", roadmap.links):
        stands, month = month_of(link.stands), month_of(roadmap.step_of(link.card))
        if stands is None or month is None or link.card not in NAMES:
            continue
        label = NAMES[link.card][0]
        row = {"card": label, "stands": stands, "card's month": month}
        if stands < truth.science_months(link.card):
            said = f"“{label}” cannot stand in month {stands}: data science needs longer."
            yield objection(f"{place}.stands", said, "", row)
        elif month < stands + truth.lead_months(link.card) - 1:
            said = f"“{label}” stands in month {stands} and comes in month {month}: too short for engineering."
            yield objection(f"{place}.stands", said, "", row)
        elif link.card == PADS and (look := month_of(roadmap.stop_month)) is not None:
            then = look + truth.months_after_look((roadmap.stop_share or 0.0) / 100)
            if stands < then:
                said = f"“{label}” is looked at in month {look}, with work left, and cannot stand in month {stands}."
                yield objection(f"{place}.stands", said, "", row | {"looked at": look, "first possible": then})
    return met("Capabilities stand when they can, and in time.")
