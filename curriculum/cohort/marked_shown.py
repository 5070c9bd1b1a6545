"""A marked notebook as instructors see it in formgrader: filled with answers and reviews when it is opened."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from curriculum.cohort.marked import MARK
from curriculum.support.printable import printable
from graders.report import Report

if TYPE_CHECKING:
    from curriculum.cohort.course import Course


def fill(course: Course, student: str, lesson: str, notebook: Any, *, for_marker: bool = False) -> Any:
    """Fill a marked notebook: how it stands, and for each check the artifact and its review; for whoever marks
    (`for_marker`) without the learner's name, and with the questions by which words are read.

    Everything that a learner wrote is escaped. A notebook that `cohort grade` did not write is left as it is.
    """
    if not notebook["metadata"].get(MARK):
        return notebook
    from curriculum.cases import load_case
    from curriculum.cohort.anonymous import Mask
    from curriculum.cohort.gradebook import open_engine
    from curriculum.cohort.provenance import submission_sha256
    from curriculum.cohort.records import Records
    from graders import load_rubric
    from graders.grade import read_submission

    engine = open_engine(course)
    try:
        records = Records(engine)
        records.create()
        found = records.report(student, lesson)
    finally:
        engine.dispose()
    if found is None:
        return notebook
    attempt, report = found
    case = load_case(lesson, attempt.seed)
    learner = course.by_id.get(student)
    # Whose it is stands in formgrader's own head, for whoever asks for it.
    mask = Mask(course, learner, case) if for_marker and learner else None
    said = [mask.text(one) if mask else one for one in (attempt.sentence, *attempt.notes) if one]
    about = [f"Status <strong>{attempt.status.value}</strong>"]
    about += _late(course, student, lesson)
    about += [escape(printable(sentence)) for sentence in said]
    folder = course.submitted(student, lesson)
    artifacts: dict[str, Any] = {}
    if submission_sha256(folder, lesson) == attempt.submission_sha256:
        artifacts = dict(read_submission(load_rubric(lesson), case, folder / "answers").artifacts)
        artifacts = {kind: mask.artifact(one) if mask else one for kind, one in artifacts.items()}
    else:
        about.append("What is handed in now is not what was graded; run <code>cohort grade</code> again.")
    notebook["cells"].insert(0, _node(notebook, _markdown("about", "\n".join(f"<p>{line}</p>" for line in about))))
    if for_marker:
        _add_guide(course, student, lesson, notebook)
    if report is not None:
        for cell in notebook["cells"]:
            _fill_cell(cell, report, artifacts, case, notebook)
    return notebook


def _add_guide(course: Course, student: str, lesson: str, notebook: Any) -> None:
    """The questions by which words are read, before the cell in which they are marked."""
    from curriculum.cohort.gradebook import open_engine
    from curriculum.cohort.marking import read_lessons
    from curriculum.cohort.reading_guide import guide_html
    from curriculum.cohort.records import Records
    from curriculum.cohort.result import PROSE_CELL

    cells = notebook["cells"]
    place = next((i for i, cell in enumerate(cells) if _grade_id(cell) == PROSE_CELL), None)
    if place is None:
        return
    engine = open_engine(course)
    try:
        with engine.begin() as db:
            (read,) = read_lessons(db, Records(engine), course, (lesson,))
    finally:
        engine.dispose()
    if guide := guide_html(read, (student,)):
        cells.insert(place, _node(notebook, _markdown("guide", guide)))


def _grade_id(cell: Any) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _late(course: Course, student: str, lesson: str) -> list[str]:
    from curriculum.cohort.grades import grades_of

    if not any(learner.id == student for learner in course.everybody):
        return []
    grade = next(one for one in grades_of(course, (lesson,)) if one.learner.id == student)
    days = "1 day" if grade.days_late == 1 else f"{grade.days_late} days"
    return [f"Handed in late: {days} begun."] if grade.late else []


def _fill_cell(cell: Any, report: Report, artifacts: dict[str, Any], case: Any, notebook: Any) -> None:
    from curriculum.pages.page import document
    from curriculum.pages.reporting import review, review_html

    kind = _grade_id(cell).removeprefix("check_")
    if cell["cell_type"] != "code" or kind not in {artifact.kind for artifact in report.artifacts}:
        return
    outputs = []
    if kind in artifacts:
        outputs.append(_html(printable(document(artifacts[kind], case.registry).html)))
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
