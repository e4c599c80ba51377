"""Characters drawn from a symbol font."""

from __future__ import annotations

_PRIVATE = range(0xF000, 0xF100)
_DRAWN = {
    0xA7: "▪",
    0xA8: "□",
    0xB7: "•",
    0xD8: "➢",
    0xE0: "→",
    0xFC: "✓",
    0xFE: "☒",
    0x6F: "□",
    0x71: "□",
    0x76: "❖",
    0x2D: "-",
}


def drawn_symbol(font: str, code: str) -> str:
    """The character of `<w:sym>`; plain letters of an ordinary font stay themselves."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not 0 < number < 0x11_0000 or 0xD800 <= number < 0xE000:
        return ""
    if number not in _PRIVATE and not font.startswith(("Wingdings", "Symbol", "Webdings")):
        return chr(number)
    small = number & 0xFF
    if small in _DRAWN:
        return _DRAWN[small]
    return chr(small) if font == "Symbol" and 0x20 <= small < 0x7F else ""
