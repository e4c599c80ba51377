"""Feeds: safe to fetch, safe to read, and nothing gets into the log by itself."""

import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import PermissionDenied

from factories import make_user
from loa.campaigns import actions, clocks, feeding
from loa.campaigns.feeding import FeedError, Item, fetch, has_word, read_feed
from loa.campaigns.models import Candidate, Clipping, Feed
from loa.core import clock
from loa.core.outward import is_public

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Báo</title>
<item><title>Một cửa &lt;b&gt;điện tử&lt;/b&gt; về xã</title><link>https://baothanhpho.example/1.html?utm_source=rss</link>
<pubDate>Mon, 03 Jun 2019 20:00:00 GMT</pubDate><dc:creator>An</dc:creator><description>Cải cách hành chính</description></item>
<item><title>Giá cá</title><link>https://baothanhpho.example/2.html</link></item>
<item><title>Bẫy</title><link>javascript:alert(1)</link></item>
</channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><entry><title>Tin</title>
<link rel="self" href="https://a.example/x"/><link rel="alternate" href="https://a.example/1"/>
<published>2019-06-02T22:00:00+00:00</published><author><name>Binh</name></author></entry></feed>"""


class Site(BaseHTTPRequestHandler):
    pages = {}

    def do_GET(self):
        status, headers, body = self.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def site():
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    Site.pages = {
        "/rss": (200, {}, RSS),
        "/moved": (302, {"Location": "/rss"}, b""),
        "/round": (302, {"Location": "/round"}, b""),
        "/away": (302, {"Location": "file:///etc/passwd"}, b""),
        "/large": (200, {}, b"x" * (feeding.MOST_BYTES + 1)),
        "/html": (200, {}, b"<html></html>"),
    }
    yield base
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_feed_is_fetched_through_a_redirect(site):
    assert fetch(f"{site}/moved", allow_private=True) == RSS


@pytest.mark.parametrize("path", ["/none", "/round", "/away", "/large"])
def test_what_is_wrong_is_said(site, path):
    with pytest.raises(FeedError):
        fetch(f"{site}{path}", allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/rss",
        "http://localhost/rss",
        "http://[::1]/rss",
        "http://[::ffff:127.0.0.1]/rss",
        "http://10.0.0.5/rss",
        "http://169.254.169.254/latest",
        "http://0.0.0.0/",
        "http://2130706433/",
        "file:///etc/passwd",
        "ftp://bao.example/rss",
        "http://user:pass@bao.example/",
        "http://1.1.1.1:25/",
        "gopher://1.1.1.1/",
        "http:///rss",
    ],
)
@pytest.mark.usefixtures("in_english")
def test_no_private_address_is_asked(address):
    with pytest.raises(FeedError) as refused:
        fetch(address)

    assert str(refused.value) == "Only public http and https addresses are fetched."


def test_a_redirect_into_the_house_is_not_followed(site, monkeypatch):
    """The first address counts as public here; where it leads is asked again."""
    asked = []

    def judge(parts, *, allow_private):
        asked.append(parts.path)
        if len(asked) > 1:
            raise FeedError("no")
        return "127.0.0.1", parts.port

    monkeypatch.setattr(feeding, "_checked", judge)
    with pytest.raises(FeedError):
        fetch(f"{site}/moved")

    assert asked == ["/moved", "/rss"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("fe80::1%eth0", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("224.0.0.1", False),
        ("x", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public


def test_rss_and_atom_are_read():
    assert read_feed(RSS) == [
        Item(
            "Một cửa điện tử về xã",
            "https://baothanhpho.example/1.html?utm_source=rss",
            date(2019, 6, 4),
            "An",
            "Cải cách hành chính",
        ),
        Item("Giá cá", "https://baothanhpho.example/2.html", None, "", ""),
    ]
    assert read_feed(ATOM) == [Item("Tin", "https://a.example/1", date(2019, 6, 3), "Binh", "")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"<html></html>",
        b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><item><title>&a;</title></item></rss>',
        b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss></rss>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss/>'.encode(
            "utf-16"
        ),
    ],
)
def test_what_is_no_plain_feed_is_refused(content):
    with pytest.raises(FeedError):
        read_feed(content)


def test_words_are_whole_and_need_no_accents():
    assert has_word("Cải cách hành chính ở xã", "cai cach hanh chinh")
    assert has_word("Tin CCHC", "x; cchc")
    assert not has_word("Một cửa hàng", "một cửa h")
    assert not has_word("Tin", "")


@pytest.fixture
def feed(scene):
    editor = make_user(scene.district, "editor")
    said = {"address": "https://baothanhpho.example/rss", "words": "cải cách hành chính", "is_active": True}
    return actions.save_feed(Feed(), press_body=scene.body, **said, by=editor)


def test_only_editor_and_administrator_say_what_is_fetched(scene):
    with pytest.raises(PermissionDenied):
        actions.save_feed(
            Feed(),
            press_body=scene.body,
            address="https://a.example/",
            words="",
            is_active=True,
            by=scene.local,
        )


def test_items_wait_once_and_what_is_known_does_not(scene, feed):
    actions.record_clipping(
        **scene.said(link="https://baothanhpho.example/2.html", title="Giá cá"), by=scene.local
    )

    first = actions.take_in_items(feed, read_feed(RSS))
    again = actions.take_in_items(feed, read_feed(RSS))

    assert (first, again) == (1, 0)
    row = Candidate.objects.get()
    assert (row.title, row.on, row.is_suggested, row.state) == (
        "Một cửa điện tử về xã",
        date(2019, 6, 4),
        True,
        "waiting",
    )


def test_a_person_takes_one_into_the_log(scene, feed):
    actions.take_in_items(feed, read_feed(RSS))
    row = Candidate.objects.get(title="Một cửa điện tử về xã")

    clipping = actions.take_candidate(row, **scene.said(link=row.link), work=scene.duty, by=scene.local)

    row.refresh_from_db()
    assert (row.state, row.clipping, clipping.origin) == ("taken", clipping, "feed")
    assert scene.duty.deliverables.count() == 1


def test_one_that_is_dropped_does_not_come_back(scene, feed):
    actions.take_in_items(feed, read_feed(RSS))

    dropped = actions.drop_candidates(Candidate.objects.filter(is_suggested=False), by=scene.local)

    assert dropped == 1
    assert actions.take_in_items(feed, read_feed(RSS)) == 0
    assert not Clipping.objects.exists()


def test_another_agency_decides_nothing(scene, feed):
    actions.take_in_items(feed, read_feed(RSS))

    with pytest.raises(PermissionDenied):
        actions.drop_candidate(Candidate.objects.first(), by=scene.reporter)


@pytest.mark.django_db(transaction=True)
def test_the_clock_fetches_each_hour_and_keeps_what_went_wrong(scene, feed, site, settings):
    settings.FEED_ALLOW_PRIVATE = True
    Feed.objects.filter(pk=feed.pk).update(address=f"{site}/rss")

    assert [clocks.fetch_feeds(), clocks.fetch_feeds()] == [1, 0]
    assert Candidate.objects.count() == 2

    Feed.objects.filter(pk=feed.pk).update(
        address=f"{site}/html", fetched_at=clock.now() - timedelta(minutes=61)
    )
    assert clocks.fetch_feeds() == 1
    feed.refresh_from_db()
    assert feed.error


@pytest.mark.django_db(transaction=True)
def test_the_house_itself_is_never_fetched(scene, feed, site):
    Feed.objects.filter(pk=feed.pk).update(address=f"{site}/rss")

    clocks.fetch_feeds()

    feed.refresh_from_db()
    assert feed.error
    assert not Candidate.objects.exists()
