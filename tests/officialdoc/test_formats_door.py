"""What a file is, by its content; what is refused, and with which sentence."""

import io
import zipfile

import pytest
from docx_fixtures import docx, package, texts, write
from pdf_fixtures import raw_pdf, text_page

from officialdoc.model import UnreadableDocumentError
from officialdoc.read.formats import read_source, refusal
from officialdoc.read.formats.refusals import _SENTENCES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(data, name=None):
    with pytest.raises(UnreadableDocumentError) as caught:
        read_source(data, name=name)
    return caught.value


def odt():
    return package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("\ufeff\u00a0\n".encode(), "empty"),
        (OLE, "format_doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"{\\rtf1\\ansi K\\'ea}", "format_rtf"),
        (odt(), "format_odt"),
        (package({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "format_sheet"),
        (package({"ke-hoach.txt": "chữ"}), "format_archive"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(20), "format_image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20), "format_image"),
        (b"Rar!\x1a\x07\x00" + bytes(20), "format_archive"),
        (b"\x1f\x8b\x08\0" + bytes(20), "format_archive"),
        (bytes(range(256)) * 20, "format_unknown"),
        (b"PK\x03\x04" + b"x" * 50, "broken"),
        (b"%PDF-1.7\nno more", "broken"),
        (package({"word/document.xml": "<a/>"}), "broken"),
        (package({"[Content_Types].xml": "<a/>", "word/media/a.png": "x"}), "broken"),
        (docx(), "empty"),
    ],
)
def test_file_is_refused_for_what_it_is(data, code):
    assert refused(data, "ke-hoach.docx").code == code


def test_password_of_a_zip_member_is_named():
    data = bytearray(docx("Kế hoạch"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)

    assert refused(bytes(data)).code == "encrypted"


@pytest.mark.parametrize("name", ["ke-hoach.pdf", "ke-hoach.txt", "ke-hoach.html"])
def test_wrong_extension_is_read_for_what_it_is_with_a_warning(name):
    source = read_source(docx("Kế hoạch"), name=name)

    assert (source.format, texts(source)) == ("docx", ["Kế hoạch"])
    assert [w.code for w in source.warnings] == ["wrong_extension"]


@pytest.mark.parametrize(
    "name", ["ke-hoach.docx", "KE-HOACH.DOCX", "ke-hoach", None, "../../etc/x.docx", "a\0b.docx"]
)
def test_fitting_odd_or_missing_name_earns_no_warning(name):
    assert read_source(docx("Kế hoạch"), name=name).warnings == ()


def test_text_with_a_markdown_name_is_no_surprise():
    assert read_source("Kế hoạch".encode(), name="a.md").warnings == ()
    assert read_source(b"# a\n\n**b**\n\n## c\n", name=None).format == "md"


def test_path_gives_the_name(tmp_path):
    path = write(tmp_path, "kế hoạch.pdf", docx("Kế hoạch"))

    assert [w.code for w in read_source(path).warnings] == ["wrong_extension"]
    assert read_source(str(path), name="a.docx").warnings == ()


@pytest.mark.parametrize("path", ["khong-co.docx", ".", "", "a\0b.docx"])
def test_path_that_cannot_be_opened(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert refused(path).code == "missing"


def test_signature_of_a_pdf_may_come_late():
    assert texts(read_source(b"\n\n" + raw_pdf(text_page(["Ke hoach nam"])))) == ["Ke hoach nam"]


def test_every_refusal_says_what_and_what_to_do_in_both_languages():
    figures = {"megabytes": 50, "pages": 400, "seconds": 20}

    for code in _SENTENCES:
        error = refusal(code, **figures)
        assert (error.code, str(error)) == (code, error.vi)
        for sentence in (error.vi, error.en):
            assert len(sentence.removesuffix(".").split(". ")) == 2, sentence
            assert sentence.endswith(".")
            assert "{" not in sentence
            assert "\n" not in sentence


def test_zip_written_on_another_system_is_read():
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx("Kế hoạch"))) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new,
    ):
        for name in old.namelist():
            new.writestr("/" + name, old.read(name))

    assert texts(read_source(buffer.getvalue())) == ["Kế hoạch"]
