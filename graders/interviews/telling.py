"""Criteria on the text of a STAR answer: only what is decidable, its length and its agreement with the claims."""

from __future__ import annotations

from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.practice.interview import claims
from curriculum.practice.interview.said import unsaid_figures, untyped_numbers
from curriculum.words.prose import shares, word_count
from graders.interviews.sources import known_days
from graders.parts import part
from graders.rubric import NotYet, Objections, met, objection


@part(
    points=3, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Underline every number in your text. Does each stand among your claims?",
        "Add what is missing under “Further numbers in your text”, with its source, or leave the number out. "
        "Small counts such as “two teams”, times of day and the days of the project are fine.",
    ),
    met="Every number in the text is one of your claims.",
    expected="numbers that stand among your claims",
    rests_on=("text_says_before_and_after",),
)  # fmt: skip
def numbers_in_text_are_claims(star: Star, case: Case) -> Objections:
    """Every number that the text says is one of your claims."""
    if not star.text():
        raise NotYet("star.situation", "Nothing is told yet.")
    for untyped in untyped_numbers(star, known_days(star, case)):
        part, text = untyped.part, untyped.said.text
        found = f"No claim has “{text}” in {part}."
        row = {"part": part, "the text says": text}
        yield objection(part, f"{found} {untyped.why}".rstrip(), "", row)


@part(
    points=2, voice="ruth", skill="tell_the_story",
    hints=(
        "Would a listener who sees only your text know what it was before and what it is now?",
        "Say the number before and the number after in the text, as you typed them.",
    ),
    rests_on=("figures_match_their_source", "star.baseline.value", "star.result_figure.value", "star.result"),
)  # fmt: skip
def text_says_before_and_after(star: Star) -> Objections:
    """The text says the number before and the number after."""
    for unsaid in unsaid_figures(star):
        yield objection(
            "result", f"The text does not say {unsaid}.", "both numbers in the text, as they stand in your claims"
        )
    return met(f"The text says {star.baseline.value:g} and {star.result_figure.value:g}.")


@part(
    points=1, voice="mei", skill="tell_the_story",
    hints=(
        "What would you do differently if you began tomorrow?",
        "One sentence on what you would change, one on where else it would help. Not the cost again.",
    ),
    rests_on=("star.would_change",),
    met="You say what you would do differently.",
)  # fmt: skip
def story_looks_back(star: Star) -> Objections:
    """You say what you would do differently, in a sentence of its own."""
    count = word_count(star.would_change)
    if count < 8:
        said = f"What you would do differently has {count} words."
        yield objection("would_change", said, "at least a whole sentence")
    told = " ".join(star.would_change.casefold().split())
    others = [*star.parts().values(), star.cost.what, star.decision.what]
    if any(told == " ".join(text.casefold().split()) for text in others):
        said = "What you would do differently repeats another field word for word."
        yield objection("would_change", said, "a thought of its own")


@part(
    points=1, voice="ruth", skill="tell_the_story",
    hints=("Read it aloud with a clock.", "Two minutes are about 250 words; fewer than 120 leave questions open."),
)  # fmt: skip
def answer_can_be_told_in_two_minutes(star: Star) -> Objections:
    """The answer has 120 to 250 words; a personal story up to 300."""
    if not star.text():
        raise NotYet("star.situation", "Nothing is told yet.")
    if problem := claims.length_problem(star):
        yield objection(problem.place, f"Your answer has {problem.found}.", problem.expected)
    return met(f"Your answer has {word_count(star.text())} words.")


@part(
    points=1, voice="ruth", skill="tell_the_story",
    hints=(
        "Where do most of your words go?",
        "Cut the situation to what one needs to understand the conflict, and say more about what you did.",
    ),
    rests_on=("star.action", "star.situation"),
)  # fmt: skip
def action_carries_the_answer(star: Star) -> Objections:
    """The action has at least 40 % of the words, the situation at most 25 %."""
    share = shares(star.parts())
    row = {name: f"{part:.0%}" for name, part in share.items()}
    for wrong in claims.share_problems(star):
        yield objection(wrong.place, f"{wrong.span} has {wrong.found}.", wrong.expected, row)
    return met(f"The action has {share['action']:.0%} of the words, the situation {share['situation']:.0%}.", row)


PARTS = (
    numbers_in_text_are_claims,
    text_says_before_and_after,
    story_looks_back,
    answer_can_be_told_in_two_minutes,
    action_carries_the_answer,
)
