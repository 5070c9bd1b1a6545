"""Does every piece of work rest on an answer that is true, fresh and mapped to its clauses? (A23)"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.dual_track import DeliveryItem, DiscoveryItem, DualTrack
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.calendar import SPRINTS
from curriculum.cases.healthcare_platform.kinds import Delivery, Discovery
from curriculum.cases.healthcare_platform.measures import USES
from curriculum.cases.healthcare_platform.plan import DISCOVERY_SHARE, ENGINEERS, FRESH
from graders.common import RATE_TOLERANCE, listed, missing, near
from graders.healthcare_platform.base import UNDECIDED, chosen, completeness, first, name, rubric, truth_of
from graders.rubric import Verdict, met, unmet

GENERAL = frozenset({"medical", "surgical"})


def _questions(plan: DualTrack, case: Case) -> Iterator[tuple[DiscoveryItem, Discovery]]:
    for row in plan.discovery:
        if row.item in truth_of(case).backlog.discovery:
            yield row, truth_of(case).backlog.discovery[row.item]


def _work(plan: DualTrack, case: Case) -> Iterator[tuple[DeliveryItem, Delivery]]:
    for row in plan.delivery:
        if row.item in truth_of(case).backlog.delivery:
            yield row, truth_of(case).backlog.delivery[row.item]


def _asked(plan: DualTrack) -> dict[str, DiscoveryItem]:
    """The questions that the plan asks or repeats."""
    return {row.item: row for row in plan.discovery if row.decision in ("ask", "repeat")}


@rubric.criterion(
    points=1, voice="walter", skill="scope_together", gate=True,
    hints=(
        "Which row is not finished?",
        "Work needs a sprint; a question needs what you do with it, and unless you stop it a sprint and people; "
        "then the share and both limits.",
    ),
)  # fmt: skip
def dual_track_is_complete(dual_track: DualTrack, case: Case) -> Verdict:
    """Both tracks have rows with a sprint, and the share of discovery and the two limits are stated."""
    blank = missing({"questions": dual_track.discovery, "work": dual_track.delivery,
                     "the share": dual_track.discovery_share,
                     "the limit of open questions": dual_track.discovery_limit,
                     "the limit of work": dual_track.delivery_limit})  # fmt: skip
    for row in dual_track.discovery:
        needed: dict[str, object] = {"question": row.item, "what you do with it": row.decision}
        if row.decision != "stop":
            needed |= {"sprint": row.sprint, "people": row.who}
        blank += [f"{part} of {name(case, 'discovery', row.item)[:40]}" for part in missing(needed)]
    for work in dual_track.delivery:
        blank += [f"{part} of {name(case, 'delivery', work.item)[:40]}" for part in
                  missing({"work": work.item, "sprint": work.sprint})]  # fmt: skip
    return completeness(
        dual_track, case, blank, f"{len(dual_track.discovery)} questions and {len(dual_track.delivery)} pieces of work."
    )


@rubric.criterion(
    points=2, voice="mateo", skill="scope_together",
    hints=(
        "For each piece of work: which answer says that it is worth building?",
        "The table `delivery` names the question. Is it confirmed? If it is open, plan to ask it before.",
        "Without an answer there must be a waiver with a reason, a person and a day.",
    ),
)  # fmt: skip
def work_rests_on_answers(dual_track: DualTrack, case: Case) -> Verdict:
    """Each piece of work rests on its own question, answered with yes or asked before; or on a waiver."""
    asked, problems = _asked(dual_track), []
    for row, item in _work(dual_track, case):
        if row.waiver_reason and row.waiver_owner and row.waiver_until:
            continue
        question = truth_of(case).backlog.discovery.get(row.rests_on)
        if question is None or question.id not in item.needs:
            problems.append(
                f"“{item.label}” rests on {name(case, 'discovery', row.rests_on)}, which does not answer for it."
            )
        elif question.outcome == "refuted":
            problems.append(f"“{item.label}” rests on “{question.label}”, and the answer was no.")
        elif question.outcome == "open" and question.id not in asked:
            problems.append(f"“{item.label}” rests on “{question.label}”, which nobody is going to ask.")
    if problems:
        return unmet(first(problems, "pieces of work like it"), "an answer, or a waiver with reason, person and day")
    return met("All work rests on answers.")


@rubric.criterion(
    points=1, voice="ngozi", skill="scope_together",
    hints=(
        "How old is the answer when the work begins?",
        "Best one or two sprints, never more than 3, and never after the work began. One study is too old for any "
        "sprint: repeat it.",
    ),
)  # fmt: skip
def answers_are_fresh(dual_track: DualTrack, case: Case) -> Verdict:
    """Each answer is there one to three sprints before the work begins, not later and not earlier."""
    asked, problems, rows = _asked(dual_track), [], []
    for row, item in _work(dual_track, case):
        question = truth_of(case).backlog.discovery.get(row.rests_on)
        if question is None or question.id not in item.needs or row.sprint is None:
            continue
        answered = asked[question.id].sprint if question.id in asked else question.ended
        if answered is None:
            continue
        age = row.sprint - answered
        if not 1 <= age <= FRESH:
            words = "is there only when the work has begun" if age < 1 else f"is {age} sprints old by then"
            problems.append(f"“{item.label}” begins in sprint {row.sprint}; its answer, of sprint {answered}, {words}.")
            rows.append({"work": item.id, "begins": row.sprint, "answered": answered, "sprints between": age})
    if problems:
        return unmet(first(problems, "answers like it"), f"an answer 1 to {FRESH} sprints before the work", *rows[:5])
    return met("Every answer is fresh when the work begins.")


@rubric.criterion(
    points=1, voice="sanna", skill="translate_constraints",
    hints=(
        "Who is missing where the questions are asked?",
        "In each question that is asked or repeated somebody from ML, platform or quality takes part.",
    ),
)  # fmt: skip
def engineers_take_part(dual_track: DualTrack, case: Case) -> Verdict:
    """In each question that is asked, somebody who builds takes part: two tracks, one team."""
    problems = []
    for row, item in _questions(dual_track, case):
        functions = {case.people[id].function for id in row.who if id in case.people}
        if row.decision in ("ask", "repeat") and not functions & set(ENGINEERS):
            problems.append(f"“{item.label}” is asked without an engineer.")
    if problems:
        return unmet(first(problems, "questions like it"), "one of ML, platform or quality in each question")
    return met("Engineers take part in every question.")


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "When are clauses turned into requirements: before or after the building?",
        "Work that a clause asks for carries its requirement ids, mapped by the end of an earlier sprint; 0 is "
        "the one before the plan.",
    ),
)  # fmt: skip
def compliance_is_mapped_before(dual_track: DualTrack, case: Case) -> Verdict:
    """Work that a clause asks for carries its requirements, mapped in a sprint before it is built."""
    problems, rows = [], []
    for row, item in _work(dual_track, case):
        absent = [id for id in item.requirements if id not in row.requirements]
        if absent:
            problems.append(f"“{item.label}” does not carry {listed(absent)}.")
        elif item.requirements and (row.mapped_in is None or row.sprint is None or row.mapped_in >= row.sprint):
            problems.append(f"“{item.label}” is built in sprint {row.sprint} and mapped in sprint {row.mapped_in}.")
            rows.append({"work": item.id, "mapped": row.mapped_in, "built": row.sprint})
    if problems:
        return unmet(
            first(problems, "pieces of work like it"), "its requirements, mapped in an earlier sprint", *rows[:5]
        )
    return met("All work that a clause asks for was mapped before.")


@rubric.criterion(
    points=1, voice="mateo", skill="scope_together",
    hints=(
        "One question was answered with no. What follows?",
        "Stop the question and leave the work that rested on it out of the plan.",
    ),
)  # fmt: skip
def refuted_idea_is_stopped(dual_track: DualTrack, case: Case) -> Verdict:
    """What discovery answered with no is stopped, and the work that rested on it is not in the plan."""
    backlog = truth_of(case).backlog
    refuted = {item.id for item in backlog.discovery.values() if item.outcome == "refuted"}
    stopped = {row.item for row, _ in _questions(dual_track, case) if row.decision == "stop"}
    still = [item.label for _, item in _work(dual_track, case) if set(item.needs) & refuted]
    if missing_stop := sorted(refuted - stopped):
        return unmet(
            f"“{backlog.discovery[missing_stop[0]].label}” was answered with no and is not stopped.",
            "a row that stops it",
        )
    if still:
        return unmet(f"“{still[0]}” is in the plan although its question was answered with no.", "the work left out")
    return met("What was answered with no is stopped.")


@rubric.criterion(
    points=1, voice="lena", skill="scope_together",
    hints=(
        "Add up the days of one role in one sprint, questions and work together.",
        "No role may have more days in a sprint than the table `capacity` gives; there are four sprints.",
    ),
)  # fmt: skip
def work_fits_each_sprint(dual_track: DualTrack, case: Case) -> Verdict:
    """In no sprint does a role have more days of work than there are, questions included."""
    load: dict[tuple[int, str], float] = defaultdict(float)
    for row, item in _work(dual_track, case):
        if row.sprint is None:
            continue
        if not 1 <= row.sprint <= SPRINTS:
            return unmet(f"“{item.label}” is built in sprint {row.sprint}.", f"a sprint from 1 to {SPRINTS}")
        for role, days in item.days.items():
            load[row.sprint, role] += days
    for question, entry in _questions(dual_track, case):
        if question.decision in ("ask", "repeat") and question.sprint is not None:
            for role, days in entry.days.items():
                load[question.sprint, role] += days
    roles = truth_of(case).backlog.roles
    over = {key: days for key, days in load.items() if key[1] in roles and days > roles[key[1]].capacity + 1e-9}
    if over:
        (sprint, role), days = max(over.items(), key=lambda item: item[1] - roles[item[0][1]].capacity)
        row_ = {
            "sprint": sprint,
            "role": roles[role].label,
            "days planned": days,
            "days there are": roles[role].capacity,
        }
        return unmet(f"In sprint {sprint} the {roles[role].label.lower()} have {days:g} days of work and "
                     f"{roles[role].capacity:g} days.",
                     "no more than there is", row_)  # fmt: skip
    return met("No role has too much in any sprint.")


@rubric.criterion(
    points=1, voice="hana", skill="scope_together",
    hints=(
        "A limit that can never be reached limits nothing.",
        "Count the rows in each sprint. The limits must hold in every sprint and be lower than the number of all "
        "rows of the track.",
    ),
)  # fmt: skip
def work_in_progress_is_limited(dual_track: DualTrack, case: Case) -> Verdict:
    """Each track has a limit that the plan keeps and that could be broken."""
    asked = [row.sprint for row, _ in _questions(dual_track, case) if row.decision in ("ask", "repeat")]
    built = [row.sprint for row, _ in _work(dual_track, case)]
    tracks = (("questions", asked, dual_track.discovery_limit), ("pieces of work", built, dual_track.delivery_limit))
    for words, sprints, limit in tracks:
        if limit is None or limit < 1 or limit >= max(len(sprints), 2):
            return unmet(f"The limit of {words} in a sprint is {limit if limit is not None else 'not stated'}; "
                         f"{len(sprints)} are planned in all.",
                         "a limit below the number of all, so that it can stop something")  # fmt: skip
        for sprint in sorted({s for s in sprints if s is not None}):
            if sprints.count(sprint) > limit:
                return unmet(f"In sprint {sprint} there are {sprints.count(sprint)} {words}; your limit is "
                             f"{limit}.", "the limit kept",
                             {"sprint": sprint, "rows": sprints.count(sprint), "limit": limit})  # fmt: skip
    return met(
        f"At most {dual_track.discovery_limit} questions and {dual_track.delivery_limit} pieces of work in a sprint."
    )


@rubric.criterion(
    points=1, voice="walter", skill="scope_together",
    hints=(
        "Which part of all planned days are questions?",
        "Add the days of the questions that are asked or repeated, and divide by these and the days of the work. "
        "In percent.",
    ),
)  # fmt: skip
def discovery_share_recomputes(dual_track: DualTrack, case: Case) -> Verdict:
    """The stated share of discovery is that of the plan's days, and within what was agreed."""
    questions = sum(
        sum(item.days.values()) for row, item in _questions(dual_track, case) if row.decision in ("ask", "repeat")
    )
    work = sum(sum(item.days.values()) for _, item in _work(dual_track, case))
    share = 100 * questions / (questions + work) if questions + work else 0.0
    low, high = DISCOVERY_SHARE
    row = {
        "days of questions": questions,
        "days of work": work,
        "share in percent": round(share, 1),
        "stated": dual_track.discovery_share,
    }
    if not near(dual_track.discovery_share, share, absolute=100 * RATE_TOLERANCE):
        stated = "nothing" if dual_track.discovery_share is None else f"{dual_track.discovery_share:g} %"
        return unmet(f"You state {stated}; the plan's days give {share:.1f} %.", "the share that the days give", row)
    if not low <= share <= high:
        return unmet(f"Discovery takes {share:.1f} % of the days.", f"between {low:g} and {high:g} %", row)
    return met(f"Discovery takes {share:.1f} % of the days.", row)


@rubric.criterion(
    points=1, voice="sanna", skill="plan_releases",
    hints=(
        "Read your log again: which model, which wards, which alerts?",
        "The plan has the model and the screen of the log, the panel, the sign, the trail and the notice; the "
        "feed for the sequence model; the first weeks for medical and surgical wards; and nothing of the option "
        "that lost.",
    ),
)  # fmt: skip
def plan_builds_what_was_decided(dual_track: DualTrack, decision_log: DecisionLog, case: Case) -> Verdict:
    """The plan holds the work that the decisions bring with them, and none of the options that lost."""
    model, use, screen = chosen(decision_log, case)
    if not (model and use and screen):
        return unmet("The log does not decide on model, wards and alerts.", UNDECIDED)
    backlog = truth_of(case).backlog
    wanted = backlog.wanted(model, screen, bool(GENERAL & set(USES[use].wards)))
    planned = {item.id for _, item in _work(dual_track, case) if item.id != "voice"}
    if lost := sorted(wanted - planned):
        return unmet(
            f"“{backlog.delivery[lost[0]].label}” follows from your decisions and is not planned.",
            "all work that follows",
        )
    if extra := sorted(planned - wanted):
        return unmet(
            f"“{backlog.delivery[extra[0]].label}” is planned and belongs to an option that lost.",
            "only what was decided",
        )
    return met("The plan builds what was decided.")
