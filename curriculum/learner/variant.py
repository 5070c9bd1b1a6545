"""Which of a case's worlds a learner works in: dealt once, then stated beside the answers."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from curriculum.artifacts import yaml_text
from curriculum.artifacts.reading import problems_of
from curriculum.cases import VARIANTS, Case, load_case
from curriculum.support.files import FileRefused, read_text, write_whole

COURSE = "self-paced"
"""The course whose learners are dealt variants where no cohort says otherwise."""

NAME = "case.yaml"
_REMEDY = "Put it back as the lesson wrote it, or move it away: the lesson then writes it anew."

COHORT = "cohort.json"
"""Beside a notebook that a course released: {"cohort": the course's id}, "deal" where worlds are dealt from a secret,
and "learner" where it was handed out to one of them."""


class VariantUnknown(Exception):
    """A folder does not say which world its answers belong to; the message is one sentence."""


class Stated(BaseModel):
    """What `answers/case.yaml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lesson: Annotated[str, Field(max_length=80)]
    variant: Annotated[int, Field(ge=0, lt=VARIANTS)]
    case_version: Annotated[int, Field(ge=1, le=10_000)]


def deal(course: str, learner: str, slug: str, secret: str = "") -> int:
    """The variant, 0 to 63, that a learner of a course gets in a lesson; the same whenever it is asked.

    With the course's `secret` nobody knows it from names before the lesson is released.
    """
    digest = hashlib.sha256("/".join(filter(None, (course, learner, slug, secret))).encode()).digest()
    return int.from_bytes(digest[:8], "big") % VARIANTS


def learner_id(workspace: Path | None) -> str:
    """Who is learning: the hub's or the system's user, or a random id kept in the workspace; never a real name
    that leaves the machine."""
    named = os.environ.get("CURRICULUM_LEARNER") or os.environ.get("JUPYTERHUB_USER")
    if named:
        return named
    if workspace is None:
        return getpass.getuser()
    path = workspace / ".curriculum" / "learner"
    try:
        return read_text(path, workspace).strip()[:80] or "learner"
    except FileNotFoundError:
        id = secrets.token_hex(8)
        write_whole(path, id + "\n")
        return id


@dataclass(frozen=True)
class Membership:
    """The course that released a notebook, and to whom."""

    cohort: str
    learner: str | None
    """None where it was released to all: then the learner is the user who works."""
    deal: str = ""
    """From what worlds are dealt; blank in courses that were made before there was such a secret."""


def stated_membership(folder: Path) -> Membership | None:
    """Which course released the notebook in this folder; None where the learner works alone.

    Raises VariantUnknown where the file is there and cannot be read, since another world would then be dealt.
    """
    try:
        stated = json.loads(read_text(folder / COHORT, folder))
        cohort, learner, secret = stated["cohort"], stated.get("learner"), stated.get("deal", "")
    except FileNotFoundError:
        return None
    except FileRefused as error:
        raise VariantUnknown(str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        cohort = learner = secret = None
    if not (isinstance(cohort, str) and cohort and isinstance(learner, str | None) and isinstance(secret, str)):
        raise VariantUnknown(f"{COHORT} does not name your course; fetch the lesson again from your course.")
    return Membership(cohort, learner, secret)


def read_stated(answers: Path, slug: str) -> Stated | None:
    """What the folder says about its variant; None where it says nothing. Raises VariantUnknown where the
    file is there and cannot be believed."""
    try:
        stated = parse_stated(read_text(answers / NAME, answers))
    except FileNotFoundError:
        return None
    except FileRefused as error:
        raise VariantUnknown(f"{error} {_REMEDY}") from None
    if stated and stated.lesson != slug:
        raise VariantUnknown(f"{NAME}: found answers for {stated.lesson!r}; expected {slug!r}. {_REMEDY}")
    return stated


def parse_stated(text: str) -> Stated | None:
    """What the text of a `case.yaml` says; None where it says nothing. Raises VariantUnknown where it cannot be
    believed."""
    try:
        document = yaml_text.parse(text)
        return None if document.data is None else Stated.model_validate(document.data)
    except yaml_text.NotYaml as error:
        raise VariantUnknown(f"{NAME}, {error}. {_REMEDY}") from None
    except ValidationError as error:
        raise VariantUnknown(f"{problems_of(error, NAME, document, Stated)[0]} {_REMEDY}") from None


def write_stated(answers: Path, case: Case) -> None:
    """State the variant beside the answers; raises FileRefused where it cannot be saved."""
    stated = Stated(lesson=case.slug, variant=case.seed, case_version=case.version)
    write_whole(answers / NAME, yaml_text.dump(stated.model_dump()))


def stated_case(answers: Path, slug: str) -> tuple[Case, str] | None:
    """The world that a folder's answers belong to, and a sentence where the course has changed it since."""
    stated = read_stated(answers, slug)
    if stated is None:
        return None
    case = load_case(slug, stated.variant)
    if stated.case_version == case.version:
        return case, ""
    return case, (
        f"The world of this lesson has changed since you began it (version {stated.case_version}, now "
        f"{case.version}). Your answers are kept, but some numbers may no longer fit. "
        f"To begin again: curriculum reset {slug}"
    )
