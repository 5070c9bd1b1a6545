"""The world of `healthcare_platform`: alerts for patients who get worse, in two hospitals, the EU and the US.

A pod lead with a fixed budget has an integration review, a pilot release and four sprints. The strongest model in the
pooled validation data fails on the wards without monitors; the simplest measure of alarm fatigue points the wrong way;
and of every document there is a newer, a better looking or a more complete one that belongs to another release.
The modules of this package each make one part; their docstrings name the sources of their parameters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from curriculum.cases.base import Case, Columns, Entry, by_id, frozen_columns, random, surfacing
from curriculum.cases.healthcare_platform.agreement import make_rights, right_columns
from curriculum.cases.healthcare_platform.authorisations import (
    CHANGES,
    Authorisations,
    change_columns,
    make_authorisations,
)
from curriculum.cases.healthcare_platform.blockers import make_blockers
from curriculum.cases.healthcare_platform.calendar import Calendar, make_calendar
from curriculum.cases.healthcare_platform.clauses import clause_columns, clauses_of
from curriculum.cases.healthcare_platform.companions import make_companion
from curriculum.cases.healthcare_platform.facts import make_facts
from curriculum.cases.healthcare_platform.flaws import make_flaws
from curriculum.cases.healthcare_platform.kinds import Blocker, Companion, Model, Right, Screen
from curriculum.cases.healthcare_platform.leeway import Leeway, make_leeway
from curriculum.cases.healthcare_platform.looks import ADVICE
from curriculum.cases.healthcare_platform.measures import (
    BORNE_BY,
    DRIVERS,
    TOPICS,
    USES,
    Measures,
    options,
)
from curriculum.cases.healthcare_platform.people import PEOPLE
from curriculum.cases.healthcare_platform.plan import Backlog
from curriculum.cases.healthcare_platform.privacy import BASES, CONDITIONS, PURPOSES, Memo, make_memo
from curriculum.cases.healthcare_platform.records import Earlier, make_earlier
from curriculum.cases.healthcare_platform.release_files import PARTS, Folder, make_folder
from curriculum.cases.healthcare_platform.releases import Releases, make_releases, redraw_releases
from curriculum.cases.healthcare_platform.schedules import make_backlog
from curriculum.cases.healthcare_platform.screens import MODEL_FIELDS, STATES, ScreenWorld, make_screens
from curriculum.cases.healthcare_platform.shape import Shape, circumstances, make_shape
from curriculum.cases.healthcare_platform.surfaces import make_surfaces
from curriculum.cases.healthcare_platform.trace import Trace, make_trace
from curriculum.cases.healthcare_platform.usability import Report, make_usability
from curriculum.cases.healthcare_platform.wards import MAX_INAPPROPRIATE, MAX_RESPONSE, SLUG, Clinic, make_clinic
from curriculum.support.dates import day_month, full_day

VERSION = 7


@dataclass(frozen=True)
class Truth:
    """What is so by construction, by subject."""

    shape: Shape
    leeway: Leeway
    rights: Mapping[str, Right]
    calendar: Calendar
    flaws: tuple[str, ...]
    """Kinds of flaws that releases of this company have."""
    measures: Measures
    releases: Releases
    unseen: Releases
    """A second draw of releases, on which policies are run as well."""
    authorisations: Authorisations
    companion: Companion
    memo: Memo
    folder: Folder
    trace: Trace
    reports: tuple[Report, ...]
    backlog: Backlog
    screen: ScreenWorld
    earlier: Earlier
    models: Mapping[str, Model]
    screens: Mapping[str, Screen]
    blockers: Mapping[str, Blocker]
    ai_act_from: dt.date
    """From when the high-risk duties of the AI Act apply to this device."""


def simulate(seed: int) -> Case:
    """The platform, its wards, its documents and its people for one seed."""
    calendar, shape = make_calendar(seed), make_shape(seed)
    leeway = make_leeway(seed, calendar)
    clinic, tables = make_clinic(seed, shape)
    models, screens = _make_models(seed, calendar), _make_screens(seed, calendar)
    measures = _make_measures(seed, clinic, models, screens, shape)
    reports, sessions = make_usability(seed, calendar)
    trace, trace_tables = make_trace(seed, calendar, models, screens)
    folder, folder_tables = make_folder(seed, calendar, models, screens, trace, reports)
    releases, release_tables = make_releases(seed)
    authorisations, authorisation_tables = make_authorisations(seed, calendar, models)
    companion, companion_tables = make_companion(seed)
    memo, privacy_tables = make_memo(seed)
    backlog, backlog_tables = make_backlog(seed, shape)
    screen, screen_tables = make_screens(seed, calendar, models, screens)
    earlier, record_tables = make_earlier(seed, calendar)
    blockers, blocker_tables = make_blockers(seed, calendar)
    clauses = clauses_of(releases.house_rules.participants, releases.house_rules.test_age)
    rights = make_rights(seed)
    return Case(
        slug=SLUG,
        version=VERSION,
        seed=seed,
        company="Tidewatch Health",
        brief=_brief(calendar, measures),
        people=PEOPLE,
        facts=surfacing(
            make_facts(measures, calendar, shape, authorisations, leeway), make_surfaces(measures, calendar)
        ),
        columns={
            **tables,
            "models": _model_columns(models),
            "screens": _screen_columns(screens),
            "clauses": clause_columns(clauses),
            **release_tables,
            **folder_tables,
            "usability_sessions": sessions,
            **trace_tables,
            **backlog_tables,
            **screen_tables,
            **record_tables,
            **blocker_tables,
            "change_plan": change_columns(),
            "decision_rights": right_columns(rights),
            **authorisation_tables,
            **companion_tables,
            **privacy_tables,
        },
        truth=Truth(
            shape=shape,
            leeway=leeway,
            rights=rights,
            calendar=calendar,
            flaws=make_flaws(seed),
            measures=measures,
            releases=releases,
            unseen=redraw_releases(seed),
            authorisations=authorisations,
            companion=companion,
            memo=memo,
            folder=folder,
            trace=trace,
            reports=reports,
            backlog=backlog,
            screen=screen,
            earlier=earlier,
            models=models,
            screens=screens,
            blockers=blockers,
            ai_act_from=clauses["ai_act_high_risk_annex_i"].applies_from or dt.date.max,
        ),
        circumstances=circumstances(shape),
        more={
            "clauses": clauses,
            "topics": TOPICS,
            "options": by_id(*options(models, screens)),
            "uses": USES,
            "drivers": DRIVERS,
            "borne_by": BORNE_BY,
            "models": models,
            "screens": screens,
            "parts": by_id(*(Entry(id, label) for id, label in PARTS.items())),
            "files": folder.files,
            "signatures": folder.signatures,
            "requirements": trace.requirements,
            "controls": trace.controls,
            "runs": trace.runs,
            "releases": releases.rows,
            "requests": releases.requests,
            "records": earlier.records,
            "changes": CHANGES,
            "authorisations": authorisations.papers,
            "discovery": backlog.discovery,
            "delivery": backlog.delivery,
            "roles": backlog.roles,
            "states": STATES,
            "fields": screen.fields,
            "samples": screen.samples,
            "colours": screen.colours,
            "looks": screen.looks.looks,
            "advice": ADVICE,
            "tokens": by_id(*screen.looks.tokens),
            "builds": screen.builds,
            "blockers": blockers,
            "purposes": PURPOSES,
            "bases": BASES,
            "conditions": CONDITIONS,
        },
    )


def redraw(seed: int) -> Case:
    """The same platform with other releases, which no table shows: policies are run on them as well."""
    case = simulate(seed)
    truth: Truth = case.truth
    shown = {**case.columns, "releases": truth.unseen.columns}
    return replace(case, columns=shown, truth=replace(truth, releases=truth.unseen, unseen=truth.releases))


def _make_models(seed: int, calendar: Calendar) -> Mapping[str, Model]:
    rng = random(SLUG, seed, "models")
    return by_id(
        Model("score", "Bedside score 3", "five vital signs, added up", version="3", built_on=calendar.before(900),
              cost=float(rng.integers(20, 31)), returns=MODEL_FIELDS["score"]),
        Model("trees", "Tree model 1.4", "boosted trees; each score comes with the signs that drove it", version="1.4",
              built_on=calendar.before(40), cost=float(rng.integers(112, 125)), returns=MODEL_FIELDS["trees"]),
        Model("sequence", "Sequence model 2.0", "a deep network that reads the monitors' curves", version="2.0",
              built_on=calendar.before(35), cost=float(rng.integers(255, 276)), returns=MODEL_FIELDS["sequence"]),
    )  # fmt: skip


def _make_screens(seed: int, calendar: Calendar) -> Mapping[str, Screen]:
    share = round(0.34 + 0.02 * int(random(SLUG, seed, "tiers").integers(0, 5)), 2)
    return by_id(
        Screen("popup", "Pop-up 3.2", "each alert covers the screen until it is answered", version="3.2",
               built_on=calendar.before(60), interrupts=1.0),
        Screen("tiered", "Tiered list 4.0", "urgent alerts interrupt, the others wait in a list", version="4.0",
               built_on=calendar.before(33), interrupts=share),
        Screen("inbox", "Inbox 1.1", "alerts are collected and read when there is time", version="1.1",
               built_on=calendar.before(200), interrupts=0.0),
        Screen("tiered_old", "Tiered list 3.9", "the list of last autumn", version="3.9",
               built_on=calendar.before(110), interrupts=share),
    )  # fmt: skip


def _make_measures(
    seed: int, clinic: Clinic, models: Mapping[str, Model], screens: Mapping[str, Screen], shape: Shape
) -> Measures:
    """Budget and target follow from the ways that work, so that these stay open and the others do not."""
    free = Measures(clinic, models, screens, budget=0.0, target_caught=0.0)
    broad, narrow = free.cost("trees", "all_adult"), free.cost("sequence", "step_down")
    dearer = narrow if shape.against_broad == "cost" else max(broad, narrow)
    budget = 5.0 * round((dearer + 7.0 + float(random(SLUG, seed, "money").integers(0, 6))) / 5.0)
    enough = ("trees", "all_adult") if shape.against_narrow == "caught" else ("trees", "step_down")
    between = (free.caught(*enough) + free.caught("sequence", "step_down")) / 2
    return Measures(clinic, models, screens, budget=budget, target_caught=5.0 * round(between / 5.0))


def _model_columns(models: Mapping[str, Model]) -> Columns:
    return frozen_columns(
        model=np.array(list(models)),
        what=np.array([f"{model.label}: {model.note}" for model in models.values()]),
        version=np.array([model.version for model in models.values()]),
        built_on=np.array([model.built_on for model in models.values()], dtype="datetime64[D]"),
        cost_thousand_euro=np.array([model.cost for model in models.values()]),
    )


def _screen_columns(screens: Mapping[str, Screen]) -> Columns:
    return frozen_columns(
        screen=np.array(list(screens)),
        what=np.array([f"{screen.label}: {screen.note}" for screen in screens.values()]),
        version=np.array([screen.version for screen in screens.values()]),
        built_on=np.array([screen.built_on for screen in screens.values()], dtype="datetime64[D]"),
        interrupting_share=np.array([screen.interrupts for screen in screens.values()]),
    )


def _brief(calendar: Calendar, measures: Measures) -> str:
    return f"""
**Tidewatch Health** warns wards of patients who are getting worse. Two hospitals use it, one in the Netherlands and one
in Ohio, so far on the medical wards only. You lead the pod.

Today is {calendar.today:%A}, {full_day(calendar.today)}, the day of the integration review.
The pilot release has to be out by
{day_month(calendar.last_release_day)}; four sprints of two weeks follow from {day_month(calendar.sprint_1)} to
{day_month(calendar.end)}. The budget is {measures.budget:g} thousand euros and fixed.

Three things are open: **which model** goes into service, **on which wards**, and **how alerts are shown**. The clinical
safety board accepts at most {MAX_INAPPROPRIATE:g} % of alerts that are overridden although they were right, and at most
{MAX_RESPONSE:g} minutes to the bed (median); what each ward asks of a model is in the table `wards`. Five people will
sit in the review, and each of them is right about something.

*Each row of the clause table says when it was checked. It is teaching material and no legal advice.*
""".strip()
