ALTER TABLE company ADD COLUMN sample_since BIGINT CHECK (sample_since IS NULL OR id = 'sample');

CREATE FUNCTION company_sample_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sample_since IS DISTINCT FROM OLD.sample_since OR (NEW.id <> OLD.id AND OLD.sample_since IS NOT NULL) THEN
    RAISE EXCEPTION 'a sample company stays one, and a real company never becomes one';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER company_sample_stays BEFORE UPDATE OF id, sample_since ON company FOR EACH ROW EXECUTE FUNCTION company_sample_stays();
