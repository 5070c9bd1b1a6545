"""How hard a text is to read: longer words and longer sentences are harder, whatever they say."""

from __future__ import annotations

from curriculum.words.reading import reading_grade


def test_the_reading_grade_orders_texts_by_difficulty() -> None:
    easy = "We stopped some payments. You could not pay. We are sorry. Please try again."
    hard = (
        "Customers experiencing authorisation interruptions are requested to initiate the verification procedure, "
        "whereupon individual examination will be undertaken."
    )
    assert reading_grade(easy) < 4 < 12 < reading_grade(hard)
    assert reading_grade("") == 0
