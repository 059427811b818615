"""Asks a page once, as a customer's browser would, and says whether it keeps what is expected of it."""

from dataclasses import dataclass
from time import monotonic

from django.utils.translation import gettext as _

from cxhub.lib import http
from governance.models import Expectation, ExpectationCheck

Outcome = ExpectationCheck.Outcome


@dataclass(frozen=True)
class Found:
    """What a check found: whether the rule is kept, the figure, and a sentence."""

    outcome: str
    words: str
    value: float | None = None


def probe(expectation: Expectation) -> Found:
    """Return what the page answers now. An address that may not be called says nothing of the page: not known."""
    try:
        http.check(expectation.url)
    except http.Refused as refused:
        return Found(Outcome.UNKNOWN, refused.sentence)
    began = monotonic()
    try:
        reply = http.fetch(expectation.url)
    except (http.Refused, http.Unreachable) as problem:
        return Found(Outcome.FAIL, problem.sentence)
    return _judged(expectation, reply.status, round((monotonic() - began) * 1000))


def _judged(expectation: Expectation, status: int, took_ms: int) -> Found:
    limit = expectation.limit_ms or 0
    told = {"status": status, "wanted": expectation.status, "took": took_ms, "limit": limit}
    if status != expectation.status:
        return Found(Outcome.FAIL, _("It answered %(status)d instead of %(wanted)d.") % told, took_ms)
    if took_ms > limit:
        words = _("It answered %(status)d, but took %(took)d ms, over %(limit)d ms.")
        return Found(Outcome.FAIL, words % told, took_ms)
    return Found(Outcome.PASS, _("It answered %(status)d in %(took)d ms.") % told, took_ms)
