"""The committed notebooks: rebuilt byte for byte, and run from top to bottom, untouched and solved."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from curriculum.authoring.exemplars import write_exemplar
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import variants
from curriculum.course.places import COURSE
from graders.rubric import Rubric

LESSONS = [entry.slug for entry in load_catalog().lessons]
SEED = 5


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, [str(COURSE), os.environ.get("PYTHONPATH", "")]))
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.slow
def test_a_fresh_process_builds_every_notebook_byte_for_byte(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from curriculum.authoring.notebook import notebook_text\n"
        "from curriculum.authoring.subject import load_subject\n"
        "for slug in sys.argv[1:]:\n"
        "    Path(slug).write_bytes(notebook_text(load_subject(slug)).encode())\n"
    )
    built = run("-c", code, *LESSONS, cwd=tmp_path, PYTHONHASHSEED="2718", TZ="Asia/Tokyo", LC_ALL="C")
    assert built.returncode == 0, built.stderr
    for slug in LESSONS:
        assert (tmp_path / slug).read_bytes() == load_subject(slug).notebook.read_bytes(), slug


@pytest.mark.parametrize("slug", LESSONS)
def test_the_notebook_holds_no_outputs_and_stable_ids(slug: str) -> None:
    notebook = nbformat.read(load_subject(slug).notebook, as_version=4)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))
    assert all("outputs" not in cell or cell.outputs == [] for cell in notebook.cells)
    assert all(cell.get("execution_count") is None for cell in notebook.cells)


def with_expected_points(slug: str, share: float, folder: Path) -> Path:
    """The committed notebook, and after it cells whose output nbval compares."""
    subject = load_subject(slug)
    notebook = nbformat.read(subject.notebook, as_version=4)
    for kind in subject.rubric.artifacts:
        expected = f"{float(subject.rubric.points(kind)) * share!r}"
        result = nbformat.v4.new_output("execute_result", {"text/plain": expected}, execution_count=1)
        cell = nbformat.v4.new_code_cell(f'lesson.points("{kind}")', id=f"points-of-{kind}")
        cell.update(outputs=[result], execution_count=1, metadata={"tags": ["nbval-check-output"]})
        notebook.cells.append(cell)
    path = folder / f"{slug}.ipynb"
    nbformat.write(notebook, path)
    return path


def nbval(path: Path) -> subprocess.CompletedProcess[str]:
    offline = str(COURSE / "tests" / "offline")
    return run(
        "-m", "pytest", "--nbval-lax", "--nbval-cell-timeout=120", "-p", "no:cacheprovider", "-q", path.name,
        cwd=path.parent, PYTHONPATH=os.pathsep.join([str(COURSE), offline]), HOME=str(path.parent),
    )  # fmt: skip


@pytest.mark.slow
def test_a_solved_notebook_shows_what_nbval_expects(tmp_path: Path) -> None:
    path = with_expected_points("welcome", 1.0, tmp_path)
    write_exemplar("welcome", SEED, variants("welcome")[-1], tmp_path)
    done = nbval(path)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.slow
def test_a_notebook_that_fails_is_noticed(tmp_path: Path) -> None:
    """nbval must be able to fail, else the test above shows nothing."""
    path = with_expected_points("welcome", 1.0, tmp_path)
    unanswered = nbval(path)
    assert unanswered.returncode == 1
    assert "mismatch 'text/plain'" in unanswered.stdout
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1] = nbformat.v4.new_code_cell("1 / 0", id="broken")
    nbformat.write(notebook, path)
    broken = nbval(path)
    assert broken.returncode == 1
    assert "ZeroDivisionError" in broken.stdout


def with_points(slug: str, folder: Path) -> NotebookClient:
    """The notebook in a folder of its own, where the lesson then is, and after it cells that say the points."""
    notebook = nbformat.read(load_subject(slug).notebook, as_version=4)
    points = [f'lesson.points("{kind}")' for kind in load_subject(slug).rubric.artifacts]
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in points]
    nbformat.write(notebook, folder / f"{slug}.ipynb")
    settings = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=120, kernel_name="python3", resources=settings)


def points_after_running_all(client: NotebookClient, rubric: Rubric) -> dict[str, float]:
    """What the last cells say once all have run from top to bottom; raises CellExecutionError where one fails."""
    for number, cell in enumerate(client.nb.cells):
        client.execute_cell(cell, number)
    last = client.nb.cells[-len(rubric.artifacts) :]
    said = [float(cell.outputs[-1]["data"]["text/plain"]) for cell in last]
    return dict(zip(rubric.artifacts, said, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_the_notebook_runs_untouched_and_again_with_right_answers(slug: str, tmp_path: Path) -> None:
    """Untouched it earns nothing and names the axes of its figures; with an exemplar's files it earns everything. Both
    in one kernel, as learners have it who run all cells again."""
    subject, client = load_subject(slug), with_points(slug, tmp_path)
    with client.setup_kernel():
        assert set(points_after_running_all(client, subject.rubric).values()) == {0.0}
        assert (tmp_path / "answers" / "case.yaml").is_file()
        for table in subject.case(0).columns:
            assert (tmp_path / "data" / f"{table}.csv").is_file()
        figures_name_their_axes(client.nb)

        shutil.rmtree(tmp_path / "answers")
        write_exemplar(slug, SEED, variants(slug)[-1], tmp_path)
        full = {kind: float(subject.rubric.points(kind)) for kind in subject.rubric.artifacts}
        assert points_after_running_all(client, subject.rubric) == full


def figures_name_their_axes(done: nbformat.NotebookNode) -> None:
    outputs = [output for cell in done.cells for output in cell.get("outputs", ()) if "data" in output]
    pages = [str(output["data"].get("text/html", "")) for output in outputs]
    figures = [alt for page in pages for alt in re.findall(r'class="themed"[^>]* alt="(Figure[^"]*)"', page)]
    for alt in figures:
        assert "across: " in alt and "up: " in alt, f"an axis has no label: {alt}"
        assert not re.search(r"\d", alt.split(";")[0].replace("Figure. ", "")), f"the title tells a result: {alt}"
    drawing = [cell for cell in done.cells if re.search(r"plt\.subplots|\.plot[.(]", cell.source)]
    assert len(figures) == len(drawing), "every figure is shown in the course's style"
