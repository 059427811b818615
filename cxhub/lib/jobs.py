"""Wakes a background job by its name once the transaction is committed. Services use this and never import tasks."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def wake(name: str, **ids: int | str) -> None:
    """Send the job after commit. A broker that is away loses nothing: the sweeper finds due work in PostgreSQL."""
    transaction.on_commit(partial(_send, name, ids))


def _send(name: str, ids: dict[str, int | str]) -> None:
    try:
        current_app.send_task(name, kwargs=ids)
    except OperationalError:
        log.warning("The broker is away; %s waits for the sweeper.", name)
