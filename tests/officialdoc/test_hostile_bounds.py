"""Reading in a process of its own: bounded in time and memory."""

import resource
import time

import pytest
from docx_fixtures import docx, row, table, write

from officialdoc.model import UnreadableDocumentError
from officialdoc.read.safe import read_bounded

PLAN = docx(
    "KẾ HOẠCH",
    "Tuyên truyền",
    table(row("TT", "Nội dung công việc", "Cơ quan chủ trì"), row("1", "Viết bài", "Sở Nội vụ")),
)


def refused(path, **bounds):
    with pytest.raises(UnreadableDocumentError) as caught:
        read_bounded(path, **bounds)
    return caught.value


def test_plan_is_read_within_the_bounds(tmp_path):
    read = read_bounded(write(tmp_path, "kế hoạch.docx", PLAN))

    assert [(task["content"], task["lead"]) for task in read["tasks"]] == [("Viết bài", ["Sở Nội vụ"])]


def test_name_that_looks_like_an_option_is_a_name(tmp_path, monkeypatch):
    write(tmp_path, "--help", PLAN)
    monkeypatch.chdir(tmp_path)

    assert read_bounded("--help")["kind"] == "KẾ HOẠCH"


def test_refusal_comes_through_in_both_languages(tmp_path):
    error = refused(write(tmp_path, "a.rtf", b"{\\rtf1 x}"))

    assert error.code == "format_rtf"
    assert error.vi == "Tệp RTF không đọc được. Hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx."
    assert error.en == "RTF is not read. Open it in Word or LibreOffice and save it as .docx."


def test_missing_file_is_named(tmp_path):
    assert refused(tmp_path / "khong-co.docx").code == "missing"


def test_reading_that_takes_too_long_is_stopped(tmp_path):
    path = write(tmp_path, "a.html", ("<p>" + "Tổ chức hội nghị tuyên truyền " * 40 + "</p>").encode() * 1500)
    start = time.monotonic()

    error = refused(path, seconds=1)

    assert error.code == "too_slow"
    assert "1 giây" in error.vi
    assert time.monotonic() - start < 3


def test_reading_that_needs_too_much_memory_is_stopped(tmp_path):
    path = write(tmp_path, "a.html", b"<p>to chuc hoi nghi</p>" * 100_000)

    error = refused(path, megabytes=40)

    assert error.code == "too_big"
    assert "40 MB" in error.vi


def test_bounds_are_the_childs_and_not_ours(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)

    read_bounded(write(tmp_path, "a.docx", PLAN))

    assert (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)) == before


def test_nothing_is_left_beside_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, "a.docx", PLAN)

    read_bounded(path)

    assert list(tmp_path.iterdir()) == [path]
