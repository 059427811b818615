"""A workspace: the tenant. Its slug opens every URL of it, its zone says what day it is."""

from datetime import date
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone


class Workspace(models.Model):
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    zone = models.CharField(max_length=64, default="UTC")
    week_start = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)])
    fiscal_year_start = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Made up, to look at: marked on every page and removable. Said when it is opened, never later (orgs/walls).
    is_example = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def today(self) -> date:
        """The day it is where the workspace is: for some hours of each day not the day of the server."""
        return timezone.now().astimezone(self.tzinfo).date()
