"""Criteria for what people see (A03): a screen for every state, fed by an answer that really comes."""

from __future__ import annotations

from curriculum.artifacts.prd import STATES, Prd, StateScreen
from curriculum.cases import Case
from curriculum.cases.recommendation_scoping.entries import FALLBACK_CARDS, FALLBACK_WIREFRAMES, PERSONAL_FIELDS
from graders.common import listed
from graders.recommendation_scoping.answers import mismatch, read_answer
from graders.recommendation_scoping.phrases import named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import wireframes
from graders.rubric import Verdict, met, unmet


@rubric.criterion(
    points=1,
    voice="ines",
    skill="write_specs",
    hints=(
        "What do people see when nothing has come yet, when nothing fits, when it breaks?",
        "Six states, each once, each with a wireframe that was drawn for this state.",
    ),
)
def every_state_has_a_screen(prd: Prd, case: Case) -> Verdict:
    """Each of the six states has exactly one screen, drawn for that state."""
    frames = wireframes(case)
    by_state: dict[str, list[StateScreen]] = {state: [] for state in STATES}
    for screen in prd.states:
        by_state.setdefault(screen.state, []).append(screen)
    rows, problems = [], []
    for state, title in STATES.items():
        screens = by_state[state]
        frame = frames.get(screens[0].wireframe) if len(screens) == 1 else None
        fine = frame is not None and frame.state == state
        rows.append({"state": title, "screens": listed([s.wireframe or "(blank)" for s in screens])})
        if not fine:
            drawn = f", which is drawn for “{STATES.get(frame.state, frame.state)}”" if frame else ""
            problems.append(f"{title}: {rows[-1]['screens']}{drawn}")
    if problems:
        return unmet(f"{problems[0]}.", "one screen for each state, drawn for it", *rows)
    return met("All six states have their screen.", *rows)


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
)
def every_state_has_its_trigger(prd: Prd) -> Verdict:
    """For each of the six states there is a reply that brings the page into it."""
    bound = prd.contract.unsure_below
    rows = []
    for screen in prd.states:
        if screen.state:
            leads_to = _state_of(screen, bound)
            rows.append({"state": STATES[screen.state], "its example leads to": STATES.get(leads_to, "no state")})
    missing = [title for title in STATES.values()
               if {"state": title, "its example leads to": title} not in rows]  # fmt: skip
    wrong = [row for row in rows if row["state"] != row["its example leads to"]]
    if wrong:
        return unmet(
            f"The example for “{wrong[0]['state']}” leads to {wrong[0]['its example leads to'].lower()}.",
            "the reply that brings the page into this state", *rows
        )  # fmt: skip
    if missing:
        return unmet(f"No reply leads to {listed([title.lower() for title in missing])}.", "one for each state", *rows)
    return met("Every state has a reply that brings it about.", *rows)


@rubric.criterion(
    points=1,
    voice="wei",
    skill="write_specs",
    hints=(
        "Compare each example with what you wrote under “The answer holds”.",
        "Each value in an example has to be stated, with the right type; values that are in every answer may not lack.",
    ),
)
def examples_fit_the_answer(prd: Prd) -> Verdict:
    """Every example holds the stated values, with the stated types, and nothing else."""
    rows, judged = [], 0
    for screen in prd.states:
        if screen.reply == "waiting":
            problem = "nothing has come back yet, so there can be no example" if screen.example else ""
        elif screen.reply == "ok" and not screen.example:
            problem = "there is no example"
        else:
            judged += bool(screen.example)
            problem = mismatch(read_answer(screen), prd.contract, screen.reply)
        if problem:
            rows.append({"state": STATES.get(screen.state, "(no state)"), "problem": problem})
    if rows:
        return unmet(f"{rows[0]['state']}: {rows[0]['problem']}.", "examples that fit the stated answer", *rows)
    if not judged or not prd.contract.response:
        return unmet("There is no example of an answer.", "an example with each state in which something comes back")
    return met(f"{judged} examples fit.")


@rubric.criterion(
    points=1,
    voice="ines",
    skill="hand_over",
    hints=(
        "Which values does each wireframe show, and do they all come back?",
        "The table wireframes lists what each screen shows. A screen with a reason needs an answer with a reason.",
    ),
)
def screens_show_what_comes_back(prd: Prd, case: Case) -> Verdict:
    """Whatever a chosen wireframe shows is part of the answer."""
    frames, answer = wireframes(case), {field.name for field in prd.contract.response}
    rows = [
        {"wireframe": id, "shows": shown, "in the answer": "no"}
        for id in dict.fromkeys(screen.wireframe for screen in prd.states)
        if id in frames
        for shown in frames[id].shows
        if shown not in answer
    ]
    if rows:
        return unmet(
            f"“{frames[rows[0]['wireframe']].label}” shows “{named(case, 'response_fields', [rows[0]['shows']])}”, "
            f"which the answer does not hold.", "another wireframe, or an answer that holds it", *rows
        )  # fmt: skip
    if not any(screen.wireframe in frames for screen in prd.states):
        return unmet("No wireframe is chosen.", "wireframes for the states")
    return met("Everything that the screens show comes back.")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="plan_releases",
    hints=(
        "What do people see when the model has nothing for them?",
        "An empty list helps nobody. Bestsellers have to be built by a card in your scope; today's strip exists.",
        "Choose the fallback, the wireframe of that fallback, and put its card into the scope if it has one.",
    ),
)
def fallback_helps_and_exists(prd: Prd, case: Case) -> Verdict:
    """When the model has no answer, people see something useful that exists or is built in this scope."""
    chosen = prd.contract.fallback
    fallback = named(case, "fallbacks", [chosen]) if chosen else "nothing"
    screen = next((screen for screen in prd.states if screen.state == "fallback"), None)
    card = FALLBACK_CARDS.get(chosen)
    row = {"fallback": chosen or "(blank)", "built by": card or "exists already",
           "wireframe": screen.wireframe if screen else "(none)"}  # fmt: skip
    if chosen not in FALLBACK_WIREFRAMES:
        share = case.truth.cold_start
        found = f"The fallback is {fallback.lower()}; for new visitors, {share:g} % of all, that is what they see."
        return unmet(found, "something that people can use", row)
    if card and card not in prd.scope:
        return unmet(f"“{fallback}” has to be built, and no card in the scope does.", named(case, "cards", [card]), row)
    if screen is None or screen.wireframe != FALLBACK_WIREFRAMES[chosen]:
        return unmet(f"The fallback is “{fallback}”, and its screen shows something else.",
                     named(case, "wireframes", [FALLBACK_WIREFRAMES[chosen]]), row)  # fmt: skip
    return met(f"{fallback}: it will be there when it is needed.", row)


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
)
def personal_data_is_named_and_shown(prd: Prd, case: Case) -> Verdict:
    """What is sent is rightly called personal or not; where it is, every answer and every screen with items says so."""
    sent = sorted(set(prd.contract.request) & PERSONAL_FIELDS)
    stated = prd.contract.privacy
    true = "personal" if sent else "not_personal"
    words = {"": "(blank)", "personal": "personal", "not_personal": "not personal"}
    row = {"sent about the visitor": listed(sent), "stated": words[stated], "it is": words[true]}
    if stated != true:
        return unmet(f"You call it {words[stated]}; sent about the visitor: {listed(sent)}.", words[true], row)
    if not sent:
        return met("Nothing about the visitor is sent.", row)
    if not any(field.name == "personal" and field.required for field in prd.contract.response):
        return unmet("Not every answer says whether it rests on browsing.", "that value in every answer", row)
    frames = wireframes(case)
    silent = [screen.wireframe for screen in prd.states
              if screen.state in ("normal", "low_confidence") and screen.wireframe in frames
              and "personal" not in frames[screen.wireframe].shows]  # fmt: skip
    if silent:
        return unmet(f"“{named(case, 'wireframes', silent)}” has no notice.", "a wireframe with the notice", row)
    return met("It is called personal, and people are told.", row)


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
