"""Search: the names of KPIs as search compares them."""

from django.db import migrations

from orgs.models.folding import folded_column


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0007_kpi_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="kpi",
            name="search_text",
            field=folded_column("name"),
        ),
    ]
