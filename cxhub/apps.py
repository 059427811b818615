"""The project as a Django app: makes our Celery application the current one, and watches the database role."""

from celery.signals import beat_init, worker_init
from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CxhubConfig(AppConfig):
    name = "cxhub"

    def ready(self) -> None:
        from cxhub import celery, guard  # noqa: F401, PLC0415  settings are not read before ready()

        connection_created.connect(guard.watch, dispatch_uid="cxhub.guard")
        worker_init.connect(guard.at_start, weak=False)
        beat_init.connect(guard.at_start, weak=False)
