"""Does every piece of work rest on an answer that is true, fresh and mapped to its clauses? (A23)"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.dual_track import DeliveryItem, DiscoveryItem, DualTrack
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.calendar import SPRINTS
from curriculum.cases.healthcare_platform.kinds import Delivery, Discovery
from curriculum.cases.healthcare_platform.measures import USES
from curriculum.cases.healthcare_platform.plan import FRESH, Plan, Planned
from graders.common import blank_at, incomplete
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
        "Work needs a sprint; a question needs what you do with it, and unless you stop it a sprint and an engineer.",
    ),
)  # fmt: skip
def dual_track_is_complete(dual_track: DualTrack, case: Case) -> Objections:
    """Both tracks have rows, each with what happens and when."""
    yield from incomplete(
        dual_track, case, "discovery", "delivery", "discovery[].item", "discovery[].decision", "delivery[].item",
        "delivery[].sprint",
    )  # fmt: skip
    for number, row in enumerate(dual_track.discovery, start=1):
        for part in ("sprint", "engineer") if row.decision != "stop" else ():
            yield from blank_at(dual_track, f"discovery[{number}].{part}")
    return met(f"{len(dual_track.discovery)} questions and {len(dual_track.delivery)} pieces of work.")


@rubric.criterion(
    points=3, voice="sanna", skill="plan_releases", gate=True,
    hints=(
        "Read your log again: which model, which wards, which alerts?",
        "The plan has the model and the screen of the log, and whatever of panel, sign, trail and notice is not built "
        "yet; the feed for the sequence model; making medical and surgical wards ready; nothing else.",
    ),
    rests_on=("dual_track.delivery", *AGREED),
    met="The plan builds what was decided.",
)  # fmt: skip
def plan_builds_what_was_decided(dual_track: DualTrack, decision_log: DecisionLog, case: Case) -> Objections:
    """The plan holds the work that the decisions bring with them and that is not built yet, and nothing else."""
    model, use, screen = decided(decision_log, case)
    backlog = truth_of(case).backlog
    wanted = backlog.wanted(model, screen, bool(GENERAL & set(USES[use].wards)))
    planned = {item.id: place for place, _, item in _work(dual_track, case)}
    if lost := len(wanted - planned.keys()):
        words = "1 piece of work that follows" if lost == 1 else f"{lost} pieces of work that follow"
        said = f"{words} from your decisions {'is' if lost == 1 else 'are'} not planned."
        rule = "all work in `delivery` that belongs to the model, the wards and the screen and is not built yet"
        yield objection("delivery", said, rule)
    for extra in sorted(planned.keys() - wanted):
        what = "is in service already" if backlog.delivery[extra].built else "does not follow from your decisions"
        said = f"“{backlog.delivery[extra].label}” is planned and {what}."
        yield objection(f"{planned[extra]}.item", said, "only what was decided and is not there yet")


@rubric.criterion(
    points=6, voice="ngozi", skill="scope_together", gate=True,
    hints=(
        "For each piece of work: which answer says that it is worth building, and how old is it when the work begins?",
        "An answer is there one or two sprints before its work. What is open has to be asked first; what is older "
        "has to be asked again.",
    ),
    rests_on=("dual_track.delivery", "plan_builds_what_was_decided"),
    met="All work rests on fresh answers.",
    expected=f"an answer that is there 1 to {FRESH} sprints before the work",
)  # fmt: skip
def work_rests_on_fresh_answers(dual_track: DualTrack, case: Case) -> Objections:
    """Each piece of work rests on an answer that is there one or two sprints before it begins."""
    asked, backlog = _asked(dual_track), truth_of(case).backlog
    for place, row, item in _work(dual_track, case):
        question = backlog.question_of(item.id)
        if row.sprint is None:
            continue
        answered = asked[question.id].sprint if question.id in asked else question.ended
        if question.outcome == "refuted":
            what = f"rests on “{question.label}”, and the answer was no"
        elif answered is None:
            what = f"rests on “{question.label}”, which nobody is going to ask"
        elif (age := row.sprint - answered) < 1:
            what = f"begins in sprint {row.sprint}, and its answer is there only by the end of sprint {answered}"
        elif age > FRESH:
            what = f"begins in sprint {row.sprint}, and its answer of sprint {answered} is {age} sprints old by then"
        else:
            continue
        shown = {"work": item.id, "begins": row.sprint, "answered": answered}
        yield objection(f"{place}.sprint", f"“{item.label}” {what}.", "", shown)


@rubric.criterion(
    points=3, voice="mateo", skill="scope_together",
    hints=(
        "How does each question stand: open, answered lately, answered long ago, answered with no?",
        "Ask what is open, repeat what is too old for any sprint, stop what was answered with no. What was answered "
        "lately needs no row.",
    ),
    rests_on=("dual_track.discovery",),
    met="Each question gets what it needs.",
    expected="ask what is open, repeat what is too old, stop what was answered with no, and leave the rest alone",
)  # fmt: skip
def questions_get_what_they_need(dual_track: DualTrack, case: Case) -> Objections:
    """What is open is asked, what is too old is repeated, what was answered with no is stopped, and no more."""
    backlog = truth_of(case).backlog
    for place, row, item in _questions(dual_track, case):
        if row.decision and row.decision != backlog.needed(item):
            ended = "is open" if item.ended is None else f"ended in sprint {item.ended}"
            answer = {"confirmed": " with yes", "refuted": " with no"}.get(item.outcome, "")
            said = f"“{item.label}” {ended}{answer}; you write “{row.decision}”."
            yield objection(f"{place}.decision", said, "", {"question": item.id, "outcome": item.outcome})
    stopped = {row.item for _, row, _ in _questions(dual_track, case) if row.decision == "stop"}
    refuted = {item.id for item in backlog.discovery.values() if item.outcome == "refuted"}
    if refuted - stopped:
        yield objection("discovery", "A question that was answered with no is not stopped.")


@rubric.criterion(
    points=2, voice="sanna", skill="translate_constraints",
    hints=(
        "Who of those who build has days for this question?",
        "The table `discovery` gives days to ML, platform or quality: that is Sanna, Lena or Hana.",
    ),
    rests_on=("dual_track.discovery",),
    met="Engineers take part in every question.",
    expected="the person of ML, platform or quality whose days the table `discovery` plans for it",
)  # fmt: skip
def engineers_take_part(dual_track: DualTrack, case: Case) -> Objections:
    """In each question that is asked, the engineer takes part whose days are planned for it: two tracks, one team."""
    for place, row, item in _questions(dual_track, case):
        if row.decision in ("ask", "repeat") and row.engineer != truth_of(case).backlog.engineer_of(item):
            who = name(case, "people", row.engineer)
            said = f"“{item.label}” is asked with {who}, who is no engineer with days for it."
            yield objection(f"{place}.engineer", said)


@rubric.criterion(
    points=3, voice="anouk", skill="build_compliance_in",
    hints=(
        "When are clauses turned into requirements: before or after the building?",
        "Work that a clause asks for is mapped by the end of an earlier sprint; 0 is the one before the plan.",
    ),
    rests_on=("dual_track.delivery", "work_rests_on_fresh_answers"),
    met="All work that a clause asks for was mapped before.",
    expected="clauses mapped by the end of a sprint before the work, from 0 on; none where no clause asks",
)  # fmt: skip
def compliance_is_mapped_before(dual_track: DualTrack, case: Case) -> Objections:
    """Work that a clause asks for is mapped to its requirements in a sprint before it is built."""
    for place, row, item in _work(dual_track, case):
        if row.sprint is None:
            continue
        mapped = "not at all" if row.mapped_in is None else f"in sprint {row.mapped_in}"
        if item.requirements and (row.mapped_in is None or not 0 <= row.mapped_in < row.sprint):
            said = f"“{item.label}” is built in sprint {row.sprint} and mapped {mapped}."
            shown = {"work": item.id, "mapped": row.mapped_in, "built": row.sprint}
            yield objection(f"{place}.mapped_in", said, "", shown)


@rubric.criterion(
    points=4, voice="lena", skill="scope_together",
    hints=(
        "Add up the days of one role in one sprint, questions and work together.",
        "No role has more days in a sprint than the table `capacity` gives, no sprint more pieces of work or open "
        "questions than `plan_rules` says, and there are four sprints.",
    ),
    rests_on=("dual_track.delivery", "work_rests_on_fresh_answers"),
    met="No sprint is too full.",
    expected="no more than the tables `capacity` and `plan_rules` allow",
)  # fmt: skip
def work_fits_each_sprint(dual_track: DualTrack, case: Case) -> Objections:
    """No sprint has more days of a role, more work or more open questions than there may be."""
    for place, row, item in _work(dual_track, case):
        if row.sprint is not None and not 1 <= row.sprint <= SPRINTS:
            said = f"“{item.label}” is built in sprint {row.sprint}."
            yield objection(f"{place}.sprint", said, f"a sprint from 1 to {SPRINTS}")
    asked = [
        Planned(row.item, row.sprint)
        for _, row, _ in _questions(dual_track, case)
        if row.decision in ("ask", "repeat") and row.sprint is not None
    ]
    built = [Planned(row.item, row.sprint) for _, row, _ in _work(dual_track, case) if row.sprint is not None]
    for sprint, what, much, most in truth_of(case).backlog.too_much(Plan(tuple(asked), tuple(built))):
        said = f"In sprint {sprint} there are {much:g} {what}, and {most:g} at most."
        yield objection("delivery", said, "", {"sprint": sprint, "what": what, "planned": much, "at most": most})
