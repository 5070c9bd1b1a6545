"""Criteria for the hypotheses (A12): each could be refuted, rests on a number, and asks for no more than it needs."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.hypotheses import Hypotheses, Hypothesis
from curriculum.cases import Case
from curriculum.cases.cart_abandonment.entries import NAME_A_GROUP, VOUCHER_CAUSES, Cause
from curriculum.cases.cart_abandonment.truth import NOT_KNOWN
from curriculum.roleplay.engine import State
from graders.cart_abandonment.register import rubric
from graders.cart_abandonment.world import causes, features, named, not_told, plain, truth_of
from graders.common import incomplete, near
from graders.rubric import Objections, met, objection

LEAST, LEAST_VOUCHERS = 4, 2
"""So many hypotheses, and so many of them on vouchers and on steps, are needed to choose."""
ENOUGH_OF_EACH = "four different ones at least, two of them on vouchers and two on steps of the shop"
SEEN_POINTS, PRICE_POINTS = 0.6, 0.25
"""A share that is counted of 100 may differ by so much; the price test by less, since its effect is small."""


def _known(hypotheses: Hypotheses, case: Case) -> Iterator[tuple[str, Hypothesis, Cause]]:
    """Entries whose cause is one: their place, themselves, and the cause."""
    known = causes(case)
    for number, entry in enumerate(hypotheses.entries, start=1):
        if entry.cause in known:
            yield f"entries[{number}]", entry, known[entry.cause]


@rubric.criterion(
    points=1,
    voice="ines",
    skill="write_specs",
    gate=True,
    hints=(
        "How many explanations have you put side by side?",
        f"{LEAST} at least, each a different one; {LEAST_VOUCHERS} of them on vouchers and {LEAST_VOUCHERS} on steps "
        "of the shop. A rule or a score looks at something: name one thing.",
    ),
    met="There is enough to choose from, and every entry is whole.",
)
def hypotheses_are_complete(hypotheses: Hypotheses, case: Case) -> Objections:
    """There are four hypotheses or more, two on vouchers and two on steps, each whole."""
    parts = ("cause", "refuted_by", "verdict", "evidence", "action", "approach")
    yield from incomplete(hypotheses, case, "entries", *(f"entries[].{part}" for part in parts))
    named_once = {entry.cause for entry in hypotheses.entries if entry.cause}
    if len(named_once) < LEAST:
        yield objection("entries", f"Different hypotheses: {len(named_once)}.", ENOUGH_OF_EACH)
    vouchers = len(named_once & VOUCHER_CAUSES)
    if min(vouchers, len(named_once) - vouchers) < LEAST_VOUCHERS:
        found = f"On vouchers: {vouchers}; on steps: {len(named_once) - vouchers}."
        yield objection("entries", found, ENOUGH_OF_EACH)
    for number, entry in enumerate(hypotheses.entries, start=1):
        if entry.approach in ("rule", "model") and not entry.feature:
            yield objection(f"entries[{number}].feature", "It predicts, and looks at nothing.", "one thing it looks at")


@rubric.criterion(
    points=3,
    voice="ines",
    skill="find_causes",
    hints=(
        "What would you have to see to give it up?",
        "It must be something that can happen, and that cannot be so if the hypothesis holds. That few vouchers are "
        "used says nothing about who was changed.",
        "{% for cause in entries.causes.values() %}{{ cause.label }}: {% for id in cause.refuted_by | sort %}"
        "{{ entries.observations[id].label }}{% endfor %}. {% endfor %}",
    ),
    rests_on=("hypotheses_are_complete",),
    expected="with each hypothesis something that cannot be seen if it holds",
    met="Each of them could have turned out wrong.",
)
def could_be_refuted(hypotheses: Hypotheses, case: Case) -> Objections:
    """Each hypothesis names an observation that would refute it."""
    for place, entry, cause in _known(hypotheses, case):
        if entry.refuted_by not in cause.refuted_by:
            seen = named(case, "observations", entry.refuted_by)
            yield objection(f"{place}.refuted_by", f"“{cause.label}” may hold, and one sees {seen} all the same.")


@rubric.criterion(
    points=4,
    voice="ines",
    skill="measure_success",
    hints=(
        "Which number does each cause ask for? It stands beside it in the list.",
        "People only, within seven days, offered less not offered; and the uplift score on the part that it has not "
        "seen.",
        "{% for id, cause in entries.causes.items() %}{{ cause.label }}: {{ truth.seen[id] | number(1) }}. "
        "{% endfor %}",
    ),
    rests_on=("hypotheses_are_complete",),
    expected="the number that stands beside the cause, counted from the tables",
    met="The numbers can be counted again.",
)
def seen_recomputes(hypotheses: Hypotheses, case: Case, conversation: State) -> Objections:
    """What was seen can be counted again from the tables."""
    truth = truth_of(case)
    for place, entry, cause in _known(hypotheses, case):
        if truth.verdicts[cause.id] == NOT_KNOWN and entry.seen is None:
            continue
        if cause.id == "score_reacts":
            what = "The part that the score has not seen"
            yield from not_told(f"{place}.seen", what, case, conversation, "learned_part")
        points = PRICE_POINTS if cause.id == "price_surprises" else SEEN_POINTS
        if not near(entry.seen, truth.seen[cause.id], absolute=points):
            row = {"hypothesis": cause.label, "stated": plain(entry.seen), "what is meant": cause.note}
            yield objection(f"{place}.seen", f"“{cause.label}”: you saw {plain(entry.seen)} of 100.", "", row)


@rubric.criterion(
    points=3,
    voice="dele",
    skill="find_causes",
    hints=(
        "Where does one see it, and who knows what no table shows?",
        "A table or a fact that can tell this cause from others. Whether a bank goes on refusing, only somebody who "
        "has asked it can say.",
        "{% for cause in entries.causes.values() %}{{ cause.label }}: {{ cause.shown_by | sort | join(' or ') }}. "
        "{% endfor %}",
    ),
    rests_on=("hypotheses_are_complete",),
    expected="with each hypothesis a table or a fact that you were told, and that decides it",
    met="Each verdict rests on something that decides it.",
)
def evidence_decides(hypotheses: Hypotheses, case: Case, conversation: State) -> Objections:
    """Each verdict rests on a table or on something that was said, and that decides it."""
    for place, entry, cause in _known(hypotheses, case):
        if entry.evidence not in cause.shown_by:
            where = named(case, "evidence", entry.evidence)
            yield objection(f"{place}.evidence", f"“{cause.label}” rests on {where}, which cannot decide it.")
        elif entry.evidence in case.facts:
            yield from not_told(f"{place}.evidence", f"“{cause.label}”", case, conversation, entry.evidence)


@rubric.criterion(
    points=5,
    voice="ines",
    skill="find_causes",
    hints=(
        "Does each number speak for the cause or against it?",
        "A difference that is no larger than what chance does refutes it. What cannot be told apart is not known: "
        "phones and desks differ in more than their speed, unless the speed has changed.",
        "{% for id, cause in entries.causes.items() %}{{ cause.label }}: {{ truth.verdicts[id] | replace('_', ' ') }}. "
        "{% endfor %}",
    ),
    rests_on=("could_be_refuted", "seen_recomputes", "evidence_decides"),
    expected="held, refuted or not known, as the number and what you were told say",
    met="The verdicts follow from what was seen.",
)
def verdicts_hold(hypotheses: Hypotheses, case: Case) -> Objections:
    """Every verdict is what the numbers and the people say."""
    truth = truth_of(case)
    for place, entry, cause in _known(hypotheses, case):
        if entry.verdict != truth.verdicts[cause.id]:
            row = {"hypothesis": cause.label, "seen": plain(entry.seen), "verdict": entry.verdict.replace("_", " ")}
            said = entry.verdict.replace("_", " ")
            yield objection(f"{place}.verdict", f"“{cause.label}” is “{said}” here; look again.", "", row)


@rubric.criterion(
    points=2,
    voice="yuki",
    skill="measure_success",
    hints=(
        "Did people order more, or did they only leave one page earlier?",
        "The price test has two columns. One of them fell a lot; look at the other one.",
        "Orders within seven days, shown early less shown late: {{ truth.seen.price_surprises | number(1) }} of 100 "
        "people. The checkout was left by {{ truth.price_drop_points | number(1) }} fewer.",
    ),
    rests_on=("hypotheses.entries",),
    expected="the price test read by orders within seven days",
)
def moved_is_not_gained(hypotheses: Hypotheses, case: Case) -> Objections:
    """The price test is read by orders in the end, and not by a drop that moved to another page."""
    entry = hypotheses.of("price_surprises")
    if entry is None:
        yield objection("entries", "The price test lies in the data room, and none of your hypotheses reads it.")
        return None
    place = f"entries[{hypotheses.entries.index(entry) + 1}]"
    if entry.refuted_by == "drop_stays":
        yield objection(f"{place}.refuted_by", "You look at how many leave the checkout; they may leave earlier.")
    if not near(entry.seen, truth_of(case).seen["price_surprises"], absolute=PRICE_POINTS):
        row = {"stated": plain(entry.seen), "table": "price_test", "column": "orders_7_days"}
        yield objection(f"{place}.seen", f"You saw {plain(entry.seen)} of 100 in the price test.", "", row)
    return met("You looked at orders, not at where people left.")


@rubric.criterion(
    points=2,
    voice="bo",
    skill="translate_constraints",
    hints=(
        "For which of these does anybody have to know beforehand what a person will do?",
        "A route round a bank, a price in the cart and a form that can be skipped are the same for everybody. A group "
        "that one can name needs a rule; only a mix of features needs a score.",
        "{% for cause in entries.causes.values() %}{{ cause.label }}: {{ cause.actions | join }}, "
        "{{ cause.approach | join }}. {% endfor %}",
    ),
    rests_on=("hypotheses.entries",),
    expected="what one would do if it held, and the smallest thing that has to be predicted for it",
    met="Each asks for no more than it needs.",
)
def no_more_than_needed(hypotheses: Hypotheses, case: Case) -> Objections:
    """What one would do fits the cause, and predicts no more than that needs."""
    for place, entry, cause in _known(hypotheses, case):
        if entry.action not in cause.actions:
            does = named(case, "actions", entry.action)
            yield objection(
                f"{place}.action", f"“{cause.label}”, and then {does}: that is an answer to something else."
            )
        if entry.approach not in cause.approach:
            found = f"“{cause.label}”: you would predict with “{entry.approach}”."
            yield objection(f"{place}.approach", found)


@rubric.criterion(
    points=3,
    voice="bo",
    skill="translate_constraints",
    hints=(
        "When the cart opens: what is known by then?",
        "The table pipelines says when each thing is first known and how often it is refreshed. What is refreshed each "
        "night is yesterday's.",
        "A rule looks at what its group is made of. In time here: "
        "{% for feature in entries.features.values() if feature.in_time %}{{ feature.label }}"
        "{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("hypotheses.entries", "no_more_than_needed"),
    expected="things that are known and fresh when the cart opens",
)
def known_in_time(hypotheses: Hypotheses, case: Case) -> Objections:
    """What a rule or a score looks at stands ready when the cart opens."""
    known, predicted = features(case), 0
    for place, entry, cause in _known(hypotheses, case):
        feature = known.get(entry.feature)
        if entry.approach not in ("rule", "model"):
            continue
        predicted += 1
        if feature is None or not feature.in_time:
            row = {"feature": entry.feature, "table": "pipelines", "columns": "first_known, refreshed"}
            found = f"“{cause.label}” looks at {named(case, 'features', entry.feature)}, too late for an open cart."
            yield objection(f"{place}.feature", found, "", row)
        elif cause.id == "group_reacts" and entry.approach == "rule" and entry.feature not in NAME_A_GROUP:
            found = f"{feature.label} does not tell who is in the group that your rule names."
            yield objection(f"{place}.feature", found, "what the groups of the table are made of")
    if not predicted:
        yield objection("entries", "None of your hypotheses predicts anything.", "two on vouchers")
    return met("What is looked at is known in time.")


@rubric.criterion(
    points=3,
    voice="ines",
    skill="domain_literacy",
    gate=True,
    hints=(
        "Could a score that looks at this be right about a cart that is still open?",
        "Something that is written only when an order stands tells the end of the story. A score that has it looks "
        "wonderful on old carts and knows nothing of new ones.",
        "Known only afterwards: {% for feature in entries.features.values() if feature.afterwards %}"
        "{{ feature.label }}{{ ', ' if not loop.last }}{% endfor %}.",
    ),
    rests_on=("hypotheses.entries",),
    expected="nothing that is written once the visit has ended",
)
def nothing_from_afterwards(hypotheses: Hypotheses, case: Case) -> Objections:
    """No rule or score looks at something that is known only once the visit has ended."""
    known, looked = features(case), 0
    for place, entry, cause in _known(hypotheses, case):
        feature = known.get(entry.feature)
        looked += feature is not None
        if feature is not None and feature.afterwards:
            found = f"“{cause.label}” looks at “{feature.label}”, which is known {feature.first_known}."
            yield objection(f"{place}.feature", found)
    if not looked:
        yield objection("entries", "None of your hypotheses looks at anything yet.", "one feature for a rule or score")
    return met("Nothing comes from afterwards.")
