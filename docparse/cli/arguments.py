"""The parser of the command line: argparse in two languages, and the options many commands share.

>>> Parser("en", prog="docparse").prog
'docparse'
"""

from __future__ import annotations

import argparse
import os
from functools import partial

from docparse.cli.words import nearest, usage_error, words

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    Command = Callable[[argparse.Namespace], int]

OK, LOOK, FAILED = 0, 1, 2  # what --help calls the exit codes


class Parser(argparse.ArgumentParser):
    """argparse in two languages: it has no means to translate its own words."""

    def __init__(self, lang: str, **settings: Any) -> None:
        super().__init__(add_help=False, formatter_class=partial(_Formatter, lang), **settings)
        self.lang = lang
        self.inner: dict[str, Parser] = {}
        self.given: list[str] = []
        self.arguments = self.add_argument_group(words("arguments", lang))
        self.choices = self.add_argument_group(words("options", lang))
        self.choices.add_argument("-h", "--help", action="help", help=words("help", lang))
        self.option("--lang", "lang", choices=("vi", "en"), default=argparse.SUPPRESS)

    def argument(self, name: str, text: str, **settings: Any) -> None:
        """An argument without dashes; ``text`` is the name of its words."""
        self.arguments.add_argument(name, help=words(text, self.lang), **settings)

    def option(self, name: str, text: str, *more: str, **settings: Any) -> None:
        """An option, with more ways to write it; ``text`` is the name of its words."""
        self.choices.add_argument(*more, name, help=words(text, self.lang), **settings)

    def commands(self) -> Any:
        """Where the commands below this one are put."""
        title = words("commands", self.lang)
        made = self.add_subparsers(
            title=title, metavar="COMMAND", required=True, parser_class=Parser
        )
        self.inner = made.choices
        return made

    def read(self, given: list[str], known: argparse.Namespace) -> argparse.Namespace:
        """The call, remembered: argparse tells only the outermost parser of an unknown option."""
        self.given = given
        return self.parse_args(given, known)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with a call, how it is written, what may be meant, and stop."""
        asked = self
        for word in self.given:
            asked = asked.inner.get(word, asked)
        meant = nearest(message, asked.options())
        hint = words("meant", self.lang).format(meant) if meant else ""
        said = f"{words('error', self.lang)}: {usage_error(message, self.lang)}{hint}"
        self.exit(FAILED, f"{asked.format_usage()}{asked.prog}: {said}\n")

    def options(self) -> list[str]:
        """How its options are written."""
        return sorted(self._option_string_actions)


def add_command(
    commands: Any, name: str, lang: str, run: Command | None, *, text: str = ""
) -> Parser:
    """A command; ``text`` names its words where they are not called as the command is."""
    said = words(text or name, lang)
    parser: Parser = commands.add_parser(name, lang=lang, help=said, description=said)
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def add_reading(parser: Parser, *, patterns: bool = True) -> None:
    """How files are to be read."""
    parser.option("--encoding", "encoding", metavar="NAME")
    parser.option("--password", "password", metavar="TEXT")
    parser.option("--limits", "limits", metavar="LIMITS", type=partial(_limits, parser.lang))
    if patterns:
        parser.option("--patterns", "patterns", metavar="DIR")


def add_output(parser: Parser) -> None:
    """Where the result goes."""
    parser.option("--output", "parse-output", "-o", metavar="FILE", default="-")


def positive(written: str) -> int:
    """A number of one or more, as argparse wants it."""
    number = int(written)
    if number < 1:
        raise ValueError(written)
    return number


def _limits(lang: str, written: str) -> Any:
    from docparse.errors import UsageError
    from docparse.read.limits import read_limits

    try:
        return read_limits(written)
    except UsageError as error:
        raise argparse.ArgumentTypeError(error.sentence(lang)) from error


class ShowVersion(argparse.Action):
    """Reads the version only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from docparse import __version__

        print(f"docparse {__version__}")
        parser.exit()


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, lang: str, *, prog: str) -> None:
        super().__init__(prog, width=screen_width() - 2)
        self.lang = lang

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        shown = words("usage", self.lang) if prefix is None else prefix
        super().add_usage(usage, actions, groups, shown)


def screen_width() -> int:
    """As shutil has it, whose import would take a tenth of the time of --help."""
    try:
        return int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80
