"""The rubric to which the modules beside this one add their criteria, and what these share."""

from __future__ import annotations

from curriculum.artifacts.contrast import Contrast
from curriculum.artifacts.panel_answers import PanelAnswers
from curriculum.artifacts.process_answer import ProcessAnswer
from curriculum.artifacts.story_bank import StoryBank
from curriculum.cases import Case
from graders.rubric import Rubric

SLUG = "interview_operating_model"

rubric = Rubric(
    SLUG,
    {"contrast": Contrast, "process_answer": ProcessAnswer, "panel_answers": PanelAnswers, "story_bank": StoryBank},
    conversations=("house",),
)


def label(case: Case, kind: str, id: str) -> str:
    """The words for an id in quotation marks, or "nothing"."""
    return f"“{case.registry.label(kind, id)[:80]}”" if id else "nothing"


def meeting_hours(process: ProcessAnswer, case: Case) -> float:
    """Hours of meetings a week with the phases, as far as they say it."""
    week = case.truth.week.meetings
    new = sum(phase.meeting or 0 for phase in process.phases)
    return sum(week.values()) + new - sum(week.get(id, 0) for id in set(process.dropped))


def making_hours(process: ProcessAnswer, function: str, case: Case) -> float:
    """Hours a week that a function has to give for what it makes; an artifact that serves two phases counts once."""
    made = {phase.remedy for phase in process.phases if phase.maker == function}
    return float(sum(case.truth.week.takes.get(remedy, 0) for remedy in made))
