"""Documents of our own for the tests of reading, built as sources."""

from __future__ import annotations

from dataclasses import dataclass, field

from officialdoc.model import Block, Cell, Paragraph, Source, Table
from officialdoc.read.plan import read_plan


@dataclass(frozen=True)
class Merged:
    """A cell over several rows or columns."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Rows:
    """A table: one list per drawn row; covered places are left out."""

    rows: tuple[tuple[str | Merged, ...], ...]


@dataclass
class _Writer:
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0

    def line(self, words: str, *, page: int | None = None) -> Paragraph:
        start = len(self.text)
        self.text += words + "\n"
        return Paragraph(words, start, start + len(words), page)

    def table(self, rows: Rows) -> None:
        start = len(self.text)
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        for number, row in enumerate(rows.rows):
            column = 0
            for item in row:
                cell = item if isinstance(item, Merged) else Merged(item)
                while (number, column) in taken:
                    column += 1
                taken |= {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                paragraphs = tuple(self.line(words) for words in cell.text.split("\n") if words)
                at = paragraphs[0].start if paragraphs else len(self.text)
                cells.append(Cell(number, column, cell.rows, cell.columns, paragraphs, at, len(self.text)))
        self.blocks.append(Table(self.tables, tuple(cells), start, len(self.text)))
        self.tables += 1


def rows(*lines: tuple[str | Merged, ...]) -> Rows:
    return Rows(lines)


def source_of(*parts: str | Rows, format_: str = "docx") -> Source:
    """Strings are paragraphs, one per line; tables stand where they are given."""
    writer = _Writer()
    for part in parts:
        if isinstance(part, Rows):
            writer.table(part)
        else:
            writer.blocks.extend(writer.line(words.strip()) for words in part.split("\n") if words.strip())
    return Source(writer.text, tuple(writer.blocks), format_)  # type: ignore[arg-type]


def read(*parts: str | Rows, format_: str = "docx"):
    return read_plan(source_of(*parts, format_=format_))


HEADER = """
ỦY BAN NHÂN DÂN
TỈNH BÌNH MINH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Bình Minh, ngày 20 tháng 01 năm 2025
KẾ HOẠCH
Thông tin, truyền thông về đổi mới lề lối làm việc năm 2025
"""
OPENING = """
Căn cứ Quyết định số 77/QĐ-UBND ngày 05/01/2025 của Ủy ban nhân dân tỉnh về nhiệm vụ năm 2025;
Ủy ban nhân dân tỉnh Bình Minh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
Để mọi người cùng biết.
"""
CLOSING = """
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""
HEAD_ROW = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")


def plan_with(*parts: str | Rows):
    """A whole plan around the given body."""
    return read(HEADER, OPENING, *parts, CLOSING)


def brief(task) -> tuple[str | None, str, list[str], list[str], str | None]:
    """What a task says, in the order one reads a row."""
    return task.path, task.content, task.lead, task.coordinating, task.due_text
