"""The reference of the command line: the parser goes in, one page in two languages comes out.

``docs/cli.md`` is this page as a file; a test keeps it fresh, and
``python -m docparse.cli.page FILE`` writes it. The examples of each command stand beside the page,
in a TOML file of its name.

>>> cli_page({}).splitlines()[0]
'<!-- python -m docparse.cli.page docs/cli.md -->'
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docparse.cli import make_parser
from docparse.cli.arguments import Parser
from docparse.cli.words import words

_EVERYWHERE = ("help", "lang")


def cli_page(examples: Mapping[str, Sequence[str]]) -> str:
    """Every command with its arguments and options, as the parser has them, and its examples."""
    vietnamese, english = make_parser("vi"), make_parser("en")
    lines = ["<!-- python -m docparse.cli.page docs/cli.md -->", ""]
    lines += [f"# {_both('page-title')}", ""]
    for name in ("about", "page-about", "exit-codes"):
        lines += [words(name, "vi"), "", words(name, "en"), ""]
    lines += [*_table(_offered(vietnamese), english), ""]
    commands = list(_commands(vietnamese, english))
    lines += [f"| {_both('commands')} | | |", "|---|---|---|"]
    for first, second in commands:
        link = f"[`{first.prog}`](#{first.prog.replace(' ', '-')})"
        lines.append(f"| {link} | {first.description} | {second.description} |")
    for first, second in commands:
        lines += ["", *_section(first, second)]
        if first.prog in examples:
            lines += ["", "```sh", *examples[first.prog], "```"]
    return "\n".join(lines) + "\n"


def _both(name: str) -> str:
    """Words in Vietnamese and English side by side, as a heading has them."""
    first, second = (words(name, lang) for lang in ("vi", "en"))
    return f"{first[0].upper()}{first[1:]} · {second[0].upper()}{second[1:]}"


def _commands(vietnamese: Parser, english: Parser) -> Iterator[tuple[Parser, Parser]]:
    """The commands that can be run, in the order of the help, once in each language."""
    for action, same in zip(vietnamese._actions, english._actions, strict=True):
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _commands(below, same.choices[name])  # type: ignore[index]
            return
    yield vietnamese, english


def _section(vietnamese: Parser, english: Parser) -> Iterator[str]:
    actions = [one for one in _offered(vietnamese) if one.dest not in _EVERYWHERE]
    yield f"## {vietnamese.prog}"
    yield ""
    yield f"{_sentence(vietnamese.description)} {_sentence(english.description)}"
    yield ""
    yield "```"
    yield " ".join([vietnamese.prog, *map(_written, _needed(actions)), "[OPTIONS]"])
    yield "```"
    yield ""
    yield from _table(actions, english)


def _sentence(said: str | None) -> str:
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _offered(parser: Parser) -> list[argparse.Action]:
    """Arguments first, as they are typed; then the options."""
    found = [one for one in parser._actions if not isinstance(one, argparse._SubParsersAction)]
    return sorted(found, key=lambda one: bool(one.option_strings))


def _needed(actions: list[argparse.Action]) -> list[argparse.Action]:
    return [one for one in actions if one.required or not one.option_strings]


def _written(action: argparse.Action) -> str:
    """An argument as it is typed in a call."""
    value = "|".join(map(str, action.choices or ())) or str(action.metavar or "")
    if action.option_strings:
        return f"{action.option_strings[-1]} {value}"
    many = {"+": f"{value} [{value} ...]", "*": f"[{value} ...]", "?": f"[{value}]"}
    return many.get(str(action.nargs), value)


def _table(actions: list[argparse.Action], english: Parser) -> Iterator[str]:
    english_words = {_name(one): one.help for one in english._actions}
    vi, en = (words("meaning", lang).capitalize() for lang in ("vi", "en"))
    yield f"| | {vi} | {en} |"
    yield "|---|---|---|"
    for action in actions:
        said = (action.help, english_words[_name(action)])
        yield " | ".join(("| " + _name(action), *(_cell(one or "") for one in said))) + " |"


def _name(action: argparse.Action) -> str:
    """The first cell of a row: how the option is written, and what it may be."""
    if not action.option_strings:
        return f"`{action.metavar}`"
    if action.choices:
        values = ", ".join(f"`{one}`" for one in action.choices)
        return f"{_spelt(action, '')} {values}"
    return _spelt(action, f" {action.metavar}" if action.metavar else "")


def _spelt(action: argparse.Action, value: str) -> str:
    return ", ".join(f"`{one}{value}`" for one in action.option_strings)


def _cell(said: str) -> str:
    return said.replace("|", "\\|")


if __name__ == "__main__":
    page = Path(sys.argv[1])
    beside = tomllib.loads(page.with_suffix(".toml").read_text(encoding="utf-8"))
    page.write_text(cli_page(beside), encoding="utf-8")
