"""Quantities a task must reach.

Reads: a task's content. Writes: `TargetReading`s ("06 cuộc đối thoại"), not years, numbers of
documents, dates or levels.
"""

from __future__ import annotations

import re

from officialdoc.model import TargetReading
from officialdoc.read.plan.letters import fold

_UNITS: tuple[str, ...] = tuple(
    re.split(
        r"\|",
        "cuộc đối thoại|cuộc thi|cuộc họp|cuộc|đợt|lớp|hội nghị|hội thảo|hội thi|buổi|bài viết|bài|"
        "tin, bài|tin bài|tin|phóng sự|chuyên mục|chuyên đề|chuyên trang|chương trình|số|kỳ|mô hình|"
        "tọa đàm|toạ đàm|cuốn|tờ rơi|tờ gấp|tờ|bộ|bản|đoàn|lượt|video clip|video|clip|pa nô|pano|"
        "băng rôn|áp phích|khẩu hiệu|đĩa|ấn phẩm|sản phẩm|tập|phiên|chuyến|khóa|khoá|câu lạc bộ|"
        "sáng kiến|đề tài|kế hoạch|báo cáo|văn bản|infographic|phim|đội|giải|sự kiện|hoạt động|lễ|"
        "ngày hội|diễn đàn|chiến dịch|trận|công trình",
    )
)
_TARGET = re.compile(
    rf"(?<![\d/.,\-–])\b(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,4}})(?:\s*[-–]\s*\d{{1,4}})?\s*(?:\(\w+(?: \w+)*\)\s*)?"
    rf"(?P<unit>(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?!\w)(?![/-]))"
)
_NOT_BEFORE = re.compile(
    r"(?:năm|tháng|ngày|quý|mức độ|cấp độ|thứ|lần thứ|khóa|khoá|điều|khoản|mục|điểm|số|giai đoạn|nhóm|loại|hạng|phụ lục|"
    r"phần|tiêu chí|đề án|quyết định|luật|nghị định|khu vực|vòng)\s*$"
)
_MORE = re.compile(
    r"(?:\s+(?!(?:về|cho|tại|trên|của|do|và|để|nhằm|từ|với|đến|trong|giữa|theo|có|ở|tuyên truyền)\b)\w+){0,2}"
)
_YEARLIKE = re.compile(r"^(?:19|20)\d\d$")


def targets_in(text: str) -> list[TargetReading]:
    key = fold(text)
    found: list[TargetReading] = []
    for m in _TARGET.finditer(key):
        if _YEARLIKE.match(m["n"]) or _NOT_BEFORE.search(key[: m.start()]):
            continue
        more = _MORE.match(key, m.end())
        end = more.end() if more else m.end()
        found.append(TargetReading(int(m["n"].replace(".", "")), text[m.start("unit") : end].strip()))
    return found
