"""What is published never changes: PostgreSQL refuses it, whoever asks and however."""

from django.db import migrations

KEEP = """
CREATE FUNCTION catalogue_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' OR NEW.status = 'draft' OR (
        (NEW.process_id, NEW.number, NEW.bpmn, NEW.forms, NEW.documents, NEW.digest, NEW.published_at, NEW.effective_at,
         NEW.summary, NEW.reason, NEW.author, NEW.approver, NEW.compliance_by, NEW.compliance_at, NEW.compliance_note)
        IS DISTINCT FROM
        (OLD.process_id, OLD.number, OLD.bpmn, OLD.forms, OLD.documents, OLD.digest, OLD.published_at, OLD.effective_at,
         OLD.summary, OLD.reason, OLD.author, OLD.approver, OLD.compliance_by, OLD.compliance_at, OLD.compliance_note)
    ) THEN
        RAISE EXCEPTION 'Expected published version % of process % to stay as it is. Publish another version.',
            OLD.number, OLD.process_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION catalogue_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Expected published version % of decision % to stay as it is. Publish another version.',
        OLD.number, OLD.decision_id USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON catalogue_processversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_keep_published();
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON catalogue_decisionversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_keep_decision();
"""

LET_GO = """
DROP TRIGGER published_stays ON catalogue_processversion;
DROP TRIGGER published_stays ON catalogue_decisionversion;
DROP FUNCTION catalogue_keep_published();
DROP FUNCTION catalogue_keep_decision();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_register_and_publication'),
    ]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
