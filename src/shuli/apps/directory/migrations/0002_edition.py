"""Every change to what the organisation's snapshot holds gives it a new edition."""

from django.db import migrations, models

FUNCTION = """
    CREATE FUNCTION directory_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO directory_edition (id, stamp) VALUES (1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp;
        RETURN NULL;
    END $$
"""
TABLES = ("calendar", "calendarday", "department", "post")
WHEN = "INSERT OR UPDATE OR DELETE OR TRUNCATE"
TRIGGERS = [
    *(
        f"CREATE TRIGGER new_edition AFTER {WHEN} ON directory_{table} EXECUTE FUNCTION directory_new_edition()"
        for table in TABLES
    ),
    # a sign-in writes last_login and must not disturb; a head who leaves must
    "CREATE TRIGGER new_edition AFTER UPDATE OF is_active, username ON directory_person"
    " EXECUTE FUNCTION directory_new_edition()",
]
DROP = [f"DROP TRIGGER new_edition ON directory_{table}" for table in (*TABLES, "person")]


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("stamp", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_directory_edition")
                ]
            },
        ),
        migrations.RunSQL([FUNCTION, *TRIGGERS], [*DROP, "DROP FUNCTION directory_new_edition()"]),
    ]
