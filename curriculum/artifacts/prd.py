"""The one-page PRD: problem, scope, the model's contract, screens by state, measures, rollout, sign-off (A03)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import Amount, Artifact, Day, Derived, Line, Long, Part, Pick, Ref, Sentence, Words
from curriculum.cases.base import Registry

ScreenState = Literal["normal", "empty", "low_confidence", "error", "fallback"]
STATES: dict[ScreenState, str] = {
    "normal": "Normal",
    "empty": "Empty",
    "low_confidence": "Low confidence",
    "error": "Error",
    "fallback": "Fallback",
}
"""The states of a screen that shows a model's answer. A sixth, loading, is over when anything comes back."""


class NonGoal(Part):
    """A card that this launch leaves out on purpose."""

    card: Annotated[Ref, Pick("cards"), Field(title="Card")] = ""
    why: Annotated[Line, Field(title="Why not now")] = ""


class Contract(Part):
    """What the page sends to the model, what comes back, and how fast."""

    request: Annotated[
        tuple[Annotated[Ref, Pick("request_fields")], ...],
        Field(title="The page sends, beside the item", description="Nothing, where the model needs no more.",
              max_length=12),
    ] = ()  # fmt: skip
    response: Annotated[
        tuple[Annotated[Ref, Pick("response_fields")], ...],
        Field(
            title="The answer holds, beside items, source and confidence",
            description="Every value that your screens show.",
            max_length=20,
        ),
    ] = ()
    confidence_means: Annotated[
        Literal["", "rank", "share"],
        Field(
            title="What the confidence means",
            description="rank: higher is better, and that is all; share: so many of 100 buyers, counted.",
        ),
    ] = ""
    unsure_below: Annotated[
        Amount, Field(title="Unsure below", description="Under this confidence the low-confidence screen is shown.")
    ] = None
    p50_ms: Annotated[Amount, Field(title="Half of the answers arrive within (ms)", description="p50, end to end.")] = (
        None
    )
    p95_ms: Annotated[Amount, Field(title="95 of 100 arrive within (ms)", description="p95, end to end.")] = None
    p99_ms: Annotated[Amount, Field(title="99 of 100 arrive within (ms)", description="p99, end to end.")] = None
    screen_budget_ms: Annotated[
        Amount, Field(title="The screen can wait (ms)", description="As the designer told you.")
    ] = None
    promise_ms: Annotated[
        Amount, Field(title="Promise: 95 of 100 within (ms)", description="The limit at which somebody is called.")
    ] = None
    timeout_ms: Annotated[Amount, Field(title="The page gives up after (ms)")] = None
    fallback: Annotated[Ref, Pick("fallbacks"), Field(title="Then it shows")] = ""
    per_second: Annotated[Amount, Field(title="Requests per second that it must carry")] = None
    privacy: Annotated[Literal["", "personal", "not_personal"], Field(title="What it sends is")] = ""


class Screen(Part):
    """What people see in one state, and the reply that brings it about."""

    wireframe: Annotated[Ref, Pick("wireframes"), Field(title="Wireframe")] = ""
    trigger: Annotated[
        Ref, Pick("replies"), Field(title="Reply that brings it about", description="From the table replies.")
    ] = ""
    example: Annotated[
        str, Derived("put together from the contract and the reply"), Field(title="Example of that reply")
    ] = ""


class Screens(Part):
    """One screen for each state. While nothing has come back, grey shapes hold the place."""

    normal: Annotated[Screen, Field(title=STATES["normal"])] = Screen()
    empty: Annotated[Screen, Field(title=STATES["empty"])] = Screen()
    low_confidence: Annotated[Screen, Field(title=STATES["low_confidence"])] = Screen()
    error: Annotated[Screen, Field(title=STATES["error"])] = Screen()
    fallback: Annotated[Screen, Field(title=STATES["fallback"])] = Screen()

    def by_state(self) -> dict[ScreenState, Screen]:
        """Each screen with its state, in their order."""
        return {state: getattr(self, state) for state in STATES}


class Goal(Part):
    """Something that is to change, from a baseline to a target."""

    metric: Annotated[Ref, Pick("metrics"), Field(title="Metric")] = ""
    baseline: Annotated[Amount, Field(title="Baseline", description="Recomputed from the data.")] = None
    target: Annotated[Amount, Field(title="Target")] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Who watches it")] = ""


class Guardrail(Part):
    """Something that must not get worse than a limit while something else is improved."""

    metric: Annotated[Ref, Pick("metrics"), Field(title="Metric")] = ""
    baseline: Annotated[Amount, Field(title="Baseline", description="Recomputed from the data.")] = None
    limit: Annotated[Amount, Field(title="Limit")] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Who watches it")] = ""


class Risk(Part):
    """Something that may go wrong, how you know, and what is done about it."""

    risk: Annotated[Line, Field(title="What may go wrong")] = ""
    evidence: Annotated[Ref, Pick("facts"), Field(title="How you know")] = ""
    answer: Annotated[Line, Field(title="What you do about it")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who")] = ""


class Step(Part):
    """From a day on, so many of 100 visits show the new row."""

    starts: Annotated[Day, Field(title="From")] = None
    share: Annotated[Amount, Field(title="Visits, of 100")] = None


class Question(Part):
    """What nobody knows yet."""

    question: Annotated[Line, Sentence(), Field(title="Question")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who finds out")] = ""
    by: Annotated[Day, Field(title="By")] = None


class Approvals(Part):
    """Whose sign-off is needed for what. Nobody signs here: people sign in their review."""

    scope: Annotated[
        Ref, Pick("people"), Derived("carried over from the decider of your kick-off page"), Field(title="Scope")
    ] = ""
    model_api: Annotated[Ref, Pick("people"), Field(title="Model and its contract")] = ""
    wireframes: Annotated[Ref, Pick("people"), Field(title="Screens")] = ""
    measures: Annotated[Ref, Pick("people"), Field(title="Measures")] = ""
    personal_data: Annotated[
        Ref, Pick("people"), Derived("whom the law asks for"), Field(title="Personal data")
    ] = ""  # fmt: skip


class Prd(Artifact):
    """One page that product, design and ML can build from and sign."""

    kind: ClassVar[str] = "prd"
    title: ClassVar[str] = "One-page PRD"
    genre: ClassVar[str] = "specification"

    problem: Annotated[
        Words,
        Sentence(),
        Field(
            title="Problem",
            description="Who has it, and how you know; no solution yet.",
            json_schema_extra={"section": "The problem"},
        ),
        Long(3),
    ] = ""
    problem_evidence: Annotated[Ref, Pick("facts"), Field(title="Fact behind the problem")] = ""
    outcome: Annotated[
        Line, Sentence(), Field(title="What gets better, and for whom", description="An outcome, not a feature.")
    ] = ""
    scope: Annotated[
        tuple[Annotated[Ref, Pick("cards")], ...],
        Derived("carried over from Must-Have on your board"),
        Field(title="Scope", max_length=60),
    ] = ()
    non_goals: Annotated[
        tuple[NonGoal, ...],
        Derived("carried over from Deferred on your board, with your reasons"),
        Field(title="Non-goals", max_length=60),
    ] = ()
    model: Annotated[
        Ref,
        Pick("models"),
        Field(title="Model for this launch", json_schema_extra={"section": "The model for this launch"}),
    ] = ""
    why_model: Annotated[Words, Sentence(), Field(title="Why this model"), Long(2)] = ""
    model_evidence: Annotated[Ref, Pick("facts"), Field(title="Fact that decides for it")] = ""
    contract: Annotated[Contract, Field(title="Contract with the model")] = Contract()
    screens: Annotated[Screens, Field(title="Screens by state")] = Screens()
    counted_over: Annotated[
        Ref, Pick("segments"), Field(title="Visits that are counted", description="For all measures of this page.")
    ] = ""
    test_weeks: Annotated[Amount, Field(title="The test runs (weeks)")] = None
    goals: Annotated[
        tuple[Goal, ...],
        Field(title="Goals", description="One for people or business, one for the model.", max_length=8),
    ] = ()
    guardrails: Annotated[
        tuple[Guardrail, ...], Field(title="Guardrails", description="At least one, with its limit.", max_length=8)
    ] = ()
    risks: Annotated[tuple[Risk, ...], Field(title="Risks", max_length=10)] = ()
    launch: Annotated[
        Day, Field(title="Launch", description="The day from which at least half of all visits show the row.")
    ] = None
    rollout: Annotated[tuple[Step, ...], Field(title="Rollout", max_length=8)] = ()
    taken_back_if: Annotated[Line, Sentence(), Field(title="A step is taken back if")] = ""
    open_questions: Annotated[
        tuple[Question, ...], Field(title="Open questions", description="If there are any.", max_length=10)
    ] = ()
    sign_off_by: Annotated[Day, Field(title="To be signed by", description="The day by which all have signed.")] = None
    approvals: Annotated[
        Approvals, Field(title="Who signs what", description="They sign in their review, once they agree.")
    ] = Approvals()

    def doubts(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Percentiles out of order, goals that are no gain, limits on the good side, steps back in the rollout."""
        waits = [(name, getattr(self.contract, f"{name}_ms")) for name in ("p50", "p95", "p99")]
        for (_, less), (name, more) in pairwise([(name, wait) for name, wait in waits if wait is not None]):
            if more < less:
                yield f"contract.{name}_ms", f"More answers cannot arrive within less: {more:g} ms after {less:g} ms."
        for number, goal in enumerate(self.goals, start=1):
            if _no_better(registry, goal.metric, goal.baseline, goal.target):
                yield f"goals[{number}].target", "A goal has to be better than its baseline."
        for number, rail in enumerate(self.guardrails, start=1):
            if rail.limit != rail.baseline and _no_better(registry, rail.metric, rail.limit, rail.baseline):
                yield f"guardrails[{number}].limit", "This limit is broken on the first day: it is better than today."
        dated = [(n, one) for n, one in enumerate(self.rollout, 1) if one.starts is not None and one.share is not None]
        for (_, first), (number, later) in pairwise(dated):
            if first.starts and later.starts and later.starts <= first.starts:
                yield f"rollout[{number}].starts", "A later step has a later day."
            if first.share is not None and later.share is not None and later.share <= first.share:
                yield f"rollout[{number}].share", "A later step shows the row in more visits."


def _no_better(registry: Registry, metric: str, before: float | None, after: float | None) -> bool:
    """Whether a number of a metric is no better after than before, as far as both are written."""
    better = getattr(registry.entries("metrics").get(metric), "better", "")
    if before is None or after is None or not better:
        return False
    return after <= before if better == "higher" else after >= before
