"""SARIF 2.1.0: the log keeps the published schema and points at the right words."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

import docparse
from docparse.cli import main
from docparse.errors import ReadError
from docparse.models import Checked, Decided, Evidence, Finding, Source, Span
from docparse.patterns import load
from docparse.render.sarif import sarif_log

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json").read_bytes())
VALID = jsonschema.Draft4Validator(SCHEMA)
SLIP = "Việc này xong trước ngày 31/11/2023.\n"


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    result = docparse.check(ROOT / "corpus", notes=True)
    log = result.sarif(folder=ROOT)
    VALID.validate(log)
    return log["runs"][0]  # type: ignore[no-any-return]


def test_the_schema_can_fail() -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALID.validate({"version": "2.1.0", "runs": [{"tool": {}}]})


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_rule_has_its_help_in_both_languages(lang: str) -> None:
    log = docparse.check().sarif(lang=lang)
    VALID.validate(log)
    driver = log["runs"][0]["tool"]["driver"]
    rules = {one["id"]: one for one in driver["rules"]}
    for check in load().checks.values():
        said = rules[check.code]
        assert said["shortDescription"]["text"] == check.said(lang).title
        for words in (check.vi.title, check.vi.why, check.en.title, check.en.why):
            assert words in said["help"]["text"]
        first, second = (said["help"]["text"].index(one.why) for one in (check.vi, check.en))
        assert (first < second) is (lang == "vi")


def _at(text: str, region: dict[str, Any]) -> str:
    """The words of a region, found the way an editor finds them."""
    lines = text.split("\n")[region["startLine"] - 1 : region["endLine"]]
    lines[-1] = lines[-1][: region["endColumn"] - 1]
    lines[0] = lines[0][region["startColumn"] - 1 :]
    return "\n".join(lines)


def test_every_region_holds_its_words(run: dict[str, Any]) -> None:
    seen = 0
    for result in run["results"]:
        for place in (*result["locations"], *result["relatedLocations"]):
            physical = place["physicalLocation"]
            address = physical["artifactLocation"]
            assert run["artifacts"][address["index"]]["location"]["uri"] == address["uri"]
            text = (ROOT / unquote(address["uri"])).read_text(encoding="utf-8")
            region = physical["region"]
            assert _at(text, region) == region["snippet"]["text"] == place["message"]["text"]
            seen += region["endLine"] > region["startLine"]
    assert seen  # some go over line ends


@pytest.mark.parametrize(
    ("end", "encoding"), [("\n", "utf-8-sig"), ("\r\n", "utf-8"), ("\r\n", "utf-16")]
)
def test_regions_are_right_whatever_the_line_ends(end: str, encoding: str, tmp_path: Path) -> None:
    text = end.join(["Mục 1: 𝄞 công văn.", "", f"Theo {SLIP.strip()}", "", ""])
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (run,) = docparse.check(path).sarif(folder=tmp_path)["runs"]
    (result,) = run["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert _at(text.replace("\r\n", "\n"), region) == region["snippet"]["text"]
    assert (region["startLine"], region["startColumn"]) == (3, 26)


def test_every_side_is_a_related_location(run: dict[str, Any]) -> None:
    found = docparse.check(ROOT / "corpus", notes=True).findings
    assert len(found) == len(run["results"])
    for one, result in zip(found, run["results"], strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["relatedLocations"]) == len(one.evidence)
        assert list(result["partialFingerprints"].values()) == [one.fingerprint]
        assert result["level"] == one.severity


def test_the_same_input_gives_the_same_log(run: dict[str, Any]) -> None:
    again = docparse.check(*reversed(sorted((ROOT / "corpus").glob("*.txt")))).sarif(folder=ROOT)
    once = docparse.check(*sorted((ROOT / "corpus").glob("*.txt"))).sarif(folder=ROOT)
    assert again["runs"][0]["tool"] == once["runs"][0]["tool"]
    places = [_without_index(one["runs"][0]["results"]) for one in (again, once)]
    assert places[0] == places[1]
    assert str(ROOT) not in json.dumps(once)


def _without_index(value: Any) -> Any:
    """A result without the places in the list of files, which has the order of the call."""
    if isinstance(value, dict):
        return {name: _without_index(part) for name, part in value.items() if name != "index"}
    return [_without_index(part) for part in value] if isinstance(value, list) else value


def test_decisions_and_a_baseline_are_told(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(SLIP.replace("11/2023", "04/2023") + SLIP, encoding="utf-8")
    first, second = docparse.check(report).findings
    baseline = tmp_path / "b.json"
    baseline.write_text(docparse.check(report).baseline(), encoding="utf-8")
    decisions = tmp_path / "d.toml"
    decisions.write_text(
        f'[[suppress]]\nfingerprint = "{first.fingerprint}"\nreason = "Đã hỏi."\nwho = "N.V.A"\n'
        "until = 2999-12-31\n"
        '[[suppress]]\nfingerprint = "0123456789abcdef"\nreason = "{0} [x](1)"\n',
        encoding="utf-8",
    )
    report.write_text(SLIP.replace("11/2023", "04/2023") + "Ngày 30/02/2023.", encoding="utf-8")
    log = docparse.check(report, decisions=decisions, baseline=baseline).sarif(folder=tmp_path)
    VALID.validate(log)
    (run,) = log["runs"]
    states = {
        one["partialFingerprints"]["docparseFinding/v1"]: one["baselineState"]
        for one in run["results"]
    }
    assert states.pop(first.fingerprint) == "unchanged"
    assert states.pop(second.fingerprint) == "absent"
    assert list(states.values()) == ["new"]
    suppressed = [one for one in run["results"] if one["suppressions"]]
    assert [one["suppressions"] for one in suppressed] == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "Đã hỏi.",
                "properties": {"who": "N.V.A", "until": "2999-12-31"},
            }
        ]
    ]
    (notification,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert "{{0}} [x] (1)" in notification["message"]["text"]


def test_without_a_baseline_nothing_is_called_new(run: dict[str, Any]) -> None:
    assert not [one for one in run["results"] if "baselineState" in one]
    assert all(one["suppressions"] == [] for one in run["results"])


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("báo cáo #1 (50%).txt", "b%C3%A1o%20c%C3%A1o%20%231%20%2850%25%29.txt"),
        ("12:30.txt", "12%3A30.txt"),
        ("quý 1/a.txt", "qu%C3%BD%201/a.txt"),
    ],
)
def test_addresses_are_relative_and_encoded(name: str, address: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(SLIP, encoding="utf-8")
    (run,) = docparse.check(path).sarif(folder=tmp_path)["runs"]
    assert [one["location"]["uri"] for one in run["artifacts"]] == [address]


def test_files_elsewhere_are_seen_from_the_folder_they_share(tmp_path: Path) -> None:
    for name in ("x/a.txt", "y/b.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(SLIP, encoding="utf-8")
    log = docparse.check(tmp_path).sarif(folder=ROOT)
    names = [one["location"]["uri"] for one in log["runs"][0]["artifacts"]]
    assert names == ["x/a.txt", "y/b.txt"]
    assert str(tmp_path) not in json.dumps(log)


def _of_a_page(page: int | None, kind: str) -> dict[str, Any]:
    span = Span(
        start=0, end=5, origin_start=0, origin_end=5, line=1, line_end=1, quote="38/45", page=page
    )
    finding = Finding(
        code="FIG101",
        name="percent-mismatch",
        severity="error",
        confidence=0.95,
        evidence=(Evidence(report="a.pdf", role="part", span=span),),
        values=(("part", "38"), ("whole", "45"), ("percent", "86,4%"), ("share", "84,4%")),
        fingerprint="0123456789abcdef",
    )
    source = Source(text="38/45", path="a.pdf", sha256="0" * 64, format=kind)
    log = sarif_log(
        Checked(findings=(finding,), decided=Decided()), {"a.pdf": source}, version="0.1.0"
    )
    VALID.validate(log)
    return log["runs"][0]["results"][0]["locations"][0]  # type: ignore[no-any-return]


def test_a_place_on_a_page_has_no_line() -> None:
    place = _of_a_page(3, "pdf")
    assert "region" not in place["physicalLocation"]
    assert place["properties"]["page"] == 3
    assert place["message"]["text"] == "trang 3: 38/45"
    assert "region" not in _of_a_page(None, "docx")["physicalLocation"]


def test_what_could_not_be_read_is_said(tmp_path: Path) -> None:
    result = docparse.check(tmp_path / "none.txt")
    assert isinstance(result.failures[0], ReadError)
    log = result.sarif()
    VALID.validate(log)
    (invocation,) = log["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    assert "none.txt" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(SLIP, encoding="utf-8")
    assert main(["check", str(tmp_path), "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    VALID.validate(log)
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["SEQ707"]
