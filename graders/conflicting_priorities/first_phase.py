"""Can the first phase be launched: mechanism, date, weeks, print, pay, and what is said when a time is wrong. (A11)"""

from __future__ import annotations

from curriculum.artifacts.phased_plan import PhasedPlan
from curriculum.cases import Case
from curriculum.cases.conflicting_priorities.draw import MODEL_WEEKS
from curriculum.cases.conflicting_priorities.facts import ASKED, NOTICE_ROOM
from curriculum.cases.conflicting_priorities.worth import AS_GOOD, NONE, WAIT, backend_weeks
from curriculum.roleplay.engine import State
from graders.common import named, near
from graders.conflicting_priorities.base import rubric, stated
from graders.rubric import Objections, met, objection

STUDY_WEEKS = 5


@rubric.criterion(
    points=4, voice="odalys", skill="weigh_trade_offs",
    hints=(
        "What is each way of giving a time worth, as Henrike counts the half-year?",
        "It depends on how many plan and how many come to the door, on how many taps on leaving are punctual, and on "
        "whose weeks are free. Work it out for each way that the floors and the weeks allow.",
        "Here {{ truth.shape.planners }} of 100 plan, {{ truth.shape.punctual }} of 100 taps are punctual, and the "
        "backend has {{ truth.shape.backend_weeks }} weeks. The best is: "
        "{{ entries.mechanisms[truth.best.mechanism].label | lower }}.",
    ),
    rests_on=("phased_plan.first.mechanism", "promise_is_kept"),
    expected="a way that keeps the floors, fits the weeks, and is worth within 5 % of the best",
)  # fmt: skip
def mechanism_fits(phased_plan: PhasedPlan, case: Case) -> Objections:
    """The way in which a time is given can be kept and built, and is worth within 5 % of the best in this half-year."""
    chosen, best = phased_plan.first.mechanism, case.truth.best
    label = named(case, "mechanisms", chosen)
    if chosen == WAIT:
        yield objection("first.mechanism", f"“{label}”: the launch has no time at all.")
        return None
    worth = case.truth.worth_of(chosen)
    row = {"way": label, "decided by": "planners, punctual taps, spread, weeks"}
    if worth < 0:
        yield objection("first.mechanism", f"“{label}” breaks a floor or takes weeks that nobody has.", "", row)
    elif worth < AS_GOOD * best.worth:
        share = "less than two thirds of" if worth < 0.67 * best.worth else "clearly less than"
        said = f"“{label}” is worth {share} what another way would bring."
        yield objection("first.mechanism", said, "", row)
    return met(f"“{label}”: nothing that can be built and kept is worth more than 5 % more.", row)


@rubric.criterion(
    points=5, voice="odalys", skill="plan_releases", gate=True,
    hints=(
        "Which week stands in a contract, and which only in a memo?",
        "Ask Odalys to show you what is signed. What she draws up herself is a draft.",
        "The contract begins in week {{ truth.shape.launch }}.",
    ),
    rests_on=("phased_plan.first.launch_week", "phased_plan.first.mechanism"),
)  # fmt: skip
def date_is_met(phased_plan: PhasedPlan, case: Case) -> Objections:
    """The first phase is launched in the week in which the shops' contract begins, without waiting for a model."""
    week, contract = phased_plan.first.launch_week, case.truth.shape.launch
    if phased_plan.first.mechanism == WAIT:
        said = "You wait for a model, which takes logs that nobody has yet."
        yield objection("first.mechanism", said, "a first phase that needs no model")
    if week is None or not near(week, contract, absolute=0.5):
        said = f"You launch in week {stated(week)}."
        rule = "the week in which the shops' contract begins: later they may leave, earlier there is no shop"
        yield objection("first.launch_week", said, rule)
    return met(f"You launch in week {stated(week)}, and the shops stay.")


@rubric.criterion(
    points=3, voice="tomasz", skill="scope_together",
    hints=(
        "Whose weeks does your plan take, and has each of them so many?",
        "Add up the backend weeks of the rule, the minute at dispatch and the log; look at the design weeks of a long "
        "study, and at the ML weeks after the launch.",
        "Here the backend has {{ truth.shape.backend_weeks }} weeks until week {{ truth.shape.launch }}, and Tomasz "
        "{{ truth.shape.ml_weeks }} after it.",
    ),
    rests_on=("phased_plan.second.log", "date_is_met"),
)  # fmt: skip
def weeks_fit_each_role(phased_plan: PhasedPlan, case: Case) -> Objections:
    """Backend, design and ML engineering each have the weeks that this plan takes from them."""
    first, second, shape = phased_plan.first, phased_plan.second, case.truth.shape
    need = backend_weeks(first.mechanism, second.log)
    if need > shape.backend_weeks:
        row = {"backend weeks": f"{need}", "until week": stated(first.launch_week), "look at": "`capacity`"}
        said = f"It takes {need} backend weeks until the launch, and Ebba has fewer."
        yield objection("first.mechanism", said, "no more weeks than each role has until the launch", row)
    if first.study == "long":
        said = f"It takes {STUDY_WEEKS} weeks of design until the launch, and Imani has fewer."
        yield objection("first.study", said, "no more weeks than each role has until the launch")
    if second.log != NONE and shape.ml_weeks < MODEL_WEEKS:
        said = f"A model takes {MODEL_WEEKS} weeks to build, and Tomasz has fewer in this half-year."
        yield objection("second.log", said, "no model for which nobody has weeks: ask Tomasz how many he has")
    return met(f"{need} backend weeks until week {stated(first.launch_week)}: each role has what it gives.")


@rubric.criterion(
    points=2, voice="imani", skill="plan_releases",
    hints=(
        "Until when can the words still change, and how long does the study take that settles them?",
        "Ask Odalys for the printer’s day, and Imani for the study that is enough for the words.",
        "The printer takes changes until day {{ truth.shape.printer_day }}; the short study takes "
        "{{ truth.shape.study_days }} days.",
    ),
    rests_on=("phased_plan.first.study",),
)  # fmt: skip
def study_fits_print(phased_plan: PhasedPlan, case: Case) -> Objections:
    """What is studied is done before the print, and where there is time for a study, it is used."""
    shape, study = case.truth.shape, phased_plan.first.study
    fits = shape.study_days <= shape.printer_day
    row = {"study": named(case, "studies", study), "know": "Odalys the printer's day, Imani the days of the study"}
    if study == "long" or (study == "short" and not fits):
        said = f"“{named(case, 'studies', study)}” ends after the last change that the printer takes."
        yield objection("first.study", said, "a study that ends before the print, or none", row)
    elif study != "short" and fits:
        said = "The words go to print unread by anybody outside, though there are days for a short study."
        yield objection("first.study", said, "the study that fits before the print", row)
    return met(f"“{named(case, 'studies', study)}” fits the printer’s day.", row)


@rubric.criterion(
    points=3, voice="stellan", skill="decision_rights", gate=True,
    hints=(
        "What did Stellan ask of you, and is it yours to give?",
        "Look up who may decide about the clause on pay. If it is you, decide it; if not, put it to whoever may.",
        "Here it is {{ 'yours' if truth.shape.pay_is_yours else 'Henrike’s' }} to decide.",
    ),
    rests_on=("phased_plan.first.pay",),
)  # fmt: skip
def pay_clause_is_kept(phased_plan: PhasedPlan, case: Case, conversation: State) -> Objections:
    """Promised times stay out of couriers' pay, decided by you or put to Henrike Moll, whoever may decide it."""
    clause, yours = phased_plan.first.pay, case.truth.shape.pay_is_yours
    row = {"clause": named(case, "pay_clauses", clause), "look at": "`authority`, the clause on pay"}
    if clause not in ("out_of_pay", "out_once_signed"):
        promised = " You had promised Stellan that it would." if conversation.did("pay_promised") else ""
        said = f"“{named(case, 'pay_clauses', clause)}” leaves room to pay by the minute.{promised}"
        yield objection("first.pay", said, "a clause that keeps promised times out of pay", row)
    elif (clause == "out_of_pay") is not yours:
        said = "You decide what is not yours to decide." if not yours else "You ask for what you may decide yourself."
        yield objection("first.pay", said, "the clause as whoever may decide it would write it", row)
    return met("Couriers are not paid by the minute, and whoever may decide it has the word.", row)


@rubric.criterion(
    points=2, voice="ruta", skill="communicate_harm",
    hints=(
        "What do people write again for, when a time was wrong?",
        "Ruta believes that they want an apology. Ask her what they wrote the second time.",
        "Most ask for {{ {'new_time': 'a new time', 'cancel': 'how to cancel without cost', 'call_back': 'somebody "
        "who calls back'}[truth.shape.asked_for] }}.",
    ),
    rests_on=("phased_plan.first.late_says",),
)  # fmt: skip
def late_wording_answers(phased_plan: PhasedPlan, case: Case) -> Objections:
    """When a time is wrong, people get what most of them have asked for."""
    says = phased_plan.first.late_says
    if says != case.truth.shape.asked_for:
        row = {"they get": named(case, "late_says", says), "knows": "Ruta"}
        said = f"“{named(case, 'late_says', says)}” is not what most people wrote again for."
        yield objection("first.late_says", said, "what most of those wrote for who wrote a second time", row)
    return met(f"Most had asked for {ASKED[case.truth.shape.asked_for]}, and they get it.")


@rubric.criterion(
    points=3, voice="ruta", skill="communicate_harm",
    hints=(
        "How early does a late time have to be known, so that it hurts less?",
        "Ask Ruta from how many minutes ahead she sees fewer complaints, and from when on notices are false alarms.",
        f"From {{{{ truth.shape.notice }}}} minutes on, and at most {NOTICE_ROOM} earlier.",
    ),
    rests_on=("phased_plan.first.notice",),
)  # fmt: skip
def notice_before_breaking(phased_plan: PhasedPlan, case: Case) -> Objections:
    """People hear of a late time so early that it spares most of the complaints, and not before it can be known."""
    notice, enough = phased_plan.first.notice, case.truth.shape.notice
    if notice is None or not enough <= notice <= enough + NOTICE_ROOM:
        said = f"People hear of it {stated(notice)} minutes before it breaks."
        rule = "as early as Ruta has seen it help, and not so early that it is a false alarm"
        yield objection("first.notice", said, rule, {"stated": stated(notice), "knows": "Ruta"})
    return met(f"{stated(notice)} minutes ahead is early enough to help.")
