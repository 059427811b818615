"""What pays for a touchpoint, and whether the money is there."""

from django.db import migrations, models

FUNDING = [
    ("not_asked", "Not asked for"),
    ("asked", "Asked for"),
    ("funded", "Funded"),
    ("cut", "Cut"),
    ("no_need", "None needed"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0032_involvements"),
    ]

    operations = [
        migrations.AddField(
            model_name="touchpoint",
            name="budget_line",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="funding",
            field=models.CharField(blank=True, choices=FUNDING, max_length=9),
        ),
    ]
