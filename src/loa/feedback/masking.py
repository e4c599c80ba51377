"""Finds personal data in Vietnamese text and proposes what stands in its place. It changes nothing by itself.

Plain Python: text in, spans out. A person decides on every span; what is found too much costs a click, what is
missed costs somebody's privacy, so doubtful finds are proposed and only those that are mostly official (an
agency's mail address, a service number) are proposed without a tick.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

REPLACEMENTS = {  # what the public reads: words of the published text, not of the interface
    "name": "[tên người]",
    "phone": "[số điện thoại]",
    "id": "[số giấy tờ]",
    "email": "[thư điện tử]",
    "address": "[địa chỉ]",
    "plate": "[biển số xe]",
    "account": "[số tài khoản]",
    "birth": "[ngày sinh]",
    "dossier": "[mã hồ sơ]",
}
IsAskers = Callable[[str, str], bool]  # (kind, value as it stands) -> it is what the asker gave as their own


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`. `is_askers`: equal to what the asker gave; `is_likely`: ticked unless somebody unticks it."""

    start: int
    end: int
    kind: str
    text: str
    replacement: str
    is_askers: bool = False
    is_likely: bool = True


def plain(text: str) -> str:
    """The text as spans count it: composed letters, no invisible signs, one kind of blank and of figures."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_plain_sign(sign) for sign in composed)


def _plain_sign(sign: str) -> str:
    if unicodedata.category(sign) == "Cf":  # zero-width blanks hide a number from the eye of a program only
        return ""
    if sign != "\n" and sign.isspace():
        return " "
    return str(unicodedata.digit(sign)) if sign.isdecimal() and not sign.isascii() else sign


def find_personal(text: str, *, is_askers: IsAskers | None = None, public: Iterable[str] = ()) -> list[Span]:
    """What may be personal in a `plain` text, in order, none overlapping.

    `is_askers` tells what the asker gave as their own; `public` are numbers of agencies, which stay.
    """
    ours = {_digits(number) for number in public}
    taken: list[Span] = []
    for start, end, kind in _all_finds(text, is_askers):
        if any(start < span.end and span.start < end for span in taken):
            continue
        if kind in ("phone", "account") and _digits(text[start:end]) in ours:
            continue
        taken.append(_span(text, start, end, kind, is_askers))
    return sorted(taken, key=lambda span: span.start)


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with the given spans replaced."""
    for span in sorted(spans, key=lambda each: each.start, reverse=True):
        text = text[: span.start] + span.replacement + text[span.end :]
    return text


def _span(text: str, start: int, end: int, kind: str, is_askers: IsAskers | None) -> Span:
    found = text[start:end]
    is_own = bool(is_askers and is_askers(kind, found))
    is_official = kind == "email" and found.casefold().endswith(".gov.vn")
    return Span(start, end, kind, found, REPLACEMENTS[kind], is_own, is_own or not is_official)


def _digits(text: str) -> str:
    """Only its figures, a country code as the zero that people dial; a letter o that was typed for a nought is one."""
    figures = re.sub(r"\D", "", text.replace("o", "0").replace("O", "0"))
    return re.sub(r"^(?:0084|84(?=\d{9,10}$))", "0", figures)


Find = tuple[int, int, str]


def _all_finds(text: str, is_askers: IsAskers | None) -> Iterator[Find]:
    """In the order of trust: where two overlap the first one stands."""
    if is_askers is not None:
        yield from _own_words(text, is_askers)
    yield from _by_pattern(text, _EMAIL, "email")
    yield from _by_pattern(text, _DOSSIER, "dossier")
    yield from _birth(text)
    yield from _numbers_with_a_name(text)
    yield from _by_pattern(text, _HEALTH_CARD, "id")
    yield from _plates(text)
    yield from _runs_of_figures(text)
    yield from _by_pattern(text, _SPOKEN, "phone")
    yield from _addresses(text)
    yield from _names(text)


def _by_pattern(text: str, pattern: re.Pattern[str], kind: str) -> Iterator[Find]:
    for match in pattern.finditer(text):
        yield match.start(), match.end(), kind


# Numbers -------------------------------------------------------------------------------------------------

_EMAIL = re.compile(
    r"[\w.+-]*\w(?:\s?@\s?|\s?[(\[](?:at|a|@)[)\]]\s?|\s+a\s+còng\s+)[\w-]+(?:(?:\.|\s+chấm\s+|\s?\[dot\]\s?)[\w-]+)+",
    re.IGNORECASE,
)
_DOSSIER = re.compile(r"\b\d{3}\.\d{2}\.\d{2}\.[A-ZĐ]\d{2}[-–]\d{6}[-–]\d{3,6}\b", re.IGNORECASE)
_HEALTH_CARD = re.compile(r"(?<!\w)[A-Z]{2}\s?\d(?:[\s.-]?\d){12}(?!\d)")
_RUN = r"\d(?:[\s.()–-]{0,2}\d)"
_NAMED_ID = re.compile(
    r"(?:cmnd|cmtnd|cmt|cccd|căn cước(?: công dân)?|chứng minh(?: nhân dân| thư)?|định danh(?: cá nhân)?|hộ chiếu|"
    r"passport|bhxh|bhyt|bảo hiểm (?:xã hội|y tế)|mã số thuế|mst)[^\d\n]{0,25}?"
    rf"((?<!\w)[A-Z]{{0,2}}{_RUN}{{5,14}})(?!\d)",
    re.IGNORECASE,
)
_NAMED_ACCOUNT = re.compile(
    rf"(?:\bstk|số tài khoản|tài khoản|\btk)\b[^\d\n]{{0,30}}?({_RUN}{{5,19}})(?!\d)", re.IGNORECASE
)
_LONG_RUN = re.compile(r"(?<![\w.,/])(?:\(?\+\s?)?\(?[0-9oO](?:[\s.()–-]{0,2}[0-9oO]){7,}(?![\w/])")
_MONEY = re.compile(r"\d{1,3}(?:[., ]\d{3})+\s*(?:đồng|đ\b|vnđ|vnd|₫|triệu|tỷ|usd)", re.IGNORECASE)
_MONEY_SHAPE = re.compile(r"^[1-9]\d{0,2}(?:\.\d{3}){2,}$")
# not the end of a longer number: 091 2.345678 is a phone
_ALONE = r"(?<!\d)(?<!\d[\s.()–-])(?<!\d[\s.()–-]{2})"
_DATE = re.compile(rf"{_ALONE}\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)\d{{2}}(?!\d)")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}\s?[-–]\s?(?:19|20)\d{2}(?!\d)")
_PROCEDURE = re.compile(rf"{_ALONE}\d\.\d{{6}}(?:\.\d{{3}}\.\d{{2}}\.\d{{2}}\.[A-ZĐ]\d{{2}})?(?!\d)")
_OWN_CODE = re.compile(r"\bPA(?:KN)?\.\d{8}\.\d{4}\b")
# eight figures or ten: nine are an identity card
_SERVICE = re.compile(rf"{_ALONE}1[89]00(?:[\s.]?\d){{4}}(?:(?:[\s.]?\d){{2}})?(?![\s.()–-]{{0,2}}\d)")
_PLAIN_WORDS = (_MONEY, _DATE, _YEARS, _PROCEDURE, _OWN_CODE, _SERVICE)
_SPOKEN_FIGURE = r"(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)"
_SPOKEN = re.compile(rf"\b{_SPOKEN_FIGURE}(?:[\s,.]+{_SPOKEN_FIGURE}){{8,11}}\b", re.IGNORECASE)


def _numbers_with_a_name(text: str) -> Iterator[Find]:
    for kind, pattern in (("id", _NAMED_ID), ("account", _NAMED_ACCOUNT)):
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), kind


def _runs_of_figures(text: str) -> Iterator[Find]:
    """Nine figures and more, however they are spaced, that are neither money, nor days, nor codes of procedures."""
    harmless = [match.span() for pattern in _PLAIN_WORDS for match in pattern.finditer(text)]
    for match in _LONG_RUN.finditer(text):
        for start, end in _without(match.span(), harmless):
            yield from _one_run(text, start, end)


def _without(span: tuple[int, int], harmless: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = span
    for first, last in sorted(harmless):
        if first < end and start < last:
            yield start, first
            start = max(start, last)
    yield start, end


def _one_run(text: str, start: int, end: int) -> Iterator[Find]:
    while start < end and text[start] in " .-–)":
        start += 1
    while start < end and text[end - 1] in " .-–(":
        end -= 1
    found = text[start:end]
    kind = _kind_of_run(found)
    if kind:
        yield start, end, kind


def _kind_of_run(found: str) -> str:
    figures = _digits(found)
    if _MONEY_SHAPE.match(found) or not any(sign.isdigit() for sign in found):
        return ""
    if figures.startswith("0") and len(figures) in (10, 11):
        return "phone"
    if len(figures) in (9, 12):
        return "id"
    return "account" if len(figures) >= 9 else ""


_PLATE = re.compile(r"(?<![\w/.])\d{2}\s?[-.]?\s?[A-ZĐ]{1,2}\s?\d?[\s.–-]{0,3}\d{3}[.\s]?\d{1,2}(?![\w/])")
_SMALL_PLATE = re.compile(
    r"(?<![\w/.])\d{2}\s?[-.]?\s?[a-zđ]{1,2}\d?\s?[–-]\s?\d{3}[.]?\d{1,2}(?![\w/])|"
    r"(?<=biển )\d{2}\s?[a-zđ]{1,2}\d?[\s.–-]{0,3}\d{3}[.\s]?\d{1,2}(?![\w/])|"
    r"(?<=biển số )\d{2}\s?-?[a-zđ]{1,2}\d?[\s.–-]{0,3}\d{3}[.\s]?\d{1,2}(?![\w/])"
)
_OF_PAPERS = re.compile(r"\d{2}\s?[-.]?\s?(?:NĐ|TT|QĐ|NQ|CT|KH|CV|TB|HĐ|BC)[\s\d]")


def _plates(text: str) -> Iterator[Find]:
    for pattern in (_PLATE, _SMALL_PLATE):
        for match in pattern.finditer(text):
            if not _OF_PAPERS.match(match.group()):
                yield match.start(), match.end(), "plate"


_DAY = r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
_BIRTH = re.compile(
    rf"(?:\bsinh\s+ngày|\bngày\s+sinh|\bsinh\s+năm|\bnăm\s+sinh|\bsinh|\bsn)\s*[:.]?\s*(?:ngày\s+)?({_DAY}|(?:19|20)\d{{2}})(?!\d)",
    re.IGNORECASE,
)


def _birth(text: str) -> Iterator[Find]:
    for match in _BIRTH.finditer(text):
        yield match.start(1), match.end(1), "birth"


# Addresses -----------------------------------------------------------------------------------------------

_NO = r"\d+[A-Za-zĐđ]?(?:\s?[/-]\s?\d+[A-Za-z]?)*"
_PART = (
    rf"(?:(?:số\s+nhà|nhà\s+số|căn\s+hộ(?:\s+số)?|phòng\s+số|ngõ(?:\s+số)?|ngách|hẻm|kiệt|"
    rf"tổ(?:\s+dân\s+phố)?(?:\s+số)?|cụm(?:\s+dân\s+cư)?(?:\s+số)?|khu(?:\s+dân\s+cư)?(?:\s+số)|thôn(?:\s+số)?|"
    rf"xóm(?:\s+số)?|ấp|đội(?:\s+số)?|lô(?:\s+số)?|thửa(?:\s+đất)?(?:\s+số)?|tờ\s+bản\s+đồ(?:\s+số)?)\s+{_NO}|"
    rf"số\s+{_NO}(?=\s*,?\s*(?:đường|phố|ngõ|ngách|hẻm|kiệt|tổ|thôn|xóm|[A-ZĐ]\w+\s+[A-ZĐ]\w+)))"
)
_ADDRESS = re.compile(rf"(?<!\w)(?i:{_PART})(?:[\s,–-]+(?i:{_PART}))*(?!\w)")
_BARE = re.compile(
    rf"(?:(?i:địa\s+chỉ(?:\s+của\s+tôi)?\s*:?|\bở|\btại|\btrú)\s+(?:(?i:tại|số)\s+)*)({_NO})"
    r"(?=\s*,?\s*(?:(?i:đường|phố|ngõ)\s|[A-ZĐÀ-Ỹ]\w+\s+[A-ZĐÀ-Ỹ]\w+))"
)
_STREET_NO = re.compile(rf"(?<![\w/.])({_NO})(?=\s+(?i:đường|phố)\s+[A-ZĐÀ-Ỹ])")
_A_PAPER = re.compile(
    r"(?:quyết định|thông tư|công văn|nghị định|văn bản|kế hoạch|luật|tờ trình|thông báo|chỉ thị|điểm|mẫu|phiếu|"
    r"hồ sơ|biên bản|giấy|đơn|báo cáo|nghị quyết|khoản|điều|tổng đài)\s+$",
    re.IGNORECASE,
)


def _addresses(text: str) -> Iterator[Find]:
    for match in _ADDRESS.finditer(text):
        if not _A_PAPER.search(text[max(0, match.start() - 20) : match.start()]):
            yield match.start(), match.end(), "address"
    for pattern in (_BARE, _STREET_NO):
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), "address"


# Names ---------------------------------------------------------------------------------------------------

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Mai|Trịnh|Cao|Lương|Lưu|Tạ|"
    "Tô|Vương|Hà|Đào|Phùng|Quách|La|Mạc|Khổng|Tống|Thái|Chu|Châu|Kiều|Nghiêm|Triệu|Từ|Thân|Bạch|Lâm|Nông|Hứa|Doãn|"
    "Đàm|Đồng|Giang|Khúc|Lại|Lục|Ninh|Phí|Quản|Tăng|Thạch|Tiêu|Trương|Ứng|Văn|Viên|Vi|Đậu|Cù|Bế|Cung|Diệp|Hán|Kim|"
    "Lã|Mã|Mẫn|Ngụy|Nhâm|Nhữ|Ôn|Ông|Phó|Sầm|Thẩm|Thi|Thiều|Tôn|Trà|Trang|Tưởng|Úc|Vưu|Hoa|Bá|Âu|Lò|Quàng|Cầm|Giàng|Vàng"
)
_UPPER = "A-Z" + "".join(sign for sign in map(chr, range(0xC0, 0x1EFA)) if sign.isupper())
_SYLLABLE = rf"[{_UPPER}][^\W\d_]*"
_TITLES = (
    r"ông|bà|anh|chị|cô|chú|bác|dì|cậu|mợ|thím|em|cháu|thầy|cụ|mẹ|bố|ba|má|chồng|vợ|con trai|con gái|đồng chí|đ/c|"
    r"bác sĩ|bs|y tá|kỹ sư|luật sư|tên là|tên tôi là|tôi là|tôi tên|tên|họ tên|họ và tên|người gửi|kính đơn|ký tên"
)
_TITLED = re.compile(
    rf"(?<!\w)(?i:{_TITLES})\s*:?\s+(?:(?i:ông|bà|anh|chị|cô|là)\s+)?({_SYLLABLE}(?: {_SYLLABLE}){{0,4}})(?!\w)"
)
_FULL = re.compile(rf"(?<![\w])((?:{_SURNAMES})(?: {_SYLLABLE}){{1,4}})(?!\w)")
_CAPITALS = re.compile(rf"(?<![\w])((?:{_SURNAMES.upper()})(?: [{_UPPER}]+){{1,4}})(?!\w)")
_SMALL = re.compile(
    r"(?<!\w)((?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|ngô|dương|đinh|đoàn|trịnh|lương|đào|phùng|mạc)"
    r"\s(?:văn|thị|hữu|đình|xuân|ngọc|đức|quang|minh|thu|thanh)\s[^\W\d_]{2,7})(?!\w)"
)
_PLACE_BEFORE = re.compile(
    r"(?:đường|phố|đại lộ|trường|phường|quận|huyện|xã|thị trấn|thị xã|thành phố|tp\.?|tỉnh|cầu|chợ|công viên|bệnh viện|"
    r"khu|ngõ|thpt|thcs|tiểu học|mầm non|công ty|doanh nghiệp|đền|chùa|đình|tượng đài|cảng|sông|hồ|bến|ngã tư|ngã ba|"
    r"ngã năm|sân vận động|nhà máy|làng|thôn|tổ dân phố|khu phố|trường đại học|đảng|giải thưởng|cung|số \d+\w?|"
    r"\d+[\w/]*|\])\s*,?\s*$",
    re.IGNORECASE,
)
_NO_PEOPLE = {  # what begins a body's or a post's name after a title
    "ủy ban", "uỷ ban", "công ty", "công an", "công dân", "trung tâm", "trưởng phòng", "giám đốc", "phó giám", "chủ tịch",
    "phó chủ", "phó trưởng", "chi cục", "cục trưởng", "văn phòng", "tòa án", "toà án", "bí thư", "bộ phận", "rịa",
    "việt nam", "hải phòng", "hà nội", "nhân dân", "mặt trận", "thanh tra", "thành phố", "tổ dân", "tổng công", "đảng ủy",
    "thị trấn", "kính gửi", "kính thưa", "trân trọng", "nghị quyết", "dịch vụ", "cổng dịch", "lãnh đạo", "cán bộ",
    "trưởng ban", "phó ban", "đảng viên", "hiệu trưởng", "trưởng công",
}  # fmt: skip
_BODIES = {
    "sở",
    "phòng",
    "ban",
    "bộ",
    "ubnd",
    "hđnd",
    "hội",
    "đoàn",
    "viện",
    "rịa",
    "quận",
    "huyện",
    "phường",
    "xã",
}
_HISTORIC = {
    "ho chi minh", "vo nguyen giap", "le hong phong", "ngo quyen", "le chan", "tran phu", "le loi", "to hieu",
    "nguyen binh khiem", "nguyen duc canh", "tran hung dao", "ly thuong kiet", "quang trung", "hai ba trung",
    "dinh tien hoang", "le thanh tong", "mac dang dung", "tran nguyen han", "le lai", "hoang van thu", "hoang dieu",
}  # fmt: skip


def _names(text: str) -> Iterator[Find]:
    for match in _TITLED.finditer(text):
        if len(match.group(1)) > 1 and not _is_a_body(match.group(1), text[match.end(1) :]):
            yield match.start(1), _end_of_name(match), "name"
    for pattern in (_FULL, _CAPITALS, _SMALL):
        for match in pattern.finditer(text):
            if _reads_as_person(text, match):
                yield match.start(1), match.end(1), "name"


def _end_of_name(match: re.Match[str]) -> int:
    """A title may be followed by a post in capitals: the name ends before it."""
    words = match.group(1).split(" ")
    for count in range(1, len(words) - 1):
        if " ".join(words[count : count + 2]).lower() in _NO_PEOPLE:
            return match.start(1) + len(" ".join(words[:count]))
    return match.end(1)


def _reads_as_person(text: str, match: re.Match[str]) -> bool:
    if _folded(match.group(1)) in _HISTORIC or _is_a_body(match.group(1), text[match.end(1) :]):
        return False
    return not _PLACE_BEFORE.search(text[max(0, match.start() - 25) : match.start()])


def _is_a_body(found: str, after: str) -> bool:
    """A post or a body ("ông Chủ tịch", "bà Trưởng phòng"), told by its first two words."""
    following = re.match(r" ([^\W\d_]+)", after)
    words = [*found.lower().split(), *([following.group(1).lower()] if following else [])]
    return words[0] in _BODIES or " ".join(words[:2]) in _NO_PEOPLE


def _folded(text: str) -> str:
    lowered = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in lowered if not unicodedata.combining(sign))


# What the asker gave -------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)*")
LONGEST = 10  # words of a name or of an address


def _own_words(text: str, is_askers: IsAskers) -> Iterator[Find]:
    """Every run of words that is the asker's name or address, the longest first."""
    words = [match.span() for match in _WORD.finditer(text)]
    for count in range(LONGEST, 1, -1):
        for at in range(len(words) - count + 1):
            start, end = words[at][0], words[at + count - 1][1]
            for kind in ("name", "address"):
                if is_askers(kind, text[start:end]):
                    yield start, end, kind
