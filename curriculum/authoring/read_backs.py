"""What a search of a conversation says back to people: what is confirmed, what falls short, what nobody wants said."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from curriculum.artifacts.saying_back import MOST_CLAIMS
from curriculum.cases.claims import Claim
from curriculum.roleplay import engine
from curriculum.roleplay.condition import OF_READ_BACKS
from curriculum.roleplay.engine import State
from curriculum.roleplay.read_back import OBJECTED, Answer, Round, SaidBack, firmness_told
from curriculum.roleplay.script import Script


def asked(script: Script) -> dict[str, frozenset[str]]:
    """For each person who is read back to, what conditions of the conversation ask of it: said_back, confirmed,
    objected."""
    if script.read_back is None:
        return {}
    names = {name for _, condition in script.conditions for name in condition.names}
    names |= {name for condition in script.read_back.words.conditions for name in condition.names}
    people = script.read_back.words.people
    return {person: frozenset(word for word in OF_READ_BACKS if (word, person) in names) for person in people}


def facts_of(script: Script, person: str) -> frozenset[str]:
    """The facts on which it depends what a person confirms."""
    if script.read_back is None:
        return frozenset()
    own = [claim for claim in script.read_back.claims.values() if claim.owner == person]
    return frozenset(fact for claim in own for fact in (claim.fact, claim.firm_by) if fact)


def versions(script: Script, state: State, asks: Mapping[str, frozenset[str]]) -> Iterator[SaidBack]:
    """What can be said back in a state that makes a difference: what is confirmed; where conditions ask for it, also
    what falls short of that at first, so that it is confirmed later, and what is objected to. `asks` is `asked`."""
    for person, words in asks.items():
        if state.confirmed(person) or not engine.listens(script, state, person):
            continue
        rounds = state.rounds_with(person)
        if not engine.rounds_left(script, state, person):
            continue
        best = understood(script, state, person)
        if "objected" in words and not rounds and (strange := _foreign(script)):
            yield SaidBack(person, (strange,))
        if best is None:
            continue
        yield best
        if "confirmed" in words and not rounds:
            short = tuple(id for id in best.claims if _claims(script)[id].kind != "why")
            if short != best.claims and short:
                yield SaidBack(person, short, best.number, best.firmness)


def understood(script: Script, state: State, person: str) -> SaidBack | None:
    """A version that a person confirms, from what was told so far; None where too little was."""
    claims = _claims(script)
    told = [one for one in claims.values() if one.owner == person and (not one.fact or state.knows(one.fact))]
    kinds: dict[str, Claim] = {}
    for kind in ("why", "limit", "want", "quiet"):
        found = next((claim for claim in told if claim.kind == kind), None)
        if found is not None:
            kinds[kind] = found
    limit = kinds.get("limit")
    said = SaidBack(
        person,
        tuple(claim.id for claim in kinds.values())[:MOST_CLAIMS],
        limit.number if limit else None,
        firmness_told(limit, state.knows) if limit else "",
    )
    return said if engine.answered(script, state, said).status == "confirmed" else None


def _claims(script: Script) -> Mapping[str, Claim]:
    return script.read_back.claims if script.read_back else {}


def _foreign(script: Script) -> str:
    """A claim to which anybody objects; blank where the case has none."""
    return next((id for id, claim in _claims(script).items() if claim.kind in OBJECTED), "")


def outline(rounds: Sequence[Round], people: Collection[str]) -> tuple[Round, ...]:
    """Of what was said back to these people, what can still matter: that it was, and with which answer."""
    kept: list[Round] = []
    for person in sorted(people):
        statuses = [one.answer.status for one in rounds if one.said.person == person]
        told = [status for status in ("objected", "corrected", "confirmed") if status in statuses]
        kept += [Round(SaidBack(person, (status,)), Answer(status)) for status in told]
    return tuple(kept)


def never(text: str, state: State) -> bool:
    """Whether a condition does not hold in a state, and never will: what was done, visited or told stays so."""
    return bool(text.strip()) and _settled(_tree(text), state) is False


@lru_cache(maxsize=64)
def _tree(text: str) -> ast.expr:
    return ast.parse(text.strip(), mode="eval").body


def _settled(tree: ast.expr, state: State) -> bool | None:
    """What a condition says from here on for ever; None where that may change, or cannot be said."""
    match tree:
        case ast.BoolOp(op=ast.And(), values=parts):
            said = [_settled(part, state) for part in parts]
            return False if False in said else None if None in said else True
        case ast.BoolOp(op=ast.Or(), values=parts):
            said = [_settled(part, state) for part in parts]
            return True if True in said else None if None in said else False
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            known = _settled(inner, state)
            return None if known is None else not known
        case ast.Call(func=ast.Name(id="knows" | "visited" | "did" as word), args=[ast.Constant(value=str(name))]):
            return True if getattr(state, word)(name) else None
    return None
