"""Each proof can fail: a fault is planted in a copy of `welcome`, and the proof that should notice it does."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from curriculum.artifacts.ask import Ask
from curriculum.authoring.proofs import PROOFS
from curriculum.authoring.proofs.registry import Proof
from curriculum.authoring.proofs.running import check
from curriculum.authoring.subject import Subject, load_subject
from curriculum.cases import Case
from curriculum.cases.base import by_id, frozen_columns
from curriculum.commands.author import author
from curriculum.course.fixtures import Fixtures
from curriculum.course.lesson_plan import Flaws, Objective, Retrieval
from graders.rubric import Objections, Rubric, met, objection
from tests.helpers.altered import Altered, against, plan_with, rubric_with


def lax(ask: Ask) -> Objections:
    """Everything is fine."""
    yield from ()
    return met("Fine.")


def crashing(ask: Ask) -> Objections:
    """It divides by nothing at all."""
    yield from ()
    return met(f"{1 / (0 * len(ask.ask))}")


def misplaced(ask: Ask) -> Objections:
    """The ask has an owner."""
    yield objection("owner", "Nobody owns it.", "an owner")


def wants_a_day(number: int) -> Callable[..., Objections]:
    """One of several criteria that all miss the same blank date."""

    def criterion(ask: Ask) -> Objections:
        """There is a day."""
        if ask.by is None:
            yield objection("by", "There is no day.", "a day")

    criterion.__name__ = f"there_is_a_day_{number}"
    return criterion


def crossed(rests_on: dict[str, tuple[str, ...]]) -> Rubric:
    """The rubric of `welcome` with other things for its criteria to rest on."""
    rubric = rubric_with()
    for id, ids in rests_on.items():
        rubric.criteria[id] = replace(rubric.criteria[id], rests_on=ids)
    return rubric


def lenient() -> Rubric:
    rubric = Rubric("welcome", {"ask": Ask}, ("first_talk",))
    rubric.criterion(points=1, voice="noor", skill="run_meetings", hints=("One.", "Two."))(lax)
    return rubric


def with_answer(change: Callable[[dict[str, Any]], None]) -> Callable[[Fixtures], Fixtures]:
    def altered(fixtures: Fixtures) -> Fixtures:
        exemplars = copy.deepcopy(fixtures.exemplars)
        for files in exemplars.values():
            change(files)
        return replace(fixtures, exemplars=exemplars)

    return altered


def with_misses(change: Callable[[Any], Any]) -> Callable[[Fixtures], Fixtures]:
    return lambda fixtures: replace(fixtures, near_misses=tuple(map(change, fixtures.near_misses)))


def append(text: str) -> Callable[[str], str]:
    return lambda original: f"{original}\n{text}\n"


def saying(text: str) -> Altered:
    """`welcome` with more text at the end of its notebook."""
    return Altered(lesson_md=append(text))


def replacing(old: str, new: str) -> Altered:
    return Altered(lesson_md=lambda text: text.replace(old, new))


def with_flaws(**parts: object) -> Altered:
    return Altered(plan=plan_with(flaws=FLAWS.model_copy(update=parts)))


def elsewhere(case: Case) -> Case:
    return replace(case, company="X")


def careless(case: Case) -> Case:
    return replace(case, people=by_id(*(replace(p, cares_about="") for p in case.people.values())))


def writeable(case: Case) -> Case:
    return replace(case, columns={"t": {"a": frozen_columns(a=case.columns["mornings"]["day"])["a"].copy()}})


def told(case: Case) -> Case:
    return replace(case, facts=by_id(*(replace(fact, held_by="nobody") for fact in case.facts.values())))


def say(label: str) -> Callable[[Case], Case]:
    return lambda case: replace(case, facts=by_id(*(replace(f, label=label) for f in case.facts.values())))


def reseeded(case: Case) -> Case:
    people = by_id(*(replace(person, label=f"{person.label} {case.seed}") for person in case.people.values()))
    return replace(case, people=people)


FLAWS = Flaws(artifact="ask", variant="later_standup", author="noor", plant=2, options=4)
OBJECTIVE = Objective(text="Do", criteria=("nothing",))

UNSAID = ({"op": "replace", "path": "/attempts", "value": [[]]},)
"""A patch after which nobody was talked to, as it would stand beside another mistake."""

PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    (
        "exemplars_earn_full_marks",
        lambda: Altered(fixtures=with_answer(lambda f: f["ask"].update(number=1))),
        "Noor said",
    ),
    ("exemplars_earn_full_marks", lambda: Altered(fixtures=with_answer(lambda f: f.pop("first_talk"))), "are missing"),
    ("exemplars_earn_full_marks", lambda: Altered(fixtures=with_answer(lambda f: f["ask"].update(no=1))), "not known"),
    (
        "near_misses_fail_as_named",
        lambda: Altered(fixtures=with_misses(lambda miss: miss.model_copy(update={"fails": ("date_is_in_time",)}))),
        "which it does not name",
    ),
    (
        "near_misses_fail_as_named",
        lambda: Altered(fixtures=with_misses(lambda miss: miss.model_copy(update={"beside": {"first_talk": UNSAID}}))),
        "which it does not name",
    ),
    ("near_misses_fail_as_named", lambda: Altered(rubric=lenient()), "does not fail"),
    ("hostile_answers_fail", lambda: Altered(rubric=lenient()), "stuffed with keywords, it earns full marks"),
    ("hostile_answers_fail", lambda: Altered(rubric=lenient()), "with shuffled ids, it earns full marks"),
    ("anything_gets_a_verdict", lambda: Altered(rubric=rubric_with(crashing)), "ZeroDivisionError"),
    ("other_worlds_answers_fail", lambda: Altered(rubric=lenient()), "fit another world as well"),
    ("planted_flaws_are_there", lambda: with_flaws(plant=6), "stand together"),
    ("planted_flaws_are_there", lambda: with_flaws(options=12), "fair ones"),
    ("planted_flaws_are_there", lambda: with_flaws(author="x"), "no person x"),
    ("conversation_is_sound", lambda: Altered(case=told), "hearsay"),
    ("conversation_is_sound", lambda: Altered(script=None), "there is no script"),
    ("conversation_can_be_read", lambda: Altered(case=say(" nan ")), "reads"),
    (
        "objectives_and_criteria_meet",
        lambda: Altered(plan=plan_with(objectives=(OBJECTIVE,))),
        "no objective in lesson.toml",
    ),
    ("objectives_and_criteria_meet", lambda: Altered(plan=plan_with(objectives=(OBJECTIVE,))), "which is no criterion"),
    ("criteria_are_whole", lambda: Altered(rubric=rubric_with(lax, hints=("One.",))), "at least two hints"),
    ("criteria_are_whole", lambda: Altered(rubric=rubric_with(lax, voice="eve")), "nobody in the case"),
    ("criteria_are_whole", lambda: Altered(rubric=rubric_with(lax, skill="juggling")), "not in catalog.toml"),
    ("every_criterion_has_a_near_miss", lambda: Altered(rubric=rubric_with(lax)), "no near-miss fails it"),
    (
        "every_criterion_has_a_near_miss",
        lambda: Altered(fixtures=with_misses(lambda miss: miss.model_copy(update={"id": "same"}))),
        "two near-misses have this id",
    ),
    (
        "retrieval_is_from_earlier",
        lambda: Altered(plan=plan_with(retrieval=(Retrieval(id="later", lesson="later", question="?", answer="!"),))),
        "no lesson before this one",
    ),
    (
        "debriefs_are_questions",
        lambda: Altered(lesson_md=lambda text: text.replace("is there a reason for it?", "no more.")),
        "asks for nothing",
    ),
    (
        "debriefs_are_questions",
        lambda: Altered(
            lesson_md=lambda text: text.replace("Where does yours differ", "{{ title }}: where is it else")
        ),
        "has a hole",
    ),
    (
        "retrieval_can_be_answered",
        lambda: Altered(
            plan=plan_with(
                retrieval=(
                    Retrieval(
                        id="long",
                        lesson="welcome",
                        question="?",
                        answer="!",
                        wrong=("No.", "Or no."),
                        right="Since the right one is told at great length, with everything that belongs to it.",
                    ),
                )
            )
        ),
        "stands out by its length",
    ),
    (
        "retrieval_can_be_answered",
        lambda: Altered(
            plan=plan_with(retrieval=(Retrieval(id="x", lesson="welcome", question="?", answer="!", right="So"),))
        ),
        "needs one option that holds and two others",
    ),
    (
        "hints_do_not_give_answers",
        lambda: Altered(
            rubric=rubric_with(
                lax,
                hints=(
                    "One.",
                    "Will you let us look at the dashboard at 16:30 instead, since it is not ready at stand-up time?",
                ),
            )
        ),
        "the text of an exemplar",
    ),
    (
        "hints_do_not_give_answers",
        lambda: Altered(rubric=rubric_with(lax, hints=("One.", "It takes {{ facts.nothing.value }} minutes."))),
        "a hole that cannot be filled",
    ),
    ("notebook_is_built_from_its_source", lambda: saying("One more line."), "author build welcome"),
    ("notebook_has_every_step", lambda: replacing(":check: ask", ""), "0 graded cells"),
    ("notebook_has_every_step", lambda: replacing("lesson.talk()", "1"), "lesson.talk()"),
    ("notebook_has_every_step", lambda: Altered(plan=plan_with(flaws=FLAWS)), "find_flaws"),
    (
        "no_answer_leaks",
        lambda: saying(
            "Will you let us look at the dashboard at 16:30, instead?\nSince it is not ready at stand-up time."
        ),
        "words of an exemplar",
    ),
    (
        "no_answer_leaks",
        lambda: saying("An average fails: the number is an average, which hides how often the numbers are late."),
        "the near-miss planned_with",
    ),
    (
        "no_answer_leaks",
        lambda: saying("Which number tells you that the dashboard is fresh on most mornings?"),
        "a hint of",
    ),
    (
        "no_answer_leaks",
        lambda: saying(load_subject("welcome").case(1).facts["refresh_ready"].label),
        "the fact refresh_ready",
    ),
    ("no_id_of_a_near_miss_leaks", lambda: saying("Is it `planned_with_the_average`?"), "planned_with"),
    ("objections_have_places", lambda: Altered(rubric=rubric_with(misplaced)), "'owner', which ask does not have"),
    (
        "what_criteria_rest_on_exists",
        lambda: Altered(rubric=crossed({"date_is_in_time": ("ask.due",)})),
        "there is no such place",
    ),
    (
        "what_criteria_rest_on_exists",
        lambda: Altered(rubric=crossed({"date_is_in_time": ("prd.by",)})),
        "in no artifact that it looks at",
    ),
    (
        "what_criteria_rest_on_exists",
        lambda: Altered(
            rubric=crossed({"date_is_in_time": ("ask_is_complete",), "ask_is_complete": ("date_is_in_time",)})
        ),
        "it rests on itself",
    ),
    (
        "a_blank_part_lights_few_findings",
        lambda: Altered(rubric=rubric_with(*map(wants_a_day, range(4)))),
        "it lights 5 unmet findings",
    ),
    ("headings_are_in_order", lambda: saying("#### Too deep"), "jumps from level 2 to level 4"),
    ("headings_are_in_order", lambda: saying("# Second title"), "more than one heading"),
    ("headings_are_in_order", lambda: saying("## Key points"), "used twice"),
    ("text_is_accessible", lambda: saying("![](board.png)"), "needs its content in words"),
    ("text_is_accessible", lambda: saying("![a board with cards](https://x.org/a.png)"), "without network"),
    ("text_is_accessible", lambda: saying("<img src='a.png'>"), "needs an alt text"),
    ("text_is_accessible", lambda: saying("Read it [here](other.ipynb)."), "where it leads"),
    ("text_is_accessible", lambda: saying("See https://example.org for it."), "read out letter by letter"),
    ("text_is_accessible", lambda: saying("Well done \U0001f389"), "pictograms"),
    ("text_is_accessible", lambda: saying("> Just a quote."), "a block begins with"),
    ("sentences_have_lines_of_their_own", lambda: saying("One thing. Then another."), "two sentences"),
    (
        "code_is_short",
        lambda: saying("```{code-cell} python\n:name: long\n" + "lesson\n" * 7 + "```"),
        "it has 7 lines",
    ),
    ("world_is_in_order", lambda: Altered(case=careless), "what the person cares about"),
    ("world_is_in_order", lambda: Altered(case=writeable), "can be changed"),
    ("world_is_in_order", lambda: Altered(case=told), "whom nobody knows"),
    ("world_is_quick_and_the_same_again", lambda: Altered(case=elsewhere), "another world"),
    ("world_is_the_same_in_another_process", lambda: Altered(case=elsewhere), "other worlds"),
    ("cast_is_the_same_in_every_world", lambda: Altered(case=reseeded), "other people"),
]


@pytest.mark.parametrize(
    ("proof", "subject", "words"), PLANTED, ids=[f"{number}-{proof}" for number, (proof, *_) in enumerate(PLANTED)]
)
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    found = against(proof, subject())
    assert words in found


@pytest.mark.slow
def test_an_unaltered_copy_has_no_faults() -> None:
    assert {proof: found for proof in PROOFS if (found := against(proof, Altered()))} == {}


def test_every_proof_is_seen_to_fail() -> None:
    """No claim is made that cannot be refuted; the two left out are planted below, and the files `test_proofs_*.py`
    plant their own, in a list of the same form or in tests that name the proof."""
    planted = {proof for proof, _, _ in PLANTED}
    for path in Path(__file__).parent.glob("test_proofs_*.py"):
        planted |= {proof for proof, _, _ in getattr(import_module(f"tests.authoring.{path.stem}"), "PLANTED", ())}
        planted |= set(re.findall(r'(?:in|=) against\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert PROOFS.keys() - planted == {"untouched_is_not_attempted", "pages_for_people_are_there"}


def test_points_for_nothing_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ask, "is_blank", lambda self: False)
    assert "untouched, it has the status graded" in against("untouched_is_not_attempted", load_subject("welcome"))


def test_a_missing_page_is_noticed() -> None:
    entry = replace(load_subject("welcome").entry, title="Another title", minutes=(77, 99))
    found = against("pages_for_people_are_there", Altered(entry=entry))
    assert "'# Another title'" in found
    assert "77 to 99 minutes" in found


def test_a_proof_that_breaks_is_a_problem_and_not_a_traceback() -> None:
    def search(subject: Subject, seed: int) -> Any:
        yield "here", "first"
        raise KeyError("gone")

    found = Proof("breaks", "It breaks.", True, search).examine(load_subject("welcome"), [4])
    assert [(problem.seed, problem.sentence) for problem in found] == [(4, "first"), (4, "KeyError: 'gone'")]
    assert found[1].place.startswith("test_authoring_proofs.py, line ")


@pytest.mark.slow
def test_the_whole_check_reports_its_progress() -> None:
    steps: list[tuple[int, int]] = []
    results = check("welcome", seeds=6, processes=1, on_progress=lambda done, total: steps.append((done, total)))
    assert [result.proof.name for result in results] == list(PROOFS)
    assert all(result.holds for result in results)
    assert steps[-1][0] == steps[-1][1] == len(steps)


@pytest.mark.slow
def test_check_prints_one_json_document() -> None:
    done = CliRunner().invoke(author, ["check", "welcome", "--seeds", "2", "--processes", "1", "--json"])
    assert done.exit_code == 0
    lesson = json.loads(done.stdout)["lessons"][0]
    assert lesson["slug"] == "welcome"
    assert lesson["holds"] is True
    assert {proof["name"] for proof in lesson["proofs"]} == PROOFS.keys()


@pytest.mark.slow
def test_check_says_what_to_mend_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(subject: Subject, seed: int) -> Any:
        yield "ask.yaml", "it is blue"

    monkeypatch.setitem(PROOFS, "colour", Proof("colour", "Nothing is blue.", True, search))
    done = CliRunner().invoke(author, ["check", "welcome", "--seeds", "3", "--processes", "1"])
    assert done.exit_code == 1
    assert "Not so: Nothing is blue." in done.stdout
    assert "ask.yaml: it is blue (world 0, and 2 more like it)" in done.stdout
    assert "mend what is listed above" in done.stderr


@pytest.mark.parametrize("command", [["check"], ["build"], ["exemplar"]])
def test_an_unknown_lesson_is_a_wrong_call(command: list[str]) -> None:
    done = CliRunner().invoke(author, [*command, "atlantis"])
    assert done.exit_code == 2
    assert "There is no lesson 'atlantis'; there are: welcome" in done.stderr


def test_missing_packages_are_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = CliRunner().invoke(author, ["build", "welcome"])
    assert done.exit_code == 1
    assert "Authors need jupytext and networkx" in done.stderr
    assert "requirements/test.txt" in done.stderr


def test_endings_and_graph_can_be_looked_at() -> None:
    table = CliRunner().invoke(author, ["check", "welcome", "--endings", "--json"])
    assert {row["ending"] for row in json.loads(table.stdout)["endings"]} == {"Ready to ask", "A start", "Time is up"}
    assert "shortest way" in CliRunner().invoke(author, ["check", "welcome", "--endings"]).stdout
    assert CliRunner().invoke(author, ["check", "welcome", "--graph"]).stdout.startswith("flowchart TD")


def test_an_exemplar_is_a_folder_that_the_course_grades(tmp_path: Path) -> None:
    from curriculum.cli import main

    out = ["--seed", "9", "--out", str(tmp_path)]
    assert CliRunner().invoke(author, ["exemplar", "welcome", "--variant", "later_standup", *out]).exit_code == 0
    graded = CliRunner().invoke(main, ["grade", "welcome", str(tmp_path), "--json"])
    assert (json.loads(graded.stdout)["points"], json.loads(graded.stdout)["seed"]) == (6, 9)
    assert CliRunner().invoke(author, ["exemplar", "welcome", "--near-miss", "no_date", *out]).exit_code == 0
    graded = CliRunner().invoke(main, ["grade", "welcome", str(tmp_path), "--json"])
    assert json.loads(graded.stdout)["points"] == 3


@pytest.mark.parametrize(
    ("option", "sentence"),
    [(["--variant", "x"], "There is no exemplar 'x'"), (["--near-miss", "x"], "There is no near-miss 'x'")],
)
def test_an_unknown_exemplar_is_a_wrong_call(option: list[str], sentence: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(author, ["exemplar", "welcome", "--out", str(tmp_path / "out"), *option])
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert not (tmp_path / "out").exists()
