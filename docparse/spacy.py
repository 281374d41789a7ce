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
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

__all__ = ["CitationSpans", "VietnameseTokenizer", "make_citations", "make_tokenizer"]

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


class CitationSpans:
    """Puts every mention of a document into ``doc.spans``.

    A folder of patterns of the user's own travels with the pipeline: ``nlp.to_disk`` takes a
    copy, and what is loaded from there reads the copy.
    """

    def __init__(self, *, spans_key: str, patterns: str | None) -> None:
        self.spans_key = spans_key
        self.patterns = patterns

    def __call__(self, doc: Doc) -> Doc:
        report = read_text(doc.text, self.patterns)
        spans = list(_spans(doc, report["citations"], "CITATION"))
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)
        doc._.docparse_notices = report["notices"]
        return doc

    def to_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> None:
        if self.patterns is not None and _PATTERNS not in exclude:
            shutil.copytree(self.patterns, Path(path) / _PATTERNS, dirs_exist_ok=True)

    def from_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> CitationSpans:
        saved = Path(path) / _PATTERNS
        if saved.is_dir() and _PATTERNS not in exclude:
            self.patterns = str(saved)
        return self


@Language.factory(
    "docparse_citations",
    assigns=["doc.spans", "span._.docparse", "doc._.docparse_notices"],
    default_config={"spans_key": "citations", "patterns": None},
)
def make_citations(nlp: Language, name: str, spans_key: str, patterns: str | None) -> CitationSpans:  # noqa: ARG001  (spaCy passes both)
    """What ``nlp.add_pipe("docparse_citations")`` calls; ``patterns`` is a folder of one's own."""
    return CitationSpans(spans_key=spans_key, patterns=patterns)


def read_text(text: str, patterns: str | None = None) -> dict[str, Any]:
    """The report object of a text that is in memory already.

    The text is taken as it stands: decoding it again might change its characters, and every
    offset with them.
    """
    from docparse.extract import extract
    from docparse.models import Source
    from docparse.patterns import load
    from docparse.render.records import report_dict
    from docparse.repair import repair
    from docparse.structure import structure

    known = load(Path(patterns) if patterns else None)
    source = Source(text=text, path="", sha256="", format="txt")
    repaired = repair(source, known)
    outline = structure(repaired, known)
    records = extract(repaired, outline, known)
    notices = repaired.notices + outline.notices + records.notices
    return report_dict(source, outline, records, notices=notices)


def _spans(doc: Doc, records: list[Mapping[str, Any]], label: str) -> Iterator[Span]:
    """The tokens that hold each record; where a token is wider than the record, all of it."""
    for record in records:
        start, end = record["span"]["origin_start"], record["span"]["origin_end"]
        span = doc.char_span(
            start, end, label=label, kb_id=record["key"] or "", alignment_mode="expand"
        )
        if span is not None:
            span._.docparse = record
            yield span


registry.tokenizers.register("docparse.vi_tokenizer.v1", func=make_tokenizer)
# Plain values only: they go through Doc.to_bytes. spaCy refuses to register a name twice.
for _owner, _name in ((Span, "docparse"), (Doc, "docparse_notices")):
    if not _owner.has_extension(_name):
        _owner.set_extension(_name, default=None)
