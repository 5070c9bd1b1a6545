"""Proofs about what a learner gets back for a good answer: a page, a consequence and a story."""

from __future__ import annotations

import math

from curriculum.artifacts import document
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.derived import completed
from curriculum.authoring.proofs.registry import Against, for_each_world
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from curriculum.consequences import run
from curriculum.course.fixtures import Files
from curriculum.pages.story import star_card
from curriculum.roleplay.engine import State
from curriculum.roleplay.transcript import Transcript
from graders.grade import Submission

_UNFILLED = "(not written yet)"


@for_each_world
def good_answers_are_told_well(subject: Subject, seed: int) -> Against:
    """Each exemplar can be shown as a page and told as a story, and the same answer has the same consequence."""
    case = subject.case(seed)
    for variant, files in subject.fixtures(seed).exemplars.items():
        stored = {kind: model.model_validate(files[kind]) for kind, model in subject.rubric.artifacts.items()}
        artifacts, _ = completed(stored, subject.rubric.derives, case)
        state = _state(subject, case, files)
        for kind, artifact in artifacts.items():
            if not document.markdown(artifact, case.registry).strip():
                yield f"{variant}/{kind}", "its page is empty"
        yield from ((f"{variant}/{place}", said) for place, said in _consequence(case, artifacts, state))
        card = star_card(case, Submission(artifacts, state))
        if subject.plan.star is not None and (card is None or _UNFILLED in card.text):
            yield f"{variant}/star", "the story cannot be filled from this exemplar"


def _consequence(case: Case, artifacts: dict[str, Artifact], state: State | None) -> Against:
    outcome, again = run(case, artifacts, state), run(case, artifacts, state)
    if outcome is None:
        return
    if again is None or (outcome.headline, outcome.sentences, dict(outcome.numbers)) != (
        again.headline,
        again.sentences,
        dict(again.numbers),
    ):
        yield "consequence", "the same answer has another consequence the second time"
    if not (outcome.headline.strip() and outcome.sentences and outcome.alt.strip()):
        yield "consequence", "it needs a headline, sentences, and its figure in words"
    for name, value in outcome.numbers.items():
        if not math.isfinite(value):
            yield f"consequence/{name}", f"it is {value}"


def _state(subject: Subject, case: Case, files: Files) -> State | None:
    if subject.script is None:
        return None
    data = files[subject.script.id]
    transcript = Transcript(data["conversation"], tuple(tuple(attempt) for attempt in data["attempts"]))
    return transcript.replay(subject.script.in_world(case)).state
