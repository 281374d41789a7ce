"""The page's own words: each stands there in both languages, and one of them is shown.

>>> words = Words(load())
>>> words.both("findings-error")
'<span class="vi" lang="vi">Lỗi</span><span class="en" lang="en">Error</span>'
"""

from __future__ import annotations

from typing import NamedTuple

from docparse.patterns import Patterns, load
from docparse.render.markup import attribute, shown_text

__all__ = ["Said", "Words", "load"]


class Said(NamedTuple):
    """One text in both languages."""

    vi: str
    en: str


class Words:
    """Looks up sentences of ``patterns/messages.toml``."""

    def __init__(self, patterns: Patterns, lang: str = "vi") -> None:
        self._patterns = patterns
        self.lang = lang

    def one(self, code: str, lang: str, **values: object) -> str:
        """In one language."""
        return self._patterns.message(code, lang, **values)

    def both(self, code: str, **values: object) -> str:
        """In both, as markup."""
        return self.said(Said(self.one(code, "vi", **values), self.one(code, "en", **values)))

    def number(self, count: int) -> str:
        """As each language groups digits."""
        shown = f"{count:,}"
        return self.said(Said(shown.replace(",", "."), shown))

    def spoken(self, code: str) -> str:
        """The end of a tag that can hold no markup, and its words; the script turns them."""
        said = {lang: self.one(code, lang) for lang in ("vi", "en")}
        each = "".join(f' data-{lang}="{attribute(text)}"' for lang, text in said.items())
        return f"{each}>{shown_text(said[self.lang])}"

    def said(self, text: Said) -> str:
        """A text that comes in both languages, as markup; once where both are the same."""
        if text.vi == text.en:
            return shown_text(text.vi)
        return (
            f'<span class="vi" lang="vi">{shown_text(text.vi)}</span>'
            f'<span class="en" lang="en">{shown_text(text.en)}</span>'
        )
