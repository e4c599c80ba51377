"""The names of WordprocessingML that the reader knows."""

from __future__ import annotations

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_NAMESPACE = _STRICT.encode()
MAIN_NAMESPACE = _W[1:-1].encode()


def w(name: str) -> str:
    return _W + name


VAL = w("val")


def is_on(element: object) -> bool:
    """A toggle such as `<w:b/>`: on unless it says 0, false, off or none."""
    return element.get(VAL, "1") not in ("0", "false", "off", "none")  # type: ignore[attr-defined]


def number_of(text: str | None, default: int = 0) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
