"""``docparse index …``: a collection of reports in a database, and the questions to it.

>>> from docparse.cli import main
>>> main(["index", "stats", "--db", "no-such-index.db", "--lang=en"])
2
"""

from __future__ import annotations

import sys

from docparse.cli.arguments import (
    FAILED,
    OK,
    add_command,
    add_output,
    add_reading,
    positive,
)
from docparse.cli.files import asked_patterns, complain, write, write_bytes

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from typing import Any

    from docparse.cli.arguments import Parser
    from docparse.indexing.adding import Outcome
    from docparse.indexing.collection import Index

_DB = "sqlite:///docparse.db"
_KINDS = ("dates", "symbols", "titles")
_SUMMED = ("ok", "partial", "skipped", "failed", "quarantined")
_EXPORTS = ("csv", "jsonl", "parquet", "xlsx", "graphml", "turtle", "jsonld")
_TABLES = ("reports", "citations", "documents", "figures", "files")


def add(commands: Any, lang: str) -> None:
    """Put these commands below the program."""
    index = add_command(commands, "index", lang, None)
    inner = index.commands()
    _add_adding(inner, lang)
    search = _question(inner, "search", lang, run_search)
    search.argument("text", "index-text", metavar="TEXT")
    search.option("--limit", "index-limit", type=positive, default=20, metavar="N")
    cites = _question(inner, "cites", lang, run_cites)
    cites.argument("report", "index-report", metavar="REPORT")
    cites.option("--shared-with", "index-shared", metavar="REPORT")
    cited_by = _question(inner, "cited-by", lang, run_cited_by)
    cited_by.argument("number", "index-number", metavar="NUMBER")
    cited_by.option("--limit", "index-limit", type=positive, metavar="N")
    show = _question(inner, "show", lang, run_show)
    show.argument("number", "index-number", metavar="NUMBER")
    conflicts = _question(inner, "conflicts", lang, run_conflicts)
    conflicts.option("--kind", "index-kind", action="append", choices=_KINDS, default=[])
    missing = _question(inner, "missing", lang, run_missing)
    missing.option("--reports", "index-reports", type=positive, default=2, metavar="N")
    missing.option("--limit", "index-limit", type=positive, metavar="N")
    _question(inner, "duplicates", lang, run_duplicates)
    _question(inner, "failures", lang, run_failures)
    _question(inner, "stats", lang, run_stats)
    forget = add_command(inner, "forget", lang, run_forget, text="index-forget")
    forget.argument("paths", "index-forget-paths", nargs="*", metavar="PATH")
    forget.option("--gone", "index-gone", action="store_true")
    forget.option("--dry-run", "index-dry-run", action="store_true")
    _add_db(forget)
    export = add_command(inner, "export", lang, run_export, text="index-export")
    export.option("--format", "index-export-format", choices=_EXPORTS, required=True)
    export.option("--table", "index-table", choices=_TABLES, default="citations")
    add_output(export)
    _add_db(export)


def _add_adding(commands: Any, lang: str) -> None:
    adding = add_command(commands, "add", lang, run_add, text="index-add")
    adding.argument("paths", "parse-paths", nargs="*", metavar="PATH")
    adding.option("--reparse", "index-reparse", action="store_true")
    adding.option("--retry", "index-retry", action="store_true")
    adding.option("--jobs", "parse-jobs", type=positive, default=1, metavar="N")
    adding.option("--cluster", "index-cluster", metavar="ADDRESS")
    adding.option("--format", "index-format", choices=("text", "json", "csv"), default="text")
    add_reading(adding)
    _add_db(adding)


def _question(
    commands: Any, name: str, lang: str, run: Callable[[argparse.Namespace], int]
) -> Parser:
    parser = add_command(commands, name, lang, run, text=f"index-{name}")
    parser.option("--format", "index-format", choices=("text", "json", "csv"), default="text")
    add_output(parser)
    _add_db(parser)
    return parser


def _add_db(parser: Parser) -> None:
    parser.option("--db", "index-db", metavar="URL", default=_DB)


def run_add(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.adding`."""
    from docparse.errors import NotFoundError, UsageError
    from docparse.patterns import load
    from docparse.read import find_files

    if not args.paths and not args.retry:
        raise UsageError("index-nothing-to-add")
    if "" in args.paths:
        raise UsageError("empty-path")
    asked_patterns(args)
    if args.paths and next(find_files(*args.paths), None) is None:
        raise NotFoundError("nothing-found", paths=", ".join(args.paths))  # before there is a file
    with _open(args, create=not args.retry or bool(args.paths)) as index:
        adding = index.adding(
            *args.paths,
            jobs=args.jobs,
            reparse=args.reparse,
            retry=args.retry,
            encoding=args.encoding,
            password=args.password,
            limits=args.limits,
            patterns=args.patterns,
            cluster=args.cluster,
            waits=lambda who: complain(load().message("index-waits", args.lang, who=who)),
        )
        outcomes = list(_watched(adding, adding.total))
    return _tell_outcomes(outcomes, args)


def _watched(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    """The outcomes; on a terminal with how many are done, how fast, and how long it will take."""
    from time import monotonic

    show, begin, shown = sys.stderr.isatty(), monotonic(), 0.0
    for count, outcome in enumerate(outcomes, 1):
        now = monotonic()
        if show and (now - shown > 0.2 or count == total):
            shown, rate = now, count / max(now - begin, 1e-6)
            left = int((total - count) / rate)
            line = f"{count}/{total}  {rate:.1f}/s  {left // 60}:{left % 60:02}"
            print(f"\r{line:<40}", end="\n" if count == total else "", file=sys.stderr, flush=True)
        yield outcome


def _tell_outcomes(outcomes: list[Outcome], args: argparse.Namespace) -> int:
    from docparse.indexing.printing import csv_lines
    from docparse.patterns import load
    from docparse.render.jsontext import json_array, json_line

    names = ("path", "state", "reason", "message")
    rows = [(one.path, one.state, one.reason, one.sentence(args.lang)) for one in outcomes]
    if args.format == "json":
        write(json_array(json_line(dict(zip(names, row, strict=True))) for row in rows), "-")
    elif args.format == "csv":
        write(csv_lines(names, rows), "-")
    else:
        states = [one.state for one in outcomes]
        counts = {state: states.count(state) for state in _SUMMED}
        print(load().message("index-added", args.lang, files=len(outcomes), **counts))
    older = sum(one.reason == "index-older" for one in outcomes)
    if older:
        complain(load().message("index-older-count", args.lang, count=older))
    failed = [one for one in outcomes if one.failed]
    for one in failed:
        complain(one.sentence(args.lang))
    return FAILED if failed else OK


def run_search(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.search`."""
    from docparse.index.answers import Found

    # One more than is wanted says whether there are more.
    nothing = _nothing_fits(args.text)
    return _answer(args, Found, lambda index: index.find(args.text, limit=args.limit + 1), nothing)


def run_cites(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.cites`."""
    from docparse.index.answers import Cited

    asked = {"shared_with": args.shared_with}
    nothing = "index-nothing-cites" if args.shared_with is None else "index-nothing-shared"
    return _answer(args, Cited, lambda index: index.find_cites(args.report, **asked), nothing)


def run_cited_by(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.cited_by`."""
    from docparse.index.answers import Cited

    limit, nothing = args.limit and args.limit + 1, _nothing_fits(args.number)
    return _answer(
        args, Cited, lambda index: index.find_cited_by(args.number, limit=limit), nothing
    )


def run_show(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.show`."""
    from docparse.index.answers import Shown

    nothing = _nothing_fits(args.number)
    return _answer(args, Shown, lambda index: index.show(args.number), nothing)


def run_conflicts(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.conflicts`."""
    from docparse.index.answers import Conflict

    nothing = "index-nothing-conflicts"
    return _answer(args, Conflict, lambda index: index.find_conflicts(*args.kind), nothing)


def run_missing(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.missing`."""
    from docparse.index.answers import Missing

    asked = {"reports": args.reports, "limit": args.limit and args.limit + 1}
    nothing = "index-nothing-missing" if args.reports > 1 else "index-nothing-missing-1"
    return _answer(args, Missing, lambda index: index.find_missing(**asked), nothing)


def run_duplicates(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.duplicates`."""
    from docparse.index.answers import Duplicate

    nothing = "index-nothing-duplicates"
    return _answer(args, Duplicate, lambda index: index.find_duplicates(), nothing)


def run_failures(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.failures`."""
    from docparse.index.answers import Failure

    nothing = "index-nothing-failures"
    return _answer(args, Failure, lambda index: index.find_failures(lang=args.lang), nothing)


def run_stats(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.stats`."""
    from docparse.index.answers import Stat

    return _answer(args, Stat, lambda index: index.find_stats())


def run_forget(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.forget` and :meth:`docparse.Index.gone`."""
    from docparse.errors import UsageError
    from docparse.patterns import load

    if not args.paths and not args.gone:
        raise UsageError("index-nothing-to-forget")
    with _open(args) as index:
        paths = [*index.held(*args.paths), *(index.gone() if args.gone else ())]
        if not args.dry_run:
            index.forget(*paths)
    said = "index-would-forget" if args.dry_run else "index-forgotten"
    for path in paths:
        print(path)
    complain(load().message(said, args.lang, count=len(paths)))
    return OK


def run_export(args: argparse.Namespace) -> int:
    """Behind it: :meth:`docparse.Index.export`."""
    with _open(args) as index:
        made = index.export(args.format, table=args.table)
        if isinstance(made, bytes):
            write_bytes(made, args.output)
        else:
            write(made, args.output, mark=args.format == "csv")
    return OK


def _nothing_fits(query: str) -> str:
    """What is said where nothing was found: of signs alone, that they are no question."""
    from docparse.index.fold import find_words

    asked = any(True for _ in find_words(query))
    return "index-nothing-fits" if asked else "index-nothing-asked"


def _answer(
    args: argparse.Namespace,
    kind: type,
    ask: Callable[[Index], Iterable[object]],
    nothing: str = "index-nothing-fits",
) -> int:
    """Answer one question; ``nothing`` is what is said where there is no answer."""
    from docparse.indexing.printing import answer_csv, answer_json, answer_text, paths_in
    from docparse.patterns import load

    with _open(args) as index:
        found, limit = list(ask(index)), getattr(args, "limit", None)
        answers = found[:limit]
        match args.format:
            case "json":
                pieces = answer_json(answers)
            case "csv":
                pieces = answer_csv(answers, kind)
            case _:
                colours = args.output == "-" and sys.stdout.isatty()
                sentence = load().message(nothing, args.lang, reports=getattr(args, "reports", 0))
                pieces = answer_text(answers, args.lang, colours=colours, nothing=sentence)
        write(pieces, args.output, mark=args.format == "csv")
        if limit is not None and len(found) > limit:
            complain(load().message("index-more", args.lang, count=limit, more=4 * limit))
        gone = index.gone(paths_in(answers), with_report=True) if answers else []
    if gone:
        complain(load().message("index-gone-counted", args.lang, count=len(gone)))
    return OK


def _open(args: argparse.Namespace, *, create: bool = False) -> Index:
    from docparse.indexing.collection import Index

    return Index(args.db, create=create)
