"""What a person looks at before a process answer counts: whether it is close to an answer that is in print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.process_answer import ProcessAnswer
from curriculum.words.copies import holds as holds_of
from graders.interviews.held import course_texts
from graders.report import Held


def holds(artifacts: Mapping[str, Artifact]) -> Iterator[Held]:
    """The first reason for which an answer waits for a person; it changes no points."""
    process = artifacts.get("process_answer")
    for hold in holds_of(process.said, course_texts())[:1] if isinstance(process, ProcessAnswer) else ():
        yield Held("process_answer", hold.sentence, hold.mine, hold.theirs, hold.where)
