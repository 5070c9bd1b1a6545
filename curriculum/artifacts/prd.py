"""The one-page PRD: problem, scope, the model's contract, screens by state, measures, rollout, sign-off (A03)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, JsonValue

from curriculum.artifacts.base import Amount, Artifact, Day, Line, Long, Notation, Part, Pick, Ref, Sentence, Words

ValueType = Literal["", "text", "number", "true_false", "list"]
VALUE_TYPES: dict[str, JsonValue] = {"text": "Text", "number": "Number", "true_false": "True or false", "list": "List"}
ScreenState = Literal["", "normal", "loading", "empty", "low_confidence", "error", "fallback"]
STATES: dict[str, str] = {
    "normal": "Normal",
    "loading": "Loading",
    "empty": "Empty",
    "low_confidence": "Low confidence",
    "error": "Error",
    "fallback": "Fallback",
}
Reply = Literal["", "waiting", "ok", "error"]
"""What has come from the model's service: nothing yet, an answer, or an error code."""


class NonGoal(Part):
    """A card that this launch leaves out on purpose."""

    card: Annotated[Ref, Pick("cards"), Field(title="Card")] = ""
    why: Annotated[Line, Field(title="Why not now")] = ""


class ResponseField(Part):
    """One value of the model's answer."""

    name: Annotated[Ref, Pick("response_fields"), Field(title="Name")] = ""
    type: Annotated[ValueType, Field(title="Type", json_schema_extra={"labels": VALUE_TYPES})] = ""
    required: Annotated[bool, Field(title="In every answer")] = False


class Contract(Part):
    """What the page sends to the model, what comes back, and how fast."""

    endpoint: Annotated[Line, Notation(), Field(title="Address", description="For example POST /v1/suggestions.")] = ""
    request: Annotated[
        tuple[Annotated[Ref, Pick("request_fields")], ...], Field(title="The page sends", max_length=12)
    ] = ()
    response: Annotated[
        tuple[ResponseField, ...],
        Field(title="The answer holds", description="Every value that screens need, with its type.", max_length=20),
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
    model_version: Annotated[Line, Notation(), Field(title="Model version at launch")] = ""
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
    error_codes: Annotated[Line, Field(title="Error codes", description="Such as 429 too many, 503 not there.")] = ""
    per_second: Annotated[Amount, Field(title="Requests per second that it must carry")] = None
    refreshed_hours: Annotated[Amount, Field(title="Refreshed every … hours")] = None
    privacy: Annotated[Literal["", "personal", "not_personal"], Field(title="What it sends is")] = ""


class StateScreen(Part):
    """What people see in one state, and the reply that brings it about."""

    state: Annotated[ScreenState, Field(title="State", json_schema_extra={"labels": {**STATES}})] = ""
    wireframe: Annotated[Ref, Pick("wireframes"), Field(title="Wireframe")] = ""
    reply: Annotated[
        Reply,
        Field(title="What has come back", description="waiting: nothing yet; ok: an answer; error: an error code."),
    ] = ""
    example: Annotated[
        Annotated[str, Field(max_length=1_200)],
        Notation(),
        Field(
            title="Example of that answer",
            description='As JSON, such as {"items": ["T-104", "T-220"], "source": "model"}. Leave it blank while '
            "nothing has come back.",
        ),
        Long(2),
    ] = ""


class Measure(Part):
    """A goal with baseline and target, or a guardrail with baseline and limit."""

    metric: Annotated[Ref, Pick("metrics"), Field(title="Metric")] = ""
    use: Annotated[Literal["", "goal", "guardrail"], Field(title="Used as")] = ""
    segment: Annotated[Ref, Pick("segments"), Field(title="Counted over")] = ""
    baseline: Annotated[Amount, Field(title="Baseline", description="Recomputed from the data.")] = None
    target: Annotated[Amount, Field(title="Target, or limit of the guardrail")] = None
    weeks: Annotated[Amount, Field(title="Measured over (weeks)")] = None
    owner: Annotated[Ref, Pick("people"), Field(title="Who watches it")] = ""


class Risk(Part):
    """Something that may go wrong, how you know, and what is done about it."""

    risk: Annotated[Line, Field(title="What may go wrong")] = ""
    evidence: Annotated[Ref, Pick("facts"), Field(title="How you know")] = ""
    answer: Annotated[Line, Field(title="What you do about it")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who")] = ""


class Step(Part):
    """From a day on, so many of 100 visitors see the new row."""

    starts: Annotated[Day, Field(title="From")] = None
    share: Annotated[Amount, Field(title="Visitors, of 100")] = None
    stop_if: Annotated[Line, Field(title="Taken back if")] = ""


class Question(Part):
    """What nobody knows yet."""

    question: Annotated[Line, Sentence(), Field(title="Question")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Who finds out")] = ""
    by: Annotated[Day, Field(title="By")] = None


class Approval(Part):
    """Whose sign-off is needed for what. Nobody signs here: people sign in their review."""

    area: Annotated[Ref, Pick("areas"), Field(title="For")] = ""
    who: Annotated[Ref, Pick("people"), Field(title="Who has to sign")] = ""


class Prd(Artifact):
    """One page that product, design and ML can build from and sign."""

    kind: ClassVar[str] = "prd"
    title: ClassVar[str] = "One-page PRD"

    problem: Annotated[
        Words, Sentence(), Field(title="Problem", description="Who has it, and how you know; no solution yet."), Long(3)
    ] = ""
    problem_evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...], Field(title="Facts behind the problem", max_length=6)
    ] = ()
    users: Annotated[Line, Field(title="For whom")] = ""
    outcome: Annotated[
        Line, Sentence(), Field(title="What gets better for them", description="An outcome, not a feature.")
    ] = ""
    scope: Annotated[
        tuple[Annotated[Ref, Pick("cards")], ...],
        Field(title="Scope", description="The Must-Haves of your board.", max_length=30),
    ] = ()
    non_goals: Annotated[tuple[NonGoal, ...], Field(title="Non-goals", max_length=12)] = ()
    model: Annotated[Ref, Pick("models"), Field(title="Model for this launch")] = ""
    why_model: Annotated[Words, Sentence(), Field(title="Why this model"), Long(2)] = ""
    model_evidence: Annotated[
        tuple[Annotated[Ref, Pick("facts")], ...], Field(title="Facts behind the choice", max_length=6)
    ] = ()
    contract: Annotated[Contract, Field(title="Contract with the model")] = Contract()
    states: Annotated[
        tuple[StateScreen, ...], Field(title="Screens by state", description="All six states.", max_length=12)
    ] = ()
    measures: Annotated[
        tuple[Measure, ...],
        Field(title="Measures", description="A goal for people, one for the model, and a guardrail.", max_length=12),
    ] = ()
    risks: Annotated[tuple[Risk, ...], Field(title="Risks", max_length=10)] = ()
    launch: Annotated[
        Day, Field(title="Launch", description="The day from which at least half of all visitors see it.")
    ] = None
    rollout: Annotated[tuple[Step, ...], Field(title="Rollout", max_length=8)] = ()
    open_questions: Annotated[tuple[Question, ...], Field(title="Open questions", max_length=10)] = ()
    sign_off_by: Annotated[Day, Field(title="To be signed by", description="The day by which all have signed.")] = None
    approvals: Annotated[
        tuple[Approval, ...],
        Field(title="Who signs what", description="They sign in their review, once they agree.", max_length=12),
    ] = ()
