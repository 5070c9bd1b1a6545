"""Builds the page that runs one lesson in a browser: a single file, which loads nothing from anywhere.

`python deploy/taste/build.py PARTS OUT` takes what `fetch.py` has put into PARTS and writes OUT/index.html.
"""

from __future__ import annotations

import base64
import gzip
import json
import sys
from pathlib import Path

import jinja2
from bundle import bundle, licences
from lesson_page import Cell, parts_of

from curriculum.authoring.subject import load_subject
from curriculum.course.version import VERSION
from curriculum.support.files import write_whole
from curriculum.support.looks import SHARED_STYLE, palette, themed_variables

HERE = Path(__file__).resolve().parent
SLUG = "welcome"

NOT_FETCHED = "{} is not there; `make taste` fetches what the page is made of and builds it."


def build(parts: Path, out: Path) -> Path:
    """Write the page; returns its path. Raises SystemExit with one sentence where a part is missing."""
    subject = load_subject(SLUG)
    page = parts_of(subject)
    cells = [part.as_json() for part in page if isinstance(part, Cell)]
    pyodide = parts / "node_modules" / "pyodide"
    text = (
        _templates()
        .get_template("index.html")
        .render(
            title=subject.entry.title,
            role=subject.entry.role,
            minutes=f"{subject.entry.minutes[0]}–{subject.entry.minutes[1]}",
            leaves=subject.entry.leaves,
            version=VERSION,
            parts=page,
            cells=_script(json.dumps({"slug": SLUG, "lock": _lock(pyodide), "cells": cells}, ensure_ascii=False)),
            style=SHARED_STYLE.read_text("utf-8") + themed_variables("body", *palette()) + _own("page.css"),
            scripts=[_script(_own("model.js") + _own("page.js"))],
            worker=_packed(_own("worker.js").encode()),
            pieces={
                "pyodide.mjs": _packed(_part(pyodide / "pyodide.mjs")),
                "pyodide.asm.mjs": _packed(_part(pyodide / "pyodide.asm.mjs")),
                "pyodide.asm.wasm": _packed(_part(pyodide / "pyodide.asm.wasm")),
                "python_stdlib.zip": _packed(_part(pyodide / "python_stdlib.zip")),
                "core.whl": _packed(
                    _part(next(iter(sorted(parts.glob("pydantic_core-*.whl"))), parts / "pydantic_core"))
                ),
                "lesson.zip": _packed(bundle(SLUG)),
            },
            licences=[*licences(), _licence_of(pyodide), ("pydantic-core", _core_version(parts), "MIT")],
        )
    )
    write_whole(out / "index.html", text)
    return out / "index.html"


def _own(name: str) -> str:
    return (HERE / "page" / name).read_text("utf-8")


def _part(path: Path) -> bytes:
    if not path.is_file():
        raise SystemExit(NOT_FETCHED.format(path))
    return path.read_bytes()


def _packed(data: bytes) -> str:
    """Bytes as text that a page may hold; the same bytes whenever they are packed."""
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()


def _script(text: str) -> str:
    """Text that may stand in a script element whatever it says."""
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")


def _licence_of(package: Path) -> tuple[str, str, str]:
    about = json.loads(_part(package / "package.json"))
    return about["name"], about["version"], about["license"]


def _lock(pyodide: Path) -> dict[str, object]:
    """What Pyodide was built for; of the packages that it could fetch, none."""
    return {"info": json.loads(_part(pyodide / "pyodide-lock.json"))["info"], "packages": {}}


def _core_version(parts: Path) -> str:
    return next(parts.glob("pydantic_core-*.whl")).name.split("-")[1]


def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(HERE / "page")
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)


if __name__ == "__main__":
    written = build(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
    print(f"{written} is the whole page, {written.stat().st_size / 1e6:.1f} MB; open it in a browser, or give it away.")
