"""Reminding by hand: one click, many at once, a call written down; and what is overdue."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_agency, make_assignment, make_plan, make_task, make_user
from loa.channels.actions import Nudged, nudge, record_reminder
from loa.channels.models import Notice, Reminder
from loa.channels.queries import overdue_rows, source_called
from loa.core.workflow import FlowError
from loa.plans.clocks import remind
from loa.plans.models import Assignment

TODAY = date(2019, 6, 25)


class Office:
    def __init__(self):
        self.plan = make_plan()
        self.agency = make_agency("Sở Tư pháp")
        self.focal_point = make_user(self.agency, "focal_point", full_name="Đầu mối")
        self.coordinator = make_user(self.plan.coordinator, "focal_point", full_name="Điều phối")
        self.leader = make_user(self.plan.issuer, "leader")
        self.stranger = make_user(make_agency())
        self.work = make_assignment(self.agency, task=make_task(self.plan, due_on=date(2019, 6, 20)))

    @property
    def matter(self):
        source = source_called("assignment")
        return source.matter(source.open_rows().get(pk=self.work.pk))

    def url(self, end=""):
        return f"/thong-bao/don-doc/assignment/{self.work.pk}/{end}"


@pytest.fixture
def office(db, today):
    today(TODAY)
    return Office()


def test_one_click_tells_the_people_in_charge(office, in_english):
    assert nudge([office.matter], by=office.coordinator) == Nudged(told=1)

    notice = Notice.objects.get()
    assert notice.receiver == office.focal_point
    assert notice.subject_en.startswith(f"{office.plan.coordinator} reminds: Kindly finish soon")
    assert Reminder.objects.get().told == ["Đầu mối"]


def test_second_click_of_the_day_tells_nobody_twice(office):
    nudge([office.matter], by=office.coordinator)

    assert nudge([office.matter], by=office.coordinator) == Nudged(again=1)
    assert Notice.objects.count() == 1


def test_next_day_may_remind_again(office, today):
    nudge([office.matter], by=office.coordinator)
    today(date(2019, 6, 26))

    assert nudge([office.matter], by=office.coordinator) == Nudged(told=1)


def test_where_nobody_can_be_told_it_is_said(office):
    office.agency.memberships.all().delete()

    assert nudge([office.matter], by=office.coordinator) == Nudged(nobody=1)
    assert Reminder.objects.count() == 0


def test_head_is_told_where_there_is_no_focal_point(office):
    office.agency.memberships.all().delete()
    head = make_user(office.agency, "head")

    nudge([office.matter], by=office.coordinator)

    assert Notice.objects.get().receiver == head


@pytest.mark.parametrize("who", ["focal_point", "leader", "stranger"])
def test_only_who_follows_it_up_reminds(office, who):
    with pytest.raises(PermissionDenied):
        nudge([office.matter], by=getattr(office, who))


def test_call_is_written_down_once(office):
    for _time in range(2):
        record_reminder(
            office.matter, channel="phone", whom="Trưởng phòng", note="Hẹn thứ Sáu", by=office.coordinator
        )

    reminder = Reminder.objects.get()
    assert (reminder.channel, reminder.told, reminder.by) == ("phone", ["Trưởng phòng"], office.coordinator)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(("channel", "whom"), [("auto", "Ai"), ("phone", " ")])
def test_call_without_words_is_refused(office, channel, whom):
    with pytest.raises(FlowError):
        record_reminder(office.matter, channel=channel, whom=whom, by=office.coordinator)


def test_page_lists_reminders_and_offers_to_remind(office, as_user):
    remind()
    response = as_user(office.coordinator).get(office.url())

    assert response.status_code == 200
    assert [matter.obj for _source, matter in response.context["acts"]] == [office.work]
    assert [row.offset for row in response.context["reminders"]] == [5]


def test_lead_reads_its_reminders_but_cannot_remind_itself(office, as_user):
    client = as_user(office.focal_point)

    assert client.get(office.url()).context["acts"] == []
    assert client.post(office.url("nhac/")).status_code == 403


def test_stranger_finds_nothing(office, as_user):
    client = as_user(office.stranger)

    assert [client.get(office.url()).status_code, client.post(office.url("nhac/")).status_code] == [404, 404]


def test_click_on_the_page_goes_back_to_where_it_was(office, as_user):
    response = as_user(office.coordinator).post(office.url("nhac/"), {"next": "/thong-bao/qua-han/"})

    assert (response.status_code, response["Location"]) == (302, "/thong-bao/qua-han/")
    assert Reminder.objects.get().channel == "nudge"


def test_click_never_leads_to_another_site(office, as_user):
    response = as_user(office.coordinator).post(office.url("nhac/"), {"next": "https://elsewhere.test/"})

    assert response["Location"] == office.work.get_absolute_url()


def test_call_is_written_down_on_its_page_and_keeps_what_was_typed(office, as_user):
    client = as_user(office.coordinator)

    wrong = client.post(office.url("ghi/"), {"channel": "phone", "whom": "", "note": "Hẹn thứ Sáu"})
    right = client.post(office.url("ghi/"), {"channel": "zalo", "whom": "Văn thư", "note": ""})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert b"H\xe1\xba\xb9n th\xe1\xbb\xa9 S\xc3\xa1u" in wrong.content
    assert Reminder.objects.get().channel == "zalo"


def test_finished_work_cannot_be_reminded_of(office, as_user):
    Assignment.objects.update(state="done")

    assert as_user(office.coordinator).post(office.url("nhac/")).status_code == 404


def test_lead_reminds_who_is_to_accept_from_my_work(office, as_user):
    Assignment.objects.update(state="submitted", submitted_on=date(2019, 6, 20))
    client = as_user(office.focal_point)
    (item,) = client.get("/viec-cua-toi/").context["waited_for"]

    client.post(item.nudge)

    assert Notice.objects.get().receiver == office.coordinator
    assert Reminder.objects.get().kind == "acceptance"


def test_overdue_page_says_on_which_step_and_who_was_told(office):
    remind()
    record_reminder(office.matter, channel="phone", whom="Giám đốc", by=office.coordinator)

    row = overdue_rows(source_called("assignment"), office.leader, TODAY).get()

    assert (row.step_offset, row.reminded_by, row.told, row.reminder_count) == (5, "phone", ["Giám đốc"], 2)


@pytest.mark.parametrize(
    ("who", "count"), [("coordinator", 1), ("leader", 1), ("focal_point", 1), ("stranger", 0)]
)
def test_overdue_is_seen_by_who_answers_for_it(office, who, count):
    assert overdue_rows(source_called("assignment"), getattr(office, who), TODAY).count() == count


def test_overdue_page_offers_to_remind_to_who_follows_up_alone(office, as_user):
    button = office.url("nhac/").encode()

    pages = [
        as_user(person).get("/thong-bao/qua-han/assignment/").content
        for person in (office.coordinator, office.focal_point)
    ]

    assert [button in content for content in pages] == [True, False]


@pytest.mark.parametrize("count", [1, 30])
def test_overdue_page_costs_the_same_for_one_and_thirty(office, as_user, django_assert_num_queries, count):
    for _number in range(count - 1):
        make_assignment(office.agency, task=make_task(office.plan, due_on=date(2019, 6, 20)))
    client = as_user(office.coordinator)
    client.get("/thong-bao/qua-han/assignment/")

    with django_assert_num_queries(30):
        response = client.get("/thong-bao/qua-han/assignment/")

    assert len(response.context["table"].page) == count


def test_overdue_list_leaves_as_xlsx(office, as_user):
    remind()
    response = as_user(office.coordinator).get("/thong-bao/qua-han/assignment/?export=xlsx")

    assert (response.status_code, response["Content-Disposition"]) == (
        200,
        'attachment; filename="qua-han.xlsx"',
    )
