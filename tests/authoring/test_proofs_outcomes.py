"""Runs forward and stories that are not so: each fault in a made-up consequence or a made-up story is noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from curriculum.authoring.played import played
from curriculum.authoring.subject import Subject, load_subject
from curriculum.consequences import Better, Change, Goal, Outcome
from curriculum.consequences.late import Late
from curriculum.course.fixtures import Fixtures
from curriculum.course.lesson_plan import Clause, Star
from tests.helpers.altered import Altered, against, plan_with
from tests.helpers.foretold import LAST, Foretold


def hurting(*numbers: str) -> Callable[[Fixtures], Fixtures]:
    """One near-miss, the plan with the average, says that it hurts these numbers."""

    def altered(fixtures: Fixtures) -> Fixtures:
        return replace(
            fixtures,
            near_misses=tuple(
                miss.model_copy(update={"hurts": numbers}) if miss.id == "planned_with_the_average" else miss
                for miss in fixtures.near_misses
            ),
        )

    return altered


def foretold(twist: Callable[[Outcome], Outcome] = lambda outcome: outcome, *numbers: str) -> Foretold:
    return Foretold(twist, fixtures=hurting(*(numbers or ("fresh",))))


def compared(**changes: Any) -> Foretold:
    """The comparison behind the headline is another one."""
    return foretold(lambda outcome: replace(outcome, compared=(replace(outcome.compared[0], **changes),)))


def changed(**changes: Any) -> Foretold:
    return foretold(lambda outcome: replace(outcome, **changes))


def directionless(outcome: Outcome) -> Outcome:
    fresh = replace(outcome.results["fresh"], better=Better.NEITHER)
    return replace(outcome, results={**outcome.results, "fresh": fresh})


def reversed_when_right(outcome: Outcome) -> Outcome:
    fresh = outcome.results["fresh"]
    return replace(outcome, results={**outcome.results, "fresh": replace(fresh, value=30 - fresh.value)})


def beaten(outcome: Outcome) -> Outcome:
    assert outcome.best is not None
    return replace(outcome, best=replace(outcome.best, value=17.0))


def sometimes_other() -> Foretold:
    numbers = iter(range(1000))
    return foretold(lambda outcome: replace(outcome, sentences=(f"Run {next(numbers)}.",)))


LATE = Late("room_plan", dt.date(2026, 6, 8), "the calendar had been printed", "Noor had known.")
HEARD_AND_LATE = {"late": (LATE,)}


def story(part: str, text: str, when: str) -> Altered:
    """`welcome` with one more clause in its story."""
    star = load_subject("welcome").plan.star
    assert star is not None
    return Altered(plan=plan_with(star=star.model_copy(update={part: (*getattr(star, part), clause(text, when))})))


def clause(text: str, when: str) -> Clause:
    return Clause(text=text, when=when)


def opening(text: str) -> Altered:
    star = load_subject("welcome").plan.star
    assert star is not None
    return Altered(plan=plan_with(star=star.model_copy(update={"situation": text})))


ALWAYS = "passed('ask_is_complete')"

PLANTED: list[tuple[str, Callable[[], Subject], str]] = [
    ("good_answers_are_told_well", sometimes_other, "another consequence the second time"),
    ("good_answers_are_told_well", lambda: changed(alt=" "), "its figure in words"),
    ("exemplars_end_well", lambda: changed(goals=(Goal("Pigs fly", False),)), "“Pigs fly” does not hold"),
    ("exemplars_end_well", lambda: changed(goals=()), "no goals"),
    ("exemplars_end_well", lambda: changed(goals=(Goal("It is day", True),)), "every near-miss ends well too"),
    ("mistakes_hurt_what_they_name", lambda: foretold(reversed_when_right), "worse in 0 of 2 worlds"),
    ("mistakes_hurt_what_they_name", lambda: foretold(lambda same: same, "joy"), "which the run does not have"),
    ("mistakes_hurt_what_they_name", lambda: foretold(directionless), "of which no way is the good one"),
    ("mistakes_hurt_what_they_name", Foretold, "no near-miss says which number"),
    ("best_plan_known_is_not_beaten", lambda: foretold(beaten), "18 mornings with fresh numbers beats"),
    ("best_plan_known_is_not_beaten", lambda: changed(best=None), "does not name it as data"),
    ("best_plan_known_is_not_beaten", lambda: changed(sentences=("Nothing.",)), "shown nowhere"),
    ("best_plan_known_is_not_beaten", lambda: foretold(directionless), "no way is the good one"),
    ("headlines_say_what_the_run_shows", lambda: changed(compared=()), "rests on no comparison"),
    ("headlines_say_what_the_run_shows", lambda: compared(low=-3.0), "the interval -3 to"),
    ("headlines_say_what_the_run_shows", lambda: compared(control=(12.0, 12.0)), "a flat line"),
    ("headlines_say_what_the_run_shows", lambda: compared(low=6.0, high=6.0, change=6.0), "no width"),
    ("headlines_say_what_the_run_shows", lambda: compared(change=99.0), "outside of its interval"),
    ("headlines_say_what_the_run_shows", lambda: compared(says="all is well"), "not in the headline"),
    (
        "headlines_say_what_the_run_shows",
        lambda: compared(claims=Change.UNCLEAR, low=-3.0, high=20.0),
        "does not word the claim unclear",
    ),
    ("what_nobody_asked_comes_out_late", lambda: changed(late=()), "nothing comes out late"),
    ("what_nobody_asked_comes_out_late", lambda: changed(**HEARD_AND_LATE), "was told in the talk"),
    ("what_nobody_asked_comes_out_late", lambda: changed(**HEARD_AND_LATE), "as much comes out late with the talk"),
    ("what_nobody_asked_comes_out_late", lambda: changed(until=dt.date(2026, 6, 1)), "after the last day"),
    (
        "what_nobody_asked_comes_out_late",
        lambda: changed(late=(replace(LATE, on=LAST), LATE)),
        "not in the order of its days",
    ),
    ("stories_are_written_in_clauses", lambda: opening("I sent {{ ask.by }} off."), "it uses ask"),
    ("stories_are_written_in_clauses", lambda: story("action", "I did it all.", "passed('it')"), "does not have"),
    ("stories_are_written_in_clauses", lambda: story("action", "I did it all.", "said('it')"), "does not have"),
    ("stories_are_written_in_clauses", lambda: story("action", "I did it all.", "did('it')"), "does not have"),
    ("stories_are_written_in_clauses", lambda: story("result", "I did it all.", "1 + 1"), "may use passed"),
    (
        "stories_are_written_in_clauses",
        lambda: story("result", "I did it all.", "not knows('room_plan')"),
        "although nothing was done",
    ),
    (
        "stories_tell_what_was_done",
        lambda: story("action", "I wrote {{ ask.nothing }} down.", ALWAYS),
        "the exemplar meets every criterion",
    ),
    (
        "stories_tell_what_was_done",
        lambda: story("action", "I sent it off.", "did('sing')"),
        "told by no exemplar",
    ),
    ("stories_tell_what_was_done", lambda: story("action", "I sent it , then left.", ALWAYS), "not set well"),
    ("stories_tell_what_was_done", lambda: story("action", "then I sent it off.", ALWAYS), "begin and end"),
    ("stories_tell_what_was_done", lambda: story("result", "It has {{ none }} left.", ALWAYS), "has a hole"),
    ("stories_tell_what_was_done", lambda: story("result", "I wrote “{{ ask.ask }}”", ALWAYS), "nobody may have read"),
]


@pytest.mark.parametrize(("proof", "subject", "words"), PLANTED, ids=[f"{i}-{p}" for i, (p, *_) in enumerate(PLANTED)])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Subject], words: str) -> None:
    assert words in against(proof, subject())


@pytest.mark.parametrize("proof", sorted({proof for proof, *_ in PLANTED}))
def test_a_run_and_a_story_that_are_so_are_left_alone(proof: str) -> None:
    assert against(proof, foretold()) == ""


def test_a_sentence_without_ground_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A story that tells everything, whatever was done, is caught on the near-misses and on a short talk."""
    from curriculum.pages import story

    everything = story.parse_when("passed('a') or not passed('a')")
    monkeypatch.setattr(story, "parse_when", lambda text: everything)
    found = against("stories_tell_what_was_done", Altered())
    assert "later_standup/never_told" in found
    assert "after three turns" in found
    assert "without ask" in found


@pytest.mark.slow
def test_near_misses_that_change_nothing_of_the_run_share_its_outcome() -> None:
    subject = load_subject("fraud_false_positives")
    right, wrong = {}, {}
    for fixture in played(subject, 3):
        (wrong if fixture.near_miss else right)[fixture.name] = fixture.outcome
    assert wrong["rule_and_rollback/nobody_writes"] is right["rule_and_rollback"]
    assert wrong["rule_and_rollback/market_waits"] is not right["rule_and_rollback"]


def test_a_star_needs_a_condition_for_each_deed() -> None:
    with pytest.raises(ValueError, match="when"):
        Star.model_validate({"situation": "A", "task": "B", "action": [{"text": "I did it all."}], "result": []})
