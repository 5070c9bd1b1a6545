"""The mock interview as a widget: a panel asks, a clock runs, the answers stay in the transcript."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.mock_interview import MockInterview, Session
from curriculum.artifacts.pressure import Pressure
from curriculum.artifacts.reading import Unreadable, read_artifact, write_artifact
from curriculum.artifacts.star import Star
from curriculum.cases import Case
from curriculum.cases.interviews.questions import load_questions
from curriculum.practice.interview import mock
from curriculum.widgets.artifact_file import load_artifact, trouble_text
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.file_widget import FileWidget
from curriculum.words.prose import word_count

MOST_CHARACTERS, MOST_SESSIONS = 4_000, 60
_VOICES = {"number": "jonas", "baseline": "jonas", "stranger": "jonas", "range": "jonas", "flip": "jonas",
           mock.PRESSURE: "jonas",
           "other_side": "mei", "cost": "mei"}  # fmt: skip
_MOVED_ON = "This interview went on elsewhere, in another tab or window. Here is where it stands now."


class MockInterviewWidget(FileWidget[MockInterview], assets="mock_interview"):
    """Interviews about the story in `star`; all of them are kept.

    `questions` are those of a round, which are offered one after the other; `pressure` are the answers to pressure on
    the numbers of the story, where the lesson asks for them.

    Operations: begin (with a question), answer (what was said, seconds).
    """

    def __init__(
        self,
        case: Case,
        path: Path,
        star: Path,
        question: str = "",
        questions: Sequence[str] = (),
        pressure: Path | None = None,
    ) -> None:
        self._case, self._star_path, self._question = case, star, question
        self._round, self._pressure_path = tuple(questions), pressure
        super().__init__(path)

    def load(self) -> MockInterview:
        return load_artifact(self.path, MockInterview)

    def store(self, content: MockInterview) -> None:
        write_artifact(self.path, content)

    def apply(self, content: MockInterview, operation: Operation) -> MockInterview:
        sessions = content.sessions
        if operation["op"] == "begin":
            return self._begun(content, operation.get("question"))
        turn = operation.get("turn")
        if operation["op"] != "answer" or not sessions or not self._going_on(sessions[-1]):
            raise Stale(_MOVED_ON)
        if turn != len(sessions[-1].turns) or operation.get("interview") != len(sessions):
            raise Stale(_MOVED_ON)
        said, seconds = operation.get("said"), operation.get("seconds")
        if not isinstance(said, str) or not isinstance(seconds, int | float) or isinstance(seconds, bool):
            raise Stale("That answer could not be read; type it again.")
        later = mock.answered(sessions[-1], self._panel(), said.strip()[:MOST_CHARACTERS], int(seconds))
        return content.model_copy(update={"sessions": (*sessions[:-1], later)})

    def _begun(self, content: MockInterview, question: Any) -> MockInterview:
        if question not in {known.id for known in load_questions()}:
            raise Stale("Choose one of the questions of the bank.")
        begun = Session(question=question, on=dt.date.today())
        kept = [session for session in content.sessions if session.turns]
        return content.model_copy(update={"sessions": (*kept[-MOST_SESSIONS + 1 :], begun)})

    def draw(self, content: MockInterview) -> dict[str, Any]:
        panel = self._panel()
        session = content.sessions[-1] if content.sessions else None
        asked = mock.next_question(session, panel) if session and self._going_on(session) else None
        turns = session.turns if session else ()
        over = bool(session and turns and not asked and self._known(session))
        lines = mock.of_each(session, panel) if session and over else [""] * len(turns)
        return {
            "questions": [
                {"id": known.id, "text": known.question, "level": known.level} for known in load_questions()
            ],
            "chosen": self._next(content) or (session.question if session else self._question),
            "round": self._in_words(content),
            "interview": len(content.sessions),
            "limit": asked.limit if asked else 0,
            "most": MOST_CHARACTERS,
            "turns": [
                {"who": self._person(turn.about), "asked": turn.asked, "said": turn.said, "time": clock(turn.seconds),
                 "limit": clock(turn.limit), "words": word_count(turn.said),
                 "over": bool(turn.limit) and turn.seconds > turn.limit, "line": line}
                for turn, line in zip(turns, lines, strict=True)
            ],
            "asked": {"who": self._person(asked.about), "text": asked.text} if asked else None,
            "debrief": mock.debrief(session, panel) if session and over else [],
            "attempts": [vars(one) | {"time": clock(one.seconds), "limit": clock(one.limit)}
                         for one in mock.attempts(content)] if not asked else [],
        }  # fmt: skip

    def spoken(self, before: MockInterview, after: MockInterview) -> str:
        asked = self.view.get("asked")
        if asked:
            return f"{asked['who']['name']}: {asked['text']}"
        return " ".join(["The interview is over.", *self.view["debrief"]])

    def as_text(self) -> str:
        if self.view["trouble"]:
            return trouble_text(self.view)
        lines = []
        for turn in self.view["turns"]:
            lines += [f"{turn['who']['name']}: {turn['asked']}", f"You ({turn['time']}): {turn['said']}"]
            lines += [f"  {turn['line']}"] if turn["line"] else []
        if asked := self.view["asked"]:
            lines.append(f"{asked['who']['name']}: {asked['text']}")
        lines += self.view["debrief"]
        lines += [self.view["round"]] if self.view["round"] else []
        if len(self.view["attempts"]) > 1:
            lines += ["", "Your interviews:"]
            lines += [
                f"{one['number']}. {one['on']} {one['question']} ({one['time']} of {one['limit']}, "
                f"{one['words']} words): {', '.join(one['there']) or 'nothing'}"
                for one in self.view["attempts"]
            ]
        return "\n".join(lines) or "No interview has begun."

    def as_html(self) -> str:
        return f"<pre>{escape(self.as_text())}</pre>"

    @staticmethod
    def _known(session: Session) -> bool:
        return session.question in {known.id for known in load_questions()}

    def _going_on(self, session: Session) -> bool:
        return not session.finished and self._known(session)

    def _panel(self) -> mock.Panel:
        colleagues = self._case.more.get("deciders", {})
        names = {p.function: p.first_name for id, p in self._case.people.items() if id in colleagues}
        return mock.Panel(self._star(), names, self._pressure())

    def _next(self, content: MockInterview) -> str:
        """The next question of the round that was not answered yet; blank where there is no round, or it is done."""
        asked = {session.question for session in content.sessions if session.turns}
        return next((question for question in self._round if question not in asked), "")

    def _in_words(self, content: MockInterview) -> str:
        if not self._round:
            return ""
        asked = {session.question for session in content.sessions if session.finished}
        done = sum(question in asked for question in self._round)
        return f"{done} of the {len(self._round)} questions of this round are answered."

    def _pressure(self) -> Pressure | None:
        if self._pressure_path is None:
            return None
        try:
            return read_artifact(self._pressure_path, Pressure).artifact
        except (FileNotFoundError, Unreadable):
            return None

    def _person(self, about: str) -> dict[str, Any]:
        person = self._case.people[_VOICES.get(about, "ruth")]
        return {"name": person.label, "role": person.role, "initials": person.initials, "hue": person.hue}

    def _star(self) -> Star:
        """The story as it stands; one that cannot be read counts as blank, and the review of the lesson says why."""
        try:
            return read_artifact(self._star_path, Star).artifact
        except (FileNotFoundError, Unreadable):
            return Star()


def clock(seconds: int) -> str:
    """Seconds as people read them on a clock: 1:45."""
    return f"{seconds // 60}:{seconds % 60:02d}"
