"""Can the screen be built from this handoff, and read in the worst minute of a night shift? (A34)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.design_handoff import DesignHandoff
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.screens import MIN_CONTRAST, MODEL_FIELDS, STATES
from curriculum.support.design_tokens import HEX, TokenError, contrast, resolve
from graders.common import incomplete
from graders.healthcare_platform.base import AGREED, decided, name, rubric, truth_of
from graders.rubric import Objections, met, objection

REASONS = {"trees": "reasons", "sequence": "segment"}
"""The field with which each model says why."""


@rubric.criterion(
    points=1, voice="mateo", skill="hand_over", gate=True,
    hints=(
        "What would an engineer have to ask you?",
        "Screen, tokens, bindings, states and the time after which the screen gives up; in each state a message, "
        "fields unless it is loading or unavailable, and both tokens.",
    ),
)  # fmt: skip
def design_handoff_is_complete(design_handoff: DesignHandoff, case: Case) -> Objections:
    """Screen, tokens, bindings, states and timeout are there, and each state says something in two tokens."""
    states = ("state", "message", "text_token", "background_token")
    yield from incomplete(
        design_handoff, case, "screen", "tokens", "bindings", "states", "timeout_ms",
        *(f"states[].{part}" for part in states), *(f"tokens[].{part}" for part in ("name", "type", "value")),
    )  # fmt: skip
    return met(f"{len(design_handoff.states)} states and {len(design_handoff.tokens)} tokens.")


@rubric.criterion(
    points=1, voice="lena", skill="hand_over",
    hints=(
        "Follow each alias to its end.",
        "An alias stands in braces, points to a token of the same type, and ends at a value.",
    ),
    rests_on=("design_handoff.tokens",),
)  # fmt: skip
def tokens_resolve(design_handoff: DesignHandoff) -> Objections:
    """Every token has a name, a type and a value, and every alias ends at a value."""
    try:
        tokens = resolve(design_handoff.tokens)
    except TokenError as error:
        yield objection("tokens", str(error), "tokens that end at a value of their type")
        return None
    return met(f"All {len(tokens.values)} tokens resolve.")


@rubric.criterion(
    points=1, voice="mateo", skill="hand_over",
    hints=(
        "Where does a colour stand as a number although it has a name?",
        "States name tokens. A token with a number is one of the brand's colours, once; all others are aliases in "
        "braces.",
    ),
    rests_on=("design_handoff.states", "design_handoff.tokens"),
)  # fmt: skip
def no_colour_is_copied(design_handoff: DesignHandoff, case: Case) -> Objections:
    """States name tokens and no colours, and each number is one of the brand's colours, written once."""
    brand = {colour.value.lower(): colour.id for colour in truth_of(case).screen.colours.values()}
    names = {token.name for token in design_handoff.tokens}
    for number, spec in enumerate(design_handoff.states, start=1):
        for part in ("text_token", "background_token"):
            token = getattr(spec, part)
            if token and token not in names:
                what = f"the colour {token:.20}" if HEX.fullmatch(token) else f"“{token:.40}”"
                said = f"“{name(case, 'states', spec.state)}” uses {what}, which is no token."
                yield objection(f"states[{number}].{part}", said, "names of tokens")
    written: dict[str, str] = {}
    for number, entry in enumerate(design_handoff.tokens, start=1):
        place, value = f"tokens[{number}].value", entry.value.lower()
        if not HEX.fullmatch(entry.value):
            continue
        if value not in brand:
            said = f"{entry.name:.40} has the colour {value}, which is none of the brand's."
            yield objection(place, said, "a colour of the table `colours`, or an alias")
        elif value in written:
            said = f"{entry.name:.40} and {written[value]:.40} both hold {value}."
            row = {"colour": brand[value], "value": value}
            yield objection(place, said, "an alias in braces to the token that holds the colour", row)
        else:
            written[value] = entry.name
    return met(f"{len(written)} brand colours, each written once.")


@rubric.criterion(
    points=1, voice="ngozi", skill="hand_over",
    hints=(
        "Which pair of colours looks right and cannot be read from the door?",
        "Text and background need a contrast of at least 4.5 to 1. White on amber does not have it; ink does.",
    ),
    rests_on=("design_handoff.states", "tokens_resolve"),
    expected=f"at least {MIN_CONTRAST:g} to 1",
)  # fmt: skip
def text_can_be_read(design_handoff: DesignHandoff, case: Case) -> Objections:
    """In every state the text stands out from its background by at least 4.5 to 1."""
    values = resolve(design_handoff.tokens).values
    weakest, pairs = 21.0, 0
    for number, spec in enumerate(design_handoff.states, start=1):
        text = values.get(spec.text_token, spec.text_token)
        back = values.get(spec.background_token, spec.background_token)
        if not (HEX.fullmatch(text) and HEX.fullmatch(back)):
            continue
        ratio, state = contrast(text, back), name(case, "states", spec.state)
        weakest, pairs = min(weakest, ratio), pairs + 1
        if ratio < MIN_CONTRAST:
            row = {"state": state, "text": text, "background": back, "contrast": round(ratio, 2)}
            said = f"“{state}”: {text} on {back} has {ratio:.1f} to 1."
            yield objection(f"states[{number}].text_token", said, "", row)
    if not pairs:
        yield objection("states", "No state has two colours.", "a text and a background colour for each state")
    return met(f"The weakest contrast is {weakest:.1f} to 1.")


@rubric.criterion(
    points=1, voice="mateo", skill="hand_over",
    hints=(
        "What does the screen show when it does not know?",
        "Six states: loading, quiet, alert, low confidence, old vital signs, unavailable.",
    ),
    rests_on=("design_handoff.states",),
    met="All six states are designed.",
)  # fmt: skip
def every_state_is_designed(design_handoff: DesignHandoff, case: Case) -> Objections:
    """All six states are there, the unhappy ones too, each once."""
    mine = [spec.state for spec in design_handoff.states]
    for state in STATES.values():
        if state.id not in mine:
            yield objection("states", f"Not designed: {state.label}.", "all six states")
        elif mine.count(state.id) > 1:
            yield objection("states", f"{state.label} is designed twice.", "each state once")


@rubric.criterion(
    points=1, voice="sanna", skill="hand_over",
    hints=(
        "What does your model return?",
        "The table `api_fields` has a column for each model; the sequence model has no reasons and the trees have "
        "no segment.",
    ),
    rests_on=("design_handoff.states", *AGREED),
    expected="fields of the response",
)  # fmt: skip
def fields_are_in_the_response(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Objections:
    """Everything that is shown is in the response of the chosen model."""
    model, _, _ = decided(decision_log, case)
    used = [
        (f"states[{number}].fields", f"“{name(case, 'states', spec.state)}”", field)
        for number, spec in enumerate(design_handoff.states, start=1)
        for field in spec.fields
    ]
    used += [
        (f"bindings[{number}].field", "A binding", binding.field)
        for number, binding in enumerate(design_handoff.bindings, start=1)
        if binding.field
    ]
    for place, where, field in used:
        if field not in MODEL_FIELDS[model]:
            said = f"{where} shows {field:.40}, which {name(case, 'models', model)} does not return."
            yield objection(place, said, "", {"shown in": where, "field": field})
    return met(f"Everything shown is in the response of {name(case, 'models', model)}.")


@rubric.criterion(
    points=1, voice="sanna", skill="translate_constraints",
    hints=(
        "Can a nurse doubt the score?",
        "The alert shows why: the trees' reasons, or the sequence model's segment; and how old the signs are.",
    ),
    rests_on=("design_handoff.states", *AGREED),
)  # fmt: skip
def alert_shows_why(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Objections:
    """The alert shows what drove the score and how old the vital signs are."""
    model, _, _ = decided(decision_log, case)
    if model not in REASONS:
        said = "The log decides on a model that gives no reasons."
        yield objection("states", said, "a model whose score can be doubted")
        return None
    shown = {field for spec in design_handoff.states if spec.state == "alert" for field in spec.fields}
    for field, words in ((REASONS[model], "why the model says so"), ("vitals_age_min", "how old the signs are")):
        if field not in shown:
            yield objection("states", f"The alert does not show {words}.", "the field of the response that says it")
    return met(f"The alert shows {REASONS[model]} and the age of the signs.")


@rubric.criterion(
    points=1, voice="lena", skill="hand_over",
    hints=(
        "Does the longest text fit, or only the nice one?",
        "For each text that is shown, the room is at least the p99_characters of the table `api_fields`.",
    ),
    rests_on=("design_handoff.states", "design_handoff.bindings"),
    expected="room for 99 of 100 texts, as the table `api_fields` counts them",
)  # fmt: skip
def longest_text_fits(design_handoff: DesignHandoff, case: Case) -> Objections:
    """Each text that is shown has room for 99 of 100 real texts."""
    fields = truth_of(case).screen.fields
    bindings = enumerate(design_handoff.bindings, start=1)
    room = {binding.field: (f"bindings[{number}].characters", binding.characters) for number, binding in bindings}
    shown = dict.fromkeys(field for spec in design_handoff.states for field in spec.fields if field in fields)
    for id in shown:
        place, characters = room.get(id, ("bindings", None))
        if fields[id].type == "text" and (characters or 0) < fields[id].p99_characters:
            has = characters if characters is not None else "no"
            yield objection(place, f"{id} has room for {has} characters.", "", {"field": id, "room": characters})
    if not shown:
        yield objection("states", "No field is shown anywhere.", "fields with room for their texts")
    return met("99 of 100 real texts fit.")


@rubric.criterion(
    points=1, voice="sanna", skill="translate_constraints",
    hints=(
        "How long does your model take in 95 of 100 cases?",
        "The screen waits at least that long, and no longer than the table `screen_limits` allows.",
    ),
    rests_on=("design_handoff.timeout_ms", *AGREED),
    expected="long enough for 95 of 100 responses of your model, and within the screen's limit",
)  # fmt: skip
def timeout_fits_the_model(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Objections:
    """The screen waits long enough for 95 of 100 responses and no longer than its limit."""
    model, _, _ = decided(decision_log, case)
    p95, most = truth_of(case).measures.clinic.latency_p95[model], truth_of(case).screen.limits.give_up_ms
    stated = design_handoff.timeout_ms
    if stated is None or not p95 <= stated <= most:
        said = f"The screen gives up after {'no' if stated is None else f'{stated:g}'} milliseconds."
        yield objection("timeout_ms", said, "", {"stated": stated, "tables": "latency and screen_limits"})
    return met(f"{stated or 0:g} milliseconds are enough for the model and within the limit.")


@rubric.criterion(
    points=1, voice="hana", skill="hand_over",
    hints=(
        "Which real responses did you try in each state?",
        "Each state but loading has a sample that truly leads to it. Among them are the longest text and one "
        "where the model was wrong.",
    ),
    rests_on=("design_handoff.states",),
    expected="real samples in each state, the worst ones too",
)  # fmt: skip
def real_samples_are_tried(design_handoff: DesignHandoff, case: Case) -> Objections:
    """Each state is tried with a real response that leads to it, the longest and a wrong one among them."""
    screen = truth_of(case).screen
    used = set()
    for number, spec in enumerate(design_handoff.states, start=1):
        for id in spec.samples:
            sample = screen.samples.get(id)
            if sample is None:
                continue
            used.add(id)
            if screen.state_of(sample) != spec.state:
                said = f"Sample {id} does not lead to “{name(case, 'states', spec.state)}”, where it stands."
                yield objection(f"states[{number}].samples", said)
    for state in STATES.values():
        mine = [spec for spec in design_handoff.states if spec.state == state.id]
        if state.id != "loading" and mine and not any(id in screen.samples for spec in mine for id in spec.samples):
            yield objection("states", f"“{state.label}” was tried with no real response.")
    if max(screen.samples.values(), key=lambda sample: sample.characters).id not in used:
        yield objection("states", "The sample with the longest text was not tried.")
    if not any(screen.samples[id].wrong for id in used):
        yield objection("states", "No response was tried in which the model was wrong.")
    return met(f"{len(used)} real responses were tried.")


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "Is it the screen that goes out?",
        "Manifest and handoff name the same screen.",
    ),
    rests_on=("design_handoff.screen", "release_manifest.screen"),
    expected="the same screen in both",
)  # fmt: skip
def handoff_is_of_this_release(
    design_handoff: DesignHandoff, release_manifest: ReleaseManifest, case: Case
) -> Objections:
    """The handoff is of the screen that the manifest releases."""
    handoff, manifest = (name(case, "screens", one.screen) for one in (design_handoff, release_manifest))
    if handoff != manifest:
        said = f"The handoff is of {handoff}, the manifest of {manifest}."
        yield objection("screen", said, "", {"handoff": handoff, "manifest": manifest})
    return met(f"Both are of {handoff}.")
