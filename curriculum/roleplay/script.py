"""The script of a role-play: a graph of nodes and choices, read from a lesson's roleplay.yaml."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from curriculum.artifacts import yaml_text
from curriculum.course.catalog import lesson_folder
from curriculum.roleplay.condition import Condition, parse_condition

Style = Literal["open", "probing", "closed", "leading", "assuming", "summary", "action"]
"""What kind of turn a choice is, for coaching; `action` is something done rather than said."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
MAX_TRUST = 5


class ScriptError(Exception):
    """A script does not fit its schema; the message names file and line."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Line(_Strict):
    """Something that a person says. The text may have Jinja holes, filled from the case."""

    who: Name
    text: str = Field(min_length=1)


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
    """A condition, such as `knows('latency') and trust('ml') >= 2`."""
    coaching: str = Field(min_length=1)
    """One sentence on what this kind of turn does, shown after it was chosen."""
    repeat: bool = False
    """Whether it can be chosen again."""

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.needs)


class Ending(_Strict):
    """How the conversation can end."""

    id: Name
    title: str
    text: str


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
    trust: dict[Name, int] = Field(default_factory=dict)
    """Trust at the start where it is not 2."""
    start: Name
    out_of_time: Name
    """The node to which the conversation moves when nothing can be chosen any more."""
    nodes: dict[Name, Node]

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """Every choice by its id."""
        return {choice.id: choice for node in self.nodes.values() for choice in node.choices}

    @model_validator(mode="after")
    def _hangs_together(self) -> Script:
        ids = [choice.id for node in self.nodes.values() for choice in node.choices]
        if repeated := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"choice ids are used twice: {', '.join(repeated)}")
        targets = {self.start, self.out_of_time, *(c.to for n in self.nodes.values() for c in n.choices)}
        if lost := sorted(targets - self.nodes.keys()):
            raise ValueError(f"there are no nodes {', '.join(lost)}")
        if self.nodes[self.out_of_time].ending is None:
            raise ValueError(f"out_of_time must name an ending, and {self.out_of_time} is none")
        spoken = {line.who for node in self.nodes.values() for line in node.says}
        moved = {person for choice in self.choices.values() for person in choice.trust}
        if strangers := sorted((spoken | moved | self.trust.keys()) - set(self.cast)):
            raise ValueError(f"these are not in the cast: {', '.join(strangers)}")
        for choice in self.choices.values():
            parse_condition(choice.needs)
        return self


@lru_cache(maxsize=64)
def load_script(slug: str) -> Script:
    """The role-play of a lesson; raises FileNotFoundError where it has none, ScriptError where it is broken."""
    return read_script(lesson_folder(slug) / "source" / "roleplay.yaml")


def read_script(path: Path) -> Script:
    """Read a script file; raises ScriptError with file, line and what is wrong."""
    try:
        document = yaml_text.parse(path.read_text(encoding="utf-8"))
        return Script.model_validate(document.data)
    except yaml_text.NotYaml as error:
        raise ScriptError(f"{path.name}, {error}") from None
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise ScriptError(f"{path.name}, line {document.line_of(detail['loc'])}, {where}: {detail['msg']}") from None
