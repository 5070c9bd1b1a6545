"""The parts of every lesson's forms have names that one takes in at a glance."""

from __future__ import annotations

from curriculum.course.catalog import load_catalog
from curriculum.widgets.form_spec import form_spec
from graders import load_rubric

LONGEST = 60
"""Characters that fit into one line of a form in a narrow window."""


def test_several_fields_share_a_name_that_fits_into_a_line() -> None:
    models = {model for entry in load_catalog().lessons for model in load_rubric(entry.slug).artifacts.values()}
    parts = [(model.kind, part) for model in models for part in form_spec(model)["sections"] if len(part["fields"]) > 1]
    assert [
        (kind, part["title"]) for kind, part in parts if len(part["title"]) > LONGEST or part["title"].endswith("…")
    ] == []
