"""Proofs about what a learner gets back for a good answer: a page, and a consequence that is the same again."""

from __future__ import annotations

import math

from curriculum.artifacts import document
from curriculum.authoring.judging import submission_of
from curriculum.authoring.proofs.registry import Against, for_each_world
from curriculum.authoring.subject import Subject
from curriculum.cases import Case
from graders.grade import Submission


@for_each_world
def good_answers_are_told_well(subject: Subject, seed: int) -> Against:
    """Each exemplar can be shown as a page, and the same answer has the same consequence."""
    case = subject.case(seed)
    for variant, files in subject.fixtures(seed).exemplars.items():
        submission = submission_of(subject, case, files)
        for kind, artifact in submission.artifacts.items():
            if not document.markdown(artifact, case.registry).strip():
                yield f"{variant}/{kind}", "its page is empty"
        yield from ((f"{variant}/{place}", said) for place, said in _consequence(subject, case, submission))


def _consequence(subject: Subject, case: Case, submission: Submission) -> Against:
    given = (case, submission.artifacts, submission.conversation)
    outcome, again = subject.forward(*given), subject.forward(*given)
    if outcome is None:
        return
    if again is None or (outcome.headline, outcome.sentences, outcome.numbers, outcome.late) != (
        again.headline,
        again.sentences,
        again.numbers,
        again.late,
    ):
        yield "consequence", "the same answer has another consequence the second time"
    if not (outcome.headline.strip() and outcome.sentences and outcome.alt.strip()):
        yield "consequence", "it needs a headline, sentences, and its figure in words"
    for name, value in outcome.numbers.items():
        if not math.isfinite(value):
            yield f"consequence/{name}", f"it is {value}"
