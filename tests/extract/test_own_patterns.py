"""A user adds a type, an issuer or a form of number in a folder, without Python."""

from __future__ import annotations

from pathlib import Path

from docparse.patterns import check_patterns, load
from docparse.pipeline import parse

CITATIONS = r"""
[[form]]
name     = "register of the archive"
kind     = "number"
regex    = 'LT\.(?P<year>\d{4})\.(?P<serial>\d{3,5})'
examples = ["LT.2023.0045"]
not      = ["LT.23.45"]

[[form]]
name     = "đối chiếu"
kind     = "relation"
regex    = '(?i:đối chiếu với)'
examples = ["đối chiếu với", "Đối chiếu với"]
not      = ["đối với"]
"""
TYPES = """
[[type]]
id       = 'phieu-ke'
name     = 'Phiếu kê'
family   = 'state'
codes    = ['PKe']
examples = ['Phiếu kê số 15/PKe-STC']
"""
ISSUERS = """
[[issuer]]
id       = 'trung-tam-lua'
name     = 'Trung tâm Giống lúa Bình Lâm'
level    = 'province'
codes    = ['TTGL']
examples = ['Trung tâm Giống lúa Bình Lâm ban hành']
"""


def test_a_folder_of_patterns_is_enough(tmp_path: Path) -> None:
    for name, content in (("citations", CITATIONS), ("types", TYPES), ("issuers", ISSUERS)):
        (tmp_path / f"{name}.toml").write_text(content, encoding="utf-8")
    assert check_patterns(tmp_path) == []
    text = (
        "Đối chiếu với hồ sơ LT.2023.0045, Phiếu kê số 15/PKe-TTGL ngày 05/6/2023 của "
        "Trung tâm Giống lúa Bình Lâm về kế hoạch giống có khác."
    )
    archive, slip = parse(text.encode(), path="a.txt", patterns=load(tmp_path)).citations
    assert (archive.number, archive.serial, archive.year) == ("LT.2023.0045", "0045", 2023)
    assert archive.key == "own:LT.2023.0045@2023"
    assert archive.relation == "đối chiếu"
    assert (slip.type, slip.number) == ("Phiếu kê", "15/PKe-TTGL")
    assert slip.issuer == "Trung tâm Giống lúa Bình Lâm"
    assert parse(text.encode(), path="a.txt").citations[0].type is None
