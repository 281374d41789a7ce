"""Reports by what tells them apart: a page that is sent on says nothing of the machine.

>>> short_names(["/home/an/2022/a.txt", "/home/an/2023/a.txt"])
['2022/a.txt', '2023/a.txt']
>>> short_names([r"D:\\bc\\a.docx"])
['a.docx']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

_FOLDER = re.compile(r"[^/\\]*[/\\]")


def short_names(paths: Sequence[str]) -> list[str]:
    """The paths without the folders that all of them share."""
    folders = [_FOLDER.findall(path) for path in paths]
    steps = zip(*folders, strict=False)
    shared = sum(len(same[0]) for same in takewhile(lambda one: len(set(one)) == 1, steps))
    return [path[shared:] for path in paths]
