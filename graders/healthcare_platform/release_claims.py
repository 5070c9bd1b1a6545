"""Does what the manifest claims about law, people and decisions hold? (A25 and the rules for the release bundle)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.release_manifest import HIGH_RISK, REASONS, ReleaseManifest
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.authorisations import CHANGES, HELD, REGIONS, outside_plan
from curriculum.cases.healthcare_platform.companions import ANNEX_I, ANNEX_III, NOT_HIGH_RISK
from curriculum.cases.healthcare_platform.measures import USES
from curriculum.cases.healthcare_platform.usability import MIN_PER_POPULATION
from graders.common import PERCENTILE_TOLERANCE, RATE_TOLERANCE, listed, near
from graders.healthcare_platform.base import AGREED, decided, file_of, name, part_of, rubric, truth_of
from graders.healthcare_platform.release_manifest import build_of
from graders.rubric import NotYet, Objections, met, objection

DUTIES_FROM = {ANNEX_I: "2028-08-02", ANNEX_III: "2027-12-02", NOT_HIGH_RISK: "not_high_risk"}
"""From when the AI Act's high-risk duties apply, as amended; the table `clauses` says so as well."""

ALERTS_IN_US = {"trees": ("time_critical",), "sequence": ("pattern", "time_critical")}
"""Why each model's alerts are a device: both are against the clock, and the sequence model reads curves besides."""


@rubric.criterion(
    points=4, voice="ngozi", skill="measure_success", gate=True,
    hints=(
        "How many nurses, and how many physicians, tried the screen that goes out?",
        "Count in `usability_sessions` the sessions of the test that counts, each group for itself. Fifteen in each, "
        "not in total.",
        "{% for report in truth.reports if report.counts %}{{ entries.screens[report.screen].label }}: "
        "{{ report.nurses }} nurses and {{ report.physicians }} physicians. {% endfor %}",
    ),
    rests_on=("release_manifest.parts", "release_manifest.nurses", "release_manifest.physicians"),
)  # fmt: skip
def fifteen_in_each_group(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """At least fifteen nurses and fifteen physicians took part in the test of this screen that counts, as stated."""
    manifest = release_manifest
    _, screen = build_of(manifest)
    report = next((r for r in truth_of(case).reports if r.counts and r.screen == screen), None)
    if report is None:
        yield objection("parts", "No test of this screen counts.", "a screen that was tested with both groups")
        return None
    if (manifest.nurses, manifest.physicians) != (report.nurses, report.physicians):
        wrong = "nurses" if manifest.nurses != report.nurses else "physicians"
        said = f"You state {_count(manifest.nurses)} nurses and {_count(manifest.physicians)} physicians."
        rule = f"the sessions of the test of this screen that counts, at least {MIN_PER_POPULATION} in each group"
        shown = {"stated nurses": manifest.nurses, "stated physicians": manifest.physicians}
        yield objection(wrong, said, rule, shown)
    return met(f"{report.nurses} nurses and {report.physicians} physicians: enough in each group.")


def _count(number: int | None) -> str:
    return "no" if number is None else str(number)


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "What is new against the device of today: the tree model with pop-ups on the medical wards?",
        "A plan made in advance can hold a retraining. It cannot hold other wards, another screen, a new "
        "architecture or a new signal.",
    ),
    rests_on=("release_manifest.parts", *AGREED),
)  # fmt: skip
def changes_outside_the_plan_are_named(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The changes against today's device that no plan made in advance can hold are named, and no others."""
    manifest = release_manifest
    model, screen = build_of(manifest)
    true = outside_plan(model, manifest.use, screen)
    if set(manifest.outside_plan) != true:
        stated = listed([name(case, "changes", id).lower() for id in manifest.outside_plan])
        rule = "what is new in model, wards and screen, where the table `change_plan` does not hold it"
        yield objection("outside_plan", f"Stated as outside of the plan: {stated}.", rule)
    return met(f"Outside of the plan: {listed([CHANGES[id].label.lower() for id in sorted(true)])}.")


@rubric.criterion(
    points=5, voice="anouk", skill="plan_releases", gate=True,
    hints=(
        "Assessed is not authorised, and sent is not answered. What did an authority say, to which version?",
        "Go through the table `authorisations` for your model's version and wards, region by region. Without an "
        "answer for a region the release is held there.",
        "{% for region in ('eu', 'us') %}{% for model in ('trees', 'sequence') %}{{ region }}, {{ model }}: "
        "{{ truth.authorisations.way(region, model, 'step_down') }}. {% endfor %}{% endfor %}",
    ),
    rests_on=("release_manifest.eu.way", "release_manifest.us.way", "release_manifest.parts", *AGREED),
    expected="what an authority allowed for this version on these wards, or held until it does",
)  # fmt: skip
def nothing_goes_out_unauthorised(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """In each region it goes out only as an authority has allowed it: released, as an investigation, or not yet."""
    manifest, papers = release_manifest, truth_of(case).authorisations
    model, _ = build_of(manifest)
    for region, words in REGIONS.items():
        route, paper = getattr(manifest, region), papers.allowing(region, model, manifest.use)
        shown = {"region": words, "stated": route.way}
        if route.way != papers.way(region, model, manifest.use):
            said = f"{words}: {'it is held' if route.way == HELD else 'it goes out'}, as “{route.way}”."
            yield objection(f"{region}.way", said, "", shown)
        elif route.authorisation != (paper.id if paper else ""):
            said = f"{words}: it rests on {name(case, 'authorisations', route.authorisation)}."
            yield objection(f"{region}.authorisation", said, "", shown)
    return met("Nothing goes out without an authority's word.")


@rubric.criterion(
    points=2, voice="anouk", skill="domain_literacy",
    hints=(
        "Which rows of the table `clauses` are about devices, which about the uses of Annex III?",
        "The unamended act has earlier dates. For devices that a notified body assesses it is 2 August 2028, for "
        "the uses in Annex III, such as triage and emergency calls, 2 December 2027.",
    ),
    rests_on=("release_manifest.alerts_high_risk", "release_manifest.companion_high_risk"),
    expected="the day that the amended act gives for what the product is",
)  # fmt: skip
def high_risk_duties_have_their_day(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """For the alerts and for what ships along: from when the AI Act's high-risk duties apply, as amended."""
    companion = truth_of(case).companion
    rows = (
        ("alerts_high_risk", "The alerts", release_manifest.alerts_high_risk, DUTIES_FROM[ANNEX_I]),
        ("companion_high_risk", companion.label, release_manifest.companion_high_risk,
         DUTIES_FROM[companion.high_risk]),
    )  # fmt: skip
    for place, words, stated, true in rows:
        if stated != true:
            said = f"{words}: {HIGH_RISK['labels'].get(stated, 'nothing').lower()}."
            yield objection(place, said, "", {"about": words, "table": "clauses"})
    return met("Both have their day.")


@rubric.criterion(
    points=2, voice="anouk", skill="domain_literacy",
    hints=(
        "Read the four criteria in the row of the current guidance. Do all four hold?",
        "A nurse in the loop does not decide it. Ask of each: does it read a signal or a pattern, does it speak to "
        "professionals, can they review on what it rests, and is there the time to?",
    ),
    rests_on=("release_manifest.alerts_us", "release_manifest.companion_us"),
    expected="what the four criteria of the guidance in force, and its words on time, say of it",
)  # fmt: skip
def device_rules_apply_with_a_nurse_in_the_loop(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """For the alerts and for what ships along: a device in the United States or none, for the right reason."""
    manifest, companion = release_manifest, truth_of(case).companion
    model, _ = build_of(manifest)
    rows = (
        ("alerts_us", "The alerts", manifest.alerts_us, ALERTS_IN_US.get(model, ())),
        ("companion_us", companion.label, manifest.companion_us, companion.us),
    )
    for place, words, stated, true in rows:
        if stated not in true:
            said = f"{words}: {REASONS['labels'].get(stated, 'nothing').lower()}."
            yield objection(place, said, "", {"about": words, "clause": "fda_cds"})
    return met("Both for their own reason.")


@rubric.criterion(
    points=3, voice="tariq", skill="measure_success",
    hints=(
        "“A human decides” is a claim. What measures it?",
        "From `alert_log`, the rows of your screen and your wards: the share overridden in percent, and the "
        "median of the seconds in which they were reviewed.",
    ),
    rests_on=(
        "release_manifest.override_rate", "release_manifest.review_seconds", "release_manifest.parts", *AGREED,
    ),
)  # fmt: skip
def human_review_is_measured(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """That people review the alerts is shown in numbers: how many they override and how long they look."""
    manifest, measures = release_manifest, truth_of(case).measures
    _, screen = build_of(manifest)
    if screen not in ("popup", "tiered", "inbox") or manifest.use not in USES:
        raise NotYet("release_manifest.parts", "It needs the specification of a screen of the pilot among the parts.")
    rate, seconds = measures.override_rate(screen, manifest.use), measures.review_seconds(screen, manifest.use)
    where = {"table": "`alert_log`", "rows": "your screen, your wards"}
    if not near(manifest.override_rate, rate, absolute=100 * RATE_TOLERANCE):
        said = f"You state an override rate of {_number(manifest.override_rate)} %."
        yield objection("override_rate", said, "the share of alerts overridden in the alert log, in percent", where)
    if not near(manifest.review_seconds, seconds, relative=PERCENTILE_TOLERANCE):
        said = f"You state {_number(manifest.review_seconds)} seconds."
        yield objection("review_seconds", said, "the median of seconds_reviewed in the alert log", where)
    return met(f"{rate:.1f} % overridden after a median of {seconds:g} seconds.")


def _number(value: float | None) -> str:
    return "no" if value is None else f"{value:g}"


@rubric.criterion(
    points=2, voice="tariq", skill="build_compliance_in",
    hints=(
        "What may carry the improvement of the model in this company?",
        "The table `privacy_memo` says which basis and which condition hold for it, and why the others do not.",
    ),
    rests_on=("release_manifest.improvement_basis", "release_manifest.improvement_condition"),
    met="The improvement has a basis and a condition of its own.",
    expected="a ground that holds for this purpose",
)  # fmt: skip
def each_purpose_has_its_own_basis(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The improvement of the model, which is no care, has a basis and a condition that hold for it."""
    memo = truth_of(case).memo
    for part, kind in (("basis", "bases"), ("condition", "conditions")):
        ground = getattr(release_manifest, f"improvement_{part}")
        why = memo.objection("improvement", ground)
        if why:
            said = f"{name(case, kind, ground)} does not hold; {why}."
            yield objection(f"improvement_{part}", said, "", {"purpose": "improvement", "ground": ground})


@rubric.criterion(
    points=2, voice="tariq", skill="build_compliance_in",
    hints=(
        "What was the model trained on, and is it in the assessment?",
        "Compare the datasets in the model card with those in the impact assessment; take the edition that holds "
        "them all and is no draft.",
    ),
    rests_on=("release_manifest.parts",),
)  # fmt: skip
def impact_assessment_covers_the_data(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The impact assessment covers every dataset of the model, and both purposes."""
    rows = enumerate(release_manifest.parts, start=1)
    place, row = next(((f"parts[{number}].file", row) for number, row in rows if row.part == "dpia"), ("parts", None))
    file = file_of(row, case)
    if file is None:
        raise NotYet("release_manifest.parts", "It is about the impact assessment, which is not among the parts.")
    if not file.current:
        said = f"{file.label} does not cover both purposes and the data of this release."
        yield objection(place, said, "an edition with both purposes and all data of the model", {"file": file.path})
    return met(f"{file.label} covers both purposes and the data.")


@rubric.criterion(
    points=2, voice="sanna", skill="keep_decisions",
    hints=(
        "Does the release carry what the log decided?",
        "Model, screen and intended use are those of the accepted records.",
    ),
    rests_on=("release_manifest.parts", "decision_log.model.chosen", *AGREED),
    met="The release carries the decisions.",
)  # fmt: skip
def manifest_carries_the_decisions(
    release_manifest: ReleaseManifest, decision_log: DecisionLog, case: Case
) -> Objections:
    """Model, screen and wards of the release are those that the log decided."""
    build_of(release_manifest)
    spec, card = part_of(release_manifest, "design_spec"), part_of(release_manifest, "model_card")
    for field, log in zip(("model", "use", "screen"), decided(decision_log, case), strict=True):
        mine = getattr(release_manifest, field)
        if mine != log:
            row = spec if field == "screen" else card
            place = f"parts[{release_manifest.parts.index(row) + 1}].file" if row else "parts"
            said = f"The log decides {name(case, 'options', log)}; the parts are of {name(case, 'options', mine)}."
            shown = {"about": field, "log": log, "parts": mine}
            yield objection(place, said, "a release of what the log decided", shown)
