"""An uploaded file, kept in PostgreSQL in chunks: web and worker may run on different machines (docs/adr/0006)."""

from django.db import models

from orgs.models import Member, TenantForeignKey, TenantModel


class UploadedFile(TenantModel):
    name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    header = models.JSONField(null=True)  # its column names, as the mapping it was last accepted with reads them
    uploaded_by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index("workspace", "sha256", name="connectors_file_sha")]

    def __str__(self) -> str:
        return self.name


class FileChunk(TenantModel):
    file = TenantForeignKey(UploadedFile, models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta(TenantModel.Meta):
        ordering = ["position"]
        constraints = [models.UniqueConstraint("workspace", "file", "position", name="connectors_chunk_key")]

    def __str__(self) -> str:
        return f"{self.file_id} #{self.position}"
