from pathlib import Path

import pytest

from docparse.evaluate.compare import same, same_number
from docparse.evaluate.gold import parse_gold
from docparse.evaluate.quotes import Lines
from docparse.read import read

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
TEXT = "Thực hiện Văn bản số \n\n4146/UBND- HCC ngày 5, đạt 98%, 98% và\n**6**. Tổ chức\n"


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ("Mục đích", "Mục  đích:", True),
        ("Mục đích", "mục đích", False),
        ("Mục đích", "Mục đi\u0301ch", True),
        ("về việc … Quốc gia", "về việc triển khai trên Cổng Dịch vụ công Quốc gia.", True),
        ("về việc … Quốc gia", "về việc Quốc hội", False),
        ("a … c … e", "a b c d e", True),
        ("a.", "a", True),
        (["Như trên", "Lưu: VT"], ["Như trên;", "Lưu: VT."], True),
        (["Như trên"], ["Như trên", "Lưu: VT"], False),
        (None, [], True),
        (None, "", True),
        (None, "x", False),
        (True, True, True),
        (False, None, True),
        (2, 3, False),
    ],
)
def test_the_same_or_not(gold: object, found: object, expected: bool) -> None:
    assert same(gold, found) is expected


def test_numbers_by_value() -> None:
    assert same_number("98.0", "98")
    assert same_number(None, None)
    assert not same_number("98", None)
    assert not same_number(None, "98")


def test_quotes_are_found_over_breaks() -> None:
    lines = Lines(TEXT)
    place = lines.find(1, "Văn bản số 4146/UBND- HCC ngày 5")
    assert place is not None
    assert TEXT[slice(*place)] == "Văn bản số \n\n4146/UBND- HCC ngày 5"
    assert lines.find(2, "Văn bản số") is None
    assert lines.find(99, "Văn bản số") is None
    assert lines.find(1, " ") is None


def test_the_second_of_two_on_a_line() -> None:
    first, second = (Lines(TEXT).find(3, "98%", nth) for nth in (1, 2))
    assert first is not None
    assert second is not None
    assert second[0] - first[0] == 5
    assert Lines(TEXT).find(3, "98%", 3) is None


def test_a_quote_in_another_unicode_form() -> None:
    text = "a\nTha\u0301i Bi\u0300nh la\u0300\nb"
    place = Lines(text).find(2, "Bình là")
    assert place is not None
    assert text[slice(*place)] == "Bi\u0300nh la\u0300"


def test_the_lines_of_a_file_that_is_no_text_are_near() -> None:
    """Another reading may put a page's head between two lines; the entries stand in order."""
    entries = "".join(f'[[citation]]\nline = {line}\nquote = "98%"\n' for line in (1, 1))
    text = "Trang 2\nđạt 98%\nTrang 3\ncòn 98%, 98%"
    near = parse_gold(f'lines = "near"\n{entries}', "a.gold.toml", text)
    assert [entry.start for entry in near.entries["citation"]] == [12, 28]
    assert near.problems == ()
    assert len(parse_gold(entries, "a.gold.toml", text).problems) == 2
    assert len(parse_gold(f'lines = "far"\n{entries}', "a.gold.toml", text).problems) == 3


def test_a_bold_label() -> None:
    assert Lines(TEXT).range_with(4, "6.") is not None
    assert Lines(TEXT).range_with(4, "7.") is None


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[[section", "a.gold.toml: not valid TOML"),
        ("[headr]", "file: the key \"headr\" is not part"),
        ("skip = 'figure'", "file: the value of \"skip\""),
        ("[header]\nnumbr = '1'", "header: the key \"numbr\""),
        ("[header]\nnumber = 1", "header: the value of \"number\""),
        ("[[citation]]\nquote = 'Văn bản'", "citation 1: the key \"line\" is missing"),
        ("[[citation]]\nline = 1\nquote = 'Van ban'", "citation 1: nothing on line 1"),
        ("[[citation]]\nline = 2\nquote = 'Văn bản'", "stands on line 1"),
        ("[[citation]]\nline = 1\nquote = 'Văn bản'\ndate = '5/3/2021'", "value of \"date\""),
        ("[[figure]]\nline = 3\nquote = '98%'\nvalue = '98%'", "value of \"value\""),
        ("[[figure]]\nline = 3\nquote = '98%'\nvalue = '98'\nperiod = ['2021']", "\"period\""),
        ("[[section]]\nline = 1\nlabel = '6.'\nlevel = 1", "section 1: nothing on line 1"),
        ("[[table]]\nline = 3\nline_end = 99\nrows = []", "table 1: nothing on line 3"),
    ],
)  # fmt: skip
def test_faults_name_file_and_entry(toml: str, said: str) -> None:
    gold = parse_gold(toml, "a.gold.toml", TEXT, lang="en")
    (problem,) = gold.problems
    assert problem.startswith("a.gold.toml")
    assert said in problem.replace("“", '"').replace("”", '"')
    assert not any(gold.entries.values())


def test_one_fault_costs_one_entry() -> None:
    toml = "[[section]]\nline = 1\n[[section]]\nline = 4\nlabel = '6.'\nlevel = 1\n"
    gold = parse_gold(toml, "a.gold.toml", TEXT)
    assert len(gold.problems) == 2
    assert [entry.line for entry in gold.entries["section"]] == [4]


def _gold_files() -> list[tuple[Path, Path]]:
    found = []
    for folder, root in ((ROOT / "corpus", None), (ROOT / "tests" / "gold", SHARED)):
        for path in sorted(folder.glob("*.gold.toml")):
            first = path.read_text(encoding="utf-8").partition('source = "')[2].partition('"')[0]
            stem = path.name.removesuffix(".gold.toml")
            beside = next((p for p in folder.glob(f"{stem}.*") if p.suffix != ".toml"), None)
            source = root / first if root and first else beside
            if source is not None and source.exists():
                found.append((path, source))
    return found


@pytest.mark.parametrize(("path", "source"), _gold_files(), ids=lambda p: p.name)
def test_our_gold_points_at_words_that_are_there(path: Path, source: Path) -> None:
    text = read(source).text
    assert parse_gold(path.read_text(encoding="utf-8"), path.name, text).problems == ()
