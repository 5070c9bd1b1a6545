"""Criteria on the pairs of answers: one kind of flaw each, the stronger answer and the sentence that shows it."""

from __future__ import annotations

from curriculum.artifacts.contrast import Contrast
from curriculum.cases import Case
from graders.common import listed, unknown_ids
from graders.interview_basics.rubric import rubric
from graders.rubric import Verdict, met, unmet

_LAST_HINT = "It is one sentence of one answer. Read the weaker one slowly and ask of each sentence: how do they know?"


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", gate=True,
    hints=("Is there a choice for each pair?", "Each pair once, with the stronger answer and one sentence."),
)  # fmt: skip
def every_pair_is_judged(contrast: Contrast, case: Case) -> Verdict:
    """Each pair is judged once, with the stronger answer and the sentence that decides it."""
    chosen = [preference.pair for preference in contrast.preferences]
    pairs = case.registry.entries("pairs")
    if absent := [id for id in pairs if id not in chosen]:
        return unmet(f"Not judged yet: {listed(absent)}.", "a choice for each pair")
    if len(chosen) != len(set(chosen)):
        return unmet(
            f"Judged twice: {listed(sorted({id for id in chosen if chosen.count(id) > 1}))}.", "each pair once"
        )
    if strangers := unknown_ids(contrast, case):
        return unmet(
            f"Nobody here knows {listed([named.id or 'a blank' for named in strangers])}.", "picks from the lists"
        )
    if blank := [p.pair for p in contrast.preferences if not p.stronger or not p.span]:
        return unmet(f"A side or a sentence is missing for {listed(blank)}.", "both for each pair")
    return met(f"All {len(pairs)} pairs are judged.")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success", hints=("Which result could you not judge?", _LAST_HINT),
)  # fmt: skip
def missing_baseline_is_seen(contrast: Contrast, case: Case) -> Verdict:
    """You see where a result has no before."""
    return _seen(contrast, case, "no_baseline")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success", hints=("Redo the sums in both answers.", _LAST_HINT),
)  # fmt: skip
def contradiction_is_seen(contrast: Contrast, case: Case) -> Verdict:
    """You see where two figures contradict each other."""
    return _seen(contrast, case, "contradicts")


@rubric.criterion(
    points=1, voice="jonas", skill="translate_constraints",
    hints=("Think one step further: what does that change do to the people?", _LAST_HINT),
)  # fmt: skip
def wrong_direction_is_seen(contrast: Contrast, case: Case) -> Verdict:
    """You see where a direction is the wrong way round."""
    return _seen(contrast, case, "direction")


@rubric.criterion(
    points=1, voice="jonas", skill="measure_success",
    hints=("Which result did nobody live through?", _LAST_HINT),
)  # fmt: skip
def forecast_is_seen(contrast: Contrast, case: Case) -> Verdict:
    """You see where a forecast is told as a result."""
    return _seen(contrast, case, "forecast")


@rubric.criterion(
    points=1, voice="mei", skill="weigh_trade_offs", hints=("Who paid?", _LAST_HINT),
)  # fmt: skip
def free_win_is_seen(contrast: Contrast, case: Case) -> Verdict:
    """You see where nothing is said to have been given up."""
    return _seen(contrast, case, "no_cost")


@rubric.criterion(
    points=1, voice="ruth", skill="tell_the_story", hints=("Put the dates on a line.", _LAST_HINT),
)  # fmt: skip
def wrong_order_is_seen(contrast: Contrast, case: Case) -> Verdict:
    """You see where the result came before the action."""
    return _seen(contrast, case, "order")


@rubric.criterion(
    points=1, voice="mei", skill="listen_and_synthesise",
    hints=("Would the other side recognise itself?", _LAST_HINT),
)  # fmt: skip
def one_sided_story_is_seen(contrast: Contrast, case: Case) -> Verdict:
    """You see where only one side's interest is told."""
    return _seen(contrast, case, "one_view")


def _seen(contrast: Contrast, case: Case, flaw: str) -> Verdict:
    """Whether the pair with this kind of flaw was judged rightly; the finding does not give the answer away."""
    id, pair = next((id, pair) for id, pair in case.truth.pairs.items() if pair.contrast.flaw == flaw)
    choices = [preference for preference in contrast.preferences if preference.pair == id]
    question = f"“{pair.contrast.question}”"
    if len(choices) != 1:
        return unmet(f"For {question} there {'is no choice' if not choices else 'are several choices'}.", "one choice")
    chosen = choices[0]
    if chosen.stronger != pair.stronger:
        side = chosen.stronger.upper() or "neither"
        return unmet(f"For {question} you chose {side}.", "the answer in which every sentence can be defended")
    if chosen.span not in pair.spans:
        sentence = case.registry.label("spans", chosen.span) or "none"
        return unmet(f"The side is right for {question}, and another sentence decides it than “{sentence}”.",
                     "the sentence in the weaker answer that an interviewer would stop at")  # fmt: skip
    return met(pair.contrast.why, {"pair": id, "the sentence": case.registry.label("spans", chosen.span)})
