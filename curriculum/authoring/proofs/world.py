"""Proofs about the simulated world: the same everywhere, quick, and consistent with itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import import_module

from curriculum.authoring.proofs.registry import Against, for_each_world, for_the_lesson
from curriculum.authoring.subject import Subject
from curriculum.course.places import CODE

SECONDS = 0.3
"""CPU time in which a world must be simulated."""

_ID = re.compile(r"[a-z][a-z0-9_]*")


@for_each_world
def world_is_in_order(subject: Subject, seed: int) -> Against:
    """The world has the right name, its ids are in snake_case, and what it names exists."""
    case = subject.case(seed)
    if (case.slug, case.seed) != (subject.slug, seed):
        yield "case", f"it says that it is {case.slug} with seed {case.seed}"
    for kind, entries in case.registry.kinds.items():
        for key, entry in entries.items():
            if key != entry.id or not _ID.fullmatch(key):
                yield f"{kind}/{key}", "an id is a word in snake_case, the same in the entry and in the mapping"
            if not entry.label.strip():
                yield f"{kind}/{key}", "it has no label"
    for fact in case.facts.values():
        if fact.held_by is not None and fact.held_by not in case.people:
            yield f"facts/{fact.id}", f"it is held by {fact.held_by}, whom nobody knows"
        if fact.value is not None and not fact.unit:
            yield f"facts/{fact.id}", "it has a value without a unit"
    for person in case.people.values():
        if not (person.role and person.cares_about):
            yield f"people/{person.id}", "the role or what the person cares about is missing"
    for name, columns in case.columns.items():
        for column, values in columns.items():
            if values.flags.writeable:
                yield f"{name}.{column}", "the column can be changed; make it read-only with frozen_columns"
    if not case.brief.strip():
        yield "brief", "it is empty"


@for_each_world
def world_is_quick_and_the_same_again(subject: Subject, seed: int) -> Against:
    """The world is simulated in under 0.3 seconds, and a second time it is the same."""
    simulate = import_module(f"curriculum.cases.{subject.slug}").simulate
    seconds = []
    for _ in range(2):
        start = time.process_time()
        case = simulate(seed)
        seconds.append(time.process_time() - start)
        if case.fingerprint != subject.case(seed).fingerprint:
            yield "simulate", "the same seed gives another world"
    if min(seconds) > SECONDS:
        yield "simulate", f"it takes {min(seconds):.2f} s; at most {SECONDS} s"


@for_the_lesson
def world_is_the_same_in_another_process(subject: Subject, seeds: Sequence[int]) -> Against:
    """Another process gives the same worlds to the byte, and different seeds give different worlds."""
    few = list(seeds[:3])
    code = (
        "import sys; from curriculum.cases import load_case\n"
        "for seed in sys.argv[2:]: print(load_case(sys.argv[1], int(seed)).fingerprint)"
    )
    path = os.pathsep.join(filter(None, [str(CODE), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-c", code, subject.slug, *map(str, few)],
        env={**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    if done.stdout.split() != [subject.case(seed).fingerprint for seed in few]:
        yield "simulate", "another process gives other worlds; is there a set, a clock or an unseeded generator?"
    if len({subject.case(seed).fingerprint for seed in few}) < len(few):
        yield "simulate", "different seeds give the same world"


@for_the_lesson
def cast_is_the_same_in_every_world(subject: Subject, seeds: Sequence[int]) -> Against:
    """People and the ids of facts do not depend on the seed, since lesson text and conversation name them."""
    first = subject.case(seeds[0])
    for seed in seeds[1:]:
        case = subject.case(seed)
        if dict(case.people) != dict(first.people):
            yield "people", f"seed {seed} has other people than seed {seeds[0]}"
            return
        holders = {fact.id: fact.held_by for fact in case.facts.values()}
        if holders != {fact.id: fact.held_by for fact in first.facts.values()}:
            yield "facts", f"seed {seed} has other facts, or other holders, than seed {seeds[0]}"
            return
