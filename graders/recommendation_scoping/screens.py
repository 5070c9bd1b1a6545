"""Criteria for what people see (A03): a screen for every state, brought about by a reply that really comes."""

from __future__ import annotations

from curriculum.artifacts.prd import STATES, Prd
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.entries import FALLBACK_WIREFRAMES
from curriculum.cases.recommendation_scoping.truth import PERSONAL_FIELDS
from graders.recommendation_scoping.phrases import named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import chosen_model, replies, wireframes
from graders.rubric import Objections, met, objection


@rubric.criterion(
    points=4,
    voice="ines",
    skill="write_specs",
    hints=(
        "What do people see when nothing fits, when the model is unsure, when it breaks?",
        "For each state choose a wireframe that was drawn for it; the table wireframes says which. A screen that shows "
        "the service's own sentence needs a service that sends one.",
    ),
    rests_on=("prd.screens",),
    met="Every state has its screen.",
    expected="one screen for each state, drawn for it, that shows only what the service sends",
)
def every_state_has_a_screen(prd: Prd, case: Case) -> Objections:
    """Each state has a screen that was drawn for it and shows only what the service sends."""
    frames, sent = wireframes(case), replies(case)
    for state, screen in prd.screens.by_state().items():
        frame, title = frames.get(screen.wireframe), STATES[state]
        place = f"screens.{state}.wireframe"
        if frame is None or frame.state != state:
            drawn = f", which is drawn for {frame.state.replace('_', ' ')}" if frame else ""
            yield objection(place, f"{title}: {named(case, 'wireframes', screen.wireframe)}{drawn}.")
        elif "message" in frame.shows and not any(reply.state == state and reply.says for reply in sent.values()):
            yield objection(place, f"{title}: {frame.label.lower()}; the service sends no sentence.")


@rubric.criterion(
    points=4,
    voice="wei",
    skill="write_specs",
    hints=(
        "How does the page notice that it is in this state?",
        "The table replies says what this service sends, and when. Other services mark the same thing otherwise.",
        "{% for reply in entries.replies.values() if reply.state %}{{ reply.state | replace('_', ' ') }}: "
        "{{ reply.label | lower }}. {% endfor %}",
    ),
    rests_on=("prd.screens",),
    met="Every state has a reply that brings it about.",
    expected="for each state the reply of this service that brings it about, by the table replies",
)
def every_state_has_its_trigger(prd: Prd, case: Case) -> Objections:
    """For each state there is a reply of this service that brings the page into it."""
    sent = replies(case)
    for state, screen in prd.screens.by_state().items():
        reply = sent.get(screen.trigger)
        if reply is None or reply.state != state:
            label = named(case, "replies", screen.trigger)
            to = STATES.get(reply.state, "no other state").lower() if reply else "nothing"  # type: ignore[call-overload]
            yield objection(f"screens.{state}.trigger", f"{STATES[state]}: {label}, which leads to {to}.")


@rubric.criterion(
    points=3,
    voice="kofi",
    skill="plan_releases",
    gate=True,
    hints=(
        "What do people see when the model has nothing for them?",
        "An empty list helps nobody. Bestsellers have to be built by a card in your scope; the hand-picked strip stays "
        "as good as it is only while somebody picks.",
        "Choose the fallback and the wireframe of that fallback. The brief says what support will do.",
    ),
    rests_on=("prd.contract.fallback", "prd.screens"),
)
def fallback_helps_and_lasts(prd: Prd, case: Case) -> Objections:
    """When the model has no answer, people see something useful that will still be there, on its own screen."""
    chosen = prd.contract.fallback
    fallback = named(case, "fallbacks", chosen)
    if chosen not in FALLBACK_WIREFRAMES:
        found = f"The fallback is {fallback.lower()}; new visitors would never see anything else."
        yield objection("contract.fallback", found, "something that people can use")
    elif chosen == "hand_picks" and not case.truth.picks_go_on:
        found = f"“{fallback}”: nobody picks any more once the row is launched."
        yield objection("contract.fallback", found, "something that is kept up to date", {"where": "the brief"})
    elif prd.screens.fallback.wireframe != FALLBACK_WIREFRAMES[chosen]:
        found = f"The fallback is “{fallback}”, and its screen shows something else."
        yield objection("screens.fallback.wireframe", found, "the wireframe of this fallback")
    return met(f"{fallback}: it will be there when it is needed.")


@rubric.criterion(
    points=4,
    voice="samir",
    skill="build_compliance_in",
    gate=True,
    hints=(
        "Does anything that the page sends say who the visitor is or what they did?",
        "A random visitor number is personal data too. Where something of the kind is sent, the answer must say so.",
        "Where suggestions rest on browsing, the normal and the unsure screen need the notice; where they do not, a "
        "notice would not be true.",
    ),
    rests_on=("prd.contract.privacy", "prd.screens", "model_fits_this_launch"),
)
def personal_data_is_named_and_shown(prd: Prd, case: Case) -> Objections:
    """What is sent is rightly called personal or not; where it is, answer and screens say so, and only there."""
    model, contract = chosen_model(prd, case), prd.contract
    personal = model.personal or bool(PERSONAL_FIELDS & {*contract.request})
    if contract.privacy != ("personal" if personal else "not_personal"):
        called = contract.privacy.replace("_", " ") or "nothing"
        found = f"You call it {called}; you send {named(case, 'request_fields', *contract.request)}."
        expected = "personal, where anything that is sent says who a visitor is or what they did"
        yield objection("contract.privacy", found, expected)
    if personal and "personal" not in contract.response:
        yield objection("contract.response", "No answer says whether it rests on browsing.", "that value in the answer")
    frames = wireframes(case)
    for state in ("normal", "low_confidence"):
        frame = frames.get(getattr(prd.screens, state).wireframe)
        if frame and frame.state == state and ("personal" in frame.shows) is not personal:
            has = "has no notice" if personal else "has a notice, and nothing rests on browsing"
            yield objection(f"screens.{state}.wireframe", f"“{frame.label}” {has}.", "a notice where it is true")
    return met("It is called what it is, and people are told." if personal else "Nothing about the visitor is sent.")
