"""What is published counts in the plan by itself, and is taken back with the story."""

from datetime import date

import pytest
from newsroom_scene import edited, make_story, newsroom  # noqa: F401
from wagtail.test.utils.form_data import inline_formset

from factories import make_agency, make_assignment, make_plan
from loa.channels.models import Notice
from loa.core.calendar_data import load_calendar
from loa.core.legal import load_rules
from loa.core.models import Entry
from loa.plans.models import Deliverable, Plan, Talk, Target
from loa.plans.queries import coverage, target_counts
from loa.portal.actions import newsroom as acts
from loa.portal.actions.assignments import begin_story, give_assignment
from loa.portal.models import NewsAssignment, Story, StoryWork

pytestmark = pytest.mark.slow

TODAY = date(2019, 6, 3)


@pytest.fixture(autouse=True)
def _monday(today, db):
    today(TODAY)
    load_rules()
    load_calendar()


@pytest.fixture
def work(newsroom):  # noqa: F811
    return make_assignment(newsroom.first.agency, plan=make_plan())


def standing():
    return list(Deliverable.objects.filter(withdrawn_at__isnull=True).values_list("source", flat=True))


def make_linked(newsroom, work, **fields):  # noqa: F811
    story = make_story(newsroom.column, owner=newsroom.desk.contributor, **fields)
    story.works = [StoryWork(assignment=work)]
    story.save_revision(user=newsroom.desk.contributor)
    return Story.objects.get(pk=story.pk)


def publish(story):
    story.get_latest_revision().publish()
    return Story.objects.get(pk=story.pk)


def test_published_through_the_newsroom_counts(newsroom, work, as_user):  # noqa: F811
    Target.objects.create(task=work.task, measure="tin", quantity=6, unit="tin, bài")
    desk = newsroom.desk
    story = make_story(newsroom.column, owner=desk.contributor)
    as_user(desk.contributor).post(
        f"/toa-soan/pages/{story.pk}/edit/", {**edited(story, works=[work]), "action-submit": "1"}
    )
    for who in (desk.editor, desk.approver):
        state = Story.objects.get(pk=story.pk).current_workflow_task_state
        as_user(who).post(f"/toa-soan/pages/workflow/action/{story.pk}/approve/{state.pk}/")

    row = Deliverable.objects.get()
    assert (row.source, row.kind, row.on) == (f"story:{story.pk}:assignment:{work.pk}", "story", TODAY)
    assert row.by == desk.approver
    assert target_counts([work.task])[work.task_id][0].counted == 1


def test_work_of_another_agency_is_not_offered(newsroom, as_user):  # noqa: F811
    foreign = make_assignment(newsroom.second.agency, plan=make_plan())
    story = make_story(newsroom.column, owner=newsroom.desk.contributor)

    as_user(newsroom.desk.contributor).post(
        f"/toa-soan/pages/{story.pk}/edit/", {**edited(story, works=[foreign]), "action-submit": "1"}
    )

    assert not Story.objects.get(pk=story.pk).workflow_in_progress


def test_an_empty_row_offers_the_own_work_alone(newsroom, work, as_user):  # noqa: F811
    foreign = make_assignment(newsroom.second.agency, plan=work.plan)
    story = make_story(newsroom.column, owner=newsroom.desk.editor)

    form = as_user(newsroom.desk.editor).get(f"/toa-soan/pages/{story.pk}/edit/").context["form"]

    assert list(form.formsets["works"].empty_form.fields["assignment"].queryset) == [work]
    assert foreign.agency != work.agency


def test_the_citys_desk_is_offered_the_work_of_who_wrote(newsroom, work, as_user):  # noqa: F811
    story = make_story(newsroom.city_column, owner=newsroom.city.editor, agency=work.agency)

    as_user(newsroom.city.editor).post(
        f"/toa-soan/pages/{story.pk}/edit/", edited(story, works=[work], agency=work.agency_id)
    )

    kept = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert [row.assignment for row in kept.works.all()] == [work]


def test_an_agencys_desk_is_not_offered_the_work_of_a_stranger_named_as_writer(newsroom, work, as_user):  # noqa: F811
    story = make_story(newsroom.other_column, owner=newsroom.others.editor, agency=work.agency)

    form = as_user(newsroom.others.editor).get(f"/toa-soan/pages/{story.pk}/edit/").context["form"]

    assert not form.formsets["works"].empty_form.fields["assignment"].queryset.exists()


def test_a_row_without_work_is_refused_in_words(newsroom, as_user):  # noqa: F811
    story = make_story(newsroom.column, owner=newsroom.desk.editor)

    response = as_user(newsroom.desk.editor).post(
        f"/toa-soan/pages/{story.pk}/edit/", edited(story, works_rows=inline_formset([{"assignment": ""}]))
    )

    errors = response.context["form"].formsets["works"].forms[0].errors
    assert errors == {"__all__": ["Hãy chọn một phân công hoặc một việc thường xuyên, chỉ một trong hai."]}


def test_editor_keeps_the_work_of_a_contributors_commune(newsroom, as_user):  # noqa: F811
    communes = make_assignment(make_agency(), plan=make_plan())
    story = make_linked(newsroom, communes)
    story.works = [StoryWork(assignment=communes)]
    story.save()
    story.save_revision(user=newsroom.desk.contributor)
    row = {"id": StoryWork.objects.get(story=story).pk, "assignment": communes.pk}

    as_user(newsroom.desk.editor).post(
        f"/toa-soan/pages/{story.pk}/edit/",
        edited(story, works_rows=inline_formset([row], initial=1), lead="Sửa"),
    )

    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().lead == "Sửa"


def test_published_twice_counts_once(newsroom, work):  # noqa: F811
    story = publish(make_linked(newsroom, work))
    story.save_revision().publish()

    assert len(standing()) == 1


def test_taken_down_is_taken_back_with_history(newsroom, work):  # noqa: F811
    story = publish(make_linked(newsroom, work))

    acts.take_down(story, reason="Sai", by=type(story.owner).objects.get(pk=newsroom.desk.approver.pk))

    assert standing() == []
    assert Entry.objects.filter(action="assignment.withdraw_deliverable").count() == 1


def test_link_taken_out_is_taken_back_at_the_next_publication(newsroom, work):  # noqa: F811
    story = publish(make_linked(newsroom, work))
    story.works = []
    story.save_revision().publish()

    assert standing() == []


def test_published_again_stands_again(newsroom, work):  # noqa: F811
    story = publish(make_linked(newsroom, work))
    story.unpublish()
    publish(Story.objects.get(pk=story.pk))

    assert len(standing()) == 1
    assert Deliverable.objects.count() == 1


def test_deleted_story_counts_no_more(newsroom, work):  # noqa: F811
    story = publish(make_linked(newsroom, work))
    story.unpublish()
    story.delete()

    assert standing() == []


def test_closed_plan_does_not_break_publishing_but_is_told(newsroom, work):  # noqa: F811
    story = make_linked(newsroom, work)
    Plan.objects.filter(pk=work.plan_id).update(state="closed")

    story = publish(story)

    assert story.live
    assert standing() == []
    assert Notice.objects.filter(
        receiver=newsroom.desk.contributor, key__startswith="story.not_counted"
    ).exists()


def test_coverage_of_the_plan_is_filled(newsroom, work):  # noqa: F811
    publish(make_linked(newsroom, work))

    assert coverage(work.plan, work.plan.assignments.all(), Talk.objects.none()) is not None
    assert work.deliverables.filter(withdrawn_at__isnull=True).count() == 1


def test_assignment_follows_its_story(newsroom, work):  # noqa: F811
    desk = newsroom.desk
    given = give_assignment(
        title="Viết về một cửa", reporter=desk.contributor, column=newsroom.column, due_on=date(2019, 6, 10),
        work=work, by=type(desk.editor).objects.get(pk=desk.editor.pk),
    )  # fmt: skip

    story = begin_story(given, by=desk.contributor)
    again = begin_story(NewsAssignment.objects.get(pk=given.pk), by=desk.contributor)
    story.body = [("text", "<p>Một cửa</p>")]
    story.save_revision(user=desk.contributor).publish()
    published = NewsAssignment.objects.get(pk=given.pk).state
    Story.objects.get(pk=story.pk).unpublish()

    assert again.pk == story.pk
    assert (published, NewsAssignment.objects.get(pk=given.pk).state) == ("published", "drafted")
    assert Deliverable.objects.count() == 1
