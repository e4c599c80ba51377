import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import make_user
from factories.readings import make_reading, make_town, task_data
from loa.documents.models import Proposal, Reading
from loa.plans.actions import imports, proposals
from loa.plans.models import Plan

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def town():
    return make_town()


@pytest.fixture
def page(as_user, town):
    return as_user(town.importer)


def url(name, *args):
    return reverse(f"plans:{name}", args=args)


def task_of(reading, position=0):
    return reading.proposals.get(kind="task", position=position)


def said(task, **changes):
    """What the form of a task sends, as it stands."""
    given = {**task.data, "version": task.version, **changes}
    sent = {
        key: "\n".join(value) if isinstance(value, list) else value
        for key, value in given.items()
        if value is not None
        and value is not False
        and key not in ("targets", "occurrences", "details", "path")
    }
    for prefix in ("targets", "occurrences"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return sent


def test_a_file_sent_is_shown_as_being_read(page, town):
    file = SimpleUploadedFile("Kế hoạch.txt", "KẾ HOẠCH\nTuyên truyền".encode())

    response = page.post(url("import_new"), {"file": file})

    reading = Reading.objects.get()
    assert (response.status_code, response.url) == (302, url("import_detail", reading.pk))
    assert (reading.agency, reading.started_by, reading.file_name) == (
        town.press,
        town.importer,
        "Kế hoạch.txt",
    )


def test_the_same_file_sent_again_leads_to_the_same_reading(page):
    for _ in range(2):
        response = page.post(url("import_new"), {"file": SimpleUploadedFile("a.txt", b"KE HOACH")})

    assert response.url == url("import_detail", Reading.objects.get().pk)


def test_a_file_over_the_limit_is_refused_beside_its_field(page, settings):
    settings.UPLOAD_LIMIT_MB = 1

    response = page.post(url("import_new"), {"file": SimpleUploadedFile("a.txt", b"a" * (1024 * 1024 + 1))})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert Reading.objects.count() == 0


def test_a_file_that_could_not_be_read_says_why_in_the_readers_language(page, town):
    reading = make_reading(town)
    Reading.objects.filter(pk=reading.pk).update(
        state="failed", error_vi="Tệp bị hỏng.", error_en="The file is damaged."
    )

    vietnamese = page.get(url("import_detail", reading.pk)).content.decode()
    page.cookies["loa_language"] = "en"
    english = page.get(url("import_detail", reading.pk)).content.decode()

    assert ("Tệp bị hỏng." in vietnamese, "The file is damaged." in english) == (True, True)


def test_a_page_that_waits_for_the_reading_opens_it_when_it_is_done(page, town):
    response = page.get(url("import_detail", make_reading(town).pk), **HTMX)

    assert response["HX-Refresh"] == "true"


def test_the_screen_shows_first_what_must_be_settled(page, town):
    warnings = [{"code": "typing_error", "message": "Lỗi gõ", "source": None}]
    tasks = [task_data(lead=["Ban Quản lý chợ"], confidence=0.5)]
    reading = make_reading(town, tasks=tasks, warnings=warnings)

    screen = page.get(url("import_detail", reading.pk)).context["screen"]

    assert [(look.where, look.must) for look in screen.looks] == [
        ("Ban Quản lý chợ", True),
        ("Cả năm 2019", False),
        (screen.groups[0].cards[0].label, False),
        (screen.looks[-1].where, False),
    ]
    assert (screen.looks[-1].sentence, screen.must_count) == ("Lỗi gõ", 1)


def test_each_place_in_the_text_leads_to_its_proposal_and_back(page, town):
    text = "Mở đầu\n1\tTổ chức hội thi\tSở Báo chí"
    reading = make_reading(
        town,
        text=text,
        tasks=[{**task_data(), "source": {"start": 7, "end": len(text), "table": 0, "row": 1}}],
    )

    content = page.get(url("import_detail", reading.pk)).content.decode()

    key = f"p{task_of(reading).pk}"
    assert content.count(f'id="t-{key}"') == 1
    assert content.count(f'id="{key}"') == 1
    assert f'href="#t-{key}"' in content


@pytest.mark.parametrize("count", [1, 30])
def test_the_screen_asks_the_database_as_often_for_one_row_as_for_thirty(
    page, town, count, django_assert_num_queries
):
    tasks = [task_data(f"Việc {n}", coordinating=["các sở liên quan", f"Tổ {n}"]) for n in range(count)]
    duties = [{"agency": "các sở liên quan", "text": f"Việc {n}"} for n in range(count)]
    reading = make_reading(town, tasks=tasks, duties=duties)
    page.get(url("import_detail", reading.pk))

    with django_assert_num_queries(15):
        page.get(url("import_detail", reading.pk))


def test_a_correction_is_there_after_a_reload(page, town):
    reading = make_reading(town)
    task = task_of(reading)

    response = page.post(
        url("proposal_edit", task.pk), said(task, content="Tổ chức hội thi lớn", due_on="2019-06-30")
    )
    screen = page.get(url("import_detail", reading.pk)).context["screen"]

    data = screen.card(task_of(reading)).proposal.data
    assert response.status_code == 302
    assert (data["content"], data["due_on"], data["lead"]) == (
        "Tổ chức hội thi lớn",
        "2019-06-30",
        ["Sở Báo chí"],
    )


def test_what_was_typed_stays_when_somebody_else_was_faster(page, town):
    reading = make_reading(town)
    task = task_of(reading)
    seen = said(task, content="Của tôi")
    proposals.correct_proposal(task, version=0, data={"content": "Của đồng nghiệp"}, by=town.colleague)

    refused = page.post(url("proposal_edit", task.pk), seen, **HTMX)
    content = refused.content.decode()
    knowingly = page.post(url("proposal_edit", task.pk), {**seen, "version": 1})

    assert refused.status_code == 409
    assert ("Của tôi" in content, "Của đồng nghiệp" in content) == (True, True)
    assert (knowingly.status_code, task_of(reading).data["content"]) == (302, "Của tôi")


def test_a_correction_that_makes_no_sense_is_refused_beside_its_field(page, town):
    task = task_of(make_reading(town))

    response = page.post(url("proposal_edit", task.pk), said(task, content="", due_on="2018-01-01"))

    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["content", "due_on"]


def test_a_click_changes_the_card_and_the_count_in_place(page, town):
    reading = make_reading(town)
    task = task_of(reading)

    response = page.post(url("proposal_mark", task.pk), {"act": "check", "version": 0}, **HTMX)

    content = response.content.decode()
    assert (response.status_code, task_of(reading).is_checked) == (200, True)
    assert f'id="p{task.pk}"' in content
    assert "<html" not in content


def test_a_second_click_on_an_old_page_is_told(page, town):
    task = task_of(make_reading(town))
    page.post(url("proposal_mark", task.pk), {"act": "check", "version": 0})

    response = page.post(url("proposal_mark", task.pk), {"act": "drop", "version": 0}, **HTMX)

    task.refresh_from_db()
    assert (response.status_code, task.is_dropped) == (409, False)


def test_an_unknown_act_is_no_page(page, town):
    task = task_of(make_reading(town))

    assert page.post(url("proposal_mark", task.pk), {"act": "explode", "version": 0}).status_code == 404


def test_two_tasks_are_merged_and_one_is_split_by_forms_alone(page, town):
    reading = make_reading(town, tasks=[task_data("Một"), task_data("Hai")])
    first = task_of(reading)

    merged = page.post(url("proposal_merge", first.pk), {"version": 0})
    split = page.post(url("proposal_split", first.pk), {"version": 1, "at": 4})

    rows = reading.proposals.filter(kind="task", is_dropped=False).order_by("position")
    assert (merged.status_code, split.status_code) == (302, 302)
    assert [row.data["content"] for row in rows] == ["Một", "Hai"]


def test_a_name_is_matched_by_a_suggestion_or_by_typing(page, town):
    reading = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"]), task_data(lead=["Tổ Hai"])])

    page.post(url("import_name", reading.pk), {"printed": "Ban Quản lý chợ", "choice": "so-van-nghe"})
    page.post(
        url("import_name", reading.pk),
        {"printed": "Tổ Hai", "choice": "other", "other": "Sở Pháp luật · so-phap-luat", "remember": "on"},
    )

    reading.refresh_from_db()
    assert reading.answers["names"] == {"Ban Quản lý chợ": "so-van-nghe", "Tổ Hai": "so-phap-luat"}


def test_a_name_typed_that_nobody_bears_is_refused(page, town):
    reading = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])
    sent = {"printed": "Ban Quản lý chợ", "choice": "other", "other": "Sở Trên trời"}

    response = page.post(url("import_name", reading.pk), sent, **HTMX)

    reading.refresh_from_db()
    assert (response.status_code, reading.answers) == (409, {})


def test_printed_words_are_given_a_day_for_all_their_tasks(page, town):
    reading = make_reading(town, tasks=[task_data(), task_data()])

    page.post(url("import_due", reading.pk), {"printed": "Cả năm 2019", "due_on": "2019-12-15"})

    days = [row.data["due_on"] for row in reading.proposals.filter(kind="task")]
    assert days == ["2019-12-15", "2019-12-15"]


def test_a_remark_seen_is_put_away(page, town):
    reading = make_reading(town, warnings=[{"code": "x", "message": "Lỗi gõ", "source": None}])

    page.post(url("import_seen", reading.pk), {"remarks": "0"})

    sentences = [look.sentence for look in page.get(url("import_detail", reading.pk)).context["screen"].looks]
    assert "Lỗi gõ" not in sentences


def test_the_plan_may_stand_under_another(page, town):
    above = imports.confirm_reading(make_reading(town), by=town.importer)
    reading = make_reading(town, header={"number": "8/KH-UBND"}, tasks=[task_data()])

    page.post(
        url("import_fields", reading.pk), {"coordinator": "so-bao-chi", "year": "2019", "parent": above.pk}
    )
    page.post(url("import_confirm", reading.pk))

    assert Plan.objects.get(number="8/KH-UBND").parent == above


def test_the_last_page_says_what_will_happen_and_that_is_what_happens(page, town):
    reading = make_reading(
        town,
        tasks=[task_data(coordinating=["các sở liên quan"]), task_data("Hai", lead=["các sở liên quan"])],
        duties=[
            {"agency": "các sở liên quan", "text": "Đăng tin"},
            {"agency": "Sở Báo chí", "text": "Tổng hợp"},
        ],
    )

    foreseen = page.get(url("import_confirm", reading.pk)).context["preview"]
    response = page.post(url("import_confirm", reading.pk))

    plan = Plan.objects.get()
    assert response.url == plan.get_absolute_url()
    assert (foreseen.tasks, foreseen.duties, foreseen.duty_bodies, foreseen.rules) == (2, 2, 2, 1)
    assert (foreseen.assignments, foreseen.requests, foreseen.duty_assignments, foreseen.bodies) == (
        plan.assignments.count(),
        sum(task.requests.count() for task in plan.tasks.all()),
        plan.duty_assignments.count(),
        plan.bodies.values("agency").distinct().count(),
    )
    assert [(group.name, count) for group, count in foreseen.expansions] == [("các sở liên quan", 2)]
    assert foreseen.people == 3


def test_who_confirms_second_is_told_and_led_to_the_plan(page, town, as_user):
    reading = make_reading(town)
    imports.confirm_reading(reading, by=town.colleague)

    response = page.post(url("import_confirm", reading.pk), follow=True)

    assert [str(message.level_tag) for message in response.context["messages"]] == ["warning"]
    assert Plan.objects.get().get_absolute_url() in response.content.decode()


def test_a_plan_with_something_open_is_not_confirmed_by_hand_crafted_requests(page, town):
    reading = make_reading(town, tasks=[task_data(lead=["Ban Quản lý chợ"])])

    response = page.post(url("import_confirm", reading.pk))

    assert (response.status_code, Plan.objects.count()) == (409, 0)


def test_a_draft_is_issued_later_by_its_coordinator(page, town, as_user):
    reading = make_reading(town)
    page.post(url("import_confirm", reading.pk), {"draft": "1"})
    plan = Plan.objects.get()

    refused = as_user(town.stranger).post(url("plan_issue", plan.pk))
    as_user(town.importer).post(url("plan_issue", plan.pk))

    plan.refresh_from_db()
    assert (refused.status_code, plan.state, plan.assignments.count()) == (404, "issued", 1)


def test_a_file_is_dropped_with_a_reason_and_may_be_sent_again(page, town):
    reading = make_reading(town)

    without = page.post(url("import_drop", reading.pk), {"note": ""})
    page.post(url("import_drop", reading.pk), {"note": "Nhầm tệp"})

    reading.refresh_from_db()
    assert (without.status_code, reading.state) == (422, "dropped")


def test_the_original_is_saved_as_it_came(page, town):
    response = page.get(url("import_file", make_reading(town).pk))

    assert b"".join(response.streaming_content) == b"the original"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )


READING_PAGES = ("import_detail", "import_file", "import_drop", "import_confirm")
READING_ACTS = ("import_fields", "import_name", "import_due", "import_seen")
PROPOSAL_PAGES = ("proposal_detail", "proposal_edit", "proposal_merge", "proposal_split")


def addresses(reading):
    pk = task_of(reading).pk
    return [
        *(("get", url(name, reading.pk)) for name in READING_PAGES),
        *(("post", url(name, reading.pk)) for name in READING_ACTS),
        *(("get", url(name, pk)) for name in PROPOSAL_PAGES),
        ("post", url("proposal_mark", pk)),
        ("get", url("proposal_add", reading.pk, "task")),
    ]


def test_another_agency_meets_nothing_of_a_reading(as_user, town):
    reading = make_reading(town)
    page = as_user(town.stranger)

    answers = {address: getattr(page, method)(address).status_code for method, address in addresses(reading)}

    assert set(answers.values()) == {404}


def test_an_officer_of_the_same_agency_does_not_import(as_user, town):
    page = as_user(make_user(town.press, "officer"))

    assert page.get(url("import_detail", make_reading(town).pk)).status_code == 404
    assert page.get(url("import_new")).status_code == 403


def test_who_is_not_logged_in_is_sent_to_log_in(client, town):
    reading = make_reading(town)
    wanted = [*addresses(reading), ("get", url("import_list")), ("get", url("import_new"))]

    answers = [getattr(client, method)(address) for method, address in wanted]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.url.startswith(reverse("account_login")) for answer in answers)
    assert Proposal.objects.filter(version__gt=0).count() == 0
