"""Does everything that goes out belong together, is it approved by others, and can it be traced? (A25)"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from curriculum.artifacts.release_manifest import ReleaseManifest, ReleasePart, TraceRow
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.clauses import WAIVER_DAYS
from curriculum.cases.healthcare_platform.kinds import Run, Signature
from curriculum.cases.healthcare_platform.release_files import PARTS
from curriculum.cases.healthcare_platform.trace import UNTESTED
from graders.common import incomplete, listed
from graders.healthcare_platform.base import day, file_of, name, part_of, rubric, truth_of
from graders.rubric import Objections, met, objection

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
def release_manifest_is_complete(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """All eight parts with file, fingerprint and approval are there, and no other field is blank."""
    for part in NEEDED:
        if part_of(release_manifest, part) is None:
            said = f"The {PARTS[part].lower()} is not among the parts."
            yield objection("parts", said, "all eight documents of a release")
    fields = ("version", "released_on", "model", "screen", "use", "trace", "nurses", "physicians", "changes",
              "change_class", "ai_act_from", "us_route", "us_clause", "override_rate", "review_seconds",
              "purposes")  # fmt: skip
    yield from incomplete(release_manifest, case, *fields, "parts[].file", "parts[].sha256", "parts[].signature")
    return met(f"{len(release_manifest.parts)} parts under version {release_manifest.version}.")


@rubric.criterion(
    points=1, voice="lena", skill="build_compliance_in",
    hints=(
        "Was the file changed after the fingerprint was taken?",
        "Run the cell with `seal()` again, after the last change.",
    ),
    rests_on=("release_manifest.parts",),
)  # fmt: skip
def fingerprints_match(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Each fingerprint is that of the file in the release folder."""
    for place, row in _parts(release_manifest):
        file = file_of(row, case)
        if file is not None and row.sha256 != file.sha256:
            said = f"You state {row.sha256[:16]}… for {file.path}, and that is not its fingerprint."
            shown = {"file": file.path, "stated": row.sha256[:16]}
            yield objection(f"{place}.sha256", said, "the file's own fingerprint", shown)
        elif file is not None and row.path != file.path:
            said = f"The path of {file.label} is “{row.path[:80]}”."
            yield objection(f"{place}.path", said, "its path in the release folder, as `seal()` writes it")
    return met(f"All {len(release_manifest.parts)} fingerprints match.")


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=(
        "Open the files' first lines: which version do they describe?",
        "Card, specification, instructions carry the version of your model or screen; requirements edition 7, "
        "risk file edition 5.",
    ),
    rests_on=("release_manifest.parts", "release_manifest.model", "release_manifest.screen"),
)  # fmt: skip
def parts_belong_together(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Card, specification, requirements, risk file and instructions are those of this model and this screen."""
    yield from _belongs(release_manifest, case, ("model_card", "design_spec", "requirements", "risk_file", "labelling"),
                        "the files of this model and this screen, in their current edition")  # fmt: skip


@rubric.criterion(
    points=1, voice="mateo", skill="build_compliance_in",
    hints=(
        "On which screen did people try it?",
        "The test with the most people was done on an older list. Take the summative test of the screen that goes "
        "out.",
    ),
    rests_on=("release_manifest.parts", "release_manifest.screen"),
    met="The report is of this screen.",
)  # fmt: skip
def usability_is_of_this_screen(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The usability report is the summative one of the screen that goes out."""
    yield from _belongs(release_manifest, case, ("usability_report",), "the summative test of this screen")


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=(
        "Do the tests belong to the build, or to the one before?",
        "Take the evidence whose name holds your model, your screen and their versions.",
    ),
    rests_on=("release_manifest.parts", "release_manifest.model", "release_manifest.screen"),
)  # fmt: skip
def tests_are_of_this_build(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The test evidence is of this model with this screen, run after both were built."""
    yield from _belongs(release_manifest, case, ("test_evidence",), "the evidence of this model with this screen")


def _belongs(manifest: ReleaseManifest, case: Case, parts: tuple[str, ...], expected: str) -> Objections:
    mine = {row.part: (place, row) for place, row in reversed([*_parts(manifest)])}
    for part in parts:
        place, row = mine.get(part, ("parts", None))
        file = file_of(row, case)
        right = truth_of(case).folder.right_file(part, manifest.model, manifest.screen)
        if file is None or right is None or file.id != right.id:
            stated, describes = (file.path[:80], file.label) if file else ("nothing", "unknown")
            shown = {"part": PARTS[part], "stated": stated, "describes": describes}
            at = f"{place}.file" if row else place
            yield objection(at, f"{PARTS[part]}: {stated} ({describes}).", expected, shown)
    return met(f"{listed([PARTS[part] for part in parts], most=6)}: of this release.")


def _parts(manifest: ReleaseManifest) -> Iterator[tuple[str, ReleasePart]]:
    """The rows of the parts with their places."""
    for number, row in enumerate(manifest.parts, start=1):
        yield f"parts[{number}]", row


def _signature(row: ReleasePart, case: Case) -> Signature | None:
    return truth_of(case).folder.signatures.get(row.signature)


@rubric.criterion(
    points=1, voice="anouk", skill="decision_rights",
    hints=(
        "Who wrote the file, and who approved it?",
        "The signature belongs to this file, says “approved”, and is by somebody other than the author.",
    ),
    rests_on=("release_manifest.parts[].signature",),
    met="Nobody approved what they wrote.",
    expected="an approval of this file by somebody else",
)  # fmt: skip
def approvals_are_independent(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Each file is approved by somebody who did not write it."""
    for place, row in _parts(release_manifest):
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
            shown = {"file": file.path, "signature": signature.id, "but": why}
            yield objection(f"{place}.signature", f"{file.path} is not approved: {why}.", "", shown)


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "Which text did they sign?",
        "Compare the fingerprint in `signatures` with that of the file; a signature of an earlier text does not "
        "count.",
    ),
    rests_on=("release_manifest.parts[].signature",),
    met="Each approval belongs to the text that goes out.",
    expected="an approval of the text as it is",
)  # fmt: skip
def approvals_bind_the_text(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Each approval was given to the text as it goes out, not to an earlier one."""
    for place, row in _parts(release_manifest):
        file, signature = file_of(row, case), _signature(row, case)
        if file and signature and signature.file == file.id and signature.sha256 != file.sha256:
            on = day(signature.signed_on)
            shown = {"file": file.path, "signed": signature.sha256[:16], "goes out": file.sha256[:16], "on": on}
            yield objection(f"{place}.signature", f"{file.path} was changed after the signature of {on}.", "", shown)


@rubric.criterion(
    points=1, voice="walter", skill="plan_releases",
    hints=(
        "When was the last approval given, and when must the release be out?",
        "After the last signature, not in the past, and no later than the day in the brief.",
    ),
    rests_on=("release_manifest.released_on",),
    expected="a day after the last approval, and no later than the brief says",
)  # fmt: skip
def release_day_fits(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The release goes out after the last approval and by the day that is due."""
    calendar, out = truth_of(case).calendar, release_manifest.released_on
    signed = [s.signed_on for s in (_signature(row, case) for row in release_manifest.parts) if s]
    earliest = max([calendar.today, *signed])
    if out is None or not earliest <= out <= calendar.last_release_day:
        row = {"last approval": day(max(signed, default=None)), "stated": day(out)}
        yield objection("released_on", f"It goes out on {day(out)}.", "", row)
    return met(f"It goes out on {day(out)}.")


def _rows(manifest: ReleaseManifest) -> dict[str, tuple[str, TraceRow]]:
    """The first row of each requirement, with its place."""
    rows = [(f"trace[{number}]", row) for number, row in enumerate(manifest.trace, start=1)]
    return {row.requirement: (place, row) for place, row in reversed(rows) if row.requirement}


@rubric.criterion(
    points=2, voice="anouk", skill="build_compliance_in",
    hints=(
        "Walk from each requirement to its control and its state, and back.",
        "One control is missing in `requirements`; the table `controls` knows the way back.",
        "Every requirement has one row, with its own control and its own state.",
    ),
    rests_on=("release_manifest.trace",),
    expected="every thread whole, in both directions",
)  # fmt: skip
def trace_is_closed(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Each requirement leads to its risk control and its screen state, and each of these back to it."""
    trace, mine = truth_of(case).trace, _rows(release_manifest)
    for requirement in trace.requirements.values():
        place, row = mine.get(requirement.id, ("trace", None))
        if row is None:
            problem = "it is not in the trace"
        elif row.control != trace.control_of(requirement.id):
            place, problem = f"{place}.control", f"its control is not {name(case, 'controls', row.control)}"
        elif row.state != requirement.state:
            place, problem = f"{place}.state", f"it is not shown in the state {name(case, 'states', row.state)}"
        else:
            continue
        shown = {"requirement": requirement.id, "problem": problem}
        yield objection(place, f"{requirement.id}: {problem}.", "", shown)
    return met(f"All {len(trace.requirements)} threads are whole.")


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in",
    hints=(
        "On which build did each run pass?",
        "Take for each requirement the passed run on your model with your screen; the green runs of last autumn "
        "are of another list.",
    ),
    rests_on=("release_manifest.trace", "release_manifest.model", "release_manifest.screen"),
    met="Every result is of this build.",
    expected="a passed run of this requirement on this build",
)  # fmt: skip
def results_are_of_this_build(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Each result is a passed run of this requirement's test on the build that goes out."""
    manifest, runs = release_manifest, truth_of(case).trace.runs
    for number, row in enumerate(manifest.trace, start=1):
        run = runs.get(row.run)
        fits = isinstance(run, Run) and (run.requirement, run.model, run.screen, run.result) == (
            row.requirement, manifest.model, manifest.screen, "passed",
        )  # fmt: skip
        if row.run and not fits:
            found = run.label if run else row.run[:40]
            shown = {"requirement": row.requirement, "run": found}
            yield objection(f"trace[{number}].run", f"{row.requirement} rests on {found}.", "", shown)
    if not any(row.run for row in manifest.trace):
        yield objection("trace", "No test run is named.", "a passed run for each requirement")


@rubric.criterion(
    points=1, voice="ngozi", skill="build_compliance_in", gate=True,
    hints=(
        "Which controls stand against a high risk?",
        "Each of them has a requirement, and that requirement has a passed run: a waiver is not enough.",
    ),
    rests_on=("release_manifest.trace",),
    met="Every control of a high risk is verified.",
    expected="a passed test behind each control of a high risk",
)  # fmt: skip
def high_risks_are_verified(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Behind each control of a high risk there is a test that passed, and no waiver."""
    trace, mine = truth_of(case).trace, _rows(release_manifest)
    for control in trace.controls.values():
        if control.severity != "high":
            continue
        place, row = mine.get(control.requirement, ("trace", None))
        run = trace.runs.get(row.run) if row else None
        if run is None or run.result != "passed":
            found = "waived" if row and row.waiver_reason and not row.run else run.label if run else "without a run"
            shown = {"control": control.label, "requirement": control.requirement, "found": found}
            yield objection(f"{place}.run" if row else place, f"“{control.label}” is {found}.", "", shown)


@rubric.criterion(
    points=1, voice="walter", skill="build_compliance_in",
    hints=(
        "One test fails on every build. What has to stand in its row?",
        "A waiver in the open: who answers, why it is bearable, and an end at most 45 days after the release; no "
        "run.",
    ),
    rests_on=("release_manifest.trace",),
)  # fmt: skip
def gap_is_waived_in_the_open(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The requirement that no build passes goes out with a waiver that has an owner, a reason and an end."""
    manifest = release_manifest
    place, row = _rows(manifest).get(UNTESTED, ("trace", None))
    label = truth_of(case).trace.requirements[UNTESTED].label
    if row is None:
        yield objection(place, f"“{label}” is not in the trace.", "a row with a waiver")
        return None
    for part, words in (("waiver_owner", "owner"), ("waiver_reason", "reason"), ("waiver_until", "end")):
        if not getattr(row, part):
            said = f"The waiver of “{label}” has no {words}."
            yield objection(f"{place}.{part}", said, "owner, reason and end")
    out, until = manifest.released_on, row.waiver_until
    latest = out + dt.timedelta(days=WAIVER_DAYS) if out and out.year < 9999 else None
    if until and (out is None or latest is None or not out < until <= latest):
        said = f"The waiver ends on {day(until)}; the release is on {day(out)}."
        rule = f"an end after the release, at most {WAIVER_DAYS} days later"
        yield objection(f"{place}.waiver_until", said, rule)
    return met(f"“{label}” is waived until {day(until)}; {name(case, 'people', row.waiver_owner)} answers for it.")
