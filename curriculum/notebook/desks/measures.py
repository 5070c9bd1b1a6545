"""What two options do, worked out from the tables of `healthcare_platform`, ready to be put into the decision log."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.cases import Case, load_case
from curriculum.cases.healthcare_platform import Truth
from curriculum.cases.healthcare_platform.measures import USES
from curriculum.learner.lesson_files import find_lesson_files, open_case
from curriculum.notebook.desks.spoken import Spoken

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.notebook.lesson import Lesson

SLUG = "healthcare_platform"

MINE, OTHER = "Your option", "The other one"
"""The columns, as the log's fields are called."""


def measured(topic: str) -> pd.DataFrame:
    """What your choice on a question and the option against it do, on the wards of your log; blank until the log
    chooses a model, wards and a screen, each with the option against it."""
    files = find_lesson_files(SLUG)
    case, _ = open_case(files, graded=os.environ.get("NBGRADER_EXECUTION") == "autograde")
    try:
        log = read_artifact(files.artifact("decision_log"), DecisionLog).artifact
    except (FileNotFoundError, Unreadable):
        log = DecisionLog()
    return compared(case, log, topic)


def side_by_side(lesson: Lesson) -> pd.DataFrame | str:
    """All three comparisons below one another, or a sentence while the log does not choose everywhere."""
    import pandas as pd

    log = lesson.written("decision_log")
    assert isinstance(log, DecisionLog)
    case = load_case(SLUG, lesson.seed)
    found = {
        words: compared(case, log, topic)
        for topic, words in (("model", "model"), ("intended_use", "wards"), ("alerting", "alerts"))
    }
    if any(one.empty for one in found.values()):
        return Spoken("Nothing to compare yet: each of the three records needs a choice and an option against it.")
    return pd.concat(found, names=["record", "measure"])


def compared(case: Case, log: DecisionLog, topic: str) -> pd.DataFrame:
    """The same for any log."""
    truth: Truth = case.truth
    model, use, screen = log.model, log.intended_use, log.alerting
    known = {model.chosen, model.rival} <= truth.models.keys() and {use.chosen, use.rival} <= USES.keys()
    if not (known and {screen.chosen, screen.rival} <= truth.screens.keys()):
        return _compared({})
    wards = USES[use.chosen].wards
    match topic:
        case "model":
            return compare_models(case.tables, model.chosen, model.rival, wards)
        case "intended_use":
            return compare_wards(case.tables, model.chosen, wards, USES[use.rival].wards)
        case _:
            return compare_screens(case.tables, screen.chosen, screen.rival, model.chosen, wards)


def compare_models(tables: Mapping[str, pd.DataFrame], mine: str, other: str, wards: Sequence[str]) -> pd.DataFrame:
    """Two models on some wards: deteriorations with an alert and reasons that were true, both in percent."""
    rows, audit = tables["validation"], tables["reason_audit"]
    sick, audited = rows[rows.deteriorated & rows.ward.isin(wards)], audit[audit.ward.isin(wards)]
    true = audited.groupby("model").shown_reasons_were_true.mean()
    return _compared(
        {
            "Deteriorations with an alert (%)": [100 * sick[f"{model}_alert"].mean() for model in (mine, other)],
            "Shown reasons that were true (%)": [100 * true[model] for model in (mine, other)],
        }
    )


def compare_wards(
    tables: Mapping[str, pd.DataFrame], model: str, mine: Sequence[str], other: Sequence[str]
) -> pd.DataFrame:
    """One model on two sets of wards: the worst ward in percent, patients caught a month, cost in thousand euros."""
    rows, wards = tables["validation"], tables["wards"].set_index("ward")
    sick = rows[rows.deteriorated].groupby("ward")[f"{model}_alert"].mean()
    hits = (rows.deteriorated & rows[f"{model}_alert"]).groupby(rows.ward).mean() * wards.patient_shifts_a_month
    price = tables["models"].set_index("model").cost_thousand_euro[model]
    both = (list(mine), list(other))
    return _compared(
        {
            "Deteriorations with an alert on the worst ward (%)": [100 * sick[chosen].min() for chosen in both],
            "Caught a month (patients)": [hits[chosen].sum() for chosen in both],
            "Cost (thousand €)": [price + wards.rollout_thousand_euro[chosen].sum() for chosen in both],
        }
    )


def compare_screens(
    tables: Mapping[str, pd.DataFrame], mine: str, other: str, model: str, wards: Sequence[str]
) -> pd.DataFrame:
    """Two screens on some wards with one model: wrong overrides (%), minutes to the bed, interruptions a shift."""
    rows, log, beds = tables["validation"], tables["alert_log"], tables["wards"].set_index("ward").beds
    alerts = (rows.groupby("ward")[f"{model}_alert"].mean() * beds)[list(wards)].max()
    share = tables["screens"].set_index("screen").interrupting_share
    here = {screen: log[(log.screen == screen) & log.ward.isin(wards)] for screen in (mine, other)}
    return _compared(
        {
            "Overridden although right (%)": [
                100 * (shown.outcome == "overridden, inappropriate").mean() for shown in here.values()
            ],
            "Minutes to the bed (median)": [shown.minutes_to_bed.median() for shown in here.values()],
            "Interruptions a shift, busiest ward": [alerts * share[screen] for screen in here],
        }
    )


def _compared(values: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame.from_dict(values, orient="index", columns=[MINE, OTHER]).round(2)
