"""Does the policy stop every bad release for its own reason, and let every good one pass? (A25)"""

from __future__ import annotations

from functools import lru_cache

from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.clauses import BINDING, WAIVABLE, WAIVER_DAYS, applies
from curriculum.cases.healthcare_platform.kinds import Clause
from curriculum.cases.healthcare_platform.releases import FLAWS
from curriculum.practice.gate.policy import Verdicts, run_policy, unbounded
from graders.common import listed, missing
from graders.healthcare_platform.base import completeness, day, first, name, rubric, truth_of
from graders.rubric import Verdict, met, unmet


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
def release_policy_is_complete(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """Each rule has a name of its own, a condition, a clause and a sentence, and the policy says what a pass means."""
    blank = missing({"rules": release_policy.rules, "what a pass means": release_policy.a_pass_means})
    for number, rule in enumerate(release_policy.rules, start=1):
        parts = {"name": rule.name, "condition": rule.stop_when, "clause": rule.clause, "sentence": rule.reason}
        blank += [f"the {part} of rule {number}" for part in missing(parts)]
    names = [rule.name for rule in release_policy.rules if rule.name]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        return unmet(f"Two rules are called “{twice[0]:.40}”.", "a name of its own for each rule")
    return completeness(release_policy, case, blank, f"All {len(names)} rules are whole.")


@rubric.criterion(
    points=1, voice="lena", skill="build_compliance_in", gate=True,
    hints=(
        "The finding says at which character the rule goes wrong.",
        "Write columns as the table `releases` has them, and put words and dates into quotation marks; use && and "
        "|| between comparisons.",
    ),
)  # fmt: skip
def rules_run(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """Every rule can be run on every release."""
    errors = _run(release_policy, case).errors
    if errors:
        rows = [{"rule": release_policy.rules[at].name[:40], "problem": str(error)} for at, error in errors.items()]
        return unmet(f"“{rows[0]['rule']}”: {rows[0]['problem']}", "a rule that can be run", *rows[:6])
    if not release_policy.rules:
        return unmet("There is no rule.", "rules that can be run")
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
)  # fmt: skip
def bad_releases_are_stopped(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """Every release with a flaw is stopped."""
    stops = _run(release_policy, case).stops
    through = {release: flaw for release, flaw in _bad(case).items() if not stops[release]}
    rows = [{"release": release, "flaw": FLAWS[flaw].words} for release, flaw in through.items()]
    if rows:
        return unmet(f"{rows[0]['release']} passes, although {rows[0]['flaw']}. {len(rows)} bad releases pass in all.",
                     f"all {len(_bad(case))} stopped", *rows[:8])  # fmt: skip
    return met(f"All {len(_bad(case))} bad releases are stopped.")


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "Would the team know from the clause what to mend?",
        "Look in the table `clauses` for the row that asks for exactly this document; fifteen in each group, for "
        "one, is asked for by the FDA's guidance and not by IEC 62366-1.",
    ),
)  # fmt: skip
def each_is_stopped_for_its_reason(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """Each bad release that is stopped is stopped by a rule whose clause is about its own flaw."""
    stops, rows = _run(release_policy, case).stops, []
    for release, flaw in _bad(case).items():
        rules = [release_policy.rules[at] for at in stops[release]]
        if rules and not any(rule.clause in FLAWS[flaw].clauses for rule in rules):
            rows.append({"release": release, "flaw": FLAWS[flaw].words, "rule": rules[0].name[:40],
                         "its clause": name(case, "clauses", rules[0].clause)})  # fmt: skip
    if rows:
        return unmet(f"{rows[0]['release']} is stopped by “{rows[0]['rule']}” for {rows[0]['its clause']}, but "
                     f"{rows[0]['flaw']}.",
                     "a clause that asks for what is missing", *rows[:6])  # fmt: skip
    if not any(stops[release] for release in _bad(case)):
        return unmet("No bad release is stopped.", "each stopped for its own reason")
    return met("Each bad release is stopped for its own reason.")


@rubric.criterion(
    points=1, voice="lena", skill="build_compliance_in",
    hints=(
        "Which rule is too strict? The finding names it.",
        "Exactly fifteen is enough; tested on the day of the build is not before it; outside the plan with an "
        "assessment is allowed; and one late translation may have a waiver.",
    ),
)  # fmt: skip
def good_releases_pass(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """No good release is stopped, and the one with a rightful waiver passes."""
    stops, bad, rows = _run(release_policy, case).stops, _bad(case), []
    for release, hits in stops.items():
        if hits and release not in bad:
            why = (
                "its late labelling may be waived"
                if release == truth_of(case).releases.waived
                else "nothing is wrong with it"
            )
            rows.append({"release": release, "stopped by": release_policy.rules[hits[0]].name[:40], "but": why})
    if rows:
        return unmet(
            f"{rows[0]['release']} is stopped by “{rows[0]['stopped by']}”, but {rows[0]['but']}.",
            "good releases pass",
            *rows[:6],
        )
    return met(f"All {len(stops) - len(bad)} good releases pass.")


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "Look at the column `status` of your clauses.",
        "Superseded, draft and pending rows are no reason to stop anything; take the row that holds today.",
    ),
)  # fmt: skip
def clauses_are_current(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """Each rule cites a clause in its current version: none that is superseded, a draft or only proposed."""
    rows = []
    for rule in release_policy.rules:
        clause = case.registry.entries("clauses").get(rule.clause)
        if isinstance(clause, Clause) and clause.status not in (*BINDING, "adopted"):
            rows.append({"rule": rule.name[:40], "clause": clause.label, "status": clause.status})
    if rows:
        return unmet(
            f"“{rows[0]['rule']}” cites {rows[0]['clause']}, which is {rows[0]['status']}.",
            "a clause that holds",
            *rows[:6],
        )
    if not release_policy.rules:
        return unmet("There is no rule.", "rules with clauses that hold")
    return met("All clauses are current.")


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "From when does each of your clauses apply?",
        "The AI Act's high-risk duties for devices begin on 2 August 2028, after all these releases: they stop "
        "nothing yet.",
    ),
)  # fmt: skip
def clauses_apply_on_the_day(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """No rule rests on a duty that does not apply yet when the releases go out."""
    last = truth_of(case).calendar.last_release_day
    rows = []
    for rule in release_policy.rules:
        clause = case.registry.entries("clauses").get(rule.clause)
        if isinstance(clause, Clause) and clause.status in (*BINDING, "adopted") and not applies(clause, last):
            rows.append({"rule": rule.name[:40], "clause": clause.label, "applies from": day(clause.applies_from)})
    if rows:
        return unmet(f"“{rows[0]['rule']}” cites {rows[0]['clause']}, which applies from {rows[0]['applies from']}.",
                     f"clauses that apply by {day(last)}", *rows[:6])  # fmt: skip
    if not release_policy.rules:
        return unmet("There is no rule.", "rules with clauses that apply")
    return met("All clauses apply on the day.")


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=(
        "Is there a rule that never stopped anything?",
        "A file that is there may be of last year. Compare its version with the version that is released.",
    ),
)  # fmt: skip
def every_rule_bites(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """Each rule stops at least one of the bad releases: none only looks whether a file is there."""
    verdicts, bad = _run(release_policy, case), _bad(case)
    idle = [
        rule
        for at, rule in enumerate(release_policy.rules)
        if at not in verdicts.errors and not verdicts.hit_by(at) & bad.keys()
    ]
    if idle:
        return unmet(f"“{idle[0].name:.40}” stops none of the {len(bad)} bad releases: "
                     f"{idle[0].stop_when:.80}", "rules that look inside",
                     *({"rule": rule.name[:40], "stops": 0} for rule in idle[:6]))  # fmt: skip
    if not release_policy.rules:
        return unmet("There is no rule.", "rules that stop bad releases")
    return met("Every rule stops something.")


@rubric.criterion(
    points=1, voice="walter", skill="build_compliance_in",
    hints=(
        "Read the table `waiver_requests` and the company's procedure QP-11 in the table `clauses`.",
        "A waiver names an owner, a reason, and an end after the release and at most 45 days later.",
    ),
)  # fmt: skip
def waivers_are_bounded(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """Each waiver has an owner, a reason and an end in time, and lifts a rule that stops this release."""
    verdicts = _run(release_policy, case)
    released = {record["release"]: str(record["released_on"]) for record in truth_of(case).releases.records}
    problems = []
    for waiver in release_policy.waivers:
        rules = [at for at, rule in enumerate(release_policy.rules) if rule.name and rule.name == waiver.rule]
        lack = unbounded(waiver, released.get(waiver.release, ""))
        if not rules:
            problems.append(
                f"The waiver for {waiver.release or 'no release'} names the rule “{waiver.rule:.40}”, which "
                "there is not."
            )
        elif lack:
            problems.append(f"The waiver for {waiver.release or 'no release'}: {lack}.")
        elif waiver.release not in verdicts.hit_by(rules[0]):
            problems.append(f"“{waiver.rule:.40}” does not stop {waiver.release}; there is nothing to waive.")
    if problems:
        return unmet(
            first(problems, "waivers like it"),
            f"owner, reason, an end within {WAIVER_DAYS} days, and something to lift",
        )
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
)  # fmt: skip
def waivers_spare_safety(release_policy: ReleasePolicy, case: Case) -> Verdict:
    """No waiver lifts a rule that protects patients: late labelling is all that may wait."""
    rules = {rule.name: rule for rule in reversed(release_policy.rules) if rule.name}
    for waiver in release_policy.waivers:
        rule = rules.get(waiver.rule)
        if rule is not None and rule.clause not in WAIVABLE:
            return unmet(
                f"The waiver for {waiver.release or 'no release'} lifts “{rule.name:.40}”, which rests on "
                f"{name(case, 'clauses', rule.clause)}.",
                f"waivers of {name(case, 'clauses', WAIVABLE[0])} alone",
                {"release": waiver.release, "rule": rule.name[:40]},
            )  # fmt: skip
    return met("No waiver touches a patient's safety.")


@rubric.criterion(
    points=1, voice="tariq", skill="build_compliance_in",
    hints=(
        "What did the gate look at, and what can it never see?",
        "It sees documents and their ages. Whether they are good enough, and whether the law is kept, people have "
        "to judge.",
    ),
)  # fmt: skip
def a_pass_is_not_called_compliance(release_policy: ReleasePolicy) -> Verdict:
    """The policy claims no more than a gate can show: that the evidence is there and current."""
    if release_policy.a_pass_means == "evidence":
        return met("A pass says that the evidence is there and current, and no more.")
    claim = {"law": "the law is kept", "safety": "the product is safe"}.get(release_policy.a_pass_means, "nothing")
    return unmet(f"A pass is said to mean: {claim}.", "what a gate can show")
