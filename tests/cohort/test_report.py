"""The report's figures: what they say of small classes whose answer is known by hand."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from curriculum.cohort.clocks import Due
from curriculum.cohort.grades import Grade, Mark
from curriculum.cohort.report.flaws import temptations
from curriculum.cohort.report.items import Share, criterion_items
from curriculum.cohort.report.progress import progress, share, spread
from curriculum.cohort.report.similarity import resemblances
from curriculum.cohort.report.stuck import Stuck, Tried, stuck_learners
from curriculum.cohort.report.talks import talk
from curriculum.cohort.report.verdicts import Verdicts, verdict_table
from curriculum.cohort.result import SubmissionStatus
from curriculum.cohort.roster import Learner
from curriculum.course.fixtures import NearMiss
from curriculum.roleplay.script import Script, load_script
from graders import load_rubric

CRITERIA = [load_rubric("welcome").criteria[id] for id in load_rubric("welcome").criteria]
IDS = [criterion.id for criterion in CRITERIA]


def verdicts(*learners: Iterable[int | None]) -> Verdicts:
    """A table from rows of 1 (met), 0 (missed) and None (not judged), one row a learner."""
    found = {
        f"s{number}": {IDS[index]: None if met is None else bool(met) for index, met in enumerate(line)}
        for number, line in enumerate(learners)
    }
    return verdict_table(found.items(), IDS)


def grade(student: str, status: SubmissionStatus, score: float | None = None, **more: object) -> Grade:
    values: dict[str, object] = {
        "learner": Learner(student, "", "", "", "", "", ""), "lesson": "welcome", "status": status, "days_late": 0,
        "submitted_at": "", "points": score, "penalty": 0.0, "maximum": 10.0, "marks": (), "due": Due(None),
        "sentence": "", "comment": "",
    }  # fmt: skip
    return Grade(**{**values, **more})  # type: ignore[arg-type]


# Criteria


def test_only_who_was_judged_counts() -> None:
    items = criterion_items(verdicts([1, 0], [None, 1], [1, 1]), CRITERIA, {}, [])
    assert items[0].everybody == Share(2, 2)
    assert items[1].everybody == Share(2, 3)
    assert items[2].everybody == Share(0, 0)
    assert items[2].note == "Nobody was judged by it yet."


def test_verdicts_of_criteria_that_are_gone_are_left_out() -> None:
    assert verdict_table([("s1", {"of_an_older_rubric": True})], IDS).students == ()


def test_few_learners_get_no_discrimination_and_no_groups() -> None:
    items = criterion_items(verdicts(*[[1, 0, 1, 0, 1, 1]] * 19), CRITERIA, {}, [])
    assert {item.discrimination for item in items} == {None}
    assert {item.quarters for item in items} == {()}


def test_discrimination_is_the_correlation_with_the_other_points() -> None:
    """The first criterion goes with the others, the second against them."""
    table = verdicts(*[[1, 0, 1, 1, 1, 1]] * 15, *[[0, 1, 0, 0, 0, 0]] * 15)
    items = criterion_items(table, CRITERIA, {}, [])
    weights = np.array([criterion.points for criterion in CRITERIA], dtype=float)
    met = table.met.astype(float)
    for index, item in enumerate(items):
        others = met @ weights - met[:, index] * weights[index]
        assert item.discrimination == pytest.approx(np.corrcoef(met[:, index], others)[0, 1])
    assert items[0].discrimination is not None and items[0].discrimination > 0.9
    assert items[1].note.startswith("Look at this one")
    assert items[1].quarters[0] == Share(15, 15)
    assert items[1].quarters[3] == Share(0, 15)


def test_sections_are_told_apart() -> None:
    items = criterion_items(verdicts([1], [0], [1]), CRITERIA, {"s0": "A", "s1": "B", "s2": "B"}, ["A", "B"])
    assert items[0].sections == (Share(1, 1), Share(1, 2))


def test_a_share_of_few_is_uncertain() -> None:
    low, high = Share(10, 20).interval
    assert (round(low, 2), round(high, 2)) == (0.30, 0.70)  # Wilson, as published tables have it
    assert Share(0, 0).interval == (0.0, 1.0)


# Mistakes


def near_miss(id: str, *fails: str) -> NearMiss:
    return NearMiss(
        id=id, variant="x", artifact="ask", patch=(), fails=fails, flaw="Something is missing.", tempting="It is quick."
    )  # type: ignore[call-arg]


def test_a_mistake_counts_where_all_its_traces_are_and_no_greater_mistake_is() -> None:
    small, great = near_miss("small", IDS[0]), near_miss("great", IDS[0], IDS[1])
    table = verdicts([0, 1, 1, 1, 1], [0, 0, 1, 1, 1], [0, 1, 1, 0, 1], [1, 1, 1, 1, 1])
    found = {one.near_misses[0].id: (one.learners, one.alone, one.of) for one in temptations(table, [small, great])}
    assert found == {"small": (2, 1, 4), "great": (1, 1, 4)}


def test_mistakes_with_the_same_traces_are_named_together() -> None:
    found = temptations(verdicts([0, 1, 1, 1, 1]), [near_miss("one", IDS[0]), near_miss("other", IDS[0])])
    assert [[near_miss.id for near_miss in one.near_misses] for one in found] == [["one", "other"]]


def test_an_unfinished_submission_is_not_a_mistake() -> None:
    assert temptations(verdicts([0, 0, 0, 0, 1]), [near_miss("one", IDS[0])]) == []


# Progress


def test_every_learner_is_counted_once() -> None:
    status = SubmissionStatus
    found = progress([
        grade("a", status.GRADED, 5.0), grade("b", status.GRADED, 5.0, days_late=1),
        grade("c", status.INVALID, days_late=1), grade("d", status.FAILED), grade("e", status.MISSING),
        grade("g", status.EXCUSED), grade("h", status.UNGRADED),
        grade("f", status.GRADED, 0.0, marks=(Mark("Words", None, None, 5.0, "5 points", ""),)),
    ])  # fmt: skip
    assert (found.on_time, found.late, found.invalid, found.failed, found.missing) == (2, 1, 1, 1, 1)
    assert (found.ungraded, found.excused) == (1, 1)
    assert (found.learners, found.handed_in, found.waiting) == (8, 6, 1)


def test_no_score_is_not_zero() -> None:
    found = spread([grade("a", SubmissionStatus.INVALID), grade("b", SubmissionStatus.GRADED, 10.0)])
    assert (found.scores, found.median, found.bins) == (1, 1.0, (0,) * 9 + (1,))


def test_what_nobody_has_marked_yet_is_not_lost() -> None:
    unread = Mark("Words, read by a person", None, None, 2.0, "2 points that a person gives", "")
    assert share(grade("a", SubmissionStatus.GRADED, 8.0, marks=(unread,))) == 1.0


# Role-plays


def test_where_the_choices_of_a_role_play_led() -> None:
    script: Script = load_script("welcome")
    ways = [("ask_average", "take_average"), ("ask_average",), ("ask_when_ready", "leave_early"), ()]
    found = talk(script, [(way, 0.5, None) for way in ways])
    taken = {chosen.choice.id: (chosen.learners, chosen.of) for chosen in found.choices}
    assert found.learners == 3
    assert taken["ask_average"] == (2, 3)
    assert taken["take_average"] == (1, 2)
    assert found.unfinished + sum(number for _, number in found.endings) == 3
    assert dict(found.facts)["average_ready"] == 2
    assert {chosen.points_share for chosen in found.choices} == {None}  # too few for an average


def test_choices_that_could_not_be_made_end_the_path() -> None:
    found = talk(load_script("welcome"), [(("ask_average", "no_such_choice", "take_average"), 1.0, None)])
    assert {chosen.choice.id for chosen in found.choices if chosen.learners} == {"ask_average"}


# Words

ONE = """We propose to hold the stand-up twenty minutes later on weekdays because the nightly refresh of the revenue
dashboard finishes after nine on most mornings, and yesterday three squads planned capacity with stale figures."""
COPIED = ONE.replace("We propose", "I suggest").replace("twenty", "25").replace("yesterday", "last Monday")
OWN = """Support tickets about missing parcels doubled since the courier changed, so I ask the warehouse lead to reserve
one picker for exception handling until the integration is repaired and to report the queue length each evening."""


def test_close_words_are_found_with_their_passages() -> None:
    prose = [("a", {"ask": {"ask": ONE}}), ("b", {"ask": {"ask": COPIED}}), ("c", {"ask": {"ask": OWN}})]
    [found] = resemblances(prose)
    assert (found.students, found.same) == (("a", "b"), False)
    assert found.passage.startswith("We propose") and found.other_passage.startswith("I suggest")


def test_the_same_words_are_one_group_and_who_is_held_anyway_is_not_told_twice() -> None:
    prose = [
        (student, {"ask": {"ask": ONE.replace("twenty", number)}}) for student, number in zip("abc", "345", strict=True)
    ]
    [found] = resemblances(prose, {("a", "ask"), ("b", "ask")})
    assert (found.students, found.same) == (("a", "b", "c"), True)
    assert resemblances(prose, {(student, "ask") for student in "abc"}) == []
    close = [("a", {"ask": {"ask": ONE}}), ("b", {"ask": {"ask": COPIED}})]
    assert len(resemblances(close, {("a", "ask")})) == 1
    assert resemblances(close, {("a", "ask"), ("b", "ask")}) == []


def test_what_everybody_writes_is_not_held_against_anybody() -> None:
    """A phrase of the lesson that all use, in texts that are their own."""
    shared = "The refresh of the dashboard is ready on nine mornings of ten. "
    own = [
        f"{shared}{' '.join(f'word{letter}{number}' for number in 'abcdefghijklmnop')}" for letter in "qrstuvwxyzabcdef"
    ]
    assert resemblances((f"s{index}", {"ask": {"ask": text}}) for index, text in enumerate(own)) == []


def test_short_texts_are_not_compared() -> None:
    assert resemblances([(student, {"ask": {"ask": "Can we move it to nine?"}}) for student in "ab"]) == []


# Stuck

TITLES = {"welcome": "Welcome", "later": "Later"}


def kinds(found: list[Stuck]) -> dict[str, list[str]]:
    return {one.learner.id: [reason.kind for reason in one.reasons] for one in found}


def test_signs_of_being_stuck() -> None:
    status = SubmissionStatus
    welcome = [
        grade("unmoved", status.GRADED, 4.0), grade("climbing", status.GRADED, 4.0),
        grade("polishing", status.GRADED, 9.0),
        grade("broken", status.INVALID, sentence="ask.yaml, line 2: no YAML."), grade("empty", status.GRADED, 0.0),
        grade("away", status.MISSING), grade("fine", status.GRADED, 10.0),
    ]  # fmt: skip
    tried = [
        Tried("unmoved", "welcome", (2.0, 4.0, 4.0, 3.0)), Tried("climbing", "welcome", (1.0, 2.0, 4.0)),
        Tried("polishing", "welcome", (9.0, 9.0, 9.0)), Tried("fine", "welcome", (10.0,)),
    ]  # fmt: skip
    found = stuck_learners({"welcome": welcome}, ["welcome"], tried, [("empty", "welcome")], TITLES)
    assert kinds(found) == {"unmoved": ["unmoved"], "broken": ["unreadable"], "empty": ["blank"], "away": ["silent"]}
    said = {one.learner.id: one.reasons[0].sentence for one in found}
    assert said["unmoved"] == "Welcome: handed in 4 times; the last 3 did not raise the points (3 of 10)."


def test_nobody_is_late_before_the_due_date() -> None:
    assert stuck_learners({"welcome": [grade("a", SubmissionStatus.MISSING)]}, [], [], [], TITLES) == []


def test_low_in_two_lessons_in_a_row() -> None:
    both = {
        lesson: [
            grade("low", SubmissionStatus.GRADED, 3.0, lesson=lesson),
            grade("once", SubmissionStatus.GRADED, points, lesson=lesson),
        ]
        for lesson, points in (("welcome", 3.0), ("later", 8.0))
    }  # fmt: skip
    assert kinds(stuck_learners(both, ["welcome", "later"], [], [], TITLES)) == {"low": ["low"]}
