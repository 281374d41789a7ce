"""Files for the tests, made from their XML, so that each shows what it holds."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
MiB = 1 << 20


def pack(entries: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the entries, in their order."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def part(root: str, content: str, *, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:{root} {_SPACES}>{content}</w:{root}>'


def relations(*links: tuple[str, str, str], outside: tuple[str, ...] = ()) -> str:
    """Links by id, kind and target; those whose id is in ``outside`` lead out of the file."""
    external = ' TargetMode="External"'
    made = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"'
        f"{external if name in outside else ''}/>"
        for name, kind, target in links
    )
    return f'<Relationships xmlns="{RELS}">{made}</Relationships>'


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, *, head: str = "") -> bytes:
    """A Word file with this body and, if asked for, more parts."""
    document = part("document", f"<w:body>{body}</w:body>", head=head)
    frame = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document,
    }
    return pack({**frame, **(parts or {})})


def p(*runs: str, props: str = "") -> str:
    """A paragraph of runs; a run that is no XML becomes one."""
    made = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{props}</w:pPr>{made}</w:p>"


def r(text: str, font: str | None = None, props: str = "") -> str:
    if font is not None:
        props = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>{props}'
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, *, span: int = 1, merge: str | None = None) -> str:
    """A cell; ``merge`` is "restart" or "continue"."""
    props = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        props += f'<w:vMerge w:val="{merge}"/>'
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{content if '<w:' in content else p(content)}</w:tc>"


def tbl(*rows: str, ruled: bool = True) -> str:
    borders = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>' if ruled else ""
    made = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{made}</w:tbl>"
