"""What an interviewer can hear in one answer: only what can be decided, for the next question and never for points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from curriculum.cases.interviews.questions import Question, load_questions
from curriculum.practice.interview.answers import Answer, Heard, says
from curriculum.practice.interview.care import at_the_low_end, flips, honest, is_candid, range_of, under_pressure
from curriculum.practice.interview.claims import claim_texts, content, cost_words
from curriculum.practice.interview.parties import functions_named, parties_named
from curriculum.practice.interview.said import cost as numbers_of_cost
from curriculum.practice.interview.said import figures, means, untyped_numbers
from curriculum.words.numbers import Said, said_numbers
from curriculum.words.prose import FUNCTION_WORDS, WORD, quoted, sentences, word_count
from curriculum.words.quantities import Quantity
from curriculum.words.shells import content_words, is_copy, shell
from curriculum.words.terms import stems

WORDS_A_SECOND = 250 / 120
"""Two minutes are about 250 words when spoken."""
SHORT = 1 / 3
"""Of the time for an answer: who needs less is waited for."""
ASKS_BACK = "asks_back"
SPOKEN = 15
"""From so many seconds on, an answer that is not written down was spoken."""
FEWEST_WORDS = 8
"""An answer of fewer words is too short to say what is missing in it."""
OTHER_QUESTION, CLAIMED = 6, 8
"""So many words of another question's entry in the bank and none of this one's answer the other one; from so many
words of claims on, these tell better. Of 118 honest answers of the corpus, without any claims, one has as many."""

_WE = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|I'm|I'd|I've|my|mine|myself|me)\b")
_ASKS_BACK = re.compile(
    r"^\W*(?:(?:sorry|well|oh|hm+|um|uh|pardon|excuse\s+me|ok(?:ay)?|good\s+question)\W+)*(?:"
    r"(?:(?:could|can|would|will)\s+you\s+)?(?:please\s+)?(?:repeat|rephrase|say\s+(?:that|it)\s+again)\b"
    r"|what\s+(?:do|did)\s+you\s+mean\b"
    r"|(?:i\s+)?(?:did\s+not|didn['’]t|do\s+not|don['’]t)\s+(?:get|understand|hear)\s+(?:that|you|the\s+question)"
    r"|let\s+me\s+think\b|(?:give\s+me|i\s+need|(?:may|can|could)\s+i\s+(?:have|take|get))\s+(?:just\s+)?(?:a|one)\s+"
    r"(?:moment|second|minute)\b|(?:one|just\s+a)\s+moment\b)",
    re.IGNORECASE,
)
"""Somebody who wants to hear the question again, or a moment to think."""
_MOST_WORDS_BACK = 12
_THAT_IS_ALL = re.compile(
    r"^\W*(?:no|nope|not\s+really|that['’]?s?(?:\s+is|\s+was)?\s+(?:all|it)|nothing\s+(?:more|else)|n?o[t]?\s+more)\b",
    re.IGNORECASE,
)
_NOTHING_TO_SAY = re.compile(
    r"^\W*(?:(?:i|we)\s+(?:have|had)\s+|i['’]ve\s+)?(?:got\s+)?(?:nothing\s+to\s+(?:say|add)|no\s+comment)\b",
    re.IGNORECASE,
)


def listen(answer: Answer) -> tuple[Heard, ...]:
    """Everything that is heard in an answer, the most telling first; nothing where nothing is missing."""
    if answer.begun and _THAT_IS_ALL.match(answer.now) and word_count(answer.now) < FEWEST_WORDS:
        return (Heard("no_more", "", "You had nothing to add."),)
    if (reason := _empty(answer)) is not None:
        return (reason,)
    found = list(_time(answer))
    if (elsewhere := _another_question(answer)) is not None:
        return (elsewhere, *found)
    if answer.opens:
        found += [heard for hear in _STORY if (heard := hear(answer)) is not None]
    found += [heard for hear in _ALWAYS if (heard := hear(answer)) is not None]
    return tuple(found)


def _empty(answer: Answer) -> Heard | None:
    now = answer.now
    if not now and answer.seconds >= SPOKEN:
        said = f"You spoke for {answer.seconds} seconds and wrote nothing down, so nothing could be listened to."
        return Heard("unwritten", "", said)
    back = not answer.asks_us and word_count(now) <= _MOST_WORDS_BACK and not any(sign.isdigit() for sign in now)
    if back and _ASKS_BACK.match(now):
        return Heard(ASKS_BACK, f"Of course. {answer.asked}", "You asked for the question again, or for a moment.")
    told = not (word_count(now) <= FEWEST_WORDS and _NOTHING_TO_SAY.match(now)) and not is_copy(now, answer.asked)
    if now and told and shell(now) is None and _tells(now):
        if not any(is_copy(now, before) for before in answer.earlier):
            return None
        return Heard("repeated", "You have told me that. What would you add?", "It was an earlier answer once more.")
    words = "You wrote nothing down." if not now else f"“{quoted(now, 40)}” says nothing."
    return Heard("shell", f"I asked: {answer.asked} Shall I say it again?", f"{words} Nothing could be asked about it.")


def _tells(text: str) -> bool:
    """Whether at least two content words are left when keys that were only pressed are taken out, three beside such."""
    tokens = [match.group() for match in WORD.finditer(text)]
    pressed = [token for token in tokens if len(token) > 2 and shell(token) == shell("asdf")]
    left = content_words(" ".join(token for token in tokens if token not in pressed))
    return len(left) >= (3 if pressed else 2)


def _time(answer: Answer) -> Iterator[Heard]:
    words = word_count(answer.said)
    needed = answer.seconds or round(words / WORDS_A_SECOND)
    how = f"{answer.seconds} seconds" if answer.seconds else f"{words} words, spoken about {needed} seconds"
    if needed > 1.1 * answer.limit:
        debrief = f"It took {how}, and this question has {answer.limit}."
        yield Heard("too_long", "Let me stop you there.", debrief)
    elif answer.opens and needed < SHORT * answer.limit and words < SHORT * answer.limit * WORDS_A_SECOND:
        yield Heard("too_short", "(She waits.) Is there more?", f"It took {how}; this question has {answer.limit}.")


def _another_question(answer: Answer) -> Heard | None:
    """An answer that has hardly a word of the question and of the claims; where nothing is claimed yet, one that has
    none of the question and many of another one's entry."""
    if not answer.opens or word_count(answer.said) < FEWEST_WORDS:
        return None
    said, claimed = _content(answer.said), _content(" ".join(claim_texts(answer.star)))
    own = len(said & (_entry(answer.question) | claimed))
    own += 2 * figures_said(answer)
    own += len(functions_named(answer.said, answer.names) & {item.function for item in answer.star.interests})
    others = [len(said & _entry(other)) for other in load_questions() if other.id != answer.question.id]
    if own > 1 if len(claimed) >= CLAIMED else own or max(others, default=0) < OTHER_QUESTION:
        return None
    return Heard(
        "other_question",
        f"I asked about something else: {answer.asked} Shall I say it again?",
        "It has hardly a word of the question, of your story or of your claims.",
    )


def _entry(question: Question) -> set[str]:
    return _content(" ".join([question.question, *question.strong, *question.follow_ups]))


def _content(text: str) -> set[str]:
    return {stem for stem in stems(text) if stem not in FUNCTION_WORDS and stem != "#"}


def _number(answer: Answer) -> Heard | None:
    _, after = figures(answer.star)
    if after:
        missing = says(answer, after) is None
        what = f"your result, {answer.star.result_figure.value:g}, was not in it"
    else:
        missing = not _quantities(answer)
        what = "there was no number in it"
    if not missing:
        return None
    return Heard("number", "By how much, from what, and in which time?", f"What came of it: {what}.")


def _quantities(answer: Answer) -> list[Said]:
    """Whatever could be a result, of a story without claims."""
    found = said_numbers(answer.said)
    return [said for said in found if said.kind in ("number", "share") or (said.kind == "count" and said.value >= 2)]


def _baseline(answer: Answer) -> Heard | None:
    before, after = figures(answer.star)
    if not after and len(_quantities(answer)) == 1:
        return Heard("baseline", "What was it before?", "One number was in it, and none for what it was before.")
    if not after or not before or says(answer, after) is None or says(answer, before) is not None:
        return None
    return Heard("baseline", "What was it before?", "The number after was in it, the one before was not.")


def _own_part(answer: Answer) -> Heard | None:
    if len(_WE.findall(answer.said)) < 2 or _I.search(answer.said):
        return None
    return Heard("we", "And what was yours in that?", "Everything was done by “we”; nobody hears what you did.")


def _other_side(answer: Answer) -> Heard | None:
    named = functions_named(answer.said, answer.names)
    typed = {item.function for item in answer.star.interests if item.function}
    if len(named) >= 2 or (len(typed) >= 2 and typed <= named):
        return None
    if not typed and len(named | parties_named(answer.said)) >= 2:
        return None
    return Heard("other_side", "Who wanted something else?", "Fewer than two functions were named.")


def _cost(answer: Answer) -> Heard | None:
    cost = answer.star.cost
    if not cost.what:
        return Heard("cost", "What did that cost, and whom?", "No cost is among your claims, so none could be told.")
    words = cost_words(answer.star)
    told = len(words & content(answer.said)) >= max(1, len(words) / 3)
    if told or (cost.value is not None and says(answer, numbers_of_cost(answer.star)) is not None):
        return None
    return Heard("cost", "What did that cost, and whom?", "What was given up was not in it.")


def _stranger(answer: Answer) -> Heard | None:
    if answer.star.baseline.value is None and answer.star.result_figure.value is None:
        return None
    alone = answer.star.model_copy(update={"situation": "", "task": "", "action": "", "result": answer.said})
    typed = under_pressure(answer)
    found = [one for one in untyped_numbers(alone) if not any(means(one.said, form) for form in typed)]
    if not found:
        return None
    text = found[0].said.text
    return Heard("stranger", f"Where does the {text} come from?", f"“{text}” stands in none of your claims.")


_STORY: tuple[Callable[[Answer], Heard | None], ...] = (_number, _baseline, _own_part, _other_side, _cost)
_ALWAYS: tuple[Callable[[Answer], Heard | None], ...] = (_stranger, range_of, flips, honest)

LISTED: Mapping[str, str] = {
    "number": "the result as a number",
    "baseline": "what it was before",
    "we": "what was yours",
    "other_side": "two functions",
    "cost": "what it cost",
    "stranger": "only numbers of your claims",
    "too_long": "within the time",
}
"""What the first answers of several interviews are compared on, as things that were there."""

SAID: Mapping[str, str] = {"range_said": "a range", "flip_said": "where the choice flips"}
"""What is good to hear and missed only where the claims have it; nothing is asked for it by these ids."""


def is_shown(id: str, said: str, missing: set[str]) -> bool:
    """Whether an answer had occasion for a thing that was not missed in it: who says nothing of "I" showed nothing of
    their own, who says no number none of a claim, and who stops at once was not within the time."""
    if id == "we":
        return _I.search(said) is not None and word_count(said) >= FEWEST_WORDS
    if id == "stranger":
        return any(one.kind in ("number", "share") for one in said_numbers(said))
    if id == "too_long":
        return "too_short" not in missing
    return not (id == "baseline" and "number" in missing)


def figures_said(answer: Answer) -> int:
    """How many of the two numbers of the claims an answer says."""
    return sum(says(answer, forms) is not None for forms in figures(answer.star) if forms)


def weakest(answer: Answer) -> str:
    """A question that goes for the weakest claim of this very answer."""
    star = answer.star
    if (doubt := at_the_low_end(answer)) is not None:
        return doubt
    before, after = figures(star)
    said_after, said_before = says(answer, after), says(answer, before)
    true = star.result_figure.value
    if said_after and true is not None and _is_rounded(said_after, after):
        return f"You said “{said_after.text}”. What is it exactly, and who counted it?"
    if said_after and said_before and star.baseline.value:
        change = abs(100 * (true or 0) / star.baseline.value - 100)
        if star.baseline.days and star.result_figure.days and star.result_figure.days < star.baseline.days:
            days = f"{star.baseline.days:g} days before and only {star.result_figure.days:g} after"
            return f"You counted {days}. Why should the short one count?"
        if change < 15:
            step = f"From {said_before.text} to {said_after.text}, {change:.1f} percent"
            return f"{step}. How do you know that it was not chance?"
        return f"From {said_before.text} to {said_after.text}: what else changed in that time that could explain it?"
    if said_after:
        return f"You said “{said_after.text}”. Who could I call to hear that number again?"
    if star.decision.by == "me" and re.search(r"\bI\s+decided\b", answer.said, re.IGNORECASE):
        return "You decided, you said. What would your manager say if I called?"
    spans = [
        sentence
        for sentence in sentences(answer.said)
        if word_count(sentence.text) >= 4 and not is_candid(sentence.text)
    ]
    if spans:
        return f"You said: “{quoted(spans[-1].text, 120)}” What do you show me for it?"
    return "Suppose that I do not believe that it got better. What do you show me?"


def _is_rounded(said: Said, forms: list[Quantity]) -> bool:
    values = [said.value, *([said.percent] if said.percent is not None else [])]
    return all(abs(value - form.value) > 1e-6 for value in values for form in forms)
