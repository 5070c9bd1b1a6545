"""Does the glossary give each word one meaning, with its value, its harm and what hangs on it? (A07: 1, 2, 3, 5, 6)"""

from __future__ import annotations

from curriculum.artifacts.collisions import Collisions
from curriculum.artifacts.glossary import Glossary, Term
from curriculum.artifacts.translations import Translations
from curriculum.cases import Case
from curriculum.cases.speak_the_language.entries import BESIDE, UNRIPE
from curriculum.roleplay.engine import State
from graders.common import incomplete, placed, stated
from graders.rubric import NotYet, Objections, met, objection
from graders.speak_the_language.base import gives, heard_statements, meaning, rubric

TERMS = 6
"""So many meanings a page of words holds at least: fewer do not cover both decisions and what collides."""


@rubric.criterion(
    points=1, voice="odile", skill="domain_literacy", gate=True,
    hints=(
        "Is every field of every term filled?",
        "Six different meanings at least, each with its value, who is worse off, and the decision that hangs on it.",
    ),
    met="Every term is filled.",
)  # fmt: skip
def glossary_is_complete(glossary: Glossary, case: Case) -> Objections:
    """The glossary has at least six different meanings, and each has its value, its harm and its decision."""
    yield from incomplete(
        glossary, case, "terms", "terms[].definition", "terms[].value", "terms[].hurt", "terms[].decision"
    )
    different = {term.definition for term in glossary.terms if term.definition}
    if len(different) < TERMS:
        said = f"There {'is' if len(different) == 1 else 'are'} {len(different)} different in it."
        yield objection("terms", said, "six or more different meanings")


@rubric.criterion(
    points=3, voice="emeka", skill="domain_literacy",
    hints=(
        "Which column is counted, and of which other one?",
        "The table of definitions names for each meaning what is counted, of what, for whom and when; a share is so "
        "many of 100.",
    ),
    rests_on=("glossary.terms[3]", "glossary.terms[].definition", "glossary.terms[].value"),
)  # fmt: skip
def most_values_recompute(glossary: Glossary, case: Case) -> Objections:
    """More than half of the values are what their definitions give on the tables."""
    wrong = [place for place, term in placed("terms", glossary.terms) if _misstated(term, case)]
    if 2 * len(wrong) >= len(glossary.terms):
        said = f"{len(wrong)} of {len(glossary.terms)} values are others than their definitions give."
        yield objection(f"{wrong[0]}.value", said, "values that follow from what is counted, of what, and when")
    return met(f"{len(glossary.terms) - len(wrong)} of {len(glossary.terms)} values recompute.")


@rubric.criterion(
    points=6, voice="emeka", skill="domain_literacy",
    hints=(
        "Which column is counted, and of which other one?",
        "The cell with `definitions` shows for each meaning what is counted, of what, for whom and when; add up first, "
        "then divide.",
        "{% for it in entries.definitions.values() %}{{ it.label }}: {{ truth.values[it.id] | number(2) }}"
        "{{ '.' if loop.last else '; ' }}{% endfor %}",
    ),
    rests_on=("glossary.terms[6]", "glossary.terms[].definition", "glossary.terms[].value"),
)  # fmt: skip
def values_recompute(glossary: Glossary, case: Case) -> Objections:
    """Every value is what its definition gives on the tables."""
    for place, term in placed("terms", glossary.terms):
        one = meaning(case, term.definition)
        if one is not None and _misstated(term, case):
            yield objection(
                f"{place}.value",
                f"“{one.label}”: you state {stated(term.value)}.",
                "the value that its definition gives: add up first, then divide",
                {"counted": one.numerator.label, "of": one.denominator.label if one.denominator else "as it is read",
                 "for whom": one.population.label, "when": one.window.label, "stated": stated(term.value)},
            )  # fmt: skip
    return met(f"All {len(glossary.terms)} values recompute.")


@rubric.criterion(
    points=2, voice="emeka", skill="domain_literacy",
    hints=(
        "Is everything known of each of these months?",
        "A fraud that passed is disputed weeks later: February's frauds are not all known yet. Take the weeks that are "
        "final.",
    ),
    rests_on=("most_values_recompute", "glossary.terms[].definition"),
    met="Every meaning counts something that is final.",
)  # fmt: skip
def nothing_unripe(glossary: Glossary, case: Case) -> Objections:
    """No meaning counts what is not final yet."""
    for place, term in placed("terms", glossary.terms):
        if term.definition == UNRIPE:
            said = "The frauds that February missed are still coming in, so this share will sink."
            yield objection(f"{place}.definition", said, "a meaning whose window is final")


@rubric.criterion(
    points=1, voice="hamza", skill="domain_literacy",
    hints=(
        "If this number were twice as large tomorrow, who would be worse off?",
        "More conversion, accuracy or recall is good: nobody is worse off. More false positives hurt good customers, "
        "more waiting those who wait. An index of inputs hurts nobody by itself.",
    ),
    rests_on=("most_values_recompute", "glossary.terms[].hurt"),
    met="For each word it is clear who is worse off when it rises.",
)  # fmt: skip
def harm_has_its_sign(glossary: Glossary, case: Case) -> Objections:
    """For each meaning, those who are worse off when it rises are those whom it counts, and nobody where it is good."""
    for place, term in placed("terms", glossary.terms):
        one = meaning(case, term.definition)
        if one is not None and term.hurt not in one.hurts:
            who = case.registry.label("crowds", term.hurt) or "nobody is named"
            said = f"“{one.label}” rises: you say worse off are: {who[:1].lower()}{who[1:]}."
            yield objection(f"{place}.hurt", said, "those to whom it happens; nobody where it is good when it rises")


@rubric.criterion(
    points=1, voice="odile", skill="domain_literacy",
    hints=(
        "Which of the two things to settle tonight would come out differently if this number were another?",
        "Support's agents hang on good payments that are stopped. Each repair hangs on the number that it moves.",
    ),
    rests_on=("glossary.terms[3]", "glossary.terms[].decision"),
    met="Every meaning decides something that is open, and both open questions are covered.",
)  # fmt: skip
def terms_hang_on_decisions(glossary: Glossary, case: Case) -> Objections:
    """Each meaning hangs on a decision that it moves; the agents and the free week are both covered."""
    decided = set()
    for place, term in placed("terms", glossary.terms):
        one = meaning(case, term.definition)
        if one is not None and term.decision not in one.decides:
            what = case.registry.label("decisions", term.decision)
            said = f"“{one.label}” does not move “{what}”."
            yield objection(f"{place}.decision", said, "a decision that comes out differently when this number changes")
        decided.add(term.decision)
    if decided and ("roster" not in decided or decided == {"roster"}):
        missing = "the free week" if decided == {"roster"} else "the agents"
        yield objection("terms", f"No term hangs on {missing}.", "terms for both things that have to be settled")


@rubric.criterion(
    points=1, voice="disa", skill="domain_literacy",
    hints=(
        "How often would somebody be right who stops nothing at all?",
        "Fraud is rare, so stopping nothing is right nearly always. Put that number beside the model's.",
    ),
    rests_on=("most_values_recompute", "glossary.terms[].definition"),
)  # fmt: skip
def accuracy_beside_nothing(glossary: Glossary, case: Case) -> Objections:
    """Accuracy of all payments stands beside the accuracy of stopping nothing."""
    picked = [term.definition for term in glossary.terms]
    if "acc_all" in picked and BESIDE not in picked:
        place = f"terms[{picked.index('acc_all') + 1}].definition"
        said = "Right verdicts of all payments stand alone, and sound like a very good model."
        yield objection(place, said, "beside it, how often one would be right who stops nothing")
    return met("No accuracy of all payments stands alone.")


@rubric.criterion(
    points=3, voice="odile", skill="domain_literacy",
    hints=(
        "Could somebody who reads a message look up every word of it in your glossary?",
        "Take the sense in which each sentence was said to you, and for each word that collides at least one of "
        "its two meanings.",
        "What your people mean: {% for fact, id in truth.statements.items() %}{{ entries.statements[fact].label }}: "
        "{{ entries.definitions[id].label }}{{ '.' if loop.last else '; ' }}{% endfor %}",
    ),
    rests_on=("most_values_recompute", "statements_were_heard", "collisions.collisions[].one_means"),
)  # fmt: skip
def glossary_holds_the_words(
    glossary: Glossary, collisions: Collisions, translations: Translations, case: Case, conversation: State
) -> Objections:
    """Every sense in which you pass something on is in the glossary, and one sense of every word that collides."""
    picked = {term.definition for term in glossary.terms}
    used = heard_statements(translations, case, conversation)
    if not used:
        raise NotYet("translations.messages", "It compares with messages about things that you heard.")
    for _, index, id in used:
        if id not in picked:
            statement = case.registry.label("statements", translations.messages[index].statement)
            said = f"You pass on “{statement}”, and the sense in which that was said is not in the glossary."
            yield objection("terms", said, "the sense in which each sentence was said to you")
    words = {found.word for id in picked if (found := meaning(case, id)) is not None}
    for _, one in placed("collisions", collisions.collisions):
        if one.word and not {one.one_means, one.other_means} & picked:
            here = "another sense of it" if one.word in words else "nothing of it"
            yield objection("terms", f"By “{one.word}” two people pass each other; the glossary holds {here}.",
                            "at least one of the two senses of every word that collides")  # fmt: skip
    return met(f"The words of your {len(used)} messages and of your collisions are in the glossary.")


def _misstated(term: Term, case: Case) -> bool:
    """Whether a term states a value that its definition does not give; one that is blank states none."""
    one = meaning(case, term.definition)
    return one is not None and term.value is not None and not gives(case, one, term.value)
