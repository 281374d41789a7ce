"""Short reports for the tests of the index: who cites what is said here, once."""

from pathlib import Path

HEAD = """\
UBND TỈNH BÌNH LÂM
SỞ CÔNG THƯƠNG

Số: {number}	Bình Lâm, ngày {day} tháng {month} năm {year}

BÁO CÁO
{title}

"""

REPORTS = {
    "2021/q1.txt": HEAD.format(
        number="45/BC-SCT", day="05", month="4", year=2021, title="Kết quả quý I năm 2021"
    )
    + """\
1. Thực hiện Kế hoạch số 899/KH-SCT ngày 25/02/2021 của Sở Công Thương về cải cách hành chính,
Sở đã giải quyết 120 hồ sơ, đạt 98,5%.
2. Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư.
3. Theo Quyết định số 12/QĐ-UBND ngày 04/01/2021 của UBND tỉnh về giao chỉ tiêu kế hoạch.
""",
    "2021/q2.txt": HEAD.format(
        number="88/BC-SCT", day="06", month="7", year=2021, title="Kết quả quý II năm 2021"
    )
    + """\
1. Thực hiện Kế hoạch số 899/KH-SCT ngày 26/02/2021 về cải cách hành chính, Sở đã giải quyết
240 hồ sơ ở Đồng Nai và Đắk Lắk.
2. Theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 và Báo cáo số 45/BC-SCT ngày 05/4/2021.
3. Căn cứ Quyết định số 12/QĐ-UBND ngày 04/01/2021 về phê duyệt danh mục dự án đầu tư công.
""",
    "2022/nam.txt": HEAD.format(
        number="7/BC-SCT", day="10", month="01", year=2022, title="Kết quả năm 2021"
    )
    + """\
1. Thực hiện Quyết định số 899/QĐ-UBND ngày 01/10/2021 của UBND tỉnh về hoà giải ở cơ sở.
2. Luật Phòng, chống tham nhũng năm 2018 được phổ biến ở 12 nam bộ và nữ bộ.
3. Theo Quyết định số 15/QĐ-SCT ngày 02/02/2021 về kiện toàn Ban Chỉ đạo cải cách hành chính.
4. Theo Quyết định số 15/QĐ-SCTT ngày 02/02/2021 về kiện toàn Ban Chỉ đạo cải cách hành chính.
""",
}


def write_reports(folder: Path) -> Path:
    """Write them all; the folder again."""
    for name, text in REPORTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
