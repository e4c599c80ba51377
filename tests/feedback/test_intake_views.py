"""The intake's pages: entry by staff, queue, one case decided on, what the intake keeps."""

from datetime import date

import pytest
from django.urls import reverse

from factories.directory import make_agency, make_user
from factories.feedback import make_case, make_people, make_subject
from loa.core.text import fold
from loa.feedback import actions, clocks, queries
from loa.feedback.models import Asker, Case, Consent, IntakeDesk, RefusalGround, RoutingRule, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(today):
    today(date(2019, 3, 4))
    people = make_people()
    people["reader"] = make_user(people["desk"].agency, "officer")
    people["keeper"] = make_user(people["desk"].agency, "focal_point")
    people["administrator"] = make_user(make_agency("Trung tâm"), "administrator")
    people["desk"].denunciation_officer = people["reader"]
    people["desk"].save()
    return people


def typed(**facts):
    return {"key": "one", "content": "Chưa thấy phiếu hẹn.", "source": "hotline", **facts}


def test_operator_writes_a_case_down_and_reads_the_receipt_out(people, as_user):
    client = as_user(people["officer"])
    form = typed(name="Bà Thử", email="b@example.test", consent_contact="on", kind="question")

    response = client.post(reverse("feedback:case_enter"), form)

    case = Case.objects.get()
    assert (case.source, case.entered_by, case.kind_wished) == ("hotline", people["officer"], "question")
    assert Asker.objects.get().name == "Bà Thử"
    assert "Đã hỏi bằng lời" in Consent.objects.get().words or "word of mouth" in Consent.objects.get().words
    secret = response.context["secret"]
    assert queries.case_opened_by(case.code, secret) == case
    assert b"<svg" in response.content
    assert response["Cache-Control"].count("no-store") == 1


def test_second_click_shows_the_same_receipt(people, as_user):
    client = as_user(people["officer"])

    first, again = (client.post(reverse("feedback:case_enter"), typed()) for _click in range(2))

    assert Case.objects.count() == 1
    assert first.context["secret"] == again.context["secret"]


def test_error_keeps_what_was_typed(people, as_user):
    client = as_user(people["officer"])

    response = client.post(
        reverse("feedback:case_enter"), typed(commune="Không có", place="Ngõ 7", consent_contact="on")
    )

    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["commune", "email"]
    assert "Chưa thấy phiếu hẹn." in response.content.decode()
    assert 'value="Ngõ 7"' in response.content.decode()
    assert 'value="one"' in response.content.decode()
    assert Case.objects.count() == 0


def test_leader_enters_nothing(people, as_user):
    leader = make_user(make_agency("Ủy ban nhân dân thành phố", kind="peoples_committee"), "leader")

    assert as_user(leader).get(reverse("feedback:case_enter")).status_code == 403


def test_queue_shows_what_is_due_first_and_begins_with_it(people, as_user, today):
    today(date(2019, 3, 1))
    first = make_case("Việc cũ")
    today(date(2019, 3, 4))
    make_case("Việc mới")

    response = as_user(people["intake"]).get(reverse("feedback:intake_queue"))

    assert [row.record.title for row in response.context["table"].rows] == ["Việc cũ", "Việc mới"]
    assert response.context["next"] == first


def test_queue_is_no_page_of_another_agency(people, as_user):
    assert as_user(people["officer"]).get(reverse("feedback:intake_queue")).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_queue_asks_as_often_for_one_as_for_thirty(people, as_user, count, django_assert_num_queries):
    commune = make_agency("Ủy ban nhân dân phường An Biên", kind="commune")
    for _number in range(count):
        make_case(commune=commune)
    client = as_user(people["intake"])
    client.get(reverse("feedback:intake_queue"))

    with django_assert_num_queries(QUEUE_QUERIES):
        client.get(reverse("feedback:intake_queue"))


QUEUE_QUERIES = 18


def test_queue_goes_out_as_a_sheet_without_who_asks(people, as_user):
    make_case(identity=actions.Identity(name="Bà Thử", phone="0912"))

    response = as_user(people["intake"]).get(reverse("feedback:intake_queue"), {"export": "xlsx"})

    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "Thử".encode() not in response.content


def test_decided_and_the_next_case_follows(people, as_user):
    case, following = make_case(), make_case("Việc sau")
    client = as_user(people["intake"])

    response = client.post(
        reverse("feedback:intake_case", args=[case.pk]),
        {"kind": "question", "other": str(people["agency"])},
    )

    case.refresh_from_db()
    assert (case.state, case.agency) == ("assigned", people["agency"])
    assert response.url == reverse("feedback:intake_case", args=[following.pk])


def test_last_one_leads_back_to_the_empty_queue(people, as_user):
    case = make_case()
    client = as_user(people["intake"])

    response = client.post(
        reverse("feedback:intake_case", args=[case.pk]), {"kind": "praise", "other": str(people["agency"])}
    )

    assert response.url == reverse("feedback:intake_queue")


def test_rule_is_chosen_beforehand_and_what_is_learned_is_not(people, as_user, in_english):
    subject = make_subject("Đất đai")
    for _number in range(12):
        old = make_case("Xin tách thửa đất, cấp sổ đỏ")
        Case.objects.filter(pk=old.pk).update(state="answered", agency=people["agency"], subject=subject)
    clocks.learn()
    case = make_case("Tách thửa đất, sổ đỏ")
    client = as_user(people["intake"])
    address = reverse("feedback:intake_case", args=[case.pk])

    page = client.get(address)
    assert page.context["chosen"] == ""
    assert [offer["agency"] for offer in page.context["offers"]] == [people["agency"]]
    assert page.context["form"].initial["subject"] == subject

    other = make_agency("Sở Tài nguyên và Môi trường")
    RoutingRule.objects.create(intake=people["desk"].agency, rank=1, subject=subject, agency=other)
    page = client.get(address)
    assert page.context["chosen"] == str(other.pk)
    assert [offer["agency"] for offer in page.context["offers"]] == [other, people["agency"]]


def test_another_kind_and_subject_ask_the_rules_again(people, as_user):
    RoutingRule.objects.create(intake=people["desk"].agency, rank=1, kind="conduct", agency=people["agency"])
    case = make_case()
    client = as_user(people["intake"])

    page = client.get(
        reverse("feedback:intake_case", args=[case.pk]), {"kind": "conduct"}, headers={"HX-Request": "true"}
    )

    assert f'value="{people["agency"].pk}" checked' in page.content.decode()
    assert b"<html" not in page.content


def test_without_an_agency_nothing_is_decided_and_what_was_typed_stays(people, as_user):
    case = make_case()

    page = as_user(people["intake"]).post(
        reverse("feedback:intake_case", args=[case.pk]), {"kind": "question", "note": "Xin xem kỹ"}
    )

    assert page.status_code == 422
    assert "Xin xem kỹ" in page.content.decode()
    assert Case.objects.get().state == "received"


@pytest.mark.parametrize("count", [1, 30])
def test_case_asks_as_often_beside_thirty_alike(people, as_user, count, django_assert_num_queries):
    for _number in range(count):
        make_case("Đèn đường trong ngõ hỏng đã hai tuần nay không ai sửa")
    case = make_case("Đèn đường trong ngõ hỏng đã hai tuần nay không ai sửa")
    client = as_user(people["intake"])
    address = reverse("feedback:intake_case", args=[case.pk])
    client.get(address)

    with django_assert_num_queries(CASE_QUERIES):
        client.get(address)


CASE_QUERIES = 16


def test_complaint_is_guided_with_prepared_words(people, as_user):
    case = make_case()
    client = as_user(people["intake"])
    address = reverse("feedback:intake_guide", args=[case.pk, "khieu-nai"])

    page = client.get(address)
    words = page.context["form"].initial["note"]
    assert "90" in words
    response = client.post(address, {"note": words, "forward_to": str(people["agency"])})

    case.refresh_from_db()
    assert response.status_code == 302
    assert (case.state, case.kind) == ("guided", "complaint")


def test_report_of_a_place_is_handed_over(people, as_user):
    case = make_case()
    address = reverse("feedback:intake_guide", args=[case.pk, "hien-truong"])

    as_user(people["intake"]).post(address, {"note": "Gọi 1022."})

    case.refresh_from_db()
    assert (case.state, case.kind) == ("guided", "scene")


def test_refused_with_ground_and_words(people, as_user):
    actions.load_grounds()
    case = make_case()
    ground = RefusalGround.objects.get(code="unclear")
    client = as_user(people["intake"])
    address = reverse("feedback:intake_refuse", args=[case.pk])

    assert client.post(address, {"ground": ground.pk, "note": ""}).status_code == 422
    client.post(address, {"ground": ground.pk, "note": "Không rõ việc gì."})

    case.refresh_from_db()
    assert (case.state, case.ground) == ("refused", "unclear")


def test_kept_apart_by_a_button_and_gone_for_the_intake(people, as_user):
    case = make_case()
    client = as_user(people["intake"])

    client.post(reverse("feedback:intake_isolate", args=[case.pk]))

    assert client.get(reverse("feedback:intake_case", args=[case.pk])).status_code == 404
    assert client.get(reverse("feedback:denunciation_list")).status_code == 404
    reader = as_user(people["reader"])
    row = queries.denunciations_visible_to(people["reader"]).get()
    assert reader.get(row.get_absolute_url()).status_code == 200


def test_answered_together_from_the_two_side_by_side(people, as_user):
    case, other = make_case(), make_case()
    address = reverse("feedback:intake_merge", args=[case.pk, other.pk])
    client = as_user(people["intake"])

    page = client.get(address)
    assert page.content.decode().count(other.code) > 0
    client.post(address)

    case.refresh_from_db()
    assert case.merged_into == other


def test_officer_replies_to_a_denunciation_and_ends_it(people, as_user):
    row = actions.submit_denunciation(actions.Words("Kín"), key="k").denunciation
    client = as_user(people["reader"])

    assert client.get(reverse("feedback:own_letters")).url == reverse("feedback:denunciation_list")
    assert row.code in client.get(reverse("feedback:denunciation_list")).content.decode()
    assert client.post(reverse("feedback:denunciation_end", args=[row.pk])).status_code == 409
    client.post(reverse("feedback:denunciation_reply", args=[row.pk]), {"reply": "Đã chuyển Thanh tra."})
    client.post(reverse("feedback:denunciation_end", args=[row.pk]))

    row.refresh_from_db()
    assert row.reply == "Đã chuyển Thanh tra."
    assert row.ended_at is not None


def test_rules_are_kept_tried_and_exported(people, as_user):
    client = as_user(people["keeper"])
    client.post(reverse("feedback:routing_add"), {"kind": "conduct", "agency": str(people["agency"])})
    client.post(reverse("feedback:routing_add"), {"kind": "question", "agency": str(people["agency"])})
    first, second = RoutingRule.objects.order_by("rank")

    client.post(reverse("feedback:routing_move", args=[second.pk, "len"]))
    tried = client.get(reverse("feedback:routing_list"), {"try": "1", "t-kind": "conduct"})
    sheet = client.get(reverse("feedback:routing_list"), {"export": "xlsx"})
    client.post(reverse("feedback:routing_end", args=[first.pk]))

    assert [rule.kind for rule in RoutingRule.objects.order_by("rank")] == ["question", "conduct"]
    assert tried.context["found"].rule == first
    assert sheet["Content-Disposition"] == 'attachment; filename="quy-tac-phan-luong.xlsx"'
    assert queries.rules_of(people["desk"].agency, date(2019, 3, 4)).count() == 1
    assert RoutingRule.objects.get(pk=first.pk).valid_to == date(2019, 3, 3)


@pytest.mark.parametrize("count", [1, 30])
def test_rules_ask_as_often_for_one_as_for_thirty(people, as_user, count, django_assert_num_queries):
    for rank in range(count):
        RoutingRule.objects.create(
            intake=people["desk"].agency, rank=rank, agency=people["agency"], subject=make_subject()
        )
    client = as_user(people["keeper"])
    client.get(reverse("feedback:routing_list"))

    with django_assert_num_queries(RULE_QUERIES):
        client.get(reverse("feedback:routing_list"))


RULE_QUERIES = 17


def test_subjects_and_grounds_are_kept(people, as_user):
    client = as_user(people["administrator"])
    client.post(
        reverse("feedback:subject_add"),
        {"code": "cap-nuoc", "name": "Cấp nước", "name_en": "Water", "rank": "5"},
    )
    taken = client.post(
        reverse("feedback:subject_add"), {"code": "cap-nuoc", "name": "x", "name_en": "x", "rank": "5"}
    )
    client.post(
        reverse("feedback:ground_add"),
        {"code": "moi", "name_vi": "Mới", "name_en": "New", "legal_basis": "QĐ", "valid_from": "2019-03-04"},
    )

    assert Subject.objects.get().name == "Cấp nước"
    assert taken.status_code == 422
    assert queries.grounds_on(date(2019, 3, 4)).get().code == "moi"
    assert client.get(reverse("feedback:subject_list")).status_code == 200
    assert client.get(reverse("feedback:ground_list")).status_code == 200


def test_administrator_sets_a_desk_up_and_names_its_officer(people, as_user):
    client = as_user(people["administrator"])
    client.post(reverse("feedback:desk_add"), {"agency": str(people["agency"]), "valid_from": "2019-03-04"})
    desk = IntakeDesk.objects.get(agency=people["agency"])

    client.post(reverse("feedback:desk_edit", args=[desk.pk]), {"denunciation_officer": people["officer"].pk})

    desk.refresh_from_db()
    assert desk.denunciation_officer == people["officer"]
    assert fold(str(people["officer"])) in fold(client.get(reverse("feedback:desk_list")).content.decode())


def test_quality_is_counted_from_decisions(people, as_user):
    rule_agency, other = people["agency"], people["stranger"].hat.agency
    RoutingRule.objects.create(intake=people["desk"].agency, rank=1, kind="question", agency=rule_agency)
    for agency in (rule_agency, rule_agency, other):
        actions.decide_case(make_case(), kind="question", subject=None, agency=agency, by=people["intake"])

    page = as_user(people["intake"]).get(reverse("feedback:suggestion_quality"), {"ngay": "30"})

    quality = page.context["quality"]
    assert (quality.decided, quality.ruled, quality.rule_followed, quality.learned) == (3, 3, 2, 0)
