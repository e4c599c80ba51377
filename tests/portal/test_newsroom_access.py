"""Whose pages a person sees and may change: those of the hat's agency, by every address of the newsroom."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from newsroom_scene import make_agency_site, make_column, make_story, newsroom  # noqa: F401
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from factories import make_agency, make_user
from loa.portal.models import Attachment, Picture, Story
from loa.portal.queries.territory import territory_of

pytestmark = pytest.mark.slow

EXPLORE_ROOT = "/toa-soan/pages/"


def fresh(user):
    """As a new request loads a person."""
    return type(user).objects.get(pk=user.pk)


def may(user, page):
    return Page.objects.get(pk=page.pk).permissions_for_user(fresh(user))


@pytest.mark.parametrize(
    ("who", "add", "edit", "publish_story", "publish_column"),
    [
        ("contributor", True, False, False, False),
        ("editor", True, True, False, False),
        ("approver", True, True, False, True),
        ("head", False, False, False, False),
        ("clerk", False, False, False, False),
    ],
)
def test_role_in_own_site(newsroom, who, add, edit, publish_story, publish_column):  # noqa: F811
    user = getattr(newsroom.desk, who)
    story = make_story(newsroom.column)

    found = (
        may(user, newsroom.column).can_add_subpage(),
        may(user, story).can_edit(),
        may(user, story).can_publish(),
        may(user, newsroom.column).can_publish(),
    )

    assert found == (add, edit, publish_story, publish_column)


@pytest.mark.parametrize("who", ["contributor", "editor", "approver", "head", "clerk"])
def test_nobody_may_do_anything_in_another_site(newsroom, who):  # noqa: F811
    user = getattr(newsroom.desk, who)
    story = make_story(newsroom.other_column)
    tester = may(user, story)

    assert [
        tester.can_edit(),
        tester.can_delete(),
        tester.can_publish(),
        tester.can_unpublish(),
        tester.can_move(),
        tester.can_lock(),
        may(user, newsroom.other_column).can_add_subpage(),
    ] == [False] * 7


def test_citys_editor_works_in_the_citys_columns_alone(newsroom):  # noqa: F811
    user = fresh(newsroom.city.editor)

    seen = set(page_permission_policy.explorable_instances(user).values_list("pk", flat=True))

    assert seen == {newsroom.home.pk, newsroom.city_column.pk}
    assert not may(user, make_story(newsroom.column)).can_edit()


def test_agencys_editor_sees_the_agencys_subtree_alone(newsroom):  # noqa: F811
    user = fresh(newsroom.desk.editor)
    story = make_story(newsroom.column)

    seen = set(page_permission_policy.explorable_instances(user).values_list("pk", flat=True))

    assert seen == {newsroom.first.pk, newsroom.column.pk, story.pk}


def test_hat_decides_and_not_the_person(newsroom):  # noqa: F811
    from loa.directory.models import Membership

    user = newsroom.desk.editor
    Membership.objects.create(
        user=user, agency=newsroom.second.agency, role="editor", valid_from="2000-01-01"
    )
    user = fresh(user)
    user.wear(newsroom.second.agency.pk)

    assert [territory_of(user).covers(page.path) for page in (newsroom.first, newsroom.second)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        (("officer", "focal_point", "leader"), 404),
        (("contributor",), 200),
        (("editor",), 200),
        (("approver",), 200),
        (("clerk",), 200),
        (("head",), 200),
        (("administrator",), 200),
    ],
)
def test_who_passes_the_door(newsroom, as_user, roles, status):  # noqa: F811
    user = make_user(newsroom.first.agency, *roles)

    assert as_user(user).get("/toa-soan/").status_code == status


def test_newsroom_bears_our_name_and_sign(newsroom, as_user):  # noqa: F811
    page = as_user(make_user(newsroom.first.agency, "editor")).get("/toa-soan/").content.decode()

    assert ("- Loa</title>" in page, "Wagtail</title>" in page, page.count("core/mark")) == (True, False, 2)


def test_superuser_flag_opens_nothing(newsroom, as_user):  # noqa: F811
    user = make_user(newsroom.first.agency, "officer", is_superuser=True)

    assert [as_user(user).get(path).status_code for path in ("/toa-soan/", "/toa-soan/users/")] == [404, 404]


def test_anonymous_is_sent_to_our_login(client, newsroom):  # noqa: F811
    assert client.get("/toa-soan/").url.startswith("/tai-khoan/login/")
    assert client.get("/toa-soan/login/").url == "/tai-khoan/login/"


def addresses_of_pages():
    """Every address of the newsroom that names a page."""

    def walk(resolver, space=""):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern, inner)
            elif isinstance(pattern, URLPattern) and pattern.name:
                yield f"{space}{pattern.name}", pattern.pattern.converters

    for name, words in walk(get_resolver()):
        if name.startswith("wagtail") and {"page_id", "parent_page_id", "page_to_move_id"} & set(words):
            yield name, words


FILLED = {
    "content_type_app_name": "portal",
    "content_type_model_name": "story",
    "action_name": "approve",
    "task_state_id": 1,
    "task_id": 1,
    "revision_id": 1,
    "workflow_state_id": 1,
}


@pytest.mark.parametrize("name", sorted(dict(addresses_of_pages())))
def test_another_agencys_page_does_not_exist_by_any_address(newsroom, as_user, name):  # noqa: F811
    words = dict(addresses_of_pages())[name]
    story = make_story(newsroom.other_column)
    place = {"parent_page_id": newsroom.other_column.pk, "destination_id": newsroom.other_column.pk}
    filled = {word: place.get(word, FILLED.get(word, story.pk)) for word in words}
    address = reverse(name, kwargs=filled)

    statuses = [as_user(newsroom.desk.approver).get(address).status_code]
    statuses.append(as_user(newsroom.desk.approver).post(address).status_code)

    assert statuses == [404, 404]


def test_other_addresses_with_another_agencys_page(newsroom, as_user):  # noqa: F811
    story = make_story(newsroom.other_column)
    client = as_user(newsroom.desk.approver)

    assert [
        client.get(f"/toa-soan/pages/{story.pk}/revisions/compare/earliest...latest/").status_code,
        client.get(f"/toa-soan/api/main/pages/{story.pk}/").status_code,
        client.post(f"/toa-soan/api/main/pages/{story.pk}/action/delete/").status_code,
    ] == [404, 404, 404]


def test_lists_show_own_pages_alone(newsroom, as_user):  # noqa: F811
    make_story(newsroom.column, "Chuyện của Sở Một")
    make_story(newsroom.other_column, "Chuyện của Sở Hai")
    client = as_user(newsroom.desk.approver)

    for address in (
        f"/toa-soan/pages/{newsroom.column.pk}/",
        "/toa-soan/pages/search/?q=Chuyện",
        "/toa-soan/reports/site-history/",
        "/toa-soan/reports/aging-pages/",
        "/toa-soan/choose-page/search/?q=Chuyện",
        "/toa-soan/api/main/pages/",
        "/toa-soan/pages/usage/portal/story/",
        "/toa-soan/",
    ):
        assert "Chuyện của Sở Hai" not in client.get(address).content.decode(), address


@pytest.mark.parametrize(
    "address",
    [
        "/toa-soan/users/",
        "/toa-soan/groups/",
        "/toa-soan/sites/",
        "/toa-soan/collections/",
        "/toa-soan/workflows/list/",
        "/toa-soan/redirects/",
        "/toa-soan/password_reset/",
        "/toa-soan/embeds/chooser/",
        "/toa-soan/snippets/",
        "/toa-soan/failwhale/",
    ],
)
def test_settings_do_not_exist_for_editors(newsroom, as_user, address):  # noqa: F811
    assert as_user(newsroom.desk.approver).get(address).status_code == 404


def test_administrator_keeps_sites_but_no_accounts(newsroom, as_user):  # noqa: F811
    client = as_user(make_user(make_agency(), "administrator"))

    assert [
        client.get(f"/toa-soan/{path}/").status_code for path in ("sites", "redirects", "users", "groups")
    ] == [
        200,
        200,
        404,
        404,
    ]


def test_move_to_another_agencys_column_is_refused(newsroom, as_user):  # noqa: F811
    story = make_story(newsroom.column)
    client = as_user(newsroom.desk.approver)

    answer = client.post(f"/toa-soan/pages/{story.pk}/move/{newsroom.other_column.pk}/confirm/")

    assert answer.status_code == 404
    assert Story.objects.get(pk=story.pk).get_parent().pk == newsroom.column.pk


def test_copy_into_another_agencys_column_is_refused(newsroom, as_user):  # noqa: F811
    story = make_story(newsroom.column)

    as_user(newsroom.desk.approver).post(
        f"/toa-soan/pages/{story.pk}/copy/",
        {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": newsroom.other_column.pk},
    )

    assert not newsroom.other_column.get_children().exists()


def test_bulk_move_into_another_agencys_column_is_refused(newsroom, as_user):  # noqa: F811
    story = make_story(newsroom.column)

    as_user(newsroom.desk.approver).post(
        f"/toa-soan/bulk/wagtailcore/page/move/?id={story.pk}&next=/toa-soan/",
        {"chooser": newsroom.other_column.pk, "move_applicable": "on"},
    )

    assert Story.objects.get(pk=story.pk).get_parent().pk == newsroom.column.pk


def test_bulk_delete_of_another_agencys_story_is_refused(newsroom, as_user):  # noqa: F811
    story = make_story(newsroom.other_column)

    as_user(newsroom.desk.approver).post(
        f"/toa-soan/bulk/wagtailcore/page/delete/?id={story.pk}&next=/toa-soan/"
    )

    assert Story.objects.filter(pk=story.pk).exists()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pictures_of_another_agency_are_hidden_and_the_citys_can_be_chosen(newsroom, as_user):  # noqa: F811
    own = make_picture(newsroom.first.agency)
    citys = make_picture(newsroom.home.agency)
    others = make_picture(newsroom.second.agency)
    file = Attachment.objects.create(title="Tệp", file="a.pdf", agency=newsroom.second.agency)
    client = as_user(newsroom.desk.editor)

    statuses = [client.get(f"/toa-soan/images/{picture.pk}/").status_code for picture in (own, citys, others)]
    listed = client.get("/toa-soan/images/chooser/results/").content.decode()

    assert statuses == [200, 302, 404]  # the city's may be chosen, not changed
    assert [picture.title in listed for picture in (own, citys, others)] == [True, True, False]
    assert client.get(f"/toa-soan/documents/edit/{file.pk}/").status_code == 404
    assert client.get(f"/toa-soan/images/chooser/chosen/{others.pk}/").status_code == 404
    assert client.get(f"/toa-soan/documents/chooser/chosen/{file.pk}/").status_code == 404


def make_picture(agency):
    from io import BytesIO

    from django.core.files.images import ImageFile
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "PNG")
    out.seek(0)
    return Picture.objects.create(
        title=f"Ảnh của {agency}", alt_text="Ảnh", agency=agency, file=ImageFile(out, name="anh.png")
    )


def test_policy_of_content_is_loose_in_the_newsroom_alone(newsroom, as_user):  # noqa: F811
    client = as_user(newsroom.desk.editor)

    inside = client.get("/toa-soan/")["Content-Security-Policy"]
    outside = client.get("/viec-cua-toi/")["Content-Security-Policy"]

    assert "'unsafe-inline'" in inside
    assert "'unsafe-inline'" not in outside
    assert "http" not in inside  # no third party


def test_queries_do_not_grow_with_agencies(newsroom, as_user, django_assert_max_num_queries):  # noqa: F811
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    story = make_story(newsroom.column)
    client = as_user(newsroom.desk.editor)
    addresses = (f"/toa-soan/pages/{newsroom.first.pk}/", f"/toa-soan/pages/{story.pk}/edit/")

    def counts():
        found = []
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    counts()  # content types and the editing session
    before = counts()
    for number in range(20):
        site = make_agency_site(newsroom.home, make_agency(), slug=f"so-{number}")
        make_column(site)

    assert counts() == before
