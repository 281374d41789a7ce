"""From values to what leaves the program: records as JSON, text, frames and a schema.

JSON is known here alone; the stages before pass values.

>>> from docparse.render.schema import report_schema
>>> report_schema()["properties"]["schema"]["const"]
'docparse.report/1'
"""
