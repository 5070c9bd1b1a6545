"""What the commands of `curriculum cohort` share: their arguments, and errors as sentences."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

folder_argument = click.argument("folder", type=click.Path(path_type=Path))
lessons_argument = click.argument("lessons", nargs=-1)
section_option = click.option("--section", default="", help="Only the learners of this section of the roster.")


@contextlib.contextmanager
def sentences() -> Iterator[None]:
    """Errors as one sentence: exit code 2 where the call is off, 1 where something broke."""
    from curriculum.cohort.course import CourseError
    from curriculum.cohort.roster import RosterError
    from curriculum.support.files import FileRefused

    try:
        yield
    except (CourseError, RosterError) as error:
        raise click.UsageError(str(error)) from None
    except FileRefused as error:
        raise click.ClickException(str(error)) from None
    except BrokenPipeError:
        raise  # whoever reads what is printed has read enough, for instance `head`
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise click.ClickException(f"{error.strerror or error}{place}; check the folder and its permissions.") from None
    except Exception as error:
        if type(error).__module__.startswith("sqlalchemy"):
            first = str(error).splitlines()[0]
            raise click.ClickException(f"The gradebook's database refused: {first}") from error
        raise
