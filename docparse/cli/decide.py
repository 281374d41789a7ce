"""``docparse suppress`` and ``review``: what people have decided about findings.

>>> from docparse.cli import main
>>> main(["review", "no-such-file.xlsx", "--lang=en"])
2
"""

from __future__ import annotations

from docparse.cli.arguments import LOOK, OK, add_command
from docparse.cli.files import asked_patterns, complain, seen_from_here

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from typing import Any


def add(commands: Any, lang: str) -> None:
    """Put these commands below the program."""
    suppress = add_command(commands, "suppress", lang, run_suppress)
    suppress.argument("fingerprint", "suppress-fingerprint", metavar="FINGERPRINT")
    suppress.option("--reason", "suppress-reason", metavar="TEXT", required=True)
    suppress.option("--who", "suppress-who", metavar="NAME")
    suppress.option("--until", "suppress-until", metavar="YYYY-MM-DD")
    suppress.option("--note", "suppress-note", metavar="TEXT")
    suppress.option("--found-in", "suppress-found-in", metavar="FILE")
    suppress.option("--decisions", "suppress-decisions", metavar="FILE")
    review = add_command(commands, "review", lang, run_review)
    review.argument("file", "review-file", metavar="FILE")
    review.option("--decisions", "suppress-decisions", metavar="FILE")
    review.option("--patterns", "patterns", metavar="DIR")


def run_suppress(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.decide.add_suppression`."""
    from datetime import date

    from docparse.decide import add_suppression
    from docparse.models import Suppression
    from docparse.patterns import load

    found = _found_in(args)
    path = _decisions_file(args)
    decision = Suppression(
        fingerprint=args.fingerprint,
        reason=args.reason.strip(),
        who=args.who,
        until=_day(args.until),
        code=found and found.code,
        note=args.note or (found and found.message),
        day=date.today(),
    )
    add_suppression(path, decision)
    print(load().message("decision-written", args.lang, file=seen_from_here(path)))
    return OK


def run_review(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.decide.review`."""
    from pathlib import Path

    from docparse.decide import review

    patterns = asked_patterns(args)
    path = _decisions_file(args)
    done = review(Path(args.file), path, patterns)
    counts = {"added": done.added, "changed": done.changed, "dropped": done.dropped}
    print(patterns.message("review-done", args.lang, file=seen_from_here(path), **counts))
    for row, before in done.replaced:
        values = {"row": row, "who": before.who or "?", "reason": before.reason}
        complain(patterns.message("review-replaced", args.lang, **values))
    if done.commented:
        rows = ", ".join(map(str, done.commented))
        complain(patterns.message("review-commented", args.lang, rows=rows))
    if done.refused:
        rows = ", ".join(map(str, done.refused))
        complain(patterns.message("review-refused", args.lang, rows=rows))
    return LOOK if done.refused else OK


def _decisions_file(args: argparse.Namespace) -> Path:
    """Where decisions are kept: as asked for, as set, as found above, else in this folder."""
    from pathlib import Path

    from docparse.decide import DECISIONS_FILE
    from docparse.decide.files import found_above
    from docparse.settings import find_settings, read_settings

    path = Path(args.decisions) if args.decisions else None
    if path is None and (beside := find_settings(".")):
        path = read_settings(beside).decisions
    return path or found_above(Path(), DECISIONS_FILE) or Path(DECISIONS_FILE)


def _found_in(args: argparse.Namespace) -> Any:
    """What a result says of the finding, so that the decision can be read without it."""
    from pathlib import Path

    from docparse.decide import read_baseline
    from docparse.errors import UsageError

    if not args.found_in:
        return None
    for one in read_baseline(Path(args.found_in)):
        if one.fingerprint == args.fingerprint:
            return one
    raise UsageError("decision-not-found", said=args.fingerprint, file=args.found_in)


def _day(written: str | None) -> Any:
    from datetime import date

    from docparse.errors import UsageError

    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise UsageError("decision-day", said=written) from error
