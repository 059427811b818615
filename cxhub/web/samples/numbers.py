"""Sample KPI tiles in every state, and sample charts."""

from typing import Any

from cxhub.web.samples.names import ARABIC, EMOJI, LONG

SPARK = {
    "values": [33, 36, None, 35.5, 38, 41, 39.84],
    "target": 45,
    "label": "NPS 2012 to 2018, latest 39.84, target 45",
}

TILE: dict[str, Any] = {
    "name": "Net Promoter Score",
    "unit_text": "points, −100 to 100",
    "value_text": "39.84",
    "status": "off_target",
    "status_word": "Off target",
    "target_text": "target 45",
    "gap_text": "5.16 below",
    "change_text": "up 1.2 vs 2016",
    "change_direction": "up",
    "sample_text": "2,746 of 2,831 answered, 97 %",
    "weighted_text": "weighted 40.40",
    "spark": SPARK,
    "owner_text": "Service",
    "owner_url": "#owner",
    "data_through_text": "data through 31 Dec 2017",
    "source_text": "Airport survey",
    "source_url": "#source",
    "freshness": "fresh",
    "trust": "certified",
    "url": "#kpi",
    "period_text": "2017",
}

TILES = [
    TILE,
    TILE
    | {
        "name": "Satisfaction with signs",
        "unit_text": "mean score",
        "value_text": "4.39",
        "value_suffix": " of 5",
        "status": "on_target",
        "status_word": "On target",
        "target_text": "target 4.2",
        "gap_text": "0.19 above",
        "change_text": "no clear change vs 2016",
        "change_direction": "flat",
        "weighted_text": "",
        "spark": {"values": [4.1, 4.2, 4.25, 4.3, 4.41, 4.39], "target": 4.2, "label": "Signs"},
    },
    TILE
    | {
        "name": EMOJI,
        "unit_text": "very satisfied or satisfied",
        "value_text": "81.3",
        "value_suffix": " %",
        "status": "watch",
        "trust": "unconfirmed",
        "status_word": "Watch",
        "target_text": "target 80",
        "gap_text": "1.3 above, unsure",
        "change_text": "down 2.1 points vs 2016",
        "change_direction": "down",
        "weighted_text": "",
        "owner_text": "",
    },
    TILE
    | {
        "name": ARABIC,
        "freshness": "stale",
        "stale_reason": "12 days old",
        "trust": "disputed",
        "refreshed_text": "expected daily",
        "status": "on_target",
        "status_word": "On target",
        "data_through_text": "data through 8 Nov 2026",
    },
    TILE
    | {
        "name": "First answer",
        "unit_text": "median minutes",
        "value_text": "6",
        "value_suffix": " min",
        "status": "provisional",
        "status_word": "Provisional",
        "target_text": "target 5 or less",
        "gap_text": "1 over",
        "change_text": "",
        "period_text": "Nov 2026",
        "weighted_text": "",
        "spark": {"values": [5, None, None, 6], "target": 5, "label": "First answer"},
    },
    TILE
    | {
        "name": "Lost bags",
        "value_text": "3.1",
        "value_suffix": " per 1,000",
        "status": "no_target",
        "status_word": "No target",
        "target_text": "",
        "change_text": "up 0.2 vs 2016",
        "unit_text": "",
        "weighted_text": "",
        "freshness": "historical",
        "data_through_text": "imported once, through 2017",
        "spark": {"values": [3.1], "target": None, "label": "Lost bags"},
    },
    TILE
    | {
        "name": LONG,
        "value_text": "58.3",
        "value_suffix": " %",
        "status": "too_few",
        "status_word": "Too few answers",
        "sample_text": "12 of 40 answered, 30 %; 30 are needed",
        "target_text": "target 70",
        "gap_text": "",
        "change_text": "",
    },
    TILE
    | {
        "name": "Effort",
        "value_text": "",
        "status": "no_data",
        "status_word": "No data",
        "sample_text": "",
        "fallback_text": "Not asked in 2019; nothing earlier.",
        "gap_text": "",
        "change_text": "",
        "weighted_text": "",
        "spark": {"values": [], "target": None, "label": ""},
        "data_through_text": "never refreshed",
        "source_text": "",
    },
]

_YEARS = [
    (2012, 33.0, 30.2, 35.8),
    (2013, 36.2, 33.5, 38.9),
    (2014, None, None, None),
    (2015, 35.5, 32.9, 38.1),
    (2016, 38.0, 35.3, 40.7),
    (2017, 39.84, 37.2, 42.5),
    (2018, 30.98, 28.1, 33.9),
]


def charts() -> dict[str, Any]:
    """Return a chart with whiskers, one with a band, and an empty one."""
    return {
        "chart": _chart("NPS by year with target 45", "Target 45", [_point(*year) for year in _YEARS]),
        "chart_many": _chart("NPS by day with target 40", "Target 40", _days()),
        "chart_empty": _chart("Nothing", "", []),
    }


def _chart(label: str, target_text: str, points: list[dict[str, Any]]) -> dict[str, Any]:
    words = {
        "unit_text": "Points",
        "target_text": target_text,
        "watch_text": "Watch: less than 2 better",
    }
    return {"id": "sample-", "label": label, "points": points} | words


def _point(year: int, value: float | None, low: float | None, high: float | None) -> dict[str, Any]:
    known = value is not None
    return {
        "label": str(year),
        "value": value,
        "low": low,
        "high": high,
        "target": 45 if year > 2014 else 40,
        "watch": 2,
        "direction": "higher",
        "value_text": f"{value}" if known else "",
        "interval_text": f"{low} to {high}" if known else "",
        "target_text": "45" if year > 2014 else "40",
        "status": "off_target" if known else "no_data",
        "sample_text": "2,746 of 2,831, 97 %" if known else "not asked",
        "restated_text": "Restated on 3 Feb 2019: 37.9 became 38.0. “survey.csv” replaced 1 day"
        if year == 2016
        else "",
    }


def _days() -> list[dict[str, Any]]:
    values = [None if day in (20, 21, 22) else 36 + (day * 7919 % 13) / 2 + day / 20 for day in range(90)]
    return [
        {
            "label": f"{day + 1}",
            "value": value,
            "low": value and value - 4,
            "high": value and value + 4,
            "target": 40,
            "value_text": f"{value:.1f}" if value else "",
        }
        for day, value in enumerate(values)
    ]
