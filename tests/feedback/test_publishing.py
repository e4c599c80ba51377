"""From an answered case to the public register, and back."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import case_scene as scene
import pytest
from django.core.exceptions import PermissionDenied

from factories.feedback import make_people, make_subject
from loa.core import clock
from loa.core.history import entries_of
from loa.core.uploads import check_upload
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.actions import Identity
from loa.feedback.models import Case, Consent, IdentityAccess, KeptPrivate, Publication, Rating

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHO = Identity(
    name="Nguyễn Thị Hoa",
    phone="0912 345 678",
    email="hoa@example.vn",
    address="Số 9 ngõ 5 Lạch Tray, Ngô Quyền",
)
TEXTS = {"title": "Phiếu hẹn chậm", "question": "Tôi chưa nhận phiếu hẹn.", "answer": "Mời bà đến nhận phiếu."}  # fmt: skip


@pytest.fixture
def people():
    return make_people()


def publish(case, people, **changes):
    return actions.publish_case(case, **{**TEXTS, **changes}, by=people["intake"])


def clock_of(case):
    row = case.clocks.get(kind="publication")
    return row.stopped_on, row.is_void


def test_a_published_case_is_public_and_its_clock_stops(people):
    case = scene.answered(people, identity=WHO)

    row = publish(case, people)

    assert (case.state, row.agency, row.asker_name) == ("published", people["agency"], "")
    assert clock_of(case) == (clock.today(), False)
    assert list(queries.public_answers()) == [row]


def test_publishing_twice_is_refused_and_changes_nothing(people):
    case = scene.answered(people)
    publish(case, people)

    with pytest.raises(FlowError):
        publish(case, people, title="Khác")

    assert Publication.objects.get().title == "Phiếu hẹn chậm"


def test_only_the_intake_publishes(people):
    case = scene.answered(people)

    with pytest.raises(PermissionDenied):
        actions.publish_case(case, **TEXTS, by=people["head"])


@pytest.mark.parametrize(
    "said",
    [
        "Tôi là nguyễn thị hoa đây.",
        "Gọi +84 912.345.678 nhé.",
        "Viết cho HOA@example.vn.",
        "Nhà tôi số 9, ngõ 5 Lạch Tray.",
    ],
)
def test_what_the_asker_gave_is_never_published(people, said):
    case = scene.answered(people, identity=WHO)

    with pytest.raises(FlowError):
        publish(case, people, question=said)

    assert not Publication.objects.exists()
    assert not IdentityAccess.objects.exists()  # told by fingerprints: nobody has looked


def test_what_the_asker_of_a_merged_case_gave_is_never_published_either(people):
    case = scene.answering(people)
    other = scene.assigned(people, identity=WHO)
    actions.merge_case(other, case, by=people["intake"])
    Case.objects.filter(pk=case.pk).update(state="answered", answered_at=clock.now())
    case.refresh_from_db()

    with pytest.raises(FlowError):
        publish(case, people, question="Chị Nguyễn Thị Hoa cũng hỏi.")


def test_a_name_is_shown_with_consent_only_and_each_reading_is_on_record(people):
    case = scene.answered(people, identity=WHO)
    with pytest.raises(FlowError):
        publish(case, people, shows_name=True)
    Consent.objects.create(case=case, purpose="name", words="Hiện tên tôi", given_at=clock.now())

    row = publish(case, people, shows_name=True)

    assert row.asker_name == "Nguyễn Thị Hoa"
    assert IdentityAccess.objects.filter(case=case).count() == 1


def test_a_name_is_gone_the_moment_consent_is_taken_back(people):
    case = scene.answered(people, identity=WHO)
    consent = Consent.objects.create(case=case, purpose="name", words="Hiện tên tôi", given_at=clock.now())
    publish(case, people, shows_name=True)
    assert queries.one_answer(case.code).get().may_show_name

    consent.withdrawn_at = clock.now()
    consent.save()

    assert not queries.one_answer(case.code).get().may_show_name


def test_taken_back_it_is_no_longer_public_and_may_be_published_again(people):
    case = scene.answered(people)
    row = publish(case, people)

    actions.withdraw_publication(row, note="Còn tên người khác", by=people["intake"])
    actions.withdraw_publication(row, note="Còn tên người khác", by=people["intake"])

    assert (case.state, queries.public_answers().count()) == ("answered", 0)
    assert [entry.action for entry in entries_of([row])].count("public_answer.withdraw") == 1
    assert list(queries.unpublished_cases(Case.objects.all())) == []
    publish(case, people, title="Đã sửa")
    assert queries.public_answers().get().title == "Đã sửa"


def test_history_of_a_change_never_holds_what_stood_there(people):
    case = scene.answered(people)
    row = publish(case, people, question="Xe của hàng xóm tôi tên Tèo đỗ chắn.")

    actions.edit_publication(row, **{**TEXTS, "question": "Xe đỗ chắn."}, note="Che tên", by=people["intake"])

    said = str([(entry.note, entry.data) for entry in entries_of([row, case])])
    assert "Tèo" not in said
    assert Publication.objects.get().changed_at is not None


def test_kept_private_owes_no_publication(people):
    case = scene.answered(people)

    actions.keep_private(case, ground="wish", note="Người gửi đề nghị", by=people["intake"])
    actions.keep_private(case, ground="wish", note="Người gửi đề nghị", by=people["intake"])

    assert clock_of(case) == (clock.today(), True)
    assert list(queries.unpublished_cases(Case.objects.all())) == []
    publish(case, people)
    assert KeptPrivate.objects.get().ended_on == clock.today()


def test_waiting_cases_stand_by_the_day_they_must_be_published(people):
    first, second = scene.answered(people), scene.answered(people)
    second.clocks.filter(kind="publication").update(due_on=clock.today() - timedelta(days=1))

    rows = list(queries.unpublished_cases(queries.cases_of_intake(people["intake"])))

    assert rows == [second, first]
    assert rows[0].publish_by == clock.today() - timedelta(days=1)


def test_answered_anew_it_waits_again_and_replaces_what_was_public(people):
    case = scene.answered(people)
    publish(case, people)
    Case.objects.filter(pk=case.pk).update(state="answered", answered_at=clock.now() + timedelta(seconds=5))
    case = Case.objects.get(pk=case.pk)
    assert list(queries.unpublished_cases(Case.objects.all())) == [case]

    publish(case, people, answer="Trả lời mới.")

    assert Publication.objects.get().answer == "Trả lời mới."


def test_files_are_public_one_by_one_and_never_another_cases(people):
    def file_of(case, name):
        upload = check_upload(BytesIO(b"%PDF-1.4 " + name.encode()), name)
        return actions.keep_file(case, upload, is_of_answer=True)

    case, other = scene.answered(people), scene.answered(people)
    kept, chosen, foreign = file_of(case, "a.pdf"), file_of(case, "b.pdf"), file_of(other, "c.pdf")

    publish(case, people, files=[chosen, foreign])

    assert [row.pk for row in queries.public_files()] == [chosen.pk]
    kept.refresh_from_db()
    assert not kept.is_public


def test_standings_count_as_figures_do_and_do_not_compare_party_bodies(people):
    from factories.directory import make_agency
    from loa.feedback.queries import year_to_date

    case = scene.answered(people)
    publish(case, people)
    Rating.objects.create(case=case, agency=people["agency"], stars=4, at=clock.now())
    union = make_agency("Thành đoàn", kind="mass_organisation")
    Case.objects.filter(pk=scene.assigned(people).pk).update(agency=union)

    total, ours, asked = queries.standings(year_to_date(clock.today()))

    assert (total.figures.received, total.published, total.stars, total.rated) == (2, 1, 4.0, 1)
    assert [(row.agency, row.figures.on_time_percent) for row in ours] == [(people["agency"], 100)]
    assert [row.agency for row in asked] == [union]


def test_an_isolated_case_is_nowhere(people):
    case = scene.answered(people)
    publish(case, people)

    Case.objects.filter(pk=case.pk).update(state="isolated")

    assert queries.public_answers().count() == queries.one_answer(case.code).count() == 0


def test_a_subject_narrows_what_is_listed(people):
    subject = make_subject("Đất đai")
    case = scene.answered(people)
    Case.objects.filter(pk=case.pk).update(subject=subject)
    publish(case, people)

    assert list(queries.subjects_in_register()) == [subject]


def test_opened_again_the_public_answer_keeps_its_day(people):
    case = scene.answered(people)
    row = publish(case, people)
    assert row.answered_at is not None
    Case.objects.filter(pk=case.pk).update(state="answering", answered_at=None)

    shown = queries.one_answer(case.code).get()

    assert (shown.answered_at, shown.case.is_ended) == (row.answered_at, False)
