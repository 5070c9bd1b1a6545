"""What is written as YAML is read as it was, by whichever of the two writers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.artifacts.yaml_text import _Dumper, _QuickDumper, _Rare, _written, dump, parse
from curriculum.authoring.subject import load_subject

USUAL = st.text(st.characters(max_codepoint=0xD7FF, exclude_characters="\x85"), max_size=60)
KEYS = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | USUAL,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(DATA)
def test_both_writers_say_the_same(data: Any) -> None:
    assert parse(_written({"a": data}, _QuickDumper)).data == parse(_written({"a": data}, _Dumper)).data


@pytest.mark.parametrize(
    "text", ["café ☕ and 😀", "𝔘nicode", "no", "10:30", " x", "a: b", "#", "two\nlines", "tab\t", "-"]
)
def test_what_is_written_is_read_and_reads_well(text: str) -> None:
    written = dump({"text": text})
    assert parse(written).data == {"text": text}
    assert "\\U" not in written and "\\u" not in written


def test_half_a_character_is_left_to_the_slow_writer() -> None:
    with pytest.raises(_Rare):
        _written({"a": "\ud800"}, _QuickDumper)
    assert dump({"a": "\ud800"}) == _written({"a": "\ud800"}, _Dumper)


@pytest.mark.parametrize("slug", ["recommendation_scoping", "healthcare_platform", "interview_basics"])
def test_files_are_the_same_to_the_letter(slug: str) -> None:
    for files in load_subject(slug).fixtures(0).exemplars.values():
        for data in files.values():
            assert _written(data, _QuickDumper) == _written(data, _Dumper)
