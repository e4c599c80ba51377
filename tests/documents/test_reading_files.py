"""Files as they come: read once, kept once, refused with a sentence, taken up again after a kill."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from factories import make_agency, make_user
from loa.core import clock
from loa.demo.sample_plan import SAMPLE_PLAN
from loa.documents import jobs
from loa.documents.actions import drop_reading, read_document, take_in
from loa.documents.clocks import read_unread
from loa.documents.models import Proposal, Reading
from loa.documents.queries import unread_readings
from officialdoc.model import UnreadableDocumentError

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLAN = """ỦY BAN NHÂN DÂN THÀNH PHỐ BIỂN
Số: 7/KH-UBND
Biển, ngày 01 tháng 02 năm 2019
KẾ HOẠCH
Tuyên truyền năm 2019
I. MỤC ĐÍCH
Làm cho mọi người biết.
"""


@pytest.fixture
def agency():
    return make_agency("Sở Báo chí")


@pytest.fixture
def person(agency):
    return make_user(agency, "focal_point")


def taken(content, name, agency, person):
    return take_in(content, name, agency=agency, by=person, queue=False)


def packed(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_file_is_kept_under_its_digest_whatever_it_is_called(agency, person):
    content = PLAN.encode()

    reading = taken(content, "../../etc/Kế hoạch.txt", agency, person)

    digest = hashlib.sha256(content).hexdigest()
    assert (reading.file.name, reading.file_name) == (f"documents/{digest[:2]}/{digest}", "Kế hoạch.txt")
    assert (reading.state, reading.agency, reading.started_by) == ("queued", agency, person)


def test_the_same_file_of_one_agency_is_one_reading_and_of_two_agencies_two_with_one_file(agency, person):
    other = make_agency("Sở Văn nghệ")
    first = taken(PLAN.encode(), "a.txt", agency, person)

    again = taken(PLAN.encode(), "b.txt", agency, person)
    elsewhere = taken(PLAN.encode(), "c.txt", other, make_user(other, "head"))

    assert (again, elsewhere.file.name) == (first, first.file.name)
    assert Reading.objects.count() == 2
    assert len(default_storage.listdir(f"documents/{first.sha256[:2]}")[1]) == 1


def test_a_file_dropped_or_refused_may_be_sent_again(agency, person):
    first = read_document(taken(PLAN.encode(), "a.txt", agency, person))
    drop_reading(first, note="Nhầm tệp", by=person)

    second = taken(PLAN.encode(), "a.txt", agency, person)

    assert (second.state, second.pk == first.pk) == ("queued", False)


def test_who_works_for_no_agency_sends_nothing(agency):
    with pytest.raises(PermissionDenied):
        taken(PLAN.encode(), "a.txt", agency, make_user())

    assert Reading.objects.count() == 0


def test_a_file_over_the_limit_is_refused_and_kept_nowhere(agency, person, settings):
    settings.UPLOAD_LIMIT_MB = 1

    with pytest.raises(UnreadableDocumentError) as refusal:
        taken(b"a" * (1024 * 1024 + 1), "a.txt", agency, person)

    assert refusal.value.code == "file_too_big"
    assert Reading.objects.count() == 0


def test_a_file_sent_is_queued_and_read_by_the_job(agency, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reading = take_in(PLAN.encode(), "a.txt", agency=agency, by=person)

    reading.refresh_from_db()
    header = reading.proposals.get(kind="header")
    assert (reading.state, header.data["number"]) == ("read", "7/KH-UBND")


def test_the_sample_plan_gives_its_proposals_each_with_its_place(agency, person):
    reading = read_document(taken(SAMPLE_PLAN.read_bytes(), SAMPLE_PLAN.name, agency, person))

    counts = {kind: reading.proposals.filter(kind=kind).count() for kind in Proposal.Kind.values}
    places = [(row.source["start"], row.source["end"]) for row in reading.proposals.all()]
    assert counts == {"header": 1, "basis": 2, "topic": 9, "form": 8, "task": 17, "duty": 39, "rule": 3}
    assert all(0 <= start < end <= len(reading.text) for start, end in places)


def test_what_was_found_is_kept_beside_what_a_person_makes_of_it(agency, person):
    reading = read_document(taken(PLAN.encode(), "a.txt", agency, person))

    header = reading.proposals.get(kind="header")
    assert header.found == header.data
    assert (header.version, header.is_checked, header.is_dropped) == (0, False, False)


HOSTILE = {
    "a broken Word file": (b"PK\x03\x04" + b"\x00" * 60, "a.docx"),
    "an archive": (packed({"a.txt": "x"}), "a.zip"),
    "a zip bomb": (
        packed({"word/document.xml": "0" * 30_000_000, "[Content_Types].xml": "<Types/>"}),
        "a.docx",
    ),
    "an entity bomb": (
        packed(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>',
            }
        ),
        "a.docx",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "a.docx"),
    "a truncated PDF": (b"%PDF-1.7\n1 0 obj\n<<", "a.pdf"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc"),
    "nothing but spaces": (b"   \n  ", "a.txt"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_both_languages_and_makes_nothing(what, agency, person):
    content, name = HOSTILE[what]

    reading = read_document(taken(content, name, agency, person))

    reading.refresh_from_db()
    assert (reading.state, reading.text, reading.proposals.count()) == ("failed", "", 0)
    assert reading.error_vi.endswith(".")
    assert reading.error_en.endswith(".")
    assert reading.error_vi != reading.error_en


def test_a_reading_left_half_done_by_a_kill_is_taken_up_again(agency, person):
    reading = taken(PLAN.encode(), "a.txt", agency, person)
    long_ago = clock.now() - timedelta(minutes=10)
    Reading.objects.filter(pk=reading.pk).update(began_at=long_ago, state="reading")

    assert read_unread() == 1
    reading.refresh_from_db()
    assert (reading.state, read_unread()) == ("read", 0)


def test_a_reading_somebody_has_just_taken_up_is_left_to_them(agency, person):
    fresh = taken(PLAN.encode(), "a.txt", agency, person)
    being_read = taken(PLAN.encode() + b"2", "b.txt", agency, person)
    Reading.objects.filter(pk=being_read.pk).update(began_at=clock.now(), state="reading")

    assert list(unread_readings(clock.now())) == []
    assert list(unread_readings(clock.now() + timedelta(minutes=5))) == [fresh, being_read]


def test_reading_what_is_read_changes_nothing(agency, person):
    reading = read_document(taken(PLAN.encode(), "a.txt", agency, person))
    reading.proposals.update(is_checked=True)

    jobs.read_document(reading.pk)
    jobs.read_document(reading.pk + 1000)  # gone in the meantime

    assert reading.proposals.get(kind="header").is_checked


def test_two_workers_on_one_file_leave_the_edits_of_the_first_alone(agency, person):
    reading = taken(PLAN.encode(), "a.txt", agency, person)
    slow = Reading.objects.get(pk=reading.pk)
    read_document(reading)
    reading.proposals.update(is_checked=True)

    read_document(slow)

    assert reading.proposals.get(kind="header").is_checked
