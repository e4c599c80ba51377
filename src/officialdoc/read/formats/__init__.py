"""File → `Source`: one module per format, all of them behind `read_source`."""

from __future__ import annotations

from officialdoc.read.formats.open import read_source

__all__ = ["read_source"]
