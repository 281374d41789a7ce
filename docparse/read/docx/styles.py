"""What styles say of text: the styles part in, fonts, capitals, numbering and borders out.

A property comes from the run, else from its character style, the paragraph's style, the
styles those are based on, or the defaults, in this order.

>>> Styles(None, None).font(None, None, None) is None
True
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.read.docx.parts import W
from docparse.read.xmltrees import Element

_FACES = (f"{W}ascii", f"{W}hAnsi", f"{W}cs")
_THEMES = ((f"{W}asciiTheme", "minor"), (f"{W}hAnsiTheme", "minor"))
_OFF = ("0", "false", "off", "none", "nil")
_DEEPEST = 16  # styles based on one another in a circle end here


class Styles:
    """Looks properties up along the chain of styles."""

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self._base: Element | None = None
        self._fonts = _theme_fonts(theme)
        for style in root.iterfind(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if is_on(style.get(f"{W}default", "0")):
                self._default[style.get(f"{W}type", "")] = name
        if root is not None:
            self._base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._known: dict[tuple[str | None, str | None], tuple[str | None, bool, bool]] = {}

    def font(self, run: Element | None, character: str | None, paragraph: str | None) -> str | None:
        """The font in which the Latin letters of a run are set."""
        own = self._face(run)
        return own if own is not None else self._of(character, paragraph)[0]

    def capitals(self, run: Element | None, character: str | None, paragraph: str | None) -> bool:
        """Whether the run is shown in capital letters."""
        own = _flag(run, "caps")
        return own if own is not None else self._of(character, paragraph)[1]

    def hidden(self, run: Element | None, character: str | None, paragraph: str | None) -> bool:
        """Whether the run is not shown at all."""
        own = _flag(run, "vanish")
        return own if own is not None else self._of(character, paragraph)[2]

    def numbering(self, paragraph: str | None) -> Element | None:
        """The numbering that a paragraph has from its style."""
        for style in self._chain(paragraph or self._default.get("paragraph")):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
        return None

    def breaks_page(self, paragraph: str | None) -> bool:
        """Whether paragraphs of a style begin a page."""
        for style in self._chain(paragraph or self._default.get("paragraph")):
            own = _flag(style.find(f"{W}pPr"), "pageBreakBefore")
            if own is not None:
                return own
        return False

    def ruled(self, table: str | None) -> bool:
        """Whether tables of a style have lines."""
        chain = self._chain(table or self._default.get("table"))
        return any(has_borders(style.find(f"{W}tblPr/{W}tblBorders")) for style in chain)

    def _of(self, character: str | None, paragraph: str | None) -> tuple[str | None, bool, bool]:
        """Font, capitals and hiding that a pair of styles gives; looked up once."""
        key = (character, paragraph)
        if key not in self._known:
            settings = list(self._settings(character, paragraph))
            faces = (face for setting in settings if (face := self._face(setting)) is not None)
            self._known[key] = (
                next(faces, None),
                _first_flag(settings, "caps"),
                _first_flag(settings, "vanish"),
            )
        return self._known[key]

    def _settings(self, character: str | None, paragraph: str | None) -> Iterator[Element]:
        for name in (character, paragraph or self._default.get("paragraph")):
            for style in self._chain(name):
                found = style.find(f"{W}rPr")
                if found is not None:
                    yield found
        if self._base is not None:
            yield self._base

    def _chain(self, name: str | None) -> Iterator[Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style
            based = style.find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None

    def _face(self, setting: Element | None) -> str | None:
        fonts = setting.find(f"{W}rFonts") if setting is not None else None
        if fonts is None:
            return None
        for face in _FACES[:2]:
            if fonts.get(face):
                return str(fonts.get(face)).partition(";")[0]
        for theme, _ in _THEMES:
            if fonts.get(theme):
                return self._fonts.get(str(fonts.get(theme))[:5])
        return None


def is_on(value: str | None) -> bool:
    """What a switch says; written without a value it is on."""
    return value is None or value not in _OFF


def has_borders(borders: Element | None) -> bool:
    """Whether any line is drawn."""
    return borders is not None and any(
        is_on(side.get(f"{W}val")) for side in borders if side.get(f"{W}val") is not None
    )


def _flag(setting: Element | None, name: str) -> bool | None:
    found = setting.find(f"{W}{name}") if setting is not None else None
    return None if found is None else is_on(found.get(f"{W}val"))


def _first_flag(settings: list[Element], name: str) -> bool:
    flags = (flag for setting in settings if (flag := _flag(setting, name)) is not None)
    return next(flags, False)


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    """The two fonts of a theme, by the first letters of the names that styles use."""
    fonts = {}
    for name in ("major", "minor"):
        for latin in theme.iter("{*}latin") if theme is not None else ():
            if latin.getparent().tag.endswith(f"}}{name}Font"):
                fonts[name] = latin.get("typeface", "")
    return fonts
