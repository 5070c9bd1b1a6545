"""Do the dates keep to what people said: a night on the wards, the days on which somebody is away? (A25, A26)"""

from __future__ import annotations

from curriculum.artifacts.integration_review import IntegrationReview
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.healthcare_platform.base import day, rubric, truth_of
from graders.rubric import Objections, met, objection


@rubric.criterion(
    points=2, voice="ngozi", skill="listen_and_synthesise", gate=True,
    hints=(
        "Who has to stand on the ward when the release goes up, and did you ask?",
        "Ask Ngozi when her wards can take something new; she tells it to those who have not begun with her nurses.",
        "The day in the brief is the last one. She names two nights, and either will do.",
    ),
    rests_on=("release_manifest.released_on",),
    expected="one of the nights on which the wards take in something new, as you were told",
)  # fmt: skip
def release_is_on_the_wards_night(release_manifest: ReleaseManifest, case: Case, conversation: State) -> Objections:
    """The release goes out on a night for which the wards are staffed, and somebody asked for it."""
    out, nights = release_manifest.released_on, truth_of(case).leeway.release_nights
    if not conversation.knows("release_night"):
        yield objection("released_on", f"{day(out)} is a day for which nobody was asked on the wards.")
    elif out not in nights:
        yield objection("released_on", f"It goes out on {day(out)}, when nobody on the wards is there for it.")
    return met(f"It goes up in the night of {day(out)}, which is staffed for it.")


@rubric.criterion(
    points=2, voice="anouk", skill="run_meetings", gate=True,
    hints=(
        "Who has to be there so that a review can decide, and did you ask when they are not?",
        "Walter and Anouk know days on which they cannot come. Walter names them where a meeting keeps to its time, "
        "Anouk where somebody asked her before deciding.",
        "Move a review that falls on one of these days to a day shortly before it.",
    ),
    rests_on=("integration_review.next_review",),
    met="Those who decide can come to the next review.",
    expected="a day on which those who decide told you that they can come",
)  # fmt: skip
def next_review_finds_everybody(integration_review: IntegrationReview, case: Case, conversation: State) -> Objections:
    """The next review is on no day on which the sponsor or compliance cannot come, and both were heard on that."""
    leeway, date = truth_of(case).leeway, integration_review.next_review
    for fact, days in (("sponsor_away", leeway.away), ("auditors_here", leeway.audit)):
        who = case.registry.label("people", case.facts[fact].held_by or "")
        if not conversation.knows(fact):
            yield objection("next_review", f"Whether {who} can come on that day, nobody has told you.")
        elif date in days:
            yield objection("next_review", f"On {day(date)}, {who} cannot come.", "", {"review": day(date)})
