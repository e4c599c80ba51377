from datetime import date
from io import BytesIO

import pytest

from factories import make_agency, make_user
from loa.plans import actions
from loa.plans.models import (
    CoordinationRequest,
    Plan,
    PlanBody,
    Target,
    Topic,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def texts(response):
    return response.content.decode()


def test_step_is_taken_with_a_form(scene, as_user):
    url = scene.url("assignment_step", scene.assignment.pk, "hand_to_head")
    client = as_user(scene.officer)

    shown, taken = client.get(url), client.post(url, {"note": ""})

    assert (shown.status_code, taken.status_code, scene.assignment.state) == (200, 302, "with_head")


def test_step_that_is_not_open_says_why(scene, as_user):
    client = as_user(scene.focal_point)

    response = client.get(scene.url("assignment_step", scene.assignment.pk, "submit"))

    assert (response.status_code, bool(response.context["why_not"])) == (409, True)


def test_unknown_step_is_404(scene, as_user):
    response = as_user(scene.head).get(scene.url("assignment_step", scene.assignment.pk, "explode"))

    assert response.status_code == 404


def test_step_of_another_role_is_403(scene, as_user):
    response = as_user(scene.coordinator).post(
        scene.url("assignment_step", scene.assignment.pk, "hand_to_head"), {"note": ""}
    )

    assert (response.status_code, scene.assignment.state) == (403, "in_progress")


def test_stale_step_keeps_what_was_typed(scene, as_user):
    assignment = scene.assignment
    url = scene.url("assignment_step", assignment.pk, "return_to_officer")
    actions.hand_to_head(assignment, by=scene.focal_point)
    actions.submit_assignment(assignment, by=scene.head)

    response = as_user(scene.head).post(url, {"note": "Bổ sung ảnh"}, headers={"HX-Request": "true"})

    assert (response.status_code, "<html" in texts(response), "Bổ sung ảnh" in texts(response)) == (
        409,
        False,
        True,
    )


def test_return_without_a_reason_is_asked_for(scene, as_user):
    actions.hand_to_head(scene.assignment, by=scene.focal_point)

    response = as_user(scene.head).post(
        scene.url("assignment_step", scene.assignment.pk, "return_to_officer"), {"note": ""}
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["note"])


def test_grey_step_names_who_takes_it(scene, as_user, in_english):
    actions.hand_to_head(scene.assignment, by=scene.focal_point)

    client = as_user(scene.focal_point)
    client.cookies["loa_language"] = "en"

    response = client.get(scene.assignment.get_absolute_url())

    reasons = {item.why_not for item in response.context["sheet"].steps}
    assert reasons == {"Done by the head of Sở Tư pháp."}


def test_note_is_added_from_the_page(scene, as_user):
    given = {"on": "2019-06-03", "done": "Đã họp", "obstacles": "", "proposals": ""}

    response = as_user(scene.officer).post(scene.url("note_add", scene.assignment.pk), given)

    assert (response.status_code, [note.done for note in scene.assignment.notes.all()]) == (302, ["Đã họp"])


def attach(client, scene, content, name):
    file = BytesIO(content)
    file.name = name
    return client.post(
        scene.url("file_add", scene.assignment.pk), {"file": file, "on": "2019-06-03", "title": ""}
    )


def test_file_is_attached_and_comes_back_as_a_download(scene, as_user):
    client = as_user(scene.officer)

    attach(client, scene, PDF, "Biên bản.pdf")
    response = client.get(scene.url("deliverable_download", scene.assignment.deliverables.get().pk))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf"


def test_hostile_file_is_refused_on_the_form(scene, as_user):
    response = attach(as_user(scene.officer), scene, b"MZ" + b"\0" * 100, "anh.pdf")

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert scene.assignment.deliverables.count() == 0


def test_named_body_does_not_download_what_is_not_shared_with_it(scene, as_user):
    attach(as_user(scene.officer), scene, PDF, "bb.pdf")
    named = make_agency()
    PlanBody.objects.create(plan=scene.plan, agency=named, role="duty")
    client = as_user(make_user(named, "head"))
    deliverable = scene.assignment.deliverables.get()

    statuses = [
        client.get(url).status_code
        for url in (scene.assignment.get_absolute_url(), scene.url("deliverable_download", deliverable.pk))
    ]

    assert statuses == [200, 404]


def test_link_of_another_scheme_is_refused(scene, as_user):
    given = {"link": "javascript:alert(1)", "title": "Bài", "on": "2019-06-03"}

    response = as_user(scene.officer).post(scene.url("link_add", scene.assignment.pk), given)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["link"])


def test_evidence_is_counted_for_the_target_chosen(scene, as_user):
    Target.objects.create(task=scene.task, measure="lớp", quantity=2, unit="lớp")
    given = {
        "link": "https://example.test/a",
        "title": "Lớp 1",
        "on": "2019-06-03",
        "unit": "lớp",
        "quantity": "1",
    }
    client = as_user(scene.officer)

    client.post(scene.url("link_add", scene.assignment.pk), given)
    client.post(
        scene.url("link_add", scene.assignment.pk), {**given, "link": "https://example.test/b", "unit": ""}
    )

    [count] = client.get(scene.task.get_absolute_url()).context["sheet"].targets
    assert count.counted == 1


def test_extension_is_asked_and_granted_from_the_pages(scene, as_user):
    as_user(scene.focal_point).post(
        scene.url("extension_ask", scene.assignment.pk),
        {"new_due_on": "2019-07-31", "reason": "Chờ kinh phí"},
    )
    extension = scene.assignment.extensions.get()

    as_user(scene.coordinator).post(scene.url("extension_step", extension.pk, "grant"), {"answer": ""})

    assert scene.assignment.due_on == date(2019, 7, 31)


def test_explanation_is_asked_and_given_from_the_pages(scene, as_user):
    as_user(scene.coordinator).post(
        scene.url("explanation_ask", scene.assignment.pk), {"question": "Vì sao chậm?", "due_on": ""}
    )
    explanation = scene.assignment.explanations.get()

    as_user(scene.head).post(scene.url("explanation_give", explanation.pk), {"answer": "Do dời hội nghị"})

    explanation.refresh_from_db()
    assert explanation.answer == "Do dời hội nghị"


def test_officer_in_charge_is_chosen_from_the_agencys_people(scene, as_user):
    client, url = as_user(scene.head), scene.url("assignment_officer", scene.assignment.pk)

    refused = client.post(url, {"officer": scene.stranger.pk})
    taken = client.post(url, {"officer": scene.focal_point.pk})

    assert (refused.status_code, taken.status_code, scene.assignment.officer) == (422, 302, scene.focal_point)


def test_request_occurrence_target_and_classes_have_their_forms(scene, as_user):
    partner = make_user(make_agency("Báo Hải Phòng", kind="press"), "head")
    PlanBody.objects.create(plan=scene.plan, agency=partner.hat.agency, role="coordinating")
    asked = CoordinationRequest.objects.create(task=scene.task, agency=partner.hat.agency)
    typed = Target.objects.create(
        task=scene.task, measure="lượt", quantity=9, unit="lượt", counts_itself=False
    )
    topic = Topic.objects.create(plan=scene.plan, text="Thể chế", position=1)

    as_user(partner).post(scene.url("request_step", asked.pk, "agree"), {"answer": "Đồng ý"})
    client = as_user(scene.coordinator)
    client.post(scene.url("target_enter", typed.pk), {"quantity": "4", "note": ""})
    client.post(scene.url("task_classify", scene.task.pk), {"topics": [topic.pk]})
    client.post(scene.url("occurrence_add", scene.task.pk), {"title": "Kỳ 1", "on": "2019-06-01"})
    client.post(scene.url("occurrence_step", scene.task.occurrences.get().pk, "hold"), {"on": "2019-06-01"})

    asked.refresh_from_db()
    typed.refresh_from_db()
    found = (asked.state, typed.entered_quantity, scene.task.topics.get(), scene.task.occurrences.get().state)
    assert found == ("agreed", 4, topic, "held")


def test_plan_is_closed_from_its_page(scene, as_user):
    client = as_user(scene.coordinator)

    task = scene.task.pk
    client.post(
        scene.url("plan_close", scene.plan.pk),
        {"note": "Hết năm", f"fate_{task}": "carry", f"why_{task}": ""},
    )
    response = client.get(scene.assignment.get_absolute_url())

    assert Plan.objects.get(pk=scene.plan.pk).state == "closed"
    assert {item.why_not is None for item in response.context["sheet"].steps} == {False}
