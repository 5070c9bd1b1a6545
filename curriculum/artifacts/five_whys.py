"""The five-whys tree: from a measured problem, through whys with evidence, to what a process can change (A19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Part, Pick, Ref, Sentence, Words

PROBLEM = "problem"


class Why(Part):
    """One answer to “why?”, and what follows from it."""

    claim: Annotated[Ref, Pick("claims"), Field(title="Because …")] = ""
    explains: Annotated[
        Ref,
        Pick("claims"),
        Field(title="… which explains", description="Leave blank where it explains the problem itself."),
    ] = ""
    evidence: Annotated[tuple[Annotated[Ref, Pick("facts")], ...], Field(title="Evidence", max_length=6)] = ()
    share: Annotated[
        Amount,
        Field(
            title="Its share of the harm, in percent",
            description="Only for whys that explain the problem itself, and only where they stop payments.",
        ),
    ] = None


class Countermeasure(Part):
    """What is done about the last why of a branch."""

    against: Annotated[Ref, Pick("claims"), Field(title="Against the last why")] = ""
    prevent: Annotated[Ref, Pick("measures"), Field(title="So that it does not happen again")] = ""
    detect: Annotated[Ref, Pick("measures"), Field(title="So that it is seen within hours if it does")] = ""


class FiveWhys(Artifact):
    """A branching tree of causes; five is a habit, not a rule."""

    kind: ClassVar[str] = "five_whys"
    title: ClassVar[str] = "Five-whys tree"

    definition: Annotated[Ref, Pick("definitions"), Field(title="The problem, as this measure shows it")] = ""
    before: Annotated[Amount, Field(title="It was, in the 28 days before the launch day")] = None
    now: Annotated[Amount, Field(title="It is, in the latest seven complete days")] = None
    whys: Annotated[tuple[Why, ...], Field(title="Whys", max_length=40)] = ()
    countermeasures: Annotated[tuple[Countermeasure, ...], Field(title="Countermeasures", max_length=12)] = ()
    ruled_out: Annotated[
        Words,
        Sentence(),
        Field(title="What was thought and ruled out, and by what", description="For the next reader."),
    ] = ""

    def parents(self) -> Mapping[str, str]:
        """What each claim explains: another claim, or PROBLEM. Of a repeated claim the first counts."""
        found: dict[str, str] = {}
        for why in self.whys:
            if why.claim:
                found.setdefault(why.claim, why.explains or PROBLEM)
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
