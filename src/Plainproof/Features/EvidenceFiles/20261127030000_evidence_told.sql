ALTER TABLE evidence_file RENAME COLUMN captured_at TO added_at;
ALTER TABLE evidence_file RENAME COLUMN captured_by TO added_by;
ALTER TABLE evidence_file ADD COLUMN kind TEXT NOT NULL DEFAULT 'other';
ALTER TABLE evidence_file ADD COLUMN told TEXT NOT NULL DEFAULT '{}';
ALTER TABLE evidence_file ADD COLUMN copy_of TEXT;
CREATE TABLE evidence_link (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  file_id TEXT NOT NULL,
  about TEXT NOT NULL,
  linked_at BIGINT NOT NULL,
  linked_by TEXT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX evidence_link_by_file ON evidence_link (company, file_id);
CREATE INDEX evidence_link_by_about ON evidence_link (company, about);
INSERT INTO evidence_link (company, id, version, file_id, about, linked_at, linked_by) SELECT company, id, 1, id, about, added_at, added_by FROM evidence_file;
DROP INDEX evidence_file_by_about;
ALTER TABLE evidence_file DROP COLUMN about;
CREATE TABLE evidence_inside (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  words TEXT NOT NULL,
  line_count BIGINT,
  secrets BIGINT NOT NULL,
  masked BIGINT NOT NULL,
  made_with TEXT,
  made_at BIGINT,
  changed_at BIGINT,
  width BIGINT,
  height BIGINT,
  mark TEXT NOT NULL,
  likeness TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
