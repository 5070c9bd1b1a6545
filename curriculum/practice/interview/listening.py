"""What an interviewer can hear in one answer: only what can be decided, for the next question and never for points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from curriculum.artifacts.pressure import Pressure
from curriculum.artifacts.star import Star
from curriculum.cases.interviews.questions import Question, load_questions
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
SPOKEN = 15
"""From so many seconds on, an answer that is not written down was spoken."""
FEWEST_WORDS = 8
"""An answer of fewer words is too short to say what is missing in it."""
OTHER_QUESTION, CLAIMED = 6, 8
"""So many words of another question's entry in the bank and none of this one's answer the other one; from so many
words of claims on, these tell better. Of 118 honest answers of the corpus, without any claims, one has as many."""

_WE = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|I'm|I'd|I've|my|mine|myself|me)\b")
_DO_NOT_KNOW = re.compile(
    r"\b(?:do not|don['’]t|did not|didn['’]t|never)\s+(?:know|measured?|counted?|asked?)\b", re.IGNORECASE
)
_WOULD_FIND_OUT = re.compile(
    r"\b(?:would|could|will|can|next|today)\b[^.!?]{0,60}\b(?:find\s+out|ask|look|measure|check|count|test|compare)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """One thing about an answer, with what is asked next and what is said of it afterwards."""

    id: str
    asks: str
    """The interviewer's next question; blank where nothing is asked for it."""
    debrief: str


@dataclass(frozen=True)
class Answer:
    """One answer with what it is held against."""

    said: str
    seconds: int
    """0 where no clock ran."""
    limit: int
    """Seconds for this question."""
    question: Question
    asked: str
    star: Star
    names: Mapping[str, str]
    """People of the case by function, as they are called."""
    pressure: Pressure | None = None
    """The range of the story and where its choice flips, where the lesson asks for them."""
    earlier: tuple[str, ...] = ()
    """What was said before in the same interview."""
    opens: bool = True
    """Whether it tells the story; what a story has is not asked of the answer to a follow-up."""


def listen(answer: Answer) -> tuple[Heard, ...]:
    """Everything that is heard in an answer, the most telling first; nothing where nothing is missing."""
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
    if not answer.said.strip() and answer.seconds >= SPOKEN:
        said = f"You spoke for {answer.seconds} seconds and wrote nothing down, so nothing could be listened to."
        return Heard("unwritten", "", said)
    if answer.said.strip() and shell(answer.said) is None and _tells(answer.said):
        if not any(is_copy(answer.said, before) for before in answer.earlier):
            return None
        return Heard("repeated", "You have told me that. What would you add?", "It was an earlier answer once more.")
    words = "You wrote nothing down." if not answer.said.strip() else f"“{quoted(answer.said, 40)}” says nothing."
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


def _says(answer: Answer, forms: list[Quantity]) -> Said | None:
    return next((s for s in said_numbers(answer.said) if any(means(s, form) for form in forms)), None)


def _number(answer: Answer) -> Heard | None:
    _, after = figures(answer.star)
    if after:
        missing = _says(answer, after) is None
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
    if not after or not before or _says(answer, after) is None or _says(answer, before) is not None:
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
    if told or (cost.value is not None and _says(answer, numbers_of_cost(answer.star)) is not None):
        return None
    return Heard("cost", "What did that cost, and whom?", "What was given up was not in it.")


def _stranger(answer: Answer) -> Heard | None:
    if answer.star.baseline.value is None and answer.star.result_figure.value is None:
        return None
    alone = answer.star.model_copy(update={"situation": "", "task": "", "action": "", "result": answer.said})
    typed = _under_pressure(answer)
    found = [one for one in untyped_numbers(alone) if not any(means(one.said, form) for form in typed)]
    if not found:
        return None
    text = found[0].said.text
    return Heard("stranger", f"Where does the {text} come from?", f"“{text}” stands in none of your claims.")


def _under_pressure(answer: Answer) -> list[Quantity]:
    """The numbers that were typed as answers to pressure, which may be said as the claims of the story may."""
    if answer.pressure is None:
        return []
    of, even, mind = answer.pressure.range, answer.pressure.break_even.value, answer.pressure.mind.threshold
    values = [of.point, of.low, of.high, even, mind, answer.pressure.next.weeks, answer.pressure.next.visitors]
    return [Quantity(abs(value), unit) for value in values if value is not None for unit in ("", "week", "millisecond")]


def _honest(answer: Answer) -> Heard | None:
    if not (_DO_NOT_KNOW.search(answer.said) and _WOULD_FIND_OUT.search(answer.said)):
        return None
    return Heard("honest", "", "You said what you do not know and how you would find out: that is a good answer.")


def _range(answer: Answer) -> Heard | None:
    typed = answer.pressure.range if answer.pressure else None
    if typed is None or typed.point is None or typed.low is None or typed.high is None:
        return None
    if all(_says(answer, [Quantity(abs(end))]) is not None for end in (typed.low, typed.high)):
        return Heard("range_said", "", "You said between what and what: that is how a careful number sounds.")
    if _says(answer, [Quantity(abs(typed.point))]) is None:
        return None
    return Heard("range", "Between what and what, if you are careful?", "One number was in it, and not its range.")


def _flips(answer: Answer) -> Heard | None:
    even = answer.pressure.break_even.value if answer.pressure else None
    if even is None:
        return None
    if _says(answer, [Quantity(abs(even))]) is not None:
        return Heard("flip_said", "", "You said where the choice would flip.")
    if not answer.opens:
        return None
    return Heard("flip", "At which gain would you have decided the other way?", "Where it would flip was not in it.")


_STORY: tuple[Callable[[Answer], Heard | None], ...] = (_number, _baseline, _own_part, _other_side, _cost)
_ALWAYS: tuple[Callable[[Answer], Heard | None], ...] = (_stranger, _range, _flips, _honest)

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
    return sum(_says(answer, forms) is not None for forms in figures(answer.star) if forms)


def weakest(answer: Answer) -> str:
    """A question that goes for the weakest claim of this very answer."""
    star = answer.star
    if (doubt := _at_the_low_end(answer)) is not None:
        return doubt
    before, after = figures(star)
    said_after, said_before = _says(answer, after), _says(answer, before)
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
    spans = [sentence for sentence in sentences(answer.said) if word_count(sentence.text) >= 4]
    if spans:
        return f"You said: “{quoted(spans[-1].text, 120)}” What do you show me for it?"
    return "Suppose that I do not believe that it got better. What do you show me?"


def _at_the_low_end(answer: Answer) -> str | None:
    """The range of this very answer held against the point at which the choice flips."""
    typed, even = (answer.pressure.range, answer.pressure.break_even.value) if answer.pressure else (None, None)
    if typed is None or typed.low is None or typed.high is None or even is None:
        return None
    if all(_says(answer, [Quantity(abs(value))]) is None for value in (typed.point, typed.low, typed.high) if value):
        return None
    if typed.low < even < typed.high:
        return f"It flips at {even:g}, and your range goes from {typed.low:g} to {typed.high:g}. Why not wait?"
    end = typed.low if typed.low >= even else typed.high
    return f"Suppose that it is {end:g}, the end next to {even:g}. Would you sign it again?"


def _is_rounded(said: Said, forms: list[Quantity]) -> bool:
    values = [said.value, *([said.percent] if said.percent is not None else [])]
    return all(abs(value - form.value) > 1e-6 for value in values for form in forms)
