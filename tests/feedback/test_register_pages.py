"""The screen of a publication, and what anybody reads."""

from __future__ import annotations

import json
import re

import case_scene as scene
import pytest
from django.urls import reverse

from factories.feedback import make_people
from loa.core import clock
from loa.feedback import actions
from loa.feedback.actions import Identity
from loa.feedback.models import Case, Consent, Publication, Rating

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]  # it searches and sorts

SAID = "Tôi là Nguyễn Thị Hoa, số 0912 345 678. Đường Lạch Tray ngập."
WHO = Identity(name="Nguyễn Thị Hoa", phone="0912345678")
TEXTS = {"title": "Ngập nước", "question": "Đường Lạch Tray ngập.", "answer": "Sở đã nạo vét cống."}


@pytest.fixture
def people():
    return make_people()


def published(people, **changes):
    case = scene.answered(people)
    return actions.publish_case(case, **{**TEXTS, **changes}, by=people["intake"])


def screen(client, people, case, **data):
    client.force_login(people["intake"])
    url = reverse("feedback:case_publish", args=[case.pk])
    return client.post(url, data) if data else client.get(url)


def test_the_screen_ticks_what_is_personal_and_replaces_it(client, people):
    case = scene.answered(people, content=SAID, title="Ngập nước", identity=WHO)
    shown = screen(client, people, case).content.decode()
    masks = re.findall(r'name="mask" value="([^"]+)" checked', shown)

    answer = screen(
        client,
        people,
        case,
        then="mask",
        title="Ngập nước",
        question=SAID,
        answer=case.answer,
        mask=masks,
        seen=masks,
    )

    assert masks == ["question:1:Nguyễn Thị Hoa", "question:1:0912 345 678"]
    question = answer.context["form"]["question"].value()
    assert question == "Tôi là [tên người], số [số điện thoại]. Đường Lạch Tray ngập."


def test_what_is_still_ticked_is_replaced_before_anything_is_published(client, people):
    case = scene.answered(people, content=SAID, title="Ngập nước")
    mask = "question:1:0912 345 678"
    data = {"title": "Ngập nước", "question": SAID, "answer": "Đã nạo vét.", "mask": [mask], "seen": [mask]}

    answer = screen(client, people, case, then="publish", **data)

    assert not Publication.objects.exists()
    assert "[số điện thoại]" in answer.context["form"]["question"].value()
    assert answer.context["was_replaced"]


def test_a_refusal_keeps_what_was_typed(client, people):
    case = scene.answered(people, content=SAID, title="Ngập nước", identity=WHO)

    answer = screen(
        client, people, case, then="publish", title="T", question="Gọi 0912345678", answer="Trả lời"
    )

    assert answer.status_code == 409
    assert "Gọi 0912345678" in answer.content.decode()


def test_preview_shows_and_publish_publishes(client, people):
    case = scene.answered(people, content=SAID, title="Ngập nước")

    preview = screen(client, people, case, then="preview", **TEXTS)
    done = screen(client, people, case, then="publish", **TEXTS)

    assert 'id="preview"' in preview.content.decode()
    assert done.status_code == 302
    assert Publication.objects.get().question == TEXTS["question"]


def test_another_agency_finds_nothing_and_the_answering_one_may_not(client, people):
    case = scene.answered(people)
    url = reverse("feedback:case_publish", args=[case.pk])

    client.force_login(people["stranger"])
    assert client.get(url).status_code == 404
    client.force_login(people["officer"])
    assert client.get(url).status_code == 403


def test_keeping_private_and_taking_back_ask_for_a_reason(client, people):
    row = published(people)
    client.force_login(people["intake"])

    refused = client.post(reverse("feedback:case_unpublish", args=[row.case_id]), {"note": ""})
    done = client.post(reverse("feedback:case_unpublish", args=[row.case_id]), {"note": "Còn tên"})
    kept = client.post(
        reverse("feedback:case_keep_private", args=[row.case_id]), {"ground": "others", "note": "Còn tên"}
    )

    assert (refused.status_code, done.status_code, kept.status_code) == (422, 302, 302)
    assert client.get(row.get_absolute_url()).status_code == 410


def test_an_answer_is_read_by_anybody_and_by_machines(client, people):
    row = published(people)
    Rating.objects.create(case=row.case, agency=row.agency, stars=4, words="Bí mật của tôi", at=clock.now())

    answer = client.get(row.get_absolute_url())
    html = answer.content.decode()
    told = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL).group(1))

    assert (answer.status_code, answer.headers["Cache-Control"], answer.cookies) == (
        200,
        "public, max-age=0, must-revalidate",
        {},
    )
    assert told["mainEntity"]["acceptedAnswer"]["text"] == TEXTS["answer"]
    assert "Bí mật của tôi" not in html


def test_the_name_stands_there_while_consent_holds(client, people):
    case = scene.answered(people, identity=WHO)
    consent = Consent.objects.create(case=case, purpose="name", words="Có", given_at=clock.now())
    row = actions.publish_case(case, **TEXTS, shows_name=True, by=people["intake"])
    assert "Nguyễn Thị Hoa" in client.get(row.get_absolute_url()).content.decode()

    consent.withdrawn_at = clock.now()
    consent.save()

    assert "Nguyễn Thị Hoa" not in client.get(row.get_absolute_url()).content.decode()


def titles(client, query=""):
    return [row.title for row in client.get(reverse("feedback:register_list") + query).context["rows"]]


def test_the_register_is_searched_without_accents_and_filtered(client, people):
    published(people)
    published(people, title="Thẻ bảo hiểm", question="Thẻ hết hạn.", answer="Đã cấp.")

    assert titles(client, "?q=lach tray") == ["Ngập nước"]
    assert titles(client, f"?agency={people['agency'].pk}") == ["Thẻ bảo hiểm", "Ngập nước"]
    assert titles(client, "?since=2999-01-01") == []
    assert titles(client, "?sort=old") == ["Ngập nước", "Thẻ bảo hiểm"]


def test_feed_sheet_and_figures_answer(client, people):
    row = published(people)

    feed = client.get(reverse("feedback:register_atom"), {"agency": row.agency_id})
    sheet = client.get(reverse("feedback:register_sheet"))
    figures = client.get(reverse("feedback:register_agencies"))

    assert row.title in feed.content.decode()
    assert sheet.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert [each.agency for each in figures.context["rows"]] == [people["agency"]]


@pytest.mark.parametrize("count", [1, 30])
def test_the_register_asks_the_same_number_of_questions(client, people, django_assert_num_queries, count):
    case = scene.answered(people)
    for number in range(count):
        copy = Case.objects.create(
            code=f"PA.20190101.{number:04d}", secret="", key=f"copy-{number}", source="web", title="T", content="T",
            intake=case.intake, agency=case.agency, state="published", received_at=clock.now(),
            starts_on=clock.today(), answered_at=clock.now(),
        )  # fmt: skip
        Publication.objects.create(
            case=copy,
            title="T",
            question="Q",
            answer="A",
            agency=case.agency,
            published_at=clock.now(),
            by=people["intake"],
        )
    url = reverse("feedback:register_list")
    client.get(url)

    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 7


@pytest.mark.parametrize("name", ["publish_list", "published_list"])
def test_lists_of_the_intake(client, people, name):
    scene.answered(people)
    published(people)
    client.force_login(people["intake"])

    answer = client.get(reverse(f"feedback:{name}"))

    assert len(answer.context["table"].rows) == 1
    client.force_login(people["stranger"])
    assert client.get(reverse(f"feedback:{name}")).status_code == 404
