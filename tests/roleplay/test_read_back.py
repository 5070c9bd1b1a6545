"""What people answer to what is said of them: over all combinations, and in a conversation."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.artifacts.saying_back import MOST_CLAIMS, SayingBack
from curriculum.authoring.exploration import explore
from curriculum.authoring.recalled import fact_spans, facts_told
from curriculum.cases.claims import Claim, Firmness, misplaced
from curriculum.roleplay import engine
from curriculum.roleplay.engine import NotAvailable, State
from curriculum.roleplay.read_back import (
    OBJECTED,
    PROBLEM_KINDS,
    Answer,
    ProblemKind,
    SaidBack,
    hear,
    said_in,
)
from curriculum.roleplay.read_back_words import ReadBackError, ReadBackWords, read_words
from curriculum.roleplay.script import Script, ScriptError, read_script
from curriculum.roleplay.transcript import (
    Transcript,
    TranscriptUnreadable,
    read_transcript,
    step_of,
    step_text,
    transcript_of,
    write_transcript,
)
from curriculum.support.files import MAX_BYTES
from tests.helpers.trial_read_back import CASE, HEARD, SCRIPT, TALK, WORDS, WORDS_DATA, Syntheses

assert TALK.read_back is not None
CLAIMS = TALK.read_back.claims
FACTS = frozenset(CASE.facts)
FIRM: tuple[Firmness, ...] = ("", "must", "wish", "not_said")
KINDS = ("feature_store", "old_arrivals", "summer", "by_seven", "give_up", "to_spy", "one_each", "too_much", "leaving")
"""Claims of every kind: what is Bertil's, what is another's, what nobody said, a plan, a view, and a kind twice."""
ORDER = {"confirmed": 0, "corrected": 1, "closed": 1, "objected": 2}
WHOLE = SaidBack("bertil", ("feature_store", "old_arrivals", "summer"), 9.0, "must")


def answer(said: SaidBack, told: frozenset[str] = FACTS, trust: int = 2, earlier: tuple[Answer, ...] = ()) -> Answer:
    return hear(said, CLAIMS, knows=lambda fact: fact in told, trust=trust, earlier=earlier)


def versions(person: str = "bertil") -> Iterator[SaidBack]:
    """Every version of up to four claims, with each firmness, and no number, the right or a wrong one."""
    for count in range(MOST_CLAIMS + 1):
        for claims in combinations(KINDS, count):
            for number, firm in product((None, 9.0, 3.0), FIRM):
                yield SaidBack(person, claims, number, firm)


def test_every_version_has_an_answer_and_only_the_right_ones_are_confirmed() -> None:
    confirmed = {said for said in versions() if answer(said).status == "confirmed"}
    assert confirmed == {
        replace(WHOLE, claims=claims)
        for claims in (
            ("feature_store", "old_arrivals", "summer"),
            ("old_arrivals", "summer", "by_seven"),
            ("feature_store", "old_arrivals", "summer", "by_seven"),
        )
    }


def test_an_added_wrong_claim_never_helps() -> None:
    """Not to be confirmed, not to have fewer problems, not to be told more, whatever was told."""
    wrong = [id for id in KINDS if CLAIMS[id].owner != "bertil"]
    for told in (FACTS, FACTS - {"bertil_why"}, FACTS - {"bertil_limit"}, frozenset[str]()):
        for said in versions():
            if len(said.claims) == MOST_CLAIMS:
                continue
            before = answer(said, told)
            for id in wrong:
                if id not in said.claims:
                    after = answer(replace(said, claims=(*said.claims, id)), told)
                    assert set(before.kinds) < set(after.kinds) or set(after.kinds) & {
                        "view",
                        "plan",
                        "gossip",
                        "other",
                    }
                    assert set(before.kinds) <= set(after.kinds)
                    assert ORDER[after.status] >= max(1, ORDER[before.status])
                    assert after.opened == ()


def test_order_of_claims_and_what_is_said_twice_change_nothing() -> None:
    draw = Random(1)
    for said in draw.sample([*versions()], 400):
        shuffled = list(said.claims * 2)
        draw.shuffle(shuffled)
        other = answer(replace(said, claims=tuple(shuffled)))
        assert (other.status, other.kinds, set(other.right)) == (
            answer(said).status,
            answer(said).kinds,
            set(answer(said).right),
        )


def test_objections_come_first_and_at_most_two_problems_are_named() -> None:
    for said in versions():
        found = answer(said)
        assert list(found.kinds) == sorted(found.kinds, key=PROBLEM_KINDS.index)
        assert len(found.named) <= 2
        assert (found.status == "objected") == bool(OBJECTED.intersection(found.kinds))


def mended(said: SaidBack, named: tuple[ProblemKind, ...]) -> SaidBack:
    """What somebody does who was told everything and mends just what was named."""
    claims = [id for id in said.claims if _kind_of(id) not in named]
    for kind, id in (("no_why", "old_arrivals"), ("no_limit", "summer"), ("no_want", "feature_store")):
        if kind in named:
            claims.append(id)
    firm = "must" if {"softened", "hardened", "firmness_blank", "no_limit"}.intersection(named) else said.firmness
    number = 9.0 if {"number_off", "number_missing", "no_limit"}.intersection(named) else said.number
    return SaidBack(said.person, tuple(claims), number, firm)  # type: ignore[arg-type]


def _kind_of(id: str) -> str:
    return CLAIMS[id].kind if CLAIMS[id].kind in OBJECTED else "" if CLAIMS[id].owner == "bertil" else "other"


def test_mending_what_is_named_confirms_after_a_few_mendings() -> None:
    """Within three for 96 of 100 starts, within four for all."""
    needed: Counter[int] = Counter()
    for said in versions():
        count, now, earlier = 0, said, ()
        while (found := answer(now, earlier=earlier)).status != "confirmed":
            now, earlier, count = mended(now, tuple(one.kind for one in found.named)), (*earlier, found), count + 1
            assert count <= 4, said
        needed[count] += 1
    total = sum(needed.values())
    assert sum(number for count, number in needed.items() if count <= 3) / total >= 0.96, needed


def test_no_answer_depends_on_what_was_not_told() -> None:
    limit = CLAIMS["study"]
    other = {**CLAIMS, "study": replace(limit, number=2.0, firmness="wish", sounds="wish")}
    for claims in ((), ("study",), ("study", "give_up", "new_tracking"), ("six_events",)):
        for number, firm in product((None, 5.0, 2.0), FIRM):
            said = SaidBack("leilani", claims, number, firm)
            for told in (frozenset[str](), FACTS - {"leilani_limit"}):
                mine = hear(said, CLAIMS, knows=lambda fact, told=told: fact in told, trust=5)
                theirs = hear(said, other, knows=lambda fact, told=told: fact in told, trust=5)
                assert mine == theirs
            unfirm = {**other, "study": replace(other["study"], number=5.0)}
            told = FACTS - {"leilani_hard"}
            assert answer(said, told) == hear(
                said, unfirm, knows=lambda fact: fact in FACTS - {"leilani_hard"}, trust=2
            )


@pytest.mark.parametrize(
    ("firm", "hard_told", "problem"),
    [
        ("wish", False, None), ("must", False, "hardened"), ("not_said", False, "firmness_blank"),
        ("wish", True, "softened"), ("must", True, None), ("", True, "firmness_blank"),
    ],
)  # fmt: skip
def test_a_limit_is_as_firm_as_it_was_told(firm: Firmness, hard_told: bool, problem: str | None) -> None:
    told = FACTS if hard_told else FACTS - {"leilani_hard"}
    said = SaidBack("leilani", ("new_tracking", "give_up", "study"), 5.0, firm)
    assert answer(said, told).kinds == ((problem,) if problem else ())


@pytest.mark.parametrize(
    ("said", "told", "kinds"),
    [
        (replace(WHOLE, claims=("feature_store", "old_arrivals", "summer", "by_seven")), FACTS - {"bertil_quiet"},
         ("untold",)),
        (replace(WHOLE, number=8.0), FACTS, ("number_off",)),
        (replace(WHOLE, number=None), FACTS, ("number_missing",)),
        (replace(WHOLE, firmness="wish"), FACTS, ("softened",)),
        (replace(WHOLE, claims=("feature_store", "old_arrivals")), FACTS, ("no_limit",)),
        (replace(WHOLE, claims=("feature_store", "summer")), FACTS, ("no_why",)),
        (replace(WHOLE, claims=("old_arrivals", "summer")), FACTS, ("no_want",)),
        (replace(WHOLE, claims=(*WHOLE.claims, "by_hand")), FACTS, ("other",)),
        (replace(WHOLE, claims=(*WHOLE.claims, "too_much")), FACTS, ("view",)),
        (replace(WHOLE, claims=(*WHOLE.claims, "one_each")), FACTS, ("plan",)),
        (replace(WHOLE, claims=(*WHOLE.claims, "to_spy")), FACTS, ("gossip",)),
        (replace(WHOLE, claims=(*WHOLE.claims, "nobody_knows_this")), FACTS, ("gossip",)),
        (WHOLE, frozenset(), ("untold", "no_why", "no_limit")),
        (SaidBack("bertil", (), None, "", "A sentence."), FACTS, ("no_why", "no_limit", "no_want")),
    ],
)  # fmt: skip
def test_each_kind_of_problem_is_seen(said: SaidBack, told: frozenset[str], kinds: tuple[str, ...]) -> None:
    assert answer(said, told).kinds == kinds


def test_the_same_problems_twice_close_and_a_mended_version_opens_again() -> None:
    first = answer(replace(WHOLE, claims=(*WHOLE.claims, "to_spy")))
    second = answer(replace(WHOLE, claims=(*WHOLE.claims, "leaving")), earlier=(first,))
    assert (first.status, second.status) == ("objected", "closed")
    assert answer(WHOLE, earlier=(first, second), trust=3).status == "confirmed"


def test_understanding_at_once_or_with_trust_opens_what_was_not_said() -> None:
    told, wrong = FACTS - {"bertil_quiet"}, answer(replace(WHOLE, number=1.0))
    assert answer(WHOLE, told).opened == ("bertil_quiet",)
    assert answer(WHOLE, told, trust=2, earlier=(wrong,)).opened == ()
    assert answer(WHOLE, told, trust=3, earlier=(wrong,)).opened == ("bertil_quiet",)
    assert answer(WHOLE, FACTS).opened == ()


@given(
    st.lists(st.sampled_from([*CLAIMS, "unknown", ""]), max_size=8),
    st.one_of(st.none(), st.floats(allow_nan=False)),
    st.sampled_from(FIRM),
    st.sets(st.sampled_from(sorted(FACTS))),
    st.integers(0, 5),
)
def test_whatever_is_said_is_answered(
    claims: list[str], number: float | None, firm: Firmness, told: set[str], trust: int
) -> None:
    found = answer(SaidBack("fadi", tuple(claims), number, firm), frozenset(told), trust)
    assert (found.status == "confirmed") == (not found.problems)
    assert set(found.right) <= {id for id, claim in CLAIMS.items() if claim.owner == "fadi"}


def test_an_answer_takes_less_than_a_millisecond() -> None:
    some = Random(2).sample([*versions()], 2000)
    start = time.perf_counter()
    for said in some:
        answer(said)
    assert (time.perf_counter() - start) / len(some) < 0.001


# In a conversation


def at(*ids: engine.Step) -> State:
    return engine.replay(TALK, ids).state


def test_what_is_opened_counts_as_told_and_opens_a_choice() -> None:
    before = at(*HEARD)
    assert "go_on" not in [choice.id for choice in engine.available(TALK, before)]
    after = engine.step(TALK, before, WHOLE)
    assert after.knows("bertil_quiet") and after.confirmed("bertil") and after.said_back("bertil")
    assert "go_on" in [choice.id for choice in engine.available(TALK, after)]
    assert engine.ending(TALK, engine.step(TALK, after, "go_on")) is not None
    assert engine.told_at(TALK, after.path)["bertil_quiet"] == 8


def test_a_conversation_with_read_backs_is_replayed_from_its_path() -> None:
    bad, other = replace(WHOLE, claims=("to_spy",)), SaidBack("leilani", ("new_tracking",))
    state = at(*HEARD, bad, "what_could_i_say", other, WHOLE, "stop")
    assert state.path == (*HEARD, bad, "what_could_i_say", other, WHOLE, "stop")
    assert engine.replay(TALK, state.path).state == state
    assert [one.round.said.person for one in engine.heard_back(TALK, state.path)] == ["bertil", "leilani", "bertil"]
    assert [turn.choice.id for turn in engine.turns(TALK, state.path)] == [*HEARD, "stop"]


def test_an_objection_costs_trust_and_a_confirmation_may_bring_some() -> None:
    bad = SaidBack("fadi", ("leaving",))
    assert at(*HEARD, bad).trust_of("fadi") == 0
    assert at(*HEARD, replace(WHOLE, claims=("to_spy",))).trust_of("bertil") == 1
    assert at(*HEARD, bad).objected("fadi") and not at(*HEARD, WHOLE).objected("bertil")


@pytest.mark.parametrize(
    "steps",
    [
        (*HEARD[:1], WHOLE),
        (*HEARD, WHOLE, WHOLE),
        (*HEARD, replace(WHOLE, claims=(), sentence="")),
        (*HEARD, "stop", WHOLE),
        (*HEARD, SaidBack("greta", ("to_spy",))),
        (*HEARD, *(replace(WHOLE, number=float(n)) for n in range(1, 5))),
    ],
)
def test_nobody_listens_too_early_too_late_too_often_or_to_the_same(steps: tuple[engine.Step, ...]) -> None:
    replay = engine.replay(TALK, steps)
    assert replay.state == at(*steps[:-1])
    assert "cannot be made there" in replay.note and "said back to" in replay.note
    with pytest.raises(NotAvailable):
        engine.step(TALK, at(*steps[:-1]), steps[-1])


def test_a_confirmation_holds_for_what_the_person_has_added_since() -> None:
    state = at(*HEARD, WHOLE)
    assert state.confirms(replace(WHOLE, sentence="In other words."))
    assert state.confirms(replace(WHOLE, claims=(*WHOLE.claims, "by_seven")))
    assert not state.confirms(replace(WHOLE, claims=(*WHOLE.claims, "to_spy")))
    assert not state.confirms(replace(WHOLE, number=8.0))
    assert not state.confirms(replace(WHOLE, person="fadi"))
    assert not at(*HEARD, replace(WHOLE, number=8.0)).confirms(replace(WHOLE, number=8.0))


def test_the_line_says_what_is_right_and_two_problems_in_words_that_change_with_the_round() -> None:
    said = replace(WHOLE, claims=("feature_store", "to_spy", "give_up"))
    first, second = engine.heard_back(TALK, (*HEARD, said, replace(WHOLE, firmness="wish")))
    assert first.line == (
        "You have what I ask for. Nobody has said that to you: “The refunds' numbers are meant to check on somebody”. "
        "“Nobody sees where people give up”: that belongs to Leilani. Please do not say that in my name."
    )
    assert second.line == "Now you have what I ask for and why. You made my date kinder than it is. Once more?"
    stranger = engine.heard_back(TALK, (*HEARD, replace(WHOLE, claims=("by_hand",))))[0]
    assert "belongs to somebody else" in stranger.line


def test_the_search_finds_what_understanding_opens() -> None:
    found = explore(TALK)
    assert {"bertil_quiet", "leilani_quiet"} >= facts_told(found) - set(FACTS - {"bertil_quiet", "leilani_quiet"})
    assert "bertil_quiet" in facts_told(found)
    assert "done" in {state.node for state in found.states}
    assert max(most for _, most in fact_spans(found)) == 6
    end = next(found.at("done"))
    assert engine.replay(TALK, found.path(end)).note == ""


def test_who_is_understood_late_can_be_found_where_a_condition_asks_for_it() -> None:
    data = SCRIPT.model_dump(mode="json", exclude_defaults=True)
    data["nodes"]["pause"]["choices"][1]["outcomes"] = [
        {"when": "confirmed('bertil') and not knows('bertil_quiet')", "to": "done"}
    ]
    script = Script.model_validate(data).with_read_back(WORDS).in_world(CASE)
    found = explore(script)
    late = [number for number in found.at("done") if "bertil_quiet" not in found.states[number].facts]
    assert late and engine.replay(script, found.path(late[0])).state.node == "done"


# Files


def test_a_transcript_keeps_what_was_said_back(tmp_path: Path) -> None:
    file = tmp_path / "answers" / "talks.yaml"
    said = replace(WHOLE, sentence="Bertil: it rests on “yesterday”.")
    kept = Transcript("talks").chosen("ask_why", "why?").chosen("ask_leilani").read_back(said)
    write_transcript(file, kept)
    read = read_transcript(file)
    assert read == kept and read.words(0) == ("why?", "")
    assert read.current[2].sentence == said.sentence  # type: ignore[union-attr]
    assert [step_of(step_text(step)) for step in read.current] == [*read.current]


def test_going_back_takes_with_it_what_was_said_back_after_that() -> None:
    kept = Transcript("talks", ((*HEARD, WHOLE, "go_on"),))
    assert kept.rewound(2).current == (*HEARD, WHOLE)
    assert kept.rewound(1).current == HEARD[:1]
    assert kept.rewound(2).attempts[0] == kept.current


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("{said_back: bertil, claims: feature_store}", "expected a list"),
        ("{said_back: bertil, claims: [a, b, c, d, e]}", "at most 4"),
        ("{said_back: bertil, claims: [[a]]}", "expected text"),
        ("{said_back: bertil, number: nine}", "expected a number"),
        ("{said_back: bertil, number: 1e30}", "at most"),
        ("{said_back: bertil, firmness: iron}", "expected one of"),
        ("{said_back: bertil, answer: confirmed}", "'answer', which is not known here"),
        ("{said_back: bertil, choice: ask_why}", "attempts[1][1]"),
        ("{claims: [a]}", "attempts[1][1]"),
        ("{said_back: " + "b" * 99 + "}", "at most 80"),
        ("7", "expected text"),
    ],
)
def test_what_no_widget_writes_is_told_with_its_line(tmp_path: Path, step: str, found: str) -> None:
    file = tmp_path / "talks.yaml"
    file.write_text(f"conversation: talks\nattempts:\n- - {step}\n")
    with pytest.raises(TranscriptUnreadable, match=r"talks\.yaml, line 3") as refused:
        read_transcript(file)
    assert found in str(refused.value)


def test_sentences_are_kept_short_and_on_one_line() -> None:
    made = transcript_of({"conversation": "talks", "attempts": [[{"said_back": "fadi", "sentence": "a\n\x00b" * 500}]]})
    (said,) = made.current
    assert isinstance(said, SaidBack) and len(said.sentence) == 300 and "\n" not in said.sentence


@pytest.mark.slow
def test_many_attempts_leave_a_file_that_can_be_read_again(tmp_path: Path) -> None:
    file = tmp_path / "talks.yaml"
    long = tuple(SaidBack(who, WHOLE.claims, float(n), "", "word " * 55) for who in "abcd" for n in range(20))
    write_transcript(file, Transcript("talks", tuple((f"number_{n}", *long) for n in range(12))))
    assert file.stat().st_size <= MAX_BYTES
    assert read_transcript(file).current[0] == "number_11"


# What authors write


def change(data: dict[str, Any], *path: str, to: Any = None) -> dict[str, Any]:
    """The words with another value at a path; taken out where there is none."""
    name, *rest = path
    if rest:
        return {**data, name: change(data[name], *rest, to=to)}
    return {**data, name: to} if to is not None else {key: value for key, value in data.items() if key != name}


@pytest.mark.parametrize(
    ("path", "to", "sentence"),
    [
        (("people", "bertil", "problems", "gossip"), None, "people.bertil.problems: there are no words for gossip"),
        (("people", "bertil", "right", "none"), None, "Field required"),
        (("people", "bertil", "right", "none"), "You have {right}.", "the hole {right} means nothing here"),
        (("people", "bertil", "problems", "no_why"), "Not {claim}.", "the hole {claim} means nothing here"),
        (("people", "bertil", "problems", "gossip"), "{owner} said so.", "there is {claim}"),
        (("people", "bertil", "problems", "number_off"), "It is {{ facts.x.value }}.", "only closing.opened is filled"),
        (("people", "bertil", "right", "all"), ["a", "b", "c", "d"], "at most 3"),
        (("not_yet",), "", "`not_yet` has to say what comes first"),
        (("when",), "visited(3)", "must name its subject in quotes"),
        (("rounds",), 4, "less than or equal to 3"),
        (("needs",), ["love"], "needs"),
        (("people", "bertil", "opens"), "x", "Extra inputs"),
    ],
)
def test_what_is_wrong_in_read_back_yaml_is_told(tmp_path: Path, path: tuple[str, ...], to: Any, sentence: str) -> None:
    from curriculum.artifacts import yaml_text

    file = tmp_path / "read_back.yaml"
    file.write_text(yaml_text.dump(change(WORDS_DATA, *path, to=to)))
    with pytest.raises(ReadBackError, match=r"read_back\.yaml, line \d+") as refused:
        read_words(file)
    assert sentence in str(refused.value)


def test_a_script_takes_its_words_from_the_file_beside_it(tmp_path: Path) -> None:
    from curriculum.artifacts import yaml_text

    file = tmp_path / "roleplay.yaml"
    file.write_text(yaml_text.dump(SCRIPT.model_dump(mode="json", exclude_defaults=True)))
    assert read_script(file).read_back is None
    beside = tmp_path / "read_back.yaml"
    beside.write_text(yaml_text.dump(WORDS_DATA))
    script = read_script(file).in_world(CASE)
    assert script.read_back is not None and script.read_back.claims == CLAIMS
    assert script.teaches >= {"bertil_quiet", "leilani_quiet"}
    beside.write_text("kind: [")
    with pytest.raises(ScriptError, match=r"read_back\.yaml, line 2"):
        read_script(file)
    beside.write_text(yaml_text.dump(change(WORDS_DATA, "people", "greta", to=WORDS_DATA["people"]["fadi"])))
    with pytest.raises(ScriptError, match="not in the cast: greta"):
        read_script(file)


def test_conditions_on_people_without_words_are_refused(tmp_path: Path) -> None:
    from curriculum.artifacts import yaml_text

    data = SCRIPT.model_dump(mode="json", exclude_defaults=True)
    data["nodes"]["pause"]["choices"][0]["needs"] = "confirmed('bertil')"
    file = tmp_path / "roleplay.yaml"
    file.write_text(yaml_text.dump(data))
    with pytest.raises(ScriptError, match="whether bertil was read back to"):
        read_script(file)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (Claim("x", "x", owner="nemo", kind="why"), "its owner 'nemo' is no person"),
        (Claim("x", "x", owner="fadi", kind="gossip"), "nobody's, and has the owner 'fadi'"),
        (Claim("x", "x", owner="fadi", kind="why", fact="no_fact"), "names the fact 'no_fact'"),
        (Claim("x", "x", owner="fadi", kind="why", number=3.0), "is no limit"),
        (Claim("x", "x", owner="fadi", kind="limit"), "more than one limit"),
    ],
)
def test_claims_that_do_not_hang_together_are_told(claim: Claim, sentence: str) -> None:
    assert any(sentence in one for one in misplaced([*CLAIMS.values(), claim], CASE.people, CASE.facts))
    with pytest.raises(ScriptError, match=r"read_back\.yaml: "):
        SCRIPT.with_read_back(WORDS).in_world(replace(CASE, more={"claims": {**CASE.more["claims"], claim.id: claim}}))


def test_a_fact_that_everybody_has_needs_nobody_to_tell_it() -> None:
    facts = {**CASE.facts, "bertil_why": replace(CASE.facts["bertil_why"], held_by=None)}
    read_back = SCRIPT.with_read_back(WORDS).in_world(replace(CASE, facts=facts)).read_back
    assert read_back is not None and read_back.claims["old_arrivals"].fact == ""


def test_needs_may_be_fewer_and_then_fewer_words_are_asked_for() -> None:
    data = change(WORDS_DATA, "needs", to=["why"])
    for person in data["people"]:
        for kind in ("no_want", "no_limit"):
            data = change(data, "people", person, "problems", kind)
    words = ReadBackWords.model_validate(data)
    script = SCRIPT.with_read_back(words).in_world(CASE)
    said = SaidBack("bertil", ("old_arrivals",))
    assert engine.step(script, engine.replay(script, HEARD).state, said).confirmed("bertil")


def test_an_artifact_says_its_parts_back() -> None:
    artifact = Syntheses(
        bertil=SayingBack(claims=("feature_store", "summer"), number=9.0, firmness="must", sentence="x")
    )
    said = said_in(artifact)
    assert said["bertil"] == SaidBack("bertil", ("feature_store", "summer"), 9.0, "must")
    assert said["fadi"].is_blank and not said["bertil"].is_blank
