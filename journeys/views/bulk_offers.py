"""Offering many touchpoints at once: what can be is, and what is left out says why and stays selected."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from journeys.forms.offers import OfferForm
from journeys.models import Touchpoint
from journeys.queries import offers
from journeys.services import bulk_offers
from journeys.services.left_out import LeftOut
from journeys.views import selected
from journeys.views.selected import MOST_CHOSEN
from orgs import access
from orgs.permissions import Permission
from orgs.views.frames import url


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_offer(request: HttpRequest) -> HttpResponse:
    """Offer the chosen touchpoints to one department; those that cannot be are said, each with why."""
    access.require(request, Permission.ACCOUNTABILITY_OFFER)
    sent = selected.ids(request)
    open_ones, left = _sorted_out(request, sent[:MOST_CHOSEN])
    form = OfferForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and open_ones:
        now, by = timezone.now(), request.member  # type: ignore[attr-defined]
        refused = bulk_offers.offer_many(touchpoints=open_ones, by=by, now=now, **form.cleaned_data)
        left += refused
        _say(request, form.cleaned_data["department"].name, len(open_ones) - len(refused), left)
        return redirect(selected.still(request, left, sent[MOST_CHOSEN:]) or url(request, "unowned"))
    context = {
        "form": form,
        "chosen": open_ones,
        "left": left,
        "rest": sent[MOST_CHOSEN:],
        "gone": len(sent[:MOST_CHOSEN]) - len(open_ones) - len(left),
        "without_lead": list(offers.without_lead()),
        "crumbs": [{"label": _("Unowned"), "url": url(request, "unowned")}],
    }
    status = 422 if form.errors or (request.method == "POST" and not open_ones) else 200
    return render(request, "journeys/unowned_offer.html", context, status=status)


def _sorted_out(request: HttpRequest, ids: Sequence[int]) -> tuple[list[Touchpoint], list[LeftOut]]:
    """Return which of these touchpoints can be offered, and which cannot, by name."""
    if not ids:
        return [], []
    rows = Touchpoint.objects.filter(pk__in=ids).select_related("accountable_department").order_by("name", "pk")
    unowned = set(Touchpoint.objects.unowned().filter(pk__in=ids).values_list("pk", flat=True))
    waiting = offers.open_ones(ids)
    can, left = [], []
    for each in rows:
        why = offers.hindrance(each, waiting.get(each.pk), is_unowned=each.pk in unowned)
        if not access.may(request.member, Permission.ACCOUNTABILITY_OFFER, each):  # type: ignore[attr-defined]
            why = _("It is not yours to offer.")
        if why:
            left.append(LeftOut(each, why))
        else:
            can.append(each)
    return can, left


def _say(request: HttpRequest, name: str, made: int, left: Sequence[LeftOut]) -> None:
    words = ngettext("%(n)d touchpoint is offered to %(name)s.", "%(n)d touchpoints are offered to %(name)s.", made)
    messages.success(request, words % {"n": made, "name": name})
    selected.say_left(request, left)
