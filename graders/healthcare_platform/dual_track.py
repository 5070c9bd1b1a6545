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
from graders.common import RATE_TOLERANCE, blank_at, incomplete, near
from graders.healthcare_platform.base import AGREED, decided, name, rubric, truth_of
from graders.rubric import Objections, met, objection

GENERAL = frozenset({"medical", "surgical"})


def _questions(plan: DualTrack, case: Case) -> Iterator[tuple[str, DiscoveryItem, Discovery]]:
    for number, row in enumerate(plan.discovery, start=1):
        if row.item in truth_of(case).backlog.discovery:
            yield f"discovery[{number}]", row, truth_of(case).backlog.discovery[row.item]


def _work(plan: DualTrack, case: Case) -> Iterator[tuple[str, DeliveryItem, Delivery]]:
    for number, row in enumerate(plan.delivery, start=1):
        if row.item in truth_of(case).backlog.delivery:
            yield f"delivery[{number}]", row, truth_of(case).backlog.delivery[row.item]


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
def dual_track_is_complete(dual_track: DualTrack, case: Case) -> Objections:
    """Both tracks have rows with a sprint, and the share of discovery and the two limits are stated."""
    yield from incomplete(
        dual_track, case, "discovery", "delivery", "discovery_share", "discovery_limit", "delivery_limit",
        "discovery[].item", "discovery[].decision", "delivery[].item", "delivery[].sprint",
    )  # fmt: skip
    for number, row in enumerate(dual_track.discovery, start=1):
        for part in ("sprint", "who") if row.decision != "stop" else ():
            yield from blank_at(dual_track, f"discovery[{number}].{part}")
    return met(f"{len(dual_track.discovery)} questions and {len(dual_track.delivery)} pieces of work.")


@rubric.criterion(
    points=2, voice="mateo", skill="scope_together",
    hints=(
        "For each piece of work: which answer says that it is worth building?",
        "The table `delivery` names the question. Is it confirmed? If it is open, plan to ask it before.",
        "Without an answer there must be a waiver with a reason, a person and a day.",
    ),
    rests_on=("dual_track.delivery",),
    met="All work rests on answers.",
    expected="an answer, or a waiver with reason, person and day",
)  # fmt: skip
def work_rests_on_answers(dual_track: DualTrack, case: Case) -> Objections:
    """Each piece of work rests on its own question, answered with yes or asked before; or on a waiver."""
    asked = _asked(dual_track)
    for place, row, item in _work(dual_track, case):
        if row.waiver_reason and row.waiver_owner and row.waiver_until:
            continue
        question = truth_of(case).backlog.discovery.get(row.rests_on)
        if question is None or question.id not in item.needs:
            what = f"rests on {name(case, 'discovery', row.rests_on)}, which does not answer for it"
        elif question.outcome == "refuted":
            what = f"rests on “{question.label}”, and the answer was no"
        elif question.outcome == "open" and question.id not in asked:
            what = f"rests on “{question.label}”, which nobody is going to ask"
        else:
            continue
        yield objection(f"{place}.rests_on", f"“{item.label}” {what}.")


@rubric.criterion(
    points=1, voice="ngozi", skill="scope_together",
    hints=(
        "How old is the answer when the work begins?",
        "Best one or two sprints, never more than 3, and never after the work began. One study is too old for any "
        "sprint: repeat it.",
    ),
    rests_on=("dual_track.delivery",),
    met="Every answer is fresh when the work begins.",
    expected=f"an answer 1 to {FRESH} sprints before the work",
)  # fmt: skip
def answers_are_fresh(dual_track: DualTrack, case: Case) -> Objections:
    """Each answer is there one to three sprints before the work begins, not later and not earlier."""
    asked = _asked(dual_track)
    for place, row, item in _work(dual_track, case):
        question = truth_of(case).backlog.discovery.get(row.rests_on)
        if question is None or question.id not in item.needs or row.sprint is None:
            continue
        answered = asked[question.id].sprint if question.id in asked else question.ended
        if answered is None or 1 <= (age := row.sprint - answered) <= FRESH:
            continue
        words = "is there only when the work has begun" if age < 1 else f"is {age} sprints old by then"
        yield objection(
            f"{place}.sprint",
            f"“{item.label}” begins in sprint {row.sprint}; its answer, of sprint {answered}, {words}.",
            "",
            {"work": item.id, "begins": row.sprint, "answered": answered, "sprints between": age},
        )


@rubric.criterion(
    points=1, voice="sanna", skill="translate_constraints",
    hints=(
        "Who is missing where the questions are asked?",
        "In each question that is asked or repeated somebody from ML, platform or quality takes part.",
    ),
    rests_on=("dual_track.discovery",),
    met="Engineers take part in every question.",
    expected="one of ML, platform or quality in each question",
)  # fmt: skip
def engineers_take_part(dual_track: DualTrack, case: Case) -> Objections:
    """In each question that is asked, somebody who builds takes part: two tracks, one team."""
    for place, row, item in _questions(dual_track, case):
        functions = {case.people[id].function for id in row.who if id in case.people}
        if row.decision in ("ask", "repeat") and not functions & set(ENGINEERS):
            yield objection(f"{place}.who", f"“{item.label}” is asked without an engineer.")


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "When are clauses turned into requirements: before or after the building?",
        "Work that a clause asks for carries its requirement ids, mapped by the end of an earlier sprint; 0 is "
        "the one before the plan.",
    ),
    rests_on=("dual_track.delivery",),
    met="All work that a clause asks for was mapped before.",
    expected="its requirements, mapped in an earlier sprint",
)  # fmt: skip
def compliance_is_mapped_before(dual_track: DualTrack, case: Case) -> Objections:
    """Work that a clause asks for carries its requirements, mapped in a sprint before it is built."""
    for place, row, item in _work(dual_track, case):
        absent = [id for id in item.requirements if id not in row.requirements]
        if absent:
            lacks = f"“{item.label}” does not carry {len(absent)} of the requirements that it builds."
            yield objection(f"{place}.requirements", lacks)
        elif item.requirements and (row.mapped_in is None or row.sprint is None or row.mapped_in >= row.sprint):
            yield objection(
                f"{place}.mapped_in",
                f"“{item.label}” is built in sprint {row.sprint} and mapped in sprint {row.mapped_in}.",
                "",
                {"work": item.id, "mapped": row.mapped_in, "built": row.sprint},
            )


@rubric.criterion(
    points=1, voice="mateo", skill="scope_together",
    hints=(
        "One question was answered with no. What follows?",
        "Stop the question and leave the work that rested on it out of the plan.",
    ),
    rests_on=("dual_track.discovery",),
    met="What was answered with no is stopped.",
)  # fmt: skip
def refuted_idea_is_stopped(dual_track: DualTrack, case: Case) -> Objections:
    """What discovery answered with no is stopped, and the work that rested on it is not in the plan."""
    backlog = truth_of(case).backlog
    refuted = {item.id for item in backlog.discovery.values() if item.outcome == "refuted"}
    stopped = {row.item for _, row, _ in _questions(dual_track, case) if row.decision == "stop"}
    if refuted - stopped:
        said = "A question that was answered with no is not stopped."
        yield objection("discovery", said, "a row that stops each question whose outcome in `discovery` is no")
    for place, _, item in _work(dual_track, case):
        if set(item.needs) & refuted:
            said = f"“{item.label}” is in the plan although its question was answered with no."
            yield objection(f"{place}.item", said, "the work left out")


@rubric.criterion(
    points=1, voice="lena", skill="scope_together",
    hints=(
        "Add up the days of one role in one sprint, questions and work together.",
        "No role may have more days in a sprint than the table `capacity` gives; there are four sprints.",
    ),
    rests_on=("dual_track.delivery",),
    met="No role has too much in any sprint.",
)  # fmt: skip
def work_fits_each_sprint(dual_track: DualTrack, case: Case) -> Objections:
    """In no sprint does a role have more days of work than there are, questions included."""
    load: dict[tuple[int, str], float] = defaultdict(float)
    for place, row, item in _work(dual_track, case):
        if row.sprint is None:
            continue
        if not 1 <= row.sprint <= SPRINTS:
            said = f"“{item.label}” is built in sprint {row.sprint}."
            yield objection(f"{place}.sprint", said, f"a sprint from 1 to {SPRINTS}")
        for role, days in item.days.items():
            load[row.sprint, role] += days
    for _, question, entry in _questions(dual_track, case):
        if question.decision in ("ask", "repeat") and question.sprint is not None:
            for role, days in entry.days.items():
                load[question.sprint, role] += days
    roles = truth_of(case).backlog.roles
    over = {key: days for key, days in load.items() if key[1] in roles and days > roles[key[1]].capacity + 1e-9}
    for (sprint, role), days in sorted(over.items(), key=lambda item: roles[item[0][1]].capacity - item[1]):
        row_ = {"sprint": sprint, "role": roles[role].label, "days planned": days,
                "days there are": roles[role].capacity}  # fmt: skip
        said = (f"In sprint {sprint} the {roles[role].label.lower()} have {days:g} days of work and "
                f"{roles[role].capacity:g} days.")  # fmt: skip
        yield objection("delivery", said, "no more than the days in the table `capacity`", row_)


@rubric.criterion(
    points=1, voice="hana", skill="scope_together",
    hints=(
        "A limit that can never be reached limits nothing.",
        "Count the rows in each sprint. The limits must hold in every sprint and be lower than the number of all "
        "rows of the track.",
    ),
    rests_on=(
        "dual_track.discovery", "dual_track.delivery", "dual_track.discovery_limit", "dual_track.delivery_limit",
    ),
)  # fmt: skip
def work_in_progress_is_limited(dual_track: DualTrack, case: Case) -> Objections:
    """Each track has a limit that the plan keeps and that could be broken."""
    asked = [row.sprint for _, row, _ in _questions(dual_track, case) if row.decision in ("ask", "repeat")]
    built = [row.sprint for _, row, _ in _work(dual_track, case)]
    tracks = (("discovery_limit", "questions", asked), ("delivery_limit", "pieces of work", built))
    for place, words, sprints in tracks:
        limit = getattr(dual_track, place)
        if limit is None:  # then the question is not asked
            continue
        if limit < 1 or limit >= max(len(sprints), 2):
            said = f"The limit of {words} in a sprint is {limit}; {len(sprints)} are planned in all."
            yield objection(place, said, "a limit below the number of all, so that it can stop something")
        for sprint in sorted({s for s in sprints if s is not None and sprints.count(s) > limit}):
            count = sprints.count(sprint)
            said = f"In sprint {sprint} there are {count} {words}; your limit is {limit}."
            yield objection(place, said, "the limit kept", {"sprint": sprint, "rows": count, "limit": limit})
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
    rests_on=("dual_track.discovery", "dual_track.delivery", "dual_track.discovery_share"),
)  # fmt: skip
def discovery_share_recomputes(dual_track: DualTrack, case: Case) -> Objections:
    """The stated share of discovery is that of the plan's days, and within what was agreed."""
    questions = sum(
        sum(item.days.values()) for _, row, item in _questions(dual_track, case) if row.decision in ("ask", "repeat")
    )
    work = sum(sum(item.days.values()) for _, _, item in _work(dual_track, case))
    share = 100 * questions / (questions + work) if questions + work else 0.0
    low, high = DISCOVERY_SHARE
    stated = dual_track.discovery_share
    if not near(stated, share, absolute=100 * RATE_TOLERANCE):
        said = f"You state {stated:g} %; the days of your rows give another share."
        rule = "days of the questions that are asked or repeated, divided by all days of the plan, in percent"
        yield objection("discovery_share", said, rule, {"days of questions": questions, "days of work": work})
    elif not low <= share <= high:
        said = f"Discovery takes {share:.1f} % of the days."
        yield objection("discovery_share", said, f"between {low:g} and {high:g} %")
    return met(f"Discovery takes {share:.1f} % of the days.")


@rubric.criterion(
    points=1, voice="sanna", skill="plan_releases",
    hints=(
        "Read your log again: which model, which wards, which alerts?",
        "The plan has the model and the screen of the log, the panel, the sign, the trail and the notice; the "
        "feed for the sequence model; the first weeks for medical and surgical wards; and nothing of the option "
        "that lost.",
    ),
    rests_on=("dual_track.delivery", "decision_log.model.chosen", *AGREED),
    met="The plan builds what was decided.",
)  # fmt: skip
def plan_builds_what_was_decided(dual_track: DualTrack, decision_log: DecisionLog, case: Case) -> Objections:
    """The plan holds the work that the decisions bring with them, and none of the options that lost."""
    model, use, screen = decided(decision_log, case)
    backlog = truth_of(case).backlog
    wanted = backlog.wanted(model, screen, bool(GENERAL & set(USES[use].wards)))
    planned = {item.id: place for place, _, item in _work(dual_track, case) if item.id != "voice"}
    lost = len(wanted - planned.keys())
    if lost:
        words = "1 piece of work that follows" if lost == 1 else f"{lost} pieces of work that follow"
        said = f"{words} from your decisions {'is' if lost == 1 else 'are'} not planned."
        yield objection("delivery", said, "all work in `delivery` that belongs to the model, the wards and the screen")
    for extra in sorted(planned.keys() - wanted):
        said = f"“{backlog.delivery[extra].label}” is planned and belongs to an option that lost."
        yield objection(f"{planned[extra]}.item", said, "only what was decided")
