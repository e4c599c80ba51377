from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from factories import make_agency, make_user
from loa.core.page_cache import SAME_FOR_ALL
from loa.portal import actions
from loa.portal.models import DownloadDay, Parcel, Publication

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"


def url(name, *args):
    return reverse(f"portal:{name}", args=args)


def text(response):
    return response.content.decode()


# the public --------------------------------------------------------------------------------------
def test_public_reads_what_is_released_and_nothing_else(client, prints):
    draft = prints.draft(title="Còn viết dở")
    released = prints.released(title="Đã phát hành")

    listed = text(client.get(url("publication_list")))

    assert "Đã phát hành" in listed
    assert "Còn viết dở" not in listed
    assert client.get(url("publication_detail", draft.pk)).status_code == 404
    assert client.get(url("publication_detail", released.pk)).status_code == 200


def test_withdrawn_publication_and_its_file_are_gone(client, prints):
    publication = prints.released()
    file = publication.files.get()
    prints.take(publication, "withdraw")

    assert client.get(url("publication_detail", publication.pk)).status_code == 404
    assert client.get(url("publication_download", file.pk)).status_code == 404


def test_file_of_the_printer_is_not_public(client, prints):
    publication = prints.draft()
    prints.with_file(publication)
    file = prints.with_file(publication, purpose="print", name="in.pdf")
    prints.take(publication, "hand_to_editor", "approve", "release")

    assert client.get(url("publication_download", file.pk)).status_code == 404


def test_public_pages_open_no_session(client, prints):
    publication = prints.released()

    for name, args in (
        ("publication_list", []),
        ("publication_detail", [publication.pk]),
        ("publication_text", [publication.pk]),
        ("publication_download", [publication.files.get().pk]),
    ):
        response = client.get(url(name, *args), headers={"user-agent": FIREFOX})
        b"".join(response)  # a file is closed when it has been sent
        assert "sessionid" not in response.cookies, name


def test_public_pages_may_be_kept_for_all_and_downloads_may_not(client, prints):
    publication = prints.released()

    page = client.get(url("publication_detail", publication.pk))
    file = client.get(url("publication_download", publication.files.get().pk))
    b"".join(file)

    assert page["Cache-Control"] == SAME_FOR_ALL
    assert "no-cache" in file["Cache-Control"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mot+cua", True),
        ("q=MỘT cửa", True),
        ("q=sổ tay", False),
        ("kind=leaflet", True),
        ("kind=poster", False),
        ("year=2019", True),
        ("year=2018", False),
        ("topic=999999", False),
        ("kind=nothing&year=abc&page=-1", True),  # what makes no sense is left out
    ],
)
def test_list_is_filtered(client, prints, query, found):
    prints.released()

    page = client.get(f"{url('publication_list')}?{query}")

    assert (page.status_code, "Tờ gấp Một cửa" in text(page)) == (200, found)


def test_topics_lead_to_what_is_about_them(client, prints):
    topic = prints.work.plan.topics.create(text="Dịch vụ công trực tuyến", position=1)
    publication = prints.released(topics=[topic])

    assert f"?topic={topic.pk}" in text(client.get(url("publication_detail", publication.pk)))
    assert "Tờ gấp Một cửa" in text(client.get(f"{url('publication_list')}?topic={topic.pk}"))


def test_cover_keeps_its_place(client, prints):
    publication = prints.released()

    page = text(client.get(url("publication_list")))

    assert f'width="{publication.cover_width}" height="{publication.cover_height}"' in page


def test_words_of_the_pdf_are_a_page(client, prints):
    publication = prints.released()

    page = text(client.get(url("publication_text", publication.pk)))

    assert "<b>Một cửa</b>" in page
    assert "Giữ giấy hẹn để nhận kết quả." in page


def test_without_a_text_layer_there_is_no_page_of_words(client, prints):
    publication = prints.released()
    publication.files.update(pages=[])

    assert client.get(url("publication_text", publication.pk)).status_code == 404
    assert url("publication_text", publication.pk) not in text(
        client.get(url("publication_detail", publication.pk))
    )


def test_hostile_words_stay_words(client, prints):
    publication = prints.released(title="<script>x</script>", about='"><img src=x onerror=y>' + "a" * 1900)
    publication.files.update(pages=[[{"text": "<script>z</script>", "bold": False}]])

    for name in ("publication_detail", "publication_text"):
        page = text(client.get(url(name, publication.pk)))
        assert "<script>x" not in page
        assert "<script>z" not in page
        assert "<img src=x" not in page


def test_download_is_counted_once_and_for_people_alone(client, prints):
    file = prints.released().files.get()

    sent = []
    for agent, more in (
        (FIREFOX, {}),
        (FIREFOX, {"range": "bytes=500-"}),  # a fetch that goes on
        ("Googlebot/2.1", {}),
    ):
        response = client.get(url("publication_download", file.pk), headers={"user-agent": agent, **more})
        sent.append((response.status_code, b"".join(response.streaming_content)))
    head = client.head(url("publication_download", file.pk), headers={"user-agent": FIREFOX})
    for close in head._resource_closers:  # the client drops the content, and with it the open file
        close()

    assert sent == [(200, prints.pdf), (206, prints.pdf[500:]), (200, prints.pdf)]
    assert list(DownloadDay.objects.values_list("count", flat=True)) == [1]
    assert "no-cache" in response["Cache-Control"]


def test_list_costs_the_same_for_1_and_20(client, prints, django_assert_num_queries):
    for count in (1, 20):
        while Publication.objects.filter(state="released").count() < count:
            Publication.objects.create(
                state="released", released_on=date(2019, 6, 3), kind="poster", title="A", about="B",
                agency=prints.publisher, created_by=prints.writer, changed_by=prints.writer,
                created_at="2019-06-01T00:00:00Z",
            )  # fmt: skip
        with django_assert_num_queries(6):
            client.get(url("publication_list"))


# the desk ----------------------------------------------------------------------------------------
def test_publication_is_written_filed_approved_and_released_through_the_pages(as_user, prints):
    client = as_user(prints.writer)
    client.post(
        url("publication_desk_add"),
        {
            "title": "Sổ tay",
            "kind": "handbook",
            "about": "Dịch vụ công",
            "language": "vi",
            "assignment": prints.work.pk,
            "print_run": 50,
        },
    )
    publication = Publication.objects.get()
    file = SimpleUploadedFile("so-tay.pdf", prints.pdf)
    client.post(url("publication_file_add", publication.pk), {"purpose": "reading", "upload": file})
    client.post(url("publication_desk_step", publication.pk, "hand_to_editor"))
    as_user(prints.head).post(url("publication_desk_step", publication.pk, "approve"))
    done = as_user(prints.writer).post(url("publication_desk_step", publication.pk, "release"))

    publication.refresh_from_db()
    assert (done.status_code, publication.state, publication.files.count()) == (302, "released", 1)


def test_wrong_form_keeps_what_was_typed(as_user, prints):
    page = as_user(prints.writer).post(
        url("publication_desk_add"), {"title": "Đã gõ tên này", "print_run": "nhiều"}
    )

    assert page.status_code == 422
    assert "Đã gõ tên này" in text(page)


def test_file_that_is_no_document_is_refused_with_words(as_user, prints):
    publication = prints.draft()

    page = as_user(prints.writer).post(
        url("publication_file_add", publication.pk),
        {"purpose": "reading", "upload": SimpleUploadedFile("a.pdf", b"MZ a program")},
    )

    assert page.status_code == 422
    assert publication.files.count() == 0


def test_another_agencys_draft_is_not_found(as_user, prints):
    publication = prints.draft()

    stranger = as_user(make_user(make_agency(), "head"))

    assert stranger.get(url("publication_desk", publication.pk)).status_code == 404


def test_coordinator_of_the_plan_sees_it_once_approved(as_user, prints):
    overseer = make_user(prints.work.plan.coordinator, "focal_point")
    publication = prints.draft()
    assert as_user(overseer).get(url("publication_desk", publication.pk)).status_code == 404

    prints.with_file(publication)
    prints.take(publication, "hand_to_editor", "approve")

    assert as_user(overseer).get(url("publication_desk", publication.pk)).status_code == 200


def test_receiver_reads_the_publication_but_not_its_money_and_board(as_user, prints):
    dispatch = prints.sent()
    receiver = as_user(prints.person(prints.north, "focal_point"))

    page = receiver.get(url("publication_desk", dispatch.publication_id))

    assert (page.status_code, page.context["oversees"], page.context["cost"]) == (200, False, None)
    assert receiver.get(url("dispatch_detail", dispatch.pk)).status_code == 404


def test_desk_list_costs_the_same_for_1_and_30_and_is_exported(as_user, prints, django_assert_num_queries):
    client = as_user(prints.writer)
    prints.draft()
    client.get(url("publication_desk_list"))
    for count in (1, 30):
        while Publication.objects.count() < count:
            prints.draft()
        with django_assert_num_queries(8):
            client.get(url("publication_desk_list"))

    rows = sheet(client.get(url("publication_desk_list") + "?export=xlsx"))
    assert len(rows) == 31


def sheet(response):
    return list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


# sending and confirming --------------------------------------------------------------------------
def test_round_is_listed_sent_and_confirmed_through_the_pages(as_user, prints):
    publication = prints.approved()
    client = as_user(prints.writer)
    client.post(
        url("dispatch_add", publication.pk), {"as_of": "2019-06-03", "confirm_by": "2019-06-13", "note": ""}
    )
    dispatch = publication.dispatches.get()
    client.post(url("dispatch_line_add", dispatch.pk), {"agency": prints.north.pk, "each": 300})
    preview = client.get(dispatch.get_absolute_url())
    client.post(url("dispatch_step", dispatch.pk, "send"))
    parcel = Parcel.objects.get()

    receiver = as_user(prints.person(prints.north, "focal_point"))
    page = receiver.get(url("parcel_detail", parcel.pk))
    done = receiver.post(
        url("parcel_detail", parcel.pk), {"received": 300, "received_on": "2019-06-03", "remark": ""}
    )

    parcel.refresh_from_db()
    assert preview.context["expanded"].total == 300
    assert (page.status_code, done.status_code, parcel.received) == (200, 302, 300)


def test_too_many_copies_are_refused_on_the_form(as_user, prints):
    dispatch = prints.round(prints.approved(print_run=100))

    page = as_user(prints.writer).post(
        url("dispatch_line_add", dispatch.pk), {"agency": prints.north.pk, "each": 300}
    )

    assert page.status_code == 409
    assert dispatch.lines.count() == 0


def test_shortage_without_words_is_refused_and_keeps_the_number(as_user, prints):
    parcel = prints.sent().parcels.get(agency=prints.north)

    page = as_user(prints.person(prints.north, "clerk")).post(
        url("parcel_detail", parcel.pk), {"received": 250, "received_on": "2019-06-03", "remark": ""}
    )

    assert page.status_code == 409
    assert 'value="250"' in text(page)


def test_another_agency_does_not_find_the_parcel(as_user, prints):
    parcel = prints.sent(north=300).parcels.get()

    assert as_user(prints.person(prints.south, "head")).get(parcel.get_absolute_url()).status_code == 404


def test_sender_sees_the_parcel_but_does_not_confirm_it(as_user, prints):
    parcel = prints.sent(north=300).parcels.get()
    client = as_user(prints.writer)

    sent = client.post(
        url("parcel_detail", parcel.pk), {"received": 300, "received_on": "2019-06-03", "remark": ""}
    )

    assert (client.get(parcel.get_absolute_url()).status_code, sent.status_code) == (200, 403)


def test_board_costs_the_same_for_1_and_30_agencies(as_user, prints, django_assert_num_queries):
    dispatch = prints.sent(north=10)
    client = as_user(prints.writer)
    client.get(dispatch.get_absolute_url())
    for count in (1, 30):
        while dispatch.parcels.count() < count:
            Parcel.objects.create(dispatch=dispatch, agency=make_agency(), quantity=1)
        with django_assert_num_queries(13):
            client.get(dispatch.get_absolute_url())


def test_receipts_on_paper_are_entered_in_one_page(as_user, prints):
    dispatch = prints.sent()
    north = dispatch.parcels.get(agency=prints.north)
    client = as_user(prints.writer)

    wrong = client.post(
        url("dispatch_paper_receipts", dispatch.pk),
        {"received_on": "2019-06-03", f"received_{north.pk}": 299, f"remark_{north.pk}": ""},
    )
    done = client.post(
        url("dispatch_paper_receipts", dispatch.pk),
        {"received_on": "2019-06-03", f"received_{north.pk}": 300, f"remark_{north.pk}": ""},
    )

    assert (wrong.status_code, done.status_code) == (409, 302)
    assert dispatch.parcels.filter(state="confirmed", is_on_paper=True).count() == 1


def test_hand_over_sheet_lists_the_receivers(as_user, prints):
    dispatch = prints.sent()
    actions.confirm_parcel(
        dispatch.parcels.get(agency=prints.north),
        received=300,
        received_on=date(2019, 6, 3),
        by=prints.person(prints.north, "focal_point"),
    )

    response = as_user(prints.writer).get(url("dispatch_sheet", dispatch.pk))

    table = max(Document(BytesIO(response.content)).tables, key=lambda each: len(each.rows))
    cells = [[cell.text.strip() for cell in row.cells][:4] for row in table.rows[1:]]
    assert cells == [
        ["1", "UBND quận Bắc", "300", "300"],
        ["2", "UBND quận Nam", "200", ""],
        ["", "Tổng cộng", "500", ""],
    ]


def test_own_list_shows_what_comes(as_user, prints):
    prints.sent(north=300)

    page = text(as_user(prints.person(prints.north, "officer")).get(url("parcel_list")))

    assert "Tờ gấp Một cửa" in page


def test_mine_shows_what_waits(as_user, prints):
    publication = prints.draft()
    prints.with_file(publication)
    prints.take(publication, "hand_to_editor")
    prints.sent(north=300)

    head = text(as_user(prints.head).get(reverse("desk:mine")))
    north = text(as_user(prints.person(prints.north, "focal_point")).get(reverse("desk:mine")))

    assert publication.get_absolute_url() in head
    assert Parcel.objects.get().get_absolute_url() in north
