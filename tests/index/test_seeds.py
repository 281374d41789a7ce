"""What the index says of the five real reports that come with the workplace, if they are there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from docparse.indexing.collection import Index
from docparse.read.cage import Cage
from tests.index.conftest import _run_here

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
FIRST, SECOND = "000_6766e24806e6c5b8.txt", "001_fd486d8119b79e45.txt"
SHARED = (
    "116/KH-SCT", "1226/SCT-TM", "244/QĐ-SCT", "2670/KH-UBND", "30/2020/NĐ-CP", "3417/KH-SCT",
    "36/2020/QĐ-UBND", "391/KH-SCT", "41/QĐ-SCT", "545/QĐ-UBND", "6178/KH-SCT", "851/KH-SCT",
    "899/KH-SCT", "907/KH-SCT", "TCVN ISO 9001:2015",
)  # fmt: skip
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared reports are not here")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("seeds") / "index.db") as index:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Cage, "run", _run_here)
            index.add(SEEDS)
        yield index


def test_documents_that_two_reports_cite(seeds: Index) -> None:
    shared = seeds.find_cites(FIRST, shared_with=SECOND)
    numbers = {one.number for one in shared if one.number}
    assert numbers == {*SHARED}
    for number in SHARED:
        reports = {Path(one.report).name for one in shared if one.number == number}
        assert reports == {FIRST, SECOND}
    # The first report does not say its province; day and symbol say which document is meant.
    joined = [one for one in shared if one.number == "899/KH-SCT"]
    assert {(one.key, one.evidence) for one in joined} == {
        ("state:899/KH-SCT@2021~Đồng Nai", "same-day"),
        ("state:899/KH-SCT@2021~Đồng Nai", None),
    }
    other_way = seeds.find_cites(SECOND, shared_with=FIRST)
    assert {one.key for one in other_way} == {one.key for one in shared}


def test_decrees_and_circulars_with_two_dates(seeds: Index) -> None:
    found = {one.key: [side.value for side in one.sides] for one in seeds.find_conflicts("dates")}
    assert found["legal:30/2020/NĐ-CP@2020"] == ["2020-03-05", "2020-03-07"]
    assert found["legal:1/2020/TT-VPCP@2020"] == ["2020-10-20", "2020-10-21"]


@pytest.mark.parametrize("query", ["899 kh sct", "899khsct", "KH 899", "kế hoạch 899 năm 2021"])
def test_a_plan_is_found_under_both_keys(seeds: Index, query: str) -> None:
    reports = {Path(one.report).name for one in seeds.find_cited_by(query)}
    assert reports == {FIRST, SECOND}
    [shown] = seeds.show(query)
    assert shown.reports == 2
    assert ("state:899/KH-SCT@2021", "same-day") in shown.also_meant
