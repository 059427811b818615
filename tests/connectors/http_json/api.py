"""A survey API as vendors document them, and the settings that read it."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from connectors.systems.http_json.settings import Settings
from tests.outside import json_answer

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def row(day, score, touchpoint="Desk"):
    return {"touchpoint": touchpoint, "answered_at": day, "score": score}


def asked(request):
    """Return the parameters of a request, each once."""
    query = urlsplit(request.split()[1]).query
    return {name: values[-1] for name, values in parse_qs(query).items()}


def paged(rows, size):
    """Answer ?page=1, 2, ... with so many rows each."""

    def handle(request):
        page = int(asked(request).get("page", "1"))
        return json_answer({"data": {"items": rows[(page - 1) * size : page * size]}})

    return handle


def reading(url, **news):
    given = Settings(
        url=f"{url}/v1/answers",
        rows="data.items",
        touchpoint_path="touchpoint",
        date_path="answered_at",
        score_path="score",
        scale_low=1,
        scale_high=5,
        measures=("csat_mean",),
    )
    return given.changed(**news)
