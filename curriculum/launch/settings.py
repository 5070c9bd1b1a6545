"""What JupyterLab is told, so that a learner sees a notebook and little else; all of it in the workspace."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curriculum.support.files import FileRefused, write_whole

LAB_EXTENSIONS = Path(__file__).parent / "lab"
"""The folder of the course's own extension of JupyterLab, which opens lessons ready; it is used as it lies there."""

LAB_SETTINGS: dict[str, dict[str, Any]] = {
    # Follow the computer's light or dark look; Settings > Theme still changes it.
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": True, "autosaveInterval": 15},
    # "full" takes widgets out of the page when they scroll away, and they lose what was typed.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "defer", "scrollPastEnd": False},
    # Without it a notebook that is opened again shows "model not found" in place of its widgets.
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}
"""Settings that every learner starts with; what a learner changes later wins."""

PLAIN_LOOK: dict[str, dict[str, Any]] = {
    "@jupyterlab/notebook-extension:panel": {
        "toolbar": [{"name": name, "disabled": True} for name in ("insert", "cut", "copy", "paste", "cellType")]
    },
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
}
"""Without the buttons that change the notebook itself and the line of technical states below it."""

HIDDEN_PLUGINS = (
    "@jupyter/nbgrader",
    "@jupyter-notebook/lab-extension",
    "@jupyterlab/application-extension:property-inspector",
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/cell-toolbar-extension",
    "@jupyterlab/celltags-extension",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/metadataform-extension",
    "@jupyterlab/notebook-extension:tools",
    # These need the ones above and would only complain about them in the browser's console.
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlab/notebook-extension:update-raw-mimetype",
)
"""Parts of JupyterLab that are for instructors and developers; `--everything` shows them."""

NEVER_SERVED = ("notebook_shim",)
"""A server extension for settings of older notebooks, which looks through all that is deprecated and says so."""

UNUSED_SERVER_PARTS = (
    "jupyter_lsp",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "notebook",
)
"""Server extensions that serve those parts; leaving them out halves the time to start."""

TOGETHER_SERVED = ("jupyter_server_ydoc", "jupyter_server_fileid")
"""Server extensions of jupyter-collaboration, by which several people write in one notebook at the same time."""

TOGETHER_PLUGINS = ("@jupyter/collaboration-extension", "@jupyter/docprovider-extension")
"""Its parts in the browser. Where it is installed, it is for those who say so: alone, a notebook stays a plain file."""

NO_BUILDS = {"page_config_data": {"buildAvailable": False, "buildCheck": False}}
"""Nothing is ever built here; to find that out takes a second, while a page is waiting."""

SOCKET = "kernel-01234567-89ab-cdef-0123-456789abcdef-ipc-5"
"""As a kernel's sockets are named in the runtime folder."""
SOCKET_BYTES = 103
"""The longest path of a socket that every system takes, in bytes."""


@dataclass(frozen=True)
class Places:
    """Where JupyterLab keeps what for one workspace."""

    config: Path
    data: Path
    app_settings: Path
    ipython: Path
    matplotlib: Path
    runtime: Path

    def environment(self) -> dict[str, str]:
        """The variables that keep Jupyter out of the user's own configuration, and out of a home without room."""
        return {
            # The path comes before the environment's own configuration, the folder after it: set both.
            "JUPYTER_CONFIG_PATH": str(self.config),
            "JUPYTER_CONFIG_DIR": str(self.config),
            "JUPYTER_DATA_DIR": str(self.data),
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
            "IPYTHONDIR": str(self.ipython),
            "MPLCONFIGDIR": str(self.matplotlib),
        }


def places(workspace: Path) -> Places:
    """The places for `workspace`; nothing is created."""
    home = workspace / ".curriculum" / "jupyter"
    return Places(
        config=home / "config",
        data=home / "data",
        app_settings=home / "lab",
        ipython=home / "ipython",
        matplotlib=home / "matplotlib",
        runtime=_runtime_folder(workspace),
    )


def write(workspace: Path, everything: bool, together: bool = False) -> Places:
    """Write JupyterLab's settings for `workspace` and return where they are.

    With `everything`, JupyterLab's and nbgrader's full interface stays on; with `together`, several people write in
    one notebook. Raises `FileRefused` with one sentence when a file cannot be written or the runtime folder is not the
    user's own.
    """
    where = places(workspace)
    overrides = LAB_SETTINGS if everything else LAB_SETTINGS | PLAIN_LOOK
    hidden = dict.fromkeys((() if everything else HIDDEN_PLUGINS) + (() if together else TOGETHER_PLUGINS), True)
    served = dict.fromkeys(NEVER_SERVED if everything else NEVER_SERVED + UNUSED_SERVER_PARTS, False)
    served |= dict.fromkeys(TOGETHER_SERVED, together)
    server: dict[str, Any] = {"jpserver_extensions": served}
    if not everything:
        server["tornado_settings"] = NO_BUILDS
    _write_json(where.app_settings / "overrides.json", overrides)
    _write_json(where.app_settings / "page_config.json", {"disabledExtensions": hidden})
    _write_json(
        where.config / "jupyter_server_config.json", {"ServerApp": server, **(_kept_apart(where) if together else {})}
    )
    for folder in (where.matplotlib, where.data):
        folder.mkdir(parents=True, exist_ok=True)
    own_folder(where.runtime)
    return where


def _kept_apart(where: Places) -> dict[str, Any]:
    """Where jupyter-collaboration keeps what all have typed and what notebooks showed: by itself it would lie beside
    the notebooks, and be handed round with them."""
    return {
        "SQLiteYStore": {"db_path": str(where.data / "together.db")},
        "YDocExtension": {"session_store_path": str(where.data / "together.json")},
    }


def last_port(workspace: Path) -> int | None:
    """The port at which this workspace was served last; None where that is not known.

    A browser keeps what is not saved yet by address, port included: at another port it would not find it.
    """
    try:
        port = int(_port_note(workspace).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return port if 0 < port < 65536 else None


def note_port(workspace: Path, port: int) -> None:
    """Remember the port at which this workspace is served; where that cannot be written, nothing is remembered."""
    if last_port(workspace) != port:
        with suppress(FileRefused):
            write_whole(_port_note(workspace), f"{port}\n")


def _port_note(workspace: Path) -> Path:
    return workspace / ".curriculum" / "port"


def _write_json(path: Path, document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=2) + "\n"
    # Unchanged files are left alone, so that a second start writes nothing.
    if not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != text:
        write_whole(path, text)


def _runtime_folder(workspace: Path) -> Path:
    """A short folder outside the workspace, for the sockets of kernels; inside where nothing else can be written."""
    if os.name != "posix":
        return Path(tempfile.gettempdir()) / _runtime_name(workspace, os.environ.get("USERNAME", ""))
    for base in ("/tmp", os.environ.get("XDG_RUNTIME_DIR"), os.environ.get("TMPDIR")):
        folder = Path(base or "/", _runtime_name(workspace, os.getuid()))
        if base and os.access(base, os.W_OK | os.X_OK) and _takes_sockets(folder):
            return folder
    return workspace / ".curriculum" / "run"


def _runtime_name(workspace: Path, user: int | str) -> str:
    return f"curriculum-{user}-{hashlib.sha256(os.fsencode(workspace.resolve())).hexdigest()[:12]}"


def _takes_sockets(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET)) <= SOCKET_BYTES


def own_folder(path: Path) -> None:
    """Make `path` a folder that only this user can enter, short enough for sockets; raises `FileRefused` with one
    sentence where that cannot be, or where somebody else's folder or a link is there."""
    if os.name == "posix" and not _takes_sockets(path):
        raise FileRefused(
            f"Notebooks need a folder with a short name for running: /tmp cannot be written, and {path} is too long; "
            "make /tmp writable, or name another folder with the variable TMPDIR."
        )
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
        if os.name == "posix" and (path.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o077):
            raise FileRefused(f"{path} is needed for running but is not private to you; remove it and start again.")
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        raise FileRefused(f"{path} could not be made: {reason}; free it or make some room, then start again.") from None
