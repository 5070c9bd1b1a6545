"""What must hold in every world of `speak_the_language`, and right answers that look unlike the exemplars."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from math import ceil
from typing import Any

import numpy as np
import pytest

from curriculum.artifacts.translations import Question
from curriculum.authoring.judging import judged, submission_of
from curriculum.authoring.subject import Subject, load_subject
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.cases.definitions import ratio
from curriculum.cases.speak_the_language.draw import SENSES, SPEAKERS
from curriculum.cases.speak_the_language.entries import COUNTS, SEGMENTS, WINDOWS
from curriculum.consequences import Outcome, run
from curriculum.course.fixtures import Files
from graders.report import Report, Status
from graders.speak_the_language.base import agrees
from graders.speak_the_language.messages import says_people
from graders.speak_the_language.questions import alike, rates_by_segment
from tests.helpers.worlds import over_worlds

SLUG = "speak_the_language"
SEEDS = range(VARIANTS)
SOME = (0, 9, 21, 42)


@pytest.fixture(scope="module")
def subject() -> Subject:
    return load_subject(SLUG)


def answers(subject: Subject, seed: int, variant: str = "people_first") -> Files:
    return copy.deepcopy(subject.fixtures(seed).exemplars[variant])


def failed(report: Report) -> set[str]:
    return {
        finding.criterion
        for artifact in report.artifacts
        for finding in artifact.findings
        if finding.status is Status.GRADED and not finding.passed
    }


def opened(report: Report) -> set[str]:
    return {
        finding.criterion
        for artifact in report.artifacts
        for finding in artifact.findings
        if finding.status is Status.OPEN
    }


def a_day(case: Case, table: str, column: str) -> float:
    return float(case.columns[table][column].sum()) / 28


@over_worlds(SEEDS)
def test_the_truth_follows_from_what_is_seen_and_said(seed: int) -> None:
    case = load_case(SLUG, seed)
    truth, facts = case.truth, case.facts
    said, caught = facts["new_threshold"].value, facts["more_frauds"].value
    assert said is not None and caught is not None
    stopped, good = a_day(case, "payments", "stopped_good"), a_day(case, "payments", "payments")
    sense = truth.senses["false positive", "disa"]
    from_the_8th = {
        "fp_of_good": good * said / 100, "fp_per_fraud": caught * said, "fp_of_alerts": caught * said / (100 - said)
    }[sense]  # fmt: skip
    assert truth.stopped_after == pytest.approx(from_the_8th, rel=0.01)
    tickets = case.columns["tickets"]
    about = tickets["topic"] == "stopped"
    minutes = tickets["minutes"][about].sum() / tickets["tickets"][about].sum()
    writes = facts["silent_leavers"].value
    assert writes is not None
    agents = (from_the_8th - stopped) * writes / 100 * minutes / 330
    assert truth.roster == pytest.approx(agents, rel=0.03)
    assert 2 < truth.roster < 21


@over_worlds(SEEDS)
def test_what_a_week_brings_back_follows_from_what_people_say(seed: int) -> None:
    case = load_case(SLUG, seed)
    truth = case.truth
    told = {id: fact.value or 0.0 for id, fact in case.facts.items()}
    recall = told["final_recall"]
    missed = a_day(case, "payments", "stopped_fraud") * 100 / recall - told["more_frauds"]
    people = {
        "stops": truth.stopped_after * told["stops_week"] / 100,
        "card_form": a_day(case, "checkout", "gave_up_after_error") * (1 - told["bank_part"] / 100)
        * told["card_week"] / 100,
        "light_page": a_day(case, "checkout", "left_before_ready") * told["page_week"] / 100,
        "retrain": missed * told["retrain_week"] / 100 * told["house_rate"],
    }  # fmt: skip
    for repair, number in people.items():
        assert truth.regains[repair] == pytest.approx(number, rel=0.02), repair
    assert max(people, key=lambda repair: people[repair]) == truth.best[0] or len(truth.best) > 1
    rest = [number for repair, number in truth.regains.items() if repair not in truth.best]
    assert max(rest) < 0.8 * truth.regains[truth.best[0]]


@over_worlds(SEEDS)
def test_neither_tickets_nor_percentages_point_to_a_good_repair(seed: int) -> None:
    case = load_case(SLUG, seed)
    tickets, truth = case.columns["tickets"], case.truth
    written = {
        repair: tickets["tickets"][tickets["topic"] == topic].sum()
        for repair, topic in (("stops", "stopped"), ("card_form", "card"), ("light_page", "slow"), ("retrain", "fraud"))
    }
    assert max(written, key=lambda repair: written[repair]) != truth.best[0]
    gave_up = 100 - truth.values["conv_after_error"]
    loud = "card_form" if gave_up > 100 - truth.values["acc_frauds"] else "retrain"
    assert loud != truth.best[0]


@over_worlds(SEEDS)
def test_meanings_of_one_word_are_further_apart_than_anybody_rounds(seed: int) -> None:
    case = load_case(SLUG, seed)
    truth, definitions = case.truth, case.registry.entries("definitions")
    for word, senses in SENSES.items():
        for one in senses:
            for other in senses:
                if one != other:
                    unit = definitions[one].unit  # type: ignore[attr-defined]
                    assert not agrees(truth.values[other], truth.values[one], unit), (word, one, other)
    assert not agrees(truth.values["nothing_stopped"], truth.values["acc_all"])
    assert truth.values["nothing_stopped"] > truth.values["acc_all"]
    assert truth.values["recall_february"] > truth.values["acc_frauds"] + 5


@over_worlds(SEEDS)
def test_three_words_collide_and_the_others_are_said_alike(seed: int) -> None:
    case = load_case(SLUG, seed)
    facts = {"false positive": ("new_threshold", "hamza_false_positive"), "conversion": ("card_step", "order_rate"),
             "latency": ("disa_latency", "lina_latency"), "drift": ("emeka_drift", "lina_drift"),
             "accuracy": ("emeka_accuracy", "odile_accuracy")}  # fmt: skip
    assert len(case.truth.collide) == 3
    for word, (one, other) in SPEAKERS.items():
        same = case.truth.senses[word, one] == case.truth.senses[word, other]
        assert same is (word not in case.truth.collide)
        if word != "false positive":
            said = [case.facts[fact].label for fact in facts[word]]
            assert (said[0] == said[1]) is same


@over_worlds(SEEDS)
def test_tempting_rosters_are_all_far_off(seed: int) -> None:
    case = load_case(SLUG, seed)
    truth, share = case.truth, case.truth.writes / 100 * case.truth.minutes / 330
    change = truth.stopped_after - truth.crowds["stopped_good"]
    tempting = {
        "of alerts": truth.crowds["all_alerts"] * 0.01 * share,
        "level": truth.stopped_after * share,
        "everybody writes": change * truth.minutes / 330,
        "of visits": truth.crowds["everybody"] * change / a_day(case, "payments", "payments") * share,
    }
    for name, agents in tempting.items():
        assert abs(agents - truth.roster) > max(0.5, 0.1 * truth.roster), name
        assert round(agents, 1) != ceil(truth.roster), name


def test_the_handful_is_stopped_most_and_is_no_answer() -> None:
    for seed in SOME:
        case = load_case(SLUG, seed)
        parts = (COUNTS["stopped_good"], COUNTS["good_payments"], case.columns, WINDOWS["february"])
        rates = {id: ratio(*parts, SEGMENTS[id]) for id in ("known", "new", "abroad", "company")}
        assert max(rates, key=lambda id: rates[id]) == "company"
        assert case.truth.asked["stopped_good/good_payments/february"][0] != "company"


# Right answers that look unlike the exemplars


def turned_around(files: Files, case: Case) -> None:
    for kind, name in (("glossary", "terms"), ("collisions", "collisions"), ("translations", "messages")):
        files[kind][name].reverse()
    for one in files["collisions"]["collisions"]:
        for part in ("", "_means", "_value"):
            one[f"one{part}"], one[f"other{part}"] = one[f"other{part}"], one[f"one{part}"]


def rounded_as_people_do(files: Files, case: Case) -> None:
    for message in files["translations"]["messages"]:
        number = float(f"{message['people_a_day']:.2g}")
        message["wording"] = message["wording"].replace(f"{message['people_a_day']:,}", f"{number:,.0f}")
        message["people_a_day"] = number
    files["translations"]["week"]["extra_agents"] = round(case.truth.roster * 2) / 2


def more_terms_than_needed(files: Files, case: Case) -> None:
    there = {term["definition"] for term in files["glossary"]["terms"]}
    hurt = {"fp_of_good": "stopped_good", "fp_per_fraud": "all_alerts", "lat_server": "left_before_ready"}
    decides = {"fp_of_good": "stops", "fp_per_fraud": "roster", "lat_server": "light_page"}
    for id in hurt.keys() - there:
        value = round(case.truth.values[id], 2)
        files["glossary"]["terms"].append({"definition": id, "value": value, "hurt": hurt[id], "decision": decides[id]})


def asked_of_all_payments(files: Files, case: Case) -> None:
    question = files["translations"]["questions"][0]
    segment, value = case.truth.asked["stopped_good/payments/last_week"]
    question |= {"denominator": "payments", "window": "last_week", "segment": segment, "value": round(value, 2)}


def change_without_its_sign(files: Files, case: Case) -> None:
    for term in files["glossary"]["terms"]:
        if term["definition"] == "drift_target":
            term["value"] = abs(term["value"])


def one_decimal_as_people_say_it(files: Files, case: Case) -> None:
    terms = files["glossary"]["terms"]
    there = {term["definition"] for term in terms}
    for id, decision in (("acc_all", "retrain"), ("nothing_stopped", "retrain"), ("lat_over_4s", "light_page")):
        if id not in there:
            hurt = "waits_long" if id == "lat_over_4s" else "nobody"
            terms.append({"definition": id, "value": case.truth.values[id], "hurt": hurt, "decision": decision})
    for term in terms:
        term["value"] = round(term["value"], 1) if abs(case.truth.values[term["definition"]]) >= 1 else term["value"]
    for one in files["collisions"]["collisions"]:
        for part in ("one", "other"):
            true = case.truth.values[one[f"{part}_means"]]
            one[f"{part}_value"] = round(true, 1 if abs(true) >= 1 else 2)


def one_decimal_below_one(files: Files, case: Case) -> None:
    for one in files["collisions"]["collisions"]:
        for part in ("one", "other"):
            true = case.truth.values[one[f"{part}_means"]]
            if abs(round(true, 1) - true) <= 0.04 * abs(true):
                one[f"{part}_value"] = round(true, 1)


def everybody_where_groups_are_alike(files: Files, case: Case) -> None:
    question = next(one for one in files["translations"]["questions"] if one["complaint"] == "card")
    value = case.truth.overall["gave_up/card_errors/last_week"]
    question |= {"numerator": "gave_up", "denominator": "card_errors", "segment": "everybody", "window": "last_week",
                 "value": round(value, 1)}  # fmt: skip


def rests_on_what_a_word_means_as_well(files: Files, case: Case) -> None:
    week = files["translations"]["week"]
    means = {"card_step": ("conversion", "paloma"), "order_rate": ("conversion", "odile"),
             "lina_latency": ("latency", "lina"), "new_threshold": ("false positive", "disa")}  # fmt: skip
    definitions = case.registry.entries("definitions")
    for fact, (word, person) in means.items():
        decides = definitions[case.truth.senses[word, person]].decides  # type: ignore[attr-defined]
        if fact not in week["facts"] and decides & {"roster", week["repair"]}:
            week["facts"].append(fact)


@pytest.mark.slow
@pytest.mark.parametrize(
    "changed",
    [
        turned_around,
        rounded_as_people_do,
        more_terms_than_needed,
        asked_of_all_payments,
        change_without_its_sign,
        one_decimal_as_people_say_it,
        one_decimal_below_one,
        everybody_where_groups_are_alike,
        rests_on_what_a_word_means_as_well,
    ],
)
def test_other_right_answers_are_right(subject: Subject, changed: Callable[[Files, Case], None]) -> None:
    for seed in SOME:
        case, files = subject.case(seed), answers(subject, seed)
        changed(files, case)
        report = judged(subject, case, files)
        assert not failed(report) | opened(report), (seed, failed(report), opened(report))


def test_the_next_whole_agent_is_right_and_a_tenth_above_it_is_not(subject: Subject) -> None:
    far = [seed for seed in SEEDS if ceil(right := subject.case(seed).truth.roster) - right > max(0.5, 0.1 * right)]
    for seed in far[:3]:
        case, files = subject.case(seed), answers(subject, seed)
        week = files["translations"]["week"]
        week["extra_agents"] = ceil(case.truth.roster)
        assert not failed(judged(subject, case, files))
        week["extra_agents"] += 0.1
        assert failed(judged(subject, case, files)) == {"roster_holds"}
    assert far


def test_none_yet_leaves_open_what_depends_on_it(subject: Subject) -> None:
    case, files = subject.case(0), answers(subject, 0)
    files["translations"]["week"] |= {"repair": "not_yet", "people_regained": None}
    report = judged(subject, case, files)
    assert opened(report) == {"repair_is_worth_it", "share_was_told", "gain_recomputes"}
    assert not failed(report)
    assert report.points <= 0.75 * report.maximum


@over_worlds(SEEDS)
def test_what_people_say_to_one_decimal_is_right(seed: int) -> None:
    case = load_case(SLUG, seed)
    definitions = case.registry.entries("definitions")
    for id in set(case.truth.senses.values()):
        true, unit = case.truth.values[id], definitions[id].unit  # type: ignore[attr-defined]
        assert abs(true) < 1 or agrees(round(true, 1), true, unit), id


@over_worlds(SEEDS)
def test_only_after_an_error_are_all_devices_alike(seed: int) -> None:
    case = load_case(SLUG, seed)
    for complaint in case.registry.entries("complaints").values():
        for above, below in complaint.asks:  # type: ignore[attr-defined]
            for window in ("february", "last_week"):
                rates = rates_by_segment(
                    Question(complaint=complaint.id, numerator=above, denominator=below, window=window), case
                )
                assert alike(rates) is ((above, below) == ("gave_up", "card_errors") and len(rates) > 1), (above, below)


@pytest.mark.parametrize(("wording", "people", "told"), [
    ("From 8 March on about 2000 people a day are stopped.", 1966.0, True),
    ("From 8 March 2027 on we stop 1.0k good customers a day.", 1035.0, True),
    ("From 8 March 2027 on more people are stopped each day.", 1966.0, False),
])  # fmt: skip
def test_people_are_no_year(wording: str, people: float, told: bool) -> None:
    assert says_people(wording, people) is told


@pytest.mark.parametrize(("stated", "true", "right"), [
    (0.6, 0.62, True), (0.6, 0.65, False), (0.64, 0.62, False), (0.1, 0.14, False), (0.0, 0.04, False),
])  # fmt: skip
def test_a_small_value_is_said_to_one_decimal_where_little_is_lost(stated: float, true: float, right: bool) -> None:
    assert agrees(stated, true) is right


# Flawed kinds


def test_agents_that_nobody_can_work_out_again_are_not_enough(subject: Subject) -> None:
    for seed in SOME:
        case, files = subject.case(seed), answers(subject, seed)
        facts = files["translations"]["week"]["facts"]
        facts.remove("silent_leavers")
        facts += [] if "callers" in facts else ["callers"]
        assert failed(judged(subject, case, files)) == {"agents_can_be_worked_out"}


def test_a_glossary_of_wrong_values_earns_nothing_for_what_is_absent(subject: Subject) -> None:
    case, files = subject.case(0), answers(subject, 0)
    for term in files["glossary"]["terms"]:
        term["value"] = 0.77 * term["value"]
    assert {"nothing_unripe", "harm_has_its_sign", "accuracy_beside_nothing", "glossary_holds_the_words"} <= opened(
        judged(subject, case, files)
    )


def test_a_repair_is_prepared_for_those_whom_the_chosen_one_helps(subject: Subject) -> None:
    for seed in (*SOME, 5):
        case, files = subject.case(seed), answers(subject, seed)
        messages, week = files["translations"]["messages"], files["translations"]["week"]
        crowd = messages[1]["crowd"]
        messages[1]["does"] = "start_the_repair"
        helped = crowd in case.registry.entries("repairs")[week["repair"]].helps  # type: ignore[attr-defined]
        assert failed(judged(subject, case, files)) == (set() if helped else {"receiver_can_do_it"}), seed
        week |= {"repair": "not_yet", "people_regained": None}
        assert not failed(judged(subject, case, files)), "where none is chosen, nothing contradicts it"


def test_nobody_counts_day_by_day_what_is_found_after_weeks(subject: Subject) -> None:
    deeds = subject.case(0).registry.entries("deeds")
    assert "frauds_missed" not in deeds["watch_these_people"].helps  # type: ignore[attr-defined]
    assert {"stopped_good", "gave_up", "no_order", "slowest"} <= deeds["watch_these_people"].helps  # type: ignore[attr-defined]


def test_a_share_of_alerts_is_not_read_as_a_rate(subject: Subject) -> None:
    """The domain's own example: a rate of good payments is no share of alerts."""
    for seed in SOME:
        case, files = subject.case(seed), answers(subject, seed)
        message = files["translations"]["messages"][0]
        message["people_a_day"] = round(case.truth.stopped_after * 0.8)
        assert "people_recompute" in failed(judged(subject, case, files))


def test_recall_of_two_windows_is_two_numbers(subject: Subject) -> None:
    case, files = subject.case(3), answers(subject, 3, "harm_first")
    files["glossary"]["terms"][0]["value"] = round(case.truth.values["recall_february"], 2)
    assert failed(judged(subject, case, files)) == {"values_recompute"}


def test_a_list_with_one_word_twice_finds_one(subject: Subject) -> None:
    case, files = subject.case(1), answers(subject, 1)
    collisions = files["collisions"]["collisions"]
    collisions[1:] = [dict(collisions[0]), dict(collisions[0])]
    assert "two_collisions_found" in failed(judged(subject, case, files))


@pytest.mark.parametrize("harm", [{"repair": "stops"}, {"facts": []}])
def test_what_was_not_told_earns_nothing(subject: Subject, harm: dict[str, Any]) -> None:
    case, files = subject.case(1), answers(subject, 1)
    files["translations"]["week"] |= harm
    report = judged(subject, case, files)
    assert {"share_was_told", "translations_are_complete", "repair_is_worth_it"} & failed(report)
    assert "gain_recomputes" in opened(report)


# What happened next


def weeks(subject: Subject, seed: int, **week: Any) -> Outcome:
    case, files = subject.case(seed), answers(subject, seed)
    files["translations"]["week"] |= week
    submission = submission_of(subject, case, files)
    outcome = run(case, submission.artifacts, submission.conversation)
    assert outcome is not None
    return outcome


def test_too_few_agents_make_people_wait_and_too_many_idle(subject: Subject) -> None:
    for seed in SOME:
        right = subject.case(seed).truth.roster
        few, enough, many = (weeks(subject, seed, extra_agents=right * times) for times in (0.3, 1.0, 3.0))
        assert few.numbers["waiting"] > 10 * max(1.0, enough.numbers["waiting"])
        assert many.numbers["waiting"] <= enough.numbers["waiting"]
        assert few.numbers["idle"] <= enough.numbers["idle"] < many.numbers["idle"]


def test_a_repair_that_helps_nobody_is_not_said_to_help(subject: Subject) -> None:
    seed = next(seed for seed in SEEDS if subject.case(seed).truth.inputs_only)
    outcome = weeks(subject, seed, repair="retrain")
    assert outcome.compared[0].claims is outcome.compared[0].shows
    assert not outcome.ends_well
    assert weeks(subject, seed, repair="not_yet").numbers["regained"] == 0


def test_the_same_chance_meets_every_number_of_agents(subject: Subject) -> None:
    case = subject.case(5)
    first, second = weeks(subject, 5, extra_agents=4.0), weeks(subject, 5, extra_agents=4.0)
    assert first.numbers == second.numbers
    assert np.array_equal(first.table["waiting"], second.table["waiting"])
    assert replace(first, draw=second.draw).headline == second.headline
    assert case.truth.best[0] in case.truth.regains


SAYS_SOMETHING_ELSE = {
    "a month": ("messages", {"wording": "From 8 March {people} good customers a month are refused, please prepare."}),
    "a week": ("messages", {"wording": "Every week about {people} people stand there with a good card, be ready."}),
    "FPR": ("messages", {"wording": "From 8 March our FPR rises, which is {people} people a day with a good card."}),
    "white page": ("messages", {"wording": "From 8 March on, {people} people a day look at a white page and leave."}),
    "why": ("questions", {"wording": "Disa, why are these so unhappy when we stop them?"}),
    "October": ("questions", {"window": "february", "wording": "Of 100 good payments in October, how many stopped?"}),
    "Paloma": ("messages", {"wording": "Paloma, from 8 March {people} people a day are refused with a good card."}),
    "desktop": (
        "questions",
        {"segment": "known", "wording": "Of 100 good payments on a desktop, how many did we stop?"},
    ),
    "December": ("questions", {"window": "february", "wording": "Of 100 good payments in December, how many stopped?"}),
}
SAYS_THE_SAME = (
    ("messages", {"wording": "A week from now we refuse {people} good customers, plan for those who write."}),
    ("messages", {"wording": "Every week somebody asks, so: {people} people are refused with a good card."}),
    ("messages", {"does": "watch_these_people", "wording": "Count whether the FPR stays at {people} people a day."}),
    ("messages", {"wording": "{people} people a day stare at a blank page that says: refused."}),
    ("questions", {"wording": "Disa, of 100 good payments, how many do we stop, and why these?"}),
    ("messages", {"wording": "Of {people} refused a day, some wait a week, Hamza, until somebody answers them."}),
    ("messages", {"wording": "Paloma and Disa agree, Hamza: {people} people a day are refused with a good card."}),
    ("questions", {"segment": "desktop", "wording": "Of those who phone us about white pages, is this on computers?"}),
    ("questions", {"segment": "phone", "wording": "On phones, older phones left out, how many wait in February?"}),
    ("questions", {"segment": "older_phone", "wording": "Of 100 visits with old phones, how many wait?"}),
    ("questions", {"window": "february", "wording": "Before it changes on 8 March: how many did we stop?"}),
    ("questions", {"window": "final_weeks", "wording": "From 30 November on, how many frauds did we miss?"}),
)


def notes_on(subject: Subject, seed: int, group: str, changes: dict[str, Any]) -> tuple[str, ...]:
    """The notes of an exemplar in which the first message, or question, says something else."""
    files = answers(subject, seed)
    one = files["translations"][group][0]
    one |= {name: value.format(people=one.get("people_a_day")) for name, value in changes.items()}
    return judged(subject, subject.case(seed), files).notes


@pytest.mark.parametrize("name", SAYS_SOMETHING_ELSE)
def test_a_sentence_that_names_something_else_is_asked_about(subject: Subject, name: str) -> None:
    (note,) = notes_on(subject, 7, *SAYS_SOMETHING_ELSE[name])
    assert name in note
    assert note.startswith("Automatic note")


@pytest.mark.parametrize(("group", "changes"), SAYS_THE_SAME)
def test_a_sentence_that_may_well_say_the_same_is_left_alone(
    subject: Subject, group: str, changes: dict[str, Any]
) -> None:
    assert not notes_on(subject, 7, group, changes)


@over_worlds(SEEDS)
def test_no_sentence_of_a_right_answer_is_asked_about(subject: Subject, seed: int) -> None:
    for files in subject.fixtures(seed).exemplars.values():
        assert not judged(subject, subject.case(seed), files).notes
