"""The style that pages and widgets share: colours for both themes, type, spacing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SHARED_STYLE = Path(__file__).with_name("shared.css")
"""Put in front of every style sheet of the course."""

_BLOCK = re.compile(r"^(\[data-jp-theme-light=\"false\"\] )?\.course \{(.*?)^\}", re.DOTALL | re.MULTILINE)
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")


@cache
def palette() -> Mapping[str, tuple[str, str]]:
    """The colours by name, each for the light and the dark theme, as the shared style sheet has them."""
    blocks = _BLOCK.findall(SHARED_STYLE.read_text(encoding="utf-8"))
    light, dark = (dict(_COLOUR.findall(body)) for _, body in sorted(blocks, key=lambda block: bool(block[0])))
    return {name: (colour, dark[name]) for name, colour in light.items()}


@cache
def dark_as_the_reader() -> str:
    """A style sheet for pages without JupyterLab and without scripts: dark where the reader's computer is, light on
    paper. It stands after the shared style sheet."""
    dark = next(body for lab, body in _BLOCK.findall(SHARED_STYLE.read_text(encoding="utf-8")) if lab)
    return f"@media screen and (prefers-color-scheme: dark) {{\n.course {{{dark}}}\n}}\n"


def themed_variables(selector: str, *names: str) -> str:
    """A style sheet that gives `selector` these colours: dark in JupyterLab's dark theme, light on paper and else."""
    light, dark = (";".join(f"--{name}:{palette()[name][theme]}" for name in names) for theme in (False, True))
    return f'{selector}{{{light}}}\n@media not print{{[data-jp-theme-light="false"] {selector}{{{dark}}}}}\n'
