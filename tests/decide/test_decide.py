"""Statuses, what has gone, and what nobody answers to any more."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import docparse
from docparse.decide import add_suppression, decide, read_baseline
from docparse.errors import SettingsError
from docparse.models import Checked, Coverage, Finding, KnownFinding, Suppression
from docparse.render.findings import findings_schema

TODAY = date(2024, 5, 20)
ONE, TWO, THREE = (letter * 16 for letter in "abc")


def _finding(name: str, code: str = "CIT501") -> Finding:
    return Finding(
        code=code,
        name="two-dates-one-document",
        severity="error",
        confidence=0.9,
        evidence=(),
        fingerprint=name,
    )


def _decision(name: str, **more: object) -> Suppression:
    return Suppression(fingerprint=name, reason="đã hỏi", **more)  # type: ignore[arg-type]


def _known(name: str, code: str = "CIT501", *reports: str) -> KnownFinding:
    return KnownFinding(fingerprint=name, code=code, message="", reports=reports)


CHECKED = Checked(
    findings=(_finding(ONE), _finding(TWO)), coverage=(Coverage(report="thang-5/a.txt"),)
)


def _statuses(checked: Checked) -> list[str]:
    return [one.status for one in checked.findings]


def test_without_decisions_everything_is_new() -> None:
    assert decide(CHECKED) == CHECKED


def test_a_decision_outweighs_the_baseline() -> None:
    done = decide(CHECKED, [_decision(TWO)], [_known(ONE), _known(TWO)], today=TODAY)
    assert _statuses(done) == ["known", "suppressed"]
    assert done.findings[1].suppression == _decision(TWO)
    assert done.decided.compared


@pytest.mark.parametrize(
    ("until", "status"),
    [
        (date(2024, 5, 19), "new"),
        (date(2024, 5, 20), "suppressed"),
        (date(2024, 5, 21), "suppressed"),
        (None, "suppressed"),
    ],
)
def test_a_decision_holds_up_to_its_last_day(until: date | None, status: str) -> None:
    decision = _decision(ONE, until=until)
    done = decide(CHECKED, [decision], today=TODAY)
    assert _statuses(done) == [status, "new"]
    assert done.decided.expired == (() if status == "suppressed" else (decision,))
    assert done.decided.unused == ()


def test_a_decision_without_a_finding_is_unused() -> None:
    done = decide(CHECKED, [_decision(THREE)], today=TODAY)
    assert done.decided.unused == (_decision(THREE),)


@pytest.mark.parametrize(("code", "unused"), [(None, 0), ("FIG101", 0), ("CIT501", 1)])
def test_what_was_not_run_leaves_no_decision_unused(code: str | None, unused: int) -> None:
    done = decide(CHECKED, [_decision(THREE, code=code)], codes={"CIT501"}, today=TODAY)
    assert len(done.decided.unused) == unused


@pytest.mark.parametrize(
    ("known", "gone"),
    [
        (_known(THREE, "CIT501", "a.txt"), True),
        (_known(THREE, "CIT501"), True),
        (_known(THREE, "FIG101", "a.txt"), False),  # its check did not run
        (_known(THREE, "CIT501", "a.txt", "b.txt"), False),  # one of its files is missing
    ],
)
def test_only_what_was_looked_for_can_have_gone(known: KnownFinding, gone: bool) -> None:
    done = decide(CHECKED, (), [known], codes={"CIT501"})
    assert done.decided.resolved == ((known,) if gone else ())
    assert done.decided.unsought == (not gone)


SLIP = "Việc này xong trước ngày 31/11/2023.\n"
MORE = "Việc kia xong trước ngày 31/04/2023.\n"


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "bao-cao.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["baseline", "result"])
def test_an_accepted_finding_stays_known_in_a_folder_that_was_moved(
    kind: str, tmp_path: Path
) -> None:
    before = docparse.check(_write(tmp_path / "cu", SLIP))
    file = tmp_path / "truoc.json"
    text = before.baseline() if kind == "baseline" else json.dumps(before.to_dict())
    file.write_text(text, encoding="utf-8")
    moved = _write(tmp_path / "moi", "Sở đã họp.\n\n" + SLIP + MORE)
    after = docparse.check(moved, baseline=file)
    assert sorted(one.status for one in after.findings) == ["known", "new"]
    assert [one.evidence[0].span.quote for one in after.new] == ["ngày 31/04/2023"]
    assert after.checked.decided.resolved == ()
    mended = docparse.check(_write(tmp_path / "moi", MORE), baseline=file)
    (gone,) = mended.checked.decided.resolved
    assert (gone.code, gone.reports) == ("SEQ707", ("bao-cao.txt",))
    assert "31/11/2023" in gone.message


def test_what_is_hidden_has_not_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Đã giải quyết 12.345 hồ sơ, trị giá 1.5 tỷ đồng; đạt 98,5%.", encoding="utf-8")
    with_notes = docparse.check(path, notes=True)
    assert [one for one in with_notes.findings if one.severity == "note"]
    file = tmp_path / "b.json"
    file.write_text(with_notes.baseline(), encoding="utf-8")
    assert docparse.check(path, baseline=file).checked.decided.resolved == ()


def test_a_suppressed_finding_is_not_accepted(tmp_path: Path) -> None:
    path = _write(tmp_path, SLIP)
    name = docparse.check(path).findings[0].fingerprint
    decisions = tmp_path / "d.toml"
    decisions.write_text(f'[[suppress]]\nfingerprint = "{name}"\nreason = "x"\n', encoding="utf-8")
    result = docparse.check(path, decisions=decisions)
    file = tmp_path / "b.json"
    for text in (result.baseline(), json.dumps(result.to_dict())):
        file.write_text(text, encoding="utf-8")
        assert read_baseline(file) == ()
        assert [one.status for one in docparse.check(path, baseline=file).findings] == ["new"]


def test_what_was_decided_keeps_the_contract(tmp_path: Path) -> None:
    path = _write(tmp_path, SLIP + MORE)
    first, second = docparse.check(path).findings
    baseline = tmp_path / "b.json"
    baseline.write_text(docparse.check(path).baseline(), encoding="utf-8")
    decisions = tmp_path / "d.toml"
    for name, until in (
        (first.fingerprint, "2999-01-01"),
        (ONE, "2999-01-01"),
        (TWO, "2001-01-01"),
    ):
        decision = _decision(name, until=date.fromisoformat(until))
        add_suppression(decisions, decision)
    _write(tmp_path, MORE if "11/2023" in second.evidence[0].span.quote else SLIP)
    said = docparse.check(path, decisions=decisions, baseline=baseline).to_dict(show_passed=True)
    jsonschema.Draft202012Validator(findings_schema()).validate(said)
    assert [one["status"] for one in said["findings"]] == ["suppressed"]
    assert said["findings"][0]["suppression"]["until"] == "2999-01-01"
    assert [one["fingerprint"] for one in said["decided"]["resolved"]] == [second.fingerprint]
    assert [one["fingerprint"] for one in said["decided"]["unused"]] == [ONE]
    assert [one["fingerprint"] for one in said["decided"]["expired"]] == [TWO]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        '{"schema": "docparse.report/1"}',
        '{"schema": "docparse.baseline/1"}',
        '{"schema": "docparse.baseline/1", "findings": [1]}',
        '{"schema": "docparse.baseline/1", "findings": [{"fingerprint": "x"}]}',
        '{"schema": "docparse.baseline/1", "findings":'
        ' [{"fingerprint": "x", "code": "CIT501", "message": "", "reports": []}]}',
        '{"schema": "docparse.findings/1", "findings": {"a": 1}}',
    ],
)
def test_what_is_no_baseline_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"b\.json") as caught:
        read_baseline(path)
    assert "{file}" not in caught.value.sentence("vi")


def test_a_missing_baseline_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.json"):
        read_baseline(tmp_path / "none.json")
