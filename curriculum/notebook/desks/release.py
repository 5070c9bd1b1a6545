"""The steps of the release as a notebook calls them: make the folder, seal, hand in, run the gate, see the trace."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping

from curriculum.artifacts.base import Artifact, without_blanks
from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.derived import completed
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases import Case
from curriculum.consequences import Better, Goal, Outcome, Result
from curriculum.learner.lesson_files import LessonFiles, find_lesson_files, open_case
from curriculum.notebook.showing import Run
from curriculum.pages.page import Page
from curriculum.practice.gate.release import MANIFEST, POLICY, add_to_release, make_release
from curriculum.support.files import FileRefused, read_text

SLUG = "healthcare_platform"
FOLDER = "documents/release"
"""Where the release lies, seen from the notebook."""
SHOWN_GAPS = 8
_ONLY_GRADED = Page("The release folder is left as it is while this notebook is being graded.")


def release_folder() -> Page:
    """Make the release folder in the lesson's documents, as a git repository; say what is in it."""
    files, case = _here()
    if _is_graded():
        return _ONLY_GRADED
    try:
        made = make_release(case, files.folder / FOLDER)
    except FileRefused as error:
        return Page(f"> **Caution** {error}")
    lines = [f"The folder `{FOLDER}` {'is ready' if made else 'was there already'}. Its documents:", ""]
    lines += [f"- `{file.note}`: {file.label}" for file in case.registry.entries("files").values()]
    return Page("\n".join(lines))


def seal() -> Page:
    """Take the fingerprint of each file that your manifest names, as it lies in the release folder now."""
    files, case = _here()
    if _is_graded():
        return _ONLY_GRADED
    try:
        manifest = read_artifact(files.artifact("release_manifest"), ReleaseManifest).artifact
    except (FileNotFoundError, Unreadable):
        return Page("Write the parts of your manifest first, at least which file each part is; then seal it.")
    from curriculum.cases.healthcare_platform.release_files import fingerprint

    release, known = files.folder / FOLDER, case.registry.entries("files")
    lines = ["| File | Fingerprint | |", "| --- | --- | --- |"]
    for part in manifest.parts:
        path = known[part.file].note if part.file in known else ""
        try:
            taken = fingerprint(read_text(release / path, inside=release)) if path else ""
        except (FileRefused, FileNotFoundError):
            taken = ""
        seen = f"`{taken[:12]}` and {len(taken) - 12} digits more" if taken else "no such file here"
        same = "" if not taken or taken == getattr(known[part.file], "sha256", "") else "changed since it was made"
        lines.append(f"| {path or 'no file'} | {seen} | {same} |")
    return Page("\n".join(lines))


def hand_in() -> Page:
    """Put your manifest, your policy and your decision records into the release folder, as one commit."""
    files, case = _here()
    if _is_graded():
        return _ONLY_GRADED
    written: dict[str, Artifact] = {}
    for kind, model in (("release_manifest", ReleaseManifest), ("release_policy", ReleasePolicy)):
        try:
            written[kind] = read_artifact(files.artifact(kind), model).artifact
        except FileNotFoundError:
            return Page(f"There is no {model.title.lower()} yet; write it first.")
        except Unreadable as error:
            return Page(f"> **Caution** {error}")
    with contextlib.suppress(FileNotFoundError, Unreadable):  # the gate does not need the log
        written["decision_log"] = read_artifact(files.artifact("decision_log"), DecisionLog).artifact
    texts = handed_in(written, case)
    try:
        commit = add_to_release(case, files.folder / FOLDER, texts, "Manifest, policy and decisions")
    except FileRefused as error:
        return Page(f"> **Caution** {error}")
    return Page(f"Committed as `{commit[:10]}`: {', '.join(f'`{name}`' for name in texts)}.")


def handed_in(written: Mapping[str, Artifact], case: Case) -> dict[str, str]:
    """The files that are handed in for a manifest, a policy and a log, by path: with what nobody types."""
    from curriculum.artifacts import yaml_text
    from curriculum.practice.gate.madr import decision_files
    from graders import load_rubric

    whole, _ = completed(written, load_rubric(SLUG).derives, case)
    texts: dict[str, str] = {}
    for kind, name in (("release_manifest", MANIFEST), ("release_policy", POLICY)):
        if kind in whole:
            texts[name] = yaml_text.dump(without_blanks(whole[kind].model_dump(mode="json")))
    if isinstance(log := whole.get("decision_log"), DecisionLog):
        texts |= decision_files(log, case.registry)
    return texts


def run_gate() -> Page:
    """Run the gate on the release folder, as the command `curriculum gate documents/release` does."""
    from curriculum.practice.gate.verdict import judge

    files, _ = _here()
    try:
        verdict = judge(files.folder / FOLDER)
    except FileRefused as error:
        return Page(f"**The gate could not judge it.** {error}")
    first, *rest = verdict.sentences()
    return Page("\n".join([f"**{first}**", "", *rest[:-1], "", f"*{rest[-1]}*"]))


def show_trace() -> Run | Page:
    """Your trace as a graph, from clause to result; what does not hold is dashed."""
    files, case = _here()
    try:
        manifest = _whole(files, case)
    except FileNotFoundError:
        manifest = None
    except Unreadable as error:
        return Page(f"> **Caution** {error}")
    return Run(trace_outcome(case, manifest))


def trace_outcome(case: Case, manifest: ReleaseManifest | None) -> Outcome:
    """The trace of a manifest as something to look at; without a manifest every thread is open."""
    import numpy as np

    from curriculum.cases.base import frozen_columns
    from curriculum.practice.gate import trace

    walks = trace.threads(case, manifest)
    whole, gaps = sum(walk.whole for walk in walks), trace.gaps(walks)
    wrong = [*gaps[:SHOWN_GAPS], *([f"And {len(gaps) - SHOWN_GAPS} gaps more."] if len(gaps) > SHOWN_GAPS else [])]
    headline = f"{whole} of {len(walks)} threads run from clause to result"

    def picture(figure: object) -> None:
        axes = figure.subplots()  # type: ignore[attr-defined]
        trace.draw(axes, walks)

    return Outcome(
        headline=f"{headline}.",
        sentences=tuple(wrong) or ("No thread has a gap.",),
        table=frozen_columns(
            requirement=np.array([walk.requirement for walk in walks]),
            control=np.array([walk.control for walk in walks]),
            state=np.array([walk.state for walk in walks]),
            result=np.array([walk.result for walk in walks]),
            whole=np.array([walk.whole for walk in walks]),
        ),
        results={
            "whole": Result(float(whole), "threads from clause to result", Better.MORE),
            "gaps": Result(float(len(gaps)), "gaps in the trace", Better.LESS),
        },
        goals=(Goal("Every thread runs from clause to result", not gaps),),
        alt=f"A graph of {len(walks)} threads from clause over requirement, control and screen state to result. "
        f"{headline}. " + (" ".join(wrong) or "None is broken."),
        draw=picture,
    )


def _whole(files: LessonFiles, case: Case) -> ReleaseManifest:
    """The manifest with what nobody types; raises FileNotFoundError and Unreadable."""
    from graders import load_rubric

    manifest = read_artifact(files.artifact("release_manifest"), ReleaseManifest).artifact
    done, _ = completed({"release_manifest": manifest}, load_rubric(SLUG).derives, case)
    whole = done.get("release_manifest", manifest)
    return whole if isinstance(whole, ReleaseManifest) else manifest


def _here() -> tuple[LessonFiles, Case]:
    files = find_lesson_files(SLUG)
    case, _ = open_case(files, graded=_is_graded())
    return files, case


def _is_graded() -> bool:
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"
