"""What the code cells of a lesson show when they run: the visible rows of tables, and what is printed."""

from __future__ import annotations

import ast
import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import Any

from curriculum.authoring.lesson_text import TextCell
from curriculum.cases.base import Tables

MOST_ROWS, FEW_ROWS, MOST_COLUMNS = 60, 10, 20
"""A table of at most so many rows is read; of a longer one a learner reads a few. Wider ones are cut."""


class _Onlooker:
    """Stands in for the lesson while its cells run: it has the tables, and does nothing but note what it is shown."""

    def __init__(self, tables: Tables | None = None, texts: list[str] | None = None):
        self._tables = tables
        self._texts: list[str] = [] if texts is None else texts

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._tables if name == "tables" and self._tables is not None else _Onlooker(None, self._texts)

    def __call__(self, *given: Any, **named: Any) -> Any:
        self._texts += [text for each in given if (text := table_text(each))]
        return _Onlooker(None, self._texts)

    def __getitem__(self, name: Any) -> Any:
        return _Onlooker(None, self._texts)

    def __iter__(self) -> Iterator[Any]:
        return iter(())  # else everything would be in it, without end


def shown_by(cells: list[TextCell], tables: Tables) -> list[str]:
    """The texts that the cells show, in order; a cell that needs more than tables shows nothing here."""
    import matplotlib

    texts: list[str] = []
    here: dict[str, Any] = {"lesson": _Onlooker(tables, texts), "display": lambda *given: texts.extend(_texts(given))}
    backend = matplotlib.get_backend()
    matplotlib.use("Agg")
    try:
        for cell in cells:
            if cell.code and "open_lesson" not in cell.source:
                _run(cell.source, here, texts)
    finally:
        import matplotlib.pyplot as plt

        plt.close("all")
        matplotlib.use(backend)
    return texts


def table_text(value: Any) -> str:
    """A table as text, with the rows that people read; nothing for everything else."""
    import pandas as pd

    if isinstance(value, pd.Series):
        value = value.to_frame()
    if not isinstance(value, pd.DataFrame):
        return ""
    rows = value if len(value) <= MOST_ROWS else value.head(FEW_ROWS)
    return str(rows.iloc[:, :MOST_COLUMNS].to_string())


def _run(source: str, here: dict[str, Any], texts: list[str]) -> None:
    """Run a cell as a notebook does and note what it prints, and the value of its last line."""
    printed = io.StringIO()
    with contextlib.suppress(Exception), contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        body = ast.parse(source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), here)
        if isinstance(last, ast.Expr):
            texts += _texts([eval(compile(ast.Expression(last.value), "cell", "eval"), here)])
    texts.append(printed.getvalue())


def _texts(values: Any) -> Iterator[str]:
    for value in values:
        if text := table_text(value):
            yield text
        elif isinstance(value, str | int | float):
            yield str(value)
