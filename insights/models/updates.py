"""A status update: what an owner says of a number, a touchpoint or a map. The newest counts, older ones are history."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from insights.models.kpis import Kpi
from journeys.models import Map, Touchpoint
from orgs.models import Member, TenantForeignKey, TenantModel

ABOUT = ("kpi", "touchpoint", "map")


def about_one(name: str) -> models.CheckConstraint:
    """The row is about exactly one of the three."""
    condition = models.Q()
    for one in ABOUT:
        condition |= models.Q(**{f"{each}__isnull": each != one for each in ABOUT})
    return models.CheckConstraint(name=name, condition=condition)


class AboutOne(TenantModel):
    """What status updates and requests for them share: the thing they are about."""

    kpi = TenantForeignKey(Kpi, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    touchpoint = TenantForeignKey(Touchpoint, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    map = TenantForeignKey(Map, models.CASCADE, null=True, blank=True, related_name="%(class)ss")

    class Meta(TenantModel.Meta):
        abstract = True

    @property
    def subject(self) -> Kpi | Touchpoint | Map:
        found: Kpi | Touchpoint | Map = self.kpi or self.touchpoint or self.map
        return found

    @property
    def subject_type(self) -> str:
        return next(each for each in ABOUT if getattr(self, f"{each}_id"))


class StatusUpdate(AboutOne):
    class Cause(models.TextChoices):
        DEMAND = "demand", _("More demand than we can serve")
        PEOPLE = "people", _("Too few people")
        PROCESS = "process", _("How we work")
        SYSTEM = "system", _("A system or a fault")
        PARTNER = "partner", _("A partner or supplier")
        CHANGE = "change", _("Something we changed")
        OUTSIDE = "outside", _("Something outside the company")
        NUMBER = "number", _("The number itself")
        UNKNOWN = "unknown", _("Not known yet")
        NOTHING = "nothing", _("Nothing is wrong")

    sentence = models.CharField(max_length=280)
    cause = models.CharField(max_length=7, choices=Cause)
    cause_words = models.CharField(max_length=500, blank=True)
    recovery_on = models.DateField(null=True, blank=True)  # None: no recovery is expected
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(AboutOne.Meta):
        ordering = ["-at", "-id"]
        constraints = [about_one("insights_update_about_one")]
        indexes = [
            models.Index("workspace", each, models.F("at").desc(), name=f"insights_update_{each[:5]}") for each in ABOUT
        ]

    def __str__(self) -> str:
        return self.sentence
