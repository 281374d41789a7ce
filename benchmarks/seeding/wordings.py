"""Sentences with values: what makes them true, and one change that makes them false."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from random import Random

from seeding.scenes import OFFICES, Scene, long, short

_HERE = Path(__file__).parent
SAY = tomllib.loads((_HERE / "wordings.toml").read_text(encoding="utf-8"))
Values = dict[str, str]
Draw = Callable[[Scene, str], tuple[Values, Values]]


def use_held_out() -> frozenset[str]:
    """Other wordings take the place of the usual ones; the rules that have some."""
    held = tomllib.loads((_HERE / "wordings_held_out.toml").read_text(encoding="utf-8"))
    for rule, words in held.items():
        SAY[rule] = SAY[rule] | words
    return frozenset(held)


def number(value: int) -> str:
    """4 is written 04, 16075 is 16.075."""
    return f"{value:02d}" if value < 10 else f"{value:,}".replace(",", ".")


def digit_changed(rng: Random, written: str) -> str:
    """One digit replaced, or two neighbours swapped; the first never becomes 0."""
    places = [place for place, sign in enumerate(written) if sign.isdigit()]
    swaps = [
        (one, other)
        for one, other in pairwise(places)
        if other == one + 1 and written[one] != written[other] and written[other] != "0"
    ]
    if swaps and rng.random() < 0.4:
        one, other = rng.choice(swaps)
        return written[:one] + written[other] + written[one] + written[other + 1 :]
    place = rng.choice(places)
    others = [d for d in "123456789" if d != written[place]]
    return written[:place] + rng.choice(others) + written[place + 1 :]


def percent(part: int, whole: int, digits: int) -> str:
    value = (Decimal(part) * 100 / whole).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    said = f"{value:f}".rstrip("0").rstrip(".") if digits else f"{value:f}"
    return said.replace(".", ",")


def plain(written: str) -> Decimal:
    return Decimal(written.replace(".", "").replace(",", "."))


def fits(part: Decimal, whole: Decimal, said: str) -> bool:
    """Whether a percentage can stand for two numbers, rounded or cut off."""
    if not whole:
        return True
    digits = len(said.partition(",")[2])
    exact = part * 100 / whole
    step = Decimal(1).scaleb(-digits)
    modes = (ROUND_HALF_UP, ROUND_DOWN)
    return plain(said) in {exact.quantize(step, mode) for mode in modes}


def ratio(scene: Scene, _: str) -> tuple[Values, Values]:
    rng = scene.rng
    whole = rng.choice((rng.randint(12, 90), rng.randint(100, 900), rng.randint(1000, 20000)))
    part = rng.randint(whole // 3, whole - 2)
    good = {
        "a": number(part),
        "b": number(whole),
        "p": percent(part, whole, rng.choice((1, 1, 2)) if whole < 1000 else 2),
    }
    while True:
        key = rng.choice("aapp")
        bad = good | {key: digit_changed(rng, good[key])}
        part_said, whole_said = plain(bad["a"]), plain(bad["b"])
        near = abs(part_said * 100 / whole_said - plain(bad["p"]))
        if part_said <= whole_said and near > Decimal("0.15") and plain(bad["p"]) <= 100:
            return good, bad


def complement(scene: Scene, _: str) -> tuple[Values, Values]:
    rng = scene.rng
    whole = rng.randint(40, 400)
    rest = rng.randint(3, whole // 3)
    good = {
        "n": number(whole),
        "c": number(rest),
        "p": percent(whole - rest, whole, 1),
    }
    while True:
        wrong = rest + rng.choice((-2, -1, 1, 2, 5, 9))
        if wrong > 0 and not fits(Decimal(whole - wrong), Decimal(whole), good["p"]):
            return good, good | {"c": number(wrong)}


def parts(scene: Scene, _: str) -> tuple[Values, Values]:
    rng = scene.rng
    first, second = rng.randint(11, 480), rng.randint(3, 200)
    good = {"w": number(first + second), "a": number(first), "b": number(second)}
    key = rng.choice("wab")
    while True:
        bad = good | {key: digit_changed(rng, good[key])}
        big = plain(bad["w"])
        if plain(bad["a"]) + plain(bad["b"]) != big and plain(bad["a"]) < big > plain(bad["b"]):
            return good, bad


def part_of(scene: Scene, _: str) -> tuple[Values, Values]:
    rng = scene.rng
    whole = rng.randint(6, 140)
    part = rng.randint(2, whole - 1)
    good = {"a": number(part), "b": number(whole)}
    return good, good | {"a": number(whole + rng.randint(1, 20))}


def granular(scene: Scene, _: str) -> tuple[Values, Values]:
    rng = scene.rng
    good = {"p": "100"}
    while "," not in good["p"]:  # a share without decimals is possible with almost any number
        whole = rng.randint(15, 90)
        share = percent(rng.randint(whole // 2, whole - 1), whole, 1)
        good = {"n": number(whole), "p": share}
    while True:
        wrong = digit_changed(rng, good["p"])
        possible = any(fits(Decimal(k), Decimal(whole), wrong) for k in range(whole + 1))
        if not possible and plain(wrong) < 100:
            return good, good | {"p": wrong}


def blank(scene: Scene, _: str) -> tuple[Values, Values]:
    rng = scene.rng
    good = {"p": f"{rng.randint(30, 98)},{rng.randint(1, 9)}", "q": number(rng.randint(2, 30))}
    gone = rng.choice(SAY["MIS803"]["blank"])
    return good, {"p": gone, "q": gone}


def steps(scene: Scene, _: str) -> tuple[Values, Values]:
    rng = scene.rng
    first = scene.day(high=date(scene.year, 6, 20))
    second = scene.day(first + timedelta(days=2), first + timedelta(days=60))
    good = {"d1": short(first), "d2": short(second), "dl": long(second)}
    wrong = second.replace(year=second.year - 1)
    if rng.random() < 0.5:
        wrong = first - timedelta(days=rng.randint(2, 40))
    return good, good | {"d2": short(wrong)}


def acts(scene: Scene, say: str) -> tuple[Values, Values]:
    """A paper of d2 that rests on one of d1."""
    first = scene.day(high=date(scene.year, 7, 20))
    second = scene.day(first + timedelta(days=5), first + timedelta(days=60))
    late = scene.day(second + timedelta(days=3), second + timedelta(days=40))
    codes = {"{n1}/TTr": scene.code, "{n1}/BC": "STP"}
    own = next((code for words, code in codes.items() if words in say), "UBND")
    good = {
        "n1": str(scene.serial(first, own)),
        "n2": str(scene.serial(second, scene.code if "{n2}/KH-{c}" in say else "UBND")),
        "d1": short(first),
        "d2": short(second),
        "c": scene.code,
    }
    return good, good | {"d1": short(late)}


def legal(scene: Scene, _: str) -> tuple[Values, Values]:
    rng = scene.rng
    day = scene.day()
    good = {"n": number(rng.randint(2, 90)), "y": str(day.year), "d": short(day), "dl": long(day)}
    if rng.random() < 0.5:
        return good, good | {"y": str(day.year - rng.choice((1, 2)))}
    other = day.replace(year=day.year - 1)
    return good, good | {"d": short(other), "dl": long(other)}


def typed(scene: Scene, say: str) -> tuple[Values, Values]:
    day = scene.day()
    kind, symbol = scene.rng.choice(SAY["CIT503"]["types"])
    own = "UBND" if "UBND" in say else scene.code
    good = {
        "type": kind,
        "s": symbol,
        "n": str(scene.serial(day, own)),
        "c": scene.code,
        "d": short(day),
        "dl": long(day),
    }
    others = [one for one in SAY["CIT503"]["types"] if one[1] != symbol]
    other = scene.rng.choice(others)
    return good, good | scene.rng.choice(({"type": other[0]}, {"s": other[1]}))


def issued(scene: Scene, _: str) -> tuple[Values, Values]:
    day = scene.day()
    body, code = scene.rng.choice(OFFICES)
    kind, symbol = scene.rng.choice(SAY["CIT503"]["types"][:5])
    good = {
        "type": kind,
        "s": symbol,
        "n": str(scene.serial(day, code)),
        "c": code,
        "body": body,
        "d": short(day),
        "dl": long(day),
    }
    others = [one for one in OFFICES if one[1] != code]
    other = scene.rng.choice(others)
    return good, good | scene.rng.choice(({"body": other[0]}, {"c": other[1]}))


def yearless(scene: Scene, _: str) -> tuple[Values, Values]:
    day = scene.day()
    good = {"n": number(scene.rng.randint(2, 90)), "y": str(day.year), "d": short(day)}
    return good, good | {"y": ""}


def later(scene: Scene, _: str) -> tuple[Values, Values]:
    """The report is of 18 December; the paper is of that year, then of the next."""
    day = scene.day()
    good = {"n": str(scene.serial(day, "UBND")), "d": short(day), "dl": long(day)}
    wrong = day.replace(year=day.year + 1)
    return good, good | {"d": short(wrong), "dl": long(wrong)}


def planned(scene: Scene, _: str) -> tuple[Values, Values]:
    day = scene.day(high=date(scene.year, 6, 30))
    good = {
        "n": str(scene.serial(day, "UBND")),
        "d": short(day),
        "c": scene.code,
        "y": str(day.year),
    }
    return good, good | {"y": str(day.year - 1)}


def hyphened(scene: Scene, _: str) -> tuple[Values, Values]:
    day = scene.day()
    good = {"n": number(scene.rng.randint(2, 60)), "d": short(day)}
    return good, good


DRAWS: dict[str, Draw] = {
    "FIG101": ratio,
    "FIG102": granular,
    "FIG103": complement,
    "FIG104": parts,
    "FIG106": part_of,
    "MIS803": blank,
    "SEQ701": steps,
    "SEQ702": acts,
    "SEQ703": acts,
    "CIT502": legal,
    "CIT503": typed,
    "CIT504": issued,
    "CIT506": yearless,
    "CIT507": hyphened,
    "CIT510": later,
    "PER303": planned,
}


def passages(rule: str, scene: Scene) -> tuple[str, str]:
    """One sentence of a rule, true and with one value changed."""
    say = scene.rng.choice(SAY[rule]["say"])
    good, bad = DRAWS[rule](scene, say)
    true, false = say.format(**good), say.format(**bad)
    if rule == "CIT506":
        false = false.replace("//", "/")
    if rule == "CIT507":
        false = swapped_signs(true)
    return true, false


def swapped_signs(said: str) -> str:
    """19-CT/TU becomes 19/CT-TU, and the other way round."""
    head, _, tail = said.partition(" số ")
    number_, _, rest = tail.partition(" ")
    table = str.maketrans("-/", "/-")
    return f"{head} số {number_.translate(table)} {rest}"


def impossible(day: date, rng: Random) -> tuple[str, str]:
    """A day that no month has, in figures."""
    wrong = rng.choice(
        (
            f"31/{rng.choice((4, 6, 9, 11))}/{day.year}",
            f"30/02/{day.year}",
            f"{day.day:02d}/13/{day.year}",
            f"32/{day.month}/{day.year}",
        )
    )
    return short(day), wrong


def fillers(scene: Scene, count: int, without: str) -> Iterator[str]:
    """True sentences of other rules, none of one sentence twice."""
    safe = ["FIG101", "FIG103", "FIG104", "FIG106", "CIT502", "CIT503", "CIT504", "SEQ701"]
    rules = [rule for rule in safe if rule != without]
    for rule in scene.rng.sample(rules, count):
        yield passages(rule, scene)[0]
