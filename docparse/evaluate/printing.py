"""Scores for people: scores in, a table by kind out, and every miss where asked.

>>> from docparse.evaluate.tally import Score
>>> kinds = (Score(kind="section", right=9, gold=10, found=9),)
>>> scores = Scores(kinds=kinds, misses=(), files=1, skipped=(), problems=())
>>> print(scores_text(scores, lang="en"), end="")
1 texts, 0 skipped
kind     gold  found  right       P       R      F1
section    10      9      9  1.0000  0.9000  0.9474
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from docparse.evaluate import Scores
from docparse.evaluate.tally import Miss, Score
from docparse.patterns import load


def scores_text(scores: Scores, *, lang: str = "vi", details: bool = False) -> str:
    """The table by kind; with ``details`` everything missed, extra or wrong below it."""
    say = partial(load().message, lang=lang)
    lines = [say("score-files", count=scores.files, skipped=len(scores.skipped))]
    lines += scores.skipped
    width = max((len(score.kind) for score in scores.kinds), default=0)
    heads = [say(f"score-{name}") for name in ("gold", "found", "right")]
    sizes = [max(len(head), 5) for head in heads]
    columns = "  ".join(f"{head:>{size}}" for head, size in zip(heads, sizes, strict=True))
    lines.append(f"{say('score-kind'):<{width}} {columns}  {'P':>6}  {'R':>6}  {'F1':>6}")
    for score in scores.kinds:
        absent = None if score.kind in scores.scored else say("score-absent")
        lines.append(f"{score.kind:<{width}} {_row(score, sizes, absent)}")
    if details:
        lines += ["", *_details(scores, lang)]
    return "\n".join(lines) + "\n"


def _row(score: Score, sizes: list[int], absent: str | None) -> str:
    gold, found, right = (
        f"{count:>{size}}"
        for count, size in zip((score.gold, score.found, score.right), sizes, strict=True)
    )
    if absent is not None:
        return f"{gold}  {absent}"
    measures = "  ".join(f"{value:.4f}" for value in (score.precision, score.recall, score.f1))
    return f"{gold}  {found}  {right}  {measures}"


def _details(scores: Scores, lang: str) -> Iterator[str]:
    for miss in scores.misses:
        if miss.kind.partition(".")[0] in {kind.partition(".")[0] for kind in scores.scored}:
            yield _detail(miss, lang)


def _detail(miss: Miss, lang: str) -> str:
    what = load().message(f"score-{miss.what}", lang)
    quote = " ".join(miss.quote.split())
    place = f"{miss.file}:{miss.line}: {miss.kind}: {what}"
    if quote:
        place += f" “{quote}”"
    if miss.what == "wrong":
        return f"{place}: {miss.expected!r} ≠ {miss.got!r}"
    return place if miss.got is None else f"{place}: {miss.got!r}"
