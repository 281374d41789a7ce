from pathlib import Path

import jsonschema

from docparse.render.schema import report_schema, schema_text

COMMITTED = Path(__file__).parents[2] / "docs" / "schema" / "report-1.schema.json"


def test_the_committed_schema_is_fresh() -> None:
    again = "python -m docparse.render.schema docs/schema/report-1.schema.json"
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), f"run {again}"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())


def test_only_the_list_of_documents_may_be_left_out() -> None:
    schema = report_schema()
    for part in (schema, *schema["$defs"].values()):
        left_out = set(part["properties"]) - set(part["required"])
        assert left_out <= {"documents"}
