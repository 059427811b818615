"""How well each step of a map is supported, and by what."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0013_data_version_of_the_frame"),
    ]

    operations = [
        migrations.AddField(
            model_name="step",
            name="evidence",
            field=models.CharField(
                blank=True,
                choices=[("assumption", "Assumption"), ("reasoned", "Reasoned"), ("validated", "Validated")],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="evidence_source",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("evidence", "validated"), _negated=True),
                    models.Q(("evidence_source", ""), _negated=True),
                    _connector="OR",
                ),
                name="journeys_step_validated_by",
            ),
        ),
    ]
