"""Criteria on the story bank: every competency once, shown by something that is passed, and gaps that can be filled."""

from __future__ import annotations

from curriculum.artifacts.story_bank import StoryBank
from curriculum.cases import Case
from curriculum.cases.interview_operating_model.stories import STORIES, covers, gaps
from curriculum.cases.interviews.shown import APART, load_shown
from graders.common import blank_at, listed, placed, unknown_ids
from graders.interview_operating_model.base import label, rubric
from graders.interviews.copies import doubtful, passed_in
from graders.rubric import Objections, met, objection

COMPLETE = "bank_is_complete"


def passed(bank: StoryBank, case: Case) -> frozenset[str]:
    """The criteria that are passed now: in the folder, or in the learner's own lessons, which are graded anew."""
    return passed_in(bank.copied) if bank.origin == "course" else case.truth.folder.passed


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=("Is each of the ten there once?", "Each competency once: with what shows it, or as a gap with a lesson."),
    met="Each competency of the list stands there once.",
)  # fmt: skip
def bank_is_complete(story_bank: StoryBank, case: Case) -> Objections:
    """Each of the ten competencies is shown or named as a gap, once."""
    yield from blank_at(story_bank, "origin")
    yield from blank_at(story_bank, "shown")
    for place in ("shown[].competency", "shown[].criterion", "gaps[].competency", "gaps[].lesson"):
        if getattr(story_bank, place.partition("[")[0]):
            yield from blank_at(story_bank, place)
    theirs = {row.id for row in load_shown()} if story_bank.origin == "course" else set()
    for named in unknown_ids(story_bank, case):
        if named.id not in theirs:
            yield objection(named.place, f"{named.id[:40]} is on none of the lists.", "entries picked from the lists")
    told = [one.competency for one in story_bank.shown] + [one.competency for one in story_bank.gaps]
    named_here = [id for id in told if id]
    asked = case.truth.folder.asked
    if absent := [case.registry.label("competencies", id) for id in asked if id not in named_here]:
        yield objection("shown", f"Not there yet: {listed(absent)}.", "each competency, shown or as a gap")
    if len(set(named_here)) < len(named_here):
        yield objection("shown", "A competency stands there twice.", "each once")


@rubric.criterion(
    points=2, voice="jonas", skill="tell_the_story",
    hints=(
        "Would it still be passed if somebody checked today?",
        "What was passed and has been changed since is not passed now, and what waits for a person is not passed yet.",
    ),
    rests_on=(COMPLETE,),
)  # fmt: skip
def what_shows_it_is_passed(story_bank: StoryBank, case: Case) -> Objections:
    """Whatever shows a competency is passed now."""
    if story_bank.origin == "course" and (doubt := doubtful(story_bank.copied)):
        yield objection("copied", doubt[0], doubt[1])
    known = passed(story_bank, case)
    for place, one in placed("shown", story_bank.shown):
        if one.criterion not in known:
            said = f"For {label(case, 'competencies', one.competency)} you bring {label(case, 'shown', one.criterion)}."
            yield objection(f"{place}.criterion", said, "something that is passed now")
    return met(f"All {len(story_bank.shown)} are passed now.")


@rubric.criterion(
    points=3, voice="mei", skill="tell_the_story",
    hints=(
        "What would the panel learn about you from this?",
        "Read the sentence of the criterion: it shows a competency if doing it well is what that competency means.",
    ),
    rests_on=(COMPLETE, "what_shows_it_is_passed"),
)  # fmt: skip
def it_shows_that_competency(story_bank: StoryBank, case: Case) -> Objections:
    """Each competency is shown by something that is about it."""
    about = {row.id: row.about for row in load_shown()}
    for place, one in placed("shown", story_bank.shown):
        if one.competency not in about.get(one.criterion, ()):
            said = f"For {label(case, 'competencies', one.competency)} you bring {label(case, 'shown', one.criterion)}."
            yield objection(f"{place}.criterion", said, "something that is about this competency")
    return met("Each is about its competency.")


@rubric.criterion(
    points=3, voice="ruth", skill="scope_together",
    hints=(
        "How many stories can you tell well?",
        "At most five lessons. If a sixth shows one thing more, one of the five may show it as well.",
        "The cell under “Which five?” counts what each lesson shows. The largest first need not be the best five.",
    ),
    rests_on=(COMPLETE, "it_shows_that_competency", "gaps_are_gaps"),
)  # fmt: skip
def five_stories_are_enough(story_bank: StoryBank, case: Case) -> Objections:
    """At most five lessons show it all."""
    lessons = {one.criterion.partition(APART)[0] for one in story_bank.shown}
    if len(lessons) > STORIES:
        yield objection("shown", f"You bring stories from {len(lessons)} lessons.", "at most five")
    return met(f"{len(lessons)} stories show {len(story_bank.shown)} competencies.")


@rubric.criterion(
    points=3, voice="jonas", skill="tell_the_story",
    hints=(
        "Is there really nothing that shows it?",
        "A gap is a competency that nothing shows that is passed now. Whatever five stories can show is no gap.",
    ),
    rests_on=(COMPLETE, "what_shows_it_is_passed"),
)  # fmt: skip
def gaps_are_gaps(story_bank: StoryBank, case: Case) -> Objections:
    """What is named as a gap is shown by nothing that five stories could bring."""
    asked, known = case.truth.folder.asked, passed(story_bank, case)
    true = set(gaps(asked, known))
    enough = bool(covers(asked, known))  # of one's own lessons, five may not show all that is shown somewhere
    for place, one in placed("gaps", story_bank.gaps):
        if one.competency not in true and enough:
            said = f"{label(case, 'competencies', one.competency)} is named as a gap."
            yield objection(f"{place}.competency", said, "only what nothing shows that is passed now")
    return met(f"{len(story_bank.gaps)} gaps are gaps.")


@rubric.criterion(
    points=2, voice="mei", skill="tell_the_story",
    hints=(
        "Which lesson asks for just that?",
        "Look at what the competency means, and which lesson has a criterion about it. It may be one that is begun.",
    ),
    rests_on=(COMPLETE, "gaps_are_gaps"),
)  # fmt: skip
def gaps_have_their_lesson(story_bank: StoryBank, case: Case) -> Objections:
    """Each gap has the lesson that would fill it."""
    fills = {(competency, row.lesson) for row in load_shown() for competency in row.about}
    for place, one in placed("gaps", story_bank.gaps):
        if (one.competency, one.lesson) not in fills:
            said = f"{label(case, 'competencies', one.competency)} is to come from {one.lesson[:60] or 'nowhere'}."
            yield objection(f"{place}.lesson", said, "a lesson that has something about this competency")
    return met("Each gap has its lesson.")
