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
    told = {"kpi": names.name(standing.kpi), "period": standing.now.period.label}
    parts = [_("%(kpi)s, %(period)s") % told]
    if picked.touchpoints > 1:
        parts.append(_which(what) % {"n": picked.touchpoints})
    if not picked.is_current:
        parts.append(_("not current"))
    return ChannelFigure(
        value=picked.value,
        text=_counted(what, picked) if what in COUNTED else shown.value(standing),
        detail=" · ".join(parts),
        url=subjects.url(slug, standing.kpi),
        status="" if what in COUNTED else standing.now.judged.status.value,
    )


def _which(what: str) -> str:
    if what in COUNTED:
        return _("the most of %(n)d touchpoints")
    return _("the highest of %(n)d touchpoints") if what == COST else _("the lowest of %(n)d touchpoints")


def _counted(what: str, picked: Picked) -> str:
    """Say how many in 30 days: of what the KPI counts where it counts by itself, else of customers, or of ratings."""
    kpi, whole = picked.standing.kpi, round(picked.value)
    if kpi.tells in COUNTED:
        told = {"n": figures.whole(whole), "unit": kpi.unit}
        return _("%(n)s %(unit)s in 30 days") % told if kpi.unit else _("%(n)s in 30 days") % told
    if what == SIGNAL:
        return ngettext("%(n)s rating in 30 days", "%(n)s ratings in 30 days", whole) % {"n": figures.whole(whole)}
    words = ngettext("%(n)s customer in 30 days", "%(n)s customers in 30 days", whole)
    return words % {"n": figures.whole(whole)}
