"""Does everything that goes out belong together, is it approved by others, and can it be traced? (A25)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.release_manifest import ReleaseManifest, ReleasePart, TraceRow
from curriculum.cases import Case
from curriculum.cases.healthcare_platform import CHANGES, CHANGES_OF
from curriculum.cases.healthcare_platform.clauses import WAIVER_DAYS, load_clauses
from curriculum.cases.healthcare_platform.kinds import ReleaseFile, Run, Signature
from curriculum.cases.healthcare_platform.measures import USES
from curriculum.cases.healthcare_platform.privacy import objection
from curriculum.cases.healthcare_platform.release_files import DATASETS, PARTS
from curriculum.cases.healthcare_platform.trace import UNTESTED
from curriculum.cases.healthcare_platform.usability import MIN_PER_POPULATION
from graders.common import PERCENTILE_TOLERANCE, RATE_TOLERANCE, listed, missing, near
from graders.healthcare_platform.base import (
    UNDECIDED,
    chosen,
    completeness,
    day,
    name,
    rubric,
    truth_of,
)
from graders.rubric import Verdict, met, unmet

NEEDED = tuple(part for part in PARTS if part != "assessment")
"""The parts that every release has."""


def _part(manifest: ReleaseManifest, part: str) -> ReleasePart | None:
    return next((row for row in manifest.parts if row.part == part), None)


def _file(row: ReleasePart | None, case: Case) -> ReleaseFile | None:
    return truth_of(case).folder.files.get(row.file) if row else None


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in", gate=True,
    hints=("Which of the eight parts is not there?",
           "Each of the eight documents has its file and a signature, sealed; then trace, both groups, changes, "
           "the rules of law, "
           "the numbers of human review, and the purposes."),
)  # fmt: skip
def release_manifest_is_complete(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """All eight parts with file, fingerprint and approval are there, and no other field is blank."""
    manifest = release_manifest
    blank = [PARTS[part].lower() for part in NEEDED if _part(manifest, part) is None]
    fields = {"version": manifest.version, "release day": manifest.released_on, "model": manifest.model,
              "screen": manifest.screen, "intended use": manifest.use, "trace": manifest.trace,
              "nurses": manifest.nurses,
              "physicians": manifest.physicians, "changes": manifest.changes, "change class": manifest.change_class,
              "day of the AI Act's duties": manifest.ai_act_from, "route in the United States": manifest.us_route,
              "its clause": manifest.us_clause, "override rate": manifest.override_rate,
              "seconds of review": manifest.review_seconds, "processing record": manifest.purposes}  # fmt: skip
    blank += missing(fields)
    for row in manifest.parts:
        blank += [f"{what} of {PARTS.get(row.part, 'a part').lower()}" for what in
                  missing({"file": row.file, "fingerprint": row.sha256, "approval": row.signature})]  # fmt: skip
    return completeness(manifest, case, blank, f"{len(manifest.parts)} parts under version {manifest.version}.")


@rubric.criterion(
    points=1, voice="lena", skill="build_compliance_in",
    hints=("Was the file changed after the fingerprint was taken?", "Run the cell with `seal()` again, after "
                                                                    "the last change."),
)  # fmt: skip
def fingerprints_match(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Each fingerprint is that of the file in the release folder."""
    rows = []
    for row in release_manifest.parts:
        file = _file(row, case)
        if file is not None and row.sha256 != file.sha256:
            rows.append({"file": file.path, "stated": row.sha256[:16], "of the file": file.sha256[:16]})
        elif file is not None and row.path != file.path:
            return unmet(f"The path of {file.label} is “{row.path[:80]}”.", file.path, {"file": file.path})
    if rows:
        return unmet(f"The fingerprint of {rows[0]['file']} is {rows[0]['of the file']}…; you state "
                     f"{rows[0]['stated']}….",
                     "the file's own fingerprint", *rows[:8])  # fmt: skip
    if not release_manifest.parts:
        return unmet("There are no parts.", "eight parts with fingerprints")
    return met(f"All {len(release_manifest.parts)} fingerprints match.")


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=("Open the files' first lines: which version do they describe?",
           "Card, specification, instructions carry the version of your model or screen; requirements edition "
           "7, risk file "
           "edition 5."),
)  # fmt: skip
def parts_belong_together(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Card, specification, requirements, risk file and instructions are those of this model and this screen."""
    return _belongs(release_manifest, case, ("model_card", "design_spec", "requirements", "risk_file", "labelling"),
                    "the files of this model and this screen, in their current edition")  # fmt: skip


@rubric.criterion(
    points=1, voice="mateo", skill="build_compliance_in",
    hints=("On which screen did people try it?",
           "The test with the most people was done on an older list. Take the summative test of the screen that "
           "goes out."),
)  # fmt: skip
def usability_is_of_this_screen(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The usability report is the summative one of the screen that goes out."""
    return _belongs(release_manifest, case, ("usability_report",), "the summative test of this screen")


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=("Do the tests belong to the build, or to the one before?",
           "Take the evidence whose name holds your model, your screen and their versions."),
)  # fmt: skip
def tests_are_of_this_build(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The test evidence is of this model with this screen, run after both were built."""
    return _belongs(release_manifest, case, ("test_evidence",), "the evidence of this model with this screen")


def _belongs(manifest: ReleaseManifest, case: Case, parts: tuple[str, ...], expected: str) -> Verdict:
    rows = []
    for part in parts:
        row = _part(manifest, part)
        file = _file(row, case)
        right = truth_of(case).folder.right_file(part, manifest.model, manifest.screen)
        if file is None or right is None or file.id != right.id:
            stated = file.path if file else "nothing"
            rows.append({"part": PARTS[part], "stated": stated[:80], "describes": file.label if file else "unknown"})
    if rows:
        return unmet(f"{rows[0]['part']}: {rows[0]['stated']} ({rows[0]['describes']}).", expected, *rows)
    return met(f"{listed([PARTS[part] for part in parts], most=6)}: of this release.")


@rubric.criterion(
    points=1, voice="ngozi", skill="measure_success",
    hints=("How many nurses, and how many physicians, tried the screen that goes out?",
           "Count in `usability_sessions` the summative sessions on your screen, each group for itself. Fifteen "
           "in each, not in total."),
)  # fmt: skip
def fifteen_in_each_group(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """At least fifteen nurses and fifteen physicians took part in the summative test of this screen, as stated."""
    report = next(
        (r for r in truth_of(case).reports if r.kind == "summative" and r.screen == release_manifest.screen), None
    )
    if report is None:
        return unmet("There is no summative test of this screen.", "a screen that was tested with both groups")
    stated = (release_manifest.nurses, release_manifest.physicians)
    row = {
        "nurses": report.nurses,
        "physicians": report.physicians,
        "stated nurses": stated[0],
        "stated physicians": stated[1],
    }
    if stated != (report.nurses, report.physicians):
        return unmet(f"You state {_count(stated[0])} nurses and {_count(stated[1])} physicians.",
                     f"the sessions of the summative test on this screen, at least {MIN_PER_POPULATION} in "
                     "each group", row)  # fmt: skip
    return met(f"{report.nurses} nurses and {report.physicians} physicians: enough in each group.", row)


def _count(number: int | None) -> str:
    return "no" if number is None else str(number)


def _signature(row: ReleasePart, case: Case) -> Signature | None:
    return truth_of(case).folder.signatures.get(row.signature)


@rubric.criterion(
    points=1, voice="anouk", skill="decision_rights",
    hints=("Who wrote the file, and who approved it?",
           "The signature belongs to this file, says “approved”, and is by somebody other than the author."),
)  # fmt: skip
def approvals_are_independent(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Each file is approved by somebody who did not write it."""
    rows = []
    for row in release_manifest.parts:
        file, signature = _file(row, case), _signature(row, case)
        if file is None or signature is None:
            continue
        why = ""
        if signature.file != file.id:
            why = f"the signature is for {name(case, 'files', signature.file)}"
        elif signature.meaning != "approved":
            why = f"the signature says “{signature.meaning}”"
        elif signature.person == file.author:
            why = f"{name(case, 'people', signature.person)} wrote it"
        if why:
            rows.append({"file": file.path, "signature": signature.id, "but": why})
    if rows:
        return unmet(
            f"{rows[0]['file']} is not approved: {rows[0]['but']}.", "an approval of this file by somebody else", *rows
        )
    if not any(_signature(row, case) for row in release_manifest.parts):
        return unmet("There is no approval.", "an approval for each file")
    return met("Nobody approved what they wrote.")


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=("Which text did they sign?",
           "Compare the fingerprint in `signatures` with that of the file; a signature of an earlier text does "
           "not count."),
)  # fmt: skip
def approvals_bind_the_text(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Each approval was given to the text as it goes out, not to an earlier one."""
    rows = []
    for row in release_manifest.parts:
        file, signature = _file(row, case), _signature(row, case)
        if file and signature and signature.file == file.id and signature.sha256 != file.sha256:
            rows.append(
                {
                    "file": file.path,
                    "signed": signature.sha256[:16],
                    "goes out": file.sha256[:16],
                    "on": day(signature.signed_on),
                }
            )
    if rows:
        return unmet(
            f"{rows[0]['file']} was changed after the signature of {rows[0]['on']}.",
            "an approval of the text as it is",
            *rows,
        )
    if not any(_signature(row, case) for row in release_manifest.parts):
        return unmet("There is no approval.", "an approval for each file")
    return met("Each approval belongs to the text that goes out.")


@rubric.criterion(
    points=1, voice="walter", skill="plan_releases",
    hints=("When was the last approval given, and when must the release be out?",
           "After the last signature, not in the past, and no later than the day in the brief."),
)  # fmt: skip
def release_day_fits(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The release goes out after the last approval and by the day that is due."""
    calendar, out = truth_of(case).calendar, release_manifest.released_on
    signed = [s.signed_on for s in (_signature(row, case) for row in release_manifest.parts) if s]
    earliest = max([calendar.today, *signed])
    row = {"last approval": day(max(signed, default=None)), "due": day(calendar.last_release_day), "stated": day(out)}
    if out is None or not earliest <= out <= calendar.last_release_day:
        return unmet(
            f"It goes out on {day(out)}.", f"a day from {day(earliest)} to {day(calendar.last_release_day)}", row
        )
    return met(f"It goes out on {day(out)}.", row)


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=("What is new in your model, against the one on the ward today?",
           "The table `change_plan` says what is inside. Trees: trained again. Sequence model: a new "
           "architecture and a new "
           "signal, which need an assessment among the parts."),
)  # fmt: skip
def change_class_follows_the_plan(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The changes are those of this model, and what is outside the authorised plan is assessed."""
    manifest = release_manifest
    true = CHANGES_OF.get(manifest.model)
    if true is None:
        return unmet(
            f"{name(case, 'models', manifest.model)} is not one of the two new models.", "a model with known changes"
        )
    rows = [{"change": CHANGES[id].label, "inside the plan": CHANGES[id].inside} for id in sorted(true)]
    if set(manifest.changes) != true:
        stated = (
            listed([name(case, "changes", id).lower() for id in manifest.changes]) if manifest.changes else "nothing"
        )
        return unmet(f"Stated as changed: {stated}.", "what is new in this model, and nothing else", *rows)
    inside = all(CHANGES[id].inside for id in true)
    wanted = "within_plan" if inside else "needs_assessment"
    if manifest.change_class != wanted:
        return unmet(
            f"The change class is “{manifest.change_class.replace('_', ' ') or 'blank'}”.",
            wanted.replace("_", " "),
            *rows,
        )
    if not inside:
        file = _file(_part(manifest, "assessment"), case)
        if file is None or file.part != "assessment" or file.model != manifest.model:
            return unmet(
                "The change is outside the plan, and no assessment is among the parts.",
                "the assessment of this model",
                *rows,
            )
    return met(f"{listed([str(row['change']) for row in rows])}: {wanted.replace('_', ' ')}.", *rows)


def _rows(manifest: ReleaseManifest) -> dict[str, TraceRow]:
    return {row.requirement: row for row in reversed(manifest.trace) if row.requirement}


@rubric.criterion(
    points=2, voice="anouk", skill="build_compliance_in",
    hints=("Walk from each requirement to its control and its state, and back.",
           "One control is missing in `requirements`; the table `controls` knows the way back.",
           "Every requirement has one row, with its own control and its own state."),
)  # fmt: skip
def trace_is_closed(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Each requirement leads to its risk control and its screen state, and each of these back to it."""
    trace, mine = truth_of(case).trace, _rows(release_manifest)
    rows = []
    for requirement in trace.requirements.values():
        row, control = mine.get(requirement.id), trace.control_of(requirement.id)
        if row is None:
            rows.append({"requirement": requirement.id, "problem": "it is not in the trace"})
        elif row.control != control:
            rows.append(
                {
                    "requirement": requirement.id,
                    "problem": f"its control is not {name(case, 'controls', row.control)}",
                    "control": control,
                }
            )
        elif row.state != requirement.state:
            rows.append(
                {
                    "requirement": requirement.id,
                    "problem": f"it is not shown in the state {name(case, 'states', row.state)}",
                    "state": requirement.state,
                }
            )
    if rows:
        return unmet(f"{rows[0]['requirement']}: {rows[0]['problem']}. {len(rows)} threads are broken in all.",
                     "every thread whole, in both directions", *rows[:8])  # fmt: skip
    return met(f"All {len(trace.requirements)} threads are whole.")


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=("On which build did each run pass?",
           "Take for each requirement the passed run on your model with your screen; the green runs of last "
           "autumn are of another list."),
)  # fmt: skip
def results_are_of_this_build(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Each result is a passed run of this requirement's test on the build that goes out."""
    manifest, runs, rows = release_manifest, truth_of(case).trace.runs, []
    for row in manifest.trace:
        run = runs.get(row.run)
        if not row.run:
            continue
        fits = isinstance(run, Run) and (run.requirement, run.model, run.screen, run.result) == (
            row.requirement, manifest.model, manifest.screen, "passed",
        )  # fmt: skip
        if not fits:
            rows.append({"requirement": row.requirement, "run": run.label if run else row.run[:40]})
    if rows:
        return unmet(
            f"{rows[0]['requirement']} rests on {rows[0]['run']}.",
            "a passed run of this requirement on this build",
            *rows[:6],
        )
    if not any(row.run for row in manifest.trace):
        return unmet("No test run is named.", "a passed run for each requirement")
    return met("Every result is of this build.")


@rubric.criterion(
    points=1, voice="ngozi", skill="build_compliance_in", gate=True,
    hints=("Which controls stand against a high risk?",
           "Each of them has a requirement, and that requirement has a passed run: a waiver is not enough."),
)  # fmt: skip
def high_risks_are_verified(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Behind each control of a high risk there is a test that passed, and no waiver."""
    trace, mine, rows = truth_of(case).trace, _rows(release_manifest), []
    for control in trace.controls.values():
        if control.severity != "high":
            continue
        row = mine.get(control.requirement)
        run = trace.runs.get(row.run) if row else None
        if run is None or run.result != "passed":
            found = "waived" if row and row.waiver_reason and not row.run else run.label if run else "without a run"
            rows.append({"control": control.label, "requirement": control.requirement, "found": found})
    if rows:
        return unmet(
            f"“{rows[0]['control']}” is {rows[0]['found']}.", "a passed test behind each control of a high risk", *rows
        )
    return met("Every control of a high risk is verified.")


@rubric.criterion(
    points=1, voice="walter", skill="build_compliance_in",
    hints=("One test fails on every build. What has to stand in its row?",
           f"A waiver in the open: who answers, why it is bearable, and an end at most {WAIVER_DAYS} days after "
           "the release; no run."),
)  # fmt: skip
def gap_is_waived_in_the_open(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The requirement that no build passes goes out with a waiver that has an owner, a reason and an end."""
    manifest = release_manifest
    row = _rows(manifest).get(UNTESTED)
    label = truth_of(case).trace.requirements[UNTESTED].label
    if row is None:
        return unmet(f"“{label}” is not in the trace.", "a row with a waiver")
    out = manifest.released_on
    latest = out + dt.timedelta(days=WAIVER_DAYS) if out and out.year < 9999 else None
    lack = missing({"owner": row.waiver_owner, "reason": row.waiver_reason, "end": row.waiver_until})
    if lack:
        return unmet(f"The waiver of “{label}” has no {listed(lack)}.", "owner, reason and end")
    assert row.waiver_until is not None
    if out is None or latest is None or not out < row.waiver_until <= latest:
        return unmet(f"The waiver ends on {day(row.waiver_until)}; the release is on {day(out)}.",
                     f"an end after the release, at most {WAIVER_DAYS} days later")  # fmt: skip
    return met(
        f"“{label}” is waived until {day(row.waiver_until)}; {name(case, 'people', row.waiver_owner)} answers for it."
    )


@rubric.criterion(
    points=1, voice="anouk", skill="domain_literacy",
    hints=("Which row of the table `clauses` is about devices?",
           "The unamended act and the other annex have earlier dates. For devices, Annex I, Section A, it is 2 "
           "August 2028."),
)  # fmt: skip
def ai_act_date_is_the_devices(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The day from which the AI Act's high-risk duties apply is the one for medical devices in the amended act."""
    true, stated = truth_of(case).ai_act_from, release_manifest.ai_act_from
    rows = [{"clause": clause.label, "applies from": day(clause.applies_from), "status": clause.status}
            for id, clause in load_clauses().items() if id.startswith("ai_act_high_risk")]  # fmt: skip
    if stated == true:
        return met(f"{day(true)}, as the amended act says for devices.", *rows)
    return unmet(f"You state {day(stated)}.", "the day of the row for Annex I, Section A, of the amended act", *rows)


@rubric.criterion(
    points=1, voice="anouk", skill="domain_literacy",
    hints=("Read the four criteria in the row of the current guidance. Do all four hold?",
           "Reading signals against the clock is outside the exception, nurse in the loop or not: a device, by "
           "the guidance of "
           "6 January 2026."),
)  # fmt: skip
def device_rules_apply_with_a_nurse_in_the_loop(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """In the United States it is treated as a device, by the guidance in force, although a nurse is in the loop."""
    manifest = release_manifest
    row = {"route": manifest.us_route.replace("_", " "), "clause": name(case, "clauses", manifest.us_clause)}
    if manifest.us_route != "device":
        return unmet(
            f"The route is “{row['route'] or 'blank'}”.", "a device: not all four criteria of the exception hold", row
        )
    if manifest.us_clause != "fda_cds":
        return unmet(f"The reason given is {row['clause']}.", "the guidance on decision support in force", row)
    return met("A device, by the guidance of 6 January 2026.", row)


@rubric.criterion(
    points=1, voice="tariq", skill="measure_success",
    hints=("“A human decides” is a claim. What measures it?",
           "From `alert_log`, the rows of your screen and your wards: the share overridden in percent, and the "
           "median of "
           "seconds_reviewed."),
)  # fmt: skip
def human_review_is_measured(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """That people review the alerts is shown in numbers: how many they override and how long they look."""
    manifest, measures = release_manifest, truth_of(case).measures
    if manifest.screen not in ("popup", "tiered", "inbox") or manifest.use not in USES:
        return unmet(
            "Screen and intended use are not known.", "a screen of the pilot and the wards on which it is used"
        )
    rate = measures.override_rate(manifest.screen, manifest.use)
    seconds = measures.review_seconds(manifest.screen, manifest.use)
    row = {
        "override rate": round(rate, 1),
        "stated": manifest.override_rate,
        "seconds": seconds,
        "stated seconds": manifest.review_seconds,
    }
    if not near(manifest.override_rate, rate, absolute=100 * RATE_TOLERANCE):
        return unmet(
            f"You state an override rate of {_number(manifest.override_rate)} %.",
            f"{rate:.1f} %, from the alert log",
            row,
        )
    if not near(manifest.review_seconds, seconds, relative=PERCENTILE_TOLERANCE):
        return unmet(
            f"You state {_number(manifest.review_seconds)} seconds.",
            f"{seconds:g} seconds, the median of the alert log",
            row,
        )
    return met(f"{rate:.1f} % overridden after a median of {seconds:g} seconds.", row)


def _number(value: float | None) -> str:
    return "no" if value is None else f"{value:g}"


@rubric.criterion(
    points=1, voice="tariq", skill="build_compliance_in",
    hints=("Is one reason enough for two purposes?",
           "Care and improvement each need a basis and a condition that the table `privacy_memo` accepts; "
           "consent cannot carry care."),
)  # fmt: skip
def each_purpose_has_its_own_basis(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Care and improvement each have a basis and a condition that hold for them."""
    mine = {row.purpose: row for row in reversed(release_manifest.purposes)}
    for purpose in case.registry.entries("purposes").values():
        row = mine.get(purpose.id)
        if row is None:
            return unmet(f"“{purpose.label}” is not in the record.", "both purposes, each with basis and condition")
        for kind, ground in (("bases", row.basis), ("conditions", row.condition)):
            why = objection(purpose.id, ground) if ground in case.registry.entries(kind) else "it is blank or unknown"
            if why:
                return unmet(f"{purpose.label.split(':')[0]}: {name(case, kind, ground)} does not hold; {why}.",
                             "a ground that holds for this "
                             "purpose", {"purpose": purpose.id, "ground": ground})  # fmt: skip
    return met("Each purpose has a basis and a condition of its own.")


@rubric.criterion(
    points=1, voice="tariq", skill="build_compliance_in",
    hints=("What was the model trained on, and is it in the assessment?",
           "Compare the datasets in the model card with those in the impact assessment; take the edition that "
           "holds them all."),
)  # fmt: skip
def impact_assessment_covers_the_data(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The impact assessment covers every dataset of the model, and both purposes."""
    row = _part(release_manifest, "dpia")
    file, wanted = _file(row, case), DATASETS.get(release_manifest.model, ())
    stated = file.label if file else "nothing"
    if file is None or file.part != "dpia":
        return unmet(f"As impact assessment stands {stated:.60}.", "an edition that covers the model's data")
    if not file.current:
        return unmet(f"{file.label} leaves out the purpose of improvement.", "an edition with both purposes and "
                     f"{listed(list(wanted)) if wanted else 'the model’s data'}", {"file": file.path})  # fmt: skip
    return met(f"{file.label} covers both purposes and the data.")


@rubric.criterion(
    points=1, voice="ngozi", skill="build_compliance_in",
    hints=("Which wards stand in the model card?", "The intended use may be smaller than the card's wards, "
                                                   "never larger."),
)  # fmt: skip
def card_covers_the_use(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Every ward of the intended use is one for which the model card of this model speaks."""
    covered = {"trees": ("medical", "surgical", "step_down"), "sequence": ("step_down",)}.get(
        release_manifest.model, ()
    )
    use = USES.get(release_manifest.use)
    if use is None:
        return unmet("No known intended use is stated.", "wards for which the card speaks")
    outside = [ward for ward in use.wards if ward not in covered]
    if outside:
        return unmet(f"The card of {name(case, 'models', release_manifest.model)} does not speak for the "
                     f"{outside[0]} wards.",
                     "an intended use inside "
                     "the card's", {"card": ", ".join(covered) or "none", "use": ", ".join(use.wards)})  # fmt: skip
    return met("The card speaks for every ward of the use.")


@rubric.criterion(
    points=1, voice="sanna", skill="keep_decisions",
    hints=("Does the release carry what the log decided?", "Model, screen and intended use are those of the "
                                                           "accepted records."),
)  # fmt: skip
def manifest_carries_the_decisions(release_manifest: ReleaseManifest, decision_log: DecisionLog, case: Case) -> Verdict:
    """Model, screen and wards of the release are those that the log decided."""
    decided = chosen(decision_log, case)
    if not all(decided):
        return unmet("The log does not decide on model, wards and alerts.", UNDECIDED)
    stated = (release_manifest.model, release_manifest.use, release_manifest.screen)
    rows = [{"about": about, "log": log, "manifest": mine}
            for about, log, mine in zip(("model", "wards", "alerts"), decided, stated, strict=True)]  # fmt: skip
    if stated != decided:
        row = next(row for row in rows if row["log"] != row["manifest"])
        return unmet(f"The log decides {name(case, 'options', row['log'])}; the manifest has "
                     f"{name(case, 'options', row['manifest'])}.",
                     "the decisions of the log", *rows)  # fmt: skip
    return met("The release carries the decisions.", *rows)
