"""The trace as a graph: clause, requirement, control, screen state, result, with its gaps to be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curriculum.artifacts.release_manifest import ReleaseManifest
from curriculum.cases import Case
from curriculum.cases.healthcare_platform import Truth

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SOUND, GAP, WAIVED = "#0072B2", "#D55E00", "#6B6B6B"
"""Okabe and Ito's blue and vermilion, and grey: apart for every kind of colour vision."""

_COLUMNS = ("Clause", "Requirement", "Control", "Screen state", "Result")


@dataclass(frozen=True)
class Thread:
    """One walk from a clause to a result. A step that does not hold has a word for what is wrong with it."""

    clause: str
    requirement: str
    control: str
    state: str
    result: str
    faults: tuple[str, str, str]
    """For control, state and result: blank, or missing, wrong, stale, failed."""
    waived: bool = False

    @property
    def whole(self) -> bool:
        return not any(self.faults)


def threads(case: Case, manifest: ReleaseManifest | None) -> list[Thread]:
    """The threads of a manifest, one for each requirement of the case, in the order of the case."""
    truth: Truth = case.truth
    rows = {row.requirement: row for row in reversed(manifest.trace)} if manifest else {}
    found = []
    for requirement in truth.trace.requirements.values():
        row = rows.get(requirement.id)
        control = row.control if row else ""
        state = row.state if row else ""
        run = truth.trace.runs.get(row.run) if row else None
        waived = bool(row and not row.run and row.waiver_owner and row.waiver_reason and row.waiver_until)
        result_fault = "missing"
        if run is not None and manifest is not None:
            of_this = (run.requirement, run.model, run.screen) == (requirement.id, manifest.model, manifest.screen)
            result_fault = "failed" if run.result != "passed" else "" if of_this else "stale"
        elif waived:
            result_fault = ""
        found.append(
            Thread(
                clause=requirement.clause,
                requirement=requirement.id,
                control=control,
                state=state,
                result="waived" if waived else run.result if run else "",
                faults=(
                    "" if control == truth.trace.control_of(requirement.id) else "wrong" if control else "missing",
                    "" if state == requirement.state else "wrong" if state else "missing",
                    result_fault,
                ),
                waived=waived,
            )
        )
    return found


def draw(axes: Axes, walks: list[Thread]) -> None:
    """Draw threads from left to right; what does not hold is dashed, vermilion, and says what is wrong."""
    clauses = list(dict.fromkeys(walk.clause for walk in walks))
    walks = sorted(walks, key=lambda walk: clauses.index(walk.clause))  # threads of one clause lie side by side
    axes.set_axis_off()
    axes.set_xlim(-0.5, len(_COLUMNS) - 0.5)
    axes.set_ylim(-len(walks) + 0.5, 1.2)
    for column, title in enumerate(_COLUMNS):
        axes.text(column, 0.9, title, ha="center", va="center", fontsize=8, fontweight="bold")
    clause_at = {clause: _mean([-i for i, walk in enumerate(walks) if walk.clause == clause]) for clause in clauses}
    for row, walk in enumerate(walks):
        steps = [walk.clause, walk.requirement, walk.control, walk.state, walk.result]
        faults = ["", "", *walk.faults]
        for column, (name, fault) in enumerate(zip(steps, faults, strict=True)):
            height = clause_at[walk.clause] if column == 0 else -row
            colour = GAP if fault else WAIVED if name == "waived" else SOUND
            shown = f"{_words(name)}\n({fault})" if fault and name else f"({fault})" if fault else _words(name)
            if column:
                before = clause_at[walk.clause] if column == 1 else -row
                axes.plot(
                    (column - 0.62, column - 0.38), (before, height), color=colour, linewidth=1.2,
                    linestyle="--" if fault or name == "waived" else "-",
                )  # fmt: skip
            axes.text(
                column, height, shown, ha="center", va="center", fontsize=7, color=colour,
                bbox={"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": colour, "linewidth": 0.8},
            )  # fmt: skip


def gaps(walks: list[Thread]) -> list[str]:
    """What is wrong with the threads, a sentence each."""
    names = ("control", "screen state", "result")
    return [
        f"“{_words(walk.requirement)}”: the {name} is {fault}."
        for walk in walks
        for name, fault in zip(names, walk.faults, strict=True)
        if fault
    ]


def _mean(values: list[int]) -> float:
    return sum(values) / len(values)


def _words(name: str) -> str:
    for prefix in ("req_", "ctl_"):
        name = name.removeprefix(prefix)
    return name.replace("_", " ")
