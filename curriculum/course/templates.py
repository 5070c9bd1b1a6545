"""Texts with holes, filled from a case: conversations, exemplars, near-misses, lesson texts."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import Any

import jinja2
import jinja2.meta
import jinja2.sandbox

from curriculum.cases import Case
from curriculum.support.dates import day_month, full_day


def render(text: str, case: Case, **more: Any) -> str:
    """`text` with its Jinja holes filled; it may use case, truth, facts, people, entries and the filters below.

    Raises jinja2.TemplateError for a hole that cannot be filled.
    """
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return text
    return _template(text).render(context(case), **more)


def names_in(text: str) -> set[str]:
    """The names that the holes of a text use; raises jinja2.TemplateError where it is not well formed."""
    environment = _environment()
    return set(jinja2.meta.find_undeclared_variables(environment.parse(text)))


def context(case: Case) -> dict[str, Any]:
    """What holes may name."""
    return {
        "case": case,
        "truth": case.truth,
        "facts": case.facts,
        "people": case.people,
        "entries": case.registry.kinds,
        "timedelta": dt.timedelta,
    }


@lru_cache(maxsize=512)
def _template(text: str) -> jinja2.Template:
    """Compiled once: the same texts are filled for one world after another."""
    return _environment().from_string(text)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.sandbox.SandboxedEnvironment(
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = lambda value, digits=0: f"{value:,.{digits}f}"
    environment.filters["percent"] = lambda value, digits=1: f"{100 * value:.{digits}f} %"
    environment.filters["full_day"] = full_day
    environment.filters["day"] = day_month
    environment.filters["first_name"] = lambda person: person.first_name
    return environment
