"""What is written otherwise than it is read, each kind by its own rule, the surest first.

A rule is a pattern and a function that gives the spoken words, or None where the match is not what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from officialdoc.speak.numbers import (
    day_in_words,
    digits_in_words,
    month_in_words,
    number_in_words,
    ordinal_in_words,
    roman_value,
    written_number_in_words,
)

Abbreviations = Mapping[str, str]
Read = Callable[["re.Match[str]", Abbreviations], "str | None"]

_HOURS, _MINUTES, _DAYS, _MONTHS = 24, 60, 31, 12
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_EDGE = r"(?<![\w.,/-])"
_LONGEST_ADDRESS = 40  # characters; of a longer one only the host is read
_LETTERS = {
    "A": "a", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép", "G": "giê", "H": "hát",
    "I": "i", "J": "gi", "K": "ca", "L": "e-lờ", "M": "em-mờ", "N": "en-nờ", "O": "o", "P": "pê",
    "Q": "quy", "R": "e-rờ", "S": "ét-sì", "T": "tê", "U": "u", "V": "vê", "W": "vê kép", "X": "ích-xì",
    "Y": "i-dài", "Z": "dét",
}  # fmt: skip
_UNITS = {
    "km²": "ki-lô-mét vuông", "km2": "ki-lô-mét vuông", "m²": "mét vuông", "m2": "mét vuông",
    "m³": "mét khối", "m3": "mét khối", "km/h": "ki-lô-mét một giờ", "km": "ki-lô-mét", "cm": "xăng-ti-mét",
    "mm": "mi-li-mét", "m": "mét", "ha": "héc-ta", "kg": "ki-lô-gam", "g": "gam", "°C": "độ C",
    "kWh": "ki-lô-oát giờ", "kW": "ki-lô-oát", "MW": "mê-ga-oát", "GB": "gi-ga-bai", "MB": "mê-ga-bai",
    "KB": "ki-lô-bai",
}  # fmt: skip
_SIGNS = {".": " chấm ", "/": " gạch chéo ", "@": " a còng ", "-": " gạch ngang ", "_": " gạch dưới "}
_MARKS = {
    "&": " và ",
    "%": " phần trăm ",
    "+": " cộng ",
    "=": " bằng ",
    ";": ",",
    "–": ",",
    "—": ",",
    "…": ",",
}


@dataclass(frozen=True, slots=True)
class Rule:
    kind: str
    pattern: re.Pattern[str]
    read: Read


def letters_in_words(letters: str) -> str:
    """Letter by letter: "STP" → "ét-sì tê pê"; digits as numbers."""
    parts = re.findall(r"\d+|\D", letters)
    return " ".join(
        number_in_words(int(part)) if part.isdecimal() else _LETTERS.get(part.upper(), part) for part in parts
    )


def _address(found: re.Match[str], _known: Abbreviations) -> str:
    text = re.sub(r"^https?://(?:www\.)?|^www\.", "", found[0]).rstrip("/")
    if len(text) > _LONGEST_ADDRESS:
        text = text.partition("/")[0]
    text = text.partition("?")[0]
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def _document(found: re.Match[str], known: Abbreviations) -> str | None:
    """42/KH-UBND → "kế hoạch số bốn mươi hai của Ủy ban nhân dân".

    A kind named just before is not said again, nor an issuer that is named right after: "Nghị định số 61/2018/NĐ-CP
    ngày … của Chính phủ".
    """
    parts = [part for part in re.split(r"[-/]", found["symbol"]) if part]
    if not any(part.isupper() or part in known for part in parts):
        return None
    words = [_part(part, known) for part in parts]
    number = number_in_words(int(found["number"]))
    number = f"{number} {letters_in_words(found['letter'])}" if found["letter"] else number
    said = f"số {number}" + (f" năm {number_in_words(int(found['year']))}" if found["year"] else "")
    if len(words) > 1 and _is_kind(words[0]):
        kind, words = words[0], words[1:]
        said = said if _is_said_before(kind, found, known) else f"{kind} {said}"
    return said + _issued_by(words, found, known)


def _symbol(found: re.Match[str], known: Abbreviations) -> str | None:
    """A symbol without a number: "các NĐ-CP" → "các nghị định của Chính phủ"; None where a part is not known."""
    kind, issuer = known.get(found["kind"]), known.get(found["issuer"])
    if kind is None or issuer is None or not _is_kind(kind) or _is_kind(issuer):
        return None
    said = "" if _is_said_before(kind, found, known) else kind
    return (said + _issued_by([issuer], found, known)).strip()


def _part(part: str, known: Abbreviations) -> str:
    """QH15 is an issuer with its term: "Quốc hội khóa mười lăm"."""
    term = re.fullmatch(r"(\D+)(\d+)", part)
    if part not in known and term and term[1] in known:
        return f"{known[term[1]]} khóa {number_in_words(int(term[2]))}"
    return known.get(part) or letters_in_words(part)


def _is_kind(words: str) -> bool:
    """A kind of paper or a field is a common noun, a body a name: the table of letters is written so."""
    return words[:1].islower()


def _is_said_before(kind: str, found: re.Match[str], known: Abbreviations) -> bool:
    before = found.string[: found.start()].rstrip()
    last = before.rpartition(" ")[2]
    return before.lower().endswith(kind.lower()) or known.get(last) == kind


def _issued_by(words: list[str], found: re.Match[str], known: Abbreviations) -> str:
    """Such as " của Bộ Nội vụ, Bộ Tài chính"; letters that name no body follow after a comma."""
    if not words:
        return ""
    first, *more = words
    if _is_kind(first):
        return ", " + ", ".join(words)
    after = re.match(r"[^;\n]{0,60}?\bcủa\s+(?P<who>[^;\n]{1,80})", found.string[found.end() :])
    who = after["who"] if after else ""
    is_said = (
        who.lower().startswith(first.lower()) or known.get(re.split(r"[\s,.]", who, maxsplit=1)[0]) == first
    )
    return ", ".join(["" if is_said else f" của {first}", *more])


def _date(found: re.Match[str], _known: Abbreviations) -> str | None:
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    if not (0 < day <= _DAYS and 0 < month <= _MONTHS):
        return None
    word = found["word"] or "ngày "
    words = f"{word}{day_in_words(day)} tháng {month_in_words(month)}"
    return f"{words} năm {number_in_words(int(year))}" if year else words


def _month(found: re.Match[str], _known: Abbreviations) -> str | None:
    month = int(found["month"])
    if not 0 < month <= _MONTHS:
        return None
    word = found["word"] or "tháng "
    return f"{word}{month_in_words(month)} năm {number_in_words(int(found['year']))}"


def _time(found: re.Match[str], _known: Abbreviations) -> str | None:
    hour, minute = int(found["hour"]), int(found["minute"] or found["second"] or 0)
    if hour > _HOURS or minute >= _MINUTES:
        return None
    words = f"{number_in_words(hour)} giờ"
    return f"{words} {number_in_words(minute)} phút" if minute else words


def _phone(found: re.Match[str], _known: Abbreviations) -> str:
    groups = re.findall(r"\d+", found[0])
    return ", ".join(digits_in_words(group) for group in groups)


def _hotline(found: re.Match[str], _known: Abbreviations) -> str:
    return f"{found['word']}{digits_in_words(found['number'])}"


def _roman(found: re.Match[str], _known: Abbreviations) -> str | None:
    value = roman_value(found["roman"])
    if value is None:
        return None
    is_ordinal = found["word"].strip().lower().endswith("thứ")
    year = f" năm {number_in_words(int(found['year']))}" if found["year"] else ""
    return f"{found['word']}{ordinal_in_words(value) if is_ordinal else number_in_words(value)}{year}"


def _numbered_heading(found: re.Match[str], _known: Abbreviations) -> str | None:
    value = roman_value(found["roman"])
    return None if value is None else f"{number_in_words(value)}. "


def _ordinal(found: re.Match[str], _known: Abbreviations) -> str:
    return f"{found['word']}{ordinal_in_words(int(found['number']))}"


def _day(found: re.Match[str], _known: Abbreviations) -> str | None:
    day = int(found["number"])
    return f"{found['word']}{day_in_words(day)}" if 0 < day <= _DAYS else None


def _month_alone(found: re.Match[str], _known: Abbreviations) -> str | None:
    month = int(found["number"])
    return f"{found['word']}{month_in_words(month)}" if 0 < month <= _MONTHS else None


def _money(found: re.Match[str], _known: Abbreviations) -> str:
    return f"{_numbers(found)} đồng"


def _percent(found: re.Match[str], _known: Abbreviations) -> str:
    return f"{_numbers(found)} phần trăm"


def _unit(found: re.Match[str], _known: Abbreviations) -> str:
    return f"{_numbers(found)} {_UNITS[found['unit']]}"


def _range(found: re.Match[str], _known: Abbreviations) -> str:
    return _numbers(found)


def _numbers(found: re.Match[str]) -> str:
    words = written_number_in_words(found["number"])
    upto = found.groupdict().get("upto")
    return f"{words} đến {written_number_in_words(upto)}" if upto else words


def _share(found: re.Match[str], _known: Abbreviations) -> str:
    return f"{written_number_in_words(found['number'])} trên {written_number_in_words(found['of'])}"


def _number(found: re.Match[str], _known: Abbreviations) -> str:
    return written_number_in_words(found[0])


def _letters(found: re.Match[str], known: Abbreviations) -> str | None:
    return known.get(found[0])


def _bracket(found: re.Match[str], _known: Abbreviations) -> str:
    """A short pause; none where a mark follows that is one."""
    after = found.string[found.end() : found.end() + 1]
    return "" if after in ".,!?:;" else ", "


def _mark(found: re.Match[str], _known: Abbreviations) -> str:
    return _MARKS.get(found[0], " ")


def _rule(kind: str, pattern: str, read: Read) -> Rule:
    return Rule(kind, re.compile(pattern, re.MULTILINE), read)


_SPAN = rf"(?P<number>{_NUMBER})(?:\s?[-–]\s?(?P<upto>{_NUMBER}))?"
RULES = (
    _rule(
        "address",
        r"https?://[^\s<>\"“”]*[\w/]|(?<![\w@.])www\.[\w.-]+[\w](?:/[\w./-]*)?"
        r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:vn|com|net|org|gov|info)\b(?:/[\w./-]*\w)?",
        _address,
    ),
    _rule(
        "document",
        r"(?:\b[Ss]ố:?\s+)?(?<![\w/])(?P<number>\d{1,6})(?P<letter>[a-zđ]?)(?:/(?:(?P<year>(?:19|20)\d{2})/)?|-(?=[A-ZĐ][A-Za-zĐđ]*/))"
        r"(?P<symbol>[A-ZĐÂƯ][A-Za-zĐđÂâƯư]*\d*(?:[-/][A-ZĐÂƯ][A-Za-zĐđÂâƯư&]*\d*)*)",
        _document,
    ),
    _rule(
        "document",
        r"(?<![\w/-])(?P<kind>[A-ZĐ][A-Za-zĐđ]{1,4})-(?P<issuer>[A-ZĐ][A-Za-zĐđ&]+)(?![\w/-])",
        _symbol,
    ),
    _rule(
        "date",
        r"(?P<word>\b[Nn]gày\s+)?(?<![\d/])(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?P=sign)"
        r"(?P<year>(?:19|20)\d{2})(?![\d/])",
        _date,
    ),
    _rule("date", r"(?P<word>\b[Nn]gày\s+)(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?P<year>)(?![\d/])", _date),
    _rule(
        "date",
        r"(?P<word>\b[Tt]háng\s+)?(?<![\d/])(?P<month>\d{1,2})/(?P<year>(?:19|20)\d{2})(?![\d/])",
        _month,
    ),
    _rule(
        "time",
        rf"{_EDGE}(?P<hour>\d{{1,2}})(?:[hg](?P<minute>\d{{2}})?|:(?P<second>\d{{2}}))(?![\w:])",
        _time,
    ),
    _rule(
        "phone",
        rf"{_EDGE}\(?(?:0\d{{2,3}}\)?[ .-]?\d{{3,4}}[ .-]?\d{{3,4}}|1[89]00[ .]?\d{{4,6}})(?![\w])",
        _phone,
    ),
    _rule(
        "phone",
        r"(?P<word>\b(?:[Tt]ổng đài|[Đđ]ường dây nóng|[Gg]ọi(?: số)?|[Đđ]iện thoại)\s+)(?P<number>\d{3,5})(?![\d.,/])",
        _hotline,
    ),
    _rule(
        "roman",
        r"(?P<word>\b(?:[Qq]uý|[Kk]hóa|[Kk]hoá|[Cc]hương|[Pp]hần|[Mm]ục|[Kk]ỳ|[Tt]hế kỷ|[Ll]oại|[Hh]ạng|[Ll]ần thứ"
        r"|[Tt]hứ|[Pp]hụ lục|[Tt]rung ương|[Nn]hóm|[Cc]ấp|[Đđ]ại hội|[Hh]ội nghị)\s+)(?P<roman>[IVXLC]+)"
        r"(?:/(?P<year>(?:19|20)\d{2}))?(?![\w/])",
        _roman,
    ),
    _rule("roman", r"^(?P<roman>[IVX]+)\.\s+", _numbered_heading),
    _rule("number", r"(?P<word>\b(?:[Ll]ần )?[Tt]hứ\s+)(?P<number>\d{1,2})\b(?![.,/]\d)", _ordinal),
    _rule("date", r"(?P<word>\b[Nn]gày\s+)(?P<number>\d{1,2})\b(?=\s+tháng|[,.;)]|\s*$)", _day),
    _rule("date", r"(?P<word>\b[Tt]háng\s+)(?P<number>\d{1,2})\b(?![.,/]\d)", _month_alone),
    _rule("money", rf"{_EDGE}{_SPAN}\s?(?:đồng|đ|₫|VNĐ|VND)(?![\w])", _money),
    _rule("percent", rf"{_EDGE}{_SPAN}\s?%", _percent),
    _rule(
        "unit",
        rf"{_EDGE}{_SPAN}\s?(?P<unit>{'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})(?![\w²³/])",
        _unit,
    ),
    _rule("number", rf"{_EDGE}(?P<number>{_NUMBER})\s?[-–]\s?(?P<upto>{_NUMBER})(?![\w/-])", _range),
    _rule("number", r"(?<![\w/])(?P<number>\d{1,5})/(?P<of>\d{1,5})(?![\w/])", _share),
    _rule("number", rf"(?<!\w)(?<!\d/){_NUMBER}(?!\w)(?!/\d)", _number),
    _rule("letters", r"(?<![\w-])[A-ZĐ][A-Za-zĐđ]*\.?(?![\w])", _letters),
    _rule("letters", r"(?<![\w-])[A-ZĐ][A-ZĐa-z]+(?![\w])", _letters),
    _rule("mark", r"(?<=[\d%])\s*[-–]\s*(?=\d)", lambda _found, _known: " đến "),
    _rule("mark", r"(?<=\S)[ \t]+[-–—][ \t]+(?=\S)", lambda _found, _known: ", "),
    _rule("mark", r"^[ \t]*[-–+*•]\s+", lambda _found, _known: ""),
    _rule("mark", r"\s*[()\[\]{}]\s*", _bracket),
    _rule("mark", r"[&%+=;…–—]|\.\.\.", _mark),
    _rule("mark", r"[#*_|~^<>\"“”«»‘’'\\]", lambda _found, _known: ""),
)
LETTERS_AT = next(place for place, rule in enumerate(RULES) if rule.kind == "letters")
