"""Pages of the plan's year: closing, carrying over, amending, questions over all plans."""

from datetime import date

import pytest
from plan_scene import fill

from factories import make_plan, make_task, make_user
from loa.core.workflow import FlowError
from loa.plans import actions
from loa.plans.models import Amendment, Plan

pytestmark = pytest.mark.django_db


def test_closing_without_a_reason_for_an_end_keeps_what_was_typed(scene, as_user):
    task = scene.task.pk

    response = as_user(scene.coordinator).post(
        scene.url("plan_close", scene.plan.pk), {"note": "Hết năm", f"fate_{task}": "end", f"why_{task}": ""}
    )

    assert response.status_code == 422
    assert "Hết năm" in response.content.decode()
    assert Plan.objects.get(pk=scene.plan.pk).state == "issued"


def test_next_plan_is_opened_and_its_tasks_are_taken_from_its_page(scene, as_user):
    actions.close_plan(
        scene.plan, note="Hết", fates={scene.task.pk: actions.Fate("carry")}, by=scene.coordinator
    )
    client = as_user(scene.coordinator)

    response = client.post(
        scene.url("plan_next", scene.plan.pk),
        {"number": "7/KH-UBND", "title": "Kế hoạch 2020", "issued_on": "2020-01-10"},
    )
    new = Plan.objects.get(year=2020)
    carried = client.get(scene.url("plan_carry", new.pk))

    assert response["Location"] == new.get_absolute_url()
    assert new.tasks.get().predecessor == scene.task
    assert scene.plan.number in carried.content.decode()
    assert client.get(scene.url("plan_carry", new.pk) + "?export=xlsx").status_code == 200
    assert client.get(new.tasks.get().get_absolute_url()).status_code == 200


def test_matches_are_confirmed_from_their_page(scene, as_user):
    earlier = make_plan(
        issuer=scene.plan.issuer, coordinator=scene.plan.coordinator, year=2018, state="closed"
    )
    old = make_task(earlier, content="Mở lớp tập huấn pháp chế")
    scene.plan.tasks.update(carried_over_from=2018)
    client, url = as_user(scene.coordinator), scene.url("plan_matches", scene.plan.pk)

    page = client.get(url)
    client.post(url, {f"task_{scene.task.pk}": old.pk})

    assert page.context["form"].fields[f"task_{scene.task.pk}"].initial == str(old.pk)
    scene.task.refresh_from_db()
    assert scene.task.predecessor == old


def test_an_amendment_is_drafted_looked_at_and_issued_from_its_pages(scene, as_user):
    client = as_user(scene.coordinator)
    scene.task.bodies.create(role="lead", printed=scene.lead.name, agency=scene.lead, position=0)

    made = client.post(
        scene.url("plan_amend", scene.plan.pk),
        {"kind": "QUYẾT ĐỊNH", "number": "8/QĐ-UBND", "subject": "Sửa đổi", "issued_on": "2019-06-03"},
    )
    amendment = Amendment.objects.get()
    add = scene.url("amendment_change", amendment.pk, "change_task")
    pick = client.get(add)
    typed = {"no": "1", "content": "Mở hai lớp", "lead": scene.lead.name, "due_on": "2019-06-20"}
    unknown = client.post(f"{add}?touched={scene.task.pk}", {**typed, "lead": "Sở Không Có"})
    kept = client.post(f"{add}?touched={scene.task.pk}", typed)
    page = client.get(amendment.get_absolute_url())
    edit = client.get(scene.url("change_edit", amendment.changes.get().pk))
    issued = client.post(scene.url("amendment_step", amendment.pk, "issue"), {})

    assert made["Location"] == amendment.get_absolute_url()
    assert [row.status_code for row in (pick, unknown, kept, page, edit, issued)] == [
        200, 422, 302, 200, 200, 302,
    ]  # fmt: skip
    assert "<ins>" in page.content.decode()
    scene.task.refresh_from_db()
    assert (scene.task.content, scene.task.due_on, scene.task.due_text) == (
        "Mở hai lớp",
        date(2019, 6, 20),
        "20/06/2019",
    )
    seen = as_user(scene.focal_point).get(scene.task.get_absolute_url())
    assert "8/QĐ-UBND" in seen.content.decode()


def test_the_plan_on_a_day_is_read_and_exported(scene, as_user):
    client, url = as_user(scene.focal_point), scene.url("plan_version", scene.plan.pk)

    assert client.get(url).status_code == 200
    assert client.get(f"{url}?ngay=2019-02-30").status_code == 200
    assert client.get(f"{url}?ngay=2019-03-01&export=xlsx").status_code == 200
    assert as_user(scene.stranger).get(url).status_code == 404


@pytest.mark.parametrize("name", ["extension_list", "explanation_list"])
def test_questions_are_listed_for_both_sides_and_for_nobody_else(scene, as_user, name):
    actions.ask_extension(
        scene.assignment, new_due_on=date(2019, 8, 1), reason="Chờ kinh phí", by=scene.focal_point
    )
    actions.ask_explanation(
        scene.assignment, question="Vì sao?", due_on=date(2019, 6, 5), by=scene.coordinator
    )
    url = scene.url(name)

    def rows(user, query=""):
        return len(as_user(user).get(url + query).context["table"].rows)

    assert (rows(scene.focal_point), rows(scene.coordinator), rows(scene.stranger)) == (1, 1, 0)
    own, other = ("theirs", "mine") if name == "extension_list" else ("mine", "theirs")
    assert (rows(scene.focal_point, f"?side={own}"), rows(scene.focal_point, f"?side={other}")) == (1, 0)
    assert as_user(scene.coordinator).get(f"{url}?export=xlsx").status_code == 200


def test_overdue_explanations_are_found(scene, as_user, today):
    actions.ask_explanation(
        scene.assignment, question="Vì sao?", due_on=date(2019, 6, 5), by=scene.coordinator
    )
    client, url = as_user(scene.coordinator), scene.url("explanation_list") + "?late=true"

    before = len(client.get(url).context["table"].rows)
    today(date(2019, 6, 6))
    after = len(client.get(url).context["table"].rows)

    assert (before, after) == (0, 1)


PAGES = {"plan_carry": 13, "plan_amendments": 8, "plan_version": 15, "plan_guidance": 8}


@pytest.mark.parametrize("name", PAGES)
def test_page_takes_the_same_queries_for_1_and_for_30_rows(scene, as_user, name, django_assert_num_queries):
    client, url = as_user(scene.coordinator), scene.url(name, scene.plan.pk)
    fill(scene, 1)
    scene.plan.tasks.update(carried_over_from=2018)
    client.get(url)
    with django_assert_num_queries(PAGES[name]):
        client.get(url)
    fill(scene, 29)
    scene.plan.tasks.update(carried_over_from=2018)

    with django_assert_num_queries(PAGES[name]):
        client.get(url)


def test_steps_without_a_button_have_no_address(scene, as_user):
    client = as_user(scene.coordinator)

    for step in ("end", "resume"):
        assert client.get(scene.url("assignment_step", scene.assignment.pk, step)).status_code == 404


def test_an_ended_task_takes_no_work(scene):
    make_user(scene.plan.coordinator, "focal_point")
    amendment = actions.draft_amendment(
        scene.plan,
        kind="QUYẾT ĐỊNH",
        number="8/QĐ",
        subject="x",
        issued_on=date(2019, 6, 3),
        effective_on=date(2019, 6, 3),
        by=scene.coordinator,
    )
    actions.propose_change(
        amendment, "end_task", touched=scene.task, after={}, reason="Thôi", by=scene.coordinator
    )
    actions.issue_amendment(amendment, by=scene.coordinator)

    for act in (
        lambda: actions.add_note(scene.assignment, on=date(2019, 6, 3), done="x", by=scene.focal_point),
        lambda: actions.name_officer(scene.assignment, officer=scene.officer, by=scene.head),
        lambda: actions.ask_explanation(scene.assignment, question="x", by=scene.coordinator),
    ):
        with pytest.raises(FlowError):
            act()
