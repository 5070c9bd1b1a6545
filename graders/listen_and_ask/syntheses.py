"""Criteria for the syntheses (A08): what was wanted and why, within which limit, as those who said it confirm."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.artifacts.syntheses import Syntheses
from curriculum.cases import Case
from curriculum.cases.claims import Claim
from curriculum.cases.listen_and_ask.cast import ASKING, topic_of
from curriculum.roleplay.engine import State
from curriculum.roleplay.read_back import SaidBack, hear, said_in
from curriculum.words.numbers import said_numbers
from graders.common import SENTENCE_WORDS, heard, incomplete, names, near, sentence_count, word_count
from graders.listen_and_ask.register import rubric
from graders.listen_and_ask.said import amount, label, name
from graders.rubric import Objections, met, objection

FIRM = {"must": "a must", "wish": "a wish", "not_said": "not said", "": "blank"}
ALL_FOUR = tuple(f"syntheses.{person}.claims" for person in ASKING)


@rubric.criterion(
    points=1,
    voice="tilde",
    skill="listen_and_synthesise",
    gate=True,
    hints=(
        "Is there a part without claims or without its sentence?",
        "What you heard, the week, how firm it is and one sentence, for every person to whom you have talked.",
    ),
    met="All four are there.",
)
def syntheses_are_complete(syntheses: Syntheses, case: Case) -> Objections:
    """Each of the four has claims and a sentence."""
    places = [f"{person}.{field}" for person in ASKING for field in ("claims", "sentence")]
    yield from incomplete(syntheses, case, *places)


_HINTS = (
    "Would this person say: yes, that is it?",
    "What somebody wants is not yet why. Say the reason and the date that you were told, and nothing that another "
    "person told you; then read it back and mend what they name.",
)
_EXPECTED = "the reason and the date of this person, as you were told them, in a version that the person has confirmed"


@rubric.criterion(
    points=3,
    voice="bertil",
    skill="listen_and_synthesise",
    hints=(*_HINTS, "{% for kind in ['why', 'limit'] %}{{ entries.claims[truth.claims['bertil', kind]].label }}. "
           "{% endfor %}The week: {{ truth.due_said.arrivals }}."),
    rests_on=("syntheses.bertil.claims",),
    expected=_EXPECTED,
)  # fmt: skip
def bertil_is_given_back(syntheses: Syntheses, case: Case, conversation: State) -> Objections:
    """Bertil's reason and date are given back, and he has confirmed it."""
    yield from _given_back(syntheses, case, conversation, "bertil")
    return met("Bertil has said that this is what he means.")


@rubric.criterion(
    points=3,
    voice="leilani",
    skill="listen_and_synthesise",
    hints=(*_HINTS, "{% for kind in ['why', 'limit'] %}{{ entries.claims[truth.claims['leilani', kind]].label }}. "
           "{% endfor %}The week: {{ truth.due_said.events }}."),
    rests_on=("syntheses.leilani.claims",),
    expected=_EXPECTED,
)  # fmt: skip
def leilani_is_given_back(syntheses: Syntheses, case: Case, conversation: State) -> Objections:
    """Leilani's reason and date are given back, and she has confirmed it."""
    yield from _given_back(syntheses, case, conversation, "leilani")
    return met("Leilani has said that this is what she means.")


@rubric.criterion(
    points=3,
    voice="fadi",
    skill="listen_and_synthesise",
    hints=(*_HINTS, "{% for kind in ['why', 'limit'] %}{{ entries.claims[truth.claims['fadi', kind]].label }}. "
           "{% endfor %}The week: {{ truth.due_said.refunds }}."),
    rests_on=("syntheses.fadi.claims",),
    expected=_EXPECTED,
)  # fmt: skip
def fadi_is_given_back(syntheses: Syntheses, case: Case, conversation: State) -> Objections:
    """Fadi's reason and date are given back, and he has confirmed it."""
    yield from _given_back(syntheses, case, conversation, "fadi")
    return met("Fadi has said that this is what he means.")


@rubric.criterion(
    points=3,
    voice="greta",
    skill="listen_and_synthesise",
    hints=(*_HINTS, "{% for kind in ['why', 'limit'] %}{{ entries.claims[truth.claims['greta', kind]].label }}. "
           "{% endfor %}The week: {{ truth.due_said.warehouse }}."),
    rests_on=("syntheses.greta.claims",),
    expected=_EXPECTED,
)  # fmt: skip
def greta_is_given_back(syntheses: Syntheses, case: Case, conversation: State) -> Objections:
    """Greta's reason and date are given back, and she has confirmed it."""
    yield from _given_back(syntheses, case, conversation, "greta")
    return met("Greta has said that this is what she means.")


def _given_back(syntheses: Syntheses, case: Case, conversation: State, person: str) -> Objections:
    """What keeps one person from being given back."""
    said = said_in(syntheses)[person]
    kinds = {claim.kind for claim in _picked(said, case) if claim.owner == person}
    for kind, words in (("why", "The reason"), ("limit", "The date")):
        if kind not in kinds:
            yield objection(f"{person}.claims", f"{words} is not among what you give back to {name(case, person)}.")
    if not conversation.confirms(said):
        found = f"{name(case, person)} has not confirmed this version."
        yield objection(f"{person}.claims", found)


@rubric.criterion(
    points=4,
    voice="greta",
    skill="listen_and_synthesise",
    hints=(
        "Whose words are these?",
        "In what you give back to somebody stands what they told you: no view of yours, no plan of yours, nothing that "
        "is said about others, nothing that another one wants.",
    ),
    rests_on=ALL_FOUR,
    met="Nobody is given words that are not theirs.",
    expected="only claims of the person to whom they are given back",
)
def nobody_elses_claims(syntheses: Syntheses, case: Case) -> Objections:
    """No claim belongs to somebody else or to nobody."""
    for person, said in said_in(syntheses).items():
        for number, claim in enumerate(_picked(said, case), start=1):
            if claim.owner != person:
                found = f"{name(case, person)} is said to have said: {label(case, 'claims', claim.id)}."
                yield objection(f"{person}.claims[{number}]", found)


@rubric.criterion(
    points=2,
    voice="bertil",
    skill="listen_and_synthesise",
    hints=(
        "Has this person told you that?",
        "Pick what you heard in the talk, or in the answer to a read-back; what you can guess is not yet heard.",
    ),
    rests_on=("nobody_elses_claims",),
    met="Everything that is given back was told to you.",
    expected="only what you were told, in the talk or after you had read it back",
)
def only_told_claims(syntheses: Syntheses, case: Case, conversation: State) -> Objections:
    """Everything that is given back was told to you."""
    for person, said in said_in(syntheses).items():
        for number, claim in enumerate(_picked(said, case), start=1):
            if claim.fact and not heard(case, claim.fact, conversation):
                found = f"{name(case, person)} has not told you: {label(case, 'claims', claim.id)}."
                yield objection(f"{person}.claims[{number}]", found)


@rubric.criterion(
    points=5,
    voice="leilani",
    skill="listen_and_synthesise",
    hints=(
        "What happens if it is a week later?",
        "Loud is not firm, and polite is not soft. Only what a week later does tells you which it is; ask each of the "
        "four, and pick must or wish by the answer.",
        "Dates that cannot move: {% for topic in truth.hard | sort %}{{ entries.topics[topic].label }}{{ ' and ' if "
        "not loop.last }}{% endfor %}.",
    ),
    rests_on=tuple(f"syntheses.{person}.firmness" for person in ASKING),
    met="Each date is as firm as it is.",
    expected="a must where a missed date costs something once, a wish where it costs no more than waiting does, and "
    "for each somebody who told you what a week later does",
)
def firmness_is_theirs(syntheses: Syntheses, case: Case, conversation: State) -> Objections:
    """Each date is given back as firm as it is: neither softened nor hardened, and asked for."""
    for person, said in said_in(syntheses).items():
        topic = topic_of(person)
        if not heard(case, f"{topic}_firm", conversation):
            yield objection(f"{person}.firmness", f"{name(case, person)} was not asked what a week later does.")
        elif said.firmness != ("must" if topic in case.truth.hard else "wish"):
            yield objection(f"{person}.firmness", f"{name(case, person)}: {FIRM[said.firmness]}.")


@rubric.criterion(
    points=3,
    voice="fadi",
    skill="listen_and_synthesise",
    hints=(
        "Which week did each of them name?",
        "Write the number of the week as you were told it, also where the old warehouse may be kept longer.",
        "{% for topic, week in truth.due_said.items() %}{{ entries.topics[topic].label }}: week {{ week }}. {% "
        "endfor %}",
    ),
    rests_on=tuple(f"syntheses.{person}.number" for person in ASKING),
    met="The weeks are those that you were told.",
    expected="the week that this person has named to you, and no other one in the sentence beside it",
)
def weeks_are_as_told(syntheses: Syntheses, case: Case, conversation: State) -> Objections:
    """Each week is the one that was named to you."""
    for person, said in said_in(syntheses).items():
        topic = topic_of(person)
        told = heard(case, f"{topic}_date", conversation)
        if not told or not near(said.number, case.truth.due_said[topic]):
            found = f"{name(case, person)}: week {amount(said.number)}."
            yield objection(f"{person}.number", found)
        elif (named := _weeks_in(said.sentence)) and case.truth.due_said[topic] not in named:
            found = f"The sentence for {name(case, person)} says week {amount(min(named))}."
            yield objection(f"{person}.sentence", found)


@rubric.criterion(
    points=2,
    voice="tilde",
    skill="listen_and_synthesise",
    hints=(
        "What did they correct, and does it still stand there?",
        "Read it back, mend what is named, and leave it mended. Whoever was right at once has nothing to mend.",
    ),
    rests_on=("syntheses_are_complete",),
    met="What was corrected has been mended.",
    expected="for each of the four a version that was read back, and nothing that they corrected in what you hand in",
)
def correction_is_carried(syntheses: Syntheses, case: Case, conversation: State) -> Objections:
    """Each of the four was read back to, and whatever they corrected is mended."""
    claims = case.registry.typed("claims", Claim)
    for person, said in said_in(syntheses).items():
        rounds = conversation.rounds_with(person)
        if not rounds:
            yield objection(f"{person}.claims", f"Nothing was read back to {name(case, person)}.")
            continue
        corrected = {kind for one in rounds for kind in one.answer.kinds}
        if corrected & {*hear(said, claims, knows=conversation.knows, trust=0).kinds}:
            found = f"{name(case, person)} corrected something that still stands there."
            yield objection(f"{person}.claims", found)


@rubric.criterion(
    points=1,
    voice="joaquim",
    skill="listen_and_synthesise",
    hints=(
        "Can you say it in one breath, to that person?",
        f"Say it aloud to that person: the name in it, one full stop at the end, at most {SENTENCE_WORDS} words.",
    ),
    rests_on=tuple(f"syntheses.{person}.sentence" for person in ASKING),
    met="Four sentences, each with its name.",
    expected=f"one sentence of 4 to {SENTENCE_WORDS} words with the name of the person in it",
)
def sentences_name_the_speaker(syntheses: Syntheses, case: Case) -> Objections:
    """Each synthesis is one sentence of at most 35 words that names the person who said it."""
    for person, said in said_in(syntheses).items():
        words, sentences = word_count(said.sentence), sentence_count(said.sentence)
        if sentences != 1 or not 4 <= words <= SENTENCE_WORDS:
            plural = "sentence" if sentences == 1 else "sentences"
            found = f"{name(case, person)}: {words} words in {sentences} {plural}."
            yield objection(f"{person}.sentence", found)
        elif not names(said.sentence, case.people[person]):
            yield objection(f"{person}.sentence", f"The sentence for {name(case, person)} does not name anybody.")


def _weeks_in(sentence: str) -> set[float]:
    """The weeks that a sentence names by their number."""
    return {
        said.value for said in said_numbers(sentence) if said.kind == "ordinal" and said.text[:4] in ("week", "Week")
    }


def _picked(said: SaidBack, case: Case) -> Iterator[Claim]:
    """The claims that were picked and that there are."""
    known = case.registry.typed("claims", Claim)
    yield from (known[id] for id in said.claims if id in known)
