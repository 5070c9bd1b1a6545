"""Criteria on the story as a whole: is it all there, is it the learner's, and does it answer the question?"""

from __future__ import annotations

from curriculum.artifacts.places import words_at
from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.cases.interviews.questions import load_questions
from curriculum.practice.interview import claims
from curriculum.roleplay.engine import State
from curriculum.words.prose import word_count
from graders.common import blank_at, listed, says_nothing, uncited
from graders.interviews.copies import doubtful
from graders.interviews.life import of_ones_life
from graders.interviews.sources import strangers
from graders.parts import part
from graders.rubric import NotYet, Objections, met, objection


@part(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=(
        "Go through the form once more: which boxes are still blank?",
        "The question, the source of the story, all four parts, your role, two interests, three actions, the measure "
        "with its unit, the numbers before and after, the change, its direction and the decision are needed.",
    ),
    met="Every part is told and every typed claim is filled in.",
)  # fmt: skip
def star_is_complete(star: Star, case: Case) -> Objections:
    """Every part is told and every typed claim is filled in, in your own words."""
    needed = [
        "question", "origin", "situation", "task", "action", "result", "role", "measure", "unit", "baseline.value",
        "baseline.on", "result_figure.value", "result_figure.on", "change", "direction", "decision.what",
        "decision.by", "decision.on",
    ]  # fmt: skip
    if star.origin in ("practice", "course"):
        needed += ["baseline.fact", "result_figure.fact", "decision.document"]
    for place in needed:
        yield from blank_at(star, place)
    yield from _few(star)
    yield from says_nothing(star, case)
    for place, why in claims.thin_claims(star).items():
        said = f"“{words_at(Star, place)}” {why}."
        yield objection(
            place, said, "a few words of their own in each field, at least two for a role and three elsewhere"
        )
    for named in strangers(star, case):
        said = f"“{words_at(Star, named.place)}” names {named.id[:40]}, which nobody here knows."
        yield objection(named.place, said, "entries picked from the lists")


def _few(star: Star) -> Objections:
    """Lists that are too short to tell a story with."""
    actions = sum(1 for action in star.actions if action.what)
    if actions < 3:
        yield objection("actions", f"You name {actions} {'action' if actions == 1 else 'actions'}.", "at least three")
    sides = len({item.function for item in star.interests if item.function and word_count(item.wanted) >= 3})
    if sides < 2:
        said = f"{sides} {'function is' if sides == 1 else 'functions are'} named with what it wanted."
        yield objection("interests", said, "two, each with its interest in a few words")
    return None


@part(
    points=1, voice="jonas", skill="tell_the_story", gate=True,
    hints=(
        "Did you change anything under “From your lessons”?",
        "What stands there is copied from your finished lessons and computed again. Let the course fill it in anew.",
    ),
)  # fmt: skip
def lessons_are_as_you_left_them(star: Star) -> Objections:
    """What the story brings from other lessons is what stands there."""
    if not star.copied:
        if star.origin == "course":
            said = "The story is said to come from the course, and nothing from a lesson is with it."
            yield objection("copied", said, "copies of the artifacts that it stands on")
        return met("The story brings nothing from other lessons.")
    if doubt := doubtful(star.copied):
        yield objection("copied", *doubt)
    return met(f"All {len(star.copied)} copies from your lessons read and compute as they did there.")


@part(
    points=2, voice="jonas", skill="listen_and_synthesise", gate=True,
    hints=(
        "Who told you that? Look at what you know from the calls.",
        "Call the colleague who holds the fact and ask for it, or cite a fact that you have heard.",
    ),
    rests_on=("star.origin",),
    only_believed=of_ones_life("Who told you, nobody here can ask."),
)  # fmt: skip
def facts_were_told(star: Star, conversation: State | None, case: Case) -> Objections:
    """Every fact of the project that you cite was told to you by a colleague."""
    if star.origin != "practice":
        return met("Your story does not stand on the calls.")
    if conversation is None:
        raise NotYet("catching_up", "It compares with your calls, and you have not called anybody yet.")
    yield from uncited(star, conversation, case)
    return met("Colleagues told you every fact that you cite.")


@part(
    points=1, voice="ruth", skill="tell_the_story",
    hints=(
        "Read the question aloud, then your first sentence. Is that an answer to it?",
        "Who was in conflict, what was given up, and how did it go? The bank says what each question wants to hear.",
    ),
    rests_on=("star.question", "star.origin"),
    only_believed=of_ones_life("Whether your story answers the question, those can say who hear it."),
    met="The story can answer the question.",
)  # fmt: skip
def story_fits_the_question(star: Star, case: Case) -> Objections:
    """The story is one that can answer the question."""
    question = next((found for found in load_questions() if found.id == star.question), None)
    if question is None:
        yield objection("question", "No question of the bank is chosen.", "a question from the list")
        return None
    if star.origin == "practice" and question.id not in case.truth.questions:
        said = f"This project holds no answer to “{question.question}”"
        rule = "a question about what happened here: whose wishes collided, what was given up, how it went"
        yield objection("question", said, rule)
    lessons = sorted({copied.lesson for copied in star.copied if copied.lesson})
    if star.origin == "course" and not set(lessons) & set(question.material):
        said = f"Your story stands on {listed(lessons)}; “{question.question}” asks for something else."
        yield objection("question", said, f"a question with material in {listed(lessons)}")


PARTS = (
    star_is_complete,
    lessons_are_as_you_left_them,
    facts_were_told,
    story_fits_the_question,
)
