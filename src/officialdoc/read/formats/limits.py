"""How much a reader takes in before it refuses. Figures of the machine, not of any law."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

MAX_FILE_BYTES = 50 * MEGABYTE
MAX_TEXT_BYTES = 20 * MEGABYTE  # of a format that is text through and through
MAX_CHARACTERS = 3_000_000
MAX_LINES = 60_000

MAX_ZIP_MEMBERS = 4_000
MAX_ZIP_TOTAL_BYTES = 400 * MEGABYTE  # pictures are counted and never unpacked
MAX_ZIP_RATIO = 400
MAX_XML_BYTES = 40 * MEGABYTE  # one XML part, unpacked

MAX_PAGES = 400
MAX_PAGE_OBJECTS = 60_000
MAX_COLUMNS = 200
MAX_PAGE_GRID = 20_000  # elementary cells of one ruled table
MAX_PAGE_LINES = 3_000  # ruled lines after joining; a page with more is a drawing
MAX_CELLS = 100_000
MAX_DEPTH = 60
