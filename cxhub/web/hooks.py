"""What the doors for signed messages share: reading no more than a message may be long, and answers in JSON."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

RETRY_AFTER_SECONDS = 30


class Refused(Exception):
    """The message is not kept: the status, a sentence, and what is noted for the owner of the address."""

    def __init__(self, status: int, sentence: str, noted: str = "", **more: Any) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.noted = status, sentence, noted
        self.retry_after_seconds: int | None = more.pop("retry_after_seconds", None)
        self.more = more


def body_of(request: HttpRequest, most: int) -> bytes | None:
    """Return the bytes as they came, reading no further than a message may be long; None for a longer one."""
    body: bytes = request.read(most + 1)
    return body if len(body) <= most else None


def not_there() -> Refused:
    """Say the same of an address that never was, one that is gone, and one that cannot be."""
    return Refused(404, _("There is nothing at this address."))


def not_signed(noted: str) -> Refused:
    """Say the same of every signature that does not count; which it was is noted for the owner alone."""
    return Refused(401, _("The signature is missing, wrong or too old."), noted)


def not_now() -> Refused:
    """Say that the database is away; the sender keeps the message until then."""
    sentence = _("The message cannot be kept at the moment. Send it again.")
    return Refused(503, sentence, retry_after_seconds=RETRY_AFTER_SECONDS)


def answer(told: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})


def refusal(refused: Refused) -> JsonResponse:
    """Return what the sender is told."""
    response = answer({"error": refused.sentence, **refused.more}, refused.status)
    if refused.retry_after_seconds is not None:
        response["Retry-After"] = str(refused.retry_after_seconds)
    return response
