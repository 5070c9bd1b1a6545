"""The rubric of `speak_the_language`: one module for each artifact, that of translations in its three parts."""

import graders.speak_the_language.collisions
import graders.speak_the_language.glossary
import graders.speak_the_language.messages
import graders.speak_the_language.questions
import graders.speak_the_language.week  # noqa: F401
from graders.speak_the_language.asked import remarks
from graders.speak_the_language.base import rubric

rubric.remarks = remarks

__all__ = ["rubric"]
