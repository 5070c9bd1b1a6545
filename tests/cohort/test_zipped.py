"""Without an exchange: ZIP files go out, learners work in them, and whatever shape they come back in is taken."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from curriculum.cli import main
from curriculum.cohort import zipped
from curriculum.cohort.collecting import MAX_ANSWER, Collected
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.grades import grades_of
from curriculum.cohort.grading import grade_course
from curriculum.cohort.handouts import write_handouts
from curriculum.cohort.records import Attempt
from curriculum.cohort.zipped import collect_zipped
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.learner.lesson_files import find_lesson_files, open_case

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
    assert done.new == 1 and len(done.notes) == 1 and "a second.zip was saved last" in done.notes[0]
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
    for _ in range(zipped.MAX_DEPTH + 2):
        ada = {"deeper.zip": zip_of(ada)}
    (back / "bomb.zip").write_bytes(zip_of(ada))
    assert "too deep" in collected(course, back).refused[0]
    monkeypatch.setattr(zipped, "MAX_ENTRIES", 10)
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
