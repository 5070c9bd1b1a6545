"""What a sandboxed notebook showed: taken from a process that ran a learner's code, and believed only in its shape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from curriculum.cohort.sandbox.cells import PICTURES, TEXTS


def shown_by(text: str) -> dict[int, dict[str, Any]]:
    """What the cells showed, by number. It was written by a process that ran a learner's code: only records of
    the right shape are taken."""
    found: dict[int, dict[str, Any]] = {}
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict) and type(record.get("cell")) is int and record["cell"] == len(found):
            found[record["cell"]] = {
                "stdout": _text(record.get("stdout")),
                "stderr": _text(record.get("stderr")),
                "outputs": [
                    {kind: _text(shown.get(kind)) for kind in (*TEXTS, *PICTURES) if isinstance(shown.get(kind), str)}
                    for shown in _dicts(record.get("outputs"))
                ],
                "errors": [
                    {
                        "ename": _text(error.get("name")),
                        "evalue": _text(error.get("value")),
                        "traceback": [line for line in error.get("traceback", ()) if isinstance(line, str)],
                    }
                    for error in _dicts(record.get("errors"))
                ],
            }
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def notebook(cells: Sequence[dict[str, Any]], said: dict[int, dict[str, Any]]) -> str:
    """A notebook with the learner's sources and what they showed. It carries no trust and no metadata of theirs."""
    made: list[dict[str, Any]] = []
    number = 0
    for place, cell in enumerate(cells):
        source = source_of(cell)
        if source is None:
            continue
        base = {"id": f"cell-{place}", "metadata": {}, "source": source}
        if cell.get("cell_type") != "code":
            made.append({**base, "cell_type": "markdown" if cell.get("cell_type") == "markdown" else "raw"})
            continue
        shown = said.get(number)
        number += 1
        outputs = [] if shown is None else _outputs(shown)
        made.append({**base, "cell_type": "code", "execution_count": number if shown else None, "outputs": outputs})
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    notebook = {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _outputs(shown: dict[str, Any]) -> list[dict[str, Any]]:
    streams = [
        {"output_type": "stream", "name": name, "text": shown[name]} for name in ("stdout", "stderr") if shown[name]
    ]
    data = [{"output_type": "display_data", "metadata": {}, "data": output} for output in shown["outputs"] if output]
    return [*streams, *data, *({"output_type": "error", **error} for error in shown["errors"])]


def source_of(cell: dict[str, Any]) -> str | None:
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else None
