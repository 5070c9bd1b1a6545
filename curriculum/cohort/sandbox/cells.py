"""Runs the code cells of a notebook in an IPython shell, without a kernel, and tells what each one showed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from curriculum.cohort.sandbox.pictures import png
from curriculum.course.catalog import load_catalog
from graders import load_rubric

MAX_TEXT = 200_000
"""Characters of one output that are kept."""

MAX_PICTURE = 3_000_000
"""Characters of one picture, in base64."""

MAX_OUTPUTS = 50
"""Outputs of one cell that are kept."""

PICTURES = ("image/png", "image/jpeg")
TEXTS = ("text/plain", "text/markdown", "text/html", "text/latex")

Emit = Callable[[dict[str, Any]], None]


def make_shell() -> Any:
    """A shell like that of a kernel, without history, colours or threads, so that it can be forked."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.xmode = "Plain"
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autoindent = False
    # For whom sets formats of their own: as usual, but pictures are packed quickly rather than small.
    config.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "pil_kwargs": {"compress_level": 1}}
    return InteractiveShell.instance(config=config)


def warm_up(shell: Any) -> None:
    """Import and do once what most notebooks do, so that each of them does not pay for it."""
    import io

    import matplotlib as mpl

    from curriculum.pages.page import compile_pages

    mpl.use("module://matplotlib_inline.backend_inline")
    import matplotlib.pyplot as plt
    import pandas as pd
    from matplotlib.figure import Figure

    pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}).groupby("b").mean().to_html()
    figure, axes = plt.subplots(layout="constrained")
    axes.plot(pd.date_range("2026-01-01", periods=3), [1, 2, 3], label="fonts")
    axes.bar(pd.date_range("2026-01-01", periods=3), [1, 2, 3])
    axes.set_title("are read", weight="bold")
    axes.set_ylabel("once")
    axes.legend()
    png(figure)
    plt.close(figure)
    figure, axes = plt.subplots()
    pd.Series([1.0, 2.0], ["a", "b"]).plot.bar(ax=axes)
    figure.savefig(io.BytesIO(), format="svg")
    plt.close(figure)
    # After the first figure, with which the inline backend has set its own format.
    shell.display_formatter.formatters["image/png"].for_type(Figure, png)
    # What is shown draws a figure; a second time after each cell is of no use where nobody looks.
    plt.uninstall_repl_displayhook()
    for room in ("artifacts", "consequences", "course", "learner", "notebook", "pages", "widgets"):
        package = import_module(f"curriculum.{room}")
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    import_module("jsonpatch")
    compile_pages()
    for entry in load_catalog().lessons:
        # The course map asks for the points of every lesson; those to come have no rubric yet.
        with contextlib.suppress(LookupError, ImportError):
            load_rubric(entry.slug)


def run(shell: Any, sources: Sequence[str], emit: Emit) -> None:
    """Run cells one after the other, also after one that fails; `emit` gets one plain record for each."""
    for number, source in enumerate(sources):
        emit({"cell": number, **_run(shell, source)})


def _run(shell: Any, source: str) -> dict[str, Any]:
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.utils.capture import capture_output

    errors: list[dict[str, Any]] = []

    def keep(kind: Any, value: Any, traceback: list[str]) -> None:
        lines = [str(line) for line in traceback]
        errors.append({"name": getattr(kind, "__name__", "Error"), "value": str(value), "traceback": lines})

    shell._showtraceback = keep
    with capture_output() as shown:
        # The value of a cell goes the same way as what it displays.
        shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=shell.display_pub.outputs)
        result = shell.run_cell(source, store_history=False)
    error = result.error_in_exec or result.error_before_exec
    if error is not None and not errors:
        errors.append({"name": type(error).__name__, "value": str(error), "traceback": []})
    return {
        "stdout": shown.stdout[:MAX_TEXT],
        "stderr": shown.stderr[:MAX_TEXT],
        "outputs": [dict(_kept(output.data)) for output in shown.outputs[:MAX_OUTPUTS]],
        "errors": [
            {"name": error["name"][:200], "value": error["value"][:MAX_TEXT], "traceback": error["traceback"][:200]}
            for error in errors[:1]
        ],
    }


def _kept(data: Any) -> Iterator[tuple[str, str]]:
    import base64

    for kind in TEXTS:
        if isinstance(text := data.get(kind), str):
            yield kind, text[:MAX_TEXT]
    for kind in PICTURES:
        picture = data.get(kind)
        if isinstance(picture, bytes):
            picture = base64.b64encode(picture).decode()
        if isinstance(picture, str) and len(picture) <= MAX_PICTURE:
            yield kind, picture
