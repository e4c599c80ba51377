"""What the tests of single pages share; the browser itself is in browser_fixtures.py."""

from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from ui_gallery import PASSWORD

from factories import make_agency, make_user


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def officer(transactional_db):
    """Somebody with two hats and a password."""
    user = make_user(
        make_agency("Sở Nội vụ"),
        "focal_point",
        username="dau-moi",
        full_name="Cán bộ đầu mối",
        password=make_password(PASSWORD),
    )
    user.memberships.create(
        agency=make_agency("Văn phòng UBND thành phố"), role="officer", valid_from="2000-01-01"
    )
    return user


@pytest.fixture
def sign_in(officer):
    """Go through the sign-in page as `officer`."""

    def go(page):
        page.goto("/tai-khoan/login/")
        page.fill("#id_login", officer.username)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    return go


@pytest.fixture
def gallery(settings):
    """The pages of ui_gallery.py in place of the site."""
    settings.ROOT_URLCONF = "ui_gallery"
    engine = settings.TEMPLATES[0]
    shells = {"loa.desk.context.shell": "ui_gallery.shell"}
    processors = [shells.get(name, name) for name in engine["OPTIONS"]["context_processors"]]
    settings.TEMPLATES = [
        {
            **engine,
            "DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"],
            "OPTIONS": {**engine["OPTIONS"], "context_processors": processors},
        }
    ]
    settings.LOGIN_REDIRECT_URL = "/gallery/components/"
