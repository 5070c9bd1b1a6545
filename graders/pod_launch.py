"""The rubric of `pod_launch`: can somebody act on the line?

Replace the criteria by your own: small pure generators, which yield what speaks against the artifact with its place.
The docstring is the sentence that learners read; what is expected names the rule, and the value itself comes with
the last hint. A criterion is open, and neither met nor missed, while something that it `rests_on` is blank or unmet.
"""

from __future__ import annotations

from curriculum.artifacts.pod_charter import PodCharter
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import SENTENCE_WORDS, incomplete, near, sentence_count, word_count
from graders.rubric import Objections, Rubric, met, objection

rubric = Rubric("pod_launch", {"pod_charter": PodCharter}, conversations=("first_talk",))


@rubric.criterion(
    points=1,
    voice="kim",
    skill="write_specs",
    gate=True,
    hints=(
        "Read your form once more: is every field filled?",
        "The reader, the claim, the fact and its number: all four are needed.",
    ),
    met="All four fields are filled.",
)
def pod_charter_is_complete(pod_charter: PodCharter, case: Case) -> Objections:
    """All four fields are filled with real content."""
    yield from incomplete(pod_charter, case, "reader", "claim", "evidence", "number")


@rubric.criterion(
    points=1,
    voice="kim",
    skill="decision_rights",
    hints=("Who asked for the line?", "The memo names the person who wants to know."),
    rests_on=("pod_charter.reader",),
)
def pod_charter_reaches_its_reader(pod_charter: PodCharter, case: Case) -> Objections:
    """The line goes to the person who asked for it."""
    name = case.registry.label("people", pod_charter.reader) or pod_charter.reader[:40]
    if pod_charter.reader != "kim":
        yield objection("reader", f"It goes to {name}.", "the person who wants to know how long customers wait")
    return met(f"It goes to {name}, who asked for it.")


@rubric.criterion(
    points=1,
    voice="kim",
    skill="write_specs",
    hints=("Can it be read aloud in one breath?", "One sentence, at most 35 words, nothing after it."),
    rests_on=("pod_charter.claim",),
)
def claim_is_one_sentence(pod_charter: PodCharter) -> Objections:
    """The claim is one sentence of at most 35 words."""
    words, sentences = word_count(pod_charter.claim), sentence_count(pod_charter.claim)
    found = f"Your claim has {words} words in {sentences} {'sentence' if sentences == 1 else 'sentences'}."
    if sentences != 1 or not 4 <= words <= SENTENCE_WORDS:
        yield objection("claim", found, f"one sentence of 4 to {SENTENCE_WORDS} words")
    return met(found)


@rubric.criterion(
    points=2,
    voice="sam",
    skill="measure_success",
    hints=(
        "What do Sam’s numbers say about an ordinary day?",
        "The days without a system bend the average. Sam has better numbers.",
        "Ask Sam what holds on half of the days, or on how many days the promise was broken, and cite that with its "
        "number: {% for fact in facts.values() if 'customers_wait_too_long' in fact.supports and fact.held_by %}"
        "{{ fact.value | number }} {{ fact.unit }}. {% endfor %}",
    ),
    rests_on=("pod_charter.evidence",),
)
def number_shows_the_claim(pod_charter: PodCharter, case: Case, conversation: State) -> Objections:
    """The fact supports the claim, Sam told it to you, and its number is stated as it was told."""
    fact = case.facts.get(pod_charter.evidence)
    wanted = "a fact from your talk with Sam that shows how long customers wait on most days"
    if fact is None or not conversation.knows(fact.id):
        yield objection("evidence", f"You cite {pod_charter.evidence[:40]}, which nobody has told you yet.", wanted)
    elif not fact.supports & {"customers_wait_too_long"}:
        yield objection("evidence", f"You cite “{fact.label}”", wanted)
    elif fact.value is not None and not near(pod_charter.number, fact.value, absolute=0.5):
        stated = "no number" if pod_charter.number is None else f"{pod_charter.number:g}"
        row = {"fact": fact.id, "stated": stated, "unit": fact.unit}
        yield objection("number", f"You state {stated}; that is not what Sam said.", "the number as it was told", row)
    return met("That is what Sam told you.", {"fact": pod_charter.evidence, "stated": pod_charter.number})
