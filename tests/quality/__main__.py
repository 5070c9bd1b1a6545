"""`make quality`: prints the table of tests/quality, failures included; exits 1 where a bar is not reached."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from curriculum.practice.interview.notes import ACTIVE
from tests.quality.measure import measure_all, rule_scores


def main() -> int:
    """Print both tables and every failure."""
    console = Console(width=110)
    table = Table("What", "Of", "Measured", "Bar", "Reached", title="Judgement of prose")
    rows = measure_all()
    for row in rows:
        shown = f"{row.value:.1%}" if "%" in row.bar or row.bar == "no bar" else f"{row.value:.1f}"
        table.add_row(row.what, str(row.of), shown, row.bar, "yes" if row.reached else "NO")
    console.print(table)
    for part, words in (("dev", "written on these"), ("test", "not tuned on these")):
        scores = Table("Rule", "Right", "Wrong", "Overlooked", "Precision", "Speaks", title=f"Notes, {part}: {words}")
        for score in rule_scores(part):
            precision = f"{score.precision:.0%}" if score.fired else "–"
            speaks = "yes" if score.rule in ACTIVE else "silent"
            scores.add_row(score.rule, str(score.right), str(score.wrong), str(score.overlooked), precision, speaks)
        console.print(scores)
        for score in rule_scores(part):
            for example in score.examples:
                console.print(f"  {part}, {score.rule}, wrong: “{example}”", highlight=False)
    for row in rows:
        for failure in row.failures:
            console.print(f"  {row.what}: {failure}", highlight=False)
    return 0 if all(row.reached for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
