"""Ways in which a copied answer is disguised; deterministic, so that a measurement can be repeated."""

from __future__ import annotations

import random
import re

SYNONYMS = {
    "wanted": "wished for", "asked": "requested", "both": "the two", "people": "persons", "big": "large",
    "small": "little", "team": "group", "teams": "groups", "measured": "counted", "answer": "reply",
    "number": "figure", "decided": "determined", "chose": "selected", "because": "since",
    "show": "demonstrate", "showed": "demonstrated", "began": "started", "before": "prior to",
    "after": "following", "fast": "quick", "slow": "sluggish", "wrote": "drafted", "cost": "price",
    "gave up": "abandoned", "need": "require", "needed": "required", "work": "labour", "model": "algorithm",
    "engineer": "developer", "engineers": "developers", "engineering": "development",
    "designer": "ux person", "meeting": "session", "page": "sheet", "test": "trial", "result": "outcome",
    "problem": "issue", "weeks": "fortnights", "customers": "clients", "users": "visitors", "went": "moved",
    "fell": "sank", "rose": "climbed", "each": "every", "tell": "inform", "told": "informed",
    "help": "support", "keep": "retain", "kept": "retained", "first": "initially", "would": "'d",
    "could": "was able to", "do": "perform", "made": "created", "make": "create", "put": "placed",
    "use": "employ", "used": "employed", "get": "obtain", "good": "fine", "more": "additional",
    "also": "as well", "then": "afterwards", "head": "chief", "data": "evidence", "launched": "released",
    "defined": "specified", "complex": "complicated", "simple": "plain", "simpler": "plainer",
    "latency": "delay", "role": "part", "ensure": "guarantee", "real": "actual", "risks": "dangers",
}  # fmt: skip
_TWINS = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х", "i": "і"}


def verbatim(text: str, seed: int = 0) -> str:
    """As it is."""
    return text


def renumbered(text: str, seed: int = 0) -> str:
    """Every number replaced by another one."""
    rng = random.Random(seed)
    return re.sub(r"\d+(?:[.,]\d+)?", lambda match: str(rng.randint(2, 97)), text)


def synonym_swapped(text: str, seed: int = 0) -> str:
    """Every word that has a synonym in the table replaced by it."""
    return re.sub(r"[A-Za-z]+", lambda match: SYNONYMS.get(match.group().lower(), match.group()), text)


def obfuscated(text: str, seed: int = 0) -> str:
    """Look-alike letters, characters that are not seen, other quotes and odd spaces."""
    rng = random.Random(seed)
    out = []
    for char in text:
        out.append(_TWINS[char] if char in _TWINS and rng.random() < 0.5 else char)
        if char.isalpha() and rng.random() < 0.15:
            out.append("\u200b")
    return "".join(out).replace(" ", "\u00a0").replace("'", "’").replace("fi", "ﬁ")


def reordered(text: str, seed: int = 0) -> str:
    """The sentences in another order."""
    pieces = re.split(r"(?<=[.!?])\s+", text)
    random.Random(seed).shuffle(pieces)
    return " ".join(pieces)


REQUIRED = {
    "verbatim": verbatim,
    "renumbered": renumbered,
    "synonym-swapped": synonym_swapped,
    "obfuscated": obfuscated,
}
FURTHER = {"reordered": reordered}
