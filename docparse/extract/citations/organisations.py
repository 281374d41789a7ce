"""Bodies that issue documents, as they are named in a sentence.

In goes a text and a place, out comes the end of the name that begins there: the
longest known name with its head ("Chủ tịch UBND") and its place ("tỉnh Đồng
Nai"), or a name built the way such names are built.

>>> from docparse.patterns import load
>>> value = "của Chủ tịch UBND tỉnh về việc"
>>> value[4 : Organisations.of(load()).end(value, 4)]
'Chủ tịch UBND tỉnh'
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.patterns import Patterns

_WORD = re.compile(r"[\wĐđ]+")
_HEAD_TITLE = re.compile(
    r"(?:(?:Phó |PHÓ )?(?:Chủ tịch|Giám đốc|Tổng [Gg]iám đốc|Bộ trưởng|Thứ trưởng|Thủ trưởng|"
    r"Chánh Văn phòng|Chánh Thanh tra|Trưởng [Bb]an|Tổng cục trưởng|Cục trưởng|Vụ trưởng|"
    r"Thường trực|Ban [Tt]hường vụ|Ban [Cc]án sự [Đđ]ảng|Ban [Cc]hấp hành(?: Đảng bộ)?|"
    r"Văn phòng|Thanh tra|Đoàn [Gg]iám sát của|Đoàn đại biểu|CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|"
    r"Ban [Gg]iám đốc|Lãnh đạo|Đồng chí Bí thư|Bí thư|Tổng Bí thư|Viện trưởng|Chánh án|Tổ giúp việc|Thống đốc)\s+)+"
)
_AREA = re.compile(
    r"\s+(?:tỉnh|thành phố|TP\.?|Tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|Tỉnh|TỈNH|THÀNH PHỐ|Thành phố)"
    r"(?!\w)(?P<place>(?:\s+(?:[A-ZĐÂÊÔƠƯÁÀẢÃẠÝ][\wĐđ]*|-)){2,5})?"
)
_TERM = re.compile(r"\s+(?:[Kk]hóa|[Kk]hoá|KHÓA|nhiệm kỳ)\s+(?:[IVX]+|\d+(?:\s*-\s*\d+)?)")
_GENERIC = re.compile(
    r"(?:Sở|Bộ|Ban|Cục|Vụ|Tổng cục|Chi cục|Trung tâm|Công ty|Tổng công ty|Tập đoàn|Hội|Hiệp hội|"
    r"Liên đoàn|Liên minh|Viện|Trường|Học viện|Đoàn|Phòng|Thanh tra|Công an|Tòa án|Toà án|Kho bạc|"
    r"Ngân hàng|Đài|Báo|Văn phòng|Quỹ|Đảng ủy|Huyện ủy|Thành ủy|Thị ủy|Quận ủy|Tỉnh ủy|Hội đồng|"
    r"Ủy ban|Tổ|Chi nhánh|Bảo hiểm|Liên hiệp|Tạp chí|Nhà xuất bản|Đảng bộ|Mặt trận|Bưu điện)"
    r"(?:\s+(?:[A-ZĐÂÊÔƠƯÁÀẢÃẠÝ][\wĐđ&]*|nhân dân|quốc gia|nhà nước|trung ương|chỉ đạo|tổ chức|"
    r"xúc tiến|tư vấn|phát triển|quản lý|thường trực|dân tộc|tỉnh|khối các cơ quan|cấp tỉnh|công an|"
    r"hành chính công|phục vụ)(?!\w)"
    r"|\s*[-–]\s*[A-ZĐÂÊÔƠƯ][\wĐđ]*|\s+và\s+[A-ZĐÂÊÔƠƯ][\wĐđ]*|,\s+[A-ZĐ][\wĐđ]*(?=\s+và\s+[A-ZĐ]))*"
)
# A title that begins with a capital is not the place of the body before it.
_TITLE_WORDS = frozenset(
    "Quy Ban Về Phê Sửa Hướng Kiểm Thực Triển Công Điều Thành Tổ Kế Quyết Chương Nghị Báo".split()
)


class Organisations:
    """The known bodies, ready for look-up at a place of a text."""

    def __init__(self, patterns: Patterns) -> None:
        names: dict[str, set[str]] = {}
        for row in patterns.issuers:
            for name in (row.name, *row.written, *((row.head,) if row.head else ())):
                first = _WORD.match(name)
                if first and len(name) > 1:
                    names.setdefault(first.group().casefold(), set()).add(name)
        self._by_first = {first: _one_of(group) for first, group in names.items()}
        places = {place.name for place in patterns.places}
        self._places = re.compile(r"\s+(?:" + _words(places) + r")(?!\w)") if places else None

    @staticmethod
    @lru_cache(maxsize=8)
    def of(patterns: Patterns) -> Organisations:
        """The bodies of one set of patterns."""
        return Organisations(patterns)

    def end(self, value: str, start: int) -> int | None:
        """Where the body named at ``start`` ends, or None where no body is named."""
        head = _HEAD_TITLE.match(value, start)
        base = self._base(value, head.end() if head else start)
        if base is None and head is not None:
            base = self._base(value, start)
        if base is None:
            return None
        return self._tail(value, base)

    def _base(self, value: str, start: int) -> int | None:
        first = _WORD.match(value, start)
        if first is None or not first.group()[0].isupper():
            return None
        group = self._by_first.get(first.group().casefold())
        known = group.match(value, start) if group else None
        generic = _GENERIC.match(value, start)
        ends = [match.end() for match in (known,) if match]
        if generic and generic.end() > first.end() + 1:
            ends.append(_without_title(value, generic) if not known else generic.end())
        if known and generic and generic.end() > known.end():
            return known.end()
        return max(ends, default=None)

    def _tail(self, value: str, end: int) -> int:
        area = _AREA.match(value, end)
        if area:
            known = self._places.match(value, area.start("place")) if self._places and area["place"] else None
            if known:
                end = known.end()
            elif area["place"] and area["place"].split()[0] not in _TITLE_WORDS:
                end = area.end()
            else:
                end = area.start("place") if area["place"] else area.end()
        elif self._places:
            place = self._places.match(value, end)
            end = place.end() if place else end
        term = _TERM.match(value, end)
        return term.end() if term else end


def _without_title(value: str, match: re.Match[str]) -> int:
    """Cut a built name before a capital that begins a title."""
    for word in re.finditer(r"\s+([A-ZĐ]\w*)", value[match.start() : match.end()]):
        if word[1] in _TITLE_WORDS and value[match.end() :][:1] == " " and word.start() > 12:
            following = value[match.start() + word.end() :].split(None, 1)
            if following and following[0][:1].islower():
                return match.start() + word.start()
    return match.end()


def _words(names: set[str]) -> str:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in ordered)


def _one_of(names: set[str]) -> re.Pattern[str]:
    return re.compile("(?i:" + _words(names) + r")(?!\w)")
