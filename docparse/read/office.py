"""Old Word files (DOC), RTF and ODT, by way of LibreOffice: bytes in, a source out.

LibreOffice converts to DOCX in a process of its own, with a profile that is thrown away:
macros off, links not followed, no network proxy that answers. Everything else, from fonts to
tables, is then the work of :mod:`docparse.read.docx`.

>>> filter_of("RTF")
'Rich Text Format'
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from docparse.errors import FormatError, NotReadableError, ReadError
from docparse.models import Notice, Source
from docparse.read.caged import inside
from docparse.read.docx import read_docx
from docparse.read.leftovers import PREFIX, PROFILE, remove_tree
from docparse.read.limits import default_limits
from docparse.read.packages import open_package
from docparse.read.xmltrees import refuse_doctypes

_FILTERS = {"DOC": "MS Word 97", "RTF": "Rich Text Format", "ODT": "writer8"}
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_WORD_STREAM = b"\xec\xa5"  # how the main stream of a DOC file begins, at some sector
_SECTOR = 512
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = 0x01  # in the byte of flags at offset 11
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read_office(data: bytes, name: str, *, path: str, encoding: str | None = None) -> Source:
    """The source of a DOC, RTF or ODT file; ``name`` is its format."""
    if name == "DOC" and _is_encrypted(data):
        raise FormatError("encrypted-file", path=path)
    if name == "ODT":
        _check_package(data, path)
    made = convert(data, name, path=path)
    source = read_docx(made, path=path, encoding=encoding)
    notices = source.notices
    if _MACROS in data:
        notices = (Notice(code="macros"), *notices)
    return replace(source, sha256=sha256(data).hexdigest(), format=name.lower(), notices=notices)


def convert(data: bytes, name: str, *, path: str) -> bytes:
    """The file as DOCX; raises a ReadError where LibreOffice is missing or cannot read it."""
    program = find_program()
    if program is None:
        raise NotReadableError("needs-libreoffice", path=path, format=name)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        source = folder / f"report.{name.lower()}"
        source.write_bytes(data)
        _write_profile(folder / PROFILE)
        _run([program, *_arguments(folder, source, name)], folder, len(data), path)
        made = folder / "out" / "report.docx"
        if not made.is_file():
            raise FormatError("office-refused", path=path, format=name)
        return made.read_bytes()
    finally:
        remove_tree(folder)


def find_program() -> str | None:
    """Where LibreOffice is, if it is installed."""
    for program in _PROGRAMS:
        if found := shutil.which(program):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def filter_of(name: str) -> str:
    """LibreOffice's own name of a format, so that it does not guess."""
    return _FILTERS[name]


def _arguments(folder: Path, source: Path, name: str) -> list[str]:
    return [
        f"-env:UserInstallation={(folder / PROFILE).as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        f"--infilter={filter_of(name)}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for place, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(command: list[str], folder: Path, size: int, path: str) -> None:
    """Run LibreOffice; in a cage it stays in the cage's group, which is killed as a whole."""
    own_session = sys.platform != "win32" and not inside()
    seconds = default_limits().seconds_for(size)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp", "HOME": str(folder), "TMPDIR": str(folder)},
        start_new_session=own_session,
    )
    try:
        process.wait(timeout=None if inside() else seconds)
    except subprocess.TimeoutExpired:
        raise ReadError("took-too-long", path=path, seconds=f"{seconds:g}") from None
    finally:
        if own_session:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def _check_package(data: bytes, path: str) -> None:
    """What must be known of an ODT before LibreOffice unpacks it."""
    package = open_package(data, path=path)
    refuse_doctypes(package)
    if b"encryption-data" in (package.read(_MANIFEST) or b""):
        raise FormatError("encrypted-file", path=path)


def _is_encrypted(data: bytes) -> bool:
    """The flag of a DOC file that asks for a password."""
    at = data.find(_WORD_STREAM, _SECTOR)
    while at >= 0 and at % _SECTOR:
        at = data.find(_WORD_STREAM, at + 1)
    return 0 <= at < len(data) - 11 and bool(data[at + 11] & _ENCRYPTED)
