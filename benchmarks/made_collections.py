"""Made-up collections of any size: the sample reports of ``corpus/`` in other places and years.

    python benchmarks/made_collections.py FOLDER COUNT [--plain]

Each report takes one sample, moves it to an invented province, office and year, gives its own
numbers and figures other values, leaves some paragraphs out and takes some from other samples.
To that come what real reports of this kind are full of: the bases it was written on, lists of
papers in its sections and registers in its annexes, some hundred citations in all, of which two
in a hundred are slips of the pen. Reports of one office cite the same local documents, all cite
the same documents of the centre, some of them nearly always. ``--plain`` leaves these lists out.
The same count makes the same files everywhere.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from zlib import crc32

from made_registers import (
    OFFICES,
    YEARS,
    Paper,
    central_papers,
    office_papers,
    places,
    slipped,
)

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PLACE = "Bình Lâm"
_OFFICE, _CODE = "Sở Công Thương", "SCT"
_SAMPLED = 2022  # the year that most samples are of
_NUMBER = re.compile(r"\b(\d{1,4})(/[A-ZĐ][\wĐđ]*-|-[A-ZĐ]+/TU)")
_YEAR = re.compile(r"(?<![\d/])20(1[89]|2[0-5])\b|(?<=\d/)20(1[89]|2[0-5])(?!/)\b")
_FIGURE = re.compile(r"(?<![\d/.,-])(\d{2,3})(?= (?:văn bản|hồ sơ|thủ tục|nhiệm vụ|đơn vị))")
_FIRST_SECTION = re.compile(r"^(?:I\.|Điều 1\.|1\.)\s", re.MULTILINE)
_ROWS = (36, 52)  # of the register in an annex
_IN_LINES = 0.5  # registers that are no tables


def samples() -> list[str]:
    """The texts that reports are made from."""
    paths = sorted([*CORPUS.glob("*.txt"), *CORPUS.glob("*.md")])
    return [path.read_text("utf-8") for path in paths if path.name != "README.md"]


def make_report(number: int, texts: list[str], *, plain: bool = False) -> str:
    """One report; the same for the same number."""
    random = Random(number)
    place = places()[number // len(OFFICES) % len(places())]
    year = YEARS[number // (len(OFFICES) * len(places())) % len(YEARS)]
    years = year - _SAMPLED
    text = _varied(texts[number % len(texts)], random.choice(texts), random)
    text = text.replace(PLACE, place).replace(PLACE.upper(), place.upper())
    text = _NUMBER.sub(lambda found: f"{_moved(found[1], place, years)}{found[2]}", text)
    text = _YEAR.sub(lambda found: str(min(2025, max(2016, int(found[0]) + years))), text)
    text = _FIGURE.sub(lambda _: str(random.randint(10, 999)), text)
    # The report's own number: no two reports of one office have one.
    text = re.sub(r"Số: \d+", f"Số: {number + 1}", text, count=1)
    return text if plain else _with_lists(text, list(OFFICES)[number % len(OFFICES)], place, year)


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


# Lists of papers


def _with_lists(text: str, code: str, place: str, year: int) -> str:
    """The report as one of an office and a year, with the papers that it was written on."""
    random = Random(text)
    text = text.replace(_OFFICE, OFFICES[code]).replace(_OFFICE.upper(), OFFICES[code].upper())
    text = text.replace(f"-{_CODE}", f"-{code}")
    own = office_papers(code, place, year)
    near = [*office_papers("UBND", place, year), *office_papers("SNV", place, year)]
    central = central_papers()
    # A few are cited nearly always, most seldom.
    ruling = sorted(
        {central[int(len(central) * random.random() ** 3)] for _ in range(26)}, key=_key
    )
    found = _FIRST_SECTION.search(text)
    at = found.start() if found else len(text) // 5
    bases = [_written(slipped(one, central, random), random) for one in ruling[:9]]
    listed = [slipped(one, own, random) for one in random.sample(own, 12)]
    more = [slipped(one, near, random) for one in random.sample(near, 8)]
    register = _register(own, near, random)
    return "".join(
        [
            text[:at],
            *(f"Căn cứ {one};\n\n" for one in bases),
            text[at:].rstrip() + "\n\n",
            *_paragraphs(listed, more, random),
            *_annex("I", "Danh mục văn bản chỉ đạo, điều hành", register, random),
            *_annex("II", "Danh mục văn bản của Trung ương được triển khai", ruling[9:], random),
        ]
    )


def _key(paper: Paper) -> tuple[int, str]:
    return paper.day.toordinal(), paper.number


def _written(paper: Paper, random: Random) -> str:
    """A citation in a sentence, in one of the ways in which they are written."""
    day = paper.day
    said = random.choice(
        (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}",
         f"{day.day:02} tháng {day.month:02} năm {day.year}")
    )  # fmt: skip
    return f"{paper.type} số {paper.number} ngày {said} của {paper.issuer} {paper.title}"


def _paragraphs(own: Sequence[Paper], near: Sequence[Paper], random: Random) -> Iterator[str]:
    """Two sentences that list papers: with their types, and with the type said once."""
    yield "Trong kỳ báo cáo, cơ quan đã ban hành các văn bản: "
    yield "; ".join(_written(one, random) for one in own) + ".\n\n"
    yield "Thực hiện chỉ đạo của cấp trên, đã triển khai "
    yield "; ".join(_written(one, random) for one in near) + ".\n\n"


def _register(own: Sequence[Paper], near: Sequence[Paper], random: Random) -> list[Paper]:
    papers = random.sample(own, min(len(own), random.randint(*_ROWS)))
    papers += random.sample(near, 10)
    return sorted((slipped(one, own, random) for one in papers), key=_key)


def _annex(roman: str, title: str, papers: Sequence[Paper], random: Random) -> Iterator[str]:
    """A register, as a table with a row for each paper or as numbered lines."""
    yield f"PHỤ LỤC {roman}\n{title}\n\n"
    in_lines = random.random() < _IN_LINES
    if not in_lines:
        yield "STT\tSố, ký hiệu\tNgày ban hành\tCơ quan ban hành\tTrích yếu\n"
    for row, one in enumerate(papers, 1):
        if in_lines:
            yield f"{row}. {_written(one, random)};\n"
        else:
            said = f"{one.type} {one.title}"
            yield f"{row}\t{one.number}\t{one.day:%d/%m/%Y}\t{one.issuer}\t{said}\n"
    yield "\n"


def make_collection(folder: Path, count: int, *, plain: bool = False) -> int:
    """Write so many reports, a hundred a folder; the size of all their texts.

    In a process of its own: what it needs is not to count as memory of who measures.
    """
    command = [sys.executable, __file__, str(folder), str(count), *(["--plain"] if plain else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return int(done.stdout.split()[0])


def _write(folder: Path, count: int, *, plain: bool) -> int:
    texts, size = samples(), 0
    for number in range(count):
        path = folder / f"{number // 100:04}" / f"bao-cao-{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(make_report(number, texts, plain=plain).encode())
    return size


if __name__ == "__main__":
    print(_write(Path(sys.argv[1]), int(sys.argv[2]), plain="--plain" in sys.argv), "bytes")
