"""Can the screen be built from this handoff, and read in the worst minute of a night shift? (A34)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.design_handoff import DesignHandoff
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.cases import Case
from curriculum.cases.healthcare_platform.screens import MIN_CONTRAST, MODEL_FIELDS, STATES
from curriculum.support.design_tokens import HEX, TokenError, contrast, resolve
from graders.common import listed, missing
from graders.healthcare_platform.base import UNDECIDED, chosen, completeness, first, name, rubric, truth_of
from graders.rubric import Verdict, met, unmet

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
def design_handoff_is_complete(design_handoff: DesignHandoff, case: Case) -> Verdict:
    """Screen, tokens, bindings, states and timeout are there, and each state says something in two tokens."""
    handoff = design_handoff
    blank = missing({"the screen": handoff.screen, "tokens": handoff.tokens, "bindings": handoff.bindings,
                     "states": handoff.states, "the timeout": handoff.timeout_ms})  # fmt: skip
    for spec in handoff.states:
        parts = {
            "state": spec.state,
            "message": spec.message,
            "text token": spec.text_token,
            "background token": spec.background_token,
        }
        blank += [f"{part} of “{name(case, 'states', spec.state)}”" for part in missing(parts)]
    for token in handoff.tokens:
        blank += [
            f"{part} of a token" for part in missing({"name": token.name, "type": token.type, "value": token.value})
        ]
    return completeness(handoff, case, blank, f"{len(handoff.states)} states and {len(handoff.tokens)} tokens.")


@rubric.criterion(
    points=1, voice="lena", skill="hand_over",
    hints=(
        "Follow each alias to its end.",
        "An alias stands in braces, points to a token of the same type, and ends at a value.",
    ),
)  # fmt: skip
def tokens_resolve(design_handoff: DesignHandoff) -> Verdict:
    """Every token has a name, a type and a value, and every alias ends at a value."""
    try:
        tokens = resolve(design_handoff.tokens)
    except TokenError as error:
        return unmet(str(error), "tokens that end at a value of their type")
    if not tokens.values:
        return unmet("There are no tokens.", "tokens that end at a value of their type")
    return met(f"All {len(tokens.values)} tokens resolve.")


@rubric.criterion(
    points=1, voice="mateo", skill="hand_over",
    hints=(
        "Where does a colour stand as a number although it has a name?",
        "States name tokens. A token with a number is one of the brand's colours, once; all others are aliases in "
        "braces.",
    ),
)  # fmt: skip
def no_colour_is_copied(design_handoff: DesignHandoff, case: Case) -> Verdict:
    """States name tokens and no colours, and each number is one of the brand's colours, written once."""
    brand = {colour.value.lower(): colour.id for colour in truth_of(case).screen.colours.values()}
    names = {token.name for token in design_handoff.tokens}
    for spec in design_handoff.states:
        for token in (spec.text_token, spec.background_token):
            if token and token not in names:
                what = f"the colour {token:.20}" if HEX.fullmatch(token) else f"“{token:.40}”"
                return unmet(f"“{name(case, 'states', spec.state)}” uses {what}, which is no token.", "names of tokens")
    written: dict[str, str] = {}
    for entry in design_handoff.tokens:
        if not HEX.fullmatch(entry.value):
            continue
        value = entry.value.lower()
        if value not in brand:
            return unmet(
                f"{entry.name:.40} has the colour {value}, which is none of the brand's.",
                "a colour of the table `colours`, or an alias",
            )
        if value in written:
            return unmet(f"{entry.name:.40} and {written[value]:.40} both hold "
                         f"{value}.", f"an alias: {{{written[value]:.40}}}",
                         {"colour": brand[value], "value": value})  # fmt: skip
        written[value] = entry.name
    return met(f"{len(written)} brand colours, each written once.")


@rubric.criterion(
    points=1, voice="ngozi", skill="hand_over",
    hints=(
        "Which pair of colours looks right and cannot be read from the door?",
        "Text and background need a contrast of at least 4.5 to 1. White on amber does not have it; ink does.",
    ),
)  # fmt: skip
def text_can_be_read(design_handoff: DesignHandoff, case: Case) -> Verdict:
    """In every state the text stands out from its background by at least 4.5 to 1."""
    try:
        values = resolve(design_handoff.tokens).values
    except TokenError as error:
        return unmet(f"The tokens cannot be resolved: {error}", "tokens that resolve")
    rows, weak = [], []
    for spec in design_handoff.states:
        text, back = (
            values.get(spec.text_token, spec.text_token),
            values.get(spec.background_token, spec.background_token),
        )
        if not (HEX.fullmatch(text) and HEX.fullmatch(back)):
            continue
        ratio = contrast(text, back)
        row = {"state": name(case, "states", spec.state), "text": text, "background": back, "contrast": round(ratio, 2)}
        rows.append(row)
        weak += [row] if ratio < MIN_CONTRAST else []
    if weak:
        return unmet(f"“{weak[0]['state']}”: {weak[0]['text']} on {weak[0]['background']} has "
                     f"{weak[0]['contrast']:.1f} to 1.",
                     f"at least {MIN_CONTRAST:g} to 1", *weak)  # fmt: skip
    if not rows:
        return unmet("No state has two colours.", "a text and a background colour for each state")
    return met(f"The weakest contrast is {min(float(str(row['contrast'])) for row in rows):.1f} to 1.", *rows)


@rubric.criterion(
    points=1, voice="mateo", skill="hand_over",
    hints=(
        "What does the screen show when it does not know?",
        "Six states: loading, quiet, alert, low confidence, old vital signs, unavailable.",
    ),
)  # fmt: skip
def every_state_is_designed(design_handoff: DesignHandoff, case: Case) -> Verdict:
    """All six states are there, the unhappy ones too, each once."""
    mine = [spec.state for spec in design_handoff.states]
    absent = [state.label for state in STATES.values() if state.id not in mine]
    twice = [state.label for state in STATES.values() if mine.count(state.id) > 1]
    if absent:
        return unmet(f"Not designed: {listed(absent)}.", "all six states")
    if twice:
        return unmet(f"{twice[0]} is designed twice.", "each state once")
    return met("All six states are designed.")


@rubric.criterion(
    points=1, voice="sanna", skill="hand_over",
    hints=(
        "What does your model return?",
        "The table `api_fields` has a column for each model; the sequence model has no reasons and the trees have "
        "no segment.",
    ),
)  # fmt: skip
def fields_are_in_the_response(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Verdict:
    """Everything that is shown is in the response of the chosen model."""
    model, _, _ = chosen(decision_log, case)
    if not model:
        return unmet("The log does not decide on one model.", UNDECIDED)
    returned = MODEL_FIELDS[model]
    used = [(f"“{name(case, 'states', spec.state)}”", field) for spec in design_handoff.states for field in spec.fields]
    used += [("a binding", binding.field) for binding in design_handoff.bindings if binding.field]
    lost = [(where, field) for where, field in used if field not in returned]
    if lost:
        return unmet(f"{lost[0][0]} shows {lost[0][1]:.40}, which {name(case, 'models', model)} does not "
                     "return.", "fields of the response",
                     *({"shown in": where, "field": field} for where, field in lost[:6]))  # fmt: skip
    return met(f"Everything shown is in the response of {name(case, 'models', model)}.")


@rubric.criterion(
    points=1, voice="sanna", skill="translate_constraints",
    hints=(
        "Can a nurse doubt the score?",
        "The alert shows why: the trees' reasons, or the sequence model's segment; and how old the signs are.",
    ),
)  # fmt: skip
def alert_shows_why(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Verdict:
    """The alert shows what drove the score and how old the vital signs are."""
    model, _, _ = chosen(decision_log, case)
    if model not in REASONS:
        return unmet("The log does not decide on a model that gives reasons.", "a model whose score can be doubted")
    shown = {field for spec in design_handoff.states if spec.state == "alert" for field in spec.fields}
    lost = [field for field in (REASONS[model], "vitals_age_min") if field not in shown]
    if lost:
        return unmet(f"The alert does not show {listed(lost)}.", f"{REASONS[model]} and vitals_age_min in the alert")
    return met(f"The alert shows {REASONS[model]} and the age of the signs.")


@rubric.criterion(
    points=1, voice="lena", skill="hand_over",
    hints=(
        "Does the longest text fit, or only the nice one?",
        "For each text that is shown, the room is at least the p99_characters of the table `api_fields`.",
    ),
)  # fmt: skip
def longest_text_fits(design_handoff: DesignHandoff, case: Case) -> Verdict:
    """Each text that is shown has room for 99 of 100 real texts."""
    fields = truth_of(case).screen.fields
    room = {binding.field: binding.characters for binding in reversed(design_handoff.bindings)}
    shown = dict.fromkeys(field for spec in design_handoff.states for field in spec.fields if field in fields)
    rows = [
        {"field": id, "room": room.get(id), "needed": fields[id].p99_characters}
        for id in shown
        if fields[id].type == "text" and (room.get(id) or 0) < fields[id].p99_characters
    ]
    if rows:
        has = rows[0]["room"] if rows[0]["room"] is not None else "no"
        return unmet(f"{rows[0]['field']} has room for {has} characters.", f"at least {rows[0]['needed']}", *rows)
    if not shown:
        return unmet("No field is shown anywhere.", "fields with room for their texts")
    return met("99 of 100 real texts fit.")


@rubric.criterion(
    points=1, voice="sanna", skill="translate_constraints",
    hints=(
        "How long does your model take in 95 of 100 cases?",
        "The screen waits at least that long, and no longer than the table `screen_limits` allows.",
    ),
)  # fmt: skip
def timeout_fits_the_model(design_handoff: DesignHandoff, decision_log: DecisionLog, case: Case) -> Verdict:
    """The screen waits long enough for 95 of 100 responses and no longer than its limit."""
    model, _, _ = chosen(decision_log, case)
    if not model:
        return unmet("The log does not decide on one model.", UNDECIDED)
    p95, most = truth_of(case).measures.clinic.latency_p95[model], truth_of(case).screen.limits.give_up_ms
    stated = design_handoff.timeout_ms
    row = {"p95 of the model": round(p95), "limit of the screen": most, "stated": stated}
    if stated is None or not p95 <= stated <= most:
        return unmet(
            f"The screen gives up after {'no' if stated is None else f'{stated:g}'} milliseconds.",
            f"between {p95:.0f} and {most:g}",
            row,
        )
    return met(f"{stated:g} milliseconds are enough for the model and within the limit.", row)


@rubric.criterion(
    points=1, voice="hana", skill="hand_over",
    hints=(
        "Which real responses did you try in each state?",
        "Each state but loading has a sample that truly leads to it. Among them are the longest text and one "
        "where the model was wrong.",
    ),
)  # fmt: skip
def real_samples_are_tried(design_handoff: DesignHandoff, case: Case) -> Verdict:
    """Each state is tried with a real response that leads to it, the longest and a wrong one among them."""
    screen = truth_of(case).screen
    used, problems = set(), []
    for spec in design_handoff.states:
        for id in spec.samples:
            sample = screen.samples.get(id)
            if sample is None:
                continue
            used.add(id)
            leads = screen.state_of(sample)
            if leads != spec.state:
                problems.append(
                    f"Sample {id} leads to “{name(case, 'states', leads)}” and stands in "
                    f"“{name(case, 'states', spec.state)}”."
                )
    for state in STATES.values():
        mine = [spec for spec in design_handoff.states if spec.state == state.id]
        if state.id != "loading" and mine and not any(id in screen.samples for spec in mine for id in spec.samples):
            problems.append(f"“{state.label}” was tried with no real response.")
    longest = max(screen.samples.values(), key=lambda sample: sample.characters)
    if longest.id not in used:
        problems.append(f"The longest text, sample {longest.id} with {longest.characters} characters, was not tried.")
    if not any(screen.samples[id].wrong for id in used):
        problems.append("No response was tried in which the model was wrong.")
    if problems:
        return unmet(first(problems, "gaps like it"), "real samples in each state, the worst ones too")
    return met(f"{len(used)} real responses were tried.")


@rubric.criterion(
    points=1, voice="anouk", skill="keep_decisions",
    hints=(
        "Is it the screen that goes out?",
        "Manifest and handoff name the same screen.",
    ),
)  # fmt: skip
def handoff_is_of_this_release(design_handoff: DesignHandoff, release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The handoff is of the screen that the manifest releases."""
    mine, theirs = design_handoff.screen, release_manifest.screen
    row = {"handoff": name(case, "screens", mine), "manifest": name(case, "screens", theirs)}
    if mine and mine == theirs:
        return met(f"Both are of {row['handoff']}.", row)
    return unmet(
        f"The handoff is of {row['handoff']}, the manifest of {row['manifest']}.", "the same screen in both", row
    )
