"""The course's own secret, which no learner gets: with it handouts are signed, and lots are drawn."""

from __future__ import annotations

import hmac
import secrets

from curriculum.cohort.course import Course, CourseError
from curriculum.support.files import write_whole


def secret_key(course: Course) -> bytes:
    """The secret, made when it is first needed; raises CourseError where it is damaged, and FileRefused."""
    path = course.private / "handout_key"
    try:
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        course.private.mkdir(exist_ok=True)
        key = secrets.token_bytes(32)
        write_whole(path, key.hex(), private=True)
        return key
    except ValueError:
        raise CourseError(
            f"{path} is damaged; put it back from a backup, or delete it and hand the lessons out again."
        ) from None


def lot(course: Course, *what: str) -> bytes:
    """32 bytes that nobody can foresee without the secret, and that are the same each time for the same words."""
    return hmac.new(secret_key(course), "/".join(what).encode(), "sha256").digest()
