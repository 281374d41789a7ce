"""A wrong entry gives a problem that names file, line and entry; the shipped files give none."""

import re
from pathlib import Path

import pytest

from docparse.cli import main
from docparse.patterns import PatternError, check_patterns, data_path, load

UNIT = "[[unit]]\nid = 'x'\nname = 'xyz'\nkind = 'count'\n"
FORM = "[[form]]\nname = 'f'\nregex = 'a+'\nexamples = ['aa']\n"
ISSUER = "[[issuer]]\nid = 'x'\nname = 'Sở Xyz'\nlevel = 'province'\n"

# file, text, line, entry, code
BROKEN = {
    "syntax": ("units.toml", UNIT + "written = ['a'\nbase = 'm2'", 6, "x", "pattern-syntax"),
    "unclosed at the end": ("units.toml", UNIT + "written = [", 5, "x", "pattern-syntax"),
    "unknown key": ("units.toml", UNIT + "writen = ['a']", 5, "x", "pattern-unknown-key"),
    "missing key": ("units.toml", "[[unit]]\nid = 'x'\nname = 'y'", 1, "x", "pattern-missing-key"),
    "empty key": ("units.toml", UNIT.replace("xyz", ""), 3, "x", "pattern-missing-key"),
    "bad choice": ("units.toml", UNIT.replace("count", "cuont"), 4, "x", "pattern-bad-choice"),
    "bad number": ("units.toml", UNIT + "factor = '1.000.000'", 5, "x", "pattern-bad-number"),
    "zero": ("units.toml", UNIT + "factor = '0'", 5, "x", "pattern-bad-number"),
    "not a list": ("units.toml", UNIT + "written = 'a'", 5, "x", "pattern-not-list"),
    "not a text": ("units.toml", UNIT + "base = 1", 5, "x", "pattern-not-text"),
    "not a bool": (
        "types.toml",
        "[[type]]\nid = 'x'\nname = 'X'\nfamily = 'state'\ngeneric = 'yes'",
        5,
        "x",
        "pattern-not-bool",
    ),
    "no such base": ("units.toml", UNIT + "base = 'm22'", 5, "x", "pattern-unknown-reference"),
    "no such successor": (
        "issuers.toml",
        ISSUER + "successor = [\n  'so-tai-chinh',\n  'nobody',\n]",
        7,
        "x",
        "pattern-unknown-reference",
    ),
    "code of another": (
        "issuers.toml",
        ISSUER + "codes = [\n  'XYZ',\n  'SCT',\n]",
        7,
        "x",
        "pattern-code-taken",
    ),
    "one code for two": (
        "issuers.toml",
        ISSUER + "codes = ['XYZ']\n" + ISSUER.replace("'x'", "'y'") + "codes = ['XYZ']\n",
        10,
        "y",
        "pattern-code-taken",
    ),
    "same id twice": ("units.toml", UNIT + UNIT, 5, "x", "pattern-duplicate"),
    "bad date": ("issuers.toml", ISSUER + "valid_to = '1/7/2025'", 5, "x", "pattern-bad-date"),
    "impossible date": ("issuers.toml", ISSUER + "valid_to = 2025-02-31", 5, "x", "pattern-syntax"),
    "dates reversed": (
        "issuers.toml",
        ISSUER + "valid_from = 2025-07-01\nvalid_to = '2025-06-30'",
        6,
        "x",
        "pattern-dates-reversed",
    ),
    "example of another": (
        "issuers.toml",
        ISSUER + "examples = [\n  'Sở Xyz',\n  'Sở Abc',\n]",
        7,
        "x",
        "pattern-example-without-word",
    ),
    "noisy counter-example": (
        "issuers.toml",
        ISSUER + "not = ['các sở xyz']",
        5,
        "x",
        "pattern-not-with-word",
    ),
    "not NFC": (
        "issuers.toml",
        ISSUER + "written = ['So\u031b\u0309 Xyz']",
        5,
        "x",
        "pattern-not-nfc",
    ),
    "misspelt table": ("units.toml", "[[units]]\nid = 'x'", 1, "units", "pattern-unknown-table"),
    "misspelt key at the top": ("units.toml", "\nunit_s = 1", 2, "unit_s", "pattern-unknown-table"),
    "single brackets": (
        "issuers.toml",
        "\n" + ISSUER.replace("[[issuer]]", "[issuer]"),
        2,
        "issuer",
        "pattern-not-array",
    ),
    "a list of parts": (
        "own.toml",
        "\n[[parts]]\na = 'b'\n" + FORM,
        2,
        "parts",
        "pattern-not-table",
    ),
    "misspelt file": ("issuer.toml", ISSUER, 1, "issuer.toml", "pattern-unknown-file"),
    "misspelt list": ("law.txt", "Luật A", 1, "law.txt", "pattern-unknown-file"),
    "regex": ("own.toml", FORM.replace("a+", "(a"), 1, "f", "pattern-regex"),
    "unknown part": ("own.toml", FORM.replace("a+", "{b}"), 1, "f", "pattern-unknown-part"),
    "broken part": ("own.toml", "[parts]\np = '(a'\n" + FORM, 2, "p", "pattern-part"),
    "part is a list": ("own.toml", "[parts]\np = ['a']\n" + FORM, 2, "p", "pattern-part"),
    "part cannot be called": ("own.toml", "[parts]\nP = 'a'\n" + FORM, 2, "P", "pattern-part"),
    "part calls itself": (
        "own.toml",
        "[parts]\np = '{p}'\n" + FORM.replace("a+", "{p}"),
        3,
        "f",
        "pattern-part-cycle",
    ),
    "form without example": (
        "own.toml",
        "[[form]]\nname = 'f'\nregex = 'a'\nexamples = []",
        4,
        "f",
        "pattern-missing-key",
    ),
    "same form twice": ("own.toml", FORM + FORM, 5, "f", "pattern-duplicate"),
    "example half matched": (
        "own.toml",
        "[[form]]\nname = 'f'\nregex = 'a'\nexamples = [\n  'a',\n  'ab',\n]",
        6,
        "f",
        "pattern-example-unmatched",
    ),
    "counter-example matched": ("own.toml", FORM + "not = ['aaa']", 5, "f", "pattern-not-matched"),
    "counter-example holds it": (
        "own.toml",
        FORM + "use = 'text'\nnot = ['b aaa']",
        6,
        "f",
        "pattern-not-matched",
    ),
    "shared part breaks a shipped form": (
        "parts.toml",
        "[parts]\nbad = '['",
        2,
        "bad",
        "pattern-part",
    ),
    "message in one language": ("messages.toml", "[x]\nvi = 'a'", 1, "x", "pattern-missing-key"),
    "message with other places": (
        "messages.toml",
        "[x]\nvi = 'a {path}'\nen = 'a'",
        1,
        "x",
        "pattern-placeholders",
    ),
    "message outside a table": ("messages.toml", "x = 'a'", 1, "x", "pattern-unknown-table"),
    "law line": ("laws.txt", "# tên\nLuật A | 20", 2, "Luật A | 20", "pattern-law-line"),
    "law without a name": ("laws.txt", "| 2020", 1, "| 2020", "pattern-law-line"),
    "law twice": ("laws.txt", "Luật A\nLuật A | 2020", 2, "Luật A", "pattern-duplicate"),
}


@pytest.mark.parametrize(
    ("file", "text", "line", "entry", "code"), BROKEN.values(), ids=BROKEN.keys()
)
def test_a_fault_names_its_place(
    tmp_path: Path, file: str, text: str, line: int, entry: str, code: str
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    problems = check_patterns(tmp_path)
    own = [problem for problem in problems if problem.code != "pattern-unknown-file"] or problems
    found = [(Path(p.file).name, p.line, p.entry, p.code) for p in own]
    assert found == [(file, line, entry, code)]


CODED = ISSUER + "codes = ['SCT']\n"


@pytest.mark.parametrize(
    "text",
    [
        CODED + "shared = ['SCT']",
        CODED + "valid_to = 1980-12-31\nsuccessor = ['so-cong-thuong']",
        CODED.replace("province", "commune"),
        CODED.replace("'x'", "'so-cong-thuong'"),
    ],
    ids=["said to be shared", "followed by the other", "of another level", "instead of it"],
)
def test_a_code_may_be_shared(tmp_path: Path, text: str) -> None:
    (tmp_path / "issuers.toml").write_text(text, encoding="utf-8")
    assert check_patterns(tmp_path) == []


def test_a_folder_of_other_files_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "issuer.toml").write_text("name = 'So\u031b\u0309'", encoding="utf-8")
    (tmp_path / "bao-cao.txt").write_text("So\u031b\u0309 Y tế", encoding="utf-8")
    assert main(["patterns", "check", str(tmp_path), "--lang=en"]) == 1
    first, second, names, count = capsys.readouterr().out.splitlines()
    assert "bao-cao.txt:1:" in first
    assert "Did you mean “issuers.toml”?" in second
    assert "abbreviations.toml, " in names
    assert count == "2 to be mended."


def test_the_shipped_files_are_sound() -> None:
    problems = check_patterns()
    assert [f"{p.file}:{p.line} [{p.entry}] {p.message}" for p in problems] == []


def test_a_file_that_is_not_utf8_is_said(tmp_path: Path) -> None:
    (tmp_path / "laws.txt").write_bytes("Luật A\nLuật Điện lực".encode("utf-16"))
    (problem,) = check_patterns(tmp_path)
    assert (problem.code, problem.line) == ("pattern-not-utf8", 1)


def test_messages_come_in_two_languages(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text(UNIT + "base = 'm22'", encoding="utf-8")
    (vi,) = check_patterns(tmp_path)
    (en,) = check_patterns(tmp_path, lang="en")
    assert vi.message.startswith("Khóa “base” trỏ đến “m22”")
    assert en.message.startswith("“base” points to “m22”")


def test_an_overlay_may_refer_to_what_is_shipped(tmp_path: Path) -> None:
    text = ISSUER + "parent = 'ubnd-tinh'\nvalid_from = 2026-01-01\nexamples = ['Sở Xyz']\n"
    (tmp_path / "issuers.toml").write_text(text, encoding="utf-8")
    (tmp_path / "README.md").write_text("ghi chú", encoding="utf-8")
    assert check_patterns(tmp_path) == []


def test_a_part_of_an_overlay_is_tried_on_our_forms(tmp_path: Path) -> None:
    (tmp_path / "dates.toml").write_text(
        "[parts]\nyear = '(?P<year>2099)'\n" + FORM, encoding="utf-8"
    )
    problems = check_patterns(tmp_path)
    assert {problem.code for problem in problems} == {"pattern-example-unmatched"}
    assert "day" in {problem.entry for problem in problems}


def test_a_shared_part_is_tried_on_every_form(tmp_path: Path) -> None:
    (tmp_path / "parts.toml").write_text("[parts]\ndash = 'x'\n", encoding="utf-8")
    problems = check_patterns(tmp_path)
    assert {problem.code for problem in problems} == {"pattern-example-unmatched"}


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(PatternError) as caught:
        check_patterns(tmp_path / "no")
    assert caught.value.code == "pattern-no-folder"


def test_every_code_has_its_sentence() -> None:
    codes = {code for *_, code in BROKEN.values()}
    assert codes <= set(load().messages)


@pytest.mark.parametrize("opening", ["'''", '"""'])
def test_a_table_header_inside_a_long_text_is_no_header(tmp_path: Path, opening: str) -> None:
    text = f"[x]\nvi = {opening}\n[[unit]]\n{opening}\nen = 'a'\n[y]\nvi = 'b'\n"
    (tmp_path / "messages.toml").write_text(text, encoding="utf-8")
    (problem,) = check_patterns(tmp_path)
    assert (problem.line, problem.entry) == (6, "y")


def test_the_blocks_of_the_readme_are_sound(tmp_path: Path) -> None:
    text = data_path("README.md").read_text(encoding="utf-8")
    issuer, form = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "issuers.toml").write_text(issuer, encoding="utf-8")
    (tmp_path / "dates.toml").write_text(form, encoding="utf-8")
    assert check_patterns(tmp_path) == []
