"""Hostile files are refused, each by its name with a reason; what is good passes without what it tells."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from asking_scene import forget_counts, mark_in, tell
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hostile_files import MARK, _box, _m4a, _pdf, hostile_files
from PIL import Image

from factories.feedback import make_desk
from loa.core.recordings import _ogg_sum, clean_recording
from loa.core.sealing import unseal_bytes
from loa.core.uploads import UploadError
from loa.feedback.forms.files import check_citizen_file
from loa.feedback.models import DraftFile

FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def check(name, content):
    return check_citizen_file(SimpleUploadedFile(name, content))


def test_five_hundred_hostile_files_are_refused_each_with_a_reason():
    reasons = []
    for name, content in hostile_files():
        with pytest.raises(UploadError) as refused:
            check(name, content)
        reasons.append(str(refused.value).strip())

    assert len(reasons) == 500
    assert all(reasons)


@pytest.mark.django_db
def test_hostile_files_are_named_on_the_page_and_none_lies_in_the_store(client, settings):
    forget_counts()
    make_desk()
    with translation.override("en"):
        tell(client)
        page = client.get("/gop-y/gui/tep/")
        files = [SimpleUploadedFile(name.replace("/", "_"), content) for name, content in hostile_files(84)]
        answer = client.post("/gop-y/gui/tep/", {"ban": mark_in(page), "attached": files})

    told = answer.content.decode()
    assert answer.status_code == 422
    assert told.count("<li>") >= len(files)
    assert DraftFile.objects.count() == 0
    stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert [path for path in stored if MARK in unseal_bytes(path.read_bytes())] == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_hangs_on_a_picture_is_not_kept(kind):
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind)
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("a.exe", MARK)

    upload = check(f"anh.{'jpg' if kind == 'JPEG' else 'png'}", out.getvalue() + hidden.getvalue())

    assert MARK not in upload.content
    assert not zipfile.is_zipfile(io.BytesIO(upload.content))


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Windows\\x.pdf", "x.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("\0\n.pdf", "tep.pdf"),
    ],
)
def test_name_leads_nowhere(sent, name):
    file = SimpleUploadedFile("x.pdf", _pdf(b""))
    file._name = sent  # as a library that cleans nothing would give it

    assert check_citizen_file(file).name == name


def test_plain_pdf_passes():
    assert check("giay.pdf", _pdf(b"")).kind == "pdf"


def test_tags_of_mpeg_sound_are_left_out():
    tag = b"ID3\x04\0\0\0\0\0\x13" + MARK

    upload = check("tieng.mp3", tag + FRAME * 5 + b"TAG" + MARK.ljust(125, b"\0"))

    assert upload.content == FRAME * 5


def test_what_mp4_sound_tells_is_blanked_and_its_length_stays():
    told = _box(b"udta", MARK)
    content = _m4a(b"soun", more=told).replace(_box(b"mdat", MARK), _box(b"mdat", b"tieng"))

    upload = check("tieng.m4a", content)

    assert MARK not in upload.content
    assert len(upload.content) == len(content)


def page_of(body, number):
    head = b"OggS\0\0" + bytes(8) + b"\1\0\0\0" + struct.pack("<I", number) + bytes(4) + bytes([1, len(body)])
    page = head + body
    return page[:22] + struct.pack("<I", _ogg_sum(page)) + page[26:]


def test_comments_of_opus_are_emptied_and_the_sound_stays():
    sound = page_of(b"tieng noi", 2)
    content = page_of(b"OpusHead" + bytes(11), 0) + page_of(b"OpusTags" + MARK, 1) + sound

    upload = check("tieng.ogg", content)

    assert MARK not in upload.content
    assert upload.content.endswith(sound)
    assert clean_recording(upload.content, "ogg") == upload.content


def test_tags_of_webm_are_blanked():
    head = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"
    tracks = b"\x16\x54\xae\x6b\x85\xae\x83\x83\x81\x02"
    tags = b"\x12\x54\xc3\x67" + bytes([0x80 | len(MARK)]) + MARK
    content = (
        head + b"\x18\x53\x80\x67\xff" + tags + tracks + b"\x1f\x43\xb6\x75\xff\xe7\x81\0\xa3\x83\x81\0\0"
    )

    upload = check("tieng.webm", content)

    assert MARK not in upload.content
    assert len(upload.content) == len(content)


def test_large_file_is_refused_before_it_is_read():
    file = SimpleUploadedFile("a.pdf", b"%PDF-")
    file.size = 11 * 1024 * 1024

    with pytest.raises(UploadError):
        check_citizen_file(file)
