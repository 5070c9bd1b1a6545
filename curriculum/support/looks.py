"""The style that pages and widgets share: colours for both themes, type, spacing."""

from __future__ import annotations

from pathlib import Path

SHARED_STYLE = Path(__file__).with_name("shared.css")
"""Put in front of every style sheet of the course."""
