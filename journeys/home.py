"""What journeys brings to Home: offers and suggestions to decide, maps to finish, what has no owner, what to read."""

from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journeys.fields import FIELDS
from journeys.models import Map, Offer, Suggestion, Touchpoint
from journeys.queries import maps
from journeys.queries import suggestions as suggested
from orgs import access
from orgs.permissions import Permission
from orgs.registry import FirstStep, HomeList, HomePanel, HomeRow
from orgs.roles import Role

SHOWN = 5
LEADS = frozenset({Role.DEPARTMENT_LEAD.value, Role.ADMINISTRATOR.value})
EXECUTIVES = frozenset({Role.EXECUTIVE.value, Role.ADMINISTRATOR.value})
EDITORS = frozenset({Role.MAP_EDITOR.value})
READERS = frozenset({Role.VIEWER.value})
COLLEAGUES = frozenset(Role.values) - READERS  # any of them can be a steward
ACCOUNTABILITY = Touchpoint.Accountability


def offers(request: HttpRequest) -> HomeList:
    """Touchpoints offered to a department that the member leads, the oldest offer first."""
    departments = [str(pk) for pk in sorted(access.led_by(request.member))]  # type: ignore[attr-defined]
    found = _offered(department_id__in=departments)
    narrowed = {"department": departments[0]} if len(departments) == 1 else {}
    return _touchpoints(
        request, found.order_by(F("offered_at").asc(nulls_last=True), "pk"), owner="offered", **narrowed
    )


def suggestions(request: HttpRequest) -> HomeList:
    """Touchpoints with suggestions that the member decides: as steward, as lead, or where nobody keeps them."""
    me = request.member.pk  # type: ignore[attr-defined]
    oldest = Min("suggestions__pk", filter=Q(suggestions__state=Suggestion.State.OPEN))
    found = Touchpoint.objects.current().filter(suggested.waiting(), suggested.kept_by(me)).annotate(oldest=oldest)
    shown = list(found.order_by("oldest")[:SHOWN])
    made = suggested.of_touchpoints(each.pk for each in shown) if shown else {}
    rows = [_suggested(request, each, made[each.pk]) for each in shown]
    return HomeList(rows, found.count(), _list_url(request, "touchpoints", suggested=me))


def _suggested(request: HttpRequest, touchpoint: Touchpoint, made: list[Suggestion]) -> HomeRow:
    if len(made) > 1:
        url = reverse("touchpoint", args=[_slug(request), touchpoint.pk]) + "#suggestions"
        return HomeRow(str(touchpoint), url, _("%(n)d suggestions") % {"n": len(made)})
    one, field = made[0], FIELDS[made[0].field]
    words = {"who": one.by, "field": field.label, "text": field.words(one.new)}
    url = reverse("suggestion", args=[_slug(request), one.pk])
    return HomeRow(str(touchpoint), url, _("%(who)s on “%(field)s”: %(text)s") % words)


def undecided(request: HttpRequest) -> HomeList:
    """Touchpoints whose offer nobody has answered, the oldest first."""
    return _touchpoints(request, _offered().order_by(F("offered_at").asc(nulls_last=True), "pk"), owner="offered")


def unowned(request: HttpRequest) -> HomeList:
    """Touchpoints that no department has accepted."""
    found = Touchpoint.objects.unowned().select_related("accountable_department")
    return _touchpoints(request, found.order_by("-is_moment_of_truth", "name", "pk"), owner="unowned")


def my_maps(request: HttpRequest) -> HomeList:
    """The maps that the member owns."""
    member = request.member  # type: ignore[attr-defined]
    found = Map.objects.current().filter(owner=member).select_related("journey").order_by("title", "pk")
    return _maps(request, found, owner=member.pk)


def without_sponsor(request: HttpRequest) -> HomeList:
    """Maps in use that have no executive sponsor."""
    found = Map.objects.current().filter(sponsor=None).select_related("journey").order_by("title", "pk")
    return _maps(request, found, sponsor="none")


def with_gaps(request: HttpRequest) -> HomeList:
    """Maps that have steps without a touchpoint, those with most of them first."""
    found = maps.empty_steps().values("stage__map", "stage__map__title").annotate(n=Count("pk"))
    rows = [
        HomeRow(
            each["stage__map__title"],
            reverse("map_outline", args=[_slug(request), each["stage__map"]]),
            ngettext("%(n)d step without a touchpoint", "%(n)d steps without a touchpoint", each["n"]) % each,
        )
        for each in found.order_by("-n", "stage__map__title", "stage__map")[:SHOWN]
    ]
    return HomeList(rows, found.count(), _list_url(request, "journeys", show="gaps"))


def journeys_to_read(request: HttpRequest) -> HomeList:
    """The maps in use, the newest first."""
    return _maps(request, Map.objects.current().select_related("journey").order_by("-created_at", "-pk"))


def touchpoints_to_read(request: HttpRequest) -> HomeList:
    """The touchpoints in use, moments of truth first."""
    found = Touchpoint.objects.current().select_related("accountable_department")
    return _touchpoints(request, found.order_by("-is_moment_of_truth", "name", "pk"))


def _offered(**of: Any) -> Any:
    """Touchpoints with an offer that nobody has answered, those that an owner still keeps meanwhile too."""
    waiting = Exists(Offer.objects.filter(touchpoint=OuterRef("pk"), state=Offer.State.OPEN, **of))
    return Touchpoint.objects.current().filter(waiting).select_related("accountable_department")


def _touchpoints(request: HttpRequest, found: Any, **narrowed: Any) -> HomeList:
    rows = [
        HomeRow(str(each), reverse("touchpoint", args=[_slug(request), each.pk]), _state(each))
        for each in found[:SHOWN]
    ]
    return HomeList(rows, found.count(), _list_url(request, "touchpoints", **narrowed))


def _state(touchpoint: Touchpoint) -> str:
    """Say who is to answer for it, and how long that has been open."""
    department = str(touchpoint.accountable_department or "")
    if touchpoint.accountability == ACCOUNTABILITY.OFFERED and touchpoint.offered_at:
        days = (timezone.now() - touchpoint.offered_at).days
        words = ngettext("Offered to %(who)s %(n)d day ago", "Offered to %(who)s %(n)d days ago", days)
        return words % {"who": department, "n": days} if days else _("Offered to %(who)s today") % {"who": department}
    state = touchpoint.get_accountability_display()
    return department if touchpoint.is_owned else f"{state} · {department}" if department else str(state)


def _maps(request: HttpRequest, found: Any, **narrowed: Any) -> HomeList:
    rows = [
        HomeRow(str(each), reverse("map", args=[_slug(request), each.pk]), each.get_state_display())
        for each in found[:SHOWN]
    ]
    return HomeList(rows, found.count(), _list_url(request, "journeys", **narrowed))


def _list_url(request: HttpRequest, name: str, **narrowed: Any) -> str:
    query = f"?{urlencode(narrowed)}" if narrowed else ""
    return reverse(name, args=[_slug(request)]) + query


def _slug(request: HttpRequest) -> str:
    return str(request.workspace.slug)  # type: ignore[attr-defined]


def _panel(
    key: str, title: Any, roles: frozenset[str], position: int, load: Any, nothing: Any, **more: Any
) -> HomePanel:
    return HomePanel(key, title, roles, position, load, nothing, **more)


_l = gettext_lazy
STEPS = [
    FirstStep(
        _l("Write down the first touchpoint"),
        _l("Where customers meet you. Or bring a list of them as CSV."),
        "touchpoint_new",
        Permission.TOUCHPOINT_EDIT,
        40,
        lambda: Touchpoint.objects.exists(),
    ),
    FirstStep(
        _l("Draw the first journey"),
        _l("Its stages, its steps and the touchpoints in them."),
        "journey_new",
        Permission.MAP_EDIT,
        50,
        lambda: Map.objects.exists(),
    ),
]
PANELS = [
    _panel(
        "offers",
        _l("Offered to your department"),
        LEADS,
        12,
        offers,
        _l("No offer waits for your answer."),
        covers=("offer",),
    ),
    _panel("suggestions", _l("Suggestions to decide"), COLLEAGUES, 16, suggestions, "", covers=("suggestion.made",)),
    _panel("unowned", _l("Owned by nobody"), EXECUTIVES | EDITORS, 32, unowned, _l("Every touchpoint has an owner.")),
    _panel("undecided", _l("Offers without an answer"), EXECUTIVES, 34, undecided, _l("Every offer is answered.")),
    _panel("gaps", _l("Steps without touchpoints"), EDITORS, 36, with_gaps, _l("Every step has a touchpoint.")),
    _panel("sponsors", _l("Maps without a sponsor"), EDITORS, 38, without_sponsor, _l("Every map has a sponsor.")),
    _panel("maps", _l("Your maps"), EDITORS, 70, my_maps, _l("You own no map.")),
    _panel("journeys", _l("Journeys"), READERS, 80, journeys_to_read, _l("There is no journey yet.")),
    _panel("touchpoints", _l("Touchpoints"), READERS, 82, touchpoints_to_read, _l("There is no touchpoint yet.")),
]
