"""What a hostile file is: its name, how its bytes are made, and how reading it must end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

READ = "read"
_NOBODY = 9  # a port on which nobody listens
_port = _NOBODY


def listen_at(port: int) -> None:
    """From now on the files lead to this port of this machine."""
    global _port
    _port = port


def address() -> str:
    """Where files lead that want to fetch something."""
    return f"http://127.0.0.1:{_port}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """One file. ``ends`` are the codes of the errors it may end with; ``READ`` is none at all.

    Of a file that is read, ``words`` must be there and the notices must have the codes in
    ``notices``. ``needs`` is the program without which the case says nothing.
    """

    name: str
    make: Callable[[], bytes]
    ends: tuple[str, ...] = (READ,)
    words: str = ""
    notices: tuple[str, ...] = ()
    needs: str = ""
