"""A small case and two role-plays for tests of conversations: one with one person, one with three."""

from __future__ import annotations

from typing import Any

from curriculum.cases.base import Case, Fact, Person, by_id
from curriculum.roleplay.script import Script

CASE = Case(
    slug="trial",
    version=1,
    seed=7,
    company="Lantern",
    brief="Teams sign up and stay alone.",
    people=by_id(
        Person("maya", "Maya Okafor", role="Product manager", hue=300, cares_about="that teams stay"),
        Person("wei", "Wei Zhang", role="ML engineer", hue=200, cares_about="what can run in time"),
        Person("aisha", "Aisha Rahman", role="Privacy counsel", hue=140, cares_about="that people were asked"),
    ),
    facts=by_id(
        Fact("q3_date", "The board was promised a launch on 30 September.", held_by=None),
        Fact("week_one", "41 % of new teams never invite a second person in week one.", held_by="maya"),
        Fact("admins_only", "Only workspace admins can invite, and 7 in 10 sign-ups are not admins.", held_by="maya"),
        Fact("latency", "The deep model answers within 640 ms at the 95th percentile.", held_by="wei"),
        Fact("consent", "E-mail reminders need a consent that 58 % of users gave.", held_by="aisha"),
    ),
    columns={},
    truth={"teams": 1240},
)


def _choice(id: str, text: str, to: str, minutes: int, style: str = "open", **more: Any) -> dict[str, Any]:
    coaching = more.pop("coaching", "An open question about what people do gets you evidence instead of opinions.")
    return {"id": id, "text": text, "to": to, "minutes": minutes, "style": style, "coaching": coaching, **more}


ALONE = Script.model_validate(
    {
        "id": "maya_onboarding",
        "title": "What is behind “AI onboarding”?",
        "goal": "Find out which customer problem sits behind “we need AI onboarding by Q3”.",
        "minutes": 12,
        "cast": ["maya"],
        "start": "hello",
        "out_of_time": "late",
        "nodes": {
            "hello": {
                "says": [{"who": "maya", "text": "AI onboarding? Leadership wants it by Q3."}],
                "choices": [
                    _choice(
                        "week",
                        "What happens in a team's first week today?",
                        "week",
                        4,
                        trust={"maya": 1},
                        learn=["week_one"],
                    ),
                    _choice(
                        "model",
                        "Which model should we use for it?",
                        "hello",
                        3,
                        "leading",
                        trust={"maya": -1},
                        coaching="A question about the solution closes the door to the problem.",
                    ),
                ],
            },
            "week": {
                "says": [
                    {"who": "maya", "text": "Most teams stay a team of one. After that, they are gone."},
                    {"who": "maya", "text": "That is {{ truth.teams | number }} teams a month."},
                ],
                "choices": [
                    _choice(
                        "who",
                        "Who is allowed to send that invitation?",
                        "who",
                        3,
                        "probing",
                        trust={"maya": 1},
                        learn=["admins_only"],
                    ),
                    _choice("date", "Where does the Q3 date come from?", "week", 3, "closed"),
                    _choice(
                        "thanks", "Thanks, I will write that up.", "early", 1, "summary", needs="trust('maya') >= 1"
                    ),
                ],
            },
            "who": {
                "says": [{"who": "maya", "text": "Admins only. And most people who sign up are not admins."}],
                "choices": [
                    _choice(
                        "play_back",
                        "Let me play it back: people who sign up cannot invite. Did I get that right?",
                        "framed",
                        2,
                        "summary",
                        trust={"maya": 1},
                        coaching="Playing it back shows that you listened.",
                    ),
                    _choice("date_too", "Where does the Q3 date come from?", "who", 3, "closed"),
                ],
            },
            "framed": {
                "says": [{"who": "maya", "text": "Yes, exactly that. Bring me two options on Thursday."}],
                "ending": {"id": "framed", "title": "Problem framed", "text": "Maya takes your framing to steering."},
            },
            "early": {"ending": {"id": "early", "title": "Half the problem", "text": "You left before you knew why."}},
            "late": {"ending": {"id": "late", "title": "Out of time", "text": "Maya has to run to her next meeting."}},
        },
    }
)

TOGETHER = Script.model_validate(
    {
        "id": "kickoff",
        "title": "Kick-off: reminders for new teams",
        "goal": "Leave with a scope that three functions can stand behind.",
        "minutes": 60,
        "cast": ["maya", "wei", "aisha"],
        "trust": {"wei": 1, "aisha": 3},
        "start": "open",
        "out_of_time": "over",
        "nodes": {
            "open": {
                "says": [
                    {"who": "maya", "text": "We have an hour. I would like a list by the end of it."},
                    {"who": "wei", "text": "Before anybody promises a model: it is not free."},
                ],
                "choices": [
                    _choice(
                        "cost",
                        "Wei, what does an answer of the model cost in time?",
                        "open",
                        6,
                        "probing",
                        trust={"wei": 1},
                        learn=["latency"],
                    ),
                    _choice(
                        "asked",
                        "Aisha, whom may we send a reminder?",
                        "open",
                        5,
                        trust={"aisha": 1, "maya": 1},
                        learn=["consent"],
                    ),
                    _choice(
                        "promise",
                        "We will surely manage the model by September.",
                        "open",
                        8,
                        "assuming",
                        trust={"wei": -1},
                        coaching="An assumption spoken as a fact costs the trust of whoever has to keep it.",
                    ),
                    _choice(
                        "close",
                        "So: invitations first, reminders for those who agreed, the model later.",
                        "end",
                        10,
                        "summary",
                        needs="knows('latency') and knows('consent')",
                        trust={"maya": 2, "wei": 1, "aisha": 1},
                    ),
                    _choice("sum_up", "Let us end here.", "over", 2, "closed"),
                ],
            },
            "end": {
                "says": [{"who": "wei", "text": "I can put my name to that."}, {"who": "aisha", "text": "So can I."}],
                "ending": {"id": "agreed", "title": "Agreed", "text": "Three functions stand behind the scope."},
            },
            "over": {
                "ending": {"id": "over", "title": "No agreement yet", "text": "Everybody leaves with their own list."}
            },
        },
    }
)

ANSWERING = Script.model_validate(
    {
        "id": "answering",
        "title": "Who may invite?",
        "goal": "Find out who may invite whom.",
        "minutes": 30,
        "cast": ["maya", "wei", "aisha"],
        "start": "hello",
        "out_of_time": "over",
        "brings_up": [
            {
                "id": "wei_remembers",
                "when": "knows('admins_only')",
                "says": [
                    {"who": "wei", "text": "One thing, since we talk about waiting: the deep model takes 640 ms."}
                ],
                "learn": ["latency"],
            }
        ],
        "nodes": {
            "hello": {
                "says": [{"who": "maya", "text": "Yes?"}, {"who": "aisha", "text": "I am listening."}],
                "choices": [
                    _choice("push", "We need reminders by September.", "asked", 3, "assuming", trust={"maya": -1}),
                    _choice("listen", "What keeps a team from growing?", "asked", 5, trust={"maya": 1}),
                ],
            },
            "asked": {
                "says": [
                    {"who": "maya", "text": "Ask me about the first week."},
                    {"who": "wei", "text": "I am busy until noon.", "when": "world('busy')"},
                ],
                "choices": [
                    _choice(
                        "ask_who",
                        "Who is allowed to invite?",
                        "who",
                        4,
                        "probing",
                        outcomes=[{"when": "trust('maya') >= 3", "learn": ["admins_only"]}],
                        missed={
                            "fact": "admins_only",
                            "text": "Maya tells who may invite to those who listened first.",
                        },
                    ),
                    _choice("close", "Thanks, that is all.", "end", 1, "closed", needs="not world('busy')"),
                ],
            },
            "who": {
                "says": [
                    {"who": "maya", "text": "Admins only.", "when": "knows('admins_only')"},
                    {"who": "maya", "text": "It is in the settings somewhere.", "when": "not knows('admins_only')"},
                ],
                "choices": [_choice("again", "Let us go back a step.", "asked", 2, "closed")],
            },
            "end": {
                "says": [{"who": "maya", "text": "Good luck."}],
                "ending": {
                    "id": "end",
                    "title": "Heard",
                    "text": "That was it.",
                    "worth": 3,
                    "claims": "",
                    "missed": [
                        {"fact": "consent", "text": "Aisha knows how many people agreed to e-mails. Nobody asked her."}
                    ],
                },
            },
            "over": {"ending": {"id": "over", "title": "Over", "text": "The time is up.", "worth": 0, "claims": ""}},
        },
    }
)
