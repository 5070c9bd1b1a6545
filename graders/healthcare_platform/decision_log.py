"""Is the joint decision log one that somebody can audit, reopen and rely on? (A24)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.agreement import agreed
from curriculum.cases.healthcare_platform.kinds import Topic
from curriculum.cases.healthcare_platform.measures import TOPICS
from curriculum.roleplay.engine import State
from graders.common import (
    listed,
    missing,
)
from graders.healthcare_platform.base import (
    accepted,
    completeness,
    day,
    first,
    name,
    people,
    ref,
    rubric,
    truth_of,
)
from graders.rubric import Verdict, met, unmet


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions", gate=True,
    hints=(
        "Are all three topics there, and is every record filled down to its consequences?",
        "Model, wards, alerts: for each an accepted record with number, title, date, decision-makers, context, "
        "options, measures, choice, reason and good consequences.",
    ),
)  # fmt: skip
def decision_log_is_complete(decision_log: DecisionLog, case: Case) -> Verdict:
    """There is an accepted record on the model, on the wards and on the alerts, and none has a blank part."""
    blank = [
        f"an accepted record on {topic.label.lower()}" for topic in TOPICS.values() if not decision_log.active(topic.id)
    ]
    for record in decision_log.records:
        parts = {"number": record.number, "title": record.record_title, "topic": record.topic, "status": record.status,
                 "date": record.decided_on, "decision-makers": record.decision_makers, "context": record.context,
                 "options": record.options, "measures": record.measures, "choice": record.chosen,
                 "reason": record.because, "good consequences": record.good}  # fmt: skip
        blank += [f"{part} of {ref(record)}" for part in missing(parts)]
    return completeness(decision_log, case, blank, f"All {len(decision_log.records)} records are whole.")


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "Look at the numbers of the earlier records.",
        "The earlier ones end at 4; yours go on with 5, 6, 7, in order.",
    ),
)  # fmt: skip
def numbers_run_on(decision_log: DecisionLog, case: Case) -> Verdict:
    """The numbers go on where the earlier records end, without gaps, and none is used again."""
    start = truth_of(case).earlier.next_number
    found = [record.number for record in decision_log.records]
    wanted = list(range(start, start + len(found)))
    if found == wanted:
        return met(f"Your records are number {listed([str(number) for number in wanted], most=8)}.")
    row = {"found": ", ".join(map(str, found[:12])), "expected": ", ".join(map(str, wanted[:12]))}
    return unmet(f"Your records are numbered {row['found'] or 'not at all'}.", f"{row['expected']}", row)


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "Can somebody who opens the old record find the new one?",
        "For each “supersedes” in a record there is a row with the same two numbers among the older records.",
    ),
)  # fmt: skip
def superseding_links_both_ways(decision_log: DecisionLog, case: Case) -> Verdict:
    """Whoever opens an old record finds the new one, and the other way round."""
    known = {old.number for old in truth_of(case).earlier.records.values()} | {
        r.number for r in decision_log.records if r.number
    }
    forward = {(record.supersedes, record.number) for record in decision_log.records if record.supersedes}
    back = {(row.number, row.by) for row in decision_log.superseded}
    problems = [
        f"Record {new} supersedes {old}, and {old} does not say so." for old, new in sorted(forward - back, key=str)
    ]
    problems += [
        f"Record {old} is said to be superseded by {new}, which does not say so."
        for old, new in sorted(back - forward, key=str)
    ]
    problems += [
        f"Record {new} supersedes {old}, which there is not."
        for old, new in sorted(forward, key=str)
        if old not in known
    ]
    if problems:
        return unmet(first(problems, "links like it"), "each link in both records")
    return met(f"{len(forward)} older records are linked in both directions.")


@rubric.criterion(
    points=1, voice="ngozi", skill="keep_decisions",
    hints=(
        "After your log, which record holds on each topic?",
        "Earlier records 1, 2 and 3 are on the same topics as yours; each of yours supersedes one of them.",
    ),
)  # fmt: skip
def active_decisions_agree(decision_log: DecisionLog, case: Case) -> Verdict:
    """On each topic exactly one record holds, so that nobody can follow the old one and the new one at once."""
    replaced = {record.supersedes for record in decision_log.records if record.status == "accepted"}
    problems, rows = [], []
    for topic in TOPICS.values():
        old = truth_of(case).earlier.number_of(topic.id)
        holds = [str(record.number) for record in decision_log.active(topic.id)]
        holds += [str(old)] if old and old not in replaced else []
        rows.append({"topic": topic.label, "records that hold": ", ".join(holds) or "none"})
        if len(holds) != 1:
            problems.append(f"On “{topic.label.lower()}” the records {listed(holds)} hold.")
    if problems:
        return unmet(first(problems, "topics like it"), "one record a topic; the older one superseded", *rows)
    return met("On each topic one record holds.", *rows)


@rubric.criterion(
    points=1, voice="walter", skill="decision_rights", gate=True,
    hints=(
        "Who said yes in the room?",
        "Only those who agreed in the review to exactly this option may stand as signed. If somebody did not, go "
        "back to the review and ask.",
    ),
)  # fmt: skip
def sign_offs_were_given(decision_log: DecisionLog, conversation: State, case: Case) -> Verdict:
    """Nobody stands as signed who did not agree to this option in the review."""
    claimed = [(record, sign.person) for record in accepted(decision_log) for sign in record.sign_offs if sign.person]
    rows = [
        {"record": record.number, "person": name(case, "people", person), "option": record.chosen, "agreed": "no"}
        for record, person in claimed
        if not agreed(conversation, person, record.topic, record.chosen)
    ]
    if rows:
        return unmet(
            f"{rows[0]['person']} stands as signed under record {rows[0]['record']} and did not agree to "
            f"{name(case, 'options', str(rows[0]['option']))} in the review.",
            "the sign-offs that people gave in the room, and no others", *rows[:6],
        )  # fmt: skip
    if not claimed:
        return unmet("Nobody has signed anything.", "the sign-offs of the people whom the decisions touch")
    return met(f"All {len(claimed)} sign-offs were given in the review.")


@rubric.criterion(
    points=1, voice="ngozi", skill="decision_rights",
    hints=(
        "Whose work does each decision change?",
        "Model: Sanna, Ngozi, Anouk. Wards: Ngozi, Anouk, Walter. Alerts: Mateo, Ngozi, Sanna. On the day or "
        "later.",
    ),
)  # fmt: skip
def affected_functions_sign(decision_log: DecisionLog, case: Case) -> Verdict:
    """Every function that a decision touches has signed it, on the day of the decision or later."""
    today, problems = truth_of(case).calendar.today, []
    for record in accepted(decision_log):
        topic = TOPICS[record.topic]
        assert isinstance(topic, Topic)
        signed = {sign.person for sign in record.sign_offs}
        if absent := [person for person in topic.signers if person not in signed]:
            problems.append(f"{ref(record).capitalize()} is not signed by {people(case, absent)}.")
        elif record.decided_on is None or record.decided_on < today:
            problems.append(
                f"{ref(record).capitalize()} is dated {day(record.decided_on)}; the review is on {day(today)}."
            )
        elif early := [s for s in record.sign_offs if s.on is None or s.on < record.decided_on]:
            problems.append(
                f"{people(case, [early[0].person])} signed {ref(record)} on {day(early[0].on)}, before it was decided."
            )
    if problems:
        return unmet(
            first(problems, "records like it"), "a sign-off by each function that is touched, not before the decision"
        )
    return met("Every function that is touched has signed.")


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "The audit log knows what each record looked like when it was accepted.",
        "Work out the fingerprint of each text in `earlier_records` and compare it with the entry “accepted” in "
        "`audit_log`.",
    ),
)  # fmt: skip
def edited_record_is_found(decision_log: DecisionLog, case: Case) -> Verdict:
    """The earlier record that was changed after it was accepted is named."""
    edited = truth_of(case).earlier.edited
    if decision_log.edited_record == edited:
        return met(f"{name(case, 'records', edited)}: its bad side was taken out after it had been accepted.")
    found = name(case, "records", decision_log.edited_record)
    return unmet(f"You name {found}.", "the record whose text no longer has the sealed fingerprint",
                 {"compare": "SHA-256 of the text in "
                             "earlier_records", "with": "content of “accepted” in audit_log"})  # fmt: skip
