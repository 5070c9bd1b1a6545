"""Criteria on the process answer: what costs most here, what prevents it, who makes, accepts and has the hours."""

from __future__ import annotations

from curriculum.artifacts.process_answer import ProcessAnswer, WorkPhase
from curriculum.cases import Case
from curriculum.cases.interview_operating_model.ways import REMEDIES, SHOWS, STANDS_ON
from curriculum.roleplay.engine import State
from curriculum.words.numbers import said_numbers
from graders.common import blank_at, near, placed, says_nothing, stated, unknown_ids, word_count
from graders.interview_operating_model.base import label, making_hours, meeting_hours, rubric
from graders.rubric import NotYet, Objections, met, objection

COMPLETE, DAYS, PREVENTS = "process_is_complete", "days_are_those_of_the_board", "artifacts_prevent_what_they_should"
FEWEST, MOST = 2, 4
SAID_WORDS = (100, 250)
ROUNDED, FEW, IN_TENS, IN_FIVES = 0.05, 50, 5.0, 2.5
"""Days may be said as people round them: by a twentieth, or in tens, and in fives where there are few of them."""
HOUR = 1.0
"""New meetings that one phase may bring, a week."""


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=(
        "Is anything blank? Are there two to four phases?",
        "Each phase with all its parts, hours of meetings too (0 for none), the weeks in all, and what you would say.",
    ),
    met="Each phase has all its parts.",
)  # fmt: skip
def process_is_complete(process_answer: ProcessAnswer, case: Case) -> Objections:
    """There are two to four phases, each against something else, and every part of them is there."""
    for name in WorkPhase.model_fields:
        yield from blank_at(process_answer, f"phases[].{name}")
    for name in ("weeks", "said"):
        yield from blank_at(process_answer, name)
    yield from says_nothing(process_answer, case)
    for named in unknown_ids(process_answer, case):
        yield objection(named.place, f"{named.id[:40]} is on none of the lists.", "entries picked from the lists")
    count = len(process_answer.phases)
    if not FEWEST <= count <= MOST:
        yield objection("phases", f"There are {count} phases.", "two to four")
    against = [phase.failure for phase in process_answer.phases if phase.failure]
    if len(set(against)) < len(against):
        yield objection("phases", "Two phases are against the same.", "each phase against something else")


def as_said(days: float | None, true: float) -> bool:
    """Whether a number of days is the true one as people round it."""
    return near(days, true, relative=ROUNDED, absolute=IN_TENS if true >= FEW else IN_FIVES)


@rubric.criterion(
    points=6, voice="jonas", skill="measure_success",
    hints=(
        "Which entries on the board stand for this, and who told you so?",
        "Add the days of all items with that entry. One item on the board is nobody's doing.",
        "The cell under “What costs most?” adds the days; leave out the item that Ines names, and ask who enters what.",
    ),
    rests_on=(COMPLETE,),
)  # fmt: skip
def days_are_those_of_the_board(process_answer: ProcessAnswer, conversation: State | None, case: Case) -> Objections:
    """For each phase you say how many days it cost here, from the board, and somebody told you what the entry means."""
    if conversation is None:
        raise NotYet("house", "It compares with what people of the house mean, and you have not spoken with them yet.")
    for place, phase in placed("phases", process_answer.phases):
        code = case.truth.code_of(phase.failure)
        if not code or not conversation.knows(f"means_{code}"):
            said = f"Nobody told you that {label(case, 'failures', phase.failure)} is behind an entry on the board."
            yield objection(f"{place}.failure", said, "something that people of the house mean by an entry")
        elif not as_said(phase.days, case.truth.lost(phase.failure)):
            row = {"for": case.registry.label("failures", phase.failure), "you say": stated(phase.days)}
            rule = "the days of all items with that entry, without the one that nobody could help"
            yield objection(f"{place}.days", f"You say {stated(phase.days)} days.", rule, row)
    return met("Each number of days is that of the board.")


@rubric.criterion(
    points=4, voice="ruth", skill="find_causes",
    hints=(
        "Which two cost most, once the item is left out that nobody here could help?",
        "The two costliest belong into the plan, in any order. What else is in it is your choice. "
        "Ines knows which item makes an entry look larger than it is.",
    ),
    rests_on=(DAYS,),
)  # fmt: skip
def costliest_two_are_dealt_with(process_answer: ProcessAnswer, conversation: State, case: Case) -> Objections:
    """The two things that cost most days here are dealt with, and you know which item does not count."""
    if not conversation.knows("odd_item"):
        who = case.registry.label("people", case.facts["odd_item"].held_by or "")
        said = "Nobody told you whether all of the days are the house's own."
        yield objection(
            "phases", said, "the two with most days, of what is the house's own", {"who could tell you": who}
        )
    named = {phase.failure for phase in process_answer.phases}
    missing = [failure for failure in case.truth.shape.costliest(2) if failure not in named]
    if missing:
        are = "One of the two things that cost" if len(missing) == 1 else "Neither of the two things that cost"
        said = f"{are} most days is {'missing' if len(missing) == 1 else 'among your phases'}."
        yield objection("phases", said, "the two with most days, by whatever name people enter them")
    return met("The two costliest are in the plan.")


@rubric.criterion(
    points=3, voice="jonas", skill="plan_releases",
    hints=(
        "If the artifact had been there half a year ago, would these days have been saved?",
        "Meetings, tools and pages on values prevent none of this by themselves.",
        "Look back: which lesson had this failure, and what did it put against it?",
    ),
    rests_on=(DAYS,),
)  # fmt: skip
def artifacts_prevent_what_they_should(process_answer: ProcessAnswer, case: Case) -> Objections:
    """Each artifact prevents what its phase says that it prevents."""
    for place, phase in placed("phases", process_answer.phases):
        remedy = REMEDIES.get(phase.remedy)
        if remedy is None or phase.failure not in remedy.prevents:
            named = f"{label(case, 'remedies', phase.remedy)} against {label(case, 'failures', phase.failure)}"
            yield objection(f"{place}.remedy", f"You set {named}.", "something without which it would come back")
    return met("Each artifact prevents what it stands against.")


@rubric.criterion(
    points=4, voice="mei", skill="scope_together",
    hints=(
        "Who knows what has to stand in it, and do they have the hours that the table gives them?",
        "Add the hours of all artifacts that one function makes, and hold them against what it has.",
        "One function has no hours at all, whatever the table says. Yuki knows which.",
    ),
    rests_on=(PREVENTS,),
)  # fmt: skip
def makers_can_make_it(process_answer: ProcessAnswer, conversation: State, case: Case) -> Objections:
    """Each artifact is made by a function that knows what has to stand in it and, as you were told, has the hours."""
    if not conversation.knows("away"):
        who = case.registry.label("people", case.facts["away"].held_by or "")
        said = "Nobody told you whether the hours of the table are there."
        yield objection("phases", said, "hours that somebody has confirmed", {"who could tell you": who})
    for place, phase in placed("phases", process_answer.phases):
        if phase.maker not in REMEDIES[phase.remedy].makers:
            who = label(case, "functions", phase.maker)
            said = f"{who} makes {label(case, 'remedies', phase.remedy)}."
            yield objection(f"{place}.maker", said, "a function that knows what has to stand in it")
    for function in dict.fromkeys(phase.maker for phase in process_answer.phases):
        hours = making_hours(process_answer, function, case)
        if hours > case.truth.free(function):
            row = {"function": case.registry.label("functions", function), "hours a week": hours}
            said = f"{label(case, 'functions', function)} would have {stated(hours)} hours a week to give."
            yield objection("phases", said, "no more than it has, by the table and by what people say", row)
    return met("Each artifact has a maker with the hours.")


@rubric.criterion(
    points=4, voice="mei", skill="decision_rights",
    hints=(
        "What is ready when a phase has ended, and who could have refused it?",
        "A day that has come and a page that was sent round refuse nothing. Ask people what happens when they say no.",
        "Two functions have a no that counts here. It has to be told to you, and it is not the maker's.",
    ),
    rests_on=(DAYS,),
)  # fmt: skip
def somebody_can_say_no(process_answer: ProcessAnswer, conversation: State, case: Case) -> Objections:
    """Each phase ends when real items went through it and somebody else than its maker, whose no counts, may refuse."""
    for place, phase in placed("phases", process_answer.phases):
        who = label(case, "functions", phase.accepts)
        if phase.ended != "used":
            said = f"A phase has ended with {label(case, 'exits', phase.ended)}."
            yield objection(f"{place}.ended", said, "something that can be refused")
        if phase.accepts == phase.maker:
            yield objection(f"{place}.accepts", f"{who} makes it and accepts it.", "somebody else than the maker")
        elif phase.accepts not in case.truth.shape.no_counts or not conversation.knows(f"no_{phase.accepts}"):
            said = f"Nobody told you that a no of {who} counts here."
            yield objection(f"{place}.accepts", said, "a function whose no stops an item, as somebody told you")
    return met("Each phase can be refused by somebody whose no counts.")


@rubric.criterion(
    points=3, voice="jonas", skill="plan_releases",
    hints=(
        "What does a later phase need from an earlier one?",
        "The first begins at once, and one more may begin beside it. Each other one waits for an earlier one.",
        "Hold your phases against the table “What stands on what”.",
    ),
    rests_on=(COMPLETE,),
)  # fmt: skip
def phases_build_on_each_other(process_answer: ProcessAnswer, case: Case) -> Objections:
    """One or two phases begin at once, each other one after an earlier one, and none before what it stands on."""
    phases = process_answer.phases
    before: dict[int, set[int]] = {}
    for number, phase in enumerate(phases, start=1):
        after = 0 if phase.after == "at_once" else int(phase.after or 0)
        # Two that do not stand on each other may run side by side; of three, nobody could say which of them helped.
        beside = after == 0 and [one.after for one in phases[:number]].count("at_once") <= 2
        if not (beside or 0 < after < number):
            said = f"Phase {number} begins {'at once' if after == 0 else f'once phase {after} has ended'}."
            yield objection(f"phases[{number}].after", said, "one or two at once, each other one after an earlier one")
            after = 0
        before[number] = {after, *before[after]} if after else set()
    at = {phase.failure: number for number, phase in enumerate(phases, start=1)}
    for failure, (below, why) in STANDS_ON.items():
        if failure in at and below in at and at[below] not in before[at[failure]]:
            said = f"{label(case, 'failures', failure)} is not dealt with after {label(case, 'failures', below)}."
            yield objection(
                f"phases[{at[failure]}].after", said, "whatever stands on another thing after it", {"why": why}
            )
    return met(f"The {len(phases)} phases build on each other.")


@rubric.criterion(
    points=3, voice="ruth", skill="plan_releases",
    hints=(
        "How long does it take if some of it has to wait?",
        "Add the weeks along the longest row of phases that wait for each other; the brief says by when it must stand.",
    ),
    rests_on=(COMPLETE, "phases_build_on_each_other"),
)  # fmt: skip
def plan_stands_by_spring(process_answer: ProcessAnswer, case: Case) -> Objections:
    """The weeks that you state are those of the phases that wait for each other, and it all stands by the review."""
    ends: list[int] = []
    for phase in process_answer.phases:
        begins = 0 if phase.after == "at_once" else ends[int(phase.after) - 1]
        ends.append(begins + case.truth.week.weeks.get(phase.remedy, 0))
    if not near(process_answer.weeks, max(ends)):
        said = f"You say that it takes {stated(process_answer.weeks)} weeks."
        yield objection("weeks", said, "the weeks of the table, along the phases that wait for each other")
    elif max(ends) > case.truth.weeks:
        yield objection("weeks", f"It stands after {max(ends)} weeks.", "by the review in spring")
    return met(f"It stands after {max(ends)} weeks.")


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success",
    hints=(
        "What would you see first if it came back?",
        "Not how people feel about it and not whether they open a page: the thing itself, the first time.",
    ),
    rests_on=(COMPLETE,),
)  # fmt: skip
def first_signs_show_it(process_answer: ProcessAnswer, case: Case) -> Objections:
    """The first sign of each phase is the thing itself coming back."""
    for place, phase in placed("phases", process_answer.phases):
        if phase.sign != SHOWS.get(phase.failure):
            said = f"For {label(case, 'failures', phase.failure)} you look at {label(case, 'signs', phase.sign)}."
            yield objection(f"{place}.sign", said, "what is seen first when just this comes back")
    return met("Each first sign shows what its phase is against.")


@rubric.criterion(
    points=4, voice="ruth", skill="run_meetings",
    hints=(
        "How many hours do people sit together today, and how many with your plan?",
        "At most one hour more for a phase, and in all no more than today. A meeting without decisions may still catch "
        "something; Anders knows of one.",
    ),
    rests_on=(DAYS,),
)  # fmt: skip
def meetings_do_not_grow(process_answer: ProcessAnswer, conversation: State, case: Case) -> Objections:
    """No phase brings more than an hour of meetings, there are no more than today, and none ends that is needed."""
    for place, phase in placed("phases", process_answer.phases):
        if not 0 <= (phase.meeting or 0) <= HOUR:
            said = f"A phase brings {stated(phase.meeting)} hours of meetings a week."
            yield objection(f"{place}.meeting", said, "none, or at most one hour a week")
    week = case.truth.week
    today, then = sum(week.meetings.values()), meeting_hours(process_answer, case)
    if then > today:
        said = f"There are {stated(today)} hours of meetings a week today, and {stated(then)} with your plan."
        yield objection("dropped", said, "no more than today")
    if process_answer.dropped and not conversation.knows("quiet_catch"):
        who = case.registry.label("people", case.facts["quiet_catch"].held_by or "")
        said = "Nobody told you which of the quiet meetings is needed."
        yield objection(
            "dropped", said, "only what nobody would miss, as somebody told you", {"who could tell you": who}
        )
    for place, id in placed("dropped", process_answer.dropped):
        if id == case.truth.shape.catches or week.decided.get(id, 0) >= 3:
            does = "catches something" if id == case.truth.shape.catches else "decides"
            yield objection(place, f"{label(case, 'meetings', id)} ends, and it {does}.", "only what nobody would miss")
    return met(f"From {stated(today)} hours of meetings a week to {stated(then)}.")


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story",
    hints=("Read it aloud with a clock.", "100 to 250 words, and the days of the costliest thing among them."),
    rests_on=(DAYS,),
)  # fmt: skip
def answer_is_said_with_its_number(process_answer: ProcessAnswer) -> Objections:
    """What you say has 100 to 250 words, and the days of the costliest thing that you deal with."""
    count, (low, high) = word_count(process_answer.said), SAID_WORDS
    if not low <= count <= high:
        yield objection("said", f"Your answer has {count} words.", f"{low} to {high} words")
    days = max(phase.days or 0 for phase in process_answer.phases)
    if not any(as_said(said.value, days) for said in said_numbers(process_answer.said)):
        yield objection(
            "said", f"The {stated(days)} days are not in what you say.", "the number that makes it this house"
        )
    return met(f"It has {count} words, and {stated(days)} days are said.")
