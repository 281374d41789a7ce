"""spaCy parts: a Doc goes in, the same Doc comes out with what docparse reads in its text.

Entry points make the parts known: ``nlp.add_pipe("docparse_citations")`` needs no import.
Records are found in the characters of ``doc.text`` and laid over its tokens, so that any
tokenizer will do; ``docparse.vi_tokenizer.v1`` is the one that keeps numbers and marked
syllables whole. Each span has the key of what it names as ``kb_id_`` and its record, as the
JSON contract has it, in ``span._.docparse``.

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

__all__ = ["RecordSpans", "VietnameseTokenizer", "make_citations", "make_figures", "make_tokenizer"]

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
# Plain values only: they go through Doc.to_bytes. spaCy refuses to register a name twice.
for _owner, _name in ((Span, "docparse"), (Doc, "docparse_notices")):
    if not _owner.has_extension(_name):
        _owner.set_extension(_name, default=None)
