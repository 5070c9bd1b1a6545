"""Measures the judgement of prose on the corpus: copies found, notes right, attacks stopped, false claims noticed."""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from curriculum.artifacts import yaml_text
from curriculum.artifacts.star import Star
from curriculum.cases import load_case
from curriculum.course.fixtures import load_exemplar, write_files
from curriculum.practice.interview import notes as note_rules
from curriculum.words import terms
from curriculum.words.copies import Reference, copied_sentences, emptiness, near_copies
from curriculum.words.prose import sentences
from graders import load_rubric
from graders.grade import grade_folder
from graders.interviews.held import course_texts, held
from tests.quality import disguises
from tests.quality.attacks import SLUG, exemplars, run_attacks
from tests.quality.mutations import run_mutations
from tests.quality.rows import Measured
from tests.quality.said_first import said_first
from tests.quality.shell_sets import copies_of_examples, numbers, shells

CORPUS = Path(__file__).parent / "corpus"
PRECISION, FEWEST_FIRINGS = 0.85, 5
"""What a rule for notes must reach on the unseen part, and how often it must have spoken there."""


@dataclass(frozen=True)
class RuleScore:
    """How often one rule for notes was right on one part of the corpus."""

    rule: str
    right: int
    wrong: int
    overlooked: int
    examples: tuple[str, ...]

    @property
    def fired(self) -> int:
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        return self.right / self.fired if self.fired else 0.0

    @property
    def good_enough(self) -> bool:
        return self.fired >= FEWEST_FIRINGS and self.precision >= PRECISION


@cache
def corpus(part: str) -> tuple[dict[str, Any], ...]:
    """The answers of one part: dev, test or practice."""
    return tuple(yaml_text.parse((CORPUS / f"{part}.yaml").read_text(encoding="utf-8")).data)


def references(part: str, same_project: bool = False) -> list[Reference]:
    """The answers of a part as references."""
    return [
        Reference(f"{part} {number}", f"answer {number} of {part}", row["text"], same_project)
        for number, row in enumerate(corpus(part), start=1)
    ]


def copies() -> list[Measured]:
    """How many disguised copies of known texts are found, by disguise, and how many honest answers are held."""
    case = load_case(SLUG, 5)
    others = [*references("dev"), *references("test")]
    same = [*references("practice", same_project=True), *exemplars(case)]
    known = [*course_texts(SLUG), *others, *same]
    rows = []
    for name, disguise in {**disguises.REQUIRED, **disguises.FURTHER}.items():
        missed = []
        sources = [reference for reference in known if len(reference.text.split()) >= 30]
        for number, reference in enumerate(sources):
            found = near_copies(disguise(reference.text, number), known)
            if reference.id not in {hold.reference for hold in found}:
                missed.append(reference.id)
        share = 1 - len(missed) / len(sources)
        required = name in disguises.REQUIRED
        bar, reached = ("≥ 99 %", share >= 0.99) if required else ("no bar", True)
        rows.append(Measured(f"copies found, {name}", share, bar, reached, len(sources), tuple(missed)))
    wrongly = []
    for part in (others, same):
        for reference in part:
            rest = [other for other in known if other.id != reference.id]
            wrongly += [f"{reference.id} held for {hold.where}" for hold in near_copies(reference.text, rest)]
    of, count = len(others) + len(same), float(len(wrongly))
    rows.append(Measured("honest answers held as copies", count, "0", not wrongly, of, tuple(wrongly)))
    empty = [f"{reference.id}: {hold.kind}" for reference in (*others, *same) for hold in emptiness(reference.text)]
    rows.append(Measured("honest answers held as empty", float(len(empty)), "0", not empty, of, tuple(empty)))
    return rows


def borrowed() -> list[Measured]:
    """How often one published sentence at the end of somebody's answer is asked about, and how often an honest one."""
    known = [
        text for text in course_texts(SLUG) if text.where not in ("the rubric of this lesson", "the question bank")
    ]
    honest = [row["text"] for part in ("dev", "test", "practice") for row in corpus(part)]
    lasts = [(known_text, sentences(known_text.text)[-1].text) for known_text in known]
    lasts = [(known_text, last) for known_text, last in lasts if len(last.split()) >= 8]
    tried = [(f"{text} {last}", source) for text in honest[::6] for source, last in lasts]
    missed = tuple(source.id for text, source in tried if not copied_sentences(text, source.text)[0])
    wrong = tuple(text[:60] for text in honest if any(copied_sentences(text, source.text)[0] for source in known))
    found = 1 - len(missed) / len(tried)
    return [
        Measured("single borrowed sentences found", found, "≥ 95 %", found >= 0.95, len(tried), missed),
        Measured("honest answers asked about one", float(len(wrong)), "0", not wrong, len(honest), wrong),
    ]


def rule_scores(part: str) -> list[RuleScore]:
    """Every rule for notes against what people found missing in the answers of a part."""
    right: Counter[str] = Counter()
    overlooked: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {rule.id: [] for rule in note_rules.RULES}
    for row in corpus(part):
        fired = {note.rule: note.span for note in note_rules.all_notes(row["text"])}
        for rule, span in fired.items():
            if rule in row["lacks"]:
                right[rule] += 1
            else:
                wrong[rule].append(span)
        overlooked.update(set(row["lacks"]) - fired.keys())
    return [
        RuleScore(rule.id, right[rule.id], len(wrong[rule.id]), overlooked[rule.id], tuple(wrong[rule.id]))
        for rule in note_rules.RULES
    ]


def strong_answers() -> Measured:
    """Notes of the active rules on strong answers of the unseen parts; nearly all of them must be right to be quiet."""
    strong = [row["text"] for row in corpus("test") if not row["lacks"]] + [row["text"] for row in corpus("practice")]
    wrong = [str(note) for text in strong for note in note_rules.notes(text)]
    share = len(wrong) / len(strong)
    return Measured("wrong notes per strong answer", share, "≤ 5 %", share <= 0.05, len(strong), tuple(wrong))


def attacks(seeds: Iterable[int] = (0, 7)) -> Measured:
    """Attacks that earn full marks without being held for a person."""
    results = [attacked for seed in seeds for attacked in run_attacks(seed)]
    succeeded = tuple(sorted({attacked.id for attacked in results if attacked.succeeded}))
    share = sum(attacked.succeeded for attacked in results) / len(results)
    return Measured("attacks that earn full marks", share, "≤ 5 %", share <= 0.05, len(results), succeeded)


def mutations(seeds: Iterable[int] = (0, 11)) -> Measured:
    """False typed claims that a criterion notices."""
    results = [
        result for seed in seeds for variant in ("in_prose", "in_points") for result in run_mutations(seed, variant)
    ]
    missed = tuple(f"{result.place} = {result.value}" for result in results if not result.caught_by)
    share = 1 - len(missed) / len(results)
    return Measured("false claims noticed", share, "≥ 98 %", share >= 0.98, len(results), missed)


KNOWN_WORK_MS = 4.0
"""CPU milliseconds of `_known_work` on the machine on which the bar was set, with nothing else running."""


def _known_work() -> float:
    """CPU seconds of work that is always the same: a core that two processes share makes both take longer."""
    begun = time.process_time()
    assert sum(len(word.split("-")) for word in [f"{n}-{n * 7}" for n in range(12_000)]) == 24_000
    return time.process_time() - begun


def check_time(rounds: int = 40) -> Measured:
    """CPU milliseconds for reading and judging an answer, with holds and notes: the 95th percentile.

    Each is measured beside known work, so that it says the same on a machine that is busy.
    """
    case, rubric = load_case(SLUG, 1), load_rubric(SLUG)
    files = load_exemplar(case, "in_prose")
    star = Star.model_validate(files["star"])
    with tempfile.TemporaryDirectory() as folder:
        write_files(files, Path(folder))
        times = []
        for _ in range(rounds):
            begun = time.process_time()
            grade_folder(rubric, case, Path(folder))
            held(star)
            note_rules.notes(star.text())
            took = time.process_time() - begun
            times.append(took / _known_work() * KNOWN_WORK_MS)
    worst = sorted(times)[int(0.95 * rounds) - 1]
    return Measured("CPU milliseconds of a check, p95", worst, "< 50", worst < 50, rounds)


def check_memory() -> Measured:
    """Megabytes that Python allocates for a check at the most, the counts of words included."""
    case, rubric = load_case(SLUG, 1), load_rubric(SLUG)
    files = load_exemplar(case, "in_prose")
    star = Star.model_validate(files["star"])
    terms.features.cache_clear()
    with tempfile.TemporaryDirectory() as folder:
        write_files(files, Path(folder))
        tracemalloc.start()
        grade_folder(rubric, case, Path(folder))
        held(star)
        note_rules.notes(star.text())
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    return Measured("megabytes of a check", peak, "< 50", peak < 50, 1)


MEASURES: tuple[Callable[[], Measured | Iterable[Measured]], ...] = (
    shells,
    numbers,
    copies_of_examples,
    copies,
    borrowed,
    strong_answers,
    attacks,
    mutations,
    said_first,
    check_time,
    check_memory,
)


def measure_all() -> list[Measured]:
    """Every row of the table."""
    rows: list[Measured] = []
    for measure in MEASURES:
        result = measure()
        rows += [result] if isinstance(result, Measured) else list(result)
    return rows
