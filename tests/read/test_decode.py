from pathlib import Path

import pytest

from docparse.cli import main
from tests.read.making import docx, p, r


def test_a_file_in_old_fonts_comes_out_as_unicode(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(docx(p(r("Céng hoµ", ".VnTimeH"), r(" x· héi", ".VnTime"))))
    assert main(["decode", str(tmp_path / "a.docx"), "--lang=en"]) == 0
    out, err = capsys.readouterr()
    assert out == "CỘNG HOÀ xã hội\n"
    assert "tcvn3" in err
    made = tmp_path / "a.txt"
    assert main(["decode", str(tmp_path / "a.docx"), "-o", str(made)]) == 0
    assert made.read_text(encoding="utf-8") == out


def test_a_text_in_an_old_encoding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes("Thùc hiÖn KÕ ho¹ch cña Së C«ng Th\xad¬ng".encode("latin-1"))
    assert main(["decode", str(tmp_path / "a.txt")]) == 0
    assert capsys.readouterr().out == "Thực hiện Kế hoạch của Sở Công Thương"


def test_a_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decode", "no-such-file", "--lang=en"]) == 2
    assert "no such file" in capsys.readouterr().err
