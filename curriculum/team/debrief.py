"""The page for the talk afterwards: who knew what, what was never said, what was signed. It ranks nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from curriculum.course.catalog import load_catalog
from curriculum.pages.page import Page, designed
from curriculum.pages.reporting import report_html
from curriculum.pages.standalone import standalone
from curriculum.team.noted import SESSION, since
from curriculum.team.outcome import Account, Outcome, Pooled, team_rubric

KINDS = {
    "signed_right": "signed, and it holds",
    "found": "objected, and it does not hold",
    "let_through": "signed, and it does not hold",
    "held_up": "objected, and it holds",
    "silent": "said nothing",
}
"""What a word on a question is called beside what was found."""

HOW = {
    "said": "was said",
    "own": "known to the one who writes",
    "stood_in": "was said by a colleague who stood in",
    "missing": "was never said",
}

QUESTIONS = (
    "Which fact changed what you wrote? Who asked for it, or who saw that it was missing?",
    "What did somebody know and not say? What would have had to happen at the table for it to be said?",
    "Look at a question that was signed and does not hold. What did you look at when you signed, and at what not?",
    "Whose first choice was closest to what you decided? Who changed their mind, and by what?",
    "What will you do differently in the next meeting at your own work?",
)


@dataclass(frozen=True)
class Marks:
    """A seat's words on its questions, as they are drawn: one mark a question, in the order of the review."""

    name: str
    people: str
    marks: tuple[tuple[str, str], ...]
    """The kind of each, and the question."""
    sentence: str


def debrief(outcome: Outcome) -> Page:
    """The debrief as a notebook and a terminal show it."""
    table, case = outcome.table, outcome.table.case
    criteria = team_rubric(table.lesson, table.plan.not_asked).criteria
    sentences = {id: one.sentence for id, one in criteria.items()}
    pooled = [
        {
            "fact": case.facts[one.fact].label,
            "who": case.people[case.facts[one.fact].held_by or ""].label,
            "seat": one.seat,
            "how": one.how,
            "words": _became(one),
            "criteria": [sentences[id] for id in one.criteria],
        }
        for one in outcome.pooled
    ]
    needed = {one.fact for one in outcome.pooled}
    unsaid = [
        (case.facts[id].label, case.people[case.facts[id].held_by or ""].label)
        for id in outcome.never_said()
        if id not in needed
    ]
    values: dict[str, Any] = {
        "title": load_catalog().lesson(table.lesson).title,
        "headline": _headline(outcome),
        "sentences": list(_sentences(outcome)),
        "pooled": pooled,
        "unsaid": unsaid,
        "seats": [_marks(outcome, one, sentences) for one in outcome.accounts],
        "kinds": KINDS,
        "let_through": [(one.seat, sentences[id]) for one in outcome.accounts for id in one.let_through],
        "first": [(name, words.strip() or "Nothing was written.") for name, words in outcome.first_choices.items()],
        "questions": QUESTIONS,
        "notes": outcome.notes,
    }
    return Page(_text(values), designed("team_debrief.html", **values))


def page(outcome: Outcome) -> str:
    """The debrief with the whole review below it, as a page of its own."""
    table = outcome.table
    review = "".join(
        f"<details><summary>{escape(one.title)}: {one.points:g} of {one.maximum} points</summary>"
        f"{report_html(one, table.case)}</details>"
        for one in outcome.report.artifacts
    )
    body = f"{debrief(outcome).html}<h2>The review</h2>{review}"
    return standalone(f"Debrief: {load_catalog().lesson(table.lesson).title}", body)


def _became(one: Pooled) -> str:
    """What became of a fact; where it was noted when the table had risen, also when."""
    late = one.minute is not None and one.minute >= SESSION
    return f"{HOW[one.how]}, {since(one.minute or 0)}" if late else HOW[one.how]


def _headline(outcome: Outcome) -> str:
    report = outcome.report
    return f"{report.points:g} of {report.maximum} points"


def _sentences(outcome: Outcome) -> Iterator[str]:
    needed, missing = len(outcome.pooled), len(outcome.missing)
    if needed:
        yield f"Your documents {needs(needed, needed - missing)}"
    else:
        yield "Your documents needed nothing that only one person knows."
    whole = outcome.everything.points
    if whole - outcome.report.points > 0.05:
        yield f"With everything on the table, the same documents would have earned {whole:g} points."
    through = sum(len(one.let_through) for one in outcome.accounts)
    found = sum(len(one.found) for one in outcome.accounts)
    if through or found:
        yield f"{counted(through + found, 'answer')} to questions that do not hold: {found} said so, {through} signed."


def needs(facts: int, known: int) -> str:
    """What documents needed of what single people hold, and how much of it was known to whoever wrote."""
    return f"needed {counted(facts, 'fact')} that only single people hold; whoever wrote knew {known}."


def counted(number: int, noun: str) -> str:
    """So many of something: `1 fact`, `2 facts`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _marks(outcome: Outcome, account: Account, sentences: dict[str, str]) -> Marks:
    case = outcome.table.case
    kinds = {id: kind for kind in KINDS for id in getattr(account, kind)}
    marks = tuple((kinds[id], sentences[id]) for id in sentences if id in kinds)
    seat = outcome.table.seat(account.seat)
    objected = len(account.found) + len(account.held_up)
    said = [
        f"signed {account.signed}, of which {len(account.signed_right)} hold" if account.signed else "",
        f"objected to {objected}, of which {len(account.found)} do not hold" if objected else "",
        f"said nothing of {len(account.silent)}" if account.silent else "",
    ]
    sentence = "; ".join(filter(None, said)) or "was asked nothing"
    return Marks(account.seat, ", ".join(case.people[person].label for person in seat.people), marks, sentence)


def _text(values: dict[str, Any]) -> str:
    lines = [f"**{values['title']}: {values['headline']}.**", "", *values["sentences"], "", "**What was needed**", ""]
    lines += [f"- {one['fact']} ({one['who']}, played by {one['seat']}): {one['words']}." for one in values["pooled"]]
    lines += ["", "**Who signed what**", ""]
    lines += [f"- {one.name}: {one.sentence}." for one in values["seats"]]
    lines += [f"  Signed, and it does not hold ({seat}): {sentence}" for seat, sentence in values["let_through"]]
    lines += ["", *(f"- {note}" for note in values["notes"])] if values["notes"] else []
    return "\n".join([*lines, "", "**To talk about**", "", *(f"- {one}" for one in values["questions"])])
