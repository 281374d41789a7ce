"""One citation finder, timed: its name and a JSON list of texts on the command line, JSON out.

Runs in the Python that has the finder installed, which need not be the one of docparse, and
imports nothing of docparse unless docparse is what is measured.

    python benchmarks/citation_finders.py eyecite texts.json 100000 1000000
"""

from __future__ import annotations

import gc
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROUNDS = 5
APART = 1_000_000  # bytes of texts that are read one by one
PATIENCE = 25.0  # seconds that one round may take; a size that takes longer is left out
Spans = list[tuple[int, int]]
# What a finder is: its version, text to input (not timed), input to records, records to spans.
Finder = tuple[str, Callable[[str], Any], Callable[[Any], Any], Callable[[Any], Spans]]


def docparse() -> Finder:
    """From repaired text to resolved records, as the other finders start from clean text."""
    from docparse import __version__
    from docparse.extract.citations import find_citations
    from docparse.models import Header, OffsetMap, Outline, Part, Source, Text
    from docparse.patterns import load

    patterns = load()

    def prepare(value: str) -> tuple[Text, Outline]:
        source = Source(text=value, path="", sha256="", format="txt")
        breaks = [at + 1 for at, character in enumerate(value) if character == "\n"]
        text = Text(value=value, source=source, offsets=OffsetMap(), line_starts=(0, *breaks))
        return text, Outline(parts=(Part(header=Header(), start=0, end=len(value)),))

    def run(given: tuple[Text, Outline]) -> Any:
        return find_citations(*given, patterns)

    return (
        __version__,
        prepare,
        run,
        lambda found: [(one.span.start, one.span.end) for one in found.citations],
    )


def eyecite(tokenizer: Any = None) -> Finder:
    """Find and resolve, with the tokenizer that eyecite takes by itself."""
    from eyecite import get_citations, resolve_citations
    from eyecite.models import UnknownCitation
    from eyecite.tokenizers import default_tokenizer

    logging.disable(logging.WARNING)
    chosen = default_tokenizer if tokenizer is None else tokenizer

    def run(text: str) -> Any:
        found = get_citations(text, tokenizer=chosen)
        resolve_citations(found)
        return found

    def spans(found: Any) -> Spans:
        return [one.span() for one in found if not isinstance(one, UnknownCitation)]

    return version("eyecite"), str, run, spans


def eyecite_hyperscan() -> Finder:
    """The same over the Hyperscan library, its compiled patterns cached."""
    from eyecite.tokenizers import HyperscanTokenizer

    cache = Path(tempfile.gettempdir(), "docparse-benchmark-hyperscan")
    cache.mkdir(exist_ok=True)
    said, *parts = eyecite(HyperscanTokenizer(cache_dir=str(cache)))
    return f"{said}, hyperscan {version('hyperscan')}", *parts  # type: ignore[return-value]


def refex() -> Finder:
    """legal-reference-extraction with its default engines, short forms resolved."""
    from refex.orchestrator import CitationExtractor

    logging.disable(logging.WARNING)
    extractor = CitationExtractor()

    def spans(found: Any) -> Spans:
        return [(one.span.start, one.span.end) for one in found.citations]

    return (
        version("legal-reference-extraction"),
        str,
        lambda text: extractor.extract(text, fmt="plain"),
        spans,
    )


FINDERS = {
    "docparse": docparse,
    "eyecite": eyecite,
    "eyecite-hyperscan": eyecite_hyperscan,
    "refex": refex,
}


def main(name: str, path: str, *sizes: str) -> None:
    """Find in each text, then time them one by one, then joined and repeated to each size."""
    said, prepare, run, spans = FINDERS[name]()
    texts: list[str] = json.loads(Path(path).read_text(encoding="utf-8"))
    found = [spans(run(prepare(text))) for text in texts]  # compiles whatever is to be compiled
    whole = "\n".join(texts)
    many = texts * times(whole, APART)
    rows = [row(many, *measure([prepare(text) for text in many], run, spans))]
    for size in map(int, sizes):
        text = whole * times(whole, size)
        if len(text.encode()) * min(rows[-1]["seconds"]) / rows[-1]["bytes"] > PATIENCE:
            break
        rows.append(row([text], *measure([prepare(text)], run, spans)))
    json.dump({"version": said, "spans": found, "apart": rows[0], "joined": rows[1:]}, sys.stdout)


def times(text: str, size: int) -> int:
    """How often a text makes about so many bytes."""
    return max(1, round(size / len(text.encode())))


def measure(given: list[Any], run: Callable[[Any], Any], spans: Callable[[Any], Spans]) -> Any:
    """The seconds of the processor in each round, and the number of records."""
    seconds, count = [], 0
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        found = [run(one) for one in given]
        seconds.append(time.process_time() - start)
        count = sum(len(spans(one)) for one in found)
        del found
    return seconds, count


def row(texts: list[str], seconds: list[float], count: int) -> dict[str, Any]:
    """One line of results."""
    size = sum(len(text.encode()) for text in texts)
    return {
        "texts": len(texts),
        "bytes": size,
        "characters": sum(map(len, texts)),
        "count": count,
        "seconds": seconds,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
