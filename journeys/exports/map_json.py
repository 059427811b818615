"""A map as a JSON file."""

import json
from typing import Any


def text(document: dict[str, Any]) -> str:
    """Return the document to read and to keep: the same map gives the same text, so that two files compare."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
