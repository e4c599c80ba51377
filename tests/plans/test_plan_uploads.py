import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from loa.core.uploads import UploadError, check_upload, clean_name

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 64
MP3 = b"ID3\x03\0\0\0\0\0\x0a" + b"\0" * 64
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 200
EXE = b"MZ\x90\0" + b"\0" * 200


def office(*members, types=WORD, main="word/document.xml", compression=zipfile.ZIP_DEFLATED):
    """A small Office file with further (name, content) members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/x" ContentType="{types}"/></Types>'
        )
        archive.writestr(main, "<document/>")
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def open_document(*members):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office/>")
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def picture(kind="JPEG", mode="RGB", **options):
    out = BytesIO()
    Image.new(mode, (40, 20), "red" if mode == "RGB" else 0).save(out, kind, **options)
    return out.getvalue()


def check(content, name, **options):
    return check_upload(BytesIO(content), name, **options)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "Biên bản.pdf", "pdf"),
        (office(), "bao-cao.docx", "docx"),
        (office(main="xl/workbook.xml"), "bang.xlsx", "xlsx"),
        (office(main="ppt/presentation.xml"), "trinh-chieu.PPTX", "pptx"),
        (open_document(), "van-ban.odt", "odt"),
        (picture(), "anh.jpeg", "jpg"),
        (picture("PNG"), "anh.png", "png"),
        (picture("PNG", "P"), "anh.png", "png"),
        (MP3, "am-thanh.mp3", "mp3"),
        (MP4, "phim.mp4", "mp4"),
        (PDF, "khong-duoi", "pdf"),
    ],
)
def test_file_is_known_by_its_content(content, name, kind):
    assert check(content, name).kind == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "rong.pdf"),
        (b"plain text", "thu.txt"),
        (b"<html><script>alert(1)</script></html>", "trang.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "hinh.png"),
        (ELF, "chuong-trinh.pdf"),
        (EXE, "anh.jpg"),
        (PDF, "anh.jpg"),
        (picture(), "anh.png"),
        (office(), "bang.xlsx"),
        (office(("word/vbaProject.bin", b"\0")), "macro.docx"),
        (office(types="application/vnd.ms-word.document.macroEnabled.main+xml"), "macro.docx"),
        (open_document(("Basic/script-lc.xml", "<x/>")), "macro.odt"),
        (office(("../../etc/passwd", "x")), "leo-thang.docx"),
        (office(("/etc/passwd", "x")), "tuyet-doi.docx"),
        (office(main="word/other.xml"), "la.docx"),
        (office()[:-40], "cut.docx"),
        (b"PK\x03\x04" + b"\0" * 60, "hong.docx"),
        (picture()[:200], "hong.jpg"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "hong.png"),
        (b"Rar!\x1a\x07\0" + b"\0" * 60, "nen.rar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cu.doc"),
    ],
)
def test_file_is_refused_with_a_sentence(content, name):
    with pytest.raises(UploadError, match=r"\.$"):
        check(content, name)


def test_plain_archive_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", PDF)

    with pytest.raises(UploadError):
        check(out.getvalue(), "nen.zip")


def test_archive_that_unpacks_to_much_more_is_refused():
    content = office(("word/media/bomb.bin", b"\0" * 40_000_000))

    with pytest.raises(UploadError):
        check(content, "bom.docx")


def test_archive_with_thousands_of_members_is_refused():
    content = office(*((f"word/m{number}.xml", "x") for number in range(4_100)))

    with pytest.raises(UploadError):
        check(content, "nhieu.docx")


def test_locked_document_is_refused():
    content = bytearray(office())
    central = content.index(b"PK\x01\x02")
    flags = struct.unpack_from("<H", content, central + 8)[0]
    struct.pack_into("<H", content, central + 8, flags | 1)

    with pytest.raises(UploadError):
        check(bytes(content), "khoa.docx")


def test_file_over_the_limit_is_refused_without_reading_it_all():
    class Endless:
        def __init__(self):
            self.taken = 0

        def read(self, size):
            self.taken += size
            return b"%PDF-" + b"0" * (size - 5)

    file = Endless()

    with pytest.raises(UploadError):
        check_upload(file, "to.pdf", limit_mb=1)

    assert file.taken == 1024 * 1024 + 1


def test_picture_loses_place_and_device_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Máy ảnh"
    exif.get_ifd(0x8825)[2] = (20.0, 51.0, 0.0)  # latitude

    upload = check(picture(exif=exif), "anh.jpg")

    with Image.open(BytesIO(upload.content)) as clean:
        assert (dict(clean.getexif()), clean.size) == ({}, (20, 40))


def test_text_hidden_in_a_png_is_gone():
    info = PngInfo()
    info.add_text("Author", "Người chụp")

    upload = check(picture("PNG", pnginfo=info), "anh.png")

    assert b"Author" not in upload.content


def test_picture_with_too_many_pixels_is_refused():
    header = struct.pack(">II5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))

    with pytest.raises(UploadError):
        check(content + b"\0" * 60, "lon.png")


def test_same_file_gives_the_same_digest():
    assert check(picture(), "a.jpg").sha256 == check(picture(), "b.jpg").sha256


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("tep\u202egpj.pdf", "tepgpj.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie  x.pdf"),
        ("", "tep.pdf"),
        (".pdf", "tep.pdf"),
        ("a" * 400 + ".pdf", "a" * 150 + ".pdf"),
        ("nhie\u0323n.pdf", "nhiẹn.pdf"),
    ],
)
def test_name_is_made_safe(name, clean):
    assert clean_name(name, "pdf") == clean


@given(st.text(max_size=300))
def test_any_name_becomes_a_plain_file_name(name):
    clean = clean_name(name, "pdf")

    assert clean.endswith(".pdf")
    assert not set(clean) & set('/\\\0\r\n<>:"|?*')
    assert 4 < len(clean) <= 154


@given(st.binary(max_size=400), st.sampled_from([PDF, office(), picture(), MP4]), st.integers(0, 300))
def test_broken_bytes_are_refused_or_taken_never_an_accident(noise, whole, at):
    content = whole[:at] + noise + whole[at + len(noise) :]

    outcome = taken_or_refused(content)

    assert outcome == "taken" or outcome.endswith(".")


def taken_or_refused(content):
    try:
        check(content, "tep")
    except UploadError as error:
        return str(error)
    return "taken"
