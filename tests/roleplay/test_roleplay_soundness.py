"""The search for faults in conversations finds each kind of fault, and nothing in a sound one."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.authoring.diagram import SCHEMAS, endings_table, mermaid, schemas
from curriculum.authoring.exploration import TooManyStates, explore
from curriculum.authoring.recalled import fact_spans, facts_told, heard_beside, trust_spans
from curriculum.authoring.soundness import Fault, examine
from curriculum.cases import Case
from curriculum.cases.base import Fact, Person, by_id
from curriculum.roleplay import engine
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import Script

CASE = Case(
    slug="tea",
    version=1,
    seed=0,
    company="Tea",
    brief="Tea.",
    people=by_id(Person("ann", "Ann A"), Person("bob", "Bob B")),
    facts=by_id(
        Fact("budget", "It costs 3.", held_by="ann"),
        Fact("date", "It is due on Monday.", held_by="bob"),
        Fact("public", "There is tea."),
    ),
    columns={},
    truth=None,
)


def choice(id: str, to: str, minutes: int = 2, **more: Any) -> dict[str, Any]:
    return {"id": id, "text": id, "style": "open", "to": to, "minutes": minutes, "coaching": "Fine.", **more}


SOUND: dict[str, Any] = {
    "id": "talk",
    "title": "Tea",
    "goal": "Learn what it costs.",
    "minutes": 10,
    "cast": ["ann", "bob"],
    "start": "hello",
    "out_of_time": "late",
    "nodes": {
        "hello": {
            "says": [{"who": "ann", "text": "Yes?"}],
            "choices": [
                choice("ask_budget", "told", 3, learn=["budget"]),
                choice("ask_date", "dated", 3, learn=["date"], trust={"bob": 1}),
                choice("leave", "parted", 1),
            ],
        },
        "told": {
            "says": [{"who": "ann", "text": "Three."}],
            "choices": [
                choice("then_date", "dated", 3, learn=["date"]),
                choice("thank", "done", 1, trust={"ann": 1}),
            ],
        },
        "dated": {
            "says": [{"who": "bob", "text": "Monday."}],
            "choices": [choice("back", "hello", 1, needs="minutes >= 2"), choice("thank_bob", "done", 1)],
        },
        "done": {"ending": {"id": "done", "title": "Done", "text": "Done."}},
        "parted": {"ending": {"id": "parted", "title": "Parted", "text": "Parted."}},
        "late": {"ending": {"id": "late", "title": "Late", "text": "Late."}},
    },
}


def faults(change: Callable[[dict[str, Any]], None] | None = None) -> tuple[Fault, ...]:
    data = copy.deepcopy(SOUND)
    if change:
        change(data)
    return examine(Script.model_validate(data), CASE).faults


def test_a_sound_conversation_has_no_faults() -> None:
    assert faults() == ()


def _choices(data: dict[str, Any], node: str) -> list[dict[str, Any]]:
    choices: list[dict[str, Any]] = data["nodes"][node]["choices"]
    return choices


def unreachable_node(data: dict[str, Any]) -> None:
    data["nodes"]["cellar"] = {"says": [{"who": "ann", "text": "Hm."}], "choices": [choice("up", "hello")]}


def unreachable_ending(data: dict[str, Any]) -> None:
    data["nodes"]["gold"] = {"ending": {"id": "gold", "title": "Gold", "text": "Gold."}}
    _choices(data, "told").append(choice("win", "gold", needs="knows('budget') and not visited('ask_budget')"))


def ending_out_of_time(data: dict[str, Any]) -> None:
    data["nodes"]["gold"] = {"ending": {"id": "gold", "title": "Gold", "text": "Gold."}}
    _choices(data, "told").append(choice("win", "gold", 9))


def dead_end(data: dict[str, Any]) -> None:
    _choices(data, "told")[:] = [choice("then_date", "dated", 3, needs="knows('date')", learn=["date"])]


def soft_lock(data: dict[str, Any]) -> None:
    data["nodes"]["loop"] = {
        "says": [{"who": "bob", "text": "Round and round."}],
        "choices": [choice("again", "loop", 1, repeat=True), choice("out", "done", 1, needs="knows('budget')")],
    }
    _choices(data, "hello").append(choice("wander", "loop", 1))


def endless(data: dict[str, Any]) -> None:
    soft_lock(data)
    data["nodes"]["loop"]["choices"][0] |= {"minutes": 0, "trust": {"bob": 1}}


def unlearnable_fact(data: dict[str, Any]) -> None:
    for node in ("hello", "told"):
        for item in _choices(data, node):
            item["learn"] = [fact for fact in item.get("learn", []) if fact != "date"] or item.get("does", [])


def never_available(data: dict[str, Any]) -> None:
    _choices(data, "told").append(choice("haggle", "done", 2, needs="trust('ann') >= 5"))


def no_effect(data: dict[str, Any]) -> None:
    _choices(data, "told").append(choice("nod", "dated", 0))


def no_coaching(data: dict[str, Any]) -> None:
    _choices(data, "told")[0]["coaching"] = "  "


def dominant(data: dict[str, Any]) -> None:
    _choices(data, "told")[0] |= {"minutes": 1, "trust": {"ann": 2}}


def same_place(data: dict[str, Any]) -> None:
    _choices(data, "hello").sort(key=lambda item: item["id"] != "ask_date")
    _choices(data, "told").reverse()
    _choices(data, "dated")[0]["trust"] = {"ann": 1}


def hearsay(data: dict[str, Any]) -> None:
    _choices(data, "hello")[0]["to"] = "dated"
    _choices(data, "hello")[1]["to"] = "told"


def already_known(data: dict[str, Any]) -> None:
    _choices(data, "hello")[0]["learn"] = ["budget", "public"]


def stranger(data: dict[str, Any]) -> None:
    data["cast"] = ["ann", "bob", "eve"]
    data["nodes"]["told"]["says"].append({"who": "eve", "text": "Hello."})


def silent(data: dict[str, Any]) -> None:
    data["nodes"]["dated"]["says"] = [{"who": "ann", "text": "Monday."}]


def unknown_fact(data: dict[str, Any]) -> None:
    _choices(data, "hello")[0]["learn"] = ["budget", "weather"]


def unknown_name(data: dict[str, Any]) -> None:
    _choices(data, "told")[1]["needs"] = "not visited('ask_weather')"


def unknown_person(data: dict[str, Any]) -> None:
    _choices(data, "told")[1]["needs"] = "trust('eve') >= 1"


def outcome_that_never_decides(data: dict[str, Any]) -> None:
    _choices(data, "told")[0]["outcomes"] = [{"when": "trust('bob') >= 5", "trust": {"bob": 1}}]


def outcome_that_always_decides(data: dict[str, Any]) -> None:
    _choices(data, "told")[0]["outcomes"] = [{"when": "knows('budget')", "trust": {"bob": 1}}]


def never_brought_up(data: dict[str, Any]) -> None:
    data["brings_up"] = [{"id": "aside", "when": "trust('bob') >= 5", "says": [{"who": "bob", "text": "By the way."}]}]


def never_said(data: dict[str, Any]) -> None:
    data["nodes"]["told"]["says"].append({"who": "ann", "text": "Ah.", "when": "knows('date') and minutes >= 9"})


def hearsay_by_itself(data: dict[str, Any]) -> None:
    says = [{"who": "ann", "text": "Bob says it is Monday."}]
    data["brings_up"] = [{"id": "aside", "when": "knows('budget')", "says": says, "learn": ["date"]}]


def unknown_missed(data: dict[str, Any]) -> None:
    _choices(data, "hello")[2]["missed"] = {"fact": "weather", "text": "Ann knew more."}


def unknown_circumstance(data: dict[str, Any]) -> None:
    _choices(data, "hello")[2]["needs"] = "world('rains')"


def better_whatever_happens(data: dict[str, Any]) -> None:
    better = {"when": "trust('bob') >= 3", "trust": {"ann": 3}}
    _choices(data, "told")[0] |= {"minutes": 1, "trust": {"ann": 2}, "outcomes": [better]}


@pytest.mark.parametrize(
    ("plant", "kind", "place"),
    [
        (unreachable_node, "unreachable", "cellar"),
        (unreachable_ending, "unreachable", "gold"),
        (ending_out_of_time, "out of time", "gold"),
        (dead_end, "dead end", "told"),
        (soft_lock, "soft lock", "loop"),
        (endless, "soft lock", "loop"),
        (unlearnable_fact, "unlearnable", "date"),
        (never_available, "never available", "haggle"),
        (no_effect, "no effect", "nod"),
        (no_coaching, "no coaching", "then_date"),
        (dominant, "dominant", "then_date"),
        (same_place, "same place", "talk"),
        (hearsay, "hearsay", "ask_budget"),
        (already_known, "already known", "ask_budget"),
        (stranger, "stranger", "eve"),
        (silent, "silent", "bob"),
        (unknown_fact, "unknown fact", "ask_budget"),
        (unknown_name, "unknown name", "thank"),
        (unknown_person, "unknown person", "thank"),
        (outcome_that_never_decides, "never", "then_date"),
        (outcome_that_always_decides, "never", "then_date"),
        (never_brought_up, "never", "aside"),
        (never_said, "never", "told"),
        (hearsay_by_itself, "hearsay", "aside"),
        (unknown_missed, "unknown fact", "leave"),
        (unknown_circumstance, "unknown circumstance", "leave"),
        (better_whatever_happens, "dominant", "then_date"),
    ],
)
def test_a_planted_fault_is_found(plant: Callable[[dict[str, Any]], None], kind: str, place: str) -> None:
    found = faults(plant)
    assert (kind, place) in [(fault.kind, fault.place) for fault in found]


def test_an_example_path_leads_into_the_soft_lock() -> None:
    data = copy.deepcopy(SOUND)
    soft_lock(data)
    script = Script.model_validate(data)
    fault = next(fault for fault in examine(script, CASE).faults if fault.kind == "soft lock")
    replay = engine.replay(script, fault.path)
    assert replay.note == ""
    assert replay.state.node == "loop"
    assert not replay.state.knows("budget")
    assert "wander" in str(fault)


def test_a_dead_end_is_told_from_running_out_of_time() -> None:
    data = copy.deepcopy(SOUND)
    data["minutes"] = 4
    _choices(data, "told")[:] = [choice("then_date", "dated", 3, learn=["date"])]
    kinds = {fault.kind for fault in examine(Script.model_validate(data), CASE).faults}
    assert "dead end" not in kinds


def on_the_clock(data: dict[str, Any]) -> None:
    """As on an agenda: questions while there is time, and the next topic after it."""
    _choices(data, "hello")[0]["needs"] = _choices(data, "hello")[1]["needs"] = "minutes >= 5"
    _choices(data, "hello")[2]["needs"] = "minutes <= 9"
    _choices(data, "dated")[1]["needs"] = "minutes <= 8"


def test_an_agenda_by_the_clock_is_no_soft_lock() -> None:
    assert faults(on_the_clock) == ()


def test_an_ending_that_the_clock_never_allows_is_found() -> None:
    def too_early(data: dict[str, Any]) -> None:
        ending_out_of_time(data)
        _choices(data, "told")[-1] |= {"minutes": 1, "needs": "minutes >= 9"}

    found = {fault.place: str(fault) for fault in faults(too_early)}
    assert found["gold"] == "The ending gold cannot be reached at the times at which its choices can be made."
    assert "minutes >= 9" in found["win"]


def test_a_script_that_is_too_large_is_refused_with_advice() -> None:
    data = copy.deepcopy(SOUND)
    with pytest.raises(TooManyStates, match=r"more than 5 states.*fewer choices"):
        explore(Script.model_validate(data), cap=5)


def test_endings_are_reported_with_a_shortest_path_that_can_be_played() -> None:
    script = Script.model_validate(SOUND)
    report = {ending.id: ending for ending in examine(script, CASE).endings}
    assert report["done"].turns == (2, 4)
    assert report["done"].facts == (1, 2)
    assert report["done"].trust["ann"] == (2, 3)
    for id, ending in report.items():
        end = engine.replay(script, ending.path).state
        assert engine.ending(script, end) == script.nodes[id].ending
        assert len(ending.path) == ending.turns[0]
    assert all(len(row) == 6 for row in endings_table(examine(script, CASE)))


def test_the_graph_names_every_node_and_choice() -> None:
    script = Script.model_validate(SOUND)
    drawn = mermaid(script)
    assert drawn.startswith("flowchart TD")
    for node in script.nodes:
        assert f"at_{node}" in drawn
    for id in script.choices:
        assert f'"{id}, ' in drawn


def test_texts_cannot_break_out_of_the_graph() -> None:
    data = copy.deepcopy(SOUND)
    data["nodes"]["told"]["says"][0]["text"] = '"] --> x["<script>{{ facts.budget.label }}'
    drawn = mermaid(Script.model_validate(data))
    assert "<script>" not in drawn
    assert '"] --> x' not in drawn
    assert "{{" not in drawn


def test_the_schemas_for_editors_are_up_to_date() -> None:
    for name, text in schemas().items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text, "run `curriculum author build`"


def every_way(script: Script) -> set[State]:
    """All situations with all that led to them, found without any of the search's savings."""
    seen: set[State] = set()
    stack = [engine.begin(script)]
    while stack:
        state = stack.pop()
        if state not in seen:
            seen.add(state)
            if engine.ending(script, state) is None:
                stack += [engine.choose(script, state, item.id) for item in engine.available(script, state)]
    return seen


NODES = ("n0", "n1", "n2", "n3")
CONDITIONS = (
    "",
    "knows('budget')",
    "not knows('date')",
    "visited('c0')",
    "trust('ann') >= 3",
    "did('act')",
    "minutes >= 3",
    "minutes <= 5",
    "world('rains')",
)


@st.composite
def outcomes(draw: st.DrawFn) -> dict[str, Any]:
    changes = {
        "to": st.sampled_from((*NODES, "end")),
        "learn": st.lists(st.sampled_from(("budget", "date")), max_size=1),
        "trust": st.dictionaries(st.just("ann"), st.integers(-1, 2), max_size=1),
        "does": st.lists(st.just("act"), max_size=1),
    }
    return {"when": draw(st.sampled_from(CONDITIONS[1:])), **draw(st.fixed_dictionaries({}, optional=changes))}


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    numbers = itertools.count()
    nodes: dict[str, Any] = {"end": {"ending": {"id": "end", "title": "End", "text": "End."}}}
    for node in NODES:
        nodes[node] = {
            "says": [{"who": "ann", "text": "Hm."}],
            "choices": [
                choice(
                    f"c{next(numbers)}",
                    draw(st.sampled_from((*NODES, "end"))),
                    draw(st.integers(1, 3)),
                    learn=draw(st.lists(st.sampled_from(("budget", "date")), max_size=1)),
                    trust=draw(st.dictionaries(st.just("ann"), st.integers(-1, 2), max_size=1)),
                    does=draw(st.lists(st.just("act"), max_size=1)),
                    needs=draw(st.sampled_from(CONDITIONS)),
                    repeat=draw(st.booleans()),
                    outcomes=draw(st.lists(outcomes(), max_size=2)),
                )
                for _ in range(draw(st.integers(1, 3)))
            ],
        }
    nodes["n0"]["says"].append({"who": "ann", "text": "Oh.", "when": draw(st.sampled_from(CONDITIONS))})
    when = draw(st.sampled_from(CONDITIONS[1:]))
    aside = {"id": "aside", "when": when, "says": [{"who": "ann", "text": "By the way."}], "learn": ["budget"]}
    nodes["end"]["ending"]["claims"] = draw(st.sampled_from(CONDITIONS))
    data = (
        SOUND
        | {"brings_up": draw(st.sampled_from(([], [aside], [aside | {"at": ["n1", "end"]}])))}
        | {"minutes": 8, "cast": ["ann"], "start": "n0", "out_of_time": "end", "nodes": nodes}
    )
    return Script.model_validate(data)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(scripts())
def test_the_search_finds_exactly_what_playing_every_way_finds(script: Script) -> None:
    script = script.in_world(replace(CASE, circumstances={"rains": 1}))
    found, lived = explore(script), every_way(script)

    def spans(seen: Iterable[tuple[State, Iterable[int]]]) -> dict[tuple[str, int], tuple[int, int]]:
        """By node and minutes left, the least and the most of a number."""
        numbers: dict[tuple[str, int], set[int]] = {}
        for state, span in seen:
            numbers.setdefault((state.node, state.minutes), set()).update(span)
        return {at: (min(all), max(all)) for at, all in numbers.items()}

    trusts = [span["ann"] for span in trust_spans(found)]
    assert spans(zip(found.states, trusts, strict=True)) == spans((one, [one.trust_of("ann")]) for one in lived)
    known = zip(found.states, fact_spans(found), strict=True)
    assert spans(known) == spans((one, [len(one.facts)]) for one in lived)
    assert facts_told(found) == {fact for one in lived for fact in one.facts}
    beside = heard_beside(found, ["c0"])
    for deed in beside:
        with_it = [one for one in lived if one.did(deed) or one.visited(deed)]
        assert beside[deed] == {fact for one in with_it for fact in one.facts}
    for number, state in enumerate(found.states):
        end = engine.replay(script, found.path(number)).state
        assert (end.node, end.minutes) == (state.node, state.minutes)
        assert set(state.facts) <= end.facts


@pytest.mark.parametrize("asks", ["trust('ann') >= 2", "knows('budget')", "did('scold')", "visited('rudely')"])
def test_what_nobody_asks_about_any_more_makes_no_two_situations_of_one(asks: str) -> None:
    """What is asked about at the start alone makes no difference later: one situation follows from both ways."""
    assert len([state for state in explore(two_ways("start", asks)).states if state.node == "last"]) == 1
    assert len([state for state in explore(two_ways("last", asks)).states if state.node == "last"]) == 2


def two_ways(asked_at: str, asks: str) -> Script:
    """Kindly or rudely to a last word; a condition is asked at one of the two moments."""
    ways = [
        choice("kindly", "last", 1, trust={"ann": 1}, learn=["budget"]),
        choice("rudely", "last", 1, trust={"ann": -1}, does=["scold"]),
    ]
    nodes: dict[str, Any] = {
        "start": {"says": [{"who": "ann", "text": "Hm."}], "choices": ways},
        "last": {"says": [{"who": "ann", "text": "Well."}], "choices": [choice("leave", "end", 1)]},
        "end": {"ending": {"id": "end", "title": "End", "text": "End."}},
    }
    nodes[asked_at]["says"].append({"who": "ann", "text": "You again.", "when": asks})
    return Script.model_validate(
        SOUND | {"brings_up": [], "cast": ["ann"], "start": "start", "out_of_time": "end", "nodes": nodes}
    )
