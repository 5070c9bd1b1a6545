"""The picture of the rooms is what the imports are."""

from __future__ import annotations

from tests.rooms.picture import picture, rooms, stands_on
from tests.rooms.picture import shown as shown_on_the_page


def test_the_picture_in_contributing_is_derived_from_the_imports() -> None:
    assert shown_on_the_page() == picture(), "draw it anew: python -m tests.rooms.picture"


def test_every_room_is_in_it_and_says_what_it_is_for() -> None:
    assert set(stands_on().nodes) == set(rooms())
    assert all(3 <= len(says.split()) <= 24 for says in rooms().values()), rooms()
