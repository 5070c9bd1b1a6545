"""The page on the skill guides is up to date, and a row that rests on nothing is told."""

from __future__ import annotations

import pytest

from curriculum.authoring.guides import PAGE, Ask, Given, Guides, guides_page, load_guides, strangers
from curriculum.course.catalog import load_catalog


def test_the_page_is_what_the_guides_and_the_lessons_say() -> None:
    text = PAGE.read_text("utf-8")
    assert text == guides_page(), "run `curriculum author build`"
    for ask in load_guides().asks:
        assert ask.asks in text and ask.without in text


def test_every_lesson_and_every_skill_is_on_the_page() -> None:
    served = {one.lesson for ask in load_guides().asks for one in ask.given}
    assert served == {entry.slug for entry in load_catalog().lessons}
    rows = guides_page().split("## Skill by skill")[1]
    for skill in load_catalog().skills:
        assert f"| {skill.label} | [" in rows, f"no lesson shows the skill {skill.id}"


def of(given: Given | None = None, *, guide: str = "a", without: str = "") -> Guides:
    ask = Ask(guide=guide, part="p", asks="Do it", given=(given,) if given else (), without=without)
    return Guides(guides={"a": "A"}, asks=(ask,))


@pytest.mark.parametrize(
    ("guides", "told"),
    [
        (of(), "neither a lesson nor a reason"),
        (of(guide="b", without="No"), "has no title"),
        (of(Given(lesson="nowhere", says="x", steps=("brief",))), "no lesson 'nowhere'"),
        (of(Given(lesson="welcome", says="x")), "nothing is named that shows it in welcome"),
        (of(Given(lesson="welcome", says="x", criteria=("ask_is_kind",))), "no criterion 'ask_is_kind'"),
        (of(Given(lesson="welcome", says="x", terms=("RACI",))), "no term 'RACI'"),
        (of(Given(lesson="welcome", says="x", steps=("trigger",))), "no step 'trigger'"),
        (of(Given(lesson="welcome", says="x", questions=("two_models_two_camps",))), "no question"),
    ],
)
def test_what_does_not_hold_is_told(guides: Guides, told: str) -> None:
    assert told in " ".join(strangers(guides))
    with pytest.raises(LookupError, match=r"guides\.toml"):
        guides_page(guides)


def test_what_holds_is_not_told() -> None:
    assert not list(strangers(of(Given(lesson="welcome", says="x", terms=("Ask",), steps=("talk",)))))
    assert not list(strangers(of(without="It needs people")))
