"""Does the policy stop every bad release for its own reason, on releases that no table shows as well? (A25)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.clauses import BINDING, WAIVER_DAYS, applies
from curriculum.cases.healthcare_platform.flaws import FLAWS, HOUSE, LAW, SAFETY
from curriculum.cases.healthcare_platform.kinds import Clause, Request
from curriculum.cases.healthcare_platform.releases import Releases, with_every_flaw
from curriculum.practice.gate.policy import Verdicts, run_policy
from curriculum.support.worlds import kept_for_worlds
from graders.common import incomplete, near
from graders.healthcare_platform.base import day, name, rubric, truth_of
from graders.rubric import Objections, met, objection

ENOUGH = 1 / 2
"""Below this share of the bad releases a policy is no policy yet, and its finer points are not asked."""


@dataclass(frozen=True)
class Trial:
    """A policy that was run on one draw of releases."""

    policy: ReleasePolicy
    releases: Releases
    verdicts: Verdicts
    shown: bool
    """Whether a table shows these releases."""

    def through(self, touches: str) -> Iterator[tuple[str, str]]:
        """Bad releases of one kind that pass, each with its flaw."""
        for release, flaw in self.releases.bad.items():
            if FLAWS[flaw].touches == touches and not self.verdicts.stops[release]:
                yield release, flaw

    @cached_property
    def for_their_reason(self) -> dict[str, bool]:
        """For each bad release that is stopped: whether a rule for its own flaw is among those that stop it."""
        clauses = {release: FLAWS[flaw].clauses for release, flaw in self.releases.bad.items()}
        return {
            release: any(self.policy.rules[at].clause in clauses[release] for at in self.verdicts.stops[release])
            for release in clauses
            if self.verdicts.stops[release]
        }

    def called(self, release: str) -> str:
        """How a finding names a release: those that no table shows have no name here."""
        return self.releases.rows[release].label if self.shown else "A release of the weeks to come, in no table yet,"


@kept_for_worlds(maxsize=8)
def _trials(policy: ReleasePolicy, case: Case) -> tuple[Trial, Trial]:
    truth = truth_of(case)
    return (
        Trial(policy, truth.releases, run_policy(policy, truth.releases.columns), shown=True),
        Trial(policy, truth.unseen, run_policy(policy, truth.unseen.columns), shown=False),
    )


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in", gate=True,
    hints=("Is a field of a rule empty?", "The finding says which one; beside each condition stands why it stops."),
)  # fmt: skip
def release_policy_is_complete(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each rule has a condition and a clause, and each waiver all its parts."""
    parts = ("rules[].stop_when", "rules[].clause")
    yield from incomplete(release_policy, case, "rules", *parts)
    return met(f"All {len(release_policy.rules)} rules are whole.")


@rubric.criterion(
    points=1, voice="lena", skill="build_compliance_in", gate=True,
    hints=(
        "The finding says at which character the rule goes wrong.",
        "Write columns as the table `releases` has them, and put words and dates into quotation marks; use && and "
        "|| between comparisons. A rule is about every release, so it cannot ask which one this is.",
    ),
    rests_on=("release_policy.rules",),
    expected="a rule that can be run",
)  # fmt: skip
def rules_run(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Every rule can be run on every release."""
    for at, error in _trials(release_policy, case)[0].verdicts.errors.items():
        place = f"rules[{at + 1}]"
        yield objection(f"{place}.stop_when", f"Rule {at + 1}: {error}", "", {"rule": at + 1, "problem": str(error)})
    return met(f"All {len(release_policy.rules)} rules run.")


@rubric.criterion(
    points=2, voice="lena", skill="build_compliance_in",
    hints=(
        "Which two columns should say the same, and do not?",
        "Go through the columns in pairs and through the procedures of the company in the table `clauses`.",
    ),
    rests_on=("release_policy.rules",),
    expected="at least half of the bad releases stopped, each by a rule for what is wrong with it",
)  # fmt: skip
def the_policy_stops_half(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Of the bad releases, at least half are stopped by a rule that is about what is wrong with them."""
    for trial in _trials(release_policy, case):
        stopped, bad = sum(trial.for_their_reason.values()), len(trial.releases.bad)
        if stopped < ENOUGH * bad:
            where = "in the table" if trial.shown else "among those of the weeks to come, which are in no table yet"
            yield objection("rules", f"{stopped} of {bad} bad releases {where} are stopped for their own reason.")
            return None
    return met(f"{sum(_trials(release_policy, case)[0].for_their_reason.values())} bad releases of the table are "
               "stopped for their own reason.")  # fmt: skip


def _let_through(policy: ReleasePolicy, case: Case, touches: str) -> Objections:
    """Bad releases of one kind that pass; those of the table are named."""
    told: set[str] = set()
    for trial in _trials(policy, case):
        for release, flaw in trial.through(touches):
            if flaw not in told:
                told.add(flaw)
                words = FLAWS[flaw].words
                said = f"{trial.called(release)} passes, although {words}."
                yield objection("rules", said, "", {"flaw": words})
    return met("None of them passes, in the table or among those of the weeks to come.")


@rubric.criterion(
    points=4, voice="ngozi", skill="build_compliance_in", gate=True,
    hints=(
        "Which releases pass that should not? The finding names one.",
        "Who tried this screen, how many of each group, what went wrong; which risks were verified and accepted; "
        "what was tested before it was built.",
        "{% for flaw in truth.releases.rows.values() | map(attribute='flaw') | unique if flaw %}{{ flaw | "
        "replace('_', ' ') }}. {% endfor %}",
    ),
    rests_on=("release_policy.rules",),
    expected="every release stopped that could hurt a patient",
)  # fmt: skip
def harmful_releases_are_stopped(release_policy: ReleasePolicy, case: Case) -> Objections:
    """No release passes that could hurt a patient: untested people, screens or builds, risks not under control."""
    return (yield from _let_through(release_policy, case, SAFETY))


@rubric.criterion(
    points=4, voice="anouk", skill="build_compliance_in", gate=True,
    hints=(
        "Assessed is not authorised. Which column says what an authority said?",
        "A change outside the plan goes out authorised or as an approved investigation. Then compare what stands "
        "in documents with what goes out.",
    ),
    rests_on=("release_policy.rules",),
    expected="every release stopped that breaks a duty of law",
)  # fmt: skip
def unlawful_releases_are_stopped(release_policy: ReleasePolicy, case: Case) -> Objections:
    """No release passes that breaks a duty of law; an assessment alone authorises no change outside the plan."""
    return (yield from _let_through(release_policy, case, LAW))


@rubric.criterion(
    points=2, voice="hana", skill="build_compliance_in",
    hints=(
        "What do the company's own procedures ask for beyond the law?",
        "QP-05, QP-12 and QP-14 in the table `clauses`, with the limits that stand there.",
    ),
    rests_on=("release_policy.rules",),
    expected="the company's own procedures kept, save where a waiver lifts them",
)  # fmt: skip
def house_rules_are_kept(release_policy: ReleasePolicy, case: Case) -> Objections:
    """No release passes that breaks one of the company's procedures without a waiver."""
    return (yield from _let_through(release_policy, case, HOUSE))


@rubric.criterion(
    points=2, voice="anouk", skill="build_compliance_in",
    hints=(
        "Would the team know from the clause what to mend?",
        "Look in the table `clauses` for the row that asks for exactly this document; fifteen in each group, for "
        "one, is asked for by the FDA's guidance and not by IEC 62366-1.",
    ),
    rests_on=("the_policy_stops_half",),
    met="Each bad release is stopped for its own reason.",
    expected="a clause that asks for what is missing",
)  # fmt: skip
def each_is_stopped_for_its_reason(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each bad release that is stopped is stopped by a rule whose clause is about its own flaw."""
    trial = _trials(release_policy, case)[0]
    for release, proper in trial.for_their_reason.items():
        if not proper:
            if not all(release_policy.rules[at].clause for at in trial.verdicts.stops[release]):
                continue  # that it has none is said where the policy is looked through
            at, words = trial.verdicts.stops[release][0], FLAWS[trial.releases.bad[release]].words
            clause = name(case, "clauses", release_policy.rules[at].clause)
            row = {"release": trial.called(release), "flaw": words, "rule": at + 1, "its clause": clause}
            said = f"{trial.called(release)} is stopped by rule {at + 1} for {clause}, but {words}."
            yield objection(f"rules[{at + 1}].clause", said, "", row)


@rubric.criterion(
    points=2, voice="lena", skill="build_compliance_in",
    hints=(
        "Which rule is too strict? The finding names it.",
        "Exactly as many as asked for is enough; tested on the day of the build is not before it; an approved "
        "investigation may run; and a request that may be granted lets its release pass.",
    ),
    rests_on=("the_policy_stops_half", "waivers_are_bounded"),
    expected="good releases pass",
)  # fmt: skip
def good_releases_pass(release_policy: ReleasePolicy, case: Case) -> Objections:
    """No good release is stopped, and each that may have a waiver passes with it."""
    for trial in _trials(release_policy, case):
        may_wait = {request.release for request in trial.releases.granted}
        for release, hits in trial.verdicts.stops.items():
            if hits and release not in trial.releases.bad:
                why = "what it lacks may be waived" if release in may_wait else "nothing is wrong with it"
                said = f"{trial.called(release)} is stopped by rule {hits[0] + 1}, but {why}."
                row = {"stopped by": f"rule {hits[0] + 1}", "but": why}
                yield objection(f"rules[{hits[0] + 1}].stop_when", said, "", row)
    return met("All good releases pass.")


@rubric.criterion(
    points=2, voice="anouk", skill="build_compliance_in",
    hints=(
        "Look in the table `clauses` at their status, and from when on they apply.",
        "Superseded, draft and pending rows are no reason to stop anything, and neither is a duty that begins "
        "after these releases, such as the AI Act's high-risk duties for devices.",
    ),
    rests_on=("the_policy_stops_half",),
    met="All clauses hold on the day.",
    expected="a clause that holds when the last of these releases goes out",
)  # fmt: skip
def clauses_hold_on_the_day(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each rule cites a clause that holds: none that is superseded, a draft, only proposed, or begins later."""
    last = truth_of(case).calendar.last_release_day
    for number, rule in enumerate(release_policy.rules, start=1):
        clause = case.registry.entries("clauses").get(rule.clause)
        if not isinstance(clause, Clause) or applies(clause, last):
            continue
        later = clause.status in (*BINDING, "adopted")
        state = f"applies from {day(clause.applies_from)}" if later else f"is {clause.status}"
        row = {"rule": number, "clause": clause.label, "it": state}
        yield objection(f"rules[{number}].clause", f"Rule {number} cites {clause.label}, which {state}.", "", row)


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=(
        "Is there a rule that can never stop anything bad?",
        "A file that is there may be of last year. Compare its version with the version that is released.",
    ),
    rests_on=("the_policy_stops_half",),
    met="Every rule stops something.",
    expected="rules that look inside",
)  # fmt: skip
def every_rule_bites(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each rule can stop something that is wrong: none only looks whether a file is there."""
    flawed = run_policy(release_policy.model_copy(update={"waivers": ()}), with_every_flaw(case.seed))
    for at, rule in enumerate(release_policy.rules):
        if at not in flawed.errors and not flawed.hit_by(at):
            said = f"Rule {at + 1} stops no release, whatever may be wrong with it: {rule.stop_when:.80}"
            yield objection(f"rules[{at + 1}].stop_when", said, "", {"rule": at + 1, "stops": 0})


def _requested(policy: ReleasePolicy, case: Case) -> Mapping[str, Request]:
    """By place: the requests that are granted."""
    requests = truth_of(case).releases.requests
    rows = enumerate(policy.waivers, start=1)
    return {f"waivers[{number}]": requests[row.request] for number, row in rows if row.request in requests}


@rubric.criterion(
    points=3, voice="tariq", skill="build_compliance_in", gate=True,
    hints=(
        "Which request could hurt a patient, or lifts a duty of law?",
        "QP-20 in the table `clauses`: a company can waive what it asked for itself, and of that only QP-05 and "
        "QP-12. Under fifteen in a group is not what QP-05 is about.",
    ),
    rests_on=("release_policy.waivers", "the_policy_stops_half"),
    met="Only the company's own rules are waived.",
    expected="waivers of the company's own rules, as QP-20 allows them",
)  # fmt: skip
def only_house_rules_are_waived(release_policy: ReleasePolicy, case: Case) -> Objections:
    """No waiver lifts what protects patients or what a law, a standard or a guidance asks for."""
    granted = truth_of(case).releases.granted
    for place, request in _requested(release_policy, case).items():
        if request not in granted:
            row = {"request": request.id, "about": request.about}
            yield objection(f"{place}.request", f"Request {request.id} is granted: {request.about}.", "", row)


@rubric.criterion(
    points=4, voice="walter", skill="decision_rights", gate=True,
    hints=(
        "Read the table `waiver_requests` and the company's procedure QP-20 in the table `clauses`.",
        f"The owner neither asked nor made the thing; the extent is the distance from the company's limit; the end "
        f"is after the release and at most {WAIVER_DAYS} days later, whatever was asked for.",
        "{% for r in truth.releases.granted %}{{ r.id }}: by {{ r.extent }}. {% endfor %}",
    ),
    rests_on=("release_policy.waivers", "the_policy_stops_half"),
    expected=f"an owner who neither asked nor made it, how far it falls short, an end within {WAIVER_DAYS} days",
)  # fmt: skip
def waivers_are_bounded(release_policy: ReleasePolicy, case: Case) -> Objections:
    """Each waiver has a rightful owner, says how far the release falls short, and ends in time."""
    granted = truth_of(case).releases.granted
    for place, request in _requested(release_policy, case).items():
        if request not in granted:
            continue
        waiver = release_policy.waivers[int(place[len("waivers[") : -1]) - 1]
        if waiver.owner != request.owner:
            who = name(case, "people", waiver.owner)
            why = "asked for it" if waiver.owner == request.asked_by else "made it" if waiver.owner == (
                request.made_by) else "cannot answer for it"  # fmt: skip
            row = {"request": request.id, "asked by": request.asked_by, "made by": request.made_by}
            yield objection(f"{place}.owner", f"Request {request.id} is answered for by {who}, who {why}.", "", row)
        if not near(waiver.extent, request.extent, absolute=0.01):
            stated = "nothing" if waiver.extent is None else f"{waiver.extent:g}"
            said = f"Request {request.id} is said to fall short by {stated}."
            yield objection(f"{place}.extent", said, "the distance from the company's limit", {"request": request.id})
        released = truth_of(case).releases.released_on(request.release)
        if waiver.until is None or not released < waiver.until <= request.latest:
            row = {"release": day(released), "until": day(waiver.until)}
            yield objection(f"{place}.until", f"Request {request.id} is granted until {day(waiver.until)}.", "", row)
    return met("Each waiver has an owner, an extent and an end.")
