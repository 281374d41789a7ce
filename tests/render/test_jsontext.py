import json

from hypothesis import given
from hypothesis import strategies as st

from docparse.render.jsontext import json_array, json_line


def test_an_array_without_objects() -> None:
    assert json.loads("".join(json_array([]))) == []


def test_an_array_is_written_as_its_objects_come() -> None:
    asked = []

    def lines() -> object:
        for number in range(3):
            asked.append(number)
            yield json_line({"n": number})

    pieces = json_array(lines())  # type: ignore[arg-type]
    next(pieces)
    assert asked == [0]
    assert json.loads("[\n{" + '"n": 0}' + "".join(pieces)) == [{"n": n} for n in range(3)]


@given(st.dictionaries(st.text(), st.text()))
def test_a_line_is_one_line_to_every_program(value: dict[str, str]) -> None:
    line = json_line(value)
    assert len(line.splitlines()) == 1
    assert json.loads(line) == value


def test_letters_stay_letters_and_keys_in_order() -> None:
    assert json_line({"b": "Kế hoạch", "a": None}) == '{"b": "Kế hoạch", "a": null}'
