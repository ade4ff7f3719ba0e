ALTER TABLE company ADD COLUMN sample_since BIGINT CHECK (sample_since IS NULL OR id = 'sample');

CREATE TRIGGER company_sample_stays BEFORE UPDATE OF id, sample_since ON company
WHEN NEW.sample_since IS NOT OLD.sample_since OR (NEW.id <> OLD.id AND OLD.sample_since IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a sample company stays one, and a real company never becomes one'); END;
