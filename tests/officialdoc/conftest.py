"""Tests that fuzz, or draw whole documents, are left out of `make check`."""

from pathlib import Path

import pytest

SLOW = ("test_hostile_bounds", "test_hostile_fuzz", "test_hostile_packages", "test_write_rendering")


def pytest_collection_modifyitems(items):
    for item in items:
        path = Path(item.path)
        if path.parent == Path(__file__).parent and path.stem in SLOW:
            item.add_marker(pytest.mark.slow)
