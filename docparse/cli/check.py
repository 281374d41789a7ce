"""``docparse check`` and ``rule``: what does not add up, and what each check means.

>>> codes(["FIG,TAB201", "CIT"])
['FIG', 'TAB201', 'CIT']
"""

from __future__ import annotations

import sys

from docparse.cli.arguments import LOOK, OK, add_command, add_output, add_reading
from docparse.cli.files import asked_files, asked_patterns, tell_failures, write

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import Any

_FAIL_ON = ("never", "error", "warning", "note")


def add(commands: Any, lang: str) -> None:
    """Put these commands below the program."""
    check = add_command(commands, "check", lang, run_check)
    check.argument("paths", "parse-paths", nargs="+", metavar="PATH")
    formats = ("text", "json", "jsonl")
    check.option("--format", "check-format", choices=formats, default="text")
    add_output(check)
    check.option("--select", "check-select", action="append", metavar="CODE", default=[])
    check.option("--ignore", "check-ignore", action="append", metavar="CODE", default=[])
    check.option("--fail-on", "check-fail-on", choices=_FAIL_ON, default="error")
    check.option("--notes", "check-notes", action="store_true")
    check.option("--show-passed", "check-show-passed", action="store_true")
    add_reading(check)
    rule = add_command(commands, "rule", lang, run_rule)
    rule.argument("code", "rule-code", metavar="CODE")
    rule.option("--patterns", "patterns", metavar="DIR")


def run_check(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.check`."""
    from docparse.checking import check
    from docparse.render.findings import findings_lines
    from docparse.render.jsontext import json_line

    patterns = asked_patterns(args)
    result = check(
        *asked_files(args.paths, args.output),
        select=codes(args.select),
        ignore=codes(args.ignore),
        notes=args.notes or args.fail_on == "note",
        encoding=args.encoding,
        password=args.password,
        limits=args.limits,
        patterns=patterns,
    )
    shown = {"lang": args.lang, "show_passed": args.show_passed}
    match args.format:
        case "json":
            pieces: Iterable[str] = [json_line(result.to_dict(**shown)) + "\n"]
        case "jsonl":
            pieces = findings_lines(result.checked, lang=args.lang, patterns=patterns)
        case _:
            colours = args.output == "-" and sys.stdout.isatty()
            pieces = [result.text(colours=colours, **shown)]
    write(pieces, args.output)
    failures = [error.sentence(args.lang) for error in result.failures]
    code = tell_failures(failures, len(result.reports) + len(failures), args.lang)
    fatal = ("error", "warning", "note")[: _FAIL_ON.index(args.fail_on)]
    found = any(one.severity in fatal for one in result.findings)
    return max(code, LOOK if found else OK)


def run_rule(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.render.rules.rule_text`."""
    from docparse.checking import find_check
    from docparse.render.rules import rule_text

    patterns = asked_patterns(args)
    found = find_check(args.code, patterns)
    print(rule_text(found, lang=args.lang, patterns=patterns), end="")
    return OK


def codes(asked: list[str]) -> list[str]:
    """What ``--select FIG,TAB201 --select CIT`` asks for: three codes."""
    return [code for word in asked for code in word.split(",") if code]
