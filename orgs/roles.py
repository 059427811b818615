"""The roles a member can hold. A member holds one or more; leads and contributors hold theirs for departments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    EXECUTIVE = "executive", _("Executive")
    DEPARTMENT_LEAD = "department_lead", _("Department lead")
    MAP_EDITOR = "map_editor", _("Map editor")
    INTEGRATOR = "integrator", _("Integrator")
    CONTRIBUTOR = "contributor", _("Contributor")
    VIEWER = "viewer", _("Viewer")


DEPARTMENT_ROLES = {Role.DEPARTMENT_LEAD, Role.CONTRIBUTOR}
