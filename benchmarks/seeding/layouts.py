"""Parts of a report that are left out: number, date, letterhead, annex, a point of a chapter."""

from __future__ import annotations

import re
from collections.abc import Callable

from seeding.scenes import Scene, compose, signature
from seeding.wordings import SAY, fillers

Layout = tuple[str, str, str]


def number_blank(scene: Scene) -> Layout:
    report = compose(scene, list(fillers(scene, 3, "")))
    gap = scene.rng.choice(("        ", "     ", "……", " ...... "))
    return "number", report, re.sub(r"Số: \d+/", f"Số:{gap}/", report, count=1)


def date_blank(scene: Scene) -> Layout:
    report = compose(scene, list(fillers(scene, 3, "")))
    day, month = scene.rng.choice((("     ", None), ("     ", "     "), ("…", "…"), ("....", None)))
    written = re.search(r"ngày (\d+) tháng (\d+) năm", report)
    assert written is not None
    said = f"ngày {day} tháng {month or written[2]} năm"
    return "date", report, report.replace(written[0], said, 1)


def head_lost(scene: Scene) -> Layout:
    """What stands above the title, and the signature: two parts or all."""
    report = compose(scene, list(fillers(scene, 3, "")))
    body = report[report.index("BÁO CÁO") :]
    if scene.rng.random() < 0.5:
        body = body[: body.index("\nNơi nhận")] + "\n"
    return "header", report, body


def annex_lost(scene: Scene) -> Layout:
    said = scene.rng.choice(SAY["MIS804"]["say"])
    name = "BIỂU 01" if "Biểu" in said else "PHỤ LỤC I" if "Phụ lục I" in said else "PHỤ LỤC"
    report = compose(scene, [*fillers(scene, 2, ""), said])
    annex = (
        f"\n\n{name}\nDANH SÁCH CÁC ĐƠN VỊ\n\n1. Văn phòng Sở\n2. Thanh tra Sở\n3. Phòng Kế hoạch\n"
    )
    return "annex", report + annex, report


POINTS = (
    "Cải cách thể chế",
    "Cải cách thủ tục hành chính",
    "Cải cách tổ chức bộ máy",
    "Cải cách chế độ công vụ",
    "Cải cách tài chính công",
    "Xây dựng chính quyền điện tử",
)


def point_lost(scene: Scene) -> Layout:
    """Results and solutions go through the same points; one is dropped from one chapter."""
    report = compose(scene, ["\0"])
    head, _, rest = report.partition("I. KẾT QUẢ THỰC HIỆN")
    gone = scene.rng.randrange(1, len(POINTS))

    def chapter(points: tuple[str, ...], say: str) -> str:
        return "\n\n".join(f"{n}. {one}\n{say}" for n, one in enumerate(points, 1))

    left = tuple(one for place, one in enumerate(POINTS) if place != gone)
    first = "I. KẾT QUẢ THỰC HIỆN\n" + chapter(POINTS, "Đơn vị đã triển khai theo kế hoạch.")
    chapters = [
        "\n\nII. NHIỆM VỤ, GIẢI PHÁP\n" + chapter(points, "Tiếp tục đôn đốc các phòng thực hiện.")
        for points in (POINTS, left)
    ]
    assert rest
    end = "\n" + signature(scene)
    return "point", head + first + chapters[0] + end, head + first + chapters[1] + end


LAYOUTS: dict[str, Callable[[Scene], Layout]] = {
    "MIS801": number_blank,
    "MIS802": date_blank,
    "MIS804": annex_lost,
    "MIS809": head_lost,
    "FRM901": point_lost,
}
