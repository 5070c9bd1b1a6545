"""lesson.md becomes cells with stable ids and graded cells, or a sentence that says what to mend."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from curriculum.authoring.lesson_text import LessonTextError, cut_at_headings, lesson_cells
from curriculum.authoring.notebook import notebook_text
from curriculum.authoring.subject import Subject, load_subject


class Lesson(Subject):
    """`welcome` with another text."""

    def __init__(self, text: str):
        super().__init__(load_subject("welcome").entry)
        self.__dict__["lesson"] = text

    def text(self, name: str) -> str:
        return str(self.__dict__["lesson"])


def code(name: str, *source: str, options: str = "") -> str:
    return "\n".join(["```{code-cell} python", f":name: {name}", *filter(None, [options]), *source, "```", ""])


GRADED = code("check_ask", 'lesson.check("ask")', 'lesson.points("ask")', options=":check: ask")


def test_text_is_cut_at_headings_breaks_and_code() -> None:
    front = "---\ntitle: X\n---\n\n"
    text = f"{front}# One\n\nFirst.\n\n## Two\n\nSecond.\n\n+++\n\nThird.\n\n{code('go', 'lesson')}\nFourth.\n"
    cells = lesson_cells(Lesson(text))
    assert [(cell.id, cell.source) for cell in cells] == [
        ("text-one", "# One\n\nFirst."),
        ("text-two", "## Two\n\nSecond."),
        ("after-start", "Third."),
        ("go", "lesson"),
        ("after-go", "Fourth."),
    ]


def test_a_hash_inside_a_code_fence_is_no_heading() -> None:
    text = "# Title\n\n```python\n# a comment\n```\n\n~~~\n## neither\n~~~\n"
    assert list(cut_at_headings(text)) == [text.strip()]


def test_ids_stay_when_text_elsewhere_changes() -> None:
    before = lesson_cells(Lesson(f"# A\n\n{code('go', 'lesson')}\nText.\n\n## B\n\nMore.\n"))
    after = lesson_cells(
        Lesson(f"# A\n\nNew.\n\n## New\n\nNew.\n\n{code('go', 'lesson')}\nOther text.\n\n## B\n\nLess.\n")
    )
    assert {cell.id for cell in before} <= {cell.id for cell in after}


@pytest.mark.slow
def test_only_the_graded_cell_is_nbgraders() -> None:
    notebook = json.loads(notebook_text(Lesson(f"# A\n\n{code('go', 'lesson')}\n{GRADED}")))
    metadata = {cell["id"]: cell["metadata"] for cell in notebook["cells"]}
    assert metadata["text-a"] == {}
    assert metadata["go"] == {"tags": ["data"], "curriculum": {"gives": [], "boxes": []}}
    graded = metadata["check_ask"]
    assert (graded["editable"], graded["deletable"]) == (False, False)
    assert graded["nbgrader"] | {"checksum": "-"} == {
        "schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False,
        "grade_id": "check_ask", "points": 6, "checksum": "-", "cell_type": "code",
    }  # fmt: skip


def test_tables_are_made_from_the_code() -> None:
    text = lesson_cells(Lesson('# A\n\n{{ objectives() }}\n\n{{ cast() }}\n\n{{ rubric_table("ask") }}\n'))[0].source
    rubric = load_subject("welcome").rubric
    assert all(objective.text in text for objective in load_subject("welcome").plan.objectives)
    assert all(person.label in text for person in load_subject("welcome").case(0).people.values())
    assert all(f"| {criterion.points} |" in text for criterion in rubric.criteria.values())
    assert text.count("**Essential:**") == sum(criterion.gate for criterion in rubric.criteria.values())


@pytest.mark.slow
def test_comments_for_authors_do_not_reach_learners() -> None:
    assert "secret" not in notebook_text(Lesson("# A\n\n{# a secret #}\nText.\n"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# A\n\n{{ nothing }}\n", "'nothing' is undefined"),
        ("# A\n\n{{ objectives( }}\n", "lesson.md, line 3"),
        ('# A\n\n{{ rubric_table("prd") }}\n', r"rubric_table\('prd'\) names no artifact; there are ask"),
        ("# A\n\n```{code-cell} python\nlesson\n```\n", "needs `:name:`"),
        (f"# A\n\n{code('go', '1')}\n{code('go', '2')}", "the cell names go are used twice"),
        (f"# A\n\n{code('go', '1', options=':colour: red')}", "has the options colour"),
        (f"# A\n\n{code('go', '1', options=':check: prd')}", "`:check: prd` names no artifact"),
        (f"# A\n\n{code('go', '6.0', options=':check: ask')}", "must be exactly two lines"),
        ("# A\n\n```{code-cell} python\n:name: [\n1\n```\n", "lesson.md: "),
        ("# A\n\n{{ ().__class__.__mro__ }}\n", "unsafe"),
    ],
)
def test_a_faulty_text_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(LessonTextError, match=sentence) as raised:
        lesson_cells(Lesson(text))
    assert "\n" not in str(raised.value).strip()


@pytest.mark.parametrize("build", [lambda: notebook_text(load_subject("welcome"))])
def test_building_twice_gives_the_same_bytes(build: Callable[[], str]) -> None:
    assert build() == build()
