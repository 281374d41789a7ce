import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# The same examples everywhere, and no clock: a busy machine must not fail a test.
settings.register_profile("same-everywhere", deadline=None, derandomize=True)
settings.load_profile("same-everywhere")

_EXAMPLES = pytest.StashKey[Any]()
_LOCAL = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def _no_outside_sockets() -> Iterator[None]:
    """docparse is offline by construction: a call that leaves the machine fails its test."""
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        outside = self.family in (socket.AF_INET, socket.AF_INET6)
        if outside and not str(address[0]).startswith(_LOCAL):
            raise AssertionError(f"a test wants to connect to {address}")
        connect(self, address)

    def guarded_lookup(host: Any, *rest: Any, **more: Any) -> Any:
        if host is not None and not str(host).startswith(_LOCAL):
            raise AssertionError(f"a test wants to look up {host}")
        return lookup(host, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages come in Vietnamese wherever the tests run, unless a test asks otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """The commands of the documentation begin at once, beside all other tests."""
    named = [one for one in session.items if one.name.startswith("test_the_shell_examples[")]
    if named and os.name != "nt" and not session.config.option.collectonly:
        from tests.test_documentation import Examples

        pages = [one.callspec.params["page"] for one in named if isinstance(one, pytest.Function)]
        session.config.stash[_EXAMPLES] = Examples(pages)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _EXAMPLES in config.stash:
        config.stash[_EXAMPLES].stop()


@pytest.fixture(scope="session")
def examples(request: pytest.FixtureRequest) -> Any:
    """What the commands of the documentation print."""
    return request.config.stash[_EXAMPLES]
