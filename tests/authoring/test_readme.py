"""The README's table of lessons is what the catalogue says, and its links lead somewhere."""

from __future__ import annotations

import re

import pytest

from curriculum.authoring.readme import README, with_map
from curriculum.course.catalog import load_catalog
from curriculum.course.places import COURSE


def test_the_table_is_what_the_catalogue_says() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_map(text) == text, "run `make build`, which writes the table of lessons"
    for entry in load_catalog().lessons:
        assert entry.title in text


@pytest.mark.parametrize("page", sorted(COURSE.glob("*.md")), ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (COURSE / target).exists()]
    assert missing == []


def test_a_readme_without_markers_is_told() -> None:
    with pytest.raises(ValueError, match="course map"):
        with_map("# Nothing here")
