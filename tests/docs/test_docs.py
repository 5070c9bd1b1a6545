"""What the documentation points at is there: files, headings, commands and options; and the glossary is up to date."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from curriculum.authoring.glossary import GLOSSARY, glossary
from curriculum.cases import VARIANTS
from curriculum.cli import main
from curriculum.course.catalog import load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.course.places import COURSE
from curriculum.team.card import PHASES

PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "deploy/**/*.md", "*/*/README.md")
    for path in COURSE.glob(pattern)
    if not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(COURSE).parts)
)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_COMMAND = re.compile(r"(?:^|[`\n])(?:\.venv/bin/)?(curriculum [^`\n]+)")


def anchors(text: str) -> set[str]:
    """The headings of a page as GitHub names them in links."""
    heads = re.findall(r"^#{1,6} (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(COURSE)))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for link in _LINK.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {link}, which is not there"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target.read_text("utf-8")), f"{page.name} links to {link}; no heading is called so"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(COURSE)))
def test_commands_and_their_options_exist(page: Path) -> None:
    for written in _COMMAND.findall(page.read_text("utf-8").replace("\\\n", " ")):
        words = shlex.split(written.split(" #")[0].split("|")[0], posix=True) if written.count('"') % 2 == 0 else []
        command: click.Command | None = main
        context = click.Context(main)
        rest = words[1:]
        while isinstance(command, click.Group) and rest and re.fullmatch(r"[a-z][a-z-]*", rest[0]):
            found = command.get_command(context, rest[0])
            assert found is not None, f"{page.name}: {written}"
            command, rest = found, rest[1:]
        written_so = (name for one in command.params for name in (*one.opts, *one.secondary_opts))
        options = {*written_so, "--help", "--version", "-h"}
        for word in rest:
            option = word.split("=")[0].rstrip(".,;:)")
            if option.startswith("--"):
                assert option in options, f"{page.name}: {written} has no {option}"


def test_the_glossary_has_every_term_once_for_each_meaning() -> None:
    text = GLOSSARY.read_text("utf-8")
    assert text == glossary(), "run `curriculum author build`"
    for entry in load_catalog().lessons:
        for term in load_plan(entry.slug).glossary:
            assert " ".join(term.meaning.split()).rstrip(".") in text


def said(page: str) -> str:
    return " ".join((COURSE / page).read_text("utf-8").split())


def test_the_times_that_pages_promise_are_the_catalogues() -> None:
    """“Ten minutes for the first lesson, between one and two hours for most others”."""
    first, *others = load_catalog().lessons
    assert first.slug == "welcome" and first.minutes[0] <= 10 <= first.minutes[1]
    assert "*Welcome to the pod*: ten minutes" in said("README.md")
    assert "ten minutes for the first lesson, between one and two hours for most" in said("docs/learning-alone.md")
    assert "**, ten minutes, to see" in said("docs/preparing-for-interviews.md")
    usual = [entry for entry in others if entry.minutes[0] >= 55 and entry.minutes[1] <= 125]
    assert len(usual) > 0.8 * len(others)


def test_the_plan_of_a_team_is_the_clocks() -> None:
    minutes = [part for _, part in PHASES]
    for page in ("docs/learning-as-a-team.md", "INSTRUCTORS.md"):
        text = (COURSE / page).read_text("utf-8")
        assert re.findall(r"^\| (\d+) \|", text, flags=re.MULTILINE) == [str(part) for part in minutes], page
    assert sum(minutes) == 75
    assert "an hour and a quarter" in said("docs/learning-as-a-team.md") and "75 minutes" in said("INSTRUCTORS.md")


def test_what_pages_say_of_how_many_there_are_is_so() -> None:
    teams = [entry for entry in load_catalog().lessons if load_plan(entry.slug).team]
    assert len(teams) > 0.75 * len(load_catalog().lessons), "most lessons can be played by a team"
    sizes = {int(size) for entry in teams for size in load_plan(entry.slug).team.seats}
    assert (min(sizes), max(sizes)) == (3, 6), "three to six people"
    assert f"A lesson has {VARIANTS} worlds" in said("INSTRUCTORS.md")
    interviews = [entry for entry in load_catalog().lessons if entry.slug.startswith("interview_")]
    assert [entry.level for entry in interviews] == ["beginner", "intermediate", "advanced"]
    assert "three interview lessons](../README.md#the-lessons)**, one a level" in said(
        "docs/preparing-for-interviews.md"
    )


def test_everybody_finds_their_page_from_the_readme() -> None:
    readme = (COURSE / "README.md").read_text("utf-8")
    for page in [*COURSE.glob("docs/*.md"), *COURSE.glob("[A-Z]*.md")]:
        if page.name not in ("README.md", "CHANGELOG.md"):
            assert f"]({page.relative_to(COURSE)})" in readme, f"README.md does not lead to {page.name}"
    before_the_first_lesson = readme.partition("Begin with *Welcome to the pod*")[0]
    assert len(before_the_first_lesson.splitlines()) < 45, "one screen to the first lesson"


def test_a_lesson_that_a_page_says_to_make_is_not_there_yet() -> None:
    made = [slug for page in PAGES for slug in re.findall(r"author new (\w+)", page.read_text("utf-8"))]
    assert made and not {entry.slug for entry in load_catalog().lessons} & set(made)
