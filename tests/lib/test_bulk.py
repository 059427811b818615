"""Many rows with one statement: what goes in comes out, in as few statements as it takes."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from cxhub.lib import bulk

COLUMNS = {"name": "text", "day": "date", "at": "timestamptz", "value": "float8", "parts": "jsonb"}
AT = datetime(2026, 5, 12, 9, 30, 0, 250_000, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "O'Brien", "a%sb", "“😀”", "مرحبا", "back\\slash", 'a "quote"'])
def test_values_come_back_as_they_went_in(db, text):
    rows = [(text, date(2026, 5, 12), AT, 0.1 + 0.2, {text: None}), (text, None, None, None, None)]
    found = []
    with connection.execute_wrapper(_fetching(found)):
        bulk.run("select * from given", [], COLUMNS, rows)
    assert found[0][:4] == rows[0][:4]
    assert found[1] == rows[1]


def test_rows_go_out_in_few_statements(db, django_assert_num_queries):
    rows = [("one", None, None, float(number), None) for number in range(2 * bulk.AT_ONCE + 1)]
    with django_assert_num_queries(3):
        bulk.run("select count(*) from given", [], COLUMNS, rows)


def test_no_rows_send_no_statement(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        bulk.run("select 1", [], COLUMNS, [])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(db, value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        bulk.run("select 1", [], COLUMNS, [("", None, None, value, None)])


def _fetching(found):
    """Return a wrapper that keeps the rows of each statement."""

    def run(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        found.extend(context["cursor"].fetchall())
        return result

    return run
