CREATE TABLE evidence_file (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  about TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  digest TEXT NOT NULL,
  says TEXT NOT NULL,
  covers_from TEXT,
  covers_to TEXT,
  captured_at BIGINT NOT NULL,
  captured_by TEXT NOT NULL,
  accepted_at BIGINT,
  accepted_by TEXT,
  sent_back_at BIGINT,
  sent_back_by TEXT,
  sent_back_why TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX evidence_file_by_about ON evidence_file (company, about);
