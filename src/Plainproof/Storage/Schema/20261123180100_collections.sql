CREATE TABLE collection (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  source TEXT NOT NULL,
  source_version BIGINT NOT NULL,
  address TEXT,
  scope TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  principal TEXT,
  completeness TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL,
  entry TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX collection_by_time ON collection (company, finished_at);

CREATE TABLE coverage (
  company TEXT NOT NULL,
  scope TEXT NOT NULL,
  aspect TEXT NOT NULL,
  at BIGINT NOT NULL,
  collection TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  mend TEXT,
  read BIGINT NOT NULL,
  expected BIGINT,
  PRIMARY KEY (company, scope, aspect, at),
  FOREIGN KEY (company, collection) REFERENCES collection (company, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX coverage_by_collection ON coverage (company, collection);

CREATE TABLE collection_call (
  company TEXT NOT NULL,
  collection TEXT NOT NULL,
  number BIGINT NOT NULL,
  what TEXT NOT NULL,
  pages BIGINT NOT NULL,
  items BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  milliseconds DOUBLE PRECISION NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (company, collection, number),
  FOREIGN KEY (company, collection) REFERENCES collection (company, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE fact (
  company TEXT NOT NULL,
  scope TEXT NOT NULL,
  aspect TEXT NOT NULL,
  subject TEXT NOT NULL,
  first_seen BIGINT NOT NULL,
  closed_at BIGINT,
  collection TEXT NOT NULL,
  closed_by TEXT,
  value BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  blob TEXT NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (company, scope, aspect, subject, first_seen),
  FOREIGN KEY (company, collection) REFERENCES collection (company, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company, closed_by) REFERENCES collection (company, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX fact_open ON fact (company, scope, aspect, subject) WHERE closed_at IS NULL;
CREATE INDEX fact_by_closing ON fact (company, closed_at);
