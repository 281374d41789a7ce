"""How severe a finding is, where one rule has several answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docparse.check import Subject, run
from tests.check.test_rules import subject

TABLE = """STT	Lĩnh vực	Tổng số	Nộp trực tuyến		Nộp trực tiếp
			Số hồ sơ	Tỷ lệ	Số hồ sơ	Tỷ lệ
1	Xúc tiến thương mại	14.208	14.150	99,59%	58	0,41%
2	Hóa chất	{total}	10.200	86,44%	{direct}	{rate}
3	Điện	87	71	81,61%	16	18,39%
"""
CASES = [
    # 100 minus the other rate; the parts miss the whole by 3, which is another finding.
    pytest.param(
        TABLE.format(total="11.800", direct="1.597", rate="13,56%"),
        {"TAB201": "error", "TAB203": "note"},
        id="the rest of a hundred in a row that does not add up",
    ),
    pytest.param(
        TABLE.format(total="11.800", direct="1.600", rate="15,36%"),
        {"TAB203": "error"},
        id="a rate of nothing",
    ),
    pytest.param(
        "Trong tháng 3 năm 2023, UBND huyện đã phê duyệt phương án tuyển dụng viên chức trên cơ "
        "sở Tờ trình số 214/TTr-PNV ngày 11/4/2023 của Phòng Nội vụ.",
        {"SEQ702": "error"},
        id="an act of a told month and its basis",
    ),
    pytest.param(
        "Thực hiện Kế hoạch số 3120/KH-UBND ngày 22/3/2023 của UBND tỉnh, Sở đã ban hành Kế "
        "hoạch số 871/KH-SNV ngày 24/02/2023 triển khai thực hiện.",
        {"SEQ702": "warning"},
        id="an act and what it carries out",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_severity(text: str, wanted: dict[str, str]) -> None:
    checked = run([subject(text, "0.txt")], codes={"TAB201", "TAB203", "SEQ702"})
    assert {one.code: one.severity for one in checked.findings} == wanted


@pytest.mark.parametrize(
    ("ocr", "days"), [(True, ["31/11/2023"]), (False, ["00/03/2018", "31/11/2023"])]
)
def test_a_nought_that_a_machine_has_read(ocr: bool, days: list[str]) -> None:
    one = subject("Lập ngày 00 tháng 3 năm 2018. Xong trước ngày 31/11/2023.", "0.txt")
    text = replace(one.text, source=replace(one.text.source, ocr=ocr))
    read = Subject(path=one.path, text=text, outline=one.outline, records=one.records)
    said = run([read], codes={"SEQ707"}).findings
    assert sorted(dict(each.values)["date"] for each in said) == days
