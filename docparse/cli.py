"""The command line: arguments in, records and messages out; the only module that prints.

Everything beyond argparse is imported inside the command that needs it, so that
``docparse --help`` is instant. Behind each command stands a function of the library.

>>> main(["--version"])  # doctest: +ELLIPSIS
docparse ...
0
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from io import TextIOWrapper

from docparse.cli_help import usage_error, words

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, NoReturn

    from docparse.batch import Done
    from docparse.patterns import Patterns

    Command = Callable[[argparse.Namespace], int]

OK, LOOK, FAILED = 0, 1, 2
_FAIL_ON = ("never", "error", "warning", "note")
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
        args = _parser(lang).parse_args(arguments, argparse.Namespace(lang=lang))
        return _guarded(args)
    except SystemExit as stop:  # argparse has said what is wrong
        return int(stop.code or OK)


def _guarded(args: argparse.Namespace) -> int:
    from docparse.errors import DocparseError
    from docparse.patterns import load

    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        _stop_printing()  # the reader (head, less) has seen enough
        return OK
    except OSError as error:
        _stop_printing()
        _complain(load().message("cannot-print", args.lang, reason=error.strerror or str(error)))
        return FAILED
    except KeyboardInterrupt:
        _complain(load().message("interrupted", args.lang))
        return INTERRUPTED
    except DocparseError as error:
        _complain(error.sentence(args.lang))
        return FAILED
    return code


def _stop_printing() -> None:
    """Python must not try to flush again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def language(arguments: list[str]) -> str:
    """The language of messages: as asked for, else as the locale clearly says, else Vietnamese."""
    for option, value in zip(arguments, [*arguments, ""][1:], strict=True):
        asked = value if option == "--lang" else option.removeprefix("--lang=")
        if option.startswith("--lang") and asked in ("vi", "en"):
            return asked
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "vi"


def run_parse(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.parse`, for each file of :func:`docparse.read.find_files`."""
    from docparse.batch import Job, render_files
    from docparse.read.encodings import decode
    from docparse.render.jsontext import json_array

    _patterns(args)
    if args.encoding:
        decode(b"?", encoding=args.encoding)  # a name that is not known is said once
    paths = _files(args.paths, args.output)
    form = "text" if args.format == "text" else "json"
    shared = {"format": form, "lang": args.lang, "encoding": args.encoding}
    jobs = (Job(path=path, patterns=args.patterns, **shared) for path in paths)
    failures: list[str] = []
    done = _readable(render_files(jobs, workers=args.jobs), len(paths), failures)
    match args.format:
        case "json":
            pieces = json_array(done)
        case "jsonl":
            pieces = (line + "\n" for line in done)
        case _:
            pieces = (text + "\n" for text in done)
    _write(pieces, args.output)
    return _tell_failures(failures, len(paths), args.lang)


def _files(paths: list[str], output: str) -> list[str]:
    """The files to read; what an earlier call has written to ``output`` is not one of them."""
    from docparse.errors import NotFoundError, UsageError
    from docparse.read import find_files

    if "" in paths:
        raise UsageError("empty-path")
    for path in paths:
        _keep(path, output)
    found = [str(path) for path in find_files(*paths) if not _same_file(str(path), output)]
    if not found:
        raise NotFoundError("nothing-found", paths=", ".join(paths))
    return found


def _keep(path: str, output: str) -> None:
    """A source is never written over."""
    from docparse.errors import UsageError

    if _same_file(path, output):
        raise UsageError("output-is-source", path=output)


def _same_file(path: str, output: str) -> bool:
    from pathlib import Path

    try:
        return path != "-" and output != "-" and Path(path).samefile(output)
    except (OSError, ValueError):
        return False


def _readable(results: Iterator[Done], total: int, failures: list[str]) -> Iterator[str]:
    """The rendered reports; failures are collected, and progress shown where nobody pipes."""
    show = sys.stderr.isatty() and not sys.stdout.isatty()
    for count, done in enumerate(results, 1):
        if show:
            print(f"\r{count}/{total}", end="\n" if count == total else "", file=sys.stderr)
        if done.failure is None:
            yield done.text
        else:
            failures.append(done.failure)


def _tell_failures(failures: list[str], total: int, lang: str) -> int:
    from docparse.patterns import load

    if not failures:
        return OK
    if total > 1:
        counts = {"count": len(failures), "read": total - len(failures)}
        _complain(load().message("failures-count", lang, **counts))
    for failure in failures:
        _complain(failure)
    return FAILED


def run_check(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.check`."""
    from docparse.checking import check
    from docparse.render.findings import findings_lines
    from docparse.render.jsontext import json_line

    patterns = _patterns(args)
    result = check(
        *_files(args.paths, args.output),
        select=_codes(args.select),
        ignore=_codes(args.ignore),
        notes=args.notes or args.fail_on == "note",
        encoding=args.encoding,
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
    _write(pieces, args.output)
    failures = [error.sentence(args.lang) for error in result.failures]
    code = _tell_failures(failures, len(result.reports) + len(failures), args.lang)
    fatal = ("error", "warning", "note")[: _FAIL_ON.index(args.fail_on)]
    found = any(one.severity in fatal for one in result.findings)
    return max(code, LOOK if found else OK)


def run_rule(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.render.rules.rule_text`."""
    from docparse.checking import find_check
    from docparse.render.rules import rule_text

    patterns = _patterns(args)
    found = find_check(args.code, patterns)
    print(rule_text(found, lang=args.lang, patterns=patterns), end="")
    return OK


def _codes(asked: list[str]) -> list[str]:
    """What ``--select FIG,TAB201 --select CIT`` asks for: three codes."""
    return [code for word in asked for code in word.split(",") if code]


def run_decode(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.read.read`."""
    from docparse.patterns import load
    from docparse.read import read

    _keep(args.file, args.output)
    source = read(args.file, encoding=args.encoding)
    _write([source.text], args.output)
    for notice in source.notices:
        _complain(load().message(notice.code, args.lang, **dict(notice.values)))
    return OK


def run_explain_repairs(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.render.repairs.repairs_text`."""
    from docparse.pipeline import parse
    from docparse.render.repairs import repairs_text

    report = parse(args.file, encoding=args.encoding, patterns=_patterns(args))
    print(repairs_text(report.text, report.notices, lang=args.lang), end="")
    return OK


def run_patterns_check(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.patterns.check_patterns`."""
    from pathlib import Path

    from docparse.patterns import check_patterns, load

    problems = check_patterns(args.folder and Path(args.folder), lang=args.lang)
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {problem.entry}: {problem.message}")
    code = "patterns-problems" if problems else "patterns-sound"
    print(load().message(code, args.lang, count=len(problems)))
    return LOOK if problems else OK


def run_patterns_diff(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.evaluate.changes.diff_patterns`."""
    from pathlib import Path

    from docparse.errors import ReadError
    from docparse.evaluate.changes import ChangeKind, change_row, diff_patterns
    from docparse.patterns import load

    paths = _files(args.paths, "-")
    counts = dict.fromkeys(map(str, ChangeKind), 0)
    failures: list[str] = []
    old = args.against and Path(args.against)
    for change in diff_patterns(*paths, new=Path(args.folder), old=old):
        if isinstance(change, ReadError):
            failures.append(change.sentence(args.lang))
        else:
            counts[change.kind] += 1
            print(change_row(change, lang=args.lang))
    print(load().message("changes-count", args.lang, **counts))
    failed = _tell_failures(failures, len(paths), args.lang)
    return failed or (LOOK if any(counts.values()) else OK)


def run_evaluate(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.evaluate.evaluate`."""
    from pathlib import Path

    from docparse.evaluate import evaluate
    from docparse.evaluate.floors import broken_floors, pin_floors
    from docparse.evaluate.printing import scores_text

    scores = evaluate(args.folder, args.root, lang=args.lang)
    print(scores_text(scores, lang=args.lang, details=args.details), end="")
    for problem in scores.problems:
        _complain(problem)
    if scores.problems:
        return FAILED
    path = Path(args.floors or Path(args.folder, "floors.toml"))
    broken = broken_floors(scores, path, lang=args.lang)
    for sentence in broken:
        _complain(sentence)
    if broken:
        return LOOK
    if args.pin:
        print(pin_floors(scores, path, lang=args.lang))
    return OK


def _patterns(args: argparse.Namespace) -> Patterns:
    """The patterns of this call; a faulty folder is said once, before any file is read."""
    from pathlib import Path

    from docparse.patterns import load

    args.patterns = args.patterns and Path(args.patterns)
    return load(args.patterns)


def _write(pieces: Iterable[str], output: str) -> None:
    """To the screen, or to a file that appears only when it is whole."""
    if output == "-":
        sys.stdout.writelines(pieces)
        return
    from pathlib import Path

    from docparse.errors import UsageError

    path = Path(output)
    whole = path if path.exists() and not path.is_file() else path.with_name(f".{path.name}.part")
    try:
        with whole.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(pieces)
        if whole != path:
            whole.replace(path)
    except OSError as error:
        raise UsageError("cannot-write", path=output, reason=error.strerror) from error
    finally:
        if whole != path:
            whole.unlink(missing_ok=True)


def _complain(sentence: str) -> None:
    sys.stdout.flush()
    print(f"docparse: {sentence}", file=sys.stderr)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, lang: str, *, prog: str) -> None:
        super().__init__(prog, width=_screen_width() - 2)
        self.lang = lang

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        shown = words("usage", self.lang) if prefix is None else prefix
        super().add_usage(usage, actions, groups, shown)


class _Parser(argparse.ArgumentParser):
    """argparse in two languages: it has no means to translate its own words."""

    def __init__(self, lang: str, **settings: Any) -> None:
        super().__init__(add_help=False, formatter_class=partial(_Formatter, lang), **settings)
        self.lang = lang
        self.arguments = self.add_argument_group(words("arguments", lang))
        self.choices = self.add_argument_group(words("options", lang))
        self.choices.add_argument("-h", "--help", action="help", help=words("help", lang))
        self.option("--lang", "lang", choices=("vi", "en"), default=argparse.SUPPRESS)

    def argument(self, name: str, text: str, **settings: Any) -> None:
        self.arguments.add_argument(name, help=words(text, self.lang), **settings)

    def option(self, name: str, text: str, *more: str, **settings: Any) -> None:
        self.choices.add_argument(*more, name, help=words(text, self.lang), **settings)

    def error(self, message: str) -> NoReturn:
        said = f"{words('error', self.lang)}: {usage_error(message, self.lang)}"
        self.exit(FAILED, f"{self.format_usage()}{self.prog}: {said}\n")


def _parser(lang: str) -> argparse.ArgumentParser:
    parser = _Parser(
        lang,
        prog="docparse",
        description=words("about", lang),
        epilog=_filled(words("exit-codes", lang)),
    )
    parser.choices.add_argument("--version", action=_Version, nargs=0, help=words("version", lang))
    commands = parser.add_subparsers(
        title=words("commands", lang), metavar="COMMAND", required=True, parser_class=_Parser
    )
    _add_parse(_command(commands, "parse", "parse", lang, run_parse))
    _add_check(_command(commands, "check", "check", lang, run_check))
    rule = _command(commands, "rule", "rule", lang, run_rule)
    rule.argument("code", "rule-code", metavar="CODE")
    rule.option("--patterns", "patterns", metavar="DIR")
    decode = _command(commands, "decode", "decode", lang, run_decode)
    decode.argument("file", "decode-file", metavar="FILE")
    decode.option("--output", "parse-output", "-o", metavar="FILE", default="-")
    decode.option("--encoding", "encoding", metavar="NAME")
    explain = _command(commands, "explain-repairs", "explain-repairs", lang, run_explain_repairs)
    explain.argument("file", "explain-file", metavar="FILE")
    _add_reading(explain)
    patterns = _command(commands, "patterns", "patterns-command", lang, None)
    inner = patterns.add_subparsers(
        title=words("commands", lang), metavar="COMMAND", required=True, parser_class=_Parser
    )
    check = _command(inner, "check", "patterns-check", lang, run_patterns_check)
    check.argument("folder", "patterns-folder", nargs="?", metavar="DIR")
    diff = _command(inner, "diff", "patterns-diff", lang, run_patterns_diff)
    diff.argument("folder", "patterns-new", metavar="DIR")
    diff.argument("paths", "parse-paths", nargs="+", metavar="PATH")
    diff.option("--against", "patterns-old", metavar="DIR")
    _add_evaluate(_command(commands, "evaluate", "evaluate", lang, run_evaluate))
    return parser


def _command(commands: Any, name: str, text: str, lang: str, run: Command | None) -> _Parser:
    said = words(text, lang)
    parser: _Parser = commands.add_parser(name, lang=lang, help=said, description=said)
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def _add_parse(parser: _Parser) -> None:
    parser.argument("paths", "parse-paths", nargs="+", metavar="PATH")
    formats = ("json", "jsonl", "text")
    parser.option("--format", "parse-format", choices=formats, default="json")
    parser.option("--output", "parse-output", "-o", metavar="FILE", default="-")
    parser.option("--jobs", "parse-jobs", type=_positive, default=1, metavar="N")
    _add_reading(parser)


def _add_check(parser: _Parser) -> None:
    parser.argument("paths", "parse-paths", nargs="+", metavar="PATH")
    formats = ("text", "json", "jsonl")
    parser.option("--format", "check-format", choices=formats, default="text")
    parser.option("--output", "parse-output", "-o", metavar="FILE", default="-")
    parser.option("--select", "check-select", action="append", metavar="CODE", default=[])
    parser.option("--ignore", "check-ignore", action="append", metavar="CODE", default=[])
    parser.option("--fail-on", "check-fail-on", choices=_FAIL_ON, default="error")
    parser.option("--notes", "check-notes", action="store_true")
    parser.option("--show-passed", "check-show-passed", action="store_true")
    _add_reading(parser)


def _add_reading(parser: _Parser) -> None:
    parser.option("--encoding", "encoding", metavar="NAME")
    parser.option("--patterns", "patterns", metavar="DIR")


def _add_evaluate(parser: _Parser) -> None:
    parser.argument("folder", "evaluate-folder", metavar="DIR")
    parser.option("--root", "evaluate-root", metavar="DIR")
    parser.option("--floors", "evaluate-floors", metavar="FILE")
    parser.option("--pin", "evaluate-pin", action="store_true")
    parser.option("--details", "evaluate-details", action="store_true")


def _positive(written: str) -> int:
    """A number of one or more, as argparse wants it."""
    number = int(written)
    if number < 1:
        raise ValueError(written)
    return number


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from docparse import __version__

        print(f"docparse {__version__}")
        parser.exit()


def _filled(text: str) -> str:
    import textwrap

    return textwrap.fill(text, _screen_width() - 2)


def _screen_width() -> int:
    """As shutil has it, whose import would take a tenth of the time of --help."""
    try:
        return int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80


if __name__ == "__main__":
    sys.exit(main())
