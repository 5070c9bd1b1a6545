"""The mock interview: what is asked next, from the bank, from claims that are missing, and from the weakest claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from curriculum.artifacts.mock_interview import Session, Turn
from curriculum.artifacts.star import Star
from curriculum.cases.interviews.questions import Question, question
from curriculum.words.prose import word_count

SECONDS = 120
"""The time for an answer."""
FOLLOW_UPS = 2
"""How many follow-ups come before the pressure question."""

OPENING, PRESSURE, CLOSING = "opening", "pressure", "closing"


@dataclass(frozen=True)
class Asked:
    """A question of the interviewer and the claim that it is about."""

    text: str
    about: str


@dataclass(frozen=True)
class _Probe:
    about: str
    text: str
    wanted: Callable[[Star], bool]


def _blank_figure(name: str) -> Callable[[Star], bool]:
    return lambda star: getattr(star, name).value is None


def _few_actions(star: Star) -> bool:
    return sum(1 for action in star.actions if action.what) < 3


def _one_interest(star: Star) -> bool:
    return len({interest.function for interest in star.interests if interest.wanted}) < 2


def _no_cost(star: Star) -> bool:
    return word_count(star.cost.what) < 3


def _no_decision(star: Star) -> bool:
    return not star.decision.what or not star.decision.by


def _no_window(star: Star) -> bool:
    return not star.result_figure.days or not star.baseline.days


# What an interviewer asks when a claim is missing, the most telling first.
_MISSING = (
    _Probe("result", "What came of it? Do you have a number?", _blank_figure("result_figure")),
    _Probe("baseline", "And what was it before?", _blank_figure("baseline")),
    _Probe("actions", "You say what was done. What did you do yourself?", _few_actions),
    _Probe("interests", "Somebody must have been against it. What did they want?", _one_interest),
    _Probe("cost", "What did it cost, and who paid?", _no_cost),
    _Probe("decision", "Who decided in the end?", _no_decision),
    _Probe("window", "Over which time did you count that?", _no_window),
    _Probe("role", "What was your role in this?", lambda star: not star.role),
    _Probe("would_change", "What would you do differently?", lambda star: word_count(star.would_change) < 8),
)


def missing(star: Star) -> list[Asked]:
    """Questions about the claims that are missing, the most telling first."""
    return [Asked(probe.text, probe.about) for probe in _MISSING if probe.wanted(star)]


def pressure(star: Star) -> Asked:
    """The question that challenges the weakest claim there is."""
    before, after = star.baseline, star.result_figure
    if before.value is None or after.value is None:
        return Asked("Suppose that I do not believe you that it got better. What do you show me?", "result")
    if before.days and after.days and after.days < before.days:
        return Asked(
            f"You counted {before.days:g} days before and only {after.days:g} after. Why should the short one count?",
            "window",
        )
    if star.decision.by == "me":
        return Asked(
            "If I call the person whom you reported to, will they also say that it was you who decided?", "decision"
        )
    if star.cost.value is None:
        return Asked("You name a cost and no number for it. Was it small, or did nobody count it?", "cost")
    if before.value and abs(after.value - before.value) / abs(before.value) < 0.1:
        percent = 100 * abs(after.value - before.value) / abs(before.value)
        return Asked(f"That is a change of {percent:.1f} percent. How do you know that it was not chance?", "result")
    return Asked("What else changed in that time that could explain the whole result?", "result")


def next_question(session: Session, star: Star) -> Asked | None:
    """What the interviewer says now; None where the interview is over.

    The opening question of the bank; then up to two follow-ups, on claims that are missing, or else from the bank; then
    a pressure question; then the closing one. A claim is asked about once. Raises LookupError for an unknown question.
    """
    chosen = question(session.question)
    turns = session.turns
    if not turns:
        return Asked(chosen.question, OPENING)
    asked_about = {turn.about for turn in turns}
    if len(turns) <= FOLLOW_UPS:
        return _follow_up(chosen, star, turns, asked_about)
    if PRESSURE not in asked_about:
        return Asked(pressure(star).text, PRESSURE)
    if CLOSING not in asked_about:
        return Asked("What do you want to ask us?", CLOSING)
    return None


def _follow_up(chosen: Question, star: Star, turns: tuple[Turn, ...], asked_about: set[str]) -> Asked:
    open_claims = [asked for asked in missing(star) if asked.about not in asked_about]
    if open_claims:
        return open_claims[0]
    already = {turn.asked for turn in turns}
    text = next((text for text in chosen.follow_ups if text not in already), chosen.follow_ups[-1])
    return Asked(text, "bank")


def answered(session: Session, star: Star, said: str, seconds: int) -> Session:
    """The interview after an answer to what was asked; unchanged where it was over."""
    asked = next_question(session, star)
    if asked is None:
        return session
    turn = Turn(asked=asked.text, about=asked.about, said=said, seconds=max(0, min(seconds, 36_000)))
    later = session.model_copy(update={"turns": (*session.turns, turn)})
    return later.model_copy(update={"finished": next_question(later, star) is None})


def debrief(session: Session, star: Star) -> list[str]:
    """What the interview showed, in sentences: time, and the claims that had to be asked for."""
    lines = []
    if session.turns:
        first = session.turns[0]
        over = first.seconds - SECONDS
        if over > 0:
            lines.append(f"Your answer took {first.seconds} seconds, {over} more than the two minutes.")
        elif first.seconds:
            lines.append(f"Your answer took {first.seconds} seconds of the {SECONDS}.")
        count = word_count(first.said)
        if count:
            lines.append(f"You wrote {count} words; two minutes are about 250 when spoken.")
    asked = [turn for turn in session.turns if turn.about not in (OPENING, PRESSURE, CLOSING, "bank")]
    lines += [f"Had to be asked for: “{turn.asked}”" for turn in asked]
    if session.turns and not asked:
        lines.append("Nothing had to be asked for: your claims were complete.")
    still = [probe.text for probe in missing(star) if probe.about not in {turn.about for turn in asked}]
    lines += [f"Would be asked next: “{text}”" for text in still[:2]]
    return lines
