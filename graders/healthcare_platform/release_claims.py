"""Does what the manifest claims about law, people and decisions hold? (A25 and the rules for the release bundle)"""

from __future__ import annotations

from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.cases import Case
from curriculum.cases.healthcare_platform import CHANGES, CHANGES_OF
from curriculum.cases.healthcare_platform.clauses import load_clauses
from curriculum.cases.healthcare_platform.measures import USES
from curriculum.cases.healthcare_platform.privacy import objection
from curriculum.cases.healthcare_platform.release_files import DATASETS
from curriculum.cases.healthcare_platform.usability import MIN_PER_POPULATION
from graders.common import PERCENTILE_TOLERANCE, RATE_TOLERANCE, listed, near
from graders.healthcare_platform.base import (
    UNDECIDED,
    chosen,
    day,
    file_of,
    name,
    part_of,
    rubric,
    truth_of,
)
from graders.rubric import Verdict, met, unmet


@rubric.criterion(
    points=1, voice="ngozi", skill="measure_success",
    hints=(
        "How many nurses, and how many physicians, tried the screen that goes out?",
        "Count in `usability_sessions` the summative sessions on your screen, each group for itself. Fifteen in "
        "each, not in total.",
    ),
)  # fmt: skip
def fifteen_in_each_group(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """At least fifteen nurses and fifteen physicians took part in the summative test of this screen, as stated."""
    report = next(
        (r for r in truth_of(case).reports if r.kind == "summative" and r.screen == release_manifest.screen), None
    )
    if report is None:
        return unmet("There is no summative test of this screen.", "a screen that was tested with both groups")
    stated = (release_manifest.nurses, release_manifest.physicians)
    row = {
        "nurses": report.nurses,
        "physicians": report.physicians,
        "stated nurses": stated[0],
        "stated physicians": stated[1],
    }
    if stated != (report.nurses, report.physicians):
        return unmet(f"You state {_count(stated[0])} nurses and {_count(stated[1])} physicians.",
                     f"the sessions of the summative test on this screen, at least {MIN_PER_POPULATION} in "
                     "each group", row)  # fmt: skip
    return met(f"{report.nurses} nurses and {report.physicians} physicians: enough in each group.", row)


def _count(number: int | None) -> str:
    return "no" if number is None else str(number)


@rubric.criterion(
    points=1, voice="anouk", skill="build_compliance_in",
    hints=(
        "What is new in your model, against the one on the ward today?",
        "The table `change_plan` says what is inside. Trees: trained again. Sequence model: a new architecture "
        "and a new signal, which need an assessment among the parts.",
    ),
)  # fmt: skip
def change_class_follows_the_plan(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The changes are those of this model, and what is outside the authorised plan is assessed."""
    manifest = release_manifest
    true = CHANGES_OF.get(manifest.model)
    if true is None:
        return unmet(
            f"{name(case, 'models', manifest.model)} is not one of the two new models.", "a model with known changes"
        )
    rows = [{"change": CHANGES[id].label, "inside the plan": CHANGES[id].inside} for id in sorted(true)]
    if set(manifest.changes) != true:
        stated = (
            listed([name(case, "changes", id).lower() for id in manifest.changes]) if manifest.changes else "nothing"
        )
        return unmet(f"Stated as changed: {stated}.", "what is new in this model, and nothing else", *rows)
    inside = all(CHANGES[id].inside for id in true)
    wanted = "within_plan" if inside else "needs_assessment"
    if manifest.change_class != wanted:
        return unmet(
            f"The change class is “{manifest.change_class.replace('_', ' ') or 'blank'}”.",
            wanted.replace("_", " "),
            *rows,
        )
    if not inside:
        file = file_of(part_of(manifest, "assessment"), case)
        if file is None or file.part != "assessment" or file.model != manifest.model:
            return unmet(
                "The change is outside the plan, and no assessment is among the parts.",
                "the assessment of this model",
                *rows,
            )
    return met(f"{listed([str(row['change']) for row in rows])}: {wanted.replace('_', ' ')}.", *rows)


@rubric.criterion(
    points=1, voice="anouk", skill="domain_literacy",
    hints=(
        "Which row of the table `clauses` is about devices?",
        "The unamended act and the other annex have earlier dates. For devices, Annex I, Section A, it is 2 "
        "August 2028.",
    ),
)  # fmt: skip
def ai_act_date_is_the_devices(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The day from which the AI Act's high-risk duties apply is the one for medical devices in the amended act."""
    true, stated = truth_of(case).ai_act_from, release_manifest.ai_act_from
    rows = [{"clause": clause.label, "applies from": day(clause.applies_from), "status": clause.status}
            for id, clause in load_clauses().items() if id.startswith("ai_act_high_risk")]  # fmt: skip
    if stated == true:
        return met(f"{day(true)}, as the amended act says for devices.", *rows)
    return unmet(f"You state {day(stated)}.", "the day of the row for Annex I, Section A, of the amended act", *rows)


@rubric.criterion(
    points=1, voice="anouk", skill="domain_literacy",
    hints=(
        "Read the four criteria in the row of the current guidance. Do all four hold?",
        "Reading signals against the clock is outside the exception, nurse in the loop or not: a device, by the "
        "guidance of 6 January 2026.",
    ),
)  # fmt: skip
def device_rules_apply_with_a_nurse_in_the_loop(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """In the United States it is treated as a device, by the guidance in force, although a nurse is in the loop."""
    manifest = release_manifest
    row = {"route": manifest.us_route.replace("_", " "), "clause": name(case, "clauses", manifest.us_clause)}
    if manifest.us_route != "device":
        return unmet(
            f"The route is “{row['route'] or 'blank'}”.", "a device: not all four criteria of the exception hold", row
        )
    if manifest.us_clause != "fda_cds":
        return unmet(f"The reason given is {row['clause']}.", "the guidance on decision support in force", row)
    return met("A device, by the guidance of 6 January 2026.", row)


@rubric.criterion(
    points=1, voice="tariq", skill="measure_success",
    hints=(
        "“A human decides” is a claim. What measures it?",
        "From `alert_log`, the rows of your screen and your wards: the share overridden in percent, and the "
        "median of seconds_reviewed.",
    ),
)  # fmt: skip
def human_review_is_measured(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """That people review the alerts is shown in numbers: how many they override and how long they look."""
    manifest, measures = release_manifest, truth_of(case).measures
    if manifest.screen not in ("popup", "tiered", "inbox") or manifest.use not in USES:
        return unmet(
            "Screen and intended use are not known.", "a screen of the pilot and the wards on which it is used"
        )
    rate = measures.override_rate(manifest.screen, manifest.use)
    seconds = measures.review_seconds(manifest.screen, manifest.use)
    row = {
        "override rate": round(rate, 1),
        "stated": manifest.override_rate,
        "seconds": seconds,
        "stated seconds": manifest.review_seconds,
    }
    if not near(manifest.override_rate, rate, absolute=100 * RATE_TOLERANCE):
        return unmet(
            f"You state an override rate of {_number(manifest.override_rate)} %.",
            f"{rate:.1f} %, from the alert log",
            row,
        )
    if not near(manifest.review_seconds, seconds, relative=PERCENTILE_TOLERANCE):
        return unmet(
            f"You state {_number(manifest.review_seconds)} seconds.",
            f"{seconds:g} seconds, the median of the alert log",
            row,
        )
    return met(f"{rate:.1f} % overridden after a median of {seconds:g} seconds.", row)


def _number(value: float | None) -> str:
    return "no" if value is None else f"{value:g}"


@rubric.criterion(
    points=1, voice="tariq", skill="build_compliance_in",
    hints=(
        "Is one reason enough for two purposes?",
        "Care and improvement each need a basis and a condition that the table `privacy_memo` accepts; consent "
        "cannot carry care.",
    ),
)  # fmt: skip
def each_purpose_has_its_own_basis(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Care and improvement each have a basis and a condition that hold for them."""
    mine = {row.purpose: row for row in reversed(release_manifest.purposes)}
    for purpose in case.registry.entries("purposes").values():
        row = mine.get(purpose.id)
        if row is None:
            return unmet(f"“{purpose.label}” is not in the record.", "both purposes, each with basis and condition")
        for kind, ground in (("bases", row.basis), ("conditions", row.condition)):
            why = objection(purpose.id, ground) if ground in case.registry.entries(kind) else "it is blank or unknown"
            if why:
                return unmet(f"{purpose.label.split(':')[0]}: {name(case, kind, ground)} does not hold; {why}.",
                             "a ground that holds for this "
                             "purpose", {"purpose": purpose.id, "ground": ground})  # fmt: skip
    return met("Each purpose has a basis and a condition of its own.")


@rubric.criterion(
    points=1, voice="tariq", skill="build_compliance_in",
    hints=(
        "What was the model trained on, and is it in the assessment?",
        "Compare the datasets in the model card with those in the impact assessment; take the edition that holds "
        "them all.",
    ),
)  # fmt: skip
def impact_assessment_covers_the_data(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """The impact assessment covers every dataset of the model, and both purposes."""
    row = part_of(release_manifest, "dpia")
    file, wanted = file_of(row, case), DATASETS.get(release_manifest.model, ())
    stated = file.label if file else "nothing"
    if file is None or file.part != "dpia":
        return unmet(f"As impact assessment stands {stated:.60}.", "an edition that covers the model's data")
    if not file.current:
        return unmet(f"{file.label} leaves out the purpose of improvement.", "an edition with both purposes and "
                     f"{listed(list(wanted)) if wanted else 'the model’s data'}", {"file": file.path})  # fmt: skip
    return met(f"{file.label} covers both purposes and the data.")


@rubric.criterion(
    points=1, voice="ngozi", skill="build_compliance_in",
    hints=(
        "Which wards stand in the model card?",
        "The intended use may be smaller than the card's wards, never larger.",
    ),
)  # fmt: skip
def card_covers_the_use(release_manifest: ReleaseManifest, case: Case) -> Verdict:
    """Every ward of the intended use is one for which the model card of this model speaks."""
    covered = {"trees": ("medical", "surgical", "step_down"), "sequence": ("step_down",)}.get(
        release_manifest.model, ()
    )
    use = USES.get(release_manifest.use)
    if use is None:
        return unmet("No known intended use is stated.", "wards for which the card speaks")
    outside = [ward for ward in use.wards if ward not in covered]
    if outside:
        return unmet(f"The card of {name(case, 'models', release_manifest.model)} does not speak for the "
                     f"{outside[0]} wards.",
                     "an intended use inside "
                     "the card's", {"card": ", ".join(covered) or "none", "use": ", ".join(use.wards)})  # fmt: skip
    return met("The card speaks for every ward of the use.")


@rubric.criterion(
    points=1, voice="sanna", skill="keep_decisions",
    hints=(
        "Does the release carry what the log decided?",
        "Model, screen and intended use are those of the accepted records.",
    ),
)  # fmt: skip
def manifest_carries_the_decisions(release_manifest: ReleaseManifest, decision_log: DecisionLog, case: Case) -> Verdict:
    """Model, screen and wards of the release are those that the log decided."""
    decided = chosen(decision_log, case)
    if not all(decided):
        return unmet("The log does not decide on model, wards and alerts.", UNDECIDED)
    stated = (release_manifest.model, release_manifest.use, release_manifest.screen)
    rows = [{"about": about, "log": log, "manifest": mine}
            for about, log, mine in zip(("model", "wards", "alerts"), decided, stated, strict=True)]  # fmt: skip
    if stated != decided:
        row = next(row for row in rows if row["log"] != row["manifest"])
        return unmet(f"The log decides {name(case, 'options', row['log'])}; the manifest has "
                     f"{name(case, 'options', row['manifest'])}.",
                     "the decisions of the log", *rows)  # fmt: skip
    return met("The release carries the decisions.", *rows)
