"""Faults planted in what comes with a document, each found by its proof."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curriculum.authoring.subject import load_subject
from curriculum.course.half_filled import DocumentPart, HalfFilled
from tests.helpers.altered import Altered, against


def document(*parts: DocumentPart, artifact: str = "ask", title: str = "Another ask") -> HalfFilled:
    base = load_subject("welcome").half_filled[0]
    return base.model_copy(update={"part": (*base.part, *parts), "artifact": artifact, "title": title})


def with_part(**part: str) -> Altered:
    return Altered(half_filled=(document(DocumentPart(label="More", **part)),))


def exemplar_text() -> str:
    files = load_subject("welcome").fixtures(0).exemplars["later_standup"]
    return str(files["ask"]["ask"])


PLANTED: list[tuple[str, Callable[[], Altered], str]] = [
    (
        "guidance_comes_before_writing",
        lambda: Altered(lesson_md=lambda text: text.replace('lesson.guide("ask")', "lesson.map()")),
        'there are 0 cells with lesson.guide("ask")',
    ),
    (
        "guidance_comes_before_writing",
        lambda: Altered(half_filled=(document(artifact="letter"),)),
        "'letter' is no artifact of the lesson",
    ),
    (
        "guidance_comes_before_writing",
        lambda: Altered(half_filled=(document().model_copy(update={"part": document().part[:3]}),)),
        "two parts of each, at least",
    ),
    (
        "guidance_comes_before_writing",
        lambda: with_part(id="sentence", ask="What now?", answer="This."),
        "two parts have the same id",
    ),
    (
        "half_filled_is_from_elsewhere",
        lambda: with_part(text=f"It said: {exemplar_text()}"),
        "it says what an exemplar says",
    ),
    (
        "half_filled_is_from_elsewhere",
        lambda: with_part(text="It went to Noor, who looked at it for a day."),
        "it names Noor",
    ),
]


@pytest.mark.parametrize(("proof", "plant", "found"), PLANTED)
def test_planted_faults_are_found(proof: str, plant: Callable[[], Altered], found: str) -> None:
    assert found in against(proof, plant())


def test_a_half_filled_document_that_gives_points_away_is_found() -> None:
    """A document whose own words meet a criterion that words about something else do not."""
    from curriculum.artifacts.ask import Ask
    from graders.rubric import Objections, met, objection
    from tests.helpers.altered import rubric_with

    def names_the_jackets(ask: Ask) -> Objections:
        """The ask speaks of jackets."""
        if "jackets" not in ask.ask:
            yield objection("ask", "No jackets.", "jackets")
        return met("Jackets.")

    subject = Altered(rubric=rubric_with(names_the_jackets), half_filled=(document(),))
    assert "copied, it meets names_the_jackets" in against("half_filled_earns_nothing", subject)
    assert against("half_filled_earns_nothing", Altered(half_filled=(document(),))) == ""
