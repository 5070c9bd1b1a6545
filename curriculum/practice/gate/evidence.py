"""What a release folder truly holds: from the files to one row that a policy can judge, and what keeps it from that."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from curriculum.artifacts import yaml_text
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.artifacts.release_manifest import ReleaseManifest, ReleasePart
from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases.healthcare_platform.records import broken_entry
from curriculum.cases.healthcare_platform.release_files import fingerprint
from curriculum.practice.gate import git, untrusted
from curriculum.practice.gate.base import Base, NotATable, lost_row, read_base, rows_of
from curriculum.practice.gate.release import (
    AUTHORISATIONS,
    CHANGE_PLAN,
    LOG,
    MANIFEST,
    POLICY,
    SIGNATURES,
    VERSIONS,
    decision_path,
)
from curriculum.support.files import FileRefused, read_text

HORIZON = 120
"""Days from the judgement to the release, at most: what was tested and signed gets old."""

UNKNOWN_AGE = 9_999
"""Days that a test is old of which nobody knows when it was."""


@dataclass(frozen=True)
class Stop:
    """A reason to stop a release, with the clause that asks for what is missing."""

    clause: str
    rule: str
    """The rule of the policy; blank where the gate itself found it."""
    reason: str
    because: tuple[str, ...] = ()
    """What in the folder made the rule stop it, a sentence each."""


@dataclass(frozen=True)
class Evidence:
    """A release as it lies in its folder."""

    manifest: ReleaseManifest
    policy: ReleasePolicy
    commit: str
    base: Base
    judged_on: dt.date
    row: Mapping[str, Any]
    """One release with the columns of a policy."""
    because: Mapping[str, tuple[str, ...]]
    """By column: what in the folder made it what it is, where something is wrong."""
    stops: tuple[Stop, ...]
    """What is wrong whatever the policy says."""


def read_release(folder: Path, *, base: str = "", today: dt.date | None = None) -> Evidence:
    """Read a release folder, a repository or a folder in one. Nothing in it is executed.

    `base` names the commit that it is held against, by default the one that brought the folder; `today` is the day of
    the judgement, by default that of the commit. Raises FileRefused with one sentence where there is no release that
    could be judged: no repository, no commit, no readable manifest or policy.
    """
    if not folder.is_dir():
        raise FileRefused(f"There is no folder {folder.name or folder}; name the folder of a release.")
    repository = git.find(folder)
    if repository is None:
        raise FileRefused(f"{folder.resolve().name} is in no git repository; the gate judges what is committed.")
    commit = git.resolve(repository)
    if not commit:
        raise FileRefused(f"Nothing is committed in {repository.name}; commit the release first.")
    manifest = _artifact(repository, MANIFEST, ReleaseManifest)
    policy = _artifact(repository, POLICY, ReleasePolicy)
    if not policy.rules:
        raise FileRefused(f"{POLICY} holds no rule; a gate without rules would let everything pass.")
    against = read_base(repository, base)
    day = today or git.day_of(repository, commit)
    return _Reader(repository, manifest, policy, commit, against, day).evidence()


def _artifact(repository: git.Repository, name: str, model: Any) -> Any:
    try:
        return read_artifact(repository.folder / name, model, inside=repository.folder).artifact
    except FileNotFoundError:
        raise FileRefused(f"There is no {name} in {repository.name}; hand it in first.") from None
    except Unreadable as error:
        raise FileRefused(str(error.problems[0])) from None


class _Reader:
    """Reads one release, collecting what is wrong on the way."""

    def __init__(
        self,
        repository: git.Repository,
        manifest: ReleaseManifest,
        policy: ReleasePolicy,
        commit: str,
        base: Base,
        today: dt.date,
    ):
        self.folder, self.manifest, self.policy, self.commit = repository.folder, manifest, policy, commit
        self.base, self.today = base, today
        self.blobs = git.committed(repository)
        self.stops: list[Stop] = []
        self.because: dict[str, list[str]] = defaultdict(list)

    def evidence(self) -> Evidence:
        for name in (MANIFEST, POLICY):
            self._text(name, "part_11")
        self._release_day()
        heads = {row.part: self._part(row.path, row.sha256) for row in self.manifest.parts if row.part and row.path}
        row = {**self._versions(heads), **self._people_and_risks(heads), **self._rules_of_change(heads)}
        row["audit_log_verified"] = self._log_verifies()
        because = {column: tuple(sentences) for column, sentences in self.because.items()}
        return Evidence(self.manifest, self.policy, self.commit, self.base, self.today, row, because, tuple(self.stops))

    def _release_day(self) -> None:
        """A release goes out soon after it was judged, or it is judged again."""
        day = self.manifest.released_on
        if day is None:
            self._stop("qmsr", f"{MANIFEST} states no day of the release.")
        elif (day - self.today).days > HORIZON:
            self._stop(
                "qmsr",
                f"{MANIFEST} says {day.isoformat()}, {(day - self.today).days} days after this judgement on "
                f"{self.today.isoformat()}; a release goes out within {HORIZON} days, or is judged again.",
            )

    def _stop(self, clause: str, reason: str) -> None:
        self.stops.append(Stop(clause, "", reason))

    def _text(self, path: str, clause: str) -> str:
        """The text of a file that is inside the folder and committed as it is; blank and noted where it is not."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\\" in path or ".git" in pure.parts:
            self._stop(clause, f"{path[:80]} is a place outside the release folder.")
            return ""
        try:
            text = read_text(self.folder / pure, inside=self.folder)
        except FileNotFoundError:
            self._stop(clause, f"{path[:80]} is not in the release folder.")
            return ""
        except FileRefused as error:
            self._stop(clause, str(error))
            return ""
        if self.blobs.get(pure.as_posix()) != git.blob_id(text):
            self._stop(clause, f"{path[:80]} is not committed as it lies in the folder.")
        return text

    def _part(self, path: str, sha256: str) -> Mapping[str, Any]:
        """The first lines of a part as data; a part that is not what the manifest says is noted."""
        text = self._text(path, "qmsr")
        if not text:
            return {}
        if fingerprint(text) != sha256:
            self._stop("qmsr", f"{path[:80]} does not have the fingerprint that the manifest states.")
        return untrusted.front_matter(text)

    def _data(self, path: str, clause: str) -> Mapping[str, Any]:
        try:
            data = yaml_text.parse(self._text(path, clause)).data
        except yaml_text.NotYaml as error:
            self._stop(clause, f"{path}, {error}.")
            return {}
        return data if isinstance(data, dict) else {}

    def _versions(self, heads: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        manifest, versions = self.manifest, self._data(VERSIONS, "qmsr")
        card, spec = heads.get("model_card", {}), heads.get("design_spec", {})
        report, label = heads.get("usability_report", {}), heads.get("labelling", {})
        screen_version = untrusted.of(versions.get("screens"), manifest.screen)

        def named(head: Mapping[str, Any]) -> str:
            """The screen version of a document; another screen's version is that of another screen."""
            return str(head.get("screen_version", "")) if head.get("screen") == manifest.screen else "another screen"

        if card and card.get("model") != manifest.model:
            self.because["card_model_version"].append("The model card describes another model.")
        if report and report.get("screen") != manifest.screen:
            self.because["tested_screen"].append("The usability report is of another screen.")
        if label and label.get("screen") != manifest.screen:
            self.because["labelling_version"].append("The instructions describe another screen.")
        if spec and named(spec) != screen_version:
            self.because["screen_version"].append("The design specification is not of the screen that is built.")
        return {
            "release": manifest.version,
            "released_on": manifest.released_on.isoformat() if manifest.released_on else "",
            "model_version": untrusted.of(versions.get("models"), manifest.model),
            "card_model_version": str(card.get("model_version", ""))
            if card.get("model") == manifest.model
            else "another model",
            "evaluated_model_version": str(card.get("clinical_evaluation_of", "")),
            "parts_list_version": str(heads.get("test_evidence", {}).get("parts_list_of", "")),
            "screen_version": screen_version
            if named(spec) == screen_version
            else f"{screen_version}, not as specified",
            "tested_screen": named(report),
            "labelling_version": named(label),
            "nurses": untrusted.whole(report.get("nurses")),
            "physicians": untrusted.whole(report.get("physicians")),
            "open_critical_errors": untrusted.whole(report.get("open_critical_errors")),
            "built_on": max(str(card.get("built_on", "")), str(spec.get("built_on", ""))),
            "tested_on": self._tested_on(heads.get("test_evidence", {})),
            "test_age_days": self._test_age(heads.get("test_evidence", {})),
            "model_card_present": bool(card),
            "usability_report_present": bool(report),
            "dpia_present": bool(heads.get("dpia")),
        }

    def _tested_on(self, evidence: Mapping[str, Any]) -> str:
        """The day of the earliest result; blank, so earlier than any build, where the tests are of another build."""
        if (evidence.get("model"), evidence.get("screen")) != (self.manifest.model, self.manifest.screen):
            if evidence:
                self.because["tested_on"].append("The test evidence is of another model or another screen.")
            return ""
        days = [str(row.get("run_on", "")) for row in untrusted.rows(evidence.get("results"))]
        return min(days, default="")

    def _test_age(self, evidence: Mapping[str, Any]) -> int:
        """Days from the earliest result to the release; very many where one of the days is not known."""
        try:
            tested = dt.date.fromisoformat(self._tested_on(evidence))
        except ValueError:
            return UNKNOWN_AGE
        return (self.manifest.released_on - tested).days if self.manifest.released_on else UNKNOWN_AGE

    def _people_and_risks(self, heads: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        parts = [row for row in self.manifest.parts if row.part and row.path]
        signatures = self._signatures()
        independent = sum(
            self._approved(part, signatures, str(heads.get(part.part, {}).get("author", ""))) for part in parts
        )
        results = untrusted.rows(heads.get("test_evidence", {}).get("results"))
        passed = {(row.get("requirement"), row.get("run")) for row in results if row.get("result") == "passed"}
        traced = {row.requirement for row in self.manifest.trace if (row.requirement, row.run) in passed}
        high = [
            row for row in untrusted.rows(heads.get("risk_file", {}).get("controls")) if row.get("severity") == "high"
        ]
        verified = [row for row in high if row.get("requirement") in traced]
        for row in high:
            if row not in verified:
                risk, needed = str(row.get("id", ""))[:60], str(row.get("requirement", ""))[:60]
                self.because["high_risks_verified"].append(
                    f"The control {risk} of a high risk has no passed run of {needed} in the trace."
                )
        return {
            "residual_risk_accepted": heads.get("risk_file", {}).get("remaining_risk_accepted") is True,
            "watch_plan_present": heads.get("risk_file", {}).get("watch_plan") is True,
            "high_risks": max(len(high), 1),
            "high_risks_verified": len(verified),
            "approvals": max(len(parts), 1),
            "approvals_independent": independent,
        }

    def _signatures(self) -> Mapping[str, Mapping[str, str]]:
        """The approvals that count: those of the base, as they stand in the folder now."""
        now = self._csv(SIGNATURES, "part_11")
        if (row := lost_row(now, self.base.signatures)) is not None:
            self._stop(
                "part_11", f"{SIGNATURES}, row {row}: it is not as it was in {self.base.name}; rows are only added."
            )
        return {row["signature"]: row for row in now if "signature" in row}

    def _approved(self, part: ReleasePart, signatures: Mapping[str, Mapping[str, str]], author: str) -> bool:
        """Whether somebody else approved a part. That it was this text, and before the change, the gate asks itself."""
        signature = signatures.get(part.signature)
        name = part.part.replace("_", " ")
        why = ""
        if not part.signature or signature is None:
            why = f"There is no approval of the {name}."
        elif signature.get("file") != part.path:
            why = f"The approval of the {name} is of another file, {signature.get('file', '')[:80]}."
        elif signature.get("meaning") != "approved":
            why = f"The signature under the {name} says “{signature.get('meaning', '')[:40]}”, not “approved”."
        elif signature.get("person") in ("", None):
            why = f"Nobody is named in the approval of the {name}."
        elif signature.get("person") == author:
            why = f"The {name} was approved by its author, {author[:40]}."
        if why:
            self.because["approvals_independent"].append(why)
            return False
        assert signature is not None
        if signature not in self.base.signatures:
            self._stop(
                "qp_approval",
                f"The approval {part.signature[:40]} of the {name} came with this change; it counts once it stands in "
                f"{self.base.name}.",
            )
        elif signature.get("sha256") != part.sha256:
            self._stop("qp_approval", f"The {name} was changed after its approval {part.signature[:40]}.")
        return True

    def _rules_of_change(self, heads: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        plan = self._data(CHANGE_PLAN, "fda_pccp")
        card, dpia = heads.get("model_card", {}), heads.get("dpia", {})
        used = untrusted.words(card.get("datasets"))
        purposes = {row.purpose for row in self.manifest.purposes if row.purpose}
        covered = purposes <= set(untrusted.words(dpia.get("purposes")))
        for purpose in sorted(purposes - set(untrusted.words(dpia.get("purposes")))):
            self.because["datasets_in_dpia"].append(f"The impact assessment does not cover the purpose {purpose[:60]}.")
        for dataset in sorted(set(used) - set(untrusted.words(dpia.get("datasets")))):
            self.because["datasets_in_dpia"].append(f"The impact assessment does not cover the data {dataset[:60]}.")
        sheets = set(untrusted.words(card.get("data_sheets")))
        for dataset in sorted(set(used) - sheets):
            self.because["datasets_with_sheet"].append(f"The model card names no sheet for the data {dataset[:60]}.")
        for change in self.manifest.outside_plan:
            if plan.get(change) is not True:
                self.because["change_in_plan"].append(f"The change plan does not hold the change {change[:60]}.")
        return {
            "change_in_plan": not any(plan.get(id) is not True for id in self.manifest.outside_plan),
            "assessment_done": any(
                row.get("region") == "both" and row.get("model") == self.manifest.model
                for row in self.base.authorisations
            ),
            **self._authorised(),
            "partners": max(untrusted.whole(dpia.get("partners")), 1),
            "partners_with_agreement": untrusted.whole(dpia.get("partners_with_agreement")),
            "datasets_used": max(len(used), 1),
            "datasets_in_dpia": len(set(used) & set(untrusted.words(dpia.get("datasets")))) if covered else 0,
            "datasets_with_sheet": len(set(used) & sheets),
        }

    def _authorised(self) -> dict[str, bool]:
        """Whether every region in which it goes out has an authority's word for it, and whether it runs as an
        approved investigation somewhere. A region where it is held needs none."""
        rows = self._csv(AUTHORISATIONS, "fda_new_submission")
        if (row := lost_row(rows, self.base.authorisations)) is not None:
            self._stop(
                "fda_new_submission",
                f"{AUTHORISATIONS}, row {row}: it is not as it was in {self.base.name}; rows are only added.",
            )
        papers = {paper.get("authorisation", ""): paper for paper in self.base.authorisations}
        version = untrusted.of(self._data(VERSIONS, "qmsr").get("models"), self.manifest.model)
        allowed: list[bool] = []
        for region in ("eu", "us"):
            route = getattr(self.manifest, region)
            if route.way not in ("released", "investigation"):
                continue
            paper = papers.get(route.authorisation, {})
            stated = (paper.get("region"), paper.get("model"), paper.get("version"), paper.get("allows"))
            allowed.append(stated == (region, self.manifest.model, version, route.way))
            if not allowed[-1]:
                self.because["authorised"].append(
                    f"Nothing in {AUTHORISATIONS} of {self.base.name} says that version {version} may go out in "
                    f"{region.upper()} as “{route.way}”."
                )
        whole = bool(allowed) and all(allowed)
        by_study = "investigation" in (self.manifest.eu.way, self.manifest.us.way)
        return {"authorised": whole, "approved_investigation": whole and by_study}

    def _log_verifies(self) -> bool:
        """Whether the chain of the audit log holds, and each accepted decision still has its sealed text."""
        entries = self._csv(LOG, "part_11")
        position = broken_entry(entries)
        if position is not None or not entries:
            self._stop("part_11", f"{LOG} does not verify from entry {position or 1} on: it was changed afterwards.")
            return False
        if (row := lost_row(entries, self.base.log)) is not None:
            self._stop(
                "part_11", f"{LOG}, entry {row}: it is not as it was in {self.base.name}; entries are only added."
            )
            return False
        if self.manifest.log_head not in {entry["entry"] for entry in entries}:
            self._stop(
                "part_11",
                f"{LOG} does not hold the entry that {MANIFEST} was sealed with: entries were cut away, or it was "
                "never sealed.",
            )
            return False
        whole = True
        for entry in entries:
            if entry["action"] != "accepted" or not entry["record"].isdigit():
                continue
            path = decision_path(int(entry["record"]))
            if fingerprint(self._text(path, "part_11")) != entry["content"]:
                self._stop("part_11", f"{path} is not the text that was accepted on {entry['at'][:10]}.")
                whole = False
        return whole

    def _csv(self, path: str, clause: str) -> tuple[Mapping[str, str], ...]:
        try:
            return rows_of(self._text(path, clause))
        except NotATable as error:
            self._stop(clause, f"{path} is no table: {error}.")
            return ()
