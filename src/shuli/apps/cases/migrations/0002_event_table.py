"""The event table: append-only, partitioned by month, ordered by (case, seq) within each."""

from django.db import migrations

CREATE = """
CREATE TABLE cases_event (
    case_id bigint NOT NULL,
    seq integer NOT NULL,
    at timestamptz NOT NULL,
    type varchar(40) NOT NULL,
    actor varchar(150) NOT NULL,
    payload text NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (case_id, seq, at)
) PARTITION BY RANGE (at);

-- Takes what no month's partition takes, so that a missing partition never loses an event.
CREATE TABLE cases_event_other PARTITION OF cases_event DEFAULT;

CREATE FUNCTION cases_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Expected events to be appended only but found % on %', TG_OP, TG_TABLE_NAME;
END $$;

CREATE TRIGGER cases_event_append_only BEFORE UPDATE OR DELETE ON cases_event
    FOR EACH ROW EXECUTE FUNCTION cases_event_is_append_only();

-- Makes the partition of the month that a day lies in; called ahead of time by a job.
CREATE FUNCTION cases_event_partition(day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', day)::date;
    name text := 'cases_event_' || to_char(day, 'YYYY_MM');
BEGIN
    IF to_regclass(name) IS NULL
       AND NOT EXISTS (SELECT 1 FROM cases_event_other WHERE at >= first AND at < first + interval '1 month') THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF cases_event FOR VALUES FROM (%L) TO (%L)',
                       name, first::timestamp AT TIME ZONE 'UTC',
                       (first + interval '1 month')::timestamp AT TIME ZONE 'UTC');
    END IF;
END $$;

SELECT cases_event_partition((now() + make_interval(months => n))::date) FROM generate_series(0, 3) AS n;
"""

DROP = """
DROP TABLE cases_event;
DROP FUNCTION cases_event_is_append_only();
DROP FUNCTION cases_event_partition(date);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
