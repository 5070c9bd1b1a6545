"""The lesson object as a learner uses it, without a front end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from curriculum import open_lesson
from curriculum.artifacts.raci import Raci
from curriculum.artifacts.reading import read_artifact
from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants, write_files
from curriculum.course.lesson_plan import load_plan
from curriculum.learner.variant import deal
from curriculum.notebook.refusals import LessonError
from curriculum.notebook.twins import twin
from curriculum.pages.page import Page


def answer(lesson, variant: str = "later_standup") -> None:
    write_files(load_exemplar(lesson._case, variant), lesson._files.answers)


def test_first_call_states_the_variant_and_writes_the_data(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    stated = (folder / "answers" / "case.yaml").read_text()
    assert f"variant: {lesson._case.seed}" in stated
    rows = (folder / "data" / "mornings.csv").read_text().splitlines()
    assert len(rows) == 41
    assert rows[0] == "day,minutes_after_nine"


def test_the_variant_stays_when_the_workspace_is_copied(folder: Path, tmp_path: Path) -> None:
    seed = open_lesson("welcome", folder)._case.seed
    copy = shutil.copytree(tmp_path, tmp_path.with_name(tmp_path.name + "-copy"))
    (copy / ".curriculum" / "learner").write_text("somebody else\n")
    assert open_lesson("welcome", copy / "beginner" / "welcome")._case.seed == seed


def test_points_are_a_plain_float_from_nothing_to_everything(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    assert type(lesson.points("ask")) is float
    assert lesson.points("ask") == 0.0
    answer(lesson)
    assert lesson.points("ask") == 6.0


def test_tab_lists_the_tables(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    assert "mornings" in dir(lesson.tables)
    frame = lesson.tables.mornings
    frame["minutes_after_nine"] = 0
    assert lesson.tables.mornings["minutes_after_nine"].sum() > 0, "a learner's change must not change the case"


def test_the_exemplar_opens_after_a_checked_version_with_a_third_of_the_points(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    assert "after your own attempt" in lesson.exemplar("ask").text
    (folder / "answers" / "ask.yaml").write_text("decider: noor\n")
    assert "after your own attempt" in lesson.exemplar("ask").text, "a written version is not a checked one"
    lesson.check("ask")
    assert "earns a third of its points. Your best one has 0%" in lesson.exemplar("ask").text
    answer(lesson)
    assert "earns a third of its points" in lesson.exemplar("ask").text, "nobody has checked it yet"
    lesson.check("ask")
    assert "One-line ask" in lesson.exemplar("ask").text
    (folder / "answers" / "ask.yaml").write_text("decider: noor\n")
    assert "One-line ask" in open_lesson("welcome", folder).exemplar("ask").text, "the record remembers"


def test_without_a_record_the_checks_of_this_session_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = open_lesson("welcome", tmp_path)
    assert lesson._progress is None
    answer(lesson)
    lesson.check("ask")
    assert "One-line ask" in lesson.exemplar("ask").text
    assert "One-line ask" in open_lesson("welcome", tmp_path).exemplar("ask").text, "another cell opens the same lesson"
    monkeypatch.setattr("curriculum.notebook.lesson._OPENED", {})
    assert "after your own attempt" in open_lesson("welcome", tmp_path).exemplar("ask").text, "a new session"


def test_in_a_course_the_exemplar_comes_with_the_feedback(folder: Path) -> None:
    (folder / "cohort.json").write_text('{"cohort": "spring", "learner": "ada"}')
    lesson = open_lesson("welcome", folder)
    answer(lesson)
    lesson.check("ask")
    assert lesson.exemplar("ask").text.startswith("The exemplar of the one-line ask comes with the feedback")


def test_hints_come_one_by_one_for_what_is_essential_first(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    assert "first version" in lesson.hint("ask").text
    (folder / "answers" / "ask.yaml").write_text("decider: noor\n")
    assert "Hint 1 of 2" in lesson.hint("ask").text
    assert "Hint 2 of 2" in lesson.hint("ask").text
    assert "filled" not in lesson.hint("ask").text.split("\n")[0], "after the last hint the next criterion's turn comes"


def test_editing_as_text_starts_from_a_blank_file_and_never_overwrites(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    lesson.edit("ask")
    path = folder / "answers" / "ask.yaml"
    assert lesson.points("ask") == 0.0
    assert lesson._report().of("ask").status == "not_attempted"
    path.write_text("decider: tomas\n")
    lesson.edit("ask")
    assert path.read_text() == "decider: tomas\n"


def test_a_document_shows_words_for_ids_and_markup_as_text(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    (folder / "answers" / "ask.yaml").write_text("decider: tomas\nask: '<script>alert(1)</script> move it?'\n")
    text = lesson.document("ask").text
    assert "Tomás Rivera" in text
    assert "<script>" not in text
    assert (folder / "documents" / "ask.md").read_text() == text


def test_a_draft_with_flaws_opens_when_the_exemplar_does(tmp_path: Path, folder: Path) -> None:
    slug, seed = "fraud_false_positives", 3
    lessons = tmp_path / "intermediate" / slug
    case = load_case(slug, seed)
    write_files(load_exemplar(case, variants(slug)[0]), lessons / "answers")
    (lessons / "answers" / "case.yaml").write_text(f"lesson: {slug}\nvariant: {seed}\ncase_version: {case.version}\n")
    lesson = open_lesson(slug, lessons)
    hunt = lesson.find_flaws()
    for step in (hunt.draft, hunt.form, hunt.check):
        assert isinstance(step(), Page), "nobody has checked an own version yet"
    assert "opens after your own attempt" in hunt.draft().text
    assert "It has" not in hunt.draft().text
    lesson.check("sync_exit")
    plan = load_plan(slug).flaws
    assert plan is not None and f"It has {plan.plant} flaws" in hunt.draft().text
    assert not isinstance(hunt.form(), Page)
    assert "Nothing is ticked yet" in hunt.check().text


def test_what_cannot_be_done_is_one_sentence(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    for call in (
        lambda: open_lesson("no_such_lesson", folder),
        lambda: lesson.check("prd"),
        lambda: lesson.board("ask"),
        lambda: lesson.grid("ask"),
        lambda: lesson.document("prd"),
        lesson.find_flaws,
    ):
        with pytest.raises(LessonError) as error:
            call()
        assert str(error.value).endswith((".", ").")), str(error.value)
        assert error.value._render_traceback_() == [str(error.value)]


@pytest.mark.parametrize(
    "text",
    ["lesson: welcome\nvariant: 99\ncase_version: 1\n", "lesson: other\nvariant: 1\ncase_version: 1\n", "[", "\xff"],
)
def test_a_case_file_that_cannot_be_believed_is_told_and_left_alone(folder: Path, text: str) -> None:
    path = folder / "answers" / "case.yaml"
    path.parent.mkdir()
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(LessonError, match=r"case\.yaml"):
        open_lesson("welcome", folder)
    assert path.read_bytes() == text.encode("latin-1")


def test_an_older_world_is_opened_with_a_note(folder: Path) -> None:
    (folder / "answers").mkdir()
    (folder / "answers" / "case.yaml").write_text("lesson: welcome\nvariant: 5\ncase_version: 9999\n")
    lesson = open_lesson("welcome", folder)
    assert lesson._case.seed == 5
    assert "curriculum reset welcome" in repr(lesson)


def test_grading_leaves_the_folder_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    lesson = open_lesson("welcome", folder)
    assert lesson.points("ask") == 0.0
    assert list(folder.iterdir()) == []


def test_checks_are_kept_once_per_version_of_the_text(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    answer(lesson)
    lesson.check("ask")
    lesson.check("ask")
    assert lesson._progress is not None
    standing = lesson._progress.standings("welcome")["ask"]
    assert (standing.points, standing.checks) == (6.0, 1)
    assert "6 of 6 points" in lesson.map().text


def test_the_story_tells_what_was_checked(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    assert "Write them first" in lesson.story().text
    answer(lesson)
    number = lesson._read().artifacts["ask"].number
    assert f"The ask stood on the number that decides: {number:g}" in lesson.story().text


def test_variants_are_spread_over_learners_and_stable() -> None:
    dealt = [deal("course", f"learner {number}", "welcome") for number in range(2000)]
    assert set(dealt) == set(range(64))
    assert deal("course", "ada", "welcome") == deal("course", "ada", "welcome")
    assert [deal("course", "ada", slug) for slug in "abcdef"] != [deal("course", "ben", slug) for slug in "abcdef"]


def test_the_report_is_json_of_finite_numbers(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    answer(lesson)
    text = json.dumps(lesson._report().as_json(), allow_nan=False)
    assert json.loads(text)["report"] == 3


def test_code_puts_values_where_an_open_form_shows_them(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    form = lesson.form("ask")
    said = str(lesson.put("ask", "number", lesson.tables.mornings["minutes_after_nine"].max()))
    assert "answers/ask.yaml" in said
    assert form.view["data"]["number"] == lesson.tables.mornings["minutes_after_nine"].max()
    form._handle_custom_msg({"op": "undo"}, [])
    assert form.view["data"]["number"] is None


def test_what_code_put_before_the_form_was_opened_can_be_undone_in_it(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    lesson.put("ask", "number", 7)
    form = lesson.form("ask")
    assert form.view["data"]["number"] == 7 and form.view["undo"]["count"] == 1
    assert lesson.form("ask") is not form


def test_what_stands_in_a_form_can_be_worked_with(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    assert lesson.written("ask").is_blank() and lesson.seed == int(lesson._case.seed)
    lesson.put("ask", "number", 7)
    assert lesson.written("ask").number == 7
    (folder / "answers" / "ask.yaml").write_text("number: [")
    assert lesson.written("ask").is_blank()
    with pytest.raises(LessonError, match="no artifact 'memo'"):
        lesson.written("memo")


def test_a_grid_keeps_each_letter_and_is_made_again_by_its_steps(folder: Path) -> None:
    slug, place = "conflicting_priorities", folder.parent.parent / "intermediate" / "conflicting_priorities"
    place.mkdir(parents=True)
    lesson = open_lesson(slug, place)
    grid = lesson.grid()
    grid._handle_custom_msg({"op": "add", "row": "pay_rule"}, [])
    grid._handle_custom_msg({"op": "code", "row": "pay_rule", "column": "stellan", "code": "R"}, [])
    kept = read_artifact(place / "answers" / "raci.yaml", Raci).artifact
    assert kept.code("pay_rule", "stellan") == "R"
    again = twin(slug, str(place), [["grid", "raci"]])
    assert "R" in again.as_text()


def test_what_cannot_be_put_is_said_and_nothing_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = open_lesson("welcome", folder)
    with pytest.raises(LessonError, match="Nothing was written") as refused:
        lesson.put("ask", "number", "soon")
    assert "\n" in str(refused.value) and not (folder / "answers" / "ask.yaml").exists()
    with pytest.raises(LessonError, match="no artifact 'memo'"):
        lesson.put("memo", "number", 1)
    lesson.put("ask", "number", 7)
    (folder / "answers" / "ask.yaml").write_text("number: [")
    with pytest.raises(LessonError, match="left as it is"):
        lesson.put("ask", "number", 1)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert "graded" in str(lesson.put("ask", "number", 2))


def test_a_lesson_ends_with_what_is_open_and_the_next_one(folder: Path) -> None:
    lesson = open_lesson("welcome", folder)
    before = lesson.next()
    assert "Still open here: One-line ask" in before.text
    following = load_catalog().lessons[1]
    path = f"../../{following.level}/{following.slug}/{following.slug}.ipynb"
    assert path in before.text and f'href="{path}"' in before.html


def test_what_happened_next_says_which_documents_nobody_has_begun(tmp_path: Path) -> None:
    folder = tmp_path / "advanced" / "pod_launch"
    folder.mkdir(parents=True)
    lesson = open_lesson("pod_launch", folder)
    assert "Not begun: pod charter, backlog, pre-mortem." in lesson.what_happened_next().text
    answer(lesson, "number_now")
    (folder / "answers" / "backlog.yaml").write_text("policies: []\n")
    assert "Not begun: backlog. Write a first version of it" in lesson.what_happened_next().text
    (folder / "answers" / "backlog.yaml").write_text("narrow_stage: build\n")
    assert "their reviews say what is missing" in lesson.what_happened_next().text
