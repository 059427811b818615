"""When a map is reviewed: how often, and the day of the next review."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from journeys.models import Map
from orgs.models import TenantForeignKey, TenantModel

USUAL_DAYS = 90
FEWEST_DAYS, MOST_DAYS = 7, 730


class ReviewPlan(TenantModel):
    """What somebody decided about the reviews of a map. A map without one has the usual cadence (queries.reviews)."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="review_plans")
    cadence_days = models.PositiveIntegerField(
        default=USUAL_DAYS, validators=[MinValueValidator(FEWEST_DAYS), MaxValueValidator(MOST_DAYS)]
    )
    next_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "map", name="governance_plan_map_key"),
            models.CheckConstraint(
                condition=models.Q(cadence_days__range=(FEWEST_DAYS, MOST_DAYS)), name="governance_plan_cadence"
            ),
        ]

    def __str__(self) -> str:
        return f"Reviews of {self.map_id} every {self.cadence_days} days"
