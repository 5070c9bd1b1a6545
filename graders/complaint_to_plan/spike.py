"""Was the spike one that can end in no, and was measured what it says? (A13, O.1 to O.4)"""

from __future__ import annotations

import datetime as dt
import math

from curriculum.artifacts.analytical_task import AnalyticalTask
from curriculum.artifacts.rfc0 import Rfc0
from curriculum.cases import Case
from curriculum.cases.complaint_to_plan.draw import TODAY
from curriculum.cases.complaint_to_plan.entries import Question
from curriculum.cases.complaint_to_plan.facts import BLIND, COSTS, HOUR, LABELS, NUMBER, RUNS, WORDS
from curriculum.cases.complaint_to_plan.readiness import uses_label
from curriculum.cases.complaint_to_plan.tasks import PARTNERS, SEGMENTS, WIDE, Task
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, named, near, placed, stated, uncited
from graders.complaint_to_plan.base import CHOSEN, KNOWN, SEGMENT_NAMES, SOUND, not_heard, rubric, task_of, truth_of
from graders.complaint_to_plan.money import EUR_LEAST, EUR_OFF
from graders.rubric import Objections, met, objection

COVERAGE_OFF, NOISE_OFF, P95_OFF, P95_LEAST = 1.0, 1.0, 0.05, 0.5
"""Of 100 parcels, of 100 parcels, relative, minutes: whole minutes are as right."""
MOST_QUESTIONS, MOST_FACTS = 3, 7
UNTOLD = 2
"""Questions on which a task turns, and of which nobody may have told anything."""


@rubric.criterion(
    points=1, voice="marit", skill="write_specs", gate=True,
    hints=(
        "Could Marit say yes or no to this paper as it stands?",
        "Every field; the minutes of a run stay blank only where too few were measured.",
    ),
    met="The paper is filled, and every name is known here.",
)  # fmt: skip
def rfc0_is_complete(rfc0: Rfc0, case: Case) -> Objections:
    """Every field of the RFC-0 is filled with real content; what is unknown stays blank."""
    yield from incomplete(
        rfc0, case, "questions[].question", "questions[].answer", "timebox_days", "coverage_own", "coverage_partners",
        "noise_own", "noise_partners", "run_budget", "estimate_eur", "confidence_own", "confidence_partners",
        "decision_own", "decision_partners", "accepted_by", "accepted_on", "expires_on", "evidence", "risk",
    )  # fmt: skip


@rubric.criterion(
    points=1, voice="oskar", skill="write_specs",
    hints=(
        "Which number would make you answer no?",
        "One to three questions, each with a number that decides it: whether columns are there, whether the label is "
        "true, whether a run is in time, whether it beats the baseline.",
    ),
    rests_on=("rfc0.questions[].question",),
)  # fmt: skip
def can_be_answered_no(rfc0: Rfc0, case: Case) -> Objections:
    """The spike asks one to three questions, each of which a number can answer with no."""
    asked = {row.question for row in rfc0.questions}
    if len(rfc0.questions) > MOST_QUESTIONS or len(asked) < len(rfc0.questions):
        said = f"Questions: {len(rfc0.questions)}, of which different: {len(asked)}."
        yield objection("questions", said, "one to three different questions: a spike is short")
    for place, row in placed("questions", rfc0.questions):
        question = case.registry.find("questions", row.question, Question)
        if question and not question.can_be_no:
            said = f"“{question.label}” No number answers that with no."
            yield objection(f"{place}.question", said, "a question that a number decides")
    return met(f"Questions that can be answered no: {len(asked)}.")


@rubric.criterion(
    points=3, voice="oskar", skill="measure_success",
    hints=(
        "Does each answer follow from a number that you measured?",
        "yes and no as the limits of the memo say, in the worse of the two segments; unknown where fewer than 30 runs "
        "were measured at your hour.",
        "Compare each answer with the numbers that you state below it.",
    ),
    rests_on=("can_be_answered_no", "rfc0.questions[].answer", *SOUND),
)  # fmt: skip
def answers_recompute(rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case) -> Objections:
    """Each question of the spike is answered as what was measured says."""
    task, truth = task_of(analytical_task, case), truth_of(case)
    for place, row in placed("questions", rfc0.questions):
        question = case.registry.find("questions", row.question, Question)
        if question and row.answer not in truth.answers(question.id, task):
            evidence = {"question": question.label[:70], "answered": row.answer}
            said = f"You answer {row.answer}, and what can be measured says something else."
            yield objection(f"{place}.answer", said, "the answer that the number gives", evidence)
    return met("Each answer follows from what was measured.")


@rubric.criterion(
    points=1, voice="marit", skill="plan_releases",
    hints=(
        "When does Marit decide?",
        "The days from today until the decision that the memo names, or fewer; and no more than until it is accepted.",
    ),
    rests_on=("rfc0.timebox_days",),
)  # fmt: skip
def within_timebox(rfc0: Rfc0, case: Case) -> Objections:
    """The spike is over before it is decided, and before somebody accepts what it found."""
    days, accepted = rfc0.timebox_days or 0.0, rfc0.accepted_on
    if not 0 < days <= truth_of(case).shape.decide_in:
        said = f"The spike may take {stated(days)} days."
        yield objection("timebox_days", said, "more than none, and over on the day of the decision")
    elif accepted and TODAY <= accepted < TODAY + dt.timedelta(days=math.floor(days)):
        said = f"The spike may take {stated(days)} days, and its answers are accepted before."
        yield objection("timebox_days", said, "days that are over when it is accepted", {"accepted on": f"{accepted}"})
    return met(f"The spike may take {stated(days)} days, and then it is decided.")


@rubric.criterion(
    points=5, voice="leila", skill="measure_success",
    hints=(
        "For how many parcels is there a value, at partners and at own depots, each by itself?",
        "Of 100 rows of `parcels`, those that are not blank, in the column of your task that has fewest. A column that "
        "is not written at your hour has none. A wide promise reads nothing, and lacks nothing.",
        "Only the scan at loading has blanks; count them by segment.",
    ),
    rests_on=("rfc0.coverage_own", "rfc0.coverage_partners", *KNOWN),
)  # fmt: skip
def coverage_by_segment(rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case) -> Objections:
    """In each segment by itself, the share of parcels with a value in the emptiest column that is read recomputes."""
    task, truth = task_of(analytical_task, case), truth_of(case)
    for segment in SEGMENTS:
        place = f"coverage_{segment}"
        value, there = getattr(rfc0, place), truth.coverage(task, segment)
        if not near(value, there, absolute=COVERAGE_OFF):
            row = {"segment": SEGMENT_NAMES[segment], "look at": "`parcels`, the columns that you read"}
            yield objection(place, f"You state {stated(value)} of 100: {SEGMENT_NAMES[segment]}.",
                            "the share of its parcels with a value, where fewest have one", row)  # fmt: skip
    return met(f"With a value, of 100: own {stated(rfc0.coverage_own)}, partners {stated(rfc0.coverage_partners)}.")


@rubric.criterion(
    points=1, voice="paula", skill="measure_success",
    hints=(
        "Where does the label say something else than people on the telephone?",
        "In `audit`: of 100 parcels of the segment, those for which your label and “came” disagree, in either way.",
        "Count both kinds: came and labelled as missed, did not come and labelled as come.",
    ),
    rests_on=("rfc0.noise_own", "rfc0.noise_partners", "analytical_task.label"),
)  # fmt: skip
def noise_by_segment(rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case) -> Objections:
    """In each segment by itself, the share of parcels for which the label and the telephone disagree recomputes."""
    truth, label = truth_of(case), analytical_task.label
    if label not in case.registry.entries("labels"):
        return None
    for segment in SEGMENTS:
        place = f"noise_{segment}"
        value = getattr(rfc0, place)
        if not near(value, truth.noise(label, segment), absolute=NOISE_OFF):
            row = {"segment": SEGMENT_NAMES[segment], "label": named(case, "labels", label), "look at": "`audit`"}
            yield objection(place, f"You state {stated(value)} of 100: {SEGMENT_NAMES[segment]}.",
                            "the share of its audited parcels for which both disagree", row)  # fmt: skip
    return met(f"Label wrong, of 100: own {stated(rfc0.noise_own)}, partners {stated(rfc0.noise_partners)}.")


@rubric.criterion(
    points=6, voice="leila", skill="measure_success",
    hints=(
        "How long may a run take, and how long does it take on a bad day?",
        "Leila knows what a run has. `runs` has what runs took at each hour: the 95th percentile, and blank where "
        "fewer than 30 were measured.",
        "A run has {{ truth.shape.run_budget }} minutes here.",
    ),
    rests_on=("rfc0.run_budget", *CHOSEN),
)  # fmt: skip
def latency_measured(rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case, conversation: State) -> Objections:
    """What a run has was told, and what it takes is measured at the hour of the task, or is left blank as unknown."""
    task, truth = task_of(analytical_task, case), truth_of(case)
    if not near(rfc0.run_budget, truth.shape.run_budget, absolute=0.5):
        yield objection("run_budget", f"You state {stated(rfc0.run_budget)} minutes.", "what a run has")
    yield from not_heard("run_budget", case, conversation, "run_budget")
    took = truth.p95(task.moment)
    row = {"hour": named(case, "moments", task.moment), "look at": "`runs`"}
    if task.way == WIDE:
        return met("A wide promise needs no run.")
    if took is None and rfc0.run_p95 is not None:
        said = f"You state {stated(rfc0.run_p95)} minutes, and fewer than 30 runs were measured at this hour."
        yield objection("run_p95", said, "blank where it is unknown", row)
    elif took is not None and not near(rfc0.run_p95, took, relative=P95_OFF, absolute=P95_LEAST):
        yield objection("run_p95", f"You state {stated(rfc0.run_p95)} minutes.",
                        "the minutes within which 95 of 100 runs at your hour are over", row)  # fmt: skip
    return met("What runs take at your hour is measured, or named as unknown.", row)


@rubric.criterion(
    points=10, voice="marit", skill="measure_success",
    hints=(
        "What does your task bring on the weeks that you held back?",
        "Weeks 9 to 12, with your label, your threshold and the costs at your hour, for 3,000 parcels a day; less half "
        "of what the way costs for two months.",
        "It is what the last line of the trial says for weeks 9 to 12.",
    ),
    rests_on=("split_by_time", "costs_recompute", "rfc0.estimate_eur", *SOUND),
)  # fmt: skip
def estimate_recomputes(rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case) -> Objections:
    """What the task is said to bring in four weeks is what it brings on weeks 9 to 12."""
    brings = truth_of(case).promised(task_of(analytical_task, case)).net
    if not near(rfc0.estimate_eur, brings, relative=EUR_OFF, absolute=EUR_LEAST):
        row = {"stated": f"{stated(rfc0.estimate_eur)} €", "rows": "weeks 9 to 12"}
        yield objection("estimate_eur", f"You state {stated(rfc0.estimate_eur)} €.",
                        "what the task brings on the rows that are held back, as Marit counts", row)  # fmt: skip
    return met(f"On weeks 9 to 12 the task brings {stated(rfc0.estimate_eur)} €, as you say.")


_WORDS = {
    COSTS: "what an error costs", HOUR: "why parcels stay behind", RUNS: "what a run has to reckon with",
    LABELS: "what the label misses", NUMBER: "why the number in the memo does not hold",
    WORDS: "what “today or tomorrow” brings", BLIND: "what the data miss at the partners",
}  # fmt: skip


def wanted(task: Task) -> tuple[str, ...]:
    """The questions for which a task needs a fact."""
    runs = (RUNS,) if task.way != WIDE else ()
    apart = (BLIND,) if task.partners == WIDE and task.way != WIDE else ()
    partners = (LABELS,) if uses_label(task, PARTNERS) else apart
    wide = (WORDS,) if WIDE in (task.way, task.partners) else ()
    return (COSTS, HOUR, NUMBER, *runs, *partners, *wide)


@rubric.criterion(
    points=1, voice="sunniva", skill="listen_and_synthesise", gate=True,
    hints=(
        "Which of the things that you were told would change this paper if it were otherwise?",
        "One fact on each: costs; why parcels stay behind; why the number in the memo does not hold, which everybody "
        "has read; what a run or a feed has to reckon with, where something is run; what the label misses at the "
        "partners, where you rest on it there, or what the data miss there, where you tell them something else; what a "
        "wide promise brings, where you use one. At most seven. Two of them, besides costs, may be missing, where "
        "nobody told you anything of them.",
    ),
    rests_on=("rfc0.evidence", *CHOSEN),
)  # fmt: skip
def evidence_decides(rfc0: Rfc0, analytical_task: AnalyticalTask, case: Case, conversation: State | None) -> Objections:
    """What is cited answers each question on which the task turns, in at most seven facts; two may stay without, of
    which nobody told anything."""
    facts = [case.facts[id] for id in dict.fromkeys(rfc0.evidence) if id in case.facts]
    if len(facts) > MOST_FACTS:
        yield objection("evidence", f"You cite {len(facts)} facts.", f"the {MOST_FACTS} that decide most, or fewer")
    wants = wanted(task_of(analytical_task, case))
    missing = [question for question in wants if not any(question in fact.supports for fact in facts)]
    untold = [question for question in missing if question != COSTS and not _told(question, case, conversation)]
    for question in missing:
        if question not in untold[:UNTOLD]:
            yield objection("evidence", f"Nothing that you cite says {_WORDS[question]}.",
                            "a fact for each question on which the task turns")  # fmt: skip
    return met(f"{len(facts)} facts, and each question on which the task turns has one, as far as you were told.")


def _told(question: str, case: Case, conversation: State | None) -> bool:
    facts = (fact for fact in case.facts.values() if question in fact.supports)
    return conversation is not None and any(heard(case, fact.id, conversation) for fact in facts)


@rubric.criterion(
    points=1, voice="sunniva", skill="listen_and_synthesise", gate=True,
    hints=(
        "Did somebody tell you this, or does it sound like something that they would say?",
        "Cite what you heard yourself, or what stands in the memo.",
    ),
    rests_on=("rfc0.evidence",),
    met="You heard all of it yourself, or it stands in the memo.",
)  # fmt: skip
def cites_what_was_told(rfc0: Rfc0, case: Case, conversation: State | None) -> Objections:
    """Every fact that is cited was told to you, or stands in the memo."""
    yield from uncited(rfc0, conversation, case)
