"""The numbers of channels in words, for the channel register."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.panels import lately_shown, looking, subjects
from insights.panels.overview import shown
from insights.queries import channels, figures, names
from insights.queries.channels import Picked
from journeys.registry import COST, SIGNAL, USE, ChannelFigure, ChannelNumbers

COUNTED = (USE, SIGNAL)


def load(request: HttpRequest) -> Mapping[int, ChannelNumbers]:
    """Return what is measured of each channel; of one that is missing, nothing is."""
    workspace, today = request.workspace, looking.today_of(request)  # type: ignore[attr-defined]
    found = channels.by_channel(workspace=workspace, today=today, now=timezone.now())
    lately_shown.remember(request, [each.standing.kpi.pk for one in found.values() for each in one.picked.values()])
    return {
        pk: ChannelNumbers(
            kpis=one.kpis,
            current=one.current,
            signals=one.signals,
            beyond=one.beyond,
            figures={what: _figure(workspace.slug, what, each) for what, each in one.picked.items()},
        )
        for pk, one in found.items()
    }


def _figure(slug: str, what: str, picked: Picked) -> ChannelFigure:
    standing = picked.standing
    kpi, period, parts = standing.kpi, standing.now.period.label, []
    if picked.touchpoints > 1:
        parts.append(_which(what) % {"n": picked.touchpoints})
    if not picked.is_current:
        parts.append(_("not current"))
    return ChannelFigure(
        value=picked.value,
        text=_counted(what, picked) if what in COUNTED else shown.value(standing),
        detail=" · ".join([_("%(kpi)s, %(period)s") % {"kpi": names.name(kpi), "period": period}, *parts]),
        where=" · ".join([_("%(at)s, %(period)s") % {"at": kpi.touchpoint, "period": period}, *parts]),
        url=subjects.url(slug, kpi),
        status="" if what in COUNTED or standing.now.target is None else standing.now.judged.status.value,
    )


def _which(what: str) -> str:
    if what in COUNTED:
        return _("the most of %(n)d touchpoints")
    return _("the highest of %(n)d touchpoints") if what == COST else _("the lowest of %(n)d touchpoints")


def _counted(what: str, picked: Picked) -> str:
    """Say how many: of what the KPI counts where it counts by itself, else of customers, or of ratings."""
    kpi, whole = picked.standing.kpi, round(picked.value)
    if kpi.tells in COUNTED or kpi.measure in channels.ADDED_UP:
        told = {"n": figures.whole(whole), "unit": kpi.unit}
        return _("%(n)s %(unit)s") % told if kpi.unit else told["n"]
    if what == SIGNAL:
        return ngettext("%(n)s rating", "%(n)s ratings", whole) % {"n": figures.whole(whole)}
    words = ngettext("%(n)s customer", "%(n)s customers", whole)
    return words % {"n": figures.whole(whole)}
