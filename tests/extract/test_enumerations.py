"""Stated counts with their lists; and how near two indicators are."""

from __future__ import annotations

import pytest

from docparse.extract.figures import find_figures
from docparse.extract.likeness import indicator_key, same_indicator
from docparse.models import Enumeration, Header, OffsetMap, Outline, Part, Source, Text
from docparse.patterns import load


def enumerations(words: str) -> tuple[Enumeration, ...]:
    source = Source(text=words, path="", sha256="", format="txt")
    text = Text(value=words, source=source, offsets=OffsetMap())
    outline = Outline(parts=(Part(header=Header(), start=0, end=len(words)),))
    return find_figures(text, outline, load(), taken=()).enumerations


def quotes(words: str) -> list[str]:
    (found,) = enumerations(words)
    return [item.quote for item in found.items]


def test_numbered_in_brackets() -> None:
    words = "Sở ban hành 03 văn bản, cụ thể: (1) Kế hoạch A; (2) Kế hoạch B; (3) Báo cáo C. Sau đó."
    assert quotes(words) == ["Kế hoạch A", "Kế hoạch B", "Báo cáo C"]
    assert enumerations(words)[0].complete


def test_parted_by_semicolons() -> None:
    words = "Hiện có 02 đơn vị sự nghiệp gồm: Trung tâm Khuyến công; Trung tâm Xúc tiến."
    assert quotes(words) == ["Trung tâm Khuyến công", "Trung tâm Xúc tiến"]


def test_one_a_line() -> None:
    words = "Thực hiện 02 Đề án sau:\n- Đề án một;\n- Đề án hai.\nĐiều 2."
    assert quotes(words) == ["Đề án một", "Đề án hai"]


@pytest.mark.parametrize("words", ["Sở có 02 đơn vị.", "Có 3 xã: đều đạt chuẩn.", "5 xã; 6 huyện."])
def test_no_list(words: str) -> None:
    assert enumerations(words) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TTHC được đơn giản hoá", "thủ tục hành chính đơn giản hóa"),
        ("hồ sơ giải quyết đúng và trước hạn", "tỷ lệ hồ sơ giải quyết đúng hạn"),
        ("CBCCVC của Sở", "cán bộ, công chức, viên chức Sở"),
    ],
)
def test_two_wordings_meet(one: str, other: str) -> None:
    assert indicator_key(one) == indicator_key(other)
    assert same_indicator(one, other) == 1.0


def test_different_things_do_not_meet() -> None:
    assert same_indicator("hồ sơ trễ hạn", "hồ sơ giải quyết đúng hạn") < 0.75
    assert same_indicator("giảm thủ tục", "thủ tục") < 1.0
