"""Spaced review: terms, missed criteria and overlooked flaws come back when they are about to be forgotten."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import Unreadable, read_artifact
from curriculum.cases import Case
from curriculum.course.catalog import LessonEntry, load_catalog
from curriculum.course.lesson_plan import load_plan
from curriculum.course.templates import render
from curriculum.learner.progress import Progress
from curriculum.learner.variant import VariantUnknown, stated_case
from graders import load_rubric

if TYPE_CHECKING:
    from fsrs import Scheduler

SCHEMA = 1
NEW_A_DAY = 12
"""How many cards that were never seen are offered a day."""

RATINGS: Mapping[int, str] = {1: "again", 2: "hard", 3: "good", 4: "easy"}
"""How well a card was remembered."""

_TABLES = """
create table if not exists cards (id text primary key, state text not null, due text not null, first text not null);
create table if not exists reviews (at text not null, card text not null, rating integer not null);
"""


@dataclass(frozen=True)
class ReviewCard:
    """A question with its answer; the id stays the same whatever the course changes in its words."""

    id: str
    kind: str
    """term, criterion or flaw."""
    lesson: str
    front: str
    back: str


@dataclass(frozen=True)
class Counts:
    """How many cards wait."""

    due: int
    new: int
    known: int
    """Cards that were reviewed and are not due."""

    @property
    def now(self) -> int:
        return self.due + self.new

    def in_words(self) -> str:
        """The counts as one sentence."""
        if not self.now:
            return "Nothing to review today."
        cards = "1 card waits" if self.now == 1 else f"{self.now} cards wait"
        return f"{cards} for you: `curriculum review`, about {max(1, round(self.now / 3))} min."


def cards(workspace: Path) -> list[ReviewCard]:
    """Every card that a learner's work has brought about, in the order of the course."""
    missed = set(Progress(workspace).missed()) if _has_record(workspace) else set()
    found: list[ReviewCard] = []
    for entry in load_catalog().lessons:
        if not (_answers(entry, workspace)).is_dir():
            continue
        found += _terms(entry)
        found += _criteria(entry, workspace, {criterion for lesson, criterion in missed if lesson == entry.slug})
        found += _overlooked(entry, workspace)
    return found


def _terms(entry: LessonEntry) -> Iterator[ReviewCard]:
    for term in load_plan(entry.slug).glossary:
        yield ReviewCard(
            f"term/{term.term.casefold()}", "term", entry.title, f"What is meant by “{term.term}”?", term.meaning
        )


def _criteria(entry: LessonEntry, workspace: Path, missed: set[str]) -> Iterator[ReviewCard]:
    rubric = load_rubric(entry.slug)
    case = _stated(entry, workspace)
    for id, criterion in rubric.criteria.items():
        if id in missed and case is not None:
            title = rubric.artifacts[criterion.artifact].title
            front = f"{title}: {render(criterion.hints[0], case)}"
            yield ReviewCard(
                f"criterion/{entry.slug}/{id}",
                "criterion",
                entry.title,
                front,
                _joined(criterion.sentence, render(criterion.hints[-1], case)),
            )


def _overlooked(entry: LessonEntry, workspace: Path) -> Iterator[ReviewCard]:
    from curriculum.course.flaws import flawed_draft, score

    plan = load_plan(entry.slug).flaws
    answers = _answers(entry, workspace)
    if plan is None or not (answers / "flaws.yaml").exists():
        return
    case = _stated(entry, workspace)
    try:
        ticked = read_artifact(answers / "flaws.yaml", Flaws, inside=answers).artifact.found
    except (Unreadable, FileNotFoundError):
        return
    if not ticked or case is None:
        return
    for miss in score(flawed_draft(case, plan), ticked).overlooked:
        front = f"You read in a draft: {miss.flaw} Why is that wrong, and why does it tempt?"
        rubric = load_rubric(entry.slug)
        broken = [rubric.criteria[id].sentence for id in miss.fails if id in rubric.criteria]
        yield ReviewCard(f"flaw/{entry.slug}/{miss.id}", "flaw", entry.title, front, _joined(*broken, miss.tempting))


def _stated(entry: LessonEntry, workspace: Path) -> Case | None:
    """The learner's world of a lesson; None where their folder does not say which."""
    try:
        stated = stated_case(_answers(entry, workspace), entry.slug)
    except (VariantUnknown, FileNotFoundError):
        return None
    return stated[0] if stated else None


def _joined(*sentences: str) -> str:
    return " ".join(dict.fromkeys(sentence.strip() for sentence in sentences if sentence))


class Deck:
    """The cards of one workspace and when each is due. Every answer is stored at once, so one can stop at any time."""

    def __init__(self, workspace: Path):
        self.path = workspace / ".curriculum" / "review.sqlite"
        self._cards = {card.id: card for card in cards(workspace)}

    def waiting(self, now: dt.datetime | None = None) -> list[ReviewCard]:
        """The cards to be reviewed now: due ones first, the longest overdue in front, then new ones."""
        now = now or _now()
        due, first_seen_today = self._due(now)
        seen = self._seen()
        new = [card for id, card in self._cards.items() if id not in seen]
        return [*(self._cards[id] for id in due), *new[: max(0, NEW_A_DAY - first_seen_today)]]

    def counts(self, now: dt.datetime | None = None) -> Counts:
        """How many cards are due, new for today, and known."""
        now = now or _now()
        due, first_seen_today = self._due(now)
        seen = self._seen() & self._cards.keys()
        new = min(len(self._cards) - len(seen), max(0, NEW_A_DAY - first_seen_today))
        return Counts(due=len(due), new=new, known=len(seen) - len(due))

    def answer(self, id: str, rating: int, now: dt.datetime | None = None) -> dt.datetime:
        """Keep how well a card was remembered; when it comes back. Raises KeyError and ValueError for unknown ones."""
        from fsrs import Card, Rating

        if id not in self._cards:
            raise KeyError(id)
        now = now or _now()
        with self._open() as db:
            row = db.execute("select state from cards where id = ?", (id,)).fetchone()
            card = Card.from_json(row[0]) if row else Card(card_id=1, due=now)
            after, _ = _scheduler().review_card(card, Rating(rating), now)
            db.execute(
                "insert into cards values (?, ?, ?, ?) on conflict (id) do update"
                " set state = excluded.state, due = excluded.due",
                (id, after.to_json(), after.due.isoformat(), now.date().isoformat()),
            )
            db.execute("insert into reviews values (?, ?, ?)", (now.isoformat(), id, rating))
        due: dt.datetime = after.due
        return due

    def _due(self, now: dt.datetime) -> tuple[list[str], int]:
        with self._open() as db:
            rows = db.execute("select id from cards where due <= ? order by due", (now.isoformat(),)).fetchall()
            today = db.execute("select count(*) from cards where first = ?", (now.date().isoformat(),)).fetchone()[0]
        return [id for (id,) in rows if id in self._cards], today

    def _seen(self) -> set[str]:
        with self._open() as db:
            return {id for (id,) in db.execute("select id from cards")}

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=5.0)
        try:
            if db.execute("pragma user_version").fetchone()[0] < SCHEMA:
                db.execute("pragma journal_mode = wal")
                db.executescript(_TABLES)
                db.execute(f"pragma user_version = {SCHEMA}")
            with db:
                yield db
        finally:
            db.close()


def _scheduler() -> Scheduler:
    """The schedule; without its random jitter, so that equal answers give equal days."""
    from fsrs import Scheduler

    return Scheduler(enable_fuzzing=False)


def _answers(entry: LessonEntry, workspace: Path) -> Path:
    return workspace / entry.level / entry.slug / "answers"


def _has_record(workspace: Path) -> bool:
    return (workspace / ".curriculum" / "progress.sqlite").exists()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
