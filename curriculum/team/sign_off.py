"""A seat's word on a document: for each question that its people answer for, whether it holds, under a seal.

The seal is an HMAC-SHA-256 (RFC 2104) with the seat's own key over deal, seat, document, its text's hash, the words and
the time. Whoever holds the key can seal with any time; what a seal proves is whose word it is, and on which text.
"""

from __future__ import annotations

import hmac
import json
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field, JsonValue

from curriculum.artifacts.base import Artifact, Line, Long, Notation, Part, Words
from curriculum.artifacts.reading import Unreadable, read_artifact, write_artifact
from curriculum.support.files import FileRefused

Says = Literal["", "holds", "does_not"]
SAYS: dict[str, JsonValue] = {"holds": "It holds", "does_not": "It does not hold"}


class Word(Part):
    """What a seat says of one question. Blank: it cannot tell."""

    criterion: Annotated[Line, Notation()] = ""
    says: Says = ""


class Signature(Part):
    """What a seat says of one document."""

    document: Annotated[Line, Notation()] = ""
    """The kind of the artifact."""
    sha256: Annotated[Line, Notation()] = ""
    """Of its text, as it lay before the seat."""
    deal: Annotated[Line, Notation()] = ""
    seat: Annotated[Line, Notation()] = ""
    words: Annotated[tuple[Word, ...], Field(max_length=80)] = ()
    at: Annotated[Line, Notation()] = ""
    """In UTC, to the second."""
    seal: Annotated[Line, Notation()] = ""

    def says(self, criterion: str) -> Says:
        """What it says of a question; blank where it cannot tell."""
        return next((word.says for word in self.words if word.criterion == criterion), "")


class SignOff(Artifact):
    """What a seat has signed."""

    kind: ClassVar[str] = "sign_off"
    title: ClassVar[str] = "What you have signed"

    signatures: Annotated[tuple[Signature, ...], Field(max_length=200)] = ()
    """One for each document; where a file has more, the last one counts."""

    def on(self, document: str) -> Signature | None:
        """The seat's last word on a document."""
        return next((one for one in reversed(self.signatures) if one.document == document), None)


class FirstChoice(Artifact):
    """Written before anybody speaks, and shown beside the others’ after the session."""

    kind: ClassVar[str] = "first_choice"
    title: ClassVar[str] = "What I would do"

    choice: Annotated[
        Words,
        Long(4),
        Field(
            title="What I would do, and why",
            description="From your card and the brief alone. Nobody grades it.",
        ),
    ] = ""


class Seal(StrEnum):
    """What a signature is worth."""

    VALID = "valid"
    STALE = "stale"
    """It is the seat's own, on an older text."""
    ELSEWHERE = "elsewhere"
    """It names another seat or another deal."""
    FORGED = "forged"
    """Its seal is not the one that the seat's key gives."""
    MISSING = "missing"


SENTENCES: dict[Seal, str] = {
    Seal.VALID: "signed this text",
    Seal.STALE: "signed an older text, so the signature is void",
    Seal.ELSEWHERE: "handed in a signature of another seat or another deal, which counts for nobody",
    Seal.FORGED: "handed in a signature whose seal does not fit, so nobody knows whose word it is",
    Seal.MISSING: "did not sign",
}
"""How a status is told, after the name of the seat."""


def sealed(signature: Signature, key: bytes) -> Signature:
    """The signature with its seal."""
    return signature.model_copy(update={"seal": _seal(signature, key)})


def seal_of(signature: Signature | None, key: bytes, deal: str, seat: str, sha256: str) -> Seal:
    """What a signature is worth for this seat, deal and text."""
    if signature is None:
        return Seal.MISSING
    if (signature.deal, signature.seat) != (deal, seat):
        return Seal.ELSEWHERE
    if not hmac.compare_digest(_seal(signature, key).encode(), signature.seal.encode("utf-8", "replace")):
        return Seal.FORGED
    return Seal.VALID if signature.sha256 == sha256 else Seal.STALE


def _seal(signature: Signature, key: bytes) -> str:
    said = json.dumps([signature.deal, signature.seat, signature.document, signature.sha256, signature.at,
                       [[word.criterion, word.says] for word in signature.words]])  # fmt: skip
    return hmac.new(key, f"seal/{said}".encode(), "sha256").hexdigest()


def read_sign_off(answers: Path) -> SignOff:
    """What a seat has signed; blank where nothing is. Raises Unreadable with sentences."""
    try:
        return read_artifact(answers / f"{SignOff.kind}.yaml", SignOff, inside=answers).artifact
    except FileNotFoundError:
        return SignOff()


def read_first_choice(answers: Path) -> str:
    """What a seat would have done; blank where nothing is written. Raises Unreadable with sentences."""
    try:
        return read_artifact(answers / f"{FirstChoice.kind}.yaml", FirstChoice, inside=answers).artifact.choice
    except FileNotFoundError:
        return ""


def sign(answers: Path, signature: Signature, key: bytes) -> Signature:
    """Seal a signature and keep it behind the others; returns it. Raises Unreadable and FileRefused."""
    kept = read_sign_off(answers)
    done = sealed(signature, key)
    before = [one for one in kept.signatures if one.document != done.document][-MOST_KEPT:]
    write_artifact(answers / f"{SignOff.kind}.yaml", SignOff(signatures=(*before, done)))
    with suppress(OSError):
        unsigned_file(answers, done.document).unlink(missing_ok=True)
        (answers / UNSIGNED).rmdir()
    return done


MOST_KEPT = 40

# What is said and not signed yet

UNSIGNED = ".unsigned"
"""In the folder of the answers; it is not handed in, and nothing that grades reads it."""


def unsigned_file(answers: Path, document: str) -> Path:
    """Where a seat's words on a document lie until they are signed."""
    return answers / UNSIGNED / f"{document}.yaml"


def read_unsigned(answers: Path, document: str) -> Signature | None:
    """What a seat has said of a document and not signed; None where there is nothing that can be read."""
    with suppress(FileNotFoundError, FileRefused, Unreadable):
        path = unsigned_file(answers, document)
        return read_artifact(path, SignOff, inside=answers).artifact.on(document)
    return None


def keep_unsigned(answers: Path, signature: Signature) -> None:
    """Keep words without a seal until they are signed; raises FileRefused."""
    write_artifact(unsigned_file(answers, signature.document), SignOff(signatures=(signature,)))
