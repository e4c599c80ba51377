"""Lists where the room is short: filters that stand open without a script, cards whose every number has its name."""

import pytest
from django.conf import settings

from factories import make_agency, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = """
<div class="table-room"><table class="table table--list"><tbody>
<tr><td><a href="#">What</a></td><td class="number" data-label="Sum"><span class="cell"><a href="#">7</a></span></td></tr>
<tr><td data-label="Due"><span class="cell"><a class="badge" href="#">Late</a></span></td>
<td data-label="Title"><span class="cell"><a href="#">A title</a></span></td></tr>
</tbody></table></div>
"""


@pytest.fixture
def phone(client, open_page, live_server):
    """Signed in, 360 px wide."""
    user = make_user(make_agency("Sở Thông tin và Truyền thông"), "focal_point")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def take(**options):
        page = open_page(width=360, language="vi", **options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return take


@pytest.mark.parametrize("path", ["/phat-thanh/", "/bao-chi/", "/phan-anh/", "/danh-ba/"])
def test_open_filters_without_a_script_fit(phone, path):
    page = phone(java_script_enabled=False)

    page.goto(path)

    assert page.locator(".filters__field").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_card_names_its_numbers_and_leads_with_what_it_is_about(phone):
    page = phone()
    page.goto("/phat-thanh/")

    page.evaluate("rows => { document.querySelector('main').innerHTML = rows; }", ROWS)
    labels = page.evaluate(
        "[...document.querySelectorAll('td[data-label]')].map(each => getComputedStyle(each, '::before').content)"
    )

    assert labels == ['"Sum"', '"Due"', "none"]
