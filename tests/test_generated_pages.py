"""Pages that programs write are as the programs would write them now, and what they say holds."""

import argparse
import runpy
import shlex
import tomllib
from pathlib import Path

import pytest

import docparse
from docparse import errors
from docparse.cli import make_parser
from docparse.cli.arguments import Parser
from docparse.cli.page import cli_page

DOCS = Path(__file__).parents[1] / "docs"


def _script(name: str) -> dict[str, object]:
    return runpy.run_path(str(DOCS / f"{name}.py"))


def _page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


EXAMPLES = tomllib.loads((DOCS / "cli.toml").read_text(encoding="utf-8"))


def _commands(lang: str) -> list[Parser]:
    """Every command that can be run, in the order of the help."""
    found, waiting = [], [make_parser(lang)]
    while waiting:
        parser = waiting.pop(0)
        below = [one for action in parser._actions for one in _below(action)]
        waiting = below + waiting
        found += [] if below else [parser]
    return found


def _below(action: argparse.Action) -> list[Parser]:
    return list(action.choices.values()) if isinstance(action.choices, dict) else []


PAIRS = list(zip(_commands("vi"), _commands("en"), strict=True))
COMMANDS = pytest.mark.parametrize(("first", "second"), PAIRS, ids=[one.prog for one, _ in PAIRS])


def test_the_page_of_the_command_line_is_fresh() -> None:
    fresh = cli_page(EXAMPLES)
    assert _page("cli") == fresh, "write it with: python -m docparse.cli.page docs/cli.md"


@COMMANDS
def test_every_option_is_on_the_page_in_both_languages(first: Parser, second: Parser) -> None:
    section = _page("cli").partition(f"\n## {first.prog}\n")[2].partition("\n## ")[0]
    for action, same in zip(first._actions, second._actions, strict=True):
        if action.dest not in ("help", "lang"):
            name = (action.option_strings or [action.metavar])[-1]
            said = f"| {action.help} | {same.help} |"
            assert any(f"`{name}" in row and said in row for row in section.splitlines()), name


@COMMANDS
def test_every_option_has_an_example(first: Parser, second: Parser) -> None:
    words = {word for example in EXAMPLES[first.prog] for word in shlex.split(example)}
    for action in second._actions:
        if action.option_strings and action.dest not in ("help", "lang"):
            assert words & set(action.option_strings), action.option_strings


def test_no_example_is_of_a_command_that_is_gone() -> None:
    assert set(EXAMPLES) == {one.prog for one, _ in PAIRS}


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
