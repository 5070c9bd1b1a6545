"""Is the joint decision log one that somebody can audit, reopen and rely on? (A24)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.agreement import agreed
from curriculum.cases.healthcare_platform.kinds import Topic
from curriculum.cases.healthcare_platform.measures import TOPICS
from curriculum.roleplay.engine import State
from graders.common import incomplete, listed
from graders.healthcare_platform.base import accepted, day, name, people, ref, rubric, truth_of
from graders.rubric import Objections, met, objection


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions", gate=True,
    hints=(
        "Are all three topics there, and is every record filled down to its consequences?",
        "Model, wards, alerts: for each an accepted record with number, title, date, decision-makers, context, "
        "options, measures, choice, reason and good consequences.",
    ),
)  # fmt: skip
def decision_log_is_complete(decision_log: DecisionLog, case: Case) -> Objections:
    """There is an accepted record on the model, on the wards and on the alerts, and none has a blank part."""
    for topic in TOPICS.values():
        if not decision_log.active(topic.id):
            said = f"There is no accepted record on {topic.label.lower()}."
            yield objection("records", said, "an accepted record on each of the three topics")
    parts = ("number", "record_title", "topic", "status", "decided_on", "decision_makers", "context", "options",
             "measures", "chosen", "because", "good")  # fmt: skip
    yield from incomplete(decision_log, case, *(f"records[].{part}" for part in parts))
    return met(f"All {len(decision_log.records)} records are whole.")


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "Look at the numbers of the earlier records.",
        "The earlier ones end at 4; yours go on with 5, 6, 7, in order.",
    ),
    rests_on=("decision_log.records",),
)  # fmt: skip
def numbers_run_on(decision_log: DecisionLog, case: Case) -> Objections:
    """The numbers go on where the earlier records end, without gaps, and none is used again."""
    start = truth_of(case).earlier.next_number
    found = [record.number for record in decision_log.records]
    if found != [*range(start, start + len(found))]:
        shown = ", ".join("none" if number is None else str(number) for number in found[:12])
        rule = "numbers that go on after the last earlier record, in order, without gaps"
        yield objection("records", f"Your records are numbered {shown}.", rule, {"found": shown})
    return met(f"Your records are number {listed([str(number) for number in found], most=8)}.")


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "Can somebody who opens the old record find the new one?",
        "For each “supersedes” in a record there is a row with the same two numbers among the older records.",
    ),
    rests_on=("decision_log.records",),
    expected="each link in both records",
)  # fmt: skip
def superseding_links_both_ways(decision_log: DecisionLog, case: Case) -> Objections:
    """Whoever opens an old record finds the new one, and the other way round."""
    known = {record.number for record in decision_log.records if record.number}
    known |= {earlier.number for earlier in truth_of(case).earlier.records.values()}
    forward = {
        (record.supersedes, record.number): f"records[{position}].supersedes"
        for position, record in enumerate(decision_log.records, start=1)
        if record.supersedes
    }
    back = {
        (row.number, row.by): f"superseded[{position}]" for position, row in enumerate(decision_log.superseded, start=1)
    }
    for old, new in sorted(forward.keys() - back.keys(), key=str):
        yield objection("superseded", f"Record {new} supersedes {old}, and {old} does not say so.")
    for older, newer in sorted(back.keys() - forward.keys(), key=str):
        said = f"Record {older} is said to be superseded by {newer}, which does not say so."
        yield objection(back[older, newer], said)
    for old, new in sorted(forward, key=str):
        if old not in known:
            yield objection(forward[old, new], f"Record {new} supersedes {old}, which there is not.")
    return met(f"{len(forward)} older records are linked in both directions.")


@rubric.criterion(
    points=1, voice="ngozi", skill="keep_decisions",
    hints=(
        "After your log, which record holds on each topic?",
        "Earlier records 1, 2 and 3 are on the same topics as yours; each of yours supersedes one of them.",
    ),
    rests_on=("decision_log.records",),
    met="On each topic one record holds.",
    expected="one record a topic; the older one superseded",
)  # fmt: skip
def active_decisions_agree(decision_log: DecisionLog, case: Case) -> Objections:
    """On each topic exactly one record holds, so that nobody can follow the old one and the new one at once."""
    replaced = {record.supersedes for record in decision_log.records if record.status == "accepted"}
    for topic in TOPICS.values():
        if not decision_log.active(topic.id):
            continue
        old = truth_of(case).earlier.number_of(topic.id)
        holds = [str(record.number) for record in decision_log.active(topic.id)]
        holds += [str(old)] if old and old not in replaced else []
        if len(holds) != 1:
            row = {"topic": topic.label, "records that hold": ", ".join(holds)}
            yield objection("records", f"On “{topic.label.lower()}” the records {listed(holds)} hold.", "", row)


@rubric.criterion(
    points=1, voice="walter", skill="decision_rights", gate=True,
    hints=(
        "Who said yes in the room?",
        "Only those who agreed in the review to exactly this option may stand as signed. If somebody did not, go "
        "back to the review and ask.",
    ),
    rests_on=("decision_log.records",),
)  # fmt: skip
def sign_offs_were_given(decision_log: DecisionLog, conversation: State, case: Case) -> Objections:
    """Nobody stands as signed who did not agree to this option in the review."""
    claimed = [
        (f"{place}.sign_offs[{number}]", record, sign.person)
        for place, record in accepted(decision_log)
        for number, sign in enumerate(record.sign_offs, start=1)
        if sign.person
    ]
    for place, record, person in claimed:
        if agreed(conversation, person, record.topic, record.chosen):
            continue
        who, option = name(case, "people", person), name(case, "options", record.chosen)
        yield objection(
            place,
            f"{who} stands as signed under record {record.number} and did not agree to {option} in the review.",
            "the sign-offs that people gave in the room, and no others",
            {"record": record.number, "person": who, "option": record.chosen, "agreed": "no"},
        )
    if not claimed:
        yield objection(
            "records", "Nobody has signed anything.", "the sign-offs of the people whom the decisions touch"
        )
    return met(f"All {len(claimed)} sign-offs were given in the review.")


@rubric.criterion(
    points=1, voice="ngozi", skill="decision_rights",
    hints=(
        "Whose work does each decision change?",
        "Model: Sanna, Ngozi, Anouk. Wards: Ngozi, Anouk, Walter. Alerts: Mateo, Ngozi, Sanna. On the day or "
        "later.",
    ),
    rests_on=("decision_log.records",),
    met="Every function that is touched has signed.",
    expected="a sign-off by each function that is touched, not before the decision",
)  # fmt: skip
def affected_functions_sign(decision_log: DecisionLog, case: Case) -> Objections:
    """Every function that a decision touches has signed it, on the day of the decision or later."""
    today = truth_of(case).calendar.today
    for place, record in accepted(decision_log):
        topic = TOPICS[record.topic]
        assert isinstance(topic, Topic)
        signed = {sign.person for sign in record.sign_offs}
        if absent := [person for person in topic.signers if person not in signed]:
            who = "somebody whom it touches" if len(absent) == 1 else f"{len(absent)} people whom it touches"
            yield objection(f"{place}.sign_offs", f"{ref(record).capitalize()} is not signed by {who}.")
        elif record.decided_on is None or record.decided_on < today:
            said = f"{ref(record).capitalize()} is dated {day(record.decided_on)}; the review is on {day(today)}."
            yield objection(f"{place}.decided_on", said)
        else:
            for number, sign in enumerate(record.sign_offs, start=1):
                if sign.on is None or sign.on < record.decided_on:
                    who = people(case, [sign.person])
                    said = f"{who} signed {ref(record)} on {day(sign.on)}, before it was decided."
                    yield objection(f"{place}.sign_offs[{number}].on", said)


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
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
            {"compare": "SHA-256 of the text in earlier_records", "with": "content of “accepted” in audit_log"},
        )
    return met(f"{name(case, 'records', edited)}: its bad side was taken out after it had been accepted.")
