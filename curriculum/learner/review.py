"""Spaced review: what was learned, missed or overlooked comes back when it is about to be forgotten."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.learner.cards import RATINGS, Found, ReviewCard, cards
from curriculum.learner.progress import ProgressLost
from curriculum.support.dates import full_day
from graders.report import ArtifactReport

if TYPE_CHECKING:
    from fsrs import Scheduler

__all__ = ["NEW_A_DAY", "RATINGS", "Counts", "Deck", "ReviewCard", "ReviewLost", "cards", "comes_back", "keep_findings"]

SCHEMA = 2
NEW_A_DAY = 12
"""How many cards that were never seen are offered a day."""

SOON = dt.timedelta(minutes=10)
"""When a card that was not known is asked again."""

SECONDS_A_CARD = 20

_TABLES = """
create table if not exists cards (id text primary key, state text not null, due text not null, first text not null);
create table if not exists reviews (at text not null, card text not null, rating integer not null);
create table if not exists found (
    lesson text not null, criterion text not null, words text not null, expected text not null,
    primary key (lesson, criterion)
);
"""


class ReviewLost(ProgressLost):
    """The cards cannot be read or written now; the message says what to do."""


@dataclass(frozen=True)
class Counts:
    """How many cards wait."""

    due: int
    new: int
    known: int
    """Cards that were reviewed and are not due."""
    comes: str = ""
    """Where nothing waits: when something does, as the end of a sentence; blank where there is no card at all."""

    @property
    def now(self) -> int:
        return self.due + self.new

    @property
    def sentence(self) -> str:
        """The counts as one sentence, without a word on how to review."""
        if self.now:
            return f"{'1 card waits' if self.now == 1 else f'{self.now} cards wait'} for you, {self.minutes}."
        if not self.comes:
            return "There is nothing to review yet. Cards come from what you check and recall in lessons."
        return f"Nothing to review now. The next card comes {self.comes}."

    @property
    def minutes(self) -> str:
        return f"about {max(1, round(self.now * SECONDS_A_CARD / 60))} min"

    def in_words(self) -> str:
        """The counts for a terminal."""
        return self.sentence + (" Type: curriculum review" if self.now else "")


def comes_back(due: dt.datetime, now: dt.datetime | None = None) -> str:
    """When a card comes back, as the end of a sentence: a later day, or today after some minutes."""
    here, then = (now or _now()).astimezone(), due.astimezone()
    if then.date() > here.date() and then.time() == dt.time():  # due with the day, not at an hour
        return f"on {full_day(then)}"
    return f"in about {max(1, round((due - here).total_seconds() / 60))} min"


def keep_findings(workspace: Path, lesson: str, artifact: ArtifactReport) -> None:
    """Keep what a check found, for the cards of what was missed. Raises ReviewLost."""
    with _opened(workspace) as db:
        for finding in artifact.findings:
            db.execute("delete from found where lesson = ? and criterion = ?", (lesson, finding.criterion))
        db.executemany(
            "insert into found values (?, ?, ?, ?)",
            [(lesson, finding.criterion, finding.finding, finding.expected) for finding in artifact.failed()],
        )


class Deck:
    """The cards of one workspace and when each is due. Every answer is stored at once, so one can stop at any time.

    Every method raises ReviewLost where the file cannot be used, the first one ProgressLost as well.
    """

    def __init__(self, workspace: Path):
        self.workspace = workspace
        self.path = _path(workspace)
        found = _found(workspace) if self.path.exists() else {}
        self._cards = {card.id: card for card in cards(workspace, found)}
        self._take_over()

    def waiting(self, now: dt.datetime | None = None) -> list[ReviewCard]:
        """The cards to be reviewed now: due ones first, the longest overdue in front, then new ones."""
        now = now or _now()
        due, first_seen_today = self._due(now)
        new = self._new(now)
        return [*(self._cards[id] for id in due), *new[: max(0, NEW_A_DAY - first_seen_today)]]

    def counts(self, now: dt.datetime | None = None) -> Counts:
        """How many cards are due, new for today, and known."""
        now = now or _now()
        if not self._cards:
            return Counts(0, 0, 0)
        due, first_seen_today = self._due(now)
        seen = self._seen() & self._cards.keys()
        new = min(len(self._new(now)), max(0, NEW_A_DAY - first_seen_today))
        coming = None if due or new else self._next(now)
        comes = comes_back(coming, now) if coming else ""
        return Counts(due=len(due), new=new, known=len(seen) - len(due), comes=comes)

    def answer(self, id: str, rating: int, now: dt.datetime | None = None) -> dt.datetime:
        """Keep how well a card was remembered; when it comes back. Raises KeyError and ValueError for unknown ones."""
        if id not in self._cards:
            raise KeyError(id)
        with self._open() as db:
            return _reviewed(db, id, rating, now or _now())

    def _take_over(self) -> None:
        """What was rated in a lesson has been reviewed there; a rating that was changed there counts as changed."""
        rated = [(card.id, *card.rated) for card in self._cards.values() if card.rated]
        if not rated:
            return
        with self._open() as db:
            for id, rating, at in rated:
                before = db.execute("select at, rating from reviews where card = ?", (id,)).fetchall()
                here = [(at.isoformat(), rating)]
                reviewed_since = len(before) > 1 or (before and before[0][0] != here[0][0])
                if before == here or reviewed_since:
                    continue
                db.execute("delete from cards where id = ?", (id,))
                db.execute("delete from reviews where card = ?", (id,))
                _reviewed(db, id, rating, at)

    def _new(self, now: dt.datetime) -> list[ReviewCard]:
        seen = self._seen()
        return [card for id, card in self._cards.items() if id not in seen and _day(card.since) < _day(now)]

    def _next(self, now: dt.datetime) -> dt.datetime | None:
        """When the next card comes, where none waits now."""
        with self._open() as db:
            rows = db.execute("select id, due from cards").fetchall()
        seen = {id for id, _ in rows}
        moments = [dt.datetime.fromisoformat(due) for id, due in rows if id in self._cards]
        if self._cards.keys() - seen:  # new ones come with the next day
            moments.append(_midnight(_day(now) + dt.timedelta(days=1)))
        return min(moments, default=None)

    def _due(self, now: dt.datetime) -> tuple[list[str], int]:
        with self._open() as db:
            rows = db.execute("select id from cards where due <= ? order by due", (now.isoformat(),)).fetchall()
            today = db.execute("select count(*) from cards where first = ?", (_day(now).isoformat(),)).fetchone()[0]
        return [id for (id,) in rows if id in self._cards], today

    def _seen(self) -> set[str]:
        with self._open() as db:
            return {id for (id,) in db.execute("select id from cards")}

    def _open(self) -> contextlib.AbstractContextManager[sqlite3.Connection]:
        return _opened(self.workspace)


def _reviewed(db: sqlite3.Connection, id: str, rating: int, now: dt.datetime) -> dt.datetime:
    from fsrs import Card, Rating

    row = db.execute("select state from cards where id = ?", (id,)).fetchone()
    card = Card.from_json(row[0]) if row else Card(card_id=1, due=now)
    after, _ = _scheduler().review_card(card, Rating(rating), now)
    due = _from_midnight(after.due, now)
    db.execute(
        "insert into cards values (?, ?, ?, ?) on conflict (id) do update"
        " set state = excluded.state, due = excluded.due",
        (id, after.to_json(), due.isoformat(), _day(now).isoformat()),
    )
    db.execute("insert into reviews values (?, ?, ?)", (now.isoformat(), id, rating))
    return due


def _from_midnight(due: dt.datetime, now: dt.datetime) -> dt.datetime:
    """What is due on a later day is due from the beginning of that day, whatever the hour of the review was."""
    if due - now < dt.timedelta(hours=20):
        return due
    return _midnight(max(_day(due), _day(now) + dt.timedelta(days=1)))


def _midnight(day: dt.date) -> dt.datetime:
    """When a day begins on this computer, in UTC."""
    return dt.datetime.combine(day, dt.time()).astimezone().astimezone(dt.UTC)


def _found(workspace: Path) -> dict[tuple[str, str], Found]:
    with _opened(workspace) as db:
        rows = db.execute("select lesson, criterion, words, expected from found").fetchall()
    return {(lesson, criterion): Found(words, expected) for lesson, criterion, words, expected in rows}


@contextlib.contextmanager
def _opened(workspace: Path) -> Iterator[sqlite3.Connection]:
    path = _path(workspace)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(path, timeout=5.0)) as db:
            if db.execute("pragma user_version").fetchone()[0] < SCHEMA:
                db.execute("pragma journal_mode = wal")
                db.executescript(_TABLES)
                db.execute(f"pragma user_version = {SCHEMA}")
            with db:
                yield db
    except (sqlite3.Error, OSError) as error:
        raise ReviewLost(
            f"The cards of your review could not be kept or read ({error}). Close other programs that use the "
            "workspace and try again; where that does not help, rename .curriculum/review.sqlite, and a new one is "
            "begun. Your answers are not in it and are safe."
        ) from None


def _path(workspace: Path) -> Path:
    return workspace / ".curriculum" / "review.sqlite"


def _scheduler() -> Scheduler:
    """The schedule: what was known comes back on a later day, what was not within minutes. Without random jitter, so
    that equal answers give equal days."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(SOON,), relearning_steps=(SOON,), enable_fuzzing=False)


def _day(moment: dt.datetime) -> dt.date:
    """The day on this computer's calendar."""
    return moment.astimezone().date()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
