"""The Celery application. The broker only wakes work up; PostgreSQL holds what is due."""

import os

from celery import Celery
from kombu.transport.redis import Channel

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxhub.settings")
app = Celery("cxhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# When its connection goes, kombu wants to put unacknowledged messages back over that very connection, and ends the
# worker with an AttributeError. There is nothing to put back: the sweeper wakes what PostgreSQL says is due.
Channel.do_restore = False
