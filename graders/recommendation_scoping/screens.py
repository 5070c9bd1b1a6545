"""Criteria for what people see (A03): a screen for every state, fed by an answer that really comes."""

from __future__ import annotations

from curriculum.artifacts.prd import STATES, Prd, StateScreen
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.entries import FALLBACK_CARDS, FALLBACK_WIREFRAMES, PERSONAL_FIELDS
from graders.common import listed
from graders.recommendation_scoping.answers import mismatch, read_answer
from graders.recommendation_scoping.phrases import ids, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import wireframes
from graders.rubric import Objections, met, objection


@rubric.criterion(
    points=1,
    voice="ines",
    skill="write_specs",
    hints=(
        "What do people see when nothing has come yet, when nothing fits, when it breaks?",
        "Six states, each once, each with a wireframe that was drawn for this state.",
    ),
    rests_on=("prd.states",),
    met="All six states have their screen.",
    expected="one screen for each state, drawn for it",
)
def every_state_has_a_screen(prd: Prd, case: Case) -> Objections:
    """Each of the six states has exactly one screen, drawn for that state."""
    frames = wireframes(case)
    for state, title in STATES.items():
        screens = [screen for screen in prd.states if screen.state == state]
        if len(screens) != 1:
            yield objection("states", f"{title}: {ids([screen.wireframe for screen in screens]) or 'no screen'}.")
    for number, screen in enumerate(prd.states, start=1):
        frame = frames.get(screen.wireframe)
        if screen.state and (frame is None or frame.state != screen.state):
            drawn = f", which is drawn for “{STATES.get(frame.state, frame.state)}”" if frame else ""
            found = f"{STATES[screen.state]}: {named(case, 'wireframes', screen.wireframe)}{drawn}."
            yield objection(f"states[{number}].wireframe", found)


@rubric.criterion(
    points=2,
    voice="wei",
    skill="write_specs",
    hints=(
        "How does the page notice that it is in this state?",
        "Nothing has come: loading. An empty list: empty. A confidence below your bound: low confidence. source "
        "fallback: fallback. An error code: error.",
        "Give each state the example of the very answer that brings it about.",
    ),
    rests_on=("prd.states", "prd.contract", "prd.contract.unsure_below"),
    met="Every state has a reply that brings it about.",
    expected="for each state the reply that brings the page into it",
)
def every_state_has_its_trigger(prd: Prd) -> Objections:
    """For each of the six states there is a reply that brings the page into it."""
    reached: set[str] = set()
    for number, screen in enumerate(prd.states, start=1):
        if screen.state:
            leads_to = _state_of(screen, prd.contract.unsure_below)
            reached.add(leads_to)
            if leads_to != screen.state:
                to = STATES.get(leads_to, "no state").lower()
                yield objection(f"states[{number}]", f"The example for “{STATES[screen.state]}” leads to {to}.")
    if lacking := [title.lower() for state, title in STATES.items() if state not in reached]:
        yield objection("states", f"No reply leads to {listed(lacking)}.")


@rubric.criterion(
    points=1,
    voice="wei",
    skill="write_specs",
    hints=(
        "Compare each example with what you wrote under “The answer holds”.",
        "Each value in an example has to be stated, with the right type; values that are in every answer may not lack.",
    ),
    rests_on=("prd.states", "prd.contract.response"),
    expected="examples that hold the stated values, with the stated types, wherever something comes back",
)
def examples_fit_the_answer(prd: Prd) -> Objections:
    """Every example holds the stated values, with the stated types, and nothing else."""
    judged = 0
    for number, screen in enumerate(prd.states, start=1):
        problem = ""
        if screen.reply == "waiting":
            problem = "nothing has come back yet, so there can be no example" if screen.example else ""
        elif screen.reply == "ok" and not screen.example:
            problem = "there is no example"
        else:
            judged += bool(screen.example)
            problem = mismatch(read_answer(screen), prd.contract, screen.reply)
        if problem:
            yield objection(f"states[{number}].example", f"{STATES.get(screen.state, '(no state)')}: {problem}.")
    if not judged:
        yield objection("states", "There is no example of an answer.")
    return met(f"{judged} examples fit.")


@rubric.criterion(
    points=1,
    voice="ines",
    skill="hand_over",
    hints=(
        "Which values does each wireframe show, and do they all come back?",
        "The table wireframes lists what each screen shows. A screen with a reason needs an answer with a reason.",
    ),
    rests_on=("prd.states", "prd.contract.response"),
    met="Everything that the screens show comes back.",
    expected="another wireframe, or an answer that holds what this one shows",
)
def screens_show_what_comes_back(prd: Prd, case: Case) -> Objections:
    """Whatever a chosen wireframe shows is part of the answer."""
    frames, answer = wireframes(case), {field.name for field in prd.contract.response}
    for number, screen in enumerate(prd.states, start=1):
        frame = frames.get(screen.wireframe)
        if beyond := [shown for shown in frame.shows if shown not in answer] if frame else []:
            words = f"{named(case, 'wireframes', screen.wireframe)} shows “{named(case, 'response_fields', *beyond)}”"
            yield objection(f"states[{number}].wireframe", f"{words}, which the answer does not hold.")
    if not any(screen.wireframe in frames for screen in prd.states):
        yield objection("states", "No wireframe is chosen.", "wireframes for the states")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="plan_releases",
    hints=(
        "What do people see when the model has nothing for them?",
        "An empty list helps nobody. Bestsellers have to be built by a card in your scope; today's strip exists.",
        "Choose the fallback, the wireframe of that fallback, and put its card into the scope if it has one.",
    ),
    rests_on=("prd.contract", "prd.states", "prd.scope"),
)
def fallback_helps_and_exists(prd: Prd, case: Case) -> Objections:
    """When the model has no answer, people see something useful that exists or is built in this scope."""
    chosen = prd.contract.fallback
    fallback = named(case, "fallbacks", chosen)
    shown = {f"states[{n}].wireframe": one for n, one in enumerate(prd.states, start=1) if one.state == "fallback"}
    place, screen = next(iter(shown.items()), ("states", None))
    if chosen not in FALLBACK_WIREFRAMES:
        found = f"The fallback is {fallback.lower()}; new visitors would never see anything else."
        yield objection("contract.fallback", found, "something that people can use")
        return None
    if FALLBACK_CARDS.get(chosen, "") not in ("", *prd.scope):
        found = f"“{fallback}” has to be built, and no card in the scope does."
        yield objection("scope", found, "the card that builds it, in the scope")
    if screen is None or screen.wireframe != FALLBACK_WIREFRAMES[chosen]:
        found = f"The fallback is “{fallback}”, and its screen shows something else."
        yield objection(place, found, "the wireframe of this fallback")
    return met(f"{fallback}: it will be there when it is needed.")


@rubric.criterion(
    points=1,
    voice="samir",
    skill="build_compliance_in",
    gate=True,
    hints=(
        "Does anything that the page sends say who the visitor is or what they did?",
        "A random visitor number is personal data too. Where it is used, the answer must say so in every reply.",
        "Where suggestions rest on browsing, the normal and the unsure screen need the notice: choose wireframes that "
        "show it.",
    ),
    rests_on=("prd.contract.request", "prd.contract.response", "prd.states"),
)
def personal_data_is_named_and_shown(prd: Prd, case: Case) -> Objections:
    """What is sent is rightly called personal or not; where it is, every answer and every screen with items says so."""
    personal = bool(set(prd.contract.request) & PERSONAL_FIELDS)
    if prd.contract.privacy != ("personal" if personal else "not_personal"):
        called = prd.contract.privacy.replace("_", " ") or "nothing"
        found = f"You call it {called}, and you send {named(case, 'request_fields', *prd.contract.request)}."
        expected = "personal, where anything that is sent says who a visitor is or what they did"
        yield objection("contract.privacy", found, expected)
    if not personal:
        return met("Nothing about the visitor is sent.")
    if not any(field.name == "personal" and field.required for field in prd.contract.response):
        found = "Not every answer says whether it rests on browsing."
        yield objection("contract.response", found, "that value in every answer")
    frames = wireframes(case)
    for number, screen in enumerate(prd.states, start=1):
        frame = frames.get(screen.wireframe) if screen.state in ("normal", "low_confidence") else None
        if frame and "personal" not in frame.shows:
            yield objection(f"states[{number}].wireframe", f"“{frame.label}” has no notice.", "one with the notice")
    return met("It is called personal, and people are told.")


def _state_of(screen: StateScreen, bound: float | None) -> str:
    """The state into which a reply brings the page; blank where it leads nowhere."""
    if screen.reply == "waiting":
        return "loading"
    if screen.reply == "error":
        return "error"
    answer = read_answer(screen)
    if screen.reply != "ok" or answer.items is None:
        return ""
    if not answer.items:
        return "empty"
    if answer.values.get("source") == "fallback":
        return "fallback"
    if answer.values.get("source") != "model" or answer.confidence is None or bound is None:
        return ""
    return "low_confidence" if answer.confidence < bound else "normal"
