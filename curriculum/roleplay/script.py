"""The script of a role-play: a graph of nodes and choices, read from a lesson's roleplay.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from curriculum.artifacts import yaml_text
from curriculum.cases import Case
from curriculum.course.catalog import lesson_folder
from curriculum.roleplay.condition import OF_READ_BACKS, Condition, Situation, World, parse_condition
from curriculum.roleplay.read_back_words import Name, ReadBack, ReadBackError, ReadBackWords, read_words

Style = Literal["open", "probing", "closed", "leading", "assuming", "summary", "action"]
"""What kind of turn a choice is, for coaching; `action` is something done rather than said."""

MAX_TRUST = 5
LOOK = "what_could_i_say"
"""The id under which a transcript keeps that the learner had the choices shown; no choice may be called so."""
MAX_SAID = 300
"""Characters that a learner may type for one turn."""


class ScriptError(Exception):
    """A script does not fit its schema; the message names file and line."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Line(_Strict):
    """Something that a person says. The text may have Jinja holes, filled from the case."""

    who: Name
    text: str = Field(min_length=1)
    when: str = ""
    """A condition on how things stand when it would be said; blank: it is always said."""
    mistaken: str = ""
    """What is so instead, where the person is wrong about a quantity; blank where nobody is."""

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.when)


class Missed(_Strict):
    """What a better question would have brought: said once, when all is over, to those who never heard the fact."""

    fact: Name
    text: str = Field(min_length=1)
    """Who would have told what to whom; never the fact itself."""


@dataclass(frozen=True)
class Effect:
    """What a choice brings about in one situation."""

    to: str
    trust: Mapping[str, int]
    learn: tuple[str, ...]
    does: tuple[str, ...]
    coaching: str
    missed: Missed | None


class Outcome(_Strict):
    """What a choice brings about while a condition holds: what is left out here stays as the choice says it."""

    when: str = Field(min_length=1)
    """A condition on how things stood when the choice was made, such as `trust('wei') >= 3`."""
    to: Name | None = None
    trust: dict[Name, int] | None = None
    learn: tuple[Name, ...] | None = None
    does: tuple[Name, ...] | None = None
    coaching: Annotated[str, Field(min_length=1)] | None = None
    missed: Missed | None = None

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.when)


class Choice(_Strict):
    """Something that the learner can say or do."""

    id: Name
    text: str = Field(min_length=1)
    style: Style
    to: Name
    """The node that follows."""
    minutes: int = Field(ge=0, le=240)
    trust: dict[Name, int] = Field(default_factory=dict)
    """By how much each person's trust changes; it stays between 0 and 5."""
    learn: tuple[Name, ...] = ()
    """Facts that the learner may cite from now on."""
    does: tuple[Name, ...] = ()
    """Actions and decisions taken, with their minute; criteria and consequences read them."""
    needs: str = ""
    """A condition, such as `knows('latency') and trust('ml') >= 2`; while it does not hold, nobody can choose it."""
    also: tuple[Annotated[str, Field(min_length=1, max_length=MAX_SAID)], ...] = ()
    """Other words in which people say the same: what a learner types is compared with them, and nobody sees them."""
    coaching: str = Field(min_length=1)
    """One sentence on what this kind of turn does, shown after it was chosen."""
    repeat: bool = False
    """Whether it can be chosen again."""
    outcomes: tuple[Outcome, ...] = ()
    """Other things that it brings about; the first whose condition holds decides."""
    missed: Missed | None = None
    """What a better question would have brought here."""
    mistaken: str = ""
    """What is so instead, where the learner's words are wrong about a quantity."""

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.needs)

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What it can bring about: one for each outcome, and at the end what happens otherwise."""
        return (*(self._effect(outcome) for outcome in self.outcomes), self._effect(Outcome(when="minutes >= 0")))

    def effect(self, situation: Situation, world: World) -> Effect:
        """What it brings about in a situation."""
        if not self.outcomes:
            return self.effects[0]
        for outcome, effect in zip(self.outcomes, self.effects, strict=False):
            if outcome.condition(situation, world):
                return effect
        return self.effects[-1]

    @cached_property
    def teaches(self) -> frozenset[str]:
        """Every fact that it can bring."""
        return frozenset(fact for effect in self.effects for fact in effect.learn)

    @cached_property
    def acts(self) -> frozenset[str]:
        """Every action that it can be."""
        return frozenset(action for effect in self.effects for action in effect.does)

    def _effect(self, outcome: Outcome) -> Effect:
        return Effect(
            to=outcome.to or self.to,
            trust=self.trust if outcome.trust is None else outcome.trust,
            learn=self.learn if outcome.learn is None else outcome.learn,
            does=self.does if outcome.does is None else outcome.does,
            coaching=outcome.coaching or self.coaching,
            missed=outcome.missed or self.missed,
        )


class Remark(_Strict):
    """Something that people come back to by themselves: told once, at the next moment at which a condition holds."""

    id: Name
    when: str = Field(min_length=1)
    says: tuple[Line, ...] = Field(min_length=1)
    learn: tuple[Name, ...] = ()
    at: tuple[Name, ...] = ()
    """The nodes at which it can be told; none: wherever the conversation goes on."""

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.when)


class Ending(_Strict):
    """How the conversation can end."""

    id: Name
    title: str
    text: str
    worth: Annotated[int, Field(ge=0, le=3)] | None = None
    """How good it is, from 0 to 3: fixed habits must not lead to the good ones."""
    claims: str | None = None
    """A condition that holds whenever the conversation ends here, because the text says so; blank where the text
    says nothing about what was said or done."""
    missed: tuple[Missed, ...] = ()
    """What a better question would have brought, whatever was asked."""

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.claims or "")


class Node(_Strict):
    """A moment: what is said, and what the learner can answer."""

    says: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    ending: Ending | None = None

    @model_validator(mode="after")
    def _ends_or_goes_on(self) -> Node:
        if bool(self.choices) == bool(self.ending):
            raise ValueError("a node has either choices or an ending")
        return self


class Script(_Strict):
    """A whole role-play."""

    id: Name
    title: str
    goal: str
    """What the learner wants from this conversation, in one sentence."""
    minutes: int = Field(gt=0)
    cast: tuple[Name, ...] = Field(min_length=1)
    """Ids of the case's people, in the order in which they sit."""
    look_minutes: int = Field(default=0, ge=0, le=5)
    """What it costs to have the choices shown before saying anything: nothing for beginners, else a minute."""
    trust: dict[Name, int] = Field(default_factory=dict)
    """Trust at the start where it is not 2."""
    start: Name
    out_of_time: Name
    """The node to which the conversation moves when nothing can be chosen any more."""
    brings_up: tuple[Remark, ...] = ()
    """What people come back to by themselves, at most one thing a turn, the first that can be told."""
    constants: dict[str, str] = Field(default_factory=dict)
    """Words with a quantity that is the same in every world, as they are spoken, and why it is."""
    nodes: dict[Name, Node]

    @cached_property
    def world(self) -> World:
        """What the world is like that conditions ask about; nothing before `in_world`."""
        return {}

    @cached_property
    def read_back(self) -> ReadBack | None:
        """How people answer when they hear what the learner says of them; None where nobody is read back to."""
        return None

    def without_read_back(self) -> Script:
        """The same script in the same world, with nobody to whom anything can be said back."""
        bare = self.model_copy()
        bare.__dict__["read_back"] = None
        return bare

    def with_read_back(self, words: ReadBackWords) -> Script:
        """The same script with words for read-backs; raises ScriptError where the two do not fit together."""
        if strangers := sorted(words.people.keys() - set(self.cast)):
            raise ScriptError(f"read_back.yaml: these are not in the cast: {', '.join(strangers)}")
        bound = self.model_copy()
        bound.__dict__["read_back"] = ReadBack(words)
        for known in ("asks", "teaches"):
            bound.__dict__.pop(known, None)
        return bound

    def in_world(self, case: Case) -> Script:
        """The same script, with conditions on the world answered by a case, and with its claims for read-backs.

        Raises ScriptError where they ask for something that the case does not say.
        """
        if absent := sorted(self.asks - case.circumstances.keys()):
            raise ScriptError(f"{self.id}.yaml asks world({absent[0]!r}), and the case has no such circumstance")
        if not self.asks and self.read_back is None:
            return self
        bound = self.model_copy()
        bound.__dict__["world"] = {name: int(case.circumstances[name]) for name in sorted(self.asks)}
        if self.read_back is not None:
            bound.__dict__.pop("teaches", None)
            try:
                bound.__dict__["read_back"] = self.read_back.in_world(case)
            except ReadBackError as error:
                raise ScriptError(str(error)) from None
        return bound

    @cached_property
    def asks(self) -> frozenset[str]:
        """What conditions ask about the world, by name."""
        conditions = [condition for _, condition in self.conditions]
        conditions += self.read_back.words.conditions if self.read_back else ()
        return frozenset(name for condition in conditions for word, name in condition.names if word == "world")

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """Every choice by its id."""
        return {choice.id: choice for node in self.nodes.values() for choice in node.choices}

    @cached_property
    def teaches(self) -> frozenset[str]:
        """Every fact that somebody can tell, asked or not, or when they are understood."""
        told = [*(choice.teaches for choice in self.choices.values()), *(remark.learn for remark in self.brings_up)]
        if self.read_back:
            told.append(self.read_back.opens)
        return frozenset(fact for facts in told for fact in facts)

    @cached_property
    def conditions(self) -> tuple[tuple[str, Condition], ...]:
        """Every condition, with the choice, node, ending or remark that has it."""
        found: list[tuple[str, Condition]] = []
        for name, node in self.nodes.items():
            found += [(name, line.condition) for line in node.says]
            if node.ending:
                found.append((name, node.ending.condition))
        for choice in self.choices.values():
            found += [(choice.id, choice.condition), *((choice.id, outcome.condition) for outcome in choice.outcomes)]
        for remark in self.brings_up:
            found += [(remark.id, remark.condition), *((remark.id, line.condition) for line in remark.says)]
        return tuple(found)

    @model_validator(mode="after")
    def _hangs_together(self) -> Script:
        ids = [choice.id for node in self.nodes.values() for choice in node.choices]
        ids += [remark.id for remark in self.brings_up]
        if repeated := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"choice ids are used twice: {', '.join(repeated)}")
        if LOOK in ids:
            raise ValueError(f"no choice may be called {LOOK}: transcripts use it for a look at the choices")
        effects = [effect for choice in self.choices.values() for effect in choice.effects]
        targets = {self.start, self.out_of_time, *(effect.to for effect in effects)}
        targets |= {node for remark in self.brings_up for node in remark.at}
        if lost := sorted(targets - self.nodes.keys()):
            raise ValueError(f"there are no nodes {', '.join(lost)}")
        if self.nodes[self.out_of_time].ending is None:
            raise ValueError(f"out_of_time must name an ending, and {self.out_of_time} is none")
        said = [line for node in self.nodes.values() for line in node.says]
        said += [line for remark in self.brings_up for line in remark.says]
        moved = {person for effect in effects for person in effect.trust}
        if strangers := sorted(({line.who for line in said} | moved | self.trust.keys()) - set(self.cast)):
            raise ValueError(f"these are not in the cast: {', '.join(strangers)}")
        _ = self.conditions  # parsed here, so that a broken one is found with the rest
        return self


@lru_cache(maxsize=64)
def load_script(slug: str) -> Script:
    """The role-play of a lesson; raises FileNotFoundError where it has none, ScriptError where it is broken."""
    return read_script(lesson_folder(slug) / "source" / "roleplay.yaml")


def script_of(case: Case) -> Script:
    """The role-play of a case's lesson, held in its world; raises as `load_script` does."""
    return load_script(case.slug).in_world(case)


def read_script(path: Path) -> Script:
    """Read a script file, with the words for read-backs beside it where there are any; raises ScriptError with file,
    line and what is wrong."""
    script = _read_script(path)
    try:
        script = script.with_read_back(read_words(path.with_name("read_back.yaml")))
    except FileNotFoundError:
        pass
    except ReadBackError as error:
        raise ScriptError(str(error)) from None
    known = script.read_back.words.people if script.read_back else {}
    asked = {name for _, condition in script.conditions for word, name in condition.names if word in OF_READ_BACKS}
    if strangers := sorted(asked - known.keys()):
        raise ScriptError(f"{path.name} asks whether {strangers[0]} was read back to, and read_back.yaml has no words")
    return script


def _read_script(path: Path) -> Script:
    try:
        document = yaml_text.parse(path.read_text(encoding="utf-8"))
        return Script.model_validate(document.data)
    except yaml_text.NotYaml as error:
        raise ScriptError(f"{path.name}, {error}") from None
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise ScriptError(f"{path.name}, line {document.line_of(detail['loc'])}, {where}: {detail['msg']}") from None
