"""A check that is not run by default runs only where its whole code is asked for."""

from __future__ import annotations

import pytest

import docparse
from docparse.checking import chosen_codes, find_check
from docparse.patterns import load


def test_asked_for_by_its_whole_code() -> None:
    report = docparse.parse("Tỷ lệ hài lòng của người dân đạt 95,2%.".encode(), path="a.txt")
    assert not [one for one in docparse.check(report, notes=True).findings if one.code == "FIG110"]
    (found,) = docparse.check(report, notes=True, select=["FIG110"]).findings
    assert found.code == "FIG110"


def test_not_by_its_family() -> None:
    patterns = load()
    assert "FIG110" not in chosen_codes(patterns, ["FIG"], [])
    assert "FIG110" in chosen_codes(patterns, ["fig110"], [])
    assert "FIG101" in chosen_codes(patterns, ["FIG"], [])


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("TAB209", "row-sum"),
        ("TAB208", "share-column"),
        ("REG604", "register-inversion"),
        ("FIG108", "percent-mismatch"),
    ],
)
def test_what_is_part_of_another_check_is_explained_there(code: str, slug: str) -> None:
    found = {find_check(code).slug, *(c.slug for c in load().checks.values() if code in c.also)}
    assert slug in found
    assert code in find_check(code).vi.tolerance
    assert code in find_check(code).en.tolerance


def test_a_list_is_no_report_and_is_refused_not_passed_over() -> None:
    report = docparse.parse(b"So: 12/KH-SCT", path="a.txt")
    with pytest.raises(TypeError, match=r"check\(\*reports\)"):
        docparse.check([report])  # type: ignore[arg-type]
