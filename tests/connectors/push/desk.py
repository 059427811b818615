"""What tests of push feeds share: a feed, a sender that signs, and the work of the sweep and the worker."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook

from connectors.models import Feed, SyncRun
from connectors.pipelines import sweep, sync
from connectors.queries import webhooks
from connectors.services import push_feeds
from connectors.systems.push.settings import PushSettings

NUMBERS = count(1)


def scored(**news: Any) -> PushSettings:
    return PushSettings(
        rows="data.items",
        touchpoint_path="touchpoint",
        date_path="answered_at",
        score_path="score",
        scale_low=1,
        scale_high=5,
        measures=("csat_mean",),
    ).changed(**news)


def ready(**news: Any) -> PushSettings:
    return PushSettings(
        rows="@",
        row_is="ready",
        touchpoint_path="touchpoint",
        date_path="month",
        value_path="value",
        measures=("total",),
        grain="month",
    ).changed(**news)


def feed_of(world: Any, settings: PushSettings, name: str = "Survey tool", **how: Any) -> tuple[Feed, str]:
    with world.inside():
        given = {"secret": "", "expected_minutes": None, **how}
        return push_feeds.begin(name=name, settings=settings, by=world.ivo, **given)


def day_ago(days: int) -> str:
    """A day that no live clock rule turns away, whenever the tests run."""
    return (timezone.now() - timedelta(days=days)).date().isoformat()


def row(day: str, score: Any, touchpoint: str = "Desk") -> dict[str, Any]:
    return {"touchpoint": touchpoint, "answered_at": day, "score": score}


def items(*rows: Any) -> dict[str, Any]:
    return {"data": {"items": list(rows)}}


def standard_headers(secret: str, body: bytes, message_id: str, at: datetime | None = None) -> dict[str, str]:
    """Sign as the reference library does."""
    at = at or datetime.now(UTC)
    signature = Webhook(secret).sign(message_id, at, body.decode("latin-1")) if body.isascii() else ""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }


def plain_headers(secret: str, body: bytes, header: str = "X-Hub-Signature-256", prefix: str = "sha256=") -> dict:
    return {header: prefix + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def base64_headers(secret: str, body: bytes, header: str) -> dict[str, str]:
    return {header: base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()}


class Sender:
    """A system that sends to one feed."""

    def __init__(self, world: Any, client: Client, feed: Feed, secret: str) -> None:
        self.world, self.client, self.feed, self.secret = world, client, feed, secret
        with world.inside():
            self.address = f"/hooks/{webhooks.token_of(feed)}/"

    def send(self, document: Any, message_id: str = "", at: datetime | None = None) -> Any:
        """Send JSON, signed with the secret as Standard Webhooks do."""
        body = json.dumps(document).encode()
        headers = standard_headers(self.secret, body, message_id or f"msg_{next(NUMBERS)}", at)
        return self.post(body, headers)

    def send_plain(self, document: Any) -> Any:
        body = json.dumps(document).encode()
        return self.post(body, plain_headers(self.secret, body))

    def post(self, body: bytes, headers: Mapping[str, str]) -> Any:
        return self.client.post(self.address, body, content_type="application/json", headers=dict(headers))


def digest(world: Any, now: datetime | None = None) -> list[SyncRun]:
    """Do what the sweep and the worker do, and return the runs that were waiting."""
    sweep.sweep(now or timezone.now())
    with world.inside():
        waiting = list(SyncRun.objects.due().order_by("id").values_list("pk", flat=True))
    for run_id in waiting:
        sync.run(workspace_id=world.acme.pk, run_id=run_id, now=now or timezone.now())
    with world.inside():
        return list(SyncRun.objects.filter(pk__in=waiting).order_by("id"))
