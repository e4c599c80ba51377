"""Published answers as results of a plan's work."""

from __future__ import annotations

import case_scene as scene
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from factories.directory import make_user
from factories.feedback import make_people, make_subject
from factories.plans import make_assignment, make_plan
from loa.feedback import actions
from loa.feedback.models import CountedWork
from loa.plans.models import Deliverable

pytestmark = pytest.mark.django_db
TEXTS = {"title": "Ngập nước", "question": "Đường ngập.", "answer": "Đã nạo vét."}


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def work(people):
    return make_assignment(people["agency"], plan=make_plan())


@pytest.fixture
def coordinator(work):
    return make_user(work.plan.coordinator, "focal_point")


def publish(people):
    return actions.publish_case(scene.answered(people), **TEXTS, by=people["intake"])


def standing():
    return Deliverable.objects.filter(kind="answer", withdrawn_at__isnull=True).count()


def test_answers_before_and_after_count_once_each(people, work, coordinator):
    publish(people)
    actions.count_for(work, unit="câu trả lời", by=coordinator)
    actions.count_for(work, unit="câu trả lời", by=coordinator)
    publish(people)

    assert (standing(), CountedWork.objects.count()) == (2, 1)
    assert Deliverable.objects.first().unit == "câu trả lời"


def test_taken_back_from_the_public_it_counts_no_more_and_published_again_it_does(people, work, coordinator):
    actions.count_for(work, by=coordinator)
    row = publish(people)

    actions.withdraw_publication(row, note="Còn tên", by=people["intake"])
    assert standing() == 0

    row.case.refresh_from_db()
    actions.publish_case(row.case, **TEXTS, by=people["intake"])
    assert standing() == 1


def test_of_another_subject_or_agency_it_does_not_count(people, work, coordinator):
    actions.count_for(work, subject=make_subject("Đất đai"), by=coordinator)
    actions.count_for(work, agency=people["stranger"].hat.agency, by=coordinator)
    publish(people)

    assert standing() == 0


def test_no_longer_counted_what_another_line_counts_stays(people, work, coordinator):
    whole = actions.count_for(work, by=coordinator)
    own = actions.count_for(work, agency=people["agency"], by=coordinator)
    publish(people)

    actions.stop_counting(whole, by=coordinator)
    assert standing() == 1

    actions.stop_counting(own, by=coordinator)
    assert standing() == 0


def test_only_the_coordinator_says_what_counts(people, work):
    with pytest.raises(PermissionDenied):
        actions.count_for(work, by=people["focal_point"])


def test_the_page(client, people, work, coordinator):
    url = reverse("feedback:counted_answers", args=["viec", work.pk])
    client.force_login(coordinator)

    done = client.post(url, {"agency": people["agency"].pk, "unit": "câu"})
    shown = client.get(url)
    client.force_login(people["focal_point"])
    looked = client.get(url)
    refused = client.post(url, {"unit": "câu"})

    assert (done.status_code, [each.count for each in shown.context["rows"]]) == (302, [0])
    assert (looked.context["form"], refused.status_code) == (None, 403)
    client.force_login(people["stranger"])
    assert client.get(url).status_code == 404


def test_a_line_is_taken_away_by_the_coordinator_alone(client, people, work, coordinator):
    row = actions.count_for(work, by=coordinator)
    url = reverse("feedback:counted_stop", args=[row.pk])

    client.force_login(people["focal_point"])
    refused = client.post(url)
    client.force_login(coordinator)
    done = client.post(url)

    assert (refused.status_code, done.status_code, CountedWork.objects.count()) == (403, 302, 0)
