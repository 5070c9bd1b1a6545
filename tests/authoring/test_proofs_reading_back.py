"""Each proof of read-backs can fail: a fault is planted in a small talk with read-backs, and the proof notices it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from curriculum.cases import Case
from curriculum.roleplay.read_back_words import ReadBackWords
from graders.rubric import Rubric
from tests.helpers.altered import Altered, against
from tests.helpers.trial_read_back import CASE, SCRIPT, WORDS_DATA, Syntheses

PROOFS = (
    "read_backs_have_words_of_their_own",
    "read_backs_open_what_their_person_holds",
    "labels_of_claims_tell_no_value",
    "told_people_are_understood",
    "read_backs_are_no_oracle",
)
Data = dict[str, Any]


def own_words(data: Data) -> Data:
    """The words of the small talk, said by each person in their own way."""
    people = {
        person: {
            **words,
            "right": {name: _told(person, said) for name, said in words["right"].items()},
            "problems": {kind: _told(person, said) for kind, said in words["problems"].items()},
            "closing": {name: _told(person, said) for name, said in words["closing"].items()},
        }
        for person, words in data["people"].items()
    }
    return {**data, "people": people}


def _told(person: str, said: Any) -> Any:
    return (
        [f"{person.title()} says: {text}" for text in said] if isinstance(said, list) else f"{person.title()}: {said}"
    )


def rubric_of(model: type[Syntheses]) -> Rubric:
    return Rubric("welcome", {"syntheses": model}, ("talks",))


def lesson(
    words: Callable[[Data], Data] = lambda data: data, case: Callable[[Case], Case] = lambda case: case, **parts: Any
) -> Altered:
    """A lesson with the small talk, without Fadi, who holds nothing that could be opened."""
    data = own_words(WORDS_DATA)
    people = {person: data["people"][person] for person in ("bertil", "leilani")}
    script = SCRIPT.with_read_back(ReadBackWords.model_validate(words({**data, "people": people})))
    told: dict[str, Any] = {"script": script, "rubric": rubric_of(_Two)}
    return Altered(**told | parts, case=lambda _: case(CASE))


class _Two(Syntheses):
    """The same for two people."""


_Two.model_fields.pop("fadi")
_Two.model_rebuild(force=True)


def words_of(person: str, part: str, name: str, said: str) -> Callable[[Data], Data]:
    def change(data: Data) -> Data:
        theirs = data["people"][person]
        theirs = {**theirs, part: {**theirs[part], name: said}}
        return {**data, "people": {**data["people"], person: theirs}}

    return change


def claim_with(id: str, **changes: Any) -> Callable[[Case], Case]:
    def change(case: Case) -> Case:
        claims = {one.id: one for one in case.more["claims"].values()}
        return replace(case, more={"claims": {**claims, id: replace(claims[id], **changes)}})

    return change


def public(id: str) -> Callable[[Case], Case]:
    """A claim that everybody knows."""
    return claim_with(id, fact="")


@pytest.mark.parametrize("proof", PROOFS)
def test_the_small_talk_is_sound(proof: str) -> None:
    assert against(proof, lesson()) == ""


WORDS, OPENS, LABELS, UNDERSTOOD, ORACLE = PROOFS
PLANTED: list[tuple[str, Callable[[], Altered], str]] = [
    (
        WORDS,
        lambda: lesson(words_of("bertil", "problems", "no_why", "Leilani: And when? I told you.")),
        "says the same",
    ),
    (WORDS, lambda: lesson(words_of("bertil", "problems", "number_off", "It was week 9.")), "is a quantity"),
    (WORDS, lambda: lesson(words_of("bertil", "closing", "opened", "Nine: {{ facts.bertil_why }}")), "is a quantity"),
    (WORDS, lambda: lesson(lambda data: {**data, "kind": "ask"}), "'ask' is no artifact"),
    (WORDS, lambda: lesson(rubric=rubric_of(Syntheses)), "fadi has words or"),
    (WORDS, lambda: lesson(script=SCRIPT), "there is no read_back.yaml"),
    (OPENS, lambda: lesson(words_of("bertil", "closing", "opened", "I tell you more.")), "does not say bertil_quiet"),
    (OPENS, lambda: lesson(case=claim_with("by_seven", fact="fadi_why")), "held by fadi"),
    (OPENS, lambda: lesson(case=claim_with("by_seven", kind="why")), "nothing that this person would tell"),
    (LABELS, lambda: lesson(case=claim_with("summer", label="It is needed in week 9")), "bertil has to be asked for"),
    (LABELS, lambda: lesson(case=claim_with("summer", note="Nine weeks from now")), "bertil has to be asked for"),
    (UNDERSTOOD, lambda: lesson(case=claim_with("old_arrivals", owner="leilani")), "the right version is"),
    (ORACLE, lambda: lesson(case=lambda case: public("summer")(public("old_arrivals")(case))), "stands in the brief"),
    (ORACLE, lambda: lesson(case=claim_with("study", sounds="")), "not how it sounds before"),
]


@pytest.mark.parametrize(("proof", "altered", "said"), PLANTED)
def test_a_planted_fault_is_found(proof: str, altered: Callable[[], Altered], said: str) -> None:
    assert said in against(proof, altered())


def test_an_answer_that_depends_on_what_was_not_told_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from curriculum.authoring.proofs import reading_back

    hear = reading_back.hear

    def knowing(said: Any, claims: Any, **more: Any) -> Any:
        return hear(said, claims, **more | {"knows": lambda fact: True})

    monkeypatch.setattr(reading_back, "hear", knowing)
    assert "which was not told" in against("read_backs_are_no_oracle", lesson())


def test_a_version_that_is_confirmed_although_something_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from curriculum.authoring.proofs import reading_back

    hear = reading_back.hear

    def lenient(said: Any, claims: Any, **more: Any) -> Any:
        found = hear(said, claims, **more)
        return replace(found, status="confirmed") if found.kinds == ("gossip",) else found

    monkeypatch.setattr(reading_back, "hear", lenient)
    assert "this is confirmed as well" in against("told_people_are_understood", lesson())
