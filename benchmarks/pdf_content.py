"""What the made PDFs say: a seed in, sentences and tables of a report out.

>>> report_table(1, 9)[:2]
((0, 0, 2, 1, 'STT'), (0, 1, 2, 1, 'Tên chỉ tiêu'))
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

Key = tuple[int, int, int, int, str]  # row, column, row span, column span, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file, the words it holds in reading order, and its tables cell by cell."""

    name: str
    data: bytes
    text: str = ""
    tables: tuple[tuple[Key, ...], ...] = ()
    notes: dict[str, Any] = field(default_factory=dict)


_NAMES = (
    "Số thủ tục hành chính được giải quyết đúng hạn",
    "Tỷ lệ hồ sơ tiếp nhận trực tuyến",
    "Số cán bộ được tập huấn, bồi dưỡng nghiệp vụ",
    "Giá trị sản xuất công nghiệp trên địa bàn",
    "Kim ngạch xuất khẩu hàng hóa",
    "Số doanh nghiệp thành lập mới",
    "Xây dựng và ban hành văn bản quy phạm pháp luật",
    "Kiểm tra, thanh tra việc chấp hành quy định về an toàn thực phẩm",
    "Thu ngân sách nhà nước",
    "Số hộ nghèo giảm trong kỳ",
)
_UNITS = ("hồ sơ", "%", "người", "tỷ đồng", "triệu USD", "doanh nghiệp", "văn bản", "cuộc", "hộ")
_AGENCIES = ("Sở Công Thương", "Sở Y tế", "UBND huyện", "STTTT", "Sở Nội vụ", "Công an tỉnh")
SENTENCES = (
    "Thực hiện Kế hoạch số {a}/KH-UBND ngày {d}/{m}/2021 của Ủy ban nhân dân tỉnh về cải cách "
    "hành chính, Sở đã ban hành {b} văn bản chỉ đạo, hướng dẫn các phòng, đơn vị trực thuộc.",
    "Trong kỳ báo cáo, tổng số hồ sơ tiếp nhận là {n} hồ sơ, trong đó giải quyết trước hạn và "
    "đúng hạn {p}%, không có hồ sơ quá hạn; số hồ sơ nộp trực tuyến mức độ 4 đạt {q}%.",
    "Căn cứ Quyết định số {a}/QĐ-TTg ngày {d}/{m}/2020 của Thủ tướng Chính phủ, các cơ quan, đơn "
    "vị nghiêm túc triển khai, kịp thời tháo gỡ khó khăn, vướng mắc cho người dân, doanh nghiệp.",
    "Đề nghị Ủy ban nhân dân các huyện, thị xã, thành phố tiếp tục đẩy mạnh tuyên truyền, phổ "
    "biến, nâng cao nhận thức của tổ chức, cá nhân về dịch vụ công trực tuyến.",
)


def prose(seed: int, sentences: int = 12) -> str:
    """Sentences of a report."""
    chance = random.Random(seed)
    made = []
    for _ in range(sentences):
        values = {key: chance.randint(2, 28) for key in "bdm"} | {"a": chance.randint(100, 2900)}
        values["m"] = chance.randint(1, 12)
        numbers = {"n": f"{chance.randint(1, 99)}.{chance.randint(100, 999)}"}
        numbers |= {key: f"{chance.randint(80, 99)},{chance.randint(10, 99)}" for key in "pq"}
        made.append(chance.choice(SENTENCES).format(**values, **numbers))
    return " ".join(made)


def head_cells(*, index_row: bool = False) -> list[Key]:
    """A header of two levels over seven columns."""
    cells = [
        (0, 0, 2, 1, "STT"),
        (0, 1, 2, 1, "Tên chỉ tiêu"),
        (0, 2, 2, 1, "Đơn vị tính"),
        (0, 3, 1, 3, "Kết quả thực hiện năm 2021"),
        (0, 6, 2, 1, "Văn bản giao, cơ quan chủ trì"),
        (1, 3, 1, 1, "Kế hoạch"),
        (1, 4, 1, 1, "Thực hiện"),
        (1, 5, 1, 1, "Tỷ lệ (%)"),
    ]
    if index_row:
        cells += [(2, column, 1, 1, f"({column + 1})") for column in range(7)]
    return cells


def body_cells(seed: int, first: int, rows: int, *, long: bool = True) -> list[Key]:
    """Numbered rows: a name, a unit, three numbers, a document and an agency."""
    chance = random.Random(seed)
    cells = []
    for row in range(rows):
        name = chance.choice(_NAMES)
        if long and chance.random() < 0.3:
            name += f"; {chance.choice(_NAMES).lower()}"
        plan, done = chance.randint(3, 900), chance.randint(3, 900)
        paper = f"{chance.randint(10, 2900)}/QĐ-{chance.choice(('TTg', 'UBND', 'BCT'))}"
        texts = [
            str(row + 1),
            name,
            chance.choice(_UNITS),
            str(plan),
            f"{done}.{chance.randint(100, 999)}" if chance.random() < 0.3 else str(done),
            f"{chance.randint(40, 130)},{chance.randint(0, 99):02}",
            f"{paper}, {chance.choice(_AGENCIES)}",
        ]
        if chance.random() < 0.06:
            texts[6] = ""
        cells += [(first + row, column, 1, 1, text) for column, text in enumerate(texts)]
    return cells


def report_table(seed: int, rows: int, *, index_row: bool = False) -> tuple[Key, ...]:
    """A whole table: header and body."""
    head = head_cells(index_row=index_row)
    return (*head, *body_cells(seed, 2 + index_row, rows))


def flat_table(seed: int, rows: int) -> tuple[Key, ...]:
    """A table under a header of one level."""
    head = ("STT", "Tên chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện", "Tỷ lệ", "Văn bản giao")
    cells = [(0, column, 1, 1, text) for column, text in enumerate(head)]
    return (*cells, *body_cells(seed, 1, rows))


def deep_table(seed: int, rows: int) -> tuple[Key, ...]:
    """A table under a header of three levels."""
    head = (
        (0, 0, 3, 1, "TT"),
        (0, 1, 3, 1, "Tên đơn vị"),
        (0, 2, 1, 4, "Hồ sơ tiếp nhận"),
        (0, 6, 3, 1, "Ghi chú"),
        (1, 2, 2, 1, "Tổng"),
        (1, 3, 1, 2, "Trong đó"),
        (1, 5, 2, 1, "Tồn"),
        (2, 3, 1, 1, "Trực tuyến"),
        (2, 4, 1, 1, "Trực tiếp"),
    )
    return (*head, *body_cells(seed, 3, rows))


def moved(cells: tuple[Key, ...], rows: int, numbers: int = 0) -> tuple[Key, ...]:
    """Cells some rows further down, their serial numbers raised."""
    return tuple(
        (row + rows, column, down, across, str(int(text) + numbers) if not column else text)
        for row, column, down, across, text in cells
    )
