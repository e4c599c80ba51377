"""Browsers on a bad line: what is sent may not arrive, an answer may not be seen; then the person tries again."""

import http.client
import re
import threading
import time
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

PATIENCE = 240  # seconds until a person gives up: longer than any outage here
ERROR, GONE = 500, "the line broke"


class Page:
    def __init__(self, path, answer):
        self.path, self.status, self.location = path, answer.status, answer.headers.get("Location", "")
        self.cookies = answer.headers.get_all("Set-Cookie") or []
        self.text = answer.read().decode("utf-8", "replace")

    def field(self, name):
        """The value of an input, whichever way round its attributes stand."""
        found = re.search(rf'<input[^>]*name="{name}"[^>]*>', self.text)
        value = re.search(r'value="([^"]*)"', found[0]) if found else None
        return unescape(value[1]) if value else ""

    def long_field(self, name):
        found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', self.text, re.DOTALL)
        return unescape(found[1]).lstrip("\r\n") if found else ""


class Answers:
    """How many answers the browsers of a test have had: whoever waits for some of them is told."""

    def __init__(self):
        self.count, self._news = 0, threading.Condition()

    def add(self):
        with self._news:
            self.count += 1
            self._news.notify_all()

    def wait_for(self, count, seconds):
        with self._news:
            return self._news.wait_for(lambda: self.count >= count, seconds)


class Browser:
    """`losses` is how often of a hundred an answer is not seen; `twice` how often a button is pressed twice at once."""

    def __init__(self, city, chance, *, address, cookies=None, losses=8, twice=15):
        self.port, self.answers, self.chance, self.address = city.port, city.answers, chance, address
        self.cookies = dict(cookies or {})
        self.losses, self.twice = losses, twice
        self.tries = self.lost = 0

    def get(self, path):
        page = self._until("GET", path)
        while page.location and page.status in (301, 302, 303):
            page = self._until(
                "GET", urljoin(path, urlsplit(page.location)._replace(scheme="", netloc="").geturl())
            )
        return page

    def post(self, path, fields, files=()):
        """The first answer that is none of a server in trouble; redirects are not followed."""
        if self.chance.randrange(100) < self.twice:
            self._press_twice(path, fields, files)
        return self._until("POST", path, fields, files)

    def _press_twice(self, path, fields, files):
        """The first of two clicks goes out beside the second; whoever is first, nothing comes of it twice."""
        cookies = dict(self.cookies)
        first = threading.Thread(target=self._quietly, args=(path, fields, files, cookies), daemon=True)
        first.start()

    def _quietly(self, path, fields, files, cookies):
        try:
            self._ask("POST", path, fields, files, cookies)
        except (OSError, http.client.HTTPException):
            return

    def _until(self, method, path, fields=None, files=()):
        end = time.monotonic() + PATIENCE
        said = ""
        while time.monotonic() < end:
            try:
                page = self._ask(method, path, fields, files, self.cookies, is_lost=self._loses())
            except (OSError, http.client.HTTPException) as error:
                said = f"{type(error).__name__} {error}"
            else:
                self._keep(page)
                if page.status < ERROR:
                    self.answers.add()
                    return page
                said = f"{page.status}"
            time.sleep(self.chance.uniform(0.1, 0.6))
        raise AssertionError(f"{method} {path}: no answer, at last {said}")

    def _loses(self):
        self.tries += 1
        is_lost = self.chance.randrange(100) < self.losses
        self.lost += is_lost
        return is_lost

    def _ask(self, method, path, fields, files, cookies, *, is_lost=False):
        body, kind = packed(fields, files) if fields is not None else (None, "")
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "X-Forwarded-For": self.address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            **({"Content-Type": kind, "Origin": f"http://127.0.0.1:{self.port}"} if kind else {}),
        }
        try:
            line.request(method, path, body, headers)
            if is_lost:
                time.sleep(self.chance.uniform(0, 0.2))
                raise ConnectionAbortedError(GONE)
            return Page(path, line.getresponse())
        finally:
            line.close()

    def _keep(self, page):
        for cookie in page.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value


def packed(fields, files):
    if not files:
        return urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
    edge = "----soak"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]  # fmt: skip
    for name, called, kind, content in files:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
