"""A story from its author to the readers: stages, four eyes, reasons, exceptions, hours, corrections."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from newsroom_scene import edited, make_column, make_story, newsroom  # noqa: F401
from wagtail.models import Page, Workflow

from factories import make_user
from loa.channels.models import Notice
from loa.core import clock
from loa.core.calendar_data import load_calendar
from loa.core.legal import load_rules
from loa.core.workflow import FlowError
from loa.directory.models import Membership
from loa.portal.actions import newsroom as acts
from loa.portal.actions.stages import act_at_stage
from loa.portal.clocks.newsroom import publish_scheduled, remind
from loa.portal.models import ColumnStage, Story, UrgentRelease
from loa.portal.queries.stages import stages_of, waiting_at_stages

pytestmark = pytest.mark.slow

TODAY = date(2019, 6, 3)  # a Monday


@pytest.fixture(autouse=True)
def _monday(today, db):
    today(TODAY)
    load_rules()
    load_calendar()


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def submit(story, by):
    story.get_workflow().start(story, by)
    return Story.objects.get(pk=story.pk)


def act(story, by, step="approve", note=""):
    story = Story.objects.get(pk=story.pk)
    state = story.current_workflow_task_state
    act_at_stage(state.task.specific, state, step=step, note=note, by=fresh(by))
    return Story.objects.get(pk=story.pk)


def test_story_passes_editing_and_approval(newsroom):  # noqa: F811
    story = submit(make_story(newsroom.column, owner=newsroom.desk.contributor), newsroom.desk.contributor)

    edited_story = act(story, newsroom.desk.editor)
    done = act(story, newsroom.desk.approver)

    assert (edited_story.live, done.live) == (False, True)
    assert clock.day_of(done.last_published_at) == TODAY


def test_column_has_its_own_stages_and_the_last_always_approves(newsroom):  # noqa: F811
    column = newsroom.column
    column.stages = [ColumnStage(role="editor"), ColumnStage(role="head")]
    column.save_revision().publish()

    inner = make_column(column, "Bên trong")

    assert stages_of(inner) == [("editor", "site"), ("head", "site"), ("approver", "site")]
    assert inner.get_workflow().name.count("→") == 2
    assert newsroom.other_column.get_workflow().name.count("→") == 1


def test_columns_with_the_same_stages_share_one_workflow(newsroom):  # noqa: F811
    for column in (newsroom.column, newsroom.other_column):
        column.stages = [ColumnStage(role="head")]
        column.save_revision().publish()

    assert Workflow.objects.filter(name__contains="→").count() == 2  # the default one and this


def test_three_stages_each_by_its_role(newsroom):  # noqa: F811
    newsroom.column.stages = [
        ColumnStage(role="editor"),
        ColumnStage(role="head"),
        ColumnStage(role="approver"),
    ]
    newsroom.column.save_revision().publish()
    desk = newsroom.desk
    story = submit(make_story(newsroom.column, owner=desk.contributor), desk.contributor)

    act(story, desk.editor)
    with pytest.raises(PermissionDenied):
        act(story, desk.approver)
    act(story, desk.head)

    assert act(story, desk.approver).live


def test_citys_desk_acts_on_an_agencys_story(newsroom):  # noqa: F811
    newsroom.column.stages = [ColumnStage(role="approver", desk="city")]
    newsroom.column.save_revision().publish()
    story = submit(make_story(newsroom.column, owner=newsroom.desk.editor), newsroom.desk.editor)

    waiting = waiting_at_stages(fresh(newsroom.city.approver))

    assert [state.workflow_state.object_id for state in waiting] == [str(story.pk)]
    assert waiting_at_stages(fresh(newsroom.others.approver)) == []


def test_another_agencys_approver_may_not_act(newsroom):  # noqa: F811
    story = submit(make_story(newsroom.column, owner=newsroom.desk.contributor), newsroom.desk.contributor)

    with pytest.raises(PermissionDenied):
        act(story, newsroom.others.editor)


def test_nobody_approves_their_own_even_under_another_hat(newsroom):  # noqa: F811
    writer = newsroom.desk.contributor
    Membership.objects.create(
        user=writer, agency=newsroom.home.agency, role="approver", valid_from="2000-01-01"
    )
    newsroom.column.stages = [ColumnStage(role="approver", desk="city")]
    newsroom.column.save_revision().publish()
    story = submit(make_story(newsroom.column, owner=writer), writer)
    again = fresh(writer)
    again.wear(newsroom.home.agency.pk)
    state = Story.objects.get(pk=story.pk).current_workflow_task_state

    with pytest.raises(PermissionDenied):
        act_at_stage(state.task.specific, state, step="approve", by=again)


def test_who_changed_the_text_does_not_approve_it(newsroom):  # noqa: F811
    desk = newsroom.desk
    story = submit(make_story(newsroom.column, owner=desk.contributor), desk.contributor)
    act(story, desk.editor)
    story = Story.objects.get(pk=story.pk)
    story.lead = "Sửa"
    story.save_revision(user=desk.approver)
    story.save_revision(user=desk.editor)  # a later hand does not wash it clean

    with pytest.raises(PermissionDenied):
        act(story, desk.approver)
    assert act(story, make_user(newsroom.first.agency, "approver")).live


def test_who_sets_the_hour_alone_approves(newsroom):  # noqa: F811
    desk = newsroom.desk
    story = submit(make_story(newsroom.column, owner=desk.contributor), desk.contributor)
    act(story, desk.editor)
    story = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    story.go_live_at = datetime(2019, 6, 5, 6, tzinfo=UTC)
    story.save_revision(user=desk.approver)

    waiting = act(story, desk.approver)

    assert (waiting.live, waiting.go_live_at) == (False, datetime(2019, 6, 5, 6, tzinfo=UTC))
    assert not waiting.workflow_in_progress


def at_approval(newsroom):  # noqa: F811
    desk = newsroom.desk
    story = submit(make_story(newsroom.column, owner=desk.contributor), desk.contributor)
    return act(story, desk.editor)


def approval(story, **changes):
    return {
        **edited(story, **changes),
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }


def test_who_changes_and_approves_in_one_go_is_told_and_nothing_is_saved(newsroom, as_user):  # noqa: F811
    story = at_approval(newsroom)
    before = story.latest_revision_id

    response = as_user(newsroom.desk.approver).post(
        f"/toa-soan/pages/{story.pk}/edit/", approval(story, lead="Sửa lời dẫn")
    )

    after = Story.objects.get(pk=story.pk)
    assert (after.latest_revision_id, after.live, after.workflow_in_progress) == (before, False, True)
    assert len(response.context["form"].non_field_errors()) == 1
    assert "Sửa lời dẫn" in response.content.decode()


@pytest.mark.parametrize(
    ("go_live_at", "told"),
    [
        ("", "Đã duyệt “Một cửa”; bài đã lên Cổng."),
        ("2019-06-05 06:30", "Đã duyệt “Một cửa”; bài tự đăng lúc 05/06/2019 06:30."),
    ],
)
def test_approver_is_told_what_became_of_the_story(newsroom, as_user, go_live_at, told):  # noqa: F811
    story = at_approval(newsroom)

    response = as_user(newsroom.desk.approver).post(
        f"/toa-soan/pages/{story.pk}/edit/", approval(story, go_live_at=go_live_at), follow=True
    )

    assert [str(said).strip() for said in response.context["messages"]] == [told]


def test_editor_hands_on_what_the_editor_worked_over(newsroom):  # noqa: F811
    desk = newsroom.desk
    story = submit(make_story(newsroom.column, owner=desk.contributor), desk.contributor)
    story.save_revision(user=desk.editor)

    act(story, desk.editor)

    assert act(story, desk.approver).live


def test_own_story_of_an_editor_goes_straight_to_approval(newsroom):  # noqa: F811
    story = submit(make_story(newsroom.column, owner=newsroom.desk.editor), newsroom.desk.editor)

    assert story.current_workflow_task.specific.role == "approver"


def test_return_needs_a_reason_and_reaches_the_author(newsroom):  # noqa: F811
    desk = newsroom.desk
    story = submit(make_story(newsroom.column, owner=desk.contributor), desk.contributor)

    with pytest.raises(FlowError):
        act(story, desk.editor, "reject", " ")
    act(story, desk.editor, "reject", "Thiếu số liệu")

    notice = Notice.objects.get(receiver=desk.contributor, kind="returned")
    assert notice.body_vi == "Thiếu số liệu"


def test_second_click_does_once(newsroom):  # noqa: F811
    desk = newsroom.desk
    story = submit(make_story(newsroom.column, owner=desk.contributor), desk.contributor)
    state = story.current_workflow_task_state
    act_at_stage(state.task.specific, state, step="approve", by=fresh(desk.editor))

    with pytest.raises((FlowError, PermissionDenied)):
        act_at_stage(state.task.specific, state, step="approve", by=fresh(desk.editor))


def test_waiting_is_told_to_whoever_acts_there(newsroom, mailoutbox):  # noqa: F811
    desk = newsroom.desk
    submit(make_story(newsroom.column, owner=desk.contributor), desk.contributor)

    told = set(Notice.objects.filter(kind="waiting").values_list("receiver", flat=True))

    assert told == {desk.editor.pk}
    assert all("wagtail" not in mail.body.lower() for mail in mailoutbox)


def test_through_the_pages_of_the_newsroom(newsroom, as_user):  # noqa: F811
    desk = newsroom.desk
    story = make_story(newsroom.column, owner=desk.contributor)
    address = f"/toa-soan/pages/{story.pk}/edit/"

    as_user(desk.contributor).post(address, {**edited(story), "action-submit": "1"})
    as_user(desk.editor).post(
        address, {**edited(story), "action-workflow-action": "1", "workflow-action-name": "approve"}
    )
    state = Story.objects.get(pk=story.pk).current_workflow_task_state
    as_user(desk.approver).post(f"/toa-soan/pages/workflow/action/{story.pk}/approve/{state.pk}/")

    assert Story.objects.get(pk=story.pk).live


@pytest.mark.parametrize("who", ["contributor", "editor", "approver"])
def test_publish_button_sent_by_hand_does_not_publish(newsroom, as_user, who):  # noqa: F811
    story = make_story(newsroom.column, owner=newsroom.desk.contributor)

    as_user(getattr(newsroom.desk, who)).post(
        f"/toa-soan/pages/{story.pk}/edit/", {**edited(story), "action-publish": "1"}
    )

    assert not Story.objects.get(pk=story.pk).live


def test_approval_in_the_modal_without_rights_changes_nothing(newsroom, as_user):  # noqa: F811
    story = submit(make_story(newsroom.column, owner=newsroom.desk.contributor), newsroom.desk.contributor)
    state = story.current_workflow_task_state

    as_user(newsroom.desk.approver).post(f"/toa-soan/pages/workflow/action/{story.pk}/approve/{state.pk}/")

    assert fresh(state).status == "in_progress"


# Hours ------------------------------------------------------------------------------------------------


def scheduled(newsroom, hours):  # noqa: F811
    desk = newsroom.desk
    story = make_story(newsroom.column, owner=desk.contributor)
    story.go_live_at = datetime(2019, 6, 3, 12, tzinfo=UTC) + timedelta(hours=hours)
    story.save_revision(user=desk.contributor)
    submit(story, desk.contributor)
    act(story, desk.editor)
    return act(story, desk.approver)


def test_approved_for_later_waits_for_its_hour(newsroom, today):  # noqa: F811
    story = scheduled(newsroom, 48)

    before = (story.live, publish_scheduled())
    today(date(2019, 6, 6))
    counts = [publish_scheduled(), publish_scheduled()]

    assert before == (False, 0)
    assert counts == [1, 0]
    assert Story.objects.get(pk=story.pk).live


def test_planned_hour_without_approval_publishes_nothing(newsroom, today):  # noqa: F811
    story = make_story(newsroom.column, owner=newsroom.desk.contributor)
    story.go_live_at = datetime(2019, 6, 4, tzinfo=UTC)
    story.save_revision(user=newsroom.desk.contributor)
    submit(story, newsroom.desk.contributor)

    today(date(2019, 6, 6))

    assert publish_scheduled() == 0
    assert not Story.objects.get(pk=story.pk).live


def test_expired_story_leaves_once_with_its_reason(newsroom, today):  # noqa: F811
    story = make_story(newsroom.column, live=True, owner=newsroom.desk.editor)
    Page.objects.filter(pk=story.pk).update(expire_at=datetime(2019, 6, 5, tzinfo=UTC))

    today(date(2019, 6, 6))
    counts = [publish_scheduled(), publish_scheduled()]

    assert counts == [1, 0]
    assert (Story.objects.get(pk=story.pk).live, Story.objects.get(pk=story.pk).expired) == (False, True)
    assert Notice.objects.filter(receiver=newsroom.desk.approver, key__startswith="story.withdraw").exists()


def test_day_of_review_is_told_once(newsroom, today):  # noqa: F811
    story = make_story(newsroom.column, live=True, owner=newsroom.desk.contributor)
    Story.objects.filter(pk=story.pk).update(review_on=date(2019, 6, 5))

    before = remind()
    today(date(2019, 6, 5))

    assert [before, remind(), remind()] == [0, 1, 0]


# Urgent -----------------------------------------------------------------------------------------------


def test_urgent_publication_is_an_exception_with_a_day(newsroom):  # noqa: F811
    desk = newsroom.desk
    story = make_story(newsroom.column, owner=desk.contributor)

    release = acts.release_urgently(story, reason="Bão đổ bộ", by=fresh(desk.editor))

    assert Story.objects.get(pk=story.pk).live
    assert (release.state, release.due_on) == ("open", date(2019, 6, 4))
    with pytest.raises(FlowError):
        acts.release_urgently(story, reason="Lần nữa", by=fresh(desk.editor))


@pytest.mark.parametrize("who", ["contributor", "head"])
def test_urgent_publication_is_an_editors(newsroom, who):  # noqa: F811
    with pytest.raises(PermissionDenied):
        acts.release_urgently(
            make_story(newsroom.column), reason="Bão", by=fresh(getattr(newsroom.desk, who))
        )


def test_urgent_publication_of_another_agencys_story_is_refused(newsroom):  # noqa: F811
    with pytest.raises(PermissionDenied):
        acts.release_urgently(make_story(newsroom.column), reason="Bão", by=fresh(newsroom.others.editor))


def test_urgent_taken_back_leaves_the_site(newsroom):  # noqa: F811
    desk = newsroom.desk
    story = make_story(newsroom.column, owner=desk.contributor)
    release = acts.release_urgently(story, reason="Bão", by=fresh(desk.editor))

    with pytest.raises(FlowError):
        acts.decide_urgent(release, step="take_back", by=fresh(desk.approver))
    acts.decide_urgent(release, step="take_back", note="Sai số liệu", by=fresh(desk.approver))

    assert not Story.objects.get(pk=story.pk).live
    assert UrgentRelease.objects.get().state == "taken_back"


def test_who_released_does_not_approve_it(newsroom):  # noqa: F811
    both = make_user(newsroom.first.agency, "editor", "approver")
    release = acts.release_urgently(make_story(newsroom.column), reason="Bão", by=both)

    with pytest.raises(PermissionDenied):
        acts.decide_urgent(release, step="approve", by=fresh(both))


def test_clock_reminds_on_the_last_day_and_after_it(newsroom, today):  # noqa: F811
    acts.release_urgently(make_story(newsroom.column), reason="Bão", by=fresh(newsroom.desk.editor))

    counts = [remind()]
    for day in (date(2019, 6, 4), date(2019, 6, 5)):
        today(day)
        counts += [remind(), remind()]

    assert counts == [0, 2, 0, 2, 0]  # approver and head


# Corrections and taking down --------------------------------------------------------------------------


def test_change_of_a_published_text_asks_for_a_correction(newsroom, as_user):  # noqa: F811
    desk = newsroom.desk
    story = make_story(newsroom.column, live=True, owner=desk.contributor)
    client, address = as_user(desk.editor), f"/toa-soan/pages/{story.pk}/edit/"
    changed = {**edited(story, lead="Giảm ba phần tư thời gian."), "action-submit": "1"}

    silent = client.post(address, changed)
    started = Story.objects.get(pk=story.pk).workflow_in_progress
    client.post(address, {**changed, "keeps_meaning": "on"})

    assert (silent.status_code, started) == (200, False)
    assert Story.objects.get(pk=story.pk).workflow_in_progress


def test_change_with_a_correction_goes_on(newsroom, as_user):  # noqa: F811
    story = make_story(newsroom.column, live=True, owner=newsroom.desk.contributor)
    data = edited(story, lead="Giảm ba phần tư thời gian.", corrections=["Số liệu trước ghi nhầm."])

    as_user(newsroom.desk.editor).post(f"/toa-soan/pages/{story.pk}/edit/", {**data, "action-submit": "1"})

    assert Story.objects.get(pk=story.pk).workflow_in_progress


def test_taken_down_with_a_reason_by_an_approver_alone(newsroom):  # noqa: F811
    story = make_story(newsroom.column, live=True, owner=newsroom.desk.contributor)

    for by, reason in ((newsroom.desk.editor, "Sai"), (newsroom.desk.approver, "")):
        with pytest.raises(FlowError):
            acts.take_down(story, reason=reason, by=fresh(by))
    acts.take_down(story, reason="Sai số liệu", by=fresh(newsroom.desk.approver))

    assert not Story.objects.get(pk=story.pk).live


def test_published_story_is_not_deleted(newsroom, as_user):  # noqa: F811
    story = make_story(newsroom.column, live=True, owner=newsroom.desk.contributor)

    as_user(newsroom.desk.approver).post(f"/toa-soan/pages/{story.pk}/delete/")

    assert Story.objects.filter(pk=story.pk).exists()
