"""The server behind a dashboard's page: Voilà, for this computer's own names only, and with a token."""

from __future__ import annotations

from typing import Any

from voila.app import Voila


class DashboardServer(Voila):
    """Voilà that answers to no name but this computer's: a page elsewhere could point a name of its own here."""

    def init_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().init_settings()
        return {**settings, "allow_remote_access": False, "local_hostnames": ["localhost"]}


if __name__ == "__main__":
    DashboardServer.launch_instance()
