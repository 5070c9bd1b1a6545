"""Does the memo ask one person who can, in terms of what is theirs, with a price that is said? (A10)"""

from __future__ import annotations

from curriculum.artifacts.memo import Memo
from curriculum.artifacts.proposal import Proposal
from curriculum.cases import Case
from curriculum.cases.influence_and_mentoring.allies import ANSWER_OF, COST_OF, OBJECTION_OF, OFFER_OF, Ally
from curriculum.cases.influence_and_mentoring.draw import DISCOUNT, OWN_DAYS
from curriculum.cases.influence_and_mentoring.people import ALLIES
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, named, near, stated, word_count
from graders.influence_and_mentoring.base import only_rounded, reading_of, rubric, told_by, unheard
from graders.rubric import NotYet, Objections, met, objection

MOST_WORDS = 250
SOON = 14
SPARE, SMALL = 3.0, 25.0
"""How many times what the test costs an ask may be, and € beside it: what is kept for chance."""


def reader_of(memo: Memo, case: Case) -> Ally:
    """The ally who is asked. Raises NotYet where it is none of the three."""
    if memo.reader not in ALLIES:
        raise NotYet("one_reader_who_can", "somebody who owns a channel")
    ally: Ally = case.truth.allies[memo.reader]
    return ally


def test_cost(proposal: Proposal, case: Case) -> float:
    """€ of the action for one arm of the test. Raises NotYet."""
    found = reading_of(proposal, case)
    each: float = case.truth.costs[proposal.action] * (found.stay if proposal.action == DISCOUNT else 1.0)
    return each * (proposal.arm or 0.0)


def _score_for_it(proposal: Proposal) -> float:
    """€ that the score costs which the rule reads; it has to run for a test as well."""
    return (proposal.score_cost or 0.0) if proposal.model == "score" else 0.0


@rubric.criterion(
    points=1, voice="noa", skill="write_specs", gate=True,
    hints=(
        "Could the reader answer with yes or no?",
        "Every field but one, and the memo itself in at most 250 words.",
    ),
    met="Everything that an answer needs stands there.",
)  # fmt: skip
def memo_is_complete(memo: Memo, case: Case) -> Objections:
    """The reader, their metric, give and take, the objection, the step and the text are filled."""
    yield from incomplete(
        memo, case, "reader", "metric", "now", "expected", "offer", "offer_days", "ask_days", "ask_eur", "their_cost",
        "objection", "evidence", "step", "step_day", "text",
    )  # fmt: skip
    if (words := word_count(memo.text)) > MOST_WORDS:
        yield objection("text", f"It has {words} words.", f"at most {MOST_WORDS}")


@rubric.criterion(
    points=7, voice="ruben", skill="listen_and_synthesise", gate=True,
    hints=(
        "Who could do it, who would be harmed by it, and who only says yes?",
        "Of each of the three: the limit, the days that are really there, and where their own number would go. A warm "
        "yes without days is a no.",
        "Here it is {{ people[truth.ally].first_name }}{{ ' or ' + people[truth.ally_too].first_name if truth.ally_too "
        "else '' }}.",
    ),
    rests_on=("memo.reader",),
    expected="one of the three whom neither a limit nor days nor their own number stops, as they told you",
)  # fmt: skip
def one_reader_who_can(memo: Memo, case: Case, conversation: State) -> Objections:
    """The memo goes to one person whom nothing stops, and who said so."""
    if memo.reader not in ALLIES:
        yield objection("reader", f"“{named(case, 'people', memo.reader)}” owns no channel.")
        return None
    ally = case.truth.allies[memo.reader]
    yield from unheard(case, conversation, told_by(case, ally.id), "reader", "It rests on whether they can")
    if not ally.can:
        yield objection("reader", f"{case.people[ally.id].first_name} cannot: something stops them that they know.")
    return met(f"{case.people[ally.id].first_name} can, and nothing of theirs is harmed.")


@rubric.criterion(
    points=2, voice="sigrid", skill="translate_constraints",
    hints=(
        "What is the reader asked about at the end of the quarter?",
        "The table of allies says by what each is measured. Yours is not theirs.",
    ),
    rests_on=("memo.reader", "memo.metric"),
    expected="what the reader is measured by",
)  # fmt: skip
def metric_is_theirs(memo: Memo, case: Case) -> Objections:
    """The memo speaks of what the reader is measured by."""
    if memo.metric != reader_of(memo, case).metric:
        yield objection("metric", f"“{named(case, 'metrics', memo.metric)}” is not what they are measured by.")
    return met("It speaks of their number.")


@rubric.criterion(
    points=5, voice="ruben", skill="measure_success", gate=True,
    hints=(
        "Where does their number stand, and where would it go?",
        "Now: the table of allies. With this: what they told you of the last time; for the cost per kept subscriber, "
        "your cost ÷ those whom your rule keeps.",
        "{% for id, ally in truth.allies.items() %}{{ people[id].first_name }}: from {{ ally.now }}"
        "{{ ' to ' ~ ally.expected if ally.expected else '' }}. {% endfor %}",
    ),
    rests_on=("metric_is_theirs", "memo.now", "memo.expected"),
    expected="where it stands by the table, and where it would go by what they told you or by your own proposal",
)  # fmt: skip
def metric_recomputes(memo: Memo, proposal: Proposal, case: Case, conversation: State) -> Objections:
    """Where the number stands and where it would go can be recomputed."""
    ally = reader_of(memo, case)
    if not near(memo.now, ally.now, absolute=0.02):
        yield objection("now", f"You state {stated(memo.now)}.")
    if ally.id == "noa":
        kept = (proposal.reached or 0.0) * (proposal.uplift or 0.0) / 100
        pairs = [(proposal.cost or 0.0, kept)] if kept > 0 else []
        if (counted := only_rounded(proposal, case)) and counted.kept > 0:
            pairs.append((counted.cost, counted.kept))
        scores = {0.0, _score_for_it(proposal)}
        sums = [(cost + score) / kept for cost, kept in pairs for score in scores]
        if not any(near(memo.expected, one, relative=0.05, absolute=0.5) for one in sums):
            yield objection("expected", f"You state {stated(memo.expected)} €; your proposal gives another number.")
    else:
        yield from unheard(case, conversation, (ANSWER_OF[ally.id],), "expected", "It rests on what they saw before")
        if not near(memo.expected, ally.expected, absolute=0.02):
            yield objection("expected", f"You state {stated(memo.expected)}.")
    return met(f"From {stated(memo.now)} to {stated(memo.expected)}.")


@rubric.criterion(
    points=2, voice="sigrid", skill="communicate_harm",
    hints=(
        "Does their number get better by it, or worse?",
        "A cost should fall; what is collected and what is started should rise.",
    ),
    rests_on=("metric_is_theirs", "memo.now", "memo.expected"),
    expected="a number of theirs that gets better",
)  # fmt: skip
def their_metric_moves_their_way(memo: Memo, case: Case) -> Objections:
    """By what is stated, the reader's own number gets better."""
    rises = (memo.expected or 0.0) > (memo.now or 0.0)
    if rises == (memo.metric == "cost_per_kept") or memo.expected == memo.now:
        yield objection("expected", "By this, what they are measured by gets worse, or stays.")
    return met("Their own number gets better.")


@rubric.criterion(
    points=3, voice="noa", skill="scope_together",
    hints=(
        "What do they get that they can use?",
        "Each of them lacks something else: a place, a count, an answer. Thanks are no offer. And say all of what it "
        "takes, of ours and of theirs, and not far more: the test, and not the campaign.",
        "{% for id, one in truth.allies.items() %}{{ people[id].first_name }}: {{ one.days_needed }}. {% endfor %}",
    ),
    rests_on=("memo.reader", "memo.offer", "memo.offer_days", "memo.ask_days", "memo.ask_eur", "proposal.arm",
              "rule_runs_on_known_columns"),
    expected="something that the reader can use, with days of ours, and an ask that covers what the channel takes and "
    "what the test costs, and not three times as much",
)  # fmt: skip
def offer_and_ask(memo: Memo, proposal: Proposal, case: Case) -> Objections:
    """There is an offer that the reader can use, and an ask that is all of what is needed, and not far more."""
    ally = reader_of(memo, case)
    if memo.offer != OFFER_OF[ally.id]:
        yield objection("offer", f"“{named(case, 'offers', memo.offer)}” is nothing that they lack.")
    if (memo.offer_days or 0.0) <= 0:
        yield objection("offer_days", "It takes no day of ours.")
    elif (memo.offer_days or 0.0) > OWN_DAYS:
        yield objection("offer_days", f"You have {OWN_DAYS} days until the quarter ends, and promise more.")
    if (memo.ask_days or 0.0) < ally.days_needed - 0.01:
        yield objection("ask_days", f"The channel takes more than {stated(memo.ask_days)} days.")
    if (memo.ask_eur or 0.0) < 0.9 * test_cost(proposal, case) - 1:
        yield objection("ask_eur", f"The test costs more than {stated(memo.ask_eur)} €.")
    elif (memo.ask_eur or 0.0) > SPARE * test_cost(proposal, case) + _score_for_it(proposal) + SMALL:
        yield objection("ask_eur", f"The test costs far less than {stated(memo.ask_eur)} €.")
    return met("What is given and what is asked are both there, and no more than it takes.")


@rubric.criterion(
    points=2, voice="ruben", skill="decision_rights",
    hints=(
        "May they say yes to this by themselves?",
        "The table of levers has a limit in €; the days are those that they told you.",
    ),
    rests_on=("memo.reader", "memo.ask_days", "memo.ask_eur"),
    expected="no more days than they have, and no more € than they may give",
)  # fmt: skip
def ask_in_authority(memo: Memo, case: Case) -> Objections:
    """The ask stays within what the reader may give without asking anybody."""
    ally = reader_of(memo, case)
    if (memo.ask_eur or 0.0) > ally.limit_eur:
        yield objection("ask_eur", f"{stated(memo.ask_eur)} € are more than they may give.")
    if (memo.ask_days or 0.0) > ally.days_real + 0.01:
        yield objection("ask_days", f"{stated(memo.ask_days)} days are more than they have.")
    return met("They may say yes by themselves.")


@rubric.criterion(
    points=2, voice="ruben", skill="translate_constraints",
    hints=(
        "What will they have less of?",
        "Each channel has its own price besides days: a place in a calendar, a freeze, a place on a screen.",
    ),
    rests_on=("memo.reader", "memo.their_cost"),
    expected="what the reader gives up for it",
)  # fmt: skip
def their_cost_stated(memo: Memo, case: Case) -> Objections:
    """What it costs the reader is said, and it is theirs."""
    if memo.their_cost != COST_OF[reader_of(memo, case).id]:
        yield objection("their_cost", f"“{named(case, 'their_costs', memo.their_cost)}” is not what they pay.")
    return met("Their price is said.")


@rubric.criterion(
    points=2, voice="noa", skill="listen_and_synthesise",
    hints=(
        "What would this reader say against it?",
        "Not what anybody might say. What they protect, as you heard it from them.",
    ),
    rests_on=("memo.reader", "memo.objection"),
    expected="the objection that this reader has, as they told you",
)  # fmt: skip
def objection_is_theirs(memo: Memo, case: Case, conversation: State) -> Objections:
    """The objection is the reader's own."""
    ally = reader_of(memo, case)
    yield from unheard(case, conversation, (ANSWER_OF[ally.id],), "objection", "It rests on what they told you")
    if memo.objection != OBJECTION_OF[ally.id]:
        yield objection("objection", f"“{named(case, 'objections', memo.objection)}” is not theirs.")
    return met("It is their own objection.")


@rubric.criterion(
    points=2, voice="sigrid", skill="listen_and_synthesise",
    hints=(
        "What would quiet this objection?",
        "The fact in which the same thing was counted: mails and opt-outs, what was collected, what was started.",
    ),
    rests_on=("memo.reader", "memo.evidence"),
    expected="the fact that answers the objection, as you were told it",
)  # fmt: skip
def evidence_answers(memo: Memo, case: Case, conversation: State) -> Objections:
    """The fact answers the reader's objection, and what is cited was told."""
    ally = reader_of(memo, case)
    if memo.evidence != ANSWER_OF[ally.id]:
        yield objection("evidence", "This does not answer what they will object.")
    for place, fact in (("evidence", memo.evidence), ("also", memo.also)):
        if fact in case.facts and not heard(case, fact, conversation):
            yield objection(place, "Nobody told you that.", "", {"who could": case.facts[fact].held_by or ""})
    return met("A fact answers the objection.")


@rubric.criterion(
    points=2, voice="ruben", skill="keep_decisions",
    hints=(
        "Did they agree that another team reads this?",
        "What one ally told you about their own team stands in a memo to another one only with their leave. Pip's "
        "reasons stand in none.",
    ),
    rests_on=("memo.reader", "memo.evidence"),
    expected="no fact of another ally without their leave, and nothing that Pip told you",
)  # fmt: skip
def quoted_with_leave(memo: Memo, case: Case, conversation: State) -> Objections:
    """What another ally or Pip told in confidence is not passed on without leave."""
    for place, fact in (("evidence", memo.evidence), ("also", memo.also)):
        owner = case.facts[fact].held_by if fact in case.facts else None
        if owner is None or owner == memo.reader or owner not in (*ALLIES, "pip"):
            continue
        if owner == "pip" or not conversation.did(f"may_quote_{owner}"):
            yield objection(place, f"{case.people[owner].first_name} told you that, and gave no leave to pass it on.")
    return met("Nobody reads what others told you in confidence.")


@rubric.criterion(
    points=1, voice="noa", skill="decision_rights",
    hints=("Whose power stands behind the ask?", "None but the reader's own: no director, no committee, no praise."),
    rests_on=("memo.offer", "memo.step"),
    expected="no director and no committee behind the ask",
)  # fmt: skip
def no_borrowed_power(memo: Memo, case: Case) -> Objections:
    """Nothing in it leans on somebody who stands higher."""
    if memo.offer == "directors_ear":
        yield objection("offer", "The director's ear is not yours to give.")
    if memo.step == "steering":
        yield objection("step", "A committee decides for them.")
    if memo.metric == "subscribers":
        yield objection("metric", "That is the target of those above all of you.")
    return met("It stands by itself.")


@rubric.criterion(
    points=1, voice="noa", skill="scope_together",
    hints=(
        "What is done first, and when?",
        "Something small that two people do, within two weeks, and on the bill before nothing there may change.",
    ),
    rests_on=("memo.step", "memo.step_day"),
    expected="something that two people can do within two weeks, and while it can still be done",
)  # fmt: skip
def step_within_fortnight(memo: Memo, case: Case) -> Objections:
    """The next step is small, and lies within two weeks."""
    if memo.step not in ("one_arm", "look_at_rows"):
        yield objection("step", f"“{named(case, 'steps', memo.step)}” moves nothing.")
    if not 0 < (memo.step_day or 0.0) <= SOON:
        yield objection("step_day", f"It is done within {stated(memo.step_day)} days.")
    elif memo.reader == "ruben" and memo.step == "one_arm" and (memo.step_day or 0.0) > case.truth.frozen_in:
        yield objection("step_day", "By then nothing on the bill may change any more.")
    return met(f"It begins within {stated(memo.step_day)} days.")
