"""The journeys share the browser of tests/browser."""

from browser.conftest import browser, open_page  # noqa: F401  fixtures are found by name
