"""``docparse evaluate``: scores against gold records.

>>> from docparse.cli import main
>>> main(["evaluate", "no-such-folder", "--lang=en"])
2
"""

from __future__ import annotations

from docparse.cli.arguments import FAILED, LOOK, OK, add_command
from docparse.cli.files import complain

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    import argparse
    from typing import Any


def add(commands: Any, lang: str) -> None:
    """Put this command below the program."""
    evaluate = add_command(commands, "evaluate", lang, run_evaluate)
    evaluate.argument("folder", "evaluate-folder", metavar="DIR")
    evaluate.option("--root", "evaluate-root", metavar="DIR")
    evaluate.option("--floors", "evaluate-floors", metavar="FILE")
    evaluate.option("--pin", "evaluate-pin", action="store_true")
    evaluate.option("--details", "evaluate-details", action="store_true")


def run_evaluate(args: argparse.Namespace) -> int:
    """Behind it: :func:`docparse.evaluate.evaluate`."""
    from pathlib import Path

    from docparse.evaluate import evaluate
    from docparse.evaluate.floors import broken_floors, pin_floors
    from docparse.evaluate.printing import scores_text

    scores = evaluate(args.folder, args.root, lang=args.lang)
    print(scores_text(scores, lang=args.lang, details=args.details), end="")
    for problem in scores.problems:
        complain(problem)
    if scores.problems:
        return FAILED
    path = Path(args.floors or Path(args.folder, "floors.toml"))
    broken = broken_floors(scores, path, lang=args.lang)
    for sentence in broken:
        complain(sentence)
    if broken:
        return LOOK
    if args.pin:
        print(pin_floors(scores, path, lang=args.lang))
    return OK
