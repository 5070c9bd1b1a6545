"""A report as a course keeps it: the same when it is read again, also where an older version of it wrote it."""

from __future__ import annotations

from pathlib import Path

from curriculum.authoring.exemplars import write_exemplar
from curriculum.cases import load_case
from curriculum.cohort.report.verdicts import verdict_table
from curriculum.cohort.result import pack, unpack
from curriculum.cohort.stored import pack_report, restore_report, words_of
from graders import load_rubric
from graders.grade import grade_folder
from graders.report import Report

RUBRIC = load_rubric("welcome")


def without_a_date_or_a_talk(folder: Path) -> Report:
    """Something is unmet, something waits for it, and something waits for the talk."""
    answers = write_exemplar("welcome", 3, None, folder, "no_date")
    (answers / "first_talk.yaml").unlink()
    return grade_folder(RUBRIC, load_case("welcome", 3), answers)


def test_a_report_is_restored_with_its_objections_and_what_waits(tmp_path: Path) -> None:
    report = without_a_date_or_a_talk(tmp_path)
    restored = restore_report(pack_report(report), words_of(RUBRIC))
    assert restored == report
    assert {finding.waits_for for finding in restored.of("ask").open()} == {"ask_is_complete", ""}


def test_a_report_of_the_first_version_can_still_be_read(tmp_path: Path) -> None:
    packed = unpack(pack_report(without_a_date_or_a_talk(tmp_path)))
    *_, artifacts = packed
    artifacts[0][5:] = [[
        ["date_is_in_time", False, "graded", "You ask by Monday.", "a day before", "actionable", [{"day": "Monday"}]],
        ["ask_is_one_sentence", True, "graded", "It is one.", "", "informative", []],
    ]]  # fmt: skip
    late, one = restore_report(pack(packed), words_of(RUBRIC)).of("ask").findings
    assert (late.finding, late.expected, late.evidence) == ("You ask by Monday.", "a day before", ({"day": "Monday"},))
    assert (one.passed, one.objections, one.expected) == (True, (), "")


def test_a_question_that_was_not_asked_counts_in_no_statistics(tmp_path: Path) -> None:
    report = without_a_date_or_a_talk(tmp_path)
    table = verdict_table([("ada", report.verdicts)], list(RUBRIC.criteria))
    judged = {id for id, asked in zip(table.criteria, table.judged[0], strict=True) if asked}
    assert judged == RUBRIC.criteria.keys() - {finding.criterion for finding in report.of("ask").open()}
