"""One answer in an interview with what it is held against, and what can be heard in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.artifacts.pressure import Pressure
from curriculum.artifacts.star import Star
from curriculum.cases.interviews.questions import Question
from curriculum.practice.interview.said import means
from curriculum.words.numbers import Said, said_numbers
from curriculum.words.quantities import Quantity


@dataclass(frozen=True)
class Heard:
    """One thing about an answer, with what is asked next and what is said of it afterwards."""

    id: str
    asks: str
    """The interviewer's next question; blank where nothing is asked for it."""
    debrief: str


@dataclass(frozen=True)
class Answer:
    """One answer with what it is held against."""

    said: str
    seconds: int
    """0 where no clock ran."""
    limit: int
    """Seconds for this question."""
    question: Question
    asked: str
    star: Star
    names: Mapping[str, str]
    """People of the case by function, as they are called."""
    pressure: Pressure | None = None
    """The range of the story and where its choice flips, where the lesson asks for them."""
    earlier: tuple[str, ...] = ()
    """What was said before in the same interview."""
    asks_us: bool = False
    """Whether it was the candidate's turn to ask."""
    begun: str = ""
    """What was said of the same story before the interviewer waited for more; `said` has it as well."""

    @property
    def now(self) -> str:
        """What was said just now."""
        return self.said[len(self.begun) :].strip()

    opens: bool = True
    """Whether it tells the story; what a story has is not asked of the answer to a follow-up."""


def says(answer: Answer, forms: list[Quantity]) -> Said | None:
    """Where an answer says a number in one of these forms; None where it does not."""
    return next((s for s in said_numbers(answer.said) if any(means(s, form) for form in forms)), None)
