CREATE TABLE control_rhythm (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  control_id TEXT NOT NULL,
  begins TEXT NOT NULL,
  cadence TEXT,
  first_due TEXT NOT NULL,
  grace_days BIGINT NOT NULL,
  why TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  written_by TEXT NOT NULL,
  PRIMARY KEY (company, id)
);
CREATE INDEX control_rhythm_by_control ON control_rhythm (company, control_id);

CREATE TABLE control_occurrence (
  company TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  control_id TEXT NOT NULL,
  due_on TEXT NOT NULL,
  done_on TEXT NOT NULL,
  says TEXT NOT NULL,
  search TEXT NOT NULL,
  file_id TEXT,
  told_at BIGINT NOT NULL,
  told_by TEXT NOT NULL,
  taken_back_at BIGINT,
  taken_back_by TEXT,
  taken_back_why TEXT,
  PRIMARY KEY (company, id)
);
CREATE INDEX control_occurrence_by_control ON control_occurrence (company, control_id, due_on);
