import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from docparse.cli import main
from docparse.errors import NotFoundError, UsageError
from docparse.evaluate import Score, Scores, evaluate
from docparse.evaluate.floors import broken_floors, floored, pin_floors, read_floors
from docparse.evaluate.printing import scores_text
from docparse.evaluate.tally import Miss

TEXT = """\
UBND TỈNH BÌNH LÂM
SỞ CÔNG THƯƠNG
Số: 12/KH-SCT

1. Mục đích
2. Yêu cầu
"""
GOLD = """\
skip = ["figure"]

[header]
number = "12/KH-SCT"

[[section]]
line = 5
label = "1."
level = 1
title = "Mục đích"

[[section]]
line = 6
label = "2."
level = 1
title = "Yêu … cầu"

[[citation]]
line = 3
quote = "Số: 12/KH-SCT"
own = true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.gold.toml").write_text(GOLD, encoding="utf-8")
    return tmp_path


def _scores(**kinds: tuple[int, int, int]) -> Scores:
    scores = tuple(
        Score(kind=kind.replace("__", "."), right=right, gold=gold, found=found)
        for kind, (right, gold, found) in kinds.items()
    )
    return Scores(kinds=scores, misses=(), files=1, skipped=(), problems=())


def test_a_text_against_its_gold(folder: Path) -> None:
    scores = evaluate(folder)
    by_kind = {score.kind: score for score in scores.kinds}
    assert scores.problems == ()
    assert by_kind["section"].f1 == 1
    assert by_kind["header.number"].f1 == 1
    assert "figure" not in by_kind


def test_texts_elsewhere_and_texts_that_are_not_there(folder: Path, tmp_path: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "a.txt").rename(folder / "texts" / "seed.txt")
    gold = folder / "a.gold.toml"
    gold.write_text('source = "texts/seed.txt"\n' + GOLD, encoding="utf-8")
    assert evaluate(folder).files == 1
    assert evaluate(folder, folder / "texts").files == 0
    (skipped,) = evaluate(folder, folder / "texts").skipped
    assert "texts/seed.txt" in skipped


def test_a_folder_without_gold(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no "):
        evaluate(tmp_path)


def test_a_text_that_cannot_be_read_is_a_problem(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"%PDF-1.4")
    (problem,) = evaluate(folder).problems
    assert "PDF" in problem


def test_faulty_gold_is_said_by_the_command(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = folder / "a.gold.toml"
    gold.write_text(GOLD.replace("line = 3", "line = 4"), encoding="utf-8")
    assert main(["evaluate", str(folder)]) == 2
    assert "a.gold.toml, citation 1" in capsys.readouterr().err


def test_the_command_prints_and_pins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(folder), "--pin", "--details", "--lang=en"]) == 0
    out = capsys.readouterr().out
    assert "section " in out
    assert "Pinned" in out
    floors = tomllib.loads((folder / "floors.toml").read_text(encoding="utf-8"))
    assert floors["section"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    (folder / "a.txt").write_text(TEXT.replace("2. Yêu", "Yêu"), encoding="utf-8")
    (folder / "a.gold.toml").write_text(GOLD.replace('"2."', '"Yêu"'), encoding="utf-8")
    assert main(["evaluate", str(folder), "--lang=en"]) == 1
    assert "section: recall is 0.5000, below its floor 1.0" in capsys.readouterr().err
    assert main(["evaluate", str(folder), "--pin", "--lang=en"]) == 1
    assert tomllib.loads((folder / "floors.toml").read_text(encoding="utf-8")) == floors


def test_the_corpus_keeps_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    assert main(["evaluate", str(corpus)]) == 0, capsys.readouterr()


def test_floors_only_rise(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    assert read_floors(path) == {}
    pin_floors(_scores(section=(8, 10, 9), section__title=(1, 2, 2)), path)
    assert broken_floors(_scores(section=(8, 10, 9), section__title=(1, 2, 2)), path) == []
    assert len(broken_floors(_scores(section=(8, 10, 10), section__title=(1, 2, 2)), path)) == 2
    with pytest.raises(UsageError, match="only rise"):
        pin_floors(_scores(section=(9, 10, 10)), path)
    pin_floors(_scores(section=(9, 10, 9), section__title=(2, 2, 2)), path)
    assert read_floors(path)["section"]["recall"] == 0.9


def test_a_kind_that_is_no_longer_found_breaks_its_floor(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    pin_floors(_scores(section=(8, 10, 9)), path)
    assert broken_floors(_scores(section=(0, 10, 0)), path)


def test_scores_of_other_texts_are_not_compared(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    pin_floors(_scores(section=(8, 10, 9)), path)
    partly = replace(_scores(section=(1, 10, 9)), skipped=("b.gold.toml: not there",))
    assert broken_floors(partly, path) == []
    with pytest.raises(UsageError, match="missing"):
        pin_floors(partly, path)


def test_a_faulty_floor_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    for content in ("[section", "section = 5", '[section]\nf1 = "high"'):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(UsageError, match="floors"):
            read_floors(path)


def test_a_pinned_score_was_reached() -> None:
    assert floored(2 / 3) == 0.6666
    assert floored(1.0) == 1.0
    assert floored(0.29) == 0.29


def test_kinds_without_an_extractor_are_not_scored() -> None:
    shown = scores_text(_scores(section=(1, 1, 1), figure=(0, 7, 0)), lang="en").splitlines()
    assert shown[-1].split() == ["figure", "7", "not", "extracted", "yet"]
    assert "figure" not in _scores(section=(1, 1, 1), figure=(0, 7, 0)).scored


def test_details_name_the_place() -> None:
    misses = (
        Miss(file="a.txt", kind="section", what="missed", line=5, quote="1."),
        Miss(file="a.txt", kind="section", what="extra", line=6, quote="2."),
        Miss(file="a.txt", kind="section.level", what="wrong", line=7, quote="3.",
             expected=1, got=2),
        Miss(file="a.txt", kind="figure", what="missed", line=8, quote="12"),
    )  # fmt: skip
    scores = Scores(
        kinds=_scores(section=(1, 2, 2), figure=(0, 1, 0)).kinds,
        misses=misses, files=1, skipped=(), problems=(),
    )  # fmt: skip
    assert scores_text(scores, lang="en", details=True).splitlines()[-3:] == [
        "a.txt:5: section: missed “1.”",
        "a.txt:6: section: extra “2.”",
        "a.txt:7: section.level: wrong “3.”: 1 ≠ 2",
    ]
