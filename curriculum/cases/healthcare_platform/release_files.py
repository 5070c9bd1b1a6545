"""The files of the release folder: several versions of each part, of which one set belongs together."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from curriculum.cases.base import Columns, by_id, frozen_columns, random
from curriculum.cases.healthcare_platform.calendar import Calendar
from curriculum.cases.healthcare_platform.kinds import Model, ReleaseFile, Screen, Signature
from curriculum.cases.healthcare_platform.people import PEOPLE
from curriculum.cases.healthcare_platform.trace import Trace
from curriculum.cases.healthcare_platform.usability import Report
from curriculum.cases.healthcare_platform.wards import SLUG
from curriculum.support.dates import full_day

PARTS: Mapping[str, str] = {
    "model_card": "Model card",
    "design_spec": "Design specification",
    "requirements": "Requirements",
    "risk_file": "Risk file",
    "test_evidence": "Test evidence",
    "usability_report": "Usability report",
    "dpia": "Data protection impact assessment",
    "labelling": "Instructions for use",
}
"""What a release is made of."""

DATASETS: Mapping[str, tuple[str, ...]] = {
    "trees": ("vital_signs", "lab_results"),
    "sequence": ("vital_signs", "lab_results", "monitor_waveforms"),
}
"""What each model was trained on."""

_APPROVERS = {
    "model_card": "hana", "design_spec": "ngozi", "requirements": "anouk", "risk_file": "hana", "test_evidence": "lena",
    "usability_report": "ngozi", "dpia": "tariq", "labelling": "anouk",
}  # fmt: skip
_OTHERS = {
    "model_card": "walter", "design_spec": "hana", "requirements": "hana", "risk_file": "walter",
    "test_evidence": "sanna", "usability_report": "hana", "dpia": "walter", "labelling": "tariq",
}  # fmt: skip
_AUTHORS = {
    "model_card": "sanna", "design_spec": "mateo", "requirements": "lena", "risk_file": "ngozi",
    "test_evidence": "hana", "usability_report": "mateo", "dpia": "anouk", "labelling": "mateo",
}  # fmt: skip


@dataclass(frozen=True)
class Folder:
    """The release folder: its files with their texts, and every signature in the quality system."""

    files: Mapping[str, ReleaseFile]
    texts: Mapping[str, str]
    """The text of each file, by path."""
    signatures: Mapping[str, Signature]

    def right_file(self, part: str, model: str, screen: str) -> ReleaseFile | None:
        """The file of a part that belongs to a model and a screen."""
        for file in self.files.values():
            fits = file.model in ("", model) and file.screen in ("", screen)
            if file.part == part and file.current and fits:
                return file
        return None

    def others(self, file_id: str) -> tuple[ReleaseFile, ...]:
        """Other files of the same part, older or of something else."""
        return tuple(f for f in self.files.values() if f.part == self.files[file_id].part and f.id != file_id)

    def good_signature(self, file_id: str) -> str:
        """The approval of a file as it is, by somebody who did not write it; blank where there is none."""
        file = self.files[file_id]
        return next(
            (
                signature.id
                for signature in self.signatures.values()
                if signature.file == file_id
                and signature.sha256 == file.sha256
                and signature.person != file.author
                and signature.meaning == "approved"
            ),
            "",
        )


def fingerprint(text: str) -> str:
    """SHA-256 of a text as hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def make_folder(
    seed: int,
    calendar: Calendar,
    models: Mapping[str, Model],
    screens: Mapping[str, Screen],
    trace: Trace,
    reports: Sequence[Report],
) -> tuple[Folder, Mapping[str, Columns]]:
    """All files and signatures, and the tables `release_files` and `signatures`."""
    rng = random(SLUG, seed, "files")
    drafts = _drafts(rng, calendar, models, screens, trace, reports)
    files: dict[str, ReleaseFile] = {}
    texts: dict[str, str] = {}
    # Ids say nothing of what a file is; in the list they stand by part, each part's editions together.
    for number, (draft, head, prose) in zip(rng.permutation(len(drafts)), drafts, strict=True):
        text = f"---\n{_front_matter(head)}---\n\n{prose}\n"
        texts[draft.path] = text
        id = f"doc_{number + 1:02d}"
        files[id] = ReleaseFile(**{**vars(draft), "id": id, "sha256": fingerprint(text)})
    signatures = _signatures(random(SLUG, seed, "signatures"), calendar, files)
    tables = {
        "release_files": frozen_columns(
            path=np.array([file.path for file in files.values()]),
            part=np.array([file.part for file in files.values()]),
            describes=np.array([file.label for file in files.values()]),
            author=np.array([file.author for file in files.values()]),
            changed_on=np.array([file.changed_on for file in files.values()], dtype="datetime64[D]"),
        ),
        "signatures": frozen_columns(
            signature=np.array(list(signatures)),
            file=np.array([files[s.file].path for s in signatures.values()]),
            person=np.array([s.person for s in signatures.values()]),
            signed_on=np.array([s.signed_on for s in signatures.values()], dtype="datetime64[D]"),
            meaning=np.array([s.meaning for s in signatures.values()]),
            sha256=np.array([s.sha256 for s in signatures.values()]),
        ),
    }
    return Folder(by_id(*files.values()), texts, signatures), tables


def _front_matter(head: Mapping[str, Any]) -> str:
    """Plain data as YAML of one line a field; lists of groups get one line an item."""

    def shown(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, default=str)

    lines = []
    for name, value in head.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{name}:", *(f"  - {shown(item)}" for item in value)]
        else:
            lines.append(f"{name}: {shown(value)}")
    return "\n".join(lines) + "\n"


_Draft = tuple[ReleaseFile, dict[str, Any], str]


def _drafts(
    rng: np.random.Generator,
    calendar: Calendar,
    models: Mapping[str, Model],
    screens: Mapping[str, Screen],
    trace: Trace,
    reports: Sequence[Report],
) -> list[_Draft]:
    drafts: list[_Draft] = []

    def add(
        part: str, path: str, label: str, days: int, head: Mapping[str, Any], prose: str, *, version: str,
        model: str = "", screen: str = "", current: bool = True,
    ) -> None:  # fmt: skip
        changed, author = calendar.before(days), _AUTHORS[part]
        file = ReleaseFile(
            "", label, path, path=path, part=part, version=version, model=model, screen=screen, author=author,
            changed_on=changed, current=current,
        )  # fmt: skip
        drafts.append(
            (file, {"part": part, "version": version, "author": author, "changed_on": changed, **head}, prose)
        )

    for model, wards in (("trees", ["medical", "surgical", "step_down"]), ("sequence", ["step_down"])):
        version = models[model].version
        older = {"trees": "1.3", "sequence": "1.9"}[model]
        for number, current, days in ((version, True, 24), (older, False, 190)):
            add(
                "model_card", f"model/card-{model}-{number}.md", f"Card of {model} {number}", days,
                {"model": model, "model_version": number, "wards": wards, "datasets": list(DATASETS[model]),
                 "data_sheets": list(DATASETS[model])[: None if current else -1],
                 "clinical_evaluation_of": number,
                 "built_on": models[model].built_on if current else calendar.before(200)},
                f"# {models[model].label.rsplit(' ', 1)[0]} {number}\n\nIntended for adults on the wards named above. "
                f"Evaluated on patients that were not used for training.",
                version=number, model=model, current=current,
            )  # fmt: skip
    for screen, current in (("tiered", True), ("popup", True), ("tiered_old", False)):
        item, name = screens[screen], screen.removesuffix("_old")
        add(
            "design_spec", f"design/screen-{name}-{item.version}.md", f"Specification of {item.label}", 20,
            {"screen": name, "screen_version": item.version, "built_on": item.built_on},
            f"# {item.label}\n\nStates, texts, timing and tokens of the alert screen.",
            version=item.version, screen=screen, current=current,
        )  # fmt: skip
    for number, current, days in (("7", True, 16), ("6", False, 120)):
        wanted = list(trace.requirements.values())[: None if current else 5]
        add(
            "requirements", f"product/requirements-{number}.md", f"Requirements, edition {number}", days,
            {"requirements": [{"id": r.id, "clause": r.clause, "text": r.label} for r in wanted]},
            f"# Requirements, edition {number}\n\nEach requirement names the clause that asks for it.",
            version=number, current=current,
        )  # fmt: skip
    for number, current, days in (("5", True, 15), ("4", False, 110)):
        controls = list(trace.controls.values())[: None if current else 5]
        add(
            "risk_file", f"risk/risk-file-{number}.md", f"Risk file, edition {number}", days,
            {"controls": [{"id": c.id, "severity": c.severity, "requirement": c.requirement} for c in controls],
             "remaining_risk_accepted": current, "watch_plan": current},
            f"# Risk file, edition {number}\n\nHazards, controls and what remains, with the reason to accept it.",
            version=number, current=current,
        )  # fmt: skip
    for model in ("trees", "sequence"):
        for screen in ("tiered", "popup"):
            _add_evidence(add, trace, models[model], screens[screen], models[model].version, current=True)
    _add_evidence(add, trace, models["trees"], screens["tiered_old"], "1.3", current=False)
    for report in reports:
        name = report.screen.removesuffix("_old")
        add(
            "usability_report", f"usability/{report.id}-{report.kind}-{name}-{screens[report.screen].version}.md",
            f"{report.kind.capitalize()} usability test {report.id} of {screens[report.screen].label}",
            report.days_ago - 3,
            {"report": report.id, "kind": report.kind, "screen": name, "screen_version": screens[report.screen].version,
             "nurses": report.nurses, "physicians": report.physicians, "open_critical_errors": report.open_errors},
            f"# {report.kind.capitalize()} test\n\nScenarios that matter for safety, use errors, difficulties "
            "and causes.",
            version=screens[report.screen].version, screen=report.screen,
            current=report.counts and report.screen != "tiered_old",
        )  # fmt: skip
    for number, current, days, purposes, data in (
        ("3", True, 18, ["care", "improvement"], ["vital_signs", "lab_results", "monitor_waveforms"]),
        ("2", False, 150, ["care"], ["vital_signs", "lab_results"]),
    ):
        add(
            "dpia", f"privacy/dpia-{number}.md", f"Impact assessment, edition {number}", days,
            {"purposes": purposes, "datasets": data, "partners": 2, "partners_with_agreement": 2 if current else 1},
            f"# Impact assessment, edition {number}\n\nDescription, necessity, risks, measures, advice of the officer.",
            version=number, current=current,
        )  # fmt: skip
    for screen in ("tiered", "popup"):
        item = screens[screen]
        add(
            "labelling", f"labelling/instructions-{screen}-{item.version}.md", f"Instructions for {item.label}", 14,
            {"screen": screen, "screen_version": item.version},
            f"# Instructions for {item.label}\n\nWhat an alert means, what it does not mean, what to do in an outage.",
            version=item.version, screen=screen,
        )  # fmt: skip
    _add_drafts_of_what_comes_next(rng, add)
    return drafts


def _add_drafts_of_what_comes_next(rng: np.random.Generator, add: Any) -> None:
    """For one part the newest edition is a draft of the release after this one."""
    parts = (("requirements", "product/requirements-8.md", "Requirements, edition 8", "8"),
             ("risk_file", "risk/risk-file-6.md", "Risk file, edition 6", "6"),
             ("dpia", "privacy/dpia-4.md", "Impact assessment, edition 4", "4"))  # fmt: skip
    part, path, label, number = parts[int(rng.integers(0, len(parts)))]
    add(
        part, path, label, 4, {"status": "draft for the release after this one"},
        f"# {label}\n\nA draft: what will be different in summer.", version=number, current=False,
    )  # fmt: skip


def _add_evidence(add: Any, trace: Trace, model: Model, screen: Screen, version: str, *, current: bool) -> None:
    runs = [run for run in trace.runs.values() if (run.model, run.screen) == (model.id, screen.id)]
    latest: dict[str, Any] = {}
    for run in sorted(runs, key=lambda run: run.run_on):
        latest[run.requirement] = run
    results = [
        {"requirement": run.requirement, "run": run.id, "run_on": run.run_on, "result": run.result}
        for run in latest.values()
    ]
    name = screen.id.removesuffix("_old")
    label = f"Tests of {model.label.rsplit(' ', 1)[0]} {version} with {screen.label}"
    add(
        "test_evidence", f"tests/evidence-{model.id}-{version}-{name}-{screen.version}.md", label,
        2 if current else 68,
        {"model": model.id, "model_version": version, "parts_list_of": version, "screen": name,
         "screen_version": screen.version,
         "results": sorted(results, key=lambda row: str(row["requirement"]))},
        f"# {label}\n\nThe last run of each requirement's test.",
        version=version, model=model.id, screen=screen.id, current=current,
    )  # fmt: skip


def _signatures(
    rng: np.random.Generator, calendar: Calendar, files: Mapping[str, ReleaseFile]
) -> Mapping[str, Signature]:
    """One proper approval for each file, older editions too, and signatures that only look like one: by the author, of
    an earlier text, or of somebody who only read it; beside which files they stand differs."""
    rows: list[tuple[str, str, dt.date, str, str]] = []
    for file in files.values():
        day = (max(file.changed_on, calendar.before(10)) if file.current else file.changed_on) + dt.timedelta(days=1)
        rows.append((file.id, _APPROVERS[file.part], day, "approved", file.sha256))
    earlier = fingerprint(str(rng.integers(0, 2**40)))
    for file in files.values():
        if file.current:
            by_author = (file.id, file.author, file.changed_on, "approved", file.sha256)
            too_early = (file.id, _OTHERS[file.part], file.changed_on - dt.timedelta(days=4), "approved", earlier)
            only_read = (file.id, _OTHERS[file.part], file.changed_on, "reviewed", file.sha256)
            rows += [(by_author, too_early, only_read)[int(i)] for i in rng.permutation(3)[:2]]
    signatures = []
    for number, index in enumerate(rng.permutation(len(rows)), start=1):
        file_id, person, day, meaning, sha256 = rows[int(index)]
        words = f"{files[file_id].path}: {meaning} by {PEOPLE[person].label}, {full_day(day)}"
        signatures.append(
            Signature(
                f"sig_{number:02d}", words, file=file_id, person=person, signed_on=day, meaning=meaning, sha256=sha256
            )
        )
    return by_id(*signatures)
