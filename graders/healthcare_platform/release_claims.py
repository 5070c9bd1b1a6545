"""Does what the manifest claims about law, people and decisions hold? (A25 and the rules for the release bundle)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.cases import Case
from curriculum.cases.healthcare_platform import CHANGES, CHANGES_OF
from curriculum.cases.healthcare_platform.measures import USES
from curriculum.cases.healthcare_platform.privacy import objection as against
from curriculum.cases.healthcare_platform.usability import MIN_PER_POPULATION
from graders.common import PERCENTILE_TOLERANCE, RATE_TOLERANCE, listed, near
from graders.healthcare_platform.base import AGREED, day, decided, file_of, name, part_of, rubric, truth_of
from graders.rubric import NotYet, Objections, met, objection


@rubric.criterion(
    points=1, voice="ngozi", skill="measure_success",
    hints=(
        "How many nurses, and how many physicians, tried the screen that goes out?",
        "Count in `usability_sessions` the summative sessions on your screen, each group for itself. Fifteen in "
        "each, not in total.",
        "{% for report in truth.reports if report.kind == 'summative' %}{{ report.screen }}: {{ report.nurses }} "
        "nurses and {{ report.physicians }} physicians. {% endfor %}",
    ),
    rests_on=("release_manifest.screen", "release_manifest.nurses", "release_manifest.physicians"),
)  # fmt: skip
def fifteen_in_each_group(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """At least fifteen nurses and fifteen physicians took part in the summative test of this screen, as stated."""
    manifest = release_manifest
    tests = (r for r in truth_of(case).reports if r.kind == "summative" and r.screen == manifest.screen)
    report = next(tests, None)
    if report is None:
        yield objection(
            "screen", "There is no summative test of this screen.", "a screen that was tested with both groups"
        )
        return None
    if (manifest.nurses, manifest.physicians) != (report.nurses, report.physicians):
        wrong = "nurses" if manifest.nurses != report.nurses else "physicians"
        said = f"You state {_count(manifest.nurses)} nurses and {_count(manifest.physicians)} physicians."
        rule = f"the sessions of the summative test on this screen, at least {MIN_PER_POPULATION} in each group"
        shown = {
            "stated nurses": manifest.nurses,
            "stated physicians": manifest.physicians,
            "count in": "usability_sessions",
        }
        yield objection(wrong, said, rule, shown)
    return met(f"{report.nurses} nurses and {report.physicians} physicians: enough in each group.")


def _count(number: int | None) -> str:
    return "no" if number is None else str(number)


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "What is new in your model, against the one on the ward today?",
        "The table `change_plan` says what is inside. Trees: trained again. Sequence model: a new architecture "
        "and a new signal, which need an assessment among the parts.",
    ),
    rests_on=("release_manifest.model", "release_manifest.changes", "release_manifest.change_class"),
)  # fmt: skip
def change_class_follows_the_plan(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The changes are those of this model, and what is outside the authorised plan is assessed."""
    manifest = release_manifest
    true = CHANGES_OF.get(manifest.model)
    if true is None:
        said = f"{name(case, 'models', manifest.model)} is not one of the two new models."
        yield objection("model", said, "a model with known changes")
        return None
    if set(manifest.changes) != true:
        stated = listed([name(case, "changes", id).lower() for id in manifest.changes])
        yield objection("changes", f"Stated as changed: {stated}.", "what is new in this model, and nothing else")
        return None
    inside = all(CHANGES[id].inside for id in true)
    wanted = "within_plan" if inside else "needs_assessment"
    rows = [{"change": CHANGES[id].label, "inside the plan": CHANGES[id].inside} for id in sorted(true)]
    if manifest.change_class != wanted:
        said = f"The change class is “{manifest.change_class.replace('_', ' ')}”."
        yield objection("change_class", said, "the class that the table `change_plan` gives for these changes", *rows)
    elif not inside:
        file = file_of(part_of(manifest, "assessment"), case)
        if file is None or file.part != "assessment" or file.model != manifest.model:
            said = "The change is outside the plan, and no assessment is among the parts."
            yield objection("parts", said, "the assessment of this model", *rows)
    return met(f"{listed([str(row['change']) for row in rows])}: {wanted.replace('_', ' ')}.", *rows)


@rubric.criterion(
    points=1, voice="anouk", skill="domain_literacy",
    hints=(
        "Which row of the table `clauses` is about devices?",
        "The unamended act and the other annex have earlier dates. For devices, Annex I, Section A, it is 2 "
        "August 2028.",
    ),
    rests_on=("release_manifest.ai_act_from",),
)  # fmt: skip
def ai_act_date_is_the_devices(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The day from which the AI Act's high-risk duties apply is the one for medical devices in the amended act."""
    true, stated = truth_of(case).ai_act_from, release_manifest.ai_act_from
    if stated != true:
        rule = "the day of the row for Annex I, Section A, of the amended act"
        yield objection("ai_act_from", f"You state {day(stated)}.", rule, {"stated": day(stated), "table": "clauses"})
    return met(f"{day(true)}, as the amended act says for devices.")


@rubric.criterion(
    points=1, voice="anouk", skill="domain_literacy",
    hints=(
        "Read the four criteria in the row of the current guidance. Do all four hold?",
        "Reading signals against the clock is outside the exception, nurse in the loop or not: a device, by the "
        "guidance of 6 January 2026.",
    ),
    rests_on=("release_manifest.us_route", "release_manifest.us_clause"),
    met="A device, by the guidance of 6 January 2026.",
)  # fmt: skip
def device_rules_apply_with_a_nurse_in_the_loop(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """In the United States it is treated as a device, by the guidance in force, although a nurse is in the loop."""
    manifest = release_manifest
    row = {"route": manifest.us_route.replace("_", " "), "clause": name(case, "clauses", manifest.us_clause)}
    if manifest.us_route != "device":
        rule = "the route that the guidance gives where not all four criteria of the exception hold"
        yield objection("us_route", f"The route is “{row['route']}”.", rule, row)
    elif manifest.us_clause != "fda_cds":
        said = f"The reason given is {row['clause']}."
        yield objection("us_clause", said, "the guidance on decision support in force", row)


@rubric.criterion(
    points=1, voice="tariq", skill="measure_success",
    hints=(
        "“A human decides” is a claim. What measures it?",
        "From `alert_log`, the rows of your screen and your wards: the share overridden in percent, and the "
        "median of seconds_reviewed.",
    ),
    rests_on=(
        "release_manifest.screen", "release_manifest.use", "release_manifest.override_rate",
        "release_manifest.review_seconds",
    ),
)  # fmt: skip
def human_review_is_measured(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """That people review the alerts is shown in numbers: how many they override and how long they look."""
    manifest, measures = release_manifest, truth_of(case).measures
    if manifest.screen not in ("popup", "tiered", "inbox") or manifest.use not in USES:
        known = "a screen of the pilot and the wards on which it is used"
        yield objection("screen", "Screen and intended use are not known.", known)
        return None
    rate = measures.override_rate(manifest.screen, manifest.use)
    seconds = measures.review_seconds(manifest.screen, manifest.use)
    where = {"table": "alert_log", "rows": "your screen, your wards"}
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
    points=1, voice="tariq", skill="build_compliance_in",
    hints=(
        "Is one reason enough for two purposes?",
        "Care and improvement each need a basis and a condition that the table `privacy_memo` accepts; consent "
        "cannot carry care.",
    ),
    rests_on=("release_manifest.purposes",),
    met="Each purpose has a basis and a condition of its own.",
)  # fmt: skip
def each_purpose_has_its_own_basis(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Care and improvement each have a basis and a condition that hold for them."""
    rows = [(f"purposes[{number}]", row) for number, row in enumerate(release_manifest.purposes, start=1)]
    mine = {row.purpose: (place, row) for place, row in reversed(rows)}
    for purpose in case.registry.entries("purposes").values():
        if purpose.id not in mine:
            said = f"“{purpose.label}” is not in the record."
            yield objection("purposes", said, "both purposes, each with basis and condition")
            continue
        place, row = mine[purpose.id]
        for part, kind, ground in (("basis", "bases", row.basis), ("condition", "conditions", row.condition)):
            known = ground in case.registry.entries(kind)
            why = against(purpose.id, ground) if known else "it is blank or unknown"
            if why:
                said = f"{purpose.label.split(':')[0]}: {name(case, kind, ground)} does not hold; {why}."
                shown = {"purpose": purpose.id, "ground": ground}
                yield objection(f"{place}.{part}", said, "a ground that holds for this purpose", shown)


@rubric.criterion(
    points=1, voice="tariq", skill="build_compliance_in",
    hints=(
        "What was the model trained on, and is it in the assessment?",
        "Compare the datasets in the model card with those in the impact assessment; take the edition that holds "
        "them all.",
    ),
    rests_on=("release_manifest.parts",),
)  # fmt: skip
def impact_assessment_covers_the_data(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The impact assessment covers every dataset of the model, and both purposes."""
    rows = enumerate(release_manifest.parts, start=1)
    place, row = next(((f"parts[{number}].file", row) for number, row in rows if row.part == "dpia"), ("parts", None))
    file = file_of(row, case)
    if row is None:
        raise NotYet("release_manifest.parts", "It is about the impact assessment, which is not among the parts.")
    if file is None or file.part != "dpia":
        said = f"As impact assessment stands {file.label if file else 'nothing':.60}."
        yield objection(place, said, "an edition that covers the model's data")
    elif not file.current:
        said = f"{file.label} leaves out the purpose of improvement."
        yield objection(place, said, "an edition with both purposes and all data of the model", {"file": file.path})
    return met(f"{file.label if file else ''} covers both purposes and the data.")


@rubric.criterion(
    points=1, voice="ngozi", skill="build_compliance_in",
    hints=(
        "Which wards stand in the model card?",
        "The intended use may be smaller than the card's wards, never larger.",
    ),
    rests_on=("release_manifest.use", "release_manifest.model"),
    met="The card speaks for every ward of the use.",
)  # fmt: skip
def card_covers_the_use(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Every ward of the intended use is one for which the model card of this model speaks."""
    covered = {"trees": ("medical", "surgical", "step_down"), "sequence": ("step_down",)}.get(
        release_manifest.model, ()
    )
    use = USES.get(release_manifest.use)
    if use is None:
        yield objection("use", "No known intended use is stated.", "wards for which the card speaks")
        return None
    for ward in use.wards:
        if ward not in covered:
            card = f"The card of {name(case, 'models', release_manifest.model)}"
            shown = {"card": ", ".join(covered) or "none", "use": ", ".join(use.wards)}
            said = f"{card} does not speak for the {ward} wards."
            yield objection("use", said, "an intended use inside the card's", shown)


@rubric.criterion(
    points=1, voice="sanna", skill="keep_decisions",
    hints=(
        "Does the release carry what the log decided?",
        "Model, screen and intended use are those of the accepted records.",
    ),
    rests_on=(
        "decision_log.model.chosen", "release_manifest.model", "release_manifest.use", "release_manifest.screen",
        *AGREED,
    ),
    met="The release carries the decisions.",
)  # fmt: skip
def manifest_carries_the_decisions(
    release_manifest: ReleaseManifest, decision_log: DecisionLog, case: Case
) -> Objections:
    """Model, screen and wards of the release are those that the log decided."""
    fields = ("model", "use", "screen")
    for field, log in zip(fields, decided(decision_log, case), strict=True):
        mine = getattr(release_manifest, field)
        if mine != log:
            said = f"The log decides {name(case, 'options', log)}; the manifest has {name(case, 'options', mine)}."
            yield objection(field, said, "the decisions of the log", {"about": field, "log": log, "manifest": mine})
