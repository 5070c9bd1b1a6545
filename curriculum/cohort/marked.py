"""The marked notebook: what instructors see in formgrader, made from the release and the answers only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.artifacts import document
from curriculum.cases import Case
from curriculum.files import FileRefused, read_text
from curriculum.reporting import printable, review, review_html
from graders.grade import Submission
from graders.report import Report

if TYPE_CHECKING:
    from curriculum.cohort.judging import Unit
    from curriculum.cohort.result import Result

PROSE_CELL = "read_by_a_person"
"""The grade_id of the cell in which a person comments and, where the course says so, gives points."""

AUTOMATIC = "Automatic note, not yet read by a person."
"""How every comment begins that a program wrote: nbgrader releases it to the learner as it stands."""

_PASSED_ON = ("timestamp.txt", "submission_secret.txt")


@dataclass(frozen=True)
class _Sheet:
    """The cells of a released notebook that carry grades, and its metadata."""

    metadata: dict[str, Any]
    cells: tuple[dict[str, Any], ...]


def write_marked(unit: Unit, result: Result, report: Report | None, submission: Submission | None, case: Case) -> None:
    """Write the marked notebook of a submission, and the two files that nbgrader's feedback needs.

    Everything that a learner wrote is escaped. Raises OSError where it cannot be written.
    """
    target = Path(unit.marked)
    target.mkdir(parents=True, exist_ok=True)
    sheet = _sheet(unit.sheet, Path(unit.sheet).stat().st_mtime_ns)
    cells = [_about(unit, result)]
    for cell in sheet.cells:
        cells.append(_marked_cell(cell, report, submission, case))
    notebook = {"cells": cells, "metadata": sheet.metadata, "nbformat": 4, "nbformat_minor": 5}
    _replace(target / f"{unit.lesson}.ipynb", json.dumps(notebook, ensure_ascii=False))
    folder = Path(unit.folder)
    for name in _PASSED_ON:
        try:
            _replace(target / name, read_text(folder / name, folder, limit=1000))
        except (FileNotFoundError, FileRefused):
            continue


def suggestion(sentence: str, report: dict[str, Any], prose: dict[str, dict[str, str]]) -> str:
    """A comment that a person can send as it is, change or delete: what to read, what the checks found."""
    lines = [AUTOMATIC]
    if sentence:
        lines.append(sentence)
    for artifact in report["artifacts"]:
        open_ones = [
            finding for finding in artifact["findings"] if not finding["passed"] and finding["status"] == "graded"
        ]
        for finding in open_ones[:2]:
            row = finding["evidence"][0] if finding["evidence"] else {}
            decides = ", ".join(f"{key} {value}" for key, value in row.items())
            lines.append(
                f"{artifact['title']}: {finding['sentence']} Found: {finding['finding']}"
                + (f" Expected: {finding['expected']}." if finding["expected"] else "")
                + (f" What decides: {decides}." if decides else "")
            )
    words = [
        f"{kind}, {place.replace('_', ' ')} ({len(text.split())} words)"
        for kind, texts in prose.items()
        for place, text in texts.items()
    ]
    if words:
        lines.append("For a person to read, since no program can judge it: " + "; ".join(words[:12]) + ".")
    return printable("\n\n".join(lines))


def _about(unit: Unit, result: Result) -> dict[str, Any]:
    lines = [f"Learner <code>{escape(unit.student)}</code>, status <strong>{result.status.value}</strong>"]
    if result.late:
        lines[0] += f", {result.seconds_late / 3600:,.1f} hours late"
    lines += [escape(printable(sentence)) for sentence in (result.sentence, *result.notes) if sentence]
    lines.append(
        "Made from the files in <code>answers</code>; the learner's notebook itself is in <code>submitted</code>."
    )
    return _markdown("about", "\n".join(f"<p>{line}</p>" for line in lines))


def _marked_cell(
    cell: dict[str, Any], report: Report | None, submission: Submission | None, case: Case
) -> dict[str, Any]:
    kind = str(cell["metadata"]["nbgrader"]["grade_id"]).removeprefix("check_")
    if cell["cell_type"] != "code" or report is None or kind not in {a.kind for a in report.artifacts}:
        return cell
    artifact = report.of(kind)
    outputs = []
    if submission is not None and kind in submission.artifacts:
        text = document.markdown(submission.artifacts[kind], case.registry)
        # The document escapes < and > for Markdown already; here it is shown as it stands.
        shown = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        shown = "\n".join(map(printable, shown.split("\n")))
        outputs.append(_html(f'<pre style="white-space: pre-wrap">{escape(shown)}</pre>'))
    outputs.append(_html(review_html(review(artifact, case))))
    points = float(artifact.points)
    outputs.append(
        {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": repr(points)}}
    )
    return {**cell, "outputs": outputs, "execution_count": 1}


def _html(text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}


def _markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


@lru_cache(maxsize=32)
def _sheet(path: str, _changed: int) -> _Sheet:
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    cells = tuple(cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"])
    return _Sheet(notebook["metadata"], cells)


def _replace(path: Path, text: str) -> None:
    """Write a file whole. Without fsync: what a power cut takes is made again from the submission."""
    temporary = path.with_name(f".saving-{path.name}")
    temporary.write_text(text, encoding="utf-8", errors="replace")
    temporary.replace(path)
