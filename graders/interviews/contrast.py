"""Criteria on pairs of answers: one kind of flaw each, the stronger answer and the sentence that shows it."""

from __future__ import annotations

from curriculum.artifacts.contrast import Contrast
from curriculum.cases import Case
from graders.common import incomplete, listed
from graders.parts import part
from graders.rubric import NotYet, Objections, met, objection

LAST_HINT = "It is one sentence of one answer. Read the weaker one slowly and ask of each sentence: how do they know?"


@part(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=("Is there a choice for each pair?", "Each pair once, with the stronger answer and one sentence."),
)  # fmt: skip
def every_pair_is_judged(contrast: Contrast, case: Case) -> Objections:
    """Each pair is judged once, with the stronger answer and the sentence that decides it."""
    chosen = [preference.pair for preference in contrast.preferences]
    pairs = case.registry.entries("pairs")
    if absent := [id for id in pairs if id not in chosen]:
        yield objection("preferences", f"Not judged yet: {listed(absent)}.", "a choice for each pair")
    for number, preference in enumerate(contrast.preferences, start=1):
        if preference.pair in chosen[: number - 1]:
            yield objection(f"preferences[{number}].pair", f"Judged twice: {preference.pair[:40]}.", "each pair once")
    yield from incomplete(contrast, case, "preferences[].pair", "preferences[].stronger", "preferences[].span")
    return met(f"All {len(pairs)} pairs are judged.")


@part(
    points=1, voice="jonas", skill="measure_success", hints=("Which result could you not judge?", LAST_HINT),
)  # fmt: skip
def missing_baseline_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a result has no before."""
    return (yield from seen(contrast, case, "no_baseline"))


@part(
    points=1, voice="jonas", skill="measure_success", hints=("Redo the sums in both answers.", LAST_HINT),
)  # fmt: skip
def contradiction_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where two figures contradict each other."""
    return (yield from seen(contrast, case, "contradicts"))


@part(
    points=1, voice="jonas", skill="translate_constraints",
    hints=("Think one step further: what does that change do to the people?", LAST_HINT),
)  # fmt: skip
def wrong_direction_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a direction is the wrong way round."""
    return (yield from seen(contrast, case, "direction"))


@part(
    points=1, voice="jonas", skill="measure_success",
    hints=("Which result did nobody live through?", LAST_HINT),
)  # fmt: skip
def forecast_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where a forecast is told as a result."""
    return (yield from seen(contrast, case, "forecast"))


@part(
    points=1, voice="mei", skill="weigh_trade_offs", hints=("Who paid?", LAST_HINT),
)  # fmt: skip
def free_win_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where nothing is said to have been given up."""
    return (yield from seen(contrast, case, "no_cost"))


@part(
    points=1, voice="ruth", skill="tell_the_story", hints=("Put the dates on a line.", LAST_HINT),
)  # fmt: skip
def wrong_order_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where the result came before the action."""
    return (yield from seen(contrast, case, "order"))


@part(
    points=1, voice="mei", skill="listen_and_synthesise",
    hints=("Would the other side recognise itself?", LAST_HINT),
)  # fmt: skip
def one_sided_story_is_seen(contrast: Contrast, case: Case) -> Objections:
    """You see where only one side's interest is told."""
    return (yield from seen(contrast, case, "one_view"))


def seen(contrast: Contrast, case: Case, flaw: str) -> Objections:
    """Whether the pair with this kind of flaw was judged rightly; the finding does not give the answer away."""
    id, pair = next((id, pair) for id, pair in case.truth.pairs.items() if pair.contrast.flaw == flaw)
    choices = [(number, one) for number, one in enumerate(contrast.preferences, start=1) if one.pair == id]
    question = f"“{pair.contrast.question}”"
    if not choices:
        raise NotYet("contrast.preferences", f"For {question} there is no choice yet.")
    if len(choices) > 1:
        yield objection("preferences", f"For {question} there are several choices.", "one choice")
        return None
    number, chosen = choices[0]
    if chosen.stronger != pair.stronger:
        said = f"For {question} you chose {chosen.stronger.upper() or 'neither'}."
        rule = "the answer in which every sentence can be defended"
        yield objection(f"preferences[{number}].stronger", said, rule)
    elif chosen.span not in pair.spans:
        sentence = case.registry.label("spans", chosen.span) or "none"
        said = f"The side is right for {question}, and another sentence decides it than “{sentence}”."
        rule = "the sentence in the weaker answer that an interviewer would stop at"
        yield objection(f"preferences[{number}].span", said, rule)
    return met(pair.contrast.why, {"pair": id, "the sentence": case.registry.label("spans", chosen.span)})


FLAWS_OF_A_STORY = (
    missing_baseline_is_seen,
    contradiction_is_seen,
    wrong_direction_is_seen,
    forecast_is_seen,
    free_win_is_seen,
    wrong_order_is_seen,
    one_sided_story_is_seen,
)
