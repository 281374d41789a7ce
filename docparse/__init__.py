"""Vietnamese administrative reports as records: citations, figures, tables, findings.

>>> import docparse
>>> report = docparse.parse(b"So: 12/KH-SCT", path="vi-du.txt")
>>> report.source.format
'txt'
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False  # importing "typing" would take a quarter of the time of --help
if TYPE_CHECKING:
    from typing import Any

    from docparse.checking import check
    from docparse.indexing.collection import Index, open_index
    from docparse.pictures import page_image
    from docparse.pipeline import parse, parse_folder
    from docparse.render.annotated import annotate
    from docparse.render.explained import explain
    from docparse.report import Report

__version__ = "0.1.0"
__all__ = [
    "Index",
    "Report",
    "__version__",
    "annotate",
    "check",
    "explain",
    "open_index",
    "page_image",
    "parse",
    "parse_folder",
]

_HOME = {
    "Index": "docparse.indexing.collection",
    "Report": "docparse.report",
    "annotate": "docparse.render.annotated",
    "check": "docparse.checking",
    "explain": "docparse.render.explained",
    "open_index": "docparse.indexing.collection",
    "page_image": "docparse.pictures",
    "parse": "docparse.pipeline",
    "parse_folder": "docparse.pipeline",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that ``import docparse`` stays instant."""
    if name not in _HOME:
        raise AttributeError(f"module 'docparse' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """The function and the stage are both called ``check``: the public name is the function."""

    def __setattr__(self, name: str, value: Any) -> None:
        # The import system binds a sub-package to its parent; this one must not hide the function.
        if not (name == "check" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
