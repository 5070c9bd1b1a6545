"""Lessons that a course takes in teams: who sits at which table, what each seat is dealt, and how a table is judged."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

from curriculum.cases import load_case
from curriculum.cohort.course import Course, CourseError, write_settings
from curriculum.cohort.handouts import whose
from curriculum.cohort.secret import lot
from curriculum.cohort.team_files import Team, as_csv
from curriculum.cohort.team_judging import TeamUnit
from curriculum.learner.variant import COHORT
from curriculum.support.files import write_whole
from curriculum.team.deal import Deal, DealError, make_deal, team_plan
from curriculum.team.handing import packed, seat_files


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
    earlier = {key: seat for key, seat in course.seats.items() if key.rpartition("/")[2] != lesson}
    if earlier != course.seats:
        write_settings(replace(course, seats=earlier))  # the new seats bear the names of today
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
    seats, people = team_plan(lesson).seats_for(len(team)), load_case(lesson, 0).people
    played = [{people[person].function.casefold() for person in seat} for seat in seats]

    def own(order: Team) -> int:
        return sum(functions.get(name, "").casefold() in at for name, at in zip(order, played, strict=True))

    return min(permutations(team), key=own) if any(functions.get(name) for name in team) else team


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
        variant = course.variant(course.at_seat(team[0], lesson), lesson)
        return make_deal(lesson, tuple(team), variant, secret, for_judging=for_judging)
    except DealError as error:
        raise CourseError(str(error)) from None


def team_unit(course: Course, lesson: str, team: Sequence[str]) -> TeamUnit:
    """A team as it crosses to a worker."""
    players = tuple((seat, course.at_seat(seat, lesson)) for seat in team)
    folders = tuple((seat, str(course.submitted(player, lesson))) for seat, player in players)
    return TeamUnit(deal_of(course, lesson, team, for_judging=True).model_dump_json(), folders, players)


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
            player = course.at_seat(seat.name, lesson)
            files = {**seat_files(deal, seat), COHORT: json.dumps(whose(course, player, lesson)) + "\n"}
            if f"{lesson}.ipynb" in files:
                files[f"{lesson}.ipynb"] = notebook
            path = target / f"{player}.zip"
            write_whole(path, packed({f"{lesson}/{name}": text for name, text in files.items()}), private=True)
            written.append(path)
    return written


def _sizes(lesson: str) -> list[int]:
    try:
        return team_plan(lesson).sizes
    except DealError as error:
        raise CourseError(str(error)) from None
