"""One change in a sentence of a text that was there before.

Places are found with expressions of this module alone; where a text says the same thing twice,
the change may contradict the other place as well, which ``also`` allows for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from seeding.scenes import OFFICES
from seeding.trials import Trial
from seeding.wordings import digit_changed, fits, number, plain

TYPES = {
    "Kế hoạch": "KH", "Quyết định": "QĐ", "Báo cáo": "BC", "Tờ trình": "TTr",
    "Thông báo": "TB", "Chỉ thị": "CT", "Nghị quyết": "NQ",
}  # fmt: skip
_DAY = (
    r"(?P<day>\d{1,2})(?:/(?P<m>\d{1,2})/(?P<y>\d{4})"
    r"|\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4}))"
)
DATE = re.compile(rf"(?<![\d/]){_DAY}(?![\d/])")
CITED = re.compile(
    rf"(?P<type>{'|'.join(TYPES)}|Nghị định|Thông tư|Công văn)\s+(?:số\s+)?(?P<n>\d+)"
    r"(?:/(?P<year>\d{4}))?/(?P<s>[A-ZĐ][A-Za-zĐ]*)-(?P<c>[A-ZĐ]{2,}\w*)\s*,?\s*ngày\s+"
    rf"(?P<date>{_DAY})"
)
BODY = re.compile(
    r"\s+của\s+(?:Giám đốc\s+|Chủ tịch\s+)?"
    rf"(?P<body>{'|'.join(name for name, _ in OFFICES)}|UBND tỉnh)(?!\w)"
)
_DATES = frozenset(
    (
        "CIT501",
        "CIT502",
        "CIT510",
        "REG601",
        "REG602",
        "SEQ701",
        "SEQ702",
        "SEQ703",
        "SEQ705",
        "PER301",
        "PER302",
        "PER303",
        "CIT508",
        "REP401",
        "REP402",
        "REP403",
    )
)
_NUMBERS = frozenset(
    (
        "CIT501",
        "CIT503",
        "CIT504",
        "CIT505",
        "CIT506",
        "CIT508",
        "REG601",
        "REG602",
    )
)
_COUNTS = frozenset(
    (
        "FIG101",
        "FIG102",
        "FIG103",
        "FIG104",
        "FIG105",
        "FIG106",
        "REP401",
        "REP402",
        "REP403",
        "TAB207",
        "PER301",
    )
)
_CELLS = frozenset(
    (
        "TAB201",
        "TAB202",
        "TAB203",
        "TAB207",
        "FIG106",
    )
)

Edit = tuple[int, int, str]  # where, and what stands there now
Finder = Callable[[str, Random], Iterator[Edit]]


def as_date(found: re.Match[str]) -> date | None:
    try:
        return date(
            int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), int(found["day"])
        )
    except ValueError:
        return None


def like(found: re.Match[str], year: int, month: int, day: int) -> str:
    """Another date, written as the one that was found."""
    said = found["date"] if "date" in found.re.groupindex else found[0]
    if "/" in said:
        return f"{day:02d}/{month:02d}/{year}" if month < 3 else f"{day:02d}/{month}/{year}"
    return f"{day:02d} tháng {month:02d} năm {year}"


def own_date(text: str) -> date | None:
    """The date of the letterhead."""
    found = re.search(rf",\s+ngày\s+({_DAY})", text[:1500])
    return as_date(found) if found else None


def impossible(text: str, rng: Random) -> Iterator[Edit]:
    for found in DATE.finditer(text):
        day = as_date(found)
        if day is not None:
            year, month, number_ = rng.choice(
                (
                    (day.year, rng.choice((4, 6, 9, 11)), 31),
                    (day.year, 2, 30),
                    (day.year, 13, day.day),
                    (day.year, day.month, rng.choice((32, 35, 41))),
                )
            )
            yield found.start(), found.end(), like(found, year, month, number_)


def wrong_year(text: str, rng: Random) -> Iterator[Edit]:
    for found in CITED.finditer(text):
        day = as_date(found)
        if found["year"] and day and day.year == int(found["year"]):
            if rng.random() < 0.5:
                yield *found.span("year"), str(day.year + rng.choice((-2, -1, 1)))
            else:
                yield *found.span("date"), like(found, day.year - 1, day.month, min(day.day, 28))


def wrong_type(text: str, rng: Random) -> Iterator[Edit]:
    for found in CITED.finditer(text):
        if TYPES.get(found["type"]) != found["s"] or found["year"]:
            continue
        other = rng.choice([one for one in TYPES if one != found["type"]])
        if rng.random() < 0.5:
            yield *found.span("type"), other
        else:
            yield *found.span("s"), TYPES[other]


def wrong_issuer(text: str, rng: Random) -> Iterator[Edit]:
    codes = {code: name for name, code in OFFICES} | {"UBND": "UBND"}
    for found in CITED.finditer(text):
        body = BODY.match(text, found.end())
        if body and found["c"] in codes and codes[found["c"]] in body["body"]:
            others = [name for name, code in OFFICES if code != found["c"]]
            yield *body.span("body"), rng.choice(others)


def after_report(text: str, rng: Random) -> Iterator[Edit]:
    own = own_date(text)
    for found in CITED.finditer(text) if own else ():
        day = as_date(found)
        if own and day and day <= own and not found["year"]:
            late = own + timedelta(days=rng.randint(5, 120))
            yield *found.span("date"), like(found, late.year, late.month, late.day)


def two_dates(text: str, rng: Random) -> Iterator[Edit]:
    """For a copy of the report: the same number with another day of its year."""
    for found in CITED.finditer(text):
        day = as_date(found)
        if day is None or (found["year"] and int(found["year"]) != day.year):
            continue
        other = day + timedelta(days=rng.choice((-10, -2, -1, 1, 2, 10)))
        if other.year == day.year:
            yield *found.span("date"), like(found, other.year, other.month, other.day)


def out_of_order(text: str, rng: Random) -> Iterator[Edit]:
    """A month that puts a number between others of its symbol out of order."""
    series: dict[tuple[str, str, int], list[tuple[int, date, re.Match[str]]]] = {}
    for found in CITED.finditer(text):
        day = as_date(found)
        if day is not None and not found["year"]:
            key = (found["s"], found["c"], day.year)
            series.setdefault(key, []).append((int(found["n"]), day, found))
    for papers in series.values():
        known = {serial: day for serial, day, _ in papers}
        ordered = sorted(known.items())
        days = [day for _, day in ordered]
        if len(known) < 3 or days != sorted(days):
            continue
        for serial, day, found in papers:
            month = rng.choice([m for m in range(1, 13) if m != day.month])
            wrong = date(day.year, month, min(day.day, 28))
            if any((one - serial) * (other - wrong).days < 0 for one, other in known.items()):
                yield *found.span("date"), like(found, wrong.year, wrong.month, wrong.day)


def wrong_share(text: str, rng: Random) -> Iterator[Edit]:
    pattern = re.compile(
        r"(?<![\d/.,])(?P<a>\d{1,3}(?:\.\d{3})*)/(?P<b>\d{1,3}(?:\.\d{3})*)(?![\d/.])"
        r"[^.;%/]{0,60}?(?:đạt|chiếm|\(|tỷ lệ)\s*(?:tỷ lệ\s*)?(?P<p>\d{1,3}(?:,\d+)?)\s?%"
    )
    for found in pattern.finditer(text):
        part, whole = plain(found["a"]), plain(found["b"])
        if not fits(part, whole, found["p"]) or found["p"] == "100":
            continue
        said = digit_changed(rng, found["p"])
        if abs(plain(said) - plain(found["p"])) > Decimal("0.1") and plain(said) <= 100:
            yield *found.span("p"), said


def over_whole(text: str, rng: Random) -> Iterator[Edit]:
    pattern = re.compile(
        r"(?<![\d/.,])(?P<a>\d{1,3})/(?P<b>\d{1,3})\s+"
        r"(?:hồ sơ|xã|đơn vị|nhiệm vụ|phòng|huyện|cơ quan|TTHC|thủ tục|văn bản|dự án|công chức)"
    )
    for found in pattern.finditer(text):
        if 1 < int(found["a"]) <= int(found["b"]):
            yield *found.span("a"), number(int(found["b"]) + rng.randint(1, 9))


def wrong_part(text: str, rng: Random) -> Iterator[Edit]:
    pattern = re.compile(
        r"(?<![\d/.,])(?P<w>\d[\d.]*)\s[^.;:()\d/]{2,60}?(?:,\s*|\()"
        r"(?:bao gồm|gồm|trong đó)?:?\s*(?:có\s)?(?P<a>\d[\d.]*)\s[^.;()\d/]{2,60}?"
        r"(?:,|và)\s*(?:có\s)?(?P<b>\d[\d.]*)(?=\s[^\d]{2})"
    )
    for found in pattern.finditer(text):
        values = [plain(found[name].rstrip(".")) for name in "wab"]
        if values[0] != values[1] + values[2] or values[2] < 2:
            continue
        name = rng.choice("ab")
        said = number(int(plain(found[name])) + rng.choice((-1, 1, 2)))
        yield *found.span(name), said


def wrong_count(text: str, rng: Random) -> Iterator[Edit]:
    for found in re.finditer(r"(?<![\d/.,])(?P<n>\d{2})\s[^.;\d]{3,60}?:\s*\(1\)", text):
        behind = text[found.end() - 3 : found.end() + 2500]
        paragraph = re.split(r"\n\s*\n", behind)[0]
        items = [int(one) for one in re.findall(r"\((\d{1,2})\)", paragraph)]
        if items == list(range(1, int(found["n"]) + 1)):
            yield *found.span("n"), f"{int(found['n']) + rng.choice((-1, 1, 2)):02d}"


def left_blank(text: str, rng: Random) -> Iterator[Edit]:
    pattern = re.compile(r"(?:đạt|chiếm|là)\s(?:tỷ lệ\s)?(?P<p>\d{1,3}(?:,\d+)?)\s?%")
    for found in pattern.finditer(text):
        yield *found.span("p"), rng.choice(("      ", ".....", "……"))


def year_lost(text: str, _: Random) -> Iterator[Edit]:
    pattern = re.compile(r"(?:Thông tư|Nghị định)\s+số\s+\d+(?P<gone>/20\d\d)/(?:TT|NĐ)-[A-ZĐ]+")
    for found in pattern.finditer(text):
        yield *found.span("gone"), ""


def signs_swapped(text: str, _: Random) -> Iterator[Edit]:
    pattern = re.compile(r"số\s+(?P<n>\d+)-(?P<s>CT|NQ|KL|QĐ|KH|QC)/(?P<c>TU|TW)\b")
    for found in pattern.finditer(text):
        yield found.start("n"), found.end("c"), f"{found['n']}/{found['s']}-{found['c']}"


def number_gone(text: str, rng: Random) -> Iterator[Edit]:
    found = re.compile(r"Số:\s*(?P<n>\d+)\s*/").search(text[:1200])
    if found:
        yield *found.span("n"), rng.choice(("        ", "……"))


def date_gone(text: str, rng: Random) -> Iterator[Edit]:
    found = re.search(r",\s+ngày\s+(?P<d>\d{1,2})\s+tháng\s+\d{1,2}\s+năm", text[:1500])
    if found:
        yield *found.span("d"), rng.choice(("      ", "……"))


def annex_gone(text: str, _: Random) -> Iterator[Edit]:
    """Everything from the annex on; only where the text says that one is attached."""
    found = re.search(r"\n\s*(?:\*\*|#+ )?(?:PHỤ LỤC|Phụ lục)[ IVX0-9]*\b[^\n]{0,30}\n", text)
    head = text[: found.start()] if found else ""
    if re.search(r"(?:[Pp]hụ lục|[Bb]iểu)[^.\n]{0,30}(?:kèm theo|đính kèm)", head):
        yield len(head), len(text), "\n"


def on_tet(text: str, rng: Random) -> Iterator[Edit]:
    new_year = {2020: 25, 2021: 43, 2022: 32, 2023: 22, 2024: 41, 2025: 29}  # day of the year
    for found in CITED.finditer(text):
        day = as_date(found)
        if day and day.year in new_year and not found["year"]:
            off = date(day.year, 1, 1) + timedelta(days=new_year[day.year] - 1 + rng.randint(0, 2))
            yield *found.span("date"), like(found, off.year, off.month, off.day)


def amended_later(text: str, rng: Random) -> Iterator[Edit]:
    """An act that becomes older than the paper that it amends."""
    for one, other in pairwise(CITED.finditer(text)):
        gap = text[one.end() : other.start()]
        amends = re.search(r"sửa đổi, bổ sung|thay thế|bãi bỏ", gap)
        days = [as_date(each) for each in (one, other)]
        if not amends or len(gap) > 130 or re.search(r"[;.]|được", gap) or one["year"]:
            continue
        if days[0] and days[1] and days[0] > days[1]:
            wrong = days[1] - timedelta(days=rng.randint(3, 60))
            yield *one.span("date"), like(one, wrong.year, wrong.month, wrong.day)


def other_count(text: str, rng: Random) -> Iterator[Edit]:
    """For a copy: a count of a sentence that says its year or its days."""
    pattern = re.compile(
        r"(?:[Tt]rong năm|[Nn]ăm|đến ngày \d{1,2}/\d{1,2}/)\s?20\d\d,?\s[^.;:\d()]{8,70}?\s"
        r"(?P<v>\d{2,3}|\d{1,3}\.\d{3})\s(?!năm|ngày)(?=[a-zà-ỹ]+\s[a-zà-ỹ])"
    )
    for found in pattern.finditer(text):
        yield *found.span("v"), number(int(plain(found["v"])) + rng.choice((-2, 1, 3)))


def other_target(text: str, rng: Random) -> Iterator[Edit]:
    """For a copy: another level of what a sentence calls a target of its year."""
    pattern = re.compile(
        r"(?:[Mm]ục tiêu|[Cc]hỉ tiêu|[Pp]hấn đấu)[^.;\n\d]{0,60}20\d\d[^.;\n\d]{0,120}?"
        r"(?:ít nhất|tối thiểu|trên|đạt từ)\s(?P<p>\d{2})\s?%"
    )
    for found in pattern.finditer(text):
        yield *found.span("p"), str(int(found["p"]) - rng.choice((5, 10, 15)))


def table_rows(text: str) -> Iterator[list[re.Match[str]]]:
    """The numeric cells of each line of a table with bars or tabs, with the words before them."""
    for line in re.finditer(r"[^\n]*[|\t][^\n]*", text):
        cells = re.compile(r"[^|\t\n]+").finditer(text, *line.span())
        yield [cell for cell in cells if cell[0].strip()]


def wrong_total(text: str, rng: Random) -> Iterator[Edit]:
    """A cell of a total row that is the sum of the cells above it."""
    above: list[list[re.Match[str]]] = []
    for cells in table_rows(text):
        if not re.match(r"\s*\**(?:Tổng|TỔNG|Cộng|CỘNG)", cells[0][0]) if cells else True:
            above.append(cells)
            continue
        for back in range(1, len(cells)):
            written = cells[-back][0].strip().strip("*")
            column = [row[-back][0].strip() for row in above if len(row) >= back]
            counts = [plain(one) for one in column if re.fullmatch(r"\d[\d.]*", one)]
            for size in range(2, len(counts) + 1):
                same = re.fullmatch(r"\d[\d.]*", written)
                if same and sum(counts[-size:]) == plain(written) > 9:
                    place = text.index(written, cells[-back].start())
                    yield place, place + len(written), digit_changed(rng, written)
                    break
        above = []


def wrong_cell(text: str, rng: Random) -> Iterator[Edit]:
    """A percentage cell that fits two counts of its row."""
    for cells in table_rows(text):
        for cell in cells[3:]:
            written = cell[0].strip()
            if not re.fullmatch(r"\d{1,2},\d{1,2}%?", written):
                continue
            said = written.rstrip("%")
            counts = [plain(c[0].strip()) for c in cells if re.fullmatch(r"\s*\d[\d.]*\s*", c[0])]
            pairs = [(a, b) for a in counts for b in counts if 9 < a < b and fits(a, b, said)]
            wrong = digit_changed(rng, said)
            if pairs and abs(plain(wrong) - plain(said)) > Decimal("0.05"):
                place = text.index(said, cell.start())
                yield place, place + len(said), wrong


FINDERS: dict[str, tuple[Finder, frozenset[str]]] = {
    "SEQ707": (impossible, _DATES),
    "CIT502": (wrong_year, _DATES | _NUMBERS),
    "CIT503": (wrong_type, _NUMBERS),
    "CIT504": (wrong_issuer, frozenset({"CIT501"})),
    "CIT506": (year_lost, _NUMBERS),
    "CIT507": (signs_swapped, _NUMBERS),
    "CIT510": (after_report, _DATES),
    "REG601": (out_of_order, _DATES),
    "SEQ702": (amended_later, _DATES),
    "SEQ705": (on_tet, _DATES),
    "FIG101": (wrong_share, _COUNTS),
    "FIG104": (wrong_part, _COUNTS),
    "FIG105": (wrong_count, frozenset()),
    "FIG106": (over_whole, _COUNTS),
    "MIS801": (number_gone, frozenset()),
    "MIS802": (date_gone, frozenset()),
    "MIS803": (left_blank, frozenset()),
    "MIS804": (annex_gone, frozenset()),
    "TAB202": (wrong_total, _CELLS),
    "TAB203": (wrong_cell, _CELLS),
}
COPIES: dict[str, tuple[Finder, frozenset[str]]] = {
    "CIT501": (two_dates, _DATES),
    "REP401": (other_count, _COUNTS),
    "REP406": (other_target, frozenset()),
}


def real(rule: str, texts: list[str], most: int) -> list[Trial]:
    """Trials of one rule in real texts: at most so many, drawn evenly."""
    copied = rule in COPIES
    if not copied and rule not in FINDERS:
        return []
    finder, also = COPIES[rule] if copied else FINDERS[rule]
    rng = Random(f"real {rule}")
    made = []
    for text in texts:
        for start, end, said in finder(text, rng):
            edited = text[:start] + said + text[end:]
            before, after = ((text, text), (text, edited)) if copied else ((text,), (edited,))
            anywhere = rule == "MIS804"
            made.append(
                Trial(
                    rule=rule, kind="real", before=before, after=after, also=also, real=True,
                    anywhere=anywhere,
                )
            )  # fmt: skip
    return sorted(rng.sample(made, min(most, len(made))), key=made.index)
