"""Criteria on the text of a STAR answer: only what is decidable, its length and its agreement with the claims."""

from __future__ import annotations

from curriculum.artifacts.star import Star
from curriculum.practice.interview import claims
from curriculum.words.prose import shares, word_count
from graders.common import listed
from graders.interview_basics.rubric import rubric
from graders.rubric import Verdict, met, unmet


@rubric.criterion(
    points=2, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Underline every number in your text. Does each stand among your claims?",
        "Add what is missing under “Further numbers in your text”, with its source, or leave the number out. "
        "Small counts such as “two teams” and times of day are fine.",
    ),
)  # fmt: skip
def numbers_in_text_are_claims(star: Star) -> Verdict:
    """Every number that the text says is one of your claims."""
    if not star.text():
        return unmet("Nothing is told yet.", "the four parts")
    untyped = claims.untyped_numbers(star)
    if untyped:
        rows = [{"part": part, "the text says": said.text} for part, said in untyped[:6]]
        spans = listed([f"“{said.text}” in {part}" for part, said in untyped])
        return unmet(f"No claim has {spans}.", "numbers that stand among your claims", *rows)
    return met("Every number in the text is one of your claims.")


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story",
    hints=(
        "Would a listener who sees only your text know what it was before and what it is now?",
        "Say the number before and the number after in the text, as you typed them.",
    ),
)  # fmt: skip
def text_says_before_and_after(star: Star) -> Verdict:
    """The text says the number before and the number after."""
    if star.baseline.value is None or star.result_figure.value is None:
        return unmet("The number before or after is blank.", "both, in the claims and in the text")
    if unsaid := claims.unsaid_figures(star):
        return unmet(f"The text does not say {listed(unsaid)}.",
                     f"{star.baseline.value:g} and {star.result_figure.value:g} in the text")  # fmt: skip
    return met(f"The text says {star.baseline.value:g} and {star.result_figure.value:g}.")


@rubric.criterion(
    points=1, voice="mei", skill="tell_the_story",
    hints=(
        "What would you do differently if you began tomorrow?",
        "One sentence on what you would change, one on where else it would help. Not the cost again.",
    ),
)  # fmt: skip
def story_looks_back(star: Star) -> Verdict:
    """You say what you would do differently, in a sentence of its own."""
    count = word_count(star.would_change)
    if count < 8:
        return unmet(f"What you would do differently has {count} words.", "at least a whole sentence")
    said = " ".join(star.would_change.casefold().split())
    others = [*star.parts().values(), star.cost.what, star.decision.what]
    if any(said == " ".join(text.casefold().split()) for text in others):
        return unmet("What you would do differently repeats another field word for word.", "a thought of its own")
    return met("You say what you would do differently.")


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story",
    hints=("Read it aloud with a clock.", "Two minutes are about 250 words; fewer than 120 leave questions open."),
)  # fmt: skip
def answer_can_be_told_in_two_minutes(star: Star) -> Verdict:
    """The answer has 120 to 250 words; a personal story up to 300."""
    if problem := claims.length_problem(star):
        return unmet(f"Your answer has {problem.found}.", problem.expected)
    return met(f"Your answer has {word_count(star.text())} words.")


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story",
    hints=(
        "Where do most of your words go?",
        "Cut the situation to what one needs to understand the conflict, and say more about what you did.",
    ),
)  # fmt: skip
def action_carries_the_answer(star: Star) -> Verdict:
    """The action has at least 40 % of the words, the situation at most 25 %."""
    share = shares(star.parts())
    row = {name: f"{part:.0%}" for name, part in share.items()}
    if wrong := claims.share_problems(star):
        return unmet(f"{listed([f'{m.span} has {m.found}' for m in wrong])}.",
                     listed([f"{m.span} {m.expected}" for m in wrong]), row)  # fmt: skip
    return met(f"The action has {share['action']:.0%} of the words, the situation {share['situation']:.0%}.", row)
