"""Pairs of answers as a widget: a click on the sentence that gives the weaker answer away judges the pair."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from curriculum.artifacts.contrast import Contrast, Preference
from curriculum.artifacts.reading import write_artifact
from curriculum.cases import Case
from curriculum.widgets.artifact_file import load_artifact, trouble_text
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.file_widget import FileWidget

SIDES = ("a", "b")


class PairsWidget(FileWidget[Contrast], assets="pairs"):
    """The pairs of a lesson. Operations: mark (a pair and a sentence in it), clear (a pair)."""

    def __init__(self, case: Case, path: Path) -> None:
        self._case = case
        super().__init__(path)

    def load(self) -> Contrast:
        return load_artifact(self.path, Contrast)

    def store(self, content: Contrast) -> None:
        write_artifact(self.path, content)

    def apply(self, content: Contrast, operation: Operation) -> Contrast:
        pair, op = operation.get("pair"), operation["op"]
        if not isinstance(pair, str) or pair not in self._case.truth.pairs or op not in ("mark", "clear"):
            raise Stale("That is no pair of this lesson.")
        others = tuple(one for one in content.preferences if one.pair != pair)
        if op == "clear":
            return content.model_copy(update={"preferences": others})
        span = operation.get("span")
        side = next((side for side in SIDES if span in self._sentences(pair, side)), None)
        if side is None or not isinstance(span, str):
            raise Stale("That sentence stands in another pair.")
        stronger = SIDES[1 - SIDES.index(side)]
        judged = Preference.model_validate({"pair": pair, "stronger": stronger, "span": span})
        order = list(self._case.truth.pairs)
        kept = sorted((*others, judged), key=lambda one: order.index(one.pair) if one.pair in order else len(order))
        return content.model_copy(update={"preferences": tuple(kept)})

    def draw(self, content: Contrast) -> dict[str, Any]:
        chosen = {one.pair: one for one in content.preferences}
        pairs = []
        for number, (id, pair) in enumerate(self._case.truth.pairs.items(), start=1):
            mine = chosen.get(id, Preference())
            answers = [
                {
                    "side": side,
                    "stronger": mine.stronger == side,
                    "sentences": [
                        {"id": span, "text": text, "marked": span == mine.span}
                        for span, text in self._sentences(id, side).items()
                    ],
                }
                for side in SIDES
            ]
            judged = bool(mine.stronger and mine.span)
            pairs.append(
                {"id": id, "number": number, "question": pair.contrast.question, "answers": answers, "judged": judged}
            )
        return {"pairs": pairs, "judged": sum(pair["judged"] for pair in pairs)}

    def spoken(self, before: Contrast, after: Contrast) -> str:
        gone = {one.pair for one in before.preferences} - {one.pair for one in after.preferences}
        count = f"{self.view['judged']} of {len(self.view['pairs'])} pairs are judged."
        return f"Taken back. {count}" if gone else count

    def as_text(self) -> str:
        if self.view["trouble"]:
            return trouble_text(self.view)
        lines = ["In each pair, one answer has a sentence at which an interviewer would stop."]
        for pair in self.view["pairs"]:
            lines += ["", f"Pair {pair['number']}. {pair['question']} ({pair['id']})"]
            for answer in pair["answers"]:
                lines.append(f"Answer {answer['side'].upper()}{' (the stronger one)' if answer['stronger'] else ''}")
                lines += [
                    f"  {position}. {sentence['text']}{'  <- this decides it' if sentence['marked'] else ''}"
                    for position, sentence in enumerate(answer["sentences"], start=1)
                ]
        return "\n".join(lines)

    def as_html(self) -> str:
        return f"<pre>{escape(self.as_text())}</pre>"

    def _sentences(self, pair: str, side: str) -> Mapping[str, str]:
        """The sentences of one answer by id, in their order."""
        spans = self._case.registry.entries("spans")
        return {id: entry.label for id, entry in spans.items() if id.removeprefix(f"{pair}_{side}").isdigit()}
