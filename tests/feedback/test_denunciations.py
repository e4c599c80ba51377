"""A denunciation: taken in once, sealed, read and answered by one officer, followed by its sender alone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from factories.directory import make_user
from factories.feedback import make_people
from loa.channels.models import Notice
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.models import Case, Denunciation

pytestmark = pytest.mark.django_db
SAID = "Cán bộ địa chính nhận quạ đen của ba hộ."


@pytest.fixture
def people(today):
    today(date(2019, 3, 4))
    people = make_people()
    people["reader"] = make_user(people["desk"].agency, "officer")
    people["desk"].denunciation_officer = people["reader"]
    people["desk"].save()
    return people


def submit(key="k", **facts):
    return actions.submit_denunciation(actions.Words(SAID, place="Thôn Đông"), key=key, **facts)


def test_submitted_twice_it_is_one_with_one_receipt(people):
    first, again = submit(), submit()

    assert (first.is_new, again.is_new) == (True, False)
    assert (first.code, first.secret) == (again.code, again.secret)
    assert Denunciation.objects.count() == 1
    assert Case.objects.count() == 0


def test_it_lies_sealed_and_leaves_no_history(people):
    submit(identity=actions.Identity(name="Bà Thử", phone="0912"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT content, name, phone FROM feedback_denunciation")
        raw = " ".join(cursor.fetchone())
    assert "quạ" not in raw
    assert "Thử" not in raw
    assert Entry.objects.filter(action__contains="denunciation").count() == 0


def test_notice_says_only_that_a_letter_waits(people, in_english):
    receipt = submit()

    notice = Notice.objects.get()
    assert notice.receiver == people["reader"]
    assert (notice.subject_en, notice.body_vi, notice.url) == (
        "A letter waits for you",
        "",
        "/tiep-nhan/thu/",
    )
    assert receipt.code not in notice.subject_vi


def test_day_of_acceptance_is_counted_by_the_rule(people):
    assert submit().denunciation.due_on == date(2019, 3, 13)


def test_without_a_named_officer_the_public_is_told_where_to_go(people):
    people["desk"].denunciation_officer = None
    people["desk"].save()

    with pytest.raises(FlowError):
        submit()


@pytest.mark.parametrize(("who", "sees"), [("reader", True), ("intake", False), ("head", False)])
def test_only_the_named_officer_sees_it(people, who, sees):
    row = submit().denunciation

    assert queries.denunciations_visible_to(people[who]).filter(pk=row.pk).exists() is sees


def test_sender_comes_back_with_code_and_secret(people):
    receipt = submit()

    assert queries.denunciation_opened_by(receipt.code.lower(), receipt.secret) == receipt.denunciation
    assert queries.denunciation_opened_by(receipt.code, "wrong") is None


def test_officer_replies_and_ends_it(people):
    row = submit().denunciation
    with pytest.raises(FlowError):
        actions.end_denunciation(row, by=people["reader"])
    with pytest.raises(PermissionDenied):
        actions.reply_to_denunciation(row, reply="x", by=people["intake"])

    actions.reply_to_denunciation(
        row, reply="Đã chuyển.", forwarded_to="Thanh tra thành phố", by=people["reader"]
    )
    actions.end_denunciation(row, by=people["reader"])
    ended_at = row.ended_at
    actions.end_denunciation(row, by=people["reader"])

    assert Denunciation.objects.get().reply == "Đã chuyển."
    assert Denunciation.objects.get().ended_at == ended_at
