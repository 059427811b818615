"""Sample rows, filters and a sample journey map."""

from itertools import cycle, islice
from typing import Any

from cxhub.web.samples.names import ARABIC, EMOJI, HOSTILE, LONG


def grid(*, stages: int, steps: int, lanes: int) -> dict[str, Any]:
    """Return a map of the asked-for size; some of its cells are empty."""
    names = ["Discover", "Book and prepare", ARABIC, "Travel", EMOJI, "Come back"]
    cards = [
        {"text": "Signs in the terminal", "icon": "milestone", "status": "on_target", "value_text": "4.39 of 5"},
        {"text": "Security line", "icon": "users", "status": "off_target", "value_text": "3.61 of 5", "url": "#t"},
        None,
        {"text": "Bag claim", "icon": "luggage", "status": "too_few", "sub_text": "12 answers"},
        {"text": HOSTILE, "icon": "globe", "status": "no_data"},
    ]
    cells = cycle({"cards": [card] if card else []} for card in cards)
    return {
        "label": "Flying from SFO",
        "stages": [
            {
                "name": name,
                "phase": "Use",
                "span": steps,
                "steps": [{"name": f"I do step {n + 1}"} for n in range(steps)],
            }
            for name in islice(cycle(names), stages)
        ],
        "lanes": [
            {"name": f"Lane {n + 1}", "icon": "pin", "cells": list(islice(cells, stages * steps))} for n in range(lanes)
        ],
    }


def rows() -> list[list[dict[str, Any]]]:
    statuses = ["off_target", "watch", "on_target", "too_few", "no_data"]
    names = ["Security line", LONG, ARABIC, EMOJI, HOSTILE]
    return [
        [
            {"text": name, "url": "#"},
            {"text": "Service", "sub": "offered, not accepted yet"},
            {"status": status},
            {"text": "4.39 of 5", "is_number": True},
            {"text": "2,746", "is_number": True},
        ]
        for name, status in zip(names, statuses, strict=True)
    ]


def filters() -> dict[str, Any]:
    return {
        "search": ARABIC,
        "search_label": "Search touchpoints",
        "selects": [
            {
                "name": "department",
                "label": "Department",
                "options": [{"value": "", "label": "All"}, {"value": "1", "label": "Service", "is_chosen": True}],
            }
        ],
        "kept": [{"name": "sort", "value": "-value"}],
        "chips": [{"label": "Department: Service", "url": "?"}, {"label": EMOJI, "url": "?"}],
        "clear_url": "?",
    }
