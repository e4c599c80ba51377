import socket

import pytest

from loa.cli import serve


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
