"""Do the translated numbers decide: agents, the free week, and on whose word? (A07: the decision that hangs on it)"""

from __future__ import annotations

from math import ceil
from types import MappingProxyType

from curriculum.artifacts.translations import Translations
from curriculum.cases import Case
from curriculum.cases.speak_the_language.truth import GOOD_ENOUGH, SENSE_FACTS
from curriculum.roleplay.engine import State
from graders.common import near, stated, uncited
from graders.rubric import NotYet, Objections, met, objection
from graders.speak_the_language.base import first_name, meaning, rubric

RESTS_ON = {
    "stops": ("stops_week", "new_threshold"),
    "card_form": ("card_week", "bank_part"),
    "light_page": ("page_week",),
    "retrain": ("retrain_week", "house_rate"),
}
"""By repair: the facts without which nobody can say how many people it brings back."""

AGENTS_REST_ON = MappingProxyType(
    {
        "new_threshold": ("Disa", "how often good payments are stopped from 8 March on"),
        "silent_leavers": ("Hamza", "how many of those who are stopped write"),
    }
)
"""By fact: who tells it, and what it tells of the agents that are needed."""


@rubric.criterion(
    points=5, voice="hamza", skill="translate_constraints", gate=True,
    hints=(
        "How many more good customers are stopped each day, and how many of them write?",
        "Good payments stopped from 8 March on, less those of February; times the share that writes; times minutes for "
        "such a ticket; divided by the minutes that an agent answers.",
        "({{ truth.stopped_after | number }} − {{ truth.crowds.stopped_good | number }}) × "
        "{{ truth.writes | number }} % "
        "× {{ truth.minutes | number(1) }} minutes ÷ 330 = {{ truth.roster | number(1) }} agents.",
    ),
    rests_on=("translations.week.extra_agents",),
)  # fmt: skip
def roster_holds(translations: Translations, case: Case, conversation: State) -> Objections:
    """The agents are enough for those who will write: within a tenth or half an agent, or up to the next whole one."""
    for fact, (who, what) in AGENTS_REST_ON.items():
        if not conversation.knows(fact):
            rule = f"a number that {who} gave you: {what}"
            yield objection("week.extra_agents", "It rests on something that nobody told you.", rule)
            return None
    agents, right = translations.week.extra_agents, case.truth.roster
    if agents != ceil(right) and not near(agents, right, relative=0.1, absolute=0.5):
        yield objection(
            "week.extra_agents",
            f"You ask for {stated(agents)} agents more.",
            "the change in good customers stopped a day × the share that writes × minutes a ticket ÷ 330",
            {"stated": stated(agents), "minutes a ticket": "tickets on stopped payments", "agent": "330 minutes a day"},
        )
    return met(f"{stated(agents)} agents more: they can answer those who write, and are not idle.")


@rubric.criterion(
    points=1, voice="hamza", skill="listen_and_synthesise",
    hints=(
        "Could somebody who was not there work out the agents again from what you name?",
        "Two people told you what the agents hang on: one how often good payments are stopped from 8 March on, the "
        "other how many of those write.",
    ),
    rests_on=("translations.week.facts",),
    met="Whoever reads it can work out the agents again.",
)  # fmt: skip
def agents_can_be_worked_out(translations: Translations, case: Case, conversation: State) -> Objections:
    """You rest it on what the agents hang on: how many are stopped from 8 March on, and how many of those write."""
    for fact, (who, what) in AGENTS_REST_ON.items():
        if fact not in translations.week.facts or not conversation.knows(fact):
            said = f"You rest it on nothing that {who} told you about the agents."
            yield objection("week.facts", said, "both numbers on which the agents rest", {"missing": what})
            break


@rubric.criterion(
    points=5, voice="odile", skill="translate_constraints", gate=True,
    hints=(
        "Which crowd is large, and how much of it does one week bring back?",
        "People a day × the share that a week brings back; for the card form without the bank's refusals; for "
        "frauds times the lost payments for which one counts.",
        "{% for id, people in truth.regains.items() %}{{ entries.repairs[id].label }}: {{ people | number }} a day"
        "{{ '.' if loop.last else '; ' }}{% endfor %}",
    ),
    rests_on=("translations.week.repair",),
)  # fmt: skip
def repair_is_worth_it(translations: Translations, case: Case) -> Objections:
    """The free week goes to a repair that brings back nine tenths or more of what the best one would."""
    repair = translations.week.repair
    if repair == "not_yet":
        raise NotYet("translations.week.repair", "You leave it open until somebody has given you what is missing.")
    if repair in case.truth.regains and repair not in case.truth.best:
        label = case.registry.label("repairs", repair)
        said = f"“{label}” brings back less than another repair would, and the difference is not small."
        row = {"repair": label, "rule": f"at least {GOOD_ENOUGH:.0%} of the best one"}
        yield objection("week.repair", said, "people a day × what a week brings back, compared over all four", row)
    return met("No other repair brings back much more.")


@rubric.criterion(
    points=2, voice="lina", skill="translate_constraints",
    hints=(
        "On whose word does that number rest?",
        "Each owner knows what a week on their repair brings back. Paloma knows what no form mends, Odile what a fraud "
        "counts for.",
        "You need, and have to have heard: list of buyers: what it lets through and the new threshold. Card "
        "form: what a "
        "week brings back and the bank's part. Lighter page: what a week keeps. Retraining: what it catches and what "
        "one fraud counts for.",
    ),
    rests_on=("translations.week.facts", "translations.week.repair"),
    met="What a week brings back was told to you by whoever knows.",
)  # fmt: skip
def share_was_told(translations: Translations, case: Case, conversation: State) -> Objections:
    """What a week brings back was told to you, and it stands among what you rest on."""
    week = translations.week
    if week.repair not in RESTS_ON:
        raise NotYet("translations.week.repair", "It is about a repair, and none is chosen yet.")
    yield from uncited(translations, conversation, case)
    if missing := [fact for fact in RESTS_ON[week.repair] if fact not in week.facts]:
        who = first_name(case, case.facts[missing[0]].held_by or "")
        said = f"You rest it on nothing that {who} said about it."
        row = {"who could tell you": who}
        yield objection("week.facts", said, "all that has to be known to say how many people it brings back", row)


@rubric.criterion(
    points=5, voice="odile", skill="translate_constraints",
    hints=(
        "Of how many people, and what share of them?",
        "List of buyers: good payments stopped from 8 March on. Card form: those who give up, without the bank's part. "
        "Page: those who leave. Retraining: frauds that pass from 8 March on × the house's rate.",
        "{% for id, people in truth.regains.items() %}{{ entries.repairs[id].label }}: {{ people | number }} a day"
        "{{ '.' if loop.last else '; ' }}{% endfor %}",
    ),
    rests_on=("share_was_told", "translations.week.people_regained"),
)  # fmt: skip
def gain_recomputes(translations: Translations, case: Case) -> Objections:
    """The people whom the repair brings back are its crowd times what a week returns, within a tenth."""
    week = translations.week
    if not near(week.people_regained, case.truth.regains[week.repair], relative=0.1, absolute=0.5):
        yield objection(
            "week.people_regained", f"You state {stated(week.people_regained)} a day.",
            "its people a day times the share that a week brings back, within a tenth",
            {"repair": case.registry.label("repairs", week.repair), "stated": stated(week.people_regained)},
        )  # fmt: skip
    return met(f"{stated(week.people_regained)} a day: that is what the week brings back.")


@rubric.criterion(
    points=1, voice="odile", skill="listen_and_synthesise",
    hints=(
        "Who else would see that this is no favour for one desk?",
        "Rest it on what two functions told you about the week or about the agents.",
    ),
    rests_on=("translations.week.facts",),
    met="More than one function stands behind it.",
)  # fmt: skip
def two_functions_stand_behind_it(translations: Translations, case: Case) -> Objections:
    """What you rest it on was said by people of two functions, and is about the week or the agents."""
    functions = set()
    for number, id in enumerate(translations.week.facts, start=1):
        fact = case.facts.get(id)
        if fact is None or fact.held_by is None:
            continue
        if not fact.supports | fact.contradicts and not _decides(id, translations.week.repair, case):
            said = f"You rest it on “{id}”, which decides neither the agents nor the week."
            yield objection(f"week.facts[{number}]", said, "facts that decide the agents or the free week")
        functions.add(case.people[fact.held_by].function)
    if len(functions) < 2:
        said = "It rests on one function." if functions else "It rests on nothing that a person told you."
        yield objection("week.facts", said, "what people of two functions told you")


def _decides(fact: str, repair: str, case: Case) -> bool:
    """Whether what somebody means by a word moves the agents or the chosen repair, as the glossary has it."""
    meant = {id: case.truth.senses[word, person] for (person, word), id in SENSE_FACTS.items()}
    found = meaning(case, meant.get(fact, ""))
    return found is not None and bool(found.decides & {"roster", repair})
