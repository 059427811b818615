"""A KPI: a measure about a touchpoint, stage, map or the workspace, with its targets and when they held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from insights.measures.registry import measure
from insights.models.sources import Source
from insights.models.telling import TELLS
from journeys.models import Map, Stage, Touchpoint
from orgs.models import Member, TenantForeignKey, TenantModel, folded_column

SUBJECTS = ["touchpoint", "stage", "map"]
DIRECTIONS = [("higher", _("Higher is better")), ("lower", _("Lower is better"))]


class Kpi(TenantModel):
    class Grain(models.TextChoices):
        DAY = "day", _("Day")
        WEEK = "week", _("Week")
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")
        YEAR = "year", _("Year")

    class Trust(models.TextChoices):
        CERTIFIED = "certified", _("Certified")
        UNCONFIRMED = "unconfirmed", _("Unconfirmed")
        DISPUTED = "disputed", _("Disputed")

    measure = models.CharField(max_length=40)  # a slug of insights/measures
    name = models.CharField(max_length=200, blank=True)  # empty: called like its measure
    unit = models.CharField(max_length=20, blank=True)  # what its values are counted in; empty: the measure's own unit
    touchpoint = TenantForeignKey(Touchpoint, models.PROTECT, null=True, blank=True, related_name="kpis")
    stage = TenantForeignKey(Stage, models.PROTECT, null=True, blank=True, related_name="kpis")
    map = TenantForeignKey(Map, models.PROTECT, null=True, blank=True, related_name="kpis")
    source = TenantForeignKey(Source, models.PROTECT, related_name="kpis")
    owner = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="kpis")
    scale_low = models.SmallIntegerField(null=True, blank=True)
    scale_high = models.SmallIntegerField(null=True, blank=True)
    direction = models.CharField(
        max_length=6, choices=[("higher", _("Higher is better")), ("lower", _("Lower is better"))]
    )
    grain = models.CharField(max_length=7, choices=Grain, default=Grain.DAY)
    reporting_period = models.CharField(max_length=7, choices=Grain, default=Grain.YEAR)
    smallest_sample = models.PositiveIntegerField(default=30)
    watch_threshold = models.FloatField(default=0)
    is_outcome = models.BooleanField(null=True, blank=True)  # it sets health, or does not; None: as its measure says
    tells = models.CharField(max_length=13, choices=TELLS, blank=True)  # what of its channel; empty: nothing compared
    trust = models.CharField(max_length=11, choices=Trust, default=Trust.UNCONFIRMED)
    certified_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    certified_at = models.DateTimeField(null=True, blank=True)
    certified_definition = models.TextField(blank=True)  # the definition in words, as the owner saw and accepted it
    certified_as = models.CharField(max_length=300, blank=True)  # what `definition_key` was then
    is_official = models.BooleanField(default=False)  # of several sources of one number, the one that counts
    official_reason = models.CharField(max_length=300, blank=True)
    official_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    official_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    search_text = folded_column("name")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "workspace",
                "measure",
                "name",
                *SUBJECTS,
                name="insights_kpi_one_official",
                condition=models.Q(is_official=True),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                "workspace", "measure", *SUBJECTS, "source", name="insights_kpi_key", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="insights_kpi_one_subject",
                condition=models.Q(touchpoint=None, stage=None)
                | models.Q(touchpoint=None, map=None)
                | models.Q(stage=None, map=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.measure} of {self.touchpoint or self.stage or self.map or 'workspace'}"

    @property
    def sets_health(self) -> bool:
        """Whether it says what the customer got: by its own word, or else by its measure's."""
        return measure(self.measure).is_outcome if self.is_outcome is None else self.is_outcome

    @property
    def definition_key(self) -> str:
        """What the number is made of: with another measure, scale, unit, sample or source it is another number."""
        made_of = (self.measure, self.scale_low, self.scale_high, self.direction, self.grain, self.smallest_sample)
        in_unit = (self.unit,) if self.unit else ()
        return "|".join(str(each) for each in (*made_of, self.source_id, *in_unit))

    @property
    def standing(self) -> str:
        """Its trust today: a certificate holds for the definition it was given for, and for no other."""
        is_outdated = self.trust == self.Trust.CERTIFIED and self.certified_as != self.definition_key
        return str(self.Trust.UNCONFIRMED.value if is_outdated else self.trust)


class KpiTarget(TenantModel):
    """A target and the days it held. The target of a period is the one valid on the period's last day."""

    kpi = TenantForeignKey(Kpi, models.CASCADE, related_name="targets")
    value = models.FloatField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint("workspace", "kpi", "valid_from", name="insights_kpitarget_key"),
            models.CheckConstraint(
                name="insights_kpitarget_dates",
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} from {self.valid_from}"
