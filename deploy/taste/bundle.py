"""What the page's interpreter imports, as one ZIP file: the lesson's modules and files, and pure Python packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import grimp

from curriculum.course.catalog import load_catalog
from curriculum.course.places import CODE, COURSE

HERE = Path(__file__).resolve().parent

PACKAGES = (
    "annotated-types", "jinja2", "markupsafe", "pydantic", "pyyaml", "rapidfuzz", "traitlets", "typing-extensions",
    "typing-inspection",
)  # fmt: skip
"""Packages whose Python files suffice: where parts of them are compiled, pure Python stands in by their own design."""

LEFT_OUT = ("pydantic/v1/", "pydantic/mypy.py", "/tests/", "rapidfuzz/__pyinstaller/")

DATA = frozenset({".toml", ".yaml", ".js", ".css", ".json", ".html", ".j2"})

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same time for every file, so that equal sources give equal bytes."""


def bundle(slug: str) -> bytes:
    """The ZIP file of one lesson; it is unpacked into one folder, which is then the first on the path."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted({**dict(_course(slug)), **dict(_packages()), **dict(_host())}.items()):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def modules_of(slug: str) -> set[str]:
    """Every module of the course that the lesson may import, and the packages around them."""
    graph = grimp.build_graph("curriculum", "graders")
    roots = {
        f"curriculum.cases.{slug}", f"graders.{slug}", "curriculum.notebook.lesson", "curriculum.learner.bringing",
        "curriculum.pages.tables",
    }  # fmt: skip
    found = roots.union(*(graph.find_upstream_modules(root) for root in roots))
    around = {module.rsplit(".", depth)[0] for module in found for depth in range(1, module.count(".") + 1)}
    return found | around


def licences() -> list[tuple[str, str, str]]:
    """Name, version and licence of each package that the page brings along."""
    return [(name, distribution(name).version, _licence(name)) for name in PACKAGES]


def _course(slug: str) -> Iterator[tuple[str, Path]]:
    for module in modules_of(slug):
        place = CODE.joinpath(*module.split("."))
        path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        yield path.relative_to(CODE).as_posix(), path
        if place.is_dir():  # templates, style sheets and front ends stand in folders below that are no packages
            for data in place.rglob("*"):
                if data.suffix in DATA and _package_of(data) == place:
                    yield data.relative_to(CODE).as_posix(), data
    folder = load_catalog().lesson(slug).folder
    for path in (folder / "source").rglob("*"):
        if path.is_file():
            yield path.relative_to(COURSE).as_posix(), path


def _package_of(path: Path) -> Path:
    """The nearest folder upwards that is a package."""
    return next(folder for folder in path.parents if (folder / "__init__.py").is_file())


def _packages() -> Iterator[tuple[str, Path]]:
    for name in PACKAGES:
        for file in distribution(name).files or ():
            text = file.as_posix()
            legal = ".dist-info/" in text and file.name.upper().startswith(("LICEN", "COPYING"))
            if not text.startswith("..") and (file.suffix == ".py" or legal) and not any(x in text for x in LEFT_OUT):
                yield text, Path(str(file.locate()))


def _host() -> Iterator[tuple[str, Path]]:
    for path in (HERE / "browser").rglob("*.py"):
        yield path.relative_to(HERE / "browser").as_posix(), path


def _licence(name: str) -> str:
    """What a package says of its licence: as an expression, in words, or among its classifiers."""
    about = distribution(name).metadata
    for field in ("License-Expression", "License"):
        if field in about:
            return str(about[field]).splitlines()[0]
    classified = about.get_all("Classifier") or []
    return ", ".join(line.rpartition(" :: ")[2] for line in classified if line.startswith("License ::"))
