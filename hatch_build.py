"""The README as a package index shows it: there, links to files of this folder lead nowhere.

>>> shown_elsewhere("[why these](docs/design.md#dependencies), [corpus/](corpus/README.md)")
'why these (`docs/design.md`), `corpus/`'
>>> shown_elsewhere("a page ([tiếng Việt](docs/bat-dau.md))")
'a page (tiếng Việt: `docs/bat-dau.md`)'
>>> shown_elsewhere("see\\n\\n![a page](docs/page.png)\\n\\n[there](https://example.org)")
'see\\n\\n[there](https://example.org)'
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_PICTURE = re.compile(r"^!\[[^\]]*\]\((?!https?:)[^)]*\)\n\n?", re.MULTILINE)
_LINK = re.compile(r"(\()?\[([^\]]*)\]\((?!https?:)([^)#]*)[^)]*\)(?(1)(\))?)")
_WHERE = "\nThe files named here are those of the source archive.\n"


def shown_elsewhere(page: str) -> str:
    """Pictures are left out, and of a link its words stay with the file that it led to."""
    return _LINK.sub(_named, _PICTURE.sub("", page))


def _named(link: re.Match[str]) -> str:
    before, words, path, after = (part or "" for part in link.groups())
    if path.startswith(words):
        named = f"`{words}`"
    else:
        named = f"{words}: `{path}`" if after else f"{words} (`{path}`)"
    return f"{before}{named}{after}"


class ReadmeHook(MetadataHookInterface):
    """Hatchling asks it for what ``pyproject.toml`` calls dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        page = Path(self.root, "README.md").read_text(encoding="utf-8")
        text = shown_elsewhere(page) + _WHERE
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
