"""Files built to do harm: each ends in one sentence, soon, and without a large memory."""

import http.server
import io
import struct
import threading
import time
import zipfile

import pytest
from docx_fixtures import cell, docx, docx_parts, package, para, row, run, spans, table, tables, texts, write
from pdf_fixtures import raw_pdf, text_page

from officialdoc.model import UnreadableDocumentError
from officialdoc.read.formats import limits, read_source

SOON = 20.0  # seconds: the bound of a reading, far above what a refusal takes


def refused(data, name=None):
    start = time.monotonic()
    with pytest.raises(UnreadableDocumentError) as caught:
        read_source(data, name=name)
    assert time.monotonic() - start < SOON
    return caught.value.code


def with_part(name, content):
    return package(docx_parts(para("Kế hoạch")) | {name: content})


def test_part_that_unpacks_a_thousandfold_is_refused():
    assert refused(with_part("word/document.xml", b" " * 30_000_000)) == "zip_bomb"


def test_part_beyond_the_size_of_one_part_is_refused():
    data = package(
        docx_parts("") | {"word/document.xml": b"<a/>" + b"\n" * limits.MAX_XML_BYTES},
        compression=zipfile.ZIP_STORED,
    )

    assert refused(data) == "zip_bomb"


def test_too_many_members_are_refused():
    parts = docx_parts(para("Kế hoạch")) | {f"word/media/{n}.png": b"" for n in range(limits.MAX_ZIP_MEMBERS)}

    assert refused(package(parts)) == "zip_bomb"


def test_size_that_the_archive_understates_is_watched_while_unpacking():
    data = bytearray(with_part("word/document.xml", b"<w:p/>" * 20_000_000))
    sizes = [info.file_size for info in zipfile.ZipFile(io.BytesIO(bytes(data))).infolist()]
    honest, lie = struct.pack("<L", max(sizes)), struct.pack("<L", 4096)

    assert refused(bytes(data.replace(honest, lie))) in ("zip_bomb", "broken")


def test_member_that_overlaps_others_is_refused_or_broken():
    data = docx("Kế hoạch")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        offsets = {info.filename: info.header_offset for info in archive.infolist()}
    moved = bytearray(data)
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", moved, at + 42, offsets["word/document.xml"])
        at = data.find(b"PK\x01\x02", at + 4)

    assert refused(bytes(moved)) == "broken"


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused_in_every_part(part, encoding):
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'

    assert refused(with_part(part, f"{declaration}{ENTITIES}<x>&b;</x>".encode(encoding))) == "forbidden_xml"


class _Listener(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def listener():
    _Listener.asked.clear()
    server = http.server.HTTPServer(("127.0.0.1", 0), _Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_outside_the_file_is_fetched(listener, tmp_path):
    secret = write(tmp_path, "secret.txt", "bí mật của máy".encode())
    external = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="x/styles" TargetMode="External" Target="{listener}/styles.xml"/>'
        f'<Relationship Id="r2" Type="x/numbering" Target="../../../..{secret}"/></Relationships>'
    )
    page = (
        f"<html><head><link rel=stylesheet href='{listener}/a.css'><base href='{listener}'></head><body>"
        f"<img src='{listener}/b.png'><iframe src='{listener}/c'></iframe><p>Kế hoạch</p>"
        f"<object data='{secret.as_uri()}'></object></body></html>"
    )

    word = read_source(with_part("word/_rels/document.xml.rels", external))
    web = read_source(page.encode(), name="a.html")
    code = refused(with_part("word/document.xml", f'<!DOCTYPE x SYSTEM "{listener}/x.dtd"><x/>'))

    assert (texts(word), texts(web), code) == (["Kế hoạch"], ["Kế hoạch"], "forbidden_xml")
    assert _Listener.asked == []


def test_names_that_climb_out_are_only_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parts = docx_parts(para("Kế hoạch")) | {"../../out.txt": b"x", "/abs.txt": b"y", "word/../../b.txt": b"z"}

    assert texts(read_source(package(parts))) == ["Kế hoạch"]
    assert list(tmp_path.iterdir()) == []


def test_tables_nested_without_end_are_refused():
    deep = "<w:tbl><w:tr><w:tc>" * 70 + para("x") + "</w:tc></w:tr></w:tbl>" * 70

    assert refused(docx(deep)) == "too_much_content"


def test_elements_nested_beyond_the_parser_are_broken():
    assert (
        refused(docx("<w:sdt><w:sdtContent>" * 400 + para("x") + "</w:sdtContent></w:sdt>" * 400)) == "broken"
    )


def test_styles_that_go_round_in_a_circle_end():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("AB", "BA", "CC")
    )
    body = [para("Kế hoạch", properties=f'<w:pStyle w:val="{name}"/>') for name in "ABC"]

    assert texts(read_source(docx(*body, styles=styles))) == ["Kế hoạch"] * 3


def test_spans_beyond_reason_are_refused():
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>{para("x")}</w:tc>'

    assert refused(docx(table(row("a", "b"), f"<w:tr>{wide}</w:tr>"))) == "too_much_content"


def test_html_spans_are_cut_to_the_table():
    body = "<table><tr><td rowspan=65534>a</td><td rowspan=99999999999>b</td></tr><tr><td colspan=100>c</td></tr></table>"

    found = tables(read_source(body.encode(), name="a.html"))[0]

    assert spans(found) == {(0, 0): (2, 1), (0, 1): (2, 1), (1, 2): (1, 100)}
    assert (
        refused(b"<table><tr><td colspan=1000>a</td><td>b</td></tr></table>", "a.html") == "too_much_content"
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("<div>" * 200_000 + "chữ", "a.html"),
        ("<table><tr><td>" * 50_000 + "chữ", "a.html"),
        ("<ul><li>" * 50_000 + "chữ", "a.html"),
        ("<b>" * 200_000 + "chữ", "a.html"),
        ("<ul>" * 200_000, "a.txt"),
        ("[a](" * 200_000, "a.md"),
        ("**a" * 200_000, "a.md"),
        ("![" * 200_000, "a.md"),
        ("|a" * 200_000, "a.md"),
        ("STT\n" * 100_000, "a.txt"),
        ("STT\nNội dung\nCơ quan\n" + "1\n" * 100_000, "a.txt"),
        ("TT\tNội dung\tCơ quan\n" + "1\tx\n" * 100_000, "a.txt"),
        ("a\tb\tc\n\n\n\n" * 25_000, "a.txt"),
        (("a" + " " * 500) * 2000, "a.txt"),
        ("a     b\n" * 100_000, "a.txt"),
        ("<!--" * 100_000 + "chữ", "a.html"),
        ("&#60;" * 200_000, "a.txt"),
        ("\u0301" * 500_000 + "a", "a.txt"),
    ],
    ids=lambda value: value[:12] if len(value) > 12 else None,
)
def test_text_made_to_be_slow_is_soon_done(data, name):
    start = time.monotonic()

    try:
        read_source(data.encode(), name=name)
    except UnreadableDocumentError as error:
        assert error.code in ("too_much_content", "empty", "format_unknown", "garbage_text", "broken")  # noqa: PT017

    assert time.monotonic() - start < SOON


def test_file_beyond_fifty_megabytes_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "lon.docx"
    with path.open("wb") as file:
        file.truncate(200 * limits.MEGABYTE)

    assert refused(path) == "file_too_big"
    assert refused(bytes(limits.MAX_FILE_BYTES + 1)) == "file_too_big"


def test_text_file_has_a_lower_bound():
    assert refused(b"a\n" * (limits.MAX_TEXT_BYTES // 2 + 1)) == "file_too_big"


def test_pdf_of_too_many_pages_is_refused():
    kids = b"3 0 R " * (limits.MAX_PAGES + 1)
    data = raw_pdf(text_page(["x"])).replace(
        b"/Kids [3 0 R] /Count 1", b"/Kids [%s] /Count %d" % (kids, limits.MAX_PAGES + 1)
    )

    assert refused(data) == "too_many_pages"


def test_pdf_locked_by_a_password_is_named():
    locked = raw_pdf(text_page(["Ke hoach"])).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>"
        % (b"ab" * 32, b"cd" * 32),
    )

    assert refused(locked) == "encrypted"


def test_drawing_of_many_lines_is_no_table():
    lines = b"".join(b"%d %d m %d %d l S " % (x, 0, x, 800) for x in range(1, 590, 4))
    lines += b"".join(b"0 %d m 590 %d l S " % (y, y) for y in range(1, 840, 4))

    assert read_source(raw_pdf(lines + text_page(["Ke hoach tuyen truyen"]))).format == "pdf"


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_truncated_files_are_refused_or_read_in_part(kept):
    word = docx(*[f"Đoạn {n}" for n in range(50)], table(row(cell("a"), cell("b"))), para(run("x")))

    assert refused(word[: int(len(word) * kept)]) == "broken"
