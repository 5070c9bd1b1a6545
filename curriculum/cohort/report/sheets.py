"""The report as CSV files, one a table, with everything that the page leaves out for its length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from curriculum.artifacts.document import safe_csv
from curriculum.cohort.report.analysis import CourseReport
from curriculum.cohort.report.gains import MOMENTS
from curriculum.cohort.report.items import Share
from curriculum.support.files import write_whole

Row = Mapping[str, str]

QUARTERS = ("fewest_points", "second_quarter", "third_quarter", "most_points")


def write_sheets(report: CourseReport, folder: Path) -> list[Path]:
    """Write every table that has rows into a folder; returns their paths. Raises FileRefused."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in sheets(report).items():
        write_whole(folder / f"{name}.csv", safe_csv(rows), private=True)
        paths.append(folder / f"{name}.csv")
    return paths


def sheets(report: CourseReport) -> dict[str, list[Row]]:
    """Every table that has rows, by its name; all values are text, and a blank is "not known"."""
    tables = {
        "progress": _progress(report),
        "criteria": _criteria(report),
        "mistakes": _mistakes(report),
        "gains": _gains(report),
        "marking": _marking(report),
        "readers_differ": _readers_differ(report),
        "choices": _choices(report),
        "endings": _endings(report),
        "facts_heard": _facts(report),
        "similar_words": _similar(report),
        "held": _held(report),
        "teams": _teams(report),
        "signatures": _signatures(report),
        "stuck": _stuck(report),
        "without_score": _without_score(report),
    }
    return {name: rows for name, table in tables.items() if (rows := list(table))}


def _progress(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        spread = lesson.spread
        yield {
            "lesson": lesson.lesson,
            "due_utc": lesson.due.isoformat() if lesson.due else "",
            **{
                name: str(value)
                for name, value in vars(lesson.progress).items()
            },
            "learners": str(lesson.progress.learners),
            "scores": str(spread.scores),
            "maximum": _number(lesson.maximum),
            "median_share": _number(spread.median),
            "quarter_share": _number(spread.quarters[0] if spread.quarters else None),
            "three_quarters_share": _number(spread.quarters[1] if spread.quarters else None),
            **{f"from_{tenth * 10}_percent": str(number) for tenth, number in enumerate(spread.bins)},
        }  # fmt: skip


def _marking(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for load in lesson.loads:
            yield {
                "lesson": lesson.lesson,
                "marker": load.marker,
                "reading": load.role,
                "theirs": str(load.theirs),
                "read": str(load.read),
            }


def _readers_differ(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for one, other in lesson.differences:
            yield {
                "lesson": lesson.lesson,
                "student_id": one.student,
                "criterion": one.criterion,
                "first": one.by,
                "first_gives": _number(one.after),
                "second": other.by,
                "second_gives": _number(other.after),
                "of": _number(one.most),
            }


def _gains(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for found in lesson.gains:
            low, high = found.interval or (None, None)
            yield {
                "lesson": lesson.lesson,
                "until": MOMENTS[found.moment],
                "learners": str(found.learners),
                "share_found_before": _number(found.before),
                "share_found_then": _number(found.then),
                "gain_of_share": _number(found.gain),
                "gain_at_least": _number(low),
                "gain_at_most": _number(high),
                "told_from_chance": "yes" if found.told_from_chance else "no",
            }


def _criteria(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for item in lesson.items:
            criterion, low_high = item.criterion, item.everybody.interval
            groups: dict[str, Share] = {}
            groups.update(zip(QUARTERS, item.quarters or [Share(0, 0)] * 4, strict=True))
            groups.update(
                (f"section {name}", share) for name, share in zip(report.sections, item.sections, strict=True)
            )
            yield {
                "lesson": lesson.lesson,
                "artifact": criterion.artifact,
                "criterion": criterion.id,
                "sentence": criterion.sentence,
                "essential": "yes" if criterion.gate else "no",
                "points": str(criterion.points),
                "skill": criterion.skill,
                "learners": str(item.everybody.of),
                "meet_it": str(item.everybody.met),
                "share": _number(item.everybody.value),
                "share_at_least": _number(low_high[0]) if item.everybody.of else "",
                "share_at_most": _number(low_high[1]) if item.everybody.of else "",
                "discrimination": _number(item.discrimination),
                "note": item.note,
                **{name: _number(share.value) for name, share in groups.items()},
            }


def _mistakes(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for one in lesson.temptations:
            yield {
                "lesson": lesson.lesson,
                "mistake": " or ".join(near_miss.id for near_miss in one.near_misses),
                "flaw": " or: ".join(near_miss.flaw for near_miss in one.near_misses),
                "tempting": " ".join(near_miss.tempting for near_miss in one.near_misses),
                "learners": str(one.learners),
                "nothing_else_missed": str(one.alone),
                "of": str(one.of),
            }


def _choices(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for chosen in lesson.talk.choices if lesson.talk else ():
            yield {
                "lesson": lesson.lesson,
                "moment": chosen.moment,
                "choice": chosen.choice.id,
                "style": chosen.choice.style,
                "learners": str(chosen.learners),
                "of": str(chosen.of),
                "average_share_of_points": _number(chosen.points_share),
            }


def _endings(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        if lesson.talk:
            for title, number in (*lesson.talk.endings, ("(not finished)", lesson.talk.unfinished)):
                yield {"lesson": lesson.lesson, "ending": title, "learners": str(number)}


def _facts(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for fact, number in lesson.talk.facts if lesson.talk else ():
            yield {"lesson": lesson.lesson, "fact": fact, "heard_by": str(number)}


def _similar(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for one in lesson.resemblances:
            yield {
                "lesson": lesson.lesson,
                "artifact": one.artifact,
                "learners": " ".join(one.students),
                "same_words": "yes" if one.same else "no",
                "similarity": _number(one.similarity),
                "passage": one.passage,
                "other_passage": one.other_passage,
            }


def _held(report: CourseReport) -> Iterator[Row]:
    for lesson in report.lessons:
        for student, one in lesson.held:
            yield {
                "student_id": student,
                "lesson": lesson.lesson,
                "artifact": one.artifact,
                "close_to": one.where,
                "passage": one.mine,
                "other_passage": one.theirs,
                "sentence": one.sentence,
            }


def _teams(report: CourseReport) -> Iterator[Row]:
    for one in report.together.tables:
        yield {
            "lesson": one.lesson,
            "learners": " ".join(one.members),
            "facts_needed": str(one.needed),
            "came_to_the_table": str(one.brought),
            "never_said": str(one.unsaid),
        }


def _signatures(report: CourseReport) -> Iterator[Row]:
    for one in report.together.words:
        yield {
            "student_id": one.student,
            "lessons": str(one.lessons),
            "did_not_hold": str(one.failing),
            "objected_to": str(one.found),
            "objected_from": _number(one.found_between[0]),
            "objected_to_at_most": _number(one.found_between[1]),
            "signed": str(one.signed),
            "of_these_hold": str(one.right),
            "hold_from": _number(one.right_between[0]),
            "hold_to_at_most": _number(one.right_between[1]),
        }


def _stuck(report: CourseReport) -> Iterator[Row]:
    for one in report.stuck:
        for reason in one.reasons:
            yield {
                "student_id": one.learner.id,
                "section": one.learner.section,
                "lesson": reason.lesson,
                "sign": reason.kind,
                "sentence": reason.sentence,
            }


def _without_score(report: CourseReport) -> Iterator[Row]:
    for grade in report.problems:
        yield {
            "student_id": grade.learner.id,
            "lesson": grade.lesson,
            "status": grade.status.value,
            "late": "yes" if grade.late else "no",
            "sentence": grade.sentence,
        }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
