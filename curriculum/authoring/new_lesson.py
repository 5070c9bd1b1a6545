"""Makes a new lesson: every file of it, filled with a small true example that passes the proofs."""

from __future__ import annotations

import importlib
import keyword
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2

from curriculum.course.catalog import load_catalog
from curriculum.course.places import COURSE
from curriculum.support.files import write_whole

SKELETON = Path(__file__).parent / "skeleton"


class NameTaken(Exception):
    """A lesson of that name cannot be made; the message is one sentence that says why."""


def new_lesson(slug: str, title: str, *, level: str, role: str, kind: str | None = None) -> list[Path]:
    """Write the skeleton of a lesson into the course, add it to the catalogue, build it; returns the new files.

    Raises NameTaken where the slug or the kind cannot be used, before anything is written, and FileRefused
    where a file cannot be written.
    """
    kind = kind or f"{slug}_note"
    catalog = load_catalog()
    words = {
        "slug": slug,
        "title": _plain(title, "title"),
        "level": level,
        "role": _plain(role, "role"),
        "kind": kind,
        "Kind": "".join(part.capitalize() for part in kind.split("_")),
        "kind_words": kind.replace("_", " "),
        "Kind_words": kind.replace("_", " ").capitalize(),
        "leaves": f"a {kind.replace('_', ' ')}",
        "first": catalog.lessons[0].slug,
        "last": catalog.lessons[-1].slug,
    }
    files = dict(_files(slug, kind, level))
    _refuse_taken(slug, kind, files)
    environment = _environment()
    texts = {path: environment.get_template(template).render(words) for path, template in files.items()}
    row = environment.get_template("catalog.toml.j2").render(words)
    for path, text in texts.items():
        write_whole(path, text)
    listing = COURSE / "curriculum" / "course" / "catalog.toml"
    write_whole(listing, listing.read_text(encoding="utf-8").rstrip("\n") + "\n" + row)
    load_catalog.cache_clear()
    importlib.invalidate_caches()

    from curriculum.authoring.notebook import build

    return [*texts, build(slug)]


def _files(slug: str, kind: str, level: str) -> Iterator[tuple[Path, str]]:
    """Where each template of the skeleton goes."""
    yield COURSE / "curriculum" / "cases" / f"{slug}.py", "case.py.j2"
    yield COURSE / "curriculum" / "artifacts" / f"{kind}.py", "artifact.py.j2"
    yield COURSE / "curriculum" / "consequences" / f"{slug}.py", "consequence.py.j2"
    yield COURSE / "graders" / f"{slug}.py", "rubric.py.j2"
    yield COURSE / "tests" / "lessons" / f"test_{slug}.py", "test.py.j2"
    folder = COURSE / level / slug
    yield folder / "README.md", "README.md.j2"
    for template in sorted((SKELETON / "source").rglob("*.j2")):
        path = template.relative_to(SKELETON)
        name = path.name.removesuffix(".j2").replace("artifact", kind)
        yield folder / path.parent / name, path.as_posix()


def _refuse_taken(slug: str, kind: str, files: dict[Path, str]) -> None:
    for what, name in (("name of a lesson", slug), ("kind of artifact", kind)):
        if not re.fullmatch(r"[a-z][a-z0-9_]{2,39}", name) or keyword.iskeyword(name):
            raise NameTaken(
                f"{name!r} cannot be the {what}; use 3 to 40 small letters, digits and _, such as pod_launch."
            )
    if kind in ("case", "conversation", "first_talk", "flaws"):
        raise NameTaken(f"The kind {kind!r} has another meaning in the course; choose another with --kind.")
    if any(entry.slug == slug for entry in load_catalog().lessons):
        raise NameTaken(f"There is a lesson {slug!r} already; choose another name.")
    for path in files:
        package = path.with_suffix("")
        if path.exists() or (path.suffix == ".py" and package.is_dir()):
            raise NameTaken(f"{path.relative_to(COURSE)} is there already; choose another name, or --kind.")


def _plain(text: str, what: str) -> str:
    if not text.strip() or any(char in text for char in '"\\\n«»{}'):
        raise NameTaken(f"The {what} {text!r} must be one line without quotes, backslashes or braces.")
    return text.strip()


def _environment() -> jinja2.Environment:
    """«…» are the holes of the skeleton, since lessons have {{ … }} of their own."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(SKELETON),
        variable_start_string="«",
        variable_end_string="»",
        block_start_string="«%",
        block_end_string="%»",
        comment_start_string="«#",
        comment_end_string="#»",
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
