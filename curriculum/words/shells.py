"""Texts that say nothing: the one check (G1) that every artifact shares. Mechanical shells, stand-ins, copies.

Whoever writes generic or beside the point is not found here: such texts are read by people.
Measured in tests/quality; which rules reach what, and where each of them ends, stands beside the rule.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from curriculum.words.mash import is_block, is_mash, is_run
from curriculum.words.prose import FUNCTION_WORDS, WORD, plain, quoted, sentences, vocabulary
from curriculum.words.terms import is_known, stems

LEAST_COPIED_WORDS = 5
"""Shorter texts are copies only where they are the same: "6 March" stands in many memos."""
RATIO, PARTIAL_RATIO, TRIPLES = 85, 92, 0.6
"""From here on a text is a copy: of all letters, of the letters of a passage, of the runs of three words."""
FEWEST_WORDS = 20
"""Shorter texts are not asked for repetition, keywords and scrambled words."""


@dataclass(frozen=True)
class Beside:
    """A text that an answer could be copied from."""

    what: str
    """What it is, as learners call it: "the help of this field"."""
    text: str
    passage: bool = False
    """Whether a passage of it counts, as with a memo; otherwise the whole."""


@dataclass(frozen=True)
class Doubt:
    """Why a longer text reads like nothing that one says to a person. A person decides, no program."""

    kind: str
    """repetition, keyword_list or scrambled."""
    sentence: str
    span: str


def shell(text: str, *, wants_sentence: bool = False, beside: Iterable[Beside] = ()) -> str | None:
    """Why a text says nothing, in a short sentence for learners; None where it says something, and where it is blank.

    With `wants_sentence`, two different content words are asked for. `beside` are texts that stand near the field.
    """
    if not text.strip():
        return None
    if (reason := _hollow(text)) is not None:
        return reason
    for other in beside:
        if is_copy(text, other.text, passage=other.passage):
            return f"It repeats {other.what}."
    if wants_sentence and len(content_words(text)) < 2:
        return "It is no sentence yet: at least two words that say something are needed."
    return None


def is_stand_in(text: str) -> bool:
    """Whether a name, a hash or a rule is a stand-in; "tests" is a name, "TBD" is none."""
    return re.fullmatch(r"tb[adc]|todo|n/?a|x{3,}|[?.\-_…]+", plain(text.strip())) is not None


def content_words(text: str) -> frozenset[str]:
    """The different words of a text that carry content; signs of languages without spaces count one by one."""
    tokens = _tokens(_cleaned(text))
    words = {_without_ending(token) for token in tokens if token not in _GRAMMAR and not _is_wide(token)}
    return frozenset(words | {sign for token in tokens if _is_wide(token) for sign in token})


def is_copy(text: str, other: str, *, passage: bool = False) -> bool:
    """Whether a text is the other one, or with `passage` a piece of it, but for numbers, case and a few words."""
    mine, theirs = comparable(text), comparable(other)
    if not mine or not theirs:
        return False
    if mine == theirs:
        return True
    words, their_words = mine.split(), theirs.split()
    if len(words) < LEAST_COPIED_WORDS or len(their_words) < LEAST_COPIED_WORDS:
        return False
    if fuzz.ratio(mine, theirs, score_cutoff=RATIO) >= RATIO:
        return True
    if not passage:
        return False
    if len(words) <= len(their_words) and fuzz.partial_ratio(mine, theirs, score_cutoff=PARTIAL_RATIO) >= PARTIAL_RATIO:
        return True
    triples = set(zip(words, words[1:], words[2:], strict=False))
    known = set(zip(their_words, their_words[1:], their_words[2:], strict=False))
    return len(words) > LEAST_COPIED_WORDS and len(triples & known) / len(triples) >= TRIPLES


def doubts(text: str) -> list[Doubt]:
    """Repetition, lists of keywords and scrambled words in a text of some length: high precision, low recall.

    Meant for English; a person looks at it before anything follows.
    """
    tokens = [match.group() for match in WORD.finditer(plain(text))]
    if len(tokens) < FEWEST_WORDS:
        return []
    found = []
    if (repeated := _repeated(text, tokens)) is not None:
        found.append(Doubt("repetition", "Much of this text repeats itself.", repeated))
    if sum(token in FUNCTION_WORDS for token in tokens) / len(tokens) < _LEAST_FUNCTION_SHARE:
        found.append(Doubt("keyword_list", "This reads like a list of keywords.", quoted(text)))
    articles = [(a, b) for a, b in zip(tokens, [*tokens[1:], "of"], strict=True) if a in _ARTICLES]
    odd = [pair for pair in articles if pair[1] in _NEVER_AFTER_ARTICLE]
    if len(articles) >= 5 and len(odd) / len(articles) > _SCRAMBLED_SHARE:
        found.append(Doubt("scrambled", "The words do not seem to be in an order that one says.", quoted(text)))
    return found


# What a text must have. Each rule says why it found nothing to read.

_LETTERS = "It has no words yet, only letters or signs."
_REPEATED = "It says one thing over and over."
_STAND_IN = "It stands in for an answer."
_GRAMMAR_ONLY = "It has only small words, and none that says what."
_COUNTING = "It only counts."

_GRAMMAR = frozenset(
    vocabulary(
        """a an the this that these those there it its is are was were be been being am i we you they he she and or
        but so because if as of in to for with on at by from into than then which what such can will would shall
        has have had very just also"""
    )
)
"""Words that alone say nothing. Negations, quantities, question words and "them" do: "All of them." is an answer."""

_STAND_INS = re.compile(
    r"""(?:(?:it\ is|this\ is|just|still|is)\ )*(?:
    tb[adc](?:\ later)?|todo|to\ ?do(?:\ later)?|n\ ?/?\ ?a|not\ applicable|fixme|wip
    |to\ be\ (?:done|filled(?:\ in)?|completed|decided|defined|determined|confirmed|added|written|announced)(?:\ later)?
    |(?:will|i\ will|i'll|to)?\ ?(?:fill|do|add|write|complete)(?:\ (?:this|it))?(?:\ in)?\ (?:later|soon|tomorrow)
    |fill(?:\ (?:this|me|it))?(?:\ in)?|coming\ soon|more\ later
    |(?:see|same\ as|same|as)(?:\ in)?(?:\ the)?(?:\ text)?\ above|ditto|idem|(?:copy(?:\ and)?\ )?paste
    |idk|dunno|(?:i\ )?(?:don'?t|do\ not)\ know(?:\ yet|\ what\ to\ (?:write|say|put)(?:\ here)?)?
    |(?:i\ have\ )?no\ (?:idea|clue)|no\ (?:comment|answer|text)|not\ sure|whatever|something
    |(?:i\ have\ )?nothing(?:\ to\ (?:write|say|add))?\ ?here|i\ have\ nothing\ to\ (?:write|say|add)
    |(?:and\ so\ on|etc)(?:\ (?:and\ so\ on|etc))*
    |hi|hello|hey|yo|hello\ (?:there|world)|lol|cool|nice|ok\ fine|skip(?:ped)?|pass|ignore\ (?:this|me|it)
    |keine\ ahnung|wei(?:ß|ss)\ (?:ich\ )?nicht|aucune\ idee|no\ se|je\ ne\ sais\ pas|beispieltext|prueba|nada
    |(?:x|\?|-|_)+
    )""",
    re.VERBOSE,
)
"""Whole texts only: "N/A for guests, since they have no history" is an answer."""

_PUT_OFF = re.compile(r"(?i:tb[adc]|todo)\b(?!.*\d)(?!.*\s(?!I\b)[A-ZÀ-Ý])", re.DOTALL)
"""It is to come, and there is neither a name nor a day: "TBD by Samir, before 20 April" is an answer."""

_SUBJECTS = frozenset(vocabulary("i we you they he she"))

_LATIN = frozenset(vocabulary("lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor"))
_FILLERS = frozenset(
    vocabulary(
        """test tests testing text texts word words answer answers sample example dummy mock filler placeholder sentence
        random bla blah blahblah foo bar baz insert field something stuff world hello asdf"""
    )
)
"""Words for an answer rather than an answer."""
_AROUND_FILLERS = frozenset(
    vocabulary(
        """a an the this is just for in of and to one more it only i wrote put with some here go goes please ignore
        another my your"""
    )
)

_COUNTS = vocabulary("zero one two three four five six seven eight nine ten eleven twelve")
_ORDINALS = vocabulary("first second third fourth fifth sixth seventh eighth ninth tenth")

# In letters and digits of CJK, kana, hangul and Thai, one token may be a sentence.
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ARTICLES = frozenset({"a", "an", "the", "my", "our", "their", "your", "its", "every"})
_NEVER_AFTER_ARTICLE = frozenset(
    vocabulary(
        """a an the of and or but to is are was were be been with from in on at by for because that which if then
    so than as we i he she they it our my their"""
    )
)
_REPEATED_SHARE, _LEAST_FUNCTION_SHARE, _SCRAMBLED_SHARE = 0.34, 0.17, 0.22
_MOST_TOKENS = 400
"""Longer texts are looked at as far as this; nobody types so many keys at random."""


@lru_cache(maxsize=8192)
def _hollow(text: str) -> str | None:
    """Why a text says nothing by itself, whatever stands beside it."""
    as_written = _cleaned(text)
    tokens = _tokens(as_written)[:_MOST_TOKENS]
    if not tokens:
        return _LETTERS
    if any(_is_wide(token) for token in tokens):
        return _REPEATED if len({sign for token in tokens for sign in token}) == 1 else None
    whole = " ".join(re.sub(r"[^\w/'?-]+", " ", re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", plain(as_written))).split())
    if set(tokens) <= _LATIN and set(tokens) & {"lorem", "ipsum", "dolor", "amet"}:
        return _STAND_IN
    if _STAND_INS.fullmatch(whole) or _PUT_OFF.match(text.strip()):
        return _STAND_IN
    if _is_counting(tokens):
        return _COUNTING
    if _is_one_thing(tokens, as_written):
        return _REPEATED
    return _letters_or_fillers(tokens, as_written)


def _letters_or_fillers(tokens: Sequence[str], as_written: str) -> str | None:
    if all(len(token) == 1 and token.isalpha() for token in tokens) and len(tokens) >= 3:  # spelled out: "t e s t"
        spelled = "".join(tokens)
        return _LETTERS if as_written.upper() != as_written or len(tokens) > 5 or spelled in _FILLERS else None
    words = re.findall(r"[^\W_]+", as_written)
    capitals = frozenset(plain(word) for word in words if word[1:] != word[1:].lower())
    shouted = as_written.upper() == as_written and len(tokens) > 1
    content = [token for token in tokens if token not in _GRAMMAR or (token in capitals and not shouted)]
    if not content:
        return None if _is_said_of_somebody(tokens, as_written) else _GRAMMAR_ONLY
    names = frozenset(plain(word) for word in words if word[:1].isupper() or not word.isascii())
    empty = [_is_letters_only(token, token in capitals, token in names) for token in content]
    if all(empty) or (
        as_written.islower()
        and sum(empty) * 2 > len(empty)
        and all(is_empty or _is_unknown(token) for token, is_empty in zip(content, empty, strict=True))
    ):
        return _LETTERS
    joined = "".join(content)
    if len(content) > 1 and joined.isalpha():
        if is_block(joined):
            return _REPEATED
        if as_written.islower() and max(map(len, content)) <= 4 and is_run(joined):
            return _LETTERS
    if all(token in _FILLERS or token in _AROUND_FILLERS or is_mash(token) for token in tokens) and any(
        token in _FILLERS for token in tokens
    ):
        few = [token for token in tokens if token in _FILLERS]
        return _STAND_IN if len(few) > 1 or not {"it", "to", "with", "in"} & set(tokens) else None
    return None


def _is_said_of_somebody(tokens: Sequence[str], as_written: str) -> bool:
    """Whether a few small words answer or ask: "She has.", "We are.", "What for?"."""
    return as_written.rstrip().endswith("?") or (2 <= len(tokens) <= 4 and tokens[0] in _SUBJECTS)


def _is_letters_only(token: str, capital: bool, name: bool) -> bool:
    """Whether a token is one or two small letters, or keys at random."""
    if len(token) == 1 and token.isalpha():
        return True
    if capital:  # abbreviations: UX, HDL, ABC; but not QWERTY
        return len(token) >= 4 and is_mash(token, is_name=True)
    if len(token) == 2 and token.isascii() and token.isalpha():
        return token not in _TWO_LETTERS and not name
    return not token.isdigit() and is_mash(token, is_name=name)


def _is_unknown(token: str) -> bool:
    """Whether a token is no word of the course, and short enough to be keys at random."""
    return token.isascii() and token.isalpha() and 3 <= len(token) <= 6 and not is_known(token)


_TWO_LETTERS = frozenset(
    vocabulary(
        """am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we ai bi cd ci db dr ds eu gp
        hr id ip kg km la li ma ml ms op os pc pm pr qa ra rx tv uk un ui ux vp vs ad ax ed ex ox pa pi po ja si ne da
        du er es im wo zu oi ya ha le en et au"""
    )
)
"""Words and abbreviations of two letters that stand for something."""


def _is_one_thing(tokens: Sequence[str], as_written: str) -> bool:
    """One word, phrase or sentence over and over."""
    bare = [_without_ending(re.sub(r"(?<=[^\d])\d+$", "", token)) for token in tokens]
    count = len(bare)
    if count < 2:
        return False
    if len(set(bare)) == 1:
        is_name = count == 2 and len(re.findall(r"[A-ZÀ-Ý][^\W_]+", as_written)) == 2  # Bora Bora
        return count >= 3 or not (bare[0].isdigit() or is_name)
    if count >= 4 and Counter(bare).most_common(1)[0][1] / count >= 0.75:
        return True
    for size in range(2, count // 2 + 1):
        if all(bare[i] == bare[i - size] for i in range(size, count)):
            return True
    collapsed = [token for i, token in enumerate(bare) if i == 0 or token != bare[i - 1]]
    if count >= 4 and len(collapsed) * 2 <= count:
        return True
    told = [" ".join(stems(sentence.text)) for sentence in sentences(as_written)]
    return len(told) >= 2 and len(set(told)) == 1 and bool(told[0])


def _is_counting(tokens: Sequence[str]) -> bool:
    """Numbers in a row, one digit over and over, or digits that nobody would mean."""
    if all(token.isdigit() for token in tokens):
        if len(tokens) == 1:
            (digits,) = tokens
            return (
                (len(digits) >= 3 and len(set(digits)) == 1)
                or (len(digits) >= 4 and (is_mash(digits)))
                or (
                    len(digits) >= 6
                    and not digits.endswith("00")
                    and not re.fullmatch(r"20[0-3]\d[01]\d[0-3]\d", digits)
                )
            )
        steps = {int(b) - int(a) for a, b in pairwise(tokens)}
        return len(tokens) >= 3 and (steps in ({0}, {1}, {-1}))
    for row in (_COUNTS, _ORDINALS):
        if len(tokens) >= 3 and all(token in row for token in tokens):
            places = [row.index(token) for token in tokens]
            return all(b - a == 1 for a, b in pairwise(places))
    return False


@lru_cache(maxsize=8192)
def _cleaned(text: str) -> str:
    """A text without tags, entities, marks of emphasis and invisible characters, case as written."""
    text = re.sub(r"<[^<>]{0,80}>|[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}", " ", html.unescape(text))
    text = unicodedata.normalize("NFKC", text)
    return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()


def _tokens(as_written: str) -> list[str]:
    """Words in small letters, without accents; hyphens and apostrophes do not part them."""
    joined = re.sub(r"(?<=\w)['’\-](?=\w)", "", plain(as_written))
    return re.findall(r"[^\W_]+", joined)


def _is_wide(token: str) -> bool:
    return _WIDE.search(token) is not None


def _without_ending(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token


@lru_cache(maxsize=8192)
def comparable(text: str) -> str:
    """Words in small letters with every number as "#"."""
    return re.sub(r"\d+(?:[.,:]\d+)*", "#", " ".join(re.findall(r"[^\W_]+(?:[.,:]\d+)*", plain(_cleaned(text)))))


def _repeated(text: str, tokens: Sequence[str]) -> str | None:
    """The passage that repeats, where many sentences or groups of four words occur again."""
    groups = Counter(tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3))
    again = sum(count for count in groups.values() if count > 1)
    if groups and again / sum(groups.values()) > _REPEATED_SHARE:
        return " ".join(groups.most_common(1)[0][0])
    told: Counter[str] = Counter(" ".join(stems(sentence.text)) for sentence in sentences(text))
    repeated = sum(count - 1 for key, count in told.items() if len(key.split()) >= 6)
    if repeated >= 2:
        return next(span.text for span in sentences(text) if told[" ".join(stems(span.text))] > 1)
    return None
