"""What the offices of an invented country have issued: documents with number, day and title.

The same office has the same documents in a year wherever it is asked for, so that reports that
are made from them cite each other's papers as those of a real collection do.

>>> office_papers("SCT", "Phú Sơn", 2023) == office_papers("SCT", "Phú Sơn", 2023)
True
>>> central_papers()[0].issuer
'Chính phủ'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

_FIRST = ("An", "Bắc", "Đông", "Hòa", "Long", "Nam", "Phú", "Quảng", "Tân", "Vĩnh")
_SECOND = ("Châu", "Giang", "Khê", "Lĩnh", "Mỹ", "Sơn", "Thạnh", "Trạch")
OFFICES = {
    "SCT": "Sở Công Thương", "SNV": "Sở Nội vụ", "STC": "Sở Tài chính", "SXD": "Sở Xây dựng",
    "STP": "Sở Tư pháp", "SYT": "Sở Y tế", "SKHCN": "Sở Khoa học và Công nghệ",
    "STTTT": "Sở Thông tin và Truyền thông",
}  # fmt: skip
YEARS = range(2018, 2026)
_CENTRAL = 400
_OF_OFFICE = 64  # documents that an office issues in a year
_OF_PROVINCE = 40
_SHARE_OF_SLIPS = 0.02  # citations with another day, another symbol or another title

_TYPES = {
    "KH": ("Kế hoạch", ("về", "triển khai")), "QĐ": ("Quyết định", ("về việc", "ban hành Quy chế")),
    "BC": ("Báo cáo", ("kết quả thực hiện", "tình hình")),
    "TB": ("Thông báo", ("về", "kết luận về")),
    "TTr": ("Tờ trình", ("đề nghị phê duyệt", "về việc")),
    "HD": ("Hướng dẫn", ("thực hiện", "về")),
    "CTr": ("Chương trình", ("hành động về", "công tác")),
    "CT": ("Chỉ thị", ("về tăng cường", "về")),
}  # fmt: skip
_DIVISIONS = ("VP", "TTr", "CCHC", "KHTC", "QLCN", "TCCB")
_SUBJECTS = (
    "kiểm soát thủ tục hành chính", "cải cách hành chính", "rà soát, đánh giá thủ tục hành chính",
    "thông tin, tuyên truyền cải cách hành chính", "kiểm tra công tác cải cách hành chính",
    "ứng dụng công nghệ thông tin", "chuyển đổi số", "văn thư, lưu trữ", "tinh giản biên chế",
    "phòng, chống tham nhũng, tiêu cực", "thực hành tiết kiệm, chống lãng phí", "tiếp công dân",
    "theo dõi tình hình thi hành pháp luật", "phổ biến, giáo dục pháp luật", "thi đua, khen thưởng",
    "xây dựng văn bản quy phạm pháp luật", "tuyển dụng công chức", "đào tạo, bồi dưỡng cán bộ",
    "thực hiện quy chế dân chủ ở cơ sở", "an toàn, vệ sinh lao động", "phòng cháy, chữa cháy",
    "đánh giá, xếp loại công chức, viên chức", "chuyển đổi vị trí công tác",
    "bảo vệ bí mật nhà nước",
    "áp dụng Hệ thống quản lý chất lượng TCVN ISO 9001:2015", "cung cấp dịch vụ công trực tuyến",
    "số hóa hồ sơ, kết quả giải quyết thủ tục hành chính", "cải thiện môi trường đầu tư kinh doanh",
    "nâng cao Chỉ số cải cách hành chính", "nâng cao Chỉ số hiệu quả quản trị và hành chính công",
    "đo lường sự hài lòng của người dân, tổ chức", "phân cấp quản lý nhà nước",
    "cải cách tài chính công",
    "thực hiện cơ chế một cửa, một cửa liên thông", "tự chủ của đơn vị sự nghiệp công lập",
    "quản lý, sử dụng tài sản công", "dự toán ngân sách nhà nước", "sắp xếp tổ chức bộ máy",
)  # fmt: skip
_SCOPES = (
    "của cơ quan", "tại các phòng, đơn vị trực thuộc", "trên địa bàn tỉnh",
    "thuộc thẩm quyền giải quyết",
    "trong các cơ quan hành chính nhà nước", "đợt 1", "đợt 2", "trong quý I", "trong quý III",
)  # fmt: skip
_RULED = (
    ("Nghị định", "NĐ-CP", "Chính phủ", "quy định về"),
    ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ", "về việc"),
    ("Thông tư", "TT-BNV", "Bộ Nội vụ", "hướng dẫn"),
    ("Thông tư", "TT-VPCP", "Văn phòng Chính phủ", "hướng dẫn về nghiệp vụ"),
    ("Thông tư", "TT-BTC", "Bộ Tài chính", "quy định về"),
    ("Thông tư", "TT-BCT", "Bộ Công Thương", "quy định chi tiết về"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document as a citation writes it."""

    type: str
    number: str
    day: date
    issuer: str
    title: str


def places() -> list[str]:
    """The provinces."""
    return [f"{first} {second}" for first in _FIRST for second in _SECOND]


@lru_cache(maxsize=1)
def central_papers() -> tuple[Paper, ...]:
    """What every office of the country cites."""
    random, papers = Random("central"), []
    for serial in range(_CENTRAL):
        kind, symbol, issuer, verb = _RULED[serial % len(_RULED)]
        day = date(random.randint(2010, 2024), 1, 1) + timedelta(random.randrange(360))
        subject = _SUBJECTS[serial % len(_SUBJECTS)]
        title = f"{verb} {subject} {random.choice(_SCOPES[2:5])}"
        number = f"{serial // 3 + 4}/{day.year}/{symbol}"
        papers.append(Paper(type=kind, number=number, day=day, issuer=issuer, title=title))
    return tuple(papers)


@lru_cache(maxsize=4096)
def office_papers(code: str, place: str, year: int) -> tuple[Paper, ...]:
    """What an office has issued in a year, in the order of its register."""
    random = Random(f"{code} {place} {year}")
    council = code == "UBND"
    issuer = f"UBND tỉnh {place}" if council else OFFICES[code]
    day, serial, papers = date(year, 1, 2), random.randint(5, 60), []
    count = _OF_PROVINCE if council else _OF_OFFICE
    for _ in range(count):
        day += timedelta(random.randint(1, 600 // count))
        serial += random.randint(3, 90)
        day = min(day, date(year, 12, 28))
        symbol = random.choice([*_TYPES, "CV"])
        subject = f"{random.choice(_SUBJECTS)} {random.choice(_SCOPES)}"
        if symbol == "CV":
            kind, number = "Công văn", f"{serial}/{code}-{random.choice(_DIVISIONS)}"
            title = f"về việc {subject} năm {year}"
        else:
            kind, verbs = _TYPES[symbol]
            number, title = (
                f"{serial}/{symbol}-{code}",
                f"{random.choice(verbs)} {subject} năm {year}",
            )
        papers.append(Paper(type=kind, number=number, day=day, issuer=issuer, title=title))
    return tuple(papers)


def slipped(paper: Paper, others: Sequence[Paper], random: Random) -> Paper:
    """The paper as somebody copies it: now and then with another day, symbol or title."""
    if random.random() >= _SHARE_OF_SLIPS:
        return paper
    match random.randrange(4):
        case 0:
            return replace(paper, title=random.choice(others).title)
        case 1:
            symbol = paper.number.partition("/")[2]
            other = symbol.replace("KH-", "QĐ-") if "KH-" in symbol else symbol
            return replace(paper, number=paper.number.replace(symbol, other))
        case _:
            return replace(paper, day=paper.day + timedelta(random.choice((-30, -9, 1, 10, 365))))
