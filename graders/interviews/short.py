"""Criteria on the same story in thirty seconds: nothing new, the result with its before, an act, what was left out."""

from __future__ import annotations

from curriculum.artifacts.short import CLAIMS, Short
from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.practice.interview.claims import turned_round
from curriculum.practice.interview.said import unsaid_figures, untyped_numbers
from curriculum.practice.interview.short import (
    DECIDED_BY_NUMBERS,
    SHORT_WORDS,
    claim_forms,
    claims_of,
    perhaps_said,
    surely_said,
)
from curriculum.words.numbers import said_numbers
from curriculum.words.prose import word_count
from graders.common import blank_at, placed, says_nothing, unknown_ids
from graders.interviews.sources import known_days
from graders.parts import part
from graders.rubric import Objections, OnlyBelieved, met, objection

COMPLETE = "short_is_complete"


@part(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=(
        "Is anything blank? Does each thing that you left out have its own reason?",
        "The text, one act, and at least one thing that you left out, with a few words on why the panel can wait.",
    ),
    met="The short version is there, with what it leaves out and why.",
)  # fmt: skip
def short_is_complete(short: Short, star: Star | None, case: Case) -> Objections:
    """The short version, the act that it keeps, and what it leaves out and why are there."""
    for place in ("text", "left_out", "left_out[].claim", "left_out[].why"):
        yield from blank_at(short, place)
    yield from says_nothing(short, case)
    if star is None or star.origin in ("", "practice"):
        for named in unknown_ids(short, case):
            yield objection(named.place, f"{named.id[:40]} is on none of the lists.", "entries picked from the lists")
    claims = [one.claim for one in short.left_out if one.claim]
    if len(set(claims)) < len(claims):
        yield objection("left_out", "One thing is left out twice.", "each thing once")


@part(
    points=1, voice="ruth", skill="tell_the_story",
    hints=("Read it aloud with a clock.", "Thirty seconds are 60 to 90 words."), rests_on=(COMPLETE,),
)  # fmt: skip
def short_can_be_said_in_thirty_seconds(short: Short) -> Objections:
    """The short version has 60 to 90 words."""
    low, high = SHORT_WORDS
    count = word_count(short.text)
    if not low <= count <= high:
        yield objection("text", f"The short version has {count} words.", f"{low} to {high} words")
    return met(f"The short version has {count} words.")


@part(
    points=2, voice="jonas", skill="measure_success",
    hints=(
        "What is the one thing that nobody should have to ask for?",
        "Say the number after with the one before, as they stand in your claims.",
    ),
    rests_on=(COMPLETE, "text_says_before_and_after", "figures_match_their_source", "result_is_measured"),
    met="The short version says before and after, the right way round.",
)  # fmt: skip
def short_keeps_before_and_after(short: Short, star: Star) -> Objections:
    """The short version says the number after and the one before, the same way round as the claims."""
    alone = star.model_copy(update={"situation": "", "task": "", "action": "", "result": short.text})
    for unsaid in unsaid_figures(alone):
        yield objection("text", f"The short version does not say {unsaid}.", "both numbers, whatever else goes")
    for turned in turned_round(alone):
        yield objection("text", f"In “{turned.span}” you say {turned.found}.", turned.expected)


@part(
    points=2, voice="jonas", skill="tell_the_story",
    hints=(
        "Lay both versions side by side and underline the numbers.",
        "Each number of the short version is one of your claims, and the long version says it as well.",
    ),
    rests_on=(COMPLETE, "short_keeps_before_and_after"),
    met="Every number of the short version is in the long one.",
)  # fmt: skip
def short_says_nothing_new(short: Short, star: Star, case: Case) -> Objections:
    """The short version says no number that the long one and its claims do not have."""
    alone = star.model_copy(update={"situation": "", "task": "", "action": "", "result": short.text})
    strange = [one.said.text for one in untyped_numbers(alone, known_days(star, case))]
    for text in strange:
        yield objection("text", f"No claim has “{text}”.", "only numbers of your claims", {"the text says": text})
    forms, long = claim_forms(star), perhaps_said(star, star.text())
    for said in said_numbers(short.text):
        may_be = claims_of(said, forms)
        if may_be and not may_be & long and said.text not in strange:
            row = {"the short version says": said.text}
            yield objection(
                "text", f"The long version does not say “{said.text}”.", "nothing new in the short one", row
            )


@part(
    points=2, voice="ruth", skill="tell_the_story",
    hints=(
        "Which of your documents would the panel want to see first?",
        "Keep one act, shown by a document of your own that stands under the actions of the long version.",
    ),
    rests_on=(COMPLETE, "star.origin"),
)  # fmt: skip
def short_keeps_an_act_of_yours(short: Short, star: Star, case: Case) -> Objections:
    """The short version keeps an act of your own that the long one has."""
    if star.origin == "personal":
        raise OnlyBelieved("That the act is yours, only you know.")
    if not short.act:
        yield objection("act", "No act is kept.", "one of the documents under your actions")
        return None
    title = case.registry.label("documents", short.act) or short.act[:60]
    if short.act not in {action.document for action in star.actions}:
        said = f"“{title}” is under none of the actions of the long version."
        yield objection("act", said, "an act that both versions have")
    elif star.origin == "practice" and case.truth.log[short.act].by != "you":
        author = case.registry.label("people", case.truth.log[short.act].by)
        yield objection("act", f"“{title}” was written by {author}.", "a document that you wrote")
    return met(f"“{title}” is yours and stands in both versions.")


@part(
    points=2, voice="mei", skill="tell_the_story",
    hints=(
        "Go through the numbers of the long version one by one. Is each in the short one, or named as left out?",
        "Window, change, percent, cost and further numbers: what the long version says and the short one does not "
        "belongs on the list, and nothing else of these does.",
    ),
    rests_on=(COMPLETE, "short_says_nothing_new"),
    met="What is left out is named, and what is named is left out.",
)  # fmt: skip
def what_is_left_out_is_named(short: Short, star: Star) -> Objections:
    """What the short version leaves out of the long one is what you say that it leaves out."""
    named = {one.claim for one in short.left_out}
    for place, one in placed("left_out", short.left_out):
        if one.claim in DECIDED_BY_NUMBERS and one.claim in surely_said(star, short.text):
            said = f"You say that “{CLAIMS[one.claim]}” is left out, and the short version says it."
            yield objection(f"{place}.claim", said, "what the short version truly leaves out")
    told = surely_said(star, star.text()) - perhaps_said(star, short.text)
    for claim in DECIDED_BY_NUMBERS:
        if claim in told and claim not in named:
            said = f"The long version says “{CLAIMS[claim]}”, the short one does not, and you do not name it."
            yield objection("left_out", said, "everything with a number that only the long version has")


PARTS = (
    short_is_complete,
    short_can_be_said_in_thirty_seconds,
    short_keeps_before_and_after,
    short_says_nothing_new,
    short_keeps_an_act_of_yours,
    what_is_left_out_is_named,
)
