"""A comment on a record of any app, the people it names, and who may read one that is for the owner only."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from orgs.models.members import Member
from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class CommentQuerySet(TenantQuerySet):
    def read_by(self, member: Member) -> "CommentQuerySet":
        """Keep what this member may read. Whoever reads comments begins here; a test looks for those who do not."""
        is_reader = CommentPerson.objects.filter(
            comment=OuterRef("pk"), member_id=member.pk, part=CommentPerson.Part.READER
        )
        return self.filter(Q(is_private=False) | Exists(is_reader))

    def threads(self) -> "CommentQuerySet":
        return self.filter(thread=None)

    def about(self, subject_type: str, subject_ids: list[int]) -> "CommentQuerySet":
        return self.filter(subject_type=subject_type, subject_id__in=subject_ids)


class Comment(TenantModel):
    """The first comment of a thread, or a reply in one. What makes a thread a task stands on its first comment."""

    subject_type = models.CharField(max_length=40)  # a key of orgs.registry.COMMENTABLE
    subject_id = models.BigIntegerField()
    thread = TenantForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)  # of the text
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    is_private = models.BooleanField(default=False)  # "to the owner only": CommentPerson says who reads it
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    assignee = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="tasks")
    assigned_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(CommentQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        indexes = [
            models.Index("workspace", "subject_type", "subject_id", "thread", "id", name="orgs_comment_subject"),
            models.Index("workspace", "thread", "id", name="orgs_comment_thread"),
        ]

    def __str__(self) -> str:
        """Never the text: names of records stand in places that everybody reads."""
        return f"Comment {self.pk}"

    @property
    def thread_pk(self) -> int:
        return self.thread_id or self.pk

    @property
    def is_open_task(self) -> bool:
        return self.assignee_id is not None and self.finished_at is None


class CommentPerson(TenantModel):
    """A member whom a comment names, or who may read one that is not for everybody."""

    class Part(models.TextChoices):
        MENTIONED = "mentioned", _("Mentioned")
        READER = "reader", _("Reader")

    comment = TenantForeignKey(Comment, models.CASCADE, related_name="people")
    member = TenantForeignKey(Member, models.PROTECT, related_name="+")
    part = models.CharField(max_length=9, choices=Part)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "comment", "part", "member", name="orgs_commentperson_key")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.part} in comment {self.comment_id}"
