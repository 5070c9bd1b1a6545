"""Who decides, who has to be heard, and by when? (A05)"""

from __future__ import annotations

from collections import Counter

from curriculum.artifacts.daci import Daci
from curriculum.artifacts.rfc import Rfc
from curriculum.cases import Case
from curriculum.cases.retraining_decision.calendar import TODAY, build_starts, working_days
from curriculum.cases.retraining_decision.draw import AT_ONCE, KEEP
from curriculum.roleplay.engine import State
from curriculum.support.dates import full_day
from graders.common import incomplete, listed, named, placed, uncited, unheard
from graders.retraining_decision.base import DRIVER, rubric
from graders.rubric import Objections, met, objection

FEWEST, MOST = 2, 7
PAYERS = ("ilse", "owen", "gita", "nadia")
"""Who bears a cost or a benefit that has a number: gain, nights, the job of the night, the page."""


@rubric.criterion(
    points=1, voice="nadia", skill="decision_rights", gate=True,
    hints=(
        "Could somebody who was not there say who decides what, and when?",
        "A question, the options, one approver, contributors each with a fact, and a day.",
    ),
    met="Question, options, approver, contributors and day stand there.",
)  # fmt: skip
def daci_is_complete(daci: Daci, case: Case) -> Objections:
    """The question, the options, the approver, contributors with their facts and the day are filled."""
    yield from incomplete(
        daci, case, "question", "options", "approver", "contributors[].person", "contributors[].evidence", "due"
    )


@rubric.criterion(
    points=1, voice="nadia", skill="decision_rights",
    hints=(
        "Can this question be answered by keeping what there is?",
        "Two options or more are open, each once: doing nothing is one of them, and what you propose is one. "
        "Everything at once does not count.",
    ),
    rests_on=("daci.options", "rfc.option"),
    expected="each option once, keeping v7 and what the RFC proposes among them",
)  # fmt: skip
def options_are_open(daci: Daci, rfc: Rfc, case: Case) -> Objections:
    """At least two options beside everything at once are open, keeping v7 and what the RFC proposes among them."""
    options = set(daci.options)
    if len(daci.options) != len(options):
        yield objection("options", "One option stands there twice.")
    if KEEP not in options or rfc.option not in options:
        missing = KEEP if KEEP not in options else rfc.option
        yield objection("options", f"“{named(case, 'options', missing)}” is not open here.")
    elif len(options - {AT_ONCE}) < FEWEST:
        said = "One option is no choice" + (", and everything at once is none." if AT_ONCE in options else ".")
        yield objection("options", said)
    return met(f"{len(options)} options are open, doing nothing among them.")


@rubric.criterion(
    points=1, voice="viktor", skill="decision_rights",
    hints=(
        "Who drives, and who decides?",
        "You drive. Whoever wants one of the options decides badly about it.",
    ),
    rests_on=("daci.approver",),
    expected="one approver who neither drives this decision nor runs what is decided about",
)  # fmt: skip
def approver_is_not_driver(daci: Daci, case: Case) -> Objections:
    """The approver is neither the driver nor one of those whose own work is decided about."""
    if daci.approver == DRIVER:
        yield objection("approver", "You drive this decision, and you approve it as well.")
    elif daci.approver not in ("nadia", "viktor"):
        said = f"{named(case, 'people', daci.approver)} has a part in it, and the register names others."
        yield objection("approver", said)
    return met(f"You drive, {named(case, 'people', daci.approver)} approves.")


@rubric.criterion(
    points=6, voice="viktor", skill="decision_rights", gate=True,
    hints=(
        "Up to how much may the product manager decide?",
        "The register says that it depends on what is at risk. Ask Viktor for his limit, and compare it with what you "
        "propose.",
        "At risk are {{ truth.at_risk(truth.best) | number }} € with the best option; the limit is "
        "{{ truth.approver_limit | number }} €.",
    ),
    rests_on=("daci.approver", "rfc.option"),
    expected="the one who may decide about what is at risk with the option that you propose",
)  # fmt: skip
def approver_may(daci: Daci, rfc: Rfc, case: Case, conversation: State) -> Objections:
    """The approver may decide about what is at risk with the option that the RFC proposes."""
    if case.truth.at_risk(rfc.option) > 0:
        yield from unheard(case, conversation, "his_limit", "approver", "It rests on how much the product manager may")
    if daci.approver != case.truth.approver(rfc.option):
        row = {"approver": named(case, "people", daci.approver), "look at": "`authority`, and what is at risk"}
        said = f"{named(case, 'people', daci.approver)} is not the one who may decide about this amount."
        yield objection("approver", said, "", row)
    return met(f"{named(case, 'people', daci.approver)} may decide about it.")


@rubric.criterion(
    points=2, voice="ilse", skill="listen_and_synthesise",
    hints=(
        "What does each of them bring that nobody else has?",
        "Two to seven people, each once, and each with a fact that they told you themselves.",
    ),
    rests_on=("daci.contributors",),
    expected="two to seven contributors, each once and with a fact of their own",
)  # fmt: skip
def contributors_bring_evidence(daci: Daci, case: Case) -> Objections:
    """Two to seven people contribute, each with a fact that is theirs."""
    people = [each.person for each in daci.contributors]
    if not FEWEST <= len(set(people)) <= MOST:
        yield objection("contributors", f"{len(set(people))} people contribute.")
    for person, count in Counter(people).items():
        if count > 1:
            yield objection("contributors", f"{named(case, 'people', person)} stands there {count} times.")
    for place, each in placed("contributors", daci.contributors):
        fact = case.facts.get(each.evidence)
        if fact is not None and fact.held_by != each.person:
            said = f"{named(case, 'people', each.person)} does not know {each.evidence} at first hand."
            yield objection(f"{place}.evidence", said)
    return met(f"{len(people)} people contribute, each with a fact of their own.")


@rubric.criterion(
    points=2, voice="gita", skill="decision_rights",
    hints=(
        "Whose money, nights or work does this change?",
        "Everybody who bears a cost or has a gain with a number contributes, unless they approve.",
    ),
    rests_on=("daci.contributors", "daci.approver"),
    expected="everybody who bears a cost or a benefit that has a number, as a contributor or as the approver",
)  # fmt: skip
def payers_contribute(daci: Daci, case: Case) -> Objections:
    """Everybody who bears a cost or has a benefit with a number contributes, unless they approve."""
    there = {each.person for each in daci.contributors} | {daci.approver}
    missing = [case.people[id].first_name for id in PAYERS if id not in there]
    if missing:
        yield objection("contributors", f"Not heard: {listed(missing)}.")
    return met("Everybody who pays or gains is heard.")


@rubric.criterion(
    points=2, voice="owen", skill="listen_and_synthesise", gate=True,
    hints=(
        "Did they tell you this?",
        "Pick facts that you heard yourself, or that stand in the memo.",
    ),
    rests_on=("daci.contributors",),
    met="You heard all of it yourself, or it stands in the memo.",
)  # fmt: skip
def contributions_were_told(daci: Daci, case: Case, conversation: State | None) -> Objections:
    """Every fact that a contributor brings was told to you, or stands in the memo."""
    yield from uncited(daci, conversation, case)


@rubric.criterion(
    points=1, voice="nadia", skill="decision_rights",
    hints=("Does anybody stand there in two parts?", "Driver, approver, contributor, informed: one part for each."),
    rests_on=("daci.approver", "daci.contributors"),
    met="Everybody has one part.",
    expected="one part for each person",
)  # fmt: skip
def nobody_twice(daci: Daci, case: Case) -> Objections:
    """Nobody has two parts in this decision."""
    parts = [{DRIVER}, {daci.approver}, {each.person for each in daci.contributors}, set(daci.informed)]
    counted = Counter(person for part in parts for person in part if person)
    for person, count in counted.items():
        if count > 1:
            place = "informed" if person in daci.informed else "contributors"
            yield objection(place, f"{named(case, 'people', person)} has {count} parts.")


@rubric.criterion(
    points=2, voice="nadia", skill="keep_decisions",
    hints=(
        "When does building begin, and how long may people object before that?",
        "The day lies after the working days for comments, counted from today, and before the Monday in the memo.",
    ),
    rests_on=("daci.due", "rfc.comment_days"),
    expected="a day after the time for comments and before building begins",
)  # fmt: skip
def due_in_time(daci: Daci, rfc: Rfc, case: Case) -> Objections:
    """It is decided after the time for comments and before building begins."""
    assert daci.due is not None and rfc.comment_days is not None
    starts = build_starts(case.truth.shape.builds_in)
    if daci.due >= starts:
        said = f"It is decided on {full_day(daci.due)}, and building begins on {full_day(starts)}."
        yield objection("due", said)
    elif daci.due < working_days(TODAY, min(60, round(rfc.comment_days))):
        said = f"On {full_day(daci.due)} the {rfc.comment_days:g} working days for comments are not over."
        yield objection("due", said)
    return met(f"Decided by {full_day(daci.due)}, after the comments and before building begins.")
