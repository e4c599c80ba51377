"""Label lines of a task: "- Đơn vị chủ trì: …", "Thời gian thực hiện: …".

Reads: one line. Writes: the labels in it with their values, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from officialdoc.read.plan.letters import fold, tidy

LabelKind = Literal[
    "lead", "both", "coordinating", "performing", "monitoring", "due", "product", "note", "detail"
]

_BODY = r"(?:các\s+)?(?:cơ quan|đơn vị|bộ,? ngành|sở,? ngành|bộ phận|cấp|tổ chức|phòng|cá nhân|nơi)(?:,\s*(?:đơn vị|địa phương|cơ quan))?"
_LEAD = (
    rf"(?:(?:{_BODY}|phân công|giao)\s+)?(?:được giao\s+)?chủ trì"
    r"(?:\s+(?:thực hiện|tham mưu|tổ chức|triển khai|chính|trình|soạn thảo))*"
    rf"|{_BODY}\s+(?:đầu mối|tham mưu|phụ trách|chủ quản)|đầu mối(?: thực hiện)?"
)
_COORDINATING = (
    rf"(?:{_BODY}\s+)?(?:tham gia\s+)?phối hợp(?:\s+(?:thực hiện|tổ chức|triển khai|chính))*"
    rf"|{_BODY}\s+(?:cho ý kiến|có liên quan|liên quan)"
)
_PERFORMING = (
    rf"{_BODY}\s+(?:(?:tổ chức|triển khai)\s+)?(?:thực hiện|triển khai|tổ chức|chịu trách nhiệm)"
    r"|(?:phân công|trách nhiệm|phân công trách nhiệm|người)(?:\s+(?:tổ chức|triển khai))?(?:\s+thực hiện)?|phân công nhiệm vụ"
)
_DUE = (
    r"(?:thời gian|thời hạn|tiến độ|thời điểm|lộ trình|hạn)(?:\s+(?:dự kiến|thực hiện|hoàn thành|tổ chức|triển khai|trình|"
    r"báo cáo|và|,|/|kết thúc|diễn ra|bắt đầu|tiến hành))*|(?:dự kiến\s+)?hoàn thành"
)
_PRODUCT = (
    r"(?:dự kiến\s+)?(?:sản phẩm|kết quả|đầu ra)(?:\s*[,/]\s*(?:sản phẩm|kết quả))?"
    r"(?:\s+(?:dự kiến|đầu ra|hoàn thành|cần đạt|đạt được|thực hiện|phải đạt|chủ yếu|của nhiệm vụ))*"
)
_DETAIL = (
    r"(?:dự kiến\s+)?(?:địa điểm|địa bàn|kinh phí|nguồn kinh phí|nguồn lực|hình thức|phương thức|đối tượng|thành phần|"
    r"số lượng|thời lượng|quy mô|phạm vi|nội dung|cách thức|phương pháp|yêu cầu|mục tiêu|mục đích|cấp trình|thẩm quyền|chỉ tiêu|"
    r"giải pháp)(?:\s+(?!của\b)[^\s:;.,()]+){0,4}"
)
_KINDS: tuple[tuple[LabelKind, str], ...] = (
    (
        "both",
        rf"(?:{_BODY}\s+)?chủ trì\s*(?:,|và|/|-|;)+\s*(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+thực hiện)?",
    ),
    ("lead", _LEAD),
    ("coordinating", _COORDINATING),
    (
        "monitoring",
        rf"(?:{_BODY}\s+)?(?:theo dõi|đôn đốc|giám sát)(?:,\s*(?:kiểm tra|đôn đốc|giám sát|theo dõi))*",
    ),
    ("performing", _PERFORMING),
    ("due", _DUE),
    ("product", _PRODUCT),
    ("note", r"ghi chú"),
    ("detail", _DETAIL),
)
# A lost space must not hide a label ("Đơn vịchủ trì:").
_GLUED = tuple((kind, pattern.replace(r"\s+", r"\s*").replace(" ", r"\s?")) for kind, pattern in _KINDS)
_LABEL = re.compile(
    r"(?:^\s*|(?<=[.;,(+*\-])\s*|(?<=[.;,(+*\-] ))(?:"
    + "|".join(f"(?P<{k}>{p})" for k, p in _GLUED)
    + r")\s*(?:\([^()]*\)\s*)?:"
)
_BULLET = re.compile(r"^[-–—+*•]\s*")
_NO_COLON = re.compile(
    r"^(?:thời gian|thời hạn)(?:\s+(?:thực hiện|hoàn thành|tổ chức|dự kiến))+\s+(?=(?:từ|trong|trước|đến|chậm|ngày|tháng|quý|năm|thường|\d))|"
    r"^(?=hoàn thành (?:trong|trước|xong|chậm nhất)(?!.*\b(?:xây dựng|ban hành|tổ chức)\b).{4,80}$)"
)
_WORK: frozenset[LabelKind] = frozenset({"lead", "both", "coordinating", "performing", "due"})


@dataclass(frozen=True, slots=True)
class Label:
    kind: LabelKind
    name: str  # as printed
    value: str
    at: int  # where the label begins in the line

    @property
    def assigns(self) -> bool:
        return self.kind in _WORK


def labels_in(text: str) -> list[Label]:
    """The labels of a line; the first need not open it."""
    bullet = _BULLET.match(text)
    offset = bullet.end() if bullet else 0
    text = text[offset:]
    key = fold(text)
    found = list(_LABEL.finditer(key))
    if not found:
        bare_due = _NO_COLON.match(key)
        return [Label("due", "Thời gian", _value(text[bare_due.end() :]), offset)] if bare_due else []
    labels = []
    for m, following in zip_longest(found, found[1:]):
        kind: LabelKind = m.lastgroup  # type: ignore[assignment]
        start, end = m.span(kind)
        stop = following.start(following.lastgroup or 0) if following else len(text)
        labels.append(Label(kind, tidy(text[start:end]), _value(text[m.end() : stop]), offset + start))
    return labels


def _value(text: str) -> str:
    text = tidy(text).rstrip(" ;,(-–+*")
    if text.count(")") > text.count("("):
        text = text.rstrip(").;, ")
    return text
