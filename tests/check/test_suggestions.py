"""The reading that is shown beside a finding: one change that alone restores its equations."""

from __future__ import annotations

import pytest

from docparse.check import run
from tests.check.test_rules import subject

HEAD = "Kết quả giải quyết hồ sơ năm 2023 theo lĩnh vực:\n\n"
SUMS = """STT\tLĩnh vực\tTổng số hồ sơ\tTrực tuyến\tTrực tiếp
1\tXúc tiến thương mại\t13.901\t13.886\t15
2\tLưu thông hàng hóa\t{whole}\t{part}\t27
3\tHóa chất\t132\t121\t11
4\tĐiện\t83\t77\t6
\tTổng cộng\t{total}\t{online}\t59"""


def suggestions(text: str, code: str) -> list[str | None]:
    checked = run([subject(HEAD + text, "a.txt")], codes={code})
    return [one.suggestion for one in checked.findings]


@pytest.mark.parametrize(
    ("values", "code", "wanted"),
    [
        # The row and its column both say 628: only the part can be wrong.
        (("655", "682", "14.771", "14.712"), "TAB201", "Trực tuyến: 682 → 628"),
        (("655", "682", "14.771", "14.712"), "TAB202", "Trực tuyến: 682 → 628"),
        # The whole of a row, which the total of its column confirms.
        (("665", "628", "14.771", "14.712"), "TAB201", "Tổng số hồ sơ: 665 → 655"),
    ],
)
def test_one_slip_that_restores_everything(
    values: tuple[str, str, str, str], code: str, wanted: str
) -> None:
    names = ("whole", "part", "total", "online")
    said = suggestions(SUMS.format(**dict(zip(names, values, strict=True))), code)
    assert said == [f"Lưu thông hàng hóa, {wanted}"]


def test_several_readings_are_none() -> None:
    table = "STT\tLĩnh vực\tSố hồ sơ\n1\tHóa chất\t12\n2\tĐiện\t31\n\tTổng cộng\t44"
    assert suggestions(table, "TAB202") == [None]


def test_two_slips_are_not_mended() -> None:
    said = suggestions(
        SUMS.format(whole="655", part="790", total="14.771", online="14.712"), "TAB201"
    )
    assert said == [None]


def test_a_wrong_share() -> None:
    table = "STT\tLĩnh vực\tTổng số hồ sơ\tTrực tuyến\tTỷ lệ (%)\n" + "\n".join(
        ["1\tHóa chất\t132\t121\t91,67", "2\tĐiện\t83\t77\t92,77", "3\tNăng lượng\t66\t61\t94,42"]
    )
    assert suggestions(table, "TAB203") == ["Năng lượng, Tỷ lệ (%): 94,42 → 92,42"]
