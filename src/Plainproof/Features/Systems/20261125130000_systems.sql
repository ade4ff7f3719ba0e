CREATE TABLE connection (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT,
  options TEXT NOT NULL,
  file_name TEXT,
  scope TEXT NOT NULL,
  withheld BYTEA,
  withheld_at BIGINT NOT NULL,
  withheld_by TEXT NOT NULL,
  connected_at BIGINT NOT NULL,
  connected_by TEXT NOT NULL,
  disabled_at BIGINT,
  disabled_by TEXT,
  how_often TEXT NOT NULL,
  minute BIGINT NOT NULL,
  weekday TEXT NOT NULL,
  scheduled_at BIGINT,
  scheduled_by TEXT,
  PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX connection_by_scope ON connection (company, scope);

CREATE TABLE reading (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  started_by TEXT NOT NULL,
  why TEXT NOT NULL,
  connections TEXT NOT NULL,
  state TEXT NOT NULL,
  ended_at BIGINT,
  says TEXT,
  parts TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX reading_by_time ON reading (company, started_at);

CREATE TABLE exclusion (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  what TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  PRIMARY KEY (company, id)
);
