"""Structure as a whole: cases as data, and what must hold for any text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.models import Header, OffsetMap, Outline, Source, Span, Text, ZoneKind
from docparse.patterns import load
from docparse.repair import repair
from docparse.structure import structure

CASES = Path(__file__).parent / "cases"

WORDS = """I.;1.;1.1.;a);(1);A.;II-;Điều 1.;Phụ lục;PHẦN I;Mẫu số 01;STT;Số:;/BC-SCT;12/KH-SCT;V/v
    Số 5-NQ/TU;BÁO CÁO;Kế hoạch;Kính gửi:;điện:;UBND TỈNH A;SỞ Y TẾ;ĐẢNG CỘNG SẢN VIỆT NAM
    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM;Hà Nội, ngày 5 tháng 6 năm 2021;ngày tháng năm;Căn cứ
    QUYẾT ĐỊNH:;của Chính phủ;Nơi nhận:;- Như trên,;Lưu: VT.;KT. GIÁM ĐỐC;TM.;CHỦ TỊCH;Lê Văn An
    (Đã ký);|;| a | b |;**;*;__;#;---;“;”;năm;.;/.;SAO Y"""
words = st.sampled_from([*WORDS.replace("\n    ", ";").split(";"), ";", "\t", "\n", "    "])
texts = st.one_of(st.text(), st.lists(words).map(" ".join), st.lists(words).map("\n".join))


def mended(text: str) -> Text:
    return repair(Source(text=text, path="t.txt", sha256="", format="txt"), load())


def outline(text: str) -> Outline:
    return structure(mended(text), load())


def plain(text: str) -> Text:
    """A text that needs no repair."""
    value = text.strip("\n")
    source = Source(text=value, path="t.txt", sha256="", format="txt")
    return Text(value=value, source=source, offsets=OffsetMap())


def cases(name: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


def fields(header: Header) -> dict[str, Any]:
    """A header as the cases write it: what is absent is left out."""
    names = ("issuer_parent", "issuer", "number", "symbol", "place", "type", "title")
    found: dict[str, Any] = {name: getattr(header, name) for name in names}
    found["date"] = header.date.iso if header.date else None
    found["addressees"] = list(header.addressees)
    found["recipients"] = list(header.recipients)
    signer = {name: getattr(header.signer, name) for name in ("authority", "title", "name")}
    found["signer"] = {name: words for name, words in signer.items() if words}
    return {name: words for name, words in found.items() if words}


@pytest.mark.parametrize("case", cases("headers"))
def test_header(case: dict[str, Any]) -> None:
    assert fields(outline(case["text"]).header) == case["header"]


@pytest.mark.parametrize("case", cases("sections"))
def test_sections(case: dict[str, Any]) -> None:
    found = [
        f"{section.level} {section.label} | {section.title}" + (" | R" if section.run_in else "")
        for section in structure(plain(case["text"]), load()).sections
    ]
    assert found == case["sections"]


@pytest.mark.parametrize("case", cases("zones"))
def test_zones(case: dict[str, Any]) -> None:
    text = plain(case["text"])
    found = [
        f"{zone.kind.value}: {' '.join(text.value[zone.start : zone.end].split())}"
        for zone in structure(text, load()).zones
    ]
    assert found == case["zones"]


@pytest.mark.parametrize("case", cases("parts"))
def test_parts(case: dict[str, Any]) -> None:
    found = outline(case["text"])
    numbers = [part.header.number or part.header.symbol or "" for part in found.parts]
    assert numbers == case["numbers"]
    several = [notice.code for notice in found.notices if notice.code == "several-documents"]
    assert bool(several) == (len(numbers) > 1)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Hôm nay trời đẹp.", "header type title recipients signer"),
        ("Số: 5/BC-A\nBÁO CÁO\nKết quả", "issuer date recipients signer"),
        ("SỞ Y TẾ\nHà Nội, ngày 5 tháng 6 năm 2021\nBÁO CÁO", "number title recipients signer"),
    ],
)
def test_missing_is_said(text: str, codes: str) -> None:
    found = [notice.code for notice in outline(text).notices]
    assert found == [f"{code}-missing" for code in codes.split()]


def test_blank_number_and_date_are_pointed_at() -> None:
    found = outline("SỞ Y TẾ\nSố:       /SYT-VP      Hà Nội, ngày    tháng 5 năm 2021\nV/v họp")
    said = {notice.code: notice for notice in found.notices}
    assert said["number-blank"].values == (("symbol", "SYT-VP"),)
    quotes = {code: notice.span.quote for code, notice in said.items() if notice.span}
    assert quotes["number-blank"] == "SYT-VP"
    assert "tháng 5" in quotes["date-partial"]


def test_header_spans_point_at_their_words() -> None:
    case = tomllib.loads((CASES / "headers.toml").read_text(encoding="utf-8"))["case"][0]
    header = outline(case["text"]).header
    quotes = {name: span.quote for name, span in header.spans}
    assert quotes["number"] == "412/BC-STC"
    assert quotes["issuer"] == "SỞ TÀI CHÍNH"
    assert quotes["title"] == "Tình hình thu, chi ngân sách 6 tháng đầu năm 2022"
    assert quotes["signer.name"] == "Trần Thị Mai"
    assert quotes["recipients"].startswith("Như trên")
    assert quotes["recipients"].endswith("NS")


def spans(found: Outline) -> Iterator[Span]:
    for part in found.parts:
        yield from (span for _, span in part.header.spans)
    yield from (section.span for section in found.sections)
    yield from (notice.span for notice in found.notices if notice.span)


@given(texts)
def test_any_text_has_an_outline(value: str) -> None:
    text = mended(value)
    found = structure(text, load())
    assert found.parts[0].start == 0
    assert found.parts[-1].end == len(text.value)
    edges = [0, *(zone.end for zone in found.zones)]
    assert [zone.start for zone in found.zones] == edges[:-1]
    assert edges[-1] == len(text.value)
    assert all(zone.start < zone.end for zone in found.zones)
    for span in spans(found):
        assert value[span.origin_start : span.origin_end] == span.quote
        assert 0 <= span.start <= span.end <= len(text.value)
    starts = [section.span.start for section in found.sections]
    assert starts == sorted(starts)
    assert all(section.level >= 1 and section.label for section in found.sections)


@given(texts)
def test_zones_are_looked_up_by_position(value: str) -> None:
    text = mended(value)
    found = structure(text, load())
    for zone in found.zones:
        assert found.zone_at(zone.start) == found.zone_at(zone.end - 1) == zone.kind
    assert found.zone_at(len(text.value)) == ZoneKind.BODY


def test_the_title_of_who_signs_may_stand_above_the_recipients() -> None:
    value = (
        "UBND TỈNH BÌNH LÂM\nSỞ NỘI VỤ\nSố: 12/BC-SNV\n\nBÁO CÁO\nKết quả\n\n"
        "I. Kết quả\nĐã xong.\n\n"
        "GIÁM ĐỐC\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n\nNguyễn Văn An\n"
    )
    signer = structure(mended(value), load()).header.signer
    assert (signer.title, signer.name) == ("GIÁM ĐỐC", "Nguyễn Văn An")


@pytest.mark.parametrize(
    ("parent", "issuer"),
    [
        ("UBND TỈNH BÌNH LÂM", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"),
        ("SỞ Y TẾ CAO BẰNG", "TRUNG TÂM Y TẾ HUYỆN QUẢNG HÒA"),
        ("SỞ VĂN HÓA VÀ THỂ THAO", "BẢO TÀNG TỈNH"),
    ],
)
def test_two_bodies_above_each_other(parent: str, issuer: str) -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    value = f"{parent}\n{issuer}\n\n{motto}\n\nSố: 12/BC-AB\n\nBÁO CÁO\nKết quả\n\nI. Kết quả\n"
    header = structure(mended(value), load()).header
    assert (header.issuer_parent, header.issuer) == (parent, issuer)
