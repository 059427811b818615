"""Puts the tables of connectors behind the workspace walls."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("connectors", "0001_initial"), ("insights", "0002_walls"), ("orgs", "0002_walls")]
    operations = [
        TenantTable("UploadedFile"),
        TenantTable("FileChunk"),
        TenantTable("Connection"),
        TenantTable("Feed"),
        TenantTable("SyncRun"),
        TenantTable("FilePart"),
        TenantTable("RejectedRow"),
    ]
