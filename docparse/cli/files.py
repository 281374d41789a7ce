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
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

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
            show_progress(count, total)
        if done.failure is None:
            yield done.text
        else:
            failures.append(done.failure)


def show_progress(count: int, total: int) -> None:
    """How many files are done, on a line of its own that is written over."""
    print(f"\r{count}/{total}", end="\n" if count == total else "", file=sys.stderr, flush=True)


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


def write(pieces: Iterable[str], output: str, *, mark: bool = False) -> None:
    """To the screen, or to a file that appears only when it is whole.

    With ``mark`` the file begins with the mark by which Excel knows that it is Unicode.
    """
    if output == "-":
        sys.stdout.writelines(pieces)
        return
    from pathlib import Path

    def to_file(whole: Path) -> None:
        encoding = "utf-8-sig" if mark else "utf-8"
        end = "" if mark else None  # rows of CSV have their own ends
        with whole.open("w", encoding=encoding, errors="backslashreplace", newline=end) as file:
            file.writelines(pieces)

    _write_whole(Path(output), to_file)


def write_bytes(content: bytes, output: str) -> None:
    """The same for a file that is no text; a terminal is no place for it."""
    from pathlib import Path

    from docparse.errors import UsageError

    if output != "-":
        _write_whole(Path(output), lambda whole: whole.write_bytes(content))
    elif sys.stdout.isatty():
        raise UsageError("not-for-a-terminal")
    else:
        sys.stdout.buffer.write(content)


def _write_whole(path: Path, to_file: Callable[[Path], object]) -> None:
    from docparse.errors import UsageError, system_cause

    whole = path if path.exists() and not path.is_file() else path.with_name(f".{path.name}.part")
    try:
        to_file(whole)
        if whole != path:
            whole.replace(path)
    except OSError as error:
        raise UsageError("cannot-write", path=str(path), **system_cause(error)) from error
    finally:
        if whole != path:
            whole.unlink(missing_ok=True)


def seen_from_here(path: Path) -> str:
    """A path below this folder without what is above it."""
    from pathlib import Path

    here = Path.cwd()
    path = path.absolute()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def complain(sentence: str) -> None:
    """Say something that is not a result."""
    sys.stdout.flush()
    print(f"docparse: {sentence}", file=sys.stderr)
