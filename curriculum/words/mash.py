"""Letters without a word in them: keyboard runs, one key over and over, blocks, consonants that nobody can say."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from curriculum.words.prose import vocabulary
from curriculum.words.terms import is_known, known_stems

_LINES = vocabulary(
    """qwertyuiop[] qwertzuiopü azertyuiop asdfghjkl; asdfghjklöä qsdfghjklm zxcvbnm,./ yxcvbnm,.- wxcvbn
    1234567890 0123456789 1qaz 2wsx 3edc 4rfv 5tgb 6yhn 7ujm 8ik, 9ol. qaz wsx edc rfv tgb yhn ujm qay
    abcdefghijklmnopqrstuvwxyz"""
)
"""Keys in a row or a column of an English, German or French keyboard, digits, and the alphabet."""
_TOP, _HOME, _BOTTOM = "qwertyuiop", frozenset("asdfghjkl"), frozenset("zxcvbnm")
_LEAST_RUN = 3
_RUN_SHARE = 0.75
"""From this share of a token's letters in runs on, it was typed along the keys."""

_REAL = frozenset(
    vocabulary(
        """ask asks all alas add adds ads ad aha ash alfalfa algal dad dads dal dash fad fads fall falls flag flags flak
        flash flask flasks gag gags gal gals gas gash glad glass had hall halls half halal has hash kafka khaka lad lads
        lag lags lakh lakhs lash lass sad saga sagas salad salads sash shall shad slag slash slags saas faas daas dahl
        skald were wee ewe ewer tree tret retree terete try pop pip poi were wert tweet
        bonbon couscous murmur tartar cancan pompom tomtom yumyum chopchop beriberi chowchow dumdum
        hdfs https html xhtml http nginx lgtm mgmt accts wrks btwn pkgs msgs mngmt psql ctrl hmm brrr pst gmbh cctv
        rhythm rhythms lengths strengths lengthwise twelfths eighths bankruptcy catchphrase witchcraft nightshift
        def fed hij nop pon stu rst wer tre rew poi"""
    )
)
"""Real words and abbreviations that look like keys at random."""


@lru_cache(maxsize=16384)
def is_mash(token: str, *, is_name: bool = False) -> bool:
    """Whether a token, given in small ASCII letters and digits, was typed rather than written.

    With `is_name`, letters that one cannot say are no reason: Grzyb is a name.
    """
    if token in _REAL or not token.isascii() or len(token) < 2:
        return False
    if (share := _run_share(token)) == 1.0 or (share >= _RUN_SHARE and len(token) >= 5 and not is_known(token)):
        return True
    letters = token.rstrip("0123456789")
    if len(letters) < 2 or not letters.isalpha() or letters in _REAL:
        return False
    return _is_monotone(letters, is_name) or (
        len(letters) >= 4
        and not is_known(letters)
        and (_is_on_one_row(letters) or (not is_name and _is_unsayable(letters)))
    )


def _is_monotone(letters: str, is_name: bool) -> bool:
    """One letter over and over somewhere, or one block as the whole."""
    half = letters[: len(letters) // 2]
    return bool(
        re.search(r"([a-z])\1\1", letters)
        or re.fullmatch(r"(?:([a-z])\1){3,}", letters)
        or is_block(letters)
        or (len(half) >= 3 and not is_name and half * 2 == letters and not is_known(half))
    )


def is_block(letters: str) -> bool:
    """Whether letters are one short block three times or more, perhaps with a beginning of it at the end."""
    return letters not in _REAL and any(
        len(letters) >= 3 * size and all(letters[i] == letters[i - size] for i in range(size, len(letters)))
        for size in range(1, 7)
    )


def is_run(letters: str) -> bool:
    """Whether letters lie in runs of three keys or more from end to end."""
    return _run_share(letters) == 1.0


def _run_share(token: str) -> float:
    """The share of a token that lies in runs of three keys or more, along a line, in one direction."""
    covered, start = 0, 0
    while start < len(token):
        if token[start : start + _LEAST_RUN] not in _least_runs():  # nearly always, and soon known
            start += 1
            continue
        length = max(_run(token, start, line) for line in _both_ways())
        covered += length
        start += length
    return covered / len(token) if token else 0.0


def _run(token: str, start: int, line: str) -> int:
    place = line.find(token[start])
    if place < 0:
        return 0
    length = 1
    while start + length < len(token) and place + length < len(line) and token[start + length] == line[place + length]:
        length += 1
    return length


@cache
def _both_ways() -> tuple[str, ...]:
    return tuple(line[::step] for line in _LINES for step in (1, -1))


@cache
def _least_runs() -> frozenset[str]:
    """The shortest runs; no line has a key twice, so whatever begins a run is one of them."""
    lines = [line for line in _both_ways() if len(line) >= _LEAST_RUN]
    return frozenset(line[at : at + _LEAST_RUN] for line in lines for at in range(len(line) - _LEAST_RUN + 1))


def _is_on_one_row(letters: str) -> bool:
    """Only keys of the home row or of the row below, or three neighbours above, or two fingers walking along a row."""
    distinct = set(letters)
    if distinct <= _BOTTOM or (distinct <= _HOME and (_odd_pairs(letters) or len(distinct) <= 3)):
        return True
    places = [_TOP.find(letter) for letter in letters]
    return len(letters) >= 5 and ((min(places) >= 0 and max(places) - min(places) <= 2) or _both_hands(letters))


def _is_unsayable(letters: str) -> bool:
    """Without a vowel, or with many pairs of consonants that words do not have."""
    if len(letters) >= 5 and (not set(letters) & set("aeiouy") or re.search(r"[bcdfghjklmnpqrstvwxz]{5}", letters)):
        return True
    odd = _odd_pairs(letters)
    return odd >= 2 and odd / (len(letters) - 1) >= 0.5


def _odd_pairs(letters: str) -> int:
    """How many pairs of neighbouring consonants no word of the course has."""
    consonants = (first + second for first, second in pairwise(letters) if not {first, second} & set("aeiouy"))
    return sum(pair not in _pairs() for pair in consonants)


def _both_hands(letters: str) -> bool:
    """Two fingers that walk along a row in turns, as in "qpwoeiruty"."""
    return all(len(half) >= 3 and _run_share(half) == 1.0 for half in (letters[::2], letters[1::2]))


@cache
def _pairs() -> frozenset[str]:
    """Pairs of neighbouring letters in the course's own words."""
    words = (term for term in known_stems() if term.isascii() and term.isalpha())
    return frozenset(first + second for term in words for first, second in pairwise(term))
