"""An estimate is written, signed, gathered, appraised and decided; what comes back keeps what was written."""

from datetime import date
from decimal import Decimal

import pytest
from budget_scene import TODAY

from factories import make_agency, make_duty, make_line, make_plan, make_task, make_user
from loa.budgets import actions
from loa.budgets.models import Approval, Estimate, EstimateLine, LineAppraisal, PlanBudget, VersionLine
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.workflow import FlowError, StaleError
from loa.documents.models import Document


def bodies(scene):
    names = ("coordinator", "content_appraiser", "money_appraiser", "stand_in", "approver", "office")
    return {name: getattr(scene.budget, name) for name in names}


def test_open_budget_asks_named_bodies_and_opens_once(scene):
    budget = actions.open_budget(scene.plan, year=2020, by=scene.coordinator, **bodies(scene))
    again = actions.open_budget(scene.plan, year=2020, by=scene.coordinator, **bodies(scene))

    assert again == budget
    assert PlanBudget.objects.filter(plan=scene.plan).count() == 2
    assert Notice.objects.filter(receiver=scene.head, key__contains=f"budget:{budget.pk}").count() == 1


@pytest.mark.parametrize(
    ("role", "like", "words"),
    [
        ("money_appraiser", "content_appraiser", "Two different bodies appraise"),
        ("approver", "money_appraiser", "Who appraises never approves"),
        ("stand_in", "approver", "Who appraises never approves"),
    ],
)
def test_open_budget_refuses_bodies_that_are_one(scene, role, like, words):
    chosen = bodies(scene)
    chosen[role] = chosen[like]

    with pytest.raises(FlowError, match=words):
        actions.open_budget(scene.plan, year=2020, by=scene.coordinator, **chosen)


def test_change_budget_sets_a_body_by_hand(scene):
    other = make_agency("Sở Kế hoạch")

    actions.change_budget(scene.budget, content_appraiser=other, by=scene.coordinator)

    assert scene.fresh().appraiser_id("content") == other.pk


def test_begin_estimate_twice_begins_once(scene):
    agency = make_agency()
    scene.plan.bodies.create(agency=agency, role="duty")
    person = make_user(agency)

    first = actions.begin_estimate(scene.budget, by=person)

    assert actions.begin_estimate(scene.budget, by=person) == first
    assert first.state == "draft"


def test_begin_estimate_is_for_bodies_of_the_plan(scene):
    with pytest.raises(FlowError, match="Only bodies named in the plan"):
        actions.begin_estimate(scene.budget, by=scene.stranger)


def test_add_line_computes_the_amount(scene):
    line = actions.add_line(
        scene.estimate,
        content="Thuê hội trường",
        quantity=Decimal("1.5"),
        times=Decimal(2),
        unit_price=3_333_333,
        task=scene.task,
        by=scene.writer,
    )

    assert (line.amount, line.position) == (9_999_999, 1)
    assert [entry.action for entry in entries_of([scene.estimate])] == ["estimate.edit"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"content": "  "}, "Say what the money is for"),
        ({"quantity": Decimal(-1)}, "not negative"),
        ({"quantity": Decimal(10**11), "unit_price": 10**9}, "larger than any budget"),
    ],
)
def test_add_line_refuses_what_cannot_be(scene, fields, words):
    with pytest.raises(FlowError, match=words):
        actions.add_line(scene.estimate, **{"content": "In", "by": scene.writer, **fields})


def test_a_line_is_for_the_plans_task_or_the_agencys_duty(scene):
    foreign = make_task(make_plan())
    duty = make_duty(scene.plan, make_agency())

    with pytest.raises(FlowError, match="another plan"):
        actions.add_line(scene.estimate, content="In", task=foreign, by=scene.writer)
    with pytest.raises(FlowError, match="another agency"):
        actions.add_line(scene.estimate, content="In", duty_assignment=duty, by=scene.writer)


def test_save_line_tells_the_second_writer(scene):
    line = make_line(scene.estimate)

    actions.save_line(line, version=0, content="In tờ rơi", by=scene.writer)

    with pytest.raises(StaleError, match="What you typed is still here"):
        actions.save_line(line, version=0, content="In sách", by=scene.head)
    assert EstimateLine.objects.get(pk=line.pk).content == "In tờ rơi"


def test_a_handed_on_estimate_is_not_written(scene):
    line = make_line(scene.estimate)
    scene.lead_to("with_head")

    with pytest.raises(StaleError, match="With the head"):
        actions.save_line(line, version=0, content="Khác", by=scene.writer)
    with pytest.raises(StaleError):
        actions.remove_line(line, by=scene.writer)


def test_remove_line_twice_removes_once(scene):
    line, kept = scene.lines()
    line = EstimateLine.objects.get(pk=line.pk)

    actions.remove_line(line, by=scene.writer)
    actions.remove_line(line, by=scene.writer)

    assert list(scene.estimate.lines.all()) == [kept]
    assert [entry.action for entry in entries_of([scene.estimate])] == ["estimate.remove_line"]


def test_write_lines_is_all_or_nothing(scene):
    rows = [{"content": "In", "unit_price": 5}, {"content": "", "unit_price": 5}]

    with pytest.raises(FlowError, match="Row 2: Say what the money is for"):
        actions.write_lines(scene.estimate, rows, by=scene.writer)

    assert not scene.estimate.lines.exists()


def test_write_lines_can_replace(scene):
    scene.lines(3)

    actions.write_lines(scene.estimate, [{"content": "In", "unit_price": 5}], by=scene.writer, replace=True)

    assert [line.amount for line in scene.estimate.lines.all()] == [5]


def test_an_empty_estimate_is_not_handed_on(scene):
    with pytest.raises(FlowError, match="no line yet"):
        actions.hand_to_head(scene.estimate, by=scene.writer)


def test_submit_freezes_what_was_sent(scene):
    scene.lead_to("submitted", count=3)

    version = scene.estimate.versions.get()

    assert (version.kind, version.number, version.total, version.line_count) == ("submitted", 1, 3_000_000, 3)
    assert scene.estimate.version == 1
    assert Notice.objects.filter(receiver=scene.coordinator).count() == 1


def test_return_to_agency_keeps_lines_and_says_why(scene):
    scene.lead_to("consolidated")

    actions.return_to_agency(scene.estimate, reason="Thiếu căn cứ", by=scene.coordinator)

    assert scene.fresh().state == "returned"
    assert scene.estimate.lines.count() == 2
    assert [row.kind for row in scene.estimate.versions.all()] == ["submitted", "returned"]
    assert entries_of([scene.estimate]).first().note == "Thiếu căn cứ"


def test_a_removed_line_lives_on_in_its_version(scene):
    scene.lead_to("submitted")
    actions.return_to_agency(scene.estimate, reason="Bớt", by=scene.coordinator)
    line = scene.fresh().lines.first()
    actions.remove_line(line, by=scene.writer)
    scene.lead_to("submitted")

    amounts = [row.total for row in scene.estimate.versions.all()]

    assert amounts == [2_000_000, 2_000_000, 1_000_000]
    assert VersionLine.objects.filter(line_key=line.pk).count() == 2


def appraise(scene, line, side, by, **changes):
    given = {"quantity": line.quantity, "times": line.times, "unit_price": line.unit_price, "version": 0}
    return actions.appraise_line(line, side=side, by=by, **{**given, **changes})


def test_each_body_appraises_for_itself_and_the_lower_amount_counts(scene):
    scene.lead_to("in_appraisal")
    line = scene.estimate.lines.first()

    appraise(scene, line, "content", scene.content, quantity=Decimal(8), reason="Trùng lặp")
    assert EstimateLine.objects.get(pk=line.pk).appraised_amount is None
    appraise(scene, line, "money", scene.money, unit_price=70_000, reason="Vượt định mức")

    assert EstimateLine.objects.get(pk=line.pk).appraised_amount == 700_000
    assert scene.estimate.state == "in_appraisal"


def test_a_cut_needs_its_reason(scene):
    scene.lead_to("in_appraisal")

    with pytest.raises(FlowError, match="carries its reason"):
        appraise(scene, scene.estimate.lines.first(), "content", scene.content, quantity=Decimal(8))

    assert not LineAppraisal.objects.exists()


def test_an_appraisal_gives_no_more_than_proposed(scene):
    scene.lead_to("in_appraisal")

    with pytest.raises(FlowError, match="no more than was proposed"):
        appraise(scene, scene.estimate.lines.first(), "money", scene.money, unit_price=10**6, reason="?")


def test_the_second_of_two_colleagues_is_told(scene):
    scene.lead_to("in_appraisal")
    line = scene.estimate.lines.first()
    appraise(scene, line, "content", scene.content, quantity=Decimal(8), reason="Trùng")

    with pytest.raises(StaleError, match="A colleague has just appraised"):
        appraise(scene, line, "content", scene.content_head, quantity=Decimal(7), reason="Trùng")

    assert line.appraisals.get(side="content").quantity == 8


def test_accept_rest_leaves_what_was_said(scene):
    scene.lead_to("in_appraisal", count=5)
    appraise(
        scene, scene.estimate.lines.first(), "content", scene.content, quantity=Decimal(8), reason="Trùng"
    )

    assert actions.accept_rest(scene.estimate, side="content", by=scene.content) == 4
    assert actions.accept_rest(scene.estimate, side="content", by=scene.content) == 0
    assert LineAppraisal.objects.filter(is_change=True).count() == 1


def test_finish_asks_for_every_line(scene):
    scene.lead_to("in_appraisal")

    with pytest.raises(FlowError, match="2 lines are not looked at yet"):
        actions.finish_side(scene.estimate, side="content", by=scene.content_head)


def test_the_appraisal_is_complete_with_the_second_body(scene):
    scene.lead_to("in_appraisal")
    actions.accept_rest(scene.estimate, side="content", by=scene.content)
    actions.accept_rest(scene.estimate, side="money", by=scene.money)

    first = actions.finish_side(scene.fresh(), side="money", by=scene.money_head)
    second = actions.finish_side(scene.fresh(), side="content", by=scene.content_head)

    assert (first, second) == (False, True)
    assert scene.fresh().state == "appraised"
    assert scene.estimate.appraised_on == TODAY
    assert [row.kind for row in scene.estimate.versions.all()] == ["submitted", "appraised"]


def test_a_finished_body_resumes_while_the_other_works(scene):
    scene.lead_to("in_appraisal")
    actions.accept_rest(scene.estimate, side="content", by=scene.content)
    actions.finish_side(scene.estimate, side="content", by=scene.content_head)
    line = scene.fresh().lines.first()
    with pytest.raises(FlowError, match="has finished its appraisal"):
        appraise(scene, line, "content", scene.content, quantity=Decimal(1), reason="Sai", version=1)

    actions.resume_side(scene.estimate, side="content", by=scene.content_head)

    word = appraise(scene, line, "content", scene.content, quantity=Decimal(1), reason="Sai", version=1)
    assert word.amount == 100_000


def test_changed_lines_are_looked_at_again_others_keep_their_word(scene):
    scene.lead_to("in_appraisal")
    line, other = scene.estimate.lines.all()
    for each in (line, other):
        appraise(scene, each, "content", scene.content, quantity=Decimal(8), reason="Trùng")
        appraise(scene, each, "money", scene.money)
    actions.return_to_coordinator(scene.fresh(), reason="Xem lại", by=scene.money_head)
    actions.return_to_agency(scene.estimate, reason="Xem lại", by=scene.coordinator)
    actions.save_line(scene.fresh().lines.first(), version=0, quantity=Decimal(9), by=scene.writer)
    scene.lead_to("in_appraisal")

    with pytest.raises(FlowError, match="1 lines are not looked at yet"):
        actions.finish_side(scene.fresh(), side="content", by=scene.content_head)

    assert EstimateLine.objects.get(pk=other.pk).appraised_amount == 800_000
    assert EstimateLine.objects.get(pk=line.pk).appraised_amount is None
    assert line.appraisals.get(side="content").reason == "Trùng"


def test_return_to_appraisal_opens_both_sides(scene):
    scene.lead_to("appraised")

    actions.return_to_appraisal(scene.estimate, reason="Sai cột", by=scene.coordinator)

    estimate = scene.fresh()
    assert (estimate.state, estimate.content_done_at, estimate.money_done_at) == ("in_appraisal", None, None)


def test_the_committee_returns_to_the_coordinator(scene):
    scene.lead_to("with_committee")

    actions.return_from_committee(scene.estimate, reason="Giảm chi", by=scene.leader)

    assert scene.fresh().state == "appraised"
    assert Notice.objects.filter(receiver=scene.coordinator, key__startswith="estimate.return_from").exists()


def test_approve_registers_the_decision_and_gives_what_was_appraised(scene):
    scene.lead_to("with_committee")

    approval = scene.approve()

    estimate = scene.fresh()
    assert (estimate.state, estimate.approved_on) == ("approved", date(2019, 4, 10))
    assert [row.amount for row in approval.lines.all()] == [1_000_000, 1_000_000]
    document = Document.objects.get(printed_number="900/QĐ-UBND")
    assert (document.number, document.symbol, document.issuer) == (900, "QĐ-UBND", scene.budget.approver)
    assert scene.agency in document.readers.all()


def test_approve_in_part_with_a_reason(scene):
    scene.lead_to("with_committee")
    line, _ = scene.estimate.lines.all()

    scene.approve(given={line.pk: actions.Given(0, "Chưa cấp thiết")})

    assert list(scene.estimate.lines.values_list("approved__amount", flat=True)) == [0, 1_000_000]


@pytest.mark.parametrize(
    ("amount", "reason", "words"), [(0, "", "say why"), (1_000_001, "Thêm", "more than was proposed")]
)
def test_approve_refuses_and_keeps_nothing(scene, amount, reason, words):
    scene.lead_to("with_committee")
    line = scene.estimate.lines.first()

    with pytest.raises(FlowError, match=words):
        scene.approve(given={line.pk: actions.Given(amount, reason)})

    assert scene.fresh().state == "with_committee"
    assert not Approval.objects.exists()
    assert not Document.objects.filter(printed_number="900/QĐ-UBND").exists()


def test_approve_is_not_dated_ahead(scene):
    scene.lead_to("with_committee")

    with pytest.raises(FlowError, match="lies ahead"):
        scene.approve(decided_on=date(2019, 4, 16))


def test_approve_twice_approves_once(scene):
    scene.lead_to("with_committee")
    stale = Estimate.objects.select_related("budget").get(pk=scene.estimate.pk)
    scene.approve()

    with pytest.raises(StaleError):
        actions.approve_estimates(
            scene.budget,
            [stale],
            number="900/QĐ-UBND",
            decided_on=date(2019, 4, 10),
            subject="x",
            by=scene.leader,
        )

    assert Approval.objects.count() == 1


def test_move_all_takes_every_waiting_estimate(scene):
    scene.lead_to("submitted")

    assert actions.move_all(scene.budget, "consolidate", by=scene.coordinator) == 1
    assert actions.move_all(scene.budget, "send_to_appraisal", by=scene.coordinator) == 1
    assert actions.move_all(scene.budget, "consolidate", by=scene.coordinator) == 0
    assert scene.fresh().state == "in_appraisal"


def test_norms_ship_without_amounts_and_unchecked(db):
    count = actions.load_norms()

    from loa.budgets.models import CostNorm

    assert count == CostNorm.objects.count() > 0
    assert not CostNorm.objects.exclude(ceiling=None, is_checked=False).exists()
    assert actions.load_norms() == 0
