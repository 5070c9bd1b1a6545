"""The five-whys tree: from a measured problem, through whys with evidence, to what a process can change (A19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Derived, Line, Part, Pick, Ref, Sentence

PROBLEM = "problem"


class Why(Part):
    """One answer to “why?”, and what follows from it."""

    claim: Annotated[Ref, Pick("claims"), Field(title="Because …")] = ""
    share: Annotated[
        Amount,
        Field(
            title="Its share of the harm, in percent",
            description="Only for a why that explains the problem itself: it begins a branch. 0 if it stops nothing.",
        ),
    ] = None
    explains: Annotated[
        Ref,
        Pick("claims"),
        Field(title="… which explains", description="Leave blank where it explains the line above, or the problem."),
    ] = ""
    evidence: Annotated[tuple[Annotated[Ref, Pick("facts")], ...], Field(title="Evidence", max_length=6)] = ()
    words: Annotated[
        Line,
        Sentence(),
        Field(title="In your own words", description="For one why at least: as you would tell it to the next team."),
    ] = ""


class RuledOut(Part):
    """An explanation that was thought of and does not hold."""

    noun: ClassVar[str] = "explanation"
    evidence: Annotated[Ref, Pick("facts"), Field(title="This fact …")] = ""
    claim: Annotated[Ref, Pick("claims"), Field(title="… speaks against what was thought")] = ""


class Change(Part):
    """Something that is changed so that it does not come back, and who changes it."""

    measure: Annotated[Ref, Pick("measures"), Field(title="What is changed")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="By whom")] = ""


class FiveWhys(Artifact):
    """A branching tree of causes; five is a habit, not a rule."""

    kind: ClassVar[str] = "five_whys"
    title: ClassVar[str] = "Five-whys tree"

    problem: Annotated[
        Ref,
        Pick("definitions"),
        Derived("the panel on good payments stopped in your incident record"),
        Field(title="The problem, as this measure shows it"),
    ] = ""
    whys: Annotated[
        tuple[Why, ...],
        Field(title="Whys", description="Branch by branch, from the problem down; a share begins one.", max_length=40),
    ] = ()
    measures: Annotated[
        tuple[Change, ...],
        Field(title="Changes", description="So that it does not come back, and is seen within hours.", max_length=12),
    ] = ()
    ruled_out: Annotated[tuple[RuledOut, ...], Field(title="What was thought and ruled out", max_length=6)] = ()

    def parents(self) -> Mapping[str, str]:
        """What each claim explains: another claim, or PROBLEM. Of a repeated claim the first counts."""
        found: dict[str, str] = {}
        above = PROBLEM
        for why in self.whys:
            if why.claim:
                begins = why.share is not None and not why.explains
                found.setdefault(why.claim, why.explains or (PROBLEM if begins else above))
                above = why.claim
        return found

    def leaves(self) -> list[str]:
        """The claims that nothing in the tree explains further, in their order."""
        parents = self.parents()
        explained = set(parents.values())
        return [claim for claim in parents if claim not in explained]

    def path(self, claim: str) -> list[str]:
        """The claims from the one that explains the problem down to `claim`; cut where it runs in a circle."""
        parents, path = self.parents(), [claim]
        while (above := parents.get(path[0], PROBLEM)) != PROBLEM and above not in path:
            path.insert(0, above)
        return path
