"""Do messages say in people what was said in terms, to somebody who can act? (A07: 2, 3, 4, 5, 6, 7)"""

from __future__ import annotations

from dataclasses import replace

from curriculum.artifacts.translations import Message, Translations
from curriculum.cases import Case
from curriculum.cases.speak_the_language.entries import SIDES
from curriculum.roleplay.engine import State
from curriculum.words.numbers import Said, said_numbers
from curriculum.words.quantities import agrees
from graders.common import incomplete, near, placed, stated
from graders.rubric import NotYet, Objections, met, objection
from graders.speak_the_language.base import (
    complaint,
    deed,
    experience,
    first_name,
    heard_statements,
    repair,
    rubric,
    speaker,
)

EACH = 3
"""Messages and questions that the page needs at least: one each way for the model, the design and the product."""
NAMES = {"ml": "the model", "design": "design", "product": "product"}
EACH_WAY = "one each way for model, design and product"
PREPARES = "start_the_repair"
"""The deed with which a message asks for the free week as well."""
ROUNDED = 0.05
"""People a day may differ by this share: people round."""


@rubric.criterion(
    points=1, voice="odile", skill="translate_constraints", gate=True,
    hints=(
        "Is every field filled, in three messages, three questions and what they decide?",
        "Three messages and three questions at least, each with its own sentence; agents, repair, people and what you "
        "rest it on.",
    ),
    met="All of it is filled.",
)  # fmt: skip
def translations_are_complete(translations: Translations, case: Case) -> Objections:
    """Three messages, three questions and the decisions are filled with real content."""
    message = ("statement", "crowd", "people_a_day", "notices", "does", "wording")
    question = ("complaint", "numerator", "denominator", "segment", "window", "value", "wording")
    week = ("extra_agents", "repair", "facts")
    yield from incomplete(
        translations, case, "messages", *(f"messages[].{part}" for part in message), "questions",
        *(f"questions[].{part}" for part in question), *(f"week.{part}" for part in week),
    )  # fmt: skip
    if translations.week.people_regained is None and translations.week.repair not in ("", "not_yet"):
        yield objection("week.people_regained", "Nothing says how many people that repair brings back.")
    lists = (("messages", "statement", translations.messages), ("questions", "complaint", translations.questions))
    for name, key, entries in lists:
        different = len({getattr(entry, key) for entry in entries})
        if entries and different < EACH:
            yield objection(name, f"There are {different} different {name}.", f"three or more different {name}")


@rubric.criterion(
    points=1, voice="emeka", skill="listen_and_synthesise",
    hints=(
        "Who told you each of these sentences?",
        "Pass on only what was said to you: go to the people whose sentence you want, and ask what they count.",
    ),
    rests_on=("translations.messages[].statement",),
    met="Everything that you pass on was said to you.",
)  # fmt: skip
def statements_were_heard(translations: Translations, case: Case, conversation: State) -> Objections:
    """Every sentence that is passed on was said to you."""
    for place, message in placed("messages", translations.messages):
        if message.statement in case.truth.statements and not conversation.knows(message.statement):
            who = first_name(case, speaker(message.statement))
            said = f"{who} did not tell you that."
            yield objection(f"{place}.statement", said, "a sentence that you heard", {"who could tell you": who})


@rubric.criterion(
    points=2, voice="odile", skill="translate_constraints",
    hints=(
        "Whose terms are passed on, and who gets a question? It is about who said it, and not about who gets it.",
        "One sentence that each said: the model (Disa, Emeka), design (Paloma), product (Odile, Lina). One question "
        "for each: stops or fraud, the card step, slow pages or shops.",
    ),
    rests_on=("translations.messages[].statement", "translations.questions[].complaint"),
    met="Model, design and product are translated both ways.",
)  # fmt: skip
def both_directions(translations: Translations, case: Case) -> Objections:
    """Model, design and product are each passed on in a sentence of theirs, and each asked a question."""
    out = {SIDES.get(speaker(message.statement), "") for message in translations.messages}
    back = {found.side for one in translations.questions if (found := complaint(case, one.complaint)) is not None}
    for side, name in NAMES.items():
        if side not in out:
            yield objection("messages", f"Nothing is passed on that {name} says.", EACH_WAY)
        if side not in back:
            yield objection("questions", f"No question goes to {name}.", EACH_WAY)


@rubric.criterion(
    points=3, voice="disa", skill="translate_constraints",
    hints=(
        "Of whom does this sentence speak when something goes wrong?",
        "Take what the speaker counts: those who are in the “of what” and not in what is counted as good. The "
        "same word in another sense has other people under it.",
        "{% for fact, id in truth.statements.items() %}{{ entries.statements[fact].label }}: "
        "{{ entries.crowds[entries.definitions[id].crowd].label }}{{ '.' if loop.last else '; ' }}{% endfor %}",
    ),
    rests_on=("translations.messages[].crowd",),
)  # fmt: skip
def crowd_fits_the_sense(translations: Translations, case: Case, conversation: State) -> Objections:
    """The people of a message are those of whom the sentence speaks, in the sense in which it was said."""
    used = heard_statements(translations, case, conversation)
    if not used:
        raise NotYet("translations.messages", "You heard none of these sentences yet.")
    for place, index, id in used:
        message = translations.messages[index]
        if message.crowd != case.registry.entries("definitions")[id].crowd:  # type: ignore[attr-defined]
            who = case.registry.label("crowds", message.crowd)
            said = f"{first_name(case, speaker(message.statement))} did not speak of these: {who[:1].lower()}{who[1:]}."
            yield objection(f"{place}.crowd", said, "the people whom the speaker counts when something goes wrong",
                            {"sentence": case.registry.label("statements", message.statement), "you": who})  # fmt: skip
    return met(f"{len(used)} sentences have their people.")


@rubric.criterion(
    points=3, voice="hamza", skill="translate_constraints",
    hints=(
        "Is each number one of people, and of one day?",
        "A month has 28 days here, and a week seven; a share is one of the crowd that its speaker named.",
    ),
    rests_on=(
        "translations.messages[2]", "crowd_fits_the_sense", "statements_were_heard",
        "translations.messages[].people_a_day",
    ),
)  # fmt: skip
def most_people_recompute(translations: Translations, case: Case) -> Objections:
    """In more than half of the messages, the people a day are what the sentence and the tables give."""
    wrong = [place for place, message in placed("messages", translations.messages) if _miscounted(message, case)]
    if 2 * len(wrong) >= len(translations.messages):
        said = f"{len(wrong)} of {len(translations.messages)} messages speak of more people than there are, or fewer."
        yield objection(f"{wrong[0]}.people_a_day", said, "people, and on one day")
    return met(f"{len(translations.messages) - len(wrong)} of {len(translations.messages)} messages recompute.")


@rubric.criterion(
    points=8, voice="hamza", skill="translate_constraints",
    hints=(
        "How many people is that on one day?",
        "A share times those of whom it is a share. A number for each fraud times the frauds caught from 8 March "
        "on. Of a share s of alerts: frauds caught × s ÷ (100 − s). Of 95 in 100 one in twenty is left.",
        "{% for id, number in truth.crowds.items() %}{{ entries.crowds[id].label }}: {{ number | number }}; "
        "{% endfor %}good payments stopped from 8 March on: {{ truth.stopped_after | number }}.",
    ),
    rests_on=(
        "translations.messages[3]", "crowd_fits_the_sense", "statements_were_heard",
        "translations.messages[].people_a_day",
    ),
)  # fmt: skip
def people_recompute(translations: Translations, case: Case) -> Objections:
    """The people a day of each message are what its sentence and the tables give, within 5 %."""
    for place, message in placed("messages", translations.messages):
        if _miscounted(message, case):
            yield objection(
                f"{place}.people_a_day",
                f"You state {stated(message.people_a_day)} a day.",
                "people on one day: the share times those of whom it is a share, within 5 %",
                {"people": case.registry.label("crowds", message.crowd), "stated": stated(message.people_a_day)},
            )
    return met("The people a day recompute.")


@rubric.criterion(
    points=1, voice="paloma", skill="translate_constraints",
    hints=(
        "What does such a day look like from their side?",
        "Refused payments, money gone, a form that says no, a blank page: pick what these people meet.",
    ),
    rests_on=("most_people_recompute", "translations.messages[].notices"),
    met="What people notice is what they meet.",
)  # fmt: skip
def notices_belong(translations: Translations, case: Case) -> Objections:
    """What people notice is what happens to them."""
    for place, message in placed("messages", translations.messages):
        found = experience(case, message.notices)
        if found is not None and message.crowd not in found.crowds:
            who = case.registry.label("crowds", message.crowd)
            said = f"“{found.label}” is not what these notice: {who[:1].lower()}{who[1:]}."
            yield objection(f"{place}.notices", said, "what happens to these people")


@rubric.criterion(
    points=1, voice="lina", skill="translate_constraints",
    hints=(
        "Can this person do that, and does it do anything for these people?",
        "Pick what another function does; what is done must help the people of the message, and not everything goes "
        "to one person. One repair is built. A fraud that passes is found after weeks, so nobody counts it day by "
        "day.",
    ),
    rests_on=("translations.messages[2]", "translations.messages[].does", "translations.messages[].crowd"),
    met="Every message goes to somebody who can do something for these people.",
)  # fmt: skip
def receiver_can_do_it(translations: Translations, case: Case) -> Objections:
    """Every message goes to somebody else than its speaker, who can do something for its people; not all to one."""
    receivers, chosen = set(), repair(case, translations.week.repair)
    for place, message in placed("messages", translations.messages):
        found = deed(case, message.does)
        if found is None:
            continue
        receivers.add(found.by)
        if found.by == speaker(message.statement):
            said = f"{first_name(case, found.by)} said it, and gets it back."
            yield objection(f"{place}.does", said, "something that another function does")
        elif found.helps and message.crowd not in found.helps:
            who = case.registry.label("crowds", message.crowd)
            said = f"“{found.label}” does nothing for these: {who[:1].lower()}{who[1:]}."
            yield objection(f"{place}.does", said, "something that is done for the people of the message")
        elif found.id == PREPARES and chosen is not None and message.crowd not in chosen.helps:
            who = case.registry.label("crowds", message.crowd)
            said = f"The week goes to “{chosen.label}”, and that is no repair for these: {who[:1].lower()}{who[1:]}."
            yield objection(f"{place}.does", said, "a repair that is prepared is the one for which the week is")
    if len(translations.messages) >= EACH and len(receivers) == 1:
        who = first_name(case, next(iter(receivers)))
        yield objection("messages", f"All messages go to {who}.", "messages for two people or more")


@rubric.criterion(
    points=2, voice="hamza", skill="translate_constraints",
    hints=(
        "Does your sentence say how many people a day?",
        "Write the number that you typed beside it, rounded as you like: “about 1,600 a day”.",
    ),
    rests_on=("translations.messages[2]", "people_recompute", "translations.messages[].wording"),
    met="Every sentence says its number.",
)  # fmt: skip
def wording_says_the_number(translations: Translations, case: Case) -> Objections:
    """Every sentence says how many people it is about."""
    for place, message in placed("messages", translations.messages):
        if message.people_a_day is not None and not says_people(message.wording, message.people_a_day):
            said = f"Your sentence does not say {stated(message.people_a_day)}."
            yield objection(f"{place}.wording", said, "the number of people a day, as you typed it or rounded")


def says_people(wording: str, people: float) -> bool:
    """Whether a sentence says a number of people."""
    return bool(people_said(wording, people))


def people_said(wording: str, people: float) -> tuple[Said, ...]:
    """Where a sentence says a number of people; “about 2000 people” is a number here, and no year."""
    read = (replace(said, kind="number") if said.kind == "year" else said for said in said_numbers(wording))
    return tuple(said for said in read if agrees(said, people))


def _miscounted(message: Message, case: Case) -> bool:
    """Whether a message speaks of other numbers of people than its sentence and the tables give."""
    true = case.truth.people(message.statement, message.crowd)
    return not near(message.people_a_day, true, relative=ROUNDED, absolute=0.5)
