"""How good is the program? A folder with gold records in, scores by kind out.

``NAME.gold.toml`` speaks of ``NAME.txt`` or ``NAME.md`` beside it, or of the file that its
key ``source`` names below ``root``; corpus/README.md says how gold is written.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     _ = Path(folder, "a.txt").write_text("Số: 12/KH-SCT", encoding="utf-8")
...     _ = Path(folder, "a.gold.toml").write_text("[header]", encoding="utf-8")
...     evaluate(folder).files
1
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docparse.errors import DocparseError, NotFoundError
from docparse.evaluate.gold import parse_gold
from docparse.evaluate.kinds import score_report
from docparse.evaluate.tally import Miss, Score, Tally
from docparse.patterns import Patterns, load
from docparse.pipeline import parse

__all__ = ["Miss", "Score", "Scores", "evaluate"]

_GOLD = ".gold.toml"
_ENDINGS = (".txt", ".md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The scores of one run. ``problems`` are faults of the gold, ``skipped`` texts not there."""

    kinds: tuple[Score, ...]
    misses: tuple[Miss, ...]
    files: int
    skipped: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def scored(self) -> dict[str, Score]:
        """The kinds that are extracted: of the others nothing was found in any text."""
        found = {score.kind.partition(".")[0] for score in self.kinds if score.found}
        return {score.kind: score for score in self.kinds if score.kind.partition(".")[0] in found}


def evaluate(
    folder: str | Path,
    root: str | Path | None = None,
    *,
    lang: str = "vi",
    patterns: Patterns | None = None,
) -> Scores:
    """Parse every annotated text below a folder and compare with its gold."""
    folder = Path(folder)
    golds = sorted(folder.rglob(f"*{_GOLD}"))
    if not golds:
        raise NotFoundError("gold-no-files", folder=str(folder))
    total = Tally()
    skipped: list[str] = []
    problems: list[str] = []
    for gold in golds:
        source, wanted = _source(gold, Path(root or folder))
        if source is None:
            values = {"gold": gold.name, "source": wanted}
            skipped.append(load().message("gold-no-source", lang, **values))
            continue
        problems += _score_file(gold, source, total, lang, patterns)
    return Scores(
        kinds=total.scores(),
        misses=tuple(total.misses),
        files=len(golds) - len(skipped),
        skipped=tuple(skipped),
        problems=tuple(problems),
    )


def _score_file(
    path: Path, source: Path, total: Tally, lang: str, patterns: Patterns | None
) -> Iterator[str]:
    """Add the counts of one text; what is wrong with its gold or its text is yielded."""
    try:
        report = parse(source, patterns=patterns)
    except DocparseError as error:
        yield error.sentence(lang)
        return
    toml = path.read_text(encoding="utf-8")
    gold = parse_gold(toml, path.name, report.source.text, lang=lang)
    tally = Tally(file=source.name, skip=gold.skip)
    score_report(gold, report.to_dict(lang=lang), tally)
    total.add(tally)
    yield from gold.problems


def _source(gold: Path, root: Path) -> tuple[Path | None, str]:
    """The text of a gold file, and the name under which it was looked for."""
    import tomllib

    try:
        named = tomllib.loads(gold.read_text(encoding="utf-8")).get("source")
    except tomllib.TOMLDecodeError:
        named = None  # said when the gold is read in earnest
    stem = gold.name.removesuffix(_GOLD)
    beside = (gold.with_name(stem + ending) for ending in _ENDINGS)
    places = [root / named] if named else list(beside)
    found = next((place for place in places if place.is_file()), None)
    return found, named or stem + _ENDINGS[0]
