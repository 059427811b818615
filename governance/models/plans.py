"""When a map is reviewed: how often, the day of the next review, and what was decided about that one."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from journeys.models import Map
from orgs.models import Member, TenantForeignKey, TenantModel

USUAL_DAYS = 90
FEWEST_DAYS, MOST_DAYS = 7, 730
LONGEST_NOTE = 300
USUAL_EARLY, MOST_EARLY = 3, 12
"""A number off target for so many of its periods in a row calls for a review; a year of months at most."""


class ReviewPlan(TenantModel):
    """What somebody decided about the reviews of a map. A map without one has the usual cadence (queries.reviews)."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="review_plans")
    cadence_days = models.PositiveIntegerField(
        default=USUAL_DAYS, validators=[MinValueValidator(FEWEST_DAYS), MaxValueValidator(MOST_DAYS)]
    )
    next_on = models.DateField()
    early_periods = models.PositiveSmallIntegerField(default=USUAL_EARLY)  # off target, until it is due early; 0: never
    planned_on = models.DateField(null=True, blank=True)  # when that day was decided: no reminder of a day before it
    turn = models.PositiveIntegerField(default=0)  # how many reviews were closed or skipped
    sequence = models.PositiveIntegerField(default=0)  # how often the day was decided; calendars ask for it
    # Of the next review alone; they end with it.
    first_due_on = models.DateField(null=True, blank=True)  # before anybody postponed it
    delegate = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    delegated_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    delegated_note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    skipped_on = models.DateField(null=True, blank=True)  # when the one before was; empty once one is closed

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "map", name="governance_plan_map_key"),
            models.CheckConstraint(
                condition=models.Q(cadence_days__range=(FEWEST_DAYS, MOST_DAYS)), name="governance_plan_cadence"
            ),
            models.CheckConstraint(condition=models.Q(early_periods__lte=MOST_EARLY), name="governance_plan_early"),
        ]

    def __str__(self) -> str:
        return f"Reviews of {self.map_id} every {self.cadence_days} days"
