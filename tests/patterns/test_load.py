"""Tables, forms and messages come out as typed values, and a user's folder lies over them."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docparse.patterns import Law, LawVersion, PatternError, Patterns, load
from docparse.patterns.syllables import fold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def code_of(call: object) -> dict[str, object]:
    """What a call that must fail says."""
    with pytest.raises(PatternError) as caught:
        call()  # type: ignore[operator]
    return {"code": caught.value.code, **caught.value.values}


@pytest.mark.parametrize(
    ("code", "family", "names"),
    [
        ("KH", "both", ["Kế hoạch"]),
        ("CV", "party", ["Công văn"]),
        ("TTr", "both", ["Tờ trình"]),
        ("TT", "legal", ["Thông tư"]),
        ("TT", "party", ["Thông tri"]),
        ("QyĐ", "state", ["Quy định"]),
        ("HD", "both", ["Hướng dẫn"]),
        ("HĐ", "state", ["Hợp đồng"]),
    ],
)
def test_types_by_code(code: str, family: str, names: list[str]) -> None:
    rows = [row for row in load().types if code in row.codes and row.family == family]
    assert [row.name for row in rows] == names


def test_a_code_of_before_march_2020_ends_the_day_before() -> None:
    old = next(row for row in load().types if "GN" in row.codes)
    assert (old.name, old.valid_to, old.successor) == (
        "Bản ghi nhớ",
        date(2020, 3, 4),
        ("ban-ghi-nho",),
    )


def test_only_van_ban_is_generic_and_cong_van_of_the_state_has_no_code() -> None:
    assert [row.name for row in load().types if row.generic] == ["Văn bản"]
    assert next(row for row in load().types if row.id == "cong-van").codes == ()


def test_63_provinces_became_34() -> None:
    places = load().places
    before = [p for p in places if p.valid_from is None]
    after = [p for p in places if p.valid_to is None]
    assert (len(before), len(after)) == (63, 34)
    merged = [p for p in places if p.valid_to == date(2025, 6, 30)]
    assert len(merged) == 29
    assert {p.successor[0] for p in merged} <= {p.id for p in after}


def test_a_merged_ministry_names_its_successor() -> None:
    rows = {row.id: row for row in load().issuers}
    old = rows["bo-ke-hoach-va-dau-tu"]
    assert (old.valid_to, old.successor) == (date(2025, 2, 28), ("bo-tai-chinh",))
    assert rows["bo-nong-nghiep-va-moi-truong"].valid_from == date(2025, 3, 1)


def test_units_lead_to_their_base() -> None:
    units = {unit.id: unit for unit in load().units}
    assert (units["ty-dong"].base, units["ty-dong"].factor) == ("dong", Decimal(10**9))
    assert "tr.đ" in units["trieu-dong"].written


def test_laws_keep_years_and_numbers() -> None:
    laws = {law.name: law for law in load().laws}
    assert len(laws) >= 150
    assert laws["Luật Phòng, chống tham nhũng"] == Law(
        name="Luật Phòng, chống tham nhũng",
        versions=(
            LawVersion(year=2005, number="55/2005/QH11"),
            LawVersion(year=2018, number="36/2018/QH14"),
        ),
    )
    assert laws["Bộ luật Lao động"].versions[0] == LawVersion(year=1994)


def test_the_year_in_a_law_number_is_its_year() -> None:
    numbers = [(v.year, v.number) for law in load().laws for v in law.versions if v.number]
    assert [pair for pair in numbers if f"/{pair[0]}/" not in pair[1]] == []


def test_tables_are_written_with_the_old_placement_of_tones() -> None:
    patterns = load()
    rows = (*patterns.types, *patterns.issuers, *patterns.places, *patterns.units)
    words = [word for row in rows for word in (row.name, *row.written)]
    words += [law.name for law in patterns.laws]
    assert [word for word in words if fold(word) != word] == []


def test_messages_fill_their_places_in_both_languages() -> None:
    patterns = load()
    assert "x.txt" in patterns.message("not-found", path="x.txt")
    assert "x.txt: no such file" in patterns.message("not-found", "en", path="x.txt")
    assert "{path}" in patterns.message("not-found")


def test_what_is_not_there_is_said() -> None:
    assert code_of(lambda: load().message("no-such"))["code"] == "pattern-unknown-message"
    assert code_of(lambda: load().forms("no-such"))["code"] == "pattern-unknown-form"
    assert code_of(lambda: load().forms("dates").pattern("x"))["code"] == "pattern-unknown-form"


def test_a_missing_folder_is_said(folder: Path) -> None:
    assert code_of(lambda: load(folder)) == {"code": "pattern-no-folder", "path": str(folder)}


def test_load_is_kept_per_folder(folder: Path) -> None:
    write(folder, "units.toml", "")
    assert load() is load()
    assert load(folder) is load(folder)
    assert load(folder) is not load()


def test_an_overlay_replaces_in_place_and_adds_at_the_end(folder: Path) -> None:
    own = load(
        write(
            folder,
            "issuers.toml",
            """
            [[issuer]]
            id = 'so-cong-thuong'
            name = 'Sở Công nghiệp và Thương mại'
            level = 'province'
            [[issuer]]
            id = 'so-moi'
            name = 'Sở Mới'
            level = 'province'
            codes = ['SM']
            """,
        )
    ).issuers
    ours = load().issuers
    index = [row.id for row in ours].index("so-cong-thuong")
    assert own[index].name == "Sở Công nghiệp và Thương mại"
    assert [row.id for row in own] == [*(row.id for row in ours), "so-moi"]


def test_an_overlay_adds_forms_and_changes_parts(folder: Path) -> None:
    text = """
    [parts]
    year = '(?P<year>Y{2,4})'
    [[form]]
    name = 'own'
    regex = 'anno {year}'
    examples = ['anno YYY']
    """
    forms = load(write(folder, "dates.toml", text)).forms("dates")
    assert forms.forms[-1].name == "own"
    assert forms.forms[-1].line == 4
    assert forms.pattern("year").fullmatch("năm YYYY")
    assert load().forms("dates").pattern("year").fullmatch("năm 2021")


def test_an_overlay_changes_laws_and_messages(folder: Path) -> None:
    write(folder, "laws.txt", "Luật Điện lực | 2030\nLuật Mới # của tôi\n")
    own = load(write(folder, "messages.toml", "[not-found]\nvi = 'Mất {path}'\nen = 'No {path}'\n"))
    assert own.message("not-found", path="x") == "Mất x"
    assert own.laws[-1] == Law(name="Luật Mới")
    assert next(law for law in own.laws if law.name == "Luật Điện lực").versions[0].year == 2030


def test_parts_keep_quantifiers_and_rename_groups(folder: Path) -> None:
    text = r"""
    [parts]
    n = '(?P<n>\d{1,3})(?:-(?P=n))?'
    pair = '{n}/{n:other}'
    [[form]]
    name = 'pair'
    regex = '{pair}x{2}\{n}'
    examples = ['1-1/2-2xx{n}']
    """
    pattern = load(write(folder, "own.toml", text)).forms("own").pattern("pair")
    match = pattern.fullmatch("12-12/345-345xx{n}")
    assert match is not None
    assert match.groupdict() == {"n": "12", "other_n": "345"}


def test_words_of_a_table_are_parts(folder: Path) -> None:
    text = "[[form]]\nname = 'p'\nregex = '{place_name}|{unit_name}'\nexamples = ['Đồng Nai']\n"
    pattern = load(write(folder, "own.toml", text)).forms("own").pattern("p")
    assert pattern.fullmatch("Hồ\nChí Minh")
    assert pattern.fullmatch("nghìn tỷ đồng")


@pytest.mark.parametrize(
    ("part", "regex", "fault", "reason"),
    [
        ("", "{nobody}", "pattern-unknown-part", "nobody"),
        ("a = '{b}'\nb = '{a}'", "{a}", "pattern-part-cycle", "a"),
        ("", "(", "pattern-regex", "missing ), unterminated subpattern"),
    ],
)
def test_a_broken_form_names_its_place(
    folder: Path, part: str, regex: str, fault: str, reason: str
) -> None:
    text = f"[parts]\n{part}\n[[form]]\nname = 'f'\nregex = '{regex}'\nexamples = ['x']\n"
    write(folder, "own.toml", text)
    said = code_of(lambda: load(folder).forms("own").pattern("f"))
    assert (said["fault"], said["reason"], said["entry"]) == (fault, reason, "f")
    assert said["line"] == text[: text.index("[[form]]")].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "text", "table", "line"),
    [
        ("units.toml", "\n[[unit]]\nid = 'x'\n", "units", 2),
        ("units.toml", "[[unit]]\nid='x'\nname='x'\nkind='count'\nfactor='y'\n", "units", 1),
        ("units.toml", "[[unit]]\nid = 'x\n", "units", 2),
        ("types.toml", "[[type]]\nid='x'\nname='x'\nfamily='state'\nnew=1\n", "types", 1),
        ("laws.txt", "Luật A\nLuật B | năm 2020\n", "laws", 2),
        ("messages.toml", "[a]\nvi = 'x'\n", "messages", 1),
    ],
)
def test_a_broken_entry_names_its_place(
    folder: Path, file: str, text: str, table: str, line: int
) -> None:
    write(folder, file, text)
    said = code_of(lambda: getattr(load(folder), table))
    assert (said["code"], said["line"]) == ("pattern-broken", line)
    assert str(said["file"]).endswith(file)


def test_tables_are_read_only_when_asked_for(folder: Path) -> None:
    write(folder, "units.toml", "not TOML")
    patterns = load(folder)
    assert patterns.types
    assert patterns.forms("dates")
    assert code_of(lambda: patterns.units)["code"] == "pattern-broken"


def test_importing_reads_nothing() -> None:
    script = "import sys, docparse.patterns; sys.exit('tomllib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_patterns_can_be_given_as_folders() -> None:
    assert Patterns((load().folders[0],)).types == load().types
