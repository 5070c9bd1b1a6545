"""Lessons that a course takes in teams: who sits at which table, what each seat is dealt, and how a table is judged."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations
from pathlib import Path

from pydantic import TypeAdapter

from curriculum.cases import load_case
from curriculum.cohort.course import Course, CourseError
from curriculum.cohort.handouts import whose
from curriculum.cohort.provenance import submission_sha256
from curriculum.cohort.secret import lot
from curriculum.cohort.team_files import Team, as_csv
from curriculum.cohort.vetting import Refused, vet
from curriculum.course.team_plan import Size
from curriculum.learner.variant import COHORT
from curriculum.support.files import write_whole
from curriculum.team.deal import Deal, DealError, make_deal, team_plan
from curriculum.team.debrief import page as debrief_page
from curriculum.team.gathering import gathered
from curriculum.team.handing import packed, seat_files
from curriculum.team.outcome import Account, Outcome
from graders import load_rubric
from graders.grade import Submission
from graders.readers import for_readers
from graders.report import Report
from graders.rubric import Rubric


@dataclass(frozen=True)
class TeamUnit:
    """A table to judge, as it crosses to a worker: the deal as JSON, and each seat's submission."""

    deal: str
    folders: tuple[tuple[str, str], ...]
    """Name of the seat and its submission's folder, in the order of the seats; the first one writes."""

    def sha256(self, lesson: str) -> str:
        """A hash of everything that the seats have handed in; blank where none has."""
        each = [(name, submission_sha256(Path(folder), lesson)) for name, folder in self.folders]
        return hashlib.sha256(repr(each).encode()).hexdigest() if any(digest for _, digest in each) else ""


def write_teams(course: Course, lesson: str, teams: Sequence[Sequence[str]]) -> Path:
    """Keep who sits together, the one who writes first; returns the file. Raises CourseError where somebody is not on
    the roster, sits twice, or a team's size has no seats; and FileRefused."""
    known = {learner.id for learner in course.everybody}
    sizes = _sizes(lesson)
    seen: set[str] = set()
    for team in teams:
        if strangers := [one for one in team if one not in known]:
            raise CourseError(f"{strangers[0]} is not on the roster; correct the name, or enrol them first.")
        if twice := [one for one in team if one in seen]:
            raise CourseError(f"{twice[0]} sits in two teams; take them out of one.")
        if len(team) not in sizes:
            raise CourseError(
                f"A team of {len(team)} ({', '.join(team)}) has no seats in {lesson}; teams may have "
                f"{', '.join(map(str, sizes))} people."
            )
        seen |= set(team)
    path = course.teams_file(lesson)
    write_whole(path, as_csv(teams), private=True)
    return path


def deal_teams(course: Course, lesson: str, size: int, apart: Mapping[str, str] | None = None) -> tuple[Team, ...]:
    """Teams of about `size` from everybody on the roster, drawn by the course's secret: the same whenever it is asked.

    `apart` says by learner what should not meet in one team more than need be, such as their function at work. Raises
    CourseError where the roster is too small or no sizes that the lesson has seats for add up to it.
    """
    sizes = _sizes(lesson)
    if size not in sizes:
        raise CourseError(f"{lesson} has no seats for teams of {size}; choose one of {', '.join(map(str, sizes))}.")
    learners = [learner.id for learner in course.everybody]
    parts = _parts(len(learners), size, sizes)
    if parts is None:
        raise CourseError(
            f"{len(learners)} learners cannot be divided into teams of {', '.join(map(str, sizes))}; name the teams in "
            f"a file with --teams."
        )
    # Nothing secret hangs on this draw; the course's key only makes it the same on every machine.
    draw = random.Random(lot(course, "teams", lesson).hex())
    draw.shuffle(learners)
    if apart:
        learners.sort(key=lambda learner: apart.get(learner, ""))
    teams: list[list[str]] = [[] for _ in parts]
    for number, learner in enumerate(learners):
        # Dealt round by round, so that neighbours in the order, who are alike, sit at different tables.
        place = number % len(teams)
        while len(teams[place]) >= parts[place]:
            place = (place + 1) % len(teams)
        teams[place].append(learner)
    for team in teams:
        draw.shuffle(team)
    return tuple(_as_somebody_else(lesson, tuple(team), apart or {}) for team in teams)


def _as_somebody_else(lesson: str, team: Team, functions: Mapping[str, str]) -> Team:
    """The team in an order in which as few as can be play their own function at work."""
    seats, people = team_plan(lesson).seats[_size(len(team))], load_case(lesson, 0).people
    played = [{people[person].function.casefold() for person in seat} for seat in seats]

    def own(order: Team) -> int:
        return sum(functions.get(name, "").casefold() in at for name, at in zip(order, played, strict=True))

    return min(permutations(team), key=own) if any(functions.get(name) for name in team) else team


def _size(people: int) -> Size:
    size: Size = TypeAdapter(Size).validate_python(str(people))
    return size


def _parts(people: int, size: int, sizes: Sequence[int]) -> list[int] | None:
    """Sizes of teams that add up to all people: as many of `size` as can be, the others as near to it as can be."""
    for rest in range(people // size, -1, -1):
        left = people - rest * size
        if left == 0:
            return [size] * rest
        others = sorted((one for one in sizes if one != size), key=lambda one: (abs(one - size), one))
        for other in others:
            if left % other == 0:
                return [*[size] * rest, *[other] * (left // other)]
    return None


def deal_of(course: Course, lesson: str, team: Sequence[str], *, for_judging: bool = False) -> Deal:
    """The deal of a team: the same whenever it is asked, from a secret that only the course has."""
    secret = lot(course, "team", lesson, *team)
    try:
        return make_deal(lesson, tuple(team), course.variant(team[0], lesson), secret, for_judging=for_judging)
    except DealError as error:
        raise CourseError(str(error)) from None


def team_unit(course: Course, lesson: str, team: Sequence[str]) -> TeamUnit:
    """A team as it crosses to a worker."""
    folders = tuple((name, str(course.submitted(name, lesson))) for name in team)
    return TeamUnit(deal_of(course, lesson, team, for_judging=True).model_dump_json(), folders)


def write_seats(course: Course, lesson: str, target: Path) -> list[Path]:
    """Write a ZIP file for each member of each team into `target`: their seat, and a mark that says whose it is.

    Raises CourseError where the lesson is not released or nobody sits together yet, and FileRefused.
    """
    released = course.release(lesson) / f"{lesson}.ipynb"
    if not released.is_file():
        raise CourseError(
            f"{lesson} is not released yet; run `curriculum cohort release {course.root} {lesson}` first."
        )
    notebook, written = released.read_text("utf-8"), []
    for team in course.teams(lesson):
        deal = deal_of(course, lesson, team)
        for seat in deal.table.seats:
            files = {**seat_files(deal, seat), COHORT: json.dumps(whose(course, seat.name, lesson)) + "\n"}
            if f"{lesson}.ipynb" in files:
                files[f"{lesson}.ipynb"] = notebook
            path = target / f"{seat.name}.zip"
            write_whole(path, packed({f"{lesson}/{name}": text for name, text in files.items()}), private=True)
            written.append(path)
    return written


@dataclass(frozen=True)
class TableJudged:
    """What came of a table, with the points in the lesson's own maximum."""

    outcome: Outcome
    submission: Submission
    report: Report
    refused: tuple[str, ...]

    def notes(self, seat: str) -> tuple[str, ...]:
        """What one member reads beside the score, which is the team's."""
        account = next((one for one in self.outcome.accounts if one.seat == seat), None)
        return (*self.refused, *self.outcome.notes, *_pooled(self.outcome), *(_signed(account) if account else ()))


@lru_cache(maxsize=4)
def judge_table(unit: TeamUnit, lesson: str, digest: str) -> TableJudged | Refused:
    """Judge a table once for all its members, who come one after another; `digest` says what was handed in.

    Raises what a rubric raises.
    """
    deal = Deal.model_validate_json(unit.deal)
    folders, refused = {}, []
    for name, folder in unit.folders:
        found = vet(Path(folder), name, lesson, deal.table.variant)
        if not isinstance(found, Refused):
            folders[name] = found.answers
        elif name == deal.table.lead.name:
            return replace(found, sentence=f"{name} writes for this team. {found.sentence}")
        elif Path(folder).exists():
            refused.append(f"{name}: {found.sentence}")
    outcome = gathered(deal, folders)
    rubric, case = load_rubric(lesson), deal.table.case
    report = for_readers(_in_full(outcome.report, rubric), rubric, case, outcome.submission)
    return TableJudged(outcome, outcome.submission, report, tuple(refused))


def write_together(folder: Path, judged: TableJudged) -> None:
    """Keep a team's debrief and its numbers beside the marked notebook of a member."""
    write_whole(folder / DEBRIEF, debrief_page(judged.outcome))
    write_whole(folder / NUMBERS, json.dumps(judged.outcome.as_json(), ensure_ascii=False, allow_nan=False))


DEBRIEF = "debrief.html"
NUMBERS = "team.json"


def _in_full(report: Report, rubric: Rubric) -> Report:
    """The report with the points in the lesson's own maximum, since a team is not asked everything."""
    artifacts = []
    for artifact in report.artifacts:
        whole = rubric.points(artifact.kind)
        share = whole / artifact.maximum if artifact.maximum else 1.0
        artifacts.append(replace(artifact, points=artifact.points * share, maximum=whole))
    return replace(report, artifacts=tuple(artifacts))


def _pooled(outcome: Outcome) -> Iterator[str]:
    if outcome.pooled:
        there = len(outcome.pooled) - len(outcome.missing)
        needed = len(outcome.pooled)
        yield f"Your team's documents needed {needed} facts that single people hold; {there} of them came to the table."


def _signed(account: Account) -> Iterator[str]:
    """A member's own signatures, in words: one lesson says too little for a number that counts."""
    if not account.signed and not account.found and not account.held_up:
        yield "You have signed nothing that counts."
        return
    yield f"Of what you signed, {len(account.signed_right)} of {account.signed} questions hold."
    if account.failing:
        yield f"Of {account.failing} that do not hold and you gave your word on, you objected to {len(account.found)}."


def _sizes(lesson: str) -> list[int]:
    try:
        return sorted(int(size) for size in team_plan(lesson).seats)
    except DealError as error:
        raise CourseError(str(error)) from None
