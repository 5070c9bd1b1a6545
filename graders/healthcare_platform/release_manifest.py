"""Does everything that goes out belong together, is it approved by others, and can it be traced? (A25)"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from curriculum.artifacts.release_manifest import ReleaseManifest, ReleasePart
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.clauses import WAIVER_DAYS
from curriculum.cases.healthcare_platform.kinds import Control, Signature
from curriculum.cases.healthcare_platform.release_files import PARTS
from graders.common import incomplete, listed
from graders.healthcare_platform.base import day, file_of, name, part_of, rubric, truth_of
from graders.rubric import NotYet, Objections, met, objection


@rubric.criterion(
    points=1, voice="hana", skill="build_compliance_in", gate=True,
    hints=(
        "Which of the eight parts is not there?",
        "Each of the eight documents has its file and a signature; then the two regions, both groups, human review, "
        "the lost link, the rules of law, and what carries the improvement of the model.",
    ),
)  # fmt: skip
def release_manifest_is_complete(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """All eight parts with file and approval are there, and no other field is blank."""
    for part in PARTS:
        if part_of(release_manifest, part) is None:
            said = f"The {PARTS[part].lower()} is not among the parts."
            yield objection("parts", said, "all eight documents of a release")
    fields = ("version", "released_on", "eu.way", "us.way", "nurses", "physicians", "override_rate", "review_seconds",
              "lost_requirement", "lost_control", "alerts_high_risk", "alerts_us", "companion_high_risk",
              "companion_us", "improvement_basis", "improvement_condition")  # fmt: skip
    yield from incomplete(release_manifest, case, *fields, "parts[].file", "parts[].signature")
    return met(f"{len(release_manifest.parts)} parts under version {release_manifest.version}.")


def build_of(manifest: ReleaseManifest) -> tuple[str, str]:
    """Model and screen of the release; raises NotYet where card and specification do not say them."""
    if not (manifest.model and manifest.screen):
        raise NotYet("release_manifest.parts", "It needs the model card and the design specification among the parts.")
    return manifest.model, manifest.screen


@rubric.criterion(
    points=2, voice="hana", skill="build_compliance_in",
    hints=(
        "Open the files' first lines: which version do they describe, and is it a draft?",
        "Card, specification and instructions carry the version of your model or screen; of requirements, risk file "
        "and impact assessment take the edition that is approved for this release, which is not always the newest.",
    ),
    rests_on=("release_manifest.parts",),
)  # fmt: skip
def parts_belong_together(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Card, specification, requirements, risk file and instructions are those of this model and this screen."""
    return (
        yield from _belongs(
            release_manifest, case, ("model_card", "design_spec", "requirements", "risk_file", "labelling"),
            "the files of this model and this screen, in the edition that is approved for this release",
        )
    )  # fmt: skip


@rubric.criterion(
    points=3, voice="mateo", skill="build_compliance_in",
    hints=(
        "On which screen did people try it, and what went wrong?",
        "The test with the most people was done on an older list. Take the summative test of the screen that goes "
        "out, with fifteen in each group and no critical use error that is still open.",
    ),
    rests_on=("release_manifest.parts",),
)  # fmt: skip
def usability_is_of_this_screen(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The usability report is the summative one of this screen, with enough people and no open critical error."""
    expected = "a summative test of this screen, enough of each group, nothing critical open"
    return (yield from _belongs(release_manifest, case, ("usability_report",), expected))


@rubric.criterion(
    points=3, voice="hana", skill="build_compliance_in",
    hints=(
        "Do the tests belong to the build, or to the one before?",
        "Take the evidence whose name holds your model, your screen and their versions.",
    ),
    rests_on=("release_manifest.parts",),
)  # fmt: skip
def tests_are_of_this_build(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The test evidence is of this model with this screen, run after both were built."""
    expected = "the evidence of this model with this screen"
    return (yield from _belongs(release_manifest, case, ("test_evidence",), expected))


def _belongs(manifest: ReleaseManifest, case: Case, parts: tuple[str, ...], expected: str) -> Objections:
    model, screen = build_of(manifest)
    mine = {row.part: (place, row) for place, row in reversed([*_parts(manifest)])}
    for part in parts:
        place, row = mine.get(part, ("parts", None))
        file = file_of(row, case)
        if file is None:
            continue  # that it is not there is said where the manifest is looked through
        right = truth_of(case).folder.right_file(part, model, screen)
        if right is None or file.id != right.id:
            shown = {"part": PARTS[part], "stated": file.path, "describes": file.label}
            yield objection(f"{place}.file", f"{PARTS[part]}: {file.path} ({file.label}).", expected, shown)
    return met(f"{listed([PARTS[part] for part in parts], most=6)}: of this release.")


def _parts(manifest: ReleaseManifest) -> Iterator[tuple[str, ReleasePart]]:
    """The rows of the parts with their places."""
    for number, row in enumerate(manifest.parts, start=1):
        yield f"parts[{number}]", row


def _signature(row: ReleasePart, case: Case) -> Signature | None:
    return truth_of(case).folder.signatures.get(row.signature)


@rubric.criterion(
    points=2, voice="anouk", skill="decision_rights",
    hints=(
        "Who wrote the file, and who approved it?",
        "The signature belongs to this file, says “approved”, and is by somebody other than the author; the table "
        "`release_files` names the authors.",
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
            shown = {"file": file.path, "but": why}
            yield objection(f"{place}.signature", f"{file.path} is not approved: {why}.", "", shown)


@rubric.criterion(
    points=2, voice="anouk", skill="build_compliance_in",
    hints=(
        "Which text did they sign?",
        "Compare the fingerprint in `signatures` with that of the file, which `seal()` shows; a signature of an "
        "earlier text does not count.",
    ),
    rests_on=("release_manifest.parts[].signature",),
    met="Each approval belongs to the text that goes out.",
    expected="an approval of the text as it is",
)  # fmt: skip
def approvals_bind_the_text(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Each approval was given to the text as it goes out, not to an earlier one."""
    bound = 0
    for place, row in _parts(release_manifest):
        file, signature = file_of(row, case), _signature(row, case)
        if not (file and signature and signature.file == file.id):
            continue
        bound += 1
        if signature.sha256 != file.sha256:
            on = day(signature.signed_on)
            shown = {"file": file.path, "signed": signature.sha256[:16], "goes out": file.sha256[:16], "on": on}
            yield objection(f"{place}.signature", f"{file.path} was changed after the signature of {on}.", "", shown)
    if not bound:
        raise NotYet("release_manifest.parts", "It needs signatures that belong to the files.")


@rubric.criterion(
    points=1, voice="walter", skill="plan_releases",
    hints=(
        "When was the last approval given, and when must the release be out?",
        "After the last signature and the papers of authorities, not in the past, and no later than the day in the "
        "brief.",
    ),
    rests_on=("release_manifest.released_on", "approvals_are_independent"),
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


@rubric.criterion(
    points=2, voice="anouk", skill="build_compliance_in",
    hints=(
        "Walk from each requirement to its control and back.",
        "One control is missing in `requirements`; the table `controls` knows the way back.",
    ),
    rests_on=("release_manifest.lost_requirement", "release_manifest.lost_control"),
    expected="every thread whole, in both directions",
)  # fmt: skip
def trace_is_closed(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """The requirement that lost its control is found, and the control that leads back to it."""
    trace, manifest = truth_of(case).trace, release_manifest
    if manifest.lost_requirement != trace.lost_link:
        said = f"“{name(case, 'requirements', manifest.lost_requirement)}” still has its control in the table."
        yield objection("lost_requirement", said)
    elif manifest.lost_control != trace.control_of(trace.lost_link):
        said = f"“{name(case, 'controls', manifest.lost_control)}” serves another requirement."
        yield objection("lost_control", said)
    return met(f"All {len(trace.requirements)} threads are whole.")


@rubric.criterion(
    points=3, voice="ngozi", skill="build_compliance_in", gate=True,
    hints=(
        "Which of your known problems stands against a high risk?",
        "The table `controls` says which risks are high. Each control of one has a run that passed on this build: "
        "name the run's requirement no known problem.",
    ),
    rests_on=("release_manifest.known_problems", "release_manifest.parts"),
    met="Every control of a high risk is verified.",
    expected="a passed test behind each control of a high risk",
)  # fmt: skip
def high_risks_are_verified(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Behind each control of a high risk there is a test that passed on this build; nobody can accept its failure."""
    build_of(release_manifest)
    trace = truth_of(case).trace
    for number, problem in enumerate(release_manifest.known_problems, start=1):
        control = trace.controls.get(trace.control_of(problem.requirement))
        if isinstance(control, Control) and control.severity == "high":
            shown = {"control": control.label, "requirement": problem.requirement}
            said = f"“{control.label}” stands against a high risk, and its test is left out as a known problem."
            yield objection(f"known_problems[{number}].requirement", said, "", shown)


@rubric.criterion(
    points=4, voice="walter", skill="decision_rights",
    hints=(
        "Which tests have never passed on this build?",
        "Look at the runs of your model with your screen alone. For each test without a pass: somebody who could "
        "answer for it, by the table `controls`, and neither made the control nor wants it out, and an end at most "
        "45 days after the release.",
    ),
    rests_on=("release_manifest.known_problems", "release_manifest.parts"),
    expected="each test without a pass on this build, who may accept that, and until when",
)  # fmt: skip
def known_problems_are_in_the_open(release_manifest: ReleaseManifest, case: Case) -> Objections:
    """Each test that fails on this build, and no other, is a known problem with a rightful owner and an end."""
    manifest, trace = release_manifest, truth_of(case).trace
    failing = trace.failing.get(build_of(manifest), frozenset())
    named = {problem.requirement for problem in manifest.known_problems}
    if len(failing - named):
        said = f"{len(failing - named)} of the tests that never passed on this build are not among them."
        yield objection("known_problems", said)
    for number, problem in enumerate(manifest.known_problems, start=1):
        place, label = f"known_problems[{number}]", name(case, "requirements", problem.requirement)
        control = trace.controls.get(trace.control_of(problem.requirement))
        if control is None or control.severity == "high":
            continue  # that is said where high risks are looked at
        if problem.requirement not in failing:
            yield objection(f"{place}.requirement", f"“{label}” passed on this build.")
        if problem.owner != control.owner:
            who = name(case, "people", problem.owner)
            why = "made it" if problem.owner == control.made_by else "cannot accept it"
            why = "wants it out" if problem.owner == control.wanted_by else why
            shown = {"made by": control.made_by, "wanted by": control.wanted_by}
            yield objection(f"{place}.owner", f"“{label}” is accepted by {who}, who {why}.", "", shown)
        out = manifest.released_on
        latest = out + dt.timedelta(days=WAIVER_DAYS) if out and out.year < 9999 else None
        if problem.until is None or not (out and latest and out < problem.until <= latest):
            said = f"“{label}” may stay until {day(problem.until)}; the release is on {day(out)}."
            yield objection(f"{place}.until", said, f"an end after the release, at most {WAIVER_DAYS} days later")
    return met(f"{len(failing)} known problems, each with somebody who accepts it and an end.")
