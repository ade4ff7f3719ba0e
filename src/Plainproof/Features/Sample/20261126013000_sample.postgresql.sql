CREATE TABLE sample_mark (
  company TEXT NOT NULL PRIMARY KEY CHECK (company = 'sample'),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL
);

CREATE FUNCTION sample_mark_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM collection WHERE company = OLD.company) THEN
    RAISE EXCEPTION 'the mark of the sample company stays while it holds facts';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER sample_mark_stays BEFORE UPDATE OR DELETE ON sample_mark FOR EACH ROW EXECUTE FUNCTION sample_mark_stays();

-- At the end of the transaction, because a restore brings the rows back table by table.
CREATE FUNCTION sample_mark_at_birth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM collection WHERE company = NEW.company AND tool_version <> 'sample') THEN
    RAISE EXCEPTION 'a company that holds facts is no sample';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sample_mark_at_birth AFTER INSERT ON sample_mark DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION sample_mark_at_birth();

CREATE FUNCTION sample_facts_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.tool_version = 'sample') <> EXISTS (SELECT 1 FROM sample_mark WHERE company = NEW.company) THEN
    RAISE EXCEPTION 'real facts and made-up ones are never in one company';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sample_facts_apart AFTER INSERT OR UPDATE OF company, tool_version ON collection DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION sample_facts_apart();
