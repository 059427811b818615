"""Refuses a change that was made looking at something older than what stands there now."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


class ChangedMeanwhile(ValueError):
    """Somebody else changed it since the page was opened. Nothing was saved."""


def seen(values: Mapping[str, Any]) -> str:
    """Return what a page was opened with as a short word that its form carries."""
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


def refuse(was: str, values: Mapping[str, Any]) -> None:
    """Raise ChangedMeanwhile unless the values are those the form was opened with."""
    if was != seen(values):
        raise ChangedMeanwhile
