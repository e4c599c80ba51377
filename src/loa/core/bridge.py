"""A WSGI application inside an ASGI server: each request runs in one thread of a small pool from start to end.

Django's own ASGI handler runs every middleware that is not async in a thread of its own making, one per request,
and keeps that thread for as long as the answer lasts. Here a request costs one hop there and one back, and the
pages run exactly as they do under WSGI. docs/adr/0009 has the numbers.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple
from wsgiref.types import WSGIApplication

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

IN_MEMORY = 1024 * 1024  # bytes of a request's body; a larger one waits in a file
AT_ONCE = 256 * 1024  # bytes of an answer handed over in one piece
_APART = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Answer(NamedTuple):
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Bridge:
    """Runs the requests of one event loop."""

    def __init__(self, application: WSGIApplication, *, threads: int = 4) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="site")

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the WSGI application does."""
        body = await _read(receive)
        if body is None:
            return  # gone before it had said everything
        loop = asyncio.get_running_loop()

        async def give(message: Message) -> None:
            await send(message)

        def hand_over(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(give(message), loop).result()

        with body:
            run = _Run(environ_of(scope, body), hand_over)
            answer, has_begun = await loop.run_in_executor(self.threads, run, self.application)
        if not has_begun:
            await send(_start(answer))
        await send({"type": "http.response.body", "body": answer.body})

    async def ask(self, scope: Scope) -> Answer:
        """The whole answer to a request without a body."""
        loop = asyncio.get_running_loop()
        with SpooledTemporaryFile() as nothing:
            run = _Run(environ_of(scope, nothing), None)
            answer, _begun = await loop.run_in_executor(self.threads, run, self.application)
        return answer


class _Run:
    """One request in its thread. Large answers leave piece by piece, as fast as the reader takes them."""

    def __init__(self, environ: dict[str, Any], hand_over: Callable[[Message], None] | None) -> None:
        self.environ, self.hand_over = environ, hand_over
        self.status, self.headers = 500, list[tuple[bytes, bytes]]()

    def __call__(self, application: WSGIApplication) -> tuple[Answer, bool]:
        chunks: list[bytes] = []
        waiting, has_begun = 0, False
        parts: Iterable[bytes] = application(self.environ, self._start_response)  # type: ignore[arg-type]
        try:
            for part in parts:
                chunks.append(part)
                waiting += len(part)
                if waiting >= AT_ONCE and self.hand_over:
                    if not has_begun:
                        self.hand_over(_start(Answer(self.status, self.headers, b"")))
                    has_begun = True
                    self.hand_over(
                        {"type": "http.response.body", "body": b"".join(chunks), "more_body": True}
                    )
                    chunks, waiting = [], 0
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return Answer(self.status, self.headers, b"".join(chunks)), has_begun

    def _start_response(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _start(answer: Answer) -> Message:
    status = HTTPStatus(answer.status) if answer.status in set(HTTPStatus) else answer.status
    return {"type": "http.response.start", "status": int(status), "headers": answer.headers}


async def _read(receive: Receive) -> SpooledTemporaryFile[bytes] | None:
    body = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            return None
        body.write(message.get("body", b""))
        if not message.get("more_body"):
            body.seek(0)
            return body


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment of an ASGI request (PEP 3333)."""
    server = scope.get("server") or ("127.0.0.1", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str((scope.get("client") or ("",))[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" in name:
            continue  # would pass for the same name with a dash, as a proxy's own header
        key = _APART.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        joint = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ
