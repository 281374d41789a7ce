"""Whether the index finds what is typed without marks, otherwise marked, or with one slip.

    python benchmarks/index_search.py [--made 500] [--asked 150] [--seed 1] [--texts FOLDER …]
    python benchmarks/index_search.py --folder FOLDER --url URL

Passages of two to five words, titles and numbers are taken from real reports and asked again, in
a collection that has made-up reports of the same wording beside them. What counts for the share
found is every report in which the words stand together; what counts for a slip is that one of
the first ten answers shows the words that were meant. ``--folder`` keeps the collection for the
next run, ``--seed`` draws other words: what is mended on one seed is measured on another.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import perf_counter

from made_collections import CORPUS, make_collection
from slips import MARKS, NUMBERS, SLIPS
from sqlalchemy import select

from docparse.index import schema
from docparse.index.answers import Found
from docparse.index.fold import find_words, fold
from docparse.index.keptext import text_of
from docparse.indexing.collection import Index

SHARED = CORPUS.parents[1] / "shared"
TEN = 10
ALL = 1_000_000


class Collection:
    """What the texts of an index say, word by word; found without its full text."""

    def __init__(self, index: Index, made: Path) -> None:
        files, texts = schema.files, schema.texts
        asked = select(files.c.path, texts.c.body, files.c.report_id)
        asked = asked.join(texts, texts.c.report_id == files.c.report_id)
        self.exact: dict[str, str] = {}
        self.folded: dict[str, str] = {}
        self.real: dict[str, str] = {}
        with index.store.reading() as connection:
            for path, body, _ in connection.execute(asked.order_by(files.c.path)):
                text = text_of(body)
                words = list(find_words(text.value))
                self.exact[path] = f" {' '.join(word.exact for word in words)} "
                self.folded[path] = f" {' '.join(word.folded for word in words)} "
                if made.name not in Path(path).parts:
                    self.real[path] = text.value

    def having(self, folded: str) -> dict[str, int]:
        """The reports in which these words stand together, and how often."""
        counts = {path: words.count(f" {folded} ") for path, words in self.folded.items()}
        return {path: count for path, count in counts.items() if count}

    def draw(self, random: Random, count: int) -> Iterator[str]:
        """Passages of the real reports: words that follow each other in one paragraph."""
        paths, drawn = sorted(self.real), 0
        held = {path: list(find_words(text)) for path, text in self.real.items()}
        while drawn < count:
            path = random.choice(paths)
            words, length = held[path], random.randint(2, 5)
            if len(words) <= length:
                continue
            at = random.randrange(len(words) - length)
            piece = self.real[path][words[at].start : words[at + length - 1].end]
            lettered = [word for word in fold(piece).split() if word.isalpha() and len(word) > 1]
            if "\n\n" not in piece and not set(piece) & set("\t|") and len(lettered) >= 2:
                drawn += 1
                yield " ".join(piece.split())

    def shows(self, found: Found, folded: str) -> bool:
        """Whether an answer shows these words: in its line, or where it begins or ends."""
        wanted = f" {folded} "
        if found.report is None:
            return wanted in f" {fold(found.title or '')} "
        text, line = self.folded[found.report], f" {fold(found.quote)} "
        begin = text.find(line)
        while begin >= 0:
            if wanted in text[max(0, begin - len(wanted)) : begin + len(line) + len(wanted)]:
                return True
            begin = text.find(line, begin + 1)
        return wanted in line


def main() -> None:
    """Make the collection, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=int, default=500, help="made-up reports beside the real")
    parser.add_argument("--asked", type=int, default=150, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, nargs="*", help="folders of real reports")
    parser.add_argument("--folder", type=Path, help="keep the collection here")
    parser.add_argument("--url", help="the database (default: SQLite in the folder)")
    parser.add_argument("--show", action="store_true", help="name what was not found")
    parser.add_argument("--only", default="", help="only kinds with this in their name")
    asked = parser.parse_args()
    texts = asked.texts or [CORPUS, SHARED / "seeds", SHARED / "samples"]
    with tempfile.TemporaryDirectory(prefix="docparse-search-") as made:
        folder = (asked.folder or Path(made)).absolute()
        if not (folder / "made").is_dir():
            make_collection(folder / "made", asked.made)
        with Index(asked.url or str(folder / "index.db")) as index:
            list(index.adding(folder / "made", *(text for text in texts if text.is_dir()), jobs=2))
            collection = Collection(index, folder / "made")
            print(f"{len(collection.folded)} reports, {len(collection.real)} of them real")
            measure(index, collection, asked)


def measure(index: Index, collection: Collection, asked: argparse.Namespace) -> None:
    """The kinds of questions that were asked for, on passages, titles and numbers."""
    for name, answers in _questions(index, collection, asked.asked, asked.seed):
        if asked.only in name:
            _print(name, answers, asked.show)


def _questions(
    index: Index, collection: Collection, count: int, seed: int
) -> Iterator[tuple[str, Iterator[Answer]]]:
    """Each kind of question, and its answers, which are asked for only when they are looked at."""
    passages = list(collection.draw(Random(seed), count))
    titles = _titles(index, Random(seed), count)
    numbers = _numbers(index, collection, Random(seed), count)
    for name, slip in SLIPS.items():
        slipped = [(one, slip(one, Random(f"{seed} {one}"))) for one in passages]
        yield f"first ten, {name}", (_shown(index, collection, *one) for one in slipped)
        slipped = [(one, slip(one, Random(f"{seed} {one}"))) for one in titles]
        yield f"titles, {name}", (_titled(index, collection, *one) for one in slipped)
    for name, loosely in NUMBERS.items():
        typed = [(number, reports, loosely(number)) for number, reports in numbers]
        yield f"numbers, {name}", (_cited(index, *one) for one in typed)
    for name, way in MARKS.items():
        typed = [(one, way(one)) for one in titles]
        yield f"titles, {name}", (_titled(index, collection, *one) for one in typed)
    yield "exact words first", (_exact_first(index, collection, one) for one in passages)
    for name, way in MARKS.items():
        typed = [(one, way(one)) for one in passages]
        yield f"all reports, {name}", (_complete(index, collection, *one) for one in typed)


Answer = tuple[bool | None, float, str]  # None: the question does not arise


def _print(name: str, answers: Iterator[Answer], show: bool) -> None:
    """The share that is right, and how long an answer took."""
    told = [one for one in answers if one[0] is not None]
    wrong = [question for right, _, question in told if not right]
    times = sorted(seconds for _, seconds, _ in told)
    share = 1 - len(wrong) / len(told) if told else float("nan")
    middle, late = (times[int(len(times) * part)] * 1000 if times else 0 for part in (0.5, 0.95))
    print(
        f"{share:.3f}  of {len(told):4}  p50 {middle:4.0f} p95 {late:5.0f} ms  {name}", flush=True
    )
    if show:
        print("".join(f"         {question}\n" for question in wrong), end="")


def _complete(index: Index, collection: Collection, passage: str, query: str | None) -> Answer:
    """Whether every report that has the words is found."""
    if query is None:
        return None, 0.0, ""
    having = collection.having(fold(passage))
    enough = 2 * sum(having.values()) + TEN  # a passage may go on in the next one
    for limit in (enough, ALL):  # what stands side by side comes first, so few are enough
        found, seconds = _timed(lambda most=limit: index.find(query, limit=most))
        missing = having.keys() - {one.report for one in found}
        if not missing:
            break
    return not missing, seconds, f"{query}: not in {sorted(missing)[:3]}"


def _exact_first(index: Index, collection: Collection, passage: str) -> Answer:
    """Whether reports with exactly these words come before those with other marks."""
    words = list(find_words(passage))
    if all(word.exact == word.folded for word in words):
        return None, 0.0, ""
    exact = f" {' '.join(word.exact for word in words)} "
    found, seconds = _timed(lambda: index.find(passage, limit=200))
    reports = [one.report for one in found if one.report is not None]
    having = [path for path in reports if exact in collection.exact[path]]
    alike = [one.how for one in found if one.kind == "passage"]
    right = bool(having) and reports[0] == having[0] and alike == sorted(alike)
    return right, seconds, passage


def _shown(index: Index, collection: Collection, passage: str, query: str | None) -> Answer:
    """Whether one of the first ten answers shows what was meant."""
    if query is None or fold(query) == fold(passage):
        return None, 0.0, ""
    found, seconds = _timed(lambda: index.find(query, limit=TEN))
    right = any(collection.shows(one, fold(passage)) for one in found)
    return right, seconds, f"{query} ({passage})"


def _titled(index: Index, collection: Collection, title: str, query: str | None) -> Answer:
    """Whether one of the first ten answers is a document of that title, or shows it."""
    if query is None:
        return None, 0.0, ""
    found, seconds = _timed(lambda: index.find(query, limit=TEN))
    right = any(collection.shows(one, fold(title)) for one in found)
    return right, seconds, f"{query} ({title})"


def _cited(index: Index, number: str, reports: frozenset[str], query: str | None) -> Answer:
    """Whether every report that cites a number is found."""
    if query is None:
        return None, 0.0, ""
    found, seconds = _timed(lambda: index.find_cited_by(query))
    missing = reports - {one.report for one in found}
    return not missing, seconds, f"{query} ({number}): not in {sorted(missing)[:3]}"


def _titles(index: Index, random: Random, count: int) -> list[str]:
    phrases = schema.phrases
    asked = select(phrases.c.phrase).where(phrases.c.kind == "title").order_by(phrases.c.phrase)
    with index.store.reading() as connection:
        titles = [one for one in connection.execute(asked).scalars() if len(fold(one).split()) >= 3]
    return random.sample(titles, min(count, len(titles)))


def _numbers(
    index: Index, collection: Collection, random: Random, count: int
) -> list[tuple[str, frozenset[str]]]:
    """Numbers as real reports write them, and all reports that cite the same document."""
    citations = index.frame("citations")
    cited = citations[citations["number"].notna() & citations["key"].notna()]
    reports = {key: frozenset(group["report"]) for key, group in cited.groupby("key")}
    real = cited[cited["report"].isin(list(collection.real))]
    pairs = sorted({(row.number, row.key) for row in real.itertuples()})
    chosen = random.sample(pairs, min(count, len(pairs)))
    return [(number, reports[key]) for number, key in chosen]


def _timed(work: Callable[[], list[Found]]) -> tuple[list[Found], float]:
    begin = perf_counter()
    return work(), perf_counter() - begin


if __name__ == "__main__":
    main()
