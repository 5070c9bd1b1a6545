"""Find the planted flaws: a colleague's draft made from an exemplar and near-misses, scored by precision and recall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case
from curriculum.cases.base import Entry, by_id, random
from curriculum.course.fixtures import Files, Fixtures, NearMiss, load_fixtures
from curriculum.course.lesson_plan import Flaws as Plan


@dataclass(frozen=True)
class FlawedDraft:
    """A draft with known flaws, and the statements to choose from."""

    plan: Plan
    files: Files
    planted: tuple[NearMiss, ...]
    options: Mapping[str, Entry]
    """Statements by id, planted and not planted ones in an order that tells nothing."""


@dataclass(frozen=True)
class FlawScore:
    """How well a learner found the flaws."""

    found: tuple[NearMiss, ...]
    overlooked: tuple[NearMiss, ...]
    not_there: tuple[Entry, ...]
    """Statements that were ticked and are not true of the draft."""

    @property
    def precision(self) -> float:
        """Share of the ticked statements that are true of the draft; 0 where nothing was ticked."""
        ticked = len(self.found) + len(self.not_there)
        return len(self.found) / ticked if ticked else 0.0

    @property
    def recall(self) -> float:
        """Share of the planted flaws that were found."""
        return len(self.found) / (len(self.found) + len(self.overlooked))


def flawed_draft(case: Case, plan: Plan, fixtures: Fixtures | None = None) -> FlawedDraft:
    """The draft for a learner's world: which flaws are planted depends on the seed alone.

    Raises ValueError where the lesson has fewer near-misses that can stand together than the plan asks for.
    """
    fixtures = fixtures or load_fixtures(case)
    candidates = [
        miss for miss in fixtures.near_misses if miss.artifact == plan.artifact and miss.variant == plan.variant
    ]
    order = random(case.slug, case.seed, "flaws").permutation(len(candidates))
    planted: list[NearMiss] = []
    for index in order:
        if len(planted) < plan.plant and all(_disjoint(candidates[index], other) for other in planted):
            planted.append(candidates[index])
    if len(planted) < plan.plant:
        raise ValueError(f"{case.slug}: {plan.plant} flaws are to be planted and {len(planted)} can stand together")
    broken = {criterion for miss in planted for criterion in (*miss.fails, *miss.opens)}
    rest = [candidates[index] for index in order if candidates[index] not in planted]
    # A statement that overlaps with a planted flaw could be argued to be true; it is no fair distractor.
    distractors = [miss for miss in rest if not set(miss.fails) & broken][: plan.options - len(planted)]
    options = sorted([*planted, *distractors], key=lambda miss: miss.flaw)
    return FlawedDraft(
        plan=plan,
        files=fixtures.patched(plan.variant, *planted),
        planted=tuple(planted),
        options=by_id(*(Entry(miss.id, miss.flaw) for miss in options)),
    )


def with_options(case: Case, draft: FlawedDraft) -> Case:
    """The case with the statements as a kind of its registry, so that a form can offer them."""
    return replace(case, more={**case.more, "flaws": draft.options})


def score(draft: FlawedDraft, ticked: tuple[str, ...]) -> FlawScore:
    """Compare what was ticked with what was planted."""
    planted = {miss.id: miss for miss in draft.planted}
    return FlawScore(
        found=tuple(miss for id, miss in planted.items() if id in ticked),
        overlooked=tuple(miss for id, miss in planted.items() if id not in ticked),
        not_there=tuple(draft.options[id] for id in dict.fromkeys(ticked) if id in draft.options and id not in planted),
    )


def draft_artifact(draft: FlawedDraft, model: type[Artifact]) -> Artifact:
    """The flawed draft as an artifact."""
    return model.model_validate(draft.files[draft.plan.artifact])


def _disjoint(one: NearMiss, other: NearMiss) -> bool:
    """Whether two flaws can both be told: their patches touch different places and do not shift each other's list
    positions, and neither keeps the other's criteria from being asked."""
    if {*one.fails, *one.opens} & {*other.fails} or {*other.opens} & {*one.fails}:
        return False
    if one.beside.keys() & other.beside.keys():
        return False
    for a in one.patch:
        for b in other.patch:
            p, q = a["path"].split("/")[1:], b["path"].split("/")[1:]
            shorter = min(len(p), len(q))
            if p[:shorter] == q[:shorter]:
                return False
            if _moves_items(a) and p[:-1] == q[: len(p) - 1]:
                return False
            if _moves_items(b) and q[:-1] == p[: len(q) - 1]:
                return False
    return True


def _moves_items(operation: Mapping[str, object]) -> bool:
    last = str(operation["path"]).rsplit("/", 1)[-1]
    return operation["op"] in ("add", "remove", "move", "copy") and last.isdigit()
