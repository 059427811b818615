"""Owner, certificate and disputes of a KPI. Each page is one form; the KPI's page posts to the same ones."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cxhub.web import drawer
from cxhub.web.back import back
from insights.forms import CertificationForm, DisputeForm, OutcomeForm, OwnerForm, ReplyForm
from insights.models import Dispute, Kpi
from insights.panels import keeping, subjects
from insights.queries import kpis, names
from insights.services import trust
from orgs import access
from orgs.models import Member
from orgs.permissions import Permission


def owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who owns the KPI. Who keeps it may say it."""
    kpi = _kpi(request, pk, Permission.WORKSPACE_READ)
    keeping.require(request, kpi)
    members = Member.objects.current().select_related("user").order_by("user__name", "pk")
    form = OwnerForm(_sent(request), members=members, initial={"owner": kpi.owner_id})
    words = _words(kpi, _("Owner of %(name)s"), _("Save the owner"))
    return _answer(
        request,
        kpi,
        form,
        words,
        lambda by: trust.name_owner(kpi=kpi, by=by, **form.cleaned_data),
        _("The owner is saved."),
    )


def certification(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the owner certify the number as it is defined."""
    kpi = _kpi(request, pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, kpi.owner_id)
    words = _words(kpi, _("Certify %(name)s"), _("This is my number"), lead=trust.definition_of(kpi))
    form = CertificationForm(_sent(request))
    return _answer(
        request,
        kpi,
        form,
        words,
        lambda by: trust.certify(kpi=kpi, by=by, now=timezone.now()),
        _("The number is certified."),
    )


def disputes(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a dispute with its reason."""
    kpi = _kpi(request, pk, Permission.KPI_DISPUTE)
    form = DisputeForm(_sent(request))
    words = _words(kpi, _("Dispute %(name)s"), _("Dispute"))
    return _answer(
        request,
        kpi,
        form,
        words,
        lambda by: trust.dispute(kpi=kpi, by=by, now=timezone.now(), **form.cleaned_data),
        _("The number is disputed. Its owner gives the outcome."),
    )


def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to the thread of a dispute."""
    dispute = _dispute(request, pk, Permission.KPI_DISPUTE)
    form = ReplyForm(_sent(request))
    words = _words(dispute.kpi, _("Reply about %(name)s"), _("Reply"), lead=dispute.reason)
    return _answer(
        request,
        dispute.kpi,
        form,
        words,
        lambda by: trust.reply(dispute=dispute, by=by, now=timezone.now(), **form.cleaned_data),
        _("The reply is added."),
    )


def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the owner end a dispute with an outcome and words."""
    dispute = _dispute(request, pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, dispute.kpi.owner_id)
    form = OutcomeForm(_sent(request))
    words = _words(dispute.kpi, _("Outcome of the dispute of %(name)s"), _("End the dispute"), lead=dispute.reason)
    return _answer(
        request,
        dispute.kpi,
        form,
        words,
        lambda by: trust.decide(dispute=dispute, by=by, now=timezone.now(), **form.cleaned_data),
        _("The dispute has its outcome."),
    )


def _sent(request: HttpRequest) -> Any:
    """What was posted, though it be empty; nothing when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def _kpi(request: HttpRequest, pk: int, permission: Permission) -> Kpi:
    found: Kpi = access.load(request, kpis.whole(), pk, permission)
    return found


def _dispute(request: HttpRequest, pk: int, permission: Permission) -> Dispute:
    rows = Dispute.objects.select_related("kpi__touchpoint", "kpi__stage", "kpi__map", "kpi__source")
    found: Dispute = access.load(request, rows, pk, permission)
    return found


def _words(kpi: Kpi, title: str, action: str, *, lead: str = "") -> dict[str, Any]:
    return {"title": title % {"name": names.short(kpi)}, "action": action, "lead": lead}


def _answer(
    request: HttpRequest,
    kpi: Kpi,
    form: forms.Form,
    words: dict[str, Any],
    change: Callable[[Member], object],
    done: str,
) -> HttpResponse:
    """Show the form, or make the change and go back to the KPI. What cannot be done now is said on the form."""
    page = subjects.url(request.workspace.slug, kpi)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            change(request.member)  # type: ignore[attr-defined]
        except trust.TrustError as error:
            form.add_error(None, str(error))
        else:
            return drawer.done(request, done, back(request, f"{page}#trust"))
    context = {"form": form, "crumbs": [{"label": subjects.name(kpi), "url": page}], **words}
    return drawer.show(request, "insights/trust.html", context, status=422 if form.errors else 200)
