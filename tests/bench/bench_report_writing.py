"""How long a report with a table of 300 agencies takes, beside docxtpl filling the same table.

Run by `make bench`; prints both times and their ratio, asserts nothing.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

from docx import Document
from docxtpl import DocxTemplate

from officialdoc.write.model import Annex, Column, OutgoingDocument, Signature, TableBlock, TableCell, Text
from officialdoc.write.pdf import write_pdf
from officialdoc.write.word import write_docx

ROWS = 300
ROUNDS = 5
HEADS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Hoàn thành", "Ghi chú")


def rows() -> list[dict[str, str]]:
    return [
        {
            "no": str(number),
            "content": f"Nhiệm vụ thứ {number}: duy trì chuyên mục, tiếp nhận ý kiến và trả lời công khai",
            "lead": f"Ủy ban nhân dân đơn vị số {number}",
            "coordinating": "Sở Nội vụ; Sở Thông tin và Truyền thông",
            "result": f"Đã đăng {number} tin, bài; trả lời toàn bộ câu hỏi nhận được",
            "done": "x",
            "note": "Chuyển tiếp" if number % 3 == 0 else "",
        }
        for number in range(1, ROWS + 1)
    ]


def report() -> OutgoingDocument:
    table = TableBlock(
        columns=tuple(Column(width) for width in (1, 5, 3, 3, 4, 2, 2)),
        header=(tuple(map(TableCell, HEADS)),),
        rows=tuple(tuple(map(TableCell, row.values())) for row in rows()),
    )
    return OutgoingDocument(
        kind="Báo cáo",
        title="Kết quả thực hiện kế hoạch",
        agency="Sở Nội vụ",
        symbol="BC-SNV",
        place="Hải Phòng",
        signature=Signature("Giám đốc"),
        body=(Text("Kết quả nêu tại Phụ lục."),),
        recipients=("Lưu: VT",),
        annexes=(Annex("Kết quả theo nhiệm vụ", (table,), landscape=True),),
    )


def write_template(path: Path) -> None:
    """One header row and one row that docxtpl repeats."""
    document = Document()
    document.add_heading("Kết quả thực hiện kế hoạch")
    table = document.add_table(rows=4, cols=len(HEADS))
    for index, head in enumerate(HEADS):
        table.cell(0, index).text = head
    table.cell(1, 0).text = "{%tr for row in rows %}"
    for index, key in enumerate(rows()[0]):
        table.cell(2, index).text = f"{{{{ row.{key} }}}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    document.save(str(path))


def fill_template(path: Path) -> bytes:
    template = DocxTemplate(str(path))
    template.render({"rows": rows()})
    filled = BytesIO()
    template.save(filled)
    return filled.getvalue()


def seconds(act: Callable[[], bytes]) -> float:
    """The median of several rounds, after one that warms up."""
    act()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.docx"
        write_template(template)
        assert len(Document(BytesIO(fill_template(template))).tables[0].rows) == ROWS + 1
        theirs = seconds(lambda: fill_template(template))
    ours = seconds(lambda: write_docx(report()))
    printed = seconds(lambda: write_pdf(report()))
    print(f"report, table of {ROWS} agencies: .docx {ours * 1000:.0f} ms, .pdf {printed * 1000:.0f} ms")  # noqa: T201  its purpose
    print(f"docxtpl, the same table: {theirs * 1000:.0f} ms; ratio {ours / theirs:.2f}")  # noqa: T201  its purpose


if __name__ == "__main__":
    main()
