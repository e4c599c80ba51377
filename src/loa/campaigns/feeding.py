"""Fetch a feed without being led astray, and read RSS or Atom.

Only http and https; every address that a name resolves to must be public, and the connection is made to
the very address that was checked, so that a name cannot point elsewhere a moment later. Each redirect is
checked again. Size and time have limits; XML is read without DTD, entities and network.
"""

from __future__ import annotations

import html
import http.client
import re
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree

from loa.core import clock
from loa.core.outward import checked_address
from loa.core.text import fold

MOST_BYTES = 2 * 1024 * 1024
LONGEST = 20  # seconds, for one feed with all its redirects
MOST_REDIRECTS = 3
MOST_ITEMS = 100
_PORTS = {"http": 80, "https": 443}
_MOVED = {301, 302, 303, 307, 308}
_OK = 200
_CHUNK = 64 * 1024
_TAG = re.compile(r"<[^>]*>")


class FeedError(Exception):
    """Why a feed could not be fetched or read, as a sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    title: str
    link: str
    on: date | None
    author: str
    summary: str


def fetch(address: str, *, allow_private: bool = False) -> bytes:
    """The body behind an address. Raises FeedError."""
    watch = _Watch()
    timer = threading.Timer(LONGEST, watch.cut)
    timer.daemon = True
    timer.start()
    try:
        for _turn in range(MOST_REDIRECTS + 1):
            status, moved_to, body = _get(address, watch, allow_private=allow_private)
            if status not in _MOVED or not moved_to:
                break
            address = urljoin(address, moved_to)
        else:
            raise FeedError(_("The address sends on too often."))
    except (OSError, http.client.HTTPException, ValueError) as error:
        if watch.is_cut:
            raise FeedError(_("The press body's server took too long.")) from error
        raise FeedError(_("The press body's server could not be reached.")) from error
    finally:
        timer.cancel()
    if status != _OK:
        raise FeedError(_("The press body's server answered %(status)s.") % {"status": status})
    return body


class _Watch:
    """Ends the connection when the time is up, wherever it waits."""

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self.is_cut = False

    def cut(self) -> None:
        self.is_cut = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _get(address: str, watch: _Watch, *, allow_private: bool) -> tuple[int, str, bytes]:
    parts = urlsplit(address)
    ip, port = _checked(parts, allow_private=allow_private)
    host = parts.hostname or ""
    watch.sock = sock = socket.create_connection((ip, port), timeout=LONGEST / 2)
    if watch.is_cut:
        sock.close()
        raise OSError
    with sock:
        if parts.scheme == "https":
            sock = watch.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=LONGEST / 2)
        connection.sock = sock
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        headers = {
            "Host": parts.netloc,
            "User-Agent": "Loa",
            "Accept": "application/rss+xml, application/atom+xml, application/xml, text/xml",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = b"" if answer.status in _MOVED else _read(answer)
        return answer.status, answer.getheader("Location", ""), body


def _read(answer: http.client.HTTPResponse) -> bytes:
    body = bytearray()
    while chunk := answer.read(_CHUNK):
        body += chunk
        if len(body) > MOST_BYTES:
            raise FeedError(
                _("The feed is larger than %(limit)s MB.") % {"limit": MOST_BYTES // 1024 // 1024}
            )
    return bytes(body)


def _checked(parts: SplitResult, *, allow_private: bool) -> tuple[str, int]:
    """The public address to connect to. Raises FeedError."""
    refused = FeedError(_("Only public http and https addresses are fetched."))
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise refused
    port = parts.port or _PORTS[parts.scheme]
    if port not in _PORTS.values() and not allow_private:
        raise refused
    address = checked_address(parts.hostname, port, allow_private=allow_private)
    if address is None:
        raise refused
    return address, port


def read_feed(content: bytes) -> list[Item]:
    """The items of an RSS or Atom feed, at most MOST_ITEMS. Raises FeedError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(_("This is no RSS or Atom feed.")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FeedError(_("A feed with a document type of its own is not read."))
    if _name(root) not in {"rss", "RDF", "feed"}:
        raise FeedError(_("This is no RSS or Atom feed."))
    rows = [each for each in root.iter() if _name(each) in {"item", "entry"}]
    return [item for item in map(_item, rows[:MOST_ITEMS]) if item]


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _item(element: Any) -> Item | None:
    parts: dict[str, Any] = {}
    for child in element:
        if _name(child) == "link" and child.get("rel", "alternate") != "alternate":
            continue
        parts.setdefault(_name(child), child)
    title = _words(parts.get("title"))[:500]
    link = _link(parts.get("link"))
    if not title or not link:
        return None
    when = next(
        (_text(parts[key]) for key in ("pubDate", "published", "date", "updated") if key in parts), ""
    )
    author = parts.get("creator", parts.get("author"))
    summary = parts.get("description", parts.get("summary"))
    return Item(title, link, _day(when), _words(author)[:200], _words(summary)[:1000])


def _text(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _words(element: Any) -> str:
    """Plain words: feeds put markup into their texts, sometimes twice escaped."""
    return " ".join(html.unescape(_TAG.sub(" ", html.unescape(_text(element)))).split())


def _link(element: Any) -> str:
    link = "" if element is None else (element.get("href") or _text(element)).strip()
    return link if link.startswith(("http://", "https://")) and len(link) <= 1000 else ""


def _day(text: str) -> date | None:
    """The day in the city's time."""
    try:
        moment = parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    if timezone.is_naive(moment):
        return moment.date()
    return clock.day_of(moment)


def has_word(text: str, words: str) -> bool:
    """Whether a text has one of the words "cải cách hành chính; CCHC", whole and with or without accents."""
    folded = f" {re.sub(r'[^a-z0-9]+', ' ', fold(text))} "
    wanted = (re.sub(r"[^a-z0-9]+", " ", fold(word)).strip() for word in words.split(";"))
    return any(f" {word} " in folded for word in wanted if word)
