"""What lies in a folder and is no file that can be read: links, pipes, devices, locked doors."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.read.hostile.case import READ


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the folder; ``make`` makes it there. No ends: it is passed over."""

    name: str
    make: Callable[[Path], object]
    ends: tuple[str, ...]


def _locked_file(place: Path) -> None:
    place.write_text("Số: 12/KH-SCT", encoding="utf-8")
    place.chmod(0)


def _locked_folder(place: Path) -> None:
    place.mkdir()
    (place / "a.txt").write_text("Số: 12/KH-SCT", encoding="utf-8")
    place.chmod(0)


def _ring(place: Path) -> None:
    place.mkdir()
    (place / "again").symlink_to(place)
    (place / "a.txt").write_text("Số: 12/KH-SCT", encoding="utf-8")


# Who runs as root may open what is locked.
_LOCKED = ("permission-denied",) if os.geteuid() else (READ,)

CASES = (
    Place(name="folder.pdf", make=Path.mkdir, ends=()),
    Place(name="pipe.pdf", make=os.mkfifo, ends=("not-a-file",)),
    Place(name="device.txt", make=lambda place: place.symlink_to("/dev/zero"),
          ends=("not-a-file",)),
    Place(name="nowhere.txt", make=lambda place: place.symlink_to("gone.txt"),
          ends=("broken-link",)),
    Place(name="itself.txt", make=lambda place: place.symlink_to(place), ends=("broken-link",)),
    Place(name="locked-door.txt", make=_locked_file, ends=_LOCKED),
    Place(name="locked-folder", make=_locked_folder, ends=_LOCKED),
    Place(name="ring", make=_ring, ends=(READ,)),
    Place(
        name="bao\ncáo\x1b[31m.txt",
        make=lambda place: place.write_text("Số: 12/KH-SCT", encoding="utf-8"),
        ends=(READ,),
    ),
    Place(
        name=os.fsdecode(b"b\xe1o c\xe1o.txt"),
        make=lambda place: place.write_text("Số: 12/KH-SCT", encoding="utf-8"),
        ends=(READ,),
    ),
)  # fmt: skip
