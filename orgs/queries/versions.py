"""The data version of a workspace: two states of what its pages show never share one."""

from django.db.models import F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from orgs.models import DataVersion


def of_workspace() -> Coalesce:
    """The version of the row's workspace, to annotate rows with.

    Ask for it before the data that it stands for, never after.
    """
    parts = DataVersion.objects.filter(workspace=OuterRef("workspace")).order_by()
    total = parts.annotate(total=Cast(Func(F("number"), function="sum"), TextField())).values("total")
    return Coalesce(Subquery(total), Value("0"), output_field=TextField())
