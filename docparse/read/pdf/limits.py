"""How much of a PDF is read at most: numbers in, nothing out.

>>> PdfLimits(pages=10).pages
10
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """Bounds with defaults that no honest report reaches; what lies beyond is named in a notice.

    ``characters`` and ``pixels`` count for one page, ``seconds`` for the whole file and
    ``ocr_seconds`` for one page; ``dpi`` is how finely a scan is looked at.
    """

    pages: int = 5_000
    characters: int = 200_000
    pixels: int = 30_000_000
    seconds: float = 1_800.0
    ocr_seconds: float = 60.0
    dpi: int = 250
