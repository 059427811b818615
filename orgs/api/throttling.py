"""How often a key, or a person's session, may ask: so many requests in each minute of the clock."""

import logging
import time
from typing import Any

from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from cxhub.lib import limits

WINDOW_SECONDS = 60
log = logging.getLogger(__name__)


class EachKey(BaseThrottle):
    """Counts in the cache. Without the cache nobody is counted and everybody is let in: reading must go on."""

    def allow_request(self, request: Request, view: Any) -> bool:
        minute = str(int(time.time() // WINDOW_SECONDS))
        who = f"key {request.auth.pk}" if request.auth else f"member {request._request.member.pk}"
        try:
            return limits.count(limits.key_of("api", who, minute), seconds=WINDOW_SECONDS) <= settings.API_PER_MINUTE
        except RedisError:
            log.warning("The cache is away: requests of the API are not counted.")
            return True

    def wait(self) -> float:
        """Return the seconds until the next minute begins, at least one."""
        return max(1.0, WINDOW_SECONDS - time.time() % WINDOW_SECONDS)
