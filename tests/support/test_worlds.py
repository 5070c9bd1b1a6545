"""What is worked out for a world stays until worlds are let go of."""

from __future__ import annotations

from curriculum.support.worlds import forget_worlds, kept_for_worlds


def test_each_is_worked_out_once_until_worlds_are_let_go_of() -> None:
    asked = []

    @kept_for_worlds(maxsize=2)
    def rows(seed: int) -> list[int]:
        asked.append(seed)
        return [seed]

    assert rows(1) is rows(1)
    forget_worlds()
    assert rows(1) == [1] and asked == [1, 1]
    rows(2), rows(3), rows(1)  # the oldest makes room
    assert asked == [1, 1, 2, 3, 1]
