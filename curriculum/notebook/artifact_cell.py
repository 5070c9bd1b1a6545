"""The `%%artifact` cell: an artifact as text in the notebook, written to the same file as the forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.reading import Unreadable, parse_artifact
from curriculum.pages.page import Page, caution
from curriculum.support.files import FileRefused, write_whole


def save_cell(models: Mapping[str, type[Artifact]], answers: Path, line: str, cell: str) -> Page:
    """Write the text of a cell as the artifact that its first line names, if it can be read as one.

    A text that cannot be read is told with its line in the cell, and the file stays as it is.
    """
    kind = line.strip()
    if kind not in models:
        return caution(f"%%artifact needs the name of an artifact; in this lesson there are {', '.join(models)}.")
    try:
        parse_artifact(cell, models[kind], "this cell")
        write_whole(answers / f"{kind}.yaml", cell if cell.endswith("\n") else cell + "\n")
    except Unreadable as error:
        return caution(" ".join(map(str, error.problems)) + " Nothing was saved.")
    except FileRefused as error:
        return caution(str(error))
    return Page(f"Saved in [answers/{kind}.yaml](answers/{kind}.yaml). Run the check to have it reviewed.")


def offer_cell(models: Mapping[str, type[Artifact]], answers: Path) -> None:
    """Let notebooks use `%%artifact`; outside a notebook nothing happens."""
    import sys

    if "IPython" not in sys.modules:
        return
    from IPython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    if shell is not None:
        shell.register_magic_function(
            lambda line, cell: display(save_cell(models, answers, line, cell)), "cell", "artifact"
        )
