"""`curriculum cohort markers`, `mark`, `marking-sheet` and `marks`: who reads whose words, and every mark they give."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from curriculum.commands.cohort_parts import folder_argument, lessons_argument, section_option, sentences

if TYPE_CHECKING:
    from curriculum.cohort.course import Course

as_option = click.option("--as", "marker", required=True, metavar="NAME", help="Whose word it is.")
comment_option = click.option("--comment", default="", help="What the learner reads beside it.")


@click.command()
@folder_argument
@lessons_argument
@click.option(
    "--marker", "named", multiple=True, metavar="NAME[=SECTIONS]",
    help="Share out to this marker, by lot; or Kim=Monday,Friday by section. Can be given again.",
)  # fmt: skip
@click.option("--second", type=click.IntRange(0), default=0, metavar="N", help="N a lesson are read by two markers.")
@click.option("--anew", is_flag=True, help="Share out again what its marker has not read yet.")
@click.option("--of", "whose", default="", metavar="NAME", help="List what this marker has still to read.")
def markers(
    folder: Path, lessons: tuple[str, ...], named: tuple[str, ...], second: int, anew: bool, whose: str
) -> None:
    """Share out what people read. Without `--marker` it says how far every marker is.

    What was shared out before
    stays, so run it again when more is handed in.
    """
    if not named and (second or anew):
        raise click.UsageError("Name the markers to share out to, for instance --marker Kim --marker Lee.")
    with sentences():
        from curriculum.cohort import markers as shared
        from curriculum.cohort.course import load_course
        from curriculum.cohort.marking import read_lessons
        from curriculum.cohort.records import opened

        course = load_course(folder)
        lessons = course.chosen(lessons)
        with opened(course) as records, records.engine.begin() as db:
            for read in read_lessons(db, records, course, lessons) if named else ():
                for sentence in shared.share_out(db, read, _by_marker(named), second=second, anew=anew):
                    click.echo(sentence)
            for read in read_lessons(db, records, course, lessons):
                if whose:
                    for task in shared.still_to_read(read, whose):
                        notebook = read.kept[task.student].notebook if task.student in read.kept else ""
                        # formgrader would show a second reader what the first one gave
                        where = "by marking-sheet" if task.second else f"formgrader/submissions/{notebook}"
                        click.echo(f"{task.lesson}, {task.code}: {where}")
                    continue
                for sentence in shared.in_words(read):
                    click.echo(f"{read.rows.lesson}: {sentence}")


@click.command()
@folder_argument
@click.argument("lesson")
@click.argument("learner")
@as_option
@click.option("--points", type=float, help="For the words, or for the document that --on names.")
@click.option("--on", default="", metavar="TITLE", help="A document whose check you overrule, or a question to rate.")
@comment_option
@click.option("--why", default="", help="Why another mark is changed; for those who mark.")
@click.option("--decide", is_flag=True, help="Settle what two markers differ about, or change what is somebody else's.")
def mark(
    folder: Path, lesson: str, learner: str, marker: str, points: float | None, on: str, comment: str, why: str,
    decide: bool,
) -> None:  # fmt: skip
    """Give a mark. LEARNER is an id, or the code of a submission.

    A question of the rubric is rated with --on "The ask" --points 4.
    """
    if points is None:
        raise click.UsageError("Say the mark: --points N.")
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.marking import Wanted, give
        from curriculum.cohort.marks import WORDS

        course = load_course(folder)
        course.checked((lesson,))
        one = Wanted(lesson, learner, on or WORDS, points, marker, comment, why, decides=decide)
        new = give(course, [one])
    click.echo(f"{learner}, {on or WORDS}: {points:g}." if new else "It says the same as before, so nothing changed.")


@click.command()
@folder_argument
@click.argument("lesson")
@click.argument("learner")
@as_option
@click.option("--fine/--not-fine", "fine", default=None, help="Whether it stands as it is.")
@click.option("--on", "title", default="", metavar="TITLE", help="Which document, where several are held.")
@comment_option
@click.option("--why", default="", help="For those who mark; needed where it is not fine.")
def look(
    folder: Path, lesson: str, learner: str, marker: str, fine: bool | None, title: str, comment: str, why: str
) -> None:
    """Settle a document that was held for you.

    Say that you have looked at it: LEARNER is an id, or the code of a submission, and the document is of LESSON. It
    stands for the whole team, and until the document is another one. No points change by it; give others with
    `curriculum cohort mark`.
    """
    if fine is None:
        raise click.UsageError("Say --fine or --not-fine.")
    with sentences():
        from curriculum.cohort.course import load_course
        from curriculum.cohort.looking import look as looked

        course = load_course(folder)
        document = looked(course, lesson, learner, marker, fine=fine, title=title, why=why, comment=comment)
    click.echo(f"{learner}, {document}: {'fine' if fine else 'not fine'}. Nobody is asked to look at it again.")


@click.command()
@folder_argument
@lessons_argument
@section_option
@click.option("--marker", default="", metavar="NAME", help="Whose sheet is written.")
@click.option("--out", type=click.Path(path_type=Path), help="The sheet, a CSV file; a page to read is put beside it.")
@click.option("--all", "everything", is_flag=True, help="Also what the marker has read already.")
@click.option("--comma", is_flag=True, help="Commas between the cells, for a spreadsheet with decimal points.")
@click.option("--read", "back", type=click.Path(path_type=Path), help="Take the marks of a sheet that came back.")
def marking_sheet(
    folder: Path, lessons: tuple[str, ...], section: str, marker: str, out: Path | None, everything: bool, comma: bool,
    back: Path | None,
) -> None:  # fmt: skip
    """Write a marker's sheet, or take it back. With --marker and --out: what a marker has to read, as a table and a
    page without names. With --read: a table that is filled in."""
    if (back is None) == (out is None) or bool(marker) == (out is None):
        raise click.UsageError("Say --marker NAME --out FILE to write a sheet, or --read FILE to take one.")
    with sentences():
        from curriculum.cohort.course import load_course

        course = load_course(folder).of_section(section)
        if back is not None:
            _take(course, back)
        elif out is not None:
            _hand_out(course, course.chosen(lessons), marker, out, everything, "," if comma else ";")


@click.command()
@folder_argument
@lessons_argument
@click.option("--student", "students", multiple=True, help="Only this learner; can be given again.")
@click.option("--to", type=click.Path(path_type=Path), help="Write them to a CSV file.")
def marks(folder: Path, lessons: tuple[str, ...], students: tuple[str, ...], to: Path | None) -> None:
    """Say who gave which mark, when and why. Nothing in this log is ever changed.

    A mark that was given in formgrader is noted when the course is next read, without a name.
    """
    with sentences():
        from curriculum.artifacts.document import safe_csv
        from curriculum.cohort.course import load_course
        from curriculum.cohort.looks import LOOKED
        from curriculum.cohort.marking import read_lessons
        from curriculum.cohort.marks import log
        from curriculum.cohort.records import opened
        from curriculum.support.files import write_whole

        course = load_course(folder)
        lessons = course.chosen(lessons)
        with opened(course) as records, records.engine.begin() as db:
            read_lessons(db, records, course, lessons)  # notes what was marked in formgrader
            given = list(log(db, lessons, students))
        if to is not None:
            rows = [
                {"at": one.given_at, "lesson": one.lesson, "student_id": one.student, "criterion": one.criterion,
                 "role": one.role, "by": one.by, "before": one.shown(one.before), "after": one.shown(one.after),
                 "of": f"{one.most:g}", "why": one.why, "comment": one.comment,
                 "submission": one.submission_sha256[:12]}
                for one in given
            ]  # fmt: skip
            write_whole(to, safe_csv(rows), private=True)
            click.echo(f"{to}: {len(rows)} marks.")
            return
    for one in given:
        why = f" ({one.why})" if one.why else ""
        most = "" if one.role == LOOKED else f" of {one.most:g}"
        click.echo(
            f"{one.given_at} {one.lesson}, {one.student}, {one.criterion}: {one.shown(one.before) or '–'} → "
            f"{one.shown(one.after) or '–'}{most}, {one.role}, by {one.by}{why}"
        )


# How it is done


def _by_marker(named: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in named:
        name, _, sections = text.partition("=")
        found[name.strip()] = tuple(filter(None, (section.strip() for section in sections.split(","))))
    return found


def _hand_out(course: Course, lessons: tuple[str, ...], marker: str, out: Path, everything: bool, between: str) -> None:
    from curriculum.cohort.marking_sheet import as_csv, make_sheet
    from curriculum.cohort.reading_guide import sheet_page
    from curriculum.support.files import write_whole

    page = out.with_suffix(".html")
    if page == out:
        raise click.UsageError("The sheet is a CSV file: --out sheet.csv.")
    sheet = make_sheet(course, lessons, marker, everything=everything)
    write_whole(out, as_csv(sheet, delimiter=between), private=True)
    write_whole(page, sheet_page(sheet), private=True)
    for sentence in sheet.left_out:
        click.echo(sentence, err=True)
    click.echo(f"{out}: {len(sheet.submissions)} submissions to mark; {page}: what to read.")


def _take(course: Course, back: Path) -> None:
    from curriculum.cohort.marking import give
    from curriculum.cohort.marking_sheet import read_back

    found = read_back(back)
    new = give(course, found.wanted) if found.wanted else 0
    click.echo(f"{back.name}: {new} new marks, {len(found.wanted) - new} as before, {found.blank} rows blank.")
