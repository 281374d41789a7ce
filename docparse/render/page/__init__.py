"""Findings as one web page that needs nothing else: checked reports in, HTML out.

    words       the page's own words, in both languages
    summary     how much was found and compared
    findings    the list: each finding with all its sides in their context
    charts      registers and figures over time, as pictures of lines and dots
    texts       the reports' whole texts with marks, citations and tables, opened on demand
    packed      what is only opened on demand, in a tenth of its size
    page.css, page.js, unpack.js    how it looks, and what the filters do

The page runs no script but its own and loads nothing: a policy inside it says so to the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from docparse.models import Checked
from docparse.patterns import Patterns, load
from docparse.render.markup import attribute, shown_text
from docparse.render.names import short_names
from docparse.render.page.charts import Series, chart, figure_series
from docparse.render.page.findings import Articles, Picture, family, in_order
from docparse.render.page.summary import SEVERITIES, summary
from docparse.render.page.texts import page_data
from docparse.render.page.words import Words

__all__ = ["Series", "findings_page"]

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)
_STATUSES = ("new", "known", "suppressed")
_AT_ONCE = 200  # findings that are shown at once, and stand in the page as they are


def findings_page(
    checked: Checked,
    reports: Sequence[Any],
    *,
    registers: Sequence[Series] = (),
    bodies: Mapping[str, str] | None = None,
    failures: Sequence[Mapping[str, str]] = (),
    picture: Picture | None = None,
    lang: str = "vi",
    patterns: Patterns | None = None,
) -> Iterator[str]:
    """The page, piece by piece.

    ``reports`` are those that were checked, ``registers`` what there is to draw, ``bodies``
    whose report a path is, ``failures`` sentences by language for files that could not be read;
    ``picture`` gives the address of data that shows words of a report on their page.
    """
    patterns = patterns or load()
    words = Words(patterns, lang)
    paths = [report.source.path for report in reports]
    names = dict(zip(paths, short_names(paths), strict=True))
    articles = Articles(checked, reports, names, words, patterns, picture)
    figures = figure_series(reports, names, bodies or {}, checked.findings)
    yield from _head(words)
    yield summary(checked, failures, names, words)
    yield from _findings(checked, articles, names, words)
    yield from _charts(registers, figures, words)
    yield _reports(reports, articles, names, words)
    yield _documents(words)
    yield from _tail(checked, reports, articles, names, words)


def _head(words: Words) -> Iterator[str]:
    lang, title = words.lang, words.one("page-title", words.lang)
    yield (
        f'<!doctype html>\n<html lang="{lang}" class="lang-{lang}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="generator" content="docparse">\n'
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


def _findings(
    checked: Checked, articles: Articles, names: Mapping[str, str], words: Words
) -> Iterator[str]:
    yield f'<section id="findings"><h2>{words.both("page-findings")}</h2>\n'
    if checked.findings:
        yield from _filters(checked, articles, names, words)
    else:
        yield f'<p class="none">{words.both("findings-none")}</p>\n'
    yield '<div id="list">\n'
    yield from articles.made(0, _AT_ONCE)
    yield f'</div>\n<div class="pages" hidden>{_turn("back", words)}{_turn("on", words)}</div>\n'
    yield "</section>\n"


def _turn(way: str, words: Words) -> str:
    return f'<button type="button" data-turn="{way}">{words.both(f"page-{way}")}</button>'


def _filters(
    checked: Checked, articles: Articles, names: Mapping[str, str], words: Words
) -> Iterator[str]:
    yield '<form class="filters" role="search">'
    yield f'<label class="search">{words.both("page-search")} '
    yield '<input type="search" id="search"></label>'
    yield f"<fieldset><legend>{words.both('page-severity')}</legend>"
    for name in SEVERITIES:
        yield (
            f'<label><input type="checkbox" name="severity" value="{name}" checked>'
            f" {words.both(f'findings-{name}')}</label>"
        )
    yield "</fieldset>"
    found = {family(one) for one in checked.findings}
    kinds = [(one, words.spoken(f"page-family-{one}")) for one in in_order(found)]
    yield _select("family", kinds, words)
    named = sorted({number for one in articles.index for number in one[3]})
    paths = list(names.values())
    yield _select("report", [(str(at), f">{shown_text(paths[at])}") for at in named], words)
    statuses = {one.status for one in checked.findings}
    told = [(one, words.spoken(f"page-status-{one}")) for one in _STATUSES if one in statuses]
    yield _select("status", told, words)
    yield (
        f'<button type="reset">{words.both("page-reset")}</button>'
        '<output id="shown" aria-live="polite"></output>'
        f'<p class="keys">{words.both("page-keys")}</p></form>\n'
    )


def _select(name: str, options: Sequence[tuple[str, str]], words: Words) -> str:
    """A value and the end of its tag each; nothing where there is no choice."""
    if len(options) < 2:
        return ""
    made = "".join(
        f'<option value="{attribute(value)}"{shown}</option>'
        for value, shown in (("", words.spoken("page-all")), *options)
    )
    return f'<label>{words.both(f"page-{name}")} <select name="{name}">{made}</select></label>'


def _charts(registers: Sequence[Series], figures: Sequence[Series], words: Words) -> Iterator[str]:
    yield f'<section id="charts"><h2>{words.both("page-charts")}</h2>\n'
    for heading, series in (("page-registers", registers), ("page-over-time", figures)):
        if series:
            yield f"<h3>{words.both(heading)}</h3>\n<p>{words.both(f'{heading}-how')}</p>\n"
            yield f'<div class="charts">{"".join(chart(one) for one in series)}</div>\n'
    if not registers and not figures:
        yield f"<p>{words.both('page-no-charts')}</p>\n"
    yield "</section>\n"


def _reports(
    reports: Sequence[Any], articles: Articles, names: Mapping[str, str], words: Words
) -> str:
    counts = [0] * len(reports)
    for _, _, _, named in articles.index:
        for number in named:
            counts[number] += 1
    rows = "".join(
        f'<li><a href="#report-{at}">{shown_text(names[report.source.path])}</a>'
        f" <small>{words.both('page-so-many-findings', count=counts[at])}</small></li>"
        for at, report in enumerate(reports)
    )
    return (
        f'<section id="reports"><h2>{words.both("page-reports")}</h2>\n'
        f'<p>{words.both("page-reports-how")}</p>\n<ul class="names">{rows}</ul>\n'
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


def _tail(
    checked: Checked,
    reports: Sequence[Any],
    articles: Articles,
    names: Mapping[str, str],
    words: Words,
) -> Iterator[str]:
    yield f"</main>\n<noscript><p>{words.both('page-noscript')}</p></noscript>\n"
    yield '<script type="application/json" id="data">'
    yield from page_data(checked, reports, names, words)
    yield f',"atOnce":{_AT_ONCE},{articles.data(_AT_ONCE)}}}</script>\n<script>\n'
    yield f"{_file('unpack.js')}{_file('page.js')}</script>\n</body>\n</html>\n"


def _file(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
