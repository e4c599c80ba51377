"""Five hundred hostile files, the same in every run: each holds a mark that must be found nowhere afterwards."""

import io
import random
import struct
import zipfile
import zlib

from PIL import Image

MARK = b"LOA-HOSTILE-PAYLOAD"
_SCRIPT = b"<script>alert('" + MARK + b"')</script>"


def hostile_files(count=500):
    """(name, content) pairs."""
    lot = random.Random(2019)
    makers = [
        _program, _svg, _html, _bomb, _macro, _archive, _huge_picture, _cut_picture, _pdf_with_script,
        _pdf_hidden_name, _pdf_with_file, _pdf_and_zip, _pdf_locked, _cut_pdf, _pdf_without_table, _text,
        _mp3_of_nothing, _mp3_and_program, _ogg_of_nothing, _ogg_wrong_sum, _m4a_film, _m4a_cut, _webm_film,
        _webm_junk, _empty, _packed_pdf_script, _picture_named_sound, _wave,
    ]  # fmt: skip
    for number in range(count):
        yield makers[number % len(makers)](lot, number)


def _noise(lot, size=200):
    return lot.randbytes(size) + MARK + lot.randbytes(size)


def _program(lot, number):
    head = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!/bin/sh\n")[number % 4]
    return f"anh{number}.{lot.choice(['jpg', 'png', 'pdf', 'mp3', 'm4a'])}", head + _noise(lot)


def _svg(lot, number):
    return (
        f"hinh{number}.{lot.choice(['svg', 'png', 'jpg'])}",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + _SCRIPT,
    )


def _html(lot, number):
    return f"trang{number}.{lot.choice(['html', 'pdf', 'png'])}", b"<!doctype html>" + _SCRIPT


def _zip(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _bomb(_lot, number):
    return f"bom{number}.docx", _zip({"word/document.xml": b"\0" * 3_000_000, "a": MARK})


def _macro(lot, number):
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": "<w/>",
        "word/vbaProject.bin": _noise(lot),
    }
    return f"van-ban{number}.docx", _zip(parts)


def _archive(lot, number):
    name = lot.choice(["../../etc/passwd", "a\\b", "/goc", "x"])
    return f"../..\\goi{number}.{lot.choice(['zip', 'pdf', 'jpg'])}", _zip({name: _noise(lot)})


def _png(width, height, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _huge_picture(lot, number):
    return f"to{number}.png", _png(60_000 + number, 60_000, zlib.compress(MARK + lot.randbytes(50)))


def _cut_picture(lot, number):
    out = io.BytesIO()
    Image.frombytes("RGB", (64, 64), lot.randbytes(64 * 64 * 3)).save(out, "JPEG" if number % 2 else "PNG")
    return f"cut{number}.{'jpg' if number % 2 else 'png'}", out.getvalue()[:90]


def _pdf(body, *, end=True):
    content = (
        b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R"
        + body
        + b">> endobj\n2 0 obj <</Type /Pages>> endobj\n"
    )
    place = len(content)
    content += b"xref\n0 1\n0000000000 65535 f \ntrailer <</Root 1 0 R>>\n"
    return content + (f"startxref\n{place}\n%%EOF\n".encode() if end else b"")


def _pdf_with_script(_lot, number):
    act = lot_choice(number, [b"/JavaScript", b"/Launch", b"/SubmitForm", b"/ImportData"])
    return f"giay{number}.pdf", _pdf(b" /OpenAction <</S " + act + b" /JS (" + MARK + b")>>")


def lot_choice(number, choices):
    return choices[number % len(choices)]


def _pdf_hidden_name(_lot, number):
    return f"giay{number}.pdf", _pdf(b" /AA <</S /J#61vaScript /J#53 (" + MARK + b")>>")


def _pdf_with_file(lot, number):
    return f"giay{number}.pdf", _pdf(b" /Names <</EmbeddedFiles (" + _noise(lot).replace(b"%", b"-") + b")>>")


def _pdf_and_zip(lot, number):
    return f"giay{number}.pdf", _pdf(b"") + _zip({"a.exe": _noise(lot)})


def _pdf_locked(_lot, number):
    return f"giay{number}.pdf", _pdf(b" /Encrypt 9 0 R /X (" + MARK + b")")


def _cut_pdf(_lot, number):
    return f"giay{number}.pdf", _pdf(b" /X (" + MARK + b")")[: 60 + number % 40]


def _pdf_without_table(_lot, number):
    return f"giay{number}.pdf", _pdf(b" /X (" + MARK + b")", end=False) + b"startxref\n999999\n%%EOF"


def _packed_pdf_script(_lot, number):
    packed = zlib.compress(b"5 0 <</S /JavaScript /JS (" + MARK + b")>>")
    body = b">> endobj 7 0 obj <</Type /ObjStm /Length " + str(len(packed)).encode() + b">> stream\n" + packed
    return f"giay{number}.pdf", _pdf(body + b"\nendstream endobj 8 0 obj <<")


def _text(lot, number):
    return (
        f"ghi-chu{number}.{lot.choice(['txt', 'php', 'js', 'pdf.exe', 'sh'])}",
        MARK + b" " + lot.randbytes(20),
    )


def _mp3_of_nothing(lot, number):
    return f"tieng{number}.mp3", b"ID3\x04\0\0\0\0\0\x0a" + _noise(lot)


def _mp3_and_program(lot, number):
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return f"tieng{number}.mp3", frame * 4 + b"MZ" + _noise(lot, 2000)


def _ogg_of_nothing(lot, number):
    return f"tieng{number}.ogg", b"OggS\0" + _noise(lot)


def _ogg_wrong_sum(lot, number):
    page = b"OggS\0\x02" + bytes(16) + b"\1\2\3\4" + bytes([1, 60]) + (b"OpusHead" + MARK).ljust(60, b"\0")
    return f"tieng{number}.ogg", page + page + lot.randbytes(3)


def _box(name, content):
    return struct.pack(">I4s", 8 + len(content), name) + content


def _m4a(kind, *, more=b""):
    handler = _box(b"hdlr", bytes(8) + kind + bytes(12))
    moov = _box(b"moov", _box(b"trak", _box(b"mdia", handler)))
    return _box(b"ftyp", b"M4A \0\0\0\0") + moov + _box(b"mdat", MARK) + more


def _m4a_film(_lot, number):
    return f"tieng{number}.m4a", _m4a(b"vide")


def _m4a_cut(lot, number):
    return f"tieng{number}.m4a", _m4a(b"soun", more=b"MZ" + lot.randbytes(30))


def _webm_film(_lot, number):
    tracks = b"\x16\x54\xae\x6b\x85\xae\x83\x83\x81\x01"
    head = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"
    return (
        f"tieng{number}.webm",
        head + b"\x18\x53\x80\x67\xff" + tracks + b"\x1f\x43\xb6\x75\xff\xe7\x81\0" + MARK[:0],
    )


def _webm_junk(lot, number):
    return f"tieng{number}.webm", b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm" + _noise(lot)


def _empty(_lot, number):
    return f"rong{number}.pdf", b""


def _picture_named_sound(_lot, number):
    return f"anh{number}.mp3", _png(1, 1, zlib.compress(b"\0" + MARK[:3]))


def _wave(lot, number):
    return f"tieng{number}.wav", b"RIFF\0\0\0\0WAVEfmt " + _noise(lot)
