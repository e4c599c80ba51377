"""The press briefing pack: the numbers of the reports, sources, questions, approval."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories import (
    make_agency,
    make_approval,
    make_assignment,
    make_budget,
    make_estimate,
    make_line,
    make_plan,
    make_task,
    make_user,
)
from loa.campaigns.actions import record_clipping
from loa.campaigns.models import PressBody
from loa.core.workflow import FlowError
from loa.desk import actions
from loa.desk.models import BriefingPack
from loa.desk.queries.briefing import gather, numbered, packs_visible_to
from loa.plans.actions import attach_link
from loa.reports.actions import load_templates
from loa.reports.actions.prefilling import prefill_reports
from loa.reports.models import AgencyReport, ReportFigure, ReportRound, ReportTemplate

pytestmark = pytest.mark.slow

START, END, TODAY = date(2019, 1, 1), date(2019, 6, 14), date(2019, 6, 20)
OPENED = {"opened_at": "2019-06-20T03:00:00Z", "due_on": date(2019, 6, 25)}


class Scene:
    def __init__(self):
        self.plan = make_plan(number="42/KH-UBND")
        self.paper = make_agency("Báo Thành phố", kind="press")
        self.work = make_assignment(self.paper, task=make_task(self.plan), state="in_progress")
        self.reporter = make_user(self.paper, "focal_point")
        self.writer = make_user(self.plan.coordinator, "focal_point")
        self.head = make_user(self.plan.coordinator, "head")
        self.stranger = make_user(make_agency("Sở Khác"), "focal_point", "head")
        body = PressBody.objects.create(
            name="Báo Thành phố", kind="print", agency=self.paper, agency_of_entry=self.plan.coordinator
        )
        for number, on in enumerate((date(2019, 3, 1), date(2019, 5, 2), date(2019, 6, 18)), start=1):
            record_clipping(
                press_body=body,
                title=f"Bài {number}",
                link=f"https://bao.example/{number}",
                on=on,
                work=self.work,
                by=self.writer,
            )
        attach_link(self.work, link="https://a.example", title="Ảnh", on=date(2019, 4, 1), by=self.reporter)

    def make(self, **changes):
        return actions.make_briefing(self.plan, **{"start": START, "end": END, "by": self.writer, **changes})


@pytest.fixture
def scene(db, today):
    today(TODAY)
    load_templates()
    return Scene()


def facts_of(sections, key):
    return {
        fact["label"]: fact["value"]
        for section in sections
        if section["key"] == key
        for fact in section["facts"]
    }


def test_figures_are_those_of_the_agencies_reports(scene):
    report_round = ReportRound.objects.create(
        plan=scene.plan,
        template=ReportTemplate.objects.get(code="communication_yearly"),
        kind="half_yearly",
        period="2019-H1",
        title="Sáu tháng",
        data_from=START,
        data_to=END,
        **OPENED,
    )
    reports = [
        AgencyReport.objects.create(round=report_round, agency=agency)
        for agency in (scene.paper, scene.plan.coordinator)
    ]
    prefill_reports(reports)

    told = facts_of(gather(scene.plan, START, END), "figures")

    figures = ReportFigure.objects.filter(report__round=report_round)
    for table, row in report_round.template.figure_rows:
        if row["formula"] and row["unit"] != "%":
            reported = sum(
                figures.filter(table=table["key"], row=row["key"]).values_list("counted", flat=True)
            )
            assert told[row["label_vi"]].split(" ")[0].replace(".", "") == f"{reported:.0f}", row["label_vi"]
    assert told["Tin, bài, phóng sự đã đăng, phát"] == "2 tin, bài"


def test_without_a_round_the_same_bodies_are_counted(scene):
    told = facts_of(gather(scene.plan, START, END), "figures")

    assert told["Tin, bài, phóng sự đã đăng, phát"] == "2 tin, bài"
    assert told["Nhiệm vụ chủ trì trong kế hoạch"] == "1 nhiệm vụ"


def test_gathered_again_it_is_the_same(scene):
    assert gather(scene.plan, START, END) == gather(scene.plan, START, END)


def test_progress_is_that_of_the_last_day(scene):
    told = facts_of(gather(scene.plan, START, END), "progress")

    assert told["Đầu việc đã giao cho các cơ quan"] == "1"
    assert told["Quá hạn"] == "0"


def test_clippings_of_the_period_with_their_sources(scene):
    pack = scene.make()

    told = facts_of(pack.sections, "clippings")
    shown = numbered(pack)

    assert told == {
        "Tin, bài báo chí đã đăng, phát": "2",
        "Báo Thành phố": "2",
        "Bài 1": "Báo Thành phố, 01/03/2019",
        "Bài 2": "Báo Thành phố, 02/05/2019",
    }
    assert all(fact["url"] for section in pack.sections for fact in section["facts"])
    assert [each["number"] for each in shown.sources] == list(range(1, len(shown.sources) + 1))


def test_money_of_the_period(scene):
    budget = make_budget(scene.plan)
    line = make_line(make_estimate(budget, scene.paper, state="spending"))
    make_approval(budget, {line: 5_000_000}, by=scene.writer)

    told = facts_of(gather(scene.plan, START, END), "money")

    assert told["Tổng kinh phí đã phê duyệt"] == "5.000.000 ₫"


def test_made_twice_it_is_one_pack(scene):
    assert scene.make() == scene.make()
    assert BriefingPack.objects.count() == 1


def test_what_is_approved_stays_as_it_is(scene):
    pack = scene.make()
    actions.take_briefing_step(pack, "approve", by=scene.head)
    kept = BriefingPack.objects.get().sections

    attach_link(
        scene.work,
        link="https://b.example",
        title="B",
        on=date(2019, 5, 5),
        quantity=3,
        unit="bài",
        by=scene.reporter,
    )

    for change in (
        lambda: actions.gather_anew(pack, by=scene.writer),
        lambda: actions.write_briefing(pack, title="x", contact="", questions=[], by=scene.writer),
    ):
        with pytest.raises(FlowError):
            change()
    assert BriefingPack.objects.get().sections == kept


def test_a_draft_takes_what_is_new(scene):
    pack = scene.make()
    same = actions.gather_anew(pack, by=scene.writer)
    attach_link(
        scene.work,
        link="https://b.example",
        title="B",
        on=date(2019, 5, 5),
        quantity=3,
        unit="bài",
        by=scene.reporter,
    )

    other = actions.gather_anew(pack, by=scene.writer)

    assert (same, other) == (False, True)


def test_the_head_approves_and_nobody_their_own(scene):
    own = scene.make(by=scene.head)

    for person in (scene.head, scene.writer):
        with pytest.raises(PermissionDenied):
            actions.take_briefing_step(own, "approve", by=person)


def test_an_approved_pack_is_returned_with_a_reason_or_handed_out(scene):
    pack = scene.make()
    actions.take_briefing_step(pack, "approve", by=scene.head)
    with pytest.raises(FlowError):
        actions.take_briefing_step(pack, "return_to_draft", by=scene.head)
    actions.take_briefing_step(pack, "return_to_draft", note="Thiếu câu hỏi", by=scene.head)
    assert (pack.state, pack.approved_by) == ("draft", None)

    actions.take_briefing_step(pack, "approve", by=scene.head)
    actions.take_briefing_step(pack, "hand_out", by=scene.writer)

    assert pack.state == "handed_out"


def test_only_who_oversees_the_plan_makes_a_pack(scene):
    for person in (scene.stranger, scene.reporter):
        with pytest.raises(PermissionDenied):
            scene.make(by=person)
    with pytest.raises(FlowError):
        scene.make(end=date(2019, 6, 21))
    scene.make()
    assert [packs_visible_to(person).count() for person in (scene.head, scene.stranger)] == [1, 0]


def test_the_page_and_the_paper(scene, as_user):
    pack = scene.make()
    questions = [{"question": "Vì sao?", "answer": "Vì bão."}]
    actions.write_briefing(pack, title=pack.title, contact="Văn phòng", questions=questions, by=scene.writer)
    client = as_user(scene.writer)

    shown = client.get(pack.get_absolute_url())
    paper = client.get(reverse("desk:briefing_download", args=[pack.pk]))

    text = shown.content.decode()
    assert "Vì bão." in text
    assert 'href="#source-1"' in text
    assert paper.content.startswith(b"PK")
    assert as_user(scene.stranger).get(pack.get_absolute_url()).status_code == 404


def test_through_the_pages(scene, as_user):
    client = as_user(scene.writer)

    made = client.post(
        reverse("desk:briefing_new"),
        {"plan": scene.plan.pk, "start": "2019-01-01", "end": "2019-06-14", "title": ""},
    )
    pack = BriefingPack.objects.get()
    wrong = client.post(
        reverse("desk:briefing_edit", args=[pack.pk]), {"title": "T", "answer_0": "Không có câu hỏi"}
    )
    client.post(
        reverse("desk:briefing_edit", args=[pack.pk]),
        {"title": "T", "question_0": "Hỏi?", "answer_0": "Đáp.", "contact": ""},
    )
    as_user(scene.head).post(reverse("desk:briefing_step", args=[pack.pk, "approve"]), {})

    pack.refresh_from_db()
    assert (made.status_code, made.url, wrong.status_code) == (302, pack.get_absolute_url(), 422)
    assert (pack.state, pack.questions) == ("approved", [{"question": "Hỏi?", "answer": "Đáp."}])


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same(scene, as_user, django_assert_num_queries, count):
    now = datetime(2019, 6, 20, tzinfo=UTC)
    kept = {"title": "Họp báo", "end": END, "by": scene.writer, "created_at": now, "gathered_at": now}
    for number in range(count):
        BriefingPack.objects.create(
            plan=scene.plan, agency=scene.plan.coordinator, start=date(2019, 1, 1 + number), **kept
        )
    client = as_user(scene.writer)
    client.get(reverse("desk:briefing_list"))

    with django_assert_num_queries(9):
        client.get(reverse("desk:briefing_list"))
