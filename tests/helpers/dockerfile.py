"""A Dockerfile read as far as the tests ask: stages and their instructions."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

KNOWN = {"ARG", "FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}


@dataclass
class Stage:
    """What stands between two FROMs."""

    name: str
    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)
    """Instructions in their order, each with what follows its name."""

    def of(self, kind: str) -> list[str]:
        """What follows each instruction of a kind."""
        return [rest for name, rest in self.steps if name == kind]

    def command(self, kind: str) -> list[str]:
        """The words of CMD, or of the command in HEALTHCHECK; both are written as JSON."""
        (rest,) = self.of(kind)
        found: list[str] = json.loads(rest[rest.index("[") :])
        return found

    def variables(self) -> dict[str, str]:
        """What ENV sets, as it stands."""
        return dict(word.split("=", 1) for rest in self.of("ENV") for word in shlex.split(rest))


def read(path: Path) -> dict[str, Stage]:
    """The stages by name; fails the test at a line that is none of the instructions above."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    stages: dict[str, Stage] = {}
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        if not line.strip():
            continue
        kind, _, rest = line.strip().partition(" ")
        assert kind in KNOWN, f"{path.name}: {line}"
        if kind == "FROM":
            base, name = re.fullmatch(r"(\S+) AS (\S+)", rest).groups()  # type: ignore[union-attr]
            stages[name] = current = Stage(name, base)
        elif stages:
            current.steps.append((kind, " ".join(rest.split())))
    return stages
