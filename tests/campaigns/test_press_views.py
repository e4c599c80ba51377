"""The pages of the press log: the quick form, a sheet, the public review."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import make_user
from loa.campaigns import actions
from loa.campaigns.models import Candidate, Clipping, Feed, PressAgreement, Script
from loa.plans.models import Deliverable

SHEET = "title,link,on,press_body,column,task,topic,is_public\n"


def fill(scene, **changes):
    return {
        "link": "https://www.baothanhpho.example/cchc/1.html",
        "title": "Một cửa",
        "on": "2019-06-03",
        "genre": "news",
        **changes,
    }


def test_a_link_tells_the_press_body_and_the_next_form_keeps_what_is_common(scene, as_user):
    client = as_user(scene.coordinator)

    done = client.post(
        reverse("campaigns:clipping_new"),
        fill(scene, next="1", column="CCHC", work=f"task-{scene.work.pk}"),
    )
    following = client.get(done.url)

    clipping = Clipping.objects.get()
    assert (clipping.press_body, clipping.assignment, Deliverable.objects.count()) == (
        scene.body,
        scene.work,
        1,
    )
    assert following.context["form"].initial == {
        "press_body": str(scene.body.pk),
        "on": "2019-06-03",
        "column": "CCHC",
        "genre": "news",
        "work": f"task-{scene.work.pk}",
    }


@pytest.mark.usefixtures("in_english")
def test_a_refusal_names_the_other_and_keeps_what_was_typed(scene, as_user):
    client = as_user(scene.coordinator)
    client.post(reverse("campaigns:clipping_new"), fill(scene))

    again = client.post(reverse("campaigns:clipping_new"), fill(scene, title="Tên khác"))
    unknown = client.post(reverse("campaigns:clipping_new"), fill(scene, link="https://la.example/1"))

    assert (again.status_code, unknown.status_code) == (409, 422)
    assert 'value="Tên khác"' in again.content.decode()
    assert "Một cửa" in str(again.context["form"].non_field_errors())
    assert list(unknown.context["form"].errors) == ["press_body"]


def test_only_fitting_works_are_offered(scene, as_user):
    offered = {
        name: [
            key
            for key, _label in as_user(getattr(scene, name))
            .get(reverse("campaigns:clipping_new"))
            .context["form"]
            .fields["work"]
            .choices
        ]
        for name in ("coordinator", "reporter", "local", "stranger")
    }

    task, duty = f"task-{scene.work.pk}", f"duty-{scene.duty.pk}"
    assert offered == {
        "coordinator": ["", task],
        "reporter": ["", task],
        "local": ["", duty],
        "stranger": [""],
    }


def test_another_agencys_clipping_is_not_there(scene, as_user):
    clipping = actions.record_clipping(**scene.said(), by=scene.reporter)
    client = as_user(scene.stranger)

    for name in ("clipping_detail", "clipping_edit", "clipping_withdraw", "clipping_file"):
        assert client.get(reverse(f"campaigns:{name}", args=[clipping.pk])).status_code == 404


def test_taken_back_through_the_page_with_a_reason(scene, as_user):
    clipping = actions.record_clipping(**scene.said(), work=scene.work, by=scene.reporter)
    url = reverse("campaigns:clipping_withdraw", args=[clipping.pk])
    client = as_user(scene.reporter)

    assert client.post(url, {"note": ""}).status_code == 422
    client.post(url, {"note": "Nhầm"})

    clipping.refresh_from_db()
    assert clipping.state == "withdrawn"


@pytest.mark.parametrize("count", [1, 30])
def test_the_log_costs_the_same(scene, as_user, django_assert_num_queries, count):
    for number in range(count):
        actions.record_clipping(
            **scene.said(link=f"https://a.example/{number}"), work=scene.work, by=scene.reporter
        )
    client = as_user(scene.coordinator)
    client.get(reverse("campaigns:clipping_list"))

    with django_assert_num_queries(13):
        client.get(reverse("campaigns:clipping_list"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_public_review_costs_the_same_and_reads_no_session(
    scene, client, django_assert_num_queries, count
):
    for number in range(count):
        actions.record_clipping(**scene.said(link=f"https://a.example/{number}"), by=scene.local)

    with django_assert_num_queries(4):
        answer = client.get(reverse("campaigns:press_review"))

    text = answer.content.decode()
    assert "sessionid" not in answer.cookies
    assert text.count('rel="noopener noreferrer nofollow external"') == count
    assert scene.district.name not in text


def send(client, text):
    file = SimpleUploadedFile("a.csv", text.encode())
    return client.post(reverse("campaigns:clipping_import"), {"file": file})


def test_a_sheet_is_looked_at_then_recorded_and_twice_is_once(scene, as_user):
    client = as_user(scene.coordinator)
    rows = (
        f"{SHEET}Bài một,https://baothanhpho.example/1,03/06/2019,,CCHC,{scene.task.no},a,x\n"
        "Bài hai,,04/06/2019,Bao trung uong,,,,\n"
    )

    shown = send(client, rows)
    client.post(reverse("campaigns:clipping_import_apply"), {"sheet": shown.context["form"].initial["sheet"]})
    again = send(client, rows.replace("Bài một", "Bài đúng tên"))
    client.post(reverse("campaigns:clipping_import_apply"), {"sheet": again.context["form"].initial["sheet"]})

    assert (len(shown.context["preview"].added), len(again.context["preview"].changed)) == (2, 1)
    assert again.context["preview"].unchanged_count == 1
    assert sorted(Clipping.objects.values_list("title", flat=True)) == ["Bài hai", "Bài đúng tên"]
    assert Deliverable.objects.get().title == "Bài đúng tên"


def test_every_bad_row_is_named_and_nothing_recorded(scene, as_user):
    shown = send(
        as_user(scene.coordinator),
        f"{SHEET},https://baothanhpho.example/1,03/06/2019,,,,,\n"
        "A,javascript:x,32/06/2019,Báo lạ,,99,z,\n"
        "B,,03/06/2030,Báo Thành phố,,,,\n",
    )

    assert [error.number for error in shown.context["preview"].errors] == [2, 3, 4]
    assert not Clipping.objects.exists()


def test_log_says_topics_in_words_that_a_sheet_may_bring_back(scene, as_user):
    client = as_user(scene.coordinator)
    shown = send(client, f"{SHEET}Bài một,https://baothanhpho.example/1,03/06/2019,,,,{scene.topic},\n")
    client.post(reverse("campaigns:clipping_import_apply"), {"sheet": shown.context["form"].initial["sheet"]})

    page = client.get(reverse("campaigns:clipping_list"), {"sort": "topic"})

    assert Clipping.objects.get().topic == scene.topic
    assert ">a) Thủ tục hành chính</div>" in page.content.decode()


def test_an_agreement_through_the_page(scene, as_user):
    client = as_user(scene.local)
    said = {
        "press_body": scene.outside.pk,
        "subject": "Chuyên trang",
        "starts_on": "2019-06-01",
        "ends_on": "2019-12-31",
        "amount": "48.000.000",
        "remind_days": "30",
        "column_0": "CCHC",
        "count_0": "4",
        "column_1": "Thiếu số",
    }

    wrong = client.post(reverse("campaigns:agreement_add"), said)
    client.post(reverse("campaigns:agreement_add"), {**said, "column_1": ""})

    agreement = PressAgreement.objects.get()
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["count_1"])
    assert (agreement.amount, [(row.column, row.count) for row in agreement.promises.all()]) == (
        48_000_000,
        [("CCHC", 4)],
    )
    assert client.get(agreement.get_absolute_url()).status_code == 200


def test_a_candidate_is_taken_through_the_page(scene, as_user):
    feed = Feed.objects.create(
        agency=scene.district,
        press_body=scene.outside,
        address="https://trunguong.example/rss",
        by=scene.local,
    )
    row = Candidate.objects.create(
        feed=feed,
        agency=scene.district,
        key="k",
        title="Tin",
        link="https://trunguong.example/1",
        on=date(2019, 6, 1),
        found_at="2019-06-01T00:00:00Z",
    )
    client = as_user(scene.local)
    url = reverse("campaigns:candidate_take", args=[row.pk])

    form = client.get(url).context["form"]
    client.post(url, {**form.initial, "on": "2019-06-01", "genre": "news"})

    assert Clipping.objects.get().origin == "feed"
    assert as_user(scene.stranger).get(url).status_code == 404


def test_a_script_from_pasted_text_to_the_reading_sheet(scene, as_user):
    client = as_user(scene.local)
    made = client.post(reverse("campaigns:script_new"), {"title": "Họp", "text": "UBND họp lúc 8h30."})
    script = Script.objects.get()
    form = client.get(made.url).context["form"]
    given = {name: value for name, value in form.initial.items() if value is not None}

    client.post(
        made.url,
        {**given, "spoken_0": "ủy ban quận", "spoken_1": form["spoken_1"].initial, "plain_1": "on"},
    )

    script.refresh_from_db()
    assert script.readings == {"UBND": "ủy ban quận", "8h30": "8h30"}
    assert (
        "ủy ban quận họp lúc 8h30."
        in client.get(reverse("campaigns:script_sheet", args=[script.pk])).content.decode()
    )
    assert client.get(reverse("campaigns:script_download", args=[script.pk])).content.startswith(b"PK")
    assert as_user(scene.stranger).get(made.url).status_code == 404


def test_a_script_is_approved_by_another_through_the_page(scene, as_user):
    head = make_user(scene.district, "head")
    script = actions.make_script(title="A", text="B", agency=scene.district, by=scene.local)
    as_user(scene.local).post(reverse("campaigns:script_step", args=[script.pk, "check"]), {})
    own = as_user(scene.local).get(reverse("campaigns:script_step", args=[script.pk, "approve"]))

    as_user(head).post(reverse("campaigns:script_step", args=[script.pk, "approve"]), {})

    script.refresh_from_db()
    assert (own.status_code, script.state) == (409, "approved")


def test_lists_of_press_and_radio_come_as_sheets(scene, as_user):
    actions.record_clipping(**scene.said(), work=scene.work, by=scene.coordinator)
    client = as_user(scene.coordinator)

    for name in ("clipping_list", "press_body_list", "agreement_list", "script_list", "candidate_list"):
        assert client.get(reverse(f"campaigns:{name}") + "?export=xlsx").content.startswith(b"PK"), name
