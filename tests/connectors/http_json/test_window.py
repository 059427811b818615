"""A run asks for the days that may have changed, whole, and remembers how far it came."""

from datetime import date

from connectors.base import Days
from tests.connectors.http_json.api import asked, reading, row
from tests.outside import json_answer

SINCE = {"since_parameter": "from", "until_parameter": "to", "first_day": "2026-05-01"}


def since(serve, pull, rows=(), given=None, **ask):
    server = serve(json_answer({"data": {"items": [*rows, row("2026-05-18", 4)]}}))
    records, cursor = pull(reading(server.url, **{**SINCE, **(given or {})}), **ask)
    return asked(server.requests[0]), records, cursor


def test_the_first_run_asks_from_the_first_day(serve, pull):
    parameters, _records, cursor = since(serve, pull)
    assert parameters == {"from": "2026-05-01", "to": "2026-05-20"}
    assert cursor == {"day": "2026-05-18"}


def test_the_next_run_asks_again_for_the_days_that_come_late(serve, pull):
    assert since(serve, pull, cursor={"day": "2026-05-18"})[0]["from"] == "2026-05-15"


def test_it_never_asks_for_less_than_the_first_day(serve, pull):
    assert since(serve, pull, cursor={"day": "2026-05-02"})[0]["from"] == "2026-05-01"


def test_a_backfill_asks_for_its_days_and_moves_no_cursor(serve, pull):
    rows = [row("2026-04-03", 4), row("2026-04-30", 4)]
    parameters, records, cursor = since(serve, pull, rows, days=Days(date(2026, 4, 2), date(2026, 4, 4)))
    assert parameters == {"from": "2026-04-02", "to": "2026-04-04"}
    assert [record.day for record in records] == [date(2026, 4, 3)]
    assert cursor is None


def test_rows_before_the_window_are_left_out(serve, pull):
    """They are there because they changed; replacing their day by them alone would lose the others."""
    _parameters, records, _cursor = since(serve, pull, [row("2026-05-02", 4)], cursor={"day": "2026-05-18"})
    assert [record.day for record in records] == [date(2026, 5, 18)]


def test_months_are_asked_for_whole(serve, pull):
    given = {"row_is": "ready", "value_path": "score", "measures": ("count",), "grain": "month"}
    parameters, _records, _cursor = since(serve, pull, given=given, cursor={"day": "2026-05-18"})
    assert parameters["from"] == "2026-05-01"


def test_a_date_to_come_does_not_make_the_next_run_skip_days(serve, pull):
    server = serve(json_answer({"data": {"items": [row("2026-08-01", 4)]}}))
    assert pull(reading(server.url))[1] == {"day": "2026-05-20"}


def test_without_a_parameter_everything_is_read(serve, pull):
    server = serve(json_answer({"data": {"items": [row("2020-01-01", 4)]}}))
    records, _cursor = pull(reading(server.url), cursor={"day": "2026-05-18"})
    assert len(records) == 1
    assert asked(server.requests[0]) == {}
