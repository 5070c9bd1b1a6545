"""Measures the shared check for texts that say nothing (G1), copies of examples, and the reader of numbers.

Sets are called known where rules were mended after a look at them, and unseen where none was. Whoever changes a rule
for an unseen set makes it a known one, and writes the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from curriculum.artifacts import yaml_text
from curriculum.artifacts.base import Artifact, written
from curriculum.cases import load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.fixtures import load_exemplar, variants
from curriculum.course.places import COURSE
from curriculum.words.copied import copied
from curriculum.words.numbers import Said, said_numbers
from curriculum.words.prose import sentences, vocabulary
from curriculum.words.shells import Beside, shell
from graders import load_rubric
from graders.held import held, own_texts
from tests.quality.rows import Measured

CORPUS = Path(__file__).parent / "corpus"
KNOWN, UNSEEN = ("first", "second", "third"), ("fourth",)
FOUND, HELD = 0.95, 0.005
"""Least share of mechanical shells and copies that is found; most of honest answers that is held."""
READ_KNOWN, READ_UNSEEN = 0.98, 0.90
"""Least share of phrases with numbers that is read right in whole."""
MECHANICAL = frozenset(
    vocabulary(
        """single repeated_word repeated_sentence keyboard mash letters_padding digits_symbols stopwords disguised
        second_mechanical third_mechanical copy_help copy_memo copy_field copy_exemplar"""
    )
)
"""Kinds of the labelled set that a mechanical rule should find."""


def shells() -> Iterator[Measured]:
    """Found and held, on the sets that are known and on those that are not."""
    for what, parts, extra in (("known", KNOWN, _word_set()), ("unseen", UNSEEN, ([], [], []))):
        rows = [_part(part) for part in parts]
        mechanical = [text for row in rows for text in row["mechanical"]] + extra[0]
        copies = [copy for row in rows for copy in row["copies"]] + extra[1]
        honest = [text for row in rows for text in row["honest"]] + extra[2]
        missed = [text for text in mechanical if not shell(text)]
        yield _share(f"mechanical shells found, {what}", missed, len(mechanical))
        missed = [copy["text"] for copy in copies if not _is_copy(copy)]
        yield _share(f"copies of help, memo and fields found, {what}", missed, len(copies))
        yield _held(f"honest answers held, {what}", honest)
    # At its first run 4 of 1,709 were held; two rules were mended after a look at them.
    yield _held("sentences of other hands held", _others_sentences())


def copies_of_examples(seeds: Iterable[int] = (2, 9)) -> Iterator[Measured]:
    """Examples that are held, in their own world and in another one, and right answers that are held for another."""
    missed, wrong, of, pairs = [], [], 0, 0
    for slug in [entry.slug for entry in load_catalog().lessons]:
        rubric = load_rubric(slug)
        for seed in seeds:
            texts = {variant: _artifacts(slug, seed, variant) for variant in variants(slug)}
            for variant, artifacts in texts.items():
                for world in (seed, seed + 1):
                    found = {one.artifact for one in held(rubric, load_case(slug, world), artifacts)}
                    there = artifacts if world == seed else _artifacts(slug, world, variant)
                    with_prose = {kind for kind in artifacts if _says_the_same(artifacts[kind], there.get(kind))}
                    of += len(with_prose)
                    missed += [f"{slug}/{variant}/{kind}" for kind in with_prose - found]
                for other in (name for name in texts if name != variant):
                    for kind in artifacts.keys() & texts[other].keys():
                        pairs += 1
                        if copied(own_texts(artifacts[kind]), own_texts(texts[other][kind])):
                            wrong.append(f"{slug}/{kind}: {variant}, {other}")
    yield _share("copied examples held", missed, of)
    yield Measured("right answers held for another's", float(len(wrong)), "0", not wrong, pairs, tuple(wrong))


def _says_the_same(artifact: Artifact, other: Artifact | None) -> bool:
    """Whether an example has texts, and most of them are there in another world's as well, but for its numbers."""
    mine = [re.sub(r"\d", "", text) for text in own_texts(artifact).values()]
    theirs = {re.sub(r"\d", "", text) for text in own_texts(other).values()} if other is not None else set()
    return bool(mine) and 2 * sum(text in theirs for text in mine) > len(mine)


def numbers() -> Iterator[Measured]:
    """Phrases that are read right in whole."""
    known = [(row["text"], row["expect"]) for row in _words() if "expect" in row] + _phrases("numbers_first")
    for what, phrases, bar in (("known", known, READ_KNOWN), ("unseen", _phrases("numbers_second"), READ_UNSEEN)):
        missed = [text for text, expected in phrases if not is_read(text, [str(each) for each in expected])]
        share = 1 - len(missed) / len(phrases)
        name = f"phrases with numbers read right, {what}"
        yield Measured(name, share, f"≥ {100 * bar:.0f} %", share >= bar, len(phrases), tuple(missed))


def is_read(text: str, expected: list[str]) -> bool:
    """Whether a phrase gives what a person reads: "4%" a share, "1.5h" hours, "x2" times as many, "d03-06" a day,
    "t0930" a time, "ord7" a place in a row, "?" anything."""
    if any("?" in each for each in expected):
        return True
    found = [said for said in said_numbers(text) if said.kind not in ("year", "denominator")]
    if len(found) != len(expected):
        return False
    for each in expected:
        fitting = next((said for said in found if _fits(said, each.rstrip("~"))), None)
        if fitting is None:
            return False
        found.remove(fitting)
    return True


def _fits(said: Said, expected: str) -> bool:
    if said.kind == "date":
        return expected == f"d{said.month:02d}-{said.value:02.0f}"
    if said.kind == "clock":
        return expected == f"t{int(said.value) // 60:02d}{int(said.value) % 60:02d}"
    if said.kind == "ordinal" or expected[:1] in "dto":
        return expected == f"ord{said.value:g}"
    if expected.endswith("%"):
        share = float(expected[:-1])
        return said.percent is not None and abs(said.percent - abs(share)) < 0.006 * max(1.0, abs(share))
    if expected.startswith("x"):
        return said.unit == "times" and abs(said.value - float(expected[1:])) < 1e-6
    if expected.endswith("h"):
        return said.unit == "hour" and abs(said.value - float(expected[:-1])) < 1e-4
    value = abs(float(expected))
    plain = said.unit != "percent" and not said.of
    return plain and any(abs(each - value) < 1e-6 * max(1.0, value) for each in (said.value, *said.also))


def _share(what: str, missed: list[str], of: int) -> Measured:
    share = 1 - len(missed) / of
    return Measured(what, share, "≥ 95 %", share >= FOUND, of, tuple(missed))


def _held(what: str, honest: list[str]) -> Measured:
    wrong = [text for text in honest if shell(text)]
    share = len(wrong) / len(honest)
    return Measured(what, share, "≤ 0.5 %", share <= HELD, len(honest), tuple(wrong))


def _is_copy(copy: dict[str, str]) -> bool:
    return shell(copy["text"], beside=[Beside("the text beside it", copy["beside"], passage=True)]) is not None


@cache
def _part(part: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml_text.parse((CORPUS / f"shells_{part}.yaml").read_text(encoding="utf-8")).data
    return found


@cache
def _words() -> tuple[dict[str, Any], ...]:
    """The labelled set on which the first rules were made."""
    return tuple(json.loads(line) for line in (CORPUS / "words_set.jsonl").read_text(encoding="utf-8").splitlines())


def _word_set() -> tuple[list[str], list[dict[str, str]], list[str]]:
    rows = [row for row in _words() if row["label"] in ("shell", "honest")]
    shells_ = [row for row in rows if row["label"] == "shell" and row["kind"] in MECHANICAL]
    return (
        [row["text"] for row in shells_ if "beside" not in row],
        [row for row in shells_ if "beside" in row],
        [row["text"] for row in rows if row["label"] == "honest"],
    )


def _others_sentences() -> list[str]:
    """Sentences of answers and talks that were written for other things and by other people than the rules."""
    texts: dict[str, None] = {}
    for part in ("dev", "test", "practice"):
        for row in yaml_text.parse((CORPUS / f"{part}.yaml").read_text(encoding="utf-8")).data:
            texts |= dict.fromkeys(sentence.text for sentence in sentences(row["text"]))
    for path in sorted(COURSE.glob("*/*/source/roleplay.yaml")):
        for _, value in written(yaml_text.parse(path.read_text(encoding="utf-8")).data):
            if isinstance(value, str) and " " in value and "{" not in value:
                texts |= dict.fromkeys(sentence.text for sentence in sentences(value))
    return list(texts)


def _phrases(name: str) -> list[tuple[str, list[Any]]]:
    data = yaml_text.parse((CORPUS / f"{name}.yaml").read_text(encoding="utf-8")).data
    return [(str(text), expected) for text, expected in data]


def _artifacts(slug: str, seed: int, variant: str) -> dict[str, Any]:
    files = load_exemplar(load_case(slug, seed), variant)
    models = load_rubric(slug).artifacts
    return {kind: models[kind].model_validate(files[kind]) for kind in models if kind in files}
