"""Pictures that people show beside the steps of maps. Each is kept once, under the hash of what it is."""

from django.db import models

from orgs.models import TenantModel


class Picture(TenantModel):
    """A picture without its metadata. It stays when a cell leaves it, for versions and undo may lead to it, and goes
    when nothing has shown it for a while (pipelines/picture_sweep.py)."""

    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=20)
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    unused_since = models.DateTimeField(null=True, blank=True)  # when the sweep first found it shown nowhere

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "sha256", name="journeys_picture_key")]

    def __str__(self) -> str:
        return self.sha256
