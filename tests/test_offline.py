import socket

import pytest


def test_a_call_that_leaves_the_machine_fails() -> None:
    with pytest.raises(AssertionError, match="wants to look up"):
        socket.create_connection(("example.org", 80))
    with socket.socket() as outside, pytest.raises(AssertionError, match="wants to connect"):
        outside.connect(("192.0.2.1", 80))
