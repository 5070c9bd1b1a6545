"""Is the joint decision log one that somebody can audit, reopen and rely on? (A24)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.agreement import agreed
from curriculum.cases.healthcare_platform.measures import TOPICS
from curriculum.roleplay.engine import State
from graders.common import incomplete
from graders.healthcare_platform.base import DECIDED, accepted, name, ref, rubric, truth_of
from graders.rubric import Objections, met, objection


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions", gate=True,
    hints=(
        "Are all three questions decided, and is every record filled?",
        "Model, wards, alerts: each needs who decides, the choice, the option against it, the numbers that the cell "
        "writes, a reason, what it costs and who bears that.",
    ),
)  # fmt: skip
def decision_log_is_complete(decision_log: DecisionLog, case: Case) -> Objections:
    """The records on the model, on the wards and on the alerts are there, and none has a blank part."""
    parts = ("decider", "chosen", "rival", "measures", "because", "gives_up", "borne_by")
    yield from incomplete(decision_log, case, *(f"{topic}.{part}" for topic in TOPICS for part in parts))
    return met(f"All {len(TOPICS)} records are whole.")


@rubric.criterion(
    points=2, voice="ngozi", skill="keep_decisions",
    hints=(
        "After your log, which record holds on each question?",
        "Some earlier records were superseded by others long ago. Yours ends the one that holds today, on the same "
        "question: nobody has superseded it.",
    ),
    rests_on=DECIDED,
    met="Each record ends the one that held, and the old one names the new.",
    expected="the record that holds today on the same question: the last of its chain",
)  # fmt: skip
def old_record_ends(decision_log: DecisionLog, case: Case) -> Objections:
    """Each record supersedes the one that holds today on its own question, so that exactly one holds from now on."""
    earlier = truth_of(case).earlier
    numbers = {record.supersedes for record in earlier.records.values()}
    for place, record in accepted(decision_log):
        at, old = f"{place}.supersedes", earlier.records.get(record.supersedes)
        this = ref(record).capitalize()
        if old is None:
            if earlier.holding(record.topic):
                yield objection(at, f"{this} supersedes nothing, and an earlier record still holds beside it.")
        elif old.topic != record.topic:
            yield objection(at, f"{this} supersedes record {old.number}, which answers another question.")
        elif old.number in numbers:
            row = {"record": record.number, "supersedes": old.number}
            yield objection(at, f"{this} supersedes record {old.number}, which held no longer.", "", row)


@rubric.criterion(
    points=2, voice="walter", skill="decision_rights",
    hints=(
        "Who may say yes to this in the company, and was there?",
        "The table `decision_rights` names one person for each question. It is not always the most senior one.",
    ),
    rests_on=DECIDED,
    met="Each was decided by the person who may, in the room.",
    expected="the person whom `decision_rights` names, who said yes to this option in the review",
)  # fmt: skip
def decider_holds_the_right(decision_log: DecisionLog, conversation: State, case: Case) -> Objections:
    """Each record names as decider the person who holds the right, who was there and said yes."""
    rights = truth_of(case).rights
    for place, record in accepted(decision_log):
        if not record.decider:
            continue
        who, at = name(case, "people", record.decider), f"{place}.decider"
        if record.decider != rights[record.topic].decider:
            yield objection(at, f"{who} does not hold the right to decide {ref(record)}.")
        elif not agreed(conversation, record.decider, record.topic, record.chosen):
            yield objection(at, f"{who} decides {ref(record)} and did not say yes to it in the review.")


@rubric.criterion(
    points=3, voice="walter", skill="decision_rights", gate=True,
    hints=(
        "Who said yes in the room?",
        "Only those who agreed in the review to exactly this option may stand as signed. If somebody did not, go "
        "back to the review and ask.",
    ),
    rests_on=DECIDED,
)  # fmt: skip
def sign_offs_were_given(decision_log: DecisionLog, conversation: State, case: Case) -> Objections:
    """Nobody stands as signed who did not agree to this option in the review."""
    claimed = [
        (f"{place}.sign_offs[{number}]", record, person)
        for place, record in accepted(decision_log)
        for number, person in enumerate(record.sign_offs, start=1)
        if person
    ]
    for place, record, person in claimed:
        if agreed(conversation, person, record.topic, record.chosen):
            continue
        who, option = name(case, "people", person), name(case, "options", record.chosen)
        yield objection(
            place,
            f"{who} stands as signed under {ref(record)} and did not agree to {option} in the review.",
            "the sign-offs that people gave in the room, and no others",
            {"record": record.number, "person": who, "option": record.chosen, "agreed": "no"},
        )
    if not claimed:
        said = "Nobody has signed anything."
        yield objection("model.sign_offs", said, "the sign-offs of the people whom the decisions touch")
    return met(f"All {len(claimed)} sign-offs were given in the review.")


@rubric.criterion(
    points=2, voice="ngozi", skill="decision_rights",
    hints=(
        "Whose work does each decision change?",
        "The table `decision_rights` names two people for each question who must agree besides the one who decides.",
    ),
    rests_on=DECIDED,
    met="Everybody whose work it changes has signed.",
    expected="everybody whom `decision_rights` says must agree",
)  # fmt: skip
def affected_functions_sign(decision_log: DecisionLog, case: Case) -> Objections:
    """Everybody whose work a decision changes has signed it."""
    rights = truth_of(case).rights
    for place, record in accepted(decision_log):
        if absent := [person for person in rights[record.topic].signers if person not in record.sign_offs]:
            who = (
                "somebody whose work it changes" if len(absent) == 1 else f"{len(absent)} people whose work it changes"
            )
            yield objection(f"{place}.sign_offs", f"{ref(record).capitalize()} is not signed by {who}.")


@rubric.criterion(
    points=2, voice="anouk", skill="keep_decisions",
    hints=(
        "The audit log knows what each record looked like when it was accepted.",
        "Work out the fingerprint of each text in `earlier_records` and compare it with the entry “accepted” in "
        "`audit_log`.",
        "It is {{ case.registry.label('records', truth.earlier.edited) }}.",
    ),
    rests_on=("decision_log.edited_record",),
)  # fmt: skip
def edited_record_is_found(decision_log: DecisionLog, case: Case) -> Objections:
    """The earlier record that was changed after it was accepted is named."""
    edited = truth_of(case).earlier.edited
    if decision_log.edited_record != edited:
        yield objection(
            "edited_record",
            f"You name {name(case, 'records', decision_log.edited_record)}.",
            "the record whose text no longer has the sealed fingerprint",
            {"compare": "SHA-256 of the text in `earlier_records`", "with": "content of “accepted” in `audit_log`"},
        )
    return met(f"{name(case, 'records', edited)}: its bad side was taken out after it had been accepted.")
