"""`curriculum cohort` as an instructor types it, from a roster to the LMS."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.cohort.course import load_course
from curriculum.cohort.simulate import write_submission


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["cohort", *map(str, words)])
    assert result.exit_code == code, f"{result.output}\n{result.exception!r}"
    return result.output


def test_a_term_from_the_command_line(tmp_path: Path) -> None:
    roster, folder = tmp_path / "roster.csv", tmp_path / "pm-2026"
    roster.write_text("id,first_name,last_name\nada,Ada,Lovelace\nbela,Béla,Bartók\n")
    said = run("create", folder, "--roster", roster, "--lessons", "welcome", "--title", "Product 2026",
               "--due", "welcome=2026-09-14T18:00", "--timezone", "Europe/Berlin", "--late", "daily",
               "--exchange", tmp_path / "exchange")  # fmt: skip
    assert "2 learners, 1 lessons" in said
    assert "welcome: due Monday, 14 September 2026, 18:00 (Europe/Berlin)" in said
    assert "released to release/welcome and the exchange" in run("release", folder)
    assert "released already" in run("release", folder)
    assert "0 new" in run("collect", folder)
    write_submission(load_course(folder), "ada", "welcome", "later_standup/too_late")
    said = run("grade", folder, "--dry-run", "--workers", "1")
    assert "ada, welcome: ungraded → 5, it was not graded before" in said
    assert "Then: 1 graded, 1 missing" in said
    said = run("grade", folder, "--workers", "1", "--changes", tmp_path / "changes.csv")
    assert "1 judged, 0 unchanged" in said
    assert "1 graded, 1 missing" in said
    write_submission(load_course(folder), "ada", "welcome", "later_standup")
    document = json.loads(run("grade", folder, "--json", "--changes", tmp_path / "changes.csv"))
    assert document["changes"] == [
        {"student": "ada", "lesson": "welcome", "before": "5", "after": "6", "because": "there is a new submission",
         "criteria": ["date_is_in_time: met"]}
    ]  # fmt: skip
    assert '"ada","welcome","5","6"' in (tmp_path / "changes.csv").read_text()
    assert "1 pages" in run("feedback", folder)
    run("extend", folder, "welcome", "--student", "bela", "--days", 3, "--because", "ill")
    said = run("status", folder)
    assert "bela: 3 days more, until Thursday, 17 September 2026, 18:00 (Europe/Berlin) (ill)" in said
    assert "Each day begun after that costs 10 % of the points, at most 50 %." in said
    assert "1 graded, 1 missing" in said
    assert "To do: something" not in said
    write_submission(load_course(folder), "ada", "welcome", "later_standup/too_late")
    assert "To do: something is handed in and not graded" in run("status", folder)
    write_submission(load_course(folder), "ada", "welcome", "later_standup")
    assert "in place of: bela: 3 days more" in run("extend", folder, "welcome", "--student", "bela", "--days", 9)
    said = run("extend", folder, "welcome", "--days", 10)
    assert "everybody: 10 days more" in said
    assert "Less was granted by name to bela" in said
    assert "Taken back: 1." in run("extend", folder, "welcome", "--withdraw")
    early = run("extend", folder, "welcome", "--student", "bela", "--until", "2026-09-13", code=2)
    assert "is due only on Monday, 14 September 2026, 18:00" in early
    assert "Taken back: 1." in run("extend", folder, "welcome", "--student", "bela", "--withdraw")
    run("export", folder, "--format", "canvas", "--to", tmp_path / "canvas.csv")
    assert '"Lovelace, Ada"' in (tmp_path / "canvas.csv").read_text()
    roster.write_text("id\nada\nchidi\n")
    assert "leaves out 1 who take part (bela)" in run("create", folder, "--roster", roster, code=2)
    assert "1 (bela) gone" in run("enrol", folder, "--roster", roster, code=1), "it asks, and nobody says yes"
    assert "2 learners before, 3 now: 1 (chidi) new; 1 (ada) changed." in run(
        "enrol", folder, "--roster", roster, "--add"
    )
    roster.write_text("id\nada\nchidi\n")
    assert "curriculum cohort forget" in run("enrol", folder, "--roster", roster, "--yes")
    assert "Deleted" in run("forget", folder, "ada", "--yes")
    # Settings are kept when a course is brought up to date.
    run("create", folder, "--due", "welcome=none")
    assert load_course(folder).late.method == "daily"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("create", "{new}", "--lessons", "welcome"), "A course needs a roster"),
        (("create", "{new}", "--roster", "{tmp}/none.csv", "--lessons", "welcome"), "cannot be read"),
        (("grade", "{new}"), "There is no course in"),
        (("grade", "{course}", "nonsense"), "is not in this course"),
        (("grade", "{course}", "--student", "mallory"), "not on the roster"),
        (("collect", "{course}"), "has no exchange"),
        (("create", "{course}", "--due", "welcome=soon"), "cannot be read"),
        (("create", "{course}", "--due", "soon"), "write it like"),
        (("simulate", "3", "{course}"), "There is a course in"),
        (("create", "{course}", "--id", "other"), "would deal everybody other worlds"),
    ],
)
def test_a_call_that_is_off_is_one_sentence(template: Path, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    places = {"new": tmp_path / "new", "tmp": tmp_path, "course": template}
    output = run(*(word.format(**places) for word in words), code=2)
    assert says in output
    assert "Traceback" not in output


def test_a_simulated_course_scores_as_it_must(tmp_path: Path) -> None:
    folder = tmp_path / "sim"
    run("simulate", 40, folder, "--lessons", "welcome", "--share", "0.8")
    known = [json.loads(line) for line in (folder / ".cohort" / "known.jsonl").read_text().splitlines()]
    assert 20 < len(known) < 40
    document = json.loads(run("grade", folder, "--json"))
    assert document["statuses"] == {"graded": len(known), "missing": 40 - len(known)}
    table = run("export", folder)
    for one in known:
        assert f'"{one["student"]}"' in table


def test_asking_for_help_imports_no_database(tmp_path: Path) -> None:
    code = (
        "import sys; from curriculum.cli import main\n"
        "try: main(['cohort', 'grade', '--help'])\nexcept SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'numpy', 'nbgrader', 'pandas'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "--scheduler" in done.stdout
    assert time.monotonic() - begin < 20
