"""Each proof of conversations can fail: a fault is planted in the talk of `welcome`, and the proof notices it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from curriculum.artifacts.ask import Ask
from curriculum.authoring.habits import HABITS, by_chance, played, reached
from curriculum.authoring.proofs.hearing import unheard_costs
from curriculum.authoring.proofs.spoken import says
from curriculum.authoring.recalled import heard_beside
from curriculum.authoring.searched import further_ways, searched, ways
from curriculum.authoring.subject import load_subject
from curriculum.cases import Case
from curriculum.cases.base import Fact, by_id
from curriculum.commands.author import author
from curriculum.roleplay import engine
from curriculum.roleplay.engine import State
from curriculum.roleplay.script import Script
from graders.rubric import Objections, met, objection
from tests.helpers.altered import Altered, against, plan_with, rubric_with

Data = dict[str, Any]
TALKER: Data = {"plan": plan_with(question_zero=False)}
"""With it, the limits on guessing and habits hold for `welcome` as well."""


def script_with(change: Callable[[Data], None]) -> Script:
    welcome = load_subject("welcome").script
    assert welcome is not None
    data = welcome.model_dump(mode="json", exclude_defaults=True)
    change(data)
    return Script.model_validate(data)


def talk(change: Callable[[Data], None], **parts: Any) -> Altered:
    return Altered(script=script_with(change), **parts)


def choice(data: Data, id: str) -> Data:
    return next(one for node in data["nodes"].values() for one in node.get("choices", ()) if one["id"] == id)


def facts_with(**changes: Any) -> Callable[[Case], Case]:
    """A case in which some facts are changed."""
    return lambda case: replace(
        case, facts=by_id(*(replace(fact, **changes.get(fact.id, {})) for fact in case.facts.values()))
    )


# Habits


def one_place(data: Data) -> None:
    """Somebody who takes the first choice gets everything."""
    data["nodes"]["hello"]["choices"].sort(key=lambda one: one["id"] != "ask_when_ready")
    data["nodes"]["ready"]["choices"].sort(key=lambda one: one["id"] != "ask_calendar")


def no_worth(data: Data) -> None:
    del data["nodes"]["done"]["ending"]["worth"]


def lonely(data: Data) -> None:
    for name in ("ready", "average", "calendar"):
        del data["nodes"][name]["choices"][1:]


def blind_to_trust(data: Data) -> None:
    data["brings_up"][0]["when"] = "not knows('average_ready')"


def never_trusting(data: Data) -> None:
    data["trust"] = {"noor": 0}
    for node in data["nodes"].values():
        for one in node.get("choices", ()):
            one.pop("trust", None)


def only_said(data: Data) -> None:
    """Trust changes a tone and nothing else."""
    blind_to_trust(data)
    data["nodes"]["calendar"]["says"].append({"who": "noor", "text": "Gladly.", "when": "trust('noor') >= 4"})


# Endings


def no_claim(data: Data) -> None:
    del data["nodes"]["parted"]["ending"]["claims"]


def agreed_without_asking(data: Data) -> None:
    data["nodes"]["done"]["ending"] |= {"claims": "did('asked_tomas')", "text": "Tomás agreed."}


def agreed_and_claims_nothing(data: Data) -> None:
    data["nodes"]["called_away"]["ending"]["text"] = "The coffee is over, and everybody agreed."


def names_somebody_and_claims_nothing(data: Data) -> None:
    data["nodes"]["called_away"]["ending"]["text"] = "The coffee is over, and Tomás knows."


def so_from_the_start(data: Data) -> None:
    data["nodes"]["parted"]["ending"]["claims"] = "minutes >= 0"


# Hearing


def trusting(ask: Ask) -> Objections:
    """Whatever is cited will do."""
    yield from ()
    return met("Fine.")


def all_told(ask: Ask, conversation: State) -> Objections:
    """Noor said by when, and what the average is."""
    if not (conversation.knows("room_plan") and conversation.knows("refresh_ready")):
        yield objection("by", "You did not ask.", "what Noor said")
    return met("Noor said so.")


def deaf() -> Altered:
    rubric = rubric_with(trusting)
    del rubric.criteria["evidence_decides_the_ask"]
    return Altered(rubric=rubric, **TALKER)


def kind_and_closed(data: Data) -> None:
    """Whoever thanks kindly is led past the question about the calendar, the only one."""
    choice(data, "play_back")["trust"] = {"noor": 2}
    data["nodes"]["confirmed"]["choices"] = [
        one for one in data["nodes"]["confirmed"]["choices"] if one["id"] != "ask_calendar_after"
    ]


def acts_and_closes(data: Data) -> None:
    data["nodes"]["ready"]["choices"][2] |= {"does": ["told_the_team"]}


def forgets_to_say(data: Data) -> None:
    for id in ("take_average", "insist"):
        del choice(data, id)["missed"]


# Speaking


def wrong_quantity(data: Data) -> None:
    data["nodes"]["calendar"]["says"][0]["text"] += " About fifty people come."


def unneeded_constant(data: Data) -> None:
    data["constants"]["four weeks"] = "Nobody knows."


def constant_without_reason(data: Data) -> None:
    data["constants"]["three months"] = " "


def mistaken_about_nothing(data: Data) -> None:
    data["nodes"]["parted"]["says"][0]["mistaken"] = "Noor is wrong."


def telling_debrief(data: Data) -> None:
    choice(data, "take_average")["missed"]["text"] = "It is {{ facts.refresh_ready.value | number }} minutes."


def telling_sentence(data: Data) -> None:
    choice(data, "leave_early")["missed"]["text"] = "{{ facts.room_plan.label }}"


PLANTED: list[tuple[str, Callable[[], Altered], str]] = [
    ("habits_get_nowhere", lambda: talk(lambda data: None, **TALKER), "most open: always taking this choice"),
    ("habits_get_nowhere", lambda: talk(one_place, **TALKER), "first: always taking this choice ends with"),
    ("habits_get_nowhere", lambda: talk(no_worth, **TALKER), "does not say what it is worth"),
    ("most_moments_offer_a_choice", lambda: talk(lonely), "never offer more than one choice"),
    ("trust_opens_or_closes_something", lambda: talk(blind_to_trust), "noor: whether this person trusts"),
    ("trust_opens_or_closes_something", lambda: talk(never_trusting), "there is always too little of it"),
    ("trust_opens_or_closes_something", lambda: talk(only_said), "changes nothing that can be learnt"),
    ("endings_say_what_is_so", lambda: talk(no_claim), "parted: it does not say"),
    ("endings_say_what_is_so", lambda: talk(agreed_without_asking), "for example after: ask_when_ready"),
    ("endings_say_what_is_so", lambda: talk(agreed_and_claims_nothing), "its text speaks of “everybody”"),
    ("endings_say_what_is_so", lambda: talk(names_somebody_and_claims_nothing), "its text speaks of “Tomás”"),
    ("endings_say_what_is_so", lambda: talk(so_from_the_start), "which is so from the start"),
    ("hearing_people_counts", deaf, "noor: not hearing what this person tells costs the exemplars 0.0%"),
    ("hearing_people_counts", lambda: Altered(**TALKER), "nobody: hearing nobody costs the exemplars 16.7%"),
    (
        "good_deeds_close_no_way",
        lambda: talk(kind_and_closed, rubric=rubric_with(all_told)),
        "play_back: whoever does this cannot hear room_plan, which all_told needs",
    ),
    (
        "good_deeds_close_no_way",
        lambda: talk(acts_and_closes, rubric=rubric_with(all_told)),
        "told_the_team: whoever does this cannot hear room_plan, which all_told needs",
    ),
    ("what_was_missed_is_said", lambda: talk(forgets_to_say), "refresh_ready: evidence_decides_the_ask needs it"),
    (
        "private_sentences_differ_over_worlds",
        lambda: Altered(case=facts_with(room_plan={"label": "Tomás fixes the calendar soon."})),
        "room_plan: in 20 of 20 worlds",
    ),
    ("spoken_quantities_come_from_the_world", lambda: talk(wrong_quantity), "calendar: “fifty” stands in"),
    ("spoken_quantities_come_from_the_world", lambda: talk(unneeded_constant), "nobody says 'four weeks'"),
    ("spoken_quantities_come_from_the_world", lambda: talk(constant_without_reason), "and a reason"),
    ("spoken_quantities_come_from_the_world", lambda: talk(mistaken_about_nothing), "no quantity stands in it"),
    (
        "private_numbers_agree_with_their_facts",
        lambda: Altered(case=facts_with(average_ready={"value": 99.0})),
        "does not say 99",
    ),
    ("debriefs_keep_secrets", lambda: talk(telling_debrief), "gives it away"),
    ("debriefs_keep_secrets", lambda: talk(telling_sentence), "gives it away"),
]


@pytest.mark.parametrize(("proof", "subject", "said"), PLANTED, ids=[f"{i}-{p}" for i, (p, *_) in enumerate(PLANTED)])
def test_a_planted_fault_is_noticed(proof: str, subject: Callable[[], Altered], said: str) -> None:
    assert said in against(proof, subject())


def marked(data: Data) -> None:
    wrong_quantity(data)
    data["nodes"]["calendar"]["says"][0]["mistaken"] = "It is not fifty; the memo says how many come."


def test_a_quantity_that_is_said_by_mistake_is_left_alone() -> None:
    assert against("spoken_quantities_come_from_the_world", talk(marked)) == ""


def test_question_zero_may_be_won_by_a_habit() -> None:
    assert against("habits_get_nowhere", talk(no_worth)) == ""


# Players and searches


def test_each_habit_takes_its_choice_in_every_turn() -> None:
    welcome = load_subject("welcome")
    assert welcome.script is not None
    case = welcome.case(3)
    first = played(welcome.script, case, HABITS["first"])
    state = engine.begin(welcome.script)
    for id in first.taken:
        assert id == engine.available(welcome.script, state)[0].id
        state = engine.choose(welcome.script, state, id)
    assert engine.ending(welcome.script, first) is not None
    assert played(welcome.script, case, HABITS["most open"]).taken[0] == "ask_when_ready"
    assert played(welcome.script, case, HABITS["politest"]).taken[1] == "take_average"
    longest, shortest = (played(welcome.script, case, HABITS[name]).taken[0] for name in ("longest", "shortest"))
    assert (longest, shortest) == ("assume_broken", "ask_average")


def test_chance_plays_the_same_each_time_and_differently_within() -> None:
    welcome = load_subject("welcome")
    assert reached(welcome, range(4)) == reached(welcome, range(4))
    chance = reached(welcome, range(4))[-1]
    assert chance.habit == "random" and len(chance.endings) > 1
    assert 0 < chance.facts_share < 1


def test_somebody_who_goes_round_for_ever_is_stopped() -> None:
    def endless(data: Data) -> None:
        data["nodes"]["hello"]["choices"] = [
            {**choice(data, "ask_average"), "to": "hello", "minutes": 0, "repeat": True}
        ]

    assert len(played(script_with(endless), load_subject("welcome").case(0), HABITS["first"]).taken) == 200


def test_not_hearing_costs_what_the_grade_loses() -> None:
    costs = unheard_costs(load_subject("welcome"), range(3))
    assert costs == {"noor": pytest.approx(1 / 6), "nobody": pytest.approx(1 / 6)}


def test_deeds_and_facts_of_one_path_are_found_together() -> None:
    welcome = load_subject("welcome").script
    assert welcome is not None
    beside = heard_beside(searched(welcome), frozenset({"insist", "take_average", "assume_broken"}))
    assert beside["insist"] == set()
    assert beside["take_average"] == {"average_ready"}
    assert "room_plan" in beside["assume_broken"]


def test_worlds_that_make_the_same_talk_are_searched_once() -> None:
    def asks(data: Data) -> None:
        choice(data, "ask_calendar")["needs"] = "world('late') >= 2"

    late = Altered(script=script_with(asks), case=lambda case: replace(case, circumstances={"late": case.seed % 3}))
    found = ways(late, range(8))
    assert [(way.script.world["late"], len(way.cases)) for way in found] == [(0, 3), (1, 3), (2, 2)]
    assert len({id(way.found) for way in found}) == 3
    assert found[0].found is ways(late, range(8))[0].found


def test_the_ways_that_are_searched_show_what_the_frequent_one_does_not() -> None:
    def asks(data: Data) -> None:
        choice(data, "ask_calendar")["needs"] = "world('late') >= 2 or world('busy') or world('far')"

    def circumstances(case: Case) -> Case:
        late, busy, far = ((0, 0, 0), (0, 0, 0), (1, 0, 0), (1, 0, 0), (1, 1, 1))[case.seed % 5]
        return replace(case, circumstances={"late": late, "busy": busy, "far": far})

    found = ways(Altered(script=script_with(asks), case=circumstances), range(10))
    assert [(way.script.world["far"], len(way.cases)) for way in found] == [(0, 4), (1, 2), (0, 4)]


@pytest.mark.parametrize(
    ("late", "fault"),
    [("world('late')", ""), ("world('late') and not world('late')", "a line of noor is never said")],
)
def test_what_is_said_in_some_worlds_alone_is_no_fault(late: str, fault: str) -> None:
    def says(data: Data) -> None:
        data["nodes"]["calendar"]["says"].append({"who": "noor", "text": "I am late.", "when": late})

    altered = talk(says, case=lambda case: replace(case, circumstances={"late": case.seed % 2}))
    found = against("conversation_is_sound", altered, 4)
    assert fault in found and bool(fault) == bool(found)


@pytest.mark.parametrize(("who", "fault"), [(4, ""), (5, "a line of noor is never said")])
def test_a_line_of_a_world_that_is_not_searched_is_met_there(who: int, fault: str) -> None:
    """Five worlds make five ways, of which three are searched for all proofs."""

    def says(data: Data) -> None:
        data["nodes"]["calendar"]["says"].append(
            {"who": "noor", "text": "I am late.", "when": f"world('late') == {who}"}
        )

    altered = talk(says, case=lambda case: replace(case, circumstances={"late": case.seed % 5}))
    assert len(ways(altered, range(12))) == 3 and len(further_ways(altered, range(12))) == 2
    found = against("conversation_is_sound", altered, 4)
    assert fault in found and bool(fault) == bool(found)


@pytest.mark.parametrize(("opens", "fault"), [(True, ""), (False, "told_the_team: whoever does this cannot hear")])
def test_a_deed_closes_no_way_in_a_world_that_has_no_place_for_it(opens: bool, fault: str) -> None:
    """In the most frequent world nobody can do it; where it can be done, it may close a way or not."""

    def acts(data: Data) -> None:
        acts_and_closes(data)
        deed = next(one for node in data["nodes"].values() for one in node.get("choices", ()) if one.get("does"))
        deed["needs"] = "world('late')"
        if opens:
            deed["learn"] = ["room_plan"]

    altered = talk(
        acts,
        rubric=rubric_with(all_told),
        case=lambda case: replace(case, circumstances={"late": int(case.seed % 3 == 2)}),
    )
    found = against("good_deeds_close_no_way", altered, 6)
    assert fault in found and bool(fault) == bool(found)


@pytest.mark.parametrize(
    ("label", "value", "agrees"),
    [
        ("They are 4.2 % of orders.", 0.042, True),
        ("They are 4.2 % of orders.", 0.0424, True),
        ("They are 4.2 % of orders.", 0.047, False),
        ("It is 1 in 25.", 0.04, True),
        ("About 7,700 people waited.", 7_728.0, True),
        ("About 7,700 people waited.", 7_800.0, False),
        ("Twelve days.", 12.0, True),
        ("Twelve days.", 13.0, False),
        ("Nobody waited.", 0.0, True),
        ("Nobody waited.", 3.0, False),
    ],
)
def test_when_a_sentence_says_its_number(label: str, value: float, agrees: bool) -> None:
    assert says(Fact("fact", label, value=value)) is agrees


def test_authors_can_see_how_far_habits_get() -> None:
    shown = CliRunner().invoke(author, ["check", "welcome", "--seeds", "2", "--habits"])
    assert shown.exit_code == 0, shown.output
    for habit in (*HABITS, "random"):
        assert habit in shown.output
    assert "3.0 of 3 (100%)" in shown.output


def test_chance_can_take_every_choice() -> None:
    pick = by_chance(Random(1))
    welcome = load_subject("welcome").script
    assert welcome is not None
    offered = engine.available(welcome, engine.begin(welcome))
    assert {pick(offered, ["", "", ""]) for _ in range(40)} == {0, 1, 2}
