"""Figures over time: what shares a chart, what a line joins, what is named and stands out."""

import re

import docparse
from docparse.checking import CheckResult

YEARS = {2019: "81,4", 2020: "85,2", 2021: "88,9", 2022: "93,7"}
CHART = re.compile(r'<figure class="chart"><figcaption>(.*?)</figcaption>(.*?)</figure>', re.DOTALL)


def _report(year: int, words: str, body: str = "SCT") -> docparse.Report:
    text = (
        f"UBND TỈNH BÌNH LÂM\nSỞ {'CÔNG THƯƠNG' if body == 'SCT' else 'NỘI VỤ'}\n"
        f"Số: {year - 1900}/BC-{body}\nBình Lâm, ngày 15 tháng 12 năm {year}\n\n"
        f"BÁO CÁO\nKết quả công tác cải cách hành chính năm {year}\n\n{words}\n"
    )
    return docparse.parse(text.encode(), path=f"{body}-{year}.txt")


def _rate(year: int, value: str) -> str:
    return f"Năm {year}, tỷ lệ hồ sơ giải quyết đúng hạn đạt {value}%."


def _charts(*reports: docparse.Report) -> tuple[CheckResult, dict[str, str]]:
    result = docparse.check(*reports)
    return result, dict(CHART.findall("".join(result.html())))


def test_a_line_leads_through_the_years() -> None:
    _, charts = _charts(*(_report(year, _rate(year, value)) for year, value in YEARS.items()))
    (drawn,) = charts.values()
    assert list(charts) == ["tỷ lệ hồ sơ giải quyết đúng hạn (%)"]
    assert re.findall(r'class="said plain">([^<]*)<', drawn) == [
        f"{one}%" for one in YEARS.values()
    ]
    path = re.search(r'class="line" d="([^"]*)"', drawn)
    assert path is not None
    assert re.sub("[^ML]", "", path[1]) == "MLLL"
    # Days below the line are those of dots.
    assert "31/12/2019" in drawn
    assert "31/12/2020" in drawn
    assert "31/12/2022" in drawn


def test_a_figure_with_a_finding_stands_out_and_leads_there() -> None:
    reports = [_report(year, _rate(year, value)) for year, value in YEARS.items()]
    reports.append(_report(2023, f"{_rate(2023, '97,1')} {_rate(2021, '87,9')}"))
    result, charts = _charts(*reports)
    (drawn,) = charts.values()
    (number,) = [at for at, one in enumerate(result.findings, 1) if one.code == "REP401"]
    slips = re.findall(r'<a href="#finding-(\d+)"><circle[^>]*class="slip"><title>(\S*)', drawn)
    assert sorted(slips) == [(str(number), "87,9%"), (str(number), "88,9%")]
    assert sorted(re.findall(r'class="said">([^<]*)<', drawn)) == ["87,9%", "88,9%"]


def test_figures_of_two_bodies_share_no_chart() -> None:
    ours = [_report(year, _rate(year, value)) for year, value in YEARS.items()]
    theirs = [_report(year, _rate(year, "70"), "SNV") for year in (2019, 2020)]
    theirs.append(_report(2021, _rate(2021, "71"), "SNV"))
    _, charts = _charts(*ours, *theirs)
    assert len(charts) == 2
    for name, drawn in charts.items():
        (body,) = {"SCT", "SNV"} & set(re.split(r"\W+", name))
        assert set(re.findall(r"(SCT|SNV)-\d+\.txt", drawn)) == {body}


def test_half_a_year_is_no_fall() -> None:
    months = "Trong 6 tháng đầu năm 2022, Sở tiếp nhận 702 hồ sơ."
    full = [_report(year, f"Năm {year}, Sở tiếp nhận {year} hồ sơ.") for year in (2020, 2021)]
    _, charts = _charts(*full, _report(2022, f"{months}\n\nNăm 2022, Sở tiếp nhận 1.502 hồ sơ."))
    (drawn,) = charts.values()
    path = re.search(r'class="line" d="([^"]*)"', drawn)
    assert path is not None
    # 2020 to 2021, and from the first half of 2022 to the whole of it, which begins on one day.
    assert re.sub("[^ML]", "", path[1]) == "MLML"
    assert "01/01/2022–30/06/2022" in drawn


def test_counts_have_no_lines_between_whole_numbers() -> None:
    words = "Năm {0}, Sở cử {1} cán bộ tham gia tập huấn."
    _, charts = _charts(
        *(_report(year, words.format(year, year - 2015)) for year in (2019, 2020, 2021))
    )
    (drawn,) = charts.values()
    assert re.findall(r'class="end">(\d+)<', drawn) == ["4", "5", "6"]
