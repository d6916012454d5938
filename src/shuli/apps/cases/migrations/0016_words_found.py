"""Words anywhere in searchable answers are found by an index over pairs of signs.

PL/pgSQL is the fastest of the languages that every PostgreSQL has; the extension pg_trgm is not everywhere, and knows three
signs where Chinese words have two. Titles have no such index: a case's row is written
anew whenever its status or version changes, and each time all pairs would be indexed again (ten times the cost of a migration).
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION shuli_pairs(said text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    signs text := upper(said);
    pairs text[] := '{}';
BEGIN
    FOR place IN 1..length(signs) - 1 LOOP
        pairs[place] := substr(signs, place, 2);
    END LOOP;
    RETURN pairs;
END $$
"""
INDEX = """
CREATE INDEX searchfield_words ON cases_searchfield USING gin (shuli_pairs(text));
"""
NO_INDEX = "DROP INDEX searchfield_words"


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_paused_time")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION shuli_pairs(text)"),
        migrations.RunSQL(INDEX, NO_INDEX),
    ]
