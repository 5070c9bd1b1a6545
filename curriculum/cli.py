"""The command line: which commands there are; each is imported only when it is called."""

from __future__ import annotations

import errno
import io
import sys
from importlib import import_module
from pathlib import Path

import click

from curriculum.commands.examples import with_example
from curriculum.course.places import FOR_LEARNERS
from curriculum.course.version import VERSION
from curriculum.support.files import FileRefused

COMMANDS = {
    "start": ("curriculum.commands.start:start", "Open the course in JupyterLab."),
    "list": ("curriculum.commands.learn:list_lessons", "The lessons in their order, and how far you are."),
    "next": ("curriculum.commands.learn:next_lesson", "What would help you most now, and why."),
    "skills": ("curriculum.commands.skills:skills", "What your work has shown so far, with the evidence."),
    "check": ("curriculum.commands.learn:check", "Review your answers in a lesson."),
    "hint": ("curriculum.commands.learn:hint", "The next hint in a lesson."),
    "reset": ("curriculum.commands.learn:reset", "Begin a lesson anew; your answers are moved aside."),
    "bring": ("curriculum.commands.learn:bring", "Bring in answers that you took along as a ZIP file."),
    "review": ("curriculum.commands.review:review", "Go over what is due: words, criteria, flaws."),
    "portfolio": ("curriculum.commands.portfolio:portfolio", "One page of your work, to take along."),
    "grade": ("curriculum.commands.grade:grade", "Grade a folder of answers."),
    "team": ("curriculum.commands.team:team", "Take a lesson with three to six people."),
    "author": ("curriculum.commands.author:author", "Make, build and prove lessons."),
    "cohort": ("curriculum.commands.cohort:cohort", "Run the course for a group, on nbgrader."),
    "gate": ("curriculum.commands.gate:gate", "Let a release pass, or stop it by clause and reason."),
    "dashboard": ("curriculum.commands.dashboard:dashboard", "A lesson's shared dashboard as a page of its own."),
    "doctor": ("curriculum.commands.start:doctor", "Check this installation and say what to do."),
}
"""Name of a command: where it is, and what it does in one line."""

LEFT_OUT = frozenset(("author", "cohort")) if FOR_LEARNERS else frozenset()
"""Commands that the edition for learners does not have."""


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if name not in LEFT_OUT]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in LEFT_OUT:
            raise click.ClickException(
                f"`curriculum {cmd_name}` is not in the edition for learners, which is installed here. It comes with "
                "the whole course, on an instructor's or an author's computer."
            )
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        return with_example(command, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a file or a folder that cannot be used ends it with its one sentence."""
        _expect_a_folder()
        try:
            return super().invoke(ctx)
        except FileRefused as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE or error.filename is None:
                raise
            reason = (error.strerror or "the system refused").lower()
            raise click.ClickException(f"{error.filename} cannot be used: {reason}. Mend that and try again.") from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _expect_a_folder() -> None:
    """End with one sentence where the terminal is in a folder that is gone: nothing relative to it can be found."""
    try:
        Path.cwd()
    except OSError:
        raise click.ClickException(
            "The folder that this terminal is in is gone; go to another one, such as with `cd`, and try again."
        ) from None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    VERSION, prog_name="curriculum", message=f"%(prog)s %(version)s{', the edition for learners' * FOR_LEARNERS}"
)
def main() -> None:
    """Learn to work across product, design, data science and ML engineering."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A letter that the terminal, or a file under Windows, cannot take is a question mark, not an end.
            stream.reconfigure(errors="replace")
