"""A small case whose people can be read back to: claims, words, a conversation, an artifact with three parts."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.saying_back import SayingBack
from curriculum.cases.base import Case, Fact, Person, by_id
from curriculum.cases.claims import Claim
from curriculum.roleplay.read_back_words import ReadBackWords
from curriculum.roleplay.script import Script

PEOPLE = ("bertil", "leilani", "fadi")


class Syntheses(Artifact):
    """What three people want, why, and within which limit, as you say it back to them."""

    kind: ClassVar[str] = "syntheses"
    title: ClassVar[str] = "What they need"
    genre: ClassVar[str] = "record"

    bertil: SayingBack = Field(default_factory=SayingBack, title="Bertil Aas")
    leilani: SayingBack = Field(default_factory=SayingBack, title="Leilani Kahale")
    fadi: SayingBack = Field(default_factory=SayingBack, title="Fadi Benali")


CASE = Case(
    slug="trial",
    version=1,
    seed=7,
    company="Osprey Line",
    brief="Three people each want the only data engineer for all thirteen weeks.",
    people=by_id(
        Person("bertil", "Bertil Aas", role="ML engineer", hue=200),
        Person("leilani", "Leilani Kahale", role="Designer", hue=300),
        Person("fadi", "Fadi Benali", role="Passenger care", hue=90),
    ),
    facts=by_id(
        Fact("bertil_why", "The forecast for today rests on yesterday's arrivals.", held_by="bertil"),
        Fact("bertil_limit", "The summer timetable begins in week 9.", value=9.0, unit="week", held_by="bertil"),
        Fact("bertil_quiet", "Arrivals that are there by 07:00 would do.", held_by="bertil"),
        Fact("leilani_why", "Nobody sees where people give up.", held_by="leilani"),
        Fact("leilani_limit", "The field study begins in week 5.", value=5.0, unit="week", held_by="leilani"),
        Fact("leilani_hard", "The field study is booked and cannot move.", held_by="leilani"),
        Fact("leilani_quiet", "Six events on two screens would do.", held_by="leilani"),
        Fact("fadi_why", "A refund takes nine days by hand.", held_by="fadi"),
        Fact("fadi_limit", "The authority looks at it in week 11.", value=11.0, unit="week", held_by="fadi"),
    ),
    columns={},
    truth={},
    more={
        "claims": by_id(
            Claim("feature_store", "A live feature store", owner="bertil", kind="want"),
            Claim("old_arrivals", "Forecasts rest on yesterday", owner="bertil", kind="why", fact="bertil_why"),
            Claim(
                "summer", "It is needed for the summer timetable", owner="bertil", kind="limit", fact="bertil_limit",
                number=9.0, firmness="must",
            ),
            Claim("by_seven", "Arrivals early in the day would do", owner="bertil", kind="quiet", fact="bertil_quiet"),
            Claim("new_tracking", "New tracking on every screen", owner="leilani", kind="want"),
            Claim("give_up", "Nobody sees where people give up", owner="leilani", kind="why", fact="leilani_why"),
            Claim(
                "study", "It is needed for the field study", owner="leilani", kind="limit", fact="leilani_limit",
                number=5.0, firmness="must", sounds="wish", firm_by="leilani_hard",
            ),
            Claim("six_events", "A few events on two screens would do", owner="leilani", kind="quiet",
                  fact="leilani_quiet"),
            Claim("automatic", "Refunds without hands", owner="fadi", kind="want"),
            Claim("by_hand", "A refund takes days by hand", owner="fadi", kind="why", fact="fadi_why"),
            Claim("review", "The authority looks at it", owner="fadi", kind="limit", fact="fadi_limit", number=11.0,
                  firmness="must"),
            Claim("to_spy", "The refunds' numbers are meant to check on somebody", kind="gossip"),
            Claim("leaving", "Somebody is about to leave", kind="gossip"),
            Claim("one_each", "Everybody gets four weeks", kind="plan"),
            Claim("too_much", "They ask for more than they need", kind="view"),
        )
    },
)  # fmt: skip


def _choice(id: str, text: str, to: str, **more: Any) -> dict[str, Any]:
    coaching = "A reason tells you more than a wish."
    return {"id": id, "text": text, "to": to, "minutes": 4, "style": "open", "coaching": coaching, **more}


SCRIPT = Script.model_validate(
    {
        "id": "talks",
        "title": "Who needs the engineer, and for what",
        "goal": "Find out what each of three people needs.",
        "minutes": 40,
        "cast": list(PEOPLE),
        "start": "hello",
        "out_of_time": "late",
        "nodes": {
            "hello": {
                "says": [{"who": "bertil", "text": "We want a live feature store."}],
                "choices": [
                    _choice("ask_why", "What breaks without it?", "why", learn=["bertil_why", "bertil_limit"]),
                    _choice("nod", "I understand you completely.", "why", trust={"bertil": -1}),
                ],
            },
            "why": {
                "says": [{"who": "leilani", "text": "And we need new tracking."}],
                "choices": [
                    _choice("ask_leilani", "What can you not see?", "pause", learn=["leilani_why", "leilani_limit"]),
                    _choice("skip", "Let us sit down then.", "pause", trust={"leilani": -1}),
                ],
            },
            "pause": {
                "says": [{"who": "fadi", "text": "Write down what you heard, and say it back."}],
                "choices": [
                    _choice("go_on", "What would arrivals by seven take?", "done", needs="knows('bertil_quiet')"),
                    _choice("stop", "That is all, thank you.", "parted"),
                ],
            },
            "done": {"ending": {"id": "understood", "title": "Understood", "text": "The need is on the table."}},
            "parted": {"ending": {"id": "parted", "title": "Parted", "text": "It stays at that."}},
            "late": {"ending": {"id": "late", "title": "Time is up", "text": "They have to go."}},
        },
    }
)

_PROBLEMS = {
    "view": "That is what you think of me.",
    "plan": "A nice plan. Yours.",
    "gossip": "Nobody has said that to you: “{claim}”.",
    "other": "“{claim}”: that belongs to {owner}.",
    "untold": "“{claim}” may be, and not from me to you.",
    "softened": "You made my date kinder than it is.",
    "hardened": "You made my date harder than I said.",
    "firmness_blank": "Is it a must, or would I like it? You leave that open.",
    "number_off": "That is not the week that I told you.",
    "number_missing": "And when? I told you.",
    "no_why": "That is what I ask for, not why.",
    "no_limit": "You say nothing of the date that binds me.",
    "no_want": "What I ask for is not in it.",
}


def _person(**more: Any) -> dict[str, Any]:
    return {
        "right": {
            "none": "I do not find myself in that.",
            "some": ["You have {right}.", "Now you have {right}."],
            "all": "Yes: {right}.",
        },
        "problems": _PROBLEMS,
        "closing": {
            "confirmed": "You may write that down.",
            "opened": "Since you ask so well: {{ facts.bertil_quiet.label }}",
            "corrected": "Once more?",
            "objected": "Please do not say that in my name.",
            "closed": "Write what you like.",
        },
        **more,
    }


WORDS_DATA: dict[str, Any] = {
    "kind": "syntheses",
    "when": "visited('ask_leilani') or visited('skip')",
    "not_yet": "First talk to both of them.",
    "kinds": {"want": "what I ask for", "why": "why", "limit": "my date", "quiet": "what would do"},
    "people": {
        "bertil": _person(),
        "leilani": _person(opens_at=4)
        | {"closing": {**_person()["closing"], "opened": "{{ facts.leilani_quiet.label }}"}},
        "fadi": _person(trust={"objected": -2, "confirmed": 1}),
    },
}
WORDS = ReadBackWords.model_validate(WORDS_DATA)
TALK = SCRIPT.with_read_back(WORDS).in_world(CASE)
HEARD = ("ask_why", "ask_leilani")
"""What brings one to where people can be read back to, with everything told but the quiet needs and Fadi's."""
