ALTER TABLE connection ADD COLUMN zone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE reading ADD COLUMN server TEXT NOT NULL DEFAULT '';

CREATE TABLE planned_run (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  connection TEXT NOT NULL,
  scope TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  planned_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  started_at BIGINT,
  reading TEXT,
  not_before BIGINT,
  ended_at BIGINT,
  outcome TEXT,
  missed_at BIGINT,
  says TEXT,
  entry TEXT,
  PRIMARY KEY (company, id)
);
CREATE UNIQUE INDEX planned_run_by_moment ON planned_run (company, connection, due_at);
CREATE INDEX planned_run_open ON planned_run (company, due_at) WHERE ended_at IS NULL AND missed_at IS NULL;
CREATE INDEX planned_run_untold ON planned_run (company, due_at) WHERE entry IS NULL;
CREATE INDEX planned_run_by_reading ON planned_run (company, reading);
CREATE INDEX reading_open ON reading (company) WHERE ended_at IS NULL;
