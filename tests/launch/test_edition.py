"""The edition for learners: no good answer in any of its bytes, no tools for instructors, and every lesson works."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from curriculum.cases import load_case
from curriculum.cohort.edition import write_edition
from curriculum.commands.cohort import cohort
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import Fixtures, load_exemplar, load_fixtures, variants, write_files
from curriculum.course.flaws import flawed_draft
from curriculum.course.lesson_plan import load_plan
from curriculum.course.places import COURSE
from curriculum.learner.variant import write_stated
from curriculum.words.prose import sentences
from graders import load_rubric

pytestmark = pytest.mark.slow

LESSONS = [entry.slug for entry in load_catalog().lessons]
WORLDS = (3, 40)
FEWEST_WORDS = 6


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("edition")
    said = CliRunner().invoke(cohort, ["learner-edition", "--out", str(out)])
    assert said.exit_code == 0, said.output
    (path,) = out.glob("*.whl")
    assert str(path) in said.output
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment in which pip has put the edition; what that needs is this environment's."""
    root = tmp_path_factory.mktemp("learners")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root], check=True)
    python = root / "bin" / "python"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
        wheel,
    ]
    done = subprocess.run(pip, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    (site / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def run(python: Path, *words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run([python, *words], cwd=cwd, env=environment, capture_output=True, text=True)


# What it hides


def words_in(data: bytes) -> list[str]:
    """The words of a file, however YAML or Python folds its lines."""
    text = data.decode("utf-8", "replace").replace("\\n", " ")
    return re.findall(r"\w+", re.sub(r'"\s*\n\s*[fr]*"', "", text).casefold())


class Sentences:
    """Sentences to look for: all of them in one walk through the words of a file."""

    def __init__(self, texts: Iterator[str], least: int):
        told = (one.text for text in texts for one in sentences(text))
        self.all = {words for one in told if len(words := tuple(words_in(one.encode()))) >= least}
        self._by_beginning: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for words in self.all:
            self._by_beginning.setdefault(words[:FEWEST_WORDS], set()).add(words)
        self._first = {words[0] for words in self.all}

    def found(self, words: list[str]) -> Iterator[tuple[str, ...]]:
        for at, word in enumerate(words):
            if word in self._first:
                for one in self._by_beginning.get(tuple(words[at : at + FEWEST_WORDS]), ()):
                    if tuple(words[at : at + len(one)]) == one:
                        yield one


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from strings(value)


def of_examples(slug: str, fixtures: Fixtures) -> Iterator[str]:
    documents = load_rubric(slug).artifacts
    return strings([files[kind] for files in fixtures.exemplars.values() for kind in files if kind in documents])


def test_no_sentence_of_an_example_or_of_a_planted_mistake_is_in_any_byte_of_it(wheel: Path) -> None:
    rendered = [(slug, load_fixtures(load_case(slug, world))) for slug in LESSONS for world in WORLDS]
    examples = Sentences((text for slug, fixtures in rendered for text in of_examples(slug, fixtures)), FEWEST_WORDS)
    mistakes = Sentences(
        (text for _, fixtures in rendered for miss in fixtures.near_misses for text in (miss.flaw, miss.tempting)), 8
    )
    with zipfile.ZipFile(wheel) as packed:
        files = {name: words_in(packed.read(name)) for name in packed.namelist()}
    in_wheel = {
        (name, one) for name, words in files.items() for each in (examples, mistakes) for one in each.found(words)
    }
    # What people say in a world may be cited, questions are everybody's, and what a check objects to is a mistake.
    allowed = ("curriculum/cases/", "curriculum/practice/interview/", "graders/")
    assert [hit for hit in in_wheel if not hit[0].startswith(allowed)] == []
    assert len({one for _, one in in_wheel}) < 25
    assert len(examples.all) > 400
    assert len(mistakes.all) > 1000
    sources = COURSE.glob("*/*/source/exemplars/*/*.yaml")
    in_course = {one for path in sources for one in examples.found(words_in(path.read_bytes()))}
    assert len(in_course) > len(examples.all) / 4, "the search finds what is there: sentences without a hole"


def test_of_a_lesson_only_what_is_named_travels(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    of_lessons = {name.split("/", 5)[-1] for name in names if re.match(r"curriculum/course/whole/\w+/\w+/", name)}
    known = {"README.md", "source/lesson.md", "source/lesson.toml", "source/roleplay.yaml", "source/read_back.yaml",
             "source/half_filled.toml", "source/tables.toml"}  # fmt: skip
    assert of_lessons == known | {f"{slug}.ipynb" for slug in LESSONS}
    left = ("curriculum/authoring", "curriculum/cohort", "curriculum/commands/author", "curriculum/commands/cohort")
    assert [name for name in names if name.startswith(left) or name.endswith(".pyc")] == []
    assert len(names) == len(set(names))


def test_the_same_course_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert write_edition(tmp_path / "again").read_bytes() == wheel.read_bytes()


# What it does not have


@pytest.mark.parametrize("command", ["author", "cohort"])
def test_what_it_does_not_have_is_told_in_a_sentence(python: Path, command: str, tmp_path: Path) -> None:
    done = run(python, "-m", "curriculum", command, "exemplar", "welcome", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: `curriculum {command}` is not in the edition for learners")
    assert "Traceback" not in done.stderr
    shown = run(python, "-m", "curriculum", "--help", cwd=tmp_path).stdout
    assert "doctor" in shown
    assert f"  {command} " not in shown


def test_it_says_which_edition_it_is(python: Path, tmp_path: Path) -> None:
    said = run(python, "-m", "curriculum", "--version", cwd=tmp_path).stdout.strip()
    assert said.endswith(", the edition for learners")


# What works


OPENED = """
import json, sys
from pathlib import Path
import curriculum
from curriculum import open_lesson
from curriculum.course.catalog import load_catalog
from curriculum.course.places import FOR_LEARNERS
from curriculum.notebook.desks.interview import open_desk
from curriculum.notebook.flaw_hunt import FlawHunt
from graders import load_rubric

work, told = Path(sys.argv[1]), {}
assert FOR_LEARNERS
for entry in load_catalog().lessons:
    lesson = open_lesson(entry.slug, work / entry.level / entry.slug)
    rubric = load_rubric(entry.slug)
    kinds = list(rubric.artifacts)
    for kind in kinds:
        assert lesson.form(kind) is not None
        lesson.check(kind)
    report = lesson._report()
    talk = lesson.talk().as_text() if rubric.conversations else ""
    hunted = [lesson.hunt_before().text, lesson.did_it_help().text]
    try:
        hunt = FlawHunt(lesson)
        hunted += [hunt.draft().text, hunt.form().text, hunt.check().text]
    except Exception as error:
        hunted.append(str(error))
    desk = open_desk(lesson) if entry.slug.startswith("interview_") else None
    notes = desk.notes().text if desk and "star" in kinds else ""
    pairs = desk.pairs().as_text() if desk else ""
    told[entry.slug] = {
        "points": report.points, "maximum": report.maximum, "talk": len(talk) > 40, "hunted": hunted,
        "exemplar": lesson.exemplar(kinds[0]).text,
        "notes": notes, "pairs": pairs, "cards": type(lesson.review()).__name__, "next": lesson.next().text,
    }
print(json.dumps(told))
"""


def test_every_lesson_opens_and_is_checked_as_ever(python: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / ".curriculum").mkdir(parents=True)
    for entry in load_catalog().lessons:
        case, answers = load_case(entry.slug, 3), work / entry.level / entry.slug / "answers"
        write_stated(answers, case)
        write_files(load_exemplar(case, variants(entry.slug)[0]), answers)
        if plan := load_plan(entry.slug).flaws:
            ticked = list(flawed_draft(case, plan).options)[:2]
            (answers / "flaws.yaml").write_text(f"found: [{', '.join(ticked)}]\n")
    (tmp_path / "opened.py").write_text(OPENED)
    done = run(python, "opened.py", work, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert list(told) == LESSONS
    for slug, said in told.items():
        assert said["points"] == said["maximum"], slug
        assert "in a course it comes with the feedback" in said["exemplar"]
        assert all("Drafts with flaws are not in the edition" in text for text in said["hunted"][:2])
        if load_plan(slug).flaws:
            assert "not in the edition for learners" in said["hunted"][2]
        assert said["talk"] == bool(load_rubric(slug).conversations)
        assert said["next"]
        assert bool(said["pairs"]) == slug.startswith("interview_")
    assert "Notes cost no points" in told["interview_basics"]["notes"]
