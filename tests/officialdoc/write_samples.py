"""Documents to write, as a report and its annexes would be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument

from officialdoc.write.charts import Bar, Series, stacked_bars
from officialdoc.write.model import (
    Annex,
    Bullet,
    Column,
    Figure,
    Heading,
    OutgoingDocument,
    Run,
    Signature,
    TableBlock,
    TableCell,
    Text,
)

DONE = Series("done", "Hoàn thành", "#2e7d4f")
LATE = Series("late", "Quá hạn", "#b3261e")
CHART = stacked_bars(
    "Nhiệm vụ theo cơ quan chủ trì",
    group_label="Cơ quan",
    series=(DONE, LATE),
    bars=(Bar("Sở Nội vụ", (3, 1)), Bar("Văn phòng Ủy ban nhân dân thành phố", (1, 0))),
)
SMALL_TABLE = TableBlock(
    columns=(Column(1, "center"), Column(4), Column(2, "right")),
    header=(
        (TableCell("TT", row_span=2), TableCell("Kết quả", col_span=2)),
        (TableCell("Nội dung"), TableCell("Số lượng")),
    ),
    rows=(
        (TableCell("1", row_span=2), TableCell("Cuộc đối thoại"), TableCell("06")),
        (TableCell("Tin, bài\n- trên báo in\n- trên cổng"), TableCell("1.204")),
        (TableCell("2"), TableCell("Tập huấn, bồi dưỡng", col_span=2, bold=True)),
    ),
)
REPORT = OutgoingDocument(
    kind="Báo cáo",
    title="Kết quả tuyên truyền cải cách hành chính nhà nước năm 2019",
    parent_agency="Ủy ban nhân dân thành phố Hải Phòng",
    agency="Sở Thông tin và Truyền thông",
    symbol="BC-STTTT",
    number=7,
    place="Hải Phòng",
    on=date(2020, 1, 5),
    addressees=("Ủy ban nhân dân thành phố Hải Phòng",),
    bases=(
        "Căn cứ Nghị định số 09/2019/NĐ-CP ngày 24 tháng 01 năm 2019 của Chính phủ",
        "Căn cứ Kế hoạch số 42/KH-UBND ngày 01 tháng 02 năm 2019 của Ủy ban nhân dân thành phố.",
    ),
    body=(
        Heading(1, "I.", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
        Heading(2, "1.", "Văn bản đã ban hành"),
        Heading(3, "a)", "Văn bản của thành phố"),
        Text("Trong năm, thành phố đã ban hành đủ các văn bản chỉ đạo theo kế hoạch."),
        Bullet((Run("Sở Nội vụ: "), Run("05 văn bản", bold=True), Run(" (đúng hạn)", italic=True))),
        Figure(CHART),
        SMALL_TABLE,
        Text("Trên đây là báo cáo kết quả tuyên truyền cải cách hành chính năm 2019."),
    ),
    signature=Signature("Phó Giám đốc", ("KT. Giám đốc",), "Trần Thị Mẫu"),
    recipients=("Như trên", "Lưu: VT, TTBCXB"),
)


def report(**changes: Any) -> OutgoingDocument:
    return replace(REPORT, **changes)


def draft(**changes: Any) -> OutgoingDocument:
    return report(**({"number": None, "on": None, "draft": True} | changes))


def long_table(rows: int) -> TableBlock:
    """The per-task annex of a report, one row per agency."""
    names = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Hoàn thành", "Ghi chú")
    widths = (1, 5, 3, 3, 4, 1.6, 2)
    return TableBlock(
        columns=tuple(Column(width, "center" if width < 2 else "left") for width in widths),
        header=(tuple(map(TableCell, names)),),
        rows=tuple(long_row(number) for number in range(1, rows + 1)),
    )


def long_row(number: int) -> tuple[TableCell, ...]:
    texts = (
        str(number),
        f"Nhiệm vụ thứ {number}: duy trì chuyên mục, tiếp nhận ý kiến và trả lời công khai trên cổng",
        f"Ủy ban nhân dân đơn vị số {number}",
        "- Sở Nội vụ\n- Sở Thông tin và Truyền thông",
        f"Đã đăng {number} tin, bài; trả lời toàn bộ câu hỏi nhận được",
        "x",
        "Chuyển tiếp" if number % 3 == 0 else "",
    )
    return tuple(map(TableCell, texts))


def annexed(*, rows: int = 12) -> OutgoingDocument:
    """Two annexes: a wide table lying down, and a page standing up."""
    return report(
        annexes=(
            Annex("Kết quả theo nhiệm vụ", (long_table(rows),), landscape=True),
            Annex("Cơ quan chưa báo cáo", (Text("Không có."),)),
        )
    )


def opened(content: bytes) -> WordDocument:
    return Document(BytesIO(content))
