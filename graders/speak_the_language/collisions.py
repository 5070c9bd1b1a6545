"""Are the words that collide found, with what each person means, and nothing else? (A07: false-positive confusion)"""

from __future__ import annotations

from curriculum.artifacts.collisions import Collision, Collisions
from curriculum.cases import Case
from curriculum.cases.speak_the_language.draw import SPEAKERS
from curriculum.cases.speak_the_language.truth import SENSE_FACTS
from curriculum.roleplay.engine import State
from graders.common import incomplete, placed, stated
from graders.rubric import NotYet, Objections, met, objection
from graders.speak_the_language.base import first_name, gives, meaning, rubric

WANTED = "what this person counts, as they said it"
AT_LEAST = 2
"""So many collisions make the list one that somebody can use."""


@rubric.criterion(
    points=1, voice="odile", skill="domain_literacy", gate=True,
    hints=(
        "Is every field of every collision filled?",
        "Nobody may be missing, nor a meaning, nor a number; and there is more than one such word.",
    ),
    met="Every collision is filled.",
)  # fmt: skip
def collisions_are_complete(collisions: Collisions, case: Case) -> Objections:
    """At least two words, each with two people, what each of them means, its number, and the decision."""
    parts = ("one", "one_means", "one_value", "other", "other_means", "other_value", "decision")
    yield from incomplete(collisions, case, "collisions", *(f"collisions[].{part}" for part in parts))
    if len(collisions.collisions) < AT_LEAST:
        yield objection("collisions", f"There is {len(collisions.collisions)}.", "two words or more that collide")


@rubric.criterion(
    points=2, voice="lina", skill="listen_and_synthesise",
    hints=(
        "Did you ask both of them what they count?",
        "Ask each of the two “of what?”, or “when you say that word, what do you count?”",
    ),
    rests_on=("collisions.collisions[].one", "collisions.collisions[].other"),
    met="You heard both sides of each word.",
)  # fmt: skip
def collisions_were_heard(collisions: Collisions, case: Case, conversation: State) -> Objections:
    """For each word, you heard from both people what they mean by it."""
    for place, one in placed("collisions", collisions.collisions):
        for part, person, id in (("one", one.one, one.one_means), ("other", one.other, one.other_means)):
            found = meaning(case, id)
            fact = SENSE_FACTS.get((person, found.word)) if found else None
            if found is not None and (fact is None or not conversation.knows(fact)):
                said = f"You did not hear from {first_name(case, person)} what “{found.word}” means to them."
                yield objection(f"{place}.{part}", said, "two people whom you heard say what they count")


@rubric.criterion(
    points=3, voice="disa", skill="domain_literacy",
    hints=(
        "What did each of them say is counted, and of what?",
        "Compare their sentences with the list of meanings: per good payment, per fraud or per alert; of visits, of "
        "those at the card step, or after an error; and so on.",
        "{% for key, id in truth.senses.items() %}{{ people[key[1]] | first_name }} by “{{ key[0] }}”: "
        "{{ entries.definitions[id].label }}{{ '.' if loop.last else '; ' }}{% endfor %}",
    ),
    rests_on=("collisions.collisions[].one_means", "collisions.collisions[].other_means"),
)  # fmt: skip
def senses_are_theirs(collisions: Collisions, case: Case, conversation: State) -> Objections:
    """Each person means what you say they mean."""
    judged = 0
    for place, one in placed("collisions", collisions.collisions):
        for part, person, id in (("one_means", one.one, one.one_means), ("other_means", one.other, one.other_means)):
            found = meaning(case, id)
            if found is None or not conversation.knows(SENSE_FACTS.get((person, found.word), "")):
                continue
            judged += 1
            if case.truth.senses[found.word, person] != id:
                said = f"{first_name(case, person)} does not mean “{found.label}”."
                yield objection(
                    f"{place}.{part}", said, WANTED, {"person": first_name(case, person), "word": found.word}
                )
    if not judged:
        raise NotYet("collisions.collisions", "Nobody has told you yet what they mean by these words.")
    return met(f"{judged} meanings are those of the people who use them.")


@rubric.criterion(
    points=7, voice="emeka", skill="domain_literacy",
    hints=(
        "Do both numbers come out of the tables?",
        "Each speaker's number follows from what they count. Only where both are right is it the word that is wrong.",
        "{% for key, id in truth.senses.items() %}{{ people[key[1]] | first_name }}, {{ key[0] }}: "
        "{{ truth.values[id] | number(2) }}{{ '.' if loop.last else '; ' }}{% endfor %}",
    ),
    rests_on=(
        "collisions.collisions[2]",
        "collisions.collisions[].one_means", "collisions.collisions[].other_means",
        "collisions.collisions[].one_value", "collisions.collisions[].other_value",
    ),
)  # fmt: skip
def both_numbers_recompute(collisions: Collisions, case: Case) -> Objections:
    """Both numbers of each word are what their meanings give: both people are right."""
    for place, one in placed("collisions", collisions.collisions):
        for part, id, number in (
            ("one_value", one.one_means, one.one_value),
            ("other_value", one.other_means, one.other_value),
        ):
            found = meaning(case, id)
            if found is not None and number is not None and not gives(case, found, number):
                yield objection(
                    f"{place}.{part}", f"“{found.label}”: you state {stated(number)}.",
                    "the number that this meaning gives on the tables",
                    {"counted": found.numerator.label, "when": found.window.label, "stated": stated(number)},
                )  # fmt: skip
    return met("Both numbers of each word recompute: nobody is wrong.")


@rubric.criterion(
    points=2, voice="odile", skill="domain_literacy",
    hints=(
        "Do these two really count different things?",
        "Where two people say the same number of the same thing, their word does not collide, however often it "
        "is said.",
    ),
    rests_on=("collisions_were_heard", "both_numbers_recompute"),
    met="None of them is a quarrel about nothing.",
)  # fmt: skip
def no_false_collision(collisions: Collisions, case: Case) -> Objections:
    """No two people are said to pass each other who mean the same."""
    for place, one in placed("collisions", collisions.collisions):
        word, both = _word(one, case), f"{first_name(case, one.one)} and {first_name(case, one.other)}"
        if not word:
            said = f"{both} do not use one word for these two."
            yield objection(f"{place}.other_means", said, "two meanings of one word")
        elif one.one_means == one.other_means or word not in case.truth.collide:
            said = f"By “{word}”, {both} mean the same."
            yield objection(f"{place}.other_means", said, "two meanings that are really two")


@rubric.criterion(
    points=2, voice="paloma", skill="translate_constraints",
    hints=(
        "Which words did you hear from two people with two numbers?",
        "False positive, conversion, latency, drift, accuracy: each is used by two people. Ask both what they count.",
    ),
    rests_on=("collisions_were_heard", "both_numbers_recompute"),
)  # fmt: skip
def two_collisions_found(collisions: Collisions, case: Case) -> Objections:
    """At least two of the words that collide are found."""
    found = _found(collisions, case)
    if len(found) < 2:
        yield objection(
            "collisions", f"{len(found)} of your words collide.", "two words by which two people pass each other"
        )
    return met(f"{len(found)} words that collide are found.")


@rubric.criterion(
    points=2, voice="odile", skill="translate_constraints",
    hints=(
        "Is there a word that you heard from one person only?",
        "Of five words that two people use, three collide this month.",
        "They are: {{ truth.collide | sort | join(', ') }}.",
    ),
    rests_on=("two_collisions_found",),
)  # fmt: skip
def all_collisions_found(collisions: Collisions, case: Case) -> Objections:
    """All three words that collide are found."""
    found = _found(collisions, case)
    if missing := len(case.truth.collide) - len(found):
        said = f"{missing} more {'collides' if missing == 1 else 'collide'}."
        yield objection("collisions", said, "every word by which two people pass each other")
    return met("No word is left by which two people pass each other.")


@rubric.criterion(
    points=1, voice="hamza", skill="translate_constraints",
    hints=(
        "If I heard the one meaning and you the other, about what would we decide differently?",
        "A word about stops moves the agents and the list of buyers; one about paying the form; one about waiting the "
        "page; one about drift or accuracy the model.",
    ),
    rests_on=("both_numbers_recompute", "collisions.collisions[].decision"),
    met="Each of them changes the decision that is named.",
)  # fmt: skip
def decision_flips(collisions: Collisions, case: Case) -> Objections:
    """The decision that is named comes out differently by the two meanings."""
    for place, one in placed("collisions", collisions.collisions):
        pair = [found for id in (one.one_means, one.other_means) if (found := meaning(case, id)) is not None]
        if pair and not any(one.decision in found.decides for found in pair):
            what = case.registry.label("decisions", one.decision)
            said = f"“{what}” comes out the same, whatever “{pair[0].word}” means."
            yield objection(f"{place}.decision", said, "a decision that hangs on what the word means")


def _word(one: Collision, case: Case) -> str:
    """The word of both meanings, where these two people use it."""
    first, second = meaning(case, one.one_means), meaning(case, one.other_means)
    if first is None or second is None or first.word != second.word:
        return ""
    return first.word if {one.one, one.other} == set(SPEAKERS[first.word]) else ""


def _found(collisions: Collisions, case: Case) -> set[str]:
    """The colliding words that are named with their two speakers and with two meanings."""
    listed = [(_word(one, case), one) for one in collisions.collisions]
    return {word for word, one in listed if word in case.truth.collide and one.one_means != one.other_means}
