"""Sites are opened and changed by the administrator: the city's first, then its parts, each once."""

import pytest
from wagtail.models import Collection, Locale, Page, Site

from factories import make_agency, make_user
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.portal.actions import sites
from loa.portal.models import AgencySite, CityHome, Story
from loa.portal.queries.sites import checks_of, site_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_city_site_takes_the_place_of_the_welcome_page(client, city):
    assert client.get("/").context["page"].pk == city.pk
    assert list(Page.objects.filter(depth=2).values_list("pk", flat=True)) == [city.pk]
    assert Site.objects.get(is_default_site=True).root_page_id == city.pk


def test_city_site_is_opened_on_emptied_tables(client, administrator):
    Site.objects.all().delete()
    Page.objects.all().delete()
    Collection.objects.all().delete()
    Locale.objects.all().delete()

    city = sites.open_city_site(make_agency(), title="Thành phố", by=administrator)

    assert client.get("/").context["page"].pk == city.pk


def test_city_site_opened_twice_is_one(city, administrator):
    assert sites.open_city_site(make_agency(), title="Khác", by=administrator).pk == city.pk
    assert CityHome.objects.count() == 1


def test_part_before_the_city_is_refused(administrator, in_english):
    with pytest.raises(FlowError, match=r"^Open the city's own site first\.$"):
        sites.open_agency_site(make_agency(), slug="so-y-te", by=administrator)


@pytest.mark.parametrize(
    ("slug", "why"),
    [
        ("so-noi-vu", "This address is taken already."),
        ("ke-hoach", "This address belongs to another part of the program. Choose another."),
        ("toa-soan", "This address belongs to another part of the program. Choose another."),
        ("static", "This address belongs to another part of the program. Choose another."),
        ("../etc", "An address is made of small letters without marks, numbers and hyphens."),
        ("Sở-Y-tế", "An address is made of small letters without marks, numbers and hyphens."),
    ],
)
def test_address_that_cannot_be_is_refused(part, administrator, in_english, slug, why):
    with pytest.raises(FlowError) as refused:
        sites.open_agency_site(make_agency(), slug=slug, by=administrator)

    assert str(refused.value) == why
    assert AgencySite.objects.count() == 1


def test_agency_has_one_site(part, administrator, in_english):
    with pytest.raises(FlowError, match=r"^This agency has a site already\.$"):
        sites.open_agency_site(part.agency, slug="khac", by=administrator)


def test_host_is_given_changed_and_taken(part, administrator):
    hosts = []
    for host in ("NoiVu.example", "so.example", ""):
        sites.change_site(part, host=host, by=administrator)
        hosts.append(list(Site.objects.filter(root_page=part).values_list("hostname", flat=True)))

    assert hosts == [["noivu.example"], ["so.example"], []]


@pytest.mark.parametrize("host", ["không phải", "a..b", "-a.example", "x" * 64 + ".example"])
def test_host_that_is_none_is_refused(part, administrator, in_english, host):
    with pytest.raises(FlowError, match="This is no name of a host"):
        sites.change_site(part, host=host, by=administrator)


def test_host_of_another_site_is_refused(part, administrator, in_english):
    sites.change_site(part, host="so.example", by=administrator)
    other = sites.open_agency_site(make_agency(), slug="khac", by=administrator)

    with pytest.raises(FlowError, match=r"^Another site answers at this host\.$"):
        sites.change_site(other, host="so.example", by=administrator)


def test_change_is_public_at_once_and_stands_in_the_history(client, part, administrator):
    sites.change_site(part, phone="0225 111", accent="blue", by=administrator)
    sites.change_site(part, phone="0225 111", accent="blue", by=administrator)

    assert "0225 111" in client.get("/so-noi-vu/").content.decode()
    assert list(Entry.objects.filter(object_id=part.pk).order_by("pk").values_list("action", flat=True)) == [
        "site.open",
        "site.change",
    ]


def test_only_the_administrator_manages_sites(city):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        sites.open_agency_site(make_agency(), slug="la", by=make_user(make_agency(), "head"))


def test_story_written_twice_is_one(tell):
    assert tell("Một cửa").pk == tell("Một cửa").pk
    assert Story.objects.get().latest_revision is not None


def test_checks_say_what_is_missing(city, tell, administrator, settings):
    sites.change_site(city, english_name="", by=administrator)
    before = [check.is_good for check in checks_of(CityHome.objects.get(), serves=bool)]
    tell("Một cửa")

    assert before == [True, False, False, True, False]
    assert checks_of(CityHome.objects.get(), serves=bool)[4].is_good


def test_list_counts_the_stories_of_each_site(city, part, tell, administrator, django_assert_num_queries):
    tell("Của thành phố")
    inner = sites.open_column(part, title="Tin của Sở", by=administrator)
    tell("Của Sở", within=inner)

    with django_assert_num_queries(1):
        rows = [(row.title, row.story_count) for row in site_rows()]

    assert rows == [("Thành phố Hải Phòng", 2), ("Sở Nội vụ", 1)]


@pytest.fixture
def desk(as_user, administrator):
    return as_user(administrator)


def test_administrator_opens_the_city_and_a_part_on_the_page(desk, administrator):
    agency, other = make_agency("Ủy ban"), make_agency("Sở Y tế")
    facts = {"accent": "green", "phone": "", "email": ""}
    first = desk.post(
        "/quan-tri/trang-thanh-phan/them/", {**facts, "agency": agency.pk, "title": "Thành phố"}
    )
    second = desk.post(
        "/quan-tri/trang-thanh-phan/them/",
        {**facts, "agency": other.pk, "title": "", "slug": "so-y-te", "host": ""},
    )

    assert (first.status_code, second.status_code) == (302, 302)
    assert [home.title for home in site_rows()] == ["Thành phố", "Sở Y tế"]
    assert desk.get("/so-y-te/").status_code == 200
    assert desk.get("/quan-tri/trang-thanh-phan/").status_code == 200
    assert desk.get(f"/quan-tri/trang-thanh-phan/{AgencySite.objects.get().pk}/").status_code == 200


def test_refusal_keeps_what_was_typed(desk, part):
    agency = make_agency("Sở Y tế")
    given = {
        "accent": "green",
        "agency": agency.pk,
        "title": "Y tế",
        "slug": "so-noi-vu",
        "address": "Phố Lãn Ông",
    }

    response = desk.post("/quan-tri/trang-thanh-phan/them/", given)

    assert response.status_code == 409
    assert "Phố Lãn Ông" in response.content.decode()
    assert AgencySite.objects.count() == 1


def test_administrator_changes_a_site_on_the_page(desk, part):
    given = {"accent": "blue", "title": "Sở Nội vụ", "host": "so.example", "phone": "113"}

    response = desk.post(f"/quan-tri/trang-thanh-phan/{part.pk}/sua/", given)

    assert (response.status_code, response["Location"]) == (302, f"/quan-tri/trang-thanh-phan/{part.pk}/")
    assert AgencySite.objects.values_list("accent", "phone").get() == ("blue", "113")
    assert Site.objects.filter(hostname="so.example").count() == 1


@pytest.mark.parametrize(("host", "path"), [("city.example", "/so-noi-vu/tin/"), ("so.example", "/tin/")])
def test_a_page_at_two_addresses_names_that_at_its_own_host(
    client, settings, part, administrator, host, path
):
    settings.ALLOWED_HOSTS = ["*"]
    sites.change_site(part, host="so.example", by=administrator)
    column = sites.open_column(part, title="Tin", by=administrator)
    Site.objects.filter(is_default_site=True).update(hostname="city.example")
    Site.clear_site_root_paths_cache()

    page = client.get(path, HTTP_HOST=host).content.decode()

    port = Site.objects.get(hostname="so.example").port
    address = f"http://so.example{'' if port == 80 else f':{port}'}/tin/"
    assert column.full_url == address
    assert f'<link rel="canonical" href="{address}">' in page
