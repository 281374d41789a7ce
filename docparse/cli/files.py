"""What every command does with files and messages: find, write whole, tell what failed.

>>> written_to("-", "a.txt")
False
"""

from __future__ import annotations

import sys

from docparse.cli.arguments import FAILED, OK

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from docparse.batch import Done
    from docparse.patterns import Patterns


def asked_patterns(args: argparse.Namespace) -> Patterns:
    """The patterns of this call; a faulty folder is said once, before any file is read."""
    from pathlib import Path

    from docparse.patterns import load

    args.patterns = args.patterns and Path(args.patterns)
    return load(args.patterns)


def asked_files(paths: list[str], output: str) -> list[str]:
    """The files to read; what an earlier call has written to ``output`` is not one of them."""
    from docparse.errors import NotFoundError, UsageError
    from docparse.read import find_files

    if "" in paths:
        raise UsageError("empty-path")
    for path in paths:
        keep(path, output)
    found = [str(path) for path in find_files(*paths) if not written_to(str(path), output)]
    if not found:
        raise NotFoundError("nothing-found", paths=", ".join(paths))
    return found


def keep(path: str, output: str) -> None:
    """A source is never written over."""
    from docparse.errors import UsageError

    if written_to(path, output):
        raise UsageError("output-is-source", path=output)


def written_to(path: str, output: str) -> bool:
    """Whether the output of this call would be this file."""
    from pathlib import Path

    try:
        return path != "-" and output != "-" and Path(path).samefile(output)
    except (OSError, ValueError):
        return False


def readable(results: Iterator[Done], total: int, failures: list[str]) -> Iterator[str]:
    """The rendered reports; failures are collected, and progress shown where nobody pipes."""
    show = sys.stderr.isatty() and not sys.stdout.isatty()
    for count, done in enumerate(results, 1):
        if show:
            print(f"\r{count}/{total}", end="\n" if count == total else "", file=sys.stderr)
        if done.failure is None:
            yield done.text
        else:
            failures.append(done.failure)


def tell_failures(failures: list[str], total: int, lang: str) -> int:
    """Say what could not be read, and why; the exit code that follows from it."""
    from docparse.patterns import load

    if not failures:
        return OK
    if total > 1:
        counts = {"count": len(failures), "read": total - len(failures)}
        complain(load().message("failures-count", lang, **counts))
    for failure in failures:
        complain(failure)
    return FAILED


def write(pieces: Iterable[str], output: str) -> None:
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


def complain(sentence: str) -> None:
    """Say something that is not a result."""
    sys.stdout.flush()
    print(f"docparse: {sentence}", file=sys.stderr)
