"""What every row of a workspace has in common: a workspace, and a manager that shows no other."""

from typing import Any

from django.db import models

from orgs import scope


class TenantQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Base of all querysets over rows of a workspace; also refuses to create rows of another."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            claim(row)
        return super().bulk_create(rows, *args, **kwargs)


class TenantManager(models.Manager):  # type: ignore[type-arg]
    """Shows the workspace in scope and raises NoScope without one. Row-level security stands behind it."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(workspace_id=scope.workspace_id())


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A key to another row of the same workspace. TenantTable makes the composite constraint in the database."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any):
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs


class TenantModel(models.Model):
    # The database cascades from the workspace (TenantTable); Django's collector never walks these rows.
    workspace = models.ForeignKey(
        "orgs.Workspace", models.DO_NOTHING, db_constraint=False, related_name="+", editable=False
    )

    objects = TenantManager.from_queryset(TenantQuerySet)()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        claim(self)
        super().save(*args, **kwargs)


def claim(row: Any) -> None:
    """Give a new row the workspace in scope; refuse a row of another. Raises NoScope, ForeignRow."""
    here = scope.workspace_id()
    if row.workspace_id is None:
        row.workspace_id = here
    if row.workspace_id != here:
        raise scope.ForeignRow(f"{type(row).__name__} belongs to another workspace.")
