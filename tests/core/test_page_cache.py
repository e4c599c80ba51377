"""Pages kept as files: served until what they were made from is written, never one person's page to another."""

import gzip
import threading
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from factories import make_agency
from loa.core import page_cache, table_watch
from loa.core.page_cache import public_page, serve_kept
from loa.core.page_store import MAX_PAGES_OF_PATH, Address, PageStore
from loa.directory.models import Agency, AgencyGroup

made = []


@public_page
def names(request):
    made.append(request.path)
    return HttpResponse(", ".join(Agency.objects.order_by("pk").values_list("name", flat=True)))


@public_page
def with_form(request):
    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


@public_page
def with_cookie(_request):
    response = HttpResponse("hello")
    response.set_cookie("seen", "1")
    return response


@public_page
def greeting(request):
    return HttpResponse(f"hello {request.user}")


def private(request):
    made.append(request.path)
    return HttpResponse("mine")


urlpatterns = [
    path("ten/", names),
    path("phieu/", with_form),
    path("banh/", with_cookie),
    path("chao/", greeting),
    path("rieng/", private),
]


@pytest.fixture
def site(settings, tmp_path, transactional_db):
    """The WSGI application as it is served, with a store of its own."""
    settings.ROOT_URLCONF = __name__
    settings.PAGE_CACHE_DIR = str(tmp_path / "pages")
    settings.REDIS_URL = ""
    page_cache.page_store.cache_clear()
    table_watch.when_written(page_cache.forget)
    table_watch.watch(connection)
    made.clear()
    yield serve_kept(WSGIHandler())
    table_watch._listeners.remove(page_cache.forget)
    connection.execute_wrappers[:] = []
    page_cache.page_store.cache_clear()


def ask(site, where, **extra):
    environ = {"HTTP_HOST": "localhost", "REQUEST_METHOD": "GET"}
    setup_testing_defaults(environ)
    environ["PATH_INFO"], _mark, environ["QUERY_STRING"] = where.partition("?")
    environ.update(extra)
    answer = {}

    def start_response(status, headers, _exc_info=None):
        answer.update(status=int(status[:3]), headers=dict(headers))

    answer["body"] = b"".join(site(environ, start_response))
    return answer


def test_page_is_made_once(site):
    make_agency("Sở Nội vụ")

    first, second = ask(site, "/ten/"), ask(site, "/ten/")

    assert first["body"] == second["body"] == "Sở Nội vụ".encode()
    assert made == ["/ten/"]
    assert second["headers"]["Content-Security-Policy"] == first["headers"]["Content-Security-Policy"]


def test_change_is_seen_by_the_next_reader(site):
    agency = make_agency("Sở Nội vụ")
    ask(site, "/ten/")

    Agency.objects.filter(pk=agency.pk).update(name="Sở Tư pháp")

    assert ask(site, "/ten/")["body"].decode() == "Sở Tư pháp"


def test_write_to_another_table_leaves_the_page(site):
    ask(site, "/ten/")

    AgencyGroup.objects.create(code="nhom", name="Nhóm")
    ask(site, "/ten/")

    assert made == ["/ten/"]


def test_rolled_back_write_leaves_the_page_and_a_later_one_is_seen(site):
    agency = make_agency("Sở Nội vụ")
    ask(site, "/ten/")

    with transaction.atomic():
        try:
            with transaction.atomic():
                Agency.objects.filter(pk=agency.pk).update(name="Sở Cũ")
                raise RuntimeError  # noqa: TRY301
        except RuntimeError:
            pass
    assert ask(site, "/ten/")["body"].decode() == "Sở Nội vụ"
    with transaction.atomic():
        try:
            with transaction.atomic():
                Agency.objects.filter(pk=agency.pk).update(name="Sở Cũ")
                raise RuntimeError  # noqa: TRY301
        except RuntimeError:
            pass
        Agency.objects.filter(pk=agency.pk).update(name="Sở Mới")

    assert ask(site, "/ten/")["body"].decode() == "Sở Mới"


def test_page_begun_before_a_write_is_not_kept(site):
    make_agency("Sở Nội vụ")
    store = page_cache.page_store()
    before = store.versions()

    Agency.objects.update(name="Sở Tư pháp")
    is_kept = store.keep(
        Address("localhost", "vi", "/ten/"),
        day=page_cache.today(),
        headers=[("Content-Type", "text/html")],
        body=b"old",
        tables={"directory_agency"},
        before=before,
    )

    assert is_kept is False
    assert ask(site, "/ten/")["body"].decode() == "Sở Tư pháp"


@pytest.mark.parametrize("cookie", ["sessionid=abc", "loa_language=vi; sessionid=abc", "x=1; sessionid=abc"])
def test_signed_in_person_passes_by(site, cookie):
    ask(site, "/chao/")

    ask(site, "/ten/", HTTP_COOKIE=cookie)
    ask(site, "/ten/", HTTP_COOKIE=cookie)

    assert made == ["/ten/", "/ten/"]


def test_answer_to_a_signed_in_person_is_not_kept(site):
    answer = ask(site, "/ten/", HTTP_COOKIE="sessionid=abc")
    ask(site, "/ten/")

    assert answer["headers"]["Cache-Control"] == "private, no-store"
    assert made == ["/ten/", "/ten/"]


@pytest.mark.parametrize("where", ["/phieu/", "/banh/", "/rieng/"])
def test_form_cookie_and_unmarked_pages_are_not_kept(site, where):
    ask(site, where)

    found = page_cache.page_store().find(Address("localhost", "vi", where), day=page_cache.today())

    assert found is None


def test_page_with_a_form_is_not_kept_for_a_visitor_who_has_a_token(site):
    token = ask(site, "/phieu/")["headers"]["Set-Cookie"].partition(";")[0]

    ask(site, "/phieu/", HTTP_COOKIE=token)

    assert page_cache.page_store().find(Address("localhost", "vi", "/phieu/"), day=page_cache.today()) is None


def test_languages_have_pages_of_their_own(site):
    ask(site, "/ten/")
    english = ask(site, "/ten/", HTTP_COOKIE="loa_language=en")
    again = ask(site, "/ten/", HTTP_COOKIE="loa_language=en")

    assert (english["headers"]["Content-Language"], again["headers"]["Content-Language"]) == ("en", "en")
    assert made == ["/ten/", "/ten/"]


def test_unknown_reader_with_the_same_bytes_gets_304(site):
    ask(site, "/ten/")
    etag = ask(site, "/ten/")["headers"]["ETag"]

    answer = ask(site, "/ten/", HTTP_IF_NONE_MATCH=etag)

    assert (answer["status"], answer["body"]) == (304, b"")


def test_head_and_gzip(site):
    make_agency("Sở Nội vụ")
    ask(site, "/ten/")

    packed = ask(site, "/ten/", HTTP_ACCEPT_ENCODING="gzip")
    head = ask(site, "/ten/", REQUEST_METHOD="HEAD")

    assert gzip.decompress(packed["body"]).decode() == "Sở Nội vụ"
    assert (head["body"], head["headers"]["Content-Length"]) == (b"", str(len("Sở Nội vụ".encode())))


def test_host_that_is_not_served_has_no_page(site):
    answer = ask(site, "/ten/", HTTP_HOST="evil.example")

    assert answer["status"] == 400
    assert (
        page_cache.page_store().find(Address("evil.example", "vi", "/ten/"), day=page_cache.today()) is None
    )


@pytest.mark.parametrize(
    "address",
    [
        Address("localhost", "vi", "/../../etc/"),
        Address("../x", "vi", "/ten/"),
        Address("localhost", "vi", "/.an/"),
        Address("localhost", "vi", "//"),
        Address("localhost", "vi", "/%2e%2e/"),
        Address("localhost", "vi", "/" + "a" * 500 + "/"),
    ],
)
def test_address_that_is_no_plain_name_has_no_place(tmp_path, address):
    store = PageStore(tmp_path, max_age=60)

    is_kept = store.keep(address, day="2019-07-15", headers=[], body=b"x", tables=set(), before={})

    assert is_kept is False
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_address_of_a_file_is_kept_for_the_site_alone(tmp_path):
    store = PageStore(tmp_path, max_age=60)
    address = Address("localhost", "vi", "/tin-moi/atom.xml")
    page = {
        "headers": [("Content-Type", "application/atom+xml")],
        "body": b"x",
        "tables": set(),
        "before": {},
    }

    assert store.keep(address, day="2019-07-15", **page) is True
    assert store.find(address, day="2019-07-15").body == b"x"
    assert list(tmp_path.rglob("index.html")) == []


def test_flood_of_queries_ends(tmp_path):
    store = PageStore(tmp_path, max_age=60)
    page = {"day": "2019-07-15", "headers": [], "body": b"x", "tables": set(), "before": {}}

    kept = [
        store.keep(Address("localhost", "vi", "/ten/", f"q={n}"), **page)
        for n in range(MAX_PAGES_OF_PATH + 5)
    ]

    assert kept.count(True) == MAX_PAGES_OF_PATH


def test_old_page_and_page_of_yesterday_are_not_served(tmp_path):
    address = Address("localhost", "vi", "/ten/")
    page = {"headers": [("Content-Type", "text/html")], "body": b"x", "tables": {"t"}, "before": {}}
    old, fresh = PageStore(tmp_path, max_age=-1), PageStore(tmp_path, max_age=60)
    fresh.keep(address, day="2019-07-15", **page)

    assert old.find(address, day="2019-07-15") is None
    assert fresh.find(address, day="2019-07-16") is None
    assert fresh.find(address, day="2019-07-15").body == b"x"
    assert fresh.expire(day="2019-07-16") == 1
    assert fresh.find(address, day="2019-07-15") is None


def test_web_server_finds_the_same_bytes_until_they_are_forgotten(tmp_path):
    store = PageStore(tmp_path, max_age=60)
    page = {"headers": [("Content-Type", "text/html")], "body": b"abc", "tables": {"t"}, "before": {}}
    store.keep(Address("localhost", "vi", "/ten/"), day="2019-07-15", **page)
    file = tmp_path / "2019-07-15/localhost/vi/ten/index.html"

    assert (file.read_bytes(), gzip.decompress(file.with_suffix(".html.gz").read_bytes())) == (b"abc", b"abc")
    store.forget(frozenset({"t"}))
    assert (file.exists(), file.with_suffix(".html.gz").exists()) == (False, False)


def test_another_hosts_write_is_seen_through_shared_versions(tmp_path):
    written = {"t": "1"}
    store = PageStore(tmp_path, max_age=60, versions=lambda: written)
    address = Address("localhost", "vi", "/ten/")
    store.keep(address, day="2019-07-15", headers=[], body=b"x", tables={"t"}, before=dict(written))

    assert store.find(address, day="2019-07-15").body == b"x"
    written["t"] = "2"
    assert store.find(address, day="2019-07-15") is None


def test_readers_and_writers_at_once_never_see_what_was_before(tmp_path):
    """Many threads make the page from a counter while another raises it: what is served is never behind."""
    store = PageStore(tmp_path, max_age=60)
    address = Address("localhost", "vi", "/ten/")
    number, stale = [0], []

    def write():
        for _turn in range(200):
            number[0] += 1
            store.forget(frozenset({"t"}))

    def read():
        for _turn in range(400):
            known = number[0]  # forgotten already for every number below this one
            found = store.find(address, day="d")
            if found is None:
                before = store.versions()
                body = str(number[0]).encode()
                store.keep(address, day="d", headers=[], body=body, tables={"t"}, before=before)
            elif int(found.body) < known - 1:
                stale.append((int(found.body), known))

    threads = [threading.Thread(target=write), *(threading.Thread(target=read) for _ in range(3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stale == []


def test_tables_of_joins_and_subqueries_are_read(db):
    table_watch.watch(connection)
    with table_watch.reading() as tables:
        list(Agency.objects.filter(parent__name="x", memberships__user__username="y")[:1])
    connection.execute_wrappers[:] = []

    assert tables == {"directory_agency", "directory_membership", "directory_user"}
