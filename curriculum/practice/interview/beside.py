"""Questions where text and claims of a story say two things, or a paper of somebody else is told; they cost nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.artifacts.short import CLAIMS, Short
from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.practice.interview.claims import content, cost_words, is_negated
from curriculum.practice.interview.notes import Note
from curriculum.practice.interview.parties import functions_named
from curriculum.practice.interview.said import cost as numbers_of_cost
from curriculum.practice.interview.said import figures, means
from curriculum.words.numbers import said_numbers
from curriculum.words.prose import WORD, quoted, sentences
from curriculum.words.quantities import Quantity

_FEWEST_OF_A_TITLE = 3
"""Titles of fewer words are said in passing: "when the report of the test was there"."""
_JUDGED = {
    "better": re.compile(r"\b(?:got|became|is|was|were|are)\s+better\b|\bimproved\b", re.IGNORECASE),
    "worse": re.compile(r"\b(?:got|became|is|was|were|are)\s+worse\b|\b(?:worsened|deteriorated)\b", re.IGNORECASE),
}
_OPPOSITE = {"better": "worse", "worse": "better"}
_WEIGHS = re.compile(
    r"\b(?:not|never|no|nobody|nothing|neither|but|though|although|while|despite|than|hoped?|wanted|expected|promised|would|"
    r"should|could|might|if|whether)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words with which a sentence may say the other thing: it weighs two results, tells a hope, or denies one."""
_I = re.compile(r"\bI\b")
_DECIDED = re.compile(r"\b(?:decided|decides|decision|chose|choice)\b", re.IGNORECASE)
_I_DECIDED = re.compile(
    r"\bI\s+(?:then\s+|finally\s+|myself\s+)?(?:decided\b(?!\s+(?:to|not\s+to|that\s+I)\b)|took\s+the\s+decision\b)"
)


def beside_the_file(star: Star, case: Case) -> Iterator[Note]:
    """What the text, the claims and the project file say differently."""
    yield from _another_decider(star, case)
    yield from _another_turn(star)
    yield from _cost_is_untold(star)
    if star.origin == "personal":
        yield from _of_the_project(star, case)
    if star.origin == "practice":
        yield from _papers_of_others(star, case)
        yield from _wishes_of_others(star, case)
        yield from _another_payer(star, case)
        yield from _another_decision(star, case)
        yield from _another_role(star, case)


def _another_decider(star: Star, case: Case) -> Iterator[Note]:
    by = star.decision.by
    if not by or not star.text():
        return
    name = case.registry.label("deciders", by) or by
    people = {id: case.registry.label("people", id).split()[0] for id in case.registry.entries("deciders")
              if id in case.people and id != by}  # fmt: skip
    others = [
        re.compile(rf"\b{re.escape(first)}\s+(?:decided|took\s+the\s+decision)\b(?!\s+to\b)")
        for first in people.values()
    ]
    for span in sentences(star.text()):
        mine = by != "me" and _I_DECIDED.search(span.text)
        if mine or any(other.search(span.text) for other in others):
            asks = (
                f"Your claims name {'yourself' if by == 'me' else name} as the one who decided. Whose decision was it?"
            )
            yield Note("decider", asks, quoted(span.text))
            return


def _another_turn(star: Star) -> Iterator[Note]:
    """A sentence with both numbers that calls the result the opposite of what the claims say."""
    was, became = figures(star)
    for span in sentences(star.text()):
        judged = _judged(span.text, was, became)
        if judged and star.direction == _OPPOSITE[judged]:
            asks = f"Your claims say that it got {star.direction}, and this sentence calls it {judged}. Which was it?"
            yield Note("another_turn", asks, quoted(span.text))
            return


def _judged(text: str, was: list[Quantity], became: list[Quantity]) -> str:
    """What a sentence with both numbers calls the result; blank where it weighs, hopes or denies."""
    numbers = said_numbers(text)
    if _WEIGHS.search(text) or not all(
        any(means(said, one) for said in numbers for one in side) for side in (was, became)
    ):
        return ""
    found = {judged for judged, words in _JUDGED.items() if words.search(text)}
    return found.pop() if len(found) == 1 else ""


def beside_the_long(short: Short, star: Star, case: Case) -> Iterator[Note]:
    """What the short version says about the decision, and what it says though it is named as left out."""
    alone = star.model_copy(update={"situation": "", "task": "", "action": "", "result": short.text})
    yield from _another_decider(alone, case)
    yield from _another_turn(alone)
    named = {one.claim for one in short.left_out}
    own = content(star.would_change)
    by = case.registry.label("deciders", star.decision.by).split()[:1]
    for span in sentences(short.text):
        told = ""
        if "look_back" in named and len(own) >= _FEWEST_OF_A_TITLE and 2 * len(own & content(span.text)) >= len(own):
            told = "look_back"
        elif "decision" in named and _DECIDED.search(span.text) and {*by, "I"} & set(WORD.findall(span.text)):
            told = "decision"
        if told:
            asks = f"You say that “{CLAIMS[told]}” is left out, and this sentence of the short version may say it."
            yield Note("left_out_and_told", f"{asks} Is it left out?", quoted(span.text))


def _cost_is_untold(star: Star) -> Iterator[Note]:
    words, text = cost_words(star), star.text()
    if not words or not text:
        return
    numbers = said_numbers(text)
    if any(means(said, form) for said in numbers for form in numbers_of_cost(star)):
        return
    if len(words & content(text)) < max(1, len(words) / 3):
        yield Note(
            "cost_untold",
            "Your claims name a cost that I could not find in your text. Is it there?",
            star.cost.what[:120],
        )


def _papers_of_others(star: Star, case: Case) -> Iterator[Note]:
    """A sentence with "I", or an action, that has all words of the title of a paper that somebody else wrote."""
    told = [(span.text, "") for span in sentences(star.text()) if _I.search(span.text)]
    told += [(action.what, action.document) for action in star.actions if action.what]
    for id, paper in case.truth.log.items():
        title = content(paper.title.split(":")[0])
        if paper.by == "you" or len(title) < _FEWEST_OF_A_TITLE:
            continue
        author = case.registry.label("people", paper.by)
        for text, document in told:
            if document != id and title <= content(text) and author.split()[0] not in text:
                asks = f"In the log, {author} wrote “{paper.title}”. What of it was yours?"
                yield Note("paper_of_another", asks, quoted(text))
                break


def _another_role(star: Star, case: Case) -> Iterator[Note]:
    named = functions_named(star.role, {})
    if named and "product" not in named:
        yield Note("another_role", f"In the project file you were the {case.truth.role}. Were you?", star.role[:80])


def _wishes_of_others(star: Star, case: Case) -> Iterator[Note]:
    """A wish that stands word for word beside another function than the one that had it."""
    table = case.columns["kick_off"]
    told = dict(zip(table["function"], table["wanted"], strict=True))
    wishes = {
        side: [content(text) for text in (wish.what, told[case.registry.label("functions", side)])]
        for side, wish in case.truth.wishes.items()
    }
    for item in star.interests:
        said = content(item.wanted)
        whose = [side for side, words in wishes.items() if any(wish and wish <= said for wish in words)]
        if item.function and whose and item.function not in whose and not is_negated(item.wanted):
            owner, other = (case.registry.label("functions", id) for id in (whose[0], item.function))
            asks = f"In the table of the kick-off this is what {owner} wanted. Did {other} want it?"
            yield Note("wish_of_another", asks, quoted(item.wanted))
            return


def _another_payer(star: Star, case: Case) -> Iterator[Note]:
    """A cost that names another side than the one that its number is about."""
    about = next((side for side, wish in case.truth.wishes.items() if wish.cost == star.cost.fact), "")
    names = {person.function: person.first_name for id, person in case.people.items() if id in case.more["deciders"]}
    named = functions_named(star.cost.what, names) & set(case.truth.wishes)
    if about and named and about not in named:
        asks = "The number that you cite beside this is about another side. Who paid?"
        yield Note("another_payer", asks, quoted(star.cost.what))


def _of_the_project(star: Star, case: Case) -> Iterator[Note]:
    """A story said to be of the learner's own life that names the company of the project file."""
    for span in sentences(star.text()):
        if re.search(rf"\b{re.escape(case.company)}\b", span.text, re.IGNORECASE):
            asks = f"You say that this is your own life, and name {case.company}. Is it the project's story?"
            yield Note("of_the_project", asks, quoted(span.text))
            return


def _another_decision(star: Star, case: Case) -> Iterator[Note]:
    """A decision that goes the other way than the one that the learner was told of."""
    told, stated = case.truth.decided, star.decision.what
    for ways in case.truth.ways:
        truly = [re.search(way, told, re.IGNORECASE) is not None for way in ways]
        said = [re.search(way, stated, re.IGNORECASE) is not None for way in ways]
        if sum(truly) == sum(said) == 1 and truly != said:
            who = case.people[case.facts["who_decided"].held_by or ""].first_name
            asks = f"You were told of a decision that goes another way. Read again what {who} said: was it this?"
            yield Note("another_decision", asks, quoted(stated))
            return
