"""Does what goes live clear: beyond chance, in every contract, under load, on what serving runs? (A29, O.3; A30)"""

from __future__ import annotations

from curriculum.artifacts.champion import Champion
from curriculum.cases import Case
from curriculum.cases.pod_in_flight.draw import CANDIDATES, LIMIT_MS, OLD
from curriculum.cases.pod_in_flight.entries import ALL_THERE, LIVE
from curriculum.cases.pod_in_flight.facts import NEEDED
from curriculum.roleplay.engine import State
from graders.common import heard, listed, named, near, placed, stated, unheard
from graders.pod_in_flight.base import rubric
from graders.rubric import Objections, met, objection

SLICE_POINTS = 0.7
PERCENT = 0.05
THE_BOARD = "board_top"


@rubric.criterion(
    points=2, voice="arjun", skill="weigh_trade_offs",
    hints=(
        "Could it be chance?",
        "Live only if the whole interval lies above nothing. A number without an interval shows nothing of it.",
    ),
    rests_on=("gain_recomputes", "champion.decision", "champion.facts"),
    expected="live only what catches more beyond chance, and not by the board's number",
)  # fmt: skip
def beats_noise_or_stays(champion: Champion, case: Case) -> Objections:
    """What goes live catches more beyond chance, the rest waits, and nothing rests on the board's number."""
    gain = case.truth.gain(champion.measured)
    if champion.decision == LIVE and gain.low <= 0:
        yield objection("decision", f"It goes live, and its interval begins at {stated(champion.low)}.")
    for place, name in placed("facts", champion.facts):
        if name == THE_BOARD:
            yield objection(place, "The board's number has no interval, and is of other weeks and calls.")
    return met("Nothing goes live by chance.")


@rubric.criterion(
    points=6, voice="rhona", skill="communicate_harm", gate=True,
    hints=(
        "For which slices does a contract say how much may be lost?",
        "Rhona knows both, and the floor. Read each of them on the same weeks and at the same calls.",
        "They are {{ truth.says.protected }}; the floor is {{ truth.shape.floor }} of 100.",
    ),
    rests_on=("one_untouched_split", "todays_calls", "champion.measured", "champion.protected", "champion.decision"),
    expected="both slices with a contract, what each loses or gains, and nothing live below the floor",
)  # fmt: skip
def protected_hold(champion: Champion, case: Case, conversation: State) -> Objections:
    """Both slices with a contract are named with their change, and nothing goes live below the floor."""
    for fact in ("protected", "floor"):
        yield from unheard(case, conversation, fact, "protected", "It rests on what contracts say")
    truth = case.truth
    for place, one in placed("protected", champion.protected):
        label = named(case, "slices", one.slice)
        if one.slice not in truth.shape.protected:
            yield objection(f"{place}.slice", f"No contract names a floor for {label.lower()}.")
        elif not near(one.change, truth.gain(champion.measured, one.slice).change, absolute=SLICE_POINTS):
            yield objection(f"{place}.change", f"{label}: {stated(one.change)} is not the change there.", "",
                            {"look at": "holdout"})  # fmt: skip
    if missing := set(truth.shape.protected) - {one.slice for one in champion.protected}:
        are = "is" if len(missing) == 1 else "are"
        yield objection("protected", f"{len(missing)} of the slices with a contract {are} not there.")
    if champion.decision == LIVE and (broken := truth.broken(champion.measured)):
        labels = listed([named(case, "slices", name).lower() for name in broken])
        yield objection("decision", f"It goes live, and {labels} falls below what a contract says.")
    return met("Both contracts are kept.")


@rubric.criterion(
    points=2, voice="rhona", skill="communicate_harm",
    hints=(
        "Where does it catch less, although no contract forbids it?",
        "Such slices may be the price. They are named, so that somebody watches them.",
    ),
    rests_on=("protected_hold",),
    expected="every slice without a contract in which it catches clearly less, and no other",
)  # fmt: skip
def unprotected_is_watched(champion: Champion, case: Case) -> Objections:
    """Slices without a contract that lose are named, and only those."""
    truth, run = case.truth, champion.measured
    for name in truth.watched(run):
        if name not in champion.watched:
            yield objection("watched", "A slice without a contract catches clearly less, and nobody watches it.", "",
                            {"look at": "holdout, by slice"})  # fmt: skip
    for place, name in placed("watched", champion.watched):
        label = named(case, "slices", name).lower()
        if name in truth.shape.protected:
            yield objection(place, f"For {label} there is a contract.")
        elif truth.gain(run, name).change >= 0:
            yield objection(place, f"For {label}, it does not catch less.")
    return met("What loses is watched." if champion.watched else "No other slice loses.")


@rubric.criterion(
    points=4, voice="beatriz", skill="translate_constraints",
    hints=(
        "How long does a score take when everybody pays at once?",
        "The bench times what Beatriz has measured under load.",
        "Under load it takes {{ truth.shape.factor }} times as long.",
    ),
    rests_on=("champion.p95_loaded", "champion.measured"),
    expected=f"the 95th percentile of the bench times the factor under load; live only within {LIMIT_MS} ms",
)  # fmt: skip
def fast_under_load(champion: Champion, case: Case, conversation: State) -> Objections:
    """The time under load is right, and what goes live keeps the limit there."""
    yield from unheard(case, conversation, "load_factor", "p95_loaded", "It rests on what load does")
    loaded = case.truth.loaded(champion.measured)
    if not near(champion.p95_loaded, loaded, relative=PERCENT):
        yield objection("p95_loaded", f"Under load it does not take {stated(champion.p95_loaded)} ms.")
    elif champion.decision == LIVE and loaded > LIMIT_MS:
        yield objection("decision", f"It goes live, and takes {stated(champion.p95_loaded)} ms under load.")
    return met(f"{stated(champion.p95_loaded)} ms under load.")


@rubric.criterion(
    points=2, voice="beatriz", skill="translate_constraints",
    hints=(
        "Does serving run what this candidate reads?",
        "The store has the feature set of each run; Beatriz says which sets are served.",
        "Serving does not run one set: {{ truth.says.missing }}.",
    ),
    rests_on=("champion.serving", "champion.measured"),
    expected="whether serving runs the feature set of this run; live only if it does",
)  # fmt: skip
def serving_has_features(champion: Champion, case: Case, conversation: State) -> Objections:
    """Whether serving runs what the candidate reads is right, and nothing goes live without."""
    yield from unheard(case, conversation, "serving_features", "serving", "It rests on what serving runs")
    true = case.truth.serving(champion.measured)
    if champion.serving != true:
        yield objection("serving", f"“{named(case, 'serving_ways', champion.serving)}” is not so.")
    elif champion.decision == LIVE and true != ALL_THERE:
        yield objection("decision", "It goes live, and serving lacks something that it reads.")
    return met("What serving runs is said.")


@rubric.criterion(
    points=12, voice="edda", skill="weigh_trade_offs",
    hints=(
        "Which of the four has no flaw that anybody knows of? It may be none.",
        "Untouched weeks, today's calls, contracts, load, what is served, the rerun: one after the other.",
        "It is “{{ truth.says.champion }}”.",
    ),
    rests_on=("alias_is_one_run",),
    expected="the best run that clears everything, or the old one where none does, by what people told you",
)  # fmt: skip
def best_that_clears(champion: Champion, case: Case, conversation: State) -> Objections:
    """The best run that clears everything is live: a new one, or the old one where none clears."""
    if unknown := [name for name in NEEDED if not heard(case, name, conversation)]:
        who = dict.fromkeys(case.registry.label("people", case.facts[name].held_by or "") for name in unknown)
        yield objection("run", f"{len(unknown)} things that it rests on were never told to you.",
                        "a choice that rests on what people know",
                        {"who could tell you": listed(list(who))})  # fmt: skip
    elif champion.run != case.truth.champion:
        if champion.run == OLD:
            yield objection("run", "The old one stays, although one of the four clears everything.")
        else:
            yield objection("run", f"“{named(case, 'runs', champion.run)}” does not clear everything.")
    return met(f"“{named(case, 'runs', champion.run)}” is the best that clears.")


@rubric.criterion(
    points=8, voice="conrad", skill="find_causes",
    hints=(
        "What is wrong with each of the others? There is one thing in each.",
        "Go through what clears a champion; the first that fails is the reason. The board is none.",
    ),
    rests_on=("champion.rejected", "champion.decision", "champion.measured"),
    expected="each candidate that is not live with what keeps it from it",
)  # fmt: skip
def rejected_for_the_reason(champion: Champion, case: Case, conversation: State) -> Objections:
    """Every candidate that is not live stands there with what is wrong with it."""
    told = {"tuned": "untouched", "only_at_five": "calls_now", "slow": "load_factor", "features": "serving_features",
            "protected": "protected"}  # fmt: skip
    live = champion.measured if champion.decision == LIVE else ""
    reasons = {one.run: one.reason for one in champion.rejected}
    for name in CANDIDATES:
        if name != live and name not in reasons:
            yield objection("rejected", f"Nobody says why “{named(case, 'runs', name)}” is not live.")
    for place, one in placed("rejected", champion.rejected):
        label, reason = named(case, "runs", one.run), named(case, "reasons", one.reason).lower()
        if one.run not in CANDIDATES:
            continue  # of others, more may be said than was asked
        if one.run == live:
            yield objection(f"{place}.run", f"“{label}” goes live, and is turned down as well.")
        elif case.truth.rejected.get(one.run) != one.reason:
            yield objection(f"{place}.reason", f"“{label}” is not turned down since it {_as_said(reason)}.")
        elif one.reason in told:
            what = f"Why “{label}” is turned down rests on what somebody knows"
            yield from unheard(case, conversation, told[one.reason], f"{place}.reason", what)
    return met("Each of the others has its reason.")


def _as_said(reason: str) -> str:
    """A reason as the end of “since it …”."""
    return reason if reason.split()[0] in ("falls", "gains", "reads", "does") else f"is {reason}"
