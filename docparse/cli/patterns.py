"""``docparse patterns``: are the pattern files sound, and what would a change of them do.

>>> from docparse.cli import main
>>> main(["patterns", "check", "--lang=en"])
The patterns are sound.
0
"""

from __future__ import annotations

from docparse.cli.arguments import FAILED, LOOK, OK, add_command
from docparse.cli.files import asked_files, tell_failures

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    import argparse
    from typing import Any


def add(commands: Any, lang: str) -> None:
    """Put these commands below the program."""
    inner = add_command(commands, "patterns", lang, None, text="patterns-command").commands()
    check = add_command(inner, "check", lang, run_check, text="patterns-check")
    check.argument("folder", "patterns-folder", nargs="?", metavar="DIR")
    diff = add_command(inner, "diff", lang, run_diff, text="patterns-diff")
    diff.argument("folder", "patterns-new", metavar="DIR")
    diff.argument("paths", "parse-paths", nargs="+", metavar="PATH")
    diff.option("--against", "patterns-old", metavar="DIR")


def run_check(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.patterns.check_patterns`."""
    from docparse.patterns import load

    if _told_problems(args.folder, args.lang):
        return LOOK
    print(load().message("patterns-sound", args.lang))
    return OK


def run_diff(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.evaluate.changes.diff_patterns`."""
    from pathlib import Path

    from docparse.errors import ReadError
    from docparse.evaluate.changes import ChangeKind, change_row, diff_patterns
    from docparse.patterns import load

    paths = asked_files(args.paths, "-")
    for folder in filter(None, (args.folder, args.against)):
        if _told_problems(folder, args.lang):
            return FAILED
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
    failed = tell_failures(failures, len(paths), args.lang)
    return failed or (LOOK if any(counts.values()) else OK)


def _told_problems(folder: str | None, lang: str) -> int:
    """Print what is wrong with a folder of patterns, and how many mistakes there are."""
    from pathlib import Path

    from docparse.patterns import check_patterns, load
    from docparse.patterns.check import file_names

    problems = check_patterns(Path(folder) if folder else None, lang=lang)
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {problem.entry}: {problem.message}")
    if any(problem.code == "pattern-unknown-file" for problem in problems):
        print(load().message("patterns-file-names", lang, known=", ".join(file_names())))
    if problems:
        print(load().message("patterns-problems", lang, count=len(problems)))
    return len(problems)
