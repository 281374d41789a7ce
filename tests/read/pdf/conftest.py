import pytest

FONT = "the font DejaVu Serif Condensed is not installed: apt-get install fonts-dejavu-extra"


@pytest.fixture(autouse=True)
def _font() -> None:
    """The made files are set in a font that has all Vietnamese letters."""
    from benchmarks.pdf_files import SERIF

    if not SERIF.is_file():
        pytest.skip(FONT)
