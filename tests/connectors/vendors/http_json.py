"""A survey API as vendors document them: numbered pages, from a day on, with a token."""

from tests.connectors.http_json.api import reading
from tests.connectors.vendors import asked
from tests.outside import answer

SECRETS = {"secret": "s3cret-of-the-api"}
PER_PAGE = 2


def settings(url):
    days = {"since_parameter": "since", "until_parameter": "until", "first_day": "2026-05-01", "late_days": 3}
    return reading(url, sign_in="bearer", paging="cursor", cursor_path="next", **days).to_json()


def posted(url):
    shown = {**settings(url), **SECRETS, "headers": "", "name": "Survey API", "interval": "60"}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def reply(request, rows):
    given = asked(request)
    within = [row for row in rows if given["since"] <= row.day <= given["until"]]
    begin = int(given.get("after", "0"))
    following = f"?since={given['since']}&until={given['until']}&after={begin + PER_PAGE}"
    return body(within[begin : begin + PER_PAGE], following if begin + PER_PAGE < len(within) else "")


def circle(request, rows):
    return body(rows, request.split()[1])


def renamed(request, rows):
    return body(rows, "", name="stars")


def body(rows, following, name="score"):
    items = ", ".join(f'{{"touchpoint": "Desk", "answered_at": "{row.day}", "{name}": {row.score}}}' for row in rows)
    told = f'{{"data": {{"items": [{items}]}}, "next": "{following}"}}'
    return answer(told.encode(), Content_Type="application/json")
