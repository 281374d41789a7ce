"""Tables of reports: drawn so that every sum and share holds, then with one cell changed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from seeding.wordings import digit_changed, number, percent, plain

Rows = list[list[str]]
Cell = tuple[int, int]

FIELDS = (
    "Lưu thông hàng hóa", "Xúc tiến thương mại", "An toàn thực phẩm", "Hóa chất", "Điện lực",
    "Vật liệu nổ", "Cụm công nghiệp", "Khuyến công", "Thương mại biên giới", "Giám định",
)  # fmt: skip


def _bars(rows: Rows) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _tabs(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _spaced(rows: Rows) -> str:
    widths = [max(len(row[place]) for row in rows) + 3 for place in range(len(rows[0]))]
    return "\n".join(
        "".join(one.ljust(width) for one, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


STYLES = (_bars, _bars, _tabs, _tabs, _spaced)


def counted(rng: Random, *, rates: bool) -> Rows:
    """Fields with received, online and paper counts, rates if wanted, and a total."""
    head = ["STT", "Lĩnh vực", "Tổng số hồ sơ", "Trực tuyến", "Trực tiếp"]
    if rates:
        head = ["STT", "Lĩnh vực", "Tổng số hồ sơ", "Trực tuyến", "Tỷ lệ (%)"]
    body, sums = [], [0, 0]
    for place, name in enumerate(rng.sample(FIELDS, rng.randint(3, 6)), 1):
        online, paper = rng.randint(21, 900), rng.randint(11, 300)
        sums = [sums[0] + online, sums[1] + paper]
        body.append([str(place), name, *_row(online, paper, rates=rates)])
    return [head, *body, ["", "Tổng cộng", *_row(*sums, rates=rates)]]


def _row(online: int, paper: int, *, rates: bool) -> list[str]:
    whole = online + paper
    last = percent(online, whole, 2) if rates else number(paper)
    return [number(whole), number(online), last]


def shares(rng: Random) -> Rows:
    """A partition with its shares, which make 100."""
    names = rng.sample(FIELDS, rng.randint(3, 5))
    while True:
        tenths = [rng.randint(80, 400) for _ in names[1:]]
        if sum(tenths) < 900:
            break
    tenths.append(1000 - sum(tenths))
    rows = [["STT", "Nhóm ngành", "Cơ cấu (%)"]]
    for place, (name, one) in enumerate(zip(names, tenths, strict=True), 1):
        rows.append([str(place), name, f"{one // 10},{one % 10}"])
    return rows


def changed(rows: Rows, cell: Cell, written: str) -> Rows:
    copied = [list(row) for row in rows]
    copied[cell[0]][cell[1]] = written
    return copied


def _other(rng: Random, written: str) -> str:
    while True:
        said = digit_changed(rng, written)
        if abs(plain(said) - plain(written)) > 1:
            return said


def row_sum(rng: Random) -> tuple[str, Rows, Rows]:
    rows = counted(rng, rates=False)
    cell = (rng.randint(1, len(rows) - 2), rng.choice((2, 3, 4)))
    return "cell of a row", rows, changed(rows, cell, _other(rng, rows[cell[0]][cell[1]]))


def column_sum(rng: Random) -> tuple[str, Rows, Rows]:
    rows = counted(rng, rates=rng.random() < 0.5)
    column = rng.choice((2, 3))
    row = rng.choice((len(rows) - 1, len(rows) - 1, rng.randint(1, len(rows) - 2)))
    kind = "total" if row == len(rows) - 1 else "cell"
    return kind, rows, changed(rows, (row, column), _other(rng, rows[row][column]))


def share_cell(rng: Random) -> tuple[str, Rows, Rows]:
    rows = counted(rng, rates=True)
    row = rng.randint(1, len(rows) - 1)
    while True:
        said = digit_changed(rng, rows[row][4])
        if abs(plain(said) - plain(rows[row][4])) >= plain("0,03") and plain(said) <= 100:
            return "share", rows, changed(rows, (row, 4), said)


def hundred(rng: Random) -> tuple[str, Rows, Rows]:
    rows = shares(rng)
    row = rng.randint(1, len(rows) - 1)
    return "share", rows, changed(rows, (row, 2), _other(rng, rows[row][2]))


def count_mode(rng: Random) -> tuple[str, Rows, Rows]:
    """Four procedures of two offices: the total counts rows, then names in one column."""
    names = rng.sample(FIELDS, 4)
    offices = ["Phòng Thương mại", "Phòng Công nghiệp"]
    led = [offices[0], offices[0], offices[1], offices[0]]
    linked = ["Sở Xây dựng", "Sở Y tế", "Sở Xây dựng", "Sở Tài chính"]
    rows = [["STT", "Thủ tục", "Đơn vị chủ trì", "Đơn vị liên thông"]]
    rows += [list(one) for one in zip("1234", names, led, linked, strict=True)]
    unit = rng.choice((" đơn vị", "", ""))
    name = rng.choice((["", "Tổng: 04 thủ tục"], ["Tổng", "04"], ["", "Tổng cộng"]))
    rows.append([*name, f"04{unit}", f"04{unit}"])
    false = changed(rows, (5, 2), f"02{unit}")
    return "total", rows, false


def emptied(rng: Random) -> tuple[str, Rows, Rows]:
    rows = counted(rng, rates=False)
    column = rng.choice((3, 4))
    false = [rows[0], *[[*row[:column], "", *row[column + 1 :]] for row in rows[1:]]]
    return "column", rows, false


def table_pair(rule: str, rng: Random) -> tuple[str, str, str]:
    """The kind of change, the true table and the false one, printed one way."""
    if rule == "TAB207":
        return _said_before(rng)
    kind, true, false = GRIDS[rule](rng)
    style = rng.choice(STYLES[:4] if rule in ("TAB205", "TAB206") else STYLES)
    lead = "Kết quả cụ thể như sau:\n\n"
    return kind, lead + style(true), lead + style(false)


def _said_before(rng: Random) -> tuple[str, str, str]:
    rows = counted(rng, rates=rng.random() < 0.5)
    total = rows[-1][2]
    say = "Trong kỳ, Sở tiếp nhận {n} hồ sơ, số liệu cụ thể theo lĩnh vực như sau:\n\n"
    table = rng.choice(STYLES)(rows)
    true = say.format(n=total) + table
    return "sentence", true, say.format(n=_other(rng, total)) + table


GRIDS: dict[str, Callable[[Random], tuple[str, Rows, Rows]]] = {
    "TAB201": row_sum,
    "TAB202": column_sum,
    "TAB203": share_cell,
    "TAB204": hundred,
    "TAB205": count_mode,
    "TAB206": emptied,
    "TAB207": column_sum,
}
