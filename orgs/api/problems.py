"""Trouble as problem details (RFC 9457): a title, a sentence that says what to do, and where in the body it lies."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework.exceptions import APIException
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"
BETWEEN = "\x1f"  # what stands between the names in a path: no name of a field holds it


class Formatter(ExceptionFormatter):
    """Errors as the library flattens them, in the words of the standard."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        status = self.exc.status_code if hasattr(self.exc, "status_code") else 500
        errors = [{"pointer": pointer(error.attr), "detail": error.detail} for error in error_response.errors]
        told = details(status, " ".join(dict.fromkeys(error["detail"] for error in errors)))
        told |= getattr(self.exc, "more", {})
        return told | {"errors": errors} if any(error["pointer"] for error in errors) else told


class Refused(APIException):
    """A request that cannot be done as things stand; `more` are members that help to go on."""

    def __init__(self, status: int, detail: str, **more: Any):
        super().__init__(detail)
        self.status_code, self.more = status, more


class Handler(ExceptionHandler):
    def get_response(self, exc: Any, data: Any) -> Response:
        answer = super().get_response(exc, data)
        answer.content_type = MEDIA_TYPE
        return answer


def details(status: int, detail: str) -> dict[str, Any]:
    """Return the members that every problem has."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def problem(status: int, detail: str) -> HttpResponse:
    """Return a problem for where no view of the API is reached."""
    return JsonResponse(details(status, detail), status=status, content_type=MEDIA_TYPE)


def pointer(attr: str | None) -> str:
    """Return "/target/value" (RFC 6901) for the path of a field; empty where the whole request is meant."""
    if not attr or attr == "non_field_errors":
        return ""
    return "/" + attr.replace("~", "~0").replace("/", "~1").replace(BETWEEN, "/")
