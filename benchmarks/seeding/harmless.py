"""Changes that say the same thing, or another thing that contradicts nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from random import Random

from seeding.composed import compose, conflict, passages
from seeding.grids import counted
from seeding.real_texts import CITED, DATE, as_date
from seeding.scenes import Scene, long, make_scene, short
from seeding.trials import HARMLESS, Trial
from seeding.wordings import SAY, number

Change = Callable[[str, Random], Iterator[str]]


def _replaced(text: str, start: int, end: int, said: str) -> str:
    return text[:start] + said + text[end:]


def padding(text: str, rng: Random) -> Iterator[str]:
    for found in re.finditer(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d\d)", text):
        day, month = int(found[1]), int(found[2])
        said = rng.choice((f"{day:02d}/{month:02d}/{found[3]}", f"{day}/{month}/{found[3]}"))
        if said != found[0]:
            yield _replaced(text, *found.span(), said)


def in_words(text: str, _: Random) -> Iterator[str]:
    for found in CITED.finditer(text):
        day = as_date(found)
        if day and "/" in found["date"]:
            yield _replaced(text, *found.span("date"), long(day))


def neutral_type(text: str, _: Random) -> Iterator[str]:
    for found in CITED.finditer(text):
        yield _replaced(text, *found.span("type"), "Văn bản")


def synonym(text: str, _: Random) -> Iterator[str]:
    pairs = (
        ("của UBND tỉnh", "của Ủy ban nhân dân tỉnh"),
        ("của UBND tỉnh", "của Chủ tịch UBND tỉnh"),
        ("của Ủy ban nhân dân tỉnh", "của UBND tỉnh"),
        ("của Tỉnh ủy", "của Ban Chấp hành Đảng bộ tỉnh"),
        ("của Sở Nội vụ", "của Giám đốc Sở Nội vụ"),
        ("của HĐND tỉnh", "của Hội đồng nhân dân tỉnh"),
    )
    for old, new in pairs:
        places = [found.start() for found in re.finditer(re.escape(old), text)]
        for place in places[:3]:
            yield _replaced(text, place, place + len(old), new)


def percent_space(text: str, _: Random) -> Iterator[str]:
    for found in re.finditer(r"\d%", text):
        yield _replaced(text, found.end() - 1, found.end(), " %")


def cut_off(text: str, _: Random) -> Iterator[str]:
    """A share without its last digit, cut and not rounded."""
    pattern = re.compile(r"(\d+)/(\d+)[^.;%/\n]{0,50}?(?:đạt|chiếm|\()\s*(\d{1,2},\d\d)%")
    for found in pattern.finditer(text):
        exact = Decimal(int(found[1])) * 100 / int(found[2])
        said = f"{exact.quantize(Decimal('0.1'), ROUND_DOWN)}".replace(".", ",")
        yield _replaced(text, *found.span(3), said)


def day_off(text: str, _: Random) -> Iterator[str]:
    """As-of dates may be Sundays."""
    for found in re.finditer(r"đến ngày\s+(\d{1,2}/\d{1,2}/20\d\d)(?=[,)])", text):
        matched = DATE.match(found[1])
        day = as_date(matched) if matched else None
        if day is not None:
            sunday = day - timedelta(days=(day.weekday() + 1) % 7)
            if sunday.month == day.month:
                yield _replaced(text, *found.span(1), short(sunday))


def unpadded(text: str, _: Random) -> Iterator[str]:
    for found in re.finditer(r"(?<=\s)0(\d)(?=\s[a-zà-ỹ]{2})", text):
        yield _replaced(text, *found.span(), found[1])


def decomposed(text: str, _: Random) -> Iterator[str]:
    yield unicodedata.normalize("NFD", text)


def other_lines(text: str, _: Random) -> Iterator[str]:
    yield text.replace("\n", "\r\n")
    yield re.sub(r"(?m)^(?=[IVX]+\. )", "\n", text)


def comma_before_date(text: str, _: Random) -> Iterator[str]:
    for found in CITED.finditer(text):
        gap = text.rfind("ngày", found.start(), found.start("date"))
        if gap > 0 and text[gap - 1] == " " and text[gap - 2] != ",":
            yield _replaced(text, gap - 1, gap, ", ")


IN_TEXTS: tuple[Change, ...] = (
    padding, in_words, neutral_type, synonym, percent_space, cut_off, day_off, unpadded,
    decomposed, other_lines, comma_before_date,
)  # fmt: skip


def in_texts(texts: list[str], most: int) -> Iterator[Trial]:
    for change in IN_TEXTS:
        rng = Random(f"harmless {change.__name__}")
        made = [(text, new) for text in texts for new in change(text, rng)]
        for text, new in rng.sample(made, min(most, len(made))):
            yield _trial(change.__name__.replace("_", " "), (text,), (new,))


def sent_twice(texts: list[str]) -> Iterator[Trial]:
    """The same report in two files."""
    for text in texts:
        yield _trial("sent twice", (text,), (text, text))


def _trial(kind: str, before: tuple[str, ...], after: tuple[str, ...]) -> Trial:
    if len(before) != len(after):
        before = (*before, *[""] * (len(after) - len(before)))
    return Trial(rule=HARMLESS, kind=kind, before=before, after=after, real=True)


def composed(count: int) -> Iterator[Trial]:
    """Look-alikes of contradictions, in reports made for them."""
    for make in (
        other_period, other_office, target_and_result, other_year, date_first, one_date_for_two,
        date_of_effect, one_row, ranks, over_plan, remainder, truncated_table, short_title,
    ):  # fmt: skip
        rng = Random(f"harmless {make.__name__}")
        for _ in range(count):
            yield make(make_scene(rng))


def _in_report(scene: Scene, kind: str, true: str, said: str) -> Trial:
    shell = compose(scene, [passages("FIG104", scene)[0], "\0"])
    before, after = (shell.replace("\0", one) for one in (true, said))
    return _trial(kind, (before,), (after,))


def _in_two(
    scene: Scene, other: Scene, kind: str, said: tuple[str, str], days: tuple[date, date]
) -> Trial:
    shells = [
        compose(one, ["\0"], day=day, title=f"BÁO CÁO\nKết quả công tác đến ngày {short(day)}")
        for one, day in zip((scene, other), days, strict=True)
    ]
    after = tuple(shell.replace("\0", one) for shell, one in zip(shells, said, strict=True))
    before = tuple(shell.replace("\0", "Đơn vị đã triển khai theo kế hoạch.") for shell in shells)
    return _trial(kind, before, after)


def _days(scene: Scene) -> tuple[date, date]:
    return date(scene.year, 12, 5), date(scene.year, 12, 18)


def other_period(scene: Scene) -> Trial:
    """The same indicator of two years."""
    rule = scene.rng.choice(("REP401", "REP406"))
    first, second = scene.rng.choice(SAY[rule]["pairs"])
    values = [number(scene.rng.randint(30, 90)) for _ in range(2)]
    said = (
        first.format(v=values[0], y=scene.year, x=scene.year - 1),
        second.format(v=values[1], y=scene.year - 1, x=scene.year - 2),
    )
    return _in_two(scene, scene, "other period", said, _days(scene))


def other_office(scene: Scene) -> Trial:
    """The same sentence of two offices."""
    other = make_scene(scene.rng)
    while other.code == scene.code:
        other = make_scene(scene.rng)
    other.year, other.place = scene.year, scene.place
    first, second = scene.rng.choice(SAY["REP401"]["pairs"])
    years = {"y": scene.year, "x": scene.year - 1}
    said = (
        first.format(v=number(scene.rng.randint(20, 60)), **years),
        second.format(v=number(scene.rng.randint(61, 99)), **years),
    )
    return _in_two(scene, other, "other office", said, _days(scene))


def target_and_result(scene: Scene) -> Trial:
    rng, year = scene.rng, scene.year
    target, result = rng.randint(80, 90), rng.randint(60, 79)
    said = (
        f"Mục tiêu năm {year}: tối thiểu {target}% hồ sơ được nộp trực tuyến.",
        f"Năm {year}, có {result}% hồ sơ được nộp trực tuyến.",
    )
    return _in_two(scene, scene, "target and result", said, _days(scene))


def other_year(scene: Scene) -> Trial:
    """The same serial and symbol in two years, or of two offices."""
    day = scene.day()
    before = scene.day(date(scene.year - 1, 3, 1), date(scene.year - 1, 11, 1))
    serial = scene.serial(day, scene.code)
    say = "Thực hiện Kế hoạch số {n}/KH-{c} ngày {d} về an toàn thông tin năm {y}."
    values = [
        {"n": serial, "c": scene.code, "d": short(one), "y": one.year} for one in (day, before)
    ]
    said = (say.format(**values[0]), say.format(**values[1]))
    return _in_two(scene, scene, "other year", said, _days(scene))


def date_first(scene: Scene) -> Trial:
    day = scene.day()
    serial = scene.serial(day, "UBND")
    true = f"UBND tỉnh đã ban hành Quyết định số {serial}/QĐ-UBND ngày {short(day)} về giá đất."
    said = f"Ngày {short(day)}, UBND tỉnh đã ban hành Quyết định số {serial}/QĐ-UBND về giá đất."
    return _in_report(scene, "date before number", true, said)


def one_date_for_two(scene: Scene) -> Trial:
    day = scene.day()
    first, second = sorted(scene.serial(day, "UBND") for _ in range(2))
    true = f"Theo Quyết định số {first}/QĐ-UBND ngày {short(day)} về giá đất."
    said = (
        f"Theo các Quyết định số {first}/QĐ-UBND và số {second}/QĐ-UBND cùng ngày {short(day)} "
        "về giá đất."
    )
    return _in_report(scene, "one date for two", true, said)


def date_of_effect(scene: Scene) -> Trial:
    day = scene.day()
    later = day + timedelta(days=10)
    say = f"Quyết định số {scene.rng.randint(11, 60)}/{day.year}/QĐ-UBND ngày {short(day)}"
    true = f"{say} của UBND tỉnh quy định về quản lý chợ."
    said = f"{say} của UBND tỉnh quy định về quản lý chợ, có hiệu lực từ ngày {short(later)}."
    return _in_report(scene, "date of effect", true, said)


def one_row(scene: Scene) -> Trial:
    """A total that repeats the only row."""
    rows = counted(scene.rng, rates=False)[:2]
    total = ["", "Tổng cộng", *rows[1][2:]]
    lines = ["\t".join(row) for row in (*rows, total)]
    true, said = "\n".join(lines[:2]), "\n".join(lines)
    return _in_report(scene, "total of one row", true, said)


def ranks(scene: Scene) -> Trial:
    rng = scene.rng
    said = rng.choice(
        (
            f"Chỉ số cải cách hành chính đạt {rng.randint(60, 90)},5/100 điểm, xếp thứ "
            f"{rng.randint(2, 19)}/20 sở, ngành.",
            f"Tỉnh xếp hạng {rng.randint(5, 60)}/63 tỉnh, thành phố, tăng {rng.randint(2, 9)} bậc.",
            f"Điểm số đạt 42,{rng.randint(11, 99)}/60 điểm (đạt {rng.randint(30, 60)}% trọng số).",
        )
    )
    return _in_report(scene, "score or rank", "Chỉ số được duy trì.", said)


def over_plan(scene: Scene) -> Trial:
    rng = scene.rng
    plan = rng.randint(8, 20)
    said = f"Đã tổ chức {plan + 3}/{plan} lớp tập huấn, vượt kế hoạch đề ra."
    return _in_report(scene, "over the plan", f"Đã tổ chức {plan} lớp tập huấn.", said)


def remainder(scene: Scene) -> Trial:
    """Some of the parts, said to be some."""
    rng = scene.rng
    whole = rng.randint(60, 90)
    said = rng.choice(
        (
            f"Sở có {whole} công chức, trong đó có {rng.randint(5, 20)} nữ và "
            f"{rng.randint(3, 9)} người dân tộc thiểu số.",
            f"Đã kiểm tra {whole} cơ sở, trong đó {rng.randint(5, 20)} cơ sở sản xuất.",
            f"Thu hút {whole} dự án, chủ yếu là {rng.randint(9, 20)} dự án may mặc và "
            f"{rng.randint(3, 9)} dự án gỗ.",
        )
    )
    return _in_report(scene, "some of the parts", f"Có {whole} người.", said)


def truncated_table(scene: Scene) -> Trial:
    """The columns are numbered under their heads, as large tables are."""
    rows = counted(scene.rng, rates=False)
    numbered = [rows[0], [f"({n})" for n in range(1, 6)], *rows[1:]]
    true, said = ("\n".join("\t".join(row) for row in one) for one in (rows, numbered))
    return _in_report(scene, "numbered columns", true, said)


def short_title(scene: Scene) -> Trial:
    """A paper cited again without its title and date."""
    day = scene.day()
    serial = scene.serial(day, "UBND")
    true = (
        f"Thực hiện Kế hoạch số {serial}/KH-UBND ngày {short(day)} của UBND tỉnh về chuyển đổi số."
    )
    said = f"{true} Các phòng đã báo cáo kết quả theo Kế hoạch số {serial}/KH-UBND."
    return _in_report(scene, "cited again in short", true, said)


__all__ = ["composed", "conflict", "in_texts", "sent_twice"]
