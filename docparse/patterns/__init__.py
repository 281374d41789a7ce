"""What a non-programmer may change, read into typed values.

In: the shipped ``patterns/`` and, over it, a folder of the user's own. Out: one
:class:`Patterns`, whose tables and forms are read from their files when first asked for.

>>> from docparse.patterns import load
>>> [entry.name for entry in load().types if "KH" in entry.codes]
['Kế hoạch']
"""

from importlib import import_module
from typing import TYPE_CHECKING

from docparse.errors import PatternError
from docparse.patterns.data import data_path
from docparse.patterns.forms import Form, FormSet
from docparse.patterns.load import Patterns, load
from docparse.patterns.tables import (
    Abbreviation,
    DocumentType,
    Issuer,
    Law,
    LawVersion,
    Message,
    Place,
    PlaceHead,
    Unit,
)

if TYPE_CHECKING:
    from docparse.patterns.check import Problem, check_patterns
    from docparse.patterns.dates import parse_date

__all__ = [
    "Abbreviation",
    "DocumentType",
    "Form",
    "FormSet",
    "Issuer",
    "Law",
    "LawVersion",
    "Message",
    "PatternError",
    "Patterns",
    "Place",
    "PlaceHead",
    "Problem",
    "Unit",
    "check_patterns",
    "data_path",
    "load",
    "parse_date",
]

_LATER = {"Problem": "check", "check_patterns": "check", "parse_date": "dates"}


def __getattr__(name: str) -> object:
    """The names that a command line can do without at its start."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
