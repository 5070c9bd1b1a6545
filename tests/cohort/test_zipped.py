"""Without an exchange: ZIP files go out, learners work in them, and whatever shape they come back in is taken."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.cohort import zip_reading
from curriculum.cohort.collecting import MAX_ANSWER, Collected
from curriculum.cohort.course import Course, CourseError, load_course, write_settings
from curriculum.cohort.gradebook import open_engine, save_due
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.handouts import write_handouts
from curriculum.cohort.late import LatePolicy
from curriculum.cohort.records import Attempt
from curriculum.cohort.senders import CANVAS, MOODLE, Sender, read_times, sender_of
from curriculum.cohort.status import standing
from curriculum.cohort.zipped import collect_zipped
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.learner.lesson_files import find_lesson_files, open_case
from curriculum.learner.order import note_version, order_in, parse_order

Current = Callable[[], dict[str, Attempt]]
Files = dict[str, bytes]
LESSON = "welcome"


@pytest.fixture
def handouts(course: Course, tmp_path: Path) -> Path:
    write_handouts(course, (LESSON,), tmp_path / "handouts")
    return tmp_path / "handouts"


@pytest.fixture
def back(tmp_path: Path) -> Path:
    """Where what came back is put."""
    folder = tmp_path / "back"
    folder.mkdir()
    return folder


def work(handout: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Unpack a handout and answer it as a learner would; returns the lesson's folder."""
    with zipfile.ZipFile(handout) as packed:
        packed.extractall(home)
    (folder,) = (path.parent for path in home.rglob(f"{LESSON}.ipynb"))
    monkeypatch.setenv("CURRICULUM_LEARNER", "somebody-else")
    files = find_lesson_files(LESSON, folder)
    case, _ = open_case(files, graded=False)
    write_files(load_exemplar(case, variants(LESSON)[0]), files.answers)
    return folder


def files_of(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def zip_of(files: Files, inside: str = "", year: int = 2026) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(f"{inside}{name}", (year, 5, 4, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def collected(course: Course, back: Path) -> Collected:
    return collect_zipped(course, (LESSON,), back)[LESSON]


@pytest.fixture
def ada(handouts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """The files of ada's lesson, answered."""
    return files_of(work(handouts / "ada.zip", tmp_path / "home-ada", monkeypatch))


def test_everybody_gets_their_own_world_whatever_their_user_name_is(
    course: Course, handouts: Path, back: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sorted(path.stem for path in handouts.iterdir()) == [learner.id for learner in course.roster]
    assert stat.S_IMODE(handouts.stat().st_mode) == 0o700
    for learner in course.roster:
        folder = work(handouts / f"{learner.id}.zip", tmp_path / learner.id, monkeypatch)
        case, _ = open_case(find_lesson_files(LESSON, folder), graded=False)
        assert case.seed == course.variant(learner.id, LESSON)
        (back / f"upload {learner.id[::-1]}.ZIP").write_bytes(zip_of(files_of(folder), inside="my work/"))
    assert collected(course, back).new == 4
    grade_course(course, workers=1)
    assert {grade.score for grade in grades_of(course, (LESSON,))} == {grades_of(course, (LESSON,))[0].maximum}
    assert {grade.late for grade in grades_of(course, (LESSON,))} == {False}
    assert collected(course, back).unchanged == 4


@pytest.mark.parametrize("inside", ["", "welcome/", "./welcome/", "Ada Lovelace_12_assignsubmission_file/pm-2026/x/"])
def test_the_folder_may_be_packed_in_any_way(course: Course, ada: Files, back: Path, inside: str) -> None:
    (back / "a.zip").write_bytes(zip_of({**ada}, inside=inside))
    assert collected(course, back).new == 1


def test_a_zip_by_windows_or_by_a_mac_is_read(course: Course, ada: Files, back: Path) -> None:
    names = {f"welcome\\{name}".replace("/", "\\"): data for name, data in ada.items()}
    extra = {f"__MACOSX/welcome/._{Path(name).name}": b"\0\5\26\7" for name in ada}
    extra["__MACOSX/welcome/cohort.json"] = b"{"
    (back / "a.zip").write_bytes(zip_of({**extra, **names}))
    done = collected(course, back)
    assert (done.new, done.refused) == (1, [])


def test_the_bulk_download_of_an_lms_is_read(course: Course, ada: Files, back: Path) -> None:
    inner = zip_of(ada, inside="welcome/")
    bulk = zip_of({"Ada Lovelace_77_assignsubmission_file/welcome.zip": inner, "Béla/broken.zip": b"PK no"})
    (back / "all submissions.zip").write_bytes(bulk)
    done = collected(course, back)
    assert done.new == 1
    assert len(done.refused) == 1 and "broken.zip cannot be read" in done.refused[0]


def test_the_last_saved_of_several_counts(course: Course, ada: Files, back: Path, current: Current) -> None:
    empty = {name: data for name, data in ada.items() if not name.startswith("answers/ask")}
    (back / "a second.zip").write_bytes(zip_of(ada, year=2025))
    (back / "b first.zip").write_bytes(zip_of(empty, year=2024))
    done = collected(course, back)
    assert done.new == 1 and len(done.notes) == 1 and "a second.zip came last" in done.notes[0]
    grade_course(course, workers=1)
    assert current()["ada"].points == current()["ada"].maximum
    (back / "c third.zip").write_bytes(zip_of(empty, year=2026))
    assert collected(course, back).updated == 1


# What is refused, one by one, with a sentence


def with_membership(files: Files, **changes: object) -> Files:
    whose = {**json.loads(files["cohort.json"]), **changes}
    return {**files, "cohort.json": json.dumps({key: value for key, value in whose.items() if value}).encode()}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"learner": "bela"}, "was not handed out to them"),
        ({"mark": "0" * 64}, "was not handed out to them"),
        ({"mark": "é"}, "was not handed out to them"),
        ({"lesson": "recommendation_scoping"}, "not in this course"),
        ({"learner": "../../etc"}, "not in this course"),
        ({"cohort": "other-2026"}, "belongs to the course other-2026"),
        ({"learner": None, "mark": None, "lesson": None}, "does not say whose it is"),
        ({"learner": ["ada"]}, "does not say whose it is"),
    ],
)
def test_nobody_hands_in_as_somebody_else(
    course: Course, ada: Files, back: Path, changes: dict[str, object], says: str
) -> None:
    (back / "a.zip").write_bytes(zip_of(with_membership(ada, **changes)))
    (back / "b.zip").write_bytes(zip_of(ada))
    done = collected(course, back)
    assert done.new == 1 and len(done.refused) == 1 and says in done.refused[0]
    assert [path.name for path in (course.root / "submitted").iterdir()] == ["ada"]


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff", b"[" * 9_000, b'"x"'])
def test_a_damaged_membership_is_told(course: Course, ada: Files, back: Path, text: bytes) -> None:
    (back / "a.zip").write_bytes(zip_of({**ada, "cohort.json": text}))
    done = collected(course, back)
    assert done.new == 0 and "cohort.json cannot be read" in done.refused[0]


def test_nothing_is_written_outside_and_no_link_followed(course: Course, ada: Files, back: Path) -> None:
    link = zipfile.ZipInfo("answers/ask.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("cohort.json", ada["cohort.json"])
        packed.writestr(link, "/etc/passwd")
        for name in ("../../outside.yaml", "answers/../../outside.yaml", "/answers/outside.yaml", "answers/a/b.yaml"):
            packed.writestr(name, "outside: 1")
    (back / "a.zip").write_bytes(data.getvalue())
    before = set(course.root.parent.rglob("*outside*"))
    assert collected(course, back).new == 1
    assert list((course.submitted("ada", LESSON) / "answers").iterdir()) == []
    assert set(course.root.parent.rglob("*outside*")) == before


@pytest.mark.slow
def test_a_bomb_ends_soon(course: Course, ada: Files, back: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = {**ada, "answers/ask.yaml": b" " * 3 * MAX_ANSWER}
    (back / "a large answer.zip").write_bytes(zip_of(huge))
    assert collected(course, back).new == 1
    assert (course.submitted("ada", LESSON) / "answers" / "ask.yaml").stat().st_size == MAX_ANSWER
    (back / "a large answer.zip").unlink()
    bomb = zip_of({f"{index}.zip": b"\0" * 30_000_000 for index in range(5)} | ada)
    (back / "bomb.zip").write_bytes(bomb)
    done = collected(course, back)
    assert len(bomb) < 1_000_000 and "unpacks to far more" in done.refused[-1]
    for _ in range(zip_reading.MAX_DEPTH + 2):
        ada = {"deeper.zip": zip_of(ada)}
    (back / "bomb.zip").write_bytes(zip_of(ada))
    assert "too deep" in collected(course, back).refused[0]
    monkeypatch.setattr(zip_reading, "MAX_ENTRIES", 10)
    (back / "bomb.zip").write_bytes(zip_of({str(index): b"" for index in range(11)}))
    assert "more than 10 files" in collected(course, back).refused[0]


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"x" * 999])
def test_a_damaged_file_is_told_and_the_others_go_on(
    course: Course, ada: Files, back: Path, damage: Callable[[bytes], bytes]
) -> None:
    (back / "a.zip").write_bytes(damage(zip_of(ada)))
    (back / "b.zip").write_bytes(zip_of(ada))
    done = collected(course, back)
    assert done.new == 1 and "a.zip cannot be read" in done.refused[0]


def nameless(data: bytes) -> bytes:
    """A ZIP file in which one entry of the list at its end has no name."""
    changed = bytearray(data)
    entry = changed.rindex(b"PK\x01\x02")
    changed[entry + 28 : entry + 30] = b"\0\0"
    at = changed.index(b"Q", entry + 46)
    del changed[at : at + 1]
    end = changed.rindex(b"PK\x05\x06")
    size = int.from_bytes(changed[end + 12 : end + 16], "little") - 1
    changed[end + 12 : end + 16] = size.to_bytes(4, "little")
    return bytes(changed)


def lzma(damage: Callable[[bytearray, int], None]) -> bytes:
    """A ZIP file packed with LZMA in which something is damaged."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr(zipfile.ZipInfo("welcome/cohort.json"), "{}" * 2000, zipfile.ZIP_LZMA)
    changed = bytearray(data.getvalue())
    damage(changed, changed.index(b"cohort.json") + len("cohort.json"))
    return bytes(changed)


def flip(data: bytearray, at: int) -> None:
    data[at + 12 : at + 30] = bytes(each ^ 0xFF for each in data[at + 12 : at + 30])


def huge_dictionary(data: bytearray, at: int) -> None:
    data[at + 5 : at + 9] = b"\xff" * 4


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(lambda ada: nameless(zip_of({**ada, "Q": b"x"})), id="no name"),
        pytest.param(lambda ada: lzma(flip), id="lzma"),
        pytest.param(lambda ada: lzma(huge_dictionary), id="lzma dictionary"),
        pytest.param(lambda ada: zip_of({**ada, f"answers/{'x' * 300}.yaml": b"a: 1\n"}), id="long name"),
        pytest.param(lambda ada: zip_of({**ada, f"answers/{'é' * 100}.yaml": b"a: 1\n"}), id="long in bytes"),
        pytest.param(lambda ada: zip_of({**ada, "answers/x\x07y.yaml": b"a: 1\n"}), id="control character"),
    ],
)
def test_one_odd_file_never_stops_a_class(
    course: Course, ada: Files, back: Path, odd: Callable[[Files], bytes], handouts: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    bela = files_of(work(handouts / "bela.zip", tmp_path / "home-bela", monkeypatch))
    (back / "a.zip").write_bytes(odd(ada))
    (back / "b.zip").write_bytes(zip_of(bela))
    done = collected(course, back)
    assert course.submitted("bela", LESSON).is_dir()
    assert done.refused or course.submitted("ada", LESSON).is_dir()


def test_what_is_no_plain_file_is_told_and_not_waited_for(course: Course, ada: Files, back: Path) -> None:
    os.mkfifo(back / "a pipe.zip")
    (back / "nowhere.zip").symlink_to("/nonexistent")
    (back / "endless.zip").symlink_to("/dev/zero")
    (back / "a folder.zip").mkdir()
    (back / "z.zip").write_bytes(zip_of(ada))
    done = collected(course, back)
    assert done.new == 1 and len(done.refused) == 4


def test_damage_to_one_learner_in_a_bulk_file_is_that_learners_alone(
    course: Course, handouts: Path, ada: Files, back: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bela = files_of(work(handouts / "bela.zip", tmp_path / "home-bela", monkeypatch))
    bulk = {f"a/{name}": data for name, data in ada.items()} | {f"b/{name}": data for name, data in bela.items()}
    data = bytearray(zip_of(bulk))
    place = data.index(b"a/cohort.json") + len("a/cohort.json") + 20
    data[place] ^= 0xFF
    (back / "bulk.zip").write_bytes(data)
    done = collected(course, back)
    assert done.new == 1 and len(done.refused) == 1 and "bulk.zip" in done.refused[0]
    assert [path.name for path in (course.root / "submitted").iterdir()] == ["bela"]


@pytest.mark.slow
def test_every_flipped_byte_is_survived(course: Course, ada: Files, back: Path) -> None:
    data = bytearray(zip_of({name: text for name, text in ada.items() if not name.endswith(".ipynb")}))
    for place in range(0, len(data), max(1, len(data) // 150)):
        data[place] ^= 0x5A
        (back / "a.zip").write_bytes(data)
        collected(course, back)
        data[place] ^= 0x5A


def test_older_work_does_not_replace_newer_work(course: Course, ada: Files, back: Path) -> None:
    answer = course.submitted("ada", LESSON) / "answers" / "ask.yaml"
    (back / "this week.zip").write_bytes(zip_of(ada, year=2026))
    assert collected(course, back).new == 1
    newer = answer.read_bytes()
    (back / "this week.zip").unlink()
    (back / "last year.zip").write_bytes(zip_of({**ada, "answers/ask.yaml": b"decider: noor\n"}, year=2025))
    done = collected(course, back)
    assert answer.read_bytes() == newer and done.updated == 0
    assert "last year.zip was saved on 4 May 2025" in done.notes[0] and "which stays" in done.notes[0]
    (back / "next day.zip").write_bytes(zip_of({**ada, "answers/ask.yaml": b"decider: kim\n"}, inside="later/"))
    assert collected(course, back).updated == 1


def test_work_from_the_future_is_no_work(course: Course, ada: Files, back: Path) -> None:
    (back / "forged.zip").write_bytes(zip_of(ada, year=2107))
    done = collected(course, back)
    assert done.new == 0 and "which is still to come" in done.refused[0]


def test_what_is_not_there_is_told(course: Course, tmp_path: Path, back: Path) -> None:
    with pytest.raises(CourseError, match="is not there"):
        collected(course, tmp_path / "nowhere")
    with pytest.raises(CourseError, match="no ZIP files"):
        collected(course, back)
    with pytest.raises(CourseError, match="not released"):
        write_handouts(course, ("recommendation_scoping",), back)


def test_by_the_commands(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner()
    out = run.invoke(main, ["cohort", "handout", str(course.root), "--to", str(tmp_path / "out")])
    assert out.exit_code == 0 and "4 ZIP files" in out.output
    folder = work(tmp_path / "out" / "bela.zip", tmp_path / "home", monkeypatch)
    (tmp_path / "bela.zip").write_bytes(zip_of(files_of(folder)))
    taken = run.invoke(main, ["cohort", "collect", str(course.root), "--from", str(tmp_path / "bela.zip")])
    assert taken.exit_code == 0 and "welcome: 1 new, 0 newer than before, 0 as before." in taken.output
    refused = run.invoke(main, ["cohort", "collect", str(course.root), "--from", str(tmp_path), "--before-due"])
    assert refused.exit_code == 2 and "do not tell when" in refused.output
    bare = run.invoke(main, ["cohort", "collect", str(course.root)])
    assert bare.exit_code == 2 and "--from" in bare.output


# In which order versions came about, and who sent them


def save(folder: Path, ask: str) -> Files:
    """Write an answer and note the version, as an open lesson does; returns what a ZIP file of it holds."""
    (folder / "answers" / "ask.yaml").write_text(f"ask: {ask}\n")
    note_version(folder, folder / "answers")
    return files_of(folder)


@pytest.fixture
def folder(handouts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ada's lesson on her computer."""
    return work(handouts / "ada.zip", tmp_path / "home", monkeypatch)


def taken(course: Course) -> str:
    return (course.submitted("ada", LESSON) / "answers" / "ask.yaml").read_text()


def test_what_continues_counts_whatever_time_its_file_states(course: Course, folder: Path, back: Path) -> None:
    first, second = save(folder, "one"), save(folder, "two")
    assert save(folder, "two")["order.json"] == second["order.json"], "nothing has changed"
    (back / "a.zip").write_bytes(zip_of(second, year=2020))
    (back / "b.zip").write_bytes(zip_of(first, year=2026))
    done = collected(course, back)
    assert "two" in taken(course) and "a.zip came last and counts, b.zip does not" in done.notes[0]
    (back / "a.zip").unlink()
    done = collected(course, back)
    assert "two" in taken(course) and "which stays" in done.notes[0]
    (back / "b.zip").write_bytes(zip_of(save(folder, "three"), year=2019))
    assert collected(course, back).updated == 1 and "three" in taken(course)


def test_a_copied_mark_replaces_nothing(course: Course, folder: Path, back: Path, tmp_path: Path) -> None:
    seen = save(folder, "draft")
    (back / "ada.zip").write_bytes(zip_of(save(folder, "hers")))
    assert collected(course, back).new == 1
    eve = tmp_path / "eve"
    for name, data in seen.items():
        (eve / name).parent.mkdir(parents=True, exist_ok=True)
        (eve / name).write_bytes(data)
    forged = save(eve, "sabotage")
    (back / "ada.zip").unlink()
    for files in (forged, {name: data for name, data in forged.items() if name != "order.json"}):
        (back / "homework.zip").write_bytes(zip_of(files, year=2026))
        done = collected(course, back)
        assert "hers" in taken(course) and done.updated == 0
        assert "neither continues the other" in done.refused[0] and "homework.zip" in done.refused[0]
    # Both at once, before anything was taken: none is chosen for the instructor.
    shutil.rmtree(course.submitted("ada", LESSON))
    (back / "homework.zip").write_bytes(zip_of(forged))
    (back / "ada.zip").write_bytes(zip_of(save(folder, "hers, later")))
    done = collected(course, back)
    assert done.new == 0 and len(done.refused) == 1 and not course.submitted("ada", LESSON).exists()


@pytest.mark.parametrize("text", [b"", b"[]", b'{"order": 7}', b'{"order": ["x"]}', b"[" * 9_000, b"\xff", b"{" * 10])
def test_a_damaged_order_is_none(text: bytes) -> None:
    assert parse_order(text) == ()


def test_an_order_is_noted_only_where_a_lesson_was_handed_out_as_a_file(folder: Path) -> None:
    save(folder, "one")
    assert len(order_in(folder)) == 1
    (folder / "order.json").unlink()
    (folder / "cohort.json").write_text('{"cohort": "pm-2026"}')
    save(folder, "two")
    assert not (folder / "order.json").exists(), "where there is an exchange, that knows the order"


def test_an_open_lesson_notes_its_versions(folder: Path) -> None:
    from curriculum import open_lesson

    lesson = open_lesson(LESSON, folder)
    before = order_in(folder)
    (folder / "answers" / "ask.yaml").write_text("ask: another\n")
    lesson.check("ask")
    assert len(before) == 1 and order_in(folder)[:1] == before and len(order_in(folder)) == 2


@pytest.mark.parametrize(
    ("path", "sender"),
    [
        ("lovelaceada_1017_98765_welcome.zip", Sender(CANVAS, "lovelaceada", "1017")),
        ("lovelaceada_LATE_1017_98765_welcome-1.zip", Sender(CANVAS, "lovelaceada", "1017", late=True)),
        ("bulk/Ada Lovelace_77_assignsubmission_file_/welcome.zip", Sender(MOODLE, "Ada Lovelace", "77")),
        ("Ada Lovelace_77_assignsubmission_file/welcome.zip", Sender(MOODLE, "Ada Lovelace", "77")),
        ("Participant_77_assignsubmission_file_welcome.zip", Sender(MOODLE, "Participant", "77")),
        ("welcome.zip", None),
        ("my work/answers/ask.yaml", None),
    ],
)  # fmt: skip
def test_the_sender_stands_in_the_download(path: str, sender: Sender | None) -> None:
    assert sender_of(PurePosixPath(path)) == sender


@pytest.mark.parametrize(
    "name", ["bartokbela_102_5_welcome.zip", "Chidi Okoro, Jr._8_assignsubmission_file_/welcome.zip"]
)
def test_what_somebody_else_uploaded_is_left_out(course: Course, ada: Files, back: Path, name: str) -> None:
    (back / "submissions.zip").write_bytes(zip_of({name: zip_of(ada, inside="1_101_2_x/")}))
    done = collected(course, back)
    assert done.new == 0 and "uploaded it, so it is left out" in done.refused[0]
    for own in ("lovelaceada_101_5_welcome.zip", "Ada Lovelace_8_assignsubmission_file_/welcome.zip", "x_999_5_w.zip"):
        (back / "submissions.zip").write_bytes(zip_of({own: zip_of(ada)}))
        assert collected(course, back).refused == []


def due(course: Course) -> None:
    engine = open_engine(course)
    with engine.begin() as db:
        save_due(db, LESSON, dt.datetime(2026, 9, 14, 16, tzinfo=dt.UTC))
    engine.dispose()


def test_times_that_no_file_tells_are_said(course: Course, ada: Files, back: Path) -> None:
    (back / "a.zip").write_bytes(zip_of({"lovelaceada_LATE_101_5_welcome.zip": zip_of(ada)}))
    assert collected(course, back).notes == [], "there is nothing to be late for"
    due(course)
    said = " ".join(collected(course, back).notes)
    assert (
        "When 1 of these were handed in is not known" in said and "Canvas says late, and not by how much: ada." in said
    )
    grade_course(course, workers=1)
    assert "1 handed in at a time that is not known" in "\n".join(standing(course))


MOODLE_SHEET = (
    "Identifier,Full name,Email address,Status,Grade,Last modified (submission),Last modified (grade)\r\n"
    'Participant 77,Ada Lovelace,ada@example.org,Submitted for grading,,"Monday, 14 September 2026, 6:05 PM",-\r\n'
    "Participant 78,Béla,bela@example.org,No submission,,-,-\r\n"
)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (MOODLE_SHEET, "Participant_77_assignsubmission_file_/welcome.zip"),
        (MOODLE_SHEET.replace("Identifier", "Number"), "welcome.zip"),
        ("id;submitted_at\r\nada;2026-09-14 18:05\r\n", "welcome.zip"),
        ("id;submitted_at\r\nada;14.9.2026 18:05\r\n", "welcome.zip"),
        ("ID,Student,SIS Login ID,submitted_at\r\n101,x,zz,2026-09-14T16:05Z\r\n", "a_101_5_welcome.zip"),
    ],
)
def test_a_table_of_times_decides_who_is_late(
    course: Course, ada: Files, back: Path, tmp_path: Path, table: str, name: str
) -> None:
    write_settings(replace(course, late=LatePolicy("daily", 0.5), timezone="Europe/Berlin"))
    course = load_course(course.root)
    due(course)
    (tmp_path / "times.csv").write_text(table, encoding="utf-8-sig", newline="")
    (back / "a.zip").write_bytes(zip_of({name: zip_of(ada)}))
    assert collected(course, back).new == 1
    times = read_times(tmp_path / "times.csv", course.timezone)
    done = collect_zipped(course, (LESSON,), back, times=times)[LESSON]
    assert (done.updated, done.notes) == (1, []), "the time is added to what was taken before"
    assert collect_zipped(course, (LESSON,), back, times=times)[LESSON].unchanged == 1
    assert collected(course, back).unchanged == 1, "and stays"
    grade_course(course, workers=1)
    grade = next(one for one in grades_of(course, (LESSON,)) if one.learner.id == "ada")
    assert (grade.submitted_at, grade.days_late, grade.score) == ("2026-09-14T16:05:00+00:00", 1, 3.0)


def test_a_number_that_a_learner_wrote_into_a_name_lends_nobody_s_time(
    course: Course, ada: Files, back: Path, tmp_path: Path
) -> None:
    """Sent by mail, with a folder in it that is called as Moodle calls those of somebody who was in time."""
    due(course)
    table = (
        "Identifier,Email address,Last modified (submission)\r\nParticipant 77,bela@example.org,2026-09-01 10:00\r\n"
    )
    table += "Participant 78,ada@example.org,2026-09-20 10:00\r\n"
    (tmp_path / "times.csv").write_text(table, encoding="utf-8")
    (back / "a.zip").write_bytes(zip_of({"Ada Lovelace_77_assignsubmission_file_/a.zip": zip_of(ada)}))
    times = read_times(tmp_path / "times.csv", course.timezone)
    assert collect_zipped(course, (LESSON,), back, times=times)[LESSON].new == 1
    assert (course.submitted("ada", LESSON) / "timestamp.txt").read_text().startswith("2026-09-20 10:00")


def test_names_of_files_repaint_no_terminal(course: Course, back: Path) -> None:
    """An LMS keeps the names that learners gave their files."""
    for name in ("a\x1b]0;mine\x07.zip", "b\u202egpj.zip", "c\nwelcome: 9 new.zip"):
        (back / name).write_bytes(b"no ZIP file")
    refused = collected(course, back).refused
    assert len(refused) == 3 and all(sentence.isprintable() for sentence in refused)


def test_a_table_of_times_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "times.csv"
    path.write_text("id,submitted_at\nada,Montag 14. September\nbela,2026-10-25 02:30\nchidi,\n")
    with pytest.raises(CourseError) as error:
        read_times(path, "Europe/Berlin")
    assert "line 2: The time 'Montag 14. September' cannot be read" in str(error.value)
    assert "line 3" in str(error.value) and "twice" in str(error.value)
    path.write_text("name,when\nada,now\n")
    with pytest.raises(CourseError, match="expected `submitted_at`"):
        read_times(path, "UTC")
