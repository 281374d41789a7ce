"""Invented offices and their reports: a letterhead, passages, a signature.

An office numbers what it issues in one rising series a year, as registers do, so that reports
made here hold no contradiction but the one that is put in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

PLACES = ("Bình Lâm", "An Phú Tây", "Lam Hà", "Cẩm Giang", "Vĩnh Sơn", "Tân Hòa")
OFFICES = (
    ("Sở Công Thương", "SCT"),
    ("Sở Nội vụ", "SNV"),
    ("Sở Tài chính", "STC"),
    ("Sở Xây dựng", "SXD"),
    ("Sở Tư pháp", "STP"),
    ("Sở Y tế", "SYT"),
    ("Sở Khoa học và Công nghệ", "SKHCN"),
    ("Sở Giao thông vận tải", "SGTVT"),
)
NAMES = ("Trần Minh Quang", "Lê Thị Hồng", "Phạm Quốc Việt", "Đỗ Thanh Bình", "Vũ Hải Yến")
SUBJECTS = ("công tác cải cách hành chính", "công tác chuyển đổi số", "công tác dân vận")


@dataclass(slots=True)
class Scene:
    """One office in one year; what it issues is numbered by the day."""

    rng: Random
    year: int
    place: str
    office: str
    code: str
    used: set[tuple[str, int]] = field(default_factory=set)

    def serial(self, day: date, code: str) -> int:
        """A number of the register: later days have higher numbers."""
        rate = 12 if code.startswith("UBND") else 7
        first = rate * day.timetuple().tm_yday
        free = [first + step for step in range(rate) if (code, first + step) not in self.used]
        serial = self.rng.choice(free)
        self.used.add((code, serial))
        return serial

    def day(self, low: date | None = None, high: date | None = None) -> date:
        """A working day between two others, far from holidays."""
        low = low or date(self.year, 3, 1)
        high = high or date(self.year, 11, 20)
        while True:
            found = low + timedelta(days=self.rng.randint(0, max(0, (high - low).days)))
            if found.weekday() < 5 and not is_off(found):
                return found
            if (high - low).days < 10:
                high += timedelta(days=1)


def is_off(day: date) -> bool:
    """Tết, Hùng kings, 30 April and 2 September, widely taken."""
    spans = (((1, 1), (1, 2)), ((1, 15), (2, 24)), ((4, 1), (5, 4)), ((8, 30), (9, 5)))
    return any(low <= (day.month, day.day) <= high for low, high in spans)


def make_scene(rng: Random) -> Scene:
    office, code = rng.choice(OFFICES)
    return Scene(
        rng=rng,
        year=rng.randint(2021, 2024),
        place=rng.choice(PLACES),
        office=office,
        code=code,
    )


def short(day: date) -> str:
    """12/3/2023: February days and months are padded, as decrees on style ask for."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def long(day: date) -> str:
    return f"{day.day:02d} tháng {day.month:02d} năm {day.year}"


def letterhead(scene: Scene, day: date, symbol: str, title: str) -> str:
    """The head of a report, two columns in one line."""
    kind = title.partition("\n")[0]
    number = scene.serial(day, scene.code)
    return (
        f"UBND TỈNH {scene.place.upper()}\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"{scene.office.upper()}\tĐộc lập - Tự do - Hạnh phúc\n\n"
        f"Số: {number}/{symbol}-{scene.code}\t{scene.place}, ngày {day.day:02d} tháng "
        f"{day.month:02d} năm {day.year}\n\n{kind}\n{title.partition(chr(10))[2]}\n\n"
    )


def signature(scene: Scene) -> str:
    return f"\nNơi nhận:\tGIÁM ĐỐC\n- UBND tỉnh;\n- Lưu: VT.\n\n\t{scene.rng.choice(NAMES)}\n"


def compose(
    scene: Scene,
    passages: list[str],
    *,
    day: date | None = None,
    title: str | None = None,
    symbol: str = "BC",
) -> str:
    """A whole report of passages, each a paragraph or several under a heading."""
    day = day or date(scene.year, 12, 18)
    title = title or f"BÁO CÁO\nKết quả {scene.rng.choice(SUBJECTS)} năm {scene.year}"
    head = letterhead(scene, day, symbol, title)
    body = ["I. KẾT QUẢ THỰC HIỆN"]
    body += [f"{number}. {HEADINGS[number - 1]}\n{said}" for number, said in enumerate(passages, 1)]
    body.append("II. KIẾN NGHỊ\nĐề nghị Ủy ban nhân dân tỉnh xem xét, chỉ đạo.")
    return head + "\n\n".join(body) + "\n" + signature(scene)


HEADINGS = (
    "Công tác chỉ đạo",
    "Tổ chức thực hiện",
    "Công tác kiểm tra",
    "Kết quả cụ thể",
    "Nguồn lực",
    "Nội dung khác",
)
