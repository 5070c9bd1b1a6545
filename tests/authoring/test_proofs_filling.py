"""What a lesson asks of a learner is counted, and a lesson that asks too much, or for code, is noticed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar

import pytest
from click.testing import CliRunner
from pydantic import Field

from curriculum.artifacts.ask import Ask
from curriculum.artifacts.base import Artifact, Derived, Line
from curriculum.authoring.effort import efforts, filled_fields, is_json, stand_ins
from curriculum.authoring.lesson_text import TextCell, lesson_cells
from curriculum.authoring.shown import shown_by
from curriculum.authoring.subject import Subject, load_subject
from curriculum.cases import Case
from curriculum.commands.author import author
from curriculum.course.fixtures import Fixtures
from graders.rubric import Rubric
from tests.helpers.altered import Altered, against


def lasting(least: int, most: int) -> Altered:
    return Altered(entry=replace(load_subject("welcome").entry, minutes=(least, most)))


def answering(**fields: Any) -> Callable[[Fixtures], Fixtures]:
    def altered(fixtures: Fixtures) -> Fixtures:
        exemplars = {
            variant: {**files, "ask": {**files["ask"], **fields}} for variant, files in fixtures.exemplars.items()
        }
        return replace(fixtures, exemplars=exemplars)

    return altered


def saying(text: str) -> Callable[[str], str]:
    return lambda original: f"{original}\n{text}\n"


class Echo(Ask):
    """An ask with a field that nobody types."""

    kind: ClassVar[str] = "ask"
    echo: Annotated[Line, Derived("said back from the ask"), Field(title="Echo")] = ""


def echoing(derive: Callable[..., Any] | None) -> Rubric:
    welcome = load_subject("welcome").rubric
    derives = {"ask": derive} if derive else {}
    return Rubric("welcome", {"ask": Echo}, ("first_talk",), dict(welcome.criteria), derives=derives)


def says_back(case: Case, artifacts: Mapping[str, Artifact]) -> Mapping[str, Any]:
    ask = artifacts["ask"]
    assert isinstance(ask, Ask)
    return {"echo": f"You wrote {ask.number}"}


def cell(code: str) -> str:
    return f"```{{code-cell}} python\n:name: more\n{code}\n```"


PROMISE = "You do not need to program here."

PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("fields_fit_the_minutes", lambda: lasting(1, 3), "7 fields in 3 minutes are 2.33 a minute"),
    (
        "fields_fit_the_minutes",
        lambda: Altered(fixtures=answering(ask='{"items": []}')),
        "ask: ask: it is written as JSON",
    ),
    ("stated_minutes_are_honest", lambda: lasting(5, 7), "7 are stated"),
    ("stated_minutes_are_honest", lambda: lasting(4, 12), "nobody does it in 4, so say"),
    ("stated_minutes_are_honest", lambda: Altered(lesson_md=saying("Word. " * 1200)), "12 are stated"),
    (
        "who_need_not_program_does_not",
        lambda: Altered(lesson_md=saying(f"{PROMISE}\n\n{cell('same = {str(): ...}')}")),
        "more: the learner has to replace",
    ),
    (
        "who_need_not_program_does_not",
        lambda: Altered(lesson_md=saying(PROMISE), fixtures=answering(ask="[1, 2]")),
        "it is written as JSON",
    ),
    ("derived_fields_are_derived", lambda: Altered(rubric=echoing(None)), "`derives` has no ask"),
    ("derived_fields_are_derived", lambda: Altered(rubric=echoing(lambda c, a: {})), "nothing is derived for echo"),
    ("derived_fields_are_derived", lambda: Altered(rubric=echoing(lambda c, a: {"ask": "x"})), "not declared"),
    ("derived_fields_are_derived", lambda: Altered(rubric=echoing(lambda c, a: {"echo": 1})), "does not fit"),
    (
        "derived_fields_are_derived",
        lambda: Altered(rubric=echoing(says_back), fixtures=answering(echo="typed")),
        "it states echo, which nobody types",
    ),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=[f"{n}-{p}" for n, (p, *_) in enumerate(PLANTED)])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


def test_what_is_right_is_left_alone() -> None:
    assert against("derived_fields_are_derived", Altered(rubric=echoing(says_back))) == ""
    assert against("who_need_not_program_does_not", Altered(lesson_md=saying(cell("same = {str(): ...}")))) == ""
    assert against("who_need_not_program_does_not", Altered(lesson_md=saying(PROMISE))) == ""


def test_fields_that_nobody_types_or_that_a_cell_puts_there_are_not_counted() -> None:
    subject = Altered(rubric=echoing(says_back), fixtures=answering(echo="typed"))
    files = subject.fixtures(0).exemplars["later_standup"]
    assert filled_fields(subject, [], files).fields == 7
    putting = [TextCell("put", 'lesson.put("ask", "number", table.x.max())', code=True)]
    counted = filled_fields(subject, putting, files)
    assert (counted.fields, counted.put, counted.code) == (6, 1, ())
    assert counted.prose > 5


def test_a_talk_is_read_with_its_answers_and_more_words_take_longer() -> None:
    subject = load_subject("welcome")
    short, long = sorted(efforts(subject, 0), key=lambda effort: effort.turns)
    assert short.turns < long.turns and short.words["talk"] < long.words["talk"]
    assert long.minutes == pytest.approx(sum(long.words.values()) / 200 + 12 * 7 / 60 + 6 * long.turns / 60)


@pytest.mark.parametrize(
    ("code", "waits"),
    [("x = ...", True), ('same = {"...": "..."}', True), ("lesson.form(…)", False), ("%%artifact ask\nask: ...", False),
     ('title="Wait …"', False), ("weeks = 4", False)],
)  # fmt: skip
def test_a_cell_that_waits_for_code_is_known(code: str, waits: bool) -> None:
    assert stand_ins(TextCell("a", code, code=True)) is waits


@pytest.mark.parametrize(
    ("value", "so"), [('{"a": 1}', True), ("[]", True), ("[see below]", False), ("7", False), (7, False)]
)
def test_json_is_known(value: object, so: bool) -> None:
    assert is_json(value) is so


def test_cells_show_tables_and_what_they_print_and_nothing_else() -> None:
    case = load_subject("welcome").case(0)
    sources = (
        "from curriculum import open_lesson\nlesson = open_lesson('welcome')",
        "mornings = lesson.tables.mornings\nmornings.head(2)",
        "mornings",
        "print('seven words', len(mornings))",
        "for each in lesson.find_flaws(): print(each)",
        "1 / 0",
        "lesson.show(mornings.head(3))",
        "6 * 7",
    )
    texts = shown_by([TextCell(f"c{n}", text, code=True) for n, text in enumerate(sources)], case.tables)
    assert [len(text.splitlines()) for text in texts if text] == [3, 41, 1, 4, 1]


@pytest.mark.slow
def test_landed_lessons_can_be_counted() -> None:
    for slug in ("recommendation_scoping", "healthcare_platform"):
        effort = efforts(load_subject(slug), 0)[0]
        assert effort.words["tables"] > 300 and effort.turns > 5 and effort.filled.fields > 100
        assert lesson_cells(load_subject(slug))


def test_the_command_prints_it_and_json_holds_it() -> None:
    told = CliRunner().invoke(author, ["check", "welcome", "--effort"])
    assert told.exit_code == 0 and "welcome: 8 to 12 minutes are stated." in told.output
    assert "7 fields (0.58 a minute; 0 as JSON" in told.output
    document = json.loads(CliRunner().invoke(author, ["check", "welcome", "--effort", "--json"]).output)
    assert document["lessons"][0]["stated"] == [8, 12]
    assert document["lessons"][0]["effort"][0]["fields"] == 7
