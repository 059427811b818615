"""The secret that a test tool signs its results with: made, changed, and the older one retired."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.models import Expectation
from governance.queries import expectations
from governance.services import signed as service
from governance.services.expectations import ExpectationError
from governance.views.expectation import page_of
from orgs import access
from orgs.permissions import Permission


@require_POST
def change_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a secret and show it, this once; the one before counts for a day beside it."""
    found = _reported(request, pk)
    try:
        secret = service.change_secret(expectation=found, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except ExpectationError as refused:
        messages.error(request, str(refused))
        return _to(request, found)
    return page_of(request, found, secret=secret)


@require_POST
def retire_older(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the older of two secrets count no more."""
    found = _reported(request, pk)
    if service.retire_older(expectation=found, by=request.member):  # type: ignore[attr-defined]
        messages.success(request, _("The older secret is retired. Only the newest one counts now."))
    return _to(request, found)


def _reported(request: HttpRequest, pk: int) -> Expectation:
    found: Expectation = access.load(request, expectations.whole(), pk, Permission.DELIVERY_REPORT)
    return found


def _to(request: HttpRequest, found: Expectation) -> HttpResponse:
    return redirect("expectation", request.workspace.slug, found.pk)  # type: ignore[attr-defined]
