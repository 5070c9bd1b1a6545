"""What would help a learner most now: what is due, what is weakest, what is new, and why in one true sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.learner.hunts import MONTH, due
from curriculum.learner.progress import Progress, ProgressLost
from curriculum.learner.review import Deck
from curriculum.learner.skills import skills_of
from curriculum.pages.skills import SkillRecord, Skills
from curriculum.pages.standing import Advice, Standing, still_open
from graders import load_rubric

MOST = 3
"""Recommendations that are shown at once."""

Standings = Mapping[str, Mapping[str, Standing]]


def advise(workspace: Path) -> tuple[Advice, ...]:
    """Recommendations for a learner, the first first; none where everything is signed off and nothing is due.

    Raises ProgressLost.
    """
    progress = Progress(workspace)
    standings = {entry.slug: progress.standings(entry.slug) for entry in load_catalog().lessons}
    skills = skills_of(progress)
    found = [_due(workspace), *_hunts(progress), _weakest(skills), *_begun(standings, skills), _new(standings, skills)]
    return tuple(one for one in found if one is not None)


def first_advice(workspace: Path) -> tuple[Advice, ...]:
    """The first recommendations; none where the record cannot be read."""
    with suppress(ProgressLost):
        return advise(workspace)[:MOST]
    return ()


def _due(workspace: Path) -> Advice | None:
    waiting = Deck(workspace).counts().due
    if not waiting:
        return None
    cards = "1 card that you have seen before is" if waiting == 1 else f"{waiting} cards that you have seen before are"
    return Advice("due", "", "Review what is due", f"{cards} due, about {max(1, round(waiting / 3))} min.", "review")


def _hunts(progress: Progress) -> Iterator[Advice]:
    """The lessons whose last flaw hunt waits."""
    for slug in due(progress):
        title = load_catalog().lesson(slug).title
        yield Advice(
            "due",
            slug,
            f"Find flaws once more in “{title}”, under “Did it help?”",
            f"The hunt after the lesson was {MONTH.days} days ago or more; this one shows what has stayed.",
            "did_it_help",
        )


def _weakest(skills: Skills) -> Advice | None:
    """Of all skills, the one with most questions that the last check found not met."""
    record = min(skills.records, key=lambda one: (-len(one.not_shown), len(one.shown)), default=None)
    if record is None or not record.not_shown:
        return None
    (lesson, artifact), here = Counter((one.lesson, one.artifact) for one in record.not_shown).most_common(1)[0]
    title = next(one.artifact_title for one in record.not_shown if (one.lesson, one.artifact) == (lesson, artifact))
    unmet, asked = len(record.not_shown), len(record.evidence)
    of = "the one asked" if asked == 1 else f"{unmet} of the {asked} asked"
    were = "was" if unmet == 1 else "were"
    where = "" if here == unmet else f", {here} of them in this artifact"
    return Advice(
        "weakest",
        lesson,
        f"Mend the {_lower(title)} in “{load_catalog().lesson(lesson).title}”",
        f"No other skill has more questions open than “{record.label}”: {of} {were} not met when last checked{where}.",
        artifact,
    )


def _begun(standings: Standings, skills: Skills) -> Iterator[Advice]:
    """The first lesson that is begun and has an artifact that no check has seen."""
    for entry, _ in still_open(standings):
        rubric, checked = load_rubric(entry.slug), standings.get(entry.slug, {})
        unseen = [kind for kind in rubric.artifacts if kind not in checked]
        if checked and unseen:
            yield Advice(
                "begun",
                entry.slug,
                f"Go on with “{entry.title}”",
                f"You have begun it, and no check has seen the {_lower(rubric.artifacts[unseen[0]].title)} yet.",
                unseen[0],
            )
            return


def _new(standings: Standings, skills: Skills) -> Advice | None:
    """Of the lessons of the first level that are not begun and whose forerunners are, the one with most questions
    about skills that nothing has shown yet."""
    lessons = load_catalog().lessons
    ready = [
        entry
        for entry in lessons
        if not standings.get(entry.slug) and all(standings.get(before) for before in entry.after)
    ]
    if not ready:
        return None
    ready = [entry for entry in ready if entry.level == ready[0].level]
    if ready[0] == lessons[0]:
        return Advice("new", lessons[0].slug, f"Open “{lessons[0].title}”", "It is where the course begins.")
    records = {record.id: record for record in skills.records}
    asks = {entry.slug: _asks(entry) for entry in ready}
    unshown = {slug: sum(n for id, n in asked.items() if not records[id].shown) for slug, asked in asks.items()}
    entry = max(ready, key=lambda one: unshown[one.slug])
    id, number = max(asks[entry.slug].items(), key=lambda item: (not records[item[0]].shown, item[1]))
    questions = "1 question" if number == 1 else f"{number} questions"
    return Advice(
        "new",
        entry.slug,
        f"Open “{entry.title}”",
        f"It asks {questions} about “{records[id].label}”; {_so_far(records[id])}.",
    )


def _asks(entry: LessonEntry) -> Counter[str]:
    return Counter(criterion.skill for criterion in load_rubric(entry.slug).criteria.values())


def _so_far(record: SkillRecord) -> str:
    if not record.evidence:
        return "no check of yours has asked about it yet"
    met = f"{len(record.shown) or 'none'} of the {len(record.evidence)}"
    return f"{met} asked so far {'was' if len(record.shown) < 2 else 'were'} met when last checked"


def _lower(title: str) -> str:
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
