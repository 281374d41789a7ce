"""The head of the page: how much was found, compared and not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docparse.models import Checked, Coverage
from docparse.render.markup import shown_text
from docparse.render.page.findings import counts_of
from docparse.render.page.words import Said, Words

SEVERITIES = ("error", "warning", "note")
_KINDS = ("figures", "citations", "tables")


def summary(
    checked: Checked,
    failures: Sequence[Mapping[str, str]],
    names: Mapping[str, str],
    words: Words,
) -> str:
    """The section."""
    new = [one for one in checked.findings if one.status == "new"]
    cards = "".join(
        f'<li class="{name}"><b>{words.number(sum(one.severity == name for one in new))}</b>'
        f" {words.both(f'findings-{name}')}</li>"
        for name in SEVERITIES
    )
    cards += f"<li><b>{words.number(checked.all_passed)}</b> {words.both('page-held')}</li>"
    kinds = [
        (words.both(f"page-family-{kind}"), [words.number(count) if count else "" for count in row])
        for kind, row in counts_of(new, SEVERITIES).items()
    ]
    heads = [f"findings-{one}" for one in SEVERITIES]
    tables = _table("page-by-kind", ("page-kind", *heads), kinds, words) if kinds else ""
    tables += _coverage(checked.coverage, names, words)
    left = "".join(f"<li>{row}</li>" for row in _left_over(checked, words))
    left = f'<ul class="left">{left}</ul>\n' if left else ""
    return (
        f'<section id="summary"><h2>{words.both("page-summary")}</h2>\n'
        f'<ul class="cards">{cards}</ul>\n{left}{_failures(failures, words)}'
        f'<div class="tables">{tables}</div>\n</section>\n'
    )


def _table(
    name: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], words: Words
) -> str:
    head = "".join(f"<th scope=col>{words.both(one)}</th>" for one in heads)
    body = "".join(
        f"<tr><th scope=row>{first}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        for first, cells in rows
    )
    return (
        f'<div class="scrolled" tabindex="0" role="region" aria-labelledby="{name}"><table>'
        f'<caption id="{name}">{words.both(name)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _coverage(coverage: Sequence[Coverage], names: Mapping[str, str], words: Words) -> str:
    """Of each report and of all of them, how many records some relation has taken up."""
    numbers = {path: at for at, path in enumerate(names)}
    rows = []
    if len(coverage) > 1:
        rows.append((words.both("page-all-reports"), _compared(coverage, words)))
    for one in coverage:
        name = shown_text(names.get(one.report, one.report))
        if one.report in numbers:
            name = f'<a href="#report-{numbers[one.report]}">{name}</a>'
        rows.append((name, _compared([one], words)))
    heads = ("page-report", *(f"page-{kind}" for kind in _KINDS))
    return _table("page-coverage", heads, rows, words)


def _compared(coverage: Sequence[Coverage], words: Words) -> list[str]:
    return [
        f"{words.number(sum(getattr(one, f'{kind}_checked') for one in coverage))}/"
        f"{words.number(sum(getattr(one, kind) for one in coverage))}"
        for kind in _KINDS
    ]


def _left_over(checked: Checked, words: Words) -> Iterator[str]:
    """What is not in the list, what is there but settled, and decisions without a finding."""
    decided = checked.decided
    if decided.hidden:
        yield words.both("page-hidden", count=decided.hidden)
    for status in ("suppressed", "known"):
        count = sum(one.status == status for one in checked.findings)
        if count:
            yield words.both(f"page-so-many-{status}", count=count)
    if decided.resolved:
        yield words.both("page-so-many-resolved", count=len(decided.resolved))
    for state, row in (("text-changed", decided.unused), ("expired", decided.expired)):
        for one in row:
            said = (one.code, one.note, one.reason, one.who, one.day and f"{one.day:%d/%m/%Y}")
            told = " · ".join(shown_text(each) for each in said if each)
            yield f"{words.both(f'decision-{state}')}: {told or shown_text(one.fingerprint)}"


def _failures(failures: Sequence[Mapping[str, str]], words: Words) -> str:
    if not failures:
        return ""
    rows = "".join(f"<li>{words.said(Said(one['vi'], one['en']))}</li>" for one in failures)
    return f'<h3>{words.both("page-failures")}</h3>\n<ul class="failures">{rows}</ul>\n'
