"""Fills a form as a learner does, field by field, with what an exemplar says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page

from curriculum.widgets.form_spec import Spec


def unsaid(wanted: Mapping[str, Any], file: Path) -> dict[str, Any]:
    """What the file does not say yet: picking the same again would take it out."""

    def left(value: Any, found: Any) -> Any:
        if isinstance(value, dict) and isinstance(found, dict):
            kept = {key: left(each, found.get(key)) for key, each in value.items()}
            return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
        if isinstance(value, list) and isinstance(found, list):
            return [each for each in value if each not in found]
        return None if value == found else value

    found = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    return left(dict(wanted), found)


@dataclass(frozen=True)
class Filler:
    """A form on a page, and the hands that fill it."""

    page: Page
    form: Locator

    def fill(self, spec: Spec, data: Mapping[str, Any]) -> None:
        """Fill every field that `data`, the artifact as plain JSON, says something about."""
        unfold = self.form.get_by_role("button", name="Open all")
        if unfold.count():
            unfold.click()
        self._fields(spec["fields"], data, [])

    def _fields(self, fields: Sequence[Spec], data: Mapping[str, Any], path: list[str]) -> None:
        for field in fields:
            value = data.get(field["name"])
            if value not in (None, "", [], {}, field.get("blank", "")):
                self._field(field, value, [*path, field["name"]])

    def _field(self, field: Spec, value: Any, path: list[str]) -> None:
        place = "/".join(path)
        kind = field["type"]
        if kind == "group":
            self._fields(field["fields"], value, path)
        elif kind == "groups":
            for item in value:
                self._fields(field["fields"], item, [*path, self._new_item(place)])
        elif kind == "list":
            for index, line in enumerate(value):
                self._line(place, index, line)
        elif kind == "pick":
            self._control(place).click()
            self._option(place, value)
        elif kind in ("picks", "choices"):
            self._several(place, value)
        elif kind == "choice":
            self._choice(field, place, value)
        elif kind == "flag":
            self._control(place).check()
        else:
            control = self._control(place)
            control.fill(str(value).removesuffix("Z") if kind == "datetime" else str(value))
            control.blur()

    def _control(self, place: str) -> Locator:
        return self.form.locator(f'[data-path="{place}"]:is(input, textarea, select, button.choose)').first

    def _new_item(self, place: str) -> str:
        """Add an item to a list; returns its key, by which its fields are named."""
        items = self.form.locator(f'[data-key^="item:{place}/#"]')
        before = items.count()
        self.form.locator(f'[data-key="add:{place}"]').click()
        items.nth(before).wait_for()
        key = items.last.get_attribute("data-key")
        assert key is not None
        return key.rpartition("/")[2]

    def _line(self, place: str, index: int, line: Any) -> None:
        box = self.form.locator(f'[data-key="{place}:{index}"]')
        if not box.count():
            self.form.locator(f'[data-key="more:{place}"]').click()
        box.fill(str(line))
        box.blur()
        self.form.locator(f'[data-key="cut:{place}:{index}"]').wait_for()

    def _option(self, place: str, id: str) -> None:
        self.form.locator(f'[data-key="panel:{place}"] [data-key="option:{id}"]').click()

    def _several(self, place: str, ids: Sequence[str]) -> None:
        adder = self.form.locator(f'button[data-path="{place}"][data-do="panel"]')
        if not adder.count():
            for id in ids:
                self.form.locator(f'[data-path="{place}"][data-id="{id}"]').check()
            return
        adder.click()
        for id in ids:
            self._option(place, id)
            self.form.locator(f'[data-key="un:{place}:{id}"]').wait_for()
        self.page.keyboard.press("Escape")

    def _choice(self, field: Spec, place: str, value: Any) -> None:
        index = next(number for number, option in enumerate(field["options"]) if option["value"] == value)
        if field["style"] == "segments":
            self.form.locator(f'label.segment:has([data-key="{place}:{index}"])').click()
        else:
            self._control(place).select_option(str(index))
