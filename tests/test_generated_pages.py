"""Pages that programs write are as the programs would write them now, and what they say holds."""

import runpy
from pathlib import Path

import pytest

import docparse
from docparse import errors
from docparse.cli import make_parser
from docparse.cli.page import cli_page

DOCS = Path(__file__).parents[1] / "docs"


def _script(name: str) -> dict[str, object]:
    return runpy.run_path(str(DOCS / f"{name}.py"))


def _page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def test_the_page_of_the_command_line_is_fresh() -> None:
    assert _page("cli") == cli_page(), "write it with: python -m docparse.cli.page docs/cli.md"


def test_every_option_is_on_the_page_in_both_languages() -> None:
    page = _page("cli")
    waiting = [(make_parser("vi"), make_parser("en"))]
    told = 0
    while waiting:
        for action, same in zip(*(one._actions for one in waiting.pop()), strict=True):
            if isinstance(action.choices, dict):
                pairs = zip(action.choices.values(), same.choices.values(), strict=True)
                waiting.extend(pairs)
                continue
            name = (action.option_strings or [action.metavar])[-1]
            said = f"| {action.help} | {same.help} |"
            assert any(f"`{name}" in row and said in row for row in page.splitlines()), name
            told += 1
    assert told > 50


def test_the_page_of_public_names_is_fresh() -> None:
    assert _page("api") == _script("api")["api_page"](), "write it with: python docs/api.py"


def test_every_public_name_has_a_heading() -> None:
    headings = {line.lstrip("# ") for line in _page("api").splitlines() if line.startswith("###")}
    assert {name for name in docparse.__all__ if not name.startswith("__")} <= headings


def test_every_error_is_in_the_tree() -> None:
    page = _page("api")
    kinds = [one for one in vars(errors).values() if isinstance(one, type)]
    for kind in (one for one in kinds if issubclass(one, errors.DocparseError)):
        assert kind.__name__ in page


@pytest.mark.parametrize(
    ("said", "forbidden"),
    [
        ("MIT", False),
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GPL-2.0-only OR MIT", False),
        ("MIT AND GPL-2.0-only", True),
        ("", True),  # a licence that nobody names gives no permission
    ],
)
def test_what_licence_is_forbidden(said: str, forbidden: bool) -> None:
    assert _script("licences")["is_forbidden"](said) is forbidden


def test_nothing_that_users_install_is_forbidden() -> None:
    script = _script("licences")
    installed, _ = script["packages"]()
    assert len(installed) > 20
    assert [one for one in installed if script["is_forbidden"](one.licence)] == []


def test_the_page_of_licences_names_every_dependency() -> None:
    script = _script("licences")
    rows = [row.split(" | ") for row in _page("licences").splitlines() if row.startswith("| ")][1:]
    told = {row[0].removeprefix("| "): row[2] for row in rows}
    assert {script["_read"](wanted)[0] for wanted in script["requirements"]()} <= set(told)
    assert [name for name, said in told.items() if script["is_forbidden"](said)] == []
