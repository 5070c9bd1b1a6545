"""Stands in for anywidget in the browser: a widget's synced traits and messages, without Jupyter's protocol.

The course's widgets are written for anywidget; here their front end is in the same page, so a model is a name and two
queues. What a kernel would send lands in `outbox`, which the page empties after every call.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import traitlets

outbox: list[dict[str, Any]] = []
"""What the front ends do not have yet: {"model", "state"} or {"model", "message"}, in their order."""

widgets: dict[str, AnyWidget] = {}
"""Every widget that was made, by the name of its model."""

_numbers = itertools.count(1)


class AnyWidget(traitlets.HasTraits):
    """A widget whose front end is in the same page."""

    _esm = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._listeners: list[Callable[[Any, Any, Any], None]] = []
        self.model_id = f"model-{next(_numbers)}"
        widgets[self.model_id] = self
        self.observe(self._tell, names=list(self.traits(sync=True)))

    def state(self) -> dict[str, Any]:
        """The synced traits as they are now."""
        return {name: getattr(self, name) for name in self.traits(sync=True)}

    def on_msg(self, receiver: Callable[[Any, Any, Any], None]) -> None:
        """Call this with every message of the front end."""
        self._listeners.append(receiver)

    def send(self, content: Any, buffers: Any = None) -> None:
        """Send a message to the front end."""
        outbox.append({"model": self.model_id, "message": content})

    def _tell(self, change: Mapping[str, Any]) -> None:
        outbox.append({"model": self.model_id, "state": {change["name"]: change["new"]}})

    def _handle_custom_msg(self, content: Any, buffers: Any) -> None:
        for receiver in self._listeners:
            receiver(self, content, buffers)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"application/vnd.jupyter.widget-view+json": {"model_id": self.model_id}}, {}
