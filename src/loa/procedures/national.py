"""The national register of procedures as JSON lines: what was a table there is one run of words here.

Reads: one line of the register. Writes: the values of a version, lists cut out of the words as far as they can be told
apart; what cannot is kept as it is written.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from loa.procedures.models import Procedure, Way

Json = dict[str, Any]
MOST_UNPACKED = 1024 * 1024 * 1024
LONGEST_LINE = 2 * 1024 * 1024
NOTHING = ("không có thông tin", "không", "không có", "không.", "--", "-")
LEVELS = {
    "cấp bộ": Procedure.Level.MINISTRY,
    "cấp tỉnh": Procedure.Level.CITY,
    "cấp huyện": Procedure.Level.DISTRICT,
    "cấp xã": Procedure.Level.COMMUNE,
}
WAYS = {"Trực tiếp": Way.IN_PERSON, "Trực tuyến": Way.ONLINE, "Dịch vụ bưu chính": Way.POST}
_WAY_HEADING = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_PAPER_HEADING = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_BASIS_HEADING = "Tên văn bản pháp lýMã văn bản"
_WAY = re.compile(
    r"(Trực tiếp|Trực tuyến|Dịch vụ bưu chính)(?=\d|Không có thông tin|Không(?: phải|M|K| K| quy)|Miễn phí|Hệ thống)"
)
_TIME = re.compile(
    r"(\d[\d.,]*\s*(?:ngày làm việc|ngày|giờ làm việc|giờ|tháng|năm|phút|tuần)?|không có thông tin)",
    re.IGNORECASE,
)
_FEE = re.compile(
    r"(miễn phí|không có thông tin|[\d.,]*\s*(?:Việt Nam Đồng|VNĐ|Đồng|USD)\s*(?:\((?:[^()]|\([^()]*\))*\))?)",
    re.IGNORECASE,
)
_COPIES = re.compile(r"(?<![\s(\d])(?:(\d+) bản chính(?:,\s*(\d+) bản sao)?|(\d+) bản sao)")
_FORM = re.compile(r"\.(?:docx?|pdf|xlsx?|odt|rtf)$", re.IGNORECASE)
_LATIN = [chr(code) for code in range(0x00C0, 0x1F00)]
_LOWER = "a-z" + "".join(char for char in _LATIN if char.islower())
_UPPER = "A-Z" + "".join(char for char in _LATIN if char.isupper())
_GLUE = re.compile(rf"(?<=[{_LOWER}.;)])(?=[{_UPPER}0-9])")
_NUMBER = re.compile(
    r"((?:(?:Bộ luật|Luật|Nghị định|Thông tư|Quyết định|Nghị quyết)\s(?:số\s)?)?"
    rf"\d{{1,4}}(?:/\d{{4}})?/(?:QH\d{{1,2}}|NĐ-CP|NQ-CP|QĐ-TTg|(?>[A-ZĐ]{{2,6}}(?:-[A-ZĐ&]+)+(?![{_LOWER}]))))(?=[^\s,.;)]|$)"
)
_RESULT_CODE = re.compile(r"\s*Mã: KQ\.[A-Z]\d+\.\d+")
_AFTER = re.compile(r"Từ khóa|Chọn cơ quan thực hiện")


def lines_of(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbered lines of a .jsonl, packed by gzip or not. Raises ValueError for what is neither or unpacks to too much."""
    file: Any = io.BytesIO(content)
    if content.startswith(b"\x1f\x8b"):
        file = gzip.GzipFile(fileobj=file)
    unpacked = 0
    try:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
            unpacked += len(line)
            if len(line) > LONGEST_LINE or unpacked > MOST_UNPACKED:
                raise ValueError(_("The file unpacks to more than is allowed."))
            if line.strip():
                yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(_("The file is damaged.")) from error


def row_of(line: bytes) -> Json:
    """The values of one line. Raises ValueError with a sentence."""
    try:
        row = json.loads(line)
    except (UnicodeDecodeError, ValueError) as error:
        raise ValueError(_("This line is not JSON.")) from error
    if not isinstance(row, dict):
        raise ValueError(_("This line is not a procedure."))  # noqa: TRY004  a sentence for the person
    told = {key: _said(row.get(key)) for key in row}
    get = told.get
    return {
        "code": get("ma_thu_tuc", "").split(".000.")[0],
        "name": " ".join(get("ten_thu_tuc", "").split()),
        "field": " ".join(get("linh_vuc", "").split()),
        "levels": _levels(get("cap_thuc_hien", "")),
        "agency": get("co_quan_thuc_hien", "") or get("co_quan_co_tham_quyen", ""),
        "decision": get("so_quyet_dinh", "")[:120],
        "audience": get("doi_tuong_thuc_hien", ""),
        "steps": get("trinh_tu_thuc_hien", ""),
        "ways": ways_of(get("cach_thuc_thuc_hien", "")),
        "papers": papers_of(get("thanh_phan_ho_so", "")),
        "place": get("dia_chi_tiep_nhan", ""),
        "handling_body": get("co_quan_thuc_hien", "") or get("co_quan_co_tham_quyen", ""),
        "coordinating_bodies": get("co_quan_phoi_hop", ""),
        "result": _results(get("ket_qua_xu_ly", "")),
        "conditions": _said(_AFTER.split(get("yeu_cau_dieu_kien", ""))[0]),
        "legal_bases": bases_of(get("can_cu_phap_ly", "")),
    }


def _said(value: Any) -> str:
    """Words that say something; "no information" says nothing."""
    text = value.replace("\0", "").strip() if isinstance(value, str) else ""
    return "" if text.lower() in NOTHING else text


def _levels(text: str) -> str:
    found = [
        LEVELS.get(part.strip().lower(), Procedure.Level.OTHER) for part in text.split(",") if part.strip()
    ]
    return " ".join(level for level in Procedure.Level.values if level in found)


def ways_of(text: str) -> list[Json]:
    """Words such as "Trực tuyến5 Ngày làm việcMiễn phí…" as a list of ways; words without that shape are one note."""
    if not text:
        return []
    first, *pairs = _WAY.split(text.removeprefix(_WAY_HEADING))
    found = [{"way": "", "note": first.strip()}] if first.strip() else []
    for way, rest in zip(pairs[::2], pairs[1::2], strict=True):
        found.append({"way": WAYS[way].value, **_time_and_fee(rest.strip())})
    return [{key: part for key, part in row.items() if part} for row in found]


def _time_and_fee(text: str) -> Json:
    time, text = _taken(_TIME, text)
    fee, text = _taken(_FEE, text)
    return {"time": _said(time), "fee": _money(_said(fee)), "note": _said(text)}


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.match(text)
    return (found.group(1).strip(), text[found.end() :].strip()) if found else ("", text)


def _money(fee: str) -> str:
    """Read "400,000 Việt Nam Đồng(/hồ sơ)" as "400.000 đồng (/hồ sơ)"; a unit without a sum is left to its words."""
    found = re.match(r"([\d.,]*)\s*(Việt Nam Đồng|VNĐ|Đồng|USD)\s*(.*)", fee, re.IGNORECASE | re.DOTALL)
    if not found:
        return fee
    amount, unit, more = found.groups()
    if not amount:
        return more.strip("() ")
    return f"{amount.replace(',', '.')} {'USD' if unit.upper() == 'USD' else 'đồng'} {more}".strip()


def papers_of(text: str) -> list[Json]:
    """Each paper with its case, its form and how many of it."""
    first, *tables = text.split(_PAPER_HEADING)
    case, found = _case(first), []
    for table in tables:
        start = 0
        for copies in _COPIES.finditer(table):
            name, form = _name_and_form(table[start : copies.start()].strip())
            originals, with_it, alone = copies.groups()
            row = {"case": case, "name": name, "form": form, "originals": _count(originals)}
            found.append(row | {"copies": _count(with_it or alone)})
            start = copies.end()
        rest = table[start:].strip()
        if rest and table is tables[-1]:
            found.append({"case": case, "name": rest})
        case = _case(rest)
    if not tables and case:
        found.append({"name": case})
    return [{key: part for key, part in row.items() if part} for row in found]


def _case(text: str) -> str:
    return _said(text.strip().strip("-*").strip())


def _count(number: str | None) -> int:
    return min(int(number or 0), 999)


def _name_and_form(text: str) -> tuple[str, str]:
    """The file of the form stands glued to the end of the name."""
    if not _FORM.search(text):
        return text, ""
    for glue in _GLUE.finditer(text):
        if len(text) - glue.start() <= 150:
            return text[: glue.start()].strip(), text[glue.start() :].strip()
    return text, ""


def bases_of(text: str) -> list[str]:
    """Names and numbers of texts, one a line; a number that its name says already is not said twice."""
    parts = _NUMBER.split(text.removeprefix(_BASIS_HEADING))
    found: list[str] = []
    name = ""
    for words, number in zip(parts[::2], [*parts[1::2], ""], strict=True):
        name += words
        if not number:
            break
        is_inside = bool(name) and name[-1].isspace()  # "… của Thông tư số 16/2025/TT-BXD ngày …"
        if is_inside:
            name += number
            continue
        _add_basis(found, name.strip(), number.strip())
        name = ""
    _add_basis(found, name.strip(), "")
    return found


def _add_basis(found: list[str], name: str, number: str) -> None:
    bare = number.rsplit(" ", 1)[-1]
    if bare and bare in name:
        number = ""
    words = f"{name} – {number}" if name and number else name or number
    if words and not (not name and found and bare in found[-1]):
        found.append(words)


def _results(text: str) -> str:
    said = _RESULT_CODE.split(_AFTER.split(text)[0])
    return "\n".join(line for line in (part.strip(" .;\n") for part in said) if line)
