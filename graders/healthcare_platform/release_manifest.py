"""Does everything that goes out belong together, is it approved by others, and can it be traced? (A25)"""

from __future__ import annotations

import datetime as dt

from curriculum.artifacts.release_manifest import ReleaseManifest, ReleasePart, TraceRow
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.clauses import WAIVER_DAYS
from curriculum.cases.healthcare_platform.kinds import Run, Signature
from curriculum.cases.healthcare_platform.release_files import PARTS
from curriculum.cases.healthcare_platform.trace import UNTESTED
from graders.common import listed, missing
from graders.healthcare_platform.base import (
    completeness,
    day,
    file_of,
    name,
    part_of,
    rubric,
    truth_of,
)
from graders.rubric import Verdict, met, unmet

NEEDED = tuple(part for part in PARTS if part != "assessment")
"""The parts that every release has."""


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in", gate=True,
    hints=(
        "Which of the eight parts is not there?",
        "Each of the eight documents has its file and a signature, sealed; then trace, both groups, changes, the "
        "rules of law, the numbers of human review, and the purposes.",
    ),
)  # fmt: skip
def release_manifest_is_complete(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """All eight parts with file, fingerprint and approval are there, and no other field is blank."""
    manifest = release_manifest
    blank = [PARTS[part].lower() for part in NEEDED if part_of(manifest, part) is None]
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
    hints=(
        "Was the file changed after the fingerprint was taken?",
        "Run the cell with `seal()` again, after the last change.",
    ),
)  # fmt: skip
def fingerprints_match(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Each fingerprint is that of the file in the release folder."""
    rows = []
    for row in release_manifest.parts:
        file = file_of(row, case)
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
    hints=(
        "Open the files' first lines: which version do they describe?",
        "Card, specification, instructions carry the version of your model or screen; requirements edition 7, "
        "risk file edition 5.",
    ),
)  # fmt: skip
def parts_belong_together(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Card, specification, requirements, risk file and instructions are those of this model and this screen."""
    return _belongs(release_manifest, case, ("model_card", "design_spec", "requirements", "risk_file", "labelling"),
                    "the files of this model and this screen, in their current edition")  # fmt: skip


@rubric.criterion(
    points=1, voice="mateo", skill="build_compliance_in",
    hints=(
        "On which screen did people try it?",
        "The test with the most people was done on an older list. Take the summative test of the screen that goes "
        "out.",
    ),
)  # fmt: skip
def usability_is_of_this_screen(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The usability report is the summative one of the screen that goes out."""
    return _belongs(release_manifest, case, ("usability_report",), "the summative test of this screen")


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=(
        "Do the tests belong to the build, or to the one before?",
        "Take the evidence whose name holds your model, your screen and their versions.",
    ),
)  # fmt: skip
def tests_are_of_this_build(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The test evidence is of this model with this screen, run after both were built."""
    return _belongs(release_manifest, case, ("test_evidence",), "the evidence of this model with this screen")


def _belongs(manifest: ReleaseManifest, case: Case, parts: tuple[str, ...], expected: str) -> Verdict:
    rows = []
    for part in parts:
        row = part_of(manifest, part)
        file = file_of(row, case)
        right = truth_of(case).folder.right_file(part, manifest.model, manifest.screen)
        if file is None or right is None or file.id != right.id:
            stated = file.path if file else "nothing"
            rows.append({"part": PARTS[part], "stated": stated[:80], "describes": file.label if file else "unknown"})
    if rows:
        return unmet(f"{rows[0]['part']}: {rows[0]['stated']} ({rows[0]['describes']}).", expected, *rows)
    return met(f"{listed([PARTS[part] for part in parts], most=6)}: of this release.")


def _signature(row: ReleasePart, case: Case) -> Signature | None:
    return truth_of(case).folder.signatures.get(row.signature)


@rubric.criterion(
    points=1, voice="anouk", skill="decision_rights",
    hints=(
        "Who wrote the file, and who approved it?",
        "The signature belongs to this file, says “approved”, and is by somebody other than the author.",
    ),
)  # fmt: skip
def approvals_are_independent(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Each file is approved by somebody who did not write it."""
    rows = []
    for row in release_manifest.parts:
        file, signature = file_of(row, case), _signature(row, case)
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
    hints=(
        "Which text did they sign?",
        "Compare the fingerprint in `signatures` with that of the file; a signature of an earlier text does not "
        "count.",
    ),
)  # fmt: skip
def approvals_bind_the_text(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Each approval was given to the text as it goes out, not to an earlier one."""
    rows = []
    for row in release_manifest.parts:
        file, signature = file_of(row, case), _signature(row, case)
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
    hints=(
        "When was the last approval given, and when must the release be out?",
        "After the last signature, not in the past, and no later than the day in the brief.",
    ),
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


def _rows(manifest: ReleaseManifest) -> dict[str, TraceRow]:
    return {row.requirement: row for row in reversed(manifest.trace) if row.requirement}


@rubric.criterion(
    points=2, voice="anouk", skill="build_compliance_in",
    hints=(
        "Walk from each requirement to its control and its state, and back.",
        "One control is missing in `requirements`; the table `controls` knows the way back.",
        "Every requirement has one row, with its own control and its own state.",
    ),
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
    hints=(
        "On which build did each run pass?",
        "Take for each requirement the passed run on your model with your screen; the green runs of last autumn "
        "are of another list.",
    ),
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
    hints=(
        "Which controls stand against a high risk?",
        "Each of them has a requirement, and that requirement has a passed run: a waiver is not enough.",
    ),
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
    hints=(
        "One test fails on every build. What has to stand in its row?",
        "A waiver in the open: who answers, why it is bearable, and an end at most 45 days after the release; no "
        "run.",
    ),
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
