"""The same dates and numbers in English: the papers are Vietnamese."""

from loa.core.formats.vi.formats import *  # noqa: F403  Django reads the names of this module
