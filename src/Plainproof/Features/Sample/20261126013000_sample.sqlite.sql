CREATE TABLE sample_mark (
  company TEXT NOT NULL PRIMARY KEY CHECK (company = 'sample'),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL
);

CREATE TRIGGER sample_mark_at_birth BEFORE INSERT ON sample_mark
WHEN EXISTS (SELECT 1 FROM collection WHERE company = NEW.company)
BEGIN SELECT RAISE(ABORT, 'a company that holds facts is no sample'); END;

CREATE TRIGGER sample_mark_stays BEFORE UPDATE ON sample_mark
BEGIN SELECT RAISE(ABORT, 'the mark of the sample company stays as it is'); END;

CREATE TRIGGER sample_mark_goes_last BEFORE DELETE ON sample_mark
WHEN EXISTS (SELECT 1 FROM collection WHERE company = OLD.company)
BEGIN SELECT RAISE(ABORT, 'the mark of the sample company stays while it holds facts'); END;

CREATE TRIGGER sample_facts_apart BEFORE INSERT ON collection
WHEN (NEW.tool_version = 'sample') <> EXISTS (SELECT 1 FROM sample_mark WHERE company = NEW.company)
BEGIN SELECT RAISE(ABORT, 'real facts and made-up ones are never in one company'); END;

CREATE TRIGGER sample_facts_stay_apart BEFORE UPDATE OF company, tool_version ON collection
WHEN NEW.company <> OLD.company OR NEW.tool_version <> OLD.tool_version
BEGIN SELECT RAISE(ABORT, 'real facts and made-up ones are never in one company'); END;
