"""Made-up collections of any size: the sample reports of ``corpus/`` in other places and years.

    python benchmarks/made_collections.py FOLDER COUNT

Each report takes one sample, moves it to an invented province and another year, gives its own
numbers and figures other values, leaves some paragraphs out and takes some from other samples.
Reports of one province cite the same local documents, all cite the same documents of the centre,
as a real collection does. The same count makes the same files everywhere.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from random import Random
from zlib import crc32

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PLACE = "Bình Lâm"
_FIRST = ("An", "Bắc", "Đông", "Hòa", "Long", "Nam", "Phú", "Quảng", "Tân", "Vĩnh")
_SECOND = ("Châu", "Giang", "Khê", "Lĩnh", "Mỹ", "Sơn", "Thạnh", "Trạch")
_NUMBER = re.compile(r"\b(\d{1,4})(/[A-ZĐ][\wĐđ]*-|-[A-ZĐ]+/TU)")
_YEAR = re.compile(r"(?<![\d/])20(1[89]|2[0-5])\b|(?<=\d/)20(1[89]|2[0-5])(?!/)\b")
_FIGURE = re.compile(r"(?<![\d/.,-])(\d{2,3})(?= (?:văn bản|hồ sơ|thủ tục|nhiệm vụ|đơn vị))")


def samples() -> list[str]:
    """The texts that reports are made from."""
    paths = sorted([*CORPUS.glob("*.txt"), *CORPUS.glob("*.md")])
    return [path.read_text("utf-8") for path in paths if path.name != "README.md"]


def make_report(number: int, texts: list[str]) -> str:
    """One report; the same for the same number."""
    random = Random(number)
    place = f"{random.choice(_FIRST)} {random.choice(_SECOND)}"
    years = random.randint(-4, 2)
    text = _varied(texts[number % len(texts)], random.choice(texts), random)
    text = text.replace(PLACE, place).replace(PLACE.upper(), place.upper())
    text = _NUMBER.sub(lambda found: f"{_moved(found[1], place, years)}{found[2]}", text)
    text = _YEAR.sub(lambda found: str(min(2025, max(2016, int(found[0]) + years))), text)
    text = _FIGURE.sub(lambda _: str(random.randint(10, 999)), text)
    # The report's own number: no two reports of one office have one.
    return re.sub(r"Số: \d+", f"Số: {number + 1}", text, count=1)


def _varied(text: str, other: str, random: Random) -> str:
    """The sample without some of its paragraphs and with some of another's."""
    head, *body = re.split(r"(?<=\n)(?=[IVX]+\.|\d+\.\s)", text)
    taken = [piece for piece in body if random.random() < 0.85]
    more = re.split(r"(?<=\n)(?=\d+\.\s)", other)[1:-1]
    at = len(taken) // 2
    return "".join([head, *taken[:at], *random.sample(more, min(3, len(more))), *taken[at:]])


def _moved(serial: str, place: str, years: int) -> int:
    """Another serial, the same for all reports of one place and year."""
    return crc32(f"{serial} {place} {years}".encode()) % 4800 + 1


def make_collection(folder: Path, count: int) -> int:
    """Write so many reports, a hundred a folder; the size of all their texts."""
    texts, size = samples(), 0
    for number in range(count):
        path = folder / f"{number // 100:04}" / f"bao-cao-{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(make_report(number, texts).encode())
    return size


if __name__ == "__main__":
    print(make_collection(Path(sys.argv[1]), int(sys.argv[2])), "bytes")
