"""A WSGI application inside an ASGI server answers as it does under WSGI."""

import asyncio
from io import BytesIO

import pytest

from loa.core import bridge
from loa.core.bridge import Bridge, environ_of

BIG = bytes(range(256)) * 4096  # a MiB: more than is handed over in one piece


def scope(method="GET", path="/", headers=(), query=b""):
    return {
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "client": ("10.0.0.9", 4711),
        "server": ("127.0.0.1", 8000),
        "http_version": "1.1",
        "scheme": "http",
    }


def ask(application, request, *parts):
    """Serve one request; the messages that were sent."""
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.request", "body": b""})
    sent = []

    async def story():
        async def receive():
            return messages.pop(0)

        async def send(message):
            sent.append(message)

        served = Bridge(application, threads=1)
        await served.serve(request, receive, send)
        served.threads.shutdown()

    asyncio.run(story())
    return sent


def test_request_reaches_the_application_whole():
    seen = {}

    def application(environ, start_response):
        seen.update(environ, body=environ["wsgi.input"].read())
        start_response("201 Created", [("X-One", "1"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return [b"xin ", "chào".encode()]

    headers = [
        ("host", "loa.example"),
        ("content-type", "text/plain"),
        ("content-length", "6"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("x-forwarded-proto", "https"),
        ("x_forwarded_proto", "forged"),
    ]
    sent = ask(application, scope("POST", "/gop-y/đường/", headers, b"a=%C4%91"), b"abc", b"def")

    assert seen["body"] == b"abcdef"
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/gop-y/đường/"
    assert (seen["REQUEST_METHOD"], seen["QUERY_STRING"]) == ("POST", "a=%C4%91")
    assert (seen["CONTENT_TYPE"], seen["CONTENT_LENGTH"]) == ("text/plain", "6")
    assert (seen["HTTP_COOKIE"], seen["HTTP_HOST"]) == ("a=1; b=2", "loa.example")
    assert (seen["HTTP_X_FORWARDED_PROTO"], seen["REMOTE_ADDR"]) == ("https", "10.0.0.9")
    assert sent == [
        {
            "type": "http.response.start",
            "status": 201,
            "headers": [(b"x-one", b"1"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")],
        },
        {"type": "http.response.body", "body": "xin chào".encode()},
    ]


def test_large_answer_leaves_in_pieces_and_is_closed():
    class Pieces(list):
        is_closed = False

        def close(self):
            self.is_closed = True

    pieces = Pieces([BIG[at : at + 8192] for at in range(0, len(BIG), 8192)])

    def application(_environ, start_response):
        start_response("200 OK", [])
        return pieces

    sent = ask(application, scope())

    assert b"".join(message["body"] for message in sent[1:]) == BIG
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * 4 + [False]
    assert pieces.is_closed


def test_large_body_waits_in_a_file(monkeypatch):
    monkeypatch.setattr(bridge, "IN_MEMORY", 1000)
    got = []

    def application(environ, start_response):
        got.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return []

    ask(application, scope("POST"), BIG, BIG)

    assert got == [BIG + BIG]


def test_who_leaves_before_having_said_everything_is_not_served():
    called = []

    async def story():
        async def receive():
            return {"type": "http.disconnect"}

        await Bridge(lambda *_: called.append(1), threads=1).serve(scope("POST"), receive, None)

    asyncio.run(story())

    assert called == []


def test_failure_of_the_application_is_the_servers_to_answer():
    def application(_environ, _start_response):
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        ask(application, scope())


def test_environment_follows_the_standard():
    from wsgiref.validate import check_environ

    environ = environ_of(scope(headers=[("host", "loa.example")]), BytesIO())

    assert check_environ(environ) is None
