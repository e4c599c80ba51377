"""One act on several cases: one box chooses all rows of the page, and follows when rows are chosen one by one."""

import pytest
from django.conf import settings
from django.urls import reverse

from factories.feedback import make_assigned, make_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def of_the_head(client, open_page, live_server):
    """The list of an agency's cases as its head meets it: three cases wait for an officer."""
    people = make_people()
    for _number in range(3):
        make_assigned(people["agency"], intake=people["intake"])
    client.force_login(people["head"], backend="allauth.account.auth_backends.AuthenticationBackend")

    def take(**options):
        page = open_page(language="en", **options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        page.goto(reverse("feedback:case_list_agency"))
        return page

    return take


def looks(box):
    return box.evaluate("each => [each.checked, each.indeterminate]")


@pytest.mark.parametrize("width", [1280, 360])
def test_all_rows_are_chosen_at_once_and_one_is_left_out(of_the_head, width):
    page = of_the_head(width=width)
    every, rows = page.get_by_label("All on this page"), page.locator("tbody input[name=case]")

    every.check()
    assert [rows.nth(index).is_checked() for index in range(3)] == [True] * 3
    rows.nth(1).uncheck()
    assert looks(every) == [False, True]
    page.get_by_role("button", name="Assign an officer").click()

    assert page.locator(".lead").first.inner_text() == "2 chosen cases"


def test_the_box_follows_the_rows_and_sorted_rows_begin_unchosen(of_the_head):
    page = of_the_head()
    every, rows = page.get_by_label("All on this page"), page.locator("tbody input[name=case]")

    for index in range(3):
        rows.nth(index).check()
    assert looks(every) == [True, False]
    with page.expect_response(lambda response: "sort=" in response.url):
        page.locator("thead a.sort").first.click()
    page.locator("[data-choose-all]:not(:checked)").wait_for()

    assert looks(every) == [False, False]


def test_without_a_script_no_box_promises_what_it_cannot_do(of_the_head):
    page = of_the_head(java_script_enabled=False)

    assert page.get_by_label("All on this page").count() == 1
    assert not page.get_by_label("All on this page").is_visible()
