"""What a real IPython shell shows of tables and figures once a lesson is open, and before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from curriculum.course.places import COURSE

CODE = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.enable_matplotlib = None
def show(code):
    result = shell.run_cell(code)
    result.raise_error()
    return shell.display_formatter.format(result.result)[0]
said = {}
for name, code in json.loads(sys.argv[1]):
    said[name] = show(code)
print("ANSWER" + json.dumps(said, default=str))
"""


def shown(folder: Path, *cells: tuple[str, str], **environment: str) -> dict[str, Any]:
    """What each cell shows, by its name, in one fresh shell."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(cells)],
        cwd=folder, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": str(COURSE), "HOME": str(folder), "MPLBACKEND": "agg", **environment},
    )  # fmt: skip
    assert "ANSWER" in done.stdout, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout.split("ANSWER")[1])
    return answer


OPEN = "from curriculum import open_lesson\nlesson = open_lesson('recommendation_scoping')\nlesson"


@pytest.mark.slow
def test_tables_and_what_is_made_of_them_are_shown_in_the_course_style(tmp_path: Path) -> None:
    said = shown(
        tmp_path,
        ("before", "import pandas as pd\npd.DataFrame({'total_ms': [1]})"),
        ("open", OPEN),
        ("table", "lesson.tables.traces.head(2)"),
        ("series", "lesson.tables.votes.groupby('card')['dots'].sum()"),
        ("whole", "lesson.tables.votes['dots'].sum()"),
        ("part", "lesson.tables.votes['dots'].mean()"),
        ("class", "type(lesson.tables.traces).__name__, lesson.tables.traces.columns[-1]"),
    )
    assert "course-table" not in said["before"]["text/html"]
    assert "course-table" in said["table"]["text/html"] and "End to end (ms)" in said["table"]["text/plain"]
    assert "course-table" in said["series"]["text/html"], "also where pandas has no page of its own"
    assert said["whole"]["text/plain"].isdigit(), "a number, and not how numpy calls it"
    assert float(said["part"]["text/plain"]) > 0
    assert said["class"]["text/plain"] == "('DataFrame', 'total_ms')", "it is still the DataFrame that one works with"


def test_opening_a_lesson_imports_neither_pandas_nor_matplotlib(tmp_path: Path) -> None:
    said = shown(
        tmp_path,
        ("first", OPEN),  # writes the data, for which pandas is not needed either
        ("loaded", "import sys\n[name for name in ('matplotlib', 'pandas') if name in sys.modules]"),
    )
    assert said["loaded"]["text/plain"] == "[]"


@pytest.mark.slow
def test_figures_have_the_house_style_and_both_themes(tmp_path: Path) -> None:
    figure = (
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 2])\naxes.set_title('A')\nfigure"
    )
    for order in (("open", OPEN), ("figure", figure)), (("early", figure), ("open", OPEN), ("figure", figure)):
        said = shown(tmp_path, *order)["figure"]
        assert 'class="themed" src="data:image/svg+xml;base64,' in said["text/html"]
        assert 'alt="Figure. A"' in said["text/html"]
    said = shown(tmp_path, ("open", OPEN), ("figure", figure), ("colour", "plt.rcParams['axes.prop_cycle'].by_key()"))
    assert "4a3fd1" in said["colour"]["text/plain"]


@pytest.mark.slow
def test_figures_stay_as_ipython_sets_them_up_afterwards(tmp_path: Path) -> None:
    inline = "from IPython.core.pylabtools import select_figure_formats\nselect_figure_formats(get_ipython(), {'png'})"
    figure = "from matplotlib.figure import Figure\nfigure = Figure()\nfigure.subplots().plot([1])\nfigure"
    said = shown(tmp_path, ("open", OPEN), ("inline", inline), ("figure", figure))["figure"]
    assert "image/png" in said and "course-figure" in said["text/html"]


@pytest.mark.slow
def test_a_style_of_the_learners_own_is_kept(tmp_path: Path) -> None:
    own = tmp_path / "own.mplstyle"
    own.write_text("lines.linewidth: 7\n")
    said = shown(
        tmp_path, ("open", OPEN), ("width", "import matplotlib\nmatplotlib.rcParams['lines.linewidth']"),
        MATPLOTLIBRC=str(own),
    )  # fmt: skip
    assert said["width"]["text/plain"] == "7.0"


@pytest.mark.slow
def test_nothing_changes_while_a_notebook_is_graded(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    said = shown(
        tmp_path, ("open", OPEN), ("table", "lesson.tables.votes.head(1)"), NBGRADER_EXECUTION="autograde",
        CURRICULUM_VARIANT="3",
    )  # fmt: skip
    assert "course-table" not in said["table"]["text/html"]
