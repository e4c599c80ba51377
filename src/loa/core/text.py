"""Vietnamese words: folding for search, keys for sorting, the official way to print dates and money."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

_RUN_TOGETHER = re.compile(r"(?<=[;.])\s+(?=[-–+] ?[^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
_KEPT_BELOW = 0x2100  # after decomposition: Latin letters, marks, dashes and quotation marks
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

# Marks that make another letter of the alphabet, in its order: a ă â, e ê, o ô ơ, u ư.
_LETTERS = {
    letter: f"{base}{rank}"
    for base, family in {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}.items()
    for rank, letter in enumerate(family)
}
# Tones in dictionary order: huyền, hỏi, ngã, sắc, nặng; the level tone is 0.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}


class _Plain(dict[int, int | None]):
    """For `str.translate`: a mark goes, another letter stays; those of Vietnamese are looked up once."""

    def __missing__(self, code: int) -> int | None:
        plain = None if unicodedata.combining(chr(code)) else code
        if code < _KEPT_BELOW:  # a text of all signs there are does not fill the memory
            self[code] = plain
        return plain


_PLAIN = _Plain({ord("đ"): ord("d"), ord("ð"): ord("d")})


def headline(text: str) -> str:
    """A text on one line: a cell of several dashes reads as sentences."""
    return " ".join(line.lstrip("-–+ ") for line in dashes(text))


def dashes(text: str) -> list[str]:
    """The lines of a text; dashes that were run together after a semicolon stand apart again."""
    lines = (line.strip() for line in text.splitlines())
    return [piece for line in lines if line for piece in _RUN_TOGETHER.split(line)]


def fold(text: str) -> str:
    """Lower case without marks, single spaces: what a search compares, on both sides.

    Both d with stroke (đ) and the eth that old keyboards typed for it (ð) become d.
    """
    lowered = text.lower()
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFD", lowered).translate(_PLAIN)
    return " ".join(lowered.split())


def words(text: str) -> str:
    """The folded letters and numbers of a text, single spaces between: "42/KH-UBND" is "42 kh ubnd".

    What databases take for a word differs; of this they all make the same words.
    """
    return " ".join(_WORD.findall(fold(text)))


def sort_key(text: str) -> str:
    """A text column that sorts Vietnamese names in dictionary order on any database.

    The alphabet comes first (a ă â b … d đ e ê … o ô ơ … u ư), tones decide only between words that are
    otherwise equal. The key holds a–z and 0–9 alone, so binary and linguistic collations agree on it;
    it is at most three times as long as the text plus two, longer for letters of other scripts.
    """
    letters, tones = [], []
    for letter, tone in _letters_with_tones(" ".join(text.lower().split())):
        letters.append(_letter_key(letter))
        tones.append(tone)
    return "".join(letters) + "00" + "".join(tones).rstrip("0")


def _letters_with_tones(text: str) -> Iterator[tuple[str, str]]:
    letter, tone = "", "0"
    for char in unicodedata.normalize("NFD", text):
        if char in _LETTER_MARKS and letter:
            letter = unicodedata.normalize("NFC", letter + char)
        elif unicodedata.combining(char):
            tone = _TONES.get(char, "6")
        else:
            if letter:
                yield letter, tone
            letter, tone = char, "0"
    if letter:
        yield letter, tone


def _letter_key(letter: str) -> str:
    """Two characters: space 01, other signs 02, digits 1x, letters a0 … z0, other scripts after them."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter == "ð":
        return _LETTERS["đ"]
    if letter.isascii() and letter.isalpha():
        return f"{letter}0"
    if letter.isascii() and letter.isdigit():
        return f"1{letter}"
    if letter.isalnum():
        return "z9" + "".join(f"{ord(char):06x}" for char in letter)
    return "01" if letter == " " else "02"


def format_date(day: date) -> str:
    return day.strftime("%d/%m/") + f"{day.year:04d}"


def format_money(amount: int) -> str:
    """Whole đồng with points between thousands: 1.234.567 ₫."""
    return f"{amount:,}".replace(",", ".") + " ₫"


def weekday_name(day: date) -> str:
    return _WEEKDAYS[day.weekday()]
