"""May this test be run, and does it fit: consent, machines, weeks, arms, counts. (A17)"""

from __future__ import annotations

from curriculum.artifacts.experiment_plan import ExperimentPlan
from curriculum.cases import Case
from curriculum.cases.latency_or_accuracy.entries import COMPLEX, LIGHT, RULES, SLOWED
from curriculum.cases.latency_or_accuracy.experiment import alike
from curriculum.consequences.planned_test import NoTest, design_of
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, named, stated, uncited
from graders.latency_or_accuracy.base import rubric, slowed_share
from graders.rubric import Objections, met, objection

SETTLED = 10.0
"""% of visitors beyond which an arm on a settled question takes too much from the others."""
FEWEST_SLOWED = 0.2
"""Of the share that may be slowed: with fewer, hardly any wait or model could be read off the slowed arms."""
LONGEST_WAIT = 1.5
"""Times what the complex model adds at full load; nobody needs to wait longer to learn what a launch does."""
RATIO_LIMITS = (0.0001, 0.01)
"""Between these, a limit for p finds what is wrong and lets chance pass; 0.001 is usual."""
FEWEST_WEEKS = 3
READ_AFTER = 14
"""Days that have to be left once newness is gone."""


@rubric.criterion(
    points=1, voice="viktor", skill="measure_success", gate=True,
    hints=(
        "Is any field still blank, or a sentence still a placeholder?",
        "Shares add up to 100, weeks are whole, and each arm says what it shows.",
        "Fill what is named here; one sentence says why both camps can accept it.",
    ),
    met="The plan is whole, and it can be run as it stands.",
)  # fmt: skip
def plan_complete(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """Every part of the plan is filled, and it can be run as it stands."""
    yield from incomplete(
        experiment_plan, case, "metric", "unit", "counted", "arms", "arms[].variant", "arms[].share", "weeks",
        "read_by", "waits", "stop", "ratio_limit", "bad_ratio", "worth", "needed_phone", "needed_desktop", "p95_limit",
        "launch_above", "bound", "undecided", "evidence", "why",
    )  # fmt: skip
    try:
        design_of(experiment_plan)
    except NoTest as error:
        yield objection(
            error.place, error.words, "a plan that can be run: arms whose shares add up to 100, whole weeks"
        )


@rubric.criterion(
    points=4, voice="viktor", skill="decision_rights", gate=True,
    hints=(
        "Whose visitors do you slow, and who said that you may?",
        "Ask Viktor, with what it costs and when it ends. Then add up the shares of all slowed arms.",
        "Here he allows {{ truth.draw.consent }} of 100 visitors, if he is asked with orders at risk and an end.",
    ),
    rests_on=("experiment_plan.arms",),
)  # fmt: skip
def slow_arm_allowed(experiment_plan: ExperimentPlan, case: Case, conversation: State) -> Objections:
    """Nobody is slowed on purpose beyond the share of visitors that Viktor Hale has allowed, or for far longer than a
    launch for everybody would."""
    share = slowed_share(experiment_plan)
    if share and not heard(case, "consent", conversation):
        said = f"You slow {stated(share)} % of the visitors on purpose, and Viktor has allowed nothing."
        yield objection("arms", said, "no visitor who is slowed without consent")
    elif share > case.truth.draw.consent + 0.01:
        said = f"You slow {stated(share)} % of the visitors on purpose, which is more than Viktor has allowed."
        yield objection("arms", said, "slowed arms that together keep to the share that he named")
    longest = max((arm.delay_ms or 0.0 for arm in experiment_plan.arms), default=0.0)
    if longest > LONGEST_WAIT * case.truth.draw.delay(1.0):
        said = f"Some people wait {stated(longest)} ms, which is far longer than the complex model takes at any load."
        yield objection("arms", said, "no wait that is much longer than a launch for everybody would bring")
    return met(f"{stated(share)} % of the visitors are slowed on purpose, and Viktor knows it." if share
               else "Nobody is slowed on purpose.")  # fmt: skip


@rubric.criterion(
    points=4, voice="osei", skill="translate_constraints", gate=True,
    hints=(
        "How much of the traffic can the complex model carry in a test?",
        "Osei knows what the test machines carry. Look at the share of the complex arm.",
        "Here they carry {{ truth.draw.cap }} % of the traffic.",
    ),
    rests_on=("experiment_plan.arms",),
)  # fmt: skip
def fits_machines(experiment_plan: ExperimentPlan, case: Case, conversation: State) -> Objections:
    """The arms with the complex model take no more of the traffic than the test machines carry, as Osei says it."""
    share = sum(arm.share or 0.0 for arm in experiment_plan.arms if arm.variant == COMPLEX)
    if share > case.truth.draw.cap + 0.01:
        said = f"The complex model gets {stated(share)} % of the traffic, and its test machines carry less."
        yield objection("arms", said, "a share that the machines carry")
    elif not heard(case, "cap", conversation):
        said = f"The complex model gets {stated(share)} % of the traffic, and nobody told you what its machines carry."
        yield objection("arms", said, "a share of which you know that the machines carry it")
    return met(f"The test machines carry the {stated(share)} % that you give to the complex model.")


@rubric.criterion(
    points=3, voice="osei", skill="measure_success",
    hints=(
        "Complex against light: which two things differ between these arms?",
        "Quality and wait. An arm with the light model and the same wait takes the two apart.",
        "With your share of traffic the complex model adds about {{ truth.draw.delay(0.3) | round | int }} ms. Slow "
        "the light model by as much, or take two delays around it.",
    ),
    rests_on=("experiment_plan.arms", "experiment_plan.arms[].share"),
)  # fmt: skip
def arms_answer(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """There is an arm with light, one with complex, and light slowed as much as complex is slow, or to both sides of
    it, for enough visitors; nobody is spent on what is settled."""
    for variant in (LIGHT, COMPLEX):
        if not any(arm.variant == variant and not arm.delay_ms for arm in experiment_plan.arms):
            yield objection("arms", f"No arm shows this as it is: {named(case, 'variants', variant)}.",
                            "the light model and the complex one, side by side")  # fmt: skip
    settled = sum(arm.share or 0.0 for arm in experiment_plan.arms if arm.variant == RULES)
    if settled > SETTLED:
        said = f"{stated(settled)} % of the visitors see best-sellers by rule, of which everybody knows how they do."
        yield objection("arms", said, "visitors where something is open")
    delays = [arm.delay_ms or 0.0 for arm in experiment_plan.arms if arm.variant in (SLOWED, LIGHT)]
    delays = [delay for delay in delays if delay > 0]
    share = sum(arm.share or 0.0 for arm in experiment_plan.arms if arm.variant == COMPLEX)
    wanted = case.truth.draw.delay(share / 100)
    row = {"slowed by (ms)": ", ".join(stated(delay) for delay in delays) or "nothing", "look at": "`shadow`"}
    if not delays:
        yield objection("arms", "Complex differs from light in two things, and no arm tells them apart.",
                        "light, slowed on purpose", row)  # fmt: skip
    elif not any(alike(delay, wanted) for delay in delays) and not min(delays) <= wanted <= max(delays):
        said = "The slowed arm is not as slow as the complex model is at your share of the traffic."
        yield objection("arms", said, "a delay within 15 % of the complex model's, or one below and one above it", row)
    if delays and slowed_share(experiment_plan) < FEWEST_SLOWED * case.truth.draw.consent:
        said = f"{stated(slowed_share(experiment_plan))} % of the visitors are slowed, too few to tell wait from model."
        yield objection("arms", said, "so many that the wait can be read, within what trading allows", row)
    return met("Wait and model can be taken apart.", row)


@rubric.criterion(
    points=3, voice="viktor", skill="plan_releases",
    hints=(
        "Until when may something that is being tested stay in the shop?",
        "The memo names the peak freeze. Viktor knows what comes before it.",
        "Here it is week {{ truth.draw.freeze_week }}.",
    ),
    rests_on=("experiment_plan.weeks",),
)  # fmt: skip
def weeks_before_freeze(experiment_plan: ExperimentPlan, case: Case, conversation: State) -> Objections:
    """The test takes whole weeks and ends with the last week in which trading allows one."""
    weeks = experiment_plan.weeks or 0.0
    if weeks != int(weeks) or weeks < 1:
        yield objection("weeks", f"{stated(weeks)} weeks are not whole ones.", "whole weeks, since days differ")
    if weeks > case.truth.draw.freeze_week:
        said = f"It takes {stated(weeks)} weeks, and trading takes everything out before that."
        yield objection("weeks", said, "a test that is over when trading clears the shop")
    elif not heard(case, "freeze", conversation):
        said = f"It takes {stated(weeks)} weeks, and nobody told you until when a test may run."
        yield objection("weeks", said, "weeks of which you know that trading allows them")
    return met(f"{stated(weeks)} whole weeks, and trading allows them.")


@rubric.criterion(
    points=1, voice="dagny", skill="measure_success",
    hints=(
        "How long do people try a thing because it is new?",
        "Dagny knows how it was in the last launches; `past_tests` shows first weeks beside later ones.",
        "Plan three weeks at least, and two beyond the days of newness.",
    ),
    rests_on=("experiment_plan.weeks",),
)  # fmt: skip
def newness_can_fade(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The test takes three weeks or more, and two of them are left once a thing is not new any more."""
    weeks = experiment_plan.weeks or 0.0
    if weeks < FEWEST_WEEKS or 7 * weeks - case.truth.draw.fade_days < READ_AFTER:
        said = f"After {stated(weeks)} weeks, most of what you would read is people trying something new."
        yield objection("weeks", said, "two weeks that are left when newness is gone, and three in all")
    return met(f"{stated(weeks)} weeks leave two when newness is gone.")


@rubric.criterion(
    points=1, voice="pilar", skill="measure_success",
    hints=(
        "Who comes back in the weeks of the test, and what do they see then?",
        "Whoever is drawn at each visit sees both models.",
        "Draw the visitor.",
    ),
    rests_on=("experiment_plan.unit",),
    met="Whoever comes back sees the same model, and is one.",
)  # fmt: skip
def unit_is_visitor(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """Visitors are drawn by lot and counted, and not their visits."""
    if experiment_plan.unit != "visitor":
        said = f"“{named(case, 'units', experiment_plan.unit)}” is drawn, so one person sees both models."
        yield objection("unit", said, "the same unit for the lot and for the count, which sees one model only")


@rubric.criterion(
    points=1, voice="pilar", skill="measure_success",
    hints=(
        "What would tell you that the split is broken, before you look at any effect?",
        "A p so small that chance hardly gives it, and a step that touches all arms alike.",
        "0.001 is usual; below it, no effect is read until the cause is known.",
    ),
    rests_on=("experiment_plan.ratio_limit", "experiment_plan.bad_ratio"),
    met="A broken split is noticed, and stops the reading until its cause is found.",
)  # fmt: skip
def ratio_limit_set(experiment_plan: ExperimentPlan, case: Case) -> Objections:
    """The ratio of visitors is checked against a limit that chance hardly crosses, and whoever crosses it stops the
    reading."""
    limit, step = experiment_plan.ratio_limit or 0.0, experiment_plan.bad_ratio
    if not RATIO_LIMITS[0] <= limit <= RATIO_LIMITS[1]:
        said = f"The split counts as wrong below p = {stated(limit) if limit >= 0.01 else f'{limit:g}'}."
        yield objection("ratio_limit", said, "a limit that a good split crosses less than once in a hundred tests")
    if step != "find_cause":
        said = f"Where it is wrong, this happens: “{named(case, 'ratio_steps', step)}”."
        yield objection("bad_ratio", said, "a step that touches all arms alike, once the cause is known")


@rubric.criterion(
    points=3, voice="dagny", skill="listen_and_synthesise",
    hints=(
        "Did somebody tell you this, or does it sound like something that they would say?",
        "Cite what you heard yourself, or what stands in the memo; six facts at most.",
        "Take out what nobody told you in your last talk.",
    ),
    rests_on=("experiment_plan.evidence",),
    met="You heard all of it yourself, or it stands in the memo.",
)  # fmt: skip
def plan_cites_what_was_told(experiment_plan: ExperimentPlan, case: Case, conversation: State) -> Objections:
    """Two to six facts are cited, each was told to you or stands in the memo, and two of them were told."""
    cited = list(dict.fromkeys(experiment_plan.evidence))
    told = [id for id in cited if id in case.facts and case.facts[id].held_by]
    if len(cited) > 6:
        yield objection("evidence", f"You cite {len(cited)} facts.", "the six that decide most, or fewer")
    if len(told) < 2:
        yield objection("evidence", f"{len(told)} of your facts were told in the talk.", "two that somebody told you")
    yield from uncited(experiment_plan, conversation, case)
