"""File → `Source`: one module per format, all of them behind `read_source`."""

from __future__ import annotations

from officialdoc.read.formats.open import read_source
from officialdoc.read.formats.refusals import refusal

__all__ = ["read_source", "refusal"]
