"""What a school expects of its next scan, written down after the talk."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import zwerm.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("scans", "0003_reports_are_fixed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Expectation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "figure",
                    models.CharField(
                        choices=[
                            ("mean_named", "How many colleagues people ask for advice"),
                            ("reciprocity", "How often the other asks back"),
                            ("centralization", "How far questions end up with the same few people"),
                            ("coupling", "How far questions follow posts"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("risen", "more than now"), ("fallen", "less than now")],
                        max_length=6,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("changed_at", models.DateTimeField(default=zwerm.core.clock.now, editable=False)),
                (
                    "scan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expectation",
                        to="scans.scan",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["risen", "fallen"])),
                        name="an_expectation_has_a_direction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "figure__in",
                                ["mean_named", "reciprocity", "centralization", "coupling"],
                            )
                        ),
                        name="an_expectation_is_about_a_figure_with_a_verdict",
                    ),
                ],
            },
        ),
    ]
