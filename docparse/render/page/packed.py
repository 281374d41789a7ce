"""What the page's script reads: values as JSON inside HTML, texts in a fraction of their size.

>>> script_json({"a": "</script>"})
'{"a":"\\\\u003c/script>"}'
>>> unpacked(packed("một báo cáo"))
'một báo cáo'
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from typing import Any

_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")
_BARE = -15  # the largest window, and neither a head nor a sum around it


def script_json(value: Any) -> str:
    """JSON that ends no script: no tag can begin in it, and no line break is hidden in it.

    Half of a surrogate pair is written by its number: no file in UTF-8 can hold it.
    """
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", made)


def packed(words: str) -> str:
    """Letters and digits, which ``unpack.js`` reads again."""
    press = zlib.compressobj(9, zlib.DEFLATED, _BARE)
    made = press.compress(words.encode("utf-8")) + press.flush()
    return b64encode(made).decode("ascii")


def unpacked(letters: str) -> str:
    """What was packed."""
    return zlib.decompress(b64decode(letters), _BARE).decode("utf-8")
