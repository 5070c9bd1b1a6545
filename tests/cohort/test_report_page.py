"""`curriculum cohort report`: the page and the CSV files of a real course, and that both are safe to open."""

from __future__ import annotations

import csv
import datetime as dt
import re
import time
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cohort.course import Course, load_course
from curriculum.cohort.grading import grade_course
from curriculum.cohort.report.analysis import analyse
from curriculum.cohort.report.page import page
from curriculum.cohort.report.sheets import sheets, write_sheets
from curriculum.cohort.roster import Learner
from curriculum.cohort.simulate import synthetic_course, write_submission
from curriculum.cohort.staging import enrol
from curriculum.commands.cohort import cohort
from tests.cohort.invented_class import fill

NOW = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Reader(HTMLParser):
    """Reads a page as a browser does: that tags close in order, ids, links, headings, and where it would load from."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.loads: list[str] = []
        self.pictures = self.described = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.loads += [str(value) for name, value in attrs if name in ("src", "srcset", "data", "action")]
        self.loads += [tag] if tag in ("script", "iframe", "object", "embed", "link") else []
        self.loads += [name for name in values if name.startswith("on")]
        if tag == "a":
            self.links.append(str(values.get("href")))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.pictures += values.get("role") == "img"
        self.described += tag == "desc"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def rows(course: Course) -> dict[str, list[dict[str, str]]]:
    return {name: [dict(row) for row in table] for name, table in sheets(analyse(course, course.lessons, NOW)).items()}


def test_the_figures_are_those_of_the_submissions(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    write_submission(course, "bela", "welcome", "later_standup/two_asks")
    known = write_submission(course, "chidi", "welcome", "untouched")
    grade_course(course, workers=1)
    tables = rows(course)
    [standing] = tables["progress"]
    assert (standing["on_time"], standing["missing"], standing["learners"], standing["scores"]) == ("3", "1", "4", "3")
    criteria = {row["criterion"]: (row["meet_it"], row["learners"]) for row in tables["criteria"]}
    assert criteria["ask_is_one_sentence"] == ("1", "2")
    assert criteria["date_is_in_time"] == ("2", "2")
    [mistake] = tables["mistakes"]
    assert (mistake["mistake"], mistake["learners"], mistake["nothing_else_missed"]) == ("two_asks", "1", "1")
    [stuck] = tables["stuck"]
    assert (stuck["student_id"], stuck["sign"]) == (known.student, "blank")


def test_the_page_is_whole_accessible_and_loads_nothing(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    reader = read(page(analyse(course, course.lessons, NOW), dt.UTC))
    assert reader.loads == []
    assert [id for id, number in Counter(reader.ids).items() if number > 1] == []
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    assert reader.headings[0] == 1 and reader.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(reader.headings, reader.headings[1:], strict=False))
    assert reader.pictures and reader.described == reader.pictures


def test_what_people_wrote_is_shown_and_never_run(course: Course) -> None:
    """Hostile names, sections and answers: text in the page, text in a spreadsheet."""
    evil = "<script>alert(1)</script>"
    enrol(course, (Learner("ada", evil, "\"'><img src=x onerror=alert(1)>", "", "", "", "=cmd()"),
                   Learner("bela", "Béla\u202e", "=1+1", "", "", "", "+2")))  # fmt: skip
    course = load_course(course.root)
    for student in ("ada", "bela"):
        write_submission(course, student, "welcome", "later_standup")
    (course.submitted("ada", "welcome") / "answers" / "ask.yaml").write_text(f"decider: '{evil}'\n'=cmd()': 1\n")
    grade_course(course, workers=1)
    report = analyse(course, course.lessons, NOW)
    html = page(report, dt.UTC)
    assert read(html).loads == []
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html, "a name that turns the text beside it round"
    for path in write_sheets(report, course.root / "csv"):
        with path.open(newline="", encoding="utf-8") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=@\t\r" and cell]
        assert not [cell for cell in cells if cell[:1] in ("+", "-") and not re.fullmatch(r"[+-]\d.*", cell)]


def test_the_command_writes_both_and_keeps_them_private(course: Course) -> None:
    write_submission(course, "ada", "welcome", "later_standup")
    grade_course(course, workers=1)
    done = CliRunner().invoke(cohort, ["report", str(course.root), "--csv", str(course.root / "csv")])
    assert done.exit_code == 0, done.output
    written = course.root / "report.html"
    assert written.stat().st_mode & 0o077 == 0
    assert (course.root / "csv" / "criteria.csv").read_text(encoding="utf-8").startswith('"lesson","artifact"')


def test_a_folder_without_a_course_is_one_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(cohort, ["report", str(tmp_path)])
    assert done.exit_code == 2
    assert "There is no course in" in done.output


def test_handing_in_again_without_more_points_is_seen(course: Course) -> None:
    """Three different submissions that earn ada less and less; bela's are the same one three times."""
    for near_miss in ("planned_with_the_average", "never_told", "no_date"):
        write_submission(course, "ada", "welcome", f"later_standup/{near_miss}")
        write_submission(course, "bela", "welcome", "later_standup/no_date")
        grade_course(course, workers=1)
    assert [(row["student_id"], row["sign"]) for row in rows(course)["stuck"]] == [("ada", "unmoved")]


@pytest.mark.slow
def test_a_thousand_learners(tmp_path: Path) -> None:
    course = Course(root=tmp_path / "big", id="big", title="A big course", lessons=("welcome",))
    synthetic_course(course, 1000, 1, share=0.0)
    course = load_course(course.root)
    number = fill(course, "welcome")
    began = time.process_time()
    report = analyse(course, course.lessons, NOW)
    html = page(report, dt.UTC)
    assert time.process_time() - began < 6
    assert len(html.encode()) < 300_000
    assert report.lessons[0].progress.handed_in == number
    separating = [item for item in report.lessons[0].items if (item.discrimination or 0) > 0.2]
    assert len(separating) == len(report.lessons[0].items)  # the invented class has able and less able learners
    read(html)
