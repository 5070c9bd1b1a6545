"""What every attack of the suite does to nbgrader's own autograde, run as instructors run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.releasing import release_lesson
from curriculum.cohort.roster import Learner
from curriculum.cohort.staging import create_course
from curriculum.course.places import COURSE
from tests.cohort import attacks
from tests.cohort.attacks import ATTACKS, HONEST, LESSON, Attack, Stock

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]

COPY = "copy-of-the-course"
"""Learners' code may overwrite the course's own files here: it gets a copy of them."""


def batch_of(attack: Attack) -> str:
    """Attacks of one batch are graded by one command; those after the whole batch are in one of their own."""
    if attack.alone:
        return attack.id
    if attack.stock in (Stock.LEAKS, Stock.INJECTS) or attack.change is attacks.script_in_answers:
        return "shown"
    return "resisted" if attack.stock in (Stock.HOLDS, Stock.LOSES) else "felt"


BATCHES = {name: [one for one in ATTACKS if batch_of(one) == name] for name in dict.fromkeys(map(batch_of, ATTACKS))}


@dataclass(frozen=True)
class Batch:
    """A course that nbgrader has graded."""

    course: Course
    scores: dict[str, float]
    """What its export would say, by learner."""

    def made_for(self, learner: str, suffix: str) -> str:
        """What grading made for a learner: the notebook (.ipynb), the feedback page (.html)."""
        folders = (self.course.autograded(learner, LESSON), self.course.feedback(learner, LESSON))
        paths = [path for folder in folders for path in folder.glob(f"*{suffix}")]
        return "".join(path.read_text("utf-8") for path in paths)


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory):
    """Grades a batch when its first attack is looked at."""

    @cache
    def grade(name: str) -> Batch:
        return grade_batch(tmp_path_factory.mktemp("stock"), name)

    return grade


def nbgrader(root: Path, python_path: Path, *words: str) -> str:
    """Run one of nbgrader's commands. It may fail: some attacks make it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(python_path)}
    with tempfile.TemporaryFile("w+") as said:  # a pipe would be held open by kernels that are left behind
        command = [sys.executable, "-m", "nbgrader", *words]
        subprocess.run(command, cwd=root, env=environment, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
        said.seek(0)
        return said.read()


def grade_batch(base: Path, name: str) -> Batch:
    batch = BATCHES[name]
    copy = base / COPY
    for folder in ("curriculum", "graders", "beginner", "intermediate", "advanced"):
        shutil.copytree(COURSE / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    harmed = [attack for attack in batch if attack.stock is Stock.HARMS]
    names = [HONEST, *(attack.learner for attack in batch), *(attack.victim for attack in harmed)]
    learners = tuple(Learner(name) for name in names)
    create_course(Course(root=base / "course", id="tamper", title="Tamper", lessons=(LESSON,)), learners, {})
    course = load_course(base / "course")
    release_lesson(course, LESSON)
    attacks.hand_in_honestly(course)
    for attack in batch:
        attacks.hand_in(course, attack)
        if attack not in harmed:
            shutil.rmtree(course.submitted(attack.victim, LESSON).parent)
    if batch[0].alone:
        shutil.rmtree(course.submitted(HONEST, LESSON).parent)
    nbgrader(course.root, copy, "autograde", LESSON, "--Execute.timeout=15")
    if name == "shown":
        nbgrader(course.root, copy, "generate_feedback", LESSON)
    return Batch(course, scores(course, names))


def scores(course: Course, names: list[str]) -> dict[str, float]:
    """As `nbgrader export` says them: 0 where there is nothing."""
    from nbgrader.api import Gradebook, MissingEntry

    found = dict.fromkeys(names, 0.0)
    with Gradebook(course.database_url, course.id) as book:
        for name in names:
            try:
                found[name] = book.find_submission(LESSON, name).score
            except MissingEntry:
                continue
    return found


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(
            one,
            id=one.id,
            marks=[
                pytest.mark.xdist_group(f"stock-{batch_of(one)}"),
                # What it does or resists is nbgrader's, and changes when nbgrader does; what it shows is ours too.
                *([] if batch_of(one) == "shown" else [pytest.mark.long]),
            ],
        )
        for one in ATTACKS
    ],
)
def test_what_it_does_to_stock_autograde(graded, attack: Attack) -> None:
    batch: Batch = graded(batch_of(attack))
    score = batch.scores[attack.learner]
    earned = attack.earned if attack.earned is not None else 0.0
    match attack.stock:
        case Stock.GAINS:
            assert score >= attacks.FULL
        case Stock.LEAKS:
            made = batch.made_for(attack.learner, ".ipynb") + batch.made_for(attack.learner, ".html")
            assert attacks.SECRET in made or attacks.NEIGHBOURS_WORDS in made
        case Stock.INJECTS:
            assert f"<script>{attacks.SCRIPT}" in batch.made_for(attack.learner, ".html")
        case Stock.HARMS:
            assert batch.scores[attack.victim] < attacks.FULL
        case Stock.LITTERS:
            folders = (batch.course.autograded(attack.learner, LESSON), batch.course.root / "submitted")
            assert any((folder / name).exists() for folder in folders for name in ("big.bin", "planted"))
        case Stock.LOSES:
            assert score < (earned or attacks.BASE)
        case Stock.HOLDS if attack.copied:
            assert score < attacks.FULL
        case Stock.HOLDS if attack.earned is None:
            assert score <= attacks.UNTOLD_POINTS
        case Stock.HOLDS:
            assert score == attack.earned


# An assignment of the usual kind, where learners' code is asserted: what the reference names beyond the above

WORD = "hidden-test-9c1e"

WRONG = "def total(path):\n    return 0"

ORDINARY = {
    "honest": ("import pandas as pd\ndef total(path):\n    return pd.read_csv(path).x.sum()", 15.0),
    "wrong": (WRONG, 0.0),
    "equal_to_everything": (
        "class Same(float):\n"
        "    __eq__ = lambda self, other: True\n"
        "    __hash__ = float.__hash__\n"
        "def total(path):\n"
        "    return Same(10)",
        15.0,
    ),
    "no_asserts": (
        f"{WRONG}\nimport ast\n"
        "class Remove(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Remove())",
        10.0,
    ),
    "no_numpy_testing": (
        f"{WRONG}\nimport numpy as np\nnp.testing.assert_allclose = lambda *a, **k: None",
        5.0,
    ),
    "other_data": (
        "import pandas as pd\npd.read_csv = lambda path: pd.DataFrame({'x': [10]})\n"
        "def total(path):\n    return pd.read_csv(path).x.sum()",
        10.0,
    ),
    "hidden_tests": (f"{WRONG}\nprint(open('ordinary.ipynb').read())", 0.0),
    "other_solution": (f"{WRONG}\nprint(open('../../../source/ordinary/ordinary.ipynb').read())", 0.0),
    "warns": (
        "import pandas as pd, warnings\ndef total(path):\n"
        "    warnings.warn('honest work, and a word about it')\n    return pd.read_csv(path).x.sum()",
        0.0,
    ),
}
"""By learner: the solution cell, and the points of 15 that nbgrader gives for it."""


def _cell(id: str, source: str, **mark: object) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(source, id=id)
    if mark:
        marks = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
        cell.metadata["nbgrader"] = {**marks, "grade_id": id, **mark}
    return cell


def _ordinary(solution: str = "### BEGIN SOLUTION\nanswer = 'the-solution-of-the-course'\n### END SOLUTION"):
    test = {"grade": True, "locked": True, "points": 5}
    hidden = f"### BEGIN HIDDEN TESTS\nassert total('y.csv') == 42, '{WORD}'\n### END HIDDEN TESTS"
    cells = [
        _cell("start", "import numpy as np"),
        _cell("solution", solution, solution=True),
        _cell("visible", "assert total('x.csv') == 10", **test),
        _cell("close", "np.testing.assert_allclose(total('x.csv'), 10)", **test),
        _cell("hidden", hidden, **test),
    ]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, float]]:
    root = tmp_path_factory.mktemp("ordinary")
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'ordinary'\n")
    source = root / "source" / "ordinary"
    source.mkdir(parents=True)
    nbformat.write(_ordinary(), source / "ordinary.ipynb")
    (source / "x.csv").write_text("x\n4\n6\n")
    (source / "y.csv").write_text("x\n42\n")
    said = nbgrader(root, COURSE, "generate_assignment", "ordinary")
    for learner, (solution, _) in ORDINARY.items():
        folder = root / "submitted" / learner / "ordinary"
        folder.parent.mkdir(parents=True)
        shutil.copytree(root / "release" / "ordinary", folder)
        notebook = nbformat.read(folder / "ordinary.ipynb", as_version=4)
        notebook.cells[1].source = solution
        nbformat.write(notebook, folder / "ordinary.ipynb")
    said += nbgrader(root, COURSE, "autograde", "ordinary")
    said += nbgrader(root, COURSE, "generate_feedback", "ordinary")
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "ordinary") as book:
        return root, {name: book.find_submission("ordinary", name).score for name in ORDINARY}


@pytest.mark.xdist_group("stock-ordinary")
@pytest.mark.parametrize("learner", ORDINARY)
def test_an_ordinary_assignment_under_stock_autograde(ordinary: tuple[Path, dict[str, float]], learner: str) -> None:
    root, found = ordinary
    assert found[learner] == ORDINARY[learner][1]
    page = (root / "feedback" / learner / "ordinary" / "ordinary.html").read_text("utf-8")
    assert WORD in page, "the hidden tests are on everybody's feedback page"
    if learner == "hidden_tests":
        assert WORD in (root / "autograded" / learner / "ordinary" / "ordinary.ipynb").read_text("utf-8")
    if learner == "other_solution":
        assert "the-solution-of-the-course" in page


@pytest.mark.xdist_group("stock-ordinary")
def test_the_lessons_of_this_course_have_nothing_hidden_to_read() -> None:
    """No lesson's notebook has hidden tests or a solution cell, so there is nothing in it that could leak."""
    for path in COURSE.glob("*/*/*.ipynb"):
        text = path.read_text("utf-8")
        assert "HIDDEN TESTS" not in text
        assert "BEGIN SOLUTION" not in text
        assert not any(
            cell.metadata.get("nbgrader", {}).get("solution") for cell in nbformat.read(path, as_version=4).cells
        )
