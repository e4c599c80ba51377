"""What anybody sees: only what was announced, no cookie, no names; and one's own registration."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from factories import make_registration
from loa.core import clock
from loa.events import actions
from loa.events.models import EventMaterial, Registration

HOUR = timedelta(hours=1)


def public(scene, **fields):
    return scene.event(is_public=True, **fields)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 200),
        ({"state": "cancelled"}, 200),
        ({"state": "approved"}, 404),
        ({"state": "cancelled", "announced_at": None}, 404),
        ({"is_public": False}, 404),
    ],
)
def test_only_what_was_announced_is_public(scene, client, fields, status):
    event = scene.event(**{"is_public": True, **fields})

    answer = client.get(reverse("events:public_detail", args=[event.pk]))

    assert (answer.status_code, len(answer.cookies)) == (status, 0)


def test_the_public_list_has_coming_and_past(scene, client):
    coming = public(scene, title="Sắp tới")
    past = public(scene, title="Đã qua", starts_at=clock.now() - timedelta(days=9))

    page = client.get(reverse("events:public_list"))
    found = client.get(reverse("events:public_list"), {"q": "da qua", "kind": "training"})

    assert (list(page.context["coming"]), list(page.context["past"])) == ([coming], [past])
    assert (list(found.context["coming"]), list(found.context["past"])) == ([], [past])


@pytest.mark.parametrize("count", [1, 30])
def test_public_queries_do_not_grow(scene, client, django_assert_num_queries, count):
    for _number in range(count):
        public(scene)
        public(scene, starts_at=clock.now() - timedelta(days=9))
    url = reverse("events:public_list")
    client.get(url)

    with django_assert_num_queries(6):
        client.get(url)


def test_nobody_reads_who_comes(scene, client):
    event = public(scene, registration_opens_at=clock.now() - HOUR)
    make_registration(event, name="Nguyễn Thị Kín", phone="0911222333")

    page = client.get(reverse("events:public_detail", args=[event.pk])).content.decode()

    assert ("Kín" in page, "0911222333" in page) == (False, False)


def test_one_registers_comes_back_and_cancels(scene, client):
    event = public(scene, registration_opens_at=clock.now() - HOUR)
    url = reverse("events:register", args=[event.pk])
    key = client.get(url).context["form"].initial["key"]
    said = {"name": "An", "phone": "0912 345 678", "has_consented": "on", "key": key}

    done, again = client.post(url, said), client.post(url, said)
    row = Registration.objects.get()
    ticket = client.get(done.url)
    found = client.post(reverse("events:own_find"), {"code": row.code, "contact": "0912345678"})
    client.post(done.url)

    assert (done.url, again.url, found.url) == (done.url, done.url, done.url)
    assert ("<svg" in ticket.content.decode(), ticket["Cache-Control"].startswith("max-age=0")) == (
        True,
        True,
    )
    assert Registration.objects.get().state == "cancelled"
    assert client.post(done.url).status_code in (403, 409)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"has_consented": ""}, "has_consented"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"name": " "}, "name"),
        ({"website": "http://spam.example"}, "__all__"),
    ],
)
def test_a_wrong_registration_keeps_what_was_typed(scene, client, changes, field):
    event = public(scene, registration_opens_at=clock.now() - HOUR)
    said = {"name": "An", "phone": "0912345678", "has_consented": "on", "organisation": "Phường 1", **changes}

    answer = client.post(reverse("events:register", args=[event.pk]), said)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Phường 1" in answer.content.decode()
    assert Registration.objects.count() == 0


def test_a_flood_from_one_connection_is_stopped(scene, client, monkeypatch):
    cache.clear()
    monkeypatch.setattr("loa.events.views.registering.MOST_LOOKS", 2)
    url = reverse("events:own_find")

    statuses = [client.post(url, {"code": "ABCD2345", "contact": "09"}).status_code for _time in range(3)]

    assert statuses == [409, 409, 429]


def test_a_forged_link_opens_nothing(scene, client):
    row = make_registration(public(scene))

    assert client.get(reverse("events:own_registration", args=[f"{row.code}:abc"])).status_code == 404


def test_a_player_may_ask_for_a_piece(scene, client):
    path = default_storage.save("events/film", ContentFile(b"0123456789"))
    event = public(scene, recording=path, recording_type="video/mp4", captions="WEBVTT\n\n")
    url = reverse("events:public_recording", args=[event.pk])

    whole, piece = client.get(url), client.get(url, headers={"Range": "bytes=2-4"})
    last, nonsense = (client.get(url, headers={"Range": asked}) for asked in ("bytes=-3", "bytes=90-"))

    got = [b"".join(answer.streaming_content) for answer in (whole, piece, last)]
    assert got == [b"0123456789", b"234", b"789"]
    assert (nonsense.status_code, nonsense["Content-Range"]) == (416, "bytes */10")
    assert (piece.status_code, piece["Content-Range"]) == (206, "bytes 2-4/10")
    assert client.get(reverse("events:public_captions", args=[event.pk]))["Content-Type"].startswith(
        "text/vtt"
    )


def test_only_public_files_of_public_events_are_given(scene, client):
    common = {
        "file_name": "a.pdf",
        "file_type": "application/pdf",
        "size": 5,
        "by": scene.officer,
        "at": clock.now(),
        "title": "Tài liệu",
    }
    shown, hidden = (
        EventMaterial.objects.create(
            event=public(scene),
            sha256=str(is_public) * 8,
            is_public=is_public,
            file=ContentFile(b"paper", name="a"),
            **common,
        )
        for is_public in (True, False)
    )

    answers = [client.get(reverse("events:public_material", args=[row.pk])) for row in (shown, hidden)]

    assert [answer.status_code for answer in answers] == [200, 404]
    answers[0].close()


def test_a_calendar_says_what_was_called_off(scene, client):
    event = public(scene, state="cancelled", title="Hội nghị")

    text = client.get(reverse("events:public_calendar", args=[event.pk])).content.decode()

    assert ("STATUS:CANCELLED" in text, "SUMMARY:Hội nghị" in text) == (True, True)


def test_the_conclusion_is_read_once_it_is_issued(scene, client):
    event = scene.held(people=0, is_public=True)
    paper = actions.begin_paper(event, "conclusion", by=scene.officer)
    actions.write_paper(paper, text="Giao các quận thực hiện", receivers="", by=scene.officer)
    paper.refresh_from_db()
    url = reverse("events:public_detail", args=[event.pk])

    before = client.get(url).content.decode()
    actions.take_paper_step(paper, "hand_in", by=scene.officer)
    actions.take_paper_step(paper, "issue", by=scene.head)
    after = client.get(url).content.decode()

    assert ("Giao các quận" in before, "Giao các quận" in after) == (False, True)


def test_what_goes_on_stands_before_what_is_over_whatever_the_clock_says(scene, client):
    now = clock.now()
    late = scene.event(is_public=True, state="running", starts_at=now - 5 * HOUR, ends_at=now - HOUR)
    early = scene.event(is_public=True, state="ended", starts_at=now - HOUR, ends_at=now + HOUR)

    page = client.get(reverse("events:public_list"))

    assert ([*page.context["coming"]], [*page.context["past"]]) == ([late], [early])
