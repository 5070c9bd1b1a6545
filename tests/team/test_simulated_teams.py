"""Teams that share everything, some things, nothing; that lie, leave, sign everything: pooling and accountability come
out as they were made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from curriculum.artifacts.reading import write_artifact
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.team.debrief import debrief
from curriculum.team.gathering import gathered
from curriculum.team.noted import Note, read_noted
from curriculum.team.outcome import Outcome, wilson
from curriculum.team.sign_off import Seal
from graders.report import Status
from graders.rubric import CONVERSATION
from tests.helpers.at_table import AtTable
from tests.helpers.worlds import over_worlds

SLUG = "recommendation_scoping"
PLAYED = [entry.slug for entry in load_catalog().lessons if load_plan(entry.slug).team]
WORLDS = range(64)


def test_lessons_for_teams_are_the_ones_that_were_promised() -> None:
    assert {SLUG, "fraud_false_positives", "healthcare_platform"} <= set(PLAYED)
    assert len(PLAYED) == 15
    assert not [slug for slug in PLAYED if slug.startswith("interview") or slug == "welcome"]


@over_worlds(WORLDS)
def test_a_team_that_shares_everything_has_all_on_the_table(seed: int, tmp_path: Path) -> None:
    outcome = AtTable(SLUG, seed, tmp_path / f"{seed}").play()
    assert outcome.report.points == outcome.report.maximum
    assert {one.how for one in outcome.pooled} <= {"said", "own"}
    assert outcome.pooled
    assert not outcome.never_said()
    assert not outcome.notes
    for account in outcome.accounts:
        assert account.signed_right
        assert not (account.let_through or account.found or account.held_up or account.silent)


@over_worlds(WORLDS)
def test_saying_only_what_the_documents_need_pools_as_much(seed: int, tmp_path: Path) -> None:
    whole = AtTable(SLUG, seed, tmp_path / f"{seed}-whole").play()
    needed = {one.fact for one in whole.pooled}
    outcome = AtTable(SLUG, seed, tmp_path / f"{seed}", says=needed.__contains__).play()
    assert outcome.report.points == outcome.report.maximum
    assert [one.fact for one in outcome.pooled] == [one.fact for one in whole.pooled]
    assert set(outcome.never_said()) == {f for f in whole.heard.facts if f not in needed and f not in whole.heard.own}


@over_worlds(WORLDS)
def test_a_silent_seat_is_missed_where_its_facts_are_needed(seed: int, tmp_path: Path) -> None:
    table = AtTable(SLUG, seed, tmp_path / f"{seed}", silent={"ben"})
    outcome = table.play()
    theirs = table.held_by("ben")
    assert {one.fact for one in outcome.missing} == {one.fact for one in outcome.pooled if one.fact in theirs}
    assert outcome.missing, "the designer’s facts are needed in every world"
    assert outcome.report.points < outcome.everything.points == outcome.everything.maximum
    assert set(outcome.never_said()) == theirs


@over_worlds(WORLDS)
def test_a_code_that_nobody_holds_brings_nothing(seed: int, tmp_path: Path) -> None:
    honest = AtTable(SLUG, seed, tmp_path / f"{seed}-honest", silent={"cho"}).play()
    lying = AtTable(SLUG, seed, tmp_path / f"{seed}", silent={"cho"}, extra=(Note(code="AAAAA", minute=3.0),)).play()
    assert lying.heard.facts == honest.heard.facts
    assert lying.heard.nobodys == ("AAAAA",)
    assert lying.report.points == honest.report.points
    assert any("nobody’s code" in note or "nobody's code" in note for note in lying.notes)


@over_worlds(WORLDS)
def test_a_seat_that_left_is_told_and_signs_for_nobody(seed: int, tmp_path: Path) -> None:
    outcome = AtTable(SLUG, seed, tmp_path / f"{seed}", left={"dan"}).play()
    account = next(one for one in outcome.accounts if one.seat == "dan")
    assert set(account.seals.values()) == {Seal.MISSING}
    assert account.silent and not account.signed
    assert any(note.startswith("dan has handed in nothing") for note in outcome.notes)
    assert outcome.report.points == outcome.report.maximum, "what was said stays said"


@over_worlds(WORLDS)
def test_whoever_stands_in_for_somebody_absent_says_what_is_asked_and_nothing_else(seed: int, tmp_path: Path) -> None:
    whole = AtTable(SLUG, seed, tmp_path / f"{seed}-whole")
    people = whole.deal.table.seat("cho").people

    def play(name: str, asked: Callable[[str], bool]) -> Outcome:
        folder = tmp_path / f"{seed}-{name}"
        return AtTable(SLUG, seed, folder, silent={"cho"}, left={"cho"}, absent=people, asked=asked).play()

    nothing = play("nothing", lambda _: False)
    assert {one.how for one in nothing.pooled if one.seat == "cho"} == {"missing"}, "nobody asked for it"
    assert whole.held_by("cho") <= set(nothing.never_said())
    assert any("cho counted as absent, and nothing was noted" in note for note in nothing.notes)
    everything = play("everything", lambda _: True)
    assert everything.report.points == everything.report.maximum
    assert {one.how for one in everything.pooled if one.seat == "cho"} == {"stood_in"}
    assert any("A colleague stood in for cho" in note for note in everything.notes)
    assert "was said by a colleague who stood in" in debrief(everything).text
    needed = next(one.fact for one in nothing.missing if one.seat == "cho")
    one = play("one", lambda id: id == needed)
    assert one.heard.stood_in == {needed}
    assert nothing.report.points < one.report.points or len(nothing.missing) > len(one.missing)


def test_what_is_noted_a_day_later_says_so_and_makes_no_talk_a_day_long(tmp_path: Path) -> None:
    table = AtTable(SLUG, 3, tmp_path)
    table.write()
    lead = table.answers("ada")
    at_once = table.play()
    needed = at_once.brought[0].fact
    code = next(code for code, id in table.deal.meanings().items() if id == needed)
    noted = read_noted(lead)
    notes = tuple(one.model_copy(update={"minute": 1500.0}) if one.code == code else one for one in noted.notes)
    write_artifact(lead / "noted.yaml", noted.model_copy(update={"notes": notes}))
    later = gathered(table.deal, {one.name: table.answers(one.name) for one in table.deal.table.seats})
    assert "noted later" not in debrief(at_once).text
    assert "was said, noted later, a day after the clock was started" in debrief(later).text
    assert later.heard.minutes == at_once.heard.minutes < 120
    assert later.report.points == at_once.report.points, "it was said, by somebody who knew it"


@over_worlds(WORLDS)
def test_somebody_who_leaves_in_the_middle_has_said_what_they_said(seed: int, tmp_path: Path) -> None:
    table = AtTable(SLUG, seed, tmp_path / f"{seed}", left={"cho"}, absent=("noor", "samir"))
    assert set(table.absent) == set(table.deal.table.seat("cho").people)
    outcome = table.play()
    assert {one.how for one in outcome.pooled if one.seat == "cho"} == {"said"}
    assert not outcome.heard.stood_in
    assert not any("stood in" in note for note in outcome.notes)


@over_worlds(WORLDS)
def test_signing_everything_lets_the_flaws_through_and_reading_finds_them(seed: int, tmp_path: Path) -> None:
    subject = load_subject(SLUG)
    fixtures = subject.fixtures(seed)
    # At a table at which everything is said, nobody cites what was not.
    asks_what_was_said = {id for id, one in subject.rubric.criteria.items() if CONVERSATION in one.needs}
    misses = [one for one in fixtures.near_misses if not asks_what_was_said & set(one.fails)]
    miss = misses[seed % len(misses)]
    files = fixtures.near_miss_files(miss)
    blind = AtTable(SLUG, seed, tmp_path / f"{seed}-blind", files=files).play()
    failing = {
        one.criterion for part in blind.report.artifacts for one in part.findings
        if one.status is Status.GRADED and not one.passed
    }  # fmt: skip
    assert failing == set(miss.fails)
    assert {id for one in blind.accounts for id in one.let_through} == failing
    assert not any(one.found for one in blind.accounts)

    judge = {name: (lambda id: "does_not" if id in failing else "holds") for name in ("ada", "ben", "cho", "dan")}
    careful = AtTable(SLUG, seed, tmp_path / f"{seed}", files=files, judges=judge).play()
    assert {id for one in careful.accounts for id in one.found} == failing
    assert not any(one.let_through or one.held_up for one in careful.accounts)


@pytest.mark.parametrize("slug", PLAYED)
@pytest.mark.slow
def test_every_lesson_can_be_played_at_every_size(slug: str, tmp_path: Path) -> None:
    plan = load_plan(slug).team
    assert plan is not None
    for size in plan.seats:
        outcome = AtTable(slug, 7, tmp_path / size, size=int(size)).play()
        assert outcome.report.points == outcome.report.maximum, size
        assert not outcome.notes
        assert all(account.signed_right for account in outcome.accounts)
        silent = AtTable(slug, 7, tmp_path / f"{size}-silent", size=int(size), silent={"ada", "ben", "cho"}).play()
        assert silent.report.points < outcome.report.points, size


def test_a_share_has_the_interval_that_is_published() -> None:
    # Wilson (1927): 2 of 3 and 10 of 12, as in Newcombe (1998).
    assert wilson(2, 3) == pytest.approx((0.2077, 0.9385), abs=5e-4)
    assert wilson(10, 12) == pytest.approx((0.5520, 0.9530), abs=5e-4)
    assert wilson(0, 0) == (0.0, 1.0)
