from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from open_scene import ALL_SHOWN, TODAY, Scene

from factories import make_plan, make_user
from loa.channels.models import Notice
from loa.core.history import entries_of
from loa.core.workflow import FlowError
from loa.portal.actions import Shown, publish_plan, publish_report, take_back_plan, take_back_report
from loa.portal.models import PlanPublication, ReportPublication
from loa.portal.queries.transparency import public_plans, publication_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(today):
    today(TODAY)
    return Scene()


def test_plan_is_hidden_until_somebody_decides(scene):
    assert publication_of(scene.plan).state == "hidden"
    assert list(public_plans()) == []


def test_publishing_is_recorded_with_what_is_shown(scene):
    publication = scene.publish()

    assert (publication.state, publication.published_on, publication.shows_money) == ("public", TODAY, True)
    (entry,) = entries_of([publication])
    assert (entry.action, entry.by) == ("plan_publication.publish", scene.head)
    assert list(public_plans()) == [scene.plan]


def test_publishing_twice_is_once(scene):
    scene.publish()

    publication = scene.publish()

    assert entries_of([publication]).count() == 1


def test_other_choices_are_a_change_on_record(scene):
    scene.publish()

    publication = scene.publish(Shown(introduction="Khác", shows_money=False))

    assert (publication.introduction, publication.shows_money) == ("Khác", False)
    assert [entry.action for entry in entries_of([publication])] == [
        "plan_publication.change",
        "plan_publication.publish",
    ]


def test_draft_is_no_paper_of_the_public(scene):
    draft = make_plan(coordinator=scene.plan.coordinator, state="draft")

    with pytest.raises(FlowError):
        publish_plan(draft, ALL_SHOWN, by=scene.head)

    assert PlanPublication.objects.count() == 0


def test_taking_back_says_why_and_hides(scene):
    publication = scene.publish()

    take_back_plan(publication, note="Rà soát lại", by=scene.head)

    assert list(public_plans()) == []
    assert entries_of([publication])[0].note == "Rà soát lại"


def test_taking_back_without_a_reason_is_refused(scene):
    publication = scene.publish()

    with pytest.raises(FlowError):
        take_back_plan(publication, note=" ", by=scene.head)

    assert publication.state == "public"


def test_first_day_stays_when_it_is_public_again(scene, today):
    publication = scene.publish()
    take_back_plan(publication, note="Rà soát", by=scene.head)
    today(date(2019, 6, 10))

    publication = scene.publish()

    assert (publication.state, publication.published_on) == ("public", TODAY)


@pytest.mark.parametrize(
    ("whose", "role", "may"),
    [
        ("coordinator", "head", True),
        ("coordinator", "focal_point", False),
        ("coordinator", "clerk", False),
        ("issuer", "leader", True),
        ("issuer", "head", True),
        ("issuer", "clerk", False),
        ("accepting_office", "head", False),
        ("lead", "head", False),
        ("stranger", "administrator", False),
    ],
)
def test_who_may_publish(scene, whose, role, may):
    agency = {"lead": scene.lead, "stranger": make_plan().coordinator}.get(whose) or getattr(
        scene.plan, whose
    )
    person = make_user(agency, role)

    if may:
        assert publish_plan(scene.plan, ALL_SHOWN, by=person).state == "public"
    else:
        with pytest.raises(PermissionDenied):
            publish_plan(scene.plan, ALL_SHOWN, by=person)


def test_leads_are_told_once_in_a_fixed_number_of_queries(scene, django_assert_num_queries):
    focal = make_user(scene.lead, "focal_point")

    scene.publish()
    scene.publish()

    assert [notice.receiver for notice in Notice.objects.all()] == [focal]


def test_file_of_a_report_is_decided_on_separately(scene):
    report = scene.issue_report()

    publication = publish_report(report, by=scene.head)
    publish_report(report, by=scene.head)

    assert (publication.state, publication.document, publication.plan) == (
        "public",
        report.document,
        scene.plan,
    )
    assert entries_of([publication]).count() == 1


def test_report_that_is_not_issued_has_no_public_file(scene):
    report = scene.issue_report()
    type(report).objects.filter(pk=report.pk).update(document=None)
    report.refresh_from_db()

    with pytest.raises(FlowError):
        publish_report(report, by=scene.head)

    assert ReportPublication.objects.count() == 0


def test_file_of_a_report_is_taken_back_with_a_reason(scene):
    publication = publish_report(scene.issue_report(), by=scene.head)

    take_back_report(publication, note="Đính chính", by=scene.head)

    assert publication.state == "taken_back"
