"""In how many pieces of the course's prose each word stands; `python -m curriculum.words.idf` counts anew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from curriculum.artifacts import yaml_text
from curriculum.artifacts.base import written
from curriculum.course.places import COURSE
from curriculum.support.files import write_whole
from curriculum.words.prose import word_count
from curriculum.words.terms import count_documents

FILE = Path(__file__).parent / "idf.json"
FEWEST_WORDS = 8


def course_prose() -> Iterator[str]:
    """Every paragraph of the lesson texts, and every sentence of the interview material and the conversations."""
    for path in sorted(COURSE.glob("*/*/source/*.md")):
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield from (piece for piece in re.split(r"\n\s*\n", text) if word_count(piece) >= FEWEST_WORDS)
    conversations = sorted(COURSE.glob("*/*/source/roleplay.yaml"))
    for path in [*sorted(FILE.parent.glob("*.yaml")), *conversations]:
        for place, value in written(yaml_text.parse(path.read_text(encoding="utf-8")).data):
            # Other words for a choice are nobody's prose: they say the same thing many times.
            if ".also[" not in place and isinstance(value, str) and word_count(value) >= FEWEST_WORDS:
                yield value


if __name__ == "__main__":
    write_whole(FILE, json.dumps(count_documents(course_prose()), indent=0, ensure_ascii=False) + "\n")
