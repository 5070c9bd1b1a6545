"""Is the proposal right here, honest about its price, and open to those whom it meets? (A14)"""

from __future__ import annotations

import math
from collections.abc import Mapping

from curriculum.artifacts.rfc import Rfc
from curriculum.artifacts.rollout import Rollout
from curriculum.artifacts.trade_off import TradeOff
from curriculum.cases import Case
from curriculum.cases.retraining_decision.draw import AT_ONCE, FEATURES, KEEP, REFRESH
from curriculum.cases.retraining_decision.entries import ASKED, AUC_TRIGGER, SLOPE_TEST, UNSEEN
from curriculum.cases.retraining_decision.money import as_good
from curriculum.cases.retraining_decision.truth import read_overrun
from curriculum.roleplay.engine import State
from graders.common import incomplete, listed, named, near, placed, stated, uncited, unheard
from graders.retraining_decision.base import own_options, rubric
from graders.retraining_decision.nets import AGEING_EUR, AGEING_OFF
from graders.rubric import Objections, met, objection

SHORTEST = 3
MOST_FACTS, FEWEST_PEOPLE = 6, 3
SLIDE, LATER_WEEKS = "auc_two", "time_split"
"""The facts on the gain as everybody quotes it, and as it is on weeks that the model had not seen."""
VALUE_OFF = 0.06
LATER = 1.5
"""Hours unseen at which one looks again may lie above those of the past by so much: below them they are so already."""
REVIEWERS = ("gita", "lucia", "owen")
"""Whoever reads the score, and whoever is called at night."""
ANSWERS_SAY = {"evening": "evening_p95", "job": "ten_days"}
"""By comment: the fact without which nobody can answer it."""


@rubric.criterion(
    points=1, voice="nadia", skill="keep_decisions", gate=True,
    hints=(
        "Could the approver sign this page alone?",
        "What is proposed and why, drawbacks with numbers, reviewers, days, answers, when it is opened again, facts.",
    ),
    met="Everything that has to be signed stands there.",
)  # fmt: skip
def rfc_is_complete(rfc: Rfc, case: Case) -> Objections:
    """The option, the reason, drawbacks, reviewers, days, answers, what reopens it and the facts are filled."""
    yield from incomplete(
        rfc, case, "option", "why", "drawbacks[].what", "drawbacks[].value", "reviewers", "comment_days",
        "comments[].comment", "comments[].answer", "reopen_on", "reopen_at", "evidence",
    )  # fmt: skip


@rubric.criterion(
    points=8, voice="viktor", skill="weigh_trade_offs",
    hints=(
        "Which option is worth most here, by your own three nets?",
        "Within a tenth of the best, or 12,000 €, two options are as good as each other. Everything at once is never.",
        "Here the best is: {{ entries.options[truth.best].label | lower }}.",
    ),
    rests_on=("rfc.option", "nets_recompute"),
    expected="an option that is worth the most, or within a tenth of it, or within 12,000 €",
)  # fmt: skip
def option_fits(rfc: Rfc, trade_off: TradeOff, case: Case) -> Objections:
    """What is proposed is worth the most in this world, or as good as it."""
    if rfc.option == AT_ONCE:
        said = "Everybody has a failed change for as long as nobody sees it, and nothing is lost by going in steps."
        yield objection("option", said)
    elif rfc.option not in case.truth.good:
        said = f"“{named(case, 'options', rfc.option)}” is worth clearly less than another option."
        yield objection("option", said, "", {"option": rfc.option, "decided by": "the three nets, from the tables"})
    return met(f"“{named(case, 'options', rfc.option)}”: nothing is worth more than a tenth more.")


@rubric.criterion(
    points=2, voice="viktor", skill="keep_decisions",
    hints=(
        "Does your own table say what you propose?",
        "The net of the option that you propose is the largest of your three, or within a tenth of it.",
    ),
    rests_on=("rfc.option", "trade_off.net_keep", "trade_off.net_refresh", "trade_off.net_features"),
    expected="the option that your own three nets put first, or one that is as good",
)  # fmt: skip
def numbers_agree(rfc: Rfc, trade_off: TradeOff, case: Case) -> Objections:
    """The proposal is the one that the trade-off puts first, or one that is as good by it."""
    nets = {KEEP: trade_off.net_keep or 0.0, REFRESH: trade_off.net_refresh or 0.0,
            FEATURES: trade_off.net_features or 0.0}  # fmt: skip
    option = FEATURES if rfc.option == AT_ONCE else rfc.option
    if option not in as_good(nets):
        first = max(nets, key=lambda name: nets[name])
        said = f"Your trade-off puts “{named(case, 'options', first)}” first, and you propose another."
        yield objection("option", said)
    return met("It is what your trade-off puts first, or as good.")


@rubric.criterion(
    points=3, voice="lucia", skill="translate_constraints",
    hints=(
        "What does the page read, and does this option give it?",
        "Ask Lucía which fields her page takes, and tell her whether it gets them or waits.",
        "Here the page gets it with: {{ 'every option' if truth.shape.kit_needs == 'v7' else 'a refresh or new "
        "features' if truth.shape.kit_needs == 'refreshed' else 'the new features only' }}.",
    ),
    rests_on=("rfc.option", "rfc.comments"),
    expected="the answer that follows from what the page reads and from what you propose",
)  # fmt: skip
def page_gets_what_it_reads(rfc: Rfc, case: Case, conversation: State) -> Objections:
    """Lucía is told whether the kit page gets what it reads with this option, or waits."""
    yield from unheard(case, conversation, "kit_reads", "comments", "It rests on what the page reads")
    given = [(place, each.answer) for place, each in placed("comments", rfc.comments) if each.comment == "page"]
    if not given:
        yield objection("comments", "Lucía's question about the page has no answer.")
    for place, answer in given:
        if answer != case.truth.answer("page", rfc.option):
            said = f"“{named(case, 'answers', answer)}”: with this option that is not so."
            yield objection(f"{place}.answer", said)
    return met("Lucía knows what her page gets.")


@rubric.criterion(
    points=3, voice="owen", skill="weigh_trade_offs",
    hints=(
        "What speaks against what you propose, in numbers?",
        "Two or more of its own drawbacks. What speaks against the other options is no drawback of this one.",
        "Each has its number in the tables, in the trade-off, or was told.",
    ),
    rests_on=("rfc.option", "rfc.drawbacks"),
    expected="two or more drawbacks of what is proposed, each with its number",
)  # fmt: skip
def drawbacks_of_the_chosen(rfc: Rfc, case: Case) -> Objections:
    """At least two drawbacks of what is proposed stand there, each with its number."""
    known: Mapping[str, float] = case.truth.drawbacks(rfc.option)
    right = set()
    for place, each in placed("drawbacks", rfc.drawbacks):
        if each.what not in known:
            said = f"“{named(case, 'drawbacks', each.what)}” does not speak against this option."
            yield objection(f"{place}.what", said)
        elif not drawback_is(case, rfc.option, each.what, each.value):
            said = f"“{named(case, 'drawbacks', each.what)}”: {stated(each.value)}."
            yield objection(f"{place}.value", said, "its number from the tables, or as it was told")
        else:
            right.add(each.what)
    if len({each.what for each in rfc.drawbacks}) < 2:
        yield objection("drawbacks", "One drawback is a fig leaf.")
    return met(f"{len(right)} drawbacks of its own, each with its number.")


def drawback_is(case: Case, option: str, what: str, value: float | None) -> bool:
    """Whether a drawback has its number, worked out in one of the ways that are right."""
    truth = case.truth
    shape, features, number = truth.shape, truth.inputs[FEATURES], truth.drawbacks(option)[what]
    if what == "ages_on":
        return near(value, number, relative=AGEING_OFF, absolute=min(AGEING_EUR, number / 2))
    ways = [number]
    if what == "no_features":
        ways.append(features.gain * features.covered / 100)
    elif what == "work_hours" and option in (FEATURES, AT_ONCE) and shape.limit_breaks:
        ways.append((shape.features_hours + shape.precompute_hours) * read_overrun(case.columns["work"]))
    return any(near(value, way, relative=VALUE_OFF, absolute=0.02) for way in ways)


@rubric.criterion(
    points=1, voice="gita", skill="scope_together",
    hints=(
        "Who would notice first if it went wrong?",
        "Whoever reads the score reviews, and whoever is called at night.",
    ),
    rests_on=("rfc.reviewers",),
    expected="everybody who reads the score, and whoever is called at night",
)  # fmt: skip
def readers_review(rfc: Rfc, case: Case) -> Objections:
    """Everybody who reads the score reviews the proposal, and whoever is called at night."""
    missing = [case.people[id].first_name for id in REVIEWERS if id not in rfc.reviewers]
    if missing:
        yield objection("reviewers", f"Not among the reviewers: {listed(missing)}.")
    return met("Whoever reads the score reviews it.")


@rubric.criterion(
    points=1, voice="nadia", skill="keep_decisions",
    hints=("Could somebody object who is away on Monday?", "Three working days or more."),
    rests_on=("rfc.comment_days",),
    expected="at least three working days",
)  # fmt: skip
def window_is_open(rfc: Rfc, case: Case) -> Objections:
    """The proposal is open for comments for at least three working days."""
    if not SHORTEST <= (rfc.comment_days or 0.0) <= 20:
        yield objection("comment_days", f"It is open for {stated(rfc.comment_days)} working days.")
    return met(f"It is open for {stated(rfc.comment_days)} working days.")


@rubric.criterion(
    points=3, voice="owen", skill="listen_and_synthesise",
    hints=(
        "What changed because somebody objected?",
        "Each comment is answered by something that is done or was measured. “Noted” is no answer.",
        "The evening: {{ 'computed before' if truth.shape.limit_breaks else 'measured, below the limit' }}, if the new "
        "features go out. The job: told before.",
    ),
    rests_on=("rfc.option", "rfc.comments"),
    expected="for each comment what is done or was measured",
)  # fmt: skip
def comments_have_consequence(rfc: Rfc, case: Case, conversation: State) -> Objections:
    """The comments on the evening and on the job of the night are answered by what is done or was measured."""
    for comment, fact in ANSWERS_SAY.items():
        given = [(place, each.answer) for place, each in placed("comments", rfc.comments) if each.comment == comment]
        if not given:
            yield objection("comments", f"“{named(case, 'comments', comment)}” has no answer.")
        for place, answer in given:
            if answer != case.truth.answer(comment, rfc.option):
                said = f"“{named(case, 'answers', answer)}” is no answer to that here."
                yield objection(f"{place}.answer", said)
        if case.truth.answer(comment, rfc.option) != "not_touched":
            said = "An answer rests on what the one told you who asks"
            yield from unheard(case, conversation, fact, "comments", said)
    return met("Each comment led to something that is done or was measured.")


@rubric.criterion(
    points=3, voice="viktor", skill="keep_decisions",
    hints=(
        "When would you be wrong?",
        "A number that somebody will see: the break-even of your trade-off or the slope at which another option meets "
        "yours, the fall of your trigger, or hours unseen as they were or somewhat more.",
    ),
    rests_on=("rfc.reopen_on", "rfc.reopen_at"),
    expected="the break-even of the trade-off, the slope at which another option is worth as much as the proposed one, "
    "the fall of the trigger in the rollout, or hours unseen: those of the past, or up to half as many more",
)  # fmt: skip
def reopen_has_a_number(rfc: Rfc, trade_off: TradeOff, rollout: Rollout, case: Case) -> Objections:
    """What opens the decision again is a number that stands in the trade-off, in the rollout or in the past."""
    numbers = {SLOPE_TEST: (trade_off.break_even, *meeting(rfc, trade_off, case)), AUC_TRIGGER: (rollout.trigger_drop,)}
    right = [one for one in numbers.get(rfc.reopen_on, ()) if one is not None]
    if rfc.reopen_on == ASKED:
        yield objection("reopen_on", "That somebody asks again is no reason that could be seen beforehand.")
    elif rfc.reopen_on == UNSEEN and still_unseen(rfc, case):
        pass
    elif not any(near(rfc.reopen_at, one, relative=0.05, absolute=0.05) for one in right):
        said = f"“{named(case, 'reopen_on', rfc.reopen_on)}” at {stated(rfc.reopen_at)}."
        yield objection("reopen_at", said)
    return met(f"It is opened again at {stated(rfc.reopen_at)}.")


def meeting(rfc: Rfc, trade_off: TradeOff, case: Case) -> list[float]:
    """The slopes, by the inputs of the trade-off, at which another option is worth as much as the proposed one."""
    options = own_options(trade_off, case)
    mine = options.get(FEATURES if rfc.option == AT_ONCE else rfc.option)
    found = [mine.meets(other) for other in options.values() if other is not mine] if mine else []
    return [one for one in found if 0 < one < math.inf]


def still_unseen(rfc: Rfc, case: Case) -> bool:
    """Whether the hours unseen that open it again are those of the past or somewhat more, so that they are news."""
    past = [case.truth.unseen, *([] if rfc.option in (FEATURES, AT_ONCE) else [case.truth.unseen_refresh])]
    return any(0.95 * hours <= (rfc.reopen_at or 0.0) <= LATER * hours for hours in past)


@rubric.criterion(
    points=1, voice="ilse", skill="listen_and_synthesise",
    hints=(
        "Whose knowledge does this rest on?",
        "Three to six facts, of three people or more. The number on the slide is one of a random split, and decides "
        "nothing unless the one on later weeks stands beside it.",
    ),
    rests_on=("rfc.evidence",),
    expected="at most six facts, of three people or more, and no gain of a random split by itself",
)  # fmt: skip
def evidence_of_several(rfc: Rfc, case: Case) -> Objections:
    """What is cited comes from at least three people, in at most six facts, and not from the slide alone."""
    facts = [case.facts[id] for id in dict.fromkeys(rfc.evidence) if id in case.facts]
    people = {fact.held_by for fact in facts if fact.held_by}
    if len(facts) > MOST_FACTS:
        yield objection("evidence", f"You cite {len(facts)} facts.")
    if len(people) < FEWEST_PEOPLE:
        yield objection("evidence", f"You cite what {len(people)} told you.")
    if SLIDE in rfc.evidence and LATER_WEEKS not in rfc.evidence:
        yield objection("evidence", "It rests on the number of the slide, which is that of a random split.")
    return met(f"{len(facts)} facts of {len(people)} people.")


@rubric.criterion(
    points=2, voice="lucia", skill="listen_and_synthesise", gate=True,
    hints=(
        "Did somebody tell you this, or does it sound like something that they would say?",
        "Cite what you heard yourself, or what stands in the memo.",
    ),
    rests_on=("rfc.evidence",),
    met="You heard all of it yourself, or it stands in the memo.",
)  # fmt: skip
def cites_what_was_told(rfc: Rfc, case: Case, conversation: State | None) -> Objections:
    """Every fact that is cited was told to you, or stands in the memo."""
    yield from uncited(rfc, conversation, case)
