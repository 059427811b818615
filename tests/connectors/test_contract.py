"""The contract: every kind of connected system keeps it, whoever wrote it. Those that fetch, against a real server.

A kind is taken up by its line in connectors/apps.py; tests/connectors/vendors/<kind>.py says how its vendor speaks.
"""

from dataclasses import replace

import pytest
from django.db import connection

from connectors.base import Answer, Ask, Puller, Reached, Reader, Ready, Receiver, Rejected, SetupProblem, TryLater
from connectors.registry import CONNECTORS, connector, is_made_up, register
from cxhub.lib.http import Rules
from tests.connectors.desk import BERLIN
from tests.connectors.faults import FOR_A_PERSON, MENDS_ITSELF, REFUSALS, WAITS
from tests.connectors.http_json.api import NOW, row
from tests.connectors.push.desk import scored
from tests.connectors.vendors import Row, vendor
from tests.outside import answer, outside

# A kind that is sent to: its settings, and a message with these rows as its system writes them.
SENT = {"push": (scored().to_json(), lambda rows: {"data": {"items": rows}})}
MESSAGE_ROWS = [row("2026-05-11", 4), row("2026-05-11", "x")]

READERS = [kind for kind, one in CONNECTORS.items() if isinstance(one, Reader)]
RECEIVERS = [kind for kind, one in CONNECTORS.items() if isinstance(one, Receiver)]
# What is made up calls nobody, so no answer of a vendor can go wrong; tests/connectors/sample says what it keeps.
PULLERS = [kind for kind, one in CONNECTORS.items() if isinstance(one, Puller) and not is_made_up(kind)]
NO_SCORES = ["NaN", "Infinity", "1e400", '"NaN"', '"four"', "true", "6", "-1", "4.5", "[]", "{}"]
ROWS = [Row("2026-05-11"), Row("2026-05-11", '"x"'), Row("2026-05-12", "5")]


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.OUTBOUND = replace(Rules.of(allow=["127.0.0.1/32"]), deadline_seconds=1, most_bytes=1024 * 1024)


def told(kind, server, **ask):
    """Return what a kind that fetches yields, with the database shut."""
    secrets = {name: text for field, word in vendor(kind).SECRETS.items() for name, text in kept(field, word, server)}
    with connection.execute_wrapper(refuse):
        question = Ask(**{"now": NOW, "secrets": secrets, **ask})
        return list(connector(kind).pull(vendor(kind).settings(server.url), question, BERLIN))


def kept(field, word, server):
    return [(field, word), (f"{field}_origin", server.url)]


def answering(kind, rows, how="reply"):
    return outside(lambda request: getattr(vendor(kind), how)(request, rows))


def refuse(*_args):
    raise AssertionError("A connector asked the database.")


def settings_of(kind):
    if is_made_up(kind):
        return vendor(kind).SETTINGS
    if kind in SENT:
        return SENT[kind][0]
    return vendor(kind).SETTINGS if kind in READERS else vendor(kind).settings("https://api.example.com")


@pytest.mark.parametrize("kind", CONNECTORS)
def test_it_knows_its_own_kind_and_has_a_name(kind):
    assert connector(kind).kind == kind
    assert str(connector(kind).name)


@pytest.mark.parametrize("kind", CONNECTORS)
def test_its_plan_names_at_least_one_measure(kind):
    assert connector(kind).plan(settings_of(kind)).measures


@pytest.mark.parametrize("kind", CONNECTORS)
@pytest.mark.parametrize("broken", [{}, {"measures": 5}, {"row_is": None}, {"url": 5}])
def test_settings_that_cannot_work_are_a_setup_problem(kind, broken):
    with pytest.raises(SetupProblem):
        connector(kind).plan(broken)


@pytest.mark.parametrize("kind", READERS)
def test_it_yields_plain_records_and_touches_no_database(kind):
    with connection.execute_wrapper(refuse):
        records = list(connector(kind).records(vendor(kind).SETTINGS, vendor(kind).CONTENT, BERLIN))
    assert records
    assert all(isinstance(record, Answer | Ready | Rejected) for record in records)


def test_each_kind_is_one_of_three_or_made_up():
    made_up = [kind for kind in CONNECTORS if is_made_up(kind)]
    assert sorted([*READERS, *PULLERS, *RECEIVERS, *made_up]) == sorted(CONNECTORS)


@pytest.mark.parametrize("kind", RECEIVERS)
def test_it_makes_plain_records_of_a_message(kind):
    settings, message = SENT[kind]
    with connection.execute_wrapper(refuse):
        records = [list(connector(kind).receive(settings, message(MESSAGE_ROWS), BERLIN)) for _ in range(2)]
        assert list(connector(kind).receive(settings, message([]), BERLIN)) == []
    assert [type(record) for record in records[0]] == [Answer, Rejected]
    assert records[0] == records[1]


@pytest.mark.parametrize("kind", PULLERS)
def test_it_fetches_every_page_and_says_how_far_it_came(kind):
    with answering(kind, ROWS) as server:
        records = told(kind, server)
    assert [type(record) for record in records] == [Answer, Rejected, Answer, Reached]
    assert len(server.requests) == 2
    assert all(word not in str(record) for record in records for word in vendor(kind).SECRETS.values())


@pytest.mark.parametrize("kind", PULLERS)
def test_each_request_signs_in_and_takes_its_turn(kind):
    turns = []
    with answering(kind, ROWS) as server:
        told(kind, server, turn=lambda: turns.append(1))
    assert len(turns) == len(server.requests)
    assert all(word in request for request in server.requests for word in vendor(kind).SECRETS.values())


@pytest.mark.parametrize("kind", PULLERS)
def test_a_secret_of_another_place_is_not_sent(kind):
    strange = {f"{field}_origin": "https://elsewhere.example" for field in vendor(kind).SECRETS}
    with answering(kind, ROWS) as server, pytest.raises(SetupProblem):
        told(kind, server, secrets={**vendor(kind).SECRETS, **strange})
    assert server.requests == []


@pytest.mark.parametrize("kind", PULLERS)
def test_the_same_answer_gives_the_same_records(kind):
    with answering(kind, ROWS) as server:
        assert told(kind, server) == told(kind, server)


@pytest.mark.parametrize("kind", PULLERS)
def test_it_goes_on_from_its_cursor(kind):
    month = [Row(f"2026-05-{day:02}") for day in range(1, 20)]
    with answering(kind, month) as server:
        *first, reached = told(kind, server)
        *second, again = told(kind, server, cursor=reached.cursor)
    assert len(first) == 19
    assert 0 < len(second) < 10  # late days are read again, the rest is not
    assert second[-1] == first[-1]
    assert again == reached


@pytest.mark.parametrize("kind", PULLERS)
def test_nothing_where_rows_were_is_nothing(kind):
    with answering(kind, ROWS) as server:
        cursor = told(kind, server)[-1].cursor
    with answering(kind, []) as server:
        records = told(kind, server, cursor=cursor)
    assert [record for record in records if not isinstance(record, Reached)] == []
    assert all(record.cursor == cursor for record in records)


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize(
    ("written", "score"),
    [("4", 4), ('"4"', 4), ('" 5 "', 5), ("null", None)],
    ids=["number", "text", "spaces", "null"],
)
def test_a_number_is_read_as_what_it_says(kind, written, score):
    with answering(kind, [Row("2026-05-11", written), Row("2026-05-12", "3")]) as server:
        first, second, _reached = told(kind, server)
    assert (first.score, second.score) == (score, 3)


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize(
    "written", ["NaN", "Infinity", "1e400", '"NaN"', '"four"', "true", "6", "-1", "4.5", "[]", "{}"]
)
def test_what_is_no_score_is_rejected_with_a_reason(kind, written):
    with answering(kind, [Row("2026-05-11", written), Row("2026-05-12", "3")]) as server:
        first, second, _reached = told(kind, server)
    assert isinstance(first, Rejected)
    assert first.reason
    assert second.score == 3


@pytest.mark.parametrize("kind", PULLERS)
def test_pages_that_lead_in_a_circle_are_said_to_a_person(kind):
    with answering(kind, ROWS, "circle") as server, pytest.raises(SetupProblem):
        told(kind, server)
    assert len(server.requests) < 5


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("status", REFUSALS)
def test_a_person_must_act_on_what_waiting_does_not_mend(kind, status):
    with outside(answer(b"private words", status)) as server, pytest.raises(SetupProblem) as problem:
        told(kind, server)
    assert status[:3] in problem.value.sentence
    assert all(word not in problem.value.sentence for word in ("private", *vendor(kind).SECRETS.values()))


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize(("header", "seconds"), WAITS)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_it_waits_as_long_as_it_is_asked_to(kind, status, header, seconds):
    named = {} if header is None else {"Retry_After": header}
    with outside(answer(b"", status, **named)) as server, pytest.raises(TryLater) as later:
        told(kind, server)
    assert later.value.after_seconds == seconds


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("fault", MENDS_ITSELF)
def test_what_may_mend_itself_is_tried_later(kind, fault):
    with outside(MENDS_ITSELF[fault]) as server, pytest.raises(TryLater):
        told(kind, server)


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("fault", FOR_A_PERSON)
def test_what_does_not_mend_itself_is_said_to_a_person(kind, fault):
    with outside(FOR_A_PERSON[fault]) as server, pytest.raises(SetupProblem):
        told(kind, server)


def test_two_connectors_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="file"):
        register(connector("file"))
