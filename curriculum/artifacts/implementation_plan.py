"""The implementation plan: feeds with owners, what happens when a run is late, what is watched, what people are told,
and on what it rests (A12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Caption, Day, Long, Part, Pick, Ref, Sentence, Words
from curriculum.artifacts.brief import Assumption
from curriculum.cases.base import Registry


class FeedOwned(Part):
    """Something that is read each day, and who answers for it."""

    noun: ClassVar[str] = "feed"
    feed: Annotated[Ref, Pick("feeds"), Field(title="Feed")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Answers for it")] = ""


class Watch(Part):
    """Something that is looked at each week."""

    noun: ClassVar[str] = "measure"
    watch: Annotated[Ref, Pick("watches"), Field(title="What is watched")] = ""
    segment: Annotated[Ref, Pick("segments"), Field(title="Where")] = ""
    limit: Annotated[Amount, Field(title="It rings above", description="Of 100; complaints: in a week.")] = None


class ImplementationPlan(Artifact):
    """What runs every day, what is said when it does not, what is watched, and on what all of it rests."""

    kind: ClassVar[str] = "implementation_plan"
    title: ClassVar[str] = "Implementation plan"
    genre: ClassVar[str] = "plan"

    feeds: Annotated[
        tuple[FeedOwned, ...],
        Field(
            title="What is read, and whose it is",
            description="All that your task reads. The partners’ parcels have a feed of their own.",
            max_length=8,
        ),
    ] = ()
    give_up_min: Annotated[
        Amount,
        Field(
            title="A run is given up after (minutes)",
            description="Then the messages below go out. Blank where nothing is run.",
            json_schema_extra={"section": "When a run is late"},
        ),
    ] = None
    fallback: Annotated[Ref, Pick("fallbacks"), Field(title="When a run is late or a feed is missing")] = ""
    monitors: Annotated[
        tuple[Watch, ...],
        Field(title="What is watched", description="Two or three, one at least for each segment.", max_length=6),
    ] = ()
    reason_own: Annotated[
        Ref,
        Pick("reasons"),
        Field(
            title="Own depots: why, when somebody asks",
            description="So for most of them.",
            json_schema_extra={"section": "What people are told when they ask"},
        ),
    ] = ""
    reason_partners: Annotated[
        Ref, Pick("reasons"), Field(title="Partners: why, when somebody asks", description="So for most of them.")
    ] = ""
    assumptions: Annotated[
        tuple[Assumption, ...],
        Field(title="Assumptions", description="Three to five: known, or unknown with a test.", max_length=8),
    ] = ()
    backlog_on: Annotated[
        Day, Field(title="Into the backlog on", json_schema_extra={"section": "When it begins, and what is read"})
    ] = None
    message: Annotated[
        Words, Caption(), Long(2), Field(title="What people read", description="The message, as it goes out.")
    ] = ""
    against: Annotated[
        Words, Sentence(), Field(title="What speaks against it", description="One sentence: whose price it is.")
    ] = ""

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """A feed twice, or limits that cannot be."""
        named: set[str] = set()
        for number, row in enumerate(self.feeds, start=1):
            if row.feed and row.feed in named:
                yield f"feeds[{number}].feed", "This feed is in the list already."
            named.add(row.feed)
        for number, watch in enumerate(self.monitors, start=1):
            if watch.watch != "ticket_count" and watch.limit is not None and not 0 <= watch.limit <= 100:
                yield f"monitors[{number}].limit", "Of 100, it lies between 0 and 100."
