"""The form widget: any artifact model as fields to fill in, saved as they are left."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from curriculum.artifacts import yaml_text
from curriculum.artifacts.base import Artifact, without_blanks
from curriculum.artifacts.derived import derived_places, has_derived, stripped
from curriculum.artifacts.document import markdown
from curriculum.artifacts.outline import shown_value
from curriculum.artifacts.reading import Unreadable, parse_artifact, write_artifact
from curriculum.artifacts.rows import Misfits, filling
from curriculum.cases import Case
from curriculum.pages.page import document
from curriculum.support.files import FileRefused
from curriculum.widgets.artifact_file import Complete, Known, as_typed, load_artifact, trouble_text
from curriculum.widgets.aside import Replaced
from curriculum.widgets.base import Operation, Stale
from curriculum.widgets.form_aside import here, portable, replaced
from curriculum.widgets.form_data import Data, Keys, edit, keyed, path_of, plain, rekeyed, value_at
from curriculum.widgets.form_data import Path as Place
from curriculum.widgets.form_spec import Spec, field_at, form_spec, options, own_words
from curriculum.widgets.undo import Change, UndoWidget
from graders.common import word_count


class Form(UndoWidget[Data], assets="form pick found reading"):
    """Shows `path` as the given kind of artifact; every valid change is saved at once.

    A value that is not valid stays visible with a sentence that says why, and is not written to the file.
    """

    def __init__(
        self,
        case: Case,
        model: type[Artifact],
        path: Path,
        known: Known | None = None,
        complete: Complete | None = None,
        **kwargs: Any,
    ) -> None:
        self.case, self.model, self._known, self._complete = case, model, known, complete or as_typed
        self.spec: Spec = form_spec(model)
        self._derives = has_derived(model)
        self._told: tuple[str, ...] = ()
        self._as_page = False
        self._blank = model().model_dump(mode="json")
        self._keys = Keys()
        self._shown: Data = {}
        self._drafts: dict[Place, dict[str, Any]] = {}
        super().__init__(path, **kwargs)

    def load(self) -> Data:
        artifact = load_artifact(self.path, self.model)
        if self._derives:
            _, self._told = self._complete(artifact)
        self._shown = keyed(stripped(artifact).model_dump(mode="json"), self._shown, self._keys)
        self._drafts = {path: draft for path, draft in self._drafts.items() if _is_there(self._shown, path)}
        return self._shown

    def store(self, content: Data) -> None:
        write_artifact(self.path, self.model.model_validate(plain(content)))
        self._shown = content

    def change(self, content: Data, operation: Operation) -> Change[Data]:
        done = edit(self.spec, content, operation, self._keys)
        if operation is self._pending:  # what is undone, or saved late, was offered when it was done
            self._refuse_unoffered(content, done.data, field_at(self.spec["fields"], done.path)["label"])
        try:
            artifact = self.model.model_validate(plain(done.data))
        except ValidationError as error:
            sentence = self._sentence(done.data, done.path, error)
            if operation["op"] != "set":
                raise Stale(sentence) from None
            self._drafts[done.path] = {"value": operation["value"], "error": sentence}
            return Change(content, sentence, done.undo)
        self._drafts = {
            path: draft for path, draft in self._drafts.items() if path != done.path and _is_there(done.data, path)
        }
        content = rekeyed(artifact.model_dump(mode="json"), done.data, self._keys)
        return Change(content, done.said, done.undo)

    def replaces(self, content: Data, operation: Operation) -> Replaced | None:
        return replaced(self.spec, self.model, self.case.registry, content, operation)

    def portable(self, content: Data, operation: Operation) -> Operation | None:
        return portable(content, operation)

    def here(self, content: Data, operation: Operation) -> Operation | None:
        return here(content, operation)

    def beside(self, content: Data, operation: Operation) -> dict[str, Any]:
        place = field_at(self.spec["fields"], operation["path"])
        return {"path": "/".join(operation["path"]), "type": place["type"], "value": operation["value"]}

    def put(self, place: str, value: Any) -> str:
        """Write rows or a value from code, as one operation that can be undone; returns what was done.

        Raises `Misfits` where it does not fit, `ContentUnreadable` where the file is broken, and `FileRefused`
        where it cannot be saved; then nothing is written.
        """
        content = self.content()
        offered = self._offered()
        done = filling(
            self.model.model_validate(plain(content)),
            place,
            value,
            lambda kind: {option["id"]: option["label"] for option in offered.get(kind, ())},
        )
        path = path_of(content, done.place)
        was = plain(value_at(content, path))
        operation = {"op": "replace", "path": path, "value": done.value, "was": was}
        undoable = len(self._done)
        said = self.operate(operation)
        if any(kept is operation for kept in self._unsaved):
            self._unsaved = [kept for kept in self._unsaved if kept is not operation]
            del self._done[undoable:]
            error = FileRefused(self._error)
            self._error = self._error if self._unsaved else ""
            self.refresh()
            raise error
        if plain(value_at(self.content(), path)) != done.value:
            raise Misfits(said)
        return done.said

    def joins(self, last: Operation, new: Operation) -> bool:
        return last["op"] == new["op"] == "set" and tuple(last["path"]) == tuple(new["path"])

    def operate(self, operation: Operation) -> str:
        if operation["op"] != "page":
            return super().operate(operation)
        self._as_page = operation.get("on") is True
        self.refresh()
        return ""

    def refresh(self, notice: str = "") -> None:
        count = len(self._drafts)
        left = "One answer is" if count == 1 else f"{count} answers are"
        super().refresh(notice or (f"{left} not saved: see what is said beside the field." if count else ""))

    def draw(self, content: Data) -> dict[str, Any]:
        offered = self._offered()
        begun = [name for name, value in plain(content).items() if value != self._blank[name]]
        shown = [field["name"] for field in self.spec["fields"] if not field["derived"]]
        return {
            "spec": self.spec,
            "options": offered,
            "strangers": self._strangers(content, offered),
            "data": content,
            "drafts": {"/".join(path): draft for path, draft in self._drafts.items()},
            "begun": [name for name in shown if name in begun],
            "words": word_count(*own_words(self.spec["fields"], content)),
            "derived": self._derived(content) if self._derives else {},
            "doubts": self._doubts(content),
            "told": list(self._told),
            "undo": self.undoable(),
            "page": self._page(content) if self._as_page else "",
        }

    def as_text(self) -> str:
        if self.view["trouble"]:
            return trouble_text(self.view)
        artifact, _ = self._complete(self.model.model_validate(plain(self.view["data"])))
        left = [f"Not saved: {draft['error']}" for draft in self.view["drafts"].values()]
        left += [f"Look again: {said}" for said in self.view["doubts"].values()]
        return "\n".join([markdown(artifact, self.case.registry).rstrip() or self.model.title, *left])

    def as_html(self) -> str:
        return f"<pre>{escape(self.as_text())}</pre>"

    def _page(self, content: Data) -> str:
        """The whole as it will be read, as escaped HTML."""
        artifact, _ = self._complete(self.model.model_validate(plain(content)))
        return document(artifact, self.case.registry).html

    def _derived(self, content: Data) -> dict[str, dict[str, Any]]:
        """What stands in the fields that nobody types, in words, by path."""
        artifact, _ = self._complete(self.model.model_validate(plain(content)))
        return {
            "/".join(path_of(content, place)): shown_value(artifact, place, self.case.registry)
            for place, _ in derived_places(artifact)
        }

    def _doubts(self, content: Data) -> dict[str, str]:
        """What cannot be so by itself, by the path of its field."""
        artifact = self.model.model_validate(plain(content))
        return {"/".join(path_of(content, place)): said for place, said in artifact.doubts(self.case.registry)}

    def _sentence(self, data: Data, path: Place, error: ValidationError) -> str:
        """What is wrong with the value at `path`, in the words in which a file with it would be refused."""
        text = yaml_text.dump(without_blanks(plain(data)))
        try:
            parse_artifact(text, self.model, self.path.name)
        except Unreadable as refused:
            problem = refused.problems[0]
            return f"Found {problem.found}; expected {problem.expected}."
        return f"{error.errors()[0]['msg'].rstrip('.')}."

    def _refuse_unoffered(self, before: Data, after: Data, label: str) -> None:
        """Ids are picked from what the case offers; those that the file had already may stay."""
        fields = self.spec["fields"]
        old = list(_picked(fields, before))
        new = [(kind, id) for kind, id in _picked(fields, after) if (kind, id) not in old]
        offered = self._offered() if new else {}
        for kind, id in new:
            if id not in [option["id"] for option in offered[kind]]:
                raise Stale(f"{label}: that is not one of the choices.")

    def _offered(self) -> dict[str, list[dict[str, Any]]]:
        return options(self.spec, self.case.registry, self._known() if self._known else None)

    def _strangers(self, content: Data, offered: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, str]]:
        """Ids in the file that are not among the choices, by kind, each with why."""
        strangers: dict[str, dict[str, str]] = {}
        for kind, id in _picked(self.spec["fields"], content):
            if id not in [option["id"] for option in offered[kind]]:
                withheld = id in self.case.registry.entries(kind)
                why = "nobody has told you this yet" if withheld else "not known in this case"
                strangers.setdefault(kind, {})[id] = why
        return strangers


def _picked(fields: list[Spec], data: Data) -> Iterator[tuple[str, str]]:
    """Every non-blank id in the data, with its kind."""
    for field in fields:
        value = data.get(field["name"])
        if field["type"] == "pick" and value:
            yield field["kind"], value
        elif field["type"] == "picks":
            yield from ((field["kind"], id) for id in value or () if id)
        elif field["type"] == "group":
            yield from _picked(field["fields"], value or {})
        elif field["type"] == "groups":
            for item in value or ():
                yield from _picked(field["fields"], item)


def _is_there(content: Data, path: Place) -> bool:
    try:
        value_at(content, path)
    except (LookupError, TypeError):
        return False
    return True
