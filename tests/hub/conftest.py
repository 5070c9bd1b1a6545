"""The browser of the browser tests, for those that need a hub as well."""

from tests.e2e.conftest import browser, browser_path

__all__ = ["browser", "browser_path"]
