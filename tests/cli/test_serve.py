import argparse
import resource
import socket

import pytest

from loa.cli import demo, serve


def test_port_in_use_is_said_before_anything_starts():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SystemExit, match=rf"Port {port} .* --port"):
            serve.serve("127.0.0.1", port)


def test_free_port_is_not_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]

    assert serve.is_taken("127.0.0.1", port) is False


def test_file_limit_is_raised_as_far_as_the_system_lets():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, before[1]), before[1]))
    try:
        serve.raise_file_limit()
        raised, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

    assert raised == min(serve.CONNECTIONS + 1000, hard)


@pytest.mark.parametrize(("code", "served"), [(0, [("127.0.0.1", 8123)]), (1, [])])
def test_demo_is_loaded_by_another_process_than_the_one_that_forks_the_server(monkeypatch, code, served):
    """A forked server would wait for the threads of typst that the loading has started, and give no .pdf."""
    asked, opened = [], []
    monkeypatch.setattr(
        "loa.cli.demo.subprocess.run",
        lambda command, **_more: asked.append(command[1:]) or argparse.Namespace(returncode=code),
    )
    monkeypatch.setattr("loa.cli.demo.serve", lambda *place: opened.append(place))
    monkeypatch.setenv("LOA_BASE_URL", "http://127.0.0.1:8123")
    monkeypatch.setenv("LOA_TODAY", "2019-07-15")

    answer = demo.run(argparse.Namespace(port=8123, no_serve=False))

    assert answer == code
    assert asked == [["-m", "loa.cli.main", "demo", "--no-serve", "--port", "8123"]]
    assert opened == served
