"""The port of a desk: who comes while it starts waits, and nobody else gets it."""

from __future__ import annotations

import socket

import pytest

from sayso.desk_cli import _listening
from sayso.errors import BadOption


def test_a_port_is_taken_from_when_it_is_told() -> None:
    with _listening("127.0.0.1", 0) as listening:
        host, port = listening.getsockname()
        with socket.create_connection((host, port), timeout=5), pytest.raises(BadOption, match=f"port {port} of 127.0.0.1 cannot be used: .*in use"):
            _listening(host, port)
