"""Arrows: circles, and what leads where."""

from __future__ import annotations

from curriculum.practice.graphs import circle, leading_to


def test_a_circle_is_found_wherever_it_begins_and_a_fork_is_none():
    fork = {("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")}
    assert circle(fork) == ()
    assert set(circle({*fork, ("d", "b")})) == {"b", "d"}
    assert circle({("a", "a")}) == ("a",)


def test_what_leads_to_the_end():
    assert leading_to("d", [("a", "b"), ("b", "d"), ("x", "y")]) == {"a", "b", "d"}
    assert leading_to("z", [("a", "b")]) == {"z"}
    assert leading_to("b", [("a", "b"), ("b", "a")]) == {"a", "b"}
