"""``docparse check`` and ``rule``: what does not add up, and what each check means.

>>> codes(["FIG,TAB201", "CIT"])
('FIG', 'TAB201', 'CIT')
"""

from __future__ import annotations

import os
import sys

from docparse.cli.arguments import LOOK, OK, add_command, add_output, add_reading, positive
from docparse.cli.files import (
    asked_files,
    asked_patterns,
    complain,
    keep,
    seen_from_here,
    show_progress,
    tell_failures,
    write,
    write_bytes,
)

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from contextlib import ExitStack
    from pathlib import Path
    from typing import Any

    from docparse.checking import CheckResult
    from docparse.indexing.shelf import ReportShelf
    from docparse.patterns import Patterns
    from docparse.settings import Choices, Settings

_LEVELS = ("error", "warning", "note")
_FAIL_ON = ("never", *_LEVELS)


def add(commands: Any, lang: str) -> None:
    """Put these commands below the program."""
    check = add_command(commands, "check", lang, run_check)
    check.argument("paths", "parse-paths", nargs="*", metavar="PATH")
    check.option("--index", "check-index", metavar="URL")
    formats = ("text", "json", "jsonl", "sarif", "html", "xlsx")
    check.option("--format", "check-format", choices=formats, default="text")
    add_output(check)
    check.option("--select", "check-select", action="append", metavar="CODE")
    check.option("--ignore", "check-ignore", action="append", metavar="CODE")
    check.option("--profile", "check-profile", metavar="NAME")
    check.option("--level", "check-level", choices=_LEVELS)
    check.option("--notes", "check-notes", action="store_const", const="note", dest="level")
    check.option("--fail-on", "check-fail-on", choices=_FAIL_ON)
    check.option("--show-passed", "check-show-passed", action="store_true")
    check.option("--pages", "check-pages", action="store_true")
    check.option("--decisions", "check-decisions", metavar="FILE")
    check.option("--baseline", "check-baseline", metavar="FILE")
    check.option("--new-since", "check-new-since", metavar="FILE")
    check.option("--write-baseline", "check-write-baseline", metavar="FILE")
    check.option("--config", "check-config", metavar="FILE")
    check.option("--no-config", "check-no-config", action="store_true")
    check.option("--jobs", "parse-jobs", type=positive, metavar="N")
    add_reading(check)
    rule = add_command(commands, "rule", lang, run_rule)
    rule.argument("code", "rule-code", nargs="?", metavar="CODE")
    rule.option("--patterns", "patterns", metavar="DIR")


def run_check(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.check`."""
    from contextlib import ExitStack

    # What is shown of a report is taken from the index again: it stays open.
    with ExitStack() as open_until_shown:
        return _check(args, open_until_shown)


def _check(args: argparse.Namespace, open_until_shown: ExitStack) -> int:
    from functools import partial

    from docparse.checking import check
    from docparse.errors import UsageError
    from docparse.settings import Asked, choose

    if not args.paths and args.index is None:
        raise UsageError("check-nothing")
    settings = _settings(args)
    patterns = asked_patterns(args)
    asked = Asked(
        profile=args.profile,
        select=codes(args.select),
        ignore=codes(args.ignore),
        level=args.level,
        fail_on=args.fail_on,
    )
    choices = choose(asked, settings, patterns)
    decisions, baseline = _decisions(args, settings), _baseline(args, settings)
    files = asked_files(args.paths, args.output) if args.paths else []
    _spare(args, [*files, settings.path, decisions])
    if baseline:
        keep(str(baseline), args.output)
    result = check(
        *_indexed(args, patterns, open_until_shown),
        *files,
        select=choices.select,
        ignore=choices.ignore,
        level=_shown(choices),
        decisions=decisions,
        baseline=baseline,
        jobs=args.jobs or settings.jobs or 1,
        progress=partial(show_progress, total=len(files)) if sys.stderr.isatty() else None,
        encoding=args.encoding,
        password=args.password,
        limits=args.limits or settings.limits,
        patterns=patterns,
        keep_passed=args.show_passed,
    )
    if args.format == "xlsx":
        write_bytes(result.xlsx(lang=args.lang), args.output)
    else:
        write(_pieces(args, result, [settings.path, decisions]), args.output)
    failures = [error.sentence(args.lang) for error in result.failures]
    code = tell_failures(failures, len(result.reports) + len(failures), args.lang)
    if args.write_baseline:
        _accept(args, result)
        return code
    fatal = _LEVELS[: _FAIL_ON.index(choices.fail_on)]
    found = any(one.severity in fatal for one in result.new)
    return max(code, LOOK if found else OK)


def _indexed(
    args: argparse.Namespace, patterns: Patterns, open_until_shown: ExitStack
) -> Iterator[ReportShelf]:
    """The reports of the index that was named."""
    if args.index is not None:
        from docparse.indexing.collection import Index

        index = open_until_shown.enter_context(Index(args.index, create=False))
        yield open_until_shown.enter_context(index.shelf(patterns=patterns))


def _settings(args: argparse.Namespace) -> Settings:
    """What docparse.toml says, of which the command line knows the rest better."""
    from pathlib import Path

    from docparse.settings import Settings, find_settings, read_settings

    path = None if args.no_config else find_settings(_first(args.paths))
    if args.config:
        path = Path(args.config)
    settings = read_settings(path) if path else Settings()
    args.lang = args.asked_lang or settings.lang or args.lang
    args.patterns = args.patterns or settings.patterns
    return settings


def _spare(args: argparse.Namespace, read: Iterable[str | Path | None]) -> None:
    """What is read is not written over."""
    for path in read:
        if path is not None:
            keep(str(path), args.output)
            keep(str(path), args.write_baseline or "-")


def _first(paths: list[str]) -> str:
    """Where to look for what stands beside the reports; standard input has no place."""
    return "." if not paths or paths[0] in ("-", "") else paths[0]


def _decisions(args: argparse.Namespace, settings: Settings) -> Path | None:
    """The file of decisions: as asked for, else the one beside the reports if there is one."""
    from pathlib import Path

    from docparse.decide import DECISIONS_FILE
    from docparse.decide.files import found_above

    if args.decisions:
        return Path(args.decisions)
    if settings.decisions is not None:  # a file that the first decision will make
        return settings.decisions if settings.decisions.exists() else None
    return None if args.no_config else found_above(Path(_first(args.paths)), DECISIONS_FILE)


def _baseline(args: argparse.Namespace, settings: Settings) -> Path | None:
    """What was known before; one that is to be made now need not be there yet."""
    from pathlib import Path

    from docparse.errors import UsageError

    if args.baseline and args.new_since:
        raise UsageError("two-baselines")
    if args.baseline or args.new_since:
        return Path(args.baseline or args.new_since)
    known = settings.baseline
    return None if known and args.write_baseline and not known.exists() else known


def _shown(choices: Choices) -> str:
    """What makes the command fail is also shown."""
    return max(choices.level, choices.fail_on, key=("never", *_LEVELS).index)


def _pieces(
    args: argparse.Namespace, result: CheckResult, used: list[Path | None]
) -> Iterable[str]:
    """The result in the format that was asked for."""
    from docparse.render.findings import findings_lines
    from docparse.render.jsontext import json_line

    shown = {"lang": args.lang, "show_passed": args.show_passed}
    match args.format:
        case "json":
            yield json_line(result.to_dict(**shown)) + "\n"
        case "jsonl":
            yield from findings_lines(result.checked, lang=args.lang, patterns=result.patterns)
        case "html":
            yield from result.html(lang=args.lang, pages=args.pages, password=args.password)
        case "sarif":
            yield json_line(result.sarif(lang=args.lang)) + "\n"
        case _:
            yield result.text(colours=_colours(args.output), **shown)
            names = "; ".join(seen_from_here(path) for path in used if path)
            if names:
                yield result.patterns.message("findings-used", args.lang, files=names) + "\n"


def _colours(output: str) -> bool:
    """Only for a person at a terminal who has not asked for none (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return output == "-" and not plain and sys.stdout.isatty()


def _accept(args: argparse.Namespace, result: CheckResult) -> None:
    """Write what was found as the baseline of later checks."""
    from docparse.patterns import load

    write([result.baseline(lang=args.lang)], args.write_baseline)
    count = sum(one.status != "suppressed" for one in result.findings)
    values = {"count": count, "file": args.write_baseline}
    complain(load().message("baseline-written", args.lang, **values))


def run_rule(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.render.rules.rule_text`, without a code ``rule_list``."""
    from docparse.checking import find_check
    from docparse.render.rules import rule_list, rule_text

    patterns = asked_patterns(args)
    if args.code is None:
        print(rule_list(lang=args.lang, patterns=patterns), end="")
        return OK
    found = find_check(args.code, patterns)
    print(rule_text(found, lang=args.lang, patterns=patterns), end="")
    return OK


def codes(asked: list[str] | None) -> tuple[str, ...] | None:
    """What ``--select FIG,TAB201 --select CIT`` asks for: three codes; None for nothing."""
    if asked is None:
        return None
    return tuple(code for word in asked for code in word.split(",") if code)
