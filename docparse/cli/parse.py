"""``docparse parse``, ``decode`` and ``explain-repairs``: what stands in the files.

>>> from docparse.cli import main
>>> main(["parse", "no-such-file", "--lang=en"])
2
"""

from __future__ import annotations

from docparse.cli.arguments import OK, add_command, add_output, add_reading, positive
from docparse.cli.files import (
    asked_files,
    asked_patterns,
    complain,
    keep,
    readable,
    tell_failures,
    write,
)

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    import argparse
    from typing import Any


def add(commands: Any, lang: str) -> None:
    """Put these commands below the program."""
    parse = add_command(commands, "parse", lang, run_parse)
    parse.argument("paths", "parse-paths", nargs="+", metavar="PATH")
    formats = ("json", "jsonl", "text")
    parse.option("--format", "parse-format", choices=formats, default="json")
    add_output(parse)
    parse.option("--jobs", "parse-jobs", type=positive, default=1, metavar="N")
    add_reading(parse)
    decode = add_command(commands, "decode", lang, run_decode)
    decode.argument("file", "decode-file", metavar="FILE")
    add_output(decode)
    add_reading(decode, patterns=False)
    explain = add_command(commands, "explain-repairs", lang, run_explain_repairs)
    explain.argument("file", "explain-file", metavar="FILE")
    add_reading(explain)


def run_parse(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.parse`, for each file of :func:`docparse.read.find_files`."""
    from docparse.batch import Job, render_files
    from docparse.read.encodings import decode
    from docparse.render.jsontext import json_array

    asked_patterns(args)
    if args.encoding:
        decode(b"?", encoding=args.encoding)  # a name that is not known is said once
    paths = asked_files(args.paths, args.output)
    jobs = (
        Job(
            path=path,
            format="text" if args.format == "text" else "json",
            lang=args.lang,
            encoding=args.encoding,
            password=args.password,
            limits=args.limits,
            patterns=args.patterns,
        )
        for path in paths
    )
    failures: list[str] = []
    results = render_files(jobs, workers=args.jobs, limits=args.limits)
    done = readable(results, len(paths), failures)
    match args.format:
        case "json":
            pieces = json_array(done)
        case "jsonl":
            pieces = (line + "\n" for line in done)
        case _:
            pieces = (text + "\n" for text in done)
    write(pieces, args.output)
    return tell_failures(failures, len(paths), args.lang)


def run_decode(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.read.read`."""
    from docparse.patterns import load
    from docparse.read import read

    keep(args.file, args.output)
    how = {"encoding": args.encoding, "password": args.password, "limits": args.limits}
    source = read(args.file, **how)
    write([source.text], args.output)
    for notice in source.notices:
        complain(load().message(notice.code, args.lang, **dict(notice.values)))
    return OK


def run_explain_repairs(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.render.repairs.repairs_text`."""
    from docparse.pipeline import parse
    from docparse.render.repairs import repairs_text

    how = {"encoding": args.encoding, "password": args.password, "limits": args.limits}
    report = parse(args.file, patterns=asked_patterns(args), **how)
    print(repairs_text(report.text, report.notices, lang=args.lang), end="")
    return OK
