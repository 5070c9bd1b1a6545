"""What a conversation shows: a pure function from case, script and transcript to plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from curriculum.cases import Case
from curriculum.course.templates import render
from curriculum.roleplay import engine
from curriculum.roleplay.engine import State, Step
from curriculum.roleplay.script import MAX_TRUST, Choice, Line, Script
from curriculum.roleplay.transcript import Transcript
from curriculum.widgets.round_view import Say, effects_view, fact_view, round_view

TRUST_WORDS = ("closed off", "guarded", "neutral", "open", "warm", "trusting")
"""What trust 0 to 5 is called."""

STYLE_WORDS = {
    "open": "Open question",
    "probing": "Probing question",
    "closed": "Closed question",
    "leading": "Leading question",
    "assuming": "Assumption",
    "summary": "Summary",
    "action": "Action",
}

NONE_FITS = "Nothing that can be said here comes close to this. Say it in other words, or open “What could I say?”."
_SAYS = "What do you say?"

Standing = Callable[[State], Sequence[tuple[str, str]]]
"""Further gauges of a case, as (label, value): `("Customers affected", "1,240")`."""


def conversation_view(
    case: Case,
    script: Script,
    transcript: Transcript,
    standing: Standing | None = None,
    attempt: int | None = None,
    say: Say | None = None,
    meant: Meant | None = None,
) -> dict[str, Any]:
    """The conversation as it stands, or an earlier `attempt` (counted from 1) as it was.

    `meant` is what was typed last; it is shown while the conversation stands where it was typed.
    """
    say = say or (lambda text: render(text, case))
    script = script.in_world(case)
    last = len(transcript.attempts)
    shown = attempt if attempt is not None and 1 <= attempt <= last else last
    replay = engine.replay(script, transcript.attempts[shown - 1])
    state = replay.state
    ending = engine.ending(script, state)
    current = shown == last
    cast = [_person(case, person, state) for person in script.cast]
    choices = engine.available(script, state) if current else ()
    return {
        "title": say(script.title),
        "goal": say(script.goal),
        "cast": cast,
        "time": _time(state.minutes, script.minutes),
        "standing": [{"label": label, "value": value} for label, value in (standing(state) if standing else ())],
        "attempt": shown,
        "current": current,
        "attempts": [_attempt(script, ids, say) for ids in transcript.attempts],
        "turns": _turns(case, script, state, say, transcript.words(shown - 1)),
        "turn": len(state.taken),
        "choices": [{"id": choice.id, "text": say(choice.text)} for choice in choices],
        "says": _says(choices),
        "asks": len(choices) > 1,
        "opened": state.opened,
        "look": engine.look_minutes(script, state) if choices else 0,
        "meant": _meant(meant, last, state, [choice.id for choice in choices]),
        "known": _known(case, state),
        "ending": ending
        and {
            "title": say(ending.title),
            "text": say(ending.text),
            "trust": ", ".join(f"{who['first']} {who['word']} ({who['trust']} of {MAX_TRUST})" for who in cast),
        },
        "debrief": [say(missed.text) for missed in engine.debrief(script, state)],
        "note": replay.note,
    }


@dataclass(frozen=True)
class Meant:
    """What was typed, and the choices that it may mean, best first."""

    attempt: int
    turn: int
    said: str
    choices: tuple[str, ...]
    number: int = 0
    """Counts what was typed, so that the same words typed again are something new."""


def _person(case: Case, id: str, state: State) -> dict[str, Any]:
    person, trust = case.people[id], state.trust_of(id)
    return {
        "id": id,
        "name": person.label,
        "first": person.first_name,
        "role": person.role,
        "initials": person.initials,
        "hue": person.hue,
        "trust": trust,
        "of": MAX_TRUST,
        "word": TRUST_WORDS[trust],
    }


def _time(left: int, of: int) -> dict[str, Any]:
    share = left / of
    tone = "bad" if share <= 0.1 else "warn" if share <= 0.25 else ""
    return {"left": left, "of": of, "share": round(share, 4), "tone": tone}


def _attempt(script: Script, ids: Sequence[Step], say: Say) -> dict[str, Any]:
    state = engine.replay(script, ids).state
    ending = engine.ending(script, state)
    return {"turns": len(state.taken), "ending": say(ending.title) if ending else ""}


def _says(choices: Sequence[Choice]) -> str:
    """What the learner is asked, where nothing gives away what can be chosen."""
    kinds = {choice.style == "action" for choice in choices}
    return "What do you say or do?" if kinds == {True, False} else "What do you do?" if True in kinds else _SAYS


def _meant(meant: Meant | None, attempt: int, state: State, offered: Sequence[str]) -> dict[str, Any] | None:
    if meant is None or (meant.attempt, meant.turn) != (attempt, len(state.taken)) or not offered:
        return None
    choices = [id for id in meant.choices if id in offered]
    return {"said": meant.said, "choices": choices, "number": meant.number, "none": "" if choices else NONE_FITS}


def _turns(case: Case, script: Script, state: State, say: Say, words: Sequence[str]) -> list[dict[str, Any]]:
    heard = engine.heard_back(script, state.path)
    back = [[round_view(case, one, say) for one in heard if one.round.turn == turn] for turn in range(len(words) + 1)]
    turns: list[dict[str, Any]] = [
        {"own": None, "says": _lines(engine.opening(script), say), "learned": [], "back": back[0]}
    ]
    for turn, said in zip(engine.turns(script, state.path), words, strict=False):
        turns.append(
            {
                "own": {
                    "text": say(turn.choice.text),
                    "style": STYLE_WORDS[turn.choice.style],
                    "coaching": say(turn.effect.coaching),
                    "effects": [*_look(turn.looked), *effects_view(case, turn.before, turn.after)],
                    "said": said,
                },
                "says": _lines(turn.lines, say),
                "learned": [fact_view(case, case.facts[id]) for id in turn.learned],
                "back": back[len(turns)],
            }
        )
    return turns


def _lines(lines: Sequence[Line], say: Say) -> list[dict[str, str]]:
    return [{"who": line.who, "text": say(line.text)} for line in lines]


def _look(minutes: int | None) -> list[dict[str, str]]:
    return [{"text": f"−{minutes} min for a look at the choices", "tone": ""}] if minutes else []


def _known(case: Case, state: State) -> dict[str, Any]:
    held = [fact for fact in case.facts.values() if fact.held_by is not None]
    told = [fact for fact in held if state.knows(fact.id) or fact.held_by in dict(state.trust)]
    return {
        "facts": [fact_view(case, fact) for fact in told if state.knows(fact.id)],
        "of": len(told),
        "brief": [fact_view(case, fact) for fact in case.facts.values() if fact.held_by is None],
    }
