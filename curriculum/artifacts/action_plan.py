"""The incident's action plan: an executable fallback, the screen, the actions, the message to customers (A20)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curriculum.artifacts.base import (
    Amount,
    Artifact,
    Day,
    Derived,
    Line,
    Long,
    Notation,
    Part,
    Pick,
    Ref,
    Sentence,
    Words,
)

RUN = "what your rule gives when it is run"


class Fallback(Part):
    """A temporary rule that decides instead of the model: what it matches goes to a reviewer."""

    rule: Annotated[
        Words,
        Notation(),
        Long(3),
        Field(
            title="The rule",
            description="A payment goes to a reviewer when this is true, such as: amount >= 900.0 && device == 'web'",
        ),
    ] = ""
    tuned_from: Annotated[Day, Field(title="Tuned on payments from")] = None
    tuned_to: Annotated[Day, Field(title="… to")] = None
    false_positives: Annotated[Amount, Derived(RUN), Field(title="Good payments stopped on the holdout, per 100")] = (
        None
    )
    recall: Annotated[Amount, Derived(RUN), Field(title="Fraud caught on the holdout, per 100")] = None
    alerts: Annotated[Amount, Derived(RUN), Field(title="Alerts a day in the last week, of all customers")] = None
    owner: Annotated[
        Ref, Pick("people"), Field(title="Owner", description="May choose, this week, what a reviewer sees.")
    ] = ""
    expires: Annotated[Day, Field(title="Expires on")] = None
    ends_when: Annotated[Ref, Pick("definitions"), Field(title="It ends earlier when this measure …")] = ""
    ends_below: Annotated[Amount, Field(title="… is at or below")] = None


class ScreenFix(Part):
    """What changes on the alert screen."""

    approach: Annotated[
        Literal["", "rollback", "staged"],
        Field(title="How it reaches customers", description="All at once back to the old, or in steps."),
    ] = ""
    change: Annotated[Ref, Pick("screen_changes"), Field(title="What changes")] = ""
    measure: Annotated[Ref, Pick("definitions"), Field(title="Judged by")] = ""
    target: Annotated[Amount, Field(title="Success is at or below")] = None
    screens: Annotated[
        Amount, Field(title="Judged after … alert screens", description="Enough to tell the target from today.")
    ] = None


class Action(Part):
    """One thing that one person does."""

    what: Annotated[Line, Field(title="What is done")] = ""
    against: Annotated[Ref, Pick("claims"), Field(title="Against which why")] = ""
    owner: Annotated[Ref, Pick("people"), Field(title="Owner")] = ""
    starts: Annotated[Day, Field(title="Starts")] = None
    due: Annotated[Day, Field(title="Due")] = None
    measure: Annotated[
        Ref,
        Pick("definitions"),
        Derived("the measure that shows this cause alone"),
        Field(title="Judged by"),
    ] = ""
    stop_above: Annotated[
        Amount, Field(title="Stop and take back if that is above", description="In the unit of the measure.")
    ] = None


class Message(Part):
    """What customers are told: its elements are picked, and the words are the learner's own."""

    happened: Annotated[Ref, Pick("message_happened"), Field(title="What happened")] = ""
    who: Annotated[Ref, Pick("message_who"), Field(title="Who is affected")] = ""
    to_do: Annotated[Ref, Pick("message_to_do"), Field(title="What to do")] = ""
    open: Annotated[Ref, Pick("message_open"), Field(title="What is still open")] = ""
    contact: Annotated[Ref, Pick("message_contact"), Field(title="Where to ask")] = ""
    next_update: Annotated[Line, Notation(), Field(title="Next update (UTC)", description="As 2026-03-01 15:00.")] = ""
    words: Annotated[
        Words,
        Sentence(),
        Long(6),
        Field(title="The message, in your words", description="As it goes out: these elements, for people at a till."),
    ] = ""
    approver: Annotated[Ref, Pick("people"), Field(title="Approved by")] = ""


class ActionPlan(Artifact):
    """Who does what until the incident is over, and what is put in the model's place meanwhile."""

    kind: ClassVar[str] = "action_plan"
    title: ClassVar[str] = "Action plan"
    genre: ClassVar[str] = "plan"

    fallback: Annotated[Fallback, Field(title="Fallback rule")] = Fallback()
    screen: Annotated[ScreenFix, Field(title="Alert screen")] = ScreenFix()
    actions: Annotated[tuple[Action, ...], Field(title="Actions", max_length=20)] = ()
    message: Annotated[Message, Field(title="Message to customers")] = Message()
