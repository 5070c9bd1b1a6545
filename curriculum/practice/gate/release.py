"""The release folder of a case: its files, signatures, audit log and decisions, as a git repository."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path

from curriculum.cases import Case
from curriculum.cases.healthcare_platform import Truth
from curriculum.cases.healthcare_platform.authorisations import CHANGES
from curriculum.practice.gate import git
from curriculum.practice.gate.package import gate_files
from curriculum.support.files import FileRefused, write_whole

MANIFEST, POLICY = "manifest.yaml", "policy.yaml"
SIGNATURES, LOG = "approvals/signatures.csv", "audit/log.csv"
VERSIONS, CHANGE_PLAN = "build/versions.yaml", "plan/change-plan.yaml"
AUTHORISATIONS = "plan/authorisations.csv"
WORKFLOW = ".github/workflows/release-gate.yaml"
AUTHOR = "Release desk <release@tidewatch.example>"

_README = """# Release folder

Everything that may go out of the pilot release: several editions of each document, of which one set belongs together.

- `manifest.yaml` says which ones (you write it in the lesson), `policy.yaml` holds the rules of the gate.
- `approvals/` holds the signatures, `audit/` the log whose entries are chained by hashes, `decisions/` the records.
- `curriculum gate .` checks it. The file in `.github/workflows` does the same in a team's own pipeline, with the gate
  that lies in `gate/`: one file, and pins of the few packages that it needs.
- `curriculum gate --help` says what else it takes, such as a clause table of your own.

A pass says that the evidence is there and current. It does not say that a law is satisfied.
"""


def release_texts(case: Case) -> dict[str, str]:
    """The text of every file of the release folder, by path."""
    truth: Truth = case.truth
    texts = dict(truth.folder.texts)
    texts["README.md"] = _README
    texts[WORKFLOW] = resources.files(__package__).joinpath("release-gate.yaml").read_text(encoding="utf-8")
    texts[SIGNATURES] = table(
        ("signature", "file", "person", "signed_on", "meaning", "sha256"),
        (
            (s.id, truth.folder.files[s.file].path, s.person, s.signed_on.isoformat(), s.meaning, s.sha256)
            for s in truth.folder.signatures.values()
        ),
    )
    texts[LOG] = table(tuple(truth.earlier.log[0]), (tuple(entry.values()) for entry in truth.earlier.log))
    texts[VERSIONS] = _yaml(
        {
            "models": {model.id: model.version for model in truth.models.values()},
            "screens": {screen.id: screen.version for screen in truth.screens.values() if screen.id != "tiered_old"},
        }
    )
    texts[CHANGE_PLAN] = _yaml({change.id: change.inside for change in CHANGES.values()})
    texts[AUTHORISATIONS] = table(
        ("authorisation", "region", "what", "model", "version", "allows"),
        (
            (paper.id, paper.region, paper.what, paper.model, paper.version, paper.way)
            for paper in truth.authorisations.papers.values()
        ),
    )
    for record in truth.earlier.records.values():
        texts[decision_path(record.number)] = truth.earlier.texts[record.id]
    return texts


def make_release(case: Case, folder: Path) -> bool:
    """Make the release folder, once; False where it is there already. Raises FileRefused with one sentence."""
    if git.is_repository(folder):
        return False
    if folder.exists() and any(folder.iterdir()):
        raise FileRefused(f"The folder {folder.name} is there and is no release; move it away, then run this again.")
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, str | bytes] = {**release_texts(case), **gate_files()}
    git.create(folder)
    for path, content in files.items():
        write_whole(folder / path, content)
    git.commit(folder, files, "The documents of the pilot release", _when(case.truth.calendar.before(1)), AUTHOR)
    return True


def add_to_release(case: Case, folder: Path, texts: Mapping[str, str], message: str) -> str:
    """Write files into the release folder and commit them; returns the commit's id. Raises FileRefused."""
    if not git.is_repository(folder):
        raise FileRefused(f"There is no release in {folder.name} yet; make it first.")
    for path, text in texts.items():
        write_whole(folder / path, text)
    return git.commit(folder, texts, message, _when(case.truth.calendar.today), AUTHOR)


def decision_path(number: int) -> str:
    """Where a decision record is kept."""
    return f"decisions/{number:04d}.md"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """CSV text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _yaml(data: Mapping[str, object]) -> str:
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in data.items())


def _when(day: dt.date) -> str:
    return f"{int(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC).timestamp())} +0000"
