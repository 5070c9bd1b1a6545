"""Do the comments help Pip: what weighs most, by how it arose, beside a row, and not more than somebody carries?"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.coaching import MOST, Coaching, Comment
from curriculum.artifacts.proposal import Proposal
from curriculum.cases import Case
from curriculum.cases.influence_and_mentoring.draw import BELIEF, BLANK, SLIP
from curriculum.cases.influence_and_mentoring.entries import ROWS_FOR
from curriculum.roleplay.engine import State
from graders.common import incomplete, named, near, placed, stated
from graders.influence_and_mentoring.base import rubric, unheard
from graders.rubric import NotYet, Objections, met, objection

KIND_FOR = {SLIP: "point", BELIEF: "ask", BLANK: "explain"}
FOUND = 0.75
"""Share of what rests on the three heaviest mistakes that has to be commented on."""
NUMBER_OFF = 0.6
"""How far a number that Pip is to find may be off, beside a twentieth of it: what rounding takes."""
NEXT_LOOK = (2.0, 15.0)
"""Working days."""


def on_mistakes(coaching: Coaching, case: Case) -> Iterator[tuple[str, Comment]]:
    """The comments on fields that are wrong, with their places."""
    wrong = set(case.truth.shape.flawed)
    return ((place, each) for place, each in placed("comments", coaching.comments) if each.place in wrong)


@rubric.criterion(
    points=1, voice="pip", skill="write_specs", gate=True,
    hints=(
        "Could Pip begin with what stands here?",
        "Each comment whole, something that is good and why, what is left for later, and when you look again.",
    ),
    met="Pip knows what to do, what is good, and when you look again.",
)  # fmt: skip
def coaching_is_complete(coaching: Coaching, case: Case) -> Objections:
    """The comments, the praise, what is left and the next look are filled."""
    yield from incomplete(
        coaching, case, "comments[].place", "comments[].kind", "comments[].evidence", "comments[].number",
        "comments[].next", "comments[].words", "praise_place", "praise_why", "parked", "next_look",
    )  # fmt: skip


@rubric.criterion(
    points=5, voice="pip", skill="find_causes",
    hints=(
        "Which mistakes does most of the sum rest on?",
        "Look for what is wrong first, in each of the four areas one. Then take those on which most € rest.",
        "Here it is {{ entries.pip_fields[truth.heaviest[0]].label | lower }}, then "
        "{{ entries.pip_fields[truth.heaviest[1]].label | lower }}.",
    ),
    rests_on=("coaching.comments",),
    expected="comments on the mistakes on which most rests",
)  # fmt: skip
def found_what_weighs(coaching: Coaching, case: Case) -> Objections:
    """The comments meet the mistakes on which most of the sum rests."""
    rests, heaviest = case.truth.shape.rests, case.truth.heaviest
    met_with = {each.place for _, each in on_mistakes(coaching, case)} & set(heaviest)
    if sum(rests[one] for one in met_with) < FOUND * sum(rests[one] for one in heaviest):
        yield objection("comments", f"Of three mistakes on which most rests, {len(met_with)} are commented on.")
    return met("What weighs most is commented on.")


@rubric.criterion(
    points=3, voice="pip", skill="find_causes",
    hints=(
        "Is it wrong, or only not as you would do it?",
        "Each comment is on a field that the tables or somebody contradict. In each area one field is right.",
    ),
    rests_on=("coaching.comments",),
    expected="comments on fields that are wrong, and on no others",
)  # fmt: skip
def no_false_alarm(coaching: Coaching, case: Case) -> Objections:
    """No comment is on a field that is right."""
    wrong = set(case.truth.shape.flawed)
    for place, each in placed("comments", coaching.comments):
        if each.place not in wrong:
            said = f"“{named(case, 'pip_fields', each.place)}” is right as it stands."
            yield objection(f"{place}.place", said)
    return met("Each comment is on something that is wrong.")


@rubric.criterion(
    points=7, voice="pip", skill="listen_and_synthesise",
    hints=(
        "How did this mistake arise?",
        "Ask Pip. Whoever slipped needs a finger, whoever believes it needs a question and a row, and whoever never "
        "learned it needs an example.",
        "{% for field in truth.heaviest %}{{ entries.pip_fields[field].label }}: "
        "{{ {'slip': 'point', 'belief': 'ask', 'gap': 'explain'}[truth.root_of(field)] }}. {% endfor %}",
    ),
    rests_on=("found_what_weighs",),
    expected="pointing at a slip, a question where it is believed, an explanation where it was never learned",
)  # fmt: skip
def kind_fits_root(coaching: Coaching, case: Case, conversation: State) -> Objections:
    """Each comment is of the kind that helps against how the mistake arose, as Pip told you."""
    roots = {field: area for area, field in case.truth.flawed.items()}
    for place, each in on_mistakes(coaching, case):
        what = "It rests on how the mistake arose"
        yield from unheard(case, conversation, (f"root_{roots[each.place]}",), f"{place}.kind", what)
        if each.kind != KIND_FOR[case.truth.root_of(each.place)]:
            said = f"“{named(case, 'comment_kinds', each.kind)}”: against how this arose, it does not help."
            yield objection(f"{place}.kind", said)
    return met("Each comment meets how the mistake arose.")


@rubric.criterion(
    points=2, voice="ifeoma", skill="find_causes",
    hints=(
        "Which row shows it?",
        "A comment that names the row lets Pip see it without you.",
        "{% for field in truth.heaviest %}{{ entries.pip_fields[field].label }}: "
        "{{ entries.rows[truth.rows_for(field)[0]].label }}. {% endfor %}",
    ),
    rests_on=("found_what_weighs",),
    expected="for each comment the row in which one can see it",
)  # fmt: skip
def evidence_is_the_row(coaching: Coaching, case: Case) -> Objections:
    """Beside each comment stands the row that shows what is wrong."""
    for place, each in on_mistakes(coaching, case):
        if each.evidence not in ROWS_FOR[each.place]:
            said = f"“{named(case, 'rows', each.evidence)}” does not show that."
            yield objection(f"{place}.evidence", said)
    return met("Pip can see each of them in a row.")


def shown_by(comment: Comment, proposal: Proposal, case: Case) -> tuple[float, ...]:
    """The numbers that show what is wrong with a field in the row that is named, for the action that is proposed or
    the one that is best."""
    truth, action, field = case.truth, proposal.action, comment.place
    if field == "group":
        return (truth.read("risk == 'high'", action).uplift, truth.shows(field))
    if field in ("outcome", "read_out") or (field == "control" and comment.evidence == "by_arm"):
        return (truth.read("gap_days >= 0", action).uplift, truth.everybody.reading.uplift)
    if field == "cost":
        kept = (proposal.reached or 0.0) * (proposal.uplift or 0.0) / 100
        own = ((proposal.cost or 0.0) / kept,) if kept > 0 else ()
        return (*own, case.facts["discount_to_all"].value or 0.0)
    return (proposal.arm or 0.0, truth.shows(field)) if field == "size" else (truth.shows(field),)


@rubric.criterion(
    points=5, voice="ifeoma", skill="measure_success", gate=True,
    hints=(
        "What should Pip find in that row?",
        "Count it yourself before you send somebody there. Which number it is stands beside each row.",
        "{% for field in truth.heaviest %}{{ entries.pip_fields[field].label }}: "
        "{{ truth.shows(field) | round(1) }}. {% endfor %}",
    ),
    rests_on=("found_what_weighs", "proposal.action", "coaching.comments"),
    expected="the number that the row shows, counted for the action that you propose",
)  # fmt: skip
def row_shows_the_number(coaching: Coaching, proposal: Proposal, case: Case) -> Objections:
    """The number that Pip is to find is the one that is there."""
    if proposal.action not in case.registry.entries("actions"):
        raise NotYet("proposal.action", "an action")
    for place, each in on_mistakes(coaching, case):
        right = shown_by(each, proposal, case)
        if not any(near(each.number, one, relative=0.05, absolute=NUMBER_OFF) for one in right):
            said = f"{stated(each.number)} is not what is found there. Pip would copy it."
            yield objection(f"{place}.number", said)
    return met("What Pip finds is what you said.")


@rubric.criterion(
    points=2, voice="pip", skill="weigh_trade_offs",
    hints=("If Pip reads only the first one, which should it be?", "The one on which most rests."),
    rests_on=("found_what_weighs",),
    expected="the mistake first on which most rests",
)  # fmt: skip
def heaviest_first(coaching: Coaching, case: Case) -> Objections:
    """The first comment is on the mistake on which most rests."""
    first = coaching.comments[0].place if coaching.comments else ""
    if first != case.truth.heaviest[0]:
        yield objection("comments[1].place", f"“{named(case, 'pip_fields', first)}” comes first.")
    return met("What weighs most comes first.")


@rubric.criterion(
    points=2, voice="pip", skill="find_causes",
    hints=("What should Pip do again?", "Praise of a mistake makes it stay. Take something that the tables bear out."),
    rests_on=("coaching.praise_place",),
    expected="praise of a field that is right",
)  # fmt: skip
def praise_is_true(coaching: Coaching, case: Case) -> Objections:
    """What is praised is right."""
    if coaching.praise_place not in case.truth.sound:
        said = f"“{named(case, 'pip_fields', coaching.praise_place)}” is not right as it stands."
        yield objection("praise_place", said)
    return met("What is praised is good.")


@rubric.criterion(
    points=1, voice="pip", skill="hand_over",
    hints=("Whose page is it afterwards?", "Pip has the keyboard."),
    rests_on=("coaching.comments",),
    expected="steps that Pip takes",
)  # fmt: skip
def no_rewriting(coaching: Coaching, case: Case) -> Objections:
    """Pip mends the page, and nobody does it for them."""
    for place, each in placed("comments", coaching.comments):
        if each.next in ("i_rewrite", "somebody_else"):
            yield objection(f"{place}.next", f"“{named(case, 'nexts', each.next)}”: then it is no longer Pip's page.")
    return met("Pip mends it.")


@rubric.criterion(
    points=3, voice="pip", skill="scope_together",
    hints=(
        "What can wait, and until when?",
        "At most three comments; a mistake that is not said today stands under what is left; and a day on which you "
        "look again, in two or three weeks at most.",
    ),
    rests_on=("coaching.comments", "coaching.parked", "coaching.next_look"),
    expected="at most three comments, a mistake that is left for later, and a next look within three weeks",
)  # fmt: skip
def rest_is_parked(coaching: Coaching, case: Case) -> Objections:
    """Not more than three comments are made, another mistake waits, and a day is named."""
    if len(coaching.comments) > MOST:
        yield objection("comments", f"{len(coaching.comments)} comments at once.")
    said = {each.place for each in coaching.comments}
    if coaching.parked in said:
        yield objection("parked", "You comment on it today.")
    elif coaching.parked not in case.truth.shape.flawed:
        yield objection("parked", f"“{named(case, 'pip_fields', coaching.parked)}” is right as it stands.")
    if not NEXT_LOOK[0] <= (coaching.next_look or 0.0) <= NEXT_LOOK[1]:
        yield objection("next_look", f"You look again in {stated(coaching.next_look)} working days.")
    return met("Something is left for later, and a day is named.")
