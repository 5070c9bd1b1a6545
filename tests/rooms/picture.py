"""The rooms of the code and which stands on which, as a Mermaid flowchart in CONTRIBUTING.md."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import grimp
import networkx as nx

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- rooms -->", "<!-- /rooms -->"

PACKAGE, GRADERS = "curriculum", "graders"
DOORS = {"curriculum", "curriculum.cli", "curriculum.__main__"}
"""Where callers come in: what a notebook imports, and the command line; they lead to every room and are no room."""


def rooms() -> dict[str, str]:
    """Each room with the first sentence of its docstring, from the top of the import contract down."""
    order = [room for layer in _contract()["layers"] for room in re.findall(r"\w+", layer)]
    order = [room for room in order if (ROOT / PACKAGE / room).is_dir()]
    order.insert(order.index("consequences"), GRADERS)
    return {room: _says(room) for room in order}


def stands_on() -> nx.DiGraph:
    """An arrow from each room to those that it imports from, without those that follow from others."""
    graph = grimp.build_graph(PACKAGE, GRADERS, cache_dir=None)
    arrows = nx.DiGraph()
    for importer in graph.modules - DOORS:
        for imported in graph.find_modules_directly_imported_by(importer) - DOORS:
            if (one := room_of(importer)) != (other := room_of(imported)):
                arrows.add_edge(one, other)
    return nx.transitive_reduction(arrows)


def room_of(module: str) -> str:
    package, _, rest = module.partition(".")
    return GRADERS if package == GRADERS else rest.split(".")[0]


def picture() -> str:
    """The flowchart with what each room is for."""
    known, arrows = rooms(), stands_on()
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'    {room}["<b>{room}</b><br>{says}"]' for room, says in known.items()]
    order = list(known)
    lines += [
        f"    {one} --> {other}"
        for one, other in sorted(arrows.edges, key=lambda edge: (order.index(edge[0]), order.index(edge[1])))
    ]
    return "\n".join([*lines, "```"])


def shown() -> str:
    """What stands in CONTRIBUTING.md."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def write() -> None:
    """Draw the picture anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{picture()}\n{END}{after}", encoding="utf-8")


def _contract() -> dict[str, list[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    found: dict[str, list[str]] = next(contract for contract in contracts if contract["type"] == "layers")
    return found


def _says(room: str) -> str:
    place = ROOT / GRADERS if room == GRADERS else ROOT / PACKAGE / room
    text = (place / "__init__.py").read_text(encoding="utf-8")
    found = re.match(r'"""(.*?)(?:\.\s|\.?""")', text, re.DOTALL)
    return " ".join(found.group(1).replace("`", "").split()) if found else ""


if __name__ == "__main__":
    write()
