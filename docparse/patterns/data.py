"""Where the pattern files lie: names of folders and files in, a path out.

The wheel carries ``patterns/`` as ``docparse/patterns/data`` (hatchling force-include); an
editable install has no such folder and reads the checkout's ``patterns/`` instead.

>>> data_path("syllables.toml").name
'syllables.toml'
"""

from pathlib import Path

_PACKAGED = Path(__file__).parent / "data"
_CHECKOUT = Path(__file__).parents[2] / "patterns"


def data_path(*parts: str) -> Path:
    """The path of a pattern file or folder; it is not checked to exist."""
    root = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return root.joinpath(*parts)
