"""A learner's answers as they were last read: every widget that is shown asks for them, few have changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from graders.grade import Submission

Standing = frozenset[tuple[str, int, int, int, int]]


class LastRead:
    """Reads the answers when they are asked for the first time, and when a file in their folder is another one."""

    def __init__(self, answers: Path, read: Callable[[], Submission]):
        self._answers, self._read = answers, read
        self._kept: tuple[Standing, Submission] | None = None

    def __call__(self) -> Submission:
        standing = self._standing()
        if self._kept is None or self._kept[0] != standing:
            self._kept = standing, self._read()  # what changes meanwhile is another standing the next time
        return self._kept[1]

    def _standing(self) -> Standing:
        """Which files there are, and what the system says of each: saving makes a new file."""
        try:
            with os.scandir(self._answers) as listing:
                return frozenset(
                    (entry.name, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
                    for entry in listing
                    for found in [entry.stat(follow_symlinks=False)]
                )
        except OSError:  # no folder yet, or a file that goes away just now
            return frozenset()
