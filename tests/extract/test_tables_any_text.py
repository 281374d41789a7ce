"""Whatever the text is: nothing is raised, every place lies in the text, time stays linear."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.extract.tables import TablesFound, find_tables
from docparse.models import Header, Outline, Part, Source, Text
from docparse.patterns import load
from docparse.repair import repair

WORDS = """STT;TT;Tên;Đơn vị;Tổng số;Tỷ lệ (%);Ghi chú;Chủ trì;Phối hợp;Thời gian;1;2;3;I;II;1.1;a)
    Sở Y tế;Thanh tra Sở;Thường xuyên;Quý II/2024;15.303;98,91 %;12/40;và;hồ sơ;Tổng cộng;|;||;-;---
    (1) (2) (3);=;Nơi nhận:;CỘNG HÒA;Phụ lục;……;số liệu tính từ 15/12/2020 đến ngày 24/10/2021"""
words = st.sampled_from(
    [*WORDS.replace("\n    ", ";").split(";"), "\n", "\n\n", "\n \n", "\t", "   ", "|\n", "\f", " "]
)
texts = st.one_of(
    st.text(max_size=200),
    st.lists(words, max_size=60).map(" ".join),
    st.lists(words, max_size=60).map("\n".join),
    st.lists(words, max_size=60).map("".join),
)


def find(said: str) -> tuple[Text, TablesFound]:
    text = repair(Source(text=said, path="t.txt", sha256="", format="txt"), load())
    outline = Outline(parts=(Part(header=Header(), start=0, end=len(text.value)),))
    return text, find_tables(text, outline, load())


@given(texts)
@settings(deadline=None, max_examples=300)
def test_places_lie_in_the_text(said: str) -> None:
    text, found = find(said)
    for start, end in (*found.regions, *found.numeric_cells):
        assert 0 <= start <= end <= len(text.value)
    for table in found.tables:
        assert 0 <= table.confidence <= 1
        for row, spans in zip(table.rows, table.cells, strict=True):
            assert len(row) == len(spans) == len(table.columns) == len(table.kinds)
            for span in spans:
                assert span is None or text.source.text[span.origin_start : span.origin_end] == (
                    span.quote
                )


@given(texts)
@settings(deadline=None, max_examples=200)
def test_regions_are_in_order_and_apart(said: str) -> None:
    _, found = find(said)
    for left, right in zip(found.regions, found.regions[1:], strict=False):
        assert left[1] <= right[0]
    assert list(found.numeric_cells) == sorted(set(found.numeric_cells))


@given(texts)
@settings(deadline=None, max_examples=100)
def test_the_same_text_gives_the_same_tables(said: str) -> None:
    assert find(said)[1] == find(said)[1]


def seconds(said: str) -> float:
    text, _ = find(said)
    outline = Outline(parts=(Part(header=Header(), start=0, end=len(text.value)),))
    before = time.process_time()
    find_tables(text, outline, load())
    return time.process_time() - before


def test_time_is_linear_also_where_much_looks_like_a_header() -> None:
    for block in ("STT\nĐơn vị\nTỷ lệ\nGhi chú\n", "Đơn vị\nTổng số\nTên\n", "STT Tên Số\n1\n"):
        short, long = seconds(block * 300), seconds(block * 1200)
        assert long < 12 * short + 0.2
