"""spaCy parts: a Doc goes in, the same Doc comes out with what docparse reads in its text.

Entry points make the parts known: ``nlp.add_pipe("docparse_citations")`` needs no import.
Records are found in the characters of ``doc.text`` and laid over its tokens, so that any
tokenizer will do. ``docparse.vi_tokenizer.v1`` keeps numbers and marked syllables whole,
``docparse.vi_words.v1`` also joins syllables to words. Each span has the key of what it names
as ``kb_id_`` and its record, as the JSON contract has it, in ``span._.docparse``.

>>> import spacy
>>> tokenizer = {"@tokenizers": "docparse.vi_tokenizer.v1"}
>>> nlp = spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})
>>> component = nlp.add_pipe("docparse_citations")
>>> doc = nlp("theo Kế hoạch số 899/KH-SCT ngày 25/02/2021")
>>> [(span.text, span._.docparse["number"]) for span in doc.spans["citations"]]
[('Kế hoạch số 899/KH-SCT ngày 25/02/2021', '899/KH-SCT')]
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

if TYPE_CHECKING:
    from docparse.report import Report

__all__ = [
    "RecordSpans",
    "VietnameseTokenizer",
    "WordTokenizer",
    "make_citations",
    "make_figures",
    "make_tokenizer",
    "make_word_tokenizer",
]

# A number with its separators, letters with their loose marks, one sign, or white space;
# and the space behind it, which spaCy keeps with the token.
_TOKEN = re.compile(
    r"(\d+(?:[.,]\d+)*|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|[\u0300-\u036f]+[^\W\d_]*"
    r"|\s+|[^\w\s]|_)( ?)"
)
_PATTERNS = "patterns"


class VietnameseTokenizer(DummyTokenizer):
    """Numbers, syllables, signs and runs of white space; ``doc.text`` is the text unchanged.

    >>> [token.text for token in VietnameseTokenizer(Vocab())("đạt 98,94% (12/40)")]
    ['đạt', '98,94', '%', '(', '12', '/', '40', ')']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        found = _TOKEN.findall(text)
        words = [word for word, _ in found]
        return Doc(self.vocab, words=words, spaces=[space == " " for _, space in found])


def make_tokenizer() -> Callable[[Language], VietnameseTokenizer]:
    """What spaCy calls to build the tokenizer of a pipeline."""

    def build(nlp: Language) -> VietnameseTokenizer:
        return VietnameseTokenizer(nlp.vocab)

    return build


class WordTokenizer(VietnameseTokenizer):
    """The same, with the syllables of a word joined: the terms of the patterns first, then words
    as underthesea knows them. It sees letters only, since it would fuse neighbouring numbers.

    >>> tokens = WordTokenizer(Vocab())("giải quyết 15.303 thủ tục hành chính")
    >>> [token.text for token in tokens]
    ['giải quyết', '15.303', 'thủ tục hành chính']
    """

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        run: list[str] = []
        for word, space in _TOKEN.findall(text):
            if word[0].isalpha():
                run.append(word)
                if space:
                    continue
                space_behind = False
            else:
                space_behind = bool(run)
            _add(run, space_behind, words, spaces)
            run = []
            if not word[0].isalpha():
                words.append(word)
                spaces.append(space == " ")
        _add(run, bool(run), words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)


def _add(run: list[str], space_behind: bool, words: list[str], spaces: list[bool]) -> None:
    """Add the words of a run of syllables, each but the last followed by a space."""
    place = 0
    for length in _lengths(tuple(run)) if run else ():
        words.append(" ".join(run[place : place + length]))
        spaces.append(True)
        place += length
    if run:
        spaces[-1] = space_behind


@lru_cache(maxsize=65536)
def _lengths(run: tuple[str, ...]) -> tuple[int, ...]:
    """How many syllables each word of a run has."""
    terms, longest = _terms()
    lengths: list[int] = []
    free = 0
    place = 0
    while place < len(run):
        sizes = range(min(longest, len(run) - place), 1, -1)
        size = next((n for n in sizes if " ".join(run[place : place + n]).lower() in terms), 0)
        if size:
            lengths += [*_known(run[free:place]), size]
            place = free = place + size
        else:
            place += 1
    return (*lengths, *_known(run[free:]))


def _known(run: tuple[str, ...]) -> list[int]:
    """The words of underthesea, by length; one a syllable where it counts otherwise."""
    if len(run) < 2:
        return [1] * len(run)
    found = [len(word.split()) for word in _word_tokenize()(" ".join(run))]
    return found if sum(found) == len(run) else [1] * len(run)


@lru_cache(maxsize=1)
def _terms() -> tuple[frozenset[str], int]:
    """The terms of administration that the patterns know, and how long the longest is."""
    from docparse.patterns import load

    known = load()
    names = [name for unit in known.units for name in (unit.name, *unit.written)]
    names += [name for short in known.abbreviations for name in short.expansions]
    terms = frozenset(
        name.lower() for name in names if " " in name and name.replace(" ", "").isalpha()
    )
    return terms, max(len(name.split()) for name in terms)


@lru_cache(maxsize=1)
def _word_tokenize() -> Callable[[str], list[str]]:
    """underthesea sets up the logging of the whole program when it is imported; that is undone."""
    import logging

    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    from underthesea import word_tokenize

    root.handlers[:], root.level = handlers, level
    return word_tokenize  # type: ignore[no-any-return]


def make_word_tokenizer() -> Callable[[Language], WordTokenizer]:
    """What spaCy calls to build the tokenizer of words."""

    def build(nlp: Language) -> WordTokenizer:
        return WordTokenizer(nlp.vocab)

    return build


class RecordSpans:
    """Puts every record of one kind into ``doc.spans``.

    A folder of patterns of the user's own travels with the pipeline: ``nlp.to_disk`` takes a
    copy, and what is loaded from there reads the copy.
    """

    def __init__(self, *, kind: str, label: str, spans_key: str, patterns: str | None) -> None:
        self.kind = kind
        self.label = label
        self.spans_key = spans_key
        self.patterns = patterns

    def __call__(self, doc: Doc) -> Doc:
        report = _report(doc.text, self.patterns).to_dict()
        spans = list(_spans(doc, report[self.kind], self.label))
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)
        doc._.docparse_notices = report["notices"]
        return doc

    def to_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> None:
        if self.patterns is not None and _PATTERNS not in exclude:
            shutil.copytree(self.patterns, Path(path) / _PATTERNS, dirs_exist_ok=True)

    def from_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> RecordSpans:
        saved = Path(path) / _PATTERNS
        if saved.is_dir() and _PATTERNS not in exclude:
            self.patterns = str(saved)
        return self


@Language.factory(
    "docparse_citations",
    assigns=["doc.spans", "doc._.docparse_notices", "span._.docparse"],
    default_config={"spans_key": "citations", "patterns": None},
)
def make_citations(nlp: Language, name: str, spans_key: str, patterns: str | None) -> RecordSpans:  # noqa: ARG001  (spaCy passes all four)
    """What ``nlp.add_pipe("docparse_citations")`` calls; ``patterns`` is a folder of one's own."""
    return RecordSpans(kind="citations", label="CITATION", spans_key=spans_key, patterns=patterns)


@Language.factory(
    "docparse_figures",
    assigns=["doc.spans", "doc._.docparse_notices", "span._.docparse"],
    default_config={"spans_key": "figures", "patterns": None},
)
def make_figures(nlp: Language, name: str, spans_key: str, patterns: str | None) -> RecordSpans:  # noqa: ARG001  (spaCy passes all four)
    """What ``nlp.add_pipe("docparse_figures")`` calls; ``patterns`` is a folder of one's own."""
    return RecordSpans(kind="figures", label="FIGURE", spans_key=spans_key, patterns=patterns)


# Two components of one pipeline look at a Doc one after the other: it is read once.
@lru_cache(maxsize=1)
def _report(text: str, patterns: str | None) -> Report:
    """The report of a text that is in memory already.

    It is taken as it stands: decoding it again might change its characters, and every offset
    with them.
    """
    from docparse.models import Source
    from docparse.patterns import load
    from docparse.pipeline import parse_source

    source = Source(text=text, path="", sha256="", format="txt")
    return parse_source(source, load(Path(patterns) if patterns else None))


def _spans(doc: Doc, records: list[Mapping[str, Any]], label: str) -> Iterator[Span]:
    """The tokens that hold each record; where a token is wider than the record, all of it."""
    for record in records:
        place, key = record["span"], record.get("key") or ""
        start, end = place["origin_start"], place["origin_end"]
        span = doc.char_span(start, end, label=label, kb_id=key, alignment_mode="expand")
        if span is not None:
            span._.docparse = record
            yield span


registry.tokenizers.register("docparse.vi_tokenizer.v1", func=make_tokenizer)
registry.tokenizers.register("docparse.vi_words.v1", func=make_word_tokenizer)
# Plain values only: they go through Doc.to_bytes. spaCy refuses to register a name twice.
for _owner, _name in ((Span, "docparse"), (Doc, "docparse_notices")):
    if not _owner.has_extension(_name):
        _owner.set_extension(_name, default=None)
