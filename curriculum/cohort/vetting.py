"""Is a submission what it should be? It is accepted with notes, or refused with a status and a sentence."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from curriculum.cases import load_case
from curriculum.cohort.notebook_notes import looked_at
from curriculum.cohort.result import SubmissionStatus
from curriculum.learner.variant import NAME as CASE
from curriculum.learner.variant import Stated, VariantUnknown, read_stated
from curriculum.roleplay.transcript import TranscriptUnreadable, read_transcript
from curriculum.support.files import MAX_BYTES
from graders import load_rubric

MAX_ENTRIES = 400
"""Files and folders of a submission that are looked at; one who hands in more has handed in something else."""

MAX_DEPTH = 6
"""How deep folders are looked into."""

LARGE = 20_000_000
"""Bytes from which a file is worth a note."""

_BELONGS = frozenset(
    ["answers", "data", "documents", "feedback", "cohort.json", "order.json", "timestamp.txt", "submission_secret.txt"]
) | frozenset(
    ("team.json", "seat.json", "seat.ipynb", "card.html", "READ ME FIRST.txt", "round", "handed_round", "handed_in")
)
"""What a submission may hold beside its notebook."""


@dataclass(frozen=True)
class Vetted:
    """A submission whose answers may be judged."""

    answers: Path
    notes: tuple[str, ...] = ()
    """Sentences for the learner and the instructor about what was odd and did no harm."""


@dataclass(frozen=True)
class Refused:
    """A submission that is not judged, and why."""

    status: SubmissionStatus
    sentence: str


class _Invalid(Exception):
    """What a submission is refused for; the message is one sentence."""


def vet(folder: Path, learner: str, lesson: str, expected_variant: int) -> Vetted | Refused:
    """Look at a learner's submission of a lesson before anything in it is judged.

    What counts are the files in `answers`: whatever keeps them from being read, or says that they are somebody
    else's, is a reason to refuse. What is odd elsewhere, such as an edited check cell, is a note, since nothing of
    it is run and it changes no grade. Nothing in the folder is followed out of it. Raises only what loading the
    lesson's own rubric and case raises.
    """
    if not os.path.lexists(folder):
        return Refused(SubmissionStatus.MISSING, "Nothing was handed in.")
    try:
        return _vetted(folder, learner, lesson, expected_variant)
    except _Invalid as invalid:
        return Refused(SubmissionStatus.INVALID, str(invalid))


def _vetted(folder: Path, learner: str, lesson: str, expected_variant: int) -> Vetted:
    for place in (folder.parent, folder):
        if place.is_symlink():
            raise _Invalid(
                f"What was handed in is a link ({shown(place.name)}) to another place; hand in the folder itself."
            )
    if not folder.is_dir():
        raise _Invalid(f"A file was handed in where the folder {lesson} was expected; hand in the whole folder.")
    survey = _survey(folder, lesson)
    notebook_notes, readable = looked_at(folder, lesson)
    answers = folder / "answers"
    if not _is_folder(answers):
        if survey.answers_elsewhere:
            raise _Invalid(
                f"The answers are in {survey.answers_elsewhere}, where they are not looked for; hand in the lesson's "
                f"own folder, with {lesson}.ipynb and the folder answers directly in it."
            )
        if not readable:
            raise _Invalid(
                f"There is nothing to judge: no folder answers, and {_lowered(notebook_notes[0])} "
                f"Hand in the lesson's whole folder again."
            )
        return Vetted(answers, (*notebook_notes, *survey.notes()))
    present = _check_answers(answers, lesson)
    notes = [*_check_world(answers, learner, lesson, expected_variant, present)]
    return Vetted(answers, (*notes, *notebook_notes, *survey.notes()))


# The answers, which decide


def _check_answers(answers: Path, lesson: str) -> frozenset[str]:
    """The names of the answers that count and are there; raises _Invalid for one that is but cannot be read."""
    rubric = load_rubric(lesson)
    expected = {f"{name}.yaml" for name in (*rubric.artifacts, *rubric.conversations)}
    try:
        with os.scandir(answers) as listing:
            found = {entry.name: entry for entry, _ in zip(listing, range(MAX_ENTRIES + 1), strict=False)}
    except OSError as error:
        raise _Invalid(f"The folder answers cannot be read: {(error.strerror or 'refused').lower()}.") from None
    if len(found) > MAX_ENTRIES:
        raise _Invalid(f"The folder answers holds more than {MAX_ENTRIES} files; leave only your answers in it.")
    for name in sorted((expected | {CASE}) & found.keys()):
        if not found[name].is_file(follow_symlinks=False):
            what = "a link to another place" if found[name].is_symlink() else "not a file"
            raise _Invalid(f"answers/{name} is {what}; put the real file there and hand in again.")
    if absent := expected - found.keys():
        for name in sorted(found.keys() - expected):
            meant = _stem(name) + ".yaml"
            if meant in absent:
                raise _Invalid(f"answers/{shown(name)} is not read under that name; call it {meant} and hand in again.")
    for conversation in rubric.conversations[:1]:
        try:
            read_transcript(answers / f"{conversation}.yaml", inside=answers)
        except FileNotFoundError:
            continue
        except TranscriptUnreadable as error:
            # Judged without it, the artifacts would look as if nobody had been asked.
            raise _Invalid(f"The conversation cannot be read, so nothing is scored: {error}") from None
    return frozenset(expected & found.keys())


def _check_world(
    answers: Path, learner: str, lesson: str, expected_variant: int, present: frozenset[str]
) -> Iterator[str]:
    try:
        stated = read_stated(answers, lesson)
    except VariantUnknown as error:
        raise _Invalid(f"Which world these answers belong to cannot be read: {error}") from None
    if stated is None:
        if present:
            yield (
                f"answers/{CASE} is missing; the answers were judged by the world that {shown(learner)} was dealt, "
                f"number {expected_variant}."
            )
        return
    if stated.variant != expected_variant:
        raise _Invalid(
            f"These answers belong to world {stated.variant}, and {shown(learner)} was dealt world "
            f"{expected_variant}: hand in your own answers, or tell your instructor under which user name you worked."
        )
    yield from _version(stated, lesson)


def _version(stated: Stated, lesson: str) -> Iterator[str]:
    current = load_case(lesson, stated.variant).version
    if stated.case_version != current:
        yield (
            f"The answers were written in version {stated.case_version} of this lesson's world and judged by "
            f"version {current}; some numbers may have changed since."
        )


def _stem(name: str) -> str:
    """The name that a misnamed answer was meant to have: letters of one case, none of the usual endings."""
    stem = name.casefold().strip()
    for ending in (".txt", ".yaml", ".yml"):
        stem = stem.removesuffix(ending)
    return stem


# Everything else, which is only looked at


@dataclass
class _Survey:
    """What is odd in a folder; never more than a note."""

    strange: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    special: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    cut_short: bool = False
    answers_elsewhere: str = ""

    def notes(self) -> Iterator[str]:
        if self.strange:
            yield f"Not part of the lesson, and so not looked at: {_listed(self.strange)}."
        if self.links:
            yield f"Links are not followed: {_listed(self.links)}."
        if self.special:
            yield f"Neither files nor folders, and so not opened: {_listed(self.special)}."
        if self.large:
            yield f"Very large, and so not read: {_listed(self.large)}."
        if self.unread:
            yield f"Folders that could not be read: {_listed(self.unread)}."
        if self.cut_short:
            yield f"There are more than {MAX_ENTRIES} files, or very deep folders; the rest was not looked at."


def _survey(folder: Path, lesson: str) -> _Survey:
    """Look through a submission without opening a file: a bounded number of entries, no link followed."""
    survey = _Survey()
    left = MAX_ENTRIES
    waiting = [("", 0)]
    while waiting:
        inside, depth = waiting.pop()
        try:
            with os.scandir(os.path.join(folder, inside)) as listing:  # noqa: PTH118 - ten times as fast as Path
                for entry in listing:
                    left -= 1
                    if left < 0:
                        survey.cut_short = True
                        return survey
                    if deeper := _survey_entry(survey, entry, inside, lesson):
                        if depth < MAX_DEPTH:
                            waiting.append((deeper, depth + 1))
                        else:
                            survey.cut_short = True
        except OSError:
            survey.unread.append(shown(inside or lesson))
    return survey


def _survey_entry(survey: _Survey, entry: os.DirEntry[str], inside: str, lesson: str) -> str:
    """Note what is odd about an entry; returns its path where it is a folder."""
    path = f"{inside}/{entry.name}" if inside else entry.name
    if not inside and entry.name not in _BELONGS and not _is_usual(entry.name, lesson):
        survey.strange.append(shown(path))
    if entry.is_symlink():
        survey.links.append(shown(path))
        return ""
    if entry.is_dir(follow_symlinks=False):
        if entry.name == "answers" and inside:
            survey.answers_elsewhere = survey.answers_elsewhere or shown(path)
        return path
    found = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(found.st_mode):
        survey.special.append(shown(path))
    elif found.st_size > (MAX_BYTES if inside == "answers" else LARGE):
        survey.large.append(f"{shown(path)} ({found.st_size / 1e6:,.1f} MB)")
    return ""


def _is_usual(name: str, lesson: str) -> bool:
    return name == f"{lesson}.ipynb" or name.startswith(("answers-until-", ".ipynb_checkpoints", ".saving-"))


def _is_folder(path: Path) -> bool:
    """Whether the folder is there; raises _Invalid where something else has its name."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    if stat.S_ISLNK(mode):
        raise _Invalid(f"The folder {path.name} is a link to another place; hand in the folder itself.")
    if not stat.S_ISDIR(mode):
        raise _Invalid(f"{path.name} is a file where a folder was expected; hand in the lesson's whole folder.")
    return True


def shown(name: str, most: int = 60) -> str:
    """A name that somebody else chose, fit to stand in a sentence."""
    text = os.fsencode(name).decode("utf-8", "replace")
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= most else f"{text[: most - 3]}…"


def _listed(names: list[str], most: int = 5) -> str:
    more = len(names) - most
    return ", ".join(sorted(names)[:most]) + (f" and {more} more" if more > 0 else "")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
