"""Plants a breach of each invariant, so that the verdict is seen to fail."""

import time

from faults.evidence import Books
from faults.source import TEXT_CANARY
from faults.stack import Stack

HALF = """update insights_reading set value = value + 0.25 where id in
    (select id from insights_reading where grain = 'day' and value is not null order by starts_on desc limit 1)
    returning id"""
DOUBLE = """drop index insights_reading_key;
    insert into insights_reading (workspace_id, kpi_id, grain, starts_on, segment, parts, value, written_at)
    select workspace_id, kpi_id, grain, starts_on, segment, parts, value, written_at from insights_reading limit 1
    returning id"""
FORGET = """delete from orgs_auditentry where id in
    (select max(id) from orgs_auditentry where action = 'feed.refresh') returning id"""
TWICE = """with twice as (insert into connectors_syncrun (workspace_id, feed_id, mapping, asked_by_id, asked_at, state,
        fence, stumbles, bytes_read, bytes_total, rows_read, rows_used, rows_unanswered, rows_rejected, made, checks,
        message, log)
    select workspace_id, feed_id, mapping, asked_by_id, asked_at, 'failed', 1, 0, 0, 0, 0, 0, 0, 0, '{}', '{}', '', '[]'
    from (select * from connectors_syncrun order by id desc limit 1) last, generate_series(1, 5) returning id)
    select id from twice"""

STATEMENTS = {"half": HALF, "double": DOUBLE, "audit": FORGET, "twice": TWICE}


def plant(kinds: list[str], books: Books, stack: Stack) -> None:
    """Do what the product never must."""
    for kind in kinds:
        if kind == "leak":
            with (stack.home / "logs" / "worker.log").open("a") as log:
                log.write(f"A row could not be read: {TEXT_CANARY}\n")
        elif not books.ask(STATEMENTS[kind]):
            raise RuntimeError(f"There was nothing to plant '{kind}' in.")
        time.sleep(2)  # long enough to be seen by the reader
