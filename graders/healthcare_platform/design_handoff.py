"""Can the screen be built from this handoff, and read in the worst minute of a night shift? (A34)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.design_handoff import DesignHandoff
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.kinds import Advice
from curriculum.cases.healthcare_platform.looks import DESIGNED, MIN_CONTRAST
from curriculum.cases.healthcare_platform.screens import KNOWN_IN_AN_OUTAGE, MODEL_FIELDS, REASONS, STATES
from curriculum.support.design_tokens import contrast
from graders.common import incomplete
from graders.healthcare_platform.base import AGREED, decided, name, rubric, truth_of
from graders.rubric import Objections, met, objection

LOOKS = tuple(f"design_handoff.{state}.look" for state in DESIGNED)


@rubric.criterion(
    points=1, voice="mateo", skill="hand_over", gate=True,
    hints=(
        "What would an engineer have to ask you?",
        "Each of the four states needs a look, an advice, fields and a real response; then the room, the time after "
        "which the screen gives up, and the two responses that you tried.",
    ),
)  # fmt: skip
def design_handoff_is_complete(design_handoff: DesignHandoff, case: Case) -> Objections:
    """Each new state has a look, an advice, fields and a real response, and room and time are stated."""
    parts = ("look", "advice", "shows", "sample")
    yield from incomplete(
        design_handoff, case, *(f"{state}.{part}" for state in DESIGNED for part in parts), "name_characters",
        "why_characters", "timeout_ms", "longest_sample", "wrong_sample",
    )  # fmt: skip
    return met(f"All {len(DESIGNED)} states are whole.")


@rubric.criterion(
    points=3, voice="ngozi", skill="hand_over", gate=True,
    hints=(
        "Which pair of colours looks right and cannot be read from the door?",
        "Follow text and background of each look to their colours; they need a contrast of at least 4.5 to 1.",
    ),
    rests_on=LOOKS,
    expected=f"a look whose text has at least {MIN_CONTRAST:g} to 1 against its background",
)  # fmt: skip
def text_can_be_read(design_handoff: DesignHandoff, case: Case) -> Objections:
    """In every new state the text stands out from its background by at least 4.5 to 1."""
    looks, weakest = truth_of(case).screen.looks, 21.0
    for state, spec in design_handoff.states.items():
        if spec.look not in looks.looks:
            if spec.look:
                yield objection(
                    f"{state}.look", f"“{STATES[state].label}” wears {spec.look:.40}, which is no look here."
                )
            continue
        text, background = looks.colours(spec.look)
        ratio = contrast(text, background)
        weakest = min(weakest, ratio)
        if ratio < MIN_CONTRAST:
            said = f"“{STATES[state].label}” wears {spec.look}: {text} on {background} has {ratio:.1f} to 1."
            row = {"state": state, "text": text, "background": background, "contrast": round(ratio, 2)}
            yield objection(f"{state}.look", said, "", row)
    return met(f"The weakest contrast is {weakest:.1f} to 1.")


@rubric.criterion(
    points=3, voice="mateo", skill="hand_over", gate=True,
    hints=(
        "Follow every alias to its end. Which two states are the same colour, whatever they are called?",
        "Only the alert is on the alarm colour. The other three differ from it, from each other, and from what quiet "
        "and loading wear today.",
    ),
    rests_on=LOOKS,
    met="Each state has a background of its own.",
    expected="a background of its own for each state; the alarm colour for the alert alone",
)  # fmt: skip
def states_look_different(design_handoff: DesignHandoff, case: Case) -> Objections:
    """When all aliases are followed, no state looks like another, and the alarm colour is the alert's alone."""
    looks = truth_of(case).screen.looks
    worn = {looks.colours(look)[1]: state for state, look in looks.taken.items()}
    for state, spec in design_handoff.states.items():
        if spec.look not in looks.looks:
            if spec.look:
                yield objection(
                    f"{state}.look", f"“{STATES[state].label}” wears {spec.look:.40}, which is no look here."
                )
            continue
        background, this = looks.colours(spec.look)[1], STATES[state].label
        if (state == "alert") is not (background == looks.alarm):
            what = "does not wear the alarm colour" if state == "alert" else "wears the alarm colour"
            yield objection(f"{state}.look", f"“{this}” {what}: {spec.look} ends at {background}.")
        elif other := worn.get(background):
            said = f"“{this}” and “{STATES[other].label}” both end at {background}."
            yield objection(f"{state}.look", said, "", {"state": state, "same as": other, "background": background})
        worn.setdefault(background, state)


@rubric.criterion(
    points=4, voice="ngozi", skill="hand_over", gate=True,
    hints=(
        "What may a screen tell people to do, and what have the wards agreed to do?",
        "The table `ward_rules` says it for each state. A diagnosis, an order to treat and an all-clear are never a "
        "screen's to give.",
    ),
    rests_on=tuple(f"design_handoff.{state}.advice" for state in DESIGNED),
    met="Each state advises what the wards have agreed to.",
    expected="the advice that says what `ward_rules` lays down for this state",
)  # fmt: skip
def advice_is_safe_and_agreed(design_handoff: DesignHandoff, case: Case) -> Objections:
    """Each state advises what the wards have agreed to do in it; none diagnoses, orders a treatment or gives the
    all-clear."""
    agreed = truth_of(case).screen.looks.agreed
    for state, spec in design_handoff.states.items():
        advice = case.registry.entries("advice").get(spec.advice)
        if not isinstance(advice, Advice):
            if spec.advice:
                said = f"“{STATES[state].label}” advises {spec.advice:.40}, which is no advice here."
                yield objection(f"{state}.advice", said)
            continue
        said = f"“{STATES[state].label}” says: {advice.label}"
        if advice.unsafe:
            yield objection(f"{state}.advice", f"{said} That must not stand there: {advice.unsafe}.")
        elif advice.id != agreed[state]:
            yield objection(f"{state}.advice", f"{said} That is not what the wards do then.")


@rubric.criterion(
    points=3, voice="anouk", skill="hand_over",
    hints=(
        "Which fields do the requirements ask for in each state?",
        "The table `must_show` lists them; an alert shows, besides, why your model says so.",
    ),
    rests_on=(*(f"design_handoff.{state}.shows" for state in DESIGNED), *AGREED),
    expected="every field that `must_show` lists for this state, and in an alert why the model says so",
)  # fmt: skip
def required_fields_are_shown(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Objections:
    """What requirements ask to be shown in a state is bound there, and an alert shows why the model says so."""
    model, _, _ = decided(decision_log, case)
    if model not in REASONS:
        said = "The log decides on a model that gives no reasons."
        yield objection("alert.shows", said, "a model whose score can be doubted")
        return None
    for state, spec in design_handoff.states.items():
        if lost := [field for field in truth_of(case).screen.asked_for(state, model) if field not in spec.shows]:
            what = "a field" if len(lost) == 1 else f"{len(lost)} fields"
            said = f"“{STATES[state].label}” does not show {what} that requirements ask for."
            yield objection(f"{state}.shows", said, "", {"state": state, "shown": ", ".join(spec.shows)})
    return met("Everything that is asked for is shown.")


@rubric.criterion(
    points=1, voice="sanna", skill="hand_over",
    hints=(
        "What does your model return?",
        "The table `api_fields` has a column for each model; the sequence model has no reasons and the trees have "
        "no segment. Where no response came, there is no score and nothing that comes with one.",
    ),
    rests_on=("required_fields_are_shown",),
    expected="fields of the response",
)  # fmt: skip
def fields_are_in_the_response(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Objections:
    """Everything that is shown is in the response of the chosen model; without a response, no part of a score is."""
    model, _, _ = decided(decision_log, case)
    for state, spec in design_handoff.states.items():
        for number, field in enumerate(spec.shows, start=1):
            if field not in MODEL_FIELDS[model]:
                what = f"{field:.40}, which {name(case, 'models', model)} does not return"
                yield objection(f"{state}.shows[{number}]", f"“{STATES[state].label}” shows {what}.")
            elif state == "unavailable" and field not in KNOWN_IN_AN_OUTAGE:
                said = f"“{STATES[state].label}” shows {name(case, 'fields', field)}, which no response brought."
                rule = "what the screen still knows: who it is, and when which model last gave a score"
                yield objection(f"{state}.shows[{number}]", said, rule)
    return met(f"Everything shown is in the response of {name(case, 'models', model)}.")


@rubric.criterion(
    points=4, voice="lena", skill="hand_over", gate=True,
    hints=(
        "Do the longest name and the longest reason stand in one line?",
        "Each needs room for 99 of 100 texts, which the table `api_fields` counts, and both together no more than "
        "the table `line` has for your model.",
    ),
    rests_on=("design_handoff.name_characters", "design_handoff.why_characters", *AGREED),
    expected="room for 99 of 100 texts of both fields, and no more than one line",
)  # fmt: skip
def longest_text_fits(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Objections:
    """Name and reasons each have room for 99 of 100 real texts, and stand in one line together."""
    model, _, _ = decided(decision_log, case)
    screen, handoff = truth_of(case).screen, design_handoff
    rooms = (("name_characters", "patient"), ("why_characters", REASONS.get(model, "")))
    for place, field in rooms:
        has = getattr(handoff, place) or 0
        if field in screen.fields and has < screen.fields[field].p99_characters:
            yield objection(place, f"{field} has room for {has} characters.", "", {"field": field, "room": has})
    both = (handoff.name_characters or 0) + (handoff.why_characters or 0)
    if both > screen.line.get(model, 0):
        yield objection("why_characters", f"Name and reasons together take {both} characters.", "", {"together": both})
    return met(f"99 of 100 real texts fit, in {both} characters.")


@rubric.criterion(
    points=4, voice="sanna", skill="translate_constraints",
    hints=(
        "How long does your model take in 95 of 100 cases, and in 99?",
        "The screen waits long enough for 95 of 100 responses and not longer than 99 of 100 need: who waits for the "
        "last one could have used the paper score.",
    ),
    rests_on=("design_handoff.timeout_ms", *AGREED),
    expected="long enough for 95 of 100 responses of your model, and not longer than 99 of 100 need",
)  # fmt: skip
def timeout_fits_the_model(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Objections:
    """The screen waits long enough for 95 of 100 responses of the model, and not longer than 99 of 100 need."""
    model, _, _ = decided(decision_log, case)
    clinic, stated = truth_of(case).measures.clinic, design_handoff.timeout_ms
    if stated is None or not clinic.latency_p95[model] - 0.5 <= stated <= clinic.latency_p99[model] + 0.5:
        said = f"The screen gives up after {'no' if stated is None else f'{stated:g}'} milliseconds."
        yield objection("timeout_ms", said, "", {"stated": stated, "table": "traces"})
    return met(f"{stated or 0:g} milliseconds are enough for the model and not too many.")


@rubric.criterion(
    points=3, voice="hana", skill="hand_over",
    hints=(
        "Which real responses did you try in each state?",
        "A sample leads to a state by the limits of the table `screen_limits`, the first that applies from the top. "
        "Among all, one has the longest text, and one is an alert about which the model was wrong.",
    ),
    rests_on=(*(f"design_handoff.{state}.sample" for state in DESIGNED), "longest_text_fits"),
    expected="a real response that leads to this state; the longest text; an alert that was wrong",
)  # fmt: skip
def real_samples_are_tried(design_handoff: DesignHandoff, case: Case) -> Objections:
    """Each new state is tried with a real response that leads to it; so are the longest text and a wrong alert."""
    screen = truth_of(case).screen
    for state, spec in design_handoff.states.items():
        sample = screen.samples.get(spec.sample)
        if sample is not None and screen.state_of(sample) != state:
            yield objection(f"{state}.sample", f"Sample {sample.id} does not lead to “{STATES[state].label}”.")
    if design_handoff.longest_sample != max(screen.samples.values(), key=lambda sample: sample.characters).id:
        shown = design_handoff.longest_sample or "none"
        yield objection("longest_sample", f"You tried {shown} as the longest text; another one is longer.")
    wrong = screen.samples.get(design_handoff.wrong_sample)
    if wrong is None or not wrong.wrong or screen.state_of(wrong) != "alert":
        said = f"You tried {design_handoff.wrong_sample or 'none'}; that is no alert about which the model was wrong."
        yield objection("wrong_sample", said)
    return met("Each state was tried with a real response, the worst ones too.")
