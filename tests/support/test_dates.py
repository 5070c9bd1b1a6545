"""Days read as people write them."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from pathlib import Path

from curriculum.support.dates import day_and_time, day_month, full_day

APRIL = dt.datetime(2026, 4, 6, 9, 5)


def test_days_have_no_leading_zero() -> None:
    assert (day_month(APRIL), full_day(APRIL.date()), day_and_time(APRIL)) == (
        "6 April",
        "6 April 2026",
        "6 April, 09:05",
    )


def test_nobody_words_days_another_way() -> None:
    files = subprocess.run(["git", "ls-files", "curriculum", "graders"], capture_output=True, text=True, check=True)
    sources = [Path(name) for name in files.stdout.split() if name.endswith((".py", ".html", ".j2"))]
    assert [path for path in sources if re.search(r"%d %[Bb]", path.read_text(encoding="utf-8"))] == []
