"""What a release folder truly holds: from the files to one row that a policy can judge, and what keeps it from that."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from curriculum.artifacts import yaml_text
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.artifacts.release_policy import ReleasePolicy
from curriculum.cases.healthcare_platform.records import broken_entry
from curriculum.cases.healthcare_platform.release_files import fingerprint
from curriculum.practice.gate import git
from curriculum.practice.gate.release import CHANGE_PLAN, LOG, MANIFEST, POLICY, SIGNATURES, VERSIONS, decision_path
from curriculum.support.files import FileRefused, read_text

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


@dataclass(frozen=True)
class Stop:
    """A reason to stop a release, with the clause that asks for what is missing."""

    clause: str
    rule: str
    """The rule of the policy; blank where the gate itself found it."""
    reason: str


@dataclass(frozen=True)
class Evidence:
    """A release as it lies in its folder."""

    manifest: ReleaseManifest
    policy: ReleasePolicy
    commit: str
    row: Mapping[str, Any]
    """One release with the columns of a policy."""
    stops: tuple[Stop, ...]
    """What is wrong whatever the policy says."""


def read_release(folder: Path) -> Evidence:
    """Read a release folder. Nothing in it is executed.

    Raises FileRefused with one sentence where there is no release that could be judged: no repository, no commit,
    no readable manifest or policy.
    """
    if not folder.is_dir():
        raise FileRefused(f"There is no folder {folder.name}; name the folder of a release.")
    if not git.is_repository(folder):
        raise FileRefused(f"{folder.name} is no git repository; the gate judges what is committed.")
    commit = git.head(folder)
    if not commit:
        raise FileRefused(f"Nothing is committed in {folder.name}; commit the release first.")
    manifest, policy = _artifact(folder, MANIFEST, ReleaseManifest), _artifact(folder, POLICY, ReleasePolicy)
    if not policy.rules:
        raise FileRefused(f"{POLICY} holds no rule; a gate without rules would let everything pass.")
    return _Reader(folder, manifest, policy, commit).evidence()


def _artifact(folder: Path, name: str, model: Any) -> Any:
    try:
        return read_artifact(folder / name, model, inside=folder).artifact
    except FileNotFoundError:
        raise FileRefused(f"There is no {name} in {folder.name}; hand it in first.") from None
    except Unreadable as error:
        raise FileRefused(str(error.problems[0])) from None


class _Reader:
    """Reads one release, collecting what is wrong on the way."""

    def __init__(self, folder: Path, manifest: ReleaseManifest, policy: ReleasePolicy, commit: str):
        self.folder, self.manifest, self.policy, self.commit = folder, manifest, policy, commit
        self.blobs = git.committed(folder)
        self.stops: list[Stop] = []
        self.texts: dict[str, str] = {}

    def evidence(self) -> Evidence:
        for name in (MANIFEST, POLICY):
            self._text(name, "part_11")
        heads = {row.part: self._part(row.path, row.sha256) for row in self.manifest.parts if row.part and row.path}
        row = {**self._versions(heads), **self._people_and_risks(heads), **self._rules_of_change(heads)}
        row["audit_log_verified"] = self._log_verifies()
        return Evidence(self.manifest, self.policy, self.commit, row, tuple(self.stops))

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
        self.texts[path] = text
        return text

    def _part(self, path: str, sha256: str) -> Mapping[str, Any]:
        """The first lines of a part as data; a part that is not what the manifest says is noted."""
        text = self._text(path, "qmsr")
        if not text:
            return {}
        if fingerprint(text) != sha256:
            self._stop("qmsr", f"{path[:80]} does not have the fingerprint that the manifest states.")
        return _front_matter(text)

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
        screen_version = _of(versions.get("screens"), manifest.screen)

        def named(head: Mapping[str, Any]) -> str:
            """The screen version of a document; another screen's version is that of another screen."""
            return str(head.get("screen_version", "")) if head.get("screen") == manifest.screen else "another screen"

        return {
            "release": manifest.version,
            "released_on": manifest.released_on.isoformat() if manifest.released_on else "",
            "model_version": _of(versions.get("models"), manifest.model),
            "card_model_version": str(card.get("model_version", ""))
            if card.get("model") == manifest.model
            else "another model",
            "screen_version": screen_version
            if named(spec) == screen_version
            else f"{screen_version}, not as specified",
            "tested_screen": named(report),
            "labelling_version": named(label),
            "nurses": _whole(report.get("nurses")),
            "physicians": _whole(report.get("physicians")),
            "built_on": max(str(card.get("built_on", "")), str(spec.get("built_on", ""))),
            "tested_on": self._tested_on(heads.get("test_evidence", {})),
            "model_card_present": bool(card),
            "usability_report_present": bool(report),
            "dpia_present": bool(heads.get("dpia")),
        }

    def _tested_on(self, evidence: Mapping[str, Any]) -> str:
        """The day of the earliest result; blank, so earlier than any build, where the tests are of another build."""
        if (evidence.get("model"), evidence.get("screen")) != (self.manifest.model, self.manifest.screen):
            return ""
        days = [str(row.get("run_on", "")) for row in _rows(evidence.get("results"))]
        return min(days, default="")

    def _people_and_risks(self, heads: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        signatures = {row["signature"]: row for row in self._csv(SIGNATURES, "part_11") if "signature" in row}
        independent = 0
        parts = [row for row in self.manifest.parts if row.part and row.path]
        for part in parts:
            signature = signatures.get(part.signature, {})
            author = str(heads.get(part.part, {}).get("author", ""))
            independent += (
                signature.get("file") == part.path
                and signature.get("meaning") == "approved"
                and signature.get("person") not in ("", None, author)
                and signature.get("sha256") == part.sha256
            )
        results = _rows(heads.get("test_evidence", {}).get("results"))
        passed = {(row.get("requirement"), row.get("run")) for row in results if row.get("result") == "passed"}
        traced = {row.requirement for row in self.manifest.trace if (row.requirement, row.run) in passed}
        high = [row for row in _rows(heads.get("risk_file", {}).get("controls")) if row.get("severity") == "high"]
        verified = [row for row in high if row.get("requirement") in traced]
        return {
            "high_risks": max(len(high), 1),
            "high_risks_verified": len(verified),
            "approvals": max(len(parts), 1),
            "approvals_independent": independent,
        }

    def _rules_of_change(self, heads: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        plan = self._data(CHANGE_PLAN, "fda_pccp")
        assessment = heads.get("assessment", {})
        card, dpia = heads.get("model_card", {}), heads.get("dpia", {})
        used = _words(card.get("datasets"))
        purposes = {row.purpose for row in self.manifest.purposes if row.purpose}
        covered = purposes <= set(_words(dpia.get("purposes")))
        return {
            "change_in_plan": bool(self.manifest.changes) and all(plan.get(id) is True for id in self.manifest.changes),
            "assessment_done": bool(assessment) and assessment.get("model") == self.manifest.model,
            "datasets_used": max(len(used), 1),
            "datasets_in_dpia": len(set(used) & set(_words(dpia.get("datasets")))) if covered else 0,
        }

    def _log_verifies(self) -> bool:
        """Whether the chain of the audit log holds, and each accepted decision still has its sealed text."""
        entries = self._csv(LOG, "part_11")
        position = broken_entry(tuple(entries))
        if position is not None or not entries:
            self._stop("part_11", f"{LOG} does not verify from entry {position or 1} on: it was changed afterwards.")
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

    def _csv(self, path: str, clause: str) -> list[dict[str, str]]:
        try:
            rows = list(csv.DictReader(io.StringIO(self._text(path, clause)), strict=True))
        except csv.Error as error:
            self._stop(clause, f"{path} is no table: {error!s:.80}.")
            return []
        return [{str(name): value if isinstance(value, str) else "" for name, value in row.items()} for row in rows]


def _front_matter(text: str) -> Mapping[str, Any]:
    match = _FRONT_MATTER.match(text)
    try:
        data = yaml_text.parse(match.group(1)).data if match else {}
    except yaml_text.NotYaml:
        return {}
    return data if isinstance(data, dict) else {}


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _words(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _of(group: Any, name: str) -> str:
    return str(group.get(name, "")) if isinstance(group, dict) else ""


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
