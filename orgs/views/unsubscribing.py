"""Ending a kind of mail by the link that stands in it. Whoever has the link need not sign in."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cxhub.lib import limits
from orgs.models import Member
from orgs.queries import mail_choices as queries
from orgs.registry import NOTIFICATION_KINDS
from orgs.scope import scope
from orgs.services import mail_choices
from orgs.views.joining import address_of

TRIES_A_MINUTE = 60  # mail providers press the button for many people from few addresses
NOT_FOUND, TOO_MANY = 404, 429
Link = tuple[int, int, str, int]


@dataclass(frozen=True)
class Holder:
    """Whose mails of what kind a link is about."""

    member: Member
    kind: str

    @property
    def label(self) -> str:
        return str(NOTIFICATION_KINDS[self.kind].label) if self.kind in NOTIFICATION_KINDS else ""


@login_not_required  # A mail program presses it for the reader; the signed token in the address is the key.
@csrf_exempt  # RFC 8058: it posts from outside, without a cookie. Nobody else can make the address.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; what is posted ends this kind of mail, or takes that back. Looking changes nothing."""
    if limits.count(limits.key_of("unsubscribe", address_of(request)), seconds=60) > TRIES_A_MINUTE:
        return render(request, "429.html", status=TOO_MANY)
    link = queries.opened(token)
    if link is None:
        return _over(request)
    with scope(link[0]):
        holder = _holder(link)
        return _over(request) if holder is None else _answer(request, holder)


def _answer(request: HttpRequest, holder: Holder) -> HttpResponse:
    state = "asked"
    if request.method == "POST" and request.POST.get("again") and holder.label:
        mail_choices.subscribe(member=holder.member, kind=holder.kind)
        state = "again"
    elif request.method == "POST":
        mail_choices.unsubscribe(member=holder.member, kind=holder.kind)
        state = "ended"
    context = {"state": state, "label": holder.label, "member": holder.member, "title": _("E-mail from CX Hub")}
    return render(request, "orgs/unsubscribe.html", context)


def _holder(link: Link) -> Holder | None:
    """Return whose link it is, unless the member left or has made it void."""
    _workspace_id, member_id, kind, epoch = link
    found = Member.objects.current().filter(pk=member_id, user__is_active=True)
    member = found.select_related("user", "workspace").first()
    if member is None or queries.wishes(member).times.links_epoch != epoch:
        return None
    return Holder(member, kind)


def _over(request: HttpRequest) -> HttpResponse:
    """One answer for each link that ends nothing: unknown, made void, of somebody who left."""
    return render(request, "orgs/unsubscribe_over.html", status=NOT_FOUND)
