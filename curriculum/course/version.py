"""Which version of the course this is."""

VERSION = "0.2.0"
"""As the changelog has it; pyproject.toml reads it here."""
