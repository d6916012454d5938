"""Words anywhere in numbers, titles and searchable answers are found by an index over pairs of signs.

PL/pgSQL is the fastest of the languages that every PostgreSQL has; the extension pg_trgm is not everywhere, and knows three
signs where Chinese words have two. Pending lists of GIN keep starts cheap.
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
INDEXES = """
CREATE INDEX case_words ON cases_case USING gin (shuli_pairs(number), shuli_pairs(title));
CREATE INDEX searchfield_words ON cases_searchfield USING gin (shuli_pairs(text));
"""
NO_INDEXES = "DROP INDEX case_words, searchfield_words"


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_paused_time")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION shuli_pairs(text)"),
        migrations.RunSQL(INDEXES, NO_INDEXES),
    ]
