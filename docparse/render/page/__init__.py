"""Findings as one web page that needs nothing else: checked reports in, HTML out.

    words       the page's own words, in both languages
    findings    the list: each finding with all its sides in their context
    charts      registers and figures over time, as pictures of lines and dots
    texts       the reports' whole texts with marks, citations and tables, opened on demand
    page.css, page.js    how it looks, and what the filters do

The page runs no script but its own and loads nothing: a policy inside it says so to the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from docparse.models import Checked
from docparse.patterns import Patterns, load
from docparse.render.markup import attribute, shown_text
from docparse.render.page.charts import Series, chart, figure_series
from docparse.render.page.findings import article, counts_of, family
from docparse.render.page.texts import page_data
from docparse.render.page.words import Said, Words

__all__ = ["Series", "findings_page"]

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)
_SEVERITIES = ("error", "warning", "note")


def findings_page(
    checked: Checked,
    reports: Sequence[Any],
    *,
    registers: Sequence[Series] = (),
    failures: Sequence[Mapping[str, str]] = (),
    pictures: Mapping[tuple[str, int, int], str] | None = None,
    lang: str = "vi",
    patterns: Patterns | None = None,
) -> Iterator[str]:
    """The page, piece by piece.

    ``reports`` are those that were checked, ``registers`` what there is to draw, ``failures``
    sentences by language for files that could not be read, ``pictures`` addresses of data that
    show evidence on its page, by report and place in the source.
    """
    patterns = patterns or load()
    words = Words(patterns)
    names = {report.source.path: index for index, report in enumerate(reports)}
    yield from _head(words, lang)
    yield _summary(checked, failures, words)
    yield from _findings(checked, reports, names, words, patterns, pictures or {})
    yield from _charts(registers, figure_series(reports), words)
    yield _reports(reports, words)
    yield _documents(words)
    yield from _tail(checked, reports, words)


def _head(words: Words, lang: str) -> Iterator[str]:
    title = words.one("page-title", lang)
    yield (
        f'<!doctype html>\n<html lang="{lang}" class="lang-{lang}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown_text(title)}</title>\n<style>\n{_file('page.css')}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#findings">{words.both("page-skip")}</a>\n'
        f"<header><h1>{words.both('page-title')}</h1>\n"
        '<nav aria-label="docparse">'
    )
    for name in ("summary", "findings", "charts", "reports", "documents"):
        yield f'<a href="#{name}">{words.both(f"page-{name}")}</a>'
    pressed = {"vi": lang == "vi", "en": lang == "en"}
    for code, name in (("vi", "Tiếng Việt"), ("en", "English")):
        yield (
            f'<button type="button" class="language" data-lang="{code}" lang="{code}"'
            f' aria-pressed="{str(pressed[code]).lower()}">{name}</button>'
        )
    yield "</nav></header>\n<main>\n"


def _summary(checked: Checked, failures: Sequence[Mapping[str, str]], words: Words) -> str:
    new = [one for one in checked.findings if one.status == "new"]
    cards = "".join(
        f'<li class="{name}"><b>{sum(one.severity == name for one in new)}</b>'
        f" {words.both(f'findings-{name}')}</li>"
        for name in _SEVERITIES
    )
    cards += f"<li><b>{len(checked.held)}</b> {words.both('page-held')}</li>"
    kinds = "".join(
        f"<tr><th scope=row>{shown_text(kind)} {words.both(f'page-family-{kind}')}</th>"
        + "".join(f"<td>{count or ''}</td>" for count in counts)
        + "</tr>"
        for kind, counts in counts_of(new, _SEVERITIES).items()
    )
    heads = "".join(f"<th scope=col>{words.both(f'findings-{one}')}</th>" for one in _SEVERITIES)
    table = (
        f"<table><caption>{words.both('page-by-kind')}</caption>"
        f"<thead><tr><th scope=col>{words.both('page-kind')}</th>{heads}</tr></thead>"
        f"<tbody>{kinds}</tbody></table>"
        if kinds
        else ""
    )
    return (
        f'<section id="summary"><h2>{words.both("page-summary")}</h2>\n'
        f'<ul class="cards">{cards}</ul>\n<div class="tables">{table}{_coverage(checked, words)}'
        f"</div>\n{_failures(failures, words)}</section>\n"
    )


def _coverage(checked: Checked, words: Words) -> str:
    kinds = ("figures", "citations", "tables")
    heads = "".join(f"<th scope=col>{words.both(f'page-{kind}')}</th>" for kind in kinds)
    rows = "".join(
        f"<tr><th scope=row>{shown_text(one.report)}</th>"
        + "".join(
            f"<td>{getattr(one, f'{kind}_checked')}/{getattr(one, kind)}</td>" for kind in kinds
        )
        + "</tr>"
        for one in checked.coverage
    )
    return (
        f"<table><caption>{words.both('page-coverage')}</caption><thead><tr>"
        f"<th scope=col>{words.both('page-report')}</th>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _failures(failures: Sequence[Mapping[str, str]], words: Words) -> str:
    if not failures:
        return ""
    rows = "".join(f"<li>{words.said(Said(one['vi'], one['en']))}</li>" for one in failures)
    return f'<h3>{words.both("page-failures")}</h3>\n<ul class="failures">{rows}</ul>\n'


def _findings(
    checked: Checked,
    reports: Sequence[Any],
    names: Mapping[str, int],
    words: Words,
    patterns: Patterns,
    pictures: Mapping[tuple[str, int, int], str],
) -> Iterator[str]:
    families = sorted({family(one) for one in checked.findings})
    paths = sorted({each.report for one in checked.findings for each in one.evidence})
    yield f'<section id="findings"><h2>{words.both("page-findings")}</h2>\n'
    yield '<form class="filters" role="search">'
    yield f'<label>{words.both("page-search")} <input type="search" id="search"></label>'
    yield f"<fieldset><legend>{words.both('page-severity')}</legend>"
    for name in _SEVERITIES:
        yield (
            f'<label><input type="checkbox" name="severity" value="{name}" checked>'
            f" {words.both(f'findings-{name}')}</label>"
        )
    yield "</fieldset>"
    kinds = [(one, f"{one} {words.plain(f'page-family-{one}')}") for one in families]
    yield _select("family", kinds, words)
    yield _select("report", [(str(names[one]), one) for one in paths if one in names], words)
    statuses = ("new", "known", "suppressed")
    yield _select("status", [(one, words.plain(f"page-status-{one}")) for one in statuses], words)
    yield (
        f'<button type="reset">{words.both("page-reset")}</button>'
        '<output id="shown" aria-live="polite"></output></form>\n'
    )
    texts = {report.source.path: report.source for report in reports}
    for number, one in enumerate(checked.findings, 1):
        yield article(number, one, texts, names, words, patterns, pictures)
    if not checked.findings:
        yield f"<p>{words.both('findings-none')}</p>\n"
    yield "</section>\n"


def _select(name: str, options: Sequence[tuple[str, str]], words: Words) -> str:
    made = "".join(
        f'<option value="{attribute(value)}">{shown_text(shown)}</option>'
        for value, shown in options
    )
    return (
        f'<label>{words.both(f"page-{name}")} <select name="{name}">'
        f'<option value="">–</option>{made}</select></label>'
    )


def _charts(registers: Sequence[Series], figures: Sequence[Series], words: Words) -> Iterator[str]:
    yield f'<section id="charts"><h2>{words.both("page-charts")}</h2>\n'
    for heading, series in (("page-registers", registers), ("page-over-time", figures)):
        if series:
            yield f"<h3>{words.both(heading)}</h3>\n<p>{words.both(f'{heading}-how')}</p>\n"
            yield f'<div class="charts">{"".join(chart(one) for one in series)}</div>\n'
    if not registers and not figures:
        yield f"<p>{words.both('page-no-charts')}</p>\n"
    yield "</section>\n"


def _reports(reports: Sequence[Any], words: Words) -> str:
    rows = "".join(
        f'<li><a href="#report-{index}">{shown_text(report.source.path)}</a></li>'
        for index, report in enumerate(reports)
    )
    return (
        f'<section id="reports"><h2>{words.both("page-reports")}</h2>\n'
        f"<p>{words.both('page-reports-how')}</p>\n<ul>{rows}</ul>\n"
        f'<div id="text" hidden tabindex="-1"></div></section>\n'
    )


def _documents(words: Words) -> str:
    heads = "".join(
        f"<th scope=col>{words.both(f'page-{one}')}</th>"
        for one in ("number", "type", "dates", "issuers", "titles", "mentions")
    )
    return (
        f'<section id="documents"><h2>{words.both("page-documents")}</h2>\n'
        f'<form class="filters" role="search"><label>{words.both("page-search")}'
        ' <input type="search" id="search-documents"></label>'
        '<output id="shown-documents" aria-live="polite"></output></form>\n'
        '<div class="wide" tabindex="0" role="region" aria-labelledby="documents-name">'
        f'<table id="document-table"><caption id="documents-name">'
        f"{words.both('page-documents-how')}</caption><thead><tr>{heads}</tr></thead><tbody></tbody></table></div></section>\n"
    )


def _tail(checked: Checked, reports: Sequence[Any], words: Words) -> Iterator[str]:
    yield f"</main>\n<noscript><p>{words.both('page-noscript')}</p></noscript>\n"
    yield '<script type="application/json" id="data">'
    yield from page_data(checked, reports, words)
    yield f"</script>\n<script>\n{_file('page.js')}</script>\n</body>\n</html>\n"


def _file(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
