"""The touchpoints that a person ticked: read from the request, and what an act on them left out stays selected."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from journeys.services.left_out import LeftOut

MOST_CHOSEN = 200
MOST_NAMED = 3


def ids(request: HttpRequest) -> list[int]:
    """Return the ids that were ticked, each once."""
    sent = (request.POST if request.method == "POST" else request.GET).getlist("id")
    return list(dict.fromkeys(int(each) for each in sent if each.isascii() and each.isdecimal() and len(each) < 19))


def say_left(request: HttpRequest, left: Sequence[LeftOut]) -> None:
    """Tell how many were left out, and of the first few which and why."""
    if not left:
        return
    words = ngettext("%(n)d is left out and stays selected.", "%(n)d are left out and stay selected.", len(left))
    named = [f"“{each.touchpoint.name}”: {each.why}" for each in left[:MOST_NAMED]]
    messages.warning(request, " ".join([words % {"n": len(left)}, *named]))


def still(request: HttpRequest, left: Sequence[LeftOut], rest: Sequence[int]) -> str:
    """Return the address of this page with what was left out and what comes next selected; "" where nothing is."""
    pks = [*(each.touchpoint.pk for each in left), *rest]
    return f"{request.path}?{urlencode([('id', pk) for pk in pks])}" if pks else ""
