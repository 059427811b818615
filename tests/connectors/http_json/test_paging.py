"""Every page is read once, in every usual way of paging; a circle ends with a sentence."""

import pytest

from connectors.base import SetupProblem
from tests.connectors.http_json.api import asked, paged, reading, row
from tests.outside import json_answer

ROWS = [row(f"2026-05-{day:02}", day % 5 + 1) for day in range(1, 11)]


def days(records):
    return [record.day.day for record in records]


def test_one_page(serve, pull):
    server = serve(json_answer({"data": {"items": ROWS}}))
    assert days(pull(reading(server.url))[0]) == list(range(1, 11))
    assert len(server.requests) == 1


def test_by_number_until_a_page_is_empty(serve, pull):
    server = serve(paged(ROWS, 4))
    given = reading(server.url, paging="page", size_parameter="per_page", size=4)
    assert days(pull(given)[0]) == list(range(1, 11))
    assert [asked(request) for request in server.requests] == [
        {"page": str(number), "per_page": "4"} for number in (1, 2, 3, 4)
    ]


def test_by_number_until_a_page_is_not_there(serve, pull):
    def handle(request):
        page = int(asked(request)["page"])
        return json_answer({"data": {"items": [ROWS[page]]}}) if page < 3 else json_answer({}, "404 Not Found")

    assert len(pull(reading(serve(handle).url, paging="page", first_page=0))[0]) == 3


def test_by_a_cursor_parameter(serve, pull):
    def handle(request):
        start = int(asked(request).get("after", "0"))
        more = start + 4 if start + 4 < len(ROWS) else None
        return json_answer({"data": {"items": ROWS[start : start + 4]}, "next": more})

    server = serve(handle)
    given = reading(server.url, paging="cursor", cursor_path="next", cursor_parameter="after")
    assert days(pull(given)[0]) == list(range(1, 11))


def test_an_empty_page_before_the_last_cursor_is_not_the_end(serve, pull):
    parts = {"0": ([ROWS[0]], "1"), "1": ([], "2"), "2": ([ROWS[1]], "")}

    def handle(request):
        rows, after = parts[asked(request).get("after", "0")]
        return json_answer({"data": {"items": rows}, "next": after})

    given = reading(serve(handle).url, paging="cursor", cursor_path="next", cursor_parameter="after")
    assert days(pull(given)[0]) == [1, 2]


@pytest.mark.parametrize("paging", ["cursor", "link"])
def test_by_a_whole_address(serve, pull, paging):
    def handle(request):
        start = int(asked(request).get("start", "0"))
        there = f"{server.url}/v1/answers?start={start + 5}" if start < 5 else None
        links = {"Link": f'<{server.url}/v1/answers>; rel="first", <{there}>; rel="next"'} if there else {}
        return json_answer({"data": {"items": ROWS[start : start + 5]}, "links": {"next": there}}, **links)

    server = serve(handle)
    assert days(pull(reading(server.url, paging=paging, cursor_path="links.next"))[0]) == list(range(1, 11))


@pytest.mark.parametrize("paging", ["cursor", "link"])
def test_the_next_page_on_another_host_never_gets_the_secret(serve, pull, paging):
    other = serve(json_answer({"data": {"items": []}}))
    first = json_answer({"data": {"items": ROWS}, "next": other.url}, Link=f"<{other.url}/x>; rel=next")
    server = serve(first)
    secrets = {"secret": "s3cret", "secret_origin": server.url}
    with pytest.raises(SetupProblem, match="another place"):
        pull(reading(server.url, paging=paging, cursor_path="next", sign_in="bearer"), secrets=secrets)
    assert not other.requests


def test_the_same_page_again_and_again_is_a_circle(serve, pull):
    server = serve(json_answer({"data": {"items": ROWS}}))
    with pytest.raises(SetupProblem, match="circle"):
        pull(reading(server.url, paging="page"))
    assert len(server.requests) == 2


def test_a_cursor_that_leads_back_is_a_circle(serve, pull):
    def handle(request):
        here = asked(request).get("after", "a")
        after = {"a": "b", "b": "c", "c": "b"}[here]
        return json_answer({"data": {"items": [row("2026-05-01", 4, here)]}, "next": after})

    given = reading(serve(handle).url, paging="cursor", cursor_path="next", cursor_parameter="after")
    with pytest.raises(SetupProblem, match="circle"):
        pull(given)


def test_pages_without_end_stop(serve, pull, monkeypatch):
    monkeypatch.setattr("connectors.walks.MOST_PAGES", 20)
    server = serve(lambda request: json_answer({"data": {"items": [row("2026-05-01", 4, asked(request)["page"])]}}))
    with pytest.raises(SetupProblem, match="more than 20 pages"):
        pull(reading(server.url, paging="page"))
    assert len(server.requests) == 20


def test_each_request_takes_its_turn(serve, pull):
    turns = []
    server = serve(paged(ROWS, 4))
    pull(reading(server.url, paging="page"), turn=lambda: turns.append(len(server.requests)))
    assert turns == [0, 1, 2, 3]
