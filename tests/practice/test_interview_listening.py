"""What the interviewer hears in an answer: only what can be decided, and polished or plain English alike."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from curriculum.artifacts import yaml_text
from curriculum.artifacts.mock_interview import MockInterview, Session
from curriculum.artifacts.pressure import Pressure
from curriculum.artifacts.star import Star
from curriculum.cases import load_case
from curriculum.cases.interviews.questions import question
from curriculum.course.fixtures import load_exemplar
from curriculum.practice.interview import mock
from curriculum.practice.interview.answers import Answer
from curriculum.practice.interview.listening import listen, weakest
from curriculum.practice.interview.parties import functions_named

CASE = load_case("interview_basics", 4)
STAR = Star.model_validate(load_exemplar(CASE, "in_prose")["star"])
NAMES = {"data": "Inês", "ml": "Bram", "design": "Yuki", "product": "Adaeze"}
BEFORE, AFTER = f"{STAR.baseline.value:g}", f"{STAR.result_figure.value:g}"
COST = STAR.cost.what
SIDES = "The designer and the ML engineer wanted different things."


def answer(said: str, star: Star = STAR, seconds: int = 0, limit: int = 120, opens: bool = True) -> Answer:
    chosen = question("cut_a_loved_feature")
    return Answer(said, seconds, limit, chosen, chosen.question, star, NAMES, opens=opens)


def ids(said: str, **more: int) -> list[str]:
    return [heard.id for heard in listen(answer(said, **more)) if heard.id != "too_short"]


WHOLE = (
    f"{SIDES} I asked both what they could not give up. It went from {BEFORE} to {AFTER}. {COST}: that was the price."
)


def test_nothing_is_missing_in_a_whole_answer() -> None:
    assert ids(WHOLE) == []
    assert ids(STAR.text(), seconds=110) == []


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("", "shell"),
        ("asdf asdf nothing to say", "shell"),
        ("blah blah blah blah blah blah", "shell"),
        (WHOLE.replace(f"It went from {BEFORE} to {AFTER}.", "It went well for search."), "number"),
        (WHOLE.replace(f"from {BEFORE} to {AFTER}", f"to {AFTER}"), "baseline"),
        (WHOLE.replace("I asked", "We asked, and then we asked"), "we"),
        (WHOLE.replace(SIDES, "The designer wanted something of the search."), "other_side"),
        (WHOLE.replace(f"{COST}: that was the price.", ""), "cost"),
        (f"{WHOLE} It saved 80,000 euros.", "stranger"),
        (
            "I would set up roles before theories, help those who are hurt before causes, and one definition.",
            "other_question",
        ),
    ],
)
def test_what_is_missing_is_heard(said: str, id: str) -> None:
    assert ids(said)[0] == id


def test_time_is_held_against_the_time_of_the_question() -> None:
    assert "too_long" in ids(WHOLE, seconds=140)
    assert "too_long" not in ids(WHOLE, seconds=140, limit=180)
    assert "too_short" in [heard.id for heard in listen(answer(WHOLE, seconds=20, limit=180))]
    assert "too_long" in ids(f"{WHOLE} {'And then we looked at it once more. ' * 40}")  # typed, without a clock


def test_an_honest_gap_is_marked_as_good() -> None:
    heard = listen(answer("I don't know. I would ask support to count it for four weeks.", opens=False))
    assert [one.id for one in heard] == ["honest"]
    assert not heard[0].asks


def test_an_earlier_answer_once_more_is_heard_and_speech_alone_is_no_nonsense() -> None:
    again = dataclasses.replace(answer(WHOLE, opens=False), earlier=(WHOLE,))
    assert [heard.id for heard in listen(again)] == ["repeated"]
    assert ids("", seconds=90) == ["unwritten"]


def test_functions_are_heard_by_what_they_are_called_and_by_their_people() -> None:
    assert functions_named("Data scientists and ML engineers", NAMES) == {"data", "ml"}
    assert functions_named("Yuki and Bram", NAMES) == {"design", "ml"}
    assert functions_named("the engineers and legal", NAMES) == {"engineering", "risk"}
    assert functions_named("everybody", NAMES) == set()


def test_pressure_goes_to_what_this_answer_says() -> None:
    assert BEFORE in weakest(answer(WHOLE))
    assert AFTER in weakest(answer(f"It is {AFTER} now."))
    rounded = f"about {float(AFTER):.0f}"
    assert "What is it exactly" in weakest(answer(f"It is {rounded} now.")) or float(AFTER).is_integer()
    assert "We cut it because nobody needed it." in weakest(answer("We cut it because nobody needed it."))


PLAIN, POLISHED = (
    ("plain", "nonnative", "spoken", "dialogue", "bullets"),
    ("corporate", "narrative", "letter", "engineer"),
)
LACKED = {"number": "number", "baseline": "before", "other_side": "second_view"}
"""By what is asked for: what a person who read the answer would have noted as missing."""


@pytest.mark.slow
def test_plain_english_is_not_asked_for_more_often_than_polished() -> None:
    """On the honest answers of the corpus, each to its own question: everything that is asked of them, and what is
    asked although a reader had found it there. No claims are typed, so the cost is asked of all and says nothing."""
    corpus = Path(__file__).parents[1] / "quality" / "corpus"
    asked: dict[str, list[int]] = {}
    wrongly: dict[str, list[int]] = {}
    for part in ("dev", "test"):
        for row in yaml_text.parse((corpus / f"{part}.yaml").read_text(encoding="utf-8")).data:
            own = dataclasses.replace(answer(row["text"], Star(), limit=180), question=question(row["question"]))
            heard = {one.id for one in listen(own) if one.asks} - {"cost", "too_short", "too_long"}
            wrong = {id for id in heard if LACKED.get(id) not in row["lacks"]} - {"we"}
            asked.setdefault(row["style"], []).append(len(heard))
            wrongly.setdefault(row["style"], []).append(len(wrong))

    def mean(counts: dict[str, list[int]], styles: tuple[str, ...]) -> float:
        found = [count for style in styles for count in counts.get(style, [])]
        return sum(found) / len(found)

    assert all(len(asked[style]) >= 10 for style in (*PLAIN, *POLISHED))
    assert mean(asked, PLAIN) <= mean(asked, POLISHED)
    assert mean(wrongly, PLAIN) <= mean(wrongly, POLISHED)
    assert not any(wrongly["nonnative"] + wrongly["spoken"] + wrongly["plain"])


OFF = "Bananas are yellow, the sea is blue, and my dog runs in the park each morning; my aunt bakes bread for me."


PANEL = mock.Panel(STAR, NAMES)


def talked(*said: str) -> Session:
    session = Session(question="cut_a_loved_feature")
    for text in said:
        session = mock.answered(session, PANEL, text, 0)
    return session


@pytest.mark.parametrize("said", [OFF, "asdf asdf nothing to say", ""])
def test_the_same_nothing_again_ends_it_and_carries_nothing(said: str) -> None:
    session = talked(*[said] * 6)
    assert session.finished
    assert len(session.turns) <= 3
    assert mock.debrief(session, PANEL)[0] == "Nothing of your story was heard, so nothing carried."
    attempt = mock.attempts(MockInterview(sessions=(session,)))[0]
    assert attempt.there == ()


def test_only_what_was_heard_carries() -> None:
    first = mock.debrief(talked("I have nothing to say about that"), PANEL)[0]
    assert first == "Nothing of your story was heard, so nothing carried."
    first = mock.debrief(talked("Search was slow, and readers left."), PANEL)[0]
    assert first == "Nothing that I listen for was in your first answer."
    first = mock.debrief(talked(SIDES), PANEL)[0]
    assert first == "What carried: two functions."


def test_naming_the_sides_is_no_cost() -> None:
    sides = STAR.model_copy(update={"cost": STAR.cost.model_copy(update={"what": "Two weeks of ML engineering, lost"})})
    said = "Design wanted covers, and ML engineering had its limit; I put the options of both on one page."
    assert "cost" in [heard.id for heard in listen(answer(said, sides))]
    assert "cost" not in [heard.id for heard in listen(answer(f"{said} It lost weeks.", sides))]


def test_an_honest_gap_has_its_line_beside_what_is_missing() -> None:
    said = "I do not know how much, I would ask for the query and compare. The designer and the ML engineer differed."
    assert "a good answer" in mock.of_each(talked(said), PANEL)[0]


PRESSED = Pressure.model_validate(
    {"range": {"point": 2.8, "low": 1.9, "high": 3.6}, "break_even": {"value": 1.2}, "mind": {"threshold": 310}}
)


def pressed(said: str) -> list[str]:
    return [one.id for one in listen(dataclasses.replace(answer(said), pressure=PRESSED)) if one.id != "too_short"]


def test_a_range_and_where_the_choice_flips_are_asked_for_only_where_the_claims_have_them() -> None:
    one = f"{WHOLE} The test brought 2.8 more."
    assert pressed(one) == ["range", "flip"]
    assert "range" not in ids(one)
    both = f"{WHOLE} The test brought 2.8 more, between 1.9 and 3.6, and 1.2 would have been enough."
    assert pressed(both) == ["range_said", "flip_said"]
    assert "stranger" not in pressed(both)
    assert pressed(f"{WHOLE} The test brought 4.4 more.")[:1] == ["stranger"]


def test_pressure_goes_to_the_end_of_the_range_next_to_the_break_even() -> None:
    said = f"{WHOLE} The test brought 2.8 more."
    assert "Suppose that it is 1.9" in weakest(dataclasses.replace(answer(said), pressure=PRESSED))
    across = PRESSED.model_copy(update={"break_even": PRESSED.break_even.model_copy(update={"value": 2.2})})
    assert "It flips at 2.2" in weakest(dataclasses.replace(answer(said), pressure=across))
    assert "range" not in weakest(answer(said))


def test_what_was_said_of_the_range_stands_beside_other_interviews() -> None:
    panel = mock.Panel(STAR, NAMES, PRESSED)
    session = Session(question="cut_a_loved_feature")
    said = f"{WHOLE} The test brought 2.8 more, between 1.9 and 3.6, and 1.2 would have been enough."
    for text in (
        said,
        "I do not know, and I would count it.",
        "That is a good question, since nobody asked it.",
        "No.",
    ):
        session = mock.answered(session, panel, text, 100)
    attempt = mock.attempts(MockInterview(sessions=(session,)))[0]
    assert {"a range", "where the choice flips"} <= set(attempt.there)
    assert "a range" in mock.debrief(session, panel)[0]
    older = mock.attempts(MockInterview(sessions=(talked(WHOLE),)))[0]
    assert not {"a range", "where the choice flips"} & {*older.there, *older.absent}


CLOSE = PRESSED.model_copy(
    update={
        "range": PRESSED.range.model_copy(update={"point": 1.21, "low": 0.48, "high": 1.93}),
        "break_even": PRESSED.break_even.model_copy(update={"value": 1.18}),
    }
)


def close(said: str) -> list[str]:
    return [one.id for one in listen(dataclasses.replace(answer(said), pressure=CLOSE)) if one.id != "too_short"]


def test_a_gain_that_rounds_to_the_break_even_is_not_heard_as_the_break_even() -> None:
    assert "flip" in close(f"{WHOLE} We gave up 1.2 bookings in a thousand.")
    assert "flip_said" in close(f"{WHOLE} From 1.2 on it would have paid.")
    assert "flip_said" in close(f"{WHOLE} The point is 1.18.")


@pytest.mark.parametrize(
    "said",
    [
        "It brought 1.2, plus or minus 0.7.",
        "It brought 1.2, give or take 0.72.",
        "It lay somewhere between 0.5 and nearly two.",
        "From 1.93 down to 0.48, if I am careful.",
    ],
)
def test_a_range_is_heard_in_whatever_way_it_is_said(said: str) -> None:
    heard = close(f"{WHOLE} {said}")
    assert "range_said" in heard
    assert "stranger" not in heard


def test_two_small_counts_are_no_range() -> None:
    assert "range_said" not in close(f"{WHOLE} We ran two arms for 0.5 of the visitors.")


@pytest.mark.parametrize(
    "said",
    [
        "I do not know. I would compute it from the visitors of both arms.",
        "I have no idea where it flips, but I could ask Samuel what a booking is worth.",
        "I can't say. I'd check with Hedda.",
        "That is not known to me; to learn it, one would run both arms for another month.",
        "I not measured this. I would ask Hedda.",
    ],
)
def test_an_honest_gap_is_heard_in_whatever_words(said: str) -> None:
    assert "honest" in [one.id for one in listen(answer(said, opens=False))]
    assert said not in weakest(answer(f"{WHOLE} {said}"))


def test_what_others_did_not_know_is_no_gap_of_ones_own() -> None:
    said = "They did not know what it cost. Next, I asked both, and we counted."
    assert "honest" not in [one.id for one in listen(answer(said, opens=False))]


def test_who_asks_for_the_question_again_tells_the_story_with_its_whole_time() -> None:
    for said in ("Could you repeat the question, please?", "Let me think for a moment."):
        session = talked(said, WHOLE)
        assert session.turns[1].asked.endswith(session.turns[0].asked)
        assert session.turns[1].limit == session.turns[0].limit
        assert "what was yours" in mock.debrief(session, PANEL)[0]


def test_what_is_told_after_she_waited_belongs_to_the_story() -> None:
    first, more = WHOLE.split("It went from", 1)
    session = talked(first, f"It went from {more}")
    assert session.turns[1].about == "too_short"
    assert session.turns[1].limit > 45
    assert not {"number", "baseline", "cost", "other_side"} & set(session.turns[1].heard)
    assert "two functions" in mock.debrief(session, PANEL)[0]
    assert talked(first, "No, that is all.").turns[1].heard == ("no_more",)
    assert talked(first, "No, that is all.").turns[1].about == "too_short"
    assert "had nothing to add" in mock.of_each(talked(first, "No, that is all."), PANEL)[1]


def test_the_question_given_back_is_no_answer() -> None:
    asked = question("cut_a_loved_feature").question
    assert talked(asked).turns[0].heard == ("shell",)


LIMITED = CLOSE.model_copy(
    update={
        "range": PRESSED.range,
        "mind": CLOSE.mind.model_copy(update={"ground": "limit", "threshold": 280}),
    }
)


def test_where_a_limit_decided_it_flips_at_the_limit() -> None:
    def limited(said: str) -> Answer:
        return dataclasses.replace(answer(said), pressure=LIMITED)

    said = f"{WHOLE} Only below 280 milliseconds would we have taken it."
    assert "flip_said" in [one.id for one in listen(limited(said))]
    assert "Why did a limit decide it?" in weakest(limited(f"{WHOLE} It brought between 1.9 and 3.6."))


def test_nobody_is_asked_for_what_they_have_said() -> None:
    panel = mock.Panel(STAR, NAMES, CLOSE)
    session = Session(question="accuracy_lost")
    long = f"{WHOLE} It lay between 0.48 and 1.93, and from 1.18 on it would have paid. {STAR.text()}"
    for said in (long, "I would do it again."):
        session = mock.answered(session, panel, said, 0)
    assert [turn.about for turn in session.turns] == ["opening", "pressure"]
