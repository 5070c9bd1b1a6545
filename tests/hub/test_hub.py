"""A lesson on a real JupyterHub: three learners fetch, work and hand in; nobody can read another's work."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from curriculum.cases import load_case
from curriculum.cohort.course import load_course
from curriculum.course.fixtures import load_exemplar
from tests.hub.running import Hub, Seat, release_welcome, running_hub, visible

pytestmark = [pytest.mark.hub, pytest.mark.slow, pytest.mark.xdist_group("hub")]

WORK = """
import json, os
from curriculum import open_lesson
from curriculum.course.fixtures import write_files
from pathlib import Path
lesson = open_lesson("welcome")
write_files(json.loads({answers!r}), Path("answers"))
print(json.dumps([lesson._case.seed, lesson.points("ask"), os.getuid()]))
"""
"""What a learner does in the notebook, without the clicks."""

WORLD = "from curriculum import open_lesson; print(open_lesson('welcome')._case.seed)"

LOOK = """
import json, os, subprocess
from pathlib import Path
import curriculum
from curriculum.course.places import FOR_LEARNERS
def said(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr
try:
    whole = os.listdir({project!r} + "/curriculum")
except OSError as error:
    whole = type(error).__name__
print(json.dumps([FOR_LEARNERS, Path(curriculum.__file__).is_relative_to({learners!r}), whole,
                  said("curriculum", "author", "exemplar", "welcome"), said("curriculum", "--version")]))
"""
"""What a learner finds who looks for answers, in a notebook and at a terminal."""

PEEK = """
import json, os
from pathlib import Path
def tried(what, path):
    try:
        return what(Path(path)) and "read"
    except OSError as error:
        return type(error).__name__
listed = lambda path: sorted(os.listdir(path)) or ["empty"]
print(json.dumps({{
    "other home": tried(listed, {home!r}),
    "other answers": tried(Path.read_text, {home!r} + "/welcome/answers/ask.yaml"),
    "course": tried(listed, {course!r}),
    "gradebook": tried(Path.read_bytes, {course!r} + "/gradebook.db"),
    "all submissions": tried(listed, {inbound!r}),
    "all feedback": tried(listed, {feedback!r}),
    "hub state": tried(listed, {state!r}),
    "hub secret": tried(Path.read_text, {state!r} + "/cookie_secret"),
}}))
"""


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    """A hub with a course in which `welcome` is released."""
    with running_hub() as started:
        release_welcome(started)
        yield started


@pytest.fixture(scope="module")
def seats(hub: Hub) -> dict[str, Seat]:
    """The three learners, logged in, at once as on a first morning."""
    with ThreadPoolExecutor(3) as together:
        return dict(
            zip(("ada", "bela", "chidi"), together.map(lambda user: Seat(hub, user), hub.learners), strict=True)
        )


@pytest.fixture(scope="module")
def worked(hub: Hub, seats: dict[str, Seat]) -> dict[str, list[float]]:
    """Each learner fetches the lesson, works and hands in: the variant, the points and the user of each."""
    done = {}
    for name, seat in seats.items():
        [offered] = seat.assignments()
        assert (offered["assignment_id"], offered["status"]) == ("welcome", "released")
        seat.assignments("fetch")
        case = load_case("welcome", seat.compute(WORLD, "welcome"))
        answers = load_exemplar(case, "later_standup")
        if name == "bela":  # who asks for two things at once
            answers["ask"]["ask"] += " And could somebody also look at the refresh?"
        done[name] = seat.compute(WORK.format(answers=json.dumps(answers)), "welcome")
        handed_in = [row for row in seat.assignments("submit") if row["status"] == "submitted"]
        assert len(handed_in) == 1
    return done


@pytest.fixture(scope="module")
def graded(hub: Hub, worked: dict[str, list[float]]) -> dict[str, dict[str, str]]:
    """The instructor collects, grades and gives feedback at a terminal: the exported row of each learner."""
    folder = str(hub.course)
    said = hub.run(hub.teacher, "cohort", "collect", folder)
    assert "3 new" in said
    hub.run(hub.teacher, "cohort", "grade", folder)
    hub.run(hub.teacher, "cohort", "feedback", folder)
    exported = csv.DictReader(io.StringIO(hub.run(hub.teacher, "cohort", "export", folder)))
    return {row["student_id"]: row for row in exported}


def test_each_works_as_themselves_in_a_world_of_their_own(hub: Hub, worked: dict[str, list[float]]) -> None:
    assert len({uid for _, _, uid in worked.values()} | {0}) == 4
    for user, (variant, _, _) in zip(hub.learners, worked.values(), strict=True):
        assert variant == load_course(hub.course).variant(user.name, "welcome")


def test_grades_are_those_that_learners_saw(
    hub: Hub, worked: dict[str, list[float]], graded: dict[str, dict[str, str]]
) -> None:
    for user, (_, points, _) in zip(hub.learners, worked.values(), strict=True):
        row = graded[user.name]
        assert (row["status"], float(row["score"]), row["late"]) == ("graded", points, "no")
    scores = [float(graded[user.name]["score"]) for user in hub.learners]
    assert scores[0] == scores[2] > scores[1]


def test_feedback_comes_back(hub: Hub, seats: dict[str, Seat], graded: dict[str, dict[str, str]]) -> None:
    pages = {}
    for name, seat in seats.items():
        listed = [row for row in seat.assignments("fetch_feedback") if row["status"] == "submitted"]
        folder = listed[0]["submissions"][-1]["local_feedback_path"]
        found = seat.ask("GET", f"/api/contents/{folder}/welcome.html", params={"format": "text", "type": "file"})
        assert found.ok, found.text
        pages[name] = visible(found.json()["content"])
    for user, page in zip(hub.learners, pages.values(), strict=True):
        assert user.name in page
        assert not [other.name for other in hub.learners if other != user and other.name in page]


def test_nobody_reads_what_is_not_theirs(hub: Hub, seats: dict[str, Seat], graded: dict[str, dict[str, str]]) -> None:
    """Ada, after everything was handed in and graded, at her own kernel."""
    bela = hub.learners[1]
    places = {
        "home": str(bela.home), "course": str(hub.course), "state": str(hub.log.parent / "state"),
        "inbound": str(hub.exchange / hub.course_id / "inbound"),
        "feedback": str(hub.exchange / hub.course_id / "feedback"),
    }  # fmt: skip
    tried = seats["ada"].compute(PEEK.format(**places))
    assert {what: came for what, came in tried.items() if came != "PermissionError"} == {}
    assert len(tried) == 8


def test_learners_have_the_edition_without_good_answers(hub: Hub, seats: dict[str, Seat], worked: object) -> None:
    edition, there, whole, author, version = seats["ada"].compute(
        LOOK.format(project=str(hub.project), learners=str(hub.learners_python.parents[1]))
    )
    assert (edition, there, whole) == (True, True, "PermissionError")
    assert "is not in the edition for learners" in author
    assert "the edition for learners" in version


def test_nobody_enters_anothers_server(hub: Hub, seats: dict[str, Seat]) -> None:
    other = seats["bela"].server
    refused = seats["ada"].ask("GET", f"{other}/api/contents")
    assert refused.status_code == 403
    assert seats["bela"].ask("GET", f"{other}/api/contents").ok


def test_handing_in_under_anothers_name_is_refused(hub: Hub, seats: dict[str, Seat], graded: object) -> None:
    """Chidi writes a folder with Ada's name into the exchange."""
    inbound = hub.exchange / hub.course_id / "inbound" / f"{hub.learners[0].name}+welcome+2099-01-01 10:00:00 UTC+x"
    made = seats["chidi"].compute(
        f"import json, os; os.makedirs({str(inbound / 'answers')!r}); print(json.dumps(True))"
    )
    assert made is True
    said = hub.run(hub.teacher, "cohort", "collect", str(hub.course))
    assert "0 new, 0 newer than before, 3 as before" in said
    assert f"belongs to {hub.learners[2].name}" in said


def test_learners_have_no_formgrader_and_instructors_have(hub: Hub, seats: dict[str, Seat], graded: object) -> None:
    assert seats["ada"].ask("GET", "/formgrader").status_code == 404
    teacher = Seat(hub, hub.teacher)
    listed = teacher.ask("GET", "/formgrader/api/assignments")
    assert listed.ok, listed.text
    assert [(row["name"], row["num_submissions"]) for row in json.loads(listed.text)] == [("welcome", 3)]


def test_strangers_do_not_get_in(hub: Hub) -> None:
    with pytest.raises(AssertionError, match="could not log in"):
        Seat(hub, replace(hub.learners[0], password="a guess"))
