"""The lifecycle phases a new workspace begins with."""

from django.utils.translation import gettext as _

from journeys.models import LifecyclePhase
from orgs.models import Member
from orgs.services import audit


def begin(*, by: Member) -> None:
    """Give a new workspace the usual seven phases; people rename them to their own."""
    names = [_("Discover"), _("Choose"), _("Buy"), _("Start"), _("Use"), _("Get help"), _("Renew")]
    phases = LifecyclePhase.objects.bulk_create(
        [LifecyclePhase(name=name, position=position) for position, name in enumerate(names)]
    )
    audit.record_many("phase.create", phases, by=by, after={phase.pk: {"name": phase.name} for phase in phases})
