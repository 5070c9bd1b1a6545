"""Right answers and near-misses for every seed: exemplars with holes, and patches that break one thing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from curriculum.artifacts import yaml_text
from curriculum.cases import Case
from curriculum.course.catalog import lesson_folder
from curriculum.course.templates import render

Files = dict[str, Any]
"""The plain data of an `answers` folder by file name without .yaml: artifacts and transcripts."""


class NearMiss(BaseModel):
    """An exemplar with one plausible mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str
    variant: Annotated[str, Field(alias="from")]
    """The exemplar that it starts from."""
    artifact: str
    """The file that is patched: a kind of artifact, or a conversation."""
    patch: tuple[dict[str, Any], ...]
    """JSON Patch (RFC 6902) on the exemplar's data."""
    fails: Annotated[tuple[str, ...], Field(min_length=1)]
    """The criteria that must fail, and no others."""
    flaw: Annotated[str, Field(min_length=10)]
    """The mistake in one neutral sentence, as an option in the find-the-flaws exercise."""
    tempting: Annotated[str, Field(min_length=10)]
    """Why sensible people make it, in one sentence for the debrief."""
    opens: tuple[str, ...] = ()
    """Criteria whose question cannot be asked beside it; a draft with it has no flaw that fails one of them."""
    hurts: tuple[str, ...] = ()
    """The numbers of the run forward that it makes worse; for mistakes whose harm the run can show."""
    beside: dict[str, tuple[dict[str, Any], ...]] = {}
    """Patches of other files that go with it: what would honestly stand there after such a mistake, such as the
    analysis of the data that a mistaken plan gets."""


@dataclass(frozen=True)
class Fixtures:
    """The fixtures of a lesson, rendered for one case."""

    exemplars: dict[str, Files]
    near_misses: tuple[NearMiss, ...]

    def near_miss_files(self, near_miss: NearMiss) -> Files:
        """The answers of a near-miss; raises jsonpatch's errors where the patch does not apply."""
        return self.patched(near_miss.variant, near_miss)

    def patched(self, variant: str, *near_misses: NearMiss) -> Files:
        """An exemplar with one or more near-misses applied in turn; files without a patch are the exemplar's own."""
        import jsonpatch

        files = dict(self.exemplars[variant])
        for near_miss in near_misses:
            for name, patch in ((near_miss.artifact, near_miss.patch), *near_miss.beside.items()):
                files[name] = jsonpatch.apply_patch(files[name], list(patch))
        return files


def variants(slug: str) -> list[str]:
    """The names of a lesson's exemplars."""
    folder = lesson_folder(slug) / "source" / "exemplars"
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def load_fixtures(case: Case) -> Fixtures:
    """All exemplars and near-misses of a case's lesson, rendered for it."""
    source = lesson_folder(case.slug) / "source"
    near_misses = yaml_text.parse(render(_text(source / "near_misses.yaml"), case)).data or []
    return Fixtures(
        exemplars={variant: load_exemplar(case, variant) for variant in variants(case.slug)},
        near_misses=tuple(NearMiss.model_validate(item) for item in near_misses),
    )


def load_exemplar(case: Case, variant: str) -> Files:
    """The files of one exemplar, rendered for a case; raises FileNotFoundError where there is no such variant."""
    folder = lesson_folder(case.slug) / "source" / "exemplars" / variant
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no exemplar {variant!r} in {case.slug}")
    files = {path.stem: yaml_text.parse(render(_text(path), case)).data for path in sorted(folder.glob("*.yaml"))}
    return {name: _with_versions(data, files) for name, data in files.items()}


def _with_versions(data: Any, files: Files) -> Any:
    """A transcript in which each step `said_back: bertil`, and no more, has what the exemplar's own artifact says of
    Bertil; other data as they are."""
    if not isinstance(data, dict) or not isinstance(data.get("attempts"), list):
        return data
    attempts = [[_version(step, files) for step in attempt] for attempt in data["attempts"]]
    return {**data, "attempts": attempts}


def _version(step: Any, files: Files) -> Any:
    if not isinstance(step, dict) or step.keys() != {"said_back"}:
        return step
    person = step["said_back"]
    found = [one[person] for one in files.values() if isinstance(one, dict) and isinstance(one.get(person), dict)]
    part = next((one for one in found if "claims" in one), None)
    if part is None:
        raise ValueError(f"the transcript says something back to {person!r}, and no artifact has their claims")
    return {**step, **{name: part[name] for name in ("claims", "number", "firmness", "sentence") if name in part}}


def write_files(files: Files, answers: Path) -> None:
    """Write answers as a learner's folder would hold them."""
    from curriculum.support.files import write_whole

    for name, data in files.items():
        write_whole(answers / f"{name}.yaml", yaml_text.dump(data))


@lru_cache(maxsize=256)
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
