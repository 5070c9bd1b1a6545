"""Does the policy stop every bad release for its own reason, and let every good one pass? (A25)"""

from __future__ import annotations

from functools import lru_cache

from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.clauses import BINDING, WAIVABLE, WAIVER_DAYS, applies
from curriculum.cases.healthcare_platform.kinds import Clause
from curriculum.cases.healthcare_platform.releases import FLAWS
from curriculum.practice.gate.policy import Verdicts, run_policy, unbounded
from graders.common import incomplete, listed
from graders.healthcare_platform.base import day, name, rubric, truth_of
from graders.rubric import Objections, met, objection


@lru_cache(maxsize=8)
def _run(policy: ReleasePolicy, case: Case) -> Verdicts:
    return run_policy(policy, case.columns["releases"])


def _bad(case: Case) -> dict[str, str]:
    """The releases that must be stopped, each with its flaw."""
    return {row.id: row.flaw for row in truth_of(case).releases.rows.values() if row.flaw}


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in", gate=True,
    hints=(
        "Is a field of a rule empty?",
        "Each rule has a short name, a condition, a clause and a sentence for the team; and the question after "
        "the rules has an answer.",
    ),
)  # fmt: skip
def release_policy_is_complete(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each rule has a name of its own, a condition, a clause and a sentence, and the policy says what a pass means."""
    names = [rule.name for rule in release_policy.rules if rule.name]
    for number, rule in enumerate(release_policy.rules, start=1):
        if rule.name and names.index(rule.name) < number - 1 and names.count(rule.name) > 1:
            said = f"Two rules are called “{rule.name:.40}”."
            yield objection(f"rules[{number}].name", said, "a name of its own for each rule")
    parts = ("name", "stop_when", "clause", "reason")
    yield from incomplete(release_policy, case, "rules", "a_pass_means", *(f"rules[].{part}" for part in parts))
    return met(f"All {len(names)} rules are whole.")


@rubric.criterion(
    points=1, voice="lena", skill="build_compliance_in", gate=True,
    hints=(
        "The finding says at which character the rule goes wrong.",
        "Write columns as the table `releases` has them, and put words and dates into quotation marks; use && and "
        "|| between comparisons.",
    ),
    rests_on=("release_policy.rules",),
    expected="a rule that can be run",
)  # fmt: skip
def rules_run(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Every rule can be run on every release."""
    for at, error in _run(release_policy, case).errors.items():
        rule = release_policy.rules[at].name[:40]
        row = {"rule": rule, "problem": str(error)}
        yield objection(f"rules[{at + 1}].stop_when", f"“{rule}”: {error}", "", row)
    return met(f"All {len(release_policy.rules)} rules run.")


@rubric.criterion(
    points=2, voice="hana", skill="build_compliance_in",
    hints=(
        "Which releases pass that should not? The finding names one.",
        "Compare pairs of columns: card and model, tested screen and screen, verified and all, tested and built.",
        "Ten reasons: old card, screen not tested, under 15 in one group, risk not verified, tests before the "
        "build, approved by the author, data not in the assessment, change outside the plan, broken log, old "
        "instructions.",
    ),
    rests_on=("release_policy.rules",),
    expected="every release with a flaw stopped",
)  # fmt: skip
def bad_releases_are_stopped(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Every release with a flaw is stopped."""
    stops = _run(release_policy, case).stops
    through = {release: flaw for release, flaw in _bad(case).items() if not stops[release]}
    for release, flaw in through.items():
        words = FLAWS[flaw].words
        said = f"{release} passes, although {words}. {len(through)} bad releases pass in all."
        yield objection("rules", said, "", {"release": release, "flaw": words})
    return met(f"All {len(_bad(case))} bad releases are stopped.")


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "Would the team know from the clause what to mend?",
        "Look in the table `clauses` for the row that asks for exactly this document; fifteen in each group, for "
        "one, is asked for by the FDA's guidance and not by IEC 62366-1.",
    ),
    rests_on=("release_policy.rules",),
    met="Each bad release is stopped for its own reason.",
    expected="a clause that asks for what is missing",
)  # fmt: skip
def each_is_stopped_for_its_reason(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each bad release that is stopped is stopped by a rule whose clause is about its own flaw."""
    stops = _run(release_policy, case).stops
    for release, flaw in _bad(case).items():
        rules = [(at, release_policy.rules[at]) for at in stops[release]]
        if rules and not any(rule.clause in FLAWS[flaw].clauses for _, rule in rules):
            (at, rule), words = rules[0], FLAWS[flaw].words
            clause = name(case, "clauses", rule.clause)
            said = f"{release} is stopped by “{rule.name[:40]}” for {clause}, but {words}."
            row = {"release": release, "flaw": words, "rule": rule.name[:40], "its clause": clause}
            yield objection(f"rules[{at + 1}].clause", said, "", row)
    if not any(stops[release] for release in _bad(case)):
        yield objection("rules", "No bad release is stopped.", "each stopped for its own reason")


@rubric.criterion(
    points=1, voice="lena", skill="build_compliance_in",
    hints=(
        "Which rule is too strict? The finding names it.",
        "Exactly fifteen is enough; tested on the day of the build is not before it; outside the plan with an "
        "assessment is allowed; and one late translation may have a waiver.",
    ),
    rests_on=("release_policy.rules",),
    expected="good releases pass",
)  # fmt: skip
def good_releases_pass(release_policy: ReleasePolicy, case: Case) -> Objections:
    """No good release is stopped, and the one with a rightful waiver passes."""
    stops, bad = _run(release_policy, case).stops, _bad(case)
    for release, hits in stops.items():
        if hits and release not in bad:
            late = release == truth_of(case).releases.waived
            why = "its late labelling may be waived" if late else "nothing is wrong with it"
            rule = release_policy.rules[hits[0]].name[:40]
            said = f"{release} is stopped by “{rule}”, but {why}."
            row = {"release": release, "stopped by": rule, "but": why}
            yield objection(f"rules[{hits[0] + 1}].stop_when", said, "", row)
    return met(f"All {len(stops) - len(bad)} good releases pass.")


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "Look at the column `status` of your clauses.",
        "Superseded, draft and pending rows are no reason to stop anything; take the row that holds today.",
    ),
    rests_on=("release_policy.rules",),
    met="All clauses are current.",
    expected="a clause that holds",
)  # fmt: skip
def clauses_are_current(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each rule cites a clause in its current version: none that is superseded, a draft or only proposed."""
    for number, rule in enumerate(release_policy.rules, start=1):
        clause = case.registry.entries("clauses").get(rule.clause)
        if isinstance(clause, Clause) and clause.status not in (*BINDING, "adopted"):
            said = f"“{rule.name[:40]}” cites {clause.label}, which is {clause.status}."
            row = {"rule": rule.name[:40], "clause": clause.label, "status": clause.status}
            yield objection(f"rules[{number}].clause", said, "", row)


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "From when does each of your clauses apply?",
        "The AI Act's high-risk duties for devices begin on 2 August 2028, after all these releases: they stop "
        "nothing yet.",
    ),
    rests_on=("release_policy.rules",),
    met="All clauses apply on the day.",
    expected="clauses that apply when the last of these releases goes out",
)  # fmt: skip
def clauses_apply_on_the_day(release_policy: ReleasePolicy, case: Case) -> Objections:
    """No rule rests on a duty that does not apply yet when the releases go out."""
    last = truth_of(case).calendar.last_release_day
    for number, rule in enumerate(release_policy.rules, start=1):
        clause = case.registry.entries("clauses").get(rule.clause)
        if isinstance(clause, Clause) and clause.status in (*BINDING, "adopted") and not applies(clause, last):
            said = f"“{rule.name[:40]}” cites {clause.label}, which applies from {day(clause.applies_from)}."
            row = {"rule": rule.name[:40], "clause": clause.label, "applies from": day(clause.applies_from)}
            yield objection(f"rules[{number}].clause", said, "", row)


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=(
        "Is there a rule that never stopped anything?",
        "A file that is there may be of last year. Compare its version with the version that is released.",
    ),
    rests_on=("release_policy.rules",),
    met="Every rule stops something.",
    expected="rules that look inside",
)  # fmt: skip
def every_rule_bites(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each rule stops at least one of the bad releases: none only looks whether a file is there."""
    verdicts, bad = _run(release_policy, case), _bad(case)
    for at, rule in enumerate(release_policy.rules):
        if at not in verdicts.errors and not verdicts.hit_by(at) & bad.keys():
            said = f"“{rule.name:.40}” stops none of the {len(bad)} bad releases: {rule.stop_when:.80}"
            yield objection(f"rules[{at + 1}].stop_when", said, "", {"rule": rule.name[:40], "stops": 0})


@rubric.criterion(
    points=1, voice="walter", skill="build_compliance_in",
    hints=(
        "Read the table `waiver_requests` and the company's procedure QP-11 in the table `clauses`.",
        "A waiver names an owner, a reason, and an end after the release and at most 45 days later.",
    ),
    rests_on=("release_policy.rules",),
    expected=f"owner, reason, an end within {WAIVER_DAYS} days, and something to lift",
)  # fmt: skip
def waivers_are_bounded(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each waiver has an owner, a reason and an end in time, and lifts a rule that stops this release."""
    verdicts = _run(release_policy, case)
    released = {record["release"]: str(record["released_on"]) for record in truth_of(case).releases.records}
    for number, waiver in enumerate(release_policy.waivers, start=1):
        rules = [at for at, rule in enumerate(release_policy.rules) if rule.name and rule.name == waiver.rule]
        lack = unbounded(waiver, released.get(waiver.release, ""))
        place, of = f"waivers[{number}]", f"The waiver for {waiver.release or 'no release'}"
        if not rules:
            yield objection(f"{place}.rule", f"{of} names the rule “{waiver.rule:.40}”, which there is not.")
        elif lack:
            yield objection(place, f"{of}: {lack}.")
        elif waiver.release not in verdicts.hit_by(rules[0]):
            said = f"“{waiver.rule:.40}” does not stop {waiver.release}; there is nothing to waive."
            yield objection(f"{place}.release", said)
    if not release_policy.waivers:
        return met("There is no waiver.")
    return met(f"{listed([w.release for w in release_policy.waivers])}: each waiver is bounded.")


@rubric.criterion(
    points=1, voice="ngozi", skill="build_compliance_in", gate=True,
    hints=(
        "Which of the three requests could hurt a patient?",
        "Only late labelling may be waived. People who were not tested and controls that were not verified never "
        "are.",
    ),
    rests_on=("release_policy.rules",),
    met="No waiver touches a patient's safety.",
    expected="waivers of what may wait, by the company's procedure",
)  # fmt: skip
def waivers_spare_safety(release_policy: ReleasePolicy, case: Case) -> Objections:
    """No waiver lifts a rule that protects patients: late labelling is all that may wait."""
    rules = {rule.name: rule for rule in reversed(release_policy.rules) if rule.name}
    for number, waiver in enumerate(release_policy.waivers, start=1):
        rule = rules.get(waiver.rule)
        if rule is not None and rule.clause not in WAIVABLE:
            clause = name(case, "clauses", rule.clause)
            said = f"The waiver for {waiver.release or 'no release'} lifts “{rule.name:.40}”, which rests on {clause}."
            row = {"release": waiver.release, "rule": rule.name[:40]}
            yield objection(f"waivers[{number}].rule", said, "", row)


@rubric.criterion(
    points=1, voice="tariq", skill="build_compliance_in",
    hints=(
        "What did the gate look at, and what can it never see?",
        "It sees documents and their ages. Whether they are good enough, and whether the law is kept, people have "
        "to judge.",
    ),
    rests_on=("release_policy.a_pass_means",),
    met="A pass says that the evidence is there and current, and no more.",
)  # fmt: skip
def a_pass_is_not_called_compliance(release_policy: ReleasePolicy) -> Objections:
    """The policy claims no more than a gate can show: that the evidence is there and current."""
    claim = {"law": "the law is kept", "safety": "the product is safe"}.get(release_policy.a_pass_means)
    if claim:
        yield objection("a_pass_means", f"A pass is said to mean: {claim}.", "what a gate can show")
