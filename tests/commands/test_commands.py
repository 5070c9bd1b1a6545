"""The commands that learners and scripts call: exit codes, one JSON document, sentences instead of tracebacks."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from curriculum.cases import load_case
from curriculum.cli import main
from curriculum.commands.examples import EXAMPLES
from curriculum.course.fixtures import load_exemplar, load_fixtures, write_files


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CURRICULUM_WORKSPACE", str(tmp_path))
    (tmp_path / ".curriculum").mkdir()
    (tmp_path / "beginner" / "welcome" / "answers").mkdir(parents=True)
    return tmp_path


def answers(workspace: Path) -> Path:
    return workspace / "beginner" / "welcome" / "answers"


def test_grade_as_json_is_one_document(tmp_path: Path) -> None:
    write_files(load_exemplar(load_case("welcome", 7), "earlier_job"), tmp_path)
    result = run("grade", "welcome", tmp_path, "--seed", "7", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert (report["points"], report["maximum"], report["seed"]) == (6.0, 6, 7)


def test_grade_takes_the_variant_that_the_folder_states(tmp_path: Path) -> None:
    write_files(load_exemplar(load_case("welcome", 7), "earlier_job"), tmp_path / "answers")
    (tmp_path / "answers" / "case.yaml").write_text("lesson: welcome\nvariant: 7\ncase_version: 1\n")
    assert json.loads(run("grade", "welcome", tmp_path, "--json").stdout)["points"] == 6.0


def test_a_low_score_is_no_failure_of_the_command(tmp_path: Path) -> None:
    case = load_case("welcome", 7)
    fixtures = load_fixtures(case)
    write_files(fixtures.near_miss_files(fixtures.near_misses[0]), tmp_path)
    result = run("grade", "welcome", tmp_path, "--seed", "7")
    assert result.exit_code == 0
    assert "of 6 points" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("grade", "no_such", "."), "There is no rubric"),
        (("grade", "welcome", "no/such/folder"), "is not a folder"),
        (("grade", "welcome", ".", "--seed", "64"), "64"),
        (("check", "no_such"), "there are: welcome"),
        (("check", "welcome", "prd"), "there are ask"),
        (("hint", "welcome", "prd"), "there are ask"),
        (("reset", "no_such"), "there are: welcome"),
    ],
)
def test_a_call_that_is_off_exits_2_with_a_sentence(workspace: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_grade_asks_for_the_variant_where_it_cannot_know_it(tmp_path: Path) -> None:
    (tmp_path / "ask.yaml").write_text("decider: tomas\n")
    result = run("grade", "welcome", tmp_path)
    assert result.exit_code == 2
    assert "--seed" in result.output


def test_an_empty_folder_is_not_attempted(tmp_path: Path) -> None:
    report = json.loads(run("grade", "welcome", tmp_path, "--json").stdout)
    assert [artifact["status"] for artifact in report["artifacts"]] == ["not_attempted"]


def test_check_reviews_keeps_and_shows_in_the_list(workspace: Path) -> None:
    assert run("check", "welcome").exit_code == 0
    stated = (answers(workspace) / "case.yaml").read_text()
    seed = int(stated.split("variant: ")[1].split("\n")[0])
    write_files(load_exemplar(load_case("welcome", seed), "later_standup"), answers(workspace))
    assert "6 of 6" in run("check", "welcome").stdout
    rows = json.loads(run("list", "--json").stdout)["lessons"]
    assert rows[0]["standing"] == "6 of 6 points"
    assert "welcome" not in run("next").stdout.split("Open")[0]


def test_reset_moves_answers_aside_and_never_deletes(workspace: Path) -> None:
    (answers(workspace) / "ask.yaml").write_text("decider: tomas\n")
    assert run("reset", "welcome", "--yes").exit_code == 0
    assert not answers(workspace).exists()
    kept = list(answers(workspace).parent.glob("answers-until-*/ask.yaml"))
    assert [path.read_text() for path in kept] == ["decider: tomas\n"]
    assert "nothing to reset" in run("reset", "welcome", "--yes").stdout


def test_hint_says_what_to_do_first(workspace: Path) -> None:
    assert "first version" in run("hint", "welcome").stdout
    (answers(workspace) / "ask.yaml").write_text("decider: noor\n")
    assert "Hint 1 of" in run("hint", "welcome").stdout


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_help_ends_with_an_example_that_the_command_takes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read as it is typed, where the folders that it names are there; an option that was renamed would be told."""
    *_, head, example = run(*name.split(), "--help").output.rstrip().splitlines()
    assert (head.strip(), example.strip()) == ("Example:", EXAMPLES[name]), "on a line of its own, to be copied"
    program, *words = shlex.split(EXAMPLES[name])
    assert program == "curriculum"
    monkeypatch.chdir(tmp_path)
    for folder in ("release", "handed-in/ada/welcome", "my-work", "product-2026"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("roster.csv", "welcome-answers.zip"):
        (tmp_path / file).write_text("id\n")
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found, words
        command, words = found, words[1:]
    command.make_context(name, words)


def test_every_command_has_an_example() -> None:
    context = click.Context(main)
    named = set(main.list_commands(context))
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if isinstance(command, click.Group):
            named |= {f"{name} {each}" for each in command.list_commands(context)}
    assert named == set(EXAMPLES)


@pytest.mark.parametrize("name", ["", "team", "author", "cohort"])
def test_the_list_of_commands_says_of_each_what_it_does_in_a_whole_sentence(name: str) -> None:
    listed = run(*name.split(), "--help").output.partition("Commands:\n")[2].split("\n\n")[0].splitlines()
    assert listed and all(re.fullmatch(r"  [a-z-]+ +[A-Z].*[^.]\.", line) for line in listed), listed


def test_every_option_says_what_it_does() -> None:
    def silent(command: click.Command, path: str) -> Iterator[str]:
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                yield from silent(command.get_command(context, name), f"{path} {name}")
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden and not option.help:
                yield f"{path} {option.opts[-1]}"

    assert list(silent(main, "curriculum")) == []
