"""A page of a PDF as a picture, with places marked: bytes and boxes in, a PNG out.

The page lies as a viewer shows it; boxes are those of :class:`~docparse.models.Span`, in points
from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docparse.errors import UsageError
from docparse.models import Box
from docparse.read.pdf.opened import open_document, open_page

_PIXELS = 30_000_000
_AROUND = 1.5  # points between the words and the frame around them
_FILL, _FRAME = (255, 214, 0, 90), (200, 30, 30, 255)


def draw_page(
    data: bytes, path: str, page: int, boxes: Sequence[Box], dpi: int, password: str | None
) -> bytes:
    """The PNG of a page, counted from 1; a large page is drawn less finely."""
    from PIL import ImageDraw

    document = open_document(data, path=path, password=password)
    try:
        if not 1 <= page <= len(document):
            raise UsageError("no-such-page", path=path, page=str(page), pages=str(len(document)))
        with open_page(document, page - 1) as (shown, _, _):
            width, height = shown.get_size()
            scale = min(dpi / 72, (_PIXELS / (width * height)) ** 0.5)
            picture = shown.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    drawing = ImageDraw.Draw(picture, "RGBA")
    for x0, top, x1, bottom in boxes:
        frame = (x0 - _AROUND, top - _AROUND, x1 + _AROUND, bottom + _AROUND)
        drawing.rectangle(
            [edge * scale for edge in frame], fill=_FILL, outline=_FRAME, width=max(1, dpi // 72)
        )
    made = BytesIO()
    picture.save(made, "PNG", dpi=(dpi, dpi))
    return made.getvalue()
