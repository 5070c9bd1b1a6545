"""What instructors see in formgrader: the review and the answers, filled in when a notebook is shown."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.files import FileRefused, read_text
from curriculum.reporting import printable
from graders.report import Report, Status, plain

if TYPE_CHECKING:
    from curriculum.cohort.course import Course

PROSE_CELL = "read_by_a_person"
"""The grade_id of the cell in which a person comments and, where the course says so, gives points."""

AUTOMATIC = "Automatic note, not yet read by a person."
"""How every comment begins that a program wrote: nbgrader releases it to the learner as it stands."""

MARK = "cohort_marked"
"""In a notebook's metadata: it is one that `cohort grade` wrote, to be filled in when it is shown."""

_PASSED_ON = ("timestamp.txt", "submission_secret.txt")


def write_marked(submitted: Path, target: Path, lesson: str, sheet: str) -> None:
    """Put into `target` what nbgrader's own tools look for: the lesson's graded cells, without outputs, and the
    two small files that its feedback needs. Raises OSError where it cannot be written."""
    target.mkdir(parents=True, exist_ok=True)
    text = _sheet(sheet, Path(sheet).stat().st_mtime_ns)
    _write(target / f"{lesson}.ipynb", text)
    for name in _PASSED_ON:
        try:
            _write(target / name, read_text(submitted / name, submitted, limit=1000))
        except (FileNotFoundError, FileRefused):
            continue


def suggestion(sentence: str, report: Report, prose: dict[str, dict[str, str]]) -> str:
    """A comment that a person can send as it is, change or delete: what to read, what the checks found."""
    lines = [AUTOMATIC]
    if sentence:
        lines.append(sentence)
    for artifact in report.artifacts:
        open_ones = [finding for finding in artifact.failed() if finding.status is Status.GRADED]
        for finding in open_ones[:2]:
            row = finding.evidence[0] if finding.evidence else {}
            decides = ", ".join(f"{key} {plain(value)}" for key, value in row.items())
            lines.append(
                f"{artifact.title}: {finding.sentence} Found: {finding.finding}"
                + (f" Expected: {finding.expected}." if finding.expected else "")
                + (f" What decides: {decides}." if decides else "")
            )
    words = [
        f"{kind}, {place.replace('_', ' ')} ({len(text.split())} words)"
        for kind, texts in prose.items()
        for place, text in texts.items()
    ]
    if words:
        lines.append("For a person to read, since no program can judge it: " + "; ".join(words[:12]) + ".")
    return "\n\n".join(map(printable, lines))


def fill(course: Course, student: str, lesson: str, notebook: Any) -> Any:
    """Fill a marked notebook: who it is and how it stands, and for each check the artifact and its review.

    Everything that a learner wrote is escaped. A notebook that `cohort grade` did not write is left as it is.
    """
    if not notebook["metadata"].get(MARK):
        return notebook
    from curriculum.cases import load_case
    from curriculum.cohort.gradebook import open_engine
    from curriculum.cohort.provenance import submission_sha256
    from curriculum.cohort.records import Records
    from graders import load_rubric
    from graders.grade import read_submission

    engine = open_engine(course)
    try:
        found = Records(engine).report(student, lesson)
    finally:
        engine.dispose()
    if found is None:
        return notebook
    attempt, report = found
    about = [f"Learner <code>{escape(student)}</code>, status <strong>{attempt.status.value}</strong>"]
    if attempt.late:
        about[0] += f", {attempt.seconds_late / 3600:,.1f} hours late"
    about += [escape(printable(sentence)) for sentence in (attempt.sentence, *attempt.notes) if sentence]
    folder = course.submitted(student, lesson)
    artifacts: dict[str, Any] = {}
    case = load_case(lesson, attempt.seed)
    if submission_sha256(folder, lesson) == attempt.submission_sha256:
        artifacts = dict(read_submission(load_rubric(lesson), case, folder / "answers").artifacts)
    else:
        about.append("What is handed in now is not what was graded; run <code>cohort grade</code> again.")
    notebook["cells"].insert(0, _node(notebook, _markdown("about", "\n".join(f"<p>{line}</p>" for line in about))))
    if report is not None:
        for cell in notebook["cells"]:
            _fill_cell(cell, report, artifacts, case, notebook)
    return notebook


def _fill_cell(cell: Any, report: Report, artifacts: dict[str, Any], case: Any, notebook: Any) -> None:
    from curriculum.artifacts import document
    from curriculum.reporting import review, review_html

    kind = str(cell["metadata"].get("nbgrader", {}).get("grade_id", "")).removeprefix("check_")
    if cell["cell_type"] != "code" or kind not in {artifact.kind for artifact in report.artifacts}:
        return
    outputs = []
    if kind in artifacts:
        text = document.markdown(artifacts[kind], case.registry)
        # The document escapes < and > for Markdown already; here it is shown as it stands.
        shown = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        outputs.append(_html(f'<pre style="white-space: pre-wrap">{escape(printable(shown))}</pre>'))
    artifact = report.of(kind)
    outputs.append(_html(review_html(review(artifact, case))))
    points = {"text/plain": repr(float(artifact.points))}
    outputs.append({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": points})
    cell["outputs"] = [_node(notebook, output) for output in outputs]
    cell["execution_count"] = 1


def _node(notebook: Any, data: dict[str, Any]) -> Any:
    """`data` in the type that the notebook's own parts have: nbformat's, or plain."""
    if type(notebook) is dict:
        return data
    from nbformat import from_dict

    return from_dict(data)


def _html(text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}


def _markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


@lru_cache(maxsize=32)
def _sheet(path: str, _changed: int) -> str:
    """The graded cells of a released notebook, as the text of a notebook."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    document = {
        "cells": cells,
        "metadata": {**notebook["metadata"], MARK: True},
        "nbformat": notebook["nbformat"],
        "nbformat_minor": notebook["nbformat_minor"],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    """Write a file, where it says something else. Not by way of another one: a grading that is killed here has
    not saved its result yet, and writes it again."""
    data = text.encode("utf-8", "replace")
    try:
        if path.read_bytes() == data:
            return
        path.unlink()  # nbgrader leaves files that cannot be written
    except FileNotFoundError:
        pass
    path.write_bytes(data)
