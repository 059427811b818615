"""Whether a KPI sets the health of its touchpoint, and what it tells of its channel, in words."""

from django.utils.translation import gettext as _

from insights.measures.registry import measure
from insights.models import Kpi
from insights.models.telling import TELLS


def sentence(kpi: Kpi) -> str:
    """Return whether it counts, and by whose word; nothing for what has no touchpoint."""
    if not kpi.touchpoint_id:
        return ""
    told = {"measure": measure(kpi.measure).name}
    if kpi.is_outcome is None and kpi.sets_health:
        return _("It sets the health of its touchpoint, as %(measure)s says what the customer got.") % told
    if kpi.is_outcome is None:
        return (
            _("It does not set the health of its touchpoint: %(measure)s alone does not say what the customer got.")
            % told
        )
    return word(kpi.is_outcome)


def told(kpi: Kpi) -> str:
    """Return what it tells of its channel; nothing where that is nothing."""
    if not kpi.touchpoint_id or not kpi.tells:
        return ""
    return _("Of its channel it tells: %(what)s.") % {"what": str(dict(TELLS)[kpi.tells]).lower()}


def word(is_outcome: bool | None) -> str:
    """Return one of the three ways to count, as a decision that somebody took."""
    if is_outcome is None:
        return _("Whether it sets the health of its touchpoint is left to its measure.")
    return (
        _("It is an outcome of its journey: it sets the health of its touchpoint.")
        if is_outcome
        else _("It is a means, not an outcome: it does not set the health of its touchpoint.")
    )


def said(kpi: Kpi, is_outcome: bool | None) -> str:
    """Return one of the three ways, as a choice."""
    if is_outcome is None:
        usual = _("yes") if measure(kpi.measure).is_outcome else _("no")
        return _("As its measure says: %(usual)s") % {"usual": usual}
    return _("Yes, it is an outcome of its journey") if is_outcome else _("No, it is a means")
