"""How long reading a plan takes, against python-docx merely opening and walking the file.

Run: python tests/bench/bench_reading.py [runs]
Prints the medians and their ratio; asserts nothing, for machines differ.
"""

import io
import statistics
import sys
import time

import docx

from officialdoc.read.formats import read_source
from officialdoc.read.plan import read_plan

ROWS = 60
HEADINGS = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Ghi chú")


def plan_of(rows):
    """A plan with a table of so many tasks, as an office would write it."""
    document = docx.Document()
    for line in (
        "ỦY BAN NHÂN DÂN TỈNH MẪU",
        "Số: 12/KH-UBND",
        "Tỉnh Mẫu, ngày 05 tháng 3 năm 2025",
        "KẾ HOẠCH",
    ):
        document.add_paragraph(line)
    document.add_paragraph("Tuyên truyền cải cách hành chính năm 2025")
    document.add_paragraph(
        "Căn cứ Quyết định số 01/QĐ-UBND ngày 02 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh;"
    )
    for number in range(1, 21):
        document.add_paragraph(
            f"- Yêu cầu thứ {number}: việc tuyên truyền phải thiết thực, đúng đối tượng và đúng thời hạn."
        )
    table = document.add_table(rows=rows + 1, cols=len(HEADINGS))
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    for number in range(1, rows + 1):
        values = (str(number), f"Tổ chức {number:02} hội nghị tuyên truyền về dịch vụ công trực tuyến tại cơ sở",
                  "Sở Nội vụ", "Sở Tài chính; Sở Tư pháp, Ủy ban nhân dân các xã, phường", f"Quý {('I', 'II', 'III', 'IV')[number % 4]}/2025", "")  # fmt: skip
        for cell, value in zip(table.rows[number].cells, values, strict=True):
            cell.text = value
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def walk(data):
    """What any program does that looks at every paragraph and every cell with python-docx."""
    document = docx.Document(io.BytesIO(data))
    size = sum(len(paragraph.text) for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            size += sum(len(cell.text) for cell in row.cells)
    return size


def read(data):
    return read_plan(read_source(data, name="ke-hoach.docx"))


def seconds(action, data, runs):
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action(data)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main(runs=15):
    data = plan_of(ROWS)
    found = len(read(data).tasks)
    walk(data)
    walked, formats, whole = (seconds(action, data, runs) for action in (walk, read_source, read))
    lines = (
        f"{ROWS} rows, {found} tasks read, median of {runs} runs",
        f"python-docx open and walk  {walked * 1000:8.1f} ms",
        f"file to source             {formats * 1000:8.1f} ms  ratio {formats / walked:.2f}",
        f"file to plan               {whole * 1000:8.1f} ms  ratio {whole / walked:.2f}",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
