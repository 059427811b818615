"""When a bearer token ends, if it says so itself: a JSON Web Token carries its last second in the open."""

import base64
import binascii
import json
from datetime import UTC, date, datetime, tzinfo


def last_day(token: str, zone: tzinfo) -> date | None:
    """Return the day on which a token expires, None for one that does not say.

    Its signature is not verified: only the system that made it can, and nothing is granted here.
    """
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        ends = datetime.fromtimestamp(int(claims["exp"]), UTC).astimezone(zone)
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError, binascii.Error):
        return None
    return ends.date()
