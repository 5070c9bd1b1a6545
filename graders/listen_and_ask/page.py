"""Criteria for the one-pager (A09): one question to one person, read and decided in time, and nobody surprised."""

from __future__ import annotations

from curriculum.artifacts.one_pager import OnePager
from curriculum.cases import Case
from curriculum.cases.listen_and_ask.cast import ASKING
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, question_count, sentence_count, uncited, word_count
from graders.listen_and_ask.plans import plan_of, recommended, unworkable
from graders.listen_and_ask.register import rubric
from graders.listen_and_ask.said import amount, day, name
from graders.rubric import NotYet, Objections, met, objection

ASKS = {"decide": "Please decide", "advise": "Please advise", "inform": "For discussion"}
LEAST_HOURS, MOST_HOURS, MOST_MINUTES = 24, 7 * 24, 15
"""What is to be read before goes out a day ahead, and no more than a week; silence takes a third of 45 minutes at
most."""
LEAST_SILENCE = 5
LEAST_FACTS = 3
LEAST_FUNCTIONS = 2
ORDERING = ("_days", "_date", "_firm", "_quiet", "_shared")
"""How the ids of those facts end on which it hangs what comes first."""
FIRST_LINES = 60
"""Words; what is longer is no question that stands in the first lines."""


@rubric.criterion(
    points=1,
    voice="joaquim",
    skill="write_specs",
    gate=True,
    hints=(
        "Go through the form from top to bottom: is a field blank, or does it hold a stand-in?",
        "The question with who decides and by when, how it is read, days, the pair, dates that cannot move, what "
        "deciding nothing costs, plans with their cost, the one you recommend, facts, what waiting costs.",
    ),
    met="Every part of the page is there.",
)
def page_is_complete(one_pager: OnePager, case: Case) -> Objections:
    """Every part of the page is filled with real content."""
    yield from incomplete(
        one_pager, case, "ask", "decider", "decide_by", "wording", "reading", "days_there", "days.arrivals",
        "days.events", "days.refunds", "days.warehouse", "pair", "shared_days", "fixed", "as_filed_cost", "options",
        "options[].first", "recommended", "facts", "delay_cost",
    )  # fmt: skip


@rubric.criterion(
    points=3,
    voice="joaquim",
    skill="run_meetings",
    gate=True,
    hints=(
        "What is the reader to do when they have read it?",
        "Ask for a decision. Who is asked for a discussion discusses, and then the meeting is over.",
        "Pick “Please decide”, and put one question, in one sentence, into the first lines.",
    ),
    rests_on=("one_pager.ask", "one_pager.wording"),
    met="There is one question, and it asks for a decision.",
    expected="a request to decide, and one question, with one sentence beside it at most, and at most "
    f"{FIRST_LINES} words in all",
)
def one_ask_to_decide(one_pager: OnePager) -> Objections:
    """The page asks one question, and it asks for a decision."""
    if one_pager.ask != "decide":
        yield objection("ask", f"You ask: {ASKS.get(one_pager.ask, one_pager.ask)}.")
    questions, sentences = question_count(one_pager.wording), sentence_count(one_pager.wording)
    if questions > 1:
        yield objection("wording", f"There are {questions} questions in it.")
    elif sentences > 1 + questions:
        yield objection("wording", f"There are {sentences} sentences in it.")
    if (words := word_count(one_pager.wording)) > FIRST_LINES:
        yield objection("wording", f"It has {words} words.")


@rubric.criterion(
    points=5,
    voice="greta",
    skill="decision_rights",
    gate=True,
    hints=(
        "Who may decide about one person's work for a whole quarter, today?",
        "The table rights is January's. Ask Joaquim up to how many weeks he decides now; the quarter has thirteen.",
        "It is {{ people[truth.decider].label }}.",
    ),
    rests_on=("one_pager.decider",),
    expected="who may decide about thirteen weeks of one person's work, as it is today and as it was told to you",
)
def decider_holds_the_right(one_pager: OnePager, case: Case, conversation: State) -> Objections:
    """The question goes to the person who may decide it today, and not to whoever is most senior."""
    who = name(case, one_pager.decider)
    if not heard(case, "joaquim_right", conversation):
        yield objection("decider", f"It goes to {who}, and nobody has told you whether that is so since January.")
    elif one_pager.decider != case.truth.decider:
        yield objection("decider", f"It goes to {who}.")
    return met(f"It goes to {who}, who may decide it.")


@rubric.criterion(
    points=2,
    voice="joaquim",
    skill="run_meetings",
    hints=(
        "Will it have been read when the meeting begins?",
        "Some read what they get a day before, some read nothing. Where nobody reads before, begin with silence, "
        "for as long as they say that they need.",
        "{{ facts.joaquim_reads.label }}",
    ),
    rests_on=("one_pager.reading",),
    expected=f"sent a full day before, and early enough for those who read it; or {LEAST_SILENCE} to {MOST_MINUTES} "
    "minutes of silence, as many as were asked for",
)
def read_as_they_read(one_pager: OnePager, case: Case, conversation: State) -> Objections:
    """The page is read before the meeting where people do that, or in silence at its beginning."""
    truth, hours, minutes = case.truth, one_pager.sent_hours, one_pager.silent_minutes
    if not heard(case, "joaquim_reads", conversation):
        yield objection("reading", "Nobody has told you whether it is read before a meeting.")
    elif one_pager.reading == "before":
        if not truth.reads_before:
            yield objection("reading", "It is sent before, to people who do not read before a meeting.")
        elif hours is None or not max(LEAST_HOURS, truth.reading) <= hours <= MOST_HOURS:
            yield objection("sent_hours", f"It is sent {amount(hours, 'hours')} before.")
    else:
        least = LEAST_SILENCE if truth.reads_before else truth.reading
        if minutes is None or not least <= minutes <= MOST_MINUTES:
            yield objection("silent_minutes", f"It is read in {amount(minutes, 'minutes')} of silence.")


@rubric.criterion(
    points=1,
    voice="tilde",
    skill="run_meetings",
    hints=(
        "When is it too late?",
        "Not before the meeting, and not after Tilde's quarter is fixed; the memo has both days.",
        "From {{ truth.meeting | full_day }} to {{ truth.fixed_on | full_day }}.",
    ),
    rests_on=("one_pager.decide_by",),
    expected="a day from the meeting to the one on which the quarter is fixed",
)
def decided_in_time(one_pager: OnePager, case: Case) -> Objections:
    """The decision is asked for on a day when it can be taken and is not yet too late."""
    if one_pager.decide_by is None or not case.truth.meeting <= one_pager.decide_by <= case.truth.fixed_on:
        yield objection("decide_by", f"You ask for it by {day(one_pager.decide_by)}.")
    return met(f"{day(one_pager.decide_by)} is in time.")


@rubric.criterion(
    points=2,
    voice="leilani",
    skill="weigh_trade_offs",
    hints=(
        "Who told you what the plan rests on?",
        "Three facts that you heard yourself, of people from two functions at least; what days a need takes, what a "
        "week later does, and what is one job are such facts. What somebody asks for is none.",
    ),
    rests_on=("one_pager.facts",),
    met="It rests on what people of more than one function told you.",
    expected="three facts that you were told, from two functions, and among them one on which the order hangs: days, a "
    "date, what would do, or what is one job",
)
def facts_from_two_functions(one_pager: OnePager, case: Case, conversation: State) -> Objections:
    """The recommendation rests on three facts that were told to you, from two functions at least."""
    yield from uncited(one_pager, conversation, case)
    known = [case.facts[id] for id in dict.fromkeys(one_pager.facts) if id in case.facts]
    for fact in known:
        if fact.held_by is None:
            number = one_pager.facts.index(fact.id) + 1
            found = "What somebody has asked for is known to all, and decides nothing."
            yield objection(f"facts[{number}]", found)
    told = [fact for fact in known if fact.held_by]
    if len(told) < LEAST_FACTS:
        yield objection("facts", f"Facts that you were told: {len(told)}.")
    elif len({case.people[fact.held_by].function for fact in told if fact.held_by}) < LEAST_FUNCTIONS:
        yield objection("facts", "All of them come from one function.")
    elif not any(fact.id.endswith(ORDERING) for fact in told):
        yield objection("facts", "They say why people ask, or who decides; no order follows from that.")


@rubric.criterion(
    points=3,
    voice="fadi",
    skill="listen_and_synthesise",
    hints=(
        "Who will learn in the meeting that they have to wait?",
        "Look at the plan week by week: who gets a piece later than asked? Those people hear it from you before, with "
        "the day on which you tell them.",
        "For the best plan: {% for who in truth.late_in(truth.best) %}{{ people[who] | first_name }} {% endfor %}.",
    ),
    rests_on=("recommended_is_near_the_best",),
    met="Whoever has to wait hears it before.",
    expected="of the four each whose piece comes after its date in your plan, and no other, on a day before the "
    "meeting",
)
def who_is_late_hears_it_before(one_pager: OnePager, case: Case) -> Objections:
    """Everybody whose piece comes after its date hears it from you before the meeting."""
    _, option = recommended(one_pager)
    if unworkable(option, case):
        raise NotYet("one_pager.options", "It is about a plan that has each piece once.")
    # That the engineer or the head of product hears it too does no harm; nobody owes it to them.
    told = {one.who for one in one_pager.told_before if one.who in ASKING}
    waiting = {*case.truth.late_in(plan_of(option))}
    if told != waiting:
        names = ", ".join(name(case, who) for who in sorted(told)) or "nobody"
        yield objection("told_before", f"You tell: {names}.")
    for number, one in enumerate(one_pager.told_before, start=1):
        if one.day is None or not case.truth.today <= one.day < case.truth.meeting:
            yield objection(f"told_before[{number}].day", f"{name(case, one.who)} hears it on {day(one.day)}.")
