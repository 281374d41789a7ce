"""The command line: arguments in, records and messages out; the only package that prints.

Everything beyond argparse is imported inside the command that needs it, so that
``docparse --help`` is instant. Behind each command stands a function of the library.

    arguments   argparse in two languages      words   what it says of itself
    files       finding, writing, failures     the rest: a module for a group of commands

>>> main(["--version"])  # doctest: +ELLIPSIS
docparse ...
0
"""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper

from docparse.cli import check, decide, evaluate, index, parse, patterns
from docparse.cli.arguments import FAILED, OK, Parser, ShowVersion, screen_width
from docparse.cli.files import complain
from docparse.cli.words import words

INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 or 2 as ``--help`` explains."""
    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        # JSON is UTF-8 by definition, whatever the locale says. A lone surrogate comes out
        # as \udcff, which is how JSON writes it.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    lang = language(arguments)
    if sys.stdout is None:  # closed by the caller: nowhere to write to
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    try:
        given = argparse.Namespace(lang=lang, asked_lang=asked_language(arguments))
        args = make_parser(lang).read(arguments, given)
        return _guarded(args)
    except SystemExit as stop:  # argparse has said what is wrong
        return int(stop.code or OK)


def language(arguments: list[str]) -> str:
    """The language of messages: as asked for, else as the locale clearly says, else Vietnamese."""
    if asked := asked_language(arguments):
        return asked
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "vi"


def asked_language(arguments: list[str]) -> str | None:
    """The language that the command line names."""
    for option, value in zip(arguments, [*arguments, ""][1:], strict=True):
        asked = value if option == "--lang" else option.removeprefix("--lang=")
        if option.startswith("--lang") and asked in ("vi", "en"):
            return asked
    return None


def make_parser(lang: str) -> Parser:
    """The program's parser, with all its commands, in one language."""
    import textwrap

    ends = textwrap.fill(words("exit-codes", lang), screen_width() - 2)
    parser = Parser(lang, prog="docparse", description=words("about", lang), epilog=ends)
    parser.choices.add_argument(
        "--version", action=ShowVersion, nargs=0, help=words("version", lang)
    )
    commands = parser.commands()
    for group in (parse, check, decide, index, patterns, evaluate):
        group.add(commands, lang)
    return parser


def _guarded(args: argparse.Namespace) -> int:
    from docparse.errors import DocparseError, system_cause
    from docparse.patterns import load

    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        _stop_printing()  # the reader (head, less) has seen enough
        return OK
    except OSError as error:
        _stop_printing()
        complain(load().message("cannot-print", args.lang, **system_cause(error)))
        return FAILED
    except KeyboardInterrupt:
        complain(load().message("interrupted", args.lang))
        return INTERRUPTED
    except DocparseError as error:
        complain(error.sentence(args.lang))
        return FAILED
    return code


def _stop_printing() -> None:
    """Python must not try to flush again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
