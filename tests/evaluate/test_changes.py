from pathlib import Path

import pytest

from docparse.cli import main
from docparse.errors import PatternError, ReadError
from docparse.evaluate.changes import Change, change_row, diff_patterns

TEXT = """\
Căn cứ Kế hoạch số 899/KH-SCT ngày 25/02/2021.
Phiếu lạ số 7 được gửi.
"""
TYPE = """
[[type]]
id = "phieu-la"
name = "Phiếu lạ"
family = "state"
examples = ["Phiếu lạ"]
"""
RENAMED = """
[[type]]
id = "ke-hoach"
name = "Kế sách"
family = "state"
written = ["kế hoạch"]
codes = ["KH"]
examples = ["kế hoạch"]
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").touch()
    return folder


def _overlay(folder: Path, types: str) -> Path:
    folder.mkdir()
    (folder / "types.toml").write_text(types, encoding="utf-8")
    return folder


def _changes(reports: Path, new: Path | None, old: Path | None = None) -> list[Change]:
    found = list(diff_patterns(reports, new=new, old=old))
    assert [one for one in found if isinstance(one, ReadError)]
    return [one for one in found if isinstance(one, Change)]


def test_the_same_patterns_change_nothing(reports: Path) -> None:
    assert _changes(reports, None) == []


def test_a_new_type_gains_a_citation_and_losing_it_loses_one(reports: Path, tmp_path: Path) -> None:
    own = _overlay(tmp_path / "own", TYPE)
    (gained,) = _changes(reports, own)
    path = reports / "a.txt"
    assert change_row(gained) == f"{path}:2: thêm: Phiếu lạ số 7"
    (lost,) = _changes(reports, None, own)
    assert change_row(lost, lang="en") == f"{path}:2: lost: Phiếu lạ số 7"


def test_what_reads_otherwise_shows_both_readings(reports: Path, tmp_path: Path) -> None:
    (changed,) = _changes(reports, _overlay(tmp_path / "own", RENAMED))
    assert changed.kind == "changed"
    assert ("type", "Kế hoạch", "Kế sách") in changed.fields
    assert "type Kế hoạch → Kế sách" in change_row(changed)


def test_a_folder_that_is_not_there(reports: Path, tmp_path: Path) -> None:
    with pytest.raises(PatternError):
        list(diff_patterns(reports, new=tmp_path / "none"))


def test_the_command(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = _overlay(tmp_path / "own", TYPE)
    path = reports / "a.txt"
    assert main(["patterns", "diff", str(own), str(path), "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{path}:2: gained: Phiếu lạ số 7",
        "1 citations gained, 0 lost, 0 read otherwise.",
    ]
    same = ["patterns", "diff", str(own), str(path), "--against", str(own)]
    assert main(same) == 0
    assert main(["patterns", "diff", str(own), str(reports)]) == 2
    assert main(["patterns", "diff", str(tmp_path / "none"), str(path)]) == 2
    (tmp_path / "empty").mkdir()
    assert main(["patterns", "diff", str(own), str(tmp_path / "empty")]) == 2
