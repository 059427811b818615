"""Belief: what staff think a customer score is, asked in a monthly pulse before it is revealed (ADR 0065).

Who answered and what was guessed are two tables with nothing in common but the pulse: random keys, no time. What was
guessed is let go when the pulse closes; only what is told of groups stays.
"""

import uuid
from datetime import date

from django.db import models

from insights.models.kpis import Kpi
from orgs.models import Department, Member, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class PulsePlan(TenantModel):
    """Whether the workspace asks its staff each month; an administrator turns it on."""

    is_on = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", name="insights_pulseplan_key")]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"


class PulsePick(TenantModel):
    """A KPI that pulses ask about, chosen by hand. Without any, those that most customers answer are asked."""

    kpi = TenantForeignKey(Kpi, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("workspace", "kpi", name="insights_pulsepick_key")]

    def __str__(self) -> str:
        return f"{self.kpi_id} at {self.position}"


class PulseQuerySet(TenantQuerySet):
    def open_on(self, day: date) -> "PulseQuerySet":
        """Those that can be answered on a day."""
        return self.filter(closed_on=None, opens_on__lte=day, closes_on__gte=day)

    def closed(self) -> "PulseQuerySet":
        return self.exclude(closed_on=None)


class Pulse(TenantModel):
    """One month's round of guesses."""

    month = models.DateField()  # its first day
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day it can be answered on
    closed_on = models.DateField(null=True, blank=True)  # the day its figures were frozen; leads see theirs from then
    executives_on = models.DateField(null=True, blank=True)  # the day from which executives see all of them

    objects = TenantManager.from_queryset(PulseQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint("workspace", "month", name="insights_pulse_key"),
            models.CheckConstraint(
                name="insights_pulse_closed",
                condition=models.Q(closed_on=None, executives_on=None)
                | models.Q(closed_on__gt=models.F("closes_on"), executives_on__gt=models.F("closed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class PulseQuestion(TenantModel):
    """A KPI asked about, as it was defined then, and the customers' score when the pulse closed."""

    pulse = TenantForeignKey(Pulse, models.CASCADE, related_name="questions")
    kpi = TenantForeignKey(Kpi, models.CASCADE, related_name="pulse_questions")
    position = models.PositiveSmallIntegerField()
    definition_key = models.CharField(max_length=300)
    low = models.FloatField()
    high = models.FloatField()
    score = models.FloatField(null=True)  # None while the pulse is open, or where customers had not answered
    score_grain = models.CharField(max_length=7, choices=Kpi.Grain, blank=True)
    score_starts_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("workspace", "pulse", "kpi", name="insights_pulsequestion_key"),
            models.CheckConstraint(name="insights_pulsequestion_scale", condition=models.Q(low__lt=models.F("high"))),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id} in {self.pulse_id}"


class PulseAnswer(TenantModel):
    """That a member answered a pulse, and which of its questions; never what, and never when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = TenantForeignKey(Pulse, models.CASCADE, related_name="answers")
    member = TenantForeignKey(Member, models.CASCADE, related_name="+")
    department = TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")  # at that time
    positions = models.JSONField(default=list)  # of the questions guessed; empty: the member left this pulse out

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint("workspace", "pulse", "member", name="insights_pulseanswer_key")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.pulse_id}"


class Guess(TenantModel):
    """One guess by nobody in particular, kept until its pulse closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = TenantForeignKey(PulseQuestion, models.CASCADE, related_name="guesses")
    value = models.FloatField()
    department = TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    had_seen = models.BooleanField()  # whether the guesser was shown the number within 30 days

    class Meta(TenantModel.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"a guess at {self.question_id}"


class ToldBelief(TenantModel):
    """What is told of one group's guesses, frozen when the pulse closed and never worked out again."""

    question = TenantForeignKey(PulseQuestion, models.CASCADE, related_name="told")
    department = TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")  # None: the rest
    covers = models.JSONField()  # the departments whose people are in it, by id; null: those in no department
    belief = models.FloatField()  # to a twentieth of the scale
    guesses = models.PositiveIntegerField()  # how many at least, in fives
    had_seen = models.PositiveIntegerField()  # of them, how many at least were shown the number before, in fives

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="insights_told_group", condition=models.Q(guesses__gte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.belief} of {self.question_id}"
