"""A touchpoint: one kind of interaction in one channel, with the department that is accountable for it."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.register import Channel, System
from orgs.models import (
    Department,
    Member,
    MemberRole,
    TenantForeignKey,
    TenantManager,
    TenantModel,
    TenantQuerySet,
    folded_column,
)


class TouchpointQuerySet(TenantQuerySet):
    def current(self) -> "TouchpointQuerySet":
        return self.filter(archived_at=None)

    def unowned(self) -> "TouchpointQuerySet":
        """Those in use for which no department answers: none accepted, or the one that did is archived or empty.

        This is what "unowned" means everywhere.
        """
        people = MemberRole.objects.filter(
            department_id=models.OuterRef("accountable_department_id"), member__left_at=None
        )
        return self.current().filter(
            ~models.Q(accountability=Touchpoint.Accountability.ACCEPTED)
            | models.Q(accountable_department__archived_at__isnull=False)
            | ~models.Exists(people)
        )


def _team(name: str) -> TenantForeignKey:
    return TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name=f"touchpoints_{name}")


def _one_to_five(name: str, label: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=label, condition=models.Q(**{name: None}) | models.Q(**{f"{name}__gte": 1, f"{name}__lte": 5})
    )


class Touchpoint(TenantModel):
    class Accountability(models.TextChoices):
        NONE = "none", _("No owner")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    class PerformedBy(models.TextChoices):
        OWN_STAFF = "own", _("Own staff")
        PARTNER = "partner", _("A partner")

    class Automation(models.TextChoices):
        HUMAN = "human", _("By people")
        AUTOMATED = "automated", _("Automated")

    class Place(models.TextChoices):
        ON = "on", _("On our property")
        OFF = "off", _("Off our property")

    class DesignStatus(models.TextChoices):
        DESIGNED = "designed", _("Designed")
        BUILT = "built", _("Built")
        TESTED = "tested", _("Tested")
        LIVE = "live", _("Live")
        VERIFIED = "verified", _("Verified")

    class Funding(models.TextChoices):
        NOT_ASKED = "not_asked", _("Not asked for")
        ASKED = "asked", _("Asked for")
        FUNDED = "funded", _("Funded")
        CUT = "cut", _("Cut")
        NOT_NEEDED = "no_need", _("None needed")

    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)  # what the customer meets
    promise = models.TextField(blank=True)
    channel = TenantForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="touchpoints")
    accountable_department = TenantForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="touchpoints"
    )
    accountability = models.CharField(max_length=8, choices=Accountability, default=Accountability.NONE)
    offered_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.TextField(blank=True)  # or why the last department gave it up
    unowned_since = models.DateTimeField(null=True, blank=True, default=timezone.now)  # empty while accepted
    steward = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="stewarded_touchpoints")
    designed_by = _team("designed")
    built_by = _team("built")
    tested_by = _team("tested")
    run_by = _team("run")
    teams_note = models.TextField(blank=True)
    performed_by = models.CharField(max_length=7, choices=PerformedBy, blank=True)
    partner_name = models.CharField(max_length=200, blank=True)
    automation = models.CharField(max_length=9, choices=Automation, blank=True)
    place = models.CharField(max_length=3, choices=Place, blank=True)
    design_status = models.CharField(max_length=8, choices=DesignStatus, blank=True)
    design_status_since = models.DateField(null=True, blank=True)
    budget_line = models.CharField(max_length=200, blank=True)  # as the company's books call it
    funding = models.CharField(max_length=9, choices=Funding, blank=True)
    is_moment_of_truth = models.BooleanField(default=False)
    importance_to_customer = models.PositiveSmallIntegerField(null=True, blank=True)
    importance_to_company = models.PositiveSmallIntegerField(null=True, blank=True)
    merged_into = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    field_versions = models.JSONField(default=dict, blank=True)  # the version in which a field last changed
    search_text = folded_column("name", "promise", "description")

    objects = TenantManager.from_queryset(TouchpointQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [
            # Among those in use: an archived touchpoint does not keep its name from a new one.
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                "channel",
                name="journeys_touchpoint_name_key",
                condition=models.Q(archived_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="journeys_touchpoint_accountability",
                condition=models.Q(accountability="none", accountable_department=None)
                | (~models.Q(accountability="none") & ~models.Q(accountable_department=None)),
            ),
            _one_to_five("importance_to_customer", "journeys_tp_importance_customer"),
            _one_to_five("importance_to_company", "journeys_tp_importance_company"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_owned(self) -> bool:
        """Only an accepted offer counts: a department that has not answered owns nothing."""
        return self.accountability == self.Accountability.ACCEPTED

    @property
    def owning_department_id(self) -> int | None:
        return self.accountable_department_id if self.is_owned else None


class TouchpointSystem(TenantModel):
    """A system that a touchpoint runs on."""

    touchpoint = TenantForeignKey(Touchpoint, models.CASCADE, related_name="system_links")
    system = TenantForeignKey(System, models.PROTECT, related_name="touchpoint_links")

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "touchpoint", "system", name="journeys_tp_system_key")]

    def __str__(self) -> str:
        return f"{self.touchpoint_id} on {self.system_id}"


class BulkEdit(TenantModel):
    """One change of many touchpoints: which audit entries it wrote, so that it can be undone as one."""

    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    field = models.CharField(max_length=40)
    entry_ids = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Bulk edit {self.pk}"


class TouchpointImport(TenantModel):
    """A CSV of touchpoints between its upload and the word of the person who looked at what it would change."""

    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=255)
    text = models.TextField()  # emptied once accepted
    accepted_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
