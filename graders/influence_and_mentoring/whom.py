"""Is it the right problem, and are those whom the rule takes the ones whom the action keeps? (A12)"""

from __future__ import annotations

from curriculum.artifacts.proposal import Proposal
from curriculum.cases import Case, load_unseen
from curriculum.cases.influence_and_mentoring.draw import PROFILES, RISKS
from curriculum.cases.influence_and_mentoring.rules import RuleError, reads_score
from curriculum.cases.influence_and_mentoring.truth import EARNS
from curriculum.roleplay.engine import State
from graders.common import blank_at, heard, incomplete, near, stated
from graders.influence_and_mentoring.base import rubric, unheard
from graders.rubric import NotYet, Objections, met, objection

LEAVE_OFF = 0.6
PROBLEM = "they_leave"


@rubric.criterion(
    points=1, voice="yara", skill="write_specs", gate=True,
    hints=(
        "Could somebody decide on this page who has never heard of it?",
        "Every field of the proposal, with what a score costs also where you do without one, if somebody told you it; "
        "and both allies whom you do not ask.",
    ),
    met="Everything that somebody needs to decide stands there.",
)  # fmt: skip
def proposal_is_complete(proposal: Proposal, case: Case) -> Objections:
    """The problem, the people, the numbers, the test and those who are not asked are filled."""
    yield from incomplete(
        proposal, case, "problem", "segment", "leave", "action", "rule", "model", "reached", "uplift", "low",
        "high", "margin", "months", "cost", "net", "arm", "read_out", "guardrail", "guardrail_limit", "ends_if",
        "other_one.ally", "other_one.stops", "other_two.ally", "other_two.stops", "why",
    )  # fmt: skip
    if proposal.model == "score":
        yield from blank_at(proposal, "score_cost")


@rubric.criterion(
    points=2, voice="ifeoma", skill="measure_success",
    hints=(
        "How many of them leave when nobody does anything?",
        "The report counts everybody, also those who got something. Count the arm with nothing, on day 120.",
        "Here it is {{ truth.leave | round(1) }} of 100.",
    ),
    rests_on=("proposal.segment", "proposal.leave"),
    expected="the segment of the campaign, and of its arm with nothing those who no longer pay on day 120, of 100",
)  # fmt: skip
def segment_rate_recomputes(proposal: Proposal, case: Case) -> Objections:
    """The share that leaves untouched is the one of the arm with nothing, in the segment of the campaign."""
    if proposal.segment != case.truth.segment:
        yield objection("segment", "The campaign was not tried on them.")
    if not near(proposal.leave, case.truth.leave, absolute=LEAVE_OFF):
        yield objection("leave", f"You state {stated(proposal.leave)} of 100.")
    return met(f"Untouched, {stated(proposal.leave)} of 100 leave.")


@rubric.criterion(
    points=1, voice="yara", skill="translate_constraints",
    hints=(
        "Does the problem already say what is to be done?",
        "Take the one in which somebody loses something, and nothing is missing but a solution.",
    ),
    rests_on=("proposal.problem",),
    expected="who loses what, without an offer, a model or a target group in it",
)  # fmt: skip
def problem_without_solution(proposal: Proposal, case: Case) -> Objections:
    """The problem says who loses what, and holds no solution."""
    if proposal.problem != PROBLEM:
        yield objection("problem", f"“{case.registry.label('problems', proposal.problem)[:80]}” is half a solution.")
    return met("The problem would be the same with another solution.")


@rubric.criterion(
    points=2, voice="ifeoma", skill="translate_constraints", gate=True,
    hints=(
        "What is known of a person before somebody contacts them?",
        "The form names the columns that a rule may ask. What happened afterwards is none of them.",
    ),
    rests_on=("proposal.rule", "proposal.action"),
    expected="a rule that runs on risk, profiles, gap_days and scores, and takes somebody in both arms",
)  # fmt: skip
def rule_runs_on_known_columns(proposal: Proposal, case: Case) -> Objections:
    """The rule runs on what is known of people before they are contacted."""
    try:
        case.truth.read(proposal.rule, proposal.action)
    except RuleError as error:
        yield objection("rule", str(error))
    except ValueError:
        yield objection("rule", "It takes nobody, or nobody in one of the two arms.")
    except KeyError:
        raise NotYet("proposal.action", "an action") from None
    return met("It runs on what is known beforehand.")


@rubric.criterion(
    points=6, voice="yara", skill="weigh_trade_offs",
    hints=(
        "Who pays on day 120 because of the action, and would not have without it?",
        "Read each action beside nothing, by third of risk and profiles, by days since the last start, and by score on "
        "the wave that the scores have not seen. One of the three stands out.",
        "Here {{ entries.actions[truth.action].label | lower }} brings most, for "
        "{{ truth.rule_words }}.",
    ),
    rests_on=("rule_runs_on_known_columns",),
    expected="a rule and an action that bring at least 85 of 100 € that the best known brings, with other people too",
)  # fmt: skip
def rule_earns(proposal: Proposal, case: Case) -> Objections:
    """With other people of this segment, rule and action bring at least 85 percent of the best that is known."""
    unseen = load_unseen(case.slug, case.seed)
    assert unseen is not None
    people = unseen.truth.campaign
    best = case.truth.net(case.truth.best_rule, case.truth.action, people)
    found = case.truth.net(proposal.rule, proposal.action, people)
    if found < EARNS * best:
        much = "It loses money" if found < 0 else "It brings less than half" if found < best / 2 else "It brings less"
        yield objection("rule", f"{much}, run on people whom no table shows.")
    return met("Nothing that is known brings much more, on people whom no table shows.")


@rubric.criterion(
    points=4, voice="noa", skill="communicate_harm", gate=True,
    hints=(
        "Whom does contact remind of leaving?",
        "Look at each group that your rule takes by itself: does it pay more often than with nothing, or less often?",
        "Those whom it does not wake are {{ truth.rule_words }}.",
    ),
    rests_on=("rule_runs_on_known_columns",),
    expected="no group of those contacted that pays less often than with nothing, by third of risk and profiles",
)  # fmt: skip
def nobody_is_driven_away(proposal: Proposal, case: Case) -> Objections:
    """In no group of those whom the rule takes does the action make more people leave than stay."""
    unseen = load_unseen(case.slug, case.seed)
    assert unseen is not None
    lost = case.truth.driven_away(proposal.rule, proposal.action, unseen.truth.campaign)
    for cell in lost:
        who = f"risk {RISKS[cell // 2]}, {PROFILES[cell % 2]} profile{'s' if cell % 2 else ''}"
        yield objection("rule", f"Among those with {who}, whom it takes, more leave than with nothing.")
    return met("No group of those contacted pays less often than with nothing.")


@rubric.criterion(
    points=4, voice="sigrid", skill="weigh_trade_offs",
    hints=(
        "What would the score cost, and what does it bring that the columns do not?",
        "Ask Sigrid what it takes to have these scores on the day. Then compare the net with and without, on the wave "
        "that the scores have not seen.",
        "A score costs {{ truth.score_cost | number }} € a campaign, and here it "
        "{{ 'pays' if truth.shape.uses_score else 'does not pay' }}.",
    ),
    rests_on=("rule_runs_on_known_columns", "proposal.model"),
    expected="a score where it brings more than it costs and than the columns alone, else none; a rule to match; and "
    "what it costs, where somebody told you",
)  # fmt: skip
def model_only_if_it_pays(proposal: Proposal, case: Case, conversation: State) -> Objections:
    """A score is used where it brings more than it costs, and the rule reads it then and only then."""
    if proposal.score_cost is not None:
        yield from unheard(case, conversation, ("score_needs",), "score_cost", "It rests on what a score costs")
        if not near(proposal.score_cost, case.truth.score_cost, relative=0.02):
            yield objection("score_cost", f"You state {stated(proposal.score_cost)} €.")
    elif proposal.model == "score" or heard(case, "score_needs", conversation):
        # Nobody else has to know it: a rule that is right without a score brings more than a score for nothing.
        yield objection("score_cost", "What a score costs does not stand here.")
    reads = reads_score(proposal.rule)
    if reads != (proposal.model == "score"):
        said = "The rule reads a score, and none is there." if reads else "No part of the rule reads the score."
        yield objection("model", said)
    elif reads != case.truth.shape.uses_score and not _as_good(proposal, case):
        yield objection("model", "The score does not bring what it costs." if reads else "Without it, much is lost.")
    return met("The score is there where it pays." if reads else "It does without a score, and loses nothing.")


def _as_good(proposal: Proposal, case: Case) -> bool:
    truth = case.truth
    net: float = truth.net(proposal.rule, proposal.action, truth.campaign)
    return net >= truth.best_net * (EARNS if proposal.model == "none" else 1.0)
