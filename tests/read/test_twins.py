"""Real files in old fonts beside their Unicode twins: the same words must come out.

The twins are transcripts of others. They have small letters where the font shows capitals
(.VnTimeH), field codes, the codes of failed formulas, and some words that were decoded wrong
("víi" for "với") and are no syllables; none of this counts here.
"""

import re
from collections import Counter

import pytest

from docparse.patterns.syllables import is_accented, is_syllable
from docparse.read import read
from docparse.read.office import find_program
from tests.read.making import SAMPLES

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
_WORD = re.compile(r"[^\W\d_]+")
_FIELDS = {"page"}


def _words(text: str) -> Counter[str]:
    return Counter(
        word.casefold()
        for word in _WORD.findall(text)
        if word.lower() not in _FIELDS and (is_syllable(word) or not is_accented(word))
    )


@pytest.mark.parametrize(
    "name",
    ["tcvn3_nd28_2003.doc", "tcvn3_nd94_1998.rtf", "vni_qd991_2008_binhphuoc.doc",
     "tcvn3_bieu_kh2003.xls"],
)  # fmt: skip
def test_the_words_of_the_twin(name: str) -> None:
    if not name.endswith(".xls") and find_program() is None:
        pytest.skip("LibreOffice is not installed (libreoffice-writer-nogui)")
    path = SAMPLES / name
    twin = _words(path.with_suffix(".unicode.txt").read_text(encoding="utf-8"))
    ours = _words(read(path).text.replace("#DIV/0!", ""))
    assert (twin & ours).total() / twin.total() >= 0.99
    assert (twin & ours).total() / ours.total() >= 0.975
