"""The parts of every lesson's forms have names that one takes in at a glance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from curriculum.course.catalog import load_catalog
from curriculum.widgets.form_spec import Spec, form_spec, plural
from graders import load_rubric

LONGEST = 60
"""Characters that fit into one line of a form in a narrow window."""


def test_several_fields_share_a_name_that_fits_into_a_line() -> None:
    models = {model for entry in load_catalog().lessons for model in load_rubric(entry.slug).artifacts.values()}
    parts = [(model.kind, part) for model in models for part in form_spec(model)["sections"] if len(part["fields"]) > 1]
    assert [
        (kind, part["title"]) for kind, part in parts if len(part["title"]) > LONGEST or part["title"].endswith("…")
    ] == []


@pytest.mark.parametrize(
    ("noun", "nouns"),
    [("entry", "entries"), ("day", "days"), ("hypothesis", "hypotheses"), ("watch", "watches"), ("person", "people"),
     ("class", "classes"), ("why", "whys"), ("delivery item", "delivery items")],
)  # fmt: skip
def test_several_of_a_list_are_named_in_the_plural(noun: str, nouns: str) -> None:
    assert plural(noun) == nouns


@pytest.mark.parametrize("slug", [entry.slug for entry in load_catalog().lessons])
def test_what_is_added_to_a_list_is_called_by_a_noun(slug: str) -> None:
    """Names of classes that read as no noun say one of their own."""
    said = [
        field["noun"] for model in load_rubric(slug).artifacts.values() for field in lists(form_spec(model)["fields"])
    ]
    no_nouns = {
        "against",
        "fixed",
        "told",
        "asked",
        "rejected",
        "not",
        "left",
        "ruled",
        "shown",
        "calm",
        "next",
        "other",
    }
    assert [noun for noun in said if set(noun.split()) & no_nouns or noun.split()[-1] in ("owned", "by", "out")] == []


def lists(fields: list[Spec]) -> Iterator[Spec]:
    """All lists of groups in a form, however deep."""
    for field in fields:
        if field["type"] == "groups":
            yield field
        yield from lists(field.get("fields", []))
