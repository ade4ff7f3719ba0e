CREATE TABLE typed_sentence (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement TEXT NOT NULL,
  kind TEXT NOT NULL,
  section TEXT NOT NULL,
  key TEXT NOT NULL,
  text TEXT NOT NULL,
  instead TEXT,
  why TEXT NOT NULL,
  typed_at BIGINT NOT NULL,
  typed_by TEXT NOT NULL,
  taken_back_at BIGINT,
  taken_back_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX typed_sentence_by_paper ON typed_sentence (company, engagement, kind);

CREATE TABLE paper_version (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  engagement TEXT NOT NULL,
  kind TEXT NOT NULL,
  number BIGINT NOT NULL,
  content TEXT NOT NULL,
  digest TEXT NOT NULL,
  why TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  saved_by TEXT NOT NULL,
  PRIMARY KEY (company, id),
  UNIQUE (company, engagement, kind, number)
);

CREATE TABLE paper_signature (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  basis TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  signed_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
