"""An expectation: a rule that a touchpoint which is in use must keep, and what each check of it found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from insights.models import Kpi
from journeys.models import Touchpoint
from orgs.models import Member, TenantForeignKey, TenantModel

LONGEST_SENTENCE, LONGEST_URL, LONGEST_WORDS, LONGEST_RUN = 200, 1000, 300, 100
MOST_LIMIT_MS, MOST_DAYS = 15_000, 366
PAGE_MINUTES = 60
PAGE_DAYS, RESULT_DAYS = 90, 400  # that checks are kept; results longer than the year that they may lie back


class Expectation(TenantModel):
    """One rule, in a sentence and in what a machine can check: a number, a page, or what a test tool says.

    `terms` counts up with each change of what is checked: results of earlier terms say nothing of the rule as it is.
    """

    class Kind(models.TextChoices):
        NUMBER = "number", _("A number")
        PAGE = "page", _("A page")
        POSTED = "posted", _("A test tool")

    class Comparison(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    class Every(models.IntegerChoices):
        QUARTER = 15, _("every 15 minutes")
        HOUR = PAGE_MINUTES, _("every hour")
        DAY = 24 * 60, _("every day")

    touchpoint = TenantForeignKey(Touchpoint, models.PROTECT, related_name="expectations")
    sentence = models.CharField(max_length=LONGEST_SENTENCE)
    kind = models.CharField(max_length=6, choices=Kind)
    kpi = TenantForeignKey(Kpi, models.PROTECT, null=True, blank=True, related_name="expectations")
    comparison = models.CharField(max_length=8, choices=Comparison, blank=True)
    value = models.FloatField(null=True, blank=True)
    url = models.CharField(max_length=LONGEST_URL, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # that the page answers with
    limit_ms = models.PositiveIntegerField(null=True, blank=True)
    every_minutes = models.PositiveIntegerField(choices=Every, default=Every.HOUR)
    lasts_days = models.PositiveSmallIntegerField(null=True, blank=True)  # how long a posted result counts
    terms = models.PositiveIntegerField(default=1)
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)  # of the next check; None where results are posted
    claimed_until = models.DateTimeField(null=True, blank=True)  # a worker asks the page meanwhile
    checked_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)  # until it passes again, whatever is not known between
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["touchpoint__name", "sentence", "id"]
        indexes = [models.Index(fields=["workspace", "next_at"], name="governance_expectation_due")]
        constraints = [
            models.CheckConstraint(
                name="governance_expectation_kind",
                condition=(
                    models.Q(kind="number", kpi__isnull=False, value__isnull=False, url="", lasts_days=None)
                    & ~models.Q(comparison="")
                )
                | (
                    models.Q(kind="page", kpi=None, comparison="", status__isnull=False, limit_ms__isnull=False)
                    & ~models.Q(url="")
                )
                | models.Q(kind="posted", kpi=None, comparison="", url="", lasts_days__isnull=False, next_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def kept_days(self) -> int:
        """How long what its checks found is kept."""
        return PAGE_DAYS if self.kind == self.Kind.PAGE else RESULT_DAYS


class ExpectationCheck(TenantModel):
    """What one check found. Written once for each occasion, never rewritten, and let go after a time."""

    class Outcome(models.TextChoices):
        PASS = "pass", _("Passed")
        FAIL = "fail", _("Failed")
        UNKNOWN = "unknown", _("Not known")

    expectation = TenantForeignKey(Expectation, models.CASCADE, related_name="checks")
    terms = models.PositiveIntegerField()  # of the expectation, as it was then
    occasion = models.CharField(max_length=LONGEST_RUN + 20)
    outcome = models.CharField(max_length=7, choices=Outcome)
    at = models.DateTimeField()
    value = models.FloatField(null=True, blank=True)  # the number, or the milliseconds that the page took
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    link = models.CharField(max_length=LONGEST_URL, blank=True)  # to the run of the test tool
    by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # in whose name it came

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["expectation", "-at", "-id"], name="governance_check_newest")]
        constraints = [
            models.UniqueConstraint("workspace", "expectation", "occasion", name="governance_check_occasion")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.at:%Y-%m-%d %H:%M}"
