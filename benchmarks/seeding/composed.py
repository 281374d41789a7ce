"""Reports made for one rule each: true, and with one change.

A maker takes a scene and gives the trial; ``MAKERS`` names them by rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from seeding.grids import GRIDS, table_pair
from seeding.layouts import LAYOUTS
from seeding.scenes import Scene, compose, long, make_scene, short
from seeding.trials import Trial
from seeding.wordings import (
    DRAWS,
    SAY,
    digit_changed,
    fillers,
    impossible,
    number,
    passages,
    plain,
    swapped_signs,
)

Maker = Callable[[Scene], Trial]

# What a changed date, number or symbol may contradict besides.
_DATES = frozenset(
    (
        "CIT501",
        "CIT502",
        "CIT510",
        "REG601",
        "REG602",
        "SEQ701",
        "SEQ702",
        "SEQ703",
        "SEQ705",
        "PER303",
        "CIT508",
    )
)
_ALSO: dict[str, frozenset[str]] = {
    "FIG101": frozenset({"FIG102", "FIG106"}),
    "FIG104": frozenset({"FIG106"}),
    "FIG106": frozenset({"FIG104"}),
    "CIT503": frozenset({"CIT501", "CIT505", "CIT508"}),
    "CIT504": frozenset({"CIT503"}),
    "CIT507": frozenset({"CIT503"}),
    "TAB202": frozenset({"TAB203", "TAB201", "TAB207"}),
    "TAB201": frozenset({"TAB202", "TAB203"}),
    "TAB203": frozenset({"TAB202", "TAB201"}),
    "REP402": frozenset({"REP403"}),
    "REP403": frozenset({"REP402"}),
}


def also(rule: str) -> frozenset[str]:
    dated = rule.startswith(("SEQ7", "CIT501", "CIT502", "CIT510", "REG6", "PER303"))
    return _ALSO.get(rule, _DATES if dated else frozenset())


def trial(
    rule: str, kind: str, before: tuple[str, ...], after: tuple[str, ...], *, anywhere: bool = False
) -> Trial:
    return Trial(
        rule=rule, kind=kind, before=before, after=after, also=also(rule), anywhere=anywhere
    )


def one_report(
    scene: Scene, rule: str, kind: str, true: str, false: str, *, day: date | None = None
) -> Trial:
    """The passage among true ones of other rules."""
    others = list(fillers(scene, 2, rule))
    place = scene.rng.randint(0, 2)
    said = [*others[:place], "\0", *others[place:]]
    shell = compose(scene, said, day=day)
    return trial(rule, kind, (shell.replace("\0", true),), (shell.replace("\0", false),))


def of_wordings(rule: str) -> Maker:
    def make(scene: Scene) -> Trial:
        true, false = passages(rule, scene)
        return one_report(scene, rule, "values", true, false)

    return make


def two_reports(
    scene: Scene, rule: str, true: tuple[str, str], false: tuple[str, str], days: tuple[date, date]
) -> Trial:
    """Two reports of one office; each has true passages of its own."""
    shells = []
    for day, rules in zip(days, ("FIG101 FIG106", "FIG104 CIT502"), strict=True):
        said = [passages(one, scene)[0] for one in rules.split()]
        said.insert(scene.rng.randint(0, 2), "\0")
        title = f"BÁO CÁO\nKết quả công tác đến ngày {short(day)}"
        shells.append(compose(scene, said, day=day, title=title))
    before, after = (
        tuple(shell.replace("\0", one) for shell, one in zip(shells, said_, strict=True))
        for said_ in (true, false)
    )
    return trial(rule, "between reports", before, after)


def cited_twice(scene: Scene) -> Trial:
    """CIT501: in one report, or in two."""
    rng, day = scene.rng, scene.day()
    kind, symbol = rng.choice(SAY["CIT503"]["types"][:3])
    values = {
        "type": kind,
        "number": f"{scene.serial(day, 'UBND')}/{symbol}-UBND",
        "topic": rng.choice(SAY["FIG105"]["topics"]),
        "d": short(day),
        "dl": long(day),
    }
    wrong = day
    while wrong == day or wrong.year != day.year:
        wrong = day + timedelta(days=rng.choice((-10, -3, -1, 1, 3, 10, 30, 31)))
    bad = values | {"d": short(wrong), "dl": long(wrong)}
    first, second = rng.sample(SAY["CIT501"]["say"], 2)
    true = (first.format(**values), second.format(**values))
    false = (true[0], second.format(**bad))
    if rng.random() < 0.5:
        return one_report(scene, "CIT501", "one report", " ".join(true), " ".join(false))
    days = (date(scene.year, 12, 1), date(scene.year, 12, 18))
    return two_reports(scene, "CIT501", true, false, days)


def listed(scene: Scene) -> Trial:
    """FIG105: an item dropped or added, or another count."""
    rng = scene.rng
    say = SAY["FIG105"]
    lead = rng.choice(say["lead"])
    count = rng.randint(3, 6)
    items = _items(scene, lead, count + 1)
    edit = rng.choice(("dropped", "added", "count"))
    kept = items[:count]
    wrong = {"dropped": kept[:1] + kept[2:], "added": items, "count": kept}[edit]
    stated = count if edit != "count" else count + rng.choice((-1, 1, 2))
    true, false = _list_said(lead, count, kept, rng, wrong, stated)
    return one_report(scene, "FIG105", edit, true, false)


def _items(scene: Scene, lead: str, count: int) -> list[str]:
    rng, say = scene.rng, SAY["FIG105"]
    if "đơn vị" in lead or "tổ công tác" in lead:
        head = "Tổ " if "tổ công tác" in lead else ""
        words = say["topics"] if head else say["units"]
        return [f"{head}{one}" for one in rng.sample(words, count)]
    if "{lines}" in lead:
        return [f"Tăng cường {topic} tại các đơn vị" for topic in rng.sample(say["topics"], count)]
    papers = []
    for topic in rng.sample(say["topics"], count):
        day = scene.day()
        kind = "KH" if "kế hoạch" in lead else rng.choice(("KH", "QĐ"))
        word = {"KH": "Kế hoạch", "QĐ": "Quyết định"}[kind]
        serial = scene.serial(day, scene.code)
        papers.append(f"{word} số {serial}/{kind}-{scene.code} ngày {short(day)} về {topic}")
    return papers


def _list_said(
    lead: str, count: int, items: list[str], rng: Random, wrong: list[str], stated: int
) -> tuple[str, str]:
    if "{lines}" in lead:
        mark = rng.choice(("- ", "+ ", "({}) "))
        style = "\n"
    else:
        mark = rng.choice(("({}) ", "({}) ", ""))
        style = " "

    def said(number_: int, which: list[str]) -> str:
        lines = (f"{mark.format(place)}{one}" for place, one in enumerate(which, 1))
        joined = f";{style}".join(lines)
        return lead.format(n=number(number_), items=joined, lines=f"\n{joined}.").replace("..", ".")

    return said(count, items), said(stated, wrong)


def impossible_day(scene: Scene) -> Trial:
    rng = scene.rng
    right, wrong = impossible(scene.day(), rng)
    say = rng.choice(
        (
            "Các tồn tại được khắc phục xong trước ngày {d}.",
            "Số liệu tính đến ngày {d}.",
            "Đoàn kiểm tra làm việc tại đơn vị vào ngày {d}.",
            "Thời hạn gửi báo cáo là ngày {d}, quá hạn không tổng hợp.",
            "Sở đã ban hành Kế hoạch số 12/KH-" + scene.code + " ngày {d} về tuyên truyền.",
        )
    )
    return one_report(scene, "SEQ707", "date", say.format(d=right), say.format(d=wrong))


def register(scene: Scene) -> Trial:
    """REG601: five papers of one office in order, then one with a day of another month."""
    rng = scene.rng
    kind, symbol = rng.choice((("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Báo cáo", "BC")))
    days = sorted({scene.day() for _ in range(6)})
    topics = rng.sample(SAY["FIG105"]["topics"], len(days))
    say = rng.choice(SAY["REG601"]["say"])
    numbers = [f"{scene.serial(day, scene.code)}/{symbol}-{scene.code}" for day in days]

    def said(shown: list[date]) -> str:
        order = list(zip(numbers, shown, topics, strict=True))
        Random(scene.year).shuffle(order)
        papers = [
            say.format(type=kind, number=one, d=short(day), dl=long(day), topic=topic)
            for one, day, topic in order
        ]
        return "Sở đã ban hành: " + "; ".join(papers) + "."

    place = rng.randrange(len(days))
    shown = list(days)
    away = 0
    while not away:
        wrong = _other_month(days[place], rng)
        before, behind = days[:place], days[place + 1 :]
        away = sum(day > wrong for day in before) + sum(day < wrong for day in behind)
    shown[place] = wrong
    return one_report(scene, "REG601", "month", said(days), said(shown))


def _other_month(day: date, rng: Random) -> date:
    return date(day.year, rng.choice([m for m in range(1, 12) if m != day.month]), min(day.day, 28))


def stranger(scene: Scene) -> Trial:
    """REG602: a decision's number under the symbol of plans, whose numbers are far higher."""
    rng = scene.rng
    days = sorted({scene.day() for _ in range(20)})[:12]
    plans = [f"{12000 + 10 * day.timetuple().tm_yday}/KH-UBND" for day in days[::2]]
    decisions = [f"{3000 + 5 * day.timetuple().tm_yday}/QĐ-UBND" for day in days[1::2]]
    topics = [rng.choice(SAY["FIG105"]["topics"]) for _ in range(12)]
    papers = [f"Kế hoạch số {n} ngày {short(d)}" for n, d in zip(plans, days[::2], strict=True)]
    papers += [
        f"Quyết định số {n} ngày {short(d)}" for n, d in zip(decisions, days[1::2], strict=False)
    ]
    told = [f"{one} của UBND tỉnh về {topic}" for one, topic in zip(papers, topics, strict=False)]
    true = "Thực hiện: " + "; ".join(told) + "."
    moved = rng.choice(plans[2:5])
    day = days[::2][plans.index(moved)]
    wrong = f"{3000 + 5 * day.timetuple().tm_yday + 1}/KH-UBND"
    return one_report(scene, "REG602", "symbol", true, true.replace(moved, wrong))


def conflict(rule: str) -> Maker:
    """REP401-403, REP406: two sentences with one value, then with two."""

    def make(scene: Scene) -> Trial:
        rng = scene.rng
        first, second = rng.choice(SAY[rule]["pairs"])
        small = rng.randint(60, 88) if rule == "REP406" else rng.randint(12, 130)
        rise = rng.randint(2, 9)
        same = rule in ("REP401", "REP406")
        values = (small, small if same else small + rise)
        wrong = (small, small + rng.choice((-3, -1, 1, 2, 5)) if same else small - rise)
        years = {"y": scene.year, "x": scene.year - 1}
        true, false = (
            (first.format(v=number(a), **years), second.format(v=number(b), **years))
            for a, b in (values, wrong)
        )
        days = (date(scene.year, 12, 5), date(scene.year, 12, 18))
        return two_reports(scene, rule, true, false, days)

    return make


def deadline(scene: Scene) -> Trial:
    rng, year = scene.rng, scene.year + 1
    first, second = rng.choice(SAY["REP404"]["pairs"])
    early, late = rng.choice((("I", "III"), ("I", "IV"), ("II", "IV")))
    months = {"I": 4, "II": 6, "III": 9, "IV": 11}
    values = [{"t": f"Quý {q}/{year}", "m": months[q], "y": year} for q in (early, late)]
    true = (first.format(**values[0]), second.format(**values[0]))
    false = (true[0], second.format(**values[1]))
    days = (date(scene.year, 12, 5), date(scene.year, 12, 18))
    return two_reports(scene, "REP404", true, false, days)


def status(scene: Scene) -> Trial:
    first, undone, still_done = scene.rng.choice(SAY["REP405"]["pairs"])
    days = (date(scene.year, 6, 14), date(scene.year, 9, 14))
    return two_reports(scene, "REP405", (first, still_done), (first, undone), days)


def two_symbols(scene: Scene) -> Trial:
    rng, day = scene.rng, scene.day()
    values = {"n": str(scene.serial(day, scene.code)), "c": scene.code, "d": short(day)}
    first = SAY["CIT505"]["first"].format(**values)
    good = SAY["CIT505"]["then"][0].format(s="TTr", **values).replace(f"-{scene.code}-", "-")
    bad = rng.choice(SAY["CIT505"]["then"]).format(s="BC", **values)
    bad = bad.replace("Tờ trình", "Báo cáo") if "/BC" in bad else bad
    good = first.replace("Sở đã có", "Sở đã trình tại")
    days = (date(scene.year, 12, 5), date(scene.year, 12, 18))
    return two_reports(scene, "CIT505", (first, good), (first, bad), days)


def same_title(scene: Scene) -> Trial:
    rng, day = scene.rng, scene.day()
    values = {
        "n": number(rng.randint(11, 80)),
        "y": day.year,
        "d": short(day),
        "topic": rng.choice(SAY["CIT508"]["titles"]),
    }
    first, second = SAY["CIT508"]["say"]
    wrong = values | {"n": digit_changed(rng, str(values["n"]))}
    true = (first.format(**values), second.format(**values))
    days = (date(scene.year, 12, 5), date(scene.year, 12, 18))
    return two_reports(scene, "CIT508", true, (true[0], second.format(**wrong)), days)


def standard(scene: Scene) -> Trial:
    rng = scene.rng
    code = rng.choice(SAY["CIT509"]["codes"])
    said = [one.format(s=code) for one in SAY["CIT509"]["say"]]
    rng.shuffle(said)
    place = rng.choice([index for index, sign in enumerate(code) if sign.isdigit()])
    others = [d for d in "123456789" if d != code[place]]
    wrong = code[:place] + rng.choice(others) + code[place + 1 :]
    true, false = " ".join(said), " ".join([*said[:-1], said[-1].replace(code, wrong)])
    return one_report(scene, "CIT509", "code", true, false)


def two_periods(scene: Scene) -> Trial:
    rng, year = scene.rng, scene.year
    value = f"9{rng.randint(5, 9)},{rng.randint(11, 99)}"
    start, other = f"15/12/{year - 1}", f"15/11/{year - 1}"
    end = f"{rng.randint(10, 14)}/11/{year}"
    first, second = rng.sample(SAY["PER301"]["say"], 2)
    true = (first.format(p=value, s=start, e=end), second.format(p=value, s=start, e=end))
    false = (true[0], second.format(p=value, s=other, e=end))
    days = (date(year, 12, 5), date(year, 12, 18))
    return two_reports(scene, "PER301", true, false, days)


def siblings(scene: Scene) -> Trial:
    """PER302: three decisions of one day for one year, then one for another."""
    day = date(scene.year - 1, 12, scene.rng.randint(7, 17))
    serial = 4000 + scene.rng.randint(1, 500)
    bodies = scene.rng.sample([one for one in SAY["FIG105"]["units"]], 3)
    wrong = scene.rng.randrange(3)

    def said(years: list[int]) -> str:
        return (
            "Căn cứ "
            + "; ".join(
                f"Quyết định số {serial + 1 + place}/QĐ-UBND ngày {short(day)} của UBND tỉnh về "
                f"việc giao dự toán chi ngân sách năm {year} cho {body}"
                for place, (year, body) in enumerate(zip(years, bodies, strict=True))
            )
            + "."
        )

    years = [scene.year] * 3
    false = list(years)
    false[wrong] = scene.year - 1
    return one_report(scene, "PER302", "year", said(years), said(false))


def tet(scene: Scene) -> Trial:
    """SEQ705: a paper dated in the Tết holiday."""
    new_year = {2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10)}[scene.year]
    off = date(scene.year, *new_year) + timedelta(days=scene.rng.randint(-1, 2))
    right = date(scene.year, 3, scene.rng.randint(1, 28))
    say = "Sở đã ban hành Kế hoạch số {n}/KH-{c} ngày {d} về tuyên truyền pháp luật."
    values = {"n": scene.rng.randint(20, 90), "c": scene.code}
    true, false = (say.format(d=short(day), **values) for day in (right, off))
    return one_report(scene, "SEQ705", "date", true, false)


def table(rule: str) -> Maker:
    def make(scene: Scene) -> Trial:
        kind, true, false = table_pair(rule, scene.rng)
        made = one_report(scene, rule, kind, true, false)
        return replace(made, anywhere=rule == "TAB206")  # the head of the column is quoted

    return make


def layout(rule: str) -> Maker:
    def make(scene: Scene) -> Trial:
        kind, before, after = LAYOUTS[rule](scene)
        return trial(rule, kind, (before,), (after,), anywhere=True)

    return make


MAKERS: dict[str, Maker] = {
    **{rule: of_wordings(rule) for rule in DRAWS},
    **{rule: conflict(rule) for rule in ("REP401", "REP402", "REP403", "REP406")},
    **{rule: table(rule) for rule in GRIDS},
    **{rule: layout(rule) for rule in LAYOUTS},
    "FIG105": listed,
    "CIT501": cited_twice,
    "CIT505": two_symbols,
    "CIT508": same_title,
    "CIT509": standard,
    "REG601": register,
    "REG602": stranger,
    "REP404": deadline,
    "REP405": status,
    "PER301": two_periods,
    "PER302": siblings,
    "SEQ705": tet,
    "SEQ707": impossible_day,
}


def composed(rule: str, count: int) -> list[Trial]:
    """Trials of one rule; the same ones every time."""
    rng = Random(f"seeded {rule}")
    return [MAKERS[rule](make_scene(rng)) for _ in range(count)]


__all__ = ["MAKERS", "composed", "plain", "swapped_signs"]
